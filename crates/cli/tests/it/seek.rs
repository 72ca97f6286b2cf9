//! `tidemark seek`: answers that differ in kind, or which targets can be had and what stands in the way.

use std::fs;
use std::path::Path;

use expect_test::expect;
use serde_json::{Value, json};

use super::shell::{Workspace, target};

/// A town with a target of the next year that can be had, one that is unsure, one that is over.
fn town() -> Workspace {
    let workspace = Workspace::new();
    let more = [
        target("firms.2028", [2028, 2028], "end", 190.0, "tile = 2"),
        target("firms.2030", [2030, 2030], "end", 209.0, ""),
        target(
            "unsure",
            [2028, 2028],
            "end",
            184.0,
            "pending = \"起点没有公布\"",
        ),
        target(
            "given",
            [2028, 2028],
            "end",
            184.0,
            "indicative = \"路径是给定的\"",
        ),
        target("past", [2025, 2025], "end", 140.0, ""),
        target("published", [2024, 2024], "end", 140.0, ""),
    ];
    workspace.add_records(&more.concat());
    workspace
}

fn seek<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["seek", "packs/testtown", "--members", "200"], more].concat()
}

#[test]
fn answers_differ_in_kind() {
    let said = town().said(&seek(&["--target", "firms.2028"]));
    expect![[r#"
        exit 0
        as it stands: targets looked at in 2027
          登记企业数 2028 (firms.2028): median 185.0 in 2028, 5.000 short of ≥ 190.0 家, chance <5% (0 of 200 members)
        can be had at 80%, within safe ranges, rules kept:
        least movement: effort 10.0 → 13.0 家/年; costs 2.06 亿元, 1.50 in the dearest year; moves 0.20 safe ranges in all
          登记企业数 2028 (firms.2028): median 190.6 in 2028, meets ≥ 190.0 家, chance >95% (200 of 200 members)
        least cost: as least movement
        surest: effort 10.0 → 14.0 家/年; costs 2.75 亿元, 2.00 in the dearest year; moves 0.27 safe ranges in all
          登记企业数 2028 (firms.2028): median 192.4 in 2028, meets ≥ 190.0 家, chance >95% (200 of 200 members)
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
    "#]].assert_eq(&said);
}

#[test]
fn without_a_target_those_on_tiles_are_sought() {
    expect![[r#"
        exit 1
        as it stands: all 2 at once with chance <5% (0 of 200 members); targets looked at in 2027
          登记企业数 2027 (firms.2027): median 175.0 in 2027, 5.000 short of ≥ 180.0 家, chance <5% (0 of 200 members)
          登记企业数 2028 (firms.2028): median 185.0 in 2028, 5.000 short of ≥ 190.0 家, chance <5% (0 of 200 members)
        the 2 targets cannot be had all at once at 80%, within safe ranges, rules kept: proved, all levers at their best fall short
        the best there is: all 2 at once with chance <5% (0 of 200 members); effort 10.0 → 14.0 家/年; costs 2.75 亿元, 2.00 in the dearest year; moves 0.27 safe ranges in all
          登记企业数 2027 (firms.2027): median 176.6 in 2027, 3.371 short of ≥ 180.0 家, chance <5% (0 of 200 members)
          登记企业数 2028 (firms.2028): median 192.4 in 2028, meets ≥ 190.0 家, chance >95% (200 of 200 members)
        each by itself:
          登记企业数 2027 (firms.2027) cannot be had, at best: median 176.6 in 2027, 3.371 short of ≥ 180.0 家, chance <5% (0 of 200 members); met by the median and at 80% in 2028; effort 10.0 → 14.0 家/年; costs 0.75 亿元, 0.75 in the dearest year; moves 0.27 safe ranges in all
          登记企业数 2028 (firms.2028) can be had: median 190.6 in 2028, meets ≥ 190.0 家, chance >95% (200 of 200 members); met by the median and at 80% in 2028; effort 10.0 → 13.0 家/年; costs 2.06 亿元, 1.50 in the dearest year; moves 0.20 safe ranges in all
        only 登记企业数 2028 (firms.2028) can be had at 80%
        in the way: rule no_gap in 2028
        with levers to their stretch ends (--range stretch): still out of reach, the chance no better
        with levers to their hard ends (--range hard): still out of reach, the chance no better
        with levers from 2026 on (--start 2026): reached, chance >95% (200 of 200 members); effort 10.0 → 13.0 家/年 from 2026 on; costs 3.56 亿元, 1.50 in the dearest year; moves 0.20 safe ranges in all
        with no rule and no limit of money (--rules ignore): still out of reach, the chance no better
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
    "#]].assert_eq(&town().said(&seek(&[])));
}

#[test]
fn what_stands_in_the_way_of_one_is_told() {
    let said = town().said(&seek(&["--target", "firms.2027", "--year", "2027"]));
    expect![[r#"
        exit 1
        as it stands: targets looked at in 2027
          登记企业数 2027 (firms.2027): median 175.0 in 2027, 5.000 short of ≥ 180.0 家, chance <5% (0 of 200 members)
        the target cannot be had at 80%, within safe ranges, rules kept: proved, all levers at their best fall short
        the best there is: effort 10.0 → 14.0 家/年; costs 0.75 亿元, 0.75 in the dearest year; moves 0.27 safe ranges in all
          登记企业数 2027 (firms.2027): median 176.6 in 2027, 3.371 short of ≥ 180.0 家, chance <5% (0 of 200 members); met by the median and at 80% in 2028
        in the way: rule no_gap in 2028
        with levers to their stretch ends (--range stretch): still out of reach, the chance no better
        with levers to their hard ends (--range hard): still out of reach, the chance no better
        with levers from 2026 on (--start 2026): reached, chance >95% (200 of 200 members); effort 10.0 → 13.0 家/年 from 2026 on; costs 2.06 亿元, 1.50 in the dearest year; moves 0.20 safe ranges in all
        with no rule and no limit of money (--rules ignore): still out of reach, the chance no better
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
    "#]].assert_eq(&said);
}

#[test]
fn conditions_are_those_that_were_asked_for() {
    let town = town();
    let target = ["--target", "firms.2027"];
    for (more, is_reached) in [
        (&["--year", "2028"][..], true),
        (&["--start", "2026"], true),
        (&["--start", "2026", "--lock", "effort"], false),
        (&["--range", "hard"], false),
        (&["--range", "hard", "--rules", "ignore"], true),
        (
            &["--range", "hard", "--rules", "ignore", "--budget", "1"],
            false,
        ),
        (&["--year", "2028", "--lock", "effort"], true),
        (&["--start", "2026", "--budget", "1.5"], true),
        (&["--start", "2026", "--budget", "1.4"], false),
    ] {
        let (code, out, err) = town.tidemark(&seek(&[&target[..], more, &["--json"]].concat()));
        let answer: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(
            (code == 0, &answer["reached"]),
            (is_reached, &json!(is_reached)),
            "{more:?} {err}"
        );
    }
}

#[test]
fn programs_read_which_of_several_can_be_had() {
    let (code, out, err) = town().tidemark(&seek(&["--json"]));
    assert_eq!(code, 1, "{err}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["targets"], json!(["firms.2027", "firms.2028"]));
    assert_eq!(
        (&answer["year"], &answer["reached"]),
        (&json!(2027), &json!(false))
    );
    assert_eq!(answer["now"]["targets"][0]["gap"], 5.0);
    assert_eq!(answer["out_of_reach_proved"], true);
    let parts = answer["parts"].as_array().unwrap();
    let parts: Value = parts
        .iter()
        .map(|part| json!([part["target"], part["reached"], part["earliest"]]))
        .collect();
    let by_2028 = json!({ "median": 2028, "sure": 2028 });
    let expected = json!([
        ["firms.2027", false, by_2028],
        ["firms.2028", true, by_2028]
    ]);
    assert_eq!(parts, expected);
    assert_eq!(answer["together"], Value::Null);
    let given_up = answer["relaxations"].as_array().unwrap().iter();
    let given_up: Value = given_up
        .map(|one| json!([one["what"], one["reached"], one["plan"]["reached"]]))
        .collect();
    let expected = json!([
        ["range=stretch", false, false],
        ["range=hard", false, false],
        ["start=2026", true, true],
        ["rules=ignore", false, false],
    ]);
    assert_eq!(given_up, expected);
}

/// What few members find falls short on all of them by one or two, time and again: the search goes on
/// for a little more until it does not. Two levers of the shipped city are free.
#[test]
fn what_all_levers_reach_is_had_for_less_than_all_of_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/ningbo");
    let pack = fs::read_to_string(folder.join("pack.toml")).unwrap();
    let levers = pack.split("[[lever]]\nid = \"").skip(1);
    let levers = levers.map(|record| record.split('"').next().unwrap());
    let free = ["hnte_first_cert", "hnte_renewal"];
    let locked: Vec<&str> = levers.filter(|id| !free.contains(id)).collect();
    let folder = folder.display().to_string();
    let mut command = vec!["seek", &folder, "--json", "--range", "hard"];
    command.extend(["--target", "city.hnte_count.target.2027"]);
    command.extend(locked.iter().flat_map(|id| ["--lock", id]));
    let (code, out, err) = Workspace::new().tidemark(&command);
    assert_eq!(code, 0, "{err}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    let answers = answer["answers"].as_array().unwrap();
    let of = |key: &str| {
        answers
            .iter()
            .map(|a| a[key].clone())
            .collect::<Vec<Value>>()
    };
    assert_eq!(of("aim"), ["least movement", "least cost", "surest"]);
    let [movement, cost] = ["movement", "cost"].map(|key| {
        let numbers = of(key).into_iter().map(|value| value.as_f64().unwrap());
        numbers.collect::<Vec<f64>>()
    });
    assert!(movement[0] < movement[2] && cost[1] < cost[2], "{answer:#}");
}

#[test]
fn only_open_targets_can_be_sought() {
    let town = town();
    let said = |id: &str| town.tidemark(&seek(&["--target", id]));
    let refused = ["unsure", "given", "past", "published"].map(said);
    assert!(
        refused
            .iter()
            .all(|(code, out, _)| *code == 2 && out.is_empty())
    );
    let why: Vec<&str> = refused.iter().map(|(_, _, err)| err.as_str()).collect();
    expect![[r#"
        error: --target unsure: nothing can be sought for it: 待核: 起点没有公布
        error: --target given: nothing can be sought for it: 仅供参考: 路径是给定的
        error: --target past: nothing can be sought for it: 2025 is over and its figure not published
        error: --target published: nothing can be sought for it: the figure of 2024 is published: judged by it
    "#]].assert_eq(&why.concat());
}

#[test]
fn what_cannot_be_asked_is_wrong_use() {
    let town = town();
    let said = |more: &[&str]| town.tidemark(&seek(more)).2;
    let all = [
        said(&["--target", "firms.2072"]),
        said(&["--lock", "efort"]),
        said(&["--year", "2029"]),
        said(&["--start", "2025"]),
        said(&["--start", "2033"]),
    ];
    expect![[r#"
        error: --target firms.2072: the pack has none of that id; did you mean `firms.2027`?
        error: --lock efort: the pack has none of that id; did you mean `effort`?
        error: --year 2029: targets are looked at in 2027, 2028 or 2030
        error: --start 2025: levers begin between 2026 and 2032
        error: --start 2033: levers begin between 2026 and 2032
    "#]]
    .assert_eq(&all.concat());
    let (code, _, err) = town.tidemark(&seek(&["--budget=-1"]));
    assert!(code == 2 && err.contains("between 0 and"), "{err}");
    town.edit("packs/testtown/pack.toml", "tile = 1\n", "");
    town.edit("packs/testtown/pack.toml", "tile = 2\n", "");
    expect![[r#"
        error: no target on a tile is open; `--target ID` names another: firms.2027, firms.2028, firms.2030
    "#]].assert_eq(&town.tidemark(&seek(&[])).2);
}
