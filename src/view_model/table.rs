//! A chart as a table: years with actuals, baseline, scenario and targets.

use super::Judged;
use super::rows::Table;
use super::scoreboard::{actual_number, superseded};
use super::series::{self, PastPoint, period_text};
use crate::ensemble::answer::LineAnswer;
use crate::text::chance;
use crate::text::chart as words;
use crate::text::number::{self, NO_VALUE};
use crate::text::sentence::Measure;
use crate::text::word;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{ActualStatus, Bound as Bounds, FigureRecord, Indicator, Reading};
use tidemark_reach::outcome::Band;

/// One row a year; further figures of a year, and figures of part of one, have rows of their
/// own. Numbers carry no unit, the heads do.
pub(super) fn table(judged: &Judged<'_>, record: &FigureRecord, indicator: &Indicator) -> Table {
    let bound = judged.inputs.bound;
    let past = series::past(bound, indicator);
    let (mut rows, mut at, mut years) = (Vec::new(), Vec::new(), Vec::new());
    for year in record.from..=record.to {
        let own: Vec<&PastPoint<'_>> = past.iter().filter(|p| p.period.year == year).collect();
        let main = main_figure(&own);
        rows.push(year_row(judged, indicator, main, year));
        at.push(series::place_of_year(indicator.at, year));
        years.push(Some(year));
        let is_main = |p: &PastPoint<'_>| main.is_some_and(|m| std::ptr::eq(m.actual, p.actual));
        for other in own.iter().filter(|p| !is_main(p)) {
            rows.push(other_row(other, indicator));
            at.push(other.point.0);
            years.push(None);
        }
    }
    let known = Known::of(judged, indicator);
    for (row, year) in rows.iter_mut().zip(&years) {
        row.extend(known.cells(*year));
    }
    let unit = |name: &str| match indicator.unit.as_str() {
        "" => name.to_owned(),
        unit => words::head_with_unit(name, unit),
    };
    Table {
        caption: words::caption(&indicator.label.zh, &bound.pack().meta.place.zh),
        head: [
            words::TIME.to_owned(),
            unit(words::ACTUAL),
            words::ACTUAL_KIND.to_owned(),
            unit(words::BASELINE),
            unit(words::SCENARIO),
            unit(words::TARGET),
            words::TARGET_KIND.to_owned(),
        ]
        .into_iter()
        .chain(known.heads().into_iter().map(unit))
        .collect(),
        rows,
        at,
    }
}

/// What the ensemble says of the indicator: nothing, its band, or that and the band of the difference
/// that levers make.
struct Known<'a> {
    line: Option<&'a LineAnswer>,
    is_moved: bool,
    decimals: usize,
}

impl<'a> Known<'a> {
    fn of(judged: &Judged<'a>, indicator: &Indicator) -> Self {
        let answer = judged.inputs.ensemble.answer.as_ref();
        Self {
            line: answer.and_then(|answer| answer.line(&indicator.id)),
            is_moved: !judged.inputs.state.scenario.levers.is_empty(),
            decimals: indicator.decimals,
        }
    }

    fn heads(&self) -> Vec<&'static str> {
        match (self.line, self.is_moved) {
            (None, _) => Vec::new(),
            (Some(_), false) => vec![chance::BAND_HEAD],
            (Some(_), true) => vec![chance::BAND_HEAD, chance::APART_HEAD],
        }
    }

    /// Cells of a year's row; of another row, empty ones.
    fn cells(&self, year: Option<i32>) -> Vec<String> {
        let Some(line) = self.line else {
            return Vec::new();
        };
        let place = year.and_then(|year| usize::try_from(year - line.from).ok());
        let fixed = |value| number::fixed(value, self.decimals);
        let signed = |value| number::signed(value, self.decimals);
        let cell = |bands: &[Option<Band>], write: &dyn Fn(f64) -> String| {
            let band = place.and_then(|place| bands.get(place).copied().flatten());
            band.map_or(NO_VALUE.to_owned(), |band| {
                chance::ends(&write(band.p10), &write(band.p90))
            })
        };
        let mut cells = vec![cell(&line.bands, &fixed)];
        if self.is_moved {
            cells.push(cell(&line.apart, &signed));
        }
        cells
    }
}

/// The figure that stands in a year's row: of the whole year, an outcome before a plan, and of
/// two the one that stands later in the file.
fn main_figure<'a>(own: &[&PastPoint<'a>]) -> Option<PastPoint<'a>> {
    let whole = own.iter().filter(|p| p.period.is_full_year());
    let best = whole.max_by_key(|p| p.actual.status != ActualStatus::Plan)?;
    Some(**best)
}

fn year_row(
    judged: &Judged<'_>,
    indicator: &Indicator,
    main: Option<PastPoint<'_>>,
    year: i32,
) -> Vec<String> {
    let inputs = &judged.inputs;
    let bound = inputs.bound;
    let plain = Measure {
        unit: "",
        decimals: indicator.decimals,
    };
    let read = |run| plain.value(bound.yearly_value(run, &indicator.id, year));
    let (target, kind) = target_of(bound, indicator, year);
    vec![
        words::year(year),
        main.map_or(NO_VALUE.to_owned(), |p| actual_number(p.actual, indicator)),
        main.map_or(String::new(), |p| kind_of(&p)),
        read(inputs.baseline),
        read(inputs.scenario),
        target,
        kind,
    ]
}

fn other_row(past: &PastPoint<'_>, indicator: &Indicator) -> Vec<String> {
    let none = || NO_VALUE.to_owned();
    vec![
        period_text(&past.actual.period),
        actual_number(past.actual, indicator),
        kind_of(past),
        none(),
        none(),
        none(),
        String::new(),
    ]
}

/// "约数，推算，五经普修订GDP": how a figure bounds the true one, how firm it is, on which base.
fn kind_of(past: &PastPoint<'_>) -> String {
    let bound = match past.actual.bound {
        Bounds::Exact => "",
        Bounds::AtLeast => words::AT_LEAST,
        Bounds::AtMost => words::AT_MOST,
        Bounds::About => words::ABOUT,
    };
    let firmness = word::firmness(past.actual.status);
    let parts = [bound, firmness, past.actual.vintage.as_str()];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(words::COMMA)
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
                words::replaced(status)
            } else {
                status.to_owned()
            };
            (value, kind)
        })
        .unzip();
    (joined(&values), kinds.join(words::SEMICOLON))
}

fn joined(parts: &[String]) -> String {
    if parts.is_empty() {
        NO_VALUE.to_owned()
    } else {
        parts.join(words::SEMICOLON)
    }
}
