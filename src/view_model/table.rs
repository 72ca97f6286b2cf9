//! A chart as a table: years with actuals, baseline, scenario and targets.

use super::Judged;
use super::rows::Table;
use super::scoreboard::{actual_number, superseded};
use super::series::{self, PastPoint, period_text};
use crate::text::number::NO_VALUE;
use crate::text::sentence::Measure;
use crate::text::word;
use tidemark_pack::bind::Bound;
use tidemark_pack::period::Period;
use tidemark_pack::record::{FigureRecord, Indicator, Reading};

/// One row a year, one more for each figure of part of a year; numbers carry no unit, the heads
/// do.
pub(super) fn table(judged: &Judged<'_>, record: &FigureRecord, indicator: &Indicator) -> Table {
    let bound = judged.inputs.bound;
    let mut keyed: Vec<(Period, Vec<String>)> = Vec::new();
    let mut past = series::past(bound, indicator);
    past.retain(|p| (record.from..=record.to).contains(&p.period.year));
    for year in record.from..=record.to {
        let Some(period) = Period::parse(&year.to_string()) else {
            continue;
        };
        keyed.push((period, year_row(judged, indicator, &past, year)));
    }
    let part = past.iter().filter(|p| !p.period.is_full_year());
    keyed.extend(part.map(|p| (p.period, part_row(p, indicator))));
    keyed.sort_by_key(|(period, _)| *period);
    let unit = |name: &str| match indicator.unit.as_str() {
        "" => name.to_owned(),
        unit => format!("{name}（{unit}）"),
    };
    Table {
        caption: format!("{}，{}", indicator.label.zh, bound.pack().meta.place.zh),
        head: vec![
            "时间".to_owned(),
            unit("实绩"),
            "实绩性质".to_owned(),
            unit("基准"),
            unit("本方案"),
            unit("目标"),
            "目标性质".to_owned(),
        ],
        at: keyed
            .iter()
            .map(|(period, _)| series::place_of_period(indicator.at, *period))
            .collect(),
        rows: keyed.into_iter().map(|(_, row)| row).collect(),
    }
}

fn year_row(
    judged: &Judged<'_>,
    indicator: &Indicator,
    past: &[PastPoint<'_>],
    year: i32,
) -> Vec<String> {
    let inputs = &judged.inputs;
    let bound = inputs.bound;
    let own = past
        .iter()
        .filter(|p| p.period.is_full_year() && p.period.year == year);
    let (values, kinds): (Vec<String>, Vec<String>) =
        own.map(|p| (number_of(p, indicator), kind_of(p))).unzip();
    let plain = Measure {
        unit: "",
        decimals: indicator.decimals,
    };
    let read = |run| plain.value(bound.yearly_value(run, &indicator.id, year));
    let (target, kind) = target_of(bound, indicator, year);
    vec![
        format!("{year}年"),
        joined(&values),
        joined(&kinds),
        read(inputs.baseline),
        read(inputs.scenario),
        target,
        kind,
    ]
}

fn part_row(past: &PastPoint<'_>, indicator: &Indicator) -> Vec<String> {
    let none = || NO_VALUE.to_owned();
    vec![
        period_text(&past.actual.period),
        number_of(past, indicator),
        kind_of(past),
        none(),
        none(),
        none(),
        String::new(),
    ]
}

/// The number as printed, with how it bounds the true one.
fn number_of(past: &PastPoint<'_>, indicator: &Indicator) -> String {
    let number = actual_number(past.actual, indicator);
    match word::bound(past.actual.bound) {
        "" => number,
        sign => format!("{sign} {number}"),
    }
}

/// "初步，公布时GDP": how firm a figure is and on which base it stands.
fn kind_of(past: &PastPoint<'_>) -> String {
    let firmness = word::firmness(past.actual.status);
    match past.actual.vintage.as_str() {
        "" => firmness.to_owned(),
        vintage => format!("{firmness}，{vintage}"),
    }
}

/// Target of that single year with its document status; the one in force, else the superseded.
fn target_of(bound: &Bound, indicator: &Indicator, year: i32) -> (String, String) {
    let pack = bound.pack();
    let replaced = superseded(pack);
    let own = pack.target.iter().filter(|t| {
        t.indicator == indicator.id && t.from == t.to && t.to == year && t.at != Reading::Cagr
    });
    let plain = Measure {
        unit: "",
        decimals: indicator.decimals,
    };
    let (values, kinds): (Vec<String>, Vec<String>) = own
        .map(|target| {
            let value = plain.value(Some(target.value));
            let status = bound.source(&target.source);
            let status = status.map_or("", |source| word::document(source.status).0);
            let gone = replaced.contains(target.id.as_str());
            let kind = if gone {
                format!("{status}，已被替代")
            } else {
                status.to_owned()
            };
            (value, kind)
        })
        .unzip();
    (joined(&values), kinds.join("；"))
}

fn joined(parts: &[String]) -> String {
    if parts.is_empty() {
        NO_VALUE.to_owned()
    } else {
        parts.join("；")
    }
}
