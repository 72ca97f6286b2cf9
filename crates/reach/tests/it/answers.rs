//! A question from beginning to end: in one go or look by look, with the same answers.

use tidemark_pack::scenario::Scenario;
use tidemark_reach::answers::{Found, Search, Task};
use tidemark_reach::ask::{Ask, Reach};
use tidemark_reach::draws::{Draws, SEED};
use tidemark_reach::inverse::{Aim, Solution};
use tidemark_reach::outcome::median;
use tidemark_reach::scope::Scope;
use tidemark_reach::shortfall::{Relaxation, Shortfall};
use tidemark_reach::study::Study;

use crate::harbour::{Goal, Harbour};

const GOALS: [Goal<'_>; 4] = [
    ("left+", "left", ">=", 51.0),
    ("right+", "right", ">=", 17.0),
    ("idle", "idle", "<=", 29.0),
    ("far", "left", ">=", 70.0),
];
const MEMBERS: usize = 300;

#[derive(Debug, Default, PartialEq)]
struct Told {
    now: Option<Solution>,
    answers: Vec<Solution>,
    short: Option<Shortfall>,
    /// Slices that it took.
    slices: usize,
}

/// What a search tells; a slice of it ends at the first look after so many.
fn told(harbour: &Harbour, ask: &Ask, looks: usize) -> Told {
    let Harbour { bound, program } = harbour;
    let draws = Draws::new(bound, None, MEMBERS, SEED).unwrap();
    let task = Task {
        bound,
        program,
        draws: &draws,
        ask,
        now: &Scenario::baseline(),
    };
    let mut search = Search::begin(task, &mut |_, _| true).unwrap();
    let mut told = Told::default();
    while !search.is_over() {
        let mut left = looks;
        let found = search.advance(&mut |done, _| {
            // What was begun goes on.
            let goes_on = done > 0 || left > 0;
            left = left.saturating_sub(usize::from(done == 0));
            goes_on
        });
        told.slices += 1;
        assert!(told.slices < 20_000, "no slice leads on");
        match found {
            Err(_) | Ok(Found::Nothing) => {}
            Ok(Found::Now(now)) => told.now = Some(now),
            Ok(Found::Answer(answer)) => told.answers.push(answer),
            Ok(Found::Short(short)) => told.short = Some(*short),
        }
    }
    told
}

fn ask(targets: &[&str]) -> Ask {
    Ask::new(targets.iter().map(|&id| id.to_owned()).collect(), 0.8)
}

#[test]
fn a_search_that_is_stopped_after_every_look_comes_to_the_same() {
    let harbour = Harbour::new(&GOALS);
    for targets in [&["left+"][..], &["far"], &["left+", "right+", "far"]] {
        let ask = ask(targets);
        let through = told(&harbour, &ask, usize::MAX);
        let sliced = told(&harbour, &ask, 1);
        assert!(sliced.slices > through.slices, "{targets:?}");
        let slices = through.slices;
        assert_eq!(Told { slices, ..sliced }, through, "{targets:?}");
    }
}

/// Of three targets one is out of reach; the others can be had alone and together.
#[test]
fn what_can_be_had_of_several_targets_is_told() {
    let harbour = Harbour::new(&GOALS);
    let told = told(&harbour, &ask(&["left+", "right+", "far"]), usize::MAX);
    assert_eq!(told.answers, []);
    let short = told.short.unwrap();
    assert_eq!(short.is_proved, Some(true));
    let parts = short.parts.iter();
    let parts: Vec<(&str, bool)> = parts
        .map(|part| (part.target.as_str(), part.plan.is_reached))
        .collect();
    assert_eq!(parts, [("left+", true), ("right+", true), ("far", false)]);
    let together = short.together.unwrap();
    assert_eq!(together.targets, ["left+", "right+"]);
    assert!(together.plan.is_reached && together.plan.joint.unwrap().share >= 0.8);
    let given_up = short.relaxed.iter().map(|relaxed| &relaxed.what);
    let expected = [
        Relaxation::Reach(Reach::Stretch),
        Relaxation::Reach(Reach::Hard),
        Relaxation::Start(2026.0),
        Relaxation::Rules,
    ];
    assert_eq!(
        given_up.collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
    assert!(short.relaxed.iter().all(|relaxed| relaxed.plan.is_some()));
}

/// A world's medians stand beside those of the answers and are of as many members.
#[test]
fn a_world_is_told_on_all_members() {
    let harbour = Harbour::new(&GOALS);
    let Harbour { bound, program } = &harbour;
    let short = told(&harbour, &ask(&["far"]), usize::MAX).short.unwrap();
    let world = short.worlds.first().unwrap();
    assert_eq!(world.assumption, "luck");
    let mut scenario = short.best.scenario.clone();
    scenario.assumptions.insert("luck".to_owned(), world.value);
    let scope = Scope {
        targets: vec!["far".to_owned()],
        ..Scope::default()
    };
    let draws = Draws::new(bound, None, MEMBERS, SEED).unwrap();
    let mut study = Study::prepare(bound, program, draws, &scope).unwrap();
    let outcome = study.scenario(bound, &scenario, MEMBERS, &mut |_, _| true);
    let target = &outcome.unwrap().targets[0];
    assert_eq!(world.joint, target.chance());
    assert_eq!(world.medians, [median(&target.values)]);
}

/// In the first two a search for money ends at dearer settings than the one for movement.
#[test]
fn the_cheapest_answer_is_no_dearer_than_another() {
    let harbour = Harbour::new(&GOALS);
    for (targets, confidence, money, reach) in [
        (["left+", "right+"], 0.9, None, Reach::Hard),
        (["left+", "idle"], 0.8, Some(1.2), Reach::Safe),
        (["left+", "idle"], 0.5, Some(0.8), Reach::Safe),
    ] {
        let ask = Ask {
            confidence,
            envelope: money,
            reach,
            ..ask(&targets)
        };
        let told = told(&harbour, &ask, usize::MAX);
        let of = |aim| {
            told.answers
                .iter()
                .find(|answer| answer.aim == aim)
                .unwrap()
        };
        let [easiest, cheapest] = [Aim::LeastMovement, Aim::LeastCost].map(of);
        assert!(cheapest.cost <= easiest.cost, "{targets:?} {confidence}");
    }
}
