//! A target's diamond in words: which lever follows it, where that stands, what it cannot do.

use super::levers::{warning, zone};
use super::rows::ZoneKind;
use super::scoreboard::measure;
use super::solver::target_label;
use super::why::exact;
use crate::state::AppState;
use crate::text::diamond as words;
use crate::text::number;
use crate::text::sentence::Measure;
use tidemark_chart::figure::{Axis, Point};
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Indicator, Lever, Target};

/// What one lever alone does to a target's figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The lever, by position in the pack.
    pub lever: usize,
    /// Change from the baseline with the lever at the end of its safe range that lies further from
    /// its default, in the target's unit.
    pub change: f64,
}

/// Where a lever must stand for the line to pass through a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Followed {
    /// The value, in the target's unit.
    pub wanted: f64,
    /// The lever, by position in the pack.
    pub lever: usize,
    /// Its shown value: where it was where it cannot bring the figure there.
    pub value: f64,
    /// The setting that comes nearest, and the figure there.
    pub end: (f64, f64),
    /// The figure with the lever at its lowest and at its highest.
    pub ends: [f64; 2],
    /// The same as `end` within the lever's safe range.
    pub safe: (f64, f64),
    /// Whether the lever cannot bring the figure there.
    pub is_beyond: bool,
    /// Of the state with the lever there.
    pub generation: u64,
}

/// A diamond on a chart that may be taken up.
#[derive(Debug, Clone, PartialEq)]
pub struct DiamondMark {
    /// The target, by position in the pack.
    pub target: usize,
    /// Its id.
    pub id: String,
    /// Its place on the chart.
    pub at: Point,
    /// What it is for, in words.
    pub name: String,
    /// How far a key moves it.
    pub step: f64,
    /// The smallest difference shown.
    pub smallest: f64,
}

/// A diamond that was taken up.
#[derive(Debug, Clone, PartialEq)]
pub struct DiamondView {
    /// The target, by position in the pack.
    pub target: usize,
    /// Where it is held.
    pub held: Option<f64>,
    /// The same in words, else the target's value.
    pub value: String,
    /// The value last wanted, for an input box.
    pub number: String,
    /// Unit of the value.
    pub unit: String,
    /// The lever that follows.
    pub follower: Option<usize>,
    /// Levers that may follow, with what each does; the one with the most effect first.
    pub choices: Vec<(usize, String)>,
    /// What came of it, or what to do.
    pub said: Vec<String>,
    /// What must not be overlooked.
    pub warning: String,
    /// Settings of a lever that cannot bring the figure there, to be taken all the same: value and words.
    pub keep: Vec<(f64, String)>,
}

/// The diamond of a target in force.
pub(super) fn mark(
    (target, record): (usize, &Target),
    indicator: &Indicator,
    at: Point,
    axis: &Axis,
) -> DiamondMark {
    let measure = measure(record, indicator);
    let smallest = 1.0 / libm::pow(10.0, measure.decimals as f64);
    // About a hundredth of the axis: a power of ten.
    let hundredth = libm::log10((axis.to - axis.from) / 100.0);
    let value = measure.value(Some(record.value));
    DiamondMark {
        target,
        id: record.id.clone(),
        at,
        name: words::name(&target_label(record, indicator), &value),
        step: libm::pow(10.0, libm::floor(hundredth)).max(smallest),
        smallest,
    }
}

