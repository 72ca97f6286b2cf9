//! The pack's levers, assumptions, rules and baseline paths.

use tidemark_pack::anchor;
use tidemark_pack::record::{Assumption, Lever, Pack, Rule, RuleTest, Setting};

use crate::html::Html;
use crate::index::Index;
use crate::{sources, text};

/// Levers in the order of their groups.
pub(crate) fn levers(index: &Index<'_>, pack: &Pack, html: &mut Html) {
    for group in &pack.group {
        for record in pack.lever.iter().filter(|l| l.group == group.id) {
            html.open("article", "", &anchor::lever(&record.id));
            html.element("h3", &record.label.zh);
            html.markup("<dl>");
            html.text_row(text::GROUP, &group.label.zh);
            lever(index, pack, record, html);
            html.close("dl");
            html.close("article");
        }
    }
}

fn lever(index: &Index<'_>, pack: &Pack, record: &Lever, html: &mut Html) {
    let unit = record.unit.as_str();
    html.text_row(text::ENGLISH, &record.label.en);
    html.text_row(text::DEFAULT, &format!("{} {unit}", record.default));
    let range = |r: tidemark_pack::record::Range| text::range(r.min, r.max, unit);
    html.text_row(text::HARD, &range(record.hard));
    html.text_row(text::SAFE, &range(record.safe));
    html.text_row(text::STRETCH, &format!("{} {unit}", record.stretch_max));
    html.text_row(text::STEP, &format!("{} {unit}", record.step));
    html.row(text::LEVELS, |html| {
        html.list(&record.levels, |html, level| {
            html.text(&text::level(level.to, &level.label))
        });
    });
    let meta = &pack.meta;
    let timing = text::timing(meta.policy_start, record.ramp_years, meta.earliest_start);
    html.text_row(text::TIMING, &timing);
    html.row(text::COST, |html| match record.cost_variable.as_str() {
        "" => html.text(text::NO_COST),
        name => variable(index, name, html),
    });
    html.text_row(text::GUIDANCE, &record.guidance);
    html.text_row(text::HOW, &record.how);
    html.text_row(text::EVIDENCE, text::grade(record.evidence));
    html.row(text::MARKS, |html| {
        html.list(&record.marks, |html, mark| {
            html.text(&format!("{} {unit} ", mark.value));
            html.link(&anchor::source(&mark.source), &mark.label);
        });
    });
    html.row(text::SOURCE, |html| {
        sources::cited(pack, &record.sources, html)
    });
    html.row(text::VARIABLE, |html| {
        let names = [
            &record.variable,
            &record.start_variable,
            &record.ramp_variable,
            &record.stop_variable,
        ];
        html.list(names, |html, name| variable(index, name, html));
    });
    html.text_row(text::SCALE, &text::scale(record.scale, &record.model_unit));
    html.text_row(text::ID, &record.id);
}

/// Assumptions in the pack's order.
pub(crate) fn assumptions(index: &Index<'_>, pack: &Pack, html: &mut Html) {
    for record in &pack.assumption {
        html.open("article", "", &anchor::assumption(&record.id));
        html.element("h3", &record.label.zh);
        html.markup("<dl>");
        assumption(index, pack, record, html);
        html.close("dl");
        html.close("article");
    }
}

fn assumption(index: &Index<'_>, pack: &Pack, record: &Assumption, html: &mut Html) {
    let unit = record.unit.as_str();
    html.text_row(text::KIND, text::assumption_kind(record.kind));
    html.text_row(text::ENGLISH, &record.label.en);
    html.text_row(text::DEFAULT, &format!("{} {unit}", record.default));
    let range = text::range(record.range.min, record.range.max, unit);
    html.text_row(text::RANGE, &range);
    html.text_row(text::DISTRIBUTION, &record.distribution);
    html.text_row(text::EVIDENCE_OF_VALUE, text::grade(record.evidence));
    html.text_row(text::NOTE, &record.note);
    html.row(text::SOURCE, |html| {
        sources::cited(pack, &record.sources, html)
    });
    html.row(text::VARIABLE, |html| {
        variable(index, &record.variable, html)
    });
    html.text_row(text::SCALE, &text::scale(record.scale, &record.model_unit));
    html.text_row(text::ORIGIN, &record.origin.to_string());
    html.text_row(text::ID, &record.id);
}

