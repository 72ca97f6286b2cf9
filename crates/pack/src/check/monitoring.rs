//! The monitoring table: periods, years, rows that are there, figures in its unit.

use std::collections::BTreeSet;

use super::Checker;
use super::levers::MOST_DECIMALS;
use super::records::YEARS;
use crate::period::Period;
use crate::record::{MonitoringRow, MonitoringTable};

const ME: (&str, &str) = ("monitoring", "");

impl Checker<'_> {
    pub(super) fn monitoring(&mut self) {
        let pack = self.pack;
        let Some(table) = &pack.monitoring else {
            return;
        };
        for (key, text) in [
            ("label", &table.label),
            ("unit", &table.unit),
            ("note", &table.note),
        ] {
            self.given(ME, key, text);
        }
        self.one_of(ME, "source", &table.source, &["source"]);
        if table.decimals > MOST_DECIMALS {
            let what = format!(
                "{} decimals, at most {MOST_DECIMALS} are shown",
                table.decimals
            );
            self.error("decimals", ME.0, ME.1, what);
        }
        self.monitoring_columns(table);
        let mut seen = BTreeSet::new();
        for row in &table.row {
            if row.id.is_empty() || !seen.insert(row.id.as_str()) {
                let what = format!("row `{}`: an id is given once", row.id);
                self.error("duplicate-id", ME.0, ME.1, what);
            }
            self.monitoring_row(table, row);
        }
        if !seen.contains(table.total.as_str()) {
            let what = format!("total `{}` is no row of the table", table.total);
            self.error("unknown-id", ME.0, ME.1, what);
        }
    }

    fn monitoring_columns(&mut self, table: &MonitoringTable) {
        for period in &table.periods {
            if Period::parse(period).is_none() {
                let what = format!("period `{period}` is not 2024, 2024H1 or 2024-11");
                self.error("actual-period", ME.0, ME.1, what);
            }
        }
        let years = &table.years;
        let ascending = years.windows(2).all(|pair| pair[0] < pair[1]);
        if !ascending || !years.iter().all(|year| YEARS.contains(year)) {
            let what = format!("years {years:?} are not ascending");
            self.error("reading-years", ME.0, ME.1, what);
        }
    }

    fn monitoring_row(&mut self, table: &MonitoringTable, row: &MonitoringRow) {
        let pack = self.pack;
        self.given(ME, "row.label", &row.label);
        if !row.indicator.is_empty() {
            self.one_of(ME, "row.indicator", &row.indicator, &["indicator"]);
        }
        if !row.figure.is_empty() {
            self.one_of(ME, "row.figure", &row.figure, &["indicator", "observed"]);
        }
        for source in &row.sources {
            self.one_of(ME, "row.sources", source, &["source"]);
        }
        let indicators = pack.indicator.iter().map(|i| (&i.id, &i.unit));
        let units = indicators.chain(pack.observed.iter().map(|o| (&o.id, &o.unit)));
        for (id, unit) in units.filter(|(id, _)| **id == row.indicator || **id == row.figure) {
            if *unit != table.unit {
                let what = format!(
                    "row `{}`: `{id}` is in `{unit}`, the table in `{}`",
                    row.id, table.unit
                );
                self.error("table-unit", ME.0, ME.1, what);
            }
        }
    }
}