/// The diamond that a state has taken up; `None` where it has not.
pub fn view(
    bound: &Bound,
    state: &AppState,
    effects: &[Effect],
    (followed, figure): (Option<&Followed>, Option<f64>),
) -> Option<DiamondView> {
    let diamond = state.diamond?;
    let target = bound.pack().target.get(diamond.target)?;
    let indicator = bound.indicator(&target.indicator)?;
    let held = state.drag.as_ref().and_then(|drag| drag.diamond);
    let measure = measure(target, indicator);
    let label = target_label(target, indicator);
    let lever = |k: usize| bound.pack().lever.get(k);
    let mut said = Vec::new();
    let mut warned = String::new();
    let mut keep = Vec::new();
    // Of the scenario at hand only: anything moved since makes it untrue.
    let followed = followed.filter(|found| found.generation == state.generation);
    match (diamond.follower.and_then(lever), followed) {
        (None, _) => said.push(words::NO_FOLLOWER.to_owned()),
        (Some(lever), Some(followed)) => {
            let about = About {
                lever,
                label: &label,
                measure,
            };
            said.push(about.said(followed, figure));
            warned = about.warning(followed);
            if held.is_none() {
                keep = about.keep(followed);
                let value = measure.value(Some(target.value));
                said.push(words::let_go(&value, followed.is_beyond));
            }
        }
        (Some(lever), None) => said.push(words::hint(&lever.label.zh, &label)),
    }
    let last = followed.map_or(target.value, |found| found.wanted);
    let wanted = held.unwrap_or(last);
    // What would read as nothing is none.
    let least = 0.5 / libm::pow(10.0, measure.decimals as f64 + 3.0);
    let telling = effects.iter().filter(|effect| effect.change.abs() >= least);
    let choices = telling.filter_map(|effect| {
        let change = exact(measure, effect.change);
        let label = words::choice(&lever(effect.lever)?.label.zh, &change);
        Some((effect.lever, label))
    });
    Some(DiamondView {
        target: diamond.target,
        held,
        value: measure.value(Some(held.unwrap_or(target.value))),
        number: number::plain(wanted, measure.decimals),
        unit: measure.unit.to_owned(),
        follower: diamond.follower,
        choices: choices.collect(),
        said,
        warning: warned,
        keep,
    })
}

/// A lever that follows a target's diamond.
struct About<'a> {
    lever: &'a Lever,
    label: &'a str,
    measure: Measure<'a>,
}

impl About<'_> {
    fn said(&self, followed: &Followed, figure: Option<f64>) -> String {
        let name = &self.lever.label.zh;
        let of_lever = self.of_lever();
        let at = |value| of_lever.value(Some(value));
        let (end, best) = followed.end;
        if followed.ends[0] == followed.ends[1] {
            words::flat(name, self.label)
        } else if followed.is_beyond {
            let wanted = self.measure.value(Some(followed.wanted));
            let best_text = self.measure.telling(Some(best), followed.wanted);
            words::beyond(name, &at(end), &best_text, &wanted, followed.wanted > best)
        } else {
            let figure = self.measure.telling(figure, followed.wanted);
            let (to, now) = (at(followed.value), at(self.lever.default));
            words::reached(name, &to, &now, self.label, &figure)
        }
    }

    /// Outside the range with evidence: what that is, and what is to be had inside it.
    fn warning(&self, followed: &Followed) -> String {
        if followed.is_beyond || zone(self.lever, followed.value) == ZoneKind::Safe {
            return String::new();
        }
        let outside = warning(self.lever, followed.value, self.of_lever());
        let (_, safe) = followed.safe;
        let figure = self.measure.telling(Some(safe), followed.wanted);
        words::outside(&outside, &figure, followed.wanted > safe)
    }

    /// What may be taken where the lever cannot bring the figure there: the end of its safe range, and its
    /// own end.
    fn keep(&self, followed: &Followed) -> Vec<(f64, String)> {
        if !followed.is_beyond || followed.ends[0] == followed.ends[1] {
            return Vec::new();
        }
        let mut ends = vec![(followed.safe, true)];
        if followed.end.0 != followed.safe.0 {
            ends.push((followed.end, false));
        }
        let words = ends.into_iter().map(|((value, figure), is_safe)| {
            let to = self.of_lever().value(Some(value));
            let figure = self.measure.telling(Some(figure), followed.wanted);
            (value, words::keep(&to, &figure, is_safe))
        });
        words.collect()
    }

    fn of_lever(&self) -> Measure<'_> {
        Measure {
            unit: &self.lever.unit,
            decimals: self.lever.decimals,
        }
    }
}
