//! Native integration tests.

mod cases;
mod district;
mod evidence;
mod model;
mod pack;
mod reach;
mod reference;
mod targets;
