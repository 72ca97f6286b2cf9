//! Native integration tests.

mod answers;
mod cases;
mod diamond;
mod district;
mod evidence;
mod model;
mod pack;
mod reach;
mod reference;
mod shares;
mod targets;
