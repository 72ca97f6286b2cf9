//! Tree of elements → document.

use super::document::{Declaration, Document, Element as What, Table, TableKind, UnitDefinition};
use super::source::Faults;
use super::specs::{number, read_specs};
use super::tree::{Element, Text, read_tree};
use crate::budget::{MAX_LOOKUP_POINTS, MAX_VARIABLES};
use crate::name::shown;
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
        variables: Vec::new(),
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
    let behaviour = Behaviour::of(root.child("behavior"));
    read_models(&root, behaviour, &mut document, faults);
    Some(document)
}

/// What `<behavior>` says of all stocks and flows.
#[derive(Clone, Copy)]
struct Behaviour {
    stocks_non_negative: bool,
    flows_non_negative: bool,
}

impl Behaviour {
    fn of(element: Option<&Element>) -> Self {
        let flag = |of: &str| {
            let all = element.and_then(|e| e.child("non_negative"));
            let one = element
                .and_then(|e| e.child(of))
                .and_then(|e| e.child("non_negative"));
            one.or(all).is_some_and(is_on)
        };
        Self {
            stocks_non_negative: flag("stock"),
            flows_non_negative: flag("flow"),
        }
    }
}

/// Whether a flag element is on: empty or `true`.
fn is_on(element: &Element) -> bool {
    !element.text.text.trim().eq_ignore_ascii_case("false")
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

fn read_models(root: &Element, behaviour: Behaviour, document: &mut Document, faults: &mut Faults) {
    let mut models = root.children.iter().filter(|c| c.name == "model");
    for child in root.children.iter().filter(|c| c.name == "macro") {
        let name = name_of(child);
        unsupported("macro", name.as_deref(), child.at, faults);
        document.macros.extend(name);
    }
    match models.next() {
        Some(model) => read_variables(model, behaviour, document, faults),
        None => faults.error("no-model", root.at, &[], "there is no <model>".to_owned()),
    }
    for model in models {
        unsupported("module", name_of(model).as_deref(), model.at, faults);
    }
}

fn name_of(element: &Element) -> Option<String> {
    element.attribute("name").map(|n| shown(&n.text))
}

/// Refuses a construct that is not built yet, by its name.
fn unsupported(what: &str, name: Option<&str>, at: usize, faults: &mut Faults) {
    let name = name.unwrap_or("");
    let message = match name {
        "" => format!("the model uses a {what}, which is not supported yet"),
        _ => format!("`{name}` is or has a {what}, which is not supported yet"),
    };
    faults.error("unsupported-element", at, &[what, name], message);
}

fn read_variables(
    model: &Element,
    behaviour: Behaviour,
    document: &mut Document,
    faults: &mut Faults,
) {
    let lists = model.children.iter().filter(|c| c.name == "variables");
    for element in lists.flat_map(|c| &c.children) {
        let what = match element.name.as_str() {
            "stock" => What::Stock,
            "flow" => What::Flow,
            "aux" => What::Aux,
            "gf" => What::Table,
            "module" => {
                unsupported("module", name_of(element).as_deref(), element.at, faults);
                continue;
            }
            _ => continue,
        };
        if document.variables.len() >= MAX_VARIABLES {
            let limit = MAX_VARIABLES.to_string();
            let message = format!("the model has more than {limit} variables");
            faults.error("too-many-variables", element.at, &[&limit], message);
            return;
        }
        if let Some(variable) = declaration(element, what, behaviour, faults) {
            document.variables.push(variable);
        }
    }
}

/// Elements of a variable that change what it does and are not built yet.
const UNSUPPORTED_PARTS: &[&str] = &[
    "dimensions",
    "element",
    "conveyor",
    "queue",
    "leak",
    "leak_integers",
    "overflow",
    "multiplier",
    "init_eqn",
    "mathml",
];

fn declaration(
    element: &Element,
    what: What,
    behaviour: Behaviour,
    faults: &mut Faults,
) -> Option<Declaration> {
    let name = name_of(element).filter(|n| !n.trim().is_empty());
    let Some(name) = name else {
        let message = format!("this <{}> has no name", element.name);
        faults.error("no-name", element.at, &[&element.name], message);
        return None;
    };
    let counts = |p: &&Element| p.name != "dimensions" || p.child("dim").is_some();
    let mut parts = element
        .children
        .iter()
        .filter(|p| UNSUPPORTED_PARTS.contains(&p.name.as_str()));
    let refused = parts.find(counts);
    if let Some(part) = refused {
        let what = match part.name.as_str() {
            "dimensions" | "element" => "array",
            other => other,
        };
        unsupported(what, Some(&name), part.at, faults);
    }
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
    Some(Declaration {
        at: element.attribute("name").map_or(element.at, Text::start),
        element: what,
        equation: element
            .child("eqn")
            .map(|e| e.text.clone())
            .filter(|e| !e.text.trim().is_empty()),
        inflows: all("inflow"),
        outflows: all("outflow"),
        units: element
            .child("units")
            .map(|u| u.text.clone())
            .filter(|u| !u.text.trim().is_empty()),
        doc: element
            .child("doc")
            .map(|d| d.text.text.trim().to_owned())
            .unwrap_or_default(),
        table: table.flatten(),
        refused: refused.is_some(),
        non_negative: element.child("non_negative").map_or(default, is_on),
        name,
    })
}

/// The points of a `<gf>`, or `None` with a fault.
fn table(gf: &Element, owner: &str, faults: &mut Faults) -> Option<Table> {
    let kind = match gf
        .attribute("type")
        .map(|t| t.text.trim().to_lowercase())
        .as_deref()
    {
        None | Some("continuous") => TableKind::Continuous,
        Some("extrapolate") => TableKind::Extrapolate,
        Some("discrete") => TableKind::Discrete,
        Some(other) => {
            let message = format!("a graphical function has no type `{other}`");
            let hint = Some("the types are continuous, extrapolate and discrete".to_owned());
            faults.error_hint("bad-lookup", gf.at, &[owner], message, hint);
            return None;
        }
    };
    let ys = points(gf.child("ypts"), faults)?;
    let xs = match (points(gf.child("xpts"), faults)?, gf.child("xscale")) {
        (xs, None) => xs,
        (xs, Some(_)) if !xs.is_empty() => xs,
        (_, Some(scale)) => spread(scale, ys.len(), faults)?,
    };
    let why = if ys.is_empty() {
        "it has no points".to_owned()
    } else if xs.len() != ys.len() {
        format!("it has {} x values for {} y values", xs.len(), ys.len())
    } else if ys.len() > MAX_LOOKUP_POINTS {
        format!("it has more than {MAX_LOOKUP_POINTS} points")
    } else if let Some(x) = xs.windows(2).find(|w| w[0] >= w[1]).map(|w| w[1]) {
        format!("its x values do not rise at {x}")
    } else {
        return Some(Table { kind, xs, ys });
    };
    let message = format!("the graphical function of `{owner}` is not usable: {why}");
    faults.error("bad-lookup", gf.at, &[owner], message);
    None
}

/// The numbers of `<xpts>` or `<ypts>`; none where the element is missing.
fn points(element: Option<&Element>, faults: &mut Faults) -> Option<Vec<f64>> {
    let Some(element) = element else {
        return Some(Vec::new());
    };
    let separator = element.attribute("sep").map_or(",", |s| s.text.as_str());
    let separator = if separator.is_empty() { "," } else { separator };
    let text = &element.text.text;
    let mut values = Vec::new();
    let mut offset = 0;
    for piece in text.split(separator) {
        let here = offset;
        offset += piece.len() + separator.len();
        let written = piece.trim();
        if written.is_empty() && offset > text.len() {
            continue;
        }
        match written.parse().ok().filter(|v: &f64| v.is_finite()) {
            Some(value) => values.push(value),
            None => {
                let at = element
                    .text
                    .at(here + piece.len() - piece.trim_start().len());
                faults.error(
                    "bad-number",
                    at,
                    &[written],
                    format!("`{written}` is no number"),
                );
                return None;
            }
        }
    }
    Some(values)
}

/// `n` x values spread evenly over `<xscale>`.
fn spread(scale: &Element, n: usize, faults: &mut Faults) -> Option<Vec<f64>> {
    let mut end = |name: &str| match scale.attribute(name) {
        Some(text) => number(text, faults),
        None => {
            faults.error(
                "bad-number",
                scale.at,
                &[""],
                format!("<xscale> has no `{name}`"),
            );
            None
        }
    };
    let (min, max) = (end("min")?, end("max")?);
    let last = n.saturating_sub(1);
    let x = |k: usize| {
        if k == last {
            max
        } else {
            min + (max - min) * k as f64 / last as f64
        }
    };
    Some(if n == 1 {
        vec![min]
    } else {
        (0..n).map(x).collect()
    })
}