/// Constants that are others in this place, in the pack's order.
pub(crate) fn settings(index: &Index<'_>, pack: &Pack, html: &mut Html) {
    html.element("p", text::SETTINGS_NOTE);
    for record in &pack.setting {
        html.open("article", "", &anchor::setting(&record.variable));
        html.element("h3", &record.label);
        html.markup("<dl>");
        html.row(text::VARIABLE, |html| {
            variable(index, &record.variable, html)
        });
        html.row(text::LOCAL_VALUE, |html| {
            set_value(index, pack, record, html)
        });
        html.close("dl");
        html.close("article");
    }
}

/// The value in this place, how it was found, and the sentences it stands on.
pub(crate) fn set_value(index: &Index<'_>, pack: &Pack, record: &Setting, html: &mut Html) {
    let own = index.model.find(&record.variable);
    let own = own.and_then(|var| index.model.variable(var).equation.parse::<f64>().ok());
    if let Some(value) = own.and_then(|own| record.resolved(own)) {
        html.text(&text::set_value(value, record.share, &record.model_unit));
    }
    html.text(&record.note);
    html.text(" ");
    sources::cited(pack, &record.sources, html);
}

/// Rules in the pack's order.
pub(crate) fn rules(index: &Index<'_>, pack: &Pack, html: &mut Html) {
    for record in &pack.rule {
        html.open("article", "", &anchor::rule(&record.id));
        html.element("h3", &record.label);
        html.markup("<dl>");
        rule(index, pack, record, html);
        html.close("dl");
        html.close("article");
    }
}

fn rule(index: &Index<'_>, pack: &Pack, record: &Rule, html: &mut Html) {
    html.text_row(text::KIND, text::rule_kind(record.kind));
    html.row(text::QUOTE, |html| match record.source.is_empty() {
        true => html.span("none", text::NOT_GIVEN),
        false => sources::cited(pack, [&record.source], html),
    });
    match &record.check {
        Some(check) => rule_check(index, check, html),
        None => html.text_row(text::CHECKED_BY, text::CHECKED_BY_HAND),
    }
    html.text_row(text::NOTE, &record.note);
    html.text_row(text::ID, &record.id);
}

/// What of a run is compared with what.
fn rule_check(index: &Index<'_>, check: &RuleTest, html: &mut Html) {
    let sign = text::comparator(check.comparator);
    let bound = format!("{sign} {} {}", check.value, check.unit);
    html.text_row(text::BOUND, &bound);
    html.row(text::YEARS, |html| {
        html.list(&check.years, |html, year| html.text(&year.to_string()));
    });
    html.text_row(text::READING, &text::rule_reading(check.at, check.from));
    if check.materiality > 0.0 {
        let material = format!("{} {}", check.materiality, check.unit);
        html.text_row(text::MATERIALITY, &material);
    }
    html.row(text::VARIABLE, |html| {
        variable(index, &check.variable, html);
        if !check.denominator.is_empty() {
            html.text(" ÷ ");
            variable(index, &check.denominator, html);
        }
    });
    html.text_row(text::SCALE, &text::scale(check.scale, &check.model_unit));
}

/// The model variable of that name as a link; the bare name where the model lacks it.
pub(crate) fn variable(index: &Index<'_>, name: &str, html: &mut Html) {
    html.markup("<code>");
    match index.anchor(name) {
        Some(to) => html.link(&to, name),
        None => html.text(name),
    }
    html.markup("</code>");
}
