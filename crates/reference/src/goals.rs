//! Targets with their sentences, indicators with their published figures.

use tidemark_pack::anchor;
use tidemark_pack::record::{Actual, Indicator, Pack, Reading, Source, Target, WiderGoal};

use crate::html::Html;
use crate::index::Index;
use crate::records::variable;
use crate::{sources, text, watched};

/// What a table of targets shows of one.
pub(crate) struct Listed<'p> {
    pub(crate) id: &'p str,
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) source: &'p str,
}

/// A table of targets, then each of them with its details.
pub(crate) fn listed<'p, T>(
    pack: &Pack,
    records: &'p [T],
    shown: impl Fn(&'p T) -> Listed<'p>,
    details: impl Fn(&'p T, &mut Html),
    html: &mut Html,
) {
    html.table_head(&text::TARGET_COLUMNS);
    for target in records.iter().map(&shown) {
        html.markup("<tr><td>");
        html.link(&anchor::target(target.id), &target.name);
        html.markup("</td><td class=\"num\">");
        html.text(&target.value);
        html.markup("</td><td>");
        let source = source(pack, target.source);
        html.text(source.map_or("", |s| text::document(s.status)));
        html.markup("</td><td>");
        html.text_or_none(source.map_or("", |s| s.document.as_str()));
        html.markup("</td>");
        html.close("tr");
    }
    html.table_end();
    for record in records {
        let target = shown(record);
        html.open("article", "", &anchor::target(target.id));
        html.element("h3", &target.name);
        html.markup("<dl>");
        details(record, html);
        html.close("dl");
        html.close("article");
    }
}

/// A table of all targets, then each of them.
pub(crate) fn targets<'p>(pack: &'p Pack, html: &mut Html) {
    let shown = |record: &'p Target| Listed {
        id: &record.id,
        name: name(pack, record),
        value: value(pack, record),
        source: &record.source,
    };
    let details = |record: &Target, html: &mut Html| target(pack, record, html);
    listed(pack, &pack.target, shown, details, html);
}

fn target(pack: &Pack, record: &Target, html: &mut Html) {
    html.text_row(text::VALUE, &value(pack, record));
    html.row(text::INDICATOR, |html| {
        indicator_link(pack, &record.indicator, html)
    });
    let years = text::years(record.from, record.to);
    html.text_row(text::YEARS, &years);
    html.text_row(text::READING, text::reading(record.at));
    let source = source(pack, &record.source);
    html.text_row(
        text::STATUS,
        source.map_or("", |s| text::document(s.status)),
    );
    html.row(text::QUOTE, |html| {
        sources::cited(pack, [&record.source], html)
    });
    let other = |id: &str| pack.target.iter().find(|t| t.id == id);
    html.row(text::SUPERSEDES, |html| {
        html.list(other(&record.supersedes), |html, old| {
            target_link(pack, old, html)
        });
    });
    html.row(text::SUPERSEDED_BY, |html| {
        let newer = pack.target.iter().filter(|t| t.supersedes == record.id);
        html.list(newer, |html, new| target_link(pack, new, html));
    });
    html.row(text::DISAGREEMENTS, |html| {
        watched::touching(pack, &record.id, html)
    });
    html.text_row(text::TILE, &text::tile(record.tile));
    if !record.beside.is_empty() {
        html.row(text::BESIDE, |html| {
            indicator_link(pack, &record.beside, html)
        });
    }
    if !record.pending.is_empty() {
        html.text_row(text::PENDING, &record.pending);
    }
    if !record.indicative.is_empty() {
        html.text_row(text::INDICATIVE, &record.indicative);
    }
    html.text_row(text::NOTE, &record.note);
    html.text_row(text::ID, &record.id);
}

fn source<'p>(pack: &'p Pack, id: &str) -> Option<&'p Source> {
    pack.source.iter().find(|s| s.id == id)
}

fn indicator<'p>(pack: &'p Pack, id: &str) -> Option<&'p Indicator> {
    pack.indicator.iter().find(|i| i.id == id)
}

/// "研发强度 2027年", the target's own name where it has one.
pub(crate) fn name(pack: &Pack, record: &Target) -> String {
    let label =
        indicator(pack, &record.indicator).map_or(record.indicator.as_str(), |i| &i.label.zh);
    let years = text::years(record.from, record.to);
    match record.label.as_str() {
        "" => format!("{label} {years}"),
        own => format!("{own} {years}"),
    }
}

