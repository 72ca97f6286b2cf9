//! What is asked: of the solver, of a year, once more.

use super::*;
use crate::state::{Difference, Source};

#[test]
fn what_is_asked_is_kept_to_what_is_allowed_and_goes_into_a_link() {
    let asking = Asking {
        targets: [0, 1, 3, 9].into(),
        confidence: 65,
        reach: Reach::Stretch,
        money: Some(12),
        keeps_rules: false,
        start_quarters: Some(-400),
        may_cut: true,
    };
    let state = after(&start(), [Action::AskingChanged(asking)]);
    let kept = &state.asking;
    assert_eq!(kept.targets, [0, 3].into());
    assert_eq!(kept.start_quarters, Some(-4));
    assert_eq!(kept.start(&state.catalogue), Some(2026.0));
    for asking in [kept.clone(), Asking::default()] {
        let text = asking.text(&state.catalogue);
        assert_eq!(Asking::of(&text, &state.catalogue), Some(asking), "{text}");
    }
    let many = format!("{}~x", kept.text(&state.catalogue));
    for text in ["", "0~80", "0~80~far~x~x~x", &many] {
        assert_eq!(Asking::of(text, &state.catalogue), None, "{text}");
    }
    // As it was written before anything could be cut.
    let earlier = Asking::of(
        "town.target-0.2027,town.target-3.2027~65~stretch~12~x~-4",
        &state.catalogue,
    );
    let uncut = Asking {
        may_cut: false,
        ..kept.clone()
    };
    assert_eq!(earlier, Some(uncut));
}

#[test]
fn a_solver_opened_for_nothing_asks_for_what_it_was_asked_or_for_tiles() {
    let none = || Action::SolverOpened([].into());
    let first = after(&start(), [none()]);
    assert_eq!(first.asking.targets, [0, 3].into());
    let again = after(&start(), [Action::SolverOpened([2].into()), none()]);
    assert_eq!(again.asking.targets, [2].into());
}

#[test]
fn a_year_is_looked_at_and_kept_in_links() {
    let start = start();
    assert_eq!(start.view.year, 2027);
    assert!(!start.link().contains("&y="), "{}", start.link());
    let later = after(&start, [Action::YearChosen(2030)]);
    assert!(later.history.past().is_empty());
    assert_eq!(later.generation, start.generation);
    let opened = decode(&start.catalogue, &later.link()).unwrap();
    assert_eq!(
        (opened.view, opened.differences),
        (later.view.clone(), vec![])
    );
    // A link without one leads to the first.
    let back = after(&later, [Action::LinkOpened(start.link())]);
    assert_eq!(back.view.year, 2027);
}

#[test]
fn a_year_that_the_pack_does_not_name_is_told() {
    for year in ["2029", "", "MMXXX", "2027.0"] {
        let link = format!("{}&y={year}", start().link());
        let opened = after(&start(), [Action::LinkOpened(link)]);
        let year = year.to_owned();
        let (from, differences) = (Source::Link, vec![Difference::Year { year }]);
        assert_eq!(opened.notices, [Notice::Differs { from, differences }]);
        assert_eq!(opened.view.year, 2027);
    }
}

#[test]
fn another_try_is_counted_and_changes_nothing_else() {
    let tried = after(&start(), [Action::Retried, Action::Retried]);
    assert_eq!(tried.retries, 2);
    assert_eq!(
        AppState {
            retries: 0,
            ..tried
        },
        start()
    );
}

#[test]
fn a_panel_has_a_link_of_its_own() {
    let opened = after(&start(), [Action::SolverOpened([2].into())]);
    assert_eq!(opened.drawer, Some(Drawer::Solver));
    let link = Panel::link(
        opened.drawer.as_ref(),
        &opened.asking,
        &catalogue(),
        &opened.link(),
    );
    let found = after(&start(), [Action::LinkOpened(link)]);
    assert_eq!(
        (found.drawer, found.asking),
        (opened.drawer.clone(), opened.asking)
    );
    // Going back to a link without a panel closes it, and only such a one.
    let back = after(&opened_again(), [Action::LinkOpened(start().link())]);
    assert_eq!(back.drawer, None);
    let help = after(&start(), [Action::DrawerOpened(Drawer::Help)]);
    let help = after(&help, [Action::LinkOpened(start().link())]);
    assert_eq!(help.drawer, Some(Drawer::Help));
    let why = Drawer::Why(WhyOf::Figure(3));
    let link = Panel::link(Some(&why), &Asking::default(), &catalogue(), "");
    assert_eq!(Panel::of(&link, &catalogue()).drawer, Some(why));
    let unknown = Panel::of("w=why-t.gone", &catalogue());
    assert_eq!(
        (unknown.drawer, unknown.unread),
        (None, vec!["w=why-t.gone".to_owned()])
    );
}

fn opened_again() -> AppState {
    after(&start(), [Action::DrawerOpened(Drawer::Solver)])
}

#[test]
fn a_search_needs_a_target() {
    let none = after(&start(), [Action::SearchWanted]);
    assert_eq!(none.searches, 0);
    let asked = after(
        &start(),
        [Action::SolverOpened([0].into()), Action::SearchWanted],
    );
    assert_eq!(asked.searches, 1);
}
