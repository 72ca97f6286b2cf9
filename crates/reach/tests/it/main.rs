//! Chances and answers of a small pack whose numbers are known by algebra.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod closed_form;
mod harbour;
mod solver;
