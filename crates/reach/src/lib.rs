//! A bound pack and draws of its uncertain numbers → how sure targets are, what it would take, why.
//!
//! Puts engine, pack and analysis together for page and command alike, so that both give the same
//! numbers. Pure: no clock, no file, no thread; long work is cut into pieces by a closure that may
//! stop it. Start at [`study::Study`].

pub mod answer;
pub mod answers;
pub mod ask;
pub mod draws;
pub mod effects;
pub mod grid;
pub mod inverse;
pub mod opening;
pub mod outcome;
mod packed;
pub mod scope;
pub mod shortfall;
pub mod study;
mod table;
pub mod why;
