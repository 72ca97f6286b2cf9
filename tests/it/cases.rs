//! Engine cases: a model and the series it must give; every executor runs every case.
//!
//! Own cases lie in `tests/cases`, each with a README that derives its numbers. The public
//! collection lies in `test-models` of the folder that TIDEMARK_SHARED names (default ../shared):
//! there every model agrees with its expectation, but for columns in which the standard says
//! otherwise; the list below gives the reasons.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tidemark_engine::diag::{Diagnostics, Severity};
use tidemark_engine::exec::batch::{Batch, Driven, Members};
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, Run, RunSettings};
use tidemark_engine::model::{Model, VarId};
use tidemark_engine::{Loaded, UnitFaults, load_with};

/// How far a value may be from the expected one: both parts are allowed together.
#[derive(Clone, Copy)]
struct Tolerance {
    relative: f64,
    absolute: f64,
}

/// Hand-computed values.
const EXACT: Tolerance = Tolerance {
    relative: 1e-12,
    absolute: 1e-12,
};
/// That of the public collection's own runner.
const PUBLIC: Tolerance = Tolerance {
    relative: 1e-4,
    absolute: 1e-6,
};

/// Columns in which the standard wins over a file's expectation, and why.
const STANDARD_WINS: &[(&str, &str, &str)] = &[
    (
        "tests/non_negative_all/test_non_negative_all1.xmile",
        "OutFlow",
        CUT_BACK,
    ),
    (
        "tests/non_negative_all/test_non_negative_all1.xmile",
        "if_else",
        CUT_BACK,
    ),
    (
        "tests/non_negative_all/test_non_negative_all1.xmile",
        "TestStock3",
        CUT_BACK,
    ),
    (
        "tests/non_negative_all/test_non_negative_all2.xmile",
        "OutFlow",
        CUT_BACK,
    ),
    (
        "tests/non_negative_all/test_non_negative_all2.xmile",
        "if_else",
        CUT_BACK,
    ),
    (
        "tests/non_negative_all/test_non_negative_all2.xmile",
        "TestStock3",
        CUT_BACK,
    ),
];

/// A non-negative stock cuts back its outflows; the expectation lets them run on. `TestStock3` may go
/// below zero but shares its outflow with a stock that may not.
const CUT_BACK: &str = "outflows of non-negative stocks";

/// What came of a case.
enum Outcome {
    Agrees,
    /// The codes of its errors, with what they speak of.
    Refused(Vec<String>),
    Differs(String),
}

#[test]
fn own_cases_give_their_series() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failures = String::new();
    let mut n = 0;
    let mut cases: Vec<PathBuf> = entries(&folder);
    cases.sort();
    for case in cases.iter().filter(|c| c.is_dir()) {
        n += 1;
        assert!(
            case.join("README.md").is_file(),
            "{} has no README.md",
            case.display()
        );
        let name = case
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match outcome(
            &case.join("model.xmile"),
            &case.join("expected.csv"),
            EXACT,
            &[],
        ) {
            Outcome::Agrees => {}
            Outcome::Refused(why) => {
                writeln!(failures, "{name}: refused, {}", why.join("; ")).unwrap()
            }
            Outcome::Differs(how) => writeln!(failures, "{name}: {how}").unwrap(),
        }
    }
    assert!(n >= 12, "only {n} cases in {}", folder.display());
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn the_page_on_xmile_names_every_case() {
    let page = include_str!("../../docs/xmile.md");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for case in entries(&folder) {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        assert!(page.contains(&format!("`{name}`")), "docs/xmile.md: {name}");
        assert!(case.join("model.xmile").is_file(), "{name} has no model");
    }
}

#[test]
fn public_cases_agree() {
    let shared = std::env::var("TIDEMARK_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(shared)
        .join("test-models");
    let Ok(list) = std::fs::read_to_string(folder.join("cases.csv")) else {
        // Straight to the stream, so that a passing test shows it too.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: no public cases in {}",
            folder.display()
        );
        return;
    };
    let mut failures = String::new();
    for line in list.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let &[dir, model, expected, ..] = fields.as_slice() else {
            panic!("{line}")
        };
        let id = format!("{dir}/{model}");
        let except: Vec<&str> = STANDARD_WINS
            .iter()
            .filter(|(case, ..)| *case == id)
            .map(|&(_, column, _)| column)
            .collect();
        let dir = folder.join(dir);
        match outcome(&dir.join(model), &dir.join(expected), PUBLIC, &except) {
            Outcome::Agrees => {}
            Outcome::Refused(why) => {
                writeln!(failures, "{id}: refused, {}", why.join("; ")).unwrap()
            }
            Outcome::Differs(how) => writeln!(failures, "{id}: {how}").unwrap(),
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|e| e.unwrap().path()).collect()
}

/// Runs a model with every executor and compares the series with a table of expected ones.
fn outcome(model: &Path, expected: &Path, tolerance: Tolerance, except: &[&str]) -> Outcome {
    let text =
        std::fs::read_to_string(model).unwrap_or_else(|e| panic!("{}: {e}", model.display()));
    let table =
        std::fs::read_to_string(expected).unwrap_or_else(|e| panic!("{}: {e}", expected.display()));
    let separator = if expected.extension().is_some_and(|e| e == "tab") {
        '\t'
    } else {
        ','
    };
    let mut faults = Diagnostics::new();
    let Some(loaded) = load_with(&text, "model", UnitFaults::Warn, &mut faults) else {
        let errors = faults.iter().filter(|d| d.severity == Severity::Error);
        return Outcome::Refused(
            errors
                .map(|d| format!("{} {}", d.code, d.subject.join(" ")))
                .collect(),
        );
    };
    let runs = runs(&loaded);
    for (executor, run) in &runs {
        if let Some(how) = different_bits(&loaded.model, &runs[0].1, run) {
            return Outcome::Differs(format!("{executor}: {how}"));
        }
        if let Err(how) = compare(
            &loaded.model,
            run,
            &columns(&table, separator),
            tolerance,
            except,
        ) {
            return Outcome::Differs(format!("{executor}: {how}"));
        }
    }
    Outcome::Agrees
}

