//! User Timing marks: when an input arrived and when its answer was drawn.
//!
//! `tidemark:input` is set by the first input since the last drawing, `tidemark:painted` at the
//! end of the drawing callback; the measure `tidemark:answer` spans the two. `tidemark:compile`
//! spans the way from the model's text to its program, `tidemark:bands` that from a change to the
//! drawing of its bands and probabilities.

use std::cell::{Cell, RefCell};

/// Set when an input event arrives.
pub const INPUT: &str = "tidemark:input";
/// Set when everything that input changes is drawn.
pub const PAINTED: &str = "tidemark:painted";
/// From [`INPUT`] to [`PAINTED`].
pub const ANSWER: &str = "tidemark:answer";

/// Set when the model's text is there.
const TEXT: &str = "tidemark:text";
/// Set when it has become a program.
const PROGRAM: &str = "tidemark:program";
/// From [`TEXT`] to [`PROGRAM`].
const COMPILE: &str = "tidemark:compile";

/// From a change to the drawing of its bands.
pub const BANDS: &str = "tidemark:bands";

/// Entries kept before the browser's list is emptied, so that hours of dragging stay flat.
const KEPT: u32 = 2000;
/// Changes without an answer that are remembered.
const MOST_ASKED: usize = 1000;

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
    static WRITTEN: Cell<u32> = const { Cell::new(0) };
    /// Changes so far.
    static CHANGES: Cell<u64> = const { Cell::new(0) };
    /// Changes whose marks are kept, and the ask of the ensemble that came of each; that of the last
    /// ones is still to come.
    static ASKED: RefCell<Vec<(Change, Option<u64>)>> = const { RefCell::new(Vec::new()) };
    /// The ask whose answer will be drawn.
    static ANSWERED: Cell<Option<u64>> = const { Cell::new(None) };
}

/// A change of what the ensemble is asked for; an instant with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change(u64);

impl Change {
    /// One that happens now.
    pub fn now() -> Self {
        let change = Self(CHANGES.replace(CHANGES.get() + 1));
        ASKED.with_borrow_mut(|asked| {
            // Where nobody answers, what was asked long ago is not kept for ever.
            if asked.len() >= MOST_ASKED {
                forget(asked.drain(..));
            }
            asked.push((change, None));
        });
        mark(&change.name());
        change
    }

    fn name(self) -> String {
        format!("tidemark:asked:{}", self.0)
    }
}

/// Notes that a change led to an ask of the ensemble.
pub fn asked(change: Change, ticket: u64) {
    ASKED.with_borrow_mut(|asked| {
        let own = asked.iter_mut().find(|(other, _)| *other == change);
        if let Some((_, of)) = own {
            *of = Some(ticket);
        }
    });
}

/// Notes that its answer is there, to be drawn next.
pub fn answered(ticket: u64) {
    ANSWERED.set(Some(ticket));
}

/// The answer is drawn; changes before its own were passed over.
fn bands_painted() {
    let (Some(ticket), Some(performance)) = (ANSWERED.take(), performance()) else {
        return;
    };
    mark(PAINTED);
    ASKED.with_borrow_mut(|asked| {
        let Some(place) = asked.iter().position(|(_, of)| *of == Some(ticket)) else {
            return;
        };
        if let Some((change, _)) = asked.get(place) {
            // Refused only where someone cleared the marks meanwhile; then there is nothing to measure.
            let _ =
                performance.measure_with_start_mark_and_end_mark(BANDS, &change.name(), PAINTED);
        }
        forget(asked.drain(..=place));
    });
}

fn forget(asked: impl Iterator<Item = (Change, Option<u64>)>) {
    if let Some(performance) = performance() {
        for (change, _) in asked {
            performance.clear_marks_with_mark_name(&change.name());
        }
    }
}

/// Notes that an input arrived, unless an earlier one still waits for its drawing.
pub fn input() {
    if !WAITING.replace(true) {
        mark(INPUT);
    }
}

/// Notes the end of a drawing, if an input waited for it.
pub fn painted() {
    bands_painted();
    if !WAITING.replace(false) {
        return;
    }
    mark(PAINTED);
    if let Some(performance) = performance() {
        // Refused only where someone cleared the marks meanwhile; then there is nothing to measure.
        let _ = performance.measure_with_start_mark_and_end_mark(ANSWER, INPUT, PAINTED);
    }
}

/// What `work` gives, its time noted as `tidemark:compile`.
pub fn compiling<T>(work: impl FnOnce() -> T) -> T {
    mark(TEXT);
    let result = work();
    mark(PROGRAM);
    if let Some(performance) = performance() {
        // Refused only where someone cleared the marks meanwhile; then there is nothing to measure.
        let _ = performance.measure_with_start_mark_and_end_mark(COMPILE, TEXT, PROGRAM);
    }
    result
}

fn mark(name: &str) {
    let Some(performance) = performance() else {
        return;
    };
    // A mark that a measure is still to begin from is left.
    let is_free = name == INPUT || !WAITING.get();
    if WRITTEN.replace(WRITTEN.get() + 1) >= KEPT && is_free {
        for name in [INPUT, PAINTED] {
            performance.clear_marks_with_mark_name(name);
        }
        for name in [ANSWER, BANDS] {
            performance.clear_measures_with_measure_name(name);
        }
        WRITTEN.set(0);
    }
    // Refused only for reserved names, which these are not.
    let _ = performance.mark(name);
}

fn performance() -> Option<web_sys::Performance> {
    web_sys::window()?.performance()
}
