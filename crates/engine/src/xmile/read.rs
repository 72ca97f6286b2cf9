//! Tree of elements → document.

use super::document::{DimensionText, Document, MacroText, ModelText, UnitDefinition};
use super::source::Faults;
use super::specs::{number, read_specs};
use super::tree::{Element, Text, read_tree};
use super::variable::{Behaviour, entries, groups, ignored, name_of, unsupported};
use crate::budget::MAX_ELEMENTS;
use crate::program::{Horizon, Method};

/// The document of a file, or `None` when it is no XML; other faults leave out what they hit.
pub(crate) fn read(faults: &mut Faults) -> Option<Document> {
    let root = read_tree(faults)?;
    if root.name != "xmile" {
        let message = format!("the root element is <{}>, not <xmile>", root.name);
        faults.error("not-xmile", root.at, &[&root.name], message);
        return None;
    }
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
        invalid_index: invalid_index(&root),
        root: ModelText::default(),
        submodels: Vec::new(),
        macros: Vec::new(),
    };
    match root.child("sim_specs") {
        Some(specs) => read_specs(specs, &mut document, faults),
        None => faults.error(
            "no-sim-specs",
            root.at,
            &[],
            "there is no <sim_specs>".to_owned(),
        ),
    }
    read_units(&root, &mut document);
    read_models(&root, &mut document, faults);
    Some(document)
}

/// Elements of the root that are read, or say nothing about behaviour.
const KNOWN: &[&str] = &[
    "header",
    "sim_specs",
    "model_units",
    "dimensions",
    "behavior",
    "model",
    "macro",
    "data",
];

/// What an array gives where its index points outside (XMILE 1.0, 2.2.1: 0 unless the file says).
fn invalid_index(root: &Element) -> f64 {
    let options = root.child("header").and_then(|h| h.child("options"));
    let arrays = options.and_then(|o| o.child("uses_arrays"));
    let value = arrays.and_then(|a| a.attribute("invalid_index_value"));
    match value.map(|v| v.text.trim().to_lowercase()) {
        Some(text) if text == "nan" => f64::NAN,
        _ => 0.0,
    }
}

fn read_units(root: &Element, document: &mut Document) {
    let units = root
        .children
        .iter()
        .filter(|c| c.name == "model_units")
        .flat_map(|c| &c.children);
    for unit in units.filter(|u| u.name == "unit") {
        let aliases = unit.children.iter().filter(|c| c.name == "alias");
        document.units.push(UnitDefinition {
            name: unit
                .attribute("name")
                .map(|n| n.text.clone())
                .unwrap_or_default(),
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
    dims.filter_map(|dim| dimension(dim, faults)).collect()
}

fn dimension(dim: &Element, faults: &mut Faults) -> Option<DimensionText> {
    let Some(name) = name_of(dim) else {
        let message = "this <dim> has no name".to_owned();
        faults.error("no-name", dim.at, &["dim"], message);
        return None;
    };
    if let Some(mapping) = dim.child("mapping") {
        unsupported(
            "mapping of single elements",
            Some(&name),
            mapping.at,
            faults,
        );
    }
    let named = dim.children.iter().filter(|c| c.name == "elem");
    let mut elements: Vec<String> = named.filter_map(name_of).collect();
    let size = dim.attribute("size").and_then(|size| number(size, faults));
    if let (true, Some(size)) = (elements.is_empty(), size)
        && size >= 1.0
        && size <= MAX_ELEMENTS as f64
    {
        elements = (1..=size as usize).map(|k| k.to_string()).collect();
    }
    if elements.is_empty() || elements.len() > MAX_ELEMENTS {
        let message =
            format!("the dimension `{name}` has no elements, or more than {MAX_ELEMENTS}");
        faults.error("bad-dimension", dim.at, &[&name], message);
        return None;
    }
    Some(DimensionText {
        name,
        at: dim.attribute("name").map_or(dim.at, Text::start),
        elements,
        maps_to: dim.child("maps_to").map(|m| m.text.clone()),
    })
}

fn read_models(root: &Element, document: &mut Document, faults: &mut Faults) {
    let behaviour = Behaviour::of(root.child("behavior"), Behaviour::default());
    let mut n_variables = 0;
    let mut models = Vec::new();
    for child in &root.children {
        match child.name.as_str() {
            "model" => {
                if child.attribute("resource").is_some() {
                    let name = name_of(child);
                    unsupported("model in another file", name.as_deref(), child.at, faults);
                }
                let own = Behaviour::of(child.child("behavior"), behaviour);
                models.push(ModelText {
                    name: name_of(child).unwrap_or_default(),
                    entries: entries(child, own, &mut n_variables, faults),
                    groups: groups(child),
                });
                if let (Some(specs), true) = (child.child("sim_specs"), models.len() > 1) {
                    let name = name_of(child);
                    unsupported("time grid of its own", name.as_deref(), specs.at, faults);
                }
            }
            "macro" => {
                let text = macro_text(child, behaviour, &mut n_variables, faults);
                document.macros.extend(text);
            }
            "include" | "includes" => {
                unsupported("part in another file", None, child.at, faults);
            }
            name if KNOWN.contains(&name) => {}
            _ => ignored(child, faults),
        }
    }
    // The root is the model without a name, or else the first one.
    let at = models.iter().position(|m| m.name.is_empty()).unwrap_or(0);
    if models.is_empty() {
        faults.error("no-model", root.at, &[], "there is no <model>".to_owned());
    } else {
        document.root = models.remove(at);
        document.submodels = models;
    }
}

fn macro_text(
    element: &Element,
    behaviour: Behaviour,
    n_variables: &mut usize,
    faults: &mut Faults,
) -> Option<MacroText> {
    let Some(name) = name_of(element) else {
        let message = "this <macro> has no name".to_owned();
        faults.error("no-name", element.at, &["macro"], message);
        return None;
    };
    if let Some(specs) = element.child("sim_specs") {
        unsupported("time grid of its own", Some(&name), specs.at, faults);
    }
    let own = Behaviour::of(element.child("behavior"), behaviour);
    let parameters = element.children.iter().filter(|c| c.name == "parm");
    let parameter = |parm: &Element| {
        let default = parm.attribute("default").cloned();
        (parm.text.text.trim().to_owned(), default)
    };
    Some(MacroText {
        at: element.attribute("name").map_or(element.at, Text::start),
        parameters: parameters.map(parameter).collect(),
        equation: element
            .child("eqn")
            .map(|e| e.text.clone())
            .filter(|e| !e.text.trim().is_empty()),
        entries: entries(element, own, n_variables, faults),
        name,
    })
}
