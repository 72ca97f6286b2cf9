//! Texts of scenarios, opened: what is used, what is refused, and what the user is told of it.

use super::action::{Action, AppState, Drawer, Notice, Source};
use super::history::StepName;
use super::link::{self, LinkError, Opened};
use super::page::Page;
use super::panel::Panel;
use super::reducer::change;

/// The state after what concerns texts and what is said of them.
pub(super) fn acted(state: AppState, action: Action) -> AppState {
    match action {
        Action::LinkOpened(text) => opened(state, Source::Link, text),
        Action::StoredOpened(text) => opened(state, Source::Storage, text),
        Action::DamagedOpened(text) => opened_damaged(state, &text),
        Action::OriginSeen => AppState {
            origin: None,
            ..state
        },
        Action::Restored => AppState {
            is_restored: true,
            ..state
        },
        Action::Told(notice) => told(state, notice),
        Action::NoticeDismissed(notice) => {
            let mut next = state;
            next.notices.retain(|own| *own != notice);
            next
        }
        _ => state,
    }
}

/// The state with the scenario and view of a text; one that cannot be used leaves everything as it was.
fn opened(state: AppState, from: Source, text: String) -> AppState {
    match link::decode(&state.catalogue, &text) {
        Ok(opened) => taken(beside(state, &text), from, opened),
        Err(LinkError::Absent) => {
            let clean = link::clean(&text);
            let (year, differences) = link::beside(&state.catalogue, &clean);
            let mut state = beside(state, &text);
            state.view.year = year.unwrap_or(state.view.year);
            differs(state, from, differences)
        }
        Err(error) => told(state, Notice::Refused { from, error, text }),
    }
}

/// The same for a text whose sum is wrong; the user has seen what is left of it.
fn opened_damaged(state: AppState, text: &str) -> AppState {
    match link::readable(&state.catalogue, text) {
        Some(opened) => taken(state, Source::Link, opened),
        None => state,
    }
}

/// Page, panel and question of a text.
fn beside(mut state: AppState, text: &str) -> AppState {
    state.page = Page::of(text);
    let panel = Panel::of(text, &state.catalogue);
    if let Some(asking) = panel.asking {
        state.asking = asking;
    }
    let is_own = |drawer: &Drawer| matches!(drawer, Drawer::Solver | Drawer::Why(_));
    if panel.drawer.is_some() || state.drawer.as_ref().is_some_and(is_own) {
        state.drawer = panel.drawer;
    }
    state
}

fn taken(state: AppState, from: Source, opened: Opened) -> AppState {
    let before = state.generation;
    let mut next = change(state, StepName::Opened, |s| *s = opened.scenario);
    if next.generation != before {
        next.since = next.generation;
    }
    next.view = opened.view;
    next.origin = opened.origin;
    // What was said of an earlier text is mended.
    next.notices.retain(|notice| match notice {
        Notice::Refused { from: own, .. } | Notice::Differs { from: own, .. } => *own != from,
        _ => true,
    });
    differs(next, from, opened.differences)
}

fn differs(state: AppState, from: Source, differences: Vec<link::Difference>) -> AppState {
    match differences.is_empty() {
        true => state,
        false => told(state, Notice::Differs { from, differences }),
    }
}

/// The state with one notice more; one that is there already comes last again, and of scenarios kept aside
/// the newest count is told. A link that was refused stays in the address.
pub(super) fn told(mut state: AppState, notice: Notice) -> AppState {
    let is_aside = |notice: &Notice| matches!(notice, Notice::Aside { .. });
    state
        .notices
        .retain(|own| *own != notice && !(is_aside(own) && is_aside(&notice)));
    let from = match notice {
        Notice::Refused { from, .. } => Some(from),
        _ => None,
    };
    state.is_address_kept |= from == Some(Source::Link);
    if !matches!(notice, Notice::Aside { count: 0, .. }) {
        state.notices.push(notice);
    }
    state
}

/// What an action brought: marks of what was opened go once the user has changed what they are about.
pub(super) fn released(before: &AppState, mut next: AppState) -> AppState {
    let is_another = next.generation != before.generation;
    let (now, was) = (&next.scenario, &before.scenario);
    let is_set = (&now.levers, &now.assumptions) != (&was.levers, &was.assumptions);
    if is_set && next.origin == before.origin && next.since == before.since {
        next.origin = None;
    }
    let is_moved = is_another
        || (&next.view, next.page, &next.drawer) != (&before.view, before.page, &before.drawer);
    if is_moved && before.is_address_kept {
        next.is_address_kept = false;
    }
    next
}

/// Whether an action is about the scenario as a whole, so that what was typed into single boxes is over.
pub(super) fn is_of_all(action: &Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::Undo
            | A::Redo
            | A::ResetAll
            | A::ResetLevers
            | A::ResetAssumptions
            | A::Applied(_)
            | A::LinkOpened(_)
            | A::StoredOpened(_)
            | A::DamagedOpened(_)
    )
}
