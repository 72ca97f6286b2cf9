//! `tidemark calibrate`, `hindcast`, `sensitivity`: what they write, when they refuse.

use std::fs;

use expect_test::expect;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::compiled::{credibility, read};

use super::shell::Workspace;

const RECORDS: &str = include_str!("../../../evidence/tests/it/records.toml");

/// The town with parameters, and growth of its register published for six years.
fn town() -> Workspace {
    let workspace = Workspace::new();
    let append = |file: &str, text: &str| {
        let path = workspace.path(file);
        let old = fs::read_to_string(&path).unwrap();
        fs::write(path, old + text).unwrap();
    };
    append("packs/testtown/pack.toml", &format!("\n{RECORDS}"));
    let rows = [("2020", 105), ("2021", 113), ("2022", 122)];
    let rows = rows.map(|(year, value)| {
        format!("testtown,firms,{year},{value},=,家,final,,统计公报,登记企业,\n")
    });
    append("packs/testtown/actuals.csv", &rows.concat());
    workspace
}

#[test]
fn draws_are_written_the_same_each_time_and_known_to_be_fresh() {
    let town = town();
    let path = "packs/testtown/posterior.csv";
    let calibrate = ["calibrate", "packs/testtown", "--draws", "800"];
    let (code, out, err) = town.tidemark(&calibrate);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("2 parameters fitted, 1 from the literature"),
        "{out}"
    );
    assert!(out.contains("worst R-hat 1.0"), "{out}");
    let first = fs::read(town.path(path)).unwrap();
    let (_, out, _) = town.tidemark(&["calibrate", "packs/testtown", "--draws", "800", "--json"]);
    assert!(out.contains("\"is_fitted\": true"), "{out}");
    assert_eq!(fs::read(town.path(path)).unwrap(), first);
    let check = ["calibrate", "packs/testtown", "--check"];
    let (code, out, _) = town.tidemark(&check);
    assert!(
        code == 0 && out.contains("800 draws of 3 parameters"),
        "{out}"
    );
    let (code, out, err) = town.tidemark(&["sensitivity", "packs/testtown", "--pairs", "200"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("firms 2027: 190.0"), "{out}");
    town.edit("packs/testtown/actuals.csv", ",2021,113,", ",2021,114,");
    let (code, out, _) = town.tidemark(&check);
    assert!(code == 1 && out.contains("stale"), "{out}");
    let (code, _, err) = town.tidemark(&["sensitivity", "packs/testtown", "--pairs", "200"]);
    assert!(code == 1 && err.contains("belongs to other data"), "{err}");
}

/// Nobody is told a chance that stands on bad draws, or on assumptions where there was a fit.
#[test]
fn draws_that_cannot_be_used_give_no_chance() {
    let town = town();
    let path = town.path("packs/testtown/posterior.csv");
    let (code, _, err) = town.tidemark(&["calibrate", "packs/testtown", "--draws", "800"]);
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = town.tidemark(&["hindcast", "packs/testtown", "--write"]);
    assert_eq!(code, 0, "{err}");
    let good = fs::read_to_string(&path).unwrap();
    let refused = |code_of_fault: &str, word: &str| {
        for command in ["reach", "seek", "rules", "outlook"] {
            let (code, out, err) = town.tidemark(&[command, "packs/testtown"]);
            let is_told = err.contains("error: packs/testtown/posterior.csv") && err.contains(word);
            assert!(
                code == 1 && out.is_empty() && is_told,
                "{command}: {code} {out} {err}"
            );
        }
        let (_, _, err) = town.tidemark(&["check", "packs/testtown"]);
        assert!(err.contains(code_of_fault) && err.contains(word), "{err}");
    };
    let (code, _, err) = town.tidemark(&["reach", "packs/testtown"]);
    assert!(code == 0 && err.is_empty(), "{err}");
    let cut: String = good.split_inclusive('\n').take(14).collect();
    fs::write(&path, cut).unwrap();
    refused("draws-damaged", "10 draws are there, 800 are told");
    fs::write(&path, good.replacen("\n1", "\n91", 1)).unwrap();
    refused("draws-damaged", "its prior ends at");
    fs::write(
        &path,
        good.replacen("# data version ", "# data version 0", 1),
    )
    .unwrap();
    refused("draws-stale", "present are");
    fs::remove_file(&path).unwrap();
    refused("draws-lost", "is missing");
}

/// The record is compiled beside the pack, which has its summary, while it is of the pack's data.
#[test]
fn a_hindcast_is_compiled_beside_the_pack() {
    let town = town();
    let (code, _, err) = town.tidemark(&["calibrate", "packs/testtown", "--draws", "800"]);
    assert_eq!(code, 0, "{err}");
    let (code, out, err) = town.tidemark(&["hindcast", "packs/testtown", "--write"]);
    assert_eq!(code, 0, "{err}");
    for word in ["数据不足", "不评分", "held back: 4 figures of 2020 to 2023"] {
        assert!(out.contains(word), "no {word} in {out}");
    }
    let packed = |file: &str| {
        let (code, out, err) = town.tidemark(&["pack", "packs/testtown", "-o", file]);
        assert_eq!(code, 0, "{err}");
        let json = fs::read_to_string(town.path(file)).unwrap();
        let pack = read(&json, file, &mut Diagnostics::new()).unwrap();
        (pack, out, err)
    };
    let (pack, out, err) = packed("new.pack.json");
    assert_eq!(err, "");
    assert!(out.contains("new.credibility.json: "), "{out}");
    let json = fs::read_to_string(town.path("new.credibility.json")).unwrap();
    let mut faults = Diagnostics::new();
    let record = credibility::read(&json, "x", &pack.hash, &mut faults).unwrap();
    assert_eq!(pack.hindcast, Some(record.summary()));
    assert!(record.series.iter().any(|series| series.scored > 0));
    town.edit("packs/testtown/actuals.csv", ",2021,113,", ",2021,114,");
    let (pack, _, err) = packed("old.json");
    assert!(
        err.contains("credibility-stale") && err.contains("draws-stale"),
        "{err}"
    );
    assert!(pack.opening.is_none() && pack.draws.len() == 1);
    assert!(pack.hindcast.is_none() && !town.path("old.credibility.json").exists());
}

#[test]
fn a_pack_without_parameters_has_nothing_to_fit() {
    expect![[r#"
        exit 1
        --
        error: the pack has no [[parameter]] or no [observation]: there is nothing to fit
    "#]]
    .assert_eq(&Workspace::new().said(&["calibrate", "packs/testtown"]));
}

#[test]
fn too_few_draws_are_wrong_use() {
    let (code, _, err) = town().tidemark(&["calibrate", "packs/testtown", "--draws", "50"]);
    assert!(code == 2 && err.contains("between 400 and 100000"), "{err}");
    let (code, _, err) = town().tidemark(&["calibrate", "packs/testtown", "--check"]);
    assert!(code == 2 && err.contains("posterior.csv"), "{err}");
}
