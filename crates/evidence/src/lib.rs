//! A bound pack and its model → fits to the published figures, hindcasts, sensitivities.
//!
//! Joins what the pack says of parameters and figures with the methods of `tidemark-analysis` over
//! the batched VM. [`study::Study`] holds the joined parts, [`fit::fit`] makes draws of them,
//! [`hindcast::hindcast`] the record of credibility,
//! [`shipping::ship`] what a page reads of them. Reads no file, knows no place and no clock;
//! how the parts are put together is in docs/analysis.md.

pub mod figures;
pub mod fit;
pub mod foretell;
pub mod hindcast;
pub mod parameters;
pub mod posterior;
pub mod runs;
pub mod sensitivity;
pub mod shipping;
pub mod study;
