//! What a figure looks like, seen by a backend that writes down every call.

// Helpers of tests fail loudly as the tests do; clippy knows only the functions marked as tests.
#![allow(clippy::expect_used)]

mod behaviour;
mod figures;
mod golden;
mod random;
mod recorder;
