//! `tidemark rules`: how a scenario stands to the rules of its pack.

use expect_test::expect;

use super::shell::Workspace;

#[test]
fn a_baseline_that_breaks_a_rule_is_told_from_a_scenario_that_does() {
    let workspace = Workspace::new();
    expect![[r#"
        exit 1
        no_gap (资金无缺口): kept
          2027 0.00 <= 0 亿元: margin 0.00, baseline 0.00, levers add 0.00
          2028 0.00 <= 0 亿元: margin 0.00, baseline 0.00, levers add 0.00
        register_grows (登记数增速不低于6.5%): broken by the baseline
          2027 6.30 >= 6.5 %: margin -0.20, baseline -0.20, levers add 0.00
          2028 5.93 >= 6.5 %: margin -0.57, baseline -0.57, levers add 0.00
          到2027年，登记企业达到180家 · 试城规划
        young_half (青年项目过半): for a person to check
          到2027年，登记企业达到180家 · 试城规划
        balance (收支相等): kept
          2028 0.00 ~ 0 家: margin 0.00, baseline 0.00, levers add 0.00
        1 of 4 rules broken, 0 of them by the levers; 1 for a person to check
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
    "#]]
    .assert_eq(&workspace.said(&["rules", "packs/testtown"]));
    let command = ["rules", "packs/testtown", "--set", "effort=20"];
    expect![[r#"
        exit 1
        no_gap (资金无缺口): broken by the levers
          2027 0.56 <= 0 亿元: margin -0.56, baseline 0.00, levers add 0.56
          2028 3.00 <= 0 亿元: margin -3.00, baseline 0.00, levers add 3.00
          put back first: effort to 14.0; then the rule is kept
        register_grows (登记数增速不低于6.5%): kept
          2027 6.71 >= 6.5 %: margin 0.21, baseline -0.20, levers add -0.20
          2028 10.82 >= 6.5 %: margin 4.32, baseline -0.57, levers add -0.57
          到2027年，登记企业达到180家 · 试城规划
        young_half (青年项目过半): for a person to check
          到2027年，登记企业达到180家 · 试城规划
        balance (收支相等): kept
          2028 0.00 ~ 0 家: margin 0.00, baseline 0.00, levers add 0.00
        1 of 4 rules broken, 1 of them by the levers; 1 for a person to check
        --
        warning: there is no packs/testtown/posterior.csv: assumptions alone are drawn from; run `tidemark calibrate` on the folder
    "#]]
    .assert_eq(&workspace.said(&command));
}

/// Advice leads to what it says: the breach that is left is the baseline's own.
#[test]
fn a_breach_that_the_baseline_has_is_at_best_no_longer_widened() {
    let workspace = Workspace::new();
    let said = workspace
        .tidemark(&["rules", "packs/testtown", "--set", "effort=5"])
        .1;
    let of_rule: Vec<&str> = said
        .lines()
        .skip_while(|line| !line.starts_with("register_grows"))
        .take(4)
        .collect();
    expect![[r#"
        register_grows (登记数增速不低于6.5%): broken further by the levers
          2027 6.10 >= 6.5 %: margin -0.40, baseline -0.20, levers add 0.20
          2028 3.46 >= 6.5 %: margin -3.04, baseline -0.57, levers add 2.46
          put back first: effort to 10.0; then the breach is no longer widened; 0.57 % in 2028 remain, the baseline's own"#]].assert_eq(&of_rule.join("\n"));
}

/// Half of what is shown counts unless the pack says more.
#[test]
fn a_breach_below_what_counts_is_no_breach() {
    let workspace = Workspace::new();
    let rule = "value = 0\nyears = [2027, 2028]";
    let counts = format!("{rule}\nmateriality = 5.0");
    workspace.edit("packs/testtown/pack.toml", rule, &counts);
    let said = workspace.tidemark(&["rules", "packs/testtown", "--set", "effort=20"]);
    assert!(
        said.1
            .contains("no_gap (资金无缺口): kept but for less than counts"),
        "{}",
        said.1
    );
    assert_eq!(said.0, 0);
}

/// Growth is drawn from a law whose median lies above the model's own 8 %, which is 8.24 % by quarters.
#[test]
fn rules_are_judged_by_the_median() {
    let workspace = Workspace::new();
    let plain = "variable = \"register\"\nunit = \"%\"\nscale = 1.0\nmodel_unit = \"firm\"";
    let gdp = plain
        .replace("register", "gdp")
        .replace("firm", "yi_yuan/year");
    workspace.edit("packs/testtown/pack.toml", plain, &gdp);
    workspace.edit("packs/testtown/pack.toml", "value = 6.5", "value = 8.5");
    let law = "distribution = \"normal sd 1.0\"";
    workspace.edit("packs/testtown/pack.toml", law, "distribution = \"PERT\"");
    let range = "range = { min = 4.0, max = 12.0 }";
    workspace.edit(
        "packs/testtown/pack.toml",
        range,
        "range = { min = 7.5, max = 12.0 }",
    );
    let (_, out, err) = workspace.tidemark(&["rules", "packs/testtown", "--json"]);
    assert!(!out.is_empty(), "{err}");
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list[1]["verdict"], "kept", "{err}");
    let value = list[1]["years"][0]["value"].as_f64().unwrap();
    assert!((8.5..8.9).contains(&value), "{value}");
}

#[test]
fn a_pack_whose_rules_are_kept_is_answered_with_yes() {
    let workspace = Workspace::new();
    workspace.edit("packs/testtown/pack.toml", "value = 6.5", "value = 0.0");
    let (code, out, err) = workspace.tidemark(&["rules", "packs/testtown"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.ends_with("0 of 4 rules broken, 0 of them by the levers; 1 for a person to check\n"),
        "{out}"
    );
}

#[test]
fn programs_read_the_same_as_json() {
    let workspace = Workspace::new();
    let command = ["rules", "packs/testtown", "--set", "effort=20", "--json"];
    let (code, out, _) = workspace.tidemark(&command);
    assert_eq!(code, 1);
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    let rule = &list[0];
    assert_eq!(rule["id"], "no_gap");
    assert_eq!(rule["verdict"], "broken by the levers");
    assert_eq!(rule["years"][1]["margin"], -3.0);
    assert_eq!(rule["put_back"]["lever"], "effort");
    assert_eq!(rule["put_back"]["then"], "kept");
    assert_eq!(list[2]["kind"], "statement");
    assert_eq!(list[2]["broken"], false);
}

#[test]
fn a_lever_that_is_not_there_or_too_far_is_wrong_use() {
    let workspace = Workspace::new();
    for setting in ["efort=20", "effort=1e9"] {
        let said = workspace.tidemark(&["rules", "packs/testtown", "--set", setting]);
        assert_eq!(said.0, 2, "{said:?}");
    }
    expect![[r#"
        error: --set efort: the pack has no such lever or assumption; did you mean `effort`?
    "#]]
    .assert_eq(
        &workspace
            .tidemark(&["rules", "packs/testtown", "--set", "efort=20"])
            .2,
    );
    expect![[r#"
        error: --set effort=1000000000 is outside its range, the nearest value is 40
    "#]]
    .assert_eq(
        &workspace
            .tidemark(&["rules", "packs/testtown", "--set", "effort=1e9"])
            .2,
    );
}
