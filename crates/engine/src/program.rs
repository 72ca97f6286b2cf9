//! Slots and code, ready to run. STUB: names fixed for other rooms; the engine replaces the inside.

use crate::model::VarId;

/// Integration method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Forward Euler.
    Euler,
}

/// Start, stop, step and saving of a run, in the model's time unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Horizon {
    /// First instant.
    pub start: f64,
    /// Last instant.
    pub stop: f64,
    /// Step length; `time = start + step * dt`.
    pub dt: f64,
    /// A row is saved every so many steps, beginning with step 0.
    pub save_every: u32,
}

/// A model made ready to run.
#[derive(Debug, Clone)]
pub struct Program {}

impl Program {
    /// As the model's `sim_specs` say.
    pub fn horizon(&self) -> Horizon {
        todo!("engine")
    }
    /// Value of a constant as the model gives it; `None` for a computed variable.
    pub fn constant(&self, _var: VarId) -> Option<f64> {
        todo!("engine")
    }
    /// As the model's `sim_specs` say.
    pub fn method(&self) -> Method {
        todo!("engine")
    }
}
