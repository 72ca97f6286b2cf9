//! Closures over parameter sets → posterior draws, hindcast scores, sensitivities.
//!
//! Knows no pack and no indicator: it takes numbers and functions and returns numbers. Same seed,
//! same bits on every machine. Start at [`sampler::sample`], [`score::score`] and
//! [`sensitivity::sobol`]; how they are put together is in docs/analysis.md.

pub mod acceptance;
pub mod attribution;
pub mod bounds;
pub mod convergence;
pub mod drivers;
pub mod law;
pub mod likelihood;
mod linear;
mod matrix;
pub mod points;
pub mod prior;
pub mod sampler;
pub mod score;
pub mod seek;
pub mod sensitivity;
