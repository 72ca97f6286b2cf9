//! Answers that need no search: the pace a target needs beside what was achieved, and what a later
//! target asks of an earlier year.

use super::scoreboard::measure;
use super::series::{self, PastPoint};
use super::solver::{target_label, wanted};
use crate::text::early as words;
use crate::text::sentence::Measure;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Centre;
use tidemark_pack::reading::Span;
use tidemark_pack::record::{ActualStatus, Comparator, Indicator, Reading, Target};

/// Years over which what was achieved is told.
const YEARS_BACK: i32 = 5;

/// Sentences on a target's pace; empty where it is not judged or nothing is left of it.
pub fn sentences(bound: &Bound, centre: &Centre, target: &Target) -> Vec<String> {
    let Some(indicator) = bound.indicator(&target.indicator) else {
        return Vec::new();
    };
    let is_told = bound.is_open(target) || !target.indicative.is_empty();
    if !is_told || target.at == Reading::Cagr {
        return Vec::new();
    }
    let measure = measure(target, indicator);
    let assessed = bound.assess_target(centre, target);
    let Some(progress) = assessed.progress else {
        return Vec::new();
    };
    let mut said = Vec::new();
    if let (Some(needed), Some(projected)) = (progress.needed_per_year, progress.projected_per_year)
    {
        said.push(words::needed(progress.year, target.to, needed, measure));
        let is_level = target.from == target.to;
        let achieved = is_level.then(|| achieved(bound, indicator)).flatten();
        if let Some((from, to, per_year)) = achieved {
            said.push(words::achieved(from, to, per_year, measure));
        }
        said.push(words::projected(projected, measure));
    }
    said.extend(back_casts(bound, centre, target, indicator, measure));
    said
}

/// Change a year between two published full-year figures on one base: first and last year.
fn achieved(bound: &Bound, indicator: &Indicator) -> Option<(i32, i32, f64)> {
    let past = series::past(bound, indicator);
    let is_outcome = |p: &&PastPoint<'_>| {
        let plan = matches!(p.actual.status, ActualStatus::Plan | ActualStatus::Estimate);
        p.period.is_full_year() && !plan
    };
    let outcomes: Vec<&PastPoint<'_>> = past.iter().filter(is_outcome).collect();
    let last = outcomes.last()?;
    let first = outcomes.iter().find(|p| {
        p.actual.vintage == last.actual.vintage && p.period.year >= last.period.year - YEARS_BACK
    })?;
    let years = last.period.year - first.period.year;
    (years > 0).then(|| {
        let change = last.point.1 - first.point.1;
        (
            first.period.year,
            last.period.year,
            change / f64::from(years),
        )
    })
}

/// What each later target of the same figure asks of this one's year, on an even way from the last
/// published figure.
fn back_casts(
    bound: &Bound,
    centre: &Centre,
    target: &Target,
    indicator: &Indicator,
    measure: Measure<'_>,
) -> Vec<String> {
    if target.from != target.to {
        return Vec::new();
    }
    let first_year = bound.pack().meta.reading_years.first().copied();
    let all = bound.pack().target.iter();
    let same = all.filter(|later| {
        let is_level = later.from == later.to && later.at == target.at;
        later.indicator == target.indicator && is_level && later.comparator != Comparator::About
    });
    let same: Vec<&Target> = same.collect();
    // A target's own year where it is the later one, else that of a later target.
    let later = same.iter().copied();
    let later = later.filter(|later| later.to > target.to || later.id == target.id);
    let said = later.filter_map(|later| {
        let year = if later.id == target.id {
            first_year.filter(|year| *year < later.to)?
        } else {
            target.to
        };
        let progress = bound.assess_target(centre, later).progress?;
        let left = later.to - progress.year;
        let gone = year - progress.year;
        if gone <= 0 || left <= 0 {
            return None;
        }
        let way = progress.needed - progress.last;
        let asked = progress.last + way * f64::from(gone) / f64::from(left);
        let has = bound.value(centre, &indicator.id, target.at, Span::year(year))?;
        let goal = format!(
            "{} {}",
            target_label(later, indicator),
            wanted(later, measure)
        );
        let has = measure.telling(Some(has), asked);
        let own = same.iter().find(|own| own.to == year);
        let own = own.map(|own| wanted(own, measure));
        let asked = measure.value(Some(asked));
        Some(words::back_cast(
            &goal,
            year,
            (&asked, own.as_deref()),
            &has,
        ))
    });
    said.collect()
}
