//! Which parts an element may have, how often, and whether text: one table, and the walk that holds a
//! tree against it.
//!
//! Whatever a file says must be read, refused by name or be known to say nothing about behaviour:
//! nothing is dropped in silence, and nothing that may stand once is taken from the first of two.
//! A new element is a word in its parent's row, and a row of its own where it has parts.

use std::collections::HashMap;

use super::source::Faults;
use super::tree::{Element, Text};
use super::variable::{name_of, unsupported};
use crate::diag::Severity;
use crate::name::nearest;

/// What an element may be made of; lists are words between spaces.
struct Row {
    /// Name of the element, or of the row that its parent names.
    name: &'static str,
    /// Whether text may stand in it.
    text: bool,
    attributes: &'static str,
    /// Parts that may stand once; `part=row` where the part's own row has another name.
    once: &'static str,
    /// Parts that may stand any number of times.
    many: &'static str,
    /// Parts that say nothing about behaviour: neither read nor looked into.
    passed: &'static str,
    /// Parts that are not built; `part=words` where it is called something else.
    refused: &'static str,
}

/// What may stand in an element without a row of its own: text alone.
const LEAF: Row = Row {
    name: "",
    text: true,
    attributes: "",
    once: "",
    many: "",
    passed: "",
    refused: "",
};

/// An element with parts and no text.
const PARTS: Row = Row {
    text: false,
    ..LEAF
};

/// Attributes of everything that has a value.
const VALUED: &str = "name access autoexport run flow_concept";
/// What is drawn or said of a variable.
const SHOWN: &str = "range scale format documentation title label color display";
const NOT_BUILT: &str = "conveyor queue leak leak_integers leak_start leak_end overflow multiplier \
                         mathml event_poster";
const OTHER_FILE: &str = "include=part_in_another_file includes=part_in_another_file";

const ROWS: &[Row] = &[
    Row {
        name: "xmile",
        attributes: "xmlns version level",
        once: "header sim_specs behavior",
        many: "model_units dimensions data model macro",
        passed: "views view style default_format prefs equation_prefs layout story stories \
                 simulation_view display",
        refused: OTHER_FILE,
        ..PARTS
    },
    Row {
        name: "header",
        once: "name version options",
        passed: "vendor product smile caption image author affiliation client copyright contact created \
                 modified uuid",
        refused: OTHER_FILE,
        ..PARTS
    },
    Row {
        name: "options",
        attributes: "namespace",
        once: "uses_arrays",
        passed: "uses_conveyor uses_queue uses_submodels uses_macros uses_event_posters has_model_view \
                 uses_outputs uses_inputs uses_annotation",
        ..PARTS
    },
    Row {
        name: "uses_arrays",
        attributes: "maximum_dimensions invalid_index_value",
        ..PARTS
    },
    Row {
        name: "sim_specs",
        attributes: "method time_units pause save_interval isee:save_interval isee:sim_duration \
                     isee:simulation_delay isee:restore_on_start isee:pause_after_rates",
        once: "start stop dt run",
        ..PARTS
    },
    Row {
        name: "dt",
        attributes: "reciprocal",
        ..LEAF
    },
    Row {
        name: "run",
        attributes: "by",
        ..PARTS
    },
    Row {
        name: "behavior",
        once: "non_negative stock=behaving flow=behaving",
        ..PARTS
    },
    Row {
        name: "behaving",
        once: "non_negative",
        ..PARTS
    },
    Row {
        name: "data",
        passed: "export",
        refused: "import=data_from_another_file",
        ..PARTS
    },
    Row {
        name: "model_units",
        many: "unit",
        ..PARTS
    },
    Row {
        name: "unit",
        attributes: "name disabled",
        once: "eqn",
        many: "alias",
        passed: "doc",
        ..PARTS
    },
    Row {
        name: "dimensions",
        many: "dim",
        ..PARTS
    },
    Row {
        name: "dim",
        attributes: "name size",
        once: "maps_to",
        many: "elem",
        passed: "doc",
        refused: "mapping=mapping_of_single_elements",
        ..PARTS
    },
    Row {
        name: "elem",
        attributes: "name",
        passed: "doc",
        ..PARTS
    },
    Row {
        name: "model",
        attributes: "name resource run namespace",
        once: "behavior sim_specs doc",
        many: "variables",
        passed: "views view display",
        ..PARTS
    },
    Row {
        name: "macro",
        attributes: "name namespace",
        once: "eqn doc behavior",
        many: "parm variables",
        passed: "views view format",
        refused: "sim_specs=time_grid_of_its_own",
        ..PARTS
    },
    Row {
        name: "parm",
        attributes: "default",
        ..LEAF
    },
    Row {
        name: "variables",
        many: "stock flow aux gf=table module group",
        ..PARTS
    },
    Row {
        name: "group",
        attributes: "name owner run",
        once: "doc",
        many: "var",
        passed: "entity display",
        ..PARTS
    },
    Row {
        name: "stock",
        attributes: VALUED,
        once: "eqn units doc non_negative dimensions=over",
        many: "inflow outflow element",
        passed: SHOWN,
        refused: NOT_BUILT,
        ..PARTS
    },
    Row {
        name: "flow",
        attributes: VALUED,
        once: "eqn units doc gf non_negative dimensions=over init_eqn",
        many: "element",
        passed: SHOWN,
        refused: NOT_BUILT,
        ..PARTS
    },
    Row {
        name: "aux",
        attributes: VALUED,
        once: "eqn units doc gf dimensions=over init_eqn",
        many: "element",
        passed: SHOWN,
        refused: NOT_BUILT,
        ..PARTS
    },
    Row {
        name: "over",
        many: "dim=named",
        ..PARTS
    },
    Row {
        name: "named",
        attributes: "name",
        ..PARTS
    },
    Row {
        name: "element",
        attributes: "subscript",
        once: "eqn gf non_negative",
        passed: "doc",
        refused: NOT_BUILT,
        ..PARTS
    },
    Row {
        name: "gf",
        attributes: "name type discrete",
        once: "xscale yscale xpts ypts",
        passed: SHOWN,
        ..PARTS
    },
    Row {
        name: "table",
        attributes: "name access autoexport type discrete",
        once: "xscale yscale xpts ypts units doc dimensions=over",
        many: "element",
        passed: SHOWN,
        ..PARTS
    },
    Row {
        name: "xscale",
        attributes: "min max",
        ..PARTS
    },
    Row {
        name: "yscale",
        attributes: "min max",
        ..PARTS
    },
    Row {
        name: "xpts",
        attributes: "sep",
        ..LEAF
    },
    Row {
        name: "ypts",
        attributes: "sep",
        ..LEAF
    },
    Row {
        name: "module",
        attributes: "name access autoexport run resource isee:model simlin:model_name",
        once: "doc units",
        many: "connect connect2=connect",
        passed: SHOWN,
        ..PARTS
    },
    Row {
        name: "connect",
        attributes: "to from",
        ..PARTS
    },
];

