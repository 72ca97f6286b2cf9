//! A chart as a table: years with actuals, baseline, scenario and targets. Made when it is looked at,
//! which while a slider moves is hardly ever.

use super::rows::Table;
use super::scoreboard::{actual_number, superseded};
use super::series::{self, PastPoint, period_text};
use super::{Inputs, Seen, chances};
use crate::ensemble::Answer;
use crate::text::chance;
use crate::text::chart as words;
use crate::text::number::{self, NO_VALUE};
use crate::text::sentence::Measure;
use crate::text::word;
use std::cell::OnceCell;
use std::rc::Rc;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{ActualStatus, Bound as Bounds, FigureRecord, Indicator, Reading};
use tidemark_reach::answer::LineAnswer;
use tidemark_reach::outcome::Band;

/// The table of a chart, made the first time that it is asked for.
#[derive(Debug, Clone)]
pub struct TableOf {
    ground: Option<Ground>,
    made: OnceCell<Table>,
}

/// What a table is made of.
#[derive(Debug, Clone)]
struct Ground {
    bound: Rc<Bound>,
    /// Position of the chart in the pack's figures.
    figure: usize,
    baseline: Rc<Seen>,
    scenario: Rc<Seen>,
    answer: Option<Rc<Answer>>,
    /// Whether any lever differs from its default.
    is_moved: bool,
    /// Year that the page looks at.
    looked_at: i32,
}

impl TableOf {
    /// The table of the pack's `figure`-th chart.
    pub(super) fn new(inputs: &Inputs<'_>, figure: usize) -> Self {
        Self {
            ground: Some(Ground {
                bound: Rc::clone(inputs.bound),
                figure,
                baseline: Rc::clone(inputs.baseline),
                scenario: Rc::clone(inputs.scenario),
                answer: chances::current(inputs).cloned(),
                is_moved: !inputs.state.scenario.levers.is_empty(),
                looked_at: inputs.state.view.year,
            }),
            made: OnceCell::new(),
        }
    }

    /// The table.
    pub fn get(&self) -> &Table {
        let ground = self.ground.as_ref();
        self.made
            .get_or_init(|| ground.and_then(Ground::table).unwrap_or_default())
    }
}

impl From<Table> for TableOf {
    fn from(table: Table) -> Self {
        Self {
            ground: None,
            made: table.into(),
        }
    }
}

impl PartialEq for TableOf {
    /// Equal when made of the very same, or by what is in it.
    fn eq(&self, other: &Self) -> bool {
        match (&self.ground, &other.ground) {
            (Some(one), Some(two)) => one.is_same(two),
            _ => self.get() == other.get(),
        }
    }
}

impl Ground {
    fn is_same(&self, other: &Self) -> bool {
        let answers = [self, other].map(|ground| ground.answer.as_ref().map(Rc::as_ptr));
        Rc::ptr_eq(&self.bound, &other.bound)
            && (self.figure, self.is_moved, self.looked_at)
                == (other.figure, other.is_moved, other.looked_at)
            && Rc::ptr_eq(&self.baseline, &other.baseline)
            && Rc::ptr_eq(&self.scenario, &other.scenario)
            && answers[0] == answers[1]
    }

    /// `None` for a chart that the pack does not have.
    fn table(&self) -> Option<Table> {
        let record = self.bound.pack().figure.get(self.figure)?;
        let indicator = self.bound.indicator(&record.indicator)?;
        Some(table(self, record, indicator))
    }
}

