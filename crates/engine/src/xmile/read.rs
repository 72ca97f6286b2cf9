//! Tree of elements → document.

use std::collections::HashMap;

use super::document::{DimensionText, Document, MacroText, ModelText, UnitDefinition};
use super::grammar;
use super::source::Faults;
use super::specs::{bad_value, flag, number, read_specs};
use super::tree::{Element, Text, read_tree};
use super::variable::{Behaviour, declared_name, entries, groups, unsupported};
use crate::budget::{MAX_ALL_ELEMENTS, MAX_ELEMENTS};
use crate::diag::Severity;
use crate::name::canonical;
use crate::program::{Horizon, Method};

/// The document of a file, or `None` when it is no XML; other faults leave out what they hit.
pub(crate) fn read(faults: &mut Faults) -> Option<Document> {
    let root = read_tree(faults)?;
    if root.name != "xmile" {
        let message = format!("the root element is <{}>, not <xmile>", root.name);
        faults.error("not-xmile", root.at, &[&root.name], message);
        return None;
    }
    grammar::check(&root, faults);
    let header = |tag: &str| {
        let element = root.child("header").and_then(|h| h.child(tag));
        element.map_or_else(String::new, |e| e.text.text.trim().to_owned())
    };
    let mut document = Document {
        name: header("name"),
        version: header("version"),
        horizon: Horizon {
            start: 0.0,
            stop: 100.0,
            dt: 1.0,
            save_every: 1,
        },
        method: Method::Euler,
        time_units: None,
        units: Vec::new(),
        dimensions: dimensions(&root, faults),
        invalid_index: invalid_index(&root, faults),
        root: ModelText::default(),
        submodels: Vec::new(),
        macros: Vec::new(),
    };
    read_units(&root, &mut document, faults);
    let main = read_models(&root, &mut document, faults);
    // What the model says itself stands before what the file says (XMILE 1.0, 2.3).
    let own = main.and_then(|m| m.child("sim_specs"));
    match (root.child("sim_specs"), own) {
        (Some(specs), None) | (None, Some(specs)) => read_specs(specs, &mut document, faults),
        (Some(specs), Some(own)) => read_specs(&overridden(specs, own), &mut document, faults),
        (None, None) => faults.error(
            "no-sim-specs",
            root.at,
            &[],
            "there is no <sim_specs>".to_owned(),
        ),
    }
    Some(document)
}

/// An element with what it has and another one has not.
fn overridden(by_default: &Element, own: &Element) -> Element {
    let mut both = own.clone();
    let missing = |(name, _): &&(String, Text)| own.attribute(name).is_none();
    both.attributes
        .extend(by_default.attributes.iter().filter(missing).cloned());
    let missing = |c: &&Element| own.child(&c.name).is_none();
    both.children
        .extend(by_default.children.iter().filter(missing).cloned());
    both
}

/// What an array gives where its index points outside (XMILE 1.0, 2.2.1: 0 unless the file says).
fn invalid_index(root: &Element, faults: &mut Faults) -> f64 {
    let options = root.child("header").and_then(|h| h.child("options"));
    let arrays = options.and_then(|o| o.child("uses_arrays"));
    let Some(value) = arrays.and_then(|a| a.attribute("invalid_index_value")) else {
        return 0.0;
    };
    match value.text.trim().to_lowercase().as_str() {
        "nan" => f64::NAN,
        text if text.parse() == Ok(0.0) => 0.0,
        _ => {
            bad_value(value, "0 or NaN", faults);
            0.0
        }
    }
}

fn read_units(root: &Element, document: &mut Document, faults: &mut Faults) {
    let units = root
        .children
        .iter()
        .filter(|c| c.name == "model_units")
        .flat_map(|c| &c.children);
    for unit in units.filter(|u| u.name == "unit") {
        let disabled = unit.attribute("disabled").and_then(|d| flag(d, faults));
        let Some(name) = declared_name(unit, faults).filter(|_| disabled != Some(true)) else {
            continue;
        };
        let aliases = unit.children.iter().filter(|c| c.name == "alias");
        document.units.push(UnitDefinition {
            name,
            equation: unit
                .child("eqn")
                .map(|e| e.text.clone())
                .filter(|e| !e.text.trim().is_empty()),
            aliases: aliases.map(|a| a.text.text.clone()).collect(),
            at: unit.at,
        });
    }
}

fn dimensions(root: &Element, faults: &mut Faults) -> Vec<DimensionText> {
    let lists = root.children.iter().filter(|c| c.name == "dimensions");
    let dims = lists.flat_map(|c| c.children.iter().filter(|c| c.name == "dim"));
    let mut all: Vec<DimensionText> = Vec::new();
    let mut left = MAX_ALL_ELEMENTS;
    for dim in dims {
        let Some(read) = dimension(dim, faults) else {
            continue;
        };
        let Some(rest) = left.checked_sub(read.elements.len()) else {
            let limit = MAX_ALL_ELEMENTS.to_string();
            let name = read.name.as_str();
            let message = format!("with `{name}` the dimensions have over {limit} elements");
            faults.error("too-large", dim.at, &[name, &limit], message);
            break;
        };
        left = rest;
        all.push(read);
    }
    all
}

