//! XMILE text → document → model → units checked → program → run.
//!
//! Knows no pack, no city, no screen; takes text, returns values, never reads a file or a clock.
//! Start at [`load`]; then [`exec::vm::Vm::prepare`] and [`exec::vm::Vm::run`], or for many runs at a time
//! [`exec::batch::Batch`].

pub mod budget;
mod builtin;
pub mod diag;
pub mod exec;
mod expr;
pub mod model;
mod name;
pub mod program;
mod short;
mod units;
mod xmile;

pub use builtin::{Uniforms, standard_normal};
use diag::Diagnostics;
pub use short::{gathered, sort_short};
pub use units::check::UnitFaults;
use xmile::source::{Faults, Source};

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
pub fn load(text: &str, file: &str, faults: &mut Diagnostics) -> Option<Loaded> {
    load_with(text, file, UnitFaults::Judge, faults)
}

/// As [`load`], with a choice of what disagreeing units mean.
pub fn load_with(
    text: &str,
    file: &str,
    units: UnitFaults,
    faults: &mut Diagnostics,
) -> Option<Loaded> {
    let source = Source::new(text, file);
    let mut faults = Faults::new(&source, faults);
    let loaded = loaded(units, &mut faults);
    let refused = faults.has_errors();
    faults.finish();
    loaded.filter(|_| !refused)
}

fn loaded(units: UnitFaults, faults: &mut Faults) -> Option<Loaded> {
    let size = faults.source.text().len();
    if size > budget::MAX_BYTES {
        let limit = budget::MAX_BYTES.to_string();
        faults.error(
            "file-too-large",
            0,
            &[&size.to_string(), &limit],
            format!("the file has {size} bytes, more than {limit}"),
        );
        return None;
    }
    let document = xmile::read::read(faults)?;
    let model = model::resolve::resolve(&document, faults);
    units::check::check(&model, units, faults);
    let program = program::compile::compile(&model, document.horizon, document.method, faults);
    Some(Loaded { model, program })
}
