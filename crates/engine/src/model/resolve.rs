//! Document → model: arrays, modules and macros written out, equations to terms.
//!
//! What is visible comes first, in the order of the file; the variables inside macros come behind
//! and have no name to ask for. Start at [`resolve`].

use std::collections::HashMap;

use super::dimension::DimId;
use super::equation::{Owner, Reading, parsed, read, syntax_fault};
use super::scope::{Array, ArrayId, Origin, ROOT, Scope};
use super::subscript::Subscript;
use super::term::{Term, TermKind};
use super::{Definition, Group, Kind, Lookup, Model, VarId, Variable};
use crate::diag::Severity;
use crate::expr::Expr;
use crate::name::{canonical, canonical_element, unquoted};
use crate::units::UnitTable;
use crate::xmile::document::{Declaration, Declared, Document, Element, GroupText};
use crate::xmile::grammar::said_twice;
use crate::xmile::source::Faults;
use crate::xmile::tree::Text;

/// The model a document describes; what cannot be resolved is a fault and left out.
pub(crate) fn resolve(document: &Document, faults: &mut Faults) -> Model {
    let mut scope = Scope::new(document, faults);
    let n_visible = scope.n_variables();
    let mut variables = Vec::new();
    let mut definitions = Vec::new();
    // Macros add arrays while equations are read.
    let mut next = 0;
    while next < scope.arrays.len() {
        let id = ArrayId(next);
        next += 1;
        if scope.arrays[id.0].first.is_none() {
            continue;
        }
        for (variable, definition) in resolved(&mut scope, id, faults) {
            variables.push(variable);
            definitions.push(definition);
        }
    }
    check_macros(document, faults);
    let groups = document.root.groups.iter();
    let groups: Vec<Group> = groups.map(|g| group(&scope, g, faults)).collect();
    let lookups = lookups(&scope);
    let by_name = by_name(&scope, &variables[..n_visible.min(variables.len())], faults);
    let model = Model {
        name: document.name.clone(),
        version: document.version.clone(),
        units: UnitTable::new(document, faults),
        time_unit: document
            .time_units
            .as_ref()
            .map(|t| t.text.trim().to_owned())
            .unwrap_or_default(),
        by_name,
        n_visible,
        groups,
        variables,
        definitions,
        lookups,
        tables: scope.tables,
    };
    check_flows(&model, faults);
    model
}

/// What macros say is read where they are called; whether it can be read at all is asked here.
fn check_macros(document: &Document, faults: &mut Faults) {
    for text in &document.macros {
        let inside = text.entries.iter().filter_map(|entry| match entry {
            Declared::Variable(variable) => Some(variable),
            Declared::Module(_) => None,
        });
        // The equation may be the name of a variable inside, spaces and all.
        let result = text.equation.as_ref().filter(|equation| {
            let key = canonical(unquoted(&equation.text));
            !inside.clone().any(|v| canonical(&v.name) == key)
        });
        let scalars = inside.clone().filter(|v| v.dimensions.is_empty());
        let equations = scalars.filter_map(|v| v.equation.as_ref());
        let defaults = text.parameters.iter().filter_map(|(_, d)| d.as_ref());
        for equation in defaults.chain(result).chain(equations) {
            let _ = parsed(equation, faults);
        }
    }
}

/// Where each name is. A module's variable may be called as one with a dot in its name, an element as
/// one with brackets.
fn by_name(scope: &Scope, visible: &[Variable], faults: &mut Faults) -> HashMap<String, VarId> {
    let mut by_name = HashMap::with_capacity(visible.len());
    let mut owners: HashMap<String, usize> = HashMap::new();
    for array in scope.arrays.iter().filter(|a| !scope.is_macro(a.instance)) {
        let at = array.declaration.map_or(0, |d| d.at);
        for offset in 0..array.size {
            let element = scope.positions(&array.dims, offset);
            let name = element_name(scope, array, &element);
            let key = canonical_element(&name);
            if let Some(var) = array.element(offset) {
                by_name.insert(key.clone(), var);
            }
            let Some(first) = owners.insert(key, at) else {
                continue;
            };
            let name = name.trim();
            let line = faults.source.place(first).line.to_string();
            let message = format!("`{name}` is already defined in line {line}");
            let hint = Some("rename one of them: both would be called that".to_owned());
            faults.error_hint("duplicate-name", at, &[name, &line], message, hint);
            break;
        }
    }
    by_name
}

