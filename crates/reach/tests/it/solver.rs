//! Laws of the solver's answers: they keep to what was asked, reach what they say they reach, and
//! are as good as the whole grid allows where the whole grid can be looked at.

use std::collections::BTreeSet;

use tidemark_analysis::seek::Look;
use tidemark_engine::Uniforms;
use tidemark_engine::exec::Run;
use tidemark_pack::record::{Lever, Range};
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_reach::ask::{Ask, Reach};
use tidemark_reach::draws::{Draws, SEED};
use tidemark_reach::inverse::{Aim, Solution, Solver};
use tidemark_reach::scope::Scope;
use tidemark_reach::shortfall::Binding;
use tidemark_reach::study::Study;

use crate::harbour::{Goal, Harbour};

const GOALS: [Goal<'_>; 8] = [
    ("left+", "left", ">=", 51.0),
    ("left++", "left", ">=", 53.0),
    ("right+", "right", ">=", 20.0),
    ("idle", "idle", "<=", 29.0),
    ("crop", "crop", ">=", 20.0),
    ("register", "firms", ">=", 176.0),
    ("hump", "hump", ">=", 39.0),
    ("far", "left", ">=", 70.0),
];
const MEMBERS: usize = 300;
const AIMS: [Aim; 3] = [Aim::LeastMovement, Aim::LeastCost, Aim::Most];

fn go_on(_: usize, _: usize) -> bool {
    true
}

fn draws(harbour: &Harbour) -> Draws {
    members(harbour, MEMBERS)
}

fn members(harbour: &Harbour, count: usize) -> Draws {
    Draws::new(&harbour.bound, None, count, SEED).unwrap()
}

fn range(lever: &Lever, reach: Reach) -> Range {
    match reach {
        Reach::Safe => lever.safe,
        Reach::Stretch => Range {
            min: lever.safe.min,
            max: lever.stretch_max,
        },
        Reach::Hard => lever.hard,
    }
}

/// An ask and a scenario at hand, as a user may make them.
fn random(harbour: &Harbour, case: u64) -> (Ask, Scenario) {
    let mut from = Uniforms::of_study(1, 203, case);
    let mut below = |n: usize| ((from.next_open() * n as f64) as usize).min(n - 1);
    let n_targets = 1 + below(3);
    let targets: BTreeSet<&str> = (0..n_targets)
        .map(|_| GOALS[below(GOALS.len())].0)
        .collect();
    let confidence = [0.5, 0.7, 0.8, 0.9][below(4)];
    let mut ask = Ask::new(targets.into_iter().map(str::to_owned).collect(), confidence);
    ask.reach = [Reach::Safe, Reach::Stretch, Reach::Hard][below(3)];
    ask.envelope = [None, Some(0.6), Some(1.5)][below(3)];
    ask.keeps_rules = below(4) > 0;
    ask.start = [None, Some(2026.5), Some(2027.25)][below(3)];
    let mut now = Scenario::baseline();
    for lever in &harbour.bound.pack().lever {
        if below(3) == 0 {
            ask.locked.insert(lever.id.clone());
        }
        let steps = below(5) as f64;
        if below(2) == 0 {
            let setting = harbour.bound.default_setting(&lever.id).unwrap();
            let value = lever.default + steps * lever.step;
            now.levers
                .insert(lever.id.clone(), LeverSetting { value, ..setting });
        }
    }
    if below(2) == 0 {
        now.assumptions.insert("luck".to_owned(), 0.5);
    }
    (ask, harbour.bound.clamp(&now).0)
}

/// Runs of a scenario and of its baseline, with no draws.
fn runs(harbour: &Harbour, scenario: &Scenario) -> (Run, Run) {
    let mut runner = Runner::prepare(&harbour.bound, &harbour.program).unwrap();
    let baseline = runner.baseline(&harbour.bound, scenario);
    let run = runner.scenario(&harbour.bound, scenario, &baseline);
    (baseline, run)
}

