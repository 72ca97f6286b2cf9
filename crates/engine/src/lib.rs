//! XMILE text → document → model → units checked → program → run.
//!
//! Knows no pack, no city, no screen; takes text, returns values, never reads a file or a clock.
//! Start at [`load`]; then [`exec::vm::Vm::prepare`] and [`exec::vm::Vm::run`].

pub mod diag;
pub mod exec;
pub mod model;
pub mod program;

use diag::Diagnostics;

/// A model that passed every check, with the program made from it.
///
/// Both speak of the same variables: a [`model::VarId`] means the same in either.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Names, units, documentation and equations, for reading.
    pub model: model::Model,
    /// Slots and code, for running.
    pub program: program::Program,
}

/// The program of an XMILE text, or `None` when `faults` holds an error.
///
/// `file` is the name that faults carry. All stages run as far as they can, so that one call
/// reports everything there is to mend.
pub fn load(_text: &str, _file: &str, _faults: &mut Diagnostics) -> Option<Loaded> {
    todo!("engine")
}
