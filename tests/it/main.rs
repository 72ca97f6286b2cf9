//! Native integration tests.

mod answers;
mod cases;
mod district;
mod evidence;
mod model;
mod pack;
mod reach;
mod reference;
mod shares;
mod targets;
