//! `cargo xtask bench`: speed and size of what is shipped → a table on the terminal and `BENCH.md`.
//!
//! [`jobs`] says what is run, [`straight`] makes the C it is held against, [`report`] the table.
//! The browser's part is `measure` of tests/e2e, since that is where the WebDriver client lives.

pub mod jobs;
pub mod report;
pub mod straight;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tidemark_bench::Job;

use crate::browser;
use crate::build::{self, Profile, wasm};
use crate::check::weight;
use crate::steps::{run, shown, step};
use crate::workspace::Workspace;

/// Samples of a program in one round, and rounds, which alternate between the programs.
const SAMPLES: usize = 15;
const ROUNDS: usize = 3;

/// Runs in one sample: some milliseconds each.
const RUNS: usize = 200;

const PAGE: wasm::Binary = wasm::Binary {
    package: "tidemark-bench",
    name: "bench-page",
};

/// What a program measured of one job.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Measured {
    /// Microseconds of a run, one a sample.
    pub run_us: Vec<f64>,
    /// Milliseconds from text to program, one a sample.
    #[serde(default)]
    pub load_ms: Vec<f64>,
    /// The same, the very first time in a fresh page.
    #[serde(default)]
    pub cold_load_ms: f64,
    /// What a run kept, to be compared.
    pub values: Vec<f64>,
    /// Instructions of one step.
    #[serde(default)]
    pub instructions: usize,
}

/// What the browser measured.
#[derive(Debug, Clone, Deserialize)]
pub struct InBrowser {
    /// One for each job, in order.
    pub jobs: Vec<Measured>,
    /// Milliseconds from slider input to painted, one a move.
    pub answers_ms: Vec<f64>,
    /// Milliseconds of script, one a move.
    pub script_ms: Vec<f64>,
    /// Milliseconds from the start of loading to the first chart drawn.
    pub first_chart_ms: f64,
    /// Name and version.
    pub browser: String,
}

/// One job, by every program.
#[derive(Debug, Clone)]
pub struct Row {
    /// Of the job.
    pub name: String,
    /// Series that a run keeps.
    pub kept: usize,
    /// Engine, compiled for this machine.
    pub native: Measured,
    /// Engine in the browser.
    pub page: Measured,
    /// The same equations in C.
    pub straight: Measured,
}

/// Measures, prints and writes `BENCH.md`.
///
/// # Errors
/// When a part cannot be built or run, or two programs do not agree on the values.
pub fn bench(workspace: &Workspace) -> Result<()> {
    browser::ensure()?;
    let dist = build::build(workspace, Profile::Release)?;
    let jobs = step("jobs", || jobs::all(workspace))?;
    let folder = workspace.target().join("bench-site");
    let native = step("build the measuring programs", || {
        programs(workspace, &folder, &jobs)
    })?;
    let mut rows = Vec::new();
    for job in &jobs {
        rows.push(step(&format!("{}: engine and C", job.name), || {
            alternate(workspace, &native, &folder, job)
        })?);
    }
    let browser = step("browser", || in_browser(workspace, &folder, &dist, &jobs))?;
    for (row, page) in rows.iter_mut().zip(&browser.jobs) {
        same_bits(row, page)?;
        row.page = page.clone();
    }
    let text = report::text(&rows, &browser, &weight::weigh(&dist)?)?;
    println!("{text}");
    fs::write(workspace.root().join("BENCH.md"), text)?;
    Ok(())
}

/// Builds the native program and the page; writes the jobs beside the page.
fn programs(workspace: &Workspace, folder: &Path, jobs: &[Job]) -> Result<PathBuf> {
    let name = "bench-native";
    run(workspace
        .cargo()
        .args(["build", "--release", "-p", "tidemark-bench", "--bin", name]))?;
    let module = wasm::compile(workspace, PAGE, Profile::Release)?;
    fs::create_dir_all(folder)?;
    for (path, content) in wasm::bind(workspace, &module)? {
        fs::write(folder.join(path), content)?;
    }
    fs::copy(
        workspace.root().join("bench/page.html"),
        folder.join("index.html"),
    )?;
    for job in jobs {
        fs::write(job_file(folder, job), serde_json::to_string(job)?)?;
    }
    Ok(workspace.target().join("release").join(name))
}

fn job_file(folder: &Path, job: &Job) -> PathBuf {
    folder.join(format!("{}.json", job.name))
}

/// Engine and C by turns, so that a change of the machine's speed touches both.
fn alternate(workspace: &Workspace, native: &Path, folder: &Path, job: &Job) -> Result<Row> {
    let straight = straight::compile(&workspace.target().join("bench"), job)?;
    let mut row = Row {
        name: job.name.clone(),
        kept: job.outputs.len(),
        native: Measured::default(),
        page: Measured::default(),
        straight: Measured::default(),
    };
    for _ in 0..ROUNDS {
        let mut engine = Command::new(native);
        engine.arg(job_file(folder, job));
        let sizes = [SAMPLES.to_string(), RUNS.to_string()];
        add(&mut row.native, answer(engine.args(&sizes))?);
        add(
            &mut row.straight,
            answer(Command::new(&straight).args(&sizes))?,
        );
    }
    straight::agree(job, &row.native.values, &row.straight.values)?;
    Ok(row)
}

fn add(to: &mut Measured, mut more: Measured) {
    more.run_us.append(&mut to.run_us);
    more.load_ms.append(&mut to.load_ms);
    *to = more;
}

fn answer<T: for<'a> Deserialize<'a>>(command: &mut Command) -> Result<T> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("`{}` could not be started", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", shown(command), output.status);
    }
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("`{}` gave no readable answer", shown(command)))
}

fn in_browser(
    workspace: &Workspace,
    folder: &Path,
    dist: &Path,
    jobs: &[Job],
) -> Result<InBrowser> {
    let mut cargo = workspace.cargo();
    cargo
        .args(["run", "-q", "-p", "tidemark-e2e", "--bin", "measure", "--"])
        .args([folder, dist])
        .args([SAMPLES.to_string(), RUNS.to_string()])
        .args(jobs.iter().map(|job| &job.name));
    answer(&mut cargo)
}

/// The engine gives the same bits on every machine, a browser included.
fn same_bits(row: &Row, page: &Measured) -> Result<()> {
    if row.native.values.len() != page.values.len() {
        bail!("{}: the page kept another number of values", row.name);
    }
    let pairs = row.native.values.iter().zip(&page.values);
    match pairs.clone().position(|(a, b)| a.to_bits() != b.to_bits()) {
        Some(at) => bail!("{}: native and page differ at value {at}", row.name),
        None => Ok(()),
    }
}
