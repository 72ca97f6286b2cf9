//! Program + settings → what executors run: a layout, the rows to keep, and what all runs share.
//!
//! What no input, driven series or draw of a member reaches is the same in every run. It is run once
//! here, by the scalar machine, and kept as series for whatever reads it.

use super::code::{Layout, Request, layout};
use super::graph::{GateId, Graph, graph};
use super::machine::Machine;
use super::needed::{Roots, shared, within_step};
use super::op::Slot;
use super::steps::{Keep, Stepping};
use super::{Room, Rows, RunError, RunSettings};
use crate::budget::{MAX_HISTORY_VALUES, MAX_SAVED_VALUES, MAX_SERIES_VALUES, MAX_SLOTS};
use crate::model::VarId;
use crate::program::{Horizon, Method, Program};
use crate::xmile::document::Table;

/// Where the values of an output come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// From the slot, at every row.
    Slot(Slot),
    /// From the shared outputs, by position.
    Shared(usize),
}

/// What executors run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(super) layout: Layout,
    pub(super) tables: Vec<Table>,
    pub(super) horizon: Horizon,
    pub(super) method: Method,
    pub(super) seed: u64,
    /// Steps of the kept rows, ascending.
    pub(super) rows: Vec<usize>,
    pub(super) last_step: usize,
    pub(super) outputs: Vec<VarId>,
    pub(super) sources: Vec<Source>,
    pub(super) series: Series,
    /// Series of the shared outputs, one after another, each as long as `rows`.
    pub(super) shared: Vec<f64>,
}

/// Values of an instant that all runs share, for every instant and every later slope.
#[derive(Debug, Clone, Default)]
pub(super) struct Series {
    width: usize,
    values: Vec<f64>,
    stage_width: usize,
    n_later: usize,
    stage_values: Vec<f64>,
}

impl Series {
    /// Values at a step; none where there are none.
    fn at(&self, step: usize) -> &[f64] {
        let range = step * self.width..(step + 1) * self.width;
        self.values.get(range).unwrap_or(&[])
    }

    /// Values at a later slope (1 and up) of a step.
    fn at_stage(&self, step: usize, stage: usize) -> &[f64] {
        let row = step * self.n_later + stage - 1;
        let range = row * self.stage_width..(row + 1) * self.stage_width;
        self.stage_values.get(range).unwrap_or(&[])
    }
}

impl Plan {
    /// Prunes, folds and lays out `program` for `settings`.
    ///
    /// # Errors
    /// As [`super::vm::Vm::prepare`].
    pub(super) fn prepare(program: &Program, settings: &RunSettings) -> Result<Self, RunError> {
        let horizon = settings.horizon;
        if !horizon.is_runnable() {
            return Err(RunError::BadHorizon {
                start: horizon.start,
                stop: horizon.stop,
                dt: horizon.dt,
            });
        }
        let rows = rows(settings)?;
        let saved = rows.len().saturating_mul(settings.outputs.len());
        within_budget(Room::Saved, saved, MAX_SAVED_VALUES)?;
        let graph = graph(program, settings)?;
        let parts = Parts {
            program,
            settings,
            graph: &graph,
            within: within_step(&graph),
            none: vec![false; graph.gates.len()],
            rows,
        };
        let shared = shared(&graph);
        let plan = parts.plan(&shared, None)?;
        if plan.n_series_values() <= MAX_SERIES_VALUES {
            parts.completed(plan, &shared)
        } else {
            parts.plan(&parts.none, None)
        }
    }

    /// Where shared values of an instant or a later slope go, and the values.
    pub(super) fn given(&self, step: usize, stage: usize) -> (&[(GateId, Slot)], &[f64]) {
        match stage {
            0 => (&self.layout.series, self.series.at(step)),
            _ => (&self.layout.stage_series, self.series.at_stage(step, stage)),
        }
    }

    /// Saved instants from a step on.
    pub(super) fn times(&self, from: usize) -> Vec<f64> {
        let rows = self.rows.iter().filter(|&&step| step >= from);
        rows.map(|&step| self.horizon.time(step)).collect()
    }

    /// How many rows lie before a step.
    pub(super) fn rows_before(&self, step: usize) -> usize {
        self.rows.partition_point(|&row| row < step)
    }

    /// The kept series of a shared output.
    pub(super) fn shared_output(&self, position: usize) -> &[f64] {
        let n = self.rows.len();
        let range = position * n..(position + 1) * n;
        self.shared.get(range).unwrap_or(&[])
    }

    /// Instants of a run.
    pub(super) fn n_instants(&self) -> usize {
        self.last_step + 1
    }

    fn n_series_values(&self) -> usize {
        let n_later = self.method.stages().len() - 1;
        let per_step = self.layout.series.len() + n_later * self.layout.stage_series.len();
        per_step.saturating_mul(self.n_instants())
    }
}

/// Nothing, or what is wanted too much of.
pub(super) fn within_budget(room: Room, wanted: usize, limit: usize) -> Result<(), RunError> {
    if wanted > limit {
        return Err(RunError::TooLarge {
            room,
            wanted,
            limit,
        });
    }
    Ok(())
}

