//! Fits, hindcasts and sensitivities of a small town whose answers are known by algebra.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod coverage;
mod fitting;
mod hindcast;
mod sensitivity;
mod shipping;
mod town;
