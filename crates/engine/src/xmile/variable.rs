//! `<variables>` → declarations of variables and modules, parts that are not built refused by name.

use std::collections::{HashMap, HashSet};

use super::document::{
    Access, Declaration, Declared, Element as What, ElementText, GroupText, ModuleText,
};
use super::grammar;
use super::source::Faults;
use super::specs::{bad_value, flag};
use super::table::table;
use super::tree::{Element, Text};
use crate::budget::{MAX_NAME_BYTES, MAX_VARIABLES};
use crate::name::{canonical, shown};

/// What `<behavior>` says of all stocks and flows.
#[derive(Clone, Copy, Default)]
pub(super) struct Behaviour {
    stocks_non_negative: bool,
    flows_non_negative: bool,
}

impl Behaviour {
    /// What an element says, and what holds where it says nothing.
    pub(super) fn of(element: Option<&Element>, otherwise: Self, faults: &mut Faults) -> Self {
        let mut stated = |of: Option<&Element>, otherwise: bool| {
            let one = of.and_then(|e| e.child("non_negative"));
            one.map_or(otherwise, |e| is_on(e, faults))
        };
        let all = stated(element, false);
        let is_stated = element.is_some_and(|e| e.child("non_negative").is_some());
        let or = |otherwise| if is_stated { all } else { otherwise };
        let of = |name: &str| element.and_then(|e| e.child(name));
        Self {
            stocks_non_negative: stated(of("stock"), or(otherwise.stocks_non_negative)),
            flows_non_negative: stated(of("flow"), or(otherwise.flows_non_negative)),
        }
    }
}

/// Whether a flag element is on: empty or `true`.
fn is_on(element: &Element, faults: &mut Faults) -> bool {
    element.text.text.trim().is_empty() || flag(&element.text, faults).unwrap_or(false)
}

/// The name an element gives itself, line breaks as spaces.
pub(super) fn name_of(element: &Element) -> Option<String> {
    let name = element.attribute("name").map(|n| shown(&n.text));
    name.filter(|n| !n.trim().is_empty())
}

/// The name of an element that must have one; none, or one that is no name, is a fault.
pub(super) fn declared_name(element: &Element, faults: &mut Faults) -> Option<String> {
    let Some(name) = name_of(element) else {
        let message = format!("this <{}> has no name", element.name);
        faults.error("no-name", element.at, &[&element.name], message);
        return None;
    };
    let why = if name.len() > MAX_NAME_BYTES {
        format!("is longer than {MAX_NAME_BYTES} bytes")
    } else if name.contains(char::is_control) {
        "holds a control character".to_owned()
    } else if canonical(&name).is_empty() {
        "is made of spaces alone".to_owned()
    } else {
        return Some(name);
    };
    let at = element.attribute("name").map_or(element.at, |n| n.at(0));
    let message = format!("the name `{name}` {why}");
    let hint = Some("write it as one short line of visible characters".to_owned());
    faults.error_hint("bad-name", at, &[&name], message, hint);
    None
}

/// Refuses a construct that is not built, by its name.
pub(super) fn unsupported(what: &str, name: Option<&str>, at: usize, faults: &mut Faults) {
    let name = name.unwrap_or("");
    let message = match name {
        "" => format!("the model uses what is not supported: {what}"),
        _ => format!("`{name}` uses what is not supported: {what}"),
    };
    let hint = match what.contains("another file") {
        true => "files are not read together: copy its content into this one",
        false => "say it with stocks, flows and auxiliaries, or remove it",
    };
    let hint = Some(hint.to_owned());
    faults.error_hint("unsupported-element", at, &[what, name], message, hint);
}

