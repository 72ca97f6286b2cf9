//! What a link writes, brought to the pack at hand: known ids are kept, everything else is listed.

use super::written::{LeverPart, Written};
use super::{Difference, Named, Opened};
use crate::state::action::{Knob, View};
use crate::state::catalogue::{Catalogue, KnobSpec};
use crate::state::reducer::{clean_name, clean_reason};
use crate::state::scenario::{Scenario, Setting, Timing};
use std::collections::BTreeSet;

/// Differences between two values below this part of a step are rounding.
const SAME: f64 = 1e-6;

/// The scenario and view of what is written, and where the pack differs from it.
pub(super) fn fit(catalogue: &Catalogue, written: &Written) -> Opened {
    let mut fitting = Fitting {
        catalogue,
        differences: Vec::new(),
    };
    let unread = written.unread.iter().cloned();
    let unread = unread.map(|text| Difference::Part { text });
    fitting.differences.extend(unread);
    let scenario = fitting.scenario(written);
    let view = fitting.view(written);
    Opened {
        scenario,
        view,
        differences: fitting.differences,
        origin: None,
    }
}

struct Fitting<'a> {
    catalogue: &'a Catalogue,
    differences: Vec<Difference>,
}

impl Fitting<'_> {
    fn scenario(&mut self, written: &Written) -> Scenario {
        let mut scenario = Scenario {
            name: clean_name(&written.name),
            ..Scenario::default()
        };
        let (levers, assumptions) = (&self.catalogue.levers, &self.catalogue.assumptions);
        for part in &written.levers {
            match position(levers, &part.id) {
                Some(k) => scenario.set_lever(k, self.setting(k, part)),
                None => self.lost(Named::Lever, &part.id, part.value),
            }
        }
        for (id, value) in &written.assumptions {
            match position(assumptions, id) {
                Some(k) => {
                    let steps = self.steps(Knob::Assumption(k), *value);
                    scenario.set_assumption(k, steps);
                }
                None => self.lost(Named::Assumption, id, Some(*value)),
            }
        }
        for id in &written.locked {
            match position(levers, id) {
                Some(k) => {
                    scenario.locked.insert(k);
                }
                None => self.lost(Named::Lock, id, None),
            }
        }
        for (id, text) in &written.reasons {
            match position(levers, id) {
                Some(k) => {
                    scenario.set_reason(k, clean_reason(text));
                }
                None => self.lost(Named::Reason, id, None),
            }
        }
        scenario
    }

    fn lost(&mut self, what: Named, id: &str, value: Option<f64>) {
        self.differences.push(Difference::Unknown {
            what,
            id: id.to_owned(),
            value,
        });
    }

    fn setting(&mut self, lever: usize, part: &LeverPart) -> Setting {
        let value = part.value;
        Setting {
            steps: value.map_or(0, |value| self.steps(Knob::Lever(lever), value)),
            timing: Timing {
                start_quarters: part.start.map_or(0, |start| self.quarters(lever, start)),
                ramp: part.ramp,
            },
        }
    }

    /// Steps to a value, brought to the range and the grid.
    fn steps(&mut self, knob: Knob, asked: f64) -> i32 {
        let Some(spec) = self.catalogue.knob(knob) else {
            return 0;
        };
        let steps = spec.steps(asked);
        let given = spec.value(steps);
        let room = spec.step * SAME;
        if !(spec.min - room..=spec.max + room).contains(&asked) {
            self.differences
                .push(Difference::OutOfRange { knob, asked, given });
        } else if (given - asked).abs() > room {
            self.differences
                .push(Difference::OffGrid { knob, asked, given });
        }
        steps
    }

    fn quarters(&mut self, lever: usize, asked: f64) -> i16 {
        let (quarters, is_inside) = self.catalogue.start_quarters(asked);
        let given = self.catalogue.policy_start + f64::from(quarters) / 4.0;
        if !is_inside || (given - asked).abs() > SAME {
            self.differences.push(Difference::Start {
                lever,
                asked,
                given,
            });
        }
        quarters
    }

    fn view(&mut self, written: &Written) -> View {
        let catalogue = self.catalogue;
        let first = View::of(catalogue);
        let group = written.group.as_ref();
        let group = group.and_then(|id| self.place(&catalogue.groups, "g", id));
        let target = written.target.as_ref();
        View {
            group: group.unwrap_or(first.group),
            figures: match &written.figures {
                Some(ids) => self.figures(ids),
                None => first.figures.clone(),
            },
            compare_baseline: !written.is_alone,
            large_text: written.is_large,
            spread: written.spread,
            target: target.and_then(|id| self.place(&catalogue.targets, "t", id)),
            joint: written.joint.as_ref().map(|ids| self.joint(ids)),
            ..first
        }
    }

    /// The charts that are known, and where one is not, another in its place.
    fn figures(&mut self, ids: &[String]) -> Vec<usize> {
        let catalogue = self.catalogue;
        let n = ids.len().min(catalogue.figures.len());
        let known = ids.iter();
        let known = known.filter_map(|id| self.place(&catalogue.figures, "f", id));
        let mut figures: Vec<usize> = Vec::with_capacity(n);
        for k in known.chain(0..catalogue.figures.len()) {
            if figures.len() < n && !figures.contains(&k) {
                figures.push(k);
            }
        }
        figures
    }

    fn joint(&mut self, ids: &[String]) -> BTreeSet<usize> {
        let catalogue = self.catalogue;
        let mut joint = BTreeSet::new();
        for id in ids {
            let Some(k) = self.place(&catalogue.targets, "j", id) else {
                continue;
            };
            match catalogue.open_targets.contains(&k) {
                true => {
                    joint.insert(k);
                }
                false => self.part("j", id),
            }
        }
        joint
    }

    /// Position of an id; told where there is none.
    fn place(&mut self, ids: &[String], key: &str, id: &str) -> Option<usize> {
        let place = ids.iter().position(|own| own == id);
        if place.is_none() {
            self.part(key, id);
        }
        place
    }

    fn part(&mut self, key: &str, id: &str) {
        let text = format!("{key}={id}");
        self.differences.push(Difference::Part { text });
    }
}

fn position(specs: &[KnobSpec], id: &str) -> Option<usize> {
    specs.iter().position(|spec| spec.id == id)
}
