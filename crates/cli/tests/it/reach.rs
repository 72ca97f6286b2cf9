//! `tidemark reach`: where each target stands in a year, by the medians and chances that a page has.

use expect_test::expect;
use serde_json::{Value, json};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::bind;
use tidemark_pack::compiled::read;
use tidemark_reach::draws::{MEMBERS, SEED};
use tidemark_reach::opening::Opening;

use super::shell::{Workspace, target};

/// A town whose chances are judged, with a target of every kind.
fn town() -> Workspace {
    let workspace = Workspace::new();
    let more = [
        target("firms.2028", [2028, 2028], "end", 186.0, "tile = 2"),
        // Members differ in growth.
        target("rd.2027", [2027, 2027], "mean", 55.0, "").replace("\"firms\"", "\"rd\""),
        target("growth", [2025, 2027], "cagr", 5.0, ""),
        target(
            "unsure",
            [2027, 2027],
            "end",
            150.0,
            "pending = \"起点没有公布\"",
        ),
        target(
            "given",
            [2027, 2027],
            "end",
            150.0,
            "indicative = \"路径是给定的\"",
        ),
        target("past", [2025, 2025], "end", 140.0, ""),
        target("published", [2024, 2024], "end", 140.0, ""),
    ];
    let rule = "[status_rule.probability]\nreached_from = 0.8\nrisk_from = 0.5\ntext = \"按概率\"\n\n\
                [references]";
    workspace.edit("packs/testtown/pack.toml", "[references]", rule);
    workspace.add_records(&more.concat());
    let figure = "testtown,rd,2024,40,=,亿元,final,,统计公报,研发经费40亿元,\n";
    let row = "testtown,firms,2024";
    workspace.edit(
        "packs/testtown/actuals.csv",
        row,
        &(figure.to_owned() + row),
    );
    workspace
}

const REACH: [&str; 4] = ["reach", "packs/testtown", "--members", "200"];

