//! Record of a table that offices fill every quarter: rows of a document's annex, columns of
//! periods, and the years of the model beside them.
//!
//! Published figures and projections of a row may count different things; its note says so.

use serde::{Deserialize, Serialize};

/// The table of a document that asks for amounts, shares and growth by office and quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitoringTable {
    /// Name, as the document has it.
    pub label: String,
    /// Source record with its title.
    pub source: String,
    /// Unit of the amounts.
    pub unit: String,
    /// Digits after the point of the amounts.
    pub decimals: usize,
    /// Periods of published figures in order, as in `actuals.csv`.
    pub periods: Vec<String>,
    /// Years that are read off the model, ascending.
    pub years: Vec<i32>,
    /// Row of which the others are shares.
    pub total: String,
    /// What a reader must know.
    pub note: String,
    /// Rows in order.
    pub row: Vec<MonitoringRow>,
}

/// A row of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitoringRow {
    /// Key, unique in the table.
    pub id: String,
    /// Name.
    pub label: String,
    /// 0 for a heading, 1 for a part of the heading above.
    pub depth: u8,
    /// Office that has the figure (数源单位); empty where the document names none.
    #[serde(default)]
    pub office: String,
    /// Offices that answer for it (责任单位); empty where the document names none.
    #[serde(default)]
    pub responsible: String,
    /// Indicator that projects it; empty where the model does not.
    #[serde(default)]
    pub indicator: String,
    /// Indicator or observed figure whose actuals fill the periods; empty where none is published.
    #[serde(default)]
    pub figure: String,
    /// Below the line: no part of the total, so without a share.
    #[serde(default)]
    pub memo: bool,
    /// What it counts and what is 假设.
    #[serde(default)]
    pub note: String,
    /// Source records.
    #[serde(default)]
    pub sources: Vec<String>,
}