/// The runs of each executor, all variables kept.
fn runs(loaded: &Loaded) -> Vec<(&'static str, Run)> {
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: Vec::new(),
        driven: Vec::new(),
        seed: 0,
        outputs: loaded.model.ids().collect(),
    };
    let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
    let mut runs = vec![("vm", vm.run(&[], &[]))];
    runs.extend(with_inputs(loaded, &settings));
    runs
}

/// Runs with every constant of the model as an input at its own value, so that nothing is
/// computed beforehand: whole, resumed, and as the last of some members of a batch.
fn with_inputs(loaded: &Loaded, settings: &RunSettings) -> Vec<(&'static str, Run)> {
    let constants = settings.outputs.iter().copied();
    let constants = constants.filter_map(|var| Some((var, loaded.program.constant(var)?)));
    let (inputs, values): (Vec<VarId>, Vec<f64>) = constants.unzip();
    let settings = RunSettings {
        inputs,
        ..settings.clone()
    };
    let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
    let whole = vm.run(&values, &[]);
    let checkpoint = vm.checkpoint(&values, &[], settings.horizon.n_steps() / 2);
    let rest = vm.resume(&checkpoint, &values, &[]).unwrap();
    let resumed = whole.continued(&rest);
    let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
    let mut runs = vec![("vm, all inputs", whole), ("vm, resumed", resumed)];
    for (name, block, count) in [
        ("batch of 1", 1, 1),
        ("batch in blocks of 8", 8, 13),
        ("batch in one block", 32, 19),
    ] {
        let inputs: Vec<&[f64]> = values.iter().map(std::slice::from_ref).collect();
        let members = Members {
            count,
            inputs: &inputs,
            first_member: 0,
        };
        batch.set_block_members(block);
        let ensemble = batch.run(&members, Driven::NONE).unwrap();
        runs.push((name, ensemble.run(count - 1).unwrap()));
    }
    runs
}

/// The first value of a run that has other bits than that of another; a NaN is as any other.
fn different_bits(model: &Model, one: &Run, other: &Run) -> Option<String> {
    one.outputs().iter().find_map(|&var| {
        let (a, b) = (one.series(var)?, other.series(var)?);
        let differ =
            |(a, b): (&f64, &f64)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan());
        let row = a.iter().zip(b).position(differ)?;
        let (name, time) = (&model.variable(var).name, one.times()[row]);
        Some(format!("`{name}` is {} at {time}, not {}", b[row], a[row]))
    })
}

/// Columns by name; a blank cell is as above.
fn columns(table: &str, separator: char) -> Vec<(String, Vec<f64>)> {
    let table = table.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = table
        .trim_start_matches('\u{feff}')
        .lines()
        .filter(|l| !l.trim().is_empty());
    let header = cells(lines.next().unwrap_or(""), separator);
    let mut columns: Vec<(String, Vec<f64>)> =
        header.into_iter().map(|name| (name, Vec::new())).collect();
    for line in lines {
        let cells = cells(line, separator);
        for (k, (name, values)) in columns.iter_mut().enumerate() {
            let cell = cells.get(k).map_or("", |c| c.trim());
            match (cell, values.last().copied()) {
                ("", Some(above)) => values.push(above),
                _ => values.push(
                    cell.parse()
                        .unwrap_or_else(|_| panic!("`{cell}` under `{name}`")),
                ),
            }
        }
    }
    columns
}

/// The cells of a line; quotes keep a separator, two quotes are one.
fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells
}

/// The first value that is not the expected one, in words.
fn compare(
    model: &Model,
    run: &Run,
    columns: &[(String, Vec<f64>)],
    tolerance: Tolerance,
    except: &[&str],
) -> Result<(), String> {
    let Some(((_, times), columns)) = columns.split_first() else {
        return Err("no columns".to_owned());
    };
    if times.len() != run.times().len() {
        return Err(format!("{} rows, not {}", run.times().len(), times.len()));
    }
    let mut n_compared = 0;
    for (name, expected) in columns
        .iter()
        .filter(|(name, _)| !except.contains(&name.as_str()))
    {
        let Some(series) = model.find(name).and_then(|var| run.series(var)) else {
            // Other tools write their settings into columns of their own.
            if tolerance.relative < PUBLIC.relative {
                return Err(format!("`{name}` names no variable of the model"));
            }
            continue;
        };
        n_compared += 1;
        let rows = times
            .iter()
            .zip(run.times())
            .zip(expected.iter().zip(series));
        for ((expected_time, time), (expected, value)) in rows {
            let near = |a: f64, b: f64| {
                a == b
                    || a.is_nan() && b.is_nan()
                    || (a - b).abs() <= tolerance.absolute + tolerance.relative * a.abs()
            };
            if !near(*expected_time, *time) {
                return Err(format!("a row at {time}, not {expected_time}"));
            }
            if !near(*expected, *value) {
                return Err(format!("`{name}` is {value} at {time}, not {expected}"));
            }
        }
    }
    match n_compared {
        0 => Err("no column names a variable of the model".to_owned()),
        _ => Ok(()),
    }
}
