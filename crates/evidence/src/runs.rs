//! Baseline runs of many parameter sets → the model's value of each figure.
//!
//! A fit is made on baselines: every lever at its default, deviations switched off, so that the
//! reference paths play no part in it.

use std::collections::BTreeMap;

use tidemark_analysis::points::Points;
use tidemark_engine::exec::batch::{Batch, Driven, Ensemble, Members};
use tidemark_engine::exec::{Rows, RunError, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::program::{Horizon, Program};
use tidemark_pack::bind::Bound;

use crate::parameters::Uncertain;

/// Instants closer than this are one, as in the pack's readings.
const SAME_INSTANT: f64 = 1e-6;

/// Where a series is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum At {
    /// At an instant, on the line between steps where it is none of them.
    Instant(f64),
    /// Mean over the steps from one instant up to, without, another.
    Mean(f64, f64),
}

/// How a value is read off a run, in the unit of an indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Read {
    /// Variable.
    pub variable: VarId,
    /// What it is divided by: sum by sum over a span.
    pub denominator: Option<VarId>,
    /// Where.
    pub at: At,
    /// Model units per shown unit.
    pub scale: f64,
}

impl Read {
    /// First instant needed.
    pub fn first(&self) -> f64 {
        match self.at {
            At::Instant(at) | At::Mean(at, _) => at,
        }
    }

    /// Last instant needed, or the one after it.
    pub fn last(&self) -> f64 {
        match self.at {
            At::Instant(at) | At::Mean(_, at) => at,
        }
    }

    /// Instant at which the value is drawn: a stock's own, the middle of a span.
    pub fn middle(&self) -> f64 {
        match self.at {
            At::Instant(at) => at,
            At::Mean(from, to) => 0.5 * (from + to),
        }
    }

    /// Steps with their weights, which are 1 in all.
    fn steps(&self, horizon: Horizon) -> Vec<(usize, f64)> {
        let place = |t: f64| (t - horizon.start) / horizon.dt;
        match self.at {
            At::Instant(at) => {
                let at = place(at);
                let near = libm::round(at);
                if (at - near).abs() * horizon.dt < SAME_INSTANT {
                    return vec![(near as usize, 1.0)];
                }
                let below = libm::floor(at);
                let part = at - below;
                vec![(below as usize, 1.0 - part), (below as usize + 1, part)]
            }
            At::Mean(from, to) => {
                let before = |t: f64| libm::ceil(place(t - SAME_INSTANT)) as usize;
                let steps = before(from)..before(to);
                let weight = 1.0 / steps.len().max(1) as f64;
                steps.map(|step| (step, weight)).collect()
            }
        }
    }
}

/// A program ready to be run for sets of parameters, and the readings that are wanted of it.
#[derive(Debug)]
pub struct Runs {
    batch: Batch,
    /// Column of the parameter sets for each input; the rest are the model's own constants.
    columns: Vec<usize>,
    /// For each reading: its variables, scale, and rows with their weights.
    readings: Vec<Reading>,
    /// Members whose values are read at once, see [`Runs::values`].
    n_columns: usize,
}

#[derive(Debug)]
struct Reading {
    variable: VarId,
    denominator: Option<VarId>,
    scale: f64,
    rows: Vec<(usize, f64)>,
}

impl Runs {
    /// Lays out the program for these readings; it ends with the last instant that one needs.
    ///
    /// # Errors
    /// As [`Batch::prepare`].
    pub fn prepare(
        bound: &Bound,
        program: &Program,
        parameters: &[Uncertain],
        reads: &[Read],
    ) -> Result<Self, RunError> {
        let horizon = bound.horizon();
        let of_parameters = parameters.iter().enumerate();
        let (columns, mut inputs): (Vec<usize>, Vec<VarId>) = of_parameters
            .flat_map(|(column, p)| p.vars.iter().map(move |&var| (column, var)))
            .unzip();
        inputs.push(bound.switch());
        let mut steps: Vec<usize> = reads
            .iter()
            .flat_map(|read| read.steps(horizon))
            .map(|(step, _)| step)
            .collect();
        steps.sort_unstable();
        steps.dedup();
        let mut outputs: Vec<VarId> = reads
            .iter()
            .flat_map(|read| [Some(read.variable), read.denominator])
            .flatten()
            .collect();
        outputs.sort_unstable();
        outputs.dedup();
        let readings = reads
            .iter()
            .map(|read| Reading {
                variable: read.variable,
                denominator: read.denominator,
                scale: read.scale,
                rows: read
                    .steps(horizon)
                    .into_iter()
                    .filter_map(|(step, weight)| Some((steps.binary_search(&step).ok()?, weight)))
                    .collect(),
            })
            .collect();
        let settings = RunSettings {
            method: bound.method(),
            horizon,
            rows: Rows::Steps(steps),
            inputs,
            driven: Vec::new(),
            seed: 0,
            outputs,
        };
        Ok(Self {
            batch: Batch::prepare(program, &settings)?,
            columns,
            readings,
            n_columns: parameters.len(),
        })
    }

    /// Every reading of every set: one column a reading, one row a set. Sets have one column for
    /// each parameter given to [`Runs::prepare`]; a run that fails gives NaN.
    pub fn values(&mut self, sets: &Points) -> Points {
        let mut values = Points::zeros(sets.count(), self.readings.len());
        self.values_into(sets, &mut values);
        values
    }

    fn values_into(&mut self, sets: &Points, values: &mut Points) {
        let off = [0.0];
        let mut inputs: Vec<&[f64]> = self.columns.iter().map(|&k| sets.column(k)).collect();
        inputs.push(&off);
        let members = Members {
            count: sets.count(),
            inputs: &inputs,
            first_member: 0,
        };
        debug_assert_eq!(sets.n_columns(), self.n_columns);
        let Ok(ensemble) = self.batch.run(&members, Driven::NONE) else {
            for reading in 0..self.readings.len() {
                (0..sets.count()).for_each(|row| values.set(row, reading, f64::NAN));
            }
            return;
        };
        let mut kept = Kept::default();
        for (column, reading) in self.readings.iter().enumerate() {
            let above = kept.weighted(&ensemble, reading.variable, &reading.rows);
            let below = reading
                .denominator
                .map(|var| kept.weighted(&ensemble, var, &reading.rows));
            for (row, value) in above.iter().enumerate() {
                let divided = match &below {
                    Some(below) => value / below[row],
                    None => *value,
                };
                values.set(row, column, divided / reading.scale);
            }
        }
        self.batch.recycle(ensemble);
    }
}

/// Rows of an ensemble that were gathered already.
#[derive(Default)]
struct Kept(BTreeMap<(VarId, usize), Vec<f64>>);

impl Kept {
    fn weighted(&mut self, runs: &Ensemble, var: VarId, rows: &[(usize, f64)]) -> Vec<f64> {
        let mut sum = vec![0.0; runs.count()];
        for &(row, weight) in rows {
            let members = self
                .0
                .entry((var, row))
                .or_insert_with(|| runs.members(var, row).unwrap_or_default());
            for (member, sum) in sum.iter_mut().enumerate() {
                *sum += weight * members.get(member).copied().unwrap_or(f64::NAN);
            }
        }
        sum
    }
}
