//! Equations with their names resolved: what units check and program read.

use super::VarId;
use crate::builtin::{Binary, Builtin, Clock, Unary};

/// Position in [`super::Model`]'s list of graphical functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TableId(pub(crate) u32);

/// A resolved tree with the file offset that a fault of it points to.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// What it is.
    pub(crate) kind: TermKind,
    /// Byte offset in the file.
    pub(crate) at: usize,
}

/// What a node of a resolved equation is.
#[derive(Debug, Clone)]
pub(crate) enum TermKind {
    Number(f64),
    Variable(VarId),
    Clock(Clock),
    Unary(Unary, Box<Term>),
    Binary(Binary, Box<Term>, Box<Term>),
    If(Box<[Term; 3]>),
    /// A graphical function at a value.
    Lookup(TableId, Box<Term>),
    /// Any other builtin.
    Call(&'static Builtin, Vec<Term>),
    /// Left out after a fault.
    Fault,
}

impl Term {
    /// What is left after a fault.
    pub(crate) fn fault(at: usize) -> Self {
        let kind = TermKind::Fault;
        Self { kind, at }
    }

    /// A number.
    pub(crate) fn number(value: f64, at: usize) -> Self {
        let kind = TermKind::Number(value);
        Self { kind, at }
    }

    /// `IF condition THEN yes ELSE no`.
    pub(crate) fn choice(condition: Self, yes: Self, no: Self, at: usize) -> Self {
        let kind = TermKind::If(Box::new([condition, yes, no]));
        Self { kind, at }
    }

    /// Calls `visit` with every variable in it, in the order written.
    pub(crate) fn variables(&self, visit: &mut impl FnMut(VarId)) {
        if let TermKind::Variable(var) = self.kind {
            visit(var);
        }
        self.children(&mut |child| child.variables(visit));
    }

    /// Calls `visit` with every direct part.
    pub(crate) fn children<'t>(&'t self, visit: &mut impl FnMut(&'t Term)) {
        match &self.kind {
            TermKind::Number(_) | TermKind::Variable(_) | TermKind::Clock(_) | TermKind::Fault => {}
            TermKind::Unary(_, a) | TermKind::Lookup(_, a) => visit(a),
            TermKind::Binary(_, a, b) => {
                visit(a);
                visit(b);
            }
            TermKind::If(parts) => parts.iter().for_each(visit),
            TermKind::Call(_, arguments) => arguments.iter().for_each(visit),
        }
    }

    /// Its value where it is made of numbers and arithmetic only.
    pub(crate) fn literal(&self) -> Option<f64> {
        match &self.kind {
            TermKind::Number(value) => Some(*value),
            TermKind::Unary(Unary::Negative, a) => a.literal().map(|x| -x),
            TermKind::Binary(op, a, b) => Some(op.apply(a.literal()?, b.literal()?)),
            _ => None,
        }
    }
}
