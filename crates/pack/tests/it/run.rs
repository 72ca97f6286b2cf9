//! Runs of a bound town: the baseline is still, a lever acts from its start, references are driven.

use proptest::prelude::*;
use tidemark_engine::exec::Run;
use tidemark_pack::reading::Span;
use tidemark_pack::record::Reading;
use tidemark_pack::scenario::{Clamped, LeverSetting, Part, Scenario};

use super::fixture::{ACTUALS, PACK, Town};

fn town() -> Town {
    Town::new(PACK, ACTUALS)
}

fn firms(town: &Town, run: &Run, year: i32) -> f64 {
    town.bound.yearly_value(run, "firms", year).unwrap()
}

#[track_caller]
fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{a} is not {b}");
}

#[test]
fn a_run_in_which_nothing_moved_is_the_baseline() {
    let mut town = town();
    let still = Scenario::baseline();
    let baseline = town.baseline(&still);
    assert_eq!(town.run(&still), baseline);
    close(firms(&town, &baseline, 2027), 100.0 + 10.0 * 7.5);
}

#[test]
fn other_assumptions_leave_a_still_scenario_on_its_own_baseline() {
    let mut town = town();
    let mut scenario = Scenario::baseline();
    scenario.assumptions.insert("growth".to_owned(), 5.0);
    let baseline = town.baseline(&scenario);
    assert_eq!(town.run(&scenario), baseline);
    let line = town.bound.line(&baseline, "rd");
    // Euler by quarters, 5 % a year.
    close(line[4].1, 30.0 * libm::pow(1.0125, 4.0));
}

#[test]
fn a_lever_acts_from_its_start_through_its_feedback() {
    let mut town = town();
    let scenario = town.effort(20.0);
    let baseline = town.baseline(&scenario);
    let run = town.run(&scenario);
    close(firms(&town, &run, 2026), firms(&town, &baseline, 2026));
    // The change ramps 0, 1/4, 1/2, 3/4 of 10 a year; half of what is above the baseline follows.
    let mut above = 0.0;
    for quarter in 0..4 {
        above += 0.25 * (10.0 * f64::from(quarter) / 4.0 + 0.5 * above);
    }
    close(firms(&town, &run, 2027), 175.0 + above);
}

#[test]
fn costs_and_gap_are_read_by_the_year() {
    let mut town = town();
    let run = town.run(&town.effort(20.0));
    let costs = town.bound.lever_costs(&run, 2028);
    assert_eq!(costs.by_lever, [("effort".to_owned(), 5.0)]);
    close(costs.total, 5.0);
    assert_eq!((costs.available, costs.gap), (Some(2.0), Some(3.0)));
    let before = town.bound.lever_costs(&run, 2026);
    assert_eq!((before.total, before.gap), (0.0, Some(0.0)));
}

#[test]
fn a_ratio_is_of_yearly_sums_and_in_percent() {
    let mut town = town();
    let run = town.run(&Scenario::baseline());
    close(town.bound.yearly_value(&run, "rd_gdp", 2028).unwrap(), 3.0);
    let growth = Span {
        from: 2022,
        to: 2026,
    };
    let growth = town.bound.value(&run, "rd", Reading::Cagr, growth).unwrap();
    close(growth, (libm::pow(1.02, 4.0) - 1.0) * 100.0);
}

#[test]
fn years_outside_the_run_have_no_value() {
    let mut town = town();
    let run = town.run(&Scenario::baseline());
    let years = town.bound.yearly(
        &run,
        "rd",
        Span {
            from: 2019,
            to: 2021,
        },
    );
    let known: Vec<_> = years.iter().map(|(year, v)| (*year, v.is_some())).collect();
    assert_eq!(known, [(2019, false), (2020, false), (2021, true)]);
    assert_eq!(
        town.bound
            .yearly_value(&run, "firms", 2031)
            .map(|v| v > 0.0),
        Some(true)
    );
    assert_eq!(town.bound.yearly_value(&run, "firms", 2032), None);
    assert_eq!(town.bound.yearly_value(&run, "nothing", 2027), None);
}

#[test]
fn what_lies_outside_its_range_gives_way_and_is_told() {
    let town = town();
    let asked = LeverSetting {
        value: 99.0,
        start: 2024.0,
        ramp: f64::NAN,
        stop: 2020.0,
    };
    let mut scenario = Scenario::baseline();
    scenario.levers.insert("effort".to_owned(), asked);
    scenario.levers.insert("gone".to_owned(), asked);
    scenario.assumptions.insert("growth".to_owned(), -3.0);
    let (used, told) = town.bound.clamp(&scenario);
    let setting = used.levers["effort"];
    assert_eq!(
        (setting.value, setting.start, setting.ramp, setting.stop),
        (40.0, 2026.0, 1.0, 2026.0)
    );
    assert_eq!(used.assumptions["growth"], 4.0);
    let parts: Vec<_> = told
        .iter()
        .map(|clamped| match clamped {
            Clamped::Lever { part, .. } => format!("{part:?}"),
            Clamped::Assumption { id, .. } => id.clone(),
            Clamped::UnknownLever { id } | Clamped::UnknownAssumption { id } => id.clone(),
        })
        .collect();
    assert_eq!(parts, ["Value", "Start", "Ramp", "Stop", "gone", "growth"]);
    assert!(matches!(&told[0], Clamped::Lever { part: Part::Value, asked, .. } if *asked == 99.0));
}

#[test]
fn what_equals_its_default_is_not_kept() {
    let town = town();
    let mut scenario = town.effort(10.0);
    scenario.assumptions.insert("growth".to_owned(), 8.0);
    let (used, told) = town.bound.clamp(&scenario);
    assert!(used.is_baseline());
    assert_eq!(told, []);
}

#[test]
fn clamping_twice_changes_nothing_more() {
    let town = town();
    let value = prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -1e3..1e3];
    let growth = prop_oneof![Just(f64::NEG_INFINITY), -50.0..50.0];
    let timing = (1900.0..2200.0, -5.0..50.0, 1900.0..2200.0);
    proptest!(|(value in value, (start, ramp, stop) in timing, growth in growth)| {
        let mut scenario = Scenario::baseline();
        let setting = LeverSetting { value, start, ramp, stop };
        scenario.levers.insert("effort".to_owned(), setting);
        scenario.assumptions.insert("growth".to_owned(), growth);
        let (once, _) = town.bound.clamp(&scenario);
        let (twice, told) = town.bound.clamp(&once);
        prop_assert_eq!(told, vec![]);
        prop_assert_eq!(&once, &twice);
    });
}

#[test]
fn no_value_before_its_start_is_touched() {
    let town = std::cell::RefCell::new(town());
    let settings = (0.0..40.0, 2026.0..2031.0, 0.0..5.0);
    proptest!(ProptestConfig::with_cases(64), |((value, start, ramp) in settings)| {
        let mut town = town.borrow_mut();
        let mut scenario = town.effort(value);
        let setting = scenario.levers.get_mut("effort").unwrap();
        (setting.start, setting.ramp) = (start, ramp);
        let baseline = town.baseline(&scenario);
        let run = town.run(&scenario);
        for &var in run.outputs() {
            let pairs = run.series(var).unwrap().iter().zip(baseline.series(var).unwrap());
            for ((a, b), time) in pairs.zip(run.times()) {
                let name = &town.loaded.model.variable(var).name;
                prop_assert!(*time > start || a == b, "{name} at {time}");
            }
        }
    });
}
