//! What the page's solver tells of the city: the numbers of the search, in messages and as cards.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use std::rc::Rc;

use tidemark_app::inquiry::{self, Place, Stage, Standing};
use tidemark_app::protocol::inquiry::{Kind, Question, Reach, Relaxation};
use tidemark_app::state::{Action, AppState, Asking, Catalogue, Knob, reduce};
use tidemark_app::view_model::{pack_scenario, scenario::state_scenario, solver};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_reach::ask::Ask;
use tidemark_reach::draws::Draws;
use tidemark_reach::inverse::{Aim, Solver};

use crate::pack::bound_ningbo;

const SEED: u64 = 20_261_126;

fn city() -> (Bound, Program) {
    let (compiled, bound) = bound_ningbo();
    let mut faults = Diagnostics::new();
    let loaded = tidemark_engine::load(&compiled.model.text, "model.xmile", &mut faults).unwrap();
    let program = bound.program(&loaded.program);
    (bound, program)
}

fn state(bound: &Bound) -> AppState {
    // All of them: what the page does not offer is no matter here.
    let open = (0..bound.pack().target.len()).collect();
    let catalogue = Catalogue::new(bound.pack(), bound.hash()).with_open(open);
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
    let place = Place {
        bound,
        program,
        draws: &|count| Ok(draws(bound, count)),
    };
    let mut standing = Standing::asked(question.clone());
    inquiry::answer(&place, &question, &mut |told| {
        // As a message goes.
        let text = serde_json::to_string(&told).unwrap();
        standing = standing.clone().told(serde_json::from_str(&text).unwrap());
    });
    assert_eq!(standing.stage, Stage::Done);
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
    let reach = told.relaxations.iter().any(|relaxed| {
        matches!(
            relaxed.what,
            Relaxation::Reach(Reach::Hard) | Relaxation::Reach(Reach::Stretch)
        )
    });
    assert!(reach, "{:?}", told.relaxations);
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
