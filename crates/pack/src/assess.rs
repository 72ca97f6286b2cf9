//! Judges targets: projected value, gap, share of the needed change, chance, status.
//!
//! Compares full values; rounding is the page's. Where the change is measured from is in
//! `progress`; rules are judged in `rules`.

mod monitored;
mod monitoring;
mod progress;
mod rules;

use crate::bind::Bound;
use crate::chance::Chance;
use crate::figures::{Figures, Key};
use crate::period::Period;
use crate::reading::Span;
use crate::record::{self, Comparator, ProbabilityRule, Reading, StatusRule, Target};

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
    /// 待核: no figure to start from, or one the pack calls unverified in the target's `pending`.
    Pending,
    /// 仅供参考: a path without tested predictive content, as the pack says in `indicative`.
    Indicative,
    /// 待公布: the target's year is over and its figure not published.
    Awaited,
    /// The target is "about" a value, or there is no value for its year.
    NotJudged,
    /// It is judged by its chance, and that is not known of this scenario.
    Unknown,
}

impl Status {
    /// All, in the order in which they are counted.
    pub const ALL: [Self; 8] = [
        Self::Reached,
        Self::AtRisk,
        Self::OutOfReach,
        Self::Pending,
        Self::Indicative,
        Self::Awaited,
        Self::NotJudged,
        Self::Unknown,
    ];

    /// Whether it is a verdict: 可达成, 有风险 or 难达成.
    pub fn is_verdict(self) -> bool {
        matches!(self, Self::Reached | Self::AtRisk | Self::OutOfReach)
    }
}

/// In which years a target is held, where a reader looks at a certain one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In its own, which is the year that is looked at.
    Own,
    /// A level or ratio, held against the year that is looked at instead of its own earlier one.
    Other,
    /// In its own, although another one is looked at: a sum, a growth over a span, a target already past
    /// or of a later year.
    Aside,
}

/// A target's reading in another year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearReading {
    /// Year.
    pub year: i32,
    /// Value in the target's unit; `None` where it is not covered.
    pub value: Option<f64>,
    /// What is missing to the target's value then; see [`Assessment::gap`].
    pub gap: Option<f64>,
}

/// A target judged; values in the indicator's unit, in % a year for a growth rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Target id.
    pub target: String,
    /// How it is held against the year that is looked at.
    pub held: Held,
    /// First and last year that are judged.
    pub span: Span,
    /// Value in those years.
    pub projected: Option<f64>,
    /// What is missing to the target: positive is short of it, 0 or less is met.
    pub gap: Option<f64>,
    /// The pack's reading years, in their order.
    pub readings: Vec<YearReading>,
    /// First year from the target's own on in which the value is met.
    pub met_in: Option<i32>,
    /// Latest full-year figure published, not later than the years judged.
    pub last: Option<LastActual>,
    /// Change needed and change projected.
    pub progress: Option<Progress>,
    /// Share of the needed change that is projected; `None` where the last value already met
    /// the target, or nothing can be measured.
    pub share: Option<Share>,
    /// Chance that it is met in those years; `None` where none is given or known.
    pub chance: Option<Chance>,
    /// The light.
    pub status: Status,
}

/// What the levers of a scenario cost in one year.
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

/// A target's chance in the years in which it is held; `None` where it is not known.
pub type ChanceOf<'a> = &'a dyn Fn(&Target) -> Option<Chance>;

impl Bound {
    /// Every target in its own year, in the pack's order, with no chance known.
    pub fn assess(&self, figures: &dyn Figures) -> Vec<Assessment> {
        let targets = self.pack().target.iter();
        targets
            .map(|target| self.assess_target(figures, target))
            .collect()
    }

    /// Every target, looked at in a year.
    pub fn assess_in(&self, figures: &dyn Figures, year: i32, chance: ChanceOf) -> Vec<Assessment> {
        let targets = self.pack().target.iter();
        targets
            .map(|target| self.assess_target_in(figures, target, year, chance(target)))
            .collect()
    }

