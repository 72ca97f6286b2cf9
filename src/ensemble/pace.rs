//! How many members a drag asks for: as many as are answered before the hand is elsewhere.
//!
//! Fewer members are the first ones, with the same numbers each; how many there are is said beside
//! what they lead to. At rest all are asked for again.

use super::desk::FEW;

/// Fewest members of a drag: a chance of one half is then told within 3 points.
const FEWEST: usize = 250;
/// An answer that takes longer leaves no room in a tenth of a second for the wait for the one before
/// and for the drawing.
const SLOW_MS: f64 = 60.0;
/// So fast that twice as many members are not too slow.
const FAST_MS: f64 = SLOW_MS / 2.0;

/// What the last answers of drags allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    members: usize,
    /// Whether the last answer was slow: one alone may have met something else at work.
    was_slow: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            members: FEW,
            was_slow: false,
        }
    }
}

impl Pace {
    /// Members that a drag asks for, of so many.
    pub fn members(self, of: usize) -> usize {
        of.min(self.members)
    }

    /// An ask of so many members was answered after that time while something was dragged.
    pub fn answered(&mut self, members: usize, ms: f64) {
        let is_slow = members >= self.members && ms > SLOW_MS;
        if is_slow && self.was_slow {
            self.members = (self.members / 2).max(FEWEST);
        } else if members == self.members && ms < FAST_MS {
            self.members = (members * 2).min(FEW);
        }
        self.was_slow = is_slow;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Members of a drag of 10,000 after answers, each of as many members as the one before allows.
    #[track_caller]
    fn check(answers_ms: &[f64], expected: usize) {
        let mut pace = Pace::default();
        for ms in answers_ms {
            pace.answered(pace.members(10_000), *ms);
        }
        assert_eq!(pace.members(10_000), expected);
    }

    #[test]
    fn a_slow_machine_drags_with_fewer_members_and_a_fast_one_with_a_thousand() {
        check(&[], 1000);
        check(&[40.0, 120.0, 55.0, 120.0], 1000);
        check(&[120.0, 130.0], 500);
        check(&[240.0, 250.0, 130.0, 90.0, 90.0], 250);
    }

    #[test]
    fn members_come_back_with_time() {
        check(&[120.0, 120.0, 40.0], 500);
        check(&[240.0, 240.0, 130.0, 20.0], 500);
        check(&[240.0, 240.0, 130.0, 20.0, 10.0, 10.0], 1000);
    }

    #[test]
    fn few_draws_are_all_taken() {
        assert_eq!(Pace::default().members(200), 200);
        let mut pace = Pace::default();
        pace.answered(200, 500.0);
        pace.answered(200, 500.0);
        assert_eq!(pace, Pace::default());
    }
}