#[test]
fn targets_are_looked_at_in_the_first_reading_year() {
    expect![[r#"
        exit 0
        looked at in 2027; medians over the members, a gap below 0 is beyond the target
        target             in   wanted    p10  median    p90     gap  chance       verdict
        firms.2027       2027  ≥ 180.0  175.0   175.0  175.0   5.000     <5%  out_of_reach
        firms.2028       2028  ≥ 186.0  185.0   185.0  185.0   1.000     <5%  out_of_reach
        rd.2027          2027  ≥ 55.00  47.38   51.59  55.88   3.414     20%  out_of_reach
        growth      2025–2027  ≥ 5.000  6.511   6.511  6.511  -1.511    >95%       reached
        unsure           2027  ≥ 150.0  175.0   175.0  175.0  -25.00       –       pending
        given            2027  ≥ 150.0  175.0   175.0  175.0  -25.00       –    indicative
        past             2025  ≥ 140.0  155.0   155.0  155.0  -15.00       –       awaited
        published        2024  ≥ 140.0  145.0   145.0  145.0  -5.000       –       reached
        all 2 on tiles, at once: <5%
        all 4 that are judged, at once: <5%

        no chance is given of:
        unsure: 待核: 起点没有公布
        given: 仅供参考: 路径是给定的
        past: 2025 is over and its figure not published
        published: the figure of 2024 is published: judged by it
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
    "#]].assert_eq(&town().said(&REACH));
}

#[test]
fn a_level_is_held_against_a_later_year() {
    let said = town().said(&[&REACH[..], &["--year", "2028"]].concat());
    expect![[r#"
        exit 0
        looked at in 2028; medians over the members, a gap below 0 is beyond the target
        target             in   wanted    p10  median    p90      gap  chance       verdict
        firms.2027       2028  ≥ 180.0  185.0   185.0  185.0   -5.000    >95%       reached
        firms.2028       2028  ≥ 186.0  185.0   185.0  185.0    1.000     <5%  out_of_reach
        rd.2027          2028  ≥ 55.00  50.64   55.82  61.17  -0.8153     55%       at_risk
        growth      2025–2027  ≥ 5.000  6.511   6.511  6.511   -1.511    >95%       reached
        unsure           2028  ≥ 150.0  185.0   185.0  185.0   -35.00       –       pending
        given            2028  ≥ 150.0  185.0   185.0  185.0   -35.00       –    indicative
        past             2025  ≥ 140.0  155.0   155.0  155.0   -15.00       –       awaited
        published        2024  ≥ 140.0  145.0   145.0  145.0   -5.000       –       reached
        all 2 on tiles, at once: <5%
        all 4 that are judged, at once: <5%

        no chance is given of:
        unsure: 待核: 起点没有公布
        given: 仅供参考: 路径是给定的
        past: 2025 is over and its figure not published
        published: the figure of 2024 is published: judged by it
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
    "#]].assert_eq(&said);
}

#[test]
fn a_year_that_is_not_read_is_wrong_use() {
    let said = town().said(&[&REACH[..], &["--year", "2029"]].concat());
    expect![[r#"
        exit 2
        --
        error: --year 2029: targets are looked at in 2027, 2028 or 2030
    "#]]
    .assert_eq(&said);
}

#[test]
fn programs_read_the_same() {
    let said = [&REACH[..], &["--year", "2028", "--json"]].concat();
    let (code, out, err) = town().tidemark(&said);
    assert_eq!(code, 0, "{err}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["year"], 2028);
    let targets = answer["targets"].as_array().unwrap();
    let told: Vec<Value> = targets
        .iter()
        .map(|t| json!([t["id"], t["held"], t["years"], t["verdict"], t["percent"]]))
        .collect();
    let expected = json!([
        ["firms.2027", "other", null, "reached", 100],
        ["firms.2028", "own", null, "out_of_reach", 0],
        ["rd.2027", "other", null, "at_risk", 55],
        ["growth", "aside", [2025, 2027], "reached", 100],
        ["unsure", "other", null, "pending", null],
        ["given", "other", null, "indicative", null],
        ["past", "aside", [2025, 2025], "awaited", null],
        ["published", "aside", [2024, 2024], "reached", null],
    ]);
    assert_eq!(Value::from(told), expected);
    for target in targets {
        // A chance or a reason, and never both.
        assert_eq!(target["probability"].is_null(), !target["why"].is_null());
        assert_eq!(target["probability"].is_null(), target["percent"].is_null());
    }
    let judged = ["firms.2027", "firms.2028", "rd.2027", "growth"];
    assert_eq!(answer["joint"]["targets"], json!(judged[..2]));
    assert_eq!(answer["joint_of_all"]["targets"], json!(judged));
    assert_eq!(answer["joint_of_all"]["probability"], 0.0);
}

/// What a page opens with is made where the pack is compiled; the command runs the members.
#[test]
fn the_command_says_what_a_page_opens_with() {
    let town = town();
    let (code, _, err) = town.tidemark(&["pack", "packs/testtown", "-o", "page.json"]);
    assert_eq!(code, 0, "{err}");
    let text = std::fs::read_to_string(town.path("page.json")).unwrap();
    let mut faults = Diagnostics::new();
    let compiled = read(&text, "page.json", &mut faults).unwrap();
    let model = &compiled.model;
    let loaded = tidemark_engine::load(&model.text, &model.name, &mut faults).unwrap();
    let bound = bind(&compiled, &loaded, &mut faults).unwrap();
    let opening = Opening::read(compiled.opening.as_deref().unwrap()).unwrap();
    let page = opening.answer(&bound, MEMBERS, SEED).unwrap();
    let (_, out, _) = town.tidemark(&["reach", "packs/testtown", "--json"]);
    let answer: Value = serde_json::from_str(&out).unwrap();
    for target in answer["targets"].as_array().unwrap() {
        let shown = page.target(target["id"].as_str().unwrap(), 2027).unwrap();
        let band = shown.band.unwrap();
        for (key, value) in [
            ("p10", band.p10),
            ("projected", band.p50),
            ("p90", band.p90),
        ] {
            let said = target[key].as_f64().map(f64::to_bits);
            assert_eq!(said, Some(value.to_bits()), "{target} {key}");
        }
        let is_open = bound.is_open(bound.target(target["id"].as_str().unwrap()).unwrap());
        let chance = shown.chance.filter(|_| is_open).map(|chance| chance.share);
        assert_eq!(target["probability"].as_f64(), chance);
    }
    let joint = page.joint(2027).map(|chance| chance.share);
    assert_eq!(answer["joint"]["probability"].as_f64(), joint);
}
