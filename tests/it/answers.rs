//! What the page's solver tells of the city: the numbers of the search, in messages and as cards.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use std::cell::Cell;
use std::rc::Rc;

use tidemark_app::inquiry::{self, Pace, Place, Stage, Standing};
use tidemark_app::protocol::inquiry::{Kind, Question, Reach, Relaxation, Told};
use tidemark_app::state::{Action, AppState, Asking, Catalogue, Knob, WhyOf, reduce};
use tidemark_app::view_model::{
    early, pack_scenario, scenario::state_scenario, solver, why, world,
};
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_reach::ask::Ask;
use tidemark_reach::draws::Draws;
use tidemark_reach::inverse::{Aim, Solver};

use crate::members::centres;
use crate::pack::{bound_ningbo, city, loaded, open_folder};

const SEED: u64 = 20_261_126;

fn state(bound: &Bound) -> AppState {
    // All of them: what the page does not offer is no matter here.
    let open = (0..bound.pack().target.len()).collect();
    let catalogue = Catalogue::new(bound.pack(), bound.hash()).with_open(open, Vec::new());
    AppState::new(Rc::new(catalogue))
}

fn draws(bound: &Bound, count: usize) -> Draws {
    Draws::new(bound, None, count, SEED).unwrap()
}

fn position(bound: &Bound, target: &str) -> usize {
    let mut all = bound.pack().target.iter();
    all.position(|t| t.id == target).unwrap()
}

/// The whole way of a search, told.
fn searched(bound: &Bound, program: &Program, state: &AppState) -> Standing {
    let question = Question::Seek(solver::question(bound, state));
    let standing = answered(bound, program, &question);
    assert_eq!(standing.stage, Stage::Done);
    standing
}

/// All that is told of a question.
fn answered(bound: &Bound, program: &Program, question: &Question) -> Standing {
    let model = loaded(&bound_ningbo().0).model;
    let place = Place {
        bound,
        model: &model,
        program,
        draws: &|count| Ok(draws(bound, count)),
    };
    let mut standing = Standing::asked(question.clone());
    inquiry::answer(&place, question, &mut |told| {
        // As a message goes.
        let text = serde_json::to_string(&told).unwrap();
        standing = standing.clone().told(serde_json::from_str(&text).unwrap());
    });
    standing
}

fn asked(bound: &Bound, targets: &[&str], asking: Asking) -> AppState {
    let asking = Asking {
        targets: targets.iter().map(|id| position(bound, id)).collect(),
        ..asking
    };
    let mut state = reduce(&state(bound), Action::AskingChanged(asking));
    state.members = 400;
    state
}

#[test]
fn three_answers_are_those_of_the_solver_and_can_be_taken() {
    let (bound, program) = city();
    let certified = bound
        .pack()
        .lever
        .iter()
        .position(|l| l.id == "hnte_first_cert");
    let asking = Asking {
        confidence: 80,
        ..Asking::default()
    };
    let state = asked(&bound, &["city.st_fund_scale.target.2027"], asking);
    let locked = reduce(&state, Action::LockToggled(certified.unwrap()));
    let standing = searched(&bound, &program, &state);
    let view = solver::view(&bound, &state, &standing);
    let kinds: Vec<Kind> = view.cards.iter().map(|card| card.kind).collect();
    assert_eq!(kinds, [Kind::LeastMovement, Kind::LeastCost, Kind::Surest]);
    assert!(!view.is_stale && view.short.is_none() && view.now.is_some());

    let ask = Ask::new(vec!["city.st_fund_scale.target.2027".to_owned()], 0.8);
    let now = pack_scenario(&bound, &state);
    let draws = draws(&bound, 400);
    let mut own = Solver::new(&bound, &program, draws, &ask, &now, &mut |_, _| true).unwrap();
    let easiest = own.solve(Aim::LeastMovement, &mut |_, _| true).unwrap();
    let card = &view.cards[0];
    assert!(!card.levers.is_empty(), "nothing had to be moved");
    let taken = reduce(&state, Action::Applied(card.scenario.clone()));
    // What is taken is to the bit what was found.
    assert_eq!(pack_scenario(&bound, &taken), easiest.scenario);
    assert_eq!(card.levers.len(), easiest.scenario.levers.len());
    assert!(card.percent >= Some(75), "{card:?}");
    let after = solver::view(&bound, &taken, &standing);
    assert!(after.cards[0].is_applied && after.is_stale);
    let undone = reduce(&taken, Action::Undo);
    assert_eq!(undone.scenario, state.scenario);
    // A lock makes what was found the answer to another question.
    assert!(solver::view(&bound, &locked, &standing).is_stale);
}

