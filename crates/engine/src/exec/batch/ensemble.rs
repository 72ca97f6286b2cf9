//! The kept values of many runs, members side by side.

use super::super::Run;
use crate::model::VarId;

/// For each output and row one value a member.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble {
    pub(super) times: Vec<f64>,
    pub(super) outputs: Vec<VarId>,
    pub(super) count: usize,
    /// Output after output, row after row, member after member.
    pub(super) values: Vec<f64>,
}

impl Ensemble {
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

    /// The values of all members in one row (a position in [`Ensemble::times`]); `None` if the
    /// variable was not asked for or there is no such row.
    pub fn members(&self, var: VarId, row: usize) -> Option<&[f64]> {
        let k = self.outputs.iter().position(|&v| v == var)?;
        if row >= self.times.len() {
            return None;
        }
        self.values.get(self.range(k, row))
    }

    /// The series of one member, as long as [`Ensemble::times`]; `None` if the variable was not
    /// asked for or there is no such member.
    pub fn series(&self, var: VarId, member: usize) -> Option<Vec<f64>> {
        let rows = 0..self.times.len();
        rows.map(|row| self.members(var, row)?.get(member).copied())
            .collect()
    }

    /// One member's run; `None` if there is no such member.
    pub fn run(&self, member: usize) -> Option<Run> {
        let all = self.outputs.iter().enumerate().flat_map(|(k, _)| {
            (0..self.times.len()).map(move |row| self.range(k, row).start + member)
        });
        (member < self.count).then(|| Run {
            times: self.times.clone(),
            outputs: self.outputs.clone(),
            values: all
                .map(|at| self.values.get(at).copied().unwrap_or(f64::NAN))
                .collect(),
        })
    }

    /// All values: output after output, row after row, member after member.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    pub(super) fn range(&self, output: usize, row: usize) -> std::ops::Range<usize> {
        let begin = (output * self.times.len() + row) * self.count;
        begin..begin + self.count
    }
}
