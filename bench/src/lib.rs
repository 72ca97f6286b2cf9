//! A job to measure: a model, what a run sets and keeps; prepared once, run often.
//!
//! The native program and the page run the very same jobs, which `cargo xtask bench` writes as
//! JSON. Nothing here reaches the product.

use serde::{Deserialize, Serialize};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, Run, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::{Loaded, load};

/// What is run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Name of the model in the table.
    pub name: String,
    /// XMILE text.
    pub xmile: String,
    /// Constants that a run sets, with their values.
    pub inputs: Vec<(String, f64)>,
    /// Auxiliaries that a run drives, with one value a step.
    pub driven: Vec<(String, Vec<f64>)>,
    /// Variables that a run keeps.
    pub outputs: Vec<String>,
    /// Position in `inputs` of the one that differs from run to run.
    pub varied: usize,
    /// Range of the varied input.
    pub range: [f64; 2],
}

/// Why a job cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The text is no job.
    #[error("the job is not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// The model has faults.
    #[error("the model has faults:\n{faults}")]
    Model {
        /// One a line.
        faults: String,
    },
    /// A name of the job is not in the model.
    #[error("the model has no variable `{name}`")]
    UnknownVariable {
        /// As the job writes it.
        name: String,
    },
    /// The engine refuses the settings.
    #[error(transparent)]
    Run(#[from] tidemark_engine::exec::RunError),
}

/// Variables by name → how the engine is asked to run.
///
/// # Errors
/// [`JobError::UnknownVariable`].
pub fn settings(job: &Job, loaded: &Loaded) -> Result<RunSettings, JobError> {
    let find = |name: &String| {
        let unknown = || JobError::UnknownVariable { name: name.clone() };
        loaded.model.find(name).ok_or_else(unknown)
    };
    let all = |names: &mut dyn Iterator<Item = &String>| -> Result<Vec<VarId>, JobError> {
        names.map(find).collect()
    };
    Ok(RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: all(&mut job.inputs.iter().map(|(name, _)| name))?,
        driven: all(&mut job.driven.iter().map(|(name, _)| name))?,
        seed: 0,
        outputs: all(&mut job.outputs.iter())?,
    })
}

/// The program of an XMILE text.
///
/// # Errors
/// [`JobError::Model`] with all faults.
pub fn program(xmile: &str) -> Result<Loaded, JobError> {
    let mut faults = Diagnostics::new();
    load(xmile, "model.xmile", &mut faults).ok_or_else(|| JobError::Model {
        faults: faults.iter().map(|fault| format!("{fault}\n")).collect(),
    })
}

/// A job ready to run.
#[derive(Debug)]
pub struct Prepared {
    vm: Vm,
    outputs: Vec<VarId>,
    values: Vec<f64>,
    driven: Vec<Vec<f64>>,
    varied: usize,
    range: [f64; 2],
}

impl Prepared {
    /// Text → program → laid out.
    ///
    /// # Errors
    /// As [`JobError`].
    pub fn new(job: &Job) -> Result<Self, JobError> {
        let loaded = program(&job.xmile)?;
        let settings = settings(job, &loaded)?;
        Ok(Self {
            vm: Vm::prepare(&loaded.program, &settings)?,
            outputs: settings.outputs,
            values: job.inputs.iter().map(|(_, value)| *value).collect(),
            driven: job
                .driven
                .iter()
                .map(|(_, series)| series.clone())
                .collect(),
            varied: job.varied,
            range: job.range,
        })
    }

    /// One run with the varied input at `part` (0 to 1) of its range.
    pub fn run(&mut self, part: f64) -> Run {
        if let Some(value) = self.values.get_mut(self.varied) {
            *value = self.range[0] + part * (self.range[1] - self.range[0]);
        }
        let driven: Vec<&[f64]> = self.driven.iter().map(Vec::as_slice).collect();
        self.vm.run(&self.values, &driven)
    }

    /// `runs` runs over the whole range; a sum that depends on each of them.
    pub fn run_many(&mut self, runs: u32) -> f64 {
        let mut sum = 0.0;
        for k in 0..runs {
            let run = self.run(f64::from(k) / f64::from(runs));
            let last = self
                .outputs
                .first()
                .and_then(|&var| run.series(var)?.last());
            sum += last.copied().unwrap_or(f64::NAN);
        }
        sum
    }

    /// All kept values of the run in the middle of the range, output after output.
    pub fn check_values(&mut self) -> Vec<f64> {
        let run = self.run(0.5);
        let series = self.outputs.iter().filter_map(|&var| run.series(var));
        series.flatten().copied().collect()
    }

    /// Instructions of one step.
    pub fn n_step_instructions(&self) -> usize {
        self.vm.n_step_instructions()
    }
}