/// Elements whose unknown parts say nothing about behaviour either, but for misspelt ones.
const OPEN: &str = "header";
/// Elements in which a vendor's part is worth a warning; elsewhere it may be part of a value.
const OUTSIDE: &str = "xmile header options model variables group views";
/// Vendors' parts that say nothing about behaviour, without prefix.
const VENDORS_PASSED: &str = "prefs equation_prefs multiplayer_settings time_formats dependencies \
                              extra_collection_variables display views view style format story stories";

/// Holds everything below the root against the table.
pub(super) fn check(root: &Element, faults: &mut Faults) {
    check_element(root, row("xmile"), faults);
}

/// Whether a part of an element is one that is not built.
pub(super) fn is_refused(of: &str, part: &str) -> bool {
    named(row(of).refused, part).is_some()
}

fn row(name: &str) -> &'static Row {
    ROWS.iter().find(|r| r.name == name).unwrap_or(&LEAF)
}

/// What stands behind a word of a list, itself where nothing does.
fn named<'l>(list: &'l str, wanted: &str) -> Option<&'l str> {
    let mut pairs = list.split(' ').map(|w| w.split_once('=').unwrap_or((w, w)));
    pairs.find(|(word, _)| *word == wanted).map(|(_, to)| to)
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    let words = list.split(' ').filter(|w| !w.is_empty());
    words.map(|w| w.split_once('=').map_or(w, |(word, _)| word))
}

fn check_element(element: &Element, row: &'static Row, faults: &mut Faults) {
    let text = element.text.text.trim();
    if !row.text && !text.is_empty() {
        let name = &element.name;
        let message = format!("`{text}` stands in <{name}>, where no text may stand");
        let hint = "remove it, or put it into the part that it belongs to".to_owned();
        let at = element.text.start();
        faults.error_hint("stray-text", at, &[text, name], message, Some(hint));
    }
    check_attributes(element, row, faults);
    let mut seen: Vec<(&str, usize)> = Vec::new();
    for part in &element.children {
        let name = part.name.as_str();
        if let Some(to) = named(row.once, name) {
            match seen.iter().find(|(n, _)| *n == name) {
                Some(&(_, first)) => twice(&format!("<{name}>"), element, part.at, first, faults),
                None => seen.push((name, part.at)),
            }
            check_element(part, self::row(to), faults);
        } else if let Some(to) = named(row.many, name) {
            check_element(part, self::row(to), faults);
        } else if let Some(words) = named(row.refused, name) {
            let what = if words == name {
                name.to_owned()
            } else {
                words.replace('_', " ")
            };
            unsupported(&what, name_of(element).as_deref(), part.at, faults);
        } else if let Some((_, local)) = name.split_once(':') {
            if named(VENDORS_PASSED, local).is_none() {
                let is_outside = named(OUTSIDE, &element.name).is_some();
                vendors(&format!("<{name}>"), element, part.at, is_outside, faults);
            }
        } else if named(row.passed, name).is_none() {
            unknown_part(part, element, row, faults);
        }
    }
}

