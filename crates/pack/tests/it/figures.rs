//! Projected values: medians where they are answered, previews where they are not.

use std::rc::Rc;

use tidemark_engine::exec::Run;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Centre, Figures, Key, Medians, Settled};
use tidemark_pack::reading::Span;
use tidemark_pack::record::Reading;
use tidemark_pack::scenario::Scenario;

use super::fixture::{ACTUALS, PACK, Town, with};

/// A town, its run at rest and its run with the lever moved.
struct Moved {
    town: Town,
    rest: Rc<Run>,
    moved: Rc<Run>,
}

impl Moved {
    fn new(pack: &str) -> Self {
        let mut town = Town::new(pack, ACTUALS);
        let rest = Rc::new(town.run(&Scenario::baseline()));
        let moved = Rc::new(town.run(&town.effort(20.0)));
        Self { town, rest, moved }
    }

    fn firms(&self) -> Key {
        self.town.bound.yearly_key("firms", 2028).unwrap()
    }

    fn bound(&self) -> &Bound {
        &self.town.bound
    }

    /// Medians that are no run's.
    fn settled(&self, rows: Vec<(Key, f64)>) -> Settled {
        Settled {
            medians: Rc::new(Medians::new(rows)),
            run: Rc::clone(&self.rest),
        }
    }
}

/// A median that the run at the middle of all draws misses.
const MEDIAN: f64 = 191.300_000_000_000_04;

#[track_caller]
fn check(found: Option<f64>, expected: f64) {
    assert_eq!(
        found.map(f64::to_bits),
        Some(expected.to_bits()),
        "{found:?}"
    );
}

#[test]
fn where_nothing_has_changed_a_figure_is_the_very_median() {
    let at = Moved::new(PACK);
    let (bound, key) = (at.bound(), at.firms());
    assert_ne!(at.rest.figure(bound, key), Some(MEDIAN));
    let centre = Centre::new(Rc::clone(&at.rest), vec![at.settled(vec![(key, MEDIAN)])]);
    check(centre.figure(bound, key), MEDIAN);
    assert!(centre.is_settled(key));
    // Another run of the same scenario moves nothing by a bit that shows: it changes by nothing.
    let again = Rc::new(Run::clone(&at.rest));
    let centre = Centre::new(again, vec![at.settled(vec![(key, MEDIAN)])]);
    check(centre.figure(bound, key), MEDIAN);
    assert!(!centre.is_settled(key));
}

#[test]
fn after_a_move_it_is_the_median_and_what_a_run_changes() {
    let at = Moved::new(PACK);
    let (bound, key) = (at.bound(), at.firms());
    let centre = Centre::new(Rc::clone(&at.moved), vec![at.settled(vec![(key, MEDIAN)])]);
    let read = |run: &Run| run.figure(bound, key).unwrap();
    let change = read(&at.moved) - read(&at.rest);
    assert!(change > 10.0, "{change}");
    check(centre.figure(bound, key), MEDIAN + change);
    assert!(!centre.is_settled(key));
}

#[test]
fn a_key_that_is_not_answered_or_has_no_figure_gives_none() {
    let at = Moved::new(PACK);
    let (bound, key) = (at.bound(), at.firms());
    let other = bound.yearly_key("firms", 2029).unwrap();
    for run in [&at.rest, &at.moved] {
        let nobody = Centre::new(Rc::clone(run), Vec::new());
        assert_eq!(nobody.figure(bound, key), None);
        let rows = vec![(key, f64::NAN)];
        let centre = Centre::new(Rc::clone(run), vec![at.settled(rows)]);
        assert_eq!(
            centre.figure(bound, key),
            None,
            "answered that there is none"
        );
        assert_eq!(centre.figure(bound, other), None, "not answered");
        assert!(!centre.is_settled(other));
    }
    // Beyond the horizon a median can be no preview of anything.
    let beyond = bound.key("firms", Reading::End, Span::year(2040)).unwrap();
    let rows = vec![(beyond, MEDIAN)];
    let centre = Centre::new(Rc::clone(&at.moved), vec![at.settled(rows)]);
    assert_eq!(centre.figure(bound, beyond), None);
}

#[test]
fn an_indicator_that_waits_keeps_its_median_until_it_is_answered() {
    let definition = "definition = \"年末登记数\"";
    let waiting = with(PACK, definition, &format!("{definition}\nwaits = true"));
    let at = Moved::new(&waiting);
    let (bound, key) = (at.bound(), at.firms());
    let settled = at.settled(vec![(key, MEDIAN)]);
    let searching = Centre::new(Rc::clone(&at.moved), vec![settled]);
    assert_ne!(
        searching.figure(bound, key),
        Some(MEDIAN),
        "a search needs a guess"
    );
    let shown = searching.shown();
    check(shown.figure(bound, key), MEDIAN);
    assert!(!shown.is_settled(key));
}

#[test]
fn of_two_answers_the_newer_counts_and_the_older_for_what_it_leaves_out() {
    let at = Moved::new(PACK);
    let (bound, key) = (at.bound(), at.firms());
    let other = bound.yearly_key("rd", 2028).unwrap();
    let whole = at.settled(vec![(key, 7.0), (other, 9.0)]);
    let glance = Settled {
        medians: Rc::new(Medians::new(vec![(key, MEDIAN)])),
        run: Rc::clone(&at.moved),
    };
    let centre = Centre::new(Rc::clone(&at.moved), vec![glance, whole]);
    check(centre.figure(bound, key), MEDIAN);
    let read = |run: &Run| run.figure(bound, other).unwrap();
    check(
        centre.figure(bound, other),
        9.0 + (read(&at.moved) - read(&at.rest)),
    );
    assert!(centre.is_settled(key) && !centre.is_settled(other));
}

#[test]
fn of_a_key_that_is_told_twice_the_first_counts() {
    let at = Moved::new(PACK);
    let key = at.firms();
    let later = at.bound().yearly_key("firms", 2030).unwrap();
    let medians = Medians::new(vec![(later, 3.0), (key, 1.0), (key, 2.0)]);
    assert_eq!(
        (medians.get(key), medians.get(later)),
        (Some(1.0), Some(3.0))
    );
}
