//! `tidemark outlook`: a row for each open target, and why the others have none.

use expect_test::expect;
use serde_json::{Value, json};

use super::shell::{Workspace, target};

/// A town with four targets more: one that nothing meets, one that is met, one whose base is not
/// confirmed, one of a past year; and one that is only watched.
fn town() -> Workspace {
    let workspace = Workspace::new();
    let more = [
        target("firms.far", [2028, 2028], "end", 900.0, ""),
        target("firms.near", [2028, 2028], "end", 184.0, ""),
        target(
            "firms.unsure",
            [2028, 2028],
            "end",
            184.0,
            "pending = \"起点没有公布\"",
        ),
        target("firms.past", [2024, 2024], "end", 140.0, ""),
        "[[observed]]\nid = \"parks\"\nlabel = { zh = \"园区\", en = \"Parks\" }\nunit = \"个\"\n\
         decimals = 0\n\n[[monitored]]\nid = \"parks.2027\"\nindicator = \"parks\"\nfrom = 2027\n\
         to = 2027\ncounted = \"level\"\ncomparator = \">=\"\nvalue = 3\nsource = \"wish\"\n\n"
            .to_owned(),
    ];
    workspace.add_records(&more.concat());
    workspace
}

const OUTLOOK: [&str; 4] = ["outlook", "packs/testtown", "--members", "200"];

#[test]
fn every_target_is_told() {
    let town = town();
    // With money for all of it the best there is is the corner.
    let rule = "value = 0\nyears = [2027, 2028]";
    town.edit(
        "packs/testtown/pack.toml",
        rule,
        &rule.replacen('0', "100", 1),
    );
    expect![[r#"
        exit 0
        3 open targets looked at in 2027, 200 members; now, best corner and gap: medians over them
        best corner: of each target by itself, every lever at the end of its safe range that is better for it with no other moved; rules left aside
        target             in   wanted    now     gap  chance  best corner  chance       for 80%
        登记企业数 2027  2027  ≥ 180.0  175.0   5.000     <5%        179.1     <5%  out of reach
        登记企业数 2028  2028  ≥ 900.0  185.0   715.0     <5%        203.6     <5%  out of reach
        登记企业数 2028  2028  ≥ 184.0  185.0  -1.000    >95%        203.6    >95%       reached
        all 3 at once: <5%

        what it takes for 80%, within safe ranges and rules:
        登记企业数 2027 (firms.2027)
          out of reach, proved; at best median 179.1 in 2027, 0.9277 short of ≥ 180.0 家, chance <5% (0 of 200 members); met by the median and at 80% in 2028; effort 10.0 → 20.0 家/年; costs 1.88 亿元, 1.88 in the dearest year; moves 0.67 safe ranges in all; in the way: effort at 20.00
        登记企业数 2028 (firms.far)
          out of reach, proved; at best median 203.6 in 2028, 696.4 short of ≥ 900.0 家, chance <5% (0 of 200 members); met in no year of the run, neither by the median nor at 80%; effort 10.0 → 20.0 家/年; costs 6.88 亿元, 5.00 in the dearest year; moves 0.67 safe ranges in all; in the way: effort at 20.00
        登记企业数 2028 (firms.near)
          reached: median 185.0 in 2028, meets ≥ 184.0 家, chance >95% (200 of 200 members); met by the median and at 80% in 2028; no lever moved

        no chance is given of:
        登记企业数 2028 (firms.unsure)
          待核: 起点没有公布
        登记企业数 2024 (firms.past)
          the figure of 2024 is published: judged by it
        1 of 2027: the model does not drive it
          园区
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
        1/3: firms.2027
        2/3: firms.far
        3/3: firms.near
    "#]].assert_eq(&town.said(&OUTLOOK));
}

/// A target of 2027 is held against 2028, one of 2028 stays in its own year where 2027 is looked at.
#[test]
fn targets_are_looked_at_in_a_year() {
    let town = town();
    let in_2028 = [&OUTLOOK[..], &["--year", "2028", "--json"]].concat();
    let (_, out, _) = town.tidemark(&in_2028);
    let answer: Value = serde_json::from_str(&out).unwrap();
    let targets = answer["targets"].as_array().unwrap().iter();
    let told: Value = targets
        .map(|row| {
            json!([
                row["years"],
                row["answer"]["reached"],
                row["best_corner"]["levers"]
            ])
        })
        .collect();
    let years = [2028, 2028];
    let moved = ["effort"];
    let expected = json!([
        [years, true, moved],
        [years, false, moved],
        [years, true, moved]
    ]);
    assert_eq!(told, expected);
    let (code, _, err) = town.tidemark(&[&OUTLOOK[..], &["--year", "2026"]].concat());
    assert_eq!(code, 2, "{err}");
}

#[test]
fn programs_read_the_same() {
    let town = town();
    let (code, out, err) = town.tidemark(&[&OUTLOOK[..], &["--json"]].concat());
    assert_eq!(code, 0, "{err}");
    let answer: Value = serde_json::from_str(&out).unwrap();
    let targets = answer["targets"].as_array().unwrap();
    let of = |what: &dyn Fn(&Value) -> Value| targets.iter().map(what).collect::<Value>();
    assert_eq!(
        of(&|row| row["id"].clone()),
        json!(["firms.2027", "firms.far", "firms.near"])
    );
    let reached = of(&|row| row["answer"]["reached"].clone());
    assert_eq!(reached, json!([false, false, true]));
    let proved = of(&|row| row["answer"]["out_of_reach_proved"].clone());
    assert_eq!(proved, json!([true, true, null]));
    let earliest = of(&|row| row["answer"]["targets"][0]["earliest"]["median"].clone());
    assert_eq!(earliest, json!([2028, null, 2028]));
    let corner = &targets[0]["best_corner"];
    assert_eq!(corner["levers"], json!(["effort"]));
    // No rule binds in the corner.
    let best = &targets[0]["answer"]["targets"][0]["projected"];
    assert!(corner["projected"].as_f64() > best.as_f64(), "{answer:#}");
    // What is said of now is what `reach` says.
    let (_, out, _) = town.tidemark(&["reach", "packs/testtown", "--members", "200", "--json"]);
    let reach: Value = serde_json::from_str(&out).unwrap();
    let now = reach["targets"].as_array().unwrap().iter();
    for row in targets {
        let same = now
            .clone()
            .find(|target| target["id"] == row["id"])
            .unwrap();
        for key in ["projected", "p10", "p90", "gap", "probability", "percent"] {
            assert_eq!(row["now"][key], same[key], "{} {key}", row["id"]);
        }
    }
    let without = answer["without_chance"].as_array().unwrap();
    let ids: Value = without.iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, json!(["firms.unsure", "firms.past", "parks.2027"]));
    assert_eq!(answer["joint"]["targets"].as_array().unwrap().len(), 3);
}
