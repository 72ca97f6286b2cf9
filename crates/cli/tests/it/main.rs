//! The `tidemark` command as a shell sees it: output, errors and exit code.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where it fails"
)]

mod check;
mod docs;
mod evidence;
mod outlook;
mod pack;
mod page;
mod reach;
mod rules;
mod run;
mod seek;
mod shell;