/// Groups of a model, in order; they say nothing about behaviour.
pub(super) fn groups(model: &Element, faults: &mut Faults) -> Vec<GroupText> {
    let lists = model.children.iter().filter(|c| c.name == "variables");
    let all = lists.flat_map(|c| c.children.iter().filter(|c| c.name == "group"));
    let text = |e: &Element| e.text.text.trim().to_owned();
    let mut seen = HashMap::new();
    let group = |group: &Element| {
        let key = name_of(group).map(|n| canonical(&n)).unwrap_or_default();
        if let Some(first) = seen.insert(key, group.at) {
            grammar::twice("<group>", group, group.at, first, faults);
        }
        let variables = group.children.iter().filter(|c| c.name == "var");
        Some(GroupText {
            name: declared_name(group, faults)?,
            doc: group.child("doc").map(text).unwrap_or_default(),
            variables: variables.map(|v| v.text.clone()).collect(),
        })
    };
    all.filter_map(group).collect()
}

/// Variables and modules of a model or macro, in order; `n_before` counts those of the file.
pub(super) fn entries(
    model: &Element,
    behaviour: Behaviour,
    n_before: &mut usize,
    faults: &mut Faults,
) -> Vec<Declared> {
    let mut entries = Vec::new();
    let lists = model.children.iter().filter(|c| c.name == "variables");
    for element in lists.flat_map(|c| &c.children) {
        let what = match element.name.as_str() {
            "stock" => What::Stock,
            "flow" => What::Flow,
            "aux" => What::Aux,
            "gf" => What::Table,
            "module" => {
                entries.extend(module(element, faults).map(Declared::Module));
                continue;
            }
            _ => continue,
        };
        if *n_before >= MAX_VARIABLES {
            let limit = MAX_VARIABLES.to_string();
            let message = format!("the file has more than {limit} variables");
            faults.error("too-many-variables", element.at, &[&limit], message);
            return entries;
        }
        *n_before += 1;
        let variable = declaration(element, what, behaviour, faults);
        entries.extend(variable.map(|v| Declared::Variable(Box::new(v))));
    }
    entries
}

fn module(element: &Element, faults: &mut Faults) -> Option<ModuleText> {
    let name = declared_name(element, faults)?;
    if element.attribute("resource").is_some() {
        unsupported("model in another file", Some(&name), element.at, faults);
    }
    let connections = connections(element, &name, faults);
    let models = ["isee:model", "simlin:model_name"].map(|of| element.attribute(of));
    if let [Some(first), Some(second)] = models
        && canonical(&first.text) != canonical(&second.text)
    {
        grammar::twice("the model", element, second.at(0), first.at(0), faults);
    }
    let model = models.into_iter().flatten().last();
    let model = model.map_or_else(|| name.clone(), |m| shown(&m.text));
    Some(ModuleText {
        model,
        at: element.attribute("name").map_or(element.at, Text::start),
        connections,
        name,
    })
}

/// What the inputs of a module are connected to.
fn connections(module: &Element, name: &str, faults: &mut Faults) -> Vec<(Text, Text)> {
    let mut connections: Vec<(Text, Text)> = Vec::new();
    let mut inputs = HashMap::new();
    let mut seen_from_outside = HashSet::new();
    // Stella writes a connection again as <connect2>, seen from outside and without the dot.
    let prefix = format!("{}.", canonical(name));
    let outside = |text: &Text| {
        let path = end(text);
        let path = path.trim_start_matches('.');
        path.strip_prefix(&prefix).unwrap_or(path).to_owned()
    };
    let parts = |of: &'static str| module.children.iter().filter(move |c| c.name == of);
    for connect in parts("connect").chain(parts("connect2")) {
        let (Some(to), Some(from)) = (connect.attribute("to"), connect.attribute("from")) else {
            let message = format!("a connection of the module `{name}` lacks `to` or `from`");
            let hint = Some("say both: `to` an input of the module, `from` a variable".to_owned());
            faults.error_hint("bad-connection", connect.at, &[name, ""], message, hint);
            continue;
        };
        let both = (outside(to), outside(from));
        if connect.name == "connect2" {
            if !seen_from_outside.contains(&both) {
                let what = "connect2 without its connect";
                unsupported(what, Some(name), connect.at, faults);
            }
            continue;
        }
        seen_from_outside.insert(both);
        if let Some(first) = inputs.insert(end(to), to.at(0)) {
            let part = format!("a connection to `{}`", to.text.trim());
            grammar::twice(&part, module, to.at(0), first, faults);
        }
        connections.push((to.clone(), from.clone()));
    }
    connections
}