/// What levers cost a year, savings left out.
fn costs(harbour: &Harbour, run: &Run, last: i32) -> Vec<f64> {
    let of = |year| {
        let by_lever = harbour.bound.lever_costs(run, year).by_lever;
        by_lever.iter().map(|(_, cost)| cost.max(0.0)).sum()
    };
    (2026..=last).map(of).collect()
}

/// Locked levers, ranges, grids, starts and assumptions are as asked.
#[track_caller]
fn check_settings(harbour: &Harbour, ask: &Ask, now: &Scenario, found: &Solution) {
    assert_eq!(found.scenario.assumptions, now.assumptions);
    let mut movement = 0.0;
    for lever in &harbour.bound.pack().lever {
        let set = found.scenario.levers.get(&lever.id);
        if ask.locked.contains(&lever.id) {
            assert_eq!(set, now.levers.get(&lever.id), "{} is locked", lever.id);
            continue;
        }
        let Some(set) = set else { continue };
        let Range { min, max } = range(lever, ask.reach);
        let (low, high) = (min.min(lever.default), max.max(lever.default));
        assert!(
            low <= set.value && set.value <= high,
            "{} {set:?}",
            lever.id
        );
        let steps = (set.value - lever.hard.min) / lever.step;
        assert!((steps - steps.round()).abs() < 1e-6, "{} {set:?}", lever.id);
        let default = harbour.bound.default_setting(&lever.id).unwrap();
        let start = ask.start.unwrap_or(default.start);
        assert_eq!(
            (set.start, set.ramp, set.stop),
            (start, default.ramp, default.stop)
        );
        movement += (set.value - lever.default).abs() / (lever.safe.max - lever.safe.min);
    }
    assert!((found.movement - movement).abs() < 1e-9, "{found:?}");
}

/// Share, costs and limits by runs of their own.
#[track_caller]
fn check_figures(harbour: &Harbour, ask: &Ask, found: &Solution) {
    let scope = Scope {
        targets: ask.targets.clone(),
        ..Scope::default()
    };
    let Harbour { bound, program } = harbour;
    let mut study = Study::prepare(bound, program, draws(harbour), &scope).unwrap();
    let outcome = study.scenario(bound, &found.scenario, MEMBERS, &mut go_on);
    let ids: Vec<&str> = ask.targets.iter().map(String::as_str).collect();
    let joint = outcome.unwrap().joint(&ids);
    assert_eq!(joint, found.joint);
    let (baseline, run) = runs(harbour, &found.scenario);
    let targets = ask.targets.iter().map(|id| bound.target(id).unwrap().to);
    let costs = costs(harbour, &run, targets.max().unwrap());
    let whole: f64 = costs.iter().sum();
    let largest = costs.iter().copied().fold(0.0, f64::max);
    assert!((whole - found.cost).abs() < 1e-9, "{whole} {found:?}");
    assert!(
        (largest - found.largest_cost).abs() < 1e-9,
        "{largest} {found:?}"
    );
    if !found.is_reached {
        return;
    }
    assert!(joint.unwrap().share >= ask.confidence, "{found:?}");
    assert!(
        ask.envelope.is_none_or(|most| largest <= most + 1e-6),
        "{found:?}"
    );
    if ask.keeps_rules {
        for report in bound.judge_rules(&baseline, &run) {
            assert!(!report.verdict.is_own(), "{report:?} of {found:?}");
        }
    }
}

#[test]
fn answers_keep_to_what_was_asked_and_reach_what_they_say() {
    let harbour = Harbour::new(&GOALS);
    let mut n_reached = 0;
    for case in 0..24 {
        let (ask, now) = random(&harbour, case);
        let Harbour { bound, program } = &harbour;
        let draws = draws(&harbour);
        let mut solver = Solver::new(bound, program, draws, &ask, &now, &mut go_on).unwrap();
        let found = AIMS.map(|aim| solver.solve(aim, &mut go_on).unwrap());
        for found in &found {
            check_settings(&harbour, &ask, &now, found);
            check_figures(&harbour, &ask, found);
        }
        let [easiest, cheapest, surest] = &found;
        let is_any = easiest.is_reached || cheapest.is_reached;
        assert!(surest.is_reached || !is_any, "case {case}: {ask:?}");
        n_reached += usize::from(surest.is_reached);
        // What was found is no longer proved to be out of reach.
        if is_any || surest.is_reached {
            assert!(!solver.is_out_of_reach(&mut go_on).unwrap(), "{ask:?}");
        }
    }
    assert!((6..=18).contains(&n_reached), "{n_reached} of 24 reached");
}

