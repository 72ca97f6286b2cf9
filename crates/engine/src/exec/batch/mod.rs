//! Batched VM: many members at a time, one instruction over a block of them.
//!
//! The same layout as the scalar VM's, and the same bits for every member, whatever the size of a
//! block. Blocks are run one by one, so that a worker can report progress and stop between them.
//! The loops are in `kernel`, the machine in `block`.

mod block;
mod ensemble;
mod kernel;

pub use ensemble::{Driven, Ensemble};

use super::checkpoint::{Checkpoint, n_kept};
use super::plan::{Plan, Source, within_budget};
use super::steps::{Keep, Nothing, Stepping};
use super::{Room, RunError, RunSettings};
use crate::budget::{MAX_ENSEMBLE_VALUES, MAX_HISTORY_VALUES};
use crate::program::Program;
use block::{Block, gather};
use kernel::CHUNK;

/// Bytes of a block's slots that still lie near the processor.
const NEAR_BYTES: usize = 256 << 10;
/// Members of a block, at most.
const MOST_MEMBERS: usize = 128;

/// What the members of an ensemble are.
#[derive(Debug, Clone, Copy)]
pub struct Members<'a> {
    /// How many.
    pub count: usize,
    /// For each of `settings.inputs` one value a member, or one for all; a missing one is NaN.
    pub inputs: &'a [&'a [f64]],
    /// Number of the first one: random draws of a member depend on its number alone, so that an
    /// ensemble may be split.
    pub first_member: u64,
}

/// A program pruned to the outputs asked for, ready to run for many members.
#[derive(Debug, Clone)]
pub struct Batch {
    plan: Plan,
    block: Block,
    /// Members of a block, a whole number of chunks.
    block_members: usize,
    /// Room of an ensemble that is no longer wanted.
    room: Vec<f64>,
}

impl Batch {
    /// As [`super::vm::Vm::prepare`], of which it is the counterpart.
    ///
    /// # Errors
    /// Those of [`super::vm::Vm::prepare`]; the budget of the past holds for one chunk of members.
    pub fn prepare(program: &Program, settings: &RunSettings) -> Result<Self, RunError> {
        let plan = Plan::prepare(program, settings)?;
        let least_past = plan.layout.n_past.saturating_mul(CHUNK);
        within_budget(Room::History, least_past, MAX_HISTORY_VALUES)?;
        let slot_bytes = plan.layout.n_slots.max(1) * size_of::<f64>();
        let members = (NEAR_BYTES / slot_bytes)
            .min(MAX_HISTORY_VALUES / plan.layout.n_past.max(1))
            .min(MOST_MEMBERS);
        Ok(Self {
            block: Block::new(&plan),
            plan,
            room: Vec::new(),
            block_members: (members / CHUNK * CHUNK).max(CHUNK),
        })
    }

    /// Members that are run together, rounded up to a whole number of chunks. Changes no value.
    pub fn set_block_members(&mut self, members: usize) {
        self.block_members = members.max(1).next_multiple_of(CHUNK);
    }

    /// Takes back an ensemble: its room is used for the next one. Fresh room costs more than the runs
    /// of a small model, since the system gives it page by page.
    pub fn recycle(&mut self, ensemble: Ensemble) {
        self.room = ensemble.values;
    }

    /// One run for each member.
    ///
    /// * `driven`: the same series for all members, as in [`super::vm::Vm::run`], or an ensemble of
    ///   as many members that has a row for each step from here on.
    ///
    /// # Errors
    /// [`RunError::BadMembers`] where an input has values for another number of members,
    /// [`RunError::TooLarge`] where members × outputs × rows are over the budget,
    /// [`RunError::OtherDriven`] for an ensemble that cannot drive these members.
    pub fn run(&mut self, members: &Members, driven: Driven<'_>) -> Result<Ensemble, RunError> {
        let mut blocks = self.blocks(members, driven, None)?;
        while blocks.run_next() {}
        Ok(blocks.into_ensemble())
    }

    /// The rest of the members' runs from a checkpoint on, with its rows only; a checkpoint of one
    /// member stands for all. Inputs may be others than before.
    ///
    /// # Errors
    /// As [`Batch::run`], and [`RunError::OtherCheckpoint`].
    pub fn resume(
        &mut self,
        from: &Checkpoint,
        members: &Members,
        driven: Driven<'_>,
    ) -> Result<Ensemble, RunError> {
        let mut blocks = self.blocks(members, driven, Some(from))?;
        while blocks.run_next() {}
        Ok(blocks.into_ensemble())
    }

