//! The resolved model: variables with their names, units, documentation and dependencies.
//!
//! Made by `resolve`; its equations, for the stages that follow, are `Term`s (see `term`).
//! Positions of variables are [`VarId`]s, the same in the program.

mod dimension;
mod equation;
mod reduce;
pub(crate) mod resolve;
mod scope;
mod subscript;
pub(crate) mod term;
mod written;

use std::collections::HashMap;

use crate::name::canonical_element;
use crate::units::UnitTable;
use crate::xmile::document::Table;
use term::Term;

pub use written::{EquationName, Lookup, Points, Shape, canonical_name, names_in};

/// One scalar variable of a model (an element of an array is a variable of its own).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VarId(pub(crate) u32);

impl VarId {
    /// Position in [`Model::variables`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Accumulates its flows.
    Stock,
    /// A rate per unit of time.
    Flow,
    /// Computed at each step.
    Aux,
    /// An auxiliary whose equation is a number; a run may override it.
    Constant,
}

/// What a reader wants to know of a variable.
#[derive(Debug, Clone)]
pub struct Variable {
    /// As written in the model; elements as `name[elem]`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Unit as written, empty where none is given.
    pub unit: String,
    /// `<doc>` text, empty where none is given.
    pub doc: String,
    /// Equation as written; of a stock its initial value.
    pub equation: String,
    /// What stands for the equation while initial values are computed, as written; empty for none.
    pub initial: String,
    /// Variables its equation (for a stock: its flows) reads, ascending.
    pub uses: Vec<VarId>,
}

/// Variables that belong together, for readers (`<group>`).
#[derive(Debug, Clone)]
pub struct Group {
    /// As written in the model.
    pub name: String,
    /// `<doc>` text, empty where none is given.
    pub doc: String,
    /// Its variables, elements of arrays each; a name that the model lacks is left out.
    pub variables: Vec<VarId>,
}

/// What a program needs of a variable, beside [`Variable`].
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    /// Equation; of a stock its initial value.
    pub(crate) equation: Term,
    /// What stands for the equation while initial values are computed.
    pub(crate) initial: Option<Term>,
    /// Flows into a stock.
    pub(crate) inflows: Vec<VarId>,
    /// Flows out of a stock.
    pub(crate) outflows: Vec<VarId>,
    /// Whether it must not go below zero.
    pub(crate) non_negative: bool,
    /// Byte offset of its name in the file.
    pub(crate) at: usize,
    /// Byte offset of its unit in the file, where it has one.
    pub(crate) unit_at: usize,
}

/// A resolved model.
#[derive(Debug, Clone)]
pub struct Model {
    name: String,
    version: String,
    /// Those of the file, then those inside macros.
    variables: Vec<Variable>,
    n_visible: usize,
    groups: Vec<Group>,
    by_name: HashMap<String, VarId>,
    units: UnitTable,
    time_unit: String,
    /// One for each variable.
    definitions: Vec<Definition>,
    tables: Vec<Table>,
    lookups: Vec<Lookup>,
}

impl Model {
    /// Name from the header, empty where none is given.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Version from the header (XMILE 1.0, `<version>`), empty where none is given.
    pub fn version(&self) -> &str {
        &self.version
    }
    /// All variables, in the order of the file; positions are [`VarId`]s. Elements of an array and
    /// variables of a module are variables of their own: `name[a,b]`, `module.name`.
    pub fn variables(&self) -> &[Variable] {
        self.variables.get(..self.n_visible).unwrap_or(&[])
    }
    /// Positions of all of [`Model::variables`].
    pub fn ids(&self) -> impl Iterator<Item = VarId> + use<> {
        (0..self.n_visible as u32).map(VarId)
    }
    /// Groups of the root model, in the order of the file.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }
    /// The variable of that name; case, spaces and underscores do not matter (XMILE 1.0, 3.2.2),
    /// nor do spaces around brackets and commas.
    pub fn find(&self, name: &str) -> Option<VarId> {
        self.by_name.get(&canonical_element(name)).copied()
    }
    /// The elements of the array of that name, in the order of the file; the variable itself where
    /// it is no array, none where there is none.
    pub fn elements(&self, name: &str) -> Vec<VarId> {
        if let Some(var) = self.find(name) {
            return vec![var];
        }
        let wanted = canonical_element(name);
        let is_element = |v: &Variable| match v.name.split_once('[') {
            Some((array, _)) => canonical_element(array) == wanted,
            None => false,
        };
        let all = self.variables().iter().enumerate();
        all.filter(|(_, v)| is_element(v))
            .map(|(k, _)| VarId(k as u32))
            .collect()
    }
    /// Those of the file, then those inside macros; positions are [`VarId`]s.
    pub(crate) fn all_variables(&self) -> &[Variable] {
        &self.variables
    }
    /// The variable itself.
    ///
    /// `var` must come from this model.
    pub fn variable(&self, var: VarId) -> &Variable {
        &self.variables[var.index()]
    }
    /// Unit of time as written in `sim_specs`, empty where none is given.
    pub fn time_unit(&self) -> &str {
        &self.time_unit
    }
    /// Whether two unit texts mean the same unit in this model (aliases and powers resolved);
    /// an unreadable text equals nothing.
    pub fn same_unit(&self, a: &str, b: &str) -> bool {
        self.units.same(a, b)
    }
    /// A unit text as the model's aliases have it, "亿元/年" for "yi_yuan/year".
    pub fn unit_words(&self, text: &str) -> String {
        self.units.aliased(text)
    }
    pub(crate) fn units(&self) -> &UnitTable {
        &self.units
    }
    pub(crate) fn definitions(&self) -> &[Definition] {
        &self.definitions
    }
    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }
}
