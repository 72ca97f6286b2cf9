//! The model's variables: equation with links, unit, words, points, both ways of use.

use std::collections::BTreeSet;

use tidemark_engine::model::{Kind, Points, VarId, Variable};
use tidemark_pack::anchor;
use tidemark_pack::record::Pack;

use crate::html::Html;
use crate::index::{Index, array_of};
use crate::{records, sources, text};

/// A graphical function with more points than this is folded.
const MOST_OPEN_POINTS: usize = 24;

/// An index by name, then every variable once: the groups of the model as chapters, then those in
/// no group.
pub(crate) fn section(index: &Index<'_>, pack: &Pack, html: &mut Html) {
    by_name(index, html);
    let mut shown: BTreeSet<VarId> = BTreeSet::new();
    for group in index.model.groups() {
        let ids: BTreeSet<VarId> = group.variables.iter().copied().collect();
        let is_in = |(var, _): &&(VarId, &Variable)| ids.contains(var) && shown.insert(*var);
        let chapter: Vec<_> = index.variables.iter().filter(is_in).copied().collect();
        html.open("h3", "chapter", &anchor::group(&group.name));
        html.text(text::chapter(&group.name, &group.doc));
        html.close("h3");
        all(index, pack, &chapter, html);
    }
    let is_left = |(var, _): &&(VarId, &Variable)| !shown.contains(var);
    let left: Vec<_> = index.variables.iter().filter(is_left).copied().collect();
    if !left.is_empty() && !shown.is_empty() {
        html.open("h3", "chapter", "");
        html.text(text::NO_GROUP);
        html.close("h3");
    }
    all(index, pack, &left, html);
    lookups(index, html);
}

/// The chapters as a list of links; nothing where the model has no groups.
pub(crate) fn chapters(index: &Index<'_>, html: &mut Html) {
    if index.model.groups().is_empty() {
        return;
    }
    html.markup("<ol>");
    for group in index.model.groups() {
        html.markup("<li>");
        let words = text::chapter(&group.name, &group.doc);
        html.link(&anchor::group(&group.name), words);
        html.close("li");
    }
    html.markup("</ol>");
}

/// Variables in their order, elements that follow each other under their array.
fn all(index: &Index<'_>, pack: &Pack, variables: &[(VarId, &Variable)], html: &mut Html) {
    let mut rest = variables;
    while let Some((first, _)) = rest.split_first() {
        match array_of(&first.1.name) {
            None => {
                let (var, variable) = *first;
                html.open("article", "", &anchor::variable(&variable.name));
                head(&variable.name, text::kind(variable.kind), html);
                html.markup("<dl>");
                details(index, pack, var, html);
                html.close("dl");
                html.close("article");
                rest = rest.get(1..).unwrap_or(&[]);
            }
            Some(name) => {
                let is_other = |(_, v): &(VarId, &Variable)| array_of(&v.name) != Some(name);
                let end = rest.iter().position(is_other).unwrap_or(rest.len());
                let (elements, after) = rest.split_at(end);
                array(index, pack, name, elements, html);
                rest = after;
            }
        }
    }
}

fn by_name(index: &Index<'_>, html: &mut Html) {
    let mut names: Vec<&str> = index
        .variables
        .iter()
        .map(|(_, v)| array_of(&v.name).unwrap_or(&v.name))
        .chain(index.model.lookups().iter().map(|l| l.name.as_str()))
        .collect();
    names.sort_unstable();
    names.dedup();
    html.element("h3", text::VARIABLE_INDEX);
    html.markup("<ul class=\"index\">\n");
    for name in names {
        html.markup("<li>");
        html.link(&anchor::variable(name), name);
        html.close("li");
    }
    html.markup("</ul>\n");
}

fn head(name: &str, kind: &str, html: &mut Html) {
    html.markup("<h3><code>");
    html.text(name);
    html.markup("</code> ");
    html.span("kind", kind);
    html.markup("</h3>\n");
}

/// The elements of an array below what they share.
fn array(
    index: &Index<'_>,
    pack: &Pack,
    name: &str,
    elements: &[(VarId, &Variable)],
    html: &mut Html,
) {
    html.open("article", "", &anchor::variable(name));
    head(name, text::ARRAY, html);
    for (var, variable) in elements {
        html.open("div", "element", &anchor::variable(&variable.name));
        html.markup("<h4><code>");
        html.text(&variable.name);
        html.markup("</code> ");
        html.span("kind", text::kind(variable.kind));
        html.markup("</h4>\n<dl>");
        details(index, pack, *var, html);
        html.close("dl");
        html.markup("</div>\n");
    }
    html.close("article");
}