fn group(scope: &Scope, text: &GroupText, faults: &mut Faults) -> Group {
    let mut variables = Vec::new();
    for var in &text.variables {
        let Some(id) = scope.find(ROOT, unquoted(&var.text)) else {
            let name = var.text.trim();
            let message = format!("`{name}` in the group `{}` names no variable", text.name);
            let warning = Severity::Warning;
            let hint = Some("correct the name, or take it out of the group".to_owned());
            faults.push(
                warning,
                "unknown-name",
                var.start(),
                &[name, ""],
                message,
                hint,
            );
            continue;
        };
        let array = &scope.arrays[id.0];
        variables.extend((0..array.size).filter_map(|k| array.element(k)));
    }
    Group {
        name: text.name.clone(),
        doc: text.doc.clone(),
        variables,
    }
}

/// Graphical functions of their own, those of macros left out.
fn lookups(scope: &Scope) -> Vec<Lookup> {
    let arrays = scope.arrays.iter().filter(|a| a.first.is_none());
    let mut all = Vec::new();
    for array in arrays.filter(|a| !scope.is_macro(a.instance)) {
        let Some(text) = array.declaration else {
            continue;
        };
        for offset in 0..array.size {
            if let Some(table) = array.table(offset) {
                let element = scope.positions(&array.dims, offset);
                all.push(Lookup {
                    name: element_name(scope, array, &element).trim().to_owned(),
                    unit: text.units.as_ref().map_or("", |u| u.text.trim()).to_owned(),
                    doc: text.doc.clone(),
                    table,
                });
            }
        }
    }
    all
}

/// Every element of an array with what a program needs of it.
fn resolved(scope: &mut Scope, id: ArrayId, faults: &mut Faults) -> Vec<(Variable, Definition)> {
    let array = &scope.arrays[id.0];
    let (dims, size) = (array.dims.clone(), array.size);
    let equations = Equations::of(scope, id, faults);
    let mut all = Vec::with_capacity(size);
    for offset in 0..size {
        let owner = Owner {
            instance: scope.arrays[id.0].instance,
            element: scope.positions(&dims, offset),
            own: scope.arrays[id.0].element(offset).map(|var| (id, var)),
        };
        let definition = definition(scope, id, offset, &owner, &equations, faults);
        let array = &scope.arrays[id.0];
        let name = element_name(scope, array, &owner.element);
        let text = equations.text(offset);
        all.push((variable(array, name, text, &definition), definition));
    }
    all
}

fn element_name(scope: &Scope, array: &Array, element: &[(DimId, usize)]) -> String {
    if element.is_empty() {
        return array.name.clone();
    }
    let names: Vec<&str> = element
        .iter()
        .filter_map(|&(dim, k)| scope.dimensions.get(dim).elements.get(k))
        .map(String::as_str)
        .collect();
    format!("{}[{}]", array.name, names.join(","))
}

/// An equation's text with its tree, or one tree an element in a row; none after a fault.
type Written<'d> = (&'d Text, Vec<Expr>);

/// The equations of an array, each read into a tree once.
struct Equations<'d> {
    /// What holds where an element has none of its own.
    general: Option<Written<'d>>,
    /// Those of single elements.
    own: Vec<(Option<Written<'d>>, Option<bool>)>,
    /// For each element the position in `own`.
    of_element: Vec<Option<usize>>,
}

