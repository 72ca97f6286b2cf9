//! The city's diamonds: the lever that follows one brings the line there, or says that it cannot.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use tidemark_app::pages::session::Session;
use tidemark_app::state::{Action, Knob};
use tidemark_app::view_model::diamond::DiamondView;
use tidemark_app::view_model::pack_scenario;
use tidemark_pack::runner::Runner;

use crate::members::opened;
use crate::pack::open_folder;

const FIRMS: &str = "city.hnte_count.target.2027";

struct City {
    session: Session,
    runner: Runner,
    target: usize,
}

impl City {
    fn new() -> Self {
        let (_, loaded, bound) = open_folder("ningbo");
        let runner = Runner::prepare(&bound, &loaded.program).unwrap();
        let target = bound.pack().target.iter().position(|t| t.id == FIRMS);
        Self {
            session: opened(bound, &loaded, ""),
            runner,
            target: target.unwrap(),
        }
    }

    fn after(&mut self, actions: impl IntoIterator<Item = Action>) -> &DiamondView {
        for action in actions {
            self.session = self.session.after(action);
        }
        self.session.diamond.as_deref().unwrap()
    }

    /// The target's figure with its lever so many steps from where it is.
    fn figure(&mut self, steps: i32) -> f64 {
        let bound = &self.session.machine.bound;
        let follower = self.session.diamond.as_ref().unwrap().follower.unwrap();
        let mut state = (*self.session.state).clone();
        let mut scenario = (*state.scenario).clone();
        let mut setting = scenario.lever(follower);
        setting.steps += steps;
        scenario.set_lever(follower, setting);
        state.scenario = scenario.into();
        let scenario = pack_scenario(bound, &state);
        let baseline = self.runner.baseline(bound, &scenario);
        let run = self.runner.scenario(bound, &scenario, &baseline);
        let target = &bound.pack().target[self.target];
        bound.assess_target(&run, target).projected.unwrap()
    }
}

#[test]
fn the_strongest_lever_follows_to_the_nearest_of_its_steps() {
    let mut city = City::new();
    let taken = Action::DiamondTaken(city.target);
    let view = city.after([taken.clone()]).clone();
    let (first, _) = view.choices.first().unwrap();
    assert_eq!(view.follower, Some(*first), "{view:?}");
    let at_rest = city.figure(0);
    let wanted = at_rest + 137.0;
    let view = city.after([Action::DiamondMoved(wanted)]).clone();
    assert_eq!((view.held, view.said.len()), (Some(wanted), 1), "{view:?}");
    let off = |figure: f64| (figure - wanted).abs();
    let here = off(city.figure(0));
    assert!(here <= off(city.figure(1)) && here <= off(city.figure(-1)));
    assert!(here < off(at_rest), "the lever did not follow");

    let state = city.session.state.clone();
    assert!(state.history.past().is_empty() && state.dragging());
    let view = city.after([Action::DragEnded]);
    assert_eq!((view.held, view.said.len()), (None, 2), "{view:?}");
    assert_eq!(city.session.state.history.past().len(), 1);
    city.after([Action::Undo]);
    assert!(city.session.state.scenario.is_baseline());
}

#[test]
fn beyond_its_lever_a_diamond_says_so_and_what_is_to_be_had_with_evidence() {
    let mut city = City::new();
    let taken = Action::DiamondTaken(city.target);
    let view = city.after([taken, Action::DiamondMoved(50_000.0)]).clone();
    assert!(view.said[0].contains("够不着 50,000"), "{view:?}");
    // Nobody asked for the end: the lever stays where it was, and while it is held nothing is offered.
    assert!(view.warning.is_empty() && view.keep.is_empty(), "{view:?}");
    assert!(city.session.state.scenario.is_baseline());
    let held = city.session.clone();
    city.after([Action::DragCancelled]);
    assert!(city.session.state.scenario.is_baseline());
    assert!(city.session.state.history.past().is_empty());

    city.session = held;
    let view = city.after([Action::DragEnded]).clone();
    assert!(city.session.state.scenario.is_baseline());
    assert!(city.session.state.history.past().is_empty());
    // Let go, it may be brought to the end of what has evidence, or to its own.
    let lever = view.follower.unwrap();
    let record = &city.session.machine.bound.pack().lever[lever];
    let spec = city.session.state.catalogue.levers[lever].clone();
    let [(safe, of_safe), (end, of_end)] = &view.keep[..] else {
        panic!("{view:?}");
    };
    assert_eq!((*safe, *end), (record.safe.max, record.hard.max));
    assert!(
        of_safe.contains("合理范围") && of_end.contains("推到头"),
        "{view:?}"
    );
    city.after([Action::FollowerKept(*end)]);
    let kept = &city.session.state;
    assert_eq!(kept.scenario.lever(lever).steps, spec.highest());
    assert_eq!(kept.history.past().len(), 1);
}

#[test]
fn a_locked_lever_does_not_follow_and_a_chosen_one_is_kept() {
    let mut city = City::new();
    let taken = Action::DiamondTaken(city.target);
    let view = city.after([taken.clone()]).clone();
    let (first, second) = (view.choices[0].0, view.choices[1].0);
    let view = city.after([Action::LockToggled(first), taken.clone()]);
    assert_eq!(view.follower, Some(second));
    assert!(view.choices.iter().all(|(lever, _)| *lever != first));
    let third = view.choices[1].0;
    let kept = [
        Action::FollowerChosen(third),
        Action::DiamondLeft,
        taken.clone(),
    ];
    assert_eq!(city.after(kept).follower, Some(third));
    // What is moved elsewhere makes what was said of the lever untrue.
    let view = city.after([Action::DiamondMoved(10_000.0), Action::DragEnded]);
    assert!(view.said.len() == 2 && !view.keep.is_empty(), "{view:?}");
    let view = city.after([Action::Moved(Knob::Lever(second), 4000.0)]);
    assert!(view.said.len() == 1 && view.warning.is_empty(), "{view:?}");
    assert!(view.keep.is_empty(), "{view:?}");
}
