//! A [`Figure`] (plain data) drawn on any plotters backend.
//!
//! Knows no engine, no pack and no page; numbers and words arrive ready in the figure.

pub mod figure;

pub use figure::Figure;
