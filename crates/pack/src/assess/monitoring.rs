//! Fills the monitoring table: published figures by period, projections by year.
//!
//! Amount, share of the table's total and growth over the same period a year before; what is not
//! published or not projected stays empty, nothing is made up from a part of a year.

use super::Share;
use crate::bind::Bound;
use crate::figures::Figures;
use crate::period::Period;
use crate::record::{self, Actual, ActualStatus, MonitoringRow, MonitoringTable};

/// What one row says of one period or year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// 总量, in the table's unit.
    pub amount: Option<f64>,
    /// 占比 of the total.
    pub share: Option<Share>,
    /// 增速 over the same period a year before; 0.1 is 10 %.
    pub growth: Option<f64>,
}

/// A row's cells.
#[derive(Debug, Clone, PartialEq)]
pub struct RowCells {
    /// One for each of the table's periods.
    pub published: Vec<Cell>,
    /// One for each of the table's years.
    pub projected: Vec<Cell>,
}

impl Bound {
    /// The rows of a table of this pack, in its order, with projections off `figures`.
    pub fn monitoring_cells(
        &self,
        table: &MonitoringTable,
        figures: &dyn Figures,
    ) -> Vec<RowCells> {
        let total = table.row.iter().find(|row| row.id == table.total);
        let periods = table.periods.iter().map(|text| Period::parse(text));
        let periods: Vec<Option<Period>> = periods.collect();
        let cells = |row: &MonitoringRow| RowCells {
            published: (periods.iter())
                .map(|&period| {
                    cell(row, total, |row: &MonitoringRow, back| {
                        self.published(&row.figure, earlier(period?, back))
                    })
                })
                .collect(),
            projected: (table.years.iter())
                .map(|&year| {
                    cell(row, total, |row: &MonitoringRow, back| {
                        self.yearly_value(figures, &row.indicator, year - back)
                    })
                })
                .collect(),
        };
        table.row.iter().map(cells).collect()
    }

    /// The published figure of a period; of several the one that stands last. Plans, estimates
    /// and mere bounds are left out.
    fn published(&self, figure: &str, period: Period) -> Option<f64> {
        let is_it = |actual: &&Actual| {
            actual.indicator == figure
                && !matches!(actual.status, ActualStatus::Plan | ActualStatus::Estimate)
                && actual.bound == record::Bound::Exact
                && Period::parse(&actual.period) == Some(period)
        };
        let last = self.actuals().iter().rev().find(is_it)?;
        Some(last.value)
    }
}

fn earlier(period: Period, years: i32) -> Period {
    Period {
        year: period.year - years,
        ..period
    }
}

/// A cell from what `read` gives for a row, so many years back.
fn cell(
    row: &MonitoringRow,
    total: Option<&MonitoringRow>,
    read: impl Fn(&MonitoringRow, i32) -> Option<f64>,
) -> Cell {
    let amount = read(row, 0);
    let of_total = total.filter(|_| !row.memo).and_then(|total| read(total, 0));
    let share = quotient(amount, of_total).map(Share);
    let growth = quotient(amount, read(row, 1)).map(|ratio| ratio - 1.0);
    Cell {
        amount,
        share,
        growth,
    }
}

fn quotient(above: Option<f64>, below: Option<f64>) -> Option<f64> {
    let value = above? / below?;
    value.is_finite().then_some(value)
}