impl<'d> Equations<'d> {
    fn of(scope: &Scope<'d>, id: ArrayId, faults: &mut Faults) -> Self {
        let array = &scope.arrays[id.0];
        let mut equations = Self {
            general: None,
            own: Vec::new(),
            of_element: vec![None; array.size],
        };
        let (Some(text), Origin::Own) = (array.declaration, &array.origin) else {
            return equations;
        };
        let size = array.size;
        let mut tree = |equation: &'d Text| {
            let trees = match array.dims.is_empty() {
                true => parsed(equation, faults).into_iter().collect(),
                false => row(equation, &array.name, size, faults),
            };
            (equation, trees)
        };
        equations.general = text.equation.as_ref().map(&mut tree);
        for element in &text.elements {
            let equation = element.equation.as_ref().map(&mut tree);
            equations.own.push((equation, element.non_negative));
        }
        let mut n_given = 0;
        for (k, element) in text.elements.iter().enumerate() {
            match scope.offsets(id, &element.subscript) {
                Ok(offsets) => {
                    let taken = equations.claim(k, &offsets);
                    let first = taken.and_then(|first| text.elements.get(first));
                    if let Some(first) = first {
                        let part = format!("the element `{}`", element.subscript.text.trim());
                        let (at, first) = (element.subscript.start(), first.subscript.start());
                        said_twice(&part, &format!("`{}`", array.name), at, first, faults);
                    }
                    n_given += offsets.len();
                    if n_given > 2 * size {
                        break;
                    }
                }
                Err(part) => {
                    let name = array.name.as_str();
                    let message = format!("`{part}` is no element of the array `{name}`");
                    let at = element.subscript.start();
                    faults.error("bad-subscript", at, &[name, &part], message);
                }
            }
        }
        equations
    }

    /// Gives some elements the equation of that number, or says which has one of them already.
    fn claim(&mut self, k: usize, offsets: &[usize]) -> Option<usize> {
        let mut taken = None;
        for &offset in offsets {
            if let Some(place) = self.of_element.get_mut(offset) {
                taken = taken.or(place.replace(k));
            }
        }
        taken
    }

    fn at(&self, offset: usize) -> Option<&Written<'d>> {
        let own = self.of_element.get(offset).copied().flatten();
        let own = own
            .and_then(|k| self.own.get(k))
            .and_then(|(e, _)| e.as_ref());
        own.or(self.general.as_ref())
    }

    fn non_negative(&self, offset: usize) -> Option<bool> {
        let own = self.of_element.get(offset).copied().flatten()?;
        self.own.get(own)?.1
    }

    fn text(&self, offset: usize) -> String {
        let text = self.at(offset).map(|(text, _)| text.text.trim().to_owned());
        text.unwrap_or_default()
    }
}

/// The tree of an array's equation, or one tree an element.
fn row(equation: &Text, name: &str, size: usize, faults: &mut Faults) -> Vec<Expr> {
    match crate::expr::parse::parse_row(&equation.text) {
        Ok(trees) if trees.len() == 1 || trees.len() == size => trees,
        Ok(trees) => {
            let n = trees.len();
            let message = format!("`{name}` has {size} elements but {n} equations in a row");
            let subject = [name, &n.to_string()];
            faults.error("bad-subscript", equation.start(), &subject, message);
            Vec::new()
        }
        Err(fault) => {
            syntax_fault(equation, fault, faults);
            Vec::new()
        }
    }
}

fn definition(
    scope: &mut Scope,
    id: ArrayId,
    offset: usize,
    owner: &Owner,
    equations: &Equations,
    faults: &mut Faults,
) -> Definition {
    let text = scope.arrays[id.0].declaration;
    let at = text.map_or(0, |t| t.at);
    let mut equation = equation(scope, id, offset, owner, equations, faults);
    if let Some(table) = scope.arrays[id.0].table(offset) {
        equation = Term {
            at: equation.at,
            kind: TermKind::Lookup(table, Box::new(equation)),
        };
    }
    let initial = text.and_then(|t| t.initial.as_ref());
    let mut listed = |list: &[Text]| flows(scope, id, owner, list, faults);
    let inflows = text.map_or_else(Vec::new, |t| listed(&t.inflows));
    let outflows = text.map_or_else(Vec::new, |t| listed(&t.outflows));
    if let (Some(flow), Some(text)) = (inflows.iter().find(|f| outflows.contains(f)), text) {
        let flow = &inflows.iter().position(|f| f == flow);
        let flow = flow.and_then(|k| text.inflows.get(k));
        both_ways(&text.name, flow, faults);
    }
    Definition {
        initial: initial.map(|text| read(scope, owner, text, faults)),
        equation,
        inflows,
        outflows,
        non_negative: equations
            .non_negative(offset)
            .unwrap_or_else(|| text.is_some_and(|t| t.non_negative)),
        at,
        unit_at: text.and_then(|t| t.units.as_ref()).map_or(at, Text::start),
    }
}

