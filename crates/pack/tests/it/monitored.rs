//! Monitored targets: compared with published figures only, and refused where they stand on air.

use expect_test::{Expect, expect};
use tidemark_pack::assess::Standing;

use super::fixture::{ACTUALS, PACK, Town, compile, said, with};

/// The town's pack with one watched figure and a target on it.
fn pack(counted: &str, from: i32, to: i32, comparator: &str, value: f64) -> String {
    format!(
        "{PACK}
[[observed]]
id = \"labs\"
label = {{ zh = \"实验室\", en = \"Labs\" }}
unit = \"家\"
decimals = 0

[[monitored]]
id = \"labs.{to}\"
indicator = \"labs\"
from = {from}
to = {to}
counted = \"{counted}\"
comparator = \"{comparator}\"
value = {value:?}
source = \"plan\"
"
    )
}

fn actuals(rows: &[(&str, f64, &str)]) -> String {
    let mut out = ACTUALS.to_owned();
    for (period, value, bound) in rows {
        out += &format!("testtown,labs,{period},{value},{bound},家,final,,公报,原话,\n");
    }
    out
}

#[track_caller]
fn check(pack: &str, rows: &[(&str, f64, &str)], expected: Standing) {
    let town = Town::new(pack, &actuals(rows));
    let found = town.bound.monitor();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].standing, expected, "{:?}", found[0]);
}

fn open(needed_per_year: f64) -> Standing {
    Standing::Open {
        needed_per_year: Some(needed_per_year),
    }
}

#[test]
fn a_level_needs_the_rest_over_the_years_that_are_left() {
    let pack = pack("level", 2027, 2027, ">=", 40.0);
    check(&pack, &[], Standing::NoData);
    check(
        &pack,
        &[("2023", 10.0, "="), ("2025", 20.0, "=")],
        open(10.0),
    );
    check(
        &pack,
        &[("2025", 20.0, "="), ("2026-06", 25.0, "=")],
        open(10.0),
    );
    check(&pack, &[("2025", 40.0, ">=")], Standing::Met);
    check(&pack, &[("2025", 40.0, "<=")], open(0.0));
    check(&pack, &[("2027", 39.0, "=")], Standing::Missed);
    check(&pack, &[("2027", 39.0, ">=")], Standing::Lapsed);
}

#[test]
fn a_year_that_is_over_without_a_figure_is_lapsed() {
    let pack = pack("level", 2024, 2024, ">=", 40.0);
    check(&pack, &[("2023", 10.0, "=")], Standing::Lapsed);
    check(&pack, &[("2024", 10.0, "=")], Standing::Missed);
    check(&pack, &[("2025", 50.0, "=")], Standing::NoData);
}

#[test]
fn a_rank_is_better_when_it_is_lower() {
    let pack = pack("level", 2027, 2027, "<=", 10.0);
    check(&pack, &[("2025", 14.0, "=")], open(-2.0));
    check(&pack, &[("2025", 9.0, "=")], Standing::Met);
}

#[test]
fn a_total_needs_every_year_and_full_ones() {
    let pack = pack("total", 2023, 2027, ">=", 100.0);
    let years = [
        ("2023", 10.0, "="),
        ("2024", 20.0, "="),
        ("2025", 10.0, "="),
    ];
    check(&pack, &years, open(30.0));
    check(&pack, &years[1..], Standing::NoData);
    check(
        &pack,
        &[("2023", 10.0, "="), ("2024H1", 90.0, "=")],
        open(22.5),
    );
}

#[test]
fn a_mean_of_growth_rates_is_known_when_all_years_are() {
    let pack = pack("growth", 2024, 2025, ">=", 15.0);
    check(&pack, &[("2024", 20.8, "=")], Standing::NoData);
    check(
        &pack,
        &[("2024", 20.0, "="), ("2025", 11.0, "=")],
        Standing::Met,
    );
    check(
        &pack,
        &[("2024", 20.0, "="), ("2025", 9.0, "=")],
        Standing::Missed,
    );
}

#[test]
fn every_year_counts_for_itself() {
    let pack = pack("yearly", 2023, 2027, ">=", 100.0);
    let still_open = Standing::Open {
        needed_per_year: None,
    };
    check(&pack, &[("2025", 90.0, "=")], still_open);
    check(&pack, &[("2025", 110.0, "=")], Standing::Met);
    check(&pack, &[("2022", 110.0, "=")], Standing::NoData);
}

#[track_caller]
fn check_refused(old: &str, new: &str, expected: Expect) {
    let pack = pack("level", 2027, 2027, ">=", 40.0);
    let (compiled, faults) = compile(&with(&pack, old, new), ACTUALS);
    assert!(compiled.is_none());
    let lines: String = faults
        .iter()
        .map(|f| format!("{}: {}\n", f.code, f.message))
        .collect();
    expected.assert_eq(&lines);
}

#[test]
fn what_stands_on_air_is_refused() {
    check_refused(
        "indicator = \"labs\"",
        "indicator = \"lab\"",
        expect![[r#"
            unknown-id: monitored `labs.2027`: indicator `lab` is not in the pack
            quote-value: monitored `labs.2027`: the value is 40, the quote says `到2027年，登记企业达到180家`
        "#]],
    );
    check_refused(
        "id = \"labs.2027\"",
        "id = \"firms.2027\"",
        expect![[r#"
            duplicate-id: monitored `firms.2027`: the model drives a target of this id
            quote-value: monitored `firms.2027`: the value is 40, the quote says `到2027年，登记企业达到180家`
        "#]],
    );
    check_refused(
        "from = 2027\nto = 2027\ncounted",
        "from = 2023\nto = 2027\ncounted",
        expect![[r#"
            target-years: monitored `labs.2027`: 2023 to 2027 is no span to count
            quote-value: monitored `labs.2027`: the value is 40, the quote says `到2027年，登记企业达到180家`
        "#]],
    );
    check_refused(
        "id = \"labs\"\nlabel",
        "id = \"firms\"\nlabel",
        expect![[r#"
            duplicate-id: observed `firms`: an indicator has this id
            unknown-id: monitored `labs.2027`: indicator `labs` is not in the pack
            quote-value: monitored `labs.2027`: the value is 40, the quote says `到2027年，登记企业达到180家`
        "#]],
    );
}

#[test]
fn one_statement_is_no_disagreement() {
    let text = format!(
        "{PACK}
[[disagreement]]
id = \"firms\"
label = \"企业数\"
kind = \"scope\"
statement = [{{ says = \"180家\", source = \"plan\" }}]
note = \"并列\"
"
    );
    let (compiled, faults) = compile(&text, ACTUALS);
    assert!(compiled.is_none());
    expect![[r#"
        pack.toml:239:1: error[one-statement]: disagreement `firms`: it takes two statements to disagree
    "#]].assert_eq(&said(&faults));
}
