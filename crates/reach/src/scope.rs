//! What is wanted of a scenario → the figures that are read off every member.
//!
//! One list for page, command and the pack's own record of its baseline, so that what one of them shows
//! the others can show too.

use serde::{Deserialize, Serialize};
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Key;
use tidemark_pack::reading::Span;
use tidemark_pack::record::{Comparator, Indicator, Reading, Target};

/// What a study is to tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Targets by id.
    pub targets: Vec<String>,
    /// Year that targets are looked at in; none for each one's own.
    pub year: Option<i32>,
    /// Further years that those targets are looked at in which are held against them.
    pub also: Vec<i32>,
    /// Indicators whose yearly readings are wanted.
    pub lines: Vec<String>,
    /// Years of those readings, first and last.
    pub years: Option<(i32, i32)>,
    /// Further figures.
    pub keys: Vec<Key>,
}

/// What a page wants to know of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Year that is looked at.
    pub year: i32,
    /// Indicators of the charts that are shown.
    pub lines: Vec<String>,
    /// Whether all that is shown of a scenario is wanted, to the end of the run; without it only chances,
    /// and bands up to the charts' last year, which take half the time.
    pub is_whole: bool,
    /// Whether the figures of the monitoring table are wanted too.
    pub tables: bool,
}

impl Wish {
    /// All that a page opens with: the pack's first reading year, its first four charts.
    pub fn opening(bound: &Bound) -> Self {
        let pack = bound.pack();
        let figures = pack.figure.iter().take(4);
        Self {
            year: pack.meta.reading_years.first().copied().unwrap_or(0),
            lines: figures.map(|figure| figure.indicator.clone()).collect(),
            is_whole: true,
            tables: false,
        }
    }
}

impl Scope {
    /// Every target, the charts from the last actual on, and where all is wanted whatever else is shown.
    pub fn of(bound: &Bound, wish: &Wish) -> Self {
        let pack = bound.pack();
        let first = libm::floor(pack.meta.data_cutoff) as i32;
        let shown = pack
            .figure
            .iter()
            .filter(|f| wish.lines.contains(&f.indicator));
        let last = shown.map(|figure| figure.to).max();
        Self {
            targets: pack.target.iter().map(|t| t.id.clone()).collect(),
            year: Some(wish.year),
            also: match wish.is_whole {
                true => pack.meta.reading_years.clone(),
                false => Vec::new(),
            },
            lines: wish.lines.clone(),
            years: last.map(|last| (first.min(last), last)),
            keys: match wish.is_whole {
                true => further(bound, wish, first),
                false => Vec::new(),
            },
        }
    }
}

/// Everything that is shown beside chances and bands; ascending, each key once.
fn further(bound: &Bound, wish: &Wish, first: i32) -> Vec<Key> {
    let pack = bound.pack();
    let years = &pack.meta.reading_years;
    let mut keys = Vec::new();
    for figure in &pack.figure {
        if wish.lines.contains(&figure.indicator) {
            let past = figure.from..=first.min(figure.to);
            keys.extend(past.filter_map(|year| bound.yearly_key(&figure.indicator, year)));
        }
    }
    for target in &pack.target {
        keys.extend(bound.assessed_keys(target));
        keys.extend(of_target(bound, target, wish.year));
    }
    if let Some(money) = &pack.money {
        for id in [&money.cost, &money.available] {
            keys.extend(years.iter().filter_map(|&year| bound.yearly_key(id, year)));
        }
    }
    for lever in 0..pack.lever.len() {
        keys.extend(years.iter().filter_map(|&year| bound.cost_key(lever, year)));
    }
    for (rule, record) in pack.rule.iter().enumerate() {
        let years = record.check.iter().flat_map(|check| &check.years);
        keys.extend(years.filter_map(|&year| bound.rule_key(rule, year)));
    }
    if let Some(table) = pack.monitoring.as_ref().filter(|_| wish.tables) {
        for row in table.row.iter().filter(|row| !row.indicator.is_empty()) {
            // Growth is over the year before.
            let years = table.years.iter().flat_map(|&year| [year - 1, year]);
            keys.extend(years.filter_map(|year| bound.yearly_key(&row.indicator, year)));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What is shown beside a target: the indicator beside it, and both parts of a ratio.
fn of_target(bound: &Bound, target: &Target, year: i32) -> Vec<Key> {
    let span = bound.held(target, year).1;
    let parts = bound.indicator(&target.indicator);
    let parts = parts.map(|indicator| ratio_parts(bound, indicator));
    let parts = parts.into_iter().flatten().map(|part| part.id.as_str());
    let beside = [target.beside.as_str()];
    let ids = beside.into_iter().chain(parts);
    ids.filter_map(|id| bound.key(id, target.at, span))
        .collect()
}

/// The indicators of a ratio's numerator and denominator, where the pack has both.
pub fn ratio_parts<'a>(bound: &'a Bound, indicator: &Indicator) -> Vec<&'a Indicator> {
    let plain = |variable: &str| {
        let mut all = bound.pack().indicator.iter();
        all.find(|i| i.variable == variable && i.denominator.is_empty())
    };
    if indicator.denominator.is_empty() {
        return Vec::new();
    }
    match (plain(&indicator.variable), plain(&indicator.denominator)) {
        (Some(above), Some(below)) => vec![above, below],
        _ => Vec::new(),
    }
}

/// Years in which a target may be held against its value, from a year on to the end of the run.
pub fn later_keys(bound: &Bound, target: &Target, from: i32) -> Vec<(i32, Key)> {
    let end = libm::ceil(bound.horizon().stop) as i32;
    let is_level = target.from == target.to && matches!(target.at, Reading::End | Reading::Mean);
    if !is_level || target.comparator == Comparator::About {
        return Vec::new();
    }
    let years = (from.max(target.to)..end).filter_map(|year| {
        let key = bound.key(&target.indicator, target.at, Span::year(year))?;
        Some((year, key))
    });
    years.collect()
}
