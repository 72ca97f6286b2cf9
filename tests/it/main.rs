//! Native integration tests.

mod cases;
mod model;
mod pack;
mod reference;
mod targets;