fn details(index: &Index<'_>, pack: &Pack, var: VarId, html: &mut Html) {
    let model = index.model;
    let variable = model.variable(var);
    let roles = index.roles(&variable.name);
    if !roles.is_empty() {
        html.row(text::NAME_IN_PACK, |html| {
            html.list(roles, |html, role| {
                html.link(&role.anchor, &text::role(role.what, &role.label));
            });
        });
    }
    html.text_row(text::UNIT, &variable.unit);
    if variable.kind == Kind::Stock {
        html.row(text::RATE, |html| rate(index, var, html));
    }
    let term = match variable.kind {
        Kind::Stock => text::INITIAL,
        Kind::Constant => text::CONSTANT_VALUE,
        _ => text::EQUATION,
    };
    html.row(term, |html| {
        equation(index, variable, &variable.equation, html)
    });
    let settings = pack.setting.iter();
    for setting in settings.filter(|s| model.find(&s.variable) == Some(var)) {
        html.row(text::LOCAL_VALUE, |html| {
            records::set_value(index, pack, setting, html)
        });
    }
    if !variable.initial.is_empty() {
        html.row(text::INITIAL, |html| {
            equation(index, variable, &variable.initial, html)
        });
    }
    if let Some(points) = model.points(var) {
        html.row(text::POINTS, |html| self::points(points, html));
    }
    if model.is_non_negative(var) {
        html.text_row(text::CONSTRAINT, text::NON_NEGATIVE);
    }
    html.text_row(text::DOC, &variable.doc);
    html.row(text::GROUNDS, |html| grounds(index, pack, variable, html));
    html.row(text::USES, |html| names(index, index.reads(var), html));
    html.row(text::USED_BY, |html| names(index, index.read_by(var), html));
}

/// The equation as written, its names as links.
fn equation(index: &Index<'_>, of: &Variable, equation: &str, html: &mut Html) {
    if equation.is_empty() {
        html.span("none", text::NOT_GIVEN);
        return;
    }
    html.markup("<code class=\"equation\">");
    for (part, to) in index.parts(of, equation) {
        match to {
            Some(to) => html.link(&to, part),
            None => html.text(part),
        }
    }
    html.markup("</code>");
}

/// "+ entries − exits".
fn rate(index: &Index<'_>, var: VarId, html: &mut Html) {
    let model = index.model;
    let inflows = model.inflows(var).iter().map(|flow| ("+ ", flow));
    let outflows = model.outflows(var).iter().map(|flow| ("− ", flow));
    let mut flows = inflows.chain(outflows).peekable();
    if flows.peek().is_none() {
        html.span("none", text::NONE);
        return;
    }
    html.markup("<code class=\"equation\">");
    for (k, (sign, flow)) in flows.enumerate() {
        html.text(if k > 0 { " " } else { "" });
        html.text(sign);
        let name = &model.variable(*flow).name;
        match index.anchor(name) {
            Some(to) => html.link(&to, name),
            None => html.text(name),
        }
    }
    html.markup("</code>");
}

fn points(points: Points<'_>, html: &mut Html) {
    html.text(text::shape(points.shape));
    let is_long = points.xs.len() > MOST_OPEN_POINTS;
    if is_long {
        html.markup("<details><summary>");
        html.text(&text::point_count(points.xs.len()));
        html.markup("</summary>");
    }
    html.markup("<p class=\"points\">");
    for (x, y) in points.xs.iter().zip(points.ys) {
        html.span("point", &format!("{} → {}", six_digits(*x), six_digits(*y)));
        html.text(" ");
    }
    html.markup("</p>");
    if is_long {
        html.span("none", text::SIX_DIGITS);
        html.markup("</details>");
    }
}

/// The number with at most six digits that count.
fn six_digits(value: f64) -> String {
    let short = format!("{value:.5e}").parse().unwrap_or(value);
    f64::to_string(&short)
}

/// Whether its words call it an assumption, and the sentences its records stand on.
fn grounds(index: &Index<'_>, pack: &Pack, variable: &Variable, html: &mut Html) {
    let ids: Vec<&String> = index
        .roles(&variable.name)
        .iter()
        .flat_map(|role| &role.sources)
        .collect();
    let is_said = !variable.doc.trim().is_empty();
    let is_given = variable.kind == Kind::Constant || index.has_points(variable);
    if variable.doc.contains(text::ASSUMED) {
        html.span("assumed", text::ASSUMED);
        html.text(" ");
    } else if ids.is_empty() {
        match (is_said, is_given) {
            (true, _) => html.text(text::IN_DOC),
            (false, true) => html.span("assumed", text::ASSUMED_NO_SOURCE),
            (false, false) => html.span("none", text::COMPUTED),
        }
    }
    if !ids.is_empty() {
        sources::cited(pack, ids, html);
    }
}

fn names(index: &Index<'_>, vars: impl Iterator<Item = VarId>, html: &mut Html) {
    html.list(vars, |html, var| {
        let name = &index.model.variable(var).name;
        html.link(&anchor::variable(name), name);
    });
}

/// Graphical functions that are called by name.
fn lookups(index: &Index<'_>, html: &mut Html) {
    let mut last_array = None;
    for lookup in index.model.lookups() {
        // The array's own anchor stands before its first element.
        let array = array_of(&lookup.name);
        if array.is_some() && array != last_array {
            html.open("div", "", &anchor::variable(array.unwrap_or("")));
            html.markup("</div>");
        }
        last_array = array;
        html.open("article", "", &anchor::variable(&lookup.name));
        head(&lookup.name, text::LOOKUP, html);
        html.markup("<dl>");
        html.text_row(text::UNIT, &lookup.unit);
        if let Some(points) = index.model.lookup_points(lookup) {
            html.row(text::POINTS, |html| self::points(points, html));
        }
        html.text_row(text::DOC, &lookup.doc);
        html.row(text::USED_BY, |html| {
            names(index, index.callers(lookup), html)
        });
        html.close("dl");
        html.close("article");
    }
}
