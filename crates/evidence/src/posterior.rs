//! Draws of a fit ↔ the text of `posterior.csv`.
//!
//! Lines that begin with `#` say where it comes from; then a header with the parameters and one
//! member a line, in the model's units with four digits, so that a page can afford to load it.

use std::fmt::Write;

use tidemark_analysis::points::Points;

use crate::fit::Fit;

/// Where draws come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Data version, see [`tidemark_pack::version::data_version`].
    pub data_version: String,
    /// Command and version that made it.
    pub made_by: String,
    /// Seed.
    pub seed: u64,
}

/// The file of a fit.
pub fn to_text(fit: &Fit, origin: &Origin) -> String {
    let mut out = String::new();
    let settings = fit.settings;
    // Writing to a string does not fail.
    let _ = writeln!(out, "# made by {}", origin.made_by);
    let _ = writeln!(out, "# data version {}", origin.data_version);
    let _ = writeln!(
        out,
        "# seed {}, {} draws of {} chains, {} of {} parameters fitted",
        origin.seed,
        fit.draws.count(),
        settings.chains,
        fit.n_fitted,
        fit.parameters.len()
    );
    let ids: Vec<&str> = fit.parameters.iter().map(|p| p.id.as_str()).collect();
    let _ = writeln!(out, "{}", ids.join(","));
    for row in 0..fit.draws.count() {
        let values = fit.draws.row(row);
        let values: Vec<String> = values.into_iter().map(short).collect();
        let _ = writeln!(out, "{}", values.join(","));
    }
    out
}

/// Four significant digits, without noughts at the end.
fn short(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    format!("{rounded}")
}

/// A file of draws in two: its first rows with their heads, as a file of its own, and the others.
pub fn parted(text: &str, rows: usize) -> [&str; 2] {
    let is_head = |line: &&str| line.starts_with('#');
    let heads = text.lines().take_while(is_head).count() + 1;
    let mut begins = text.match_indices('\n').map(|(at, _)| at + 1);
    let at = begins.nth(heads + rows - 1);
    let (first, rest) = text.split_at(at.unwrap_or(text.len()));
    [first, rest]
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Data version it belongs to; empty where it says none.
    pub data_version: String,
    /// Parameters, the columns of `draws`.
    pub parameters: Vec<String>,
    /// Members.
    pub draws: Points,
}

/// Why a text is no such file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    /// No header with parameters.
    #[error("the file names no parameters")]
    NoHeader,
    /// A line that is no member.
    #[error("line {line} is no member of {columns} numbers")]
    BadLine {
        /// From 1.
        line: usize,
        /// Numbers wanted.
        columns: usize,
    },
    /// Draws of other data would be draws of another model.
    #[error("it belongs to data {then}, present are {now}")]
    OtherData {
        /// Version in the file.
        then: String,
        /// Version wanted.
        now: String,
    },
}

/// Reads a file that is to belong to the data of that version.
///
/// # Errors
/// See [`BadFile`].
pub fn of_data(text: &str, now: &str) -> Result<Stored, BadFile> {
    let stored = from_text(text)?;
    if stored.data_version == now {
        return Ok(stored);
    }
    Err(BadFile::OtherData {
        then: stored.data_version,
        now: now.to_owned(),
    })
}

/// Reads a file, whatever data it belongs to.
///
/// # Errors
/// See [`BadFile`]; never [`BadFile::OtherData`].
pub fn from_text(text: &str) -> Result<Stored, BadFile> {
    let told = |what: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix('#'));
        let mut found = lines.filter_map(|line| line.trim().strip_prefix(what));
        found.next().map(|rest| rest.trim().to_owned())
    };
    let lines = text.lines().enumerate();
    let mut lines = lines.filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let (_, header) = lines.next().ok_or(BadFile::NoHeader)?;
    let parameters: Vec<String> = header.split(',').map(|id| id.trim().to_owned()).collect();
    let columns = parameters.len();
    let rows: Vec<Vec<f64>> = lines
        .map(|(at, line)| {
            let values: Option<Vec<f64>> = line.split(',').map(|v| v.trim().parse().ok()).collect();
            let whole = values.filter(|v: &Vec<f64>| v.len() == columns);
            whole.ok_or(BadFile::BadLine {
                line: at + 1,
                columns,
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Stored {
        data_version: told("data version").unwrap_or_default(),
        draws: Points::from_rows(rows.iter().map(Vec::as_slice), columns),
        parameters,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_or_refused_by_line() {
        let stored = from_text("# data version abc\n# x\na,b\n1,2.5\n-3e-9,4\n").unwrap();
        assert_eq!(stored.data_version, "abc");
        assert_eq!(stored.parameters, ["a", "b"]);
        assert_eq!(stored.draws.row(1), [-3e-9, 4.0]);
        let bad = from_text("a,b\n1,2\n1,x\n");
        assert_eq!(
            bad,
            Err(BadFile::BadLine {
                line: 3,
                columns: 2
            })
        );
        assert_eq!(from_text("# only words\n"), Err(BadFile::NoHeader));
    }

    #[test]
    fn draws_are_parted_after_so_many() {
        let text = |count: usize| {
            let rows: String = (0..count).map(|k| format!("{k},1\n")).collect();
            format!("# made by x\n# data version y\na,b\n{rows}")
        };
        let whole = text(1002);
        let [first, rest] = parted(&whole, 1000);
        assert_eq!(first, text(1000));
        assert_eq!(rest, "1000,1\n1001,1\n");
        assert_eq!(parted(&text(3), 1000), [text(3).as_str(), ""]);
        assert_eq!(parted("", 1000), ["", ""]);
    }

    #[test]
    fn four_digits_are_kept() {
        assert_eq!(short(0.026_612_345_678), "0.02661");
        assert_eq!(short(12_799.0), "12800");
        assert_eq!(short(-0.000_000_3), "-0.0000003");
    }
}
