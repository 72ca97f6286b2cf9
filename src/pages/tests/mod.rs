//! Pages without a browser: their markup from made-up rows.

mod credibility;
mod markup;
mod monitoring;
mod samples;