#[test]
fn a_target_out_of_reach_says_what_binds_and_a_relaxation_searches_again() {
    let (bound, program) = city();
    let state = asked(
        &bound,
        &["city.rd_intensity.target.2027"],
        Asking::default(),
    );
    let standing = searched(&bound, &program, &state);
    let view = solver::view(&bound, &state, &standing);
    let short = view.short.unwrap_or_else(|| panic!("{:?}", view.cards));
    assert!(view.cards.is_empty());
    assert!(!short.best.is_empty() && !short.relaxations.is_empty());
    let relax = short.relaxations.first().unwrap();
    let after = relax.actions.iter().cloned();
    let after = after.fold(state.clone(), |state, action| reduce(&state, action));
    assert_eq!(after.searches, state.searches + 1);
    assert_ne!(
        solver::question(&bound, &after),
        solver::question(&bound, &state)
    );
    let told = standing.short.unwrap();
    let reach = told.relaxed.iter().any(|relaxed| {
        matches!(
            relaxed.what,
            Relaxation::Reach(Reach::Hard) | Relaxation::Reach(Reach::Stretch)
        )
    });
    assert!(reach, "{:?}", told.relaxed);
    // Each is a search of its own, which has come to its end.
    assert!(told.relaxed.iter().all(|relaxed| relaxed.plan.is_some()));
    assert_eq!(told.is_proved, Some(true));
}

#[test]
fn an_answer_in_slices_is_the_one_without_a_pause() {
    let (bound, program) = city();
    let model = loaded(&bound_ningbo().0).model;
    let seek = |target| {
        let state = asked(&bound, &[target], Asking::default());
        Question::Seek(solver::question(&bound, &state))
    };
    let moved = reduce(&state(&bound), Action::Moved(Knob::Lever(0), 9.0));
    let of = WhyOf::Target(position(&bound, "city.rd_intensity.target.2027"));
    let questions = [
        Some(seek("city.st_fund_scale.target.2027")),
        Some(seek("city.rd_intensity.target.2027")),
        why::question(&bound, &moved, of),
    ];
    for question in questions.map(Option::unwrap) {
        let place = Place {
            bound: &bound,
            model: &model,
            program: &program,
            draws: &|count| Ok(draws(&bound, count)),
        };
        let clock = Cell::new(0.0);
        let pauses = Rc::new(Cell::new(0));
        let paused = Rc::clone(&pauses);
        // A slice is some looks at the clock.
        let pace = Pace {
            now: &|| clock.replace(clock.get() + 1.0),
            slice_ms: 10.0,
            rest: &|| {
                paused.set(paused.get() + 1);
                Box::pin(std::future::ready(()))
            },
            ..Pace::THROUGH
        };
        let told = |pace: &Pace<'_>| {
            let mut all = Vec::new();
            let mut tell = |told| {
                if !matches!(told, Told::Progress { .. }) {
                    all.push(told);
                }
            };
            inquiry::finish(inquiry::answer_in_slices(
                &place, &question, pace, &mut tell,
            ));
            all
        };
        let whole = told(&Pace::THROUGH);
        assert_eq!(pauses.get(), 0);
        assert_eq!(told(&pace), whole);
        assert!(pauses.get() > 2, "{question:?}: {} pauses", pauses.get());
        let unwanted = Pace {
            is_wanted: &|| false,
            ..Pace::THROUGH
        };
        assert!(told(&unwanted).len() < whole.len());
        assert!(!told(&unwanted).contains(&Told::Done));
    }
}

