//! Every row of what one condition given up leads to is what its own button finds, for many questions of
//! both places: the same plan, the same members that meet it, the same yes or no.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::cell::RefCell;
use std::rc::Rc;

use tidemark_app::inquiry::{self, Pace, Standing};
use tidemark_app::protocol::inquiry::{Found, Question, Reach};
use tidemark_app::state::{Action, AppState, Asking, Catalogue, reduce};
use tidemark_app::view_model::solver;

use crate::place::{NINGBO, Place, YINZHOU};

/// Members; few, since rows and buttons need only agree with each other.
const COUNT: usize = 50;

/// All that is told, or the main answer alone: cards, or the first word of what stands in the way.
fn answered(place: &Place, state: &AppState, is_all: bool) -> Standing {
    let bound = &place.bound;
    let question = Question::Seek(solver::question(bound, state));
    let asked = inquiry::Place {
        bound,
        model: &place.model,
        program: &place.program,
        draws: &|_| Ok(place.members(COUNT)),
    };
    let standing = RefCell::new(Standing::asked(question.clone()));
    let pace = Pace {
        is_wanted: &|| is_all || standing.borrow().short.is_none(),
        ..Pace::THROUGH
    };
    let mut tell = |told| {
        let known = standing.take();
        standing.replace(known.told(told));
    };
    inquiry::finish(inquiry::answer_in_slices(
        &asked, &question, &pace, &mut tell,
    ));
    standing.into_inner()
}

/// What is asked: each open target alone, then all of them, in a year, with conditions that vary.
fn questions(place: &Place, years: &[i32]) -> Vec<AppState> {
    let bound = &place.bound;
    let pack = bound.pack();
    let open: Vec<usize> = (0..pack.target.len())
        .filter(|&k| bound.is_open(&pack.target[k]))
        .collect();
    let catalogue = Catalogue::new(pack, bound.hash()).with_open(open.clone(), open.clone());
    let state = AppState::new(Rc::new(catalogue));
    let alone = open.iter().map(|k| vec![*k]);
    let mut asked = Vec::new();
    for (n, targets) in alone.chain([open.clone()]).enumerate() {
        // The first two years once more, under other conditions.
        for (m, &year) in years.iter().chain(&years[..2]).enumerate() {
            let asking = Asking {
                targets: targets.iter().copied().collect(),
                confidence: [80, 65, 90][(n + m) % 3],
                reach: if (n + m) % 4 == 3 {
                    Reach::Stretch
                } else {
                    Reach::Safe
                },
                keeps_rules: (n + m) % 5 != 4,
                may_cut: (n + m) % 7 == 6,
                ..Asking::default()
            };
            let state = reduce(&state, Action::YearChosen(year));
            let mut state = reduce(&state, Action::AskingChanged(asking));
            state.members = COUNT;
            asked.push(state);
        }
    }
    asked
}

/// What is told of a plan, whatever it is called.
fn told(plan: &Found) -> (String, Option<usize>, usize, bool) {
    let settings = serde_json::to_string(&plan.settings).unwrap();
    (settings, plan.met, plan.members, plan.is_reached)
}

/// Questions with rows, and rows that were pressed.
fn press(place: &Place, years: &[i32]) -> (usize, usize) {
    let (mut short_of, mut pressed) = (0, 0);
    for state in questions(place, years) {
        let standing = answered(place, &state, true);
        let Some(short) = &standing.short else {
            continue;
        };
        short_of += 1;
        let view = solver::view(&place.bound, &state, &standing).short.unwrap();
        assert_eq!(view.relaxations.len(), short.relaxed.len());
        for (row, relaxed) in view.relaxations.iter().zip(&short.relaxed) {
            let plan = relaxed.plan.as_ref().unwrap();
            let after = row.actions.iter().cloned();
            let mut after = after.fold(state.clone(), |state, action| reduce(&state, action));
            after.members = COUNT;
            let own = answered(place, &after, false);
            let best = own.short.as_ref().map(|short| &short.best);
            let found = own.found.iter().map(|found| &**found).chain(best);
            let what = format!(
                "{} {:?} {}",
                place.bound.pack().meta.id,
                state.asking,
                row.what
            );
            let all: Vec<_> = found.map(told).collect();
            assert!(
                all.contains(&told(plan)),
                "{what}: {:?}\nis none of {all:?}",
                told(plan)
            );
            assert_eq!(row.is_enough, Some(own.short.is_none()), "{what}");
            pressed += 1;
        }
    }
    (short_of, pressed)
}

#[test]
fn a_row_of_the_city_is_what_its_button_finds() {
    let (questions, pressed) = press(&NINGBO, &[2027, 2028, 2030]);
    assert!(questions >= 20 && pressed >= 60, "{questions} {pressed}");
}

#[test]
fn a_row_of_the_district_is_what_its_button_finds() {
    let (questions, pressed) = press(&YINZHOU, &[2027, 2030]);
    assert!(questions >= 1 && pressed >= 4, "{questions} {pressed}");
}
