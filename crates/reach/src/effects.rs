//! What each lever alone does to each target: the change of the median with the lever at the better end of
//! its safe range and no other moved, and that of all levers at their better ends at once.
//!
//! Differences of medians over the same members, so that a lever brings what is said of it: who moves it
//! there sees the projected value change by as much. Kept in single precision, which is more than is
//! shown.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use tidemark_engine::exec::RunError;
use tidemark_engine::program::Program;
use tidemark_pack::assess::Held;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Key, Medians};
use tidemark_pack::record::{Comparator, Lever, Target};
use tidemark_pack::scenario::{LeverSetting, Scenario};

use crate::draws::Draws;
use crate::inverse::medians;
use crate::scope::Scope;
use crate::study::{Study, Work};

/// Effects on some targets in the pack's reading years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// Targets by id.
    pub targets: Vec<String>,
    /// Years.
    pub years: Vec<i32>,
    /// Lever after lever, target after target, year after year: the change with the lever alone at its
    /// better end; 0 where neither end is better, NaN where there is no figure.
    #[serde(with = "singles")]
    pub changes: Vec<f32>,
    /// The same of all levers at once, target after target, year after year.
    #[serde(with = "singles")]
    pub together: Vec<f32>,
}

/// Singles as text, see [`crate::packed`].
mod singles {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::packed;

    pub(super) fn serialize<S: Serializer>(numbers: &[f32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&packed::text(numbers.iter().map(|n| n.to_le_bytes())))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<f32>, D::Error> {
        let text = String::deserialize(from)?;
        let numbers = packed::numbers(&text);
        let numbers = numbers.ok_or_else(|| D::Error::custom("a number is cut off"))?;
        Ok(numbers.into_iter().map(f32::from_le_bytes).collect())
    }
}

impl Effects {
    fn slot(&self, target: &str, year: i32) -> Option<usize> {
        let target = self.targets.iter().position(|id| id == target)?;
        let year = self.years.iter().position(|own| *own == year)?;
        Some(target * self.years.len() + year)
    }

    /// What a lever alone changes of a target looked at in a year, in the target's unit; `None` where it
    /// is not known.
    pub fn of(&self, lever: usize, target: &str, year: i32) -> Option<f64> {
        let n_slots = self.targets.len() * self.years.len();
        let change = self
            .changes
            .get(lever * n_slots + self.slot(target, year)?)?;
        change.is_finite().then(|| f64::from(*change))
    }

    /// What all levers together change of it.
    pub fn together(&self, target: &str, year: i32) -> Option<f64> {
        let change = self.together.get(self.slot(target, year)?)?;
        change.is_finite().then(|| f64::from(*change))
    }
}

/// A target in a year.
#[derive(Debug, Clone)]
struct Slot {
    /// Nothing where the target is not held against that year.
    key: Option<Key>,
    /// 1 where more is better, −1 where less is.
    sign: f64,
}

/// A survey on its way, a scenario at a time.
#[derive(Debug)]
pub struct Survey {
    study: Study,
    /// Assumptions under which it is made.
    world: Scenario,
    targets: Vec<String>,
    years: Vec<i32>,
    slots: Vec<Slot>,
    base: Option<Rc<Medians>>,
    /// Scenarios that are still to be run: a lever's, then those of all levers at once.
    waiting: Vec<(Whose, Scenario)>,
    at_work: Option<(Whose, Work)>,
    changes: Vec<f64>,
    /// For each slot the better end of each lever.
    corners: Vec<BTreeMap<String, LeverSetting>>,
    together: Vec<f64>,
    /// Whether scenarios of all levers at once were begun.
    is_together: bool,
}

#[derive(Debug, Clone)]
enum Whose {
    Baseline,
    Lever(usize, LeverSetting),
    /// Of these slots.
    All(Vec<usize>),
}

/// Targets whose levers are told: those that may be judged, and those on tiles.
fn surveyed(bound: &Bound) -> impl Iterator<Item = &Target> {
    let targets = bound.pack().target.iter();
    targets.filter(|target| {
        let is_shown = target.tile > 0 || !target.indicative.is_empty() || bound.is_open(target);
        is_shown && target.comparator != Comparator::About && !bound.is_past(target)
    })
}

impl Survey {
    /// Under a scenario's assumptions.
    ///
    /// # Errors
    /// As [`Study::prepare`].
    pub fn begin(
        bound: &Bound,
        program: &Program,
        draws: Draws,
        scenario: &Scenario,
    ) -> Result<Self, RunError> {
        let years = bound.pack().meta.reading_years.clone();
        let targets: Vec<&Target> = surveyed(bound).collect();
        let slots = targets.iter().flat_map(|target| {
            years.iter().map(|&year| Slot {
                key: match bound.held(target, year).0 {
                    Held::Aside => None,
                    Held::Own | Held::Other => bound.target_key(target, year),
                },
                sign: match target.comparator {
                    Comparator::AtMost => -1.0,
                    Comparator::AtLeast | Comparator::About => 1.0,
                },
            })
        });
        let slots: Vec<Slot> = slots.collect();
        let mut keys: Vec<Key> = slots.iter().filter_map(|slot| slot.key).collect();
        keys.sort_unstable();
        keys.dedup();
        let scope = Scope {
            keys,
            ..Scope::default()
        };
        let world = scenario.without_levers();
        let mut waiting = vec![(Whose::Baseline, world.clone())];
        for (k, lever) in bound.pack().lever.iter().enumerate() {
            for setting in ends(bound, lever) {
                let mut moved = world.clone();
                moved.levers.insert(lever.id.clone(), setting);
                waiting.push((Whose::Lever(k, setting), moved));
            }
        }
        // Taken from the end.
        waiting.reverse();
        Ok(Self {
            study: Study::prepare(bound, program, draws, &scope)?,
            targets: targets.iter().map(|target| target.id.clone()).collect(),
            years,
            base: None,
            at_work: None,
            changes: vec![0.0; bound.pack().lever.len() * slots.len()],
            corners: vec![BTreeMap::new(); slots.len()],
            together: vec![f64::NAN; slots.len()],
            is_together: false,
            slots,
            world,
            waiting,
        })
    }