fn check_attributes(element: &Element, row: &'static Row, faults: &mut Faults) {
    let mut seen = HashMap::new();
    for (name, value) in &element.attributes {
        let at = value.at(0);
        if let Some(first) = seen.insert(name.as_str(), at) {
            twice(&format!("`{name}`"), element, at, first, faults);
        }
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        if named(row.attributes, name).is_some() || matches!(prefix, Some("xml" | "xmlns")) {
            continue;
        }
        if prefix.is_some() {
            if named(OUTSIDE, &element.name).is_none() && !says_no(value) {
                vendors(&format!("`{name}`"), element, at, true, faults);
            }
            continue;
        }
        let of = &element.name;
        let near = nearest(name, words(row.attributes)).unwrap_or("");
        let message = format!("`{name}` is no attribute of <{of}>");
        let hint = meant(near, words(row.attributes), "attributes", of);
        faults.error_hint("unknown-part", at, &[name, of, near], message, Some(hint));
    }
}

/// Whether an attribute only says that something is not so.
fn says_no(value: &Text) -> bool {
    matches!(value.text.trim(), "false" | "0" | "")
}

fn unknown_part(part: &Element, of: &Element, row: &'static Row, faults: &mut Faults) {
    let (name, of) = (&part.name, &of.name);
    let all = || words(row.once).chain(words(row.many));
    let near = nearest(name, all().chain(words(row.passed))).unwrap_or("");
    if named(OPEN, of).is_some() && near.is_empty() {
        let message = format!("<{name}> is not part of XMILE and was passed over");
        let note = Severity::Note;
        return faults.push(note, "ignored-element", part.at, &[name], message, None);
    }
    let message = format!("<{name}> is no part of <{of}>");
    let hint = match all().next() {
        None => format!("<{of}> holds text alone; write a `<` of its text as `&lt;`"),
        Some(_) => meant(near, all(), "parts", of),
    };
    let subject = [name.as_str(), of, near];
    faults.error_hint("unknown-part", part.at, &subject, message, Some(hint));
}

/// What to write in place of an unknown word.
fn meant<'l>(near: &str, all: impl Iterator<Item = &'l str>, what: &str, of: &str) -> String {
    if !near.is_empty() {
        return format!("did you mean `{near}`?");
    }
    match all.collect::<Vec<_>>() {
        all if all.is_empty() => format!("remove it; <{of}> has no {what}"),
        all => format!("remove it; <{of}> has these {what}: {}", all.join(", ")),
    }
}

/// What may stand once stands again.
pub(super) fn twice(part: &str, of: &Element, at: usize, first: usize, faults: &mut Faults) {
    let of = match name_of(of) {
        Some(name) => format!("`{name}`"),
        None => format!("<{}>", of.name),
    };
    said_twice(part, &of, at, first, faults);
}

/// As [`twice`], of what has a name.
pub(crate) fn said_twice(part: &str, of: &str, at: usize, first: usize, faults: &mut Faults) {
    let line = faults.source.place(first).line.to_string();
    let message = format!("{part} stands twice in {of}, first in line {line}");
    let hint = Some("only one of them can hold: keep that and remove the other".to_owned());
    let subject = [bare(part), bare(of), &line];
    faults.error_hint("duplicate-part", at, &subject, message, hint);
}

/// What is quoted in a few words, or the words themselves.
fn bare(words: &str) -> &str {
    words.split('`').nth(1).unwrap_or(words)
}

/// A vendor's part or attribute that nobody here knows.
fn vendors(part: &str, of: &Element, at: usize, is_outside: bool, faults: &mut Faults) {
    let severity = if is_outside {
        Severity::Warning
    } else {
        Severity::Error
    };
    let of = &of.name;
    let message = format!("{part} in <{of}> is a vendor's own, and what it means is not known");
    let hint = Some("say it with parts of XMILE, or remove it".to_owned());
    let subject = [bare(part), of];
    faults.push(severity, "vendor-part", at, &subject, message, hint);
}
