//! `cargo xtask bench`: speed and size of what is shipped → a table on the terminal and `BENCH.md`.
//!
//! Three parts: the engine, what the page's workers do natively (`bench/product.rs`), the page.
//! [`jobs`] and [`asks`] say what is run; [`straight`] makes the C and [`peers`] the other engines;
//! [`mod@agree`] compares what they computed; [`report`] makes the tables. The browser's part is
//! `measure` of tests/e2e, since that is where the WebDriver client lives.

pub mod agree;
pub mod asks;
pub mod generated;
pub mod jobs;
pub mod measured;
pub mod peers;
pub mod report;
pub mod straight;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tidemark_bench::{Job, program};

use crate::browser;
use crate::build::{self, Profile, wasm};
use crate::check::weight;
use crate::steps::{run, shown, step};
use crate::workspace::Workspace;
use agree::{C, PEER, agree, same_bits};
use measured::{InBrowser, Measured, OfPage, OfWorkers, Peak, Peer, Row};
use peers::Peers;

/// Rounds, in which the engine and C take turns, and samples of each in a round.
const ROUNDS: usize = 3;
const SAMPLES: usize = 5;
/// Samples of an ensemble in a round.
const OF_ENSEMBLES: usize = 2;
/// Samples in the page: of single runs, and of ensembles.
const IN_PAGE: usize = 15;
const OF_ENSEMBLES_IN_PAGE: usize = 5;
/// How often each question is asked of the solver.
const SEARCHES: usize = 3;
/// How often an ensemble is refreshed natively.
const REFRESHES: usize = 10;

const PAGE: wasm::Binary = wasm::Binary {
    package: "tidemark-bench",
    name: "bench-page",
};

/// Native program of what the page's workers do: an example of the app.
const PRODUCT: &str = "bench-product";

/// Files of the measuring page that are no module.
const PAGE_FILES: [(&str, &str); 4] = [
    ("bench/page.html", "index.html"),
    ("bench/page.js", "page.js"),
    ("bench/simlin.js", "simlin.js"),
    ("src/pages/warm_up.xmile", "warm_up.xmile"),
];

/// How far another program's values lay from ours.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// The other program.
    pub program: &'static str,
    /// Of the job.
    pub name: String,
    /// The largest difference, relative to the largest value of its series.
    pub largest: f64,
}

/// What can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// The engine beside others, natively and in the browser
    Engine,
    /// What the page's workers do, natively
    Workers,
    /// The shipped page in the browser
    Page,
}

/// What was measured of the engine.
#[derive(Debug)]
pub struct OfEngine {
    /// One for each job.
    pub rows: Vec<Row>,
    /// Every program against the engine.
    pub agreements: Vec<Agreement>,
}

/// Measures, prints and writes `BENCH.md`.
///
/// # Errors
/// When a part cannot be built or run, or two programs do not agree on the values.
pub fn bench(workspace: &Workspace) -> Result<()> {
    let dist = built(workspace)?;
    let engine = of_engine(workspace)?;
    let workers = of_workers(workspace, &dist)?;
    let page = of_page(workspace, &dist)?;
    let text = report::text(&engine, &workers, &page, &weight::weigh(&dist)?)?;
    println!("{text}");
    fs::write(workspace.root().join("BENCH.md"), text)?;
    Ok(())
}

/// Measures and prints one part; `BENCH.md` stays as it is.
///
/// # Errors
/// As [`bench`].
pub fn only(workspace: &Workspace, part: Part) -> Result<()> {
    let dist = built(workspace)?;
    let text = match part {
        Part::Engine => report::of_engine(&of_engine(workspace)?)?,
        Part::Workers => report::of_workers(&of_workers(workspace, &dist)?)?,
        Part::Page => report::of_page(&of_page(workspace, &dist)?, &weight::weigh(&dist)?)?,
    };
    println!("{text}");
    Ok(())
}

fn built(workspace: &Workspace) -> Result<PathBuf> {
    browser::ensure()?;
    build::build(workspace, Profile::Release)
}

fn of_engine(workspace: &Workspace) -> Result<OfEngine> {
    let jobs = step("jobs", || jobs::all(workspace))?;
    let folder = workspace.target().join("bench-site");
    let native = step("build the measuring programs", || {
        programs(workspace, &folder, &jobs)
    })?;
    let peers = peers::ensure(workspace);
    let mut rows = Vec::new();
    for job in &jobs {
        let row = step(&format!("{}: natively", job.name), || {
            measured_natively(workspace, &native, &folder, job, peers.as_ref())
        })?;
        rows.push(row);
    }
    let browser = step("the engine in the browser", || {
        let samples = [IN_PAGE, OF_ENSEMBLES_IN_PAGE].map(|n| n.to_string());
        let mut measure = measure(workspace, "engine");
        measure.arg(&folder).args(samples);
        answer::<InBrowser>(measure.args(jobs.iter().map(|job| &job.name)))
    })?;
    for ((row, page), simlin) in rows.iter_mut().zip(&browser.jobs).zip(&browser.simlin) {
        row.page = page.clone();
        if let Some(simlin) = simlin {
            row.simlin = Peer::Measured(simlin.clone());
        }
    }
    let agreements = step("do they agree", || agreements(&jobs, &rows))?;
    Ok(OfEngine { rows, agreements })
}