/// The flows that a stock lists on one side, each once.
fn flows(
    scope: &mut Scope,
    stock: ArrayId,
    owner: &Owner,
    list: &[Text],
    faults: &mut Faults,
) -> Vec<VarId> {
    let mut seen: Vec<(VarId, &Text)> = Vec::with_capacity(list.len());
    for flow in list {
        let Some(var) = flow_element(scope, stock, owner, flow, faults) else {
            continue;
        };
        match seen.iter().find(|(other, _)| *other == var) {
            Some((_, first)) => {
                let part = format!("the flow `{}`", flow.text.trim());
                let of = format!("the stock `{}`", scope.arrays[stock.0].name);
                said_twice(&part, &of, flow.start(), first.start(), faults);
            }
            None => seen.push((var, flow)),
        }
    }
    seen.into_iter().map(|(var, _)| var).collect()
}

/// A flow that fills and empties one stock changes nothing.
fn both_ways(stock: &str, flow: Option<&Text>, faults: &mut Faults) {
    let Some(flow) = flow else { return };
    let name = flow.text.trim();
    let message = format!("the flow `{name}` fills and empties `{stock}`, so it changes nothing");
    let hint = Some("list it on one side, or leave it out".to_owned());
    let (code, warning) = ("flow-both-ways", Severity::Warning);
    faults.push(warning, code, flow.start(), &[name, stock], message, hint);
}

fn equation(
    scope: &mut Scope,
    id: ArrayId,
    offset: usize,
    owner: &Owner,
    equations: &Equations,
    faults: &mut Faults,
) -> Term {
    let array = &scope.arrays[id.0];
    let text = array.declaration;
    let at = text.map_or(0, |t| t.at);
    match array.origin.clone() {
        Origin::Argument(term) => return term,
        Origin::Connected(from, container) => {
            let owner = Owner {
                instance: container,
                element: owner.element.clone(),
                own: None,
            };
            let name = &from.text.trim().replace('"', "");
            let found = scope.find_or_fault(container, name, from.start(), faults);
            return found.map_or(Term::fault(at), |source| {
                let at = from.start();
                let mut reading = Reading::new(scope, &owner, from, faults);
                let subscripts = reading.unsubscripted(source, at);
                let element = subscripts.and_then(|s| reading.fixed_offset(source, &s));
                let var = element.and_then(|o| reading.scope.arrays[source.0].element(o));
                if element.is_some() && var.is_none() {
                    let message = format!("`{name}` has no value that could be connected");
                    reading
                        .faults
                        .error("bad-connection", at, &[name, name], message);
                }
                let kind = var.map_or(TermKind::Fault, TermKind::Variable);
                Term { kind, at }
            });
        }
        Origin::Own => {}
    }
    if text.is_some_and(|t| t.refused) {
        return Term::fault(at);
    }
    match equations.at(offset) {
        Some((text, trees)) => match trees.get(offset).or(trees.first()) {
            Some(expr) => Reading::new(scope, owner, text, faults).term(expr),
            None => Term::fault(at),
        },
        None => missing_equation(scope, id, offset, owner, faults),
    }
}

