//! Chances and answers of a small pack whose numbers are known by algebra.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

mod answers;
mod closed_form;
mod harbour;
mod message;
mod solver;
