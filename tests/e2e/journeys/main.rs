//! The journeys, one module each; `cargo xtask test` builds the site and runs them.

mod start;