/// The steps to keep.
fn rows(settings: &RunSettings) -> Result<Vec<usize>, RunError> {
    let horizon = settings.horizon;
    match &settings.rows {
        Rows::Saved => {
            let apart = horizon.save_every.max(1) as usize;
            Ok((0..horizon.n_rows()).map(|row| row * apart).collect())
        }
        Rows::Steps(steps) => {
            let before = [None].into_iter().chain(steps.iter().map(Some));
            for (before, &step) in before.zip(steps) {
                if step > horizon.n_steps() || before.is_some_and(|&before| before >= step) {
                    return Err(RunError::BadRow { step });
                }
            }
            Ok(steps.clone())
        }
    }
}

/// What plans are made of.
struct Parts<'p> {
    program: &'p Program,
    settings: &'p RunSettings,
    graph: &'p Graph,
    within: Vec<bool>,
    none: Vec<bool>,
    rows: Vec<usize>,
}

impl Parts<'_> {
    /// The plan of the outputs that are no leaves, or of other roots.
    fn plan(&self, leaf: &[bool], roots: Option<&Roots>) -> Result<Plan, RunError> {
        let own = Roots {
            each: self.outputs(leaf, false),
            stage: Vec::new(),
        };
        let last_step = self.rows.last().copied().unwrap_or(0);
        let layout = layout(&Request {
            graph: self.graph,
            roots: roots.unwrap_or(&own),
            leaf,
            within: &self.within,
            method: self.settings.method,
            dt: self.settings.horizon.dt,
            n_instants: last_step + 1,
            n_inputs: self.settings.inputs.len(),
            n_driven: self.settings.driven.len(),
        });
        within_budget(Room::Slots, layout.n_slots, MAX_SLOTS)?;
        within_budget(Room::History, layout.n_past, MAX_HISTORY_VALUES)?;
        Ok(Plan {
            sources: self.sources(leaf, &layout.roots),
            layout,
            tables: self.program.tables.clone(),
            horizon: self.settings.horizon,
            method: self.settings.method,
            seed: self.settings.seed,
            rows: self.rows.clone(),
            last_step,
            outputs: self.settings.outputs.clone(),
            series: Series::default(),
            shared: Vec::new(),
        })
    }

    /// The outputs that are leaves, or those that are not.
    fn outputs(&self, leaf: &[bool], are_leaves: bool) -> Vec<GateId> {
        let outputs = self.graph.outputs.iter().copied();
        outputs
            .filter(|gate| leaf[gate.index()] == are_leaves)
            .collect()
    }

    fn sources(&self, leaf: &[bool], roots: &[Slot]) -> Vec<Source> {
        let mut own = roots.iter();
        let mut n_shared = 0;
        let source = |gate: &GateId| {
            if leaf[gate.index()] {
                n_shared += 1;
                return Source::Shared(n_shared - 1);
            }
            Source::Slot(own.next().copied().unwrap_or_default())
        };
        self.graph.outputs.iter().map(source).collect()
    }

    /// The plan with what all runs share, which is run here.
    fn completed(&self, mut plan: Plan, leaf: &[bool]) -> Result<Plan, RunError> {
        let outputs = self.outputs(leaf, true);
        let series = plan.layout.series.iter().map(|&(gate, _)| gate);
        let roots = Roots {
            each: series.chain(outputs.iter().copied()).collect(),
            stage: plan.layout.stage_series.iter().map(|&(g, _)| g).collect(),
        };
        if roots.each.is_empty() && roots.stage.is_empty() {
            return Ok(plan);
        }
        let width = plan.layout.series.len();
        let once = self.plan(&self.none, Some(&roots))?;
        let mut kept = Kept {
            plan: &once,
            series: Series {
                width,
                values: Vec::with_capacity(width * plan.n_instants()),
                stage_width: roots.stage.len(),
                n_later: self.settings.method.stages().len() - 1,
                stage_values: Vec::new(),
            },
            row: 0,
            shared: vec![0.0; outputs.len() * self.rows.len()],
        };
        let mut machine = Machine::new(&once);
        machine.begin(&once, &[], &[]);
        machine.run(&once, &[], 0..once.last_step, &mut kept);
        machine.instant(&once, &[], once.last_step, &mut kept);
        plan.series = kept.series;
        plan.shared = kept.shared;
        Ok(plan)
    }
}

/// Keeps what all runs share: the first roots at every instant, the others at the rows.
struct Kept<'p> {
    plan: &'p Plan,
    series: Series,
    row: usize,
    shared: Vec<f64>,
}

impl Keep<[f64]> for Kept<'_> {
    fn instant(&mut self, step: usize, slots: &[f64]) {
        let value = |&slot: &Slot| slots.get(slot as usize).copied().unwrap_or(f64::NAN);
        let (series, outputs) = self.plan.layout.roots.split_at(self.series.width);
        self.series.values.extend(series.iter().map(value));
        if self.plan.rows.get(self.row) == Some(&step) {
            let places = self.shared.iter_mut().skip(self.row);
            for (place, slot) in places.step_by(self.plan.rows.len()).zip(outputs) {
                *place = value(slot);
            }
            self.row += 1;
        }
    }

    fn stage(&mut self, slots: &[f64]) {
        let value = |&slot: &Slot| slots.get(slot as usize).copied().unwrap_or(f64::NAN);
        let stage = self.plan.layout.stage_roots.iter().map(value);
        self.series.stage_values.extend(stage);
    }
}
