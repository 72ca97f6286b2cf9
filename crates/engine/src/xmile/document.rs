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
    /// Dimensions of arrays, subranges too.
    pub(crate) dimensions: Vec<DimensionText>,
    /// What an array gives where its index points outside: 0, or NaN where the file says so.
    pub(crate) invalid_index: f64,
    /// The model that is run, with its modules by name.
    pub(crate) root: ModelText,
    /// Models that modules are made of.
    pub(crate) submodels: Vec<ModelText>,
    /// Macros.
    pub(crate) macros: Vec<MacroText>,
}

/// The variables and modules of one `<model>`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ModelText {
    /// Name, empty for a root without one.
    pub(crate) name: String,
    /// Byte offset in the file.
    pub(crate) at: usize,
    /// Variables and modules in order.
    pub(crate) entries: Vec<Declared>,
    /// Groups that its variables are sorted into.
    pub(crate) groups: Vec<GroupText>,
}

/// `<group>`: variables that belong together, for readers.
#[derive(Debug, Clone)]
pub(crate) struct GroupText {
    /// Name as written.
    pub(crate) name: String,
    /// Documentation.
    pub(crate) doc: String,
    /// Names of its variables.
    pub(crate) variables: Vec<Text>,
}

/// What stands in a list of variables.
#[derive(Debug, Clone)]
pub(crate) enum Declared {
    Variable(Box<Declaration>),
    Module(ModuleText),
}

/// `<module>`: a model used inside another one.
#[derive(Debug, Clone)]
pub(crate) struct ModuleText {
    /// Name as written; also that of its model unless `model` says another.
    pub(crate) name: String,
    /// Name of the model it is made of.
    pub(crate) model: String,
    /// Byte offset in the file.
    pub(crate) at: usize,
    /// (input, what it is connected to).
    pub(crate) connections: Vec<(Text, Text)>,
}

/// `<macro>`: a function written in the language itself.
#[derive(Debug, Clone)]
pub(crate) struct MacroText {
    /// Name as written.
    pub(crate) name: String,
    /// Byte offset in the file.
    pub(crate) at: usize,
    /// Parameters, with the equation that stands for one left out.
    pub(crate) parameters: Vec<(String, Option<Text>)>,
    /// What it gives.
    pub(crate) equation: Option<Text>,
    /// Variables inside.
    pub(crate) entries: Vec<Declared>,
}

/// `<dim>` of the file: a named list of elements.
#[derive(Debug, Clone)]
pub(crate) struct DimensionText {
    /// Name as written.
    pub(crate) name: String,
    /// Byte offset in the file.
    pub(crate) at: usize,
    /// Names of the elements; `1`, `2`, … where only a size is given.
    pub(crate) elements: Vec<String>,
    /// The dimension whose elements stand for these in turn (`isee:maps_to`).
    pub(crate) maps_to: Option<Text>,
}

/// `<element>`: what some elements of an array have of their own.
#[derive(Debug, Clone)]
pub(crate) struct ElementText {
    /// One subscript a dimension, between commas.
    pub(crate) subscript: Text,
    /// Equation.
    pub(crate) equation: Option<Text>,
    /// Graphical function.
    pub(crate) table: Option<Table>,
    /// Whether it must not go below zero, where it says so itself.
    pub(crate) non_negative: Option<bool>,
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

/// What a variable of a module or macro is to those around it (`access`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Not said.
    Inside,
    /// A connection may give its value.
    Input,
    /// It may be asked for; a macro gives it as a further output.
    Output,
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
    /// Names of its dimensions; none for a scalar.
    pub(crate) dimensions: Vec<Text>,
    /// Elements with equations of their own.
    pub(crate) elements: Vec<ElementText>,
    /// What stands for the equation while initial values are computed (as converters from Vensim
    /// write ACTIVE INITIAL).
    pub(crate) initial: Option<Text>,
    /// What it is to those around.
    pub(crate) access: Access,
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
