//! Native integration tests.

mod cases;
mod model;
mod pack;
mod reach;
mod targets;
