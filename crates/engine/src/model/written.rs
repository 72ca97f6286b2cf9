//! A model as its author wrote it, for readers: names in equations, flows, graphical functions.
//!
//! Nothing here is needed to run a model.

use std::ops::Range;

use super::term::{TableId, TermKind};
use super::{Model, VarId};
use crate::name::canonical_element;
use crate::xmile::document::{Table, TableKind};

/// A name as it stands in an equation's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EquationName {
    /// Bytes it takes in the text, quotes included.
    pub range: Range<usize>,
    /// Its [`canonical_name`].
    pub canonical: String,
    /// Whether a bracket follows, as after a function or a graphical function called by name.
    pub is_called: bool,
}

/// How a graphical function goes on between and beyond its points (XMILE 1.0, 3.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Straight lines; the end value holds beyond the ends.
    Continuous,
    /// Straight lines, the last of them prolonged beyond the ends.
    Extrapolate,
    /// Steps: the value of the last point at or before.
    Discrete,
}

/// The points of a graphical function; `xs` ascending, as many as `ys`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Points<'a> {
    /// What holds between and beyond them.
    pub shape: Shape,
    /// Inputs.
    pub xs: &'a [f64],
    /// Values.
    pub ys: &'a [f64],
}

/// A graphical function that stands for itself and is called by name.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// As written in the model; elements as `name[elem]`.
    pub name: String,
    /// Unit as written, empty where none is given.
    pub unit: String,
    /// `<doc>` text, empty where none is given.
    pub doc: String,
    pub(super) table: TableId,
}

/// The form of a variable's name in which equal names are equal (XMILE 1.0, 3.2.2): lower case,
/// every run of spaces and underscores one underscore; subscripts each for itself.
pub fn canonical_name(name: &str) -> String {
    canonical_element(name)
}

/// Where names stand in an equation, words of the language and functions among them, in order;
/// none where the text is no equation.
pub fn names_in(equation: &str) -> Vec<EquationName> {
    let names = crate::expr::names_in(equation).into_iter();
    names
        .map(|found| EquationName {
            canonical: canonical_name(&found.name),
            range: found.range,
            is_called: found.is_called,
        })
        .collect()
}

impl Model {
    /// Flows into a stock, in the order of the file; none for anything else.
    ///
    /// `var` must come from this model, here and below.
    pub fn inflows(&self, var: VarId) -> &[VarId] {
        &self.definitions[var.index()].inflows
    }
    /// Flows out of a stock, the one to be served first in front.
    pub fn outflows(&self, var: VarId) -> &[VarId] {
        &self.definitions[var.index()].outflows
    }
    /// Whether it is kept from going below zero.
    pub fn is_non_negative(&self, var: VarId) -> bool {
        self.definitions[var.index()].non_negative
    }
    /// The graphical function that a variable's equation is the input of.
    pub fn points(&self, var: VarId) -> Option<Points<'_>> {
        match self.definitions[var.index()].equation.kind {
            TermKind::Lookup(table, _) => self.points_of(table),
            _ => None,
        }
    }
    /// Graphical functions that stand for themselves, in the order of the file.
    pub fn lookups(&self) -> &[Lookup] {
        &self.lookups
    }
    /// The points of one of [`Model::lookups`].
    pub fn lookup_points(&self, lookup: &Lookup) -> Option<Points<'_>> {
        self.points_of(lookup.table)
    }

    fn points_of(&self, table: TableId) -> Option<Points<'_>> {
        let Table { kind, xs, ys } = self.tables.get(table.0 as usize)?;
        let shape = match kind {
            TableKind::Continuous => Shape::Continuous,
            TableKind::Extrapolate => Shape::Extrapolate,
            TableKind::Discrete => Shape::Discrete,
        };
        Some(Points { shape, xs, ys })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(equation: &str, expected: &[(&str, &str)]) {
        let found = names_in(equation);
        let shown: Vec<(&str, &str)> = found
            .iter()
            .map(|n| (&equation[n.range.clone()], n.canonical.as_str()))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn names_stand_where_they_are_written() {
        check(
            "MAX(0, Net_Flow) {a comment} + \"Room Temp\"[north]",
            &[
                ("MAX", "max"),
                ("Net_Flow", "net_flow"),
                ("\"Room Temp\"", "room_temp"),
                ("north", "north"),
            ],
        );
        check(
            "sector.\"gross output\" / 全市",
            &[
                ("sector.\"gross output\"", "sector.gross_output"),
                ("全市", "全市"),
            ],
        );
    }

    #[test]
    fn what_is_no_equation_has_no_names() {
        check("a + \"b", &[]);
    }

    #[test]
    fn a_call_is_told_from_a_name() {
        let called: Vec<bool> = names_in("MAX(a, b)").iter().map(|n| n.is_called).collect();
        assert_eq!(called, [true, false, false]);
    }
}
