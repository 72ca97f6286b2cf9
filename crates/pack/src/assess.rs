//! Judges targets on a run: projected value, gap, share of the needed change, status.
//!
//! Compares full values; rounding is the page's. Where the change is measured from is in
//! `progress`; rules are judged in `rules`.

mod monitored;
mod monitoring;
mod progress;
mod rules;

use tidemark_engine::exec::Run;

use crate::bind::Bound;
use crate::period::Period;
use crate::reading::Span;
use crate::record::{self, Comparator, ProbabilityRule, StatusRule, Target};

pub use monitored::{Monitoring, Standing};
pub use monitoring::{Cell, RowCells};
pub use progress::{LastActual, Origin, Progress};
pub use rules::{RuleReading, RuleReport, RuleYear, Verdict};

/// A part of a whole: 1.0 is all of it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(pub f64);

/// The light of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 可达成
    Reached,
    /// 有风险
    AtRisk,
    /// 难达成
    OutOfReach,
    /// 待核: the pack says why in the target's `pending`.
    Pending,
    /// The target is "about" a value, or the run gives no value for its year.
    NotJudged,
}

/// A target's reading in another year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearReading {
    /// Year.
    pub year: i32,
    /// Value in the target's unit; `None` where the run does not cover it.
    pub value: Option<f64>,
    /// What is missing to the target's value then; see [`Assessment::gap`].
    pub gap: Option<f64>,
}

/// A target judged on a run; values in the indicator's unit, in % a year for a growth rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Target id.
    pub target: String,
    /// Value at the target's own reading.
    pub projected: Option<f64>,
    /// What is missing to the target: positive is short of it, 0 or less is met.
    pub gap: Option<f64>,
    /// The pack's reading years, in their order.
    pub readings: Vec<YearReading>,
    /// First year from the target's own on in which the run meets the value.
    pub met_in: Option<i32>,
    /// Latest full-year figure published, not later than the target's year.
    pub last: Option<LastActual>,
    /// Change needed and change projected.
    pub progress: Option<Progress>,
    /// Share of the needed change that is projected; `None` where the last value already met
    /// the target, or nothing can be measured.
    pub share: Option<Share>,
    /// The light.
    pub status: Status,
}

/// What the levers of a run cost in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct LeverCosts {
    /// Lever id and yearly cost in the model's money, in the pack's order; levers without a
    /// cost variable are absent.
    pub by_lever: Vec<(String, f64)>,
    /// Their sum.
    pub total: f64,
    /// What of it is charged to the money at hand, in its indicator's unit; `None` where the pack
    /// names none.
    pub charged: Option<f64>,
    /// Money not yet bound, in its indicator's unit; `None` where the pack names none.
    pub available: Option<f64>,
    /// 资金缺口 of the year: what is charged beyond the money at hand, 0 where it suffices.
    pub gap: Option<f64>,
}

impl Bound {
    /// Every target on a run, in the pack's order.
    pub fn assess(&self, run: &Run) -> Vec<Assessment> {
        let targets = self.pack().target.iter();
        targets
            .map(|target| self.assess_target(run, target))
            .collect()
    }

    /// One target on a run.
    pub fn assess_target(&self, run: &Run, target: &Target) -> Assessment {
        let own = Span {
            from: target.from,
            to: target.to,
        };
        let read = |span| self.value(run, &target.indicator, target.at, span);
        let projected = read(own);
        let last = progress::last_actual(self, target);
        let progress = projected.and_then(|p| progress::measure(self, run, target, last, p));
        let share = progress.and_then(|p| p.share(target.comparator));
        Assessment {
            target: target.id.clone(),
            projected,
            gap: projected.map(|p| shortfall(target.comparator, p, target.value)),
            readings: self.other_years(target, read),
            met_in: met_in(self, target, read),
            last,
            progress,
            share,
            status: status(&self.pack().status_rule, target, projected, progress),
        }
    }

    /// Whether a target's outcome is still open and can be given a chance: its start is published, its
    /// year is not, and it is judged at all.
    pub fn is_open(&self, target: &Target) -> bool {
        let last = progress::last_actual(self, target);
        target.pending.is_empty()
            && target.comparator != Comparator::About
            && last.is_some_and(|last| last.year < target.to)
    }

