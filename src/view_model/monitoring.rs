//! The monitoring table of a pack as rows: published by period, projected by year.
//!
//! Made when its drawer is open. What was not published is said so; nothing is filled in.

use super::csv::push_line;
use super::{export, series};
use crate::state::AppState;
use crate::text::monitoring as words;
use crate::text::number::{self, NO_VALUE};
use tidemark_pack::anchor;
use tidemark_pack::assess::{Cell, RowCells};
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Centre;
use tidemark_pack::record::{MonitoringRow, MonitoringTable};

/// One dimension of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DimensionLine {
    /// 总量（亿元）, 占比（%）, 增速（%）.
    pub name: String,
    /// One text a column.
    pub cells: Vec<String>,
}

/// A row with its dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Key.
    pub id: String,
    /// Name.
    pub label: String,
    /// Whether it is a part of the row above.
    pub is_part: bool,
    /// Who has the figure.
    pub office: String,
    /// Who answers for it.
    pub responsible: String,
    /// What it counts.
    pub note: String,
    /// Source records.
    pub sources: Vec<String>,
    /// Anchor of its figure in the technical reference; none where the pack has no figure of it.
    pub anchor: Option<String>,
    /// Its lines; a memo item has no share.
    pub lines: Vec<DimensionLine>,
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoringView {
    /// Name, as the document has it.
    pub title: String,
    /// What a reader must know.
    pub note: String,
    /// Scenario, data date and model.
    pub footer: String,
    /// Name of its file without ending.
    pub file_stem: String,
    /// Heads of the columns of figures.
    pub heads: Vec<String>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// Source record of the table itself.
    pub source: String,
}

/// The table of a pack, projected by `centre`; `None` where the pack has none.
pub fn view(bound: &Bound, state: &AppState, centre: &Centre) -> Option<MonitoringView> {
    let table = bound.pack().monitoring.as_ref()?;
    let cells = bound.monitoring_cells(table, centre);
    let periods = table.periods.iter();
    let periods = periods.map(|period| words::published(&series::period_text(period)));
    let years = table.years.iter().map(|&year| words::projected(year));
    Some(MonitoringView {
        title: table.label.clone(),
        note: table.note.clone(),
        footer: export::footer(bound, state),
        file_stem: export::file_stem(bound, state, words::BUTTON),
        heads: periods.chain(years).collect(),
        rows: (table.row.iter().zip(&cells))
            .map(|(record, cells)| row(bound, table, record, cells))
            .collect(),
        source: table.source.clone(),
    })
}

fn row(bound: &Bound, table: &MonitoringTable, record: &MonitoringRow, cells: &RowCells) -> Row {
    let [amount, share, growth] = words::dimensions(&table.unit);
    let mut lines = vec![line(amount, cells, |cell| cell.amount, table.decimals)];
    if !record.memo {
        let percent = |cell: &Cell| cell.share.map(|share| share.0 * 100.0);
        lines.push(line(share, cells, percent, 1));
    }
    let percent = |cell: &Cell| cell.growth.map(|growth| growth * 100.0);
    lines.push(line(growth, cells, percent, 1));
    Row {
        id: record.id.clone(),
        label: record.label.clone(),
        is_part: record.depth > 0,
        office: record.office.clone(),
        responsible: record.responsible.clone(),
        note: record.note.clone(),
        sources: record.sources.clone(),
        anchor: anchor_of(bound, record),
        lines,
    }
}

/// The indicator that projects the row, else the figure that fills its periods.
fn anchor_of(bound: &Bound, record: &MonitoringRow) -> Option<String> {
    let named = [&record.indicator, &record.figure];
    let id = named.into_iter().find(|id| !id.is_empty())?;
    Some(match bound.observed(id) {
        Some(_) => anchor::observed(id),
        None => anchor::indicator(id),
    })
}

fn line(
    name: String,
    cells: &RowCells,
    read: impl Fn(&Cell) -> Option<f64>,
    decimals: usize,
) -> DimensionLine {
    let text = |cell: &Cell, none: &str| {
        let value = read(cell);
        value.map_or(none.to_owned(), |value| number::fixed(value, decimals))
    };
    let published = cells.published.iter().map(|c| text(c, words::NO_DATA));
    let projected = cells.projected.iter().map(|c| text(c, NO_VALUE));
    let cells = published.chain(projected).collect();
    DimensionLine { name, cells }
}

/// The table as CSV, each line whole in itself, after title, note and scenario.
pub fn csv(view: &MonitoringView) -> String {
    let mut out = String::from("\u{feff}");
    for text in [&view.title, &view.note, &view.footer] {
        push_line(&mut out, std::slice::from_ref(text));
    }
    let first = [words::ROW, words::DIMENSION]
        .map(str::to_owned)
        .into_iter();
    let last = [words::OFFICE, words::RESPONSIBLE, words::NOTE].map(str::to_owned);
    let head: Vec<String> = first.chain(view.heads.clone()).chain(last).collect();
    push_line(&mut out, &head);
    for row in &view.rows {
        for line in &row.lines {
            let first = [row.label.clone(), line.name.clone()].into_iter();
            let last = [&row.office, &row.responsible, &row.note].map(String::clone);
            let fields: Vec<String> = first.chain(line.cells.clone()).chain(last).collect();
            push_line(&mut out, &fields);
        }
    }
    out
}
