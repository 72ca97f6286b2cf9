//! Reading a chart off period by period: rows of its table and where they lie on its time axis. Pure.

use crate::view_model::rows::FigureView;

/// A value with the name of its line.
pub type NamedValue = (String, String);

impl FigureView {
    /// Place on the time axis and named values of a row, empty ones left out; `None` past the last row.
    pub fn reading(&self, row: usize) -> Option<(f64, Vec<NamedValue>)> {
        let table = self.table.get();
        let at = *table.at.get(row)?;
        let cells = table.rows.get(row)?;
        let named = table.head.iter().zip(cells);
        let told = named.filter(|(_, value)| !value.is_empty());
        let told = told.map(|(name, value)| (name.clone(), value.clone()));
        Some((at, told.collect()))
    }

    /// The row nearest to a place on the time axis.
    pub fn reading_near(&self, at: f64) -> Option<usize> {
        let distances = self.table.get().at.iter().map(|x| (x - at).abs());
        let nearest = distances.enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(nearest.0)
    }

    /// The row after `row`, the first one for none, the last one at the end.
    pub fn reading_after(&self, row: Option<usize>) -> Option<usize> {
        let last = self.table.get().at.len().checked_sub(1)?;
        Some(row.map_or(0, |row| (row + 1).min(last)))
    }

    /// The row before `row`, the last one for none, the first one at the start.
    pub fn reading_before(&self, row: Option<usize>) -> Option<usize> {
        let last = self.table.get().at.len().checked_sub(1)?;
        Some(row.map_or(last, |row| row.saturating_sub(1)))
    }
}
