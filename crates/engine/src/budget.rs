//! Limits on untrusted input; over any of them a load ends with a diagnostic, not a hang.

/// Bytes of a model file.
pub const MAX_BYTES: usize = 16 << 20;
/// Elements inside elements of the file.
pub const MAX_XML_DEPTH: usize = 64;
/// Variables of a model, without the hidden ones of delays and smooths.
pub const MAX_VARIABLES: usize = 20_000;
/// Variables of a model with the hidden ones of its delays and smooths.
pub const MAX_ALL_VARIABLES: usize = 100_000;
/// Elements of one dimension.
pub const MAX_ELEMENTS: usize = 10_000;
/// Elements of all dimensions of a file together.
pub const MAX_ALL_ELEMENTS: usize = 100_000;
/// Bytes of a name, of one in a module with the modules it is in.
pub const MAX_NAME_BYTES: usize = 500;
/// Characters of a text of the file that a fault quotes.
pub const MAX_QUOTE: usize = 120;
/// Dimensions of one array.
pub const MAX_RANK: usize = 8;
/// Parts of all resolved equations together, arrays and macros written out.
pub const MAX_TERMS: usize = 4_000_000;
/// Modules inside modules, and macros that call macros.
pub const MAX_INSTANCE_DEPTH: usize = 32;
/// Uses of models as modules, those inside others too.
pub const MAX_INSTANCES: usize = 2_000;
/// Uses of macros, those inside others too.
pub const MAX_CALLS: usize = 100_000;
/// Units a file defines.
pub const MAX_UNITS: usize = 2_000;
/// Bytes of the text of one unit.
pub const MAX_UNIT_BYTES: usize = 500;
/// Brackets, calls and conditions inside each other in one equation.
pub const MAX_NESTING: usize = 64;
/// Height of the tree of one equation; a sum of n terms is n high.
pub const MAX_TREE_HEIGHT: usize = 400;
/// Points of one graphical function.
pub const MAX_LOOKUP_POINTS: usize = 20_000;
/// Steps of one run.
pub const MAX_STEPS: usize = 1_000_000;
/// Saved values of one run, all outputs together.
pub const MAX_SAVED_VALUES: usize = 50_000_000;
/// Saved values of one ensemble, all members and outputs together.
pub const MAX_ENSEMBLE_VALUES: usize = 1 << 26;
/// Values of the past that fixed delays of one run look back at, over all instants.
pub const MAX_HISTORY_VALUES: usize = 1 << 23;
/// Values that are the same in every run and kept for all of them; beyond, runs compute them.
pub const MAX_SERIES_VALUES: usize = 4_000_000;
/// Values that a run needs at a time.
pub const MAX_SLOTS: usize = 1 << 20;
/// Order of a smooth or delay.
pub const MAX_ORDER: usize = 100;
/// Circles of equations that are reported.
pub const MAX_CYCLES: usize = 20;
/// Unknown names for which a near one is looked for.
pub const MAX_HINTS: usize = 50;
/// Faults of one load; further ones are counted in a last one.
pub const MAX_FAULTS: usize = 500;
