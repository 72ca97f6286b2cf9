//! The same file read and run by engines that are not ours, scenario by scenario.
//!
//! `checks/peers.py` runs them with the Python that `TIDEMARK_PEERS` names; `cargo xtask test`
//! makes it, and without it these tests say "skipped". What is run is `checks/scenarios.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::bench::{self, Bench};
use super::rules::{Levers, Scenario, Scenarios};

/// Agreement between independent engines: either part suffices.
const RELATIVE: f64 = 1e-6;
const OF_LARGEST: f64 = 1e-9;

/// Below this in both engines and always, in the units of the model, a variable is zero: what is
/// left are the roundings of the larger figures that it is the difference of.
const RESIDUE: f64 = 1e-9;

#[test]
fn simlin_agrees_on_every_variable() {
    println!("{}", agreement("simlin"));
}

#[test]
fn pysd_agrees_on_every_variable() {
    println!("{}", agreement("pysd"));
}

#[test]
fn every_lever_moves_in_a_scenario_that_is_compared() {
    let scenarios = Scenarios::read().scenario;
    assert!(scenarios[0].set.is_empty(), "the first is the baseline");
    for lever in Levers::read().lever {
        let change = lever.constant("change");
        assert!(
            scenarios.iter().any(|s| s.set.contains_key(&change)),
            "{change} is in no scenario"
        );
    }
}

/// The largest disagreement of each scenario in one line, or why there is none; panics where the
/// two lie too far apart.
#[track_caller]
fn agreement(engine: &str) -> String {
    let Some(python) = std::env::var_os("TIDEMARK_PEERS") else {
        return format!("skipped: {engine}, TIDEMARK_PEERS names no Python that has it");
    };
    let scenarios = Scenarios::read().scenario;
    let printed = printed_by(engine, &python, &scenarios);
    let theirs = parsed(&printed);
    let ours = Bench::load();
    let (mut each, mut zeros) = (String::new(), BTreeSet::new());
    let mut worst = Largest::default();
    for scenario in &scenarios {
        let id = &scenario.id;
        let theirs = theirs.get(&**id);
        let theirs = theirs.unwrap_or_else(|| panic!("{engine} did not run {id}"));
        let found = compared(&ours, scenario, theirs);
        let faults = found.faults.join("\n");
        assert!(faults.is_empty(), "{engine}, scenario {id}:\n{faults}");
        let _ = write!(each, ", {id} {:.1e}", found.difference);
        zeros.extend(found.zeros.iter().cloned());
        if found.difference >= worst.difference {
            worst = found;
        }
    }
    let n = ours.names().count();
    let (largest, at) = (worst.difference, worst.at);
    let zeros = Vec::from_iter(zeros).join(", ");
    format!(
        "agreement: {engine}, {n} variables, at most {largest:.1e} apart ({at}){each}; \
         zero but for rounding: {zeros}"
    )
}

fn compared(ours: &Bench, scenario: &Scenario, theirs: &BTreeMap<&str, Vec<f64>>) -> Largest {
    let set: Vec<(&str, f64)> = scenario.set.iter().map(|(k, v)| (&**k, *v)).collect();
    let run = ours.run(&set);
    let mut found = Largest::default();
    found.compare("time", run.times(), theirs.get("time"));
    for name in ours.names() {
        found.compare(name, run.of(name), theirs.get(name));
    }
    found
}

/// What the script prints, one process for all scenarios.
#[track_caller]
fn printed_by(engine: &str, python: &OsStr, scenarios: &[Scenario]) -> String {
    let mut child = Command::new(python)
        .arg(bench::path("checks/peers.py"))
        .arg(engine)
        .arg(bench::path("model.xmile"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the Python of TIDEMARK_PEERS");
    let asked = serde_json::to_vec(scenarios).expect("plain data");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(&asked).expect("the script reads it all");
    drop(stdin);
    let output = child.wait_with_output().expect("it was started");
    assert!(output.status.success(), "{engine}: {}", output.status);
    String::from_utf8(output.stdout).expect("ASCII")
}

/// Scenario → variable → series.
fn parsed(printed: &str) -> BTreeMap<&str, BTreeMap<&str, Vec<f64>>> {
    let mut runs: BTreeMap<&str, BTreeMap<&str, Vec<f64>>> = BTreeMap::new();
    for line in printed.lines() {
        let mut cells = line.split(',');
        let scenario = cells.next().expect("a scenario");
        let variable = cells.next().expect("a variable");
        let values = cells.map(|x| x.parse().expect("a number")).collect();
        runs.entry(scenario).or_default().insert(variable, values);
    }
    runs
}

/// The largest disagreement of a run, relative to the largest value of its variable, and all
/// that lie too far apart.
#[derive(Default)]
struct Largest {
    difference: f64,
    at: String,
    /// Variables that are zero but for rounding.
    zeros: Vec<String>,
    faults: Vec<String>,
}

impl Largest {
    fn compare(&mut self, name: &str, ours: &[f64], theirs: Option<&Vec<f64>>) {
        let Some(theirs) = theirs.filter(|theirs| theirs.len() == ours.len()) else {
            let has = theirs.map_or(0, Vec::len);
            let wanted = ours.len();
            self.faults
                .push(format!("{name}: {has} values instead of {wanted}"));
            return;
        };
        let both = ours.iter().chain(theirs).map(|x| x.abs());
        let largest = both.fold(0.0, f64::max);
        if largest == 0.0 {
            return;
        }
        if largest < RESIDUE {
            self.zeros.push(name.to_owned());
            return;
        }
        for (row, (a, b)) in ours.iter().zip(theirs).enumerate() {
            let allowed = f64::max(RELATIVE * a.abs(), OF_LARGEST * largest);
            let difference = (a - b).abs();
            // A NaN is never near.
            let near = difference <= allowed;
            if !near {
                self.faults
                    .push(format!("{name}, row {row}: {a} here, {b} there"));
            } else if difference / largest > self.difference {
                self.difference = difference / largest;
                name.clone_into(&mut self.at);
            }
        }
    }
}

#[test]
fn a_disagreement_beyond_the_tolerance_is_found() {
    let faults = |ours: &[f64], theirs: &[f64]| {
        let mut found = Largest::default();
        found.compare("x", ours, Some(&theirs.to_vec()));
        found.faults.len()
    };
    assert_eq!(faults(&[1.0, 1e-3], &[1.0 + 9e-7, 1e-3 + 9e-10]), 0);
    assert_eq!(faults(&[1.0, 1e-3], &[1.0 + 2e-6, 1e-3 + 2e-9]), 2);
    assert_eq!(faults(&[1.0], &[f64::NAN]), 1);
    assert_eq!(faults(&[0.0, 0.0], &[0.0, 2e-9]), 1);
    assert_eq!(faults(&[1.0, 2.0], &[1.0]), 1);
}
