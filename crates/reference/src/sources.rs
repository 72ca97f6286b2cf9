//! Documents with the sentences that records stand on, and how records cite them.

use tidemark_pack::anchor;
use tidemark_pack::record::{Disagreement, Pack, Source};

use crate::html::Html;
use crate::{goals, text, watched};

/// Every document once, in the order of its first sentence, with all its sentences.
pub(crate) fn section(pack: &Pack, html: &mut Html) {
    for document in documents(pack) {
        let of = |s: &&Source| document_of(s) == document_of(document);
        html.markup("<article>");
        html.markup("<h3>");
        html.text(&document.document);
        html.markup(" ");
        html.span("kind", text::document(document.status));
        html.markup("</h3>\n<dl>");
        html.text_row(text::OFFICE, &document.office);
        html.text_row(text::NUMBER, &document.number);
        html.text_row(text::DATE, &document.date);
        html.text_row(text::FILE, &document.file);
        html.close("dl");
        for source in pack.source.iter().filter(of) {
            sentence(pack, source, html);
        }
        html.close("article");
    }
}

/// The first source of each document.
pub(crate) fn documents(pack: &Pack) -> Vec<&Source> {
    let mut firsts: Vec<&Source> = Vec::new();
    for source in &pack.source {
        if !firsts.iter().any(|s| document_of(s) == document_of(source)) {
            firsts.push(source);
        }
    }
    firsts
}

/// What tells documents apart.
fn document_of(source: &Source) -> [&str; 6] {
    let status = text::document(source.status);
    let Source {
        document,
        office,
        number,
        date,
        file,
        ..
    } = source;
    [document, office, number, date, file, status]
}

fn sentence(pack: &Pack, source: &Source, html: &mut Html) {
    html.open("div", "sentence", &anchor::source(&source.id));
    html.element("blockquote", &text::quoted(&source.quote));
    html.markup("<dl>");
    html.text_row(text::LOCATOR, &source.locator);
    html.text_row(text::ID, &source.id);
    html.row(text::USED_BY, |html| {
        html.list(users(pack, &source.id), |html, (to, label)| {
            html.link(&to, &label);
        });
    });
    html.close("dl");
    html.markup("</div>\n");
}

/// Records that stand on a source: anchor and name.
fn users(pack: &Pack, id: &str) -> Vec<(String, String)> {
    let named = |ids: &[String]| ids.iter().any(|other| other == id);
    let targets = pack.target.iter().filter(|t| t.source == id);
    let levers = pack
        .lever
        .iter()
        .filter(|l| named(&l.sources) || l.marks.iter().any(|m| m.source == id));
    let assumptions = pack.assumption.iter().filter(|a| named(&a.sources));
    let rules = pack.rule.iter().filter(|r| r.source == id);
    let wider = pack.wider_goal.iter().filter(|g| g.source == id);
    let watched = pack.monitored.iter().filter(|t| t.source == id);
    let says = |d: &&Disagreement| d.statement.iter().any(|s| s.source == id);
    let disagreements = pack.disagreement.iter().filter(says);
    targets
        .map(|t| {
            (
                anchor::target(&t.id),
                text::role(text::TARGETS, &goals::name(pack, t)),
            )
        })
        .chain(levers.map(|l| (anchor::lever(&l.id), text::role(text::LEVERS, &l.label.zh))))
        .chain(assumptions.map(|a| {
            let label = text::role(text::ASSUMPTIONS, &a.label.zh);
            (anchor::assumption(&a.id), label)
        }))
        .chain(rules.map(|r| (anchor::rule(&r.id), text::role(text::RULES, &r.label))))
        .chain(wider.map(|g| {
            let label = text::role(text::WIDER_GOALS, &g.area.zh);
            (anchor::indicator(&g.indicator), label)
        }))
        .chain(watched.map(|t| {
            let label = text::role(text::WATCHED, &watched::name(pack, t));
            (anchor::target(&t.id), label)
        }))
        .chain(disagreements.map(|d| {
            let label = text::role(text::DISAGREEMENTS, &d.label);
            (anchor::disagreement(&d.id), label)
        }))
        .collect()
}

/// The sentences of those sources with links to them; 假设 where there are none.
pub(crate) fn cited<'i>(pack: &Pack, ids: impl IntoIterator<Item = &'i String>, html: &mut Html) {
    let mut is_empty = true;
    for id in ids {
        is_empty = false;
        html.markup("<div class=\"cited\">");
        match pack.source.iter().find(|s| s.id == *id) {
            Some(source) => {
                html.link(&anchor::source(id), &source.document);
                html.text(&text::quoted(&source.quote));
            }
            None => html.text(id),
        }
        html.markup("</div>");
    }
    if is_empty {
        html.span("assumed", text::ASSUMED_NO_SOURCE);
    }
}
