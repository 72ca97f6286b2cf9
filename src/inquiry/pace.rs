//! How long work goes on before whoever waits is heard: for ever in a worker, a moment on the page.
//!
//! Work that is resumed begins anew and finds what it knew, see [`tidemark_reach::inverse::Solver`].

use std::cell::Cell;
use std::pin::Pin;

/// A pause.
pub type Rest = Pin<Box<dyn Future<Output = ()>>>;

/// Slices of work and the pauses between them.
pub struct Pace<'a> {
    /// Milliseconds since some instant.
    pub now: &'a dyn Fn() -> f64,
    /// A slice ends at the first look after so long.
    pub slice_ms: f64,
    /// Lets whatever else waits happen.
    pub rest: &'a dyn Fn() -> Rest,
    /// Whether somebody still wants an answer.
    pub is_wanted: &'a dyn Fn() -> bool,
}

impl Pace<'static> {
    /// From beginning to end without a pause.
    pub const THROUGH: Self = Self {
        now: &|| 0.0,
        slice_ms: f64::INFINITY,
        rest: &|| Box::pin(std::future::ready(())),
        is_wanted: &|| true,
    };
}

impl Pace<'_> {
    /// Lets whatever else waits happen; whether an answer is still wanted after it.
    pub(super) async fn goes_on(&self) -> bool {
        (self.rest)().await;
        (self.is_wanted)()
    }

    /// A slice that begins now.
    pub(super) fn slice(&self) -> Slice<'_> {
        Slice {
            pace: self,
            until: (self.now)() + self.slice_ms,
            is_fresh: Cell::new(true),
        }
    }
}

/// A slice of work.
pub(super) struct Slice<'a> {
    pace: &'a Pace<'a>,
    until: f64,
    is_fresh: Cell<bool>,
}

impl Slice<'_> {
    /// Whether its time is over.
    pub(super) fn is_over(&self) -> bool {
        (self.pace.now)() >= self.until
    }

    /// Whether a scenario with that many members done may go on. The first look is always granted,
    /// and so is what was begun, so that every slice leads on.
    pub(super) fn goes_on(&self, done: usize) -> bool {
        self.is_fresh.replace(false) || done > 0 || !self.is_over()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_grants_its_first_look_and_ends_with_its_time() {
        let clock = Cell::new(0.0);
        let now = || clock.get();
        let pace = Pace {
            now: &now,
            slice_ms: 40.0,
            ..Pace::THROUGH
        };
        let slice = pace.slice();
        clock.set(50.0);
        assert!(slice.goes_on(0), "the first look");
        assert!(slice.goes_on(512), "what was begun");
        assert!(!slice.goes_on(0) && slice.is_over());
        assert!(pace.slice().goes_on(0));
        let through = Pace::THROUGH.slice();
        assert!(through.goes_on(0) && through.goes_on(0) && !through.is_over());
    }
}