#[test]
fn every_setting_that_a_solver_may_give_is_one_the_page_can_show() {
    let (bound, _) = city();
    let state = state(&bound);
    for (k, lever) in bound.pack().lever.iter().enumerate() {
        let steps = libm::floor((lever.hard.max - lever.hard.min) / lever.step) as i32;
        for step in 0..=steps {
            let value = lever.hard.min + f64::from(step) * lever.step;
            let moved = reduce(&state, Action::Moved(Knob::Lever(k), value));
            let asked = pack_scenario(&bound, &moved);
            let found = inquiry::settings(&asked);
            assert_eq!(state_scenario(&bound, &state, &found), *moved.scenario);
            let shown = asked
                .levers
                .get(&lever.id)
                .map_or(lever.default, |s| s.value);
            assert!((shown - value).abs() < 1e-6, "{} {shown} {value}", lever.id);
        }
    }
}

/// The panel 为什么 of a target, from question to rows.
fn explained(bound: &Bound, program: &Program, state: &AppState, of: WhyOf) -> why::WhyView {
    let question = why::question(bound, state, of).unwrap();
    let standing = answered(bound, program, &question);
    why::view(bound, state, of, &standing).unwrap()
}

#[test]
fn a_waterfall_leads_from_the_baseline_to_the_scenario() {
    let (bound, program) = city();
    let of = WhyOf::Target(position(&bound, "city.hnte_count.target.2027"));
    let at_rest = explained(&bound, &program, &state(&bound), of);
    assert!(at_rest.bars.is_empty() && !at_rest.next.is_empty());
    for is_few in [true, false] {
        let levers = bound.pack().lever.iter().enumerate();
        let levers = levers.filter(|(_, lever)| !is_few || lever.id.starts_with("hnte"));
        let moved = levers.fold(state(&bound), |state, (k, lever)| {
            reduce(&state, Action::Moved(Knob::Lever(k), lever.safe.min))
        });
        let view = explained(&bound, &program, &moved, of);
        let (first, last) = (view.bars.first().unwrap(), view.bars.last().unwrap());
        assert_eq!((first.class, last.class), ("end", "end"));
        // Each bar begins where the one before it ends.
        let mut at = first.from;
        for bar in &view.bars[1..view.bars.len() - 1] {
            at = if bar.class == "up" {
                assert!((bar.from - at).abs() < 1e-9, "{bar:?} {at}");
                bar.to
            } else {
                assert!((bar.to - at).abs() < 1e-9, "{bar:?} {at}");
                bar.from
            };
        }
        assert!((at - last.from).abs() < 1e-9, "{last:?} {at}");
        assert!(view.sentences.len() >= 3, "{:?}", view.sentences);
    }
}

#[test]
fn policy_and_world_sum_to_the_change() {
    let (bound, program) = city();
    let lever = bound
        .pack()
        .lever
        .iter()
        .position(|l| l.id == "hnte_first_cert");
    let lever = Knob::Lever(lever.unwrap());
    let growth = bound
        .pack()
        .assumption
        .iter()
        .position(|a| a.id == "eligible_pool_growth");
    let growth = Knob::Assumption(growth.unwrap());
    let none = state(&bound);
    let policy = reduce(&none, Action::Moved(lever, 24.0));
    let shifted = reduce(&none, Action::Moved(growth, 6.5));
    let both = reduce(&policy, Action::Moved(growth, 6.5));
    let centre = |state: &AppState| {
        let [_, now] = centres(&bound, &program, state);
        now
    };
    let of = WhyOf::Target(position(&bound, "city.hnte_count.target.2027"));
    let subject = why::subject(&bound, &both, of).unwrap();
    let [base, world, policy, all] = &[&none, &shifted, &policy, &both].map(centre);
    let view = world::view(
        &bound,
        &both,
        &subject,
        world::Runs {
            default_base: base,
            shifted_base: world,
            default_policy: policy,
            shifted_policy: all,
        },
    );
    let view = view.unwrap();
    assert_eq!((view.figure.layers.len(), view.legend.len()), (4, 4));
    let numbers: Vec<f64> = view
        .sentence
        .split(['+', '−'])
        .zip(
            view.sentence
                .chars()
                .filter(|c| ['+', '−'].contains(c))
                .fold(vec![1.0], |mut signs, c| {
                    signs.push(if c == '+' { 1.0 } else { -1.0 });
                    signs
                }),
        )
        .skip(1)
        .map(|(text, sign): (&str, f64)| {
            let digits: String = text
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == ',')
                .collect();
            sign * digits.replace(',', "").parse::<f64>().unwrap()
        })
        .collect();
    let &[whole, by_policy, by_world] = numbers.as_slice() else {
        panic!("{}", view.sentence);
    };
    assert!(
        (whole - by_policy - by_world).abs() <= 1.5,
        "{}",
        view.sentence
    );
    assert!(by_policy > 0.0 && by_world < 0.0, "{}", view.sentence);
}

