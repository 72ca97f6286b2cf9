//! The resolved model: variables with their names, units, documentation and dependencies.
//!
//! STUB that fixes the names other rooms use; the engine replaces the inside.

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
    /// Equation as written.
    pub equation: String,
    /// Variables its equation (for a stock: its flows) reads, ascending.
    pub uses: Vec<VarId>,
}

/// A resolved model.
#[derive(Debug, Clone)]
pub struct Model {
    name: String,
    variables: Vec<Variable>,
}

impl Model {
    /// Name from the header, empty where none is given.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// All variables, in the order of the file; positions are [`VarId`]s.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }
    /// The variable of that name; case, spaces and underscores do not matter (XMILE 1.0, 3.2.2).
    pub fn find(&self, _name: &str) -> Option<VarId> {
        todo!("engine")
    }
    /// The variable itself.
    pub fn variable(&self, var: VarId) -> &Variable {
        &self.variables[var.index()]
    }
    /// Whether two unit texts mean the same unit in this model (aliases and powers resolved);
    /// an unreadable text equals nothing.
    pub fn same_unit(&self, _a: &str, _b: &str) -> bool {
        todo!("engine")
    }
}
