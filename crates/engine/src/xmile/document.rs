//! What a model file says, as plain data with the place of every piece.

use super::tree::Text;
use crate::program::{Horizon, Method};

/// A model file.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// Name from the header, empty where none is given.
    pub(crate) name: String,
    /// Version from the header, empty where none is given.
    pub(crate) version: String,
    /// Time grid.
    pub(crate) horizon: Horizon,
    /// Integration method.
    pub(crate) method: Method,
    /// Unit of time as written, with its place.
    pub(crate) time_units: Option<Text>,
    /// Units the file defines.
    pub(crate) units: Vec<UnitDefinition>,
    /// Variables in order.
    pub(crate) variables: Vec<Declaration>,
    /// Names of macros, which are refused where they are defined.
    pub(crate) macros: Vec<String>,
}

/// `<unit>`: a name, other names for it, and perhaps an equation.
#[derive(Debug, Clone)]
pub(crate) struct UnitDefinition {
    /// Name.
    pub(crate) name: String,
    /// What it is made of.
    pub(crate) equation: Option<Text>,
    /// Other names.
    pub(crate) aliases: Vec<String>,
    /// Byte offset in the file.
    pub(crate) at: usize,
}

/// What a variable element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Element {
    Stock,
    Flow,
    Aux,
    /// A graphical function of its own, called by name.
    Table,
}

/// One variable element.
#[derive(Debug, Clone)]
pub(crate) struct Declaration {
    /// Name as written.
    pub(crate) name: String,
    /// Byte offset in the file.
    pub(crate) at: usize,
    /// What it is.
    pub(crate) element: Element,
    /// Equation; of a stock its initial value.
    pub(crate) equation: Option<Text>,
    /// Flows into a stock.
    pub(crate) inflows: Vec<Text>,
    /// Flows out of a stock, the one to be served first in front.
    pub(crate) outflows: Vec<Text>,
    /// Unit.
    pub(crate) units: Option<Text>,
    /// Documentation.
    pub(crate) doc: String,
    /// Graphical function.
    pub(crate) table: Option<Table>,
    /// Whether it must not go below zero.
    pub(crate) non_negative: bool,
    /// Whether it was refused for a construct that is not built yet; its equation is left out.
    pub(crate) refused: bool,
}

/// How a graphical function goes on between and beyond its points (XMILE 1.0, 3.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// Straight lines; the end value holds beyond the ends.
    Continuous,
    /// Straight lines, the last of them prolonged beyond the ends.
    Extrapolate,
    /// Steps: the value of the last point at or before.
    Discrete,
}

/// A graphical function: `xs` strictly ascending, as many as `ys`, at least one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    pub(crate) kind: TableKind,
    pub(crate) xs: Vec<f64>,
    pub(crate) ys: Vec<f64>,
}