/// Every setting of `push` and `draft` within safe ranges and the money: shift of the figure, movement
/// and cost to 2029, in which levers act for 0.375 + 1 + 1 years.
fn grid(money: f64) -> impl Iterator<Item = (f64, f64, f64)> {
    let steps = || (0..=60).map(|step| 0.1 * f64::from(step));
    steps().flat_map(move |push| {
        let all = steps().map(move |draft| {
            let cost = 0.2 * push + 0.05 * draft;
            (0.6 * push + 0.25 * draft, (push + draft) / 6.0, cost)
        });
        let held = all.filter(move |(_, _, cost)| *cost <= money + 1e-9);
        held.map(|(shift, movement, cost)| (shift, movement, 2.375 * cost))
    })
}

/// `left` is shifted alike in every member, so that the best of the whole grid is known.
#[test]
fn answers_are_near_the_best_of_the_whole_grid() {
    for (wanted, confidence, money) in [
        (51.0, 0.8, 2.0),
        (50.0, 0.9, 2.0),
        (52.0, 0.6, 2.0),
        (49.0, 0.7, 2.0),
        (50.5, 0.9, 1.2),
        (53.5, 0.6, 1.4),
        (52.0, 0.5, 0.5),
        (54.0, 0.9, 2.0),
    ] {
        let harbour = Harbour::new(&[("left", "left", ">=", wanted)]);
        let mut ask = Ask::new(vec!["left".to_owned()], confidence);
        ask.envelope = Some(money);
        for n in [201, 256, 300, 1000] {
            check_near_best(&harbour, &ask, n);
        }
    }
}

/// Where all members are searched on and the money leaves room, to a step of the grid; else within
/// ten: more members than are searched on let an answer stand that is a twentieth of a spread beyond,
/// and goal and money at once leave few places.
#[track_caller]
fn check_near_best(harbour: &Harbour, ask: &Ask, n: usize) {
    let Harbour { bound, program } = harbour;
    let now = Scenario::baseline();
    let draws = members(harbour, n);
    let mut solver = Solver::new(bound, program, draws, ask, &now, &mut go_on).unwrap();
    let at_rest = solver.now(&mut go_on).unwrap();
    let (values, wanted) = (&at_rest.targets[0].values, at_rest.targets[0].wanted);
    let share = |shift: f64| {
        let met = values.iter().filter(|v| **v + shift >= wanted - 1e-9);
        met.count() as f64 / n as f64
    };
    let money = ask.envelope.unwrap();
    let reached: Vec<_> = grid(money)
        .filter(|of| share(of.0) >= ask.confidence)
        .collect();
    let [easiest, cheapest, surest] = AIMS.map(|aim| solver.solve(aim, &mut go_on).unwrap());
    let is_searched_on_all = n <= 256;
    let is_possible = !reached.is_empty();
    assert_eq!(surest.is_reached, is_possible, "{surest:?}");
    if is_searched_on_all {
        assert_eq!(easiest.is_reached, is_possible, "{easiest:?}");
        assert_eq!(cheapest.is_reached, is_possible, "{cheapest:?}");
    }
    let most = grid(money).map(|of| of.0).fold(0.0, f64::max);
    let surest = surest.joint.unwrap().share;
    // A step of each lever is what may be left lying.
    assert!(surest >= share(most - 0.085), "{surest} of {}", share(most));
    let least =
        |of: fn(&(f64, f64, f64)) -> f64| reached.iter().map(of).fold(f64::INFINITY, f64::min);
    let steps = if is_searched_on_all && money == 2.0 {
        1.0
    } else {
        10.0
    };
    // One step: a tenth of a unit of a range of 6; 0.02 a year for `push`.
    let movement = least(|of| of.1) + steps * 0.1 / 6.0 + 1e-9;
    assert!(
        !easiest.is_reached || easiest.movement <= movement,
        "{movement} {easiest:?}"
    );
    let cost = least(|of| of.2) + steps * 2.375 * 0.02 + 1e-9;
    assert!(
        !cheapest.is_reached || cheapest.cost <= cost,
        "{cost} {cheapest:?}"
    );
}

