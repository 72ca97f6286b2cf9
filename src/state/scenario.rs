//! A scenario: only what differs from the pack's defaults.

use super::catalogue::Catalogue;
use std::collections::{BTreeMap, BTreeSet};

/// How a lever builds up; each is a choice of start, ramp and stop (see [`Timing`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Ramp {
    /// 均匀: builds up over the pack's ramp years.
    #[default]
    Even,
    /// 前置: in full force from its start.
    Front,
    /// 后置: begins one year later, then builds up over the pack's ramp years.
    Back,
    /// 一次性: in full force for one year, then stops.
    Once,
}

/// When a lever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Timing {
    /// Start, in quarters after the pack's policy start; negative is before it.
    pub start_quarters: i16,
    /// How it builds up.
    pub ramp: Ramp,
}

/// The model constants of a lever's timing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Schedule {
    /// Instant it starts, in model time.
    pub start: f64,
    /// Years to build up; 0 is at once.
    pub ramp_years: f64,
    /// Instant it stops; `None` leaves the model's own stop.
    pub stop: Option<f64>,
}

impl Timing {
    /// Start, ramp and stop for the model; `ramp_years` is the pack's default for the lever.
    pub fn schedule(self, policy_start: f64, ramp_years: f64) -> Schedule {
        let start = policy_start + f64::from(self.start_quarters) / 4.0;
        let (delay, ramp_years, years) = match self.ramp {
            Ramp::Even => (0.0, ramp_years, None),
            Ramp::Front => (0.0, 0.0, None),
            Ramp::Back => (1.0, ramp_years, None),
            Ramp::Once => (0.0, 0.0, Some(1.0)),
        };
        Schedule {
            start: start + delay,
            ramp_years,
            stop: years.map(|years| start + years),
        }
    }
}

/// A lever that differs from its default, in value or in timing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// Steps away from the default.
    pub steps: i32,
    /// When it acts.
    pub timing: Timing,
}

/// A named set of lever settings, locks and assumptions; what is absent stands at its default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scenario {
    /// Name given by the user; empty for none.
    pub name: String,
    /// Levers by position in the pack.
    pub levers: BTreeMap<usize, Setting>,
    /// Assumptions by position in the pack, in steps away from the default.
    pub assumptions: BTreeMap<usize, i32>,
    /// Levers that the solver leaves where they are.
    pub locked: BTreeSet<usize>,
    /// Why levers stand beyond all that was reached or promised, by position, ascending; empty where the user
    /// was asked and gave none.
    pub reasons: Vec<(usize, String)>,
}

impl Scenario {
    /// Whether no lever and no assumption differs from its default.
    pub fn is_baseline(&self) -> bool {
        self.levers.is_empty() && self.assumptions.is_empty()
    }

    /// Setting of a lever; the default where it is absent.
    pub fn lever(&self, lever: usize) -> Setting {
        self.levers.get(&lever).copied().unwrap_or_default()
    }

    /// Shown value of a lever; `None` for a position the pack does not have.
    pub fn lever_value(&self, catalogue: &Catalogue, lever: usize) -> Option<f64> {
        let spec = catalogue.levers.get(lever)?;
        Some(spec.value(self.lever(lever).steps))
    }

    /// Shown value of an assumption; `None` for a position the pack does not have.
    pub fn assumption_value(&self, catalogue: &Catalogue, assumption: usize) -> Option<f64> {
        let spec = catalogue.assumptions.get(assumption)?;
        let steps = self.assumptions.get(&assumption).copied().unwrap_or(0);
        Some(spec.value(steps))
    }

    /// Why a lever stands beyond all that was reached or promised; none where nobody was asked.
    pub fn reason(&self, lever: usize) -> Option<&str> {
        let own = self.reasons.iter().find(|(k, _)| *k == lever);
        own.map(|(_, text)| text.as_str())
    }

    /// Keeps a reason in place of an earlier one.
    pub fn set_reason(&mut self, lever: usize, text: String) {
        match self.reasons.binary_search_by_key(&lever, |(k, _)| *k) {
            Ok(at) => self.reasons[at].1 = text, // `at` was found just now.
            Err(at) => self.reasons.insert(at, (lever, text)),
        }
    }

    /// Keeps a lever's setting, or forgets it where it equals the default.
    pub fn set_lever(&mut self, lever: usize, setting: Setting) {
        if setting == Setting::default() {
            self.levers.remove(&lever);
        } else {
            self.levers.insert(lever, setting);
        }
    }

    /// Keeps an assumption's steps, or forgets them where they are 0.
    pub fn set_assumption(&mut self, assumption: usize, steps: i32) {
        if steps == 0 {
            self.assumptions.remove(&assumption);
        } else {
            self.assumptions.insert(assumption, steps);
        }
    }
}
