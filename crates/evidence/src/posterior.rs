//! Draws of a fit ↔ the text of `posterior.csv`.
//!
//! Lines that begin with `#` say where it comes from; then a header with the fitted parameters and one
//! member a line, in the model's units with four digits, so that a page can afford to load it. What a
//! member takes from the literature stands in no file: it follows from the priors and the seed.

use std::fmt::Write;

use tidemark_analysis::points::Points;
use tidemark_pack::bind::Bound;
use tidemark_pack::compiled::DrawsFile;
use tidemark_pack::record::credibility::ParameterRole;
use tidemark_pack::version::text_hash;

use crate::fit::{Fit, companions};
use crate::parameters::{BadPrior, Uncertain, parameters};

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
    let (settings, fitted) = (fit.settings, &fit.parameters[..fit.n_fitted]);
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
    let ids: Vec<&str> = fitted.iter().map(|p| p.id.as_str()).collect();
    let _ = writeln!(out, "{}", ids.join(","));
    for row in 0..fit.draws.count() {
        let values = fit.draws.row(row).into_iter().take(fit.n_fitted);
        let values: Vec<String> = values.map(short).collect();
        let _ = writeln!(out, "{}", values.join(","));
    }
    out
}

/// Significant digits of a number in the file.
const DIGITS: usize = 4;
/// Share of a prior that no draw is expected beyond, on either side: seven standard deviations.
const NO_WEIGHT: f64 = 1e-12;
/// Most that so few digits move a number by, relative to it.
const ROUNDING: f64 = 5e-4;

/// So many significant digits, without noughts at the end.
fn short(value: f64) -> String {
    let rounded = format!("{value:.*e}", DIGITS - 1);
    let rounded: f64 = rounded.parse().unwrap_or(value);
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

/// What a compiled pack says of its files of draws, by which they are known again.
pub fn described(parts: [&str; 2]) -> Vec<DrawsFile> {
    let parts = parts.into_iter().filter(|text| !text.is_empty());
    let described = |text: &str| DrawsFile {
        hash: text_hash(text),
        rows: rows(text),
    };
    parts.map(described).collect()
}

/// Lines of a text that are members: neither remarks nor the header.
pub fn rows(text: &str) -> usize {
    let has_digit_first = |line: &&str| {
        let first = line.trim_start_matches(['-', '+']).bytes().next();
        first.is_some_and(|byte| byte.is_ascii_digit())
    };
    text.lines().filter(has_digit_first).count()
}

/// Members of a fit: every uncertain parameter of the pack has its column.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Data version it belongs to.
    pub data_version: String,
    /// Parameters, the columns of `draws`: fitted ones, then those of the literature.
    pub parameters: Vec<String>,
    /// Members.
    pub draws: Points,
}

/// Why a text is no such file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadFile {
    /// No header with parameters.
    #[error("the file names no parameters")]
    NoHeader,
    /// It does not say by which seed the rest is drawn, or how many draws it holds.
    #[error("the file has no line `# seed 1, 2 draws …`")]
    NoOrigin,
    /// A line that is no member.
    #[error("line {line} is no member of {columns} numbers")]
    BadLine {
        /// From 1.
        line: usize,
        /// Numbers wanted.
        columns: usize,
    },
    /// A number that the parameter cannot have.
    #[error("line {line}: `{id}` is {value}, its prior ends at {low} and {high}")]
    OutOfPrior {
        /// From 1.
        line: usize,
        /// Parameter.
        id: String,
        /// As it stands there; NaN and infinities are outside of every prior.
        value: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// A fitted parameter without a column.
    #[error("the fitted parameter `{0}` has no column")]
    Missing(String),
    /// A parameter with two columns.
    #[error("`{0}` has more than one column")]
    Twice(String),
    /// A column that is no fitted parameter of the pack.
    #[error("`{0}` is no fitted parameter of the pack")]
    Unknown(String),
    /// Rows were lost, or others added.
    #[error("{found} draws are there, {told} are told: the file was cut or changed")]
    OtherCount {
        /// As said.
        told: usize,
        /// As counted.
        found: usize,
    },
    /// Draws of other data would be draws of another model.
    #[error("it belongs to data {then}, present are {now}")]
    OtherData {
        /// Version in the file.
        then: String,
        /// Version wanted.
        now: String,
    },
    /// What the literature says of a parameter is no law.
    #[error(transparent)]
    BadPrior(#[from] BadPrior),
}

impl BadFile {
    /// Line of the fault, from 1, where it is of one.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::BadLine { line, .. } | Self::OutOfPrior { line, .. } => Some(*line),
            _ => None,
        }
    }
}

/// Which part of a file of draws a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it, as many rows as it says itself.
    Whole,
    /// So many of its rows.
    First(usize),
}

/// Reads a file: a pack's draws of its data, complete and within its priors.
///
/// * `now`: data version of the pack.
///
/// # Errors
/// See [`BadFile`]: the first fault, by line.
pub fn read(text: &str, bound: &Bound, now: &str, part: Part) -> Result<Stored, BadFile> {
    let (head, rows) = split(text)?;
    let then = told(text, "data version").unwrap_or_default();
    if then != now {
        return Err(BadFile::OtherData {
            then: then.to_owned(),
            now: now.to_owned(),
        });
    }
    let all = parameters(bound, false)?;
    let n_fitted = all
        .iter()
        .filter(|p| p.role == ParameterRole::Fitted)
        .count();
    let (fitted, literature) = all.split_at(n_fitted);
    let columns = columns(&head, fitted)?;
    let mut values = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        values.push(member(line, row, &columns)?);
    }
    let (seed, told_count) = origin(text).ok_or(BadFile::NoOrigin)?;
    let count = match part {
        Part::Whole => told_count,
        Part::First(count) => count,
    };
    if values.len() != count {
        return Err(BadFile::OtherCount {
            told: count,
            found: values.len(),
        });
    }
    let drawn = Points::from_rows(values.iter().map(Vec::as_slice), n_fitted);
    let beside = companions(literature, count, seed);
    Ok(Stored {
        data_version: then.to_owned(),
        parameters: all.iter().map(|p| p.id.clone()).collect(),
        draws: drawn.beside(&beside),
    })
}

