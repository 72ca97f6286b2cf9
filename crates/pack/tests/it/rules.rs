//! Rules: kept or broken by year, by whom, and which lever to put back; refused where unsound.

use expect_test::{Expect, expect};
use tidemark_engine::exec::Run;
use tidemark_pack::assess::Verdict;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Figures, Key};
use tidemark_pack::relief::Breaches;
use tidemark_pack::scenario::Scenario;

use super::fixture::{ACTUALS, PACK, Town, compile, said, with};

/// Verdict, then value, margin and own part of every year, a line a rule.
#[track_caller]
fn check(effort: f64, expected: Expect) {
    let mut town = Town::new(PACK, ACTUALS);
    let baseline = town.run(&Scenario::baseline());
    let scenario = town.run(&town.effort(effort));
    let mut out = String::new();
    for report in town.bound.judge_rules(&baseline, &scenario) {
        let id = &town.bound.pack().rule[report.rule].id;
        out += &format!("{id}: {:?}", report.verdict);
        for y in &report.years {
            let digits = |v: Option<f64>| v.map_or("none".to_owned(), |v| format!("{v:.3}"));
            out += &format!(
                "; {} {:?} {} margin {} own {:.3}",
                y.year,
                y.verdict,
                digits(y.scenario.value),
                digits(y.scenario.margin),
                y.own
            );
        }
        out += "\n";
    }
    expected.assert_eq(&out);
}

