//! The shipped model `models/innovation` keeps its promises, run with our own engine.
//!
//! What is asked of it is data: `models/innovation/checks/*.toml`. This file reads the rules
//! and says how each kind is judged; a number to hold is never written here.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod bench;
mod peer;
mod rules;

use bench::{Bench, Series};
use rules::{At, Backtest, Extremes, Laws, Levers, Rule, RuleKind};
use tidemark_engine::model::Kind;

/// Instants that differ by less are the same; a quarter of the finest step used here.
const INSTANT: f64 = 0.03;

#[test]
fn every_variable_has_a_unit_and_a_chinese_note_with_its_origin() {
    let bench = Bench::load();
    let poor: Vec<&str> = bench
        .variables()
        .filter(|v| v.unit.is_empty() || v.doc.is_empty() || v.doc.is_ascii())
        .map(|v| v.name.as_str())
        .collect();
    assert_eq!(poor, Vec::<&str>::new());
    assert!(bench.variables().count() >= 280);
}

#[test]
fn laws_hold_in_the_baseline() {
    let bench = Bench::load();
    check_laws(&bench, "baseline", &bench.run(&[]));
}

#[test]
fn reference_paths_are_those_of_the_baseline() {
    let bench = Bench::load();
    let plain = bench.run(&[("deviation_switch", 0.0)]);
    for reference in &Laws::read().reference {
        assert_eq!(
            bench.baseline().of(&reference.path),
            plain.of(&reference.records),
            "{}: regenerate with `cargo xtask reference`",
            reference.path
        );
    }
    for name in bench.names().filter(|n| *n != "deviation_switch") {
        check_same(name, bench.baseline().of(name), plain.of(name));
    }
}

#[test]
fn driven_references_make_any_assumptions_their_own_baseline() {
    let bench = Bench::load();
    let assumptions = [
        ("real_growth_surprise", -0.012),
        ("rd_drift", 0.04),
        ("eligible_pool_growth", 0.03),
        ("fst_share_ceiling", 0.12),
        ("relabelled_share", 0.4),
        ("rd_level_2025_adjustment", 30.0),
    ];
    let mut plain_set = assumptions.to_vec();
    plain_set.push(("deviation_switch", 0.0));
    let plain = bench.run(&plain_set);
    let driven = bench.run_driven(&assumptions, &plain);
    for name in bench
        .names()
        .filter(|n| !n.ends_with("_reference") && *n != "deviation_switch")
    {
        check_same(name, driven.of(name), plain.of(name));
    }
}

#[test]
fn halving_the_step_changes_little() {
    let bench = Bench::load();
    let halving = Laws::read().halving;
    let whole = bench.run(&[("deviation_switch", 0.0)]);
    let set = [
        ("deviation_switch", 0.0),
        (halving.step_constant.as_str(), 0.125),
    ];
    let half = bench.run_with_step(0.125, &set);
    for name in &halving.variables {
        for at in (2015..=2035).flat_map(|y| [f64::from(y), f64::from(y) + 0.5]) {
            check_near(
                name,
                at,
                halving.every,
                whole.at(name, at),
                half.at(name, at),
            );
        }
    }
    for (how, name, year) in halving.headlines() {
        let (a, b) = (
            reading(&whole, name, how, year),
            reading(&half, name, how, year),
        );
        check_near(name, year, halving.headline, a, b);
    }
}

#[test]
fn the_step_constant_repeats_the_step_of_the_file() {
    let bench = Bench::load();
    let constant = Laws::read().halving.step_constant;
    assert_eq!(bench.baseline().of(&constant)[0], bench.step());
}

#[test]
fn extreme_conditions_leave_the_model_whole() {
    let bench = Bench::load();
    for case in &Extremes::read().case {
        let set: Vec<(&str, f64)> = case.set.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        let run = bench.run(&set);
        check_laws(&bench, &case.name, &run);
        for rule in &case.rules {
            check_rule(&bench, &case.name, rule, &run);
        }
    }
}