    fn other_years(&self, target: &Target, read: impl Fn(Span) -> Option<f64>) -> Vec<YearReading> {
        let years = self.pack().meta.reading_years.iter();
        years
            .map(|&year| {
                let value = shifted(target, year).and_then(&read);
                YearReading {
                    year,
                    value,
                    gap: value.map(|v| shortfall(target.comparator, v, target.value)),
                }
            })
            .collect()
    }

    /// What the levers cost in a year, and whether there is money for it.
    pub fn lever_costs(&self, run: &Run, year: i32) -> LeverCosts {
        let by_lever: Vec<(String, f64)> = self
            .cost_means(run, year)
            .map(|(lever, cost)| (lever.id.clone(), cost))
            .collect();
        let money = self.pack().money.as_ref();
        let read = |indicator: &String| self.yearly_value(run, indicator, year);
        let charged = money.and_then(|m| read(&m.cost));
        let available = money.and_then(|m| read(&m.available));
        LeverCosts {
            total: by_lever.iter().map(|(_, cost)| cost).sum(),
            charged,
            available,
            gap: charged
                .zip(available)
                .map(|(cost, at_hand)| (cost - at_hand).max(0.0)),
            by_lever,
        }
    }
}

/// What is missing to `wanted`: positive is short of it.
fn shortfall(comparator: Comparator, value: f64, wanted: f64) -> f64 {
    match comparator {
        Comparator::AtLeast | Comparator::About => wanted - value,
        Comparator::AtMost => value - wanted,
    }
}

/// The target's reading moved to another last year: a single year moves, a span keeps its first.
fn shifted(target: &Target, year: i32) -> Option<Span> {
    if target.from == target.to {
        return Some(Span::year(year));
    }
    let span = Span {
        from: target.from,
        to: year,
    };
    (span.from < span.to).then_some(span)
}

/// The first year from the target's own on whose reading meets the value.
fn met_in(bound: &Bound, target: &Target, read: impl Fn(Span) -> Option<f64>) -> Option<i32> {
    let last = bound.horizon().stop.ceil() as i32;
    (target.to..last).find(|&year| {
        shifted(target, year)
            .and_then(&read)
            .is_some_and(|v| shortfall(target.comparator, v, target.value) <= 0.0)
    })
}

/// The light, by the rule of the pack.
///
/// * A target the last value already met stays 可达成 while it is projected to be met; one that
///   is projected to be lost again is judged by how much of its level is kept.
/// * A year whose figure is published is judged by that figure.
fn status(
    rule: &StatusRule,
    target: &Target,
    projected: Option<f64>,
    progress: Option<Progress>,
) -> Status {
    if target.comparator == Comparator::About {
        return Status::NotJudged;
    }
    if !target.pending.is_empty() {
        return Status::Pending;
    }
    let Some(projected) = projected else {
        return Status::NotJudged;
    };
    let meets = |value, wanted| shortfall(target.comparator, value, wanted) <= 0.0;
    let Some(progress) = progress else {
        return if meets(projected, target.value) {
            Status::Reached
        } else {
            Status::NotJudged
        };
    };
    if progress.settled {
        return if meets(progress.last, progress.needed) {
            Status::Reached
        } else {
            Status::OutOfReach
        };
    }
    let share = match progress.share(target.comparator) {
        Some(Share(share)) => share,
        None if meets(progress.projected, progress.needed) => return Status::Reached,
        None => progress
            .level_kept(target.comparator)
            .0
            .min(1.0 - f64::EPSILON),
    };
    if share >= rule.reached_from {
        Status::Reached
    } else if share >= rule.risk_from {
        Status::AtRisk
    } else {
        Status::OutOfReach
    }
}

impl ProbabilityRule {
    /// The light of a probability in whole percent.
    pub fn status(&self, percent: u8) -> Status {
        // Whole numbers, so that 80 % is 0.8 however that is written.
        let from = |fraction: f64| libm::round(fraction * 100.0);
        match f64::from(percent) {
            share if share >= from(self.reached_from) => Status::Reached,
            share if share >= from(self.risk_from) => Status::AtRisk,
            _ => Status::OutOfReach,
        }
    }
}

/// The period of an actual; `None` for a text that names none (refused when the pack is read).
pub fn period(actual: &record::Actual) -> Option<Period> {
    Period::parse(&actual.period)
}