    /// Members that are run at a time.
    pub fn set_piece(&mut self, members: usize) {
        self.study.set_piece(members);
    }

    /// Does a part of the work; gives what was found once all is done.
    ///
    /// # Errors
    /// As [`Study::advance`].
    pub fn advance(&mut self, bound: &Bound) -> Result<Option<Effects>, RunError> {
        let Some((whose, mut work)) = self.at_work.take() else {
            let Some((whose, scenario)) = self.waiting.pop() else {
                return Ok(Some(self.effects()));
            };
            let (scenario, _) = bound.clamp(&scenario);
            let work = self.study.begin(&scenario, self.study.count());
            self.at_work = Some((whose, work));
            return Ok(None);
        };
        self.study.advance(bound, &mut work)?;
        let (done, all) = work.progress();
        if done < all {
            self.at_work = Some((whose, work));
            return Ok(None);
        }
        let found = medians(&work.into_outcomes().0);
        self.note(bound, whose, found);
        if self.waiting.is_empty() && !std::mem::replace(&mut self.is_together, true) {
            self.begin_together();
        }
        Ok(None)
    }

    /// From beginning to end.
    ///
    /// # Errors
    /// As [`Study::advance`].
    pub fn finish(mut self, bound: &Bound) -> Result<Effects, RunError> {
        loop {
            if let Some(found) = self.advance(bound)? {
                return Ok(found);
            }
        }
    }

    /// Every lever at the better end of its safe range for a target looked at in a year, as far as is
    /// known; `None` where the target is not held against that year.
    pub fn corner(&self, target: &str, year: i32) -> Option<Scenario> {
        let target = self.targets.iter().position(|id| id == target)?;
        let year = self.years.iter().position(|own| *own == year)?;
        let place = target * self.years.len() + year;
        self.slots.get(place)?.key?;
        let levers = self.corners.get(place)?.clone();
        let assumptions = self.world.assumptions.clone();
        Some(Scenario {
            levers,
            assumptions,
        })
    }

    fn note(&mut self, bound: &Bound, whose: Whose, found: Medians) {
        let Some(base) = self.base.clone() else {
            self.base = Some(Rc::new(found));
            return;
        };
        let change = |slot: &Slot| {
            let key = slot.key?;
            Some(found.get(key)? - base.get(key)?)
        };
        let changes: Vec<Option<f64>> = self.slots.iter().map(change).collect();
        match whose {
            Whose::Baseline => {}
            Whose::Lever(lever, setting) => {
                let Some(record) = bound.pack().lever.get(lever) else {
                    return;
                };
                for (k, (slot, change)) in self.slots.iter().zip(&changes).enumerate() {
                    let Some(known) = self.changes.get_mut(lever * changes.len() + k) else {
                        continue;
                    };
                    match change {
                        None => *known = f64::NAN,
                        Some(change) if change * slot.sign > *known * slot.sign => {
                            *known = *change;
                            if let Some(corner) = self.corners.get_mut(k) {
                                corner.insert(record.id.clone(), setting);
                            }
                        }
                        Some(_) => {}
                    }
                }
            }
            Whose::All(slots) => {
                for k in slots {
                    if let (Some(to), Some(Some(change))) =
                        (self.together.get_mut(k), changes.get(k))
                    {
                        *to = *change;
                    }
                }
            }
        }
    }

    /// One scenario for all slots whose levers have the same better ends.
    fn begin_together(&mut self) {
        let mut all: Vec<(Vec<usize>, Scenario)> = Vec::new();
        for (k, corner) in self.corners.iter().enumerate() {
            if self.slots.get(k).is_none_or(|slot| slot.key.is_none()) {
                continue;
            }
            match all
                .iter_mut()
                .find(|(_, scenario)| scenario.levers == *corner)
            {
                Some((slots, _)) => slots.push(k),
                None => {
                    let mut scenario = self.world.clone();
                    scenario.levers = corner.clone();
                    all.push((vec![k], scenario));
                }
            }
        }
        let waiting = all.into_iter().map(|(slots, s)| (Whose::All(slots), s));
        self.waiting = waiting.collect();
    }

    fn effects(&self) -> Effects {
        let single = |values: &[f64]| values.iter().map(|value| *value as f32).collect();
        Effects {
            targets: self.targets.clone(),
            years: self.years.clone(),
            changes: single(&self.changes),
            together: single(&self.together),
        }
    }
}

/// The settings at the ends of a lever's safe range that are not its default.
fn ends(bound: &Bound, lever: &Lever) -> Vec<LeverSetting> {
    let Some(default) = bound.default_setting(&lever.id) else {
        return Vec::new();
    };
    let ends = [lever.safe.min, lever.safe.max].into_iter();
    let moved = ends.filter(|value| (value - default.value).abs() > 1e-6 * lever.step);
    moved
        .map(|value| LeverSetting { value, ..default })
        .collect()
}
