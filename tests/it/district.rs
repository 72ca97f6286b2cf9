//! The district's pack: one model with settings of its own, accounts as its plan defines them,
//! published figures of a part never added to those of the whole.
#![allow(clippy::expect_used, reason = "a test stops where it fails")]

use tidemark_engine::exec::Run;
use tidemark_pack::bind::Bound;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;

use super::pack::shipped;

/// The district at its baseline.
fn district() -> (Bound, Runner, Run) {
    let (_, bound, mut runner) = shipped("yinzhou");
    let run = runner.baseline(&bound, &Scenario::baseline());
    (bound, runner, run)
}

#[track_caller]
fn value(bound: &Bound, run: &Run, indicator: &str, year: i32) -> f64 {
    let value = bound.yearly_value(run, indicator, year);
    value.expect("an indicator of the pack, in a year of the run")
}

#[test]
fn the_settings_reproduce_what_was_published() {
    let (bound, _, run) = district();
    let known = bound.actuals().iter().filter(|a| {
        let whole = ["rd_gdp_published", "gdp_nominal", "budget_revenue"];
        whole.contains(&a.indicator.as_str())
    });
    let mut count = 0;
    for actual in known {
        let year = actual.period.parse().expect("a year");
        let found = value(&bound, &run, &actual.indicator, year);
        let off = (found / actual.value - 1.0).abs();
        let (name, year) = (&actual.indicator, &actual.period);
        assert!(off < 0.01, "{name} {year}: {found} for {}", actual.value);
        count += 1;
    }
    assert_eq!(count, 4);
}

#[test]
fn nothing_moved_is_the_district_s_own_baseline() {
    let (bound, mut runner, run) = district();
    assert_eq!(run.first_not_finite(), None);
    let still = runner.scenario(&bound, &Scenario::baseline(), &run);
    assert!(
        still == run,
        "a path of the model is not driven by the pack"
    );
    let (_, city, mut of_city) = shipped("ningbo");
    let of_city = of_city.baseline(&city, &Scenario::baseline());
    let share = value(&bound, &run, "rd_total", 2027) / value(&city, &of_city, "rd_total", 2027);
    assert!((0.15..0.20).contains(&share), "{share} of the city's R&D");
}

#[test]
fn levers_and_assumptions_break_no_account_at_their_ends() {
    let (bound, mut runner, _) = district();
    for assumption in &bound.pack().assumption {
        for end in [assumption.range.min, assumption.range.max] {
            let mut scenario = Scenario::baseline();
            scenario.assumptions.insert(assumption.id.clone(), end);
            for lever in &bound.pack().lever {
                let mut setting = bound.default_setting(&lever.id).expect("its own lever");
                setting.value = lever.hard.max;
                scenario.levers.insert(lever.id.clone(), setting);
            }
            let baseline = runner.baseline(&bound, &scenario);
            let run = runner.scenario(&bound, &scenario, &baseline);
            assert_eq!(run.first_not_finite(), None, "{} at {end}", assumption.id);
        }
    }
}

/// Total is government, enterprises and others less the overlap, and the overlap is a part of the
/// others; money placed through funds is beside it.
#[test]
fn the_input_adds_up_as_the_annex_has_it() {
    let (bound, _, run) = district();
    for year in [2025, 2027, 2030] {
        let of = |part: &str| value(&bound, &run, &format!("st_input_{part}"), year);
        let sum = of("government") + of("enterprise") + of("public") - of("overlap");
        assert!((of("total") - sum).abs() < 1e-9 * sum, "{year}");
        assert!(
            of("overlap") > 0.0 && of("overlap") <= of("public"),
            "{year}"
        );
        let others = of("universities") + of("institutes") + of("hospitals");
        assert!((of("public") - others).abs() < 0.05 * others, "{year}");
        let spent = value(&bound, &run, "fiscal_st_spending", year);
        let whole = of("government") + of("memo_funds");
        assert!((whole - spent).abs() < 1e-9 * spent, "{year}");
        let share = of("enterprise_share") / 100.0;
        assert!(
            (share - of("enterprise") / of("total")).abs() < 1e-9,
            "{year}"
        );
    }
}

#[test]
fn a_figure_of_a_part_feeds_no_indicator_of_the_whole() {
    let (bound, _, _) = district();
    let pack = bound.pack();
    for actual in bound.actuals() {
        let of_part = actual.note.contains("区本级") || actual.quote.contains("区本级");
        let is_whole = pack.indicator.iter().any(|i| i.id == actual.indicator);
        assert!(!(of_part && is_whole), "{}", actual.indicator);
    }
    let parts = pack.observed.iter().filter(|o| !o.part.is_empty());
    assert_eq!(parts.count(), 12);
}

#[test]
fn a_target_without_a_published_base_shows_no_light() {
    let (bound, _, _) = district();
    for target in &bound.pack().target {
        let mut actuals = bound.actuals().iter();
        let is_known = actuals.any(|a| a.indicator == target.indicator);
        assert_eq!(target.pending.is_empty(), is_known, "{}", target.id);
    }
}

#[test]
fn the_monitoring_table_fills_what_is_known() {
    let (bound, _, run) = district();
    let table = bound.pack().monitoring.as_ref().expect("the annex");
    let cells = bound.monitoring_cells(table, &run);
    assert_eq!(cells.len(), table.row.len());
    let place = |id: &str| table.row.iter().position(|row| row.id == id);
    let row = |id: &str| &cells[place(id).expect("a row of the table")];
    let core = row("enterprise_industry_core").published[0];
    assert_eq!(core.amount, Some(58.87));
    let growth = core.growth.expect("the same months a year before");
    assert!((growth - 0.122).abs() < 1e-3, "{growth}");
    assert_eq!(core.share, None);
    for (k, &year) in table.years.iter().enumerate() {
        let share = |id| row(id).projected[k].share.map_or(0.0, |share| share.0);
        let parts = share("government") + share("enterprise") + share("universities");
        let parts = parts + share("institutes") + share("hospitals") - share("overlap");
        assert!((parts - 1.0).abs() < 0.01, "{year}: {parts}");
        assert_eq!(row("memo_funds").projected[k].share, None);
        assert!(row("total").projected[k].growth.is_some(), "{year}");
        assert_eq!(row("memo_bonds").projected[k].amount, None);
    }
}
