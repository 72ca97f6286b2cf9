//! Whether an answer is of the scenario that is shown, or has been of another one for longer than a moment.

use std::collections::BTreeMap;

/// For so long an answer may be of an earlier scenario before what it says is greyed.
const FRESH_MS: f64 = 300.0;

/// When each scenario gave way to the next.
#[derive(Debug, Default)]
pub(super) struct Freshness {
    generation: u64,
    /// By generation.
    left: BTreeMap<u64, f64>,
    is_stale: bool,
}

impl Freshness {
    /// Whether that generation is the present one.
    pub(super) fn is_present(&self, generation: Option<u64>) -> bool {
        generation == Some(self.generation)
    }

    /// Whether the answer looked at last had been of another scenario for longer than a moment.
    pub(super) fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// Another generation is shown from now on, in milliseconds; what gave way before the `oldest` that may
    /// still be answered is forgotten.
    pub(super) fn move_on(&mut self, generation: u64, oldest: Option<u64>, now: f64) {
        let before = self.generation;
        if before != generation {
            self.left.insert(before, now);
            self.generation = generation;
        }
        self.left = self.left.split_off(&oldest.unwrap_or(before));
    }

    /// Looks at an answer of that generation; where it is of another scenario and not yet for long, in how
    /// many milliseconds it will be.
    pub(super) fn look(&mut self, answered: Option<u64>, now: f64) -> Option<f64> {
        let left = match answered {
            Some(answered) if answered == self.generation => None,
            Some(answered) => Some(self.left.get(&answered).copied().unwrap_or(0.0)),
            None => Some(f64::NEG_INFINITY),
        };
        let until = left.map(|left| left + FRESH_MS - now);
        self.is_stale = until.is_some_and(|until| until <= 0.0);
        until.filter(|until| *until > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_stale_once_its_scenario_has_been_another_one_for_long() {
        let mut freshness = Freshness::default();
        assert_eq!(freshness.look(Some(0), 1000.0), None);
        freshness.move_on(1, Some(0), 1000.0);
        assert_eq!(freshness.look(Some(0), 1100.0), Some(200.0));
        assert!(!freshness.is_stale() && freshness.is_present(Some(1)));
        // A drag whose answers keep up: that of the scenario before is a moment old again.
        freshness.move_on(2, Some(0), 1200.0);
        assert_eq!(freshness.look(Some(1), 1290.0), Some(210.0));
        assert_eq!(freshness.look(Some(0), 1301.0), None);
        assert!(freshness.is_stale());
        assert_eq!(freshness.look(Some(2), 1400.0), None);
        assert!(!freshness.is_stale());
        freshness.look(None, 1400.0);
        assert!(freshness.is_stale(), "nothing is answered");
    }
}