/// What a connection names, in the form in which equal names are equal.
fn end(text: &Text) -> String {
    canonical(&text.text.replace('"', ""))
}

fn declaration(
    element: &Element,
    what: What,
    behaviour: Behaviour,
    faults: &mut Faults,
) -> Option<Declaration> {
    let name = declared_name(element, faults)?;
    let mut parts = element.children.iter();
    let refused = parts.any(|part| grammar::is_refused(&element.name, &part.name));
    let all = |of: &str| {
        let parts = element.children.iter().filter(|c| c.name == of);
        parts.map(|c| c.text.clone()).collect::<Vec<_>>()
    };
    let table = match what {
        What::Table => Some(table(element, &name, faults)),
        _ => element.child("gf").map(|gf| table(gf, &name, faults)),
    };
    let default = match what {
        What::Stock => behaviour.stocks_non_negative,
        What::Flow => behaviour.flows_non_negative,
        What::Aux | What::Table => false,
    };
    let dims = element.child("dimensions").into_iter();
    let dims = dims.flat_map(|d| d.children.iter().filter(|c| c.name == "dim"));
    let dims = dims.filter_map(|dim| {
        declared_name(dim, faults)?;
        dim.attribute("name").cloned()
    });
    let dims: Vec<Text> = dims.collect();
    Some(Declaration {
        at: element.attribute("name").map_or(element.at, Text::start),
        element: what,
        equation: filled(element.child("eqn")),
        inflows: all("inflow"),
        outflows: all("outflow"),
        units: filled(element.child("units")),
        doc: element
            .child("doc")
            .map(|d| d.text.text.trim().to_owned())
            .unwrap_or_default(),
        table: table.flatten(),
        refused,
        non_negative: element
            .child("non_negative")
            .map_or(default, |e| is_on(e, faults)),
        dimensions: dims,
        elements: elements(element, &name, faults),
        initial: filled(element.child("init_eqn")),
        access: access(element, faults),
        name,
    })
}

fn access(element: &Element, faults: &mut Faults) -> Access {
    let Some(text) = element.attribute("access") else {
        return Access::Inside;
    };
    match text.text.trim().to_lowercase().as_str() {
        "input" => Access::Input,
        "output" => Access::Output,
        _ => {
            bad_value(text, "input or output", faults);
            Access::Inside
        }
    }
}

fn elements(element: &Element, name: &str, faults: &mut Faults) -> Vec<ElementText> {
    let parts = element.children.iter().filter(|c| c.name == "element");
    parts
        .filter_map(|part| {
            let Some(subscript) = part.attribute("subscript").cloned() else {
                let message = format!("an <element> of `{name}` has no `subscript`");
                faults.error("no-name", part.at, &["element"], message);
                return None;
            };
            let gf = part.child("gf").map(|gf| table(gf, name, faults));
            let equation = filled(part.child("eqn"));
            if equation.is_none() && gf.is_none() && part.child("non_negative").is_none() {
                let name = format!("{name}[{}]", subscript.text.trim());
                let message = format!("`{name}` has no equation");
                faults.error("no-equation", part.at, &[&name], message);
            }
            Some(ElementText {
                subscript,
                equation,
                table: gf.flatten(),
                non_negative: part.child("non_negative").map(|e| is_on(e, faults)),
            })
        })
        .collect()
}

/// The text of an element, if there is any.
fn filled(element: Option<&Element>) -> Option<Text> {
    element
        .map(|e| e.text.clone())
        .filter(|t| !t.text.trim().is_empty())
}
