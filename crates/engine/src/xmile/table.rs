//! `<gf>` → points of a graphical function (XMILE 1.0, 3.1.4 and 4.1.3).

use super::document::{Table, TableKind};
use super::source::Faults;
use super::specs::{bad_value, flag, number};
use super::tree::Element;
use crate::budget::MAX_LOOKUP_POINTS;

/// The points of a `<gf>`, or `None` with a fault.
pub(super) fn table(gf: &Element, owner: &str, faults: &mut Faults) -> Option<Table> {
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
    let is_discrete = gf.attribute("discrete").and_then(|d| flag(d, faults));
    let kind = match (is_discrete, gf.attribute("type")) {
        (Some(true), None) => TableKind::Discrete,
        (Some(true), Some(text)) if kind != TableKind::Discrete => {
            bad_value(text, "discrete", faults);
            return None;
        }
        _ => kind,
    };
    let ys = points(gf.child("ypts"), faults)?;
    let given = points(gf.child("xpts"), faults)?;
    let over = match gf.child("xscale") {
        Some(scale) => spread(scale, ys.len(), faults)?,
        None => Vec::new(),
    };
    let differ = given.first() != over.first() || given.last() != over.last();
    let disagree = !given.is_empty() && !over.is_empty() && differ;
    let xs = if given.is_empty() { over } else { given };
    let why = if ys.is_empty() {
        "it has no points".to_owned()
    } else if disagree {
        "<xpts> and <xscale> have different ends".to_owned()
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
