//! The pack crate as its users see it: folders in, faults, runs and judgements out.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where it fails"
)]

mod assess;
mod bind;
mod compiled;
mod figures;
mod fixture;
mod folder;
mod monitored;
mod parameters;
mod quotes;
mod rules;
mod run;
mod setting;
