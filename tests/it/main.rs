//! Native integration tests.

mod answers;
mod cases;
mod diamond;
mod district;
mod evidence;
mod links;
mod members;
mod model;
mod one_answer;
mod pack;
mod place;
mod preview;
mod reach;
mod reference;
mod relaxations;
mod shares;
mod targets;
