//! The compiled file: what is written is read back; what was damaged is refused by name.

use expect_test::{Expect, expect};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::compiled::{credibility, read};
use tidemark_pack::record::credibility::{
    AcceptanceRow, Credibility, FitRecord, HindcastSummary, VerdictWord,
};
use tidemark_pack::sources::{TextFile, with_credibility};
use tidemark_pack::version::data_version;

use super::fixture::{ACTUALS, PACK, compiled, said, with};

#[track_caller]
fn check(json: &str, expected: Expect) {
    let mut faults = Diagnostics::new();
    let compiled = read(json, "testtown.pack.json", &mut faults);
    assert!(compiled.is_none());
    expected.assert_eq(&said(&faults));
}

fn json() -> String {
    compiled(PACK, ACTUALS).to_json()
}

#[test]
fn what_is_written_is_read_back() {
    let written = compiled(PACK, ACTUALS);
    let mut faults = Diagnostics::new();
    let back = read(&written.to_json(), "testtown.pack.json", &mut faults);
    assert_eq!(said(&faults), "");
    assert_eq!(back, Some(written));
}

/// It is made of the other parts, so that it can be no part of their hash.
#[test]
fn an_opening_is_carried_as_it_is_and_no_part_of_the_hash() {
    let without = compiled(PACK, ACTUALS);
    let hash = without.hash.clone();
    let text = r#"{"middle":[["growth",0.08]], "seed" : 1}"#;
    let with = without.with_opening(Some(text.to_owned()));
    let mut faults = Diagnostics::new();
    let back = read(&with.to_json(), "testtown.pack.json", &mut faults).unwrap();
    assert_eq!(said(&faults), "");
    assert_eq!(back.opening.as_deref(), Some(text));
    assert_eq!((back.hash.as_str(), &back), (hash.as_str(), &with));
}

#[test]
fn the_hash_speaks_of_content() {
    let hash = |pack: &str| compiled(pack, ACTUALS).hash;
    let commented = format!("# a comment\n{PACK}");
    assert_eq!(hash(PACK), hash(&commented));
    assert_ne!(hash(PACK), hash(&with(PACK, "value = 180", "value = 181")));
}

#[test]
fn numbers_come_back_to_the_bit() {
    let odd = with(PACK, "value = 180", "value = 180.00000000000003");
    let written = compiled(&odd, ACTUALS);
    let back = read(&written.to_json(), "x", &mut Diagnostics::new()).unwrap();
    let value = back.pack.target[0].value;
    assert_eq!(value.to_bits(), 180.000_000_000_000_03_f64.to_bits());
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let json = json();
    let after_points = json.match_indices("0.").map(|(at, _)| at + 2);
    let parts = (1..40).map(|part| json.len() * part / 40);
    for mut end in parts.chain(after_points.take(5)) {
        while !json.is_char_boundary(end) {
            end += 1;
        }
        let mut faults = Diagnostics::new();
        assert!(read(&json[..end], "x", &mut faults).is_none());
        let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["pack-truncated"], "at {end}");
    }
}

