//! Pages without a browser: their markup from made-up rows.

mod markup;
mod samples;