#[test]
fn the_baseline_has_no_part_of_its_own() {
    check(
        10.0,
        expect![[r#"
        no_gap: Kept; 2027 Kept 0.000 margin 0.000 own 0.000; 2028 Kept 0.000 margin 0.000 own 0.000
        register_grows: Inherited; 2027 Inherited 6.299 margin -0.201 own 0.000; 2028 Inherited 5.926 margin -0.574 own 0.000
        young_half: Statement
        balance: Kept; 2028 Kept 0.000 margin 0.000 own 0.000
    "#]],
    );
}

#[test]
fn a_costly_scenario_breaks_one_rule_and_mends_another() {
    check(
        20.0,
        expect![[r#"
        no_gap: Broken; 2027 Broken 0.562 margin -0.562 own 0.562; 2028 Broken 3.000 margin -3.000 own 3.000
        register_grows: Kept; 2027 Kept 6.705 margin 0.205 own -0.201; 2028 Kept 10.820 margin 4.320 own -0.574
        young_half: Statement
        balance: Kept; 2028 Kept 0.000 margin 0.000 own 0.000
    "#]],
    );
}

#[test]
fn a_rule_that_the_baseline_breaks_can_be_broken_further() {
    check(
        5.0,
        expect![[r#"
        no_gap: Kept; 2027 Kept 0.000 margin 0.000 own 0.000; 2028 Kept 0.000 margin 0.000 own 0.000
        register_grows: Widened; 2027 Widened 6.096 margin -0.404 own 0.203; 2028 Widened 3.465 margin -3.035 own 2.461
        young_half: Statement
        balance: Kept; 2028 Kept 0.000 margin 0.000 own 0.000
    "#]],
    );
}

#[test]
fn the_lever_to_look_at_is_found_by_putting_it_back() {
    let mut town = Town::new(PACK, ACTUALS);
    let scenario = town.effort(20.0);
    let baseline = town.run(&Scenario::baseline());
    let run = town.run(&scenario);
    let reports = town.bound.judge_rules(&baseline, &run);
    let breaches = Breaches {
        driver: &baseline,
        seen: &|run| Box::new(run),
        scenario: &scenario,
        baseline: &baseline,
        reports: &reports,
    };
    let reliefs = town.runner.reliefs(&town.bound, &breaches);
    let [relief] = reliefs.as_slice() else {
        panic!("{reliefs:?}");
    };
    assert_eq!((relief.rule, relief.lever.as_str()), (0, "effort"));
    assert_eq!(relief.left, 0.0);
    // At this value the rule is kept; one step further it is not.
    let value = relief.value.unwrap();
    let advised = town.run(&town.effort(value));
    // What the advice leads to is the rule as it is judged there.
    let after = town.bound.judge_rule(0, &baseline, &advised);
    assert_eq!(Some(&relief.after), after.as_ref());
    assert_eq!(relief.after.verdict, Verdict::Kept);
    let mut is_broken = |value: f64| {
        let run = town.run(&town.effort(value));
        let report = town.bound.judge_rule(0, &baseline, &run).unwrap();
        report.verdict.is_breach()
    };
    assert!(!is_broken(value) && is_broken(value + 1.0), "{value}");
}

/// Reads a little more than there is of everything but balances.
struct TooMuch(Run);

impl Figures for TooMuch {
    fn figure(&self, bound: &Bound, key: Key) -> Option<f64> {
        Some(self.0.figure(bound, key)? + 0.5)
    }

    fn furthest(&self, bound: &Bound, rule: usize, from: f64, year: i32) -> Option<f64> {
        self.0.furthest(bound, rule, from, year)
    }
}

/// The preview never keeps the rule, not even with nothing moved; the baseline is known to.
#[test]
fn a_lever_put_back_to_where_nothing_is_moved_is_judged_by_the_baseline() {
    let mut town = Town::new(PACK, ACTUALS);
    let scenario = town.effort(20.0);
    let baseline = town.run(&Scenario::baseline());
    let run = TooMuch(town.run(&scenario));
    let reports = town.bound.judge_rules(&baseline, &run);
    let breaches = Breaches {
        driver: &baseline,
        seen: &|run| Box::new(TooMuch(run)),
        scenario: &scenario,
        baseline: &baseline,
        reports: &reports,
    };
    let reliefs = town.runner.reliefs(&town.bound, &breaches);
    let relief = reliefs.first().unwrap();
    assert_eq!((relief.value, relief.left), (Some(10.0), 0.0));
    assert_eq!(relief.after.verdict, Verdict::Kept);
}

/// What putting the one lever back leads to: its value, what is left, and how the rule stands then.
fn relief(scenario: impl FnOnce(&Town) -> Scenario, pack: &str) -> (Option<f64>, f64, Verdict) {
    let mut town = Town::new(pack, ACTUALS);
    let scenario = scenario(&town);
    let baseline = town.run(&Scenario::baseline());
    let run = town.run(&scenario);
    let breaches = Breaches {
        driver: &baseline,
        seen: &|run| Box::new(run),
        scenario: &scenario,
        baseline: &baseline,
        reports: &town.bound.judge_rules(&baseline, &run),
    };
    let reliefs = town.runner.reliefs(&town.bound, &breaches);
    let [relief] = reliefs.as_slice() else {
        panic!("{reliefs:?}");
    };
    (relief.value, relief.left, relief.after.verdict)
}

#[test]
fn advice_never_promises_what_the_baseline_does_not_keep() {
    let weak = |town: &Town| town.effort(5.0);
    assert_eq!(relief(weak, PACK), (Some(10.0), 0.0, Verdict::Inherited));
}

#[test]
fn advice_may_lead_to_a_breach_that_does_not_count() {
    let old = "variable = \"gap_of_money\"\nunit = \"亿元\"";
    let pack = with(PACK, old, &format!("materiality = 1.0\n{old}"));
    let costly = |town: &Town| town.effort(20.0);
    let (value, left, verdict) = relief(costly, &pack);
    assert_eq!((left, verdict), (0.0, Verdict::Immaterial));
    // A breach of up to 1 亿元 leaves room for more than none does.
    let (strict, _, _) = relief(costly, PACK);
    assert!(value > strict, "{value:?} {strict:?}");
}

#[test]
fn nothing_is_put_back_where_levers_broke_nothing() {
    let mut town = Town::new(PACK, ACTUALS);
    let baseline = town.run(&Scenario::baseline());
    let reports = town.bound.judge_rules(&baseline, &baseline);
    let breaches = Breaches {
        driver: &baseline,
        seen: &|run| Box::new(run),
        scenario: &Scenario::baseline(),
        baseline: &baseline,
        reports: &reports,
    };
    assert_eq!(town.runner.reliefs(&town.bound, &breaches), []);
}

#[track_caller]
fn check_fault(old: &str, new: &str, expected: Expect) {
    expected.assert_eq(&said(&compile(&with(PACK, old, new), ACTUALS).1));
}

#[test]
fn a_rule_is_computed_or_left_to_a_person() {
    check_fault(
        "kind = \"statement\"",
        "kind = \"fiscal\"",
        expect![[r#"
        pack.toml:201:1: error[rule-kind]: rule `young_half`: it has no `check`
          hint: write `[rule.check]`, or call it a `statement` that a person must judge
    "#]],
    );
    check_fault(
        "kind = \"fiscal\"\nnote = \"按年均数读\"",
        "kind = \"statement\"\nnote = \"按年均数读\"",
        expect![[r#"
            pack.toml:184:1: error[rule-kind]: rule `register_grows`: a statement has a `check`
              hint: call it `fiscal` or `accounting`
        "#]],
    );
}

#[test]
fn a_document_that_rules_is_quoted() {
    let old = "note = \"模型不区分年龄\"\nsource = \"plan\"";
    check_fault(
        old,
        "note = \"模型不区分年龄\"",
        expect![[r#"
        pack.toml:201:1: error[rule-without-source]: rule `young_half`: it has no source
    "#]],
    );
}

#[test]
fn a_check_has_years_it_can_read() {
    let old = "at = \"cagr\"\ncomparator = \">=\"\nvalue = 6.5";
    check_fault(
        old,
        &format!("from = 2028\n{old}"),
        expect![[r#"
        pack.toml:184:1: error[rule-years]: rule `register_grows`: years [2027, 2028] are no years to check in
    "#]],
    );
}
