//! Policy packs: levers, indicators, targets and their sources, bound to a model and assessed.
//!
//! Knows no city and no model by name, and no formula: a record names model variables, `scale`
//! and `unit` convert. Start at [`record`] for the shapes, [`compiled`] for the file the page
//! loads, [`bind`] for the join with a model, [`assess`] for targets.

pub mod anchor;
pub mod assess;
pub mod bind;
pub mod chance;
pub mod check;
pub mod compiled;
pub mod doc;
pub mod figures;
pub mod period;
pub mod reading;
pub mod record;
pub mod relief;
pub mod runner;
pub mod scenario;
pub mod version;

pub mod nearest;
#[cfg(feature = "sources")]
pub mod quotes;
#[cfg(feature = "sources")]
pub mod sources;
