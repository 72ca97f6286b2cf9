//! Targets that are only watched, the figures they stand on, and where documents disagree.

use tidemark_pack::anchor;
use tidemark_pack::record::{Actual, Disagreement, Monitored, Observed, Pack};

use crate::goals::Listed;
use crate::html::Html;
use crate::{goals, sources, text};

/// A table of the targets, each of them, then the watched figures.
pub(crate) fn targets<'p>(pack: &'p Pack, actuals: &[Actual], html: &mut Html) {
    html.element("p", text::WATCHED_NOTE);
    let shown = |record: &'p Monitored| Listed {
        id: &record.id,
        name: name(pack, record),
        value: value(pack, record),
        source: &record.source,
    };
    let details = |record: &Monitored, html: &mut Html| target(pack, record, html);
    goals::listed(pack, &pack.monitored, shown, details, html);
    html.element("h3", text::OBSERVED);
    for record in &pack.observed {
        html.open("article", "", &anchor::observed(&record.id));
        html.element("h4", &observed_name(record));
        observed(pack, record, actuals, html);
        html.close("article");
    }
}

fn target(pack: &Pack, record: &Monitored, html: &mut Html) {
    html.text_row(text::VALUE, &value(pack, record));
    html.row(text::INDICATOR, |html| {
        let (to, label) = counted_figure(pack, &record.indicator);
        match to {
            Some(to) => html.link(&to, &label),
            None => html.text_or_none(&label),
        }
    });
    html.text_row(text::YEARS, &text::years(record.from, record.to));
    html.text_row(text::READING, text::counted_as(record.counted));
    html.row(text::QUOTE, |html| {
        sources::cited(pack, [&record.source], html)
    });
    html.row(text::SUPERSEDES, |html| {
        html.list(link(pack, &record.supersedes), |html, (to, label)| {
            html.link(&to, &label);
        });
    });
    html.row(text::SUPERSEDED_BY, |html| {
        let newer = pack.monitored.iter().filter(|t| t.supersedes == record.id);
        html.list(newer, |html, new| {
            html.link(&anchor::target(&new.id), &name(pack, new));
        });
    });
    html.row(text::DISAGREEMENTS, |html| touching(pack, &record.id, html));
    html.text_row(text::NOTE, &record.note);
    html.text_row(text::ID, &record.id);
}

/// Disagreements that touch a target of either kind.
pub(crate) fn touching(pack: &Pack, target: &str, html: &mut Html) {
    let all = pack.disagreement.iter();
    let found = all.filter(|d| d.targets.iter().any(|id| id == target));
    html.list(found, |html, found| {
        html.link(&anchor::disagreement(&found.id), &found.label);
    });
}

fn observed(pack: &Pack, record: &Observed, actuals: &[Actual], html: &mut Html) {
    html.markup("<dl>");
    html.text_row(text::DEFINITION, &record.definition);
    html.text_row(text::UNIT, &record.unit);
    html.row(text::TARGETS, |html| {
        let targets = pack.monitored.iter().filter(|t| t.indicator == record.id);
        html.list(targets, |html, target| {
            let words = format!("{} {}", name(pack, target), value(pack, target));
            html.link(&anchor::target(&target.id), &words);
        });
    });
    html.text_row(text::ID, &record.id);
    html.close("dl");
    goals::figures(actuals.iter().filter(|a| a.indicator == record.id), html);
}

/// "甬江科创区：研发强度".
fn observed_name(record: &Observed) -> String {
    match record.part.as_str() {
        "" => record.label.zh.clone(),
        part => text::role(part, &record.label.zh),
    }
}

/// Anchor and name of what a target counts; no anchor where the pack lacks it.
fn counted_figure(pack: &Pack, id: &str) -> (Option<String>, String) {
    if let Some(record) = pack.observed.iter().find(|o| o.id == id) {
        return (Some(anchor::observed(id)), observed_name(record));
    }
    match pack.indicator.iter().find(|i| i.id == id) {
        Some(record) => (Some(anchor::indicator(id)), record.label.zh.clone()),
        None => (None, id.to_owned()),
    }
}

/// "实验室 2027年", the target's own name where it has one.
pub(crate) fn name(pack: &Pack, record: &Monitored) -> String {
    let years = text::years(record.from, record.to);
    match record.label.as_str() {
        "" => format!("{} {years}", counted_figure(pack, &record.indicator).1),
        own => format!("{own} {years}"),
    }
}

/// "≥ 40 家".
fn value(pack: &Pack, record: &Monitored) -> String {
    let observed = pack.observed.iter().find(|o| o.id == record.indicator);
    let indicator = pack.indicator.iter().find(|i| i.id == record.indicator);
    let unit = observed
        .map(|o| o.unit.as_str())
        .or(indicator.map(|i| i.unit.as_str()));
    let sign = text::comparator(record.comparator);
    format!("{sign} {} {}", record.value, unit.unwrap_or(""))
}

/// Anchor and name of a target of either kind; none where the pack lacks it.
fn link(pack: &Pack, id: &str) -> Option<(String, String)> {
    let watched = pack.monitored.iter().find(|t| t.id == id);
    let driven = pack.target.iter().find(|t| t.id == id);
    let label = watched
        .map(|t| name(pack, t))
        .or(driven.map(|t| goals::name(pack, t)));
    Some((anchor::target(id), label?))
}

/// Statements that do not fit together, each with its sentence.
pub(crate) fn disagreements(pack: &Pack, html: &mut Html) {
    for record in &pack.disagreement {
        html.open("article", "", &anchor::disagreement(&record.id));
        html.markup("<h3>");
        html.text(&record.label);
        html.markup(" ");
        html.span("kind", text::disagreement_kind(record.kind));
        html.markup("</h3>\n<dl>");
        disagreement(pack, record, html);
        html.close("dl");
        html.close("article");
    }
}

fn disagreement(pack: &Pack, record: &Disagreement, html: &mut Html) {
    for statement in &record.statement {
        html.row(&statement.says, |html| {
            sources::cited(pack, [&statement.source], html)
        });
    }
    html.text_row(text::HANDLED, &record.note);
    html.row(text::TARGETS, |html| {
        let targets = record.targets.iter().filter_map(|id| link(pack, id));
        html.list(targets, |html, (to, label)| html.link(&to, &label));
    });
    html.text_row(text::ID, &record.id);
}