#[test]
fn no_lever_reaches_back_before_its_start() {
    let bench = Bench::load();
    for lever in &Levers::read().lever {
        for (change, start) in [
            (lever.low, 2027.0),
            (lever.high, 2027.0),
            (lever.high, 2026.0),
        ] {
            let set = [
                (lever.constant("change"), change),
                (lever.constant("start"), start),
                (lever.constant("ramp"), 0.0),
            ];
            let set = set.each_ref().map(|(name, value)| (name.as_str(), *value));
            let run = bench.run(&set);
            let label = format!("{} at {change} from {start}", lever.id);
            check_laws(&bench, &label, &run);
            check_untouched_until(&bench, &label, start, &run);
            check_cost(&bench, lever, &label, change, &run);
        }
    }
}

#[test]
fn a_lever_that_stops_leaves_no_more_cost() {
    let bench = Bench::load();
    let set = [
        ("post_subsidy_rate_change", 0.007),
        ("post_subsidy_rate_stop", 2030.0),
    ];
    let run = bench.run(&set);
    assert!(run.at("post_subsidy_rate_cost", 2029.75) > 1.0);
    assert_eq!(run.at("post_subsidy_rate_cost", 2030.0), 0.0);
}

#[test]
fn all_levers_at_once_stay_lawful() {
    let bench = Bench::load();
    let levers = Levers::read().lever;
    for pick in [
        |l: &rules::Lever| l.low,
        |l: &rules::Lever| l.high,
        |_: &rules::Lever| 0.0,
    ] {
        let set: Vec<(String, f64)> = levers
            .iter()
            .map(|l| (l.constant("change"), pick(l)))
            .collect();
        let set: Vec<(&str, f64)> = set.iter().map(|(n, v)| (n.as_str(), *v)).collect();
        let run = bench.run(&set);
        check_laws(&bench, "all levers", &run);
        check_untouched_until(&bench, "all levers", 2027.0, &run);
        if set.iter().all(|(_, change)| *change == 0.0) {
            check_untouched_until(&bench, "all levers at their defaults", 2036.0, &run);
        }
    }
}

#[test]
fn the_baseline_passes_through_published_history() {
    let bench = Bench::load();
    let missed: Vec<String> = Backtest::read()
        .point
        .iter()
        .filter_map(|point| {
            let value = reading(bench.baseline(), &point.variable, point.at, point.year);
            let within = (point.low..=point.high).contains(&value);
            (!within).then(|| {
                format!(
                    "{} {:?} {}: {value} outside {}..{} ({})",
                    point.variable, point.at, point.year, point.low, point.high, point.source
                )
            })
        })
        .collect();
    assert_eq!(missed, Vec::<String>::new());
}

/// What holds in every run: finite, no negative stock, shares within 0..1, balances zero.
#[track_caller]
fn check_laws(bench: &Bench, label: &str, run: &Series) {
    let laws = Laws::read();
    for v in bench.variables() {
        let series = run.of(&v.name);
        assert!(
            series.iter().all(|x| x.is_finite()),
            "{label}: {} is not finite",
            v.name
        );
        if v.kind == Kind::Stock && !laws.stocks_that_may_be_negative.contains(&v.name) {
            let least = series.iter().copied().fold(f64::INFINITY, f64::min);
            assert!(least >= 0.0, "{label}: stock {} falls to {least}", v.name);
        }
    }
    for name in &laws.shares.variables {
        let outside = run.of(name).iter().find(|x| !(0.0..=1.0).contains(*x));
        assert_eq!(outside, None, "{label}: share {name}");
    }
    for balance in &laws.balance {
        let worst = run
            .of(&balance.variable)
            .iter()
            .map(|x| x.abs())
            .fold(0.0, f64::max);
        assert!(
            worst <= balance.tolerance,
            "{label}: {} is {worst}",
            balance.variable
        );
    }
}

