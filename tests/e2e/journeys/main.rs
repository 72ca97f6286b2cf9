//! The journeys, one module each; `cargo xtask test` builds the site and runs them.

mod answers;
mod app;
mod broken;
mod chances;
mod credibility;
mod diamond;
mod export;
mod history;
mod hosting;
mod keyboard;
mod levers;
mod links;
mod places;
mod saved;
mod sizes;
mod source;
mod start;
mod verdicts;