fn of_workers(workspace: &Workspace, dist: &Path) -> Result<OfWorkers> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--example", PRODUCT]);
    step("build what the workers do", || run(&mut cargo))?;
    let program = workspace.target().join("release/examples").join(PRODUCT);
    step("the workers natively", || {
        let mut command = Command::new(program);
        command.arg(dist).arg(REFRESHES.to_string());
        command.arg(SEARCHES.to_string());
        answer(command.args(asks::ASKS.iter().map(asks::Asked::argument)))
    })
}

fn of_page(workspace: &Workspace, dist: &Path) -> Result<OfPage> {
    step("the page in the browser", || {
        let mut measure = measure(workspace, "page");
        answer(measure.arg(dist).arg(SEARCHES.to_string()))
    })
}

/// The browser's part.
fn measure(workspace: &Workspace, part: &str) -> Command {
    let mut cargo = workspace.cargo();
    cargo.args(["run", "-q", "-p", "tidemark-e2e", "--bin", "measure", "--"]);
    cargo.arg(part);
    cargo
}

/// Builds the native program and the page; writes the jobs beside the page.
fn programs(workspace: &Workspace, folder: &Path, jobs: &[Job]) -> Result<PathBuf> {
    let name = "bench-native";
    run(workspace
        .cargo()
        .args(["build", "--release", "-p", "tidemark-bench", "--bin", name]))?;
    let module = wasm::compile(workspace, PAGE, Profile::Release)?;
    // Nothing of the last time is left: a model that simlin made then would be measured.
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (path, content) in wasm::bind(workspace, &module)? {
        fs::write(folder.join(path), content)?;
    }
    for (from, to) in PAGE_FILES {
        fs::copy(workspace.root().join(from), folder.join(to))?;
    }
    for job in jobs {
        fs::write(job_file(folder, job), serde_json::to_string(job)?)?;
    }
    Ok(workspace.target().join("release").join(name))
}

fn job_file(folder: &Path, job: &Job) -> PathBuf {
    folder.join(format!("{}.json", job.name))
}

/// Engine and C by turns, so that a change of the machine's speed touches both; then memory and
/// peers, whose WebAssembly is left for the browser.
fn measured_natively(
    workspace: &Workspace,
    native: &Path,
    folder: &Path,
    job: &Job,
    peers: Option<&Peers>,
) -> Result<Row> {
    let mut row = empty_row(job)?;
    let straight = straight::compile(&workspace.target().join("bench"), job)?;
    let file = job_file(folder, job);
    let mut in_c = Measured::default();
    for _ in 0..ROUNDS {
        let sizes = [SAMPLES.to_string(), OF_ENSEMBLES.to_string()];
        let mut engine = Command::new(native);
        engine.arg("run").arg(&file).args(&sizes);
        row.native.add(answer(&mut engine)?);
        if let Some(straight) = &straight {
            in_c.add(answer(Command::new(straight).arg(&sizes[0]))?);
        }
    }
    if straight.is_some() {
        row.straight = Peer::Measured(in_c);
    }
    for members in [0, 1_000, 10_000] {
        if members == 0 || job.members.contains(&members) {
            let mut peak = Command::new(native);
            peak.arg("peak").arg(&file).arg(members.to_string());
            let bytes = answer(&mut peak)?;
            row.peaks.push(Peak { members, bytes });
        }
    }
    if jobs::for_pysd(job) {
        row.pysd = match peers {
            Some(peers) => Peer::Measured(peers.pysd(folder, job)?),
            None => Peer::Skipped,
        };
    }
    if jobs::for_simlin(job) {
        row.simlin = Peer::Skipped;
        if let Some(peers) = peers {
            peers.simlin(folder, job)?;
        }
    }
    Ok(row)
}

fn empty_row(job: &Job) -> Result<Row> {
    let loaded = program(&job.xmile)?;
    let horizon = loaded.program.horizon();
    Ok(Row {
        name: job.name.clone(),
        varies: job.varies.clone(),
        equations: loaded.model.variables().len(),
        steps: job.rows.last().copied().unwrap_or(horizon.n_steps()),
        checkpoint: job.checkpoint,
        rows: match job.rows.len() {
            0 => horizon.n_rows(),
            chosen => chosen,
        },
        kept: job.outputs.len(),
        native: Measured::default(),
        page: Measured::default(),
        straight: Peer::NotAsked,
        simlin: Peer::NotAsked,
        pysd: Peer::NotAsked,
        peaks: Vec::new(),
    })
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

/// Every program against the engine, and the engine in the page against itself.
fn agreements(jobs: &[Job], rows: &[Row]) -> Result<Vec<Agreement>> {
    let mut found = Vec::new();
    for (job, row) in jobs.iter().zip(rows) {
        same_bits(&row.name, &row.native, &row.page)?;
        let others = [
            ("C", row.straight.measured(), C),
            ("simlin", row.simlin.measured(), PEER),
            ("PySD", row.pysd.measured(), PEER),
        ];
        for (program, other, tolerance) in others {
            let Some(other) = other else { continue };
            let largest = agree(job, program, &row.native.values, &other.values, tolerance)?;
            found.push(Agreement {
                program,
                name: row.name.clone(),
                largest,
            });
        }
    }
    Ok(found)
}
