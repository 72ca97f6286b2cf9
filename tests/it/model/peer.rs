//! The same file read by an engine that is not ours: `checks/peers.py` runs it where installed.
//!
//! simlin starts fast enough for the suite; PySD is run by hand with the same script.

use std::process::Command;

use super::bench::{self, Bench};

/// Values below this, in both engines and always, are rounding residues of something that is zero.
const RESIDUE: f64 = 1e-5;

/// Agreement between independent engines: either part suffices.
const RELATIVE: f64 = 1e-6;
const OF_LARGEST: f64 = 1e-9;

#[test]
fn simlin_gives_the_same_series() {
    let run = Command::new("python3")
        .arg(bench::path("checks/peers.py"))
        .arg("simlin")
        .arg(bench::path("model.xmile"))
        .output();
    let text = match run {
        Ok(run) if run.status.success() => String::from_utf8(run.stdout).expect("ASCII"),
        Ok(run) if run.status.code() != Some(3) => {
            panic!("{}", String::from_utf8_lossy(&run.stderr))
        }
        _ => {
            eprintln!("skipped: no Python with pysimlin here");
            return;
        }
    };
    let ours = Bench::load();
    let theirs: Vec<(&str, Vec<f64>)> = text.lines().map(series).collect();
    for name in ours.names() {
        let (_, theirs) = theirs
            .iter()
            .find(|(theirs, _)| *theirs == name)
            .unwrap_or_else(|| panic!("simlin has no {name}"));
        check_close(name, ours.baseline().of(name), theirs);
    }
}

fn series(line: &str) -> (&str, Vec<f64>) {
    let (name, values) = line.split_once(',').expect("a name and values");
    let values = values.split(',').map(|x| x.parse().expect("a number"));
    (name, values.collect())
}

#[track_caller]
fn check_close(name: &str, ours: &[f64], theirs: &[f64]) {
    assert_eq!(ours.len(), theirs.len(), "{name}");
    let both = || ours.iter().chain(theirs).map(|x| x.abs());
    let largest = both().fold(0.0, f64::max);
    if largest < RESIDUE {
        return;
    }
    for (row, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let allowed = f64::max(RELATIVE * a.abs(), OF_LARGEST * largest);
        assert!(
            (a - b).abs() <= allowed,
            "{name}, row {row}: {a} here, {b} there"
        );
    }
}