#[track_caller]
fn check_rule(bench: &Bench, label: &str, rule: &Rule, run: &Series) {
    let from = rule.from.unwrap_or(f64::NEG_INFINITY);
    let series = || run.of(&rule.variable).iter().copied();
    let judged = series()
        .zip(run.times())
        .filter(|(_, t)| **t >= from)
        .map(|(x, _)| x);
    let base = bench.baseline().of(&rule.variable);
    let last = |s: &[f64]| s.last().copied().unwrap_or(f64::NAN);
    let what = format!(
        "{label}: {} {:?} {:?}",
        rule.variable, rule.rule, rule.value
    );
    match rule.rule {
        RuleKind::Min => judged.for_each(|x| assert!(x >= rule.bound(), "{what}, but {x}")),
        RuleKind::Max => judged.for_each(|x| assert!(x <= rule.bound(), "{what}, but {x}")),
        RuleKind::Same => check_same(&what, run.of(&rule.variable), base),
        RuleKind::Below => assert!(last(run.of(&rule.variable)) < last(base), "{what}"),
        RuleKind::Above => assert!(last(run.of(&rule.variable)) > last(base), "{what}"),
    }
}

/// Up to `start` (included) no variable but the lever's own constants differs by a bit.
#[track_caller]
fn check_untouched_until(bench: &Bench, label: &str, start: f64, run: &Series) {
    let n = run.times().iter().take_while(|t| **t <= start).count();
    for v in bench.variables().filter(|v| v.kind != Kind::Constant) {
        let (now, base) = (run.of(&v.name), bench.baseline().of(&v.name));
        check_same(
            &format!("{label}: {} before the start", v.name),
            &now[..n],
            &base[..n],
        );
    }
}

/// A lever that costs money says so with the sign of its change; every lever moves something.
#[track_caller]
fn check_cost(bench: &Bench, lever: &rules::Lever, label: &str, change: f64, run: &Series) {
    if change == 0.0 {
        return;
    }
    let touched = bench
        .variables()
        .filter(|v| v.kind == Kind::Stock)
        .any(|v| first_difference(run.of(&v.name), bench.baseline().of(&v.name)).is_some());
    assert!(touched, "{label}: no stock moves");
    let cost = format!("{}_cost", lever.id);
    assert_eq!(
        bench.names().any(|n| n == cost),
        lever.costs_money,
        "{label}: {cost}"
    );
    if lever.costs_money {
        let sum: f64 = run.of(&cost).iter().sum();
        assert!(sum * change > 0.0, "{label}: {cost} sums to {sum}");
    }
}

/// A year's reading at the quarters' first instants, whatever the step.
fn reading(run: &Series, variable: &str, at: At, year: f64) -> f64 {
    match at {
        At::Mean | At::Sum => {
            [0.0, 0.25, 0.5, 0.75]
                .iter()
                .map(|q| run.at(variable, year + q))
                .sum::<f64>()
                / 4.0
        }
        At::End => run.at(variable, year + 1.0),
        At::Instant => run.at(variable, year),
    }
}

#[track_caller]
fn check_near(name: &str, at: f64, largest: f64, a: f64, b: f64) {
    assert!(
        (a - b).abs() <= largest * a.abs(),
        "{name} at {at}: {a} with dt 0.25, {b} with dt 0.125"
    );
}

/// Equal bit for bit, row by row.
#[track_caller]
fn check_same(what: &str, a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len(), "{what}");
    assert_eq!(
        first_difference(a, b),
        None,
        "{what}: row and the two values"
    );
}

fn first_difference(a: &[f64], b: &[f64]) -> Option<(usize, f64, f64)> {
    let row = a
        .iter()
        .zip(b)
        .position(|(a, b)| a.to_bits() != b.to_bits())?;
    Some((row, a[row], b[row]))
}