#[test]
fn an_empty_answer_is_named() {
    check(
        " \n",
        expect![[r#"
        testtown.pack.json: error[pack-empty]: the file is empty
          hint: compile the pack again and copy the whole file
    "#]],
    );
}

#[test]
fn a_page_instead_of_a_pack_is_named() {
    check(
        "<!doctype html><title>404</title>",
        expect![[r#"
        testtown.pack.json: error[pack-is-a-page]: this is a web page, not a compiled pack
          hint: the server has no such file, or answers every address with a page
    "#]],
    );
}

#[test]
fn another_text_is_no_json() {
    check(
        "{\"format\":4,]",
        expect![[r#"
        testtown.pack.json:1:13: error[pack-damaged]: the file is no JSON: key must be a string at line 1 column 13
          hint: compile the pack again and copy the whole file
    "#]],
    );
}

#[test]
fn another_format_is_named_before_anything_else() {
    check(
        "{\"format\":7,\"levers\":[]}",
        expect![[r#"
        testtown.pack.json: error[pack-format]: the file has format 7, this program reads format 4
          hint: compile the pack with the `tidemark` command of the same release
    "#]],
    );
}

#[test]
fn a_changed_figure_breaks_the_hash() {
    let changed = with(&json(), "\"value\":180.0", "\"value\":80.0");
    let mut faults = Diagnostics::new();
    assert!(read(&changed, "x", &mut faults).is_none());
    let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["pack-hash"]);
}

#[test]
fn a_missing_part_is_named() {
    check(
        "{\"format\":4,\"hash\":\"\",\"pack\":{}}",
        expect![[r#"
        testtown.pack.json:1:32: error[pack-shape]: the file has another shape: missing field `actuals` at line 1 column 32
          hint: compile the pack with the `tidemark` command of the same release
    "#]],
    );
}

fn fit() -> FitRecord {
    FitRecord {
        from: 2015,
        to: 2021,
        figures: 12,
        chains: 8,
        draws: 2000,
        seed: 1,
        acceptance: 0.25,
        r_hat: 1.01,
        ess: 900.0,
    }
}

fn record(data_version: &str) -> Credibility {
    Credibility {
        data_version: data_version.to_owned(),
        made_by: "tidemark 0.1.0".to_owned(),
        held_back: fit(),
        whole: fit(),
        parameters: Vec::new(),
        series: Vec::new(),
        acceptance: Vec::new(),
    }
}

/// A record of other data is left out and said so; words change no data.
#[test]
fn only_a_record_of_the_present_data_is_taken() {
    let take = |pack: &str, text: &str| {
        let mut faults = Diagnostics::new();
        let name = "credibility.json";
        let (with, taken) = with_credibility(
            compiled(pack, ACTUALS),
            TextFile { name, text },
            &mut faults,
        );
        assert_eq!(with.hindcast, taken.as_ref().map(Credibility::summary));
        (taken.is_some(), said(&faults))
    };
    let version = |pack: &str| {
        let pack = compiled(pack, ACTUALS);
        data_version(&pack.pack, &pack.actuals, &pack.model)
    };
    let text = serde_json::to_string(&record(&version(PACK))).unwrap();
    assert_eq!(take(PACK, &text), (true, String::new()));
    let renamed = with(PACK, "登记企业数", "企业数");
    assert_eq!(version(&renamed), version(PACK));
    let moved = with(PACK, "at = \"end\"", "at = \"mean\"");
    let (taken, said) = take(&moved, &text);
    assert!(
        !taken && said.contains("warning[credibility-stale]"),
        "{said}"
    );
    let (taken, said) = take(PACK, "{}");
    assert!(
        !taken && said.contains("warning[credibility-damaged]"),
        "{said}"
    );
}

/// The part may be missing, comes back as it was, and is under the hash.
#[test]
fn the_summary_is_a_part_of_its_own() {
    let without = compiled(PACK, ACTUALS);
    let with = without.clone().with_hindcast(Some(summary()));
    assert_ne!(with.hash, without.hash);
    let json = with.to_json();
    let mut faults = Diagnostics::new();
    assert_eq!(read(&json, "x", &mut faults).as_ref(), Some(&with));
    let changed = json.replace("\"passed\":2", "\"passed\":3");
    assert_ne!(changed, json);
    assert!(read(&changed, "x", &mut faults).is_none());
    assert_eq!(with.with_hindcast(None), without);
}

/// Two rows pass, one does not, one has too few points.
fn judged() -> Credibility {
    let row = |verdict| AcceptanceRow {
        measure: "mape".to_owned(),
        value: None,
        points: 6,
        accept: [0.0, 0.07],
        good: [0.0, 0.035],
        verdict,
    };
    let verdicts = [
        VerdictWord::Good,
        VerdictWord::Refused,
        VerdictWord::Accepted,
        VerdictWord::Few,
    ];
    let mut record = record("0123456789abcdef");
    record.whole.to = 2025;
    record.acceptance = verdicts.map(row).into();
    record
}

fn summary() -> HindcastSummary {
    HindcastSummary {
        passed: 2,
        refused: 1,
        few: 1,
        years: [2022, 2025],
    }
}

#[test]
fn a_summary_counts_verdicts() {
    assert_eq!(judged().summary(), summary());
}

/// The pack that the record beside it is of.
const HASH: &str = "0123456789abcdef";

/// What is said of the record's file where it is read for a pack.
#[track_caller]
fn check_record(json: &str, pack: &str, expected: Expect) {
    let mut faults = Diagnostics::new();
    let found = credibility::read(json, "town.credibility.json", pack, &mut faults);
    assert!(found.is_none());
    expected.assert_eq(&said(&faults));
}

#[test]
fn the_record_comes_back_for_its_own_pack() {
    let json = credibility::to_json(&judged(), HASH);
    let mut faults = Diagnostics::new();
    let found = credibility::read(&json, "x", HASH, &mut faults);
    assert_eq!((found, said(&faults)), (Some(judged()), String::new()));
    check_record(
        &json,
        "fedcba9876543210",
        expect![[r#"
            town.credibility.json: error[credibility-of-another-pack]: the record belongs to pack 01234567, the one at hand is fedcba98
              hint: load the page again; copy both files of one `tidemark pack` to the server
        "#]],
    );
}

#[test]
fn a_record_that_was_changed_is_refused() {
    let json = credibility::to_json(&judged(), HASH);
    let changes = [
        with(&json, "\"points\":6", "\"points\":7"),
        // Under the name of another pack it is no record of that one.
        with(&json, HASH, "fedcba9876543210"),
    ];
    for changed in changes {
        for pack in [HASH, "fedcba9876543210"] {
            check_record(
                &changed,
                pack,
                expect![[r#"
                    town.credibility.json: error[pack-hash]: the content does not match its hash: the file was changed or damaged
                      hint: compile the pack again; a compiled pack is not edited by hand
                "#]],
            );
        }
    }
}

#[test]
fn what_is_no_record_is_named() {
    let json = credibility::to_json(&judged(), HASH);
    check_record(
        &json[..json.len() / 2],
        HASH,
        expect![[r#"
        town.credibility.json:1:440: error[pack-truncated]: the file ends too early
          hint: load it again; if it stays so, copy the whole file to the server
    "#]],
    );
    check_record(
        "<!doctype html>",
        HASH,
        expect![[r#"
        town.credibility.json: error[pack-is-a-page]: this is a web page, not a compiled pack
          hint: the server has no such file, or answers every address with a page
    "#]],
    );
    check_record(
        &compiled(PACK, ACTUALS).to_json(),
        HASH,
        expect![[r#"
        town.credibility.json:1:93: error[pack-shape]: the file has another shape: invalid type: map, expected a string at line 1 column 93
          hint: compile the pack with the `tidemark` command of the same release
    "#]],
    );
    check_record(
        "{\"format\":2}",
        HASH,
        expect![[r#"
        town.credibility.json: error[pack-format]: the file has format 2, this program reads format 4
          hint: compile the pack with the `tidemark` command of the same release
    "#]],
    );
}
