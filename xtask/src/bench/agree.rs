//! Whether two programs computed the same: nothing is believed of a program that did not.

use anyhow::{Result, bail};
use tidemark_bench::Job;

use super::measured::Measured;

/// How far another engine's values may lie from ours.
#[derive(Debug, Clone, Copy)]
pub struct Tolerance {
    /// Of the value itself.
    pub relative: f64,
    /// Of the largest value of the series.
    pub of_largest: f64,
}

/// The C library rounds its functions in its own way.
pub const C: Tolerance = Tolerance {
    relative: 0.0,
    of_largest: 1e-9,
};

/// Independent engines: either part suffices.
pub const PEER: Tolerance = Tolerance {
    relative: 1e-6,
    of_largest: 1e-9,
};

/// A series that nowhere reaches this is zero but for rounding, such as an account's balance: its
/// values are what programs round differently.
const RESIDUE: f64 = 1e-9;

/// Compares series by series; a program that kept more rows kept them evenly between ours.
///
/// The largest difference found, relative to the largest value of its series.
///
/// # Errors
/// With the first output that differs by more than `tolerance`.
pub fn agree(
    job: &Job,
    program: &str,
    ours: &[f64],
    theirs: &[f64],
    tolerance: Tolerance,
) -> Result<f64> {
    let series = job.outputs.len().max(1);
    let (rows, their_rows) = (ours.len() / series, theirs.len() / series);
    let every = their_rows.saturating_sub(1) / rows.saturating_sub(1).max(1);
    if ours.is_empty() || every == 0 || their_rows != (rows - 1) * every + 1 {
        bail!(
            "{}: {} values by the engine, {} by {program}",
            job.name,
            ours.len(),
            theirs.len()
        );
    }
    let mut largest_difference: f64 = 0.0;
    let pairs = ours.chunks(rows).zip(theirs.chunks(their_rows));
    for (output, (ours, theirs)) in job.outputs.iter().zip(pairs) {
        let theirs: Vec<f64> = theirs.iter().copied().step_by(every).collect();
        let largest_of = |all: &[f64]| all.iter().fold(0.0, |max: f64, value| max.max(value.abs()));
        let largest = largest_of(ours);
        let is_number = |value: &f64| !value.is_nan();
        let is_residue = largest.max(largest_of(&theirs)) < RESIDUE;
        if is_residue && ours.iter().chain(&theirs).all(is_number) {
            continue;
        }
        for (row, (a, b)) in ours.iter().zip(theirs).enumerate() {
            let allowed = (tolerance.relative * a.abs()).max(tolerance.of_largest * largest);
            // A NaN on one side only is far.
            if (a - b).abs() > allowed || a.is_nan() != b.is_nan() {
                bail!(
                    "{}: engine and {program} differ in `{output}`, row {row}: {a} and {b}",
                    job.name
                );
            }
            if largest > 0.0 {
                largest_difference = largest_difference.max((a - b).abs() / largest);
            }
        }
    }
    Ok(largest_difference)
}

/// The engine gives the same bits on every machine, a browser included; but for the sign of a zero,
/// which a browser's JSON does not write.
///
/// # Errors
/// With the first value that differs.
pub fn same_bits(name: &str, native: &Measured, page: &Measured) -> Result<()> {
    if native.values.len() != page.values.len() {
        bail!("{name}: the page kept another number of values");
    }
    let pairs = native.values.iter().zip(&page.values);
    let bits = |value: &f64| (value + 0.0).to_bits();
    match pairs.clone().position(|(a, b)| bits(a) != bits(b)) {
        Some(at) => bail!("{name}: native and page differ at value {at}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ours: &[f64], theirs: &[f64], expected: Option<f64>) {
        let job = Job {
            name: "a".to_owned(),
            varies: String::new(),
            xmile: String::new(),
            rows: Vec::new(),
            checkpoint: 0,
            inputs: Vec::new(),
            varied: Vec::new(),
            driven: Vec::new(),
            outputs: vec!["x".to_owned()],
            members: Vec::new(),
        };
        assert_eq!(agree(&job, "C", ours, theirs, C).ok(), expected);
    }

    #[test]
    fn rounding_agrees_and_more_does_not() {
        check(&[1.0, 4.0], &[1.0, 4.0], Some(0.0));
        check(&[1.0, 4.0], &[1.0, 4.000_001], None);
        check(&[1.0, f64::NAN], &[1.0, 2.0], None);
        check(&[0.0, 3.3e-17], &[0.0, 4.7e-17], Some(0.0));
        check(&[0.0, 3.3e-17], &[0.0, 2e-9], None);
        check(&[0.0, f64::NAN], &[0.0, 0.0], None);
    }

    #[test]
    fn rows_between_ours_are_passed_over() {
        check(&[1.0, 4.0], &[1.0, 7.0, 4.0], Some(0.0));
        check(&[1.0, 4.0, 5.0], &[1.0, 4.0], None);
    }
}
