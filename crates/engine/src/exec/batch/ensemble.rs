//! The kept values of many runs.

use super::super::past::between;
use super::super::plan::{Plan, Source};
use super::super::{Run, RunError};
use crate::model::VarId;

/// For each output and row one value a member.
///
/// Values lie block by block as they were run, so that a block is written from one end to the
/// other however large the ensemble is. What no member moves is kept once.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    times: Vec<f64>,
    outputs: Vec<VarId>,
    columns: Vec<Column>,
    /// Outputs that members have of their own.
    n_own: usize,
    count: usize,
    /// Step of the first row, and whether the rows are that step and every one after it.
    first_step: usize,
    is_every_step: bool,
    /// Members of a block; the last one may have fewer.
    block_members: usize,
    /// Block after block, in it row after row, own output after own output, member after member.
    pub(super) values: Vec<f64>,
}

/// Series that variables of a run are driven by.
#[derive(Debug, Clone, Copy)]
pub enum Driven<'a> {
    /// One series for each of `settings.driven`, one value a step (not a saved row), the same for
    /// all members; the last value holds beyond a series' end.
    Shared(&'a [&'a [f64]]),
    /// The outputs of an ensemble, in their order: each member is driven by its own. Its rows are
    /// all steps, at the least from the first one of the run on.
    Each(&'a Ensemble),
}

impl Driven<'_> {
    /// For programs that nothing drives.
    pub const NONE: Self = Self::Shared(&[]);

    /// Whether it can drive so many members from a step on.
    pub(super) fn check(self, plan: &Plan, count: usize, begin: usize) -> Result<(), RunError> {
        let Self::Each(ensemble) = self else {
            return Ok(());
        };
        let fits = ensemble.count == count
            && ensemble.is_every_step
            && ensemble.first_step <= begin
            && ensemble.first_step + ensemble.times.len() > plan.last_step
            && ensemble.outputs.len() >= plan.layout.driven.len();
        if fits {
            Ok(())
        } else {
            Err(RunError::OtherDriven)
        }
    }
}

/// Where an output is kept.
#[derive(Debug, Clone, PartialEq)]
enum Column {
    /// Among the outputs that members have of their own, by position.
    Own(usize),
    /// Here, a value a row, the same for all members.
    Shared(Vec<f64>),
}

impl Ensemble {
    /// The columns of a plan's outputs from a row on, without values yet.
    pub(super) fn new(plan: &Plan, count: usize, block_members: usize, begin: usize) -> Self {
        let before = plan.rows_before(begin);
        let rows = plan.rows.get(before..).unwrap_or_default();
        let mut n_own = 0;
        let column = |source: &Source| match *source {
            Source::Slot(_) => {
                n_own += 1;
                Column::Own(n_own - 1)
            }
            Source::Shared(position) => {
                let series = plan.shared_output(position).get(before..);
                Column::Shared(series.unwrap_or_default().to_vec())
            }
        };
        Self {
            times: plan.times(begin),
            outputs: plan.outputs.clone(),
            columns: plan.sources.iter().map(column).collect(),
            n_own,
            count,
            first_step: rows.first().copied().unwrap_or(begin),
            is_every_step: rows.windows(2).all(|pair| pair[0] + 1 == pair[1]),
            block_members,
            values: Vec::new(),
        }
    }

    /// Saved instants, ascending.
    pub fn times(&self) -> &[f64] {
        &self.times
    }
    /// The kept variables, in the order asked for.
    pub fn outputs(&self) -> &[VarId] {
        &self.outputs
    }
    /// Members.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The values of all members in one row (a position in [`Ensemble::times`]), member after
    /// member; `None` if the variable was not asked for or there is no such row.
    pub fn members(&self, var: VarId, row: usize) -> Option<Vec<f64>> {
        match self.column(var)? {
            Column::Shared(series) => Some(vec![*series.get(row)?; self.count]),
            Column::Own(position) if row < self.times.len() => {
                let begins = (0..self.count).step_by(self.block_members);
                let pieces = begins.filter_map(|begin| {
                    let piece = self.piece(row, begin, *position);
                    self.values.get(piece)
                });
                Some(pieces.flatten().copied().collect())
            }
            Column::Own(_) => None,
        }
    }

    /// The series of one member, as long as [`Ensemble::times`]; `None` if the variable was not
    /// asked for or there is no such member.
    pub fn series(&self, var: VarId, member: usize) -> Option<Vec<f64>> {
        let column = self.column(var)?;
        (member < self.count).then(|| self.series_of(column, member))
    }

    /// One member's run; `None` if there is no such member.
    pub fn run(&self, member: usize) -> Option<Run> {
        let columns = self.columns.iter();
        (member < self.count).then(|| Run {
            times: self.times.clone(),
            outputs: self.outputs.clone(),
            values: columns
                .flat_map(|column| self.series_of(column, member))
                .collect(),
        })
    }

