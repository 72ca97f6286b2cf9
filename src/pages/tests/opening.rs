//! What a page opens with, and what it says until the members have answered.

use crate::ensemble::{Answer, Doing, Standing};
use crate::pages::session::{Machine, Session};
use crate::state::{Action, Knob};
use crate::view_model::tests::compiled;
use crate::view_model::{chances, pack_scenario};
use std::rc::Rc;
use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::{Bound, bind};
use tidemark_reach::draws::{Draws, MEMBERS, SEED};
use tidemark_reach::opening::Opening;
use tidemark_reach::scope::Scope;
use tidemark_reach::study::Study;

/// The town, and what its page opens with.
struct File {
    loaded: Loaded,
    bound: Bound,
    opening: Opening,
}

impl File {
    fn new() -> Self {
        let (compiled, loaded) = compiled(|pack| pack);
        let bound = bind(&compiled, &loaded, &mut Diagnostics::new()).unwrap();
        let program = bound.program(&loaded.program);
        let draws = Draws::new(&bound, None, MEMBERS, SEED).unwrap();
        let hashes = (bound.hash(), "");
        Self {
            opening: Opening::make(&bound, &program, &draws, hashes, SEED).unwrap(),
            loaded,
            bound,
        }
    }

    /// The page of a file with that record.
    fn opened(&self, opening: Option<String>) -> Session {
        let opening = opening.as_deref().and_then(Opening::read);
        let middle = opening.as_ref().map_or(&[][..], |opening| &opening.middle);
        let machine = Machine::new(self.bound.clone(), &self.loaded, String::new(), middle);
        Session::open(machine.unwrap(), &self.loaded, opening.as_ref()).unwrap()
    }

    /// What a worker tells of the session's scenario.
    fn told(&self, session: &Session) -> Session {
        let program = self.bound.program(&self.loaded.program);
        let ask = chances::ask(&self.bound, &session.state);
        let scope = Scope::of(&self.bound, &ask.wish);
        let draws = Draws::new(&self.bound, None, MEMBERS, SEED).unwrap();
        let mut study = Study::prepare(&self.bound, &program, draws, &scope).unwrap();
        let scenario = pack_scenario(&self.bound, &session.state);
        let mut work = study.begin(&scenario, MEMBERS);
        while work.progress().0 < MEMBERS {
            study.advance(&self.bound, &mut work).unwrap();
        }
        let (outcome, baseline) = work.into_outcomes();
        let told = (1, &ask.wish);
        let answer = Answer::of(&self.bound, told, (&outcome, &baseline), &ask.joint);
        session.told(Standing {
            answer: Some(Rc::new(answer)),
            generation: Some(session.state.generation),
            middle: Some(Rc::from(self.opening.middle.clone())),
            doing: Doing::Worker,
            from_fit: Some(false),
            ..session.ensemble.clone()
        })
    }
}

/// Word and chance of each tile.
fn lights(session: &Session) -> Vec<(String, Option<String>)> {
    let tiles = session.view.scoreboard.tiles.iter();
    let of = |chance: &crate::view_model::rows::ChanceView| chance.text.clone();
    tiles
        .map(|tile| (tile.light.word.to_owned(), tile.chance.as_ref().map(of)))
        .collect()
}

fn unknown() -> Vec<(String, Option<String>)> {
    vec![("正在计算".to_owned(), None); 2]
}

#[test]
fn the_first_thing_shown_is_what_the_members_say() {
    let file = File::new();
    let at_once = file.opened(Some(file.opening.written()));
    assert!(at_once.ensemble.is_of(at_once.state.generation));
    let expected = ("难达成".to_owned(), Some("<5%".to_owned()));
    assert_eq!(lights(&at_once), [expected.clone(), expected]);
    // A worker that answers changes nothing but who is at work.
    let later = file.told(&at_once);
    assert_eq!(lights(&at_once), lights(&later));
    assert_eq!(at_once.view.summary, later.view.summary);
    assert_eq!(at_once.view.order, later.view.order);
    assert!(!at_once.view.ordered_by.is_empty());
    for (first, then) in at_once.view.figures.iter().zip(&later.view.figures) {
        assert_eq!(first.figure, then.figure);
    }
    let values = |session: &Session| -> Vec<String> {
        let tiles = session.view.scoreboard.tiles.iter();
        tiles.map(|tile| tile.value.clone()).collect()
    };
    assert_eq!(values(&at_once), values(&later));
    assert_eq!(values(&at_once), ["175", "3.00"]);
}

#[test]
fn without_an_opening_that_fits_nothing_is_judged() {
    let file = File::new();
    let of = |edit: fn(&mut Opening)| {
        let mut opening = file.opening.clone();
        edit(&mut opening);
        Some(opening.written())
    };
    let whole = file.opening.written();
    let cut = whole.replacen("\"numbers\":\"", "\"numbers\":\"AAAA", 1);
    assert_ne!(cut, whole);
    for opening in [
        None,
        of(|opening| opening.pack = "another".to_owned()),
        of(|opening| opening.members -= 1),
        of(|opening| opening.seed += 1),
        Some(cut),
        Some("{}".to_owned()),
    ] {
        let session = file.opened(opening.clone());
        assert_eq!(lights(&session), unknown(), "{opening:?}");
        assert!(session.ensemble.answer.is_none() && session.ensemble.effects.is_none());
        let told = file.told(&session);
        assert_eq!(lights(&told)[0].0, "难达成");
    }
}

#[test]
fn a_restored_scenario_has_no_light_until_it_is_answered() {
    let file = File::new();
    let opening = file.opened(Some(file.opening.written()));
    let link = opening
        .after(Action::Moved(Knob::Lever(0), 40.0))
        .state
        .link();
    for fresh in [file.opened(None), opening] {
        let restored = fresh.after(Action::LinkOpened(link.clone()));
        assert_eq!(lights(&restored), unknown());
        assert!(
            restored.view.summary.starts_with("正在计算"),
            "{}",
            restored.view.summary
        );
        // Nobody has answered yet: what is told meanwhile is of the scenario before.
        let meanwhile = restored.told(Standing {
            doing: Doing::Worker,
            ..restored.ensemble.clone()
        });
        assert_eq!(lights(&meanwhile), unknown());
        let answered = file.told(&meanwhile);
        let reached = ("可达成".to_owned(), Some(">95%".to_owned()));
        assert_eq!(lights(&answered)[0], reached);
    }
}