    /// One target in its own year, with no chance known.
    pub fn assess_target(&self, figures: &dyn Figures, target: &Target) -> Assessment {
        self.assess_target_in(figures, target, target.to, None)
    }

    /// One target looked at in a year; `chance` is that it is met in the years in which it is held then,
    /// and counts only where the target is one that is given a chance.
    pub fn assess_target_in(
        &self,
        figures: &dyn Figures,
        target: &Target,
        year: i32,
        chance: Option<Chance>,
    ) -> Assessment {
        let (held, span) = self.held(target, year);
        let read = |span| self.value(figures, &target.indicator, target.at, span);
        let projected = read(span);
        let last = progress::last_actual(self, target, span.to);
        let about = progress::About {
            bound: self,
            figures,
            target,
            span,
        };
        let progress = projected.and_then(|p| progress::measure(about, last, p));
        let share = progress.and_then(|p| p.share(target.comparator));
        let chance = chance.filter(|_| self.is_open(target));
        let judged = Judged {
            target,
            is_past: self.is_past(target),
            is_own: held != Held::Other,
            has_start: last.is_some(),
            projected,
            progress,
            chance,
        };
        Assessment {
            target: target.id.clone(),
            held,
            span,
            projected,
            gap: projected.map(|p| shortfall(target.comparator, p, target.value)),
            readings: self.other_years(target, read),
            met_in: met_in(self, target, read),
            last,
            progress,
            share,
            chance,
            status: judged.status(&self.pack().status_rule),
        }
    }

    /// The years in which a target is held where a reader looks at a year.
    ///
    /// Levels and ratios of one year (`end`, `mean`) that are still to come are held against a later year
    /// than their own; sums, growth over a span and what is past keep their own.
    pub fn held(&self, target: &Target, year: i32) -> (Held, Span) {
        let own = Span {
            from: target.from,
            to: target.to,
        };
        let is_level =
            target.from == target.to && matches!(target.at, Reading::End | Reading::Mean);
        if target.to == year {
            (Held::Own, own)
        } else if is_level && target.to < year && !self.is_past(target) {
            (Held::Other, Span::year(year))
        } else {
            (Held::Aside, own)
        }
    }

    /// The key of a target's figure in the years in which it is held.
    pub fn target_key(&self, target: &Target, year: i32) -> Option<Key> {
        self.key(&target.indicator, target.at, self.held(target, year).1)
    }

    /// Whether a target's last year was over at the data cut-off.
    pub fn is_past(&self, target: &Target) -> bool {
        f64::from(target.to) + 1.0 <= self.pack().meta.data_cutoff
    }

