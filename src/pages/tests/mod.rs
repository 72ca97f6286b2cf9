//! Pages without a browser: their markup from made-up rows, and sessions of a small town.

mod credibility;
mod markup;
mod monitoring;
mod opening;
mod samples;