/// "≥ 3.75 %".
fn value(pack: &Pack, record: &Target) -> String {
    let unit = match (record.at, indicator(pack, &record.indicator)) {
        (Reading::Cagr, _) => text::PERCENT_A_YEAR,
        (_, found) => found.map_or("", |i| i.unit.as_str()),
    };
    let sign = text::comparator(record.comparator);
    format!("{sign} {} {unit}", record.value)
}

fn target_link(pack: &Pack, record: &Target, html: &mut Html) {
    let words = format!("{} {}", name(pack, record), value(pack, record));
    html.link(&anchor::target(&record.id), &words);
}

fn indicator_link(pack: &Pack, id: &str, html: &mut Html) {
    match indicator(pack, id) {
        Some(record) => html.link(&anchor::indicator(id), &record.label.zh),
        None => html.text_or_none(id),
    }
}

/// Indicators in the pack's order, each with its figures.
pub(crate) fn indicators(index: &Index<'_>, pack: &Pack, actuals: &[Actual], html: &mut Html) {
    for record in &pack.indicator {
        html.open("article", "", &anchor::indicator(&record.id));
        html.element("h3", &record.label.zh);
        html.markup("<dl>");
        details(index, pack, record, html);
        html.close("dl");
        html.element("h4", text::ACTUALS);
        figures(actuals.iter().filter(|a| a.indicator == record.id), html);
        html.close("article");
    }
}

fn details(index: &Index<'_>, pack: &Pack, record: &Indicator, html: &mut Html) {
    html.text_row(text::DEFINITION, &record.definition);
    html.text_row(text::ENGLISH, &record.label.en);
    html.text_row(text::UNIT, &record.unit);
    html.row(text::VARIABLE, |html| {
        variable(index, &record.variable, html)
    });
    if !record.denominator.is_empty() {
        html.row(text::DENOMINATOR, |html| {
            variable(index, &record.denominator, html)
        });
    }
    let is_ratio = !record.denominator.is_empty() && record.at == Reading::Mean;
    html.text_row(
        text::READING,
        if is_ratio {
            text::RATIO_OF_YEAR
        } else {
            text::reading(record.at)
        },
    );
    html.text_row(text::SCALE, &text::scale(record.scale, &record.model_unit));
    html.text_row(text::OWNER, &record.owner);
    html.row(text::TARGETS, |html| {
        let targets = pack.target.iter().filter(|t| t.indicator == record.id);
        html.list(targets, |html, target| target_link(pack, target, html));
    });
    wider(pack, record, html);
    html.text_row(text::ID, &record.id);
}

/// What the wider area wants of an indicator, each with its sentence.
fn wider(pack: &Pack, record: &Indicator, html: &mut Html) {
    let goals = pack.wider_goal.iter();
    let goals: Vec<&WiderGoal> = goals.filter(|g| g.indicator == record.id).collect();
    if goals.is_empty() {
        return;
    }
    html.row(text::WIDER_GOALS, |html| {
        html.element("p", text::WIDER_GOALS_NOTE);
        html.list(goals, |html, goal| {
            let sign = text::comparator(goal.comparator);
            let years = text::years(goal.year, goal.year);
            html.text(&format!(
                "{} {years} {sign} {} {}",
                goal.area.zh, goal.value, record.unit
            ));
            sources::cited(pack, [&goal.source], html);
            html.text(&goal.note);
        });
    });
}

/// Published figures as a table.
pub(crate) fn figures<'a>(actuals: impl Iterator<Item = &'a Actual>, html: &mut Html) {
    let mut actuals = actuals.peekable();
    if actuals.peek().is_none() {
        html.markup("<p class=\"none\">");
        html.text(text::NO_ACTUALS);
        html.close("p");
        return;
    }
    html.table_head(&text::ACTUAL_COLUMNS);
    for actual in actuals {
        let value = format!(
            "{}{} {}",
            text::bound(actual.bound),
            actual.value,
            actual.unit
        );
        html.markup("<tr><td class=\"num\">");
        html.text(&actual.period);
        html.markup("</td><td class=\"num\">");
        html.text(&value);
        html.markup("</td>");
        let cells = [
            text::firmness(actual.status),
            &actual.vintage,
            &actual.source,
            &actual.quote,
            &actual.note,
        ];
        for cell in cells {
            html.markup("<td>");
            match cell {
                "" => html.span("none", text::EMPTY_CELL),
                cell => html.text(cell),
            }
            html.markup("</td>");
        }
        html.close("tr");
    }
    html.table_end();
}
