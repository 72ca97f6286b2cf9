//! What is asked of the solver, and the dials and scenarios it turns into.

use std::collections::BTreeSet;

use tidemark_analysis::seek::Dial;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Lever, Range};
use tidemark_pack::scenario::{LeverSetting, Scenario};

/// How far levers may be turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reach {
    /// Inside documents, literature or the place's own past.
    #[default]
    Safe,
    /// To what was reached or promised once.
    Stretch,
    /// As far as the model has meaning.
    Hard,
}

impl Reach {
    /// The next smaller range.
    pub(crate) fn narrower(self) -> Option<Self> {
        match self {
            Self::Safe => None,
            Self::Stretch => Some(Self::Safe),
            Self::Hard => Some(Self::Stretch),
        }
    }
}

/// A goal and what must be respected on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Targets by id, to be met all at once.
    pub targets: Vec<String>,
    /// Share of the members that must meet them, from 0 to 1.
    pub confidence: f64,
    /// Levers that stay as the scenario has them.
    pub locked: BTreeSet<String>,
    /// How far the others may go.
    pub reach: Reach,
    /// Most that levers may cost in any year, in the model's money; none where only the rules bind.
    pub envelope: Option<f64>,
    /// Whether no rule may be broken that the baseline keeps, nor a breach widened.
    pub keeps_rules: bool,
    /// When levers begin; none for each lever's own start.
    pub start: Option<f64>,
    /// Year that targets are looked at in; none for each one's own.
    pub year: Option<i32>,
    /// Whether levers that cost money may be cut below where they stand today.
    pub may_cut: bool,
}

impl Ask {
    /// For some targets at a confidence, all levers free within their safe ranges, rules kept.
    pub fn new(targets: Vec<String>, confidence: f64) -> Self {
        Self {
            targets,
            confidence,
            locked: BTreeSet::new(),
            reach: Reach::Safe,
            envelope: None,
            keeps_rules: true,
            start: None,
            year: None,
            may_cut: false,
        }
    }

    /// One dial for each lever of the pack, in shown units; locked ones have no room.
    pub(crate) fn dials(&self, bound: &Bound, now: &Scenario) -> Vec<Dial> {
        let levers = bound.pack().lever.iter();
        levers.map(|lever| self.dial(lever, now)).collect()
    }

    fn dial(&self, lever: &Lever, now: &Scenario) -> Dial {
        let set = now.levers.get(&lever.id).map_or(lever.default, |s| s.value);
        let is_locked = self.locked.contains(&lever.id);
        let range = match self.reach {
            _ if is_locked => Range { min: set, max: set },
            Reach::Safe => lever.safe,
            Reach::Stretch => Range {
                min: lever.safe.min,
                max: lever.stretch_max,
            },
            Reach::Hard => lever.hard,
        };
        let rest = if is_locked { set } else { lever.default };
        // Money that is saved elsewhere is no way to a target, unless the user says so.
        let is_kept = !self.may_cut && !lever.cost_variable.is_empty();
        Dial {
            rest,
            low: if is_kept { rest } else { range.min.min(rest) },
            high: range.max.max(rest),
            step: lever.step,
            width: lever.safe.max - lever.safe.min,
        }
    }

    /// The scenario of some settings, one for each lever; a locked lever is as it was, and so are
    /// all assumptions.
    pub(crate) fn scenario(&self, bound: &Bound, now: &Scenario, settings: &[f64]) -> Scenario {
        let mut scenario = now.without_levers();
        for (lever, &value) in bound.pack().lever.iter().zip(settings) {
            if self.locked.contains(&lever.id) {
                if let Some(&set) = now.levers.get(&lever.id) {
                    scenario.levers.insert(lever.id.clone(), set);
                }
                continue;
            }
            let Some(default) = bound.default_setting(&lever.id) else {
                continue;
            };
            // Half a step is no movement: rounding of a grid.
            if (value - lever.default).abs() < 0.5 * lever.step {
                continue;
            }
            let setting = LeverSetting {
                value,
                start: self.start.unwrap_or(default.start),
                ..default
            };
            scenario.levers.insert(lever.id.clone(), setting);
        }
        scenario
    }
}