/// Lines of members with their numbers, from 1.
type Rows<'a> = Vec<(usize, &'a str)>;

/// The header and the lines behind it.
fn split(text: &str) -> Result<(Vec<&str>, Rows<'_>), BadFile> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let mut lines = lines.filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let (_, header) = lines.next().ok_or(BadFile::NoHeader)?;
    let head = header.split(',').map(str::trim).collect();
    Ok((head, lines.collect()))
}

/// The columns of the fitted parameters.
fn columns<'a>(head: &[&str], fitted: &'a [Uncertain]) -> Result<Vec<Column<'a>>, BadFile> {
    let known = |id: &str| fitted.iter().any(|p| p.id == id);
    for (at, id) in head.iter().enumerate() {
        if !known(id) {
            return Err(BadFile::Unknown((*id).to_owned()));
        }
        if head.iter().take(at).any(|other| other == id) {
            return Err(BadFile::Twice((*id).to_owned()));
        }
    }
    let column = |parameter: &'a Uncertain| {
        let place = head.iter().position(|id| *id == parameter.id);
        let place = place.ok_or_else(|| BadFile::Missing(parameter.id.clone()))?;
        Ok(Column::new(place, parameter))
    };
    fitted.iter().map(column).collect()
}

/// A column: where in a line it stands, its parameter, and between what its numbers lie.
struct Column<'a> {
    place: usize,
    parameter: &'a Uncertain,
    low: f64,
    high: f64,
}

impl<'a> Column<'a> {
    fn new(place: usize, parameter: &'a Uncertain) -> Self {
        let (prior, bounds) = (&parameter.prior, parameter.prior.bounds());
        // A law without ends has them where it has no weight left.
        let end = |bound: f64, weight: f64| match bound.is_finite() {
            true => bound,
            false => prior.quantile(weight),
        };
        Self {
            place,
            parameter,
            low: end(bounds.low, NO_WEIGHT),
            high: end(bounds.high, 1.0 - NO_WEIGHT),
        }
    }

    fn value(&self, line: usize, value: f64) -> Result<f64, BadFile> {
        // What rounding may have moved it by.
        let slack = ROUNDING * value.abs();
        if value.is_finite() && value >= self.low - slack && value <= self.high + slack {
            return Ok(value);
        }
        Err(BadFile::OutOfPrior {
            line,
            id: self.parameter.id.clone(),
            value,
            low: self.low,
            high: self.high,
        })
    }
}

/// The numbers of a line in the order of the parameters.
fn member(line: usize, text: &str, columns: &[Column<'_>]) -> Result<Vec<f64>, BadFile> {
    let cells: Vec<&str> = text.split(',').map(str::trim).collect();
    let bad = || BadFile::BadLine {
        line,
        columns: columns.len(),
    };
    if cells.len() != columns.len() {
        return Err(bad());
    }
    let one = |column: &Column<'_>| {
        let value = cells.get(column.place).and_then(|cell| cell.parse().ok());
        column.value(line, value.ok_or_else(bad)?)
    };
    columns.iter().map(one).collect()
}

/// What a remark of the file says.
fn told<'a>(text: &'a str, what: &str) -> Option<&'a str> {
    let lines = text.lines().take_while(|line| line.starts_with('#'));
    let mut said = lines.filter_map(|line| line.trim_start_matches('#').trim().strip_prefix(what));
    said.next().map(str::trim)
}

/// Seed and draws that the file tells.
fn origin(text: &str) -> Option<(u64, usize)> {
    let (seed, rest) = told(text, "seed")?.split_once(',')?;
    let count = rest.trim().split_once(" draws")?.0;
    Some((seed.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_parted_and_counted() {
        let text = |count: usize| {
            let rows: String = (0..count).map(|k| format!("{k},1\n")).collect();
            format!("# made by x\n# data version y\na,b\n{rows}")
        };
        let whole = text(1002);
        let [first, rest] = parted(&whole, 1000);
        assert_eq!(first, text(1000));
        assert_eq!(rest, "1000,1\n1001,1\n");
        assert_eq!([first, rest].map(rows), [1000, 2]);
        assert_eq!(described([first, rest]).len(), 2);
        assert_eq!(parted(&text(3), 1000), [text(3).as_str(), ""]);
        assert_eq!(described(parted(&text(3), 1000))[0].rows, 3);
        assert_eq!(parted("", 1000), ["", ""]);
    }

    #[test]
    fn four_digits_are_kept() {
        assert_eq!(short(0.026_612_345_678), "0.02661");
        assert_eq!(short(12_799.0), "12800");
        assert_eq!(short(-0.000_000_3), "-0.0000003");
    }

    #[test]
    fn remarks_are_told_by_their_first_words() {
        let text = "# made by x\n# seed 7, 12 draws of 2 chains\na\n# seed 8, 1 draws\n";
        assert_eq!(origin(text), Some((7, 12)));
        assert_eq!(origin("# seed 7\na\n"), None);
    }
}
