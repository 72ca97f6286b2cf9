//! Columns of text for a terminal, as wide as they need to be; a Chinese character is two wide.

use std::io::{self, Write};

/// Rows of cells under a header.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with its header.
    pub(crate) fn new(header: &[&str]) -> Self {
        Self {
            rows: vec![header.iter().map(|&cell| cell.to_owned()).collect()],
        }
    }

    /// One more row; missing cells are empty.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The first column to the left, the others to the right.
    pub(crate) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let n_columns = self.rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| wide(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..n_columns).map(width).collect();
        for row in &self.rows {
            let mut line = String::new();
            for (column, width) in widths.iter().enumerate() {
                let cell = row.get(column).map_or("", String::as_str);
                let room = " ".repeat(width.saturating_sub(wide(cell)));
                if column == 0 {
                    line.push_str(cell);
                    line.push_str(&room);
                } else {
                    line.push_str("  ");
                    line.push_str(&room);
                    line.push_str(cell);
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn wide(text: &str) -> usize {
    let one = |c: char| {
        if ('\u{2e80}'..='\u{ffef}').contains(&c) {
            2
        } else {
            1
        }
    };
    text.chars().map(one).sum()
}

/// Four significant digits; nothing is below nothing.
pub(crate) fn number(value: f64) -> String {
    let value = value + 0.0;
    let size = value.abs();
    match size {
        _ if !value.is_finite() => "–".to_owned(),
        _ if size >= 1000.0 => format!("{value:.0}"),
        _ if size >= 100.0 => format!("{value:.1}"),
        _ if size >= 10.0 => format!("{value:.2}"),
        _ if size >= 1.0 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

/// A share as a percentage.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1}%", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut table = Table::new(&["name", "x"]);
        table.row(vec!["研发".to_owned(), "无收窄".to_owned()]);
        table.row(vec!["a".to_owned(), "1.5".to_owned()]);
        let mut out = Vec::new();
        table.print(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "name       x\n研发  无收窄\na        1.5\n");
    }
}
