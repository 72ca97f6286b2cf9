//! Document → model: names to variables, equations to terms, kinds and dependencies settled.

use std::collections::HashMap;

use super::equation::Scope;
use super::term::{TableId, Term, TermKind};
use super::{Definition, Kind, Model, VarId, Variable};
use crate::builtin::{self, Kernel};
use crate::diag::Severity;
use crate::expr::parse::is_reserved;
use crate::name::{canonical, unquoted};
use crate::units::UnitTable;
use crate::xmile::document::{Declaration, Document, Element};
use crate::xmile::source::Faults;
use crate::xmile::tree::Text;

/// The model a document describes; what cannot be resolved is a fault and left out.
pub(crate) fn resolve(document: &Document, faults: &mut Faults) -> Model {
    let mut tables = Vec::new();
    let scope = scope(document, &mut tables, faults);
    let declared = || {
        document
            .variables
            .iter()
            .filter(|d| d.element != Element::Table)
    };
    let mut model = Model {
        name: document.name.clone(),
        version: document.version.clone(),
        units: UnitTable::new(document, faults),
        time_unit: document
            .time_units
            .as_ref()
            .map(|t| t.text.trim().to_owned())
            .unwrap_or_default(),
        variables: Vec::new(),
        definitions: Vec::new(),
        by_name: HashMap::new(),
        tables,
    };
    for declaration in declared() {
        let definition = definition(declaration, &scope, faults);
        model.variables.push(variable(declaration, &definition));
        model.definitions.push(definition);
    }
    check_flows(&model, faults);
    model.by_name = scope.variables;
    model
}

/// All names of the document; a name given twice or taken by the language is a fault.
fn scope(
    document: &Document,
    tables: &mut Vec<crate::xmile::document::Table>,
    faults: &mut Faults,
) -> Scope {
    let mut scope = Scope {
        variables: HashMap::new(),
        tables: HashMap::new(),
        written: Vec::new(),
        macros: document.macros.iter().map(|m| canonical(m)).collect(),
    };
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut n_variables = 0;
    for declaration in &document.variables {
        let name = &declaration.name;
        let key = canonical(name);
        check_not_reserved(declaration, faults);
        let other = first.get(&key).copied();
        if let Some(other) = other {
            let line = faults.source.place(other).line;
            let message = format!("`{name}` is already defined in line {line}");
            let hint = Some("case, spaces and underscores do not tell names apart".to_owned());
            let subject = [name.as_str(), &line.to_string()];
            faults.error_hint("duplicate-name", declaration.at, &subject, message, hint);
        } else {
            first.insert(key.clone(), declaration.at);
            scope.written.push(name.clone());
        }
        if let Some(table) = &declaration.table {
            scope
                .tables
                .entry(key.clone())
                .or_insert(TableId(tables.len() as u32));
            tables.push(table.clone());
        }
        if declaration.element != Element::Table {
            scope.variables.entry(key).or_insert(VarId(n_variables));
            n_variables += 1;
        }
    }
    scope
}

fn check_not_reserved(declaration: &Declaration, faults: &mut Faults) {
    let name = declaration.name.trim();
    let row = builtin::find(name).filter(|b| {
        matches!(b.kernel, Kernel::Clock(_) | Kernel::Number(_)) || declaration.table.is_some()
    });
    if row.is_some() || is_reserved(name) {
        let message = format!("`{name}` is a word of the language and cannot name a variable");
        faults.error("reserved-name", declaration.at, &[name], message);
    }
}

fn definition(declaration: &Declaration, scope: &Scope, faults: &mut Faults) -> Definition {
    let mut equation = match &declaration.equation {
        _ if declaration.refused => Term {
            kind: TermKind::Fault,
            at: declaration.at,
        },
        Some(text) => scope.term(text, faults),
        None => missing_equation(declaration, faults),
    };
    if declaration.table.is_some()
        && let Some(&table) = scope.tables.get(&canonical(&declaration.name))
    {
        equation = Term {
            at: equation.at,
            kind: TermKind::Lookup(table, Box::new(equation)),
        };
    }
    let mut flows = |list: &[Text]| -> Vec<VarId> {
        let name = |flow: &Text| scope.variable(unquoted(&flow.text), flow.start(), faults);
        list.iter().filter_map(name).collect()
    };
    Definition {
        equation,
        inflows: flows(&declaration.inflows),
        outflows: flows(&declaration.outflows),
        non_negative: declaration.non_negative,
        at: declaration.at,
        unit_at: declaration
            .units
            .as_ref()
            .map_or(declaration.at, Text::start),
    }
}

fn missing_equation(declaration: &Declaration, faults: &mut Faults) -> Term {
    // A graphical function without equation takes time (as Vensim's export writes it).
    if declaration.table.is_some() {
        let name = &declaration.name;
        let message = format!("the graphical function of `{name}` has no equation for its input");
        faults.error("no-equation", declaration.at, &[name], message);
    } else {
        let name = &declaration.name;
        faults.error(
            "no-equation",
            declaration.at,
            &[name],
            format!("`{name}` has no equation"),
        );
    }
    Term {
        kind: TermKind::Fault,
        at: declaration.at,
    }
}

fn variable(declaration: &Declaration, definition: &Definition) -> Variable {
    let kind = match declaration.element {
        Element::Stock => Kind::Stock,
        Element::Flow => Kind::Flow,
        Element::Aux | Element::Table => match definition.equation.literal() {
            Some(_) => Kind::Constant,
            None => Kind::Aux,
        },
    };
    let mut uses: Vec<VarId> = Vec::new();
    match kind {
        Kind::Stock => uses.extend(definition.inflows.iter().chain(&definition.outflows)),
        _ => definition.equation.variables(&mut |var| uses.push(var)),
    }
    uses.sort_unstable();
    uses.dedup();
    Variable {
        name: declaration.name.trim().to_owned(),
        kind,
        unit: declaration
            .units
            .as_ref()
            .map(|u| u.text.trim().to_owned())
            .unwrap_or_default(),
        doc: declaration.doc.clone(),
        equation: declaration
            .equation
            .as_ref()
            .map(|e| e.text.trim().to_owned())
            .unwrap_or_default(),
        uses,
    }
}

/// What flows into and out of a stock must be a flow; a flow that fills nothing is worth a note.
fn check_flows(model: &Model, faults: &mut Faults) {
    let mut attached = vec![false; model.variables.len()];
    for (variable, definition) in model.variables.iter().zip(&model.definitions) {
        for &flow in definition.inflows.iter().chain(&definition.outflows) {
            if let Some(seen) = attached.get_mut(flow.index()) {
                *seen = true;
            }
            let Some(other) = model.variables.get(flow.index()) else {
                continue;
            };
            if other.kind != Kind::Flow {
                let (stock, name) = (&variable.name, &other.name);
                let message =
                    format!("`{name}` is no flow but is listed as one of the stock `{stock}`");
                faults.error("not-a-flow", definition.at, &[name, stock], message);
            }
        }
    }
    let flows = model.variables.iter().zip(&model.definitions).zip(attached);
    for ((variable, definition), _) in flows.filter(|((v, _), seen)| v.kind == Kind::Flow && !seen)
    {
        let name = &variable.name;
        let message = format!("the flow `{name}` fills and empties no stock of this model");
        faults.push(
            Severity::Note,
            "loose-flow",
            definition.at,
            &[name],
            message,
            None,
        );
    }
}