/// The goal is measured in the same spreads whatever the ranges.
#[test]
fn a_wider_range_never_lowers_what_can_be_had() {
    let harbour = Harbour::new(&GOALS);
    for case in 0..10 {
        let (mut ask, now) = random(&harbour, 100 + case);
        let mut before = f64::NEG_INFINITY;
        for reach in [Reach::Safe, Reach::Stretch, Reach::Hard] {
            ask.reach = reach;
            let Harbour { bound, program } = &harbour;
            let draws = draws(&harbour);
            let mut solver = Solver::new(bound, program, draws, &ask, &now, &mut go_on).unwrap();
            let most = solver.solve(Aim::Most, &mut go_on).unwrap();
            let (goal, _) = solver
                .looked_at(&most.scenario, Look::Fine, &mut go_on)
                .unwrap();
            assert!(
                goal >= before - 1e-9,
                "{reach:?}: {goal} < {before}, {ask:?}"
            );
            before = goal;
        }
    }
}

/// The baseline breaks the rule of the register, so that nothing is left of it; but no lever that helps
/// touches it. With levers to their hard ends there is not the money for all of it.
#[test]
fn only_what_forbids_something_that_helps_stands_in_the_way() {
    let goals = [("far", "left", ">=", 70.0), ("crop+", "crop", ">=", 31.0)];
    let harbour = Harbour::new(&goals);
    let Harbour { bound, program } = &harbour;
    let now = Scenario::baseline();
    let name = |binding: &Binding| match binding {
        Binding::Lever { id, value } => format!("{id} at {value}"),
        Binding::Rule { rule, .. } => bound.pack().rule[*rule].id.clone(),
        Binding::Money => "money".to_owned(),
    };
    for (reach, target, money, expected) in [
        (Reach::Safe, "far", None, vec!["push at 6", "draft at 6"]),
        (Reach::Hard, "far", None, vec!["draft at 10", "no_gap"]),
        (Reach::Hard, "far", Some(1.0), vec!["draft at 10", "money"]),
        // No lever moves it.
        (Reach::Hard, "crop+", None, vec![]),
    ] {
        let ask = Ask {
            reach,
            envelope: money,
            ..Ask::new(vec![target.to_owned()], 0.8)
        };
        let draws = draws(&harbour);
        let mut solver = Solver::new(bound, program, draws, &ask, &now, &mut go_on).unwrap();
        let best = solver.solve(Aim::Most, &mut go_on).unwrap();
        let found = solver.bindings(&best.scenario, &mut go_on).unwrap();
        let found: Vec<String> = found.iter().map(name).collect();
        assert_eq!(found, expected, "{reach:?} {target} {money:?}");
    }
}

/// A figure that falls again beyond the middle of a lever's range: nothing is proved of it.
#[test]
fn out_of_reach_is_proved_only_where_every_lever_goes_one_way() {
    let goals = [("far", "left", ">=", 70.0), ("hump", "hump", ">=", 47.0)];
    let harbour = Harbour::new(&goals);
    let Harbour { bound, program } = &harbour;
    let now = Scenario::baseline();
    for (targets, is_proved) in [
        (vec!["far"], true),
        (vec!["hump"], false),
        (vec!["far", "hump"], false),
    ] {
        let ask = Ask::new(targets.iter().map(|&id| id.to_owned()).collect(), 0.8);
        let draws = draws(&harbour);
        let mut solver = Solver::new(bound, program, draws, &ask, &now, &mut go_on).unwrap();
        assert!(!solver.solve(Aim::Most, &mut go_on).unwrap().is_reached);
        let found = solver.is_out_of_reach(&mut go_on).unwrap();
        assert_eq!(found, is_proved, "{targets:?}");
    }
}
