//! The kept values of many runs.

use super::super::Run;
use super::super::plan::{Plan, Source};
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
    /// Members of a block; the last one may have fewer.
    block_members: usize,
    /// Block after block, in it row after row, own output after own output, member after member.
    pub(super) values: Vec<f64>,
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

    fn column(&self, var: VarId) -> Option<&Column> {
        let k = self.outputs.iter().position(|&v| v == var)?;
        self.columns.get(k)
    }

    fn series_of(&self, column: &Column, member: usize) -> Vec<f64> {
        let position = match column {
            Column::Shared(series) => return series.clone(),
            Column::Own(position) => *position,
        };
        let lane = member % self.block_members;
        let rows = 0..self.times.len();
        let at = rows.map(|row| self.piece(row, member - lane, position).start + lane);
        at.map(|at| self.values.get(at).copied().unwrap_or(f64::NAN))
            .collect()
    }

    /// Values that members have of their own.
    pub(super) fn n_values(&self) -> usize {
        self.n_own
            .saturating_mul(self.times.len())
            .saturating_mul(self.count)
    }

    /// Where the block that begins at a member keeps an own output in a row.
    pub(super) fn piece(&self, row: usize, begin: usize, own: usize) -> std::ops::Range<usize> {
        let lanes = self.block_members.min(self.count - begin);
        let at = (begin * self.times.len() + row * lanes) * self.n_own + own * lanes;
        at..at + lanes
    }
}
