//! State and results → rows, figures, lights and sentences, ready to be shown.
//!
//! Pure. All rounding happens here, to the precision the pack gives; components draw what they
//! are handed. The shapes are in [`rows`].

pub mod palette;
pub mod rows;