    /// Whether a target's outcome is still open and can be given a chance: its start is published, its
    /// year is still to come, its path has been tested, and it is judged at all.
    pub fn is_open(&self, target: &Target) -> bool {
        target.pending.is_empty()
            && target.indicative.is_empty()
            && target.comparator != Comparator::About
            && !self.is_past(target)
            && progress::last_actual(self, target, target.to)
                .is_some_and(|last| last.year < target.to)
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

    /// Keys that [`Bound::assess_target_in`] reads of a target, whatever the year that is looked at.
    pub fn assessed_keys(&self, target: &Target) -> Vec<Key> {
        let year = Span::year;
        let cutoff = progress::cutoff_year(self);
        let own = Span {
            from: target.from,
            to: target.to,
        };
        let reading_years = self.pack().meta.reading_years.iter().copied();
        let spans = reading_years.chain(self.later_years(target));
        let mut asked: Vec<(Reading, Span)> = spans
            .filter_map(|year| Some((target.at, shifted(target, year)?)))
            .collect();
        asked.push((target.at, own));
        match target.at {
            Reading::Cagr => {
                asked.extend([target.from, target.to, cutoff].map(|y| (Reading::Mean, year(y))));
            }
            Reading::Sum if target.from < target.to => {
                let to = cutoff.min(target.to);
                let from = target.from;
                asked.extend((from <= to).then_some((Reading::Sum, Span { from, to })));
            }
            at => asked.push((at, year(cutoff.min(target.to)))),
        }
        let keys = asked.into_iter();
        keys.filter_map(|(at, span)| self.key(&target.indicator, at, span))
            .collect()
    }

    /// Years in which a target may be met that are read.
    fn later_years(&self, target: &Target) -> std::ops::Range<i32> {
        target.to..libm::ceil(self.horizon().stop) as i32
    }

    /// What the levers cost in a year, and whether there is money for it.
    pub fn lever_costs(&self, figures: &dyn Figures, year: i32) -> LeverCosts {
        let by_lever: Vec<(String, f64)> = self
            .cost_means(figures, year)
            .map(|(lever, cost)| (lever.id.clone(), cost))
            .collect();
        let money = self.pack().money.as_ref();
        let read = |indicator: &String| self.yearly_value(figures, indicator, year);
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
    bound.later_years(target).find(|&year| {
        shifted(target, year)
            .and_then(&read)
            .is_some_and(|v| shortfall(target.comparator, v, target.value) <= 0.0)
    })
}

/// What a light is made of.
struct Judged<'a> {
    target: &'a Target,
    is_past: bool,
    is_own: bool,
    has_start: bool,
    projected: Option<f64>,
    progress: Option<Progress>,
    chance: Option<Chance>,
}

impl Judged<'_> {
    /// The light, by the rule of the pack: the one place where a verdict is made.
    ///
    /// * A year whose figure is published is judged by that figure.
    /// * Else by the chance, where the pack has a rule for it; a chance that is not known leaves the
    ///   light open.
    /// * Else by the share of the needed change.
    fn status(&self, rule: &StatusRule) -> Status {
        let target = self.target;
        if target.comparator == Comparator::About {
            return Status::NotJudged;
        }
        if !target.pending.is_empty() {
            return Status::Pending;
        }
        if !target.indicative.is_empty() {
            return Status::Indicative;
        }
        let published = self.progress.filter(|p| p.settled && self.is_own);
        if let Some(published) = published {
            return match self.meets(published.last, published.needed) {
                true => Status::Reached,
                false => Status::OutOfReach,
            };
        }
        match &rule.probability {
            Some(_) if self.is_past => Status::Awaited,
            Some(_) if !self.has_start => Status::Pending,
            Some(rule) => self.chance.map_or(Status::Unknown, |c| rule.status(c)),
            None => self.by_share(rule),
        }
    }

    /// A target that the last value already met stays 可达成 while it is projected to be met; one that
    /// is projected to be lost again is judged by how much of its level is kept.
    fn by_share(&self, rule: &StatusRule) -> Status {
        let target = self.target;
        let Some(projected) = self.projected else {
            return Status::NotJudged;
        };
        let Some(progress) = self.progress else {
            return match self.meets(projected, target.value) {
                true => Status::Reached,
                false => Status::NotJudged,
            };
        };
        let share = match progress.share(target.comparator) {
            Some(Share(share)) => share,
            None if self.meets(progress.projected, progress.needed) => return Status::Reached,
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

    fn meets(&self, value: f64, wanted: f64) -> bool {
        shortfall(self.target.comparator, value, wanted) <= 0.0
    }
}

impl ProbabilityRule {
    /// The light of a chance, by its exact share.
    pub fn status(&self, chance: Chance) -> Status {
        // Whole percents, so that 80 % is 0.8 however that is written.
        let reaches = |fraction: f64| chance.reaches(libm::round(fraction * 100.0) as u8);
        if reaches(self.reached_from) {
            Status::Reached
        } else if reaches(self.risk_from) {
            Status::AtRisk
        } else {
            Status::OutOfReach
        }
    }
}

/// The period of an actual; `None` for a text that names none (refused when the pack is read).
pub fn period(actual: &record::Actual) -> Option<Period> {
    Period::parse(&actual.period)
}