    /// The same block by block, see [`Blocks`].
    ///
    /// # Errors
    /// As [`Batch::resume`].
    pub fn blocks<'a>(
        &'a mut self,
        members: &'a Members,
        driven: Driven<'a>,
        from: Option<&'a Checkpoint>,
    ) -> Result<Blocks<'a>, RunError> {
        check_inputs(members)?;
        if from
            .is_some_and(|from| !from.fits(&self.plan) || ![1, members.count].contains(&from.count))
        {
            return Err(RunError::OtherCheckpoint);
        }
        let begin = from.map_or(0, Checkpoint::step);
        driven.check(&self.plan, members.count, begin)?;
        let mut ensemble = Ensemble::new(&self.plan, members.count, self.block_members, begin);
        let wanted = ensemble.n_values();
        within_budget(Room::Saved, wanted, MAX_ENSEMBLE_VALUES)?;
        let mut values = std::mem::take(&mut self.room);
        if values.capacity() < wanted {
            // Room that is zero from the start is not touched before it is used.
            values = vec![0.0; wanted];
        }
        values.resize(wanted, 0.0);
        ensemble.values = values;
        Ok(Blocks {
            batch: self,
            members,
            driven,
            from,
            n_done: 0,
            ensemble,
        })
    }

    /// The state of all members before a step (at most the last kept one).
    ///
    /// # Errors
    /// As [`Batch::run`]; the budget is that of a checkpoint's values.
    pub fn checkpoint(
        &mut self,
        members: &Members,
        driven: Driven<'_>,
        step: usize,
    ) -> Result<Checkpoint, RunError> {
        check_inputs(members)?;
        let plan = &self.plan;
        let step = step.min(plan.last_step);
        driven.check(plan, members.count, 0)?;
        let n_past = n_kept(&plan.layout, step);
        let n_states = plan.layout.begin.len();
        let wanted = members.count.saturating_mul(n_states + n_past);
        within_budget(Room::History, wanted, MAX_ENSEMBLE_VALUES)?;
        let mut checkpoint = Checkpoint {
            step,
            count: members.count,
            states: vec![0.0; members.count * n_states],
            past: vec![0.0; members.count * n_past],
        };
        for begin in (0..members.count).step_by(self.block_members) {
            let count = self.block_members.min(members.count - begin);
            self.block.take(plan, members, begin, count);
            self.block.begin(plan, driven);
            self.block.run(plan, driven, 0..step, &mut Nothing);
            self.block.save(plan, &mut checkpoint, count);
        }
        Ok(checkpoint)
    }
}

fn check_inputs(members: &Members) -> Result<(), RunError> {
    for (position, values) in members.inputs.iter().enumerate() {
        if ![1, members.count].contains(&values.len()) {
            return Err(RunError::BadMembers {
                position,
                given: values.len(),
                count: members.count,
            });
        }
    }
    Ok(())
}

/// An ensemble on its way: run block by block as long as it is wanted.
#[derive(Debug)]
pub struct Blocks<'a> {
    batch: &'a mut Batch,
    members: &'a Members<'a>,
    driven: Driven<'a>,
    from: Option<&'a Checkpoint>,
    n_done: usize,
    ensemble: Ensemble,
}

impl Blocks<'_> {
    /// Members that are done.
    pub fn n_done(&self) -> usize {
        self.n_done
    }

    /// Runs the next block; whether there was one.
    pub fn run_next(&mut self) -> bool {
        let Batch {
            plan,
            block,
            block_members,
            ..
        } = &mut *self.batch;
        let begin = self.n_done;
        let count = (*block_members).min(self.members.count - begin);
        if count == 0 || self.ensemble.times().is_empty() {
            return false;
        }
        block.take(plan, self.members, begin, count);
        let step = match self.from {
            Some(from) => {
                block.resume(plan, from, count);
                from.step()
            }
            None => {
                block.begin(plan, self.driven);
                0
            }
        };
        let before = plan.rows_before(step);
        let mut saved = Saved {
            plan,
            row: before,
            before,
            begin,
            ensemble: &mut self.ensemble,
        };
        block.run(plan, self.driven, step..plan.last_step, &mut saved);
        block.instant(plan, self.driven, plan.last_step, &mut saved);
        self.n_done += count;
        true
    }

    /// The ensemble; values of members that are not done are NaN where members differ.
    pub fn into_ensemble(self) -> Ensemble {
        let mut ensemble = self.ensemble;
        if self.n_done < ensemble.count() {
            let begin = ensemble.piece(0, self.n_done, 0).start;
            let missing = ensemble.values.get_mut(begin..).unwrap_or_default();
            missing.fill(f64::NAN);
        }
        ensemble
    }
}

/// Keeps the outputs at the rows.
struct Saved<'p> {
    plan: &'p Plan,
    /// The next row, and how many lie before the run.
    row: usize,
    before: usize,
    /// First member of the block.
    begin: usize,
    ensemble: &'p mut Ensemble,
}

impl Keep<Block> for Saved<'_> {
    fn instant(&mut self, step: usize, block: &Block) {
        if self.plan.rows.get(self.row) != Some(&step) {
            return;
        }
        let row = self.row - self.before;
        let slots = self.plan.sources.iter().filter_map(|source| match source {
            Source::Slot(slot) => Some(*slot),
            Source::Shared(_) => None,
        });
        for (own, slot) in slots.enumerate() {
            let piece = self.ensemble.piece(row, self.begin, own);
            if let Some(piece) = self.ensemble.values.get_mut(piece) {
                gather(piece, block.lanes(slot));
            }
        }
        self.row += 1;
    }
}