    /// The same members with some of the rows only (positions in [`Ensemble::times`]); beyond the
    /// last row there is nothing.
    #[must_use]
    pub fn part(&self, rows: std::ops::Range<usize>) -> Self {
        let end = rows.end.min(self.times.len());
        let rows = rows.start.min(end)..end;
        let of = |series: &Vec<f64>| series.get(rows.clone()).unwrap_or_default().to_vec();
        let columns = self.columns.iter().map(|column| match column {
            Column::Own(position) => Column::Own(*position),
            Column::Shared(series) => Column::Shared(of(series)),
        });
        let n_rows = self.times.len();
        let begins = (0..self.count).step_by(self.block_members.max(1));
        let values = begins.flat_map(|begin| {
            let lanes = self.block_members.min(self.count - begin);
            let first = (begin * n_rows + rows.start * lanes) * self.n_own;
            let kept = first..first + rows.len() * lanes * self.n_own;
            self.values.get(kept).unwrap_or_default().iter().copied()
        });
        Self {
            times: of(&self.times),
            outputs: self.outputs.clone(),
            columns: columns.collect(),
            n_own: self.n_own,
            count: self.count,
            // Rows that are not every step have no step to begin at that would matter.
            first_step: self.first_step + rows.start,
            is_every_step: self.is_every_step,
            block_members: self.block_members,
            values: values.collect(),
        }
    }

    fn column(&self, var: VarId) -> Option<&Column> {
        let k = self.outputs.iter().position(|&v| v == var)?;
        self.columns.get(k)
    }

    fn series_of(&self, column: &Column, member: usize) -> Vec<f64> {
        let rows = 0..self.times.len();
        rows.map(|row| self.value_of(column, row, member)).collect()
    }

    /// Values that members have of their own.
    pub(super) fn n_values(&self) -> usize {
        self.n_own
            .saturating_mul(self.times.len())
            .saturating_mul(self.count)
    }

    /// The values of members from `begin` on at a part of a step after `step`, one a lane; lanes
    /// beyond the last member get its value, and the last step holds beyond the end.
    pub(super) fn at_step(
        &self,
        output: usize,
        step: usize,
        part: f64,
        begin: usize,
        lanes: &mut [f64],
    ) {
        let last = self.times.len().saturating_sub(1);
        let row = step.saturating_sub(self.first_step).min(last);
        let next = if part == 0.0 {
            row
        } else {
            (row + 1).min(last)
        };
        if part == 0.0 || part == 1.0 {
            self.row(output, next, begin, lanes);
            return;
        }
        let value = |row: usize, member: usize| self.value(output, row, member);
        for (lane, to) in lanes.iter_mut().enumerate() {
            let member = (begin + lane).min(self.count.saturating_sub(1));
            *to = between(value(row, member), value(next, member), part);
        }
    }

    /// The values of members from `begin` on in a row, block after block; lanes beyond the last
    /// member get its value.
    fn row(&self, output: usize, row: usize, begin: usize, lanes: &mut [f64]) {
        let own = match self.columns.get(output) {
            Some(Column::Own(own)) => *own,
            _ => {
                lanes.fill(self.value(output, row, 0));
                return;
            }
        };
        let known = self.count.min(begin + lanes.len());
        let mut member = begin;
        while member < known {
            let lane = member % self.block_members;
            let piece = self.piece(row, member - lane, own);
            let (at, to) = (piece.start + lane, member - begin);
            let n = (piece.len() - lane).min(known - member);
            let from = self.values.get(at..at + n);
            if let (Some(from), Some(to)) = (from, lanes.get_mut(to..to + n)) {
                to.copy_from_slice(from);
            }
            member += n;
        }
        let last = self.value(output, row, self.count.saturating_sub(1));
        let beyond = member.saturating_sub(begin);
        lanes.get_mut(beyond..).unwrap_or_default().fill(last);
    }

    fn value(&self, output: usize, row: usize, member: usize) -> f64 {
        let column = self.columns.get(output);
        column.map_or(f64::NAN, |column| self.value_of(column, row, member))
    }

    /// NaN where there is none.
    fn value_of(&self, column: &Column, row: usize, member: usize) -> f64 {
        let value = match column {
            Column::Shared(series) => series.get(row),
            Column::Own(position) => {
                let lane = member % self.block_members;
                let at = self.piece(row, member - lane, *position).start + lane;
                self.values.get(at)
            }
        };
        value.copied().unwrap_or(f64::NAN)
    }

    /// Where the block that begins at a member keeps an own output in a row.
    pub(super) fn piece(&self, row: usize, begin: usize, own: usize) -> std::ops::Range<usize> {
        let lanes = self.block_members.min(self.count - begin);
        let at = (begin * self.times.len() + row * lanes) * self.n_own + own * lanes;
        at..at + lanes
    }
}