fn dimension(dim: &Element, faults: &mut Faults) -> Option<DimensionText> {
    let name = declared_name(dim, faults)?;
    let named = dim.children.iter().filter(|c| c.name == "elem");
    let named: Option<Vec<String>> = named.map(|elem| declared_name(elem, faults)).collect();
    let mut elements = named?;
    let mut wrong = format!("the dimension `{name}` has no elements, or more than {MAX_ELEMENTS}");
    if let Some(text) = dim.attribute("size") {
        let size = number(text, faults)?;
        if libm::floor(size) != size {
            wrong = format!("the dimension `{name}` has a size that is no whole number, {size}");
            elements.clear();
        } else if elements.is_empty() && size >= 1.0 && size <= MAX_ELEMENTS as f64 {
            elements = (1..=size as usize).map(|k| k.to_string()).collect();
        } else if !elements.is_empty() && elements.len() as f64 != size {
            let n = elements.len();
            wrong = format!("the dimension `{name}` has the size {size} but {n} elements");
            elements.clear();
        }
    }
    if elements.is_empty() || elements.len() > MAX_ELEMENTS {
        let hint = Some("give its size, or name each of its elements".to_owned());
        faults.error_hint("bad-dimension", dim.at, &[&name], wrong, hint);
        return None;
    }
    Some(DimensionText {
        name,
        at: dim.attribute("name").map_or(dim.at, Text::start),
        elements,
        maps_to: dim.child("maps_to").map(|m| m.text.clone()),
    })
}

/// Models and macros; gives the element of the model that is run.
fn read_models<'e>(
    root: &'e Element,
    document: &mut Document,
    faults: &mut Faults,
) -> Option<&'e Element> {
    let behaviour = Behaviour::of(root.child("behavior"), Behaviour::default(), faults);
    let mut n_variables = 0;
    let mut models: Vec<(ModelText, &Element)> = Vec::new();
    for child in &root.children {
        match child.name.as_str() {
            "model" => models.push((model(child, behaviour, &mut n_variables, faults), child)),
            "macro" => {
                let text = macro_text(child, behaviour, &mut n_variables, faults);
                document.macros.extend(text);
            }
            _ => {}
        }
    }
    check_names(&models, faults);
    if models.is_empty() {
        faults.error("no-model", root.at, &[], "there is no <model>".to_owned());
        return None;
    }
    // The root is the model without a name, or else the first one.
    let unnamed = models.iter().position(|(m, _)| m.name.is_empty());
    let (main, element) = models.remove(unnamed.unwrap_or(0));
    if main.entries.is_empty() && element.child("variables").is_some() {
        let message = "the model has no variables".to_owned();
        let (code, warning) = ("no-variables", Severity::Warning);
        faults.push(warning, code, element.at, &[&main.name], message, None);
    }
    document.root = main;
    for (model, element) in models {
        if let Some(specs) = element.child("sim_specs") {
            unsupported("time grid of its own", Some(&model.name), specs.at, faults);
        }
        document.submodels.push(model);
    }
    Some(element)
}

fn model(
    element: &Element,
    behaviour: Behaviour,
    n_variables: &mut usize,
    faults: &mut Faults,
) -> ModelText {
    let name = match element.attribute("name") {
        Some(_) => declared_name(element, faults).unwrap_or_default(),
        None => String::new(),
    };
    if element.attribute("resource").is_some() {
        unsupported("model in another file", Some(&name), element.at, faults);
    } else if element.child("variables").is_none() {
        let message = "this <model> has no <variables>".to_owned();
        let hint = Some("put the variables of the model into it, or remove the model".to_owned());
        faults.error_hint("no-variables", element.at, &[&name], message, hint);
    }
    let own = Behaviour::of(element.child("behavior"), behaviour, faults);
    ModelText {
        at: element.at,
        entries: entries(element, own, n_variables, faults),
        groups: groups(element, faults),
        name,
    }
}

/// Two models of one name are a fault, and so are two without one.
fn check_names(models: &[(ModelText, &Element)], faults: &mut Faults) {
    let mut seen = HashMap::new();
    for (model, element) in models {
        let Some(first) = seen.insert(canonical(&model.name), element.at) else {
            continue;
        };
        let line = faults.source.place(first).line.to_string();
        let name = model.name.as_str();
        let message = match name {
            "" => format!("a second <model> has no name; the first is in line {line}"),
            _ => format!("the model `{name}` is already defined in line {line}"),
        };
        let hint = Some("give each a name of its own, or remove one of them".to_owned());
        faults.error_hint("duplicate-name", element.at, &[name, &line], message, hint);
    }
}

fn macro_text(
    element: &Element,
    behaviour: Behaviour,
    n_variables: &mut usize,
    faults: &mut Faults,
) -> Option<MacroText> {
    let name = declared_name(element, faults)?;
    let own = Behaviour::of(element.child("behavior"), behaviour, faults);
    let mut seen = HashMap::new();
    let mut parameters = Vec::new();
    for parm in element.children.iter().filter(|c| c.name == "parm") {
        let written = parm.text.text.trim();
        if let Some(first) = seen.insert(canonical(written), parm.at) {
            let part = format!("the parameter `{written}`");
            grammar::twice(&part, element, parm.at, first, faults);
        } else if written.is_empty() {
            let message = format!("a parameter of the macro `{name}` has no name");
            faults.error("no-name", parm.at, &["parm"], message);
        }
        parameters.push((written.to_owned(), parm.attribute("default").cloned()));
    }
    Some(MacroText {
        at: element.attribute("name").map_or(element.at, Text::start),
        parameters,
        equation: element
            .child("eqn")
            .map(|e| e.text.clone())
            .filter(|e| !e.text.trim().is_empty()),
        entries: entries(element, own, n_variables, faults),
        name,
    })
}
