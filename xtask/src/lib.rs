//! Developer commands, one module each; `main.rs` only reads the arguments.
//!
//! A library too, so that the browser journeys serve the page with the server that
//! `cargo xtask serve` uses. Nothing here reaches the product.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks through them"
)]

pub mod apt;
pub mod bench;
pub mod browser;
pub mod build;
pub mod check;
pub mod fuzz;
pub mod map;
pub mod packs;
pub mod peers;
pub mod reference;
pub mod serve;
pub mod server;
pub mod soak;
pub mod steps;
pub mod test;
pub mod workspace;
