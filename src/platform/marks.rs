//! User Timing marks: when an input arrived and when its answer was drawn.
//!
//! `tidemark:input` is set by the first input since the last drawing, `tidemark:painted` at the
//! end of the drawing callback; the measure `tidemark:answer` spans the two. `tidemark:compile`
//! spans the way from the model's text to its program.

use std::cell::Cell;

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

/// Entries kept before the browser's list is emptied, so that hours of dragging stay flat.
const KEPT: u32 = 2000;

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
    static WRITTEN: Cell<u32> = const { Cell::new(0) };
}

/// Notes that an input arrived, unless an earlier one still waits for its drawing.
pub fn input() {
    if !WAITING.replace(true) {
        mark(INPUT);
    }
}

/// Notes the end of a drawing, if an input waited for it.
pub fn painted() {
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
    if WRITTEN.replace(WRITTEN.get() + 1) >= KEPT && name == INPUT {
        for name in [INPUT, PAINTED] {
            performance.clear_marks_with_mark_name(name);
        }
        performance.clear_measures_with_measure_name(ANSWER);
        WRITTEN.set(0);
    }
    // Refused only for reserved names, which these are not.
    let _ = performance.mark(name);
}

fn performance() -> Option<web_sys::Performance> {
    web_sys::window()?.performance()
}
