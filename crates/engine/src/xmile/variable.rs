//! `<variables>` → declarations of variables and modules, parts that are not built refused by name.

use super::document::{Declaration, Declared, Element as What, ElementText, GroupText, ModuleText};
use super::source::Faults;
use super::table::table;
use super::tree::{Element, Text};
use crate::budget::MAX_VARIABLES;
use crate::diag::Severity;
use crate::name::shown;

/// What `<behavior>` says of all stocks and flows.
#[derive(Clone, Copy, Default)]
pub(super) struct Behaviour {
    stocks_non_negative: bool,
    flows_non_negative: bool,
}

impl Behaviour {
    /// What an element says, and what holds where it says nothing.
    pub(super) fn of(element: Option<&Element>, otherwise: Self) -> Self {
        let flag = |of: &str, otherwise: bool| {
            let all = element.and_then(|e| e.child("non_negative"));
            let one = element
                .and_then(|e| e.child(of))
                .and_then(|e| e.child("non_negative"));
            one.or(all).map_or(otherwise, is_on)
        };
        Self {
            stocks_non_negative: flag("stock", otherwise.stocks_non_negative),
            flows_non_negative: flag("flow", otherwise.flows_non_negative),
        }
    }
}

/// Whether a flag element is on: empty or `true`.
fn is_on(element: &Element) -> bool {
    !element.text.text.trim().eq_ignore_ascii_case("false")
}

/// The name an element gives itself, line breaks as spaces.
pub(super) fn name_of(element: &Element) -> Option<String> {
    let name = element.attribute("name").map(|n| shown(&n.text));
    name.filter(|n| !n.trim().is_empty())
}

/// Refuses a construct that is not built, by its name.
pub(super) fn unsupported(what: &str, name: Option<&str>, at: usize, faults: &mut Faults) {
    let name = name.unwrap_or("");
    let message = match name {
        "" => format!("the model uses what is not supported: {what}"),
        _ => format!("`{name}` uses what is not supported: {what}"),
    };
    faults.error("unsupported-element", at, &[what, name], message);
}

/// Says once for each name that an element was passed over.
pub(super) fn ignored(element: &Element, faults: &mut Faults) {
    let name = &element.name;
    let message = format!("the element <{name}> is not part of XMILE and was passed over");
    faults.push(
        Severity::Note,
        "ignored-element",
        element.at,
        &[name],
        message,
        None,
    );
}

/// Groups of a model, in order; they say nothing about behaviour.
pub(super) fn groups(model: &Element) -> Vec<GroupText> {
    let lists = model.children.iter().filter(|c| c.name == "variables");
    let all = lists.flat_map(|c| c.children.iter().filter(|c| c.name == "group"));
    let text = |e: &Element| e.text.text.trim().to_owned();
    all.map(|group| GroupText {
        name: name_of(group).unwrap_or_default(),
        doc: group.child("doc").map(text).unwrap_or_default(),
        variables: group
            .children
            .iter()
            .filter(|c| c.name == "var")
            .map(text)
            .collect(),
    })
    .collect()
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
            "group" => continue,
            _ => {
                ignored(element, faults);
                continue;
            }
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
    let Some(name) = name_of(element) else {
        no_name(element, faults);
        return None;
    };
    if element.attribute("resource").is_some() {
        unsupported("model in another file", Some(&name), element.at, faults);
    }
    let mut connections = Vec::new();
    for connect in element
        .children
        .iter()
        .filter(|c| c.name.starts_with("connect"))
    {
        match (connect.attribute("to"), connect.attribute("from")) {
            (Some(to), Some(from)) => connections.push((to.clone(), from.clone())),
            _ => {
                let message = format!("a connection of the module `{name}` lacks `to` or `from`");
                faults.error("bad-connection", connect.at, &[&name, ""], message);
            }
        }
    }
    let model = element
        .attribute("simlin:model_name")
        .or(element.attribute("isee:model"))
        .map_or_else(|| name.clone(), |m| shown(&m.text));
    Some(ModuleText {
        model,
        at: element.attribute("name").map_or(element.at, Text::start),
        connections,
        name,
    })
}

fn no_name(element: &Element, faults: &mut Faults) {
    let message = format!("this <{}> has no name", element.name);
    faults.error("no-name", element.at, &[&element.name], message);
}

/// Parts of a variable that change what it does and are not built.
const UNSUPPORTED_PARTS: &[&str] = &[
    "conveyor",
    "queue",
    "leak",
    "leak_integers",
    "overflow",
    "multiplier",
    "mathml",
    "event_poster",
];

/// Parts of a variable that are read, or say nothing about behaviour.
const KNOWN_PARTS: &[&str] = &[
    "eqn",
    "inflow",
    "outflow",
    "units",
    "doc",
    "gf",
    "non_negative",
    "dimensions",
    "element",
    "init_eqn",
    "range",
    "scale",
    "format",
    "documentation",
    "title",
    "label",
    "color",
];

fn declaration(
    element: &Element,
    what: What,
    behaviour: Behaviour,
    faults: &mut Faults,
) -> Option<Declaration> {
    let Some(name) = name_of(element) else {
        no_name(element, faults);
        return None;
    };
    let refused = refused_part(element, &name, faults);
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
        non_negative: element.child("non_negative").map_or(default, is_on),
        dimensions: dims.filter_map(|d| d.attribute("name").cloned()).collect(),
        elements: elements(element, &name, faults),
        initial: filled(element.child("init_eqn")),
        is_output: element
            .attribute("access")
            .is_some_and(|a| a.text.trim().eq_ignore_ascii_case("output")),
        name,
    })
}

/// Refuses the first part that is not built; notes parts nobody knows.
fn refused_part(element: &Element, name: &str, faults: &mut Faults) -> bool {
    let mut refused = false;
    for part in &element.children {
        if UNSUPPORTED_PARTS.contains(&part.name.as_str()) {
            if !refused {
                unsupported(&part.name, Some(name), part.at, faults);
            }
            refused = true;
        } else if !KNOWN_PARTS.contains(&part.name.as_str()) && element.name != "gf" {
            ignored(part, faults);
        }
    }
    refused
}

fn elements(element: &Element, name: &str, faults: &mut Faults) -> Vec<ElementText> {
    let parts = element.children.iter().filter(|c| c.name == "element");
    parts
        .filter_map(|part| {
            let Some(subscript) = part.attribute("subscript").cloned() else {
                no_name(part, faults);
                return None;
            };
            let gf = part.child("gf").map(|gf| table(gf, name, faults));
            Some(ElementText {
                subscript,
                equation: filled(part.child("eqn")),
                table: gf.flatten(),
                non_negative: part.child("non_negative").map(is_on),
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
