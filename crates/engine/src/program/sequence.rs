//! The orders of a program, and the circles that leave none.

use super::order::order;
use super::{Equations, Node, Program, Rule};
use crate::model::{Model, VarId};
use crate::xmile::source::Faults;

/// For each variable those it reads at the same instant, or at the first one.
pub(super) fn needs(program: &Program, initial: bool) -> Vec<Vec<VarId>> {
    let of = |equations: &Equations| {
        let range = match (equations.rule, initial) {
            (Rule::Constant(_), _) | (Rule::Stock { .. } | Rule::Held { .. }, false) => 0..0,
            (_, true) => equations.initial_range.clone(),
            (_, false) => equations.range.clone(),
        };
        let nodes = program.nodes.get(range).unwrap_or(&[]);
        nodes
            .iter()
            .filter_map(|node| match node {
                Node::Variable(var) => Some(*var),
                Node::Initial(var) if initial => Some(*var),
                _ => None,
            })
            .collect()
    };
    program.equations.iter().map(of).collect()
}

pub(super) fn ordered(
    needs: &[Vec<VarId>],
    model: &Model,
    code: &'static str,
    reported: &mut Vec<Vec<VarId>>,
    faults: &mut Faults,
) -> Vec<VarId> {
    let cycles = match order(needs) {
        Ok(order) => return order,
        Err(cycles) => cycles,
    };
    for cycle in cycles {
        // A circle at every instant is one at the first instant too.
        if reported.contains(&cycle) {
            continue;
        }
        // Hidden variables have no name; a cycle through them also passes through their owner.
        let named = || {
            cycle.iter().filter_map(|v| {
                Some((
                    model.all_variables().get(v.index())?,
                    model.definitions().get(v.index())?,
                ))
            })
        };
        let Some((first, definition)) = named().next() else {
            continue;
        };
        let mut names: Vec<&str> = named().map(|(v, _)| v.name.as_str()).collect();
        names.push(&first.name);
        let path = names.join(" → ");
        let empties = |v: &VarId| {
            model
                .definitions()
                .iter()
                .any(|d| d.non_negative && d.outflows.contains(v))
        };
        if code == "cycle" && cycle.iter().any(empties) {
            let message = format!("stocks that must not go below zero feed each other: {path}");
            let hint = Some("take <non_negative/> off one of them".to_owned());
            let subject = ["circle of non-negative stocks", path.as_str()];
            faults.error_hint(
                "unsupported-element",
                definition.at,
                &subject,
                message,
                hint,
            );
            reported.push(cycle.clone());
            continue;
        }
        let (what, hint) = match code {
            "cycle" => (
                "the equations",
                "a stock, smooth or delay must stand somewhere in the loop",
            ),
            _ => (
                "the initial values",
                "give one of the stocks an initial value of its own",
            ),
        };
        let message = format!("{what} need each other in a circle: {path}");
        faults.error_hint(code, definition.at, &names, message, Some(hint.to_owned()));
        reported.push(cycle.clone());
    }
    Vec::new()
}
