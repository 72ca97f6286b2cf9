//! `tidemark outlook`: a row for each open target, and why the others have none.

use expect_test::expect;
use serde_json::{Value, json};

use super::shell::Workspace;

/// A town with four targets more: one that nothing meets, one that is met, one whose base is not
/// confirmed, one of a past year; and one that is only watched.
fn town() -> Workspace {
    let workspace = Workspace::new();
    let target = |id: &str, year: u32, value: u32, more: &str| {
        format!(
            "[[target]]\nid = \"{id}\"\nindicator = \"firms\"\nfrom = {year}\nto = {year}\n\
             at = \"end\"\ncomparator = \">=\"\nvalue = {value}\nsource = \"plan\"\n\
             note = \"\"\n{more}\n\n"
        )
    };
    let more = [
        target("firms.far", 2028, 900, ""),
        target("firms.near", 2028, 184, ""),
        target("firms.unsure", 2028, 184, "pending = \"起点没有公布\""),
        target("firms.past", 2024, 140, ""),
        "[[observed]]\nid = \"parks\"\nlabel = { zh = \"园区\", en = \"Parks\" }\nunit = \"个\"\n\
         decimals = 0\n\n[[monitored]]\nid = \"parks.2027\"\nindicator = \"parks\"\nfrom = 2027\n\
         to = 2027\ncounted = \"level\"\ncomparator = \">=\"\nvalue = 3\nsource = \"plan\"\n\n"
            .to_owned(),
    ];
    let place = "[status_rule]";
    let records = more.concat() + place;
    workspace.edit("packs/testtown/pack.toml", place, &records);
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
        3 open targets, 200 members
        now: the middle of the members, where the page's line is one run at the model's own constants
        best corner: of each target by itself, every lever at the end of its safe range that is better for it with no other moved; rules left aside
        target            wanted    now     gap  chance  best corner  chance       for 80%
        登记企业数 2027  ≥ 180.0  175.0   5.000     <5%        179.1     <5%  out of reach
        登记企业数 2028  ≥ 900.0  185.0   715.0     <5%        203.6     <5%  out of reach
        登记企业数 2028  ≥ 184.0  185.0  -1.000    >95%        203.6    >95%       reached
        all 3 at once: <5%

        what it takes for 80%, within safe ranges and rules:
        登记企业数 2027 (firms.2027)
          out of reach, proved: at best about 179.1, met in 2028, with movement 0.6667, 1.875 亿元, chance <5% (0 of 200 members): effort 10.00 → 20.00; in the way: effort at 20.00
        登记企业数 2028 (firms.far)
          out of reach, proved: at best about 203.6, met in no year of the run, with movement 0.6667, 6.875 亿元, chance <5% (0 of 200 members): effort 10.00 → 20.00; in the way: effort at 20.00
        登记企业数 2028 (firms.near)
          reached with no lever moved, chance >95% (200 of 200 members)

        no chance is given of:
        登记企业数 2028 (firms.unsure)
          待核: 起点没有公布
        登记企业数 2024 (firms.past)
          its own figure is published, or none to start from
        1 of 2027: the model does not drive it
          园区
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
        1/3: firms.2027
        2/3: firms.far
        3/3: firms.near
    "#]].assert_eq(&town.said(&OUTLOOK));
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
    let met_in = of(&|row| row["answer"]["met_in"].clone());
    assert_eq!(met_in, json!([2028, null, null]));
    let corner = &targets[0]["best_corner"];
    assert_eq!(corner["levers"], json!(["effort"]));
    // No rule binds in the corner.
    let best = &targets[0]["answer"]["targets"][0]["projected"];
    assert!(corner["projected"].as_f64() > best.as_f64(), "{answer:#}");
    let without = answer["without_chance"].as_array().unwrap();
    let ids: Value = without.iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, json!(["firms.unsure", "firms.past", "parks.2027"]));
    assert_eq!(answer["joint"]["targets"].as_array().unwrap().len(), 3);
}
