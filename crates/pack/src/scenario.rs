//! What the user has moved: lever settings and assumption values, only where they differ from
//! the pack's defaults. Values are as shown; [`crate::bind::Bound`] turns them into the model's.

use std::collections::BTreeMap;

/// Where a lever stands and when it acts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeverSetting {
    /// Value in the lever's shown unit.
    pub value: f64,
    /// Instant it begins to act, in model time.
    pub start: f64,
    /// Years until it acts in full.
    pub ramp: f64,
    /// Instant it stops acting, in model time.
    pub stop: f64,
}

/// A named set of lever settings and the assumptions it rests on; what is absent is at its default.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scenario {
    /// Settings by lever id.
    pub levers: BTreeMap<String, LeverSetting>,
    /// Shown values by assumption id.
    pub assumptions: BTreeMap<String, f64>,
}

impl Scenario {
    /// The scenario in which nothing was moved.
    pub fn baseline() -> Self {
        Self::default()
    }

    /// The same assumptions with every lever at its default.
    #[must_use]
    pub fn without_levers(&self) -> Self {
        Self {
            levers: BTreeMap::new(),
            assumptions: self.assumptions.clone(),
        }
    }

    /// Whether nothing differs from the defaults.
    pub fn is_baseline(&self) -> bool {
        self.levers.is_empty() && self.assumptions.is_empty()
    }
}

/// Which part of a lever setting a [`Clamped`] speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The value itself.
    Value,
    /// The start.
    Start,
    /// The years to build up.
    Ramp,
    /// The stop.
    Stop,
}

/// Something in a scenario that could not stand as it was.
#[derive(Debug, Clone, PartialEq)]
pub enum Clamped {
    /// A lever's number lay outside its range.
    Lever {
        /// Lever.
        id: String,
        /// Which number.
        part: Part,
        /// What was asked for; may be NaN.
        asked: f64,
        /// What is used.
        used: f64,
    },
    /// An assumption's value lay outside its range.
    Assumption {
        /// Assumption.
        id: String,
        /// What was asked for; may be NaN.
        asked: f64,
        /// What is used.
        used: f64,
    },
    /// The pack has no lever of that id; it is left out.
    UnknownLever {
        /// As given.
        id: String,
    },
    /// The pack has no assumption of that id; it is left out.
    UnknownAssumption {
        /// As given.
        id: String,
    },
}