fn missing_equation(
    scope: &Scope,
    id: ArrayId,
    offset: usize,
    owner: &Owner,
    faults: &mut Faults,
) -> Term {
    let array = &scope.arrays[id.0];
    let at = array.declaration.map_or(0, |t| t.at);
    let name = element_name(scope, array, &owner.element);
    let message = match array.table(offset) {
        Some(_) => format!("the graphical function of `{name}` has no equation for its input"),
        None => format!("`{name}` has no equation"),
    };
    faults.error("no-equation", at, &[&name], message);
    Term::fault(at)
}

/// The element of a flow that belongs to the element of a stock.
fn flow_element(
    scope: &mut Scope,
    stock: ArrayId,
    owner: &Owner,
    flow: &Text,
    faults: &mut Faults,
) -> Option<VarId> {
    let name = unquoted(&flow.text);
    let found = scope.find_or_fault(owner.instance, name, flow.start(), faults)?;
    let dims = scope.arrays[found.0].dims.len();
    if dims != owner.element.len() && dims > 0 {
        let stock = scope.arrays[stock.0].name.clone();
        let message = format!("the flow `{name}` has other dimensions than the stock `{stock}`");
        let subject = [name, stock.as_str()];
        faults.error("bad-subscript", flow.start(), &subject, message);
        return None;
    }
    let mut reading = Reading::new(scope, owner, flow, faults);
    let subscripts: Vec<Subscript> = reading.unsubscripted(found, flow.start())?;
    let offset = reading.fixed_offset(found, &subscripts)?;
    let var = scope.arrays[found.0].element(offset);
    if var.is_none() {
        let stock = scope.arrays[stock.0].name.clone();
        let message = format!("`{name}` is no flow but is listed as one of the stock `{stock}`");
        faults.error("not-a-flow", flow.start(), &[name, &stock], message);
    }
    var
}

fn variable(array: &Array, name: String, equation: String, definition: &Definition) -> Variable {
    let text: Option<&Declaration> = array.declaration;
    let is_connected = !matches!(array.origin, Origin::Own);
    let kind = match text.map(|t| t.element) {
        Some(Element::Stock) if !is_connected => Kind::Stock,
        Some(Element::Flow) => Kind::Flow,
        _ => match definition.equation.literal() {
            Some(_) if definition.initial.is_none() => Kind::Constant,
            _ => Kind::Aux,
        },
    };
    let mut uses: Vec<VarId> = Vec::new();
    match kind {
        Kind::Stock => uses.extend(definition.inflows.iter().chain(&definition.outflows)),
        _ => definition.equation.variables(&mut |var| uses.push(var)),
    }
    uses.sort_unstable();
    uses.dedup();
    let unit = text.and_then(|t| t.units.as_ref());
    Variable {
        name: name.trim().to_owned(),
        kind,
        unit: unit.map(|u| u.text.trim().to_owned()).unwrap_or_default(),
        doc: text.map(|t| t.doc.clone()).unwrap_or_default(),
        initial: text
            .and_then(|t| t.initial.as_ref())
            .map(|t| t.text.trim().to_owned())
            .unwrap_or_default(),
        equation: match &array.origin {
            Origin::Connected(from, _) => from.text.trim().to_owned(),
            _ => equation,
        },
        uses,
    }
}

/// What flows into and out of a stock must be a flow; a flow that fills nothing is worth a note.
fn check_flows(model: &Model, faults: &mut Faults) {
    let mut attached = vec![false; model.variables.len()];
    for (k, (variable, definition)) in model.variables.iter().zip(&model.definitions).enumerate() {
        for &flow in definition.inflows.iter().chain(&definition.outflows) {
            if let Some(seen) = attached.get_mut(flow.index()) {
                *seen = true;
            }
            let Some(other) = model.variables.get(flow.index()) else {
                continue;
            };
            // The parameter of a macro may serve as a flow.
            if other.kind != Kind::Flow && k < model.n_visible {
                let (stock, name) = (&variable.name, &other.name);
                let message =
                    format!("`{name}` is no flow but is listed as one of the stock `{stock}`");
                faults.error("not-a-flow", definition.at, &[name, stock], message);
            }
        }
    }
    let flows = model
        .variables()
        .iter()
        .zip(&model.definitions)
        .zip(attached);
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
