//! What is said of a target: its name, the years in which it is judged, its light, why it has no chance.
//!
//! In one place, so that all commands use one word for one thing.

use tidemark_pack::assess::Status;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Figures, Key};
use tidemark_pack::reading::Span;
use tidemark_pack::record::{Comparator, Reading, Target};

use crate::failure::Failure;

/// The year that targets are looked at in: the pack's first reading year where none is asked for.
pub(crate) fn looked_at(bound: &Bound, asked: Option<i32>) -> Result<i32, Failure> {
    let years = &bound.pack().meta.reading_years;
    let year = asked.or(years.first().copied()).unwrap_or(0);
    if years.contains(&year) {
        return Ok(year);
    }
    Err(Failure::NoReadingYear {
        asked: year,
        years: years.clone(),
    })
}

/// "研发强度 2027", the target's own name where it has one.
pub(crate) fn name(bound: &Bound, target: &Target) -> String {
    let label = bound.indicator(&target.indicator);
    let label = label.map_or(&target.indicator, |i| &i.label.zh);
    format!("{} {}", own_or(&target.label, label), target.to)
}

pub(crate) fn own_or<'a>(own: &'a str, label: &'a str) -> &'a str {
    if own.is_empty() { label } else { own }
}

/// Unit that the target and its figures are in.
pub(crate) fn unit<'a>(bound: &'a Bound, target: &Target) -> &'a str {
    match target.at {
        Reading::Cagr => "%/年",
        Reading::End | Reading::Mean | Reading::Sum | Reading::Max => {
            bound.indicator(&target.indicator).map_or("", |i| &i.unit)
        }
    }
}

pub(crate) fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::About => "≈",
    }
}

/// "2027", "2023–2027".
pub(crate) fn years(span: Span) -> String {
    match span.from == span.to {
        true => span.to.to_string(),
        false => format!("{}–{}", span.from, span.to),
    }
}

/// The light in a word, stable: JSON and table have the same.
pub(crate) fn verdict(status: Status) -> &'static str {
    match status {
        Status::Reached => "reached",
        Status::AtRisk => "at_risk",
        Status::OutOfReach => "out_of_reach",
        Status::Pending => "pending",
        Status::Indicative => "indicative",
        Status::Awaited => "awaited",
        Status::NotJudged => "not_judged",
        Status::Unknown => "unknown",
    }
}

/// Why a target is given no chance; `None` where it is open.
pub(crate) fn why_closed(bound: &Bound, target: &Target) -> Option<String> {
    if bound.is_open(target) {
        return None;
    }
    let last = bound.assess_target(&Nothing, target).last;
    Some(match last {
        _ if target.comparator == Comparator::About => "it is about a value: not judged".to_owned(),
        _ if !target.pending.is_empty() => format!("待核: {}", target.pending),
        _ if !target.indicative.is_empty() => format!("仅供参考: {}", target.indicative),
        Some(last) if last.year >= target.to => {
            format!("the figure of {} is published: judged by it", last.year)
        }
        _ if bound.is_past(target) => {
            format!("{} is over and its figure not published", target.to)
        }
        _ => "no figure is published to start from".to_owned(),
    })
}

/// Of no scenario: what is asked of a target then is its published figures.
struct Nothing;

impl Figures for Nothing {
    fn figure(&self, _: &Bound, _: Key) -> Option<f64> {
        None
    }

    fn furthest(&self, _: &Bound, _: usize, _: f64, _: i32) -> Option<f64> {
        None
    }
}