/// One row a year; further figures of a year, and figures of part of one, have rows of their
/// own. Numbers carry no unit, the heads do.
fn table(ground: &Ground, record: &FigureRecord, indicator: &Indicator) -> Table {
    let bound = &*ground.bound;
    let past = series::past(bound, indicator);
    let (mut rows, mut at, mut years) = (Vec::new(), Vec::new(), Vec::new());
    for year in record.from..=series::last_year(record, ground.looked_at) {
        let own: Vec<&PastPoint<'_>> = past.iter().filter(|p| p.period.year == year).collect();
        let main = main_figure(&own);
        rows.push(year_row(ground, indicator, main, year));
        at.push(series::place_of_year(indicator.at, year));
        years.push(Some(year));
        let is_main = |p: &PastPoint<'_>| main.is_some_and(|m| std::ptr::eq(m.actual, p.actual));
        for other in own.iter().filter(|p| !is_main(p)) {
            rows.push(other_row(other, indicator));
            at.push(other.point.0);
            years.push(None);
        }
    }
    let known = Known::of(ground, indicator);
    for (row, year) in rows.iter_mut().zip(&years) {
        row.extend(known.cells(*year));
    }
    let remarks: Vec<Remark> = years
        .iter()
        .map(|year| remark(ground, record, indicator, &past, *year))
        .collect();
    let misses = remarks.iter().any(|remark| remark.miss != NO_VALUE);
    let notes = remarks.iter().any(|remark| !remark.note.is_empty());
    for (row, remark) in rows.iter_mut().zip(remarks) {
        row.extend(misses.then_some(remark.miss));
        row.extend(notes.then_some(remark.note));
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
        .chain(misses.then(|| unit(words::MISS)))
        .chain(notes.then(|| words::NOTE.to_owned()))
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
    fn of(ground: &'a Ground, indicator: &Indicator) -> Self {
        let answer = ground.answer.as_ref();
        Self {
            line: answer.and_then(|answer| answer.line(&indicator.id)),
            is_moved: ground.is_moved,
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

/// What a row says of how the model stands to the past.
struct Remark {
    /// The projected value less the published one.
    miss: String,
    /// What must be known of the year.
    note: String,
}

/// The remark of a year's row; of another row, an empty one.
fn remark(
    ground: &Ground,
    record: &FigureRecord,
    indicator: &Indicator,
    past: &[PastPoint<'_>],
    year: Option<i32>,
) -> Remark {
    let own: Vec<&PastPoint<'_>> = past
        .iter()
        .filter(|p| Some(p.period.year) == year)
        .collect();
    let published = main_figure(&own).filter(|p| p.actual.status != ActualStatus::Plan);
    let shown = |value: f64| number::parse(&number::fixed(value, indicator.decimals), "");
    let modelled = year.and_then(|year| {
        ground
            .bound
            .yearly_value(&ground.scenario.centre, &indicator.id, year)
    });
    // The difference of the two numbers as they stand in the row.
    let miss = published.and_then(|p| Some(shown(modelled?)? - shown(p.actual.value)?));
    let miss = miss.filter(|miss| match published.map(|p| p.actual.bound) {
        // A figure that is only a bound is not missed on its open side.
        Some(Bounds::AtLeast) => *miss < 0.0,
        Some(Bounds::AtMost) => *miss > 0.0,
        Some(Bounds::Exact | Bounds::About) | None => true,
    });
    let noted = record.note.iter().find(|note| Some(note.year) == year);
    let digit = libm::pow(10.0, -(indicator.decimals as f64));
    let fitted = miss.filter(|miss| miss.abs() > 0.5 * digit);
    let said: Vec<&str> = noted
        .map(|note| note.text.as_str())
        .into_iter()
        .chain(fitted.map(|_| words::FITTED))
        .collect();
    Remark {
        miss: miss.map_or(NO_VALUE.to_owned(), |miss| {
            number::signed(miss, indicator.decimals)
        }),
        note: said.join(words::SEMICOLON),
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
    ground: &Ground,
    indicator: &Indicator,
    main: Option<PastPoint<'_>>,
    year: i32,
) -> Vec<String> {
    let bound = &*ground.bound;
    let plain = Measure {
        unit: "",
        decimals: indicator.decimals,
    };
    let read = |of: &Seen| plain.value(bound.yearly_value(&of.centre, &indicator.id, year));
    let (target, kind) = target_of(bound, indicator, year);
    vec![
        words::year(year),
        main.map_or(NO_VALUE.to_owned(), |p| actual_number(p.actual, indicator)),
        main.map_or(String::new(), |p| kind_of(&p)),
        read(&ground.baseline),
        read(&ground.scenario),
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
