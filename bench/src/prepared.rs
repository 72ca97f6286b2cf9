//! A job laid out: single runs by the scalar VM, ensembles by the batched one.
//!
//! Run `k` of `n` is member `k` of an ensemble of `n`, so that they can be compared bit for bit.

use tidemark_engine::exec::batch::{Batch, Driven, Ensemble, Members};
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Checkpoint, Run, RunError};
use tidemark_engine::model::VarId;

use crate::{Job, JobError, Varied, program, settings};

/// A job ready to run.
#[derive(Debug)]
pub struct Prepared {
    vm: Vm,
    batch: Batch,
    outputs: Vec<VarId>,
    values: Vec<f64>,
    varied: Vec<Varied>,
    driven: Vec<Vec<f64>>,
    /// Step at which ensembles begin.
    begin: usize,
    /// The state there, for the ensemble size that was asked for last.
    checkpoint: Option<(u32, Checkpoint)>,
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
            batch: Batch::prepare(&loaded.program, &settings)?,
            outputs: settings.outputs,
            values: job.inputs.iter().map(|(_, value)| *value).collect(),
            varied: job.varied.clone(),
            driven: job
                .driven
                .iter()
                .map(|(_, series)| series.clone())
                .collect(),
            begin: job.checkpoint,
            checkpoint: None,
        })
    }

    /// Run `k` of `n`, by the scalar VM.
    pub fn run(&mut self, k: u32, n: u32) -> Run {
        for (nth, varied) in self.varied.iter().enumerate() {
            if let Some(value) = self.values.get_mut(varied.input) {
                *value = varied.value(nth, k, n);
            }
        }
        let driven: Vec<&[f64]> = self.driven.iter().map(Vec::as_slice).collect();
        self.vm.run(&self.values, &driven)
    }

    /// `n` runs by the scalar VM, one after another; a sum that depends on each of them.
    pub fn run_many(&mut self, n: u32) -> f64 {
        let mut sum = 0.0;
        for k in 0..n {
            let run = self.run(k, n);
            let last = self
                .outputs
                .first()
                .and_then(|&var| run.series(var)?.last());
            sum += last.copied().unwrap_or(f64::NAN);
        }
        sum
    }

    /// An ensemble of `n` members by the batched VM, all kept values held at once; the making of
    /// the members' inputs is part of it. Where ensembles begin at a checkpoint, it is made with
    /// the first of that size.
    ///
    /// # Errors
    /// [`RunError::TooLarge`].
    pub fn ensemble(&mut self, n: u32) -> Result<Ensemble, RunError> {
        let mut columns: Vec<Vec<f64>> = self.values.iter().map(|&value| vec![value]).collect();
        for (nth, varied) in self.varied.iter().enumerate() {
            if let Some(column) = columns.get_mut(varied.input) {
                *column = (0..n).map(|k| varied.value(nth, k, n)).collect();
            }
        }
        let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let driven: Vec<&[f64]> = self.driven.iter().map(Vec::as_slice).collect();
        let driven = Driven::Shared(&driven);
        let members = Members {
            count: n as usize,
            inputs: &inputs,
            first_member: 0,
        };
        if self.begin == 0 {
            return self.batch.run(&members, driven);
        }
        let state = match self.checkpoint.take() {
            Some((size, state)) if size == n => state,
            _ => self.batch.checkpoint(&members, driven, self.begin)?,
        };
        let ensemble = self.batch.resume(&state, &members, driven);
        self.checkpoint = Some((n, state));
        ensemble
    }

    /// The same; a sum that depends on each member, NaN where there is no room for them.
    pub fn run_members(&mut self, n: u32) -> f64 {
        let Ok(ensemble) = self.ensemble(n) else {
            return f64::NAN;
        };
        let last = ensemble.times().len().saturating_sub(1);
        let values = self
            .outputs
            .first()
            .and_then(|&var| ensemble.members(var, last));
        let sum = values.map_or(f64::NAN, |values| values.iter().sum());
        // As a worker does that has looked at an ensemble: the next one uses its room.
        self.batch.recycle(ensemble);
        sum
    }

    /// The first member of an ensemble of `n` whose values are not those of the scalar VM, bit
    /// for bit; a NaN equals a NaN.
    pub fn differing_member(&mut self, n: u32) -> Option<u32> {
        let Ok(ensemble) = self.ensemble(n) else {
            return Some(0);
        };
        (0..n).find(|&k| {
            let run = self.run(k, n);
            !self.outputs.iter().all(|&var| {
                let member = ensemble.series(var, k as usize).unwrap_or_default();
                // Rows before the checkpoint are not in the ensemble.
                let single = run.series(var).unwrap_or(&[]);
                let begin = single.len().saturating_sub(member.len());
                !member.is_empty() && same_bits(&member, single.get(begin..).unwrap_or(&[]))
            })
        })
    }

    /// All kept values of the only run of one, output after output.
    pub fn check_values(&mut self) -> Vec<f64> {
        let run = self.run(0, 1);
        let series = self.outputs.iter().filter_map(|&var| run.series(var));
        series.flatten().copied().collect()
    }

    /// Instructions of one step.
    pub fn n_step_instructions(&self) -> usize {
        self.vm.n_step_instructions()
    }
}

fn same_bits(a: &[f64], b: &[f64]) -> bool {
    let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    a.len() == b.len() && a.iter().zip(b).all(same)
}