#[test]
fn paces_and_back_casts_are_said_of_open_targets_only() {
    let (bound, program) = city();
    let [baseline, _] = centres(&bound, &program, &state(&bound));
    for target in &bound.pack().target {
        let said = early::sentences(&bound, &baseline, target);
        // What is shown for reference only is told too: it has a path, and no chance.
        let is_told = bound.is_open(target) || !target.indicative.is_empty();
        assert!(said.is_empty() || is_told, "{}: {said:?}", target.id);
    }
    let firms = bound.target("city.hnte_count.target.2027").unwrap();
    let said = early::sentences(&bound, &baseline, firms);
    assert_eq!(said.len(), 3, "{said:?}");
}

#[test]
fn a_later_target_asks_something_of_an_earlier_year_that_has_its_own() {
    let (_, loaded, bound) = open_folder("yinzhou");
    let program = bound.program(&loaded.program);
    let [baseline, _] = centres(&bound, &program, &state(&bound));
    for id in [
        "yinzhou.rd_intensity.target.2027",
        "yinzhou.rd_intensity.target.2030",
    ] {
        let said = early::sentences(&bound, &baseline, bound.target(id).unwrap());
        let back = said.last().unwrap();
        // From 2.89 % in 2022 on an even way to 3.6 % in 2030.
        for part in ["≥ 3.6", "2027年要到 3.33%", "2027年自己的目标 ≥ 3.4"] {
            assert!(back.contains(part), "{back}");
        }
    }
}

#[test]
fn the_way_of_a_moved_lever_goes_step_by_step_to_the_figure() {
    let (bound, program) = city();
    let mut levers = bound.pack().lever.iter();
    let lever = levers.position(|l| l.id == "fiscal_st_growth").unwrap();
    let to = bound.pack().lever[lever].safe.max;
    let moved = reduce(&state(&bound), Action::Moved(Knob::Lever(lever), to));
    let of = WhyOf::Target(position(&bound, "city.rd_intensity.target.2027"));
    let view = explained(&bound, &program, &moved, of);
    let way = &view.paths[0];
    assert!(way.is_moved && !view.paths[1].is_moved);
    let labels: Vec<&str> = way.steps.iter().map(|s| s.what.label.as_str()).collect();
    assert_eq!(labels.last(), Some(&view.label.as_str()));
    for name in ["财政科技支出", "院所研发", "全社会R&D经费支出"] {
        assert!(labels.contains(&name), "{labels:?}");
    }
    // Money comes before what it is spent on, and all of it takes years.
    let halves = way.steps.iter().map(|step| &step.half);
    let halves: Vec<&String> = halves.filter(|half| !half.is_empty()).collect();
    assert!(halves.first() < halves.last(), "{halves:?}");
    let institutes = way.steps.iter().find(|s| s.what.label == "院所研发");
    assert!(
        institutes.unwrap().memory.contains("1.5 年"),
        "{institutes:?}"
    );
    for part in [
        &view.label,
        "到2027年只走完2035年变化的 <1%",
        "占全部作用的",
    ] {
        assert!(way.sentence.contains(part), "{}", way.sentence);
    }
    // Firms are counted at the year's end: what moves them within it is on the way.
    let of = WhyOf::Target(position(&bound, "city.hnte_count.target.2027"));
    let firms = explained(&bound, &program, &state(&bound), of);
    assert!(!firms.paths.is_empty() && firms.paths.iter().all(|p| !p.is_moved));
    let shares: Vec<&str> = firms.drivers.iter().map(|bar| bar.value.as_str()).collect();
    assert!(
        shares[1].ends_with('%') && firms.drivers.len() > 3,
        "{shares:?}"
    );
    assert!(
        firms.spread.contains(&firms.drivers[1].label),
        "{}",
        firms.spread
    );
}
