//! A pack and its model → the technical reference: one HTML page that follows every number.
//!
//! Pack and model are untrusted: `html` escapes every text of theirs. The page needs no script
//! and asks for no other file. Anchors are those of [`tidemark_pack::anchor`]. Start at [`page`].

mod goals;
mod html;
mod index;
mod records;
mod sources;
mod text;
mod variables;
mod watched;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use tidemark_engine::Loaded;
use tidemark_pack::anchor;
use tidemark_pack::compiled::Compiled;

use html::Html;
use index::Index;

/// Colours and sizes of the app, so that both look alike, then the page's own rules.
const STYLE: &str = concat!(
    include_str!("../../../style/tokens.css"),
    include_str!("style.css")
);

/// The reference of a pack whose model is `loaded`, as the text of an HTML file.
///
/// The same input gives the same text. Names that the model lacks stand there without a link.
pub fn page(compiled: &Compiled, loaded: &Loaded) -> String {
    let pack = &compiled.pack;
    let index = Index::new(&loaded.model, pack);
    let mut html = Html::default();
    head(compiled, &mut html);
    let sections = [
        ("targets", text::TARGETS, pack.target.len()),
        ("watched", text::WATCHED, pack.monitored.len()),
        (
            "disagreements",
            text::DISAGREEMENTS,
            pack.disagreement.len(),
        ),
        ("indicators", text::INDICATORS, pack.indicator.len()),
        ("levers", text::LEVERS, pack.lever.len()),
        ("assumptions", text::ASSUMPTIONS, pack.assumption.len()),
        ("settings", text::SETTINGS, pack.setting.len()),
        ("rules", text::RULES, pack.rule.len()),
        ("variables", text::VARIABLES, loaded.model.variables().len()),
        ("sources", text::SOURCES, sources::documents(pack).len()),
    ];
    let is_shown = |(id, _, count): &(&str, &str, usize)| {
        *count > 0 || !["watched", "disagreements", "settings"].contains(id)
    };
    let sections = sections.into_iter().filter(is_shown);
    let sections: Vec<_> = sections.collect();
    contents(&sections, &index, &mut html);
    html.markup("<main>\n");
    overview(compiled, loaded, &index, &mut html);
    for (id, heading, count) in sections {
        html.open("section", "", id);
        html.element("h2", &text::counted(heading, count));
        match id {
            "targets" => goals::targets(pack, &mut html),
            "watched" => watched::targets(pack, &compiled.actuals, &mut html),
            "disagreements" => watched::disagreements(pack, &mut html),
            "indicators" => goals::indicators(&index, pack, &compiled.actuals, &mut html),
            "levers" => records::levers(&index, pack, &mut html),
            "assumptions" => records::assumptions(&index, pack, &mut html),
            "settings" => records::settings(&index, pack, &mut html),
            "rules" => records::rules(&index, pack, &mut html),
            "variables" => variables::section(&index, pack, &mut html),
            _ => sources::section(pack, &mut html),
        }
        html.close("section");
    }
    html.markup("<footer>");
    let meta = &pack.meta;
    html.text(&text::foot(&meta.id, &meta.version, &compiled.hash));
    html.markup("</footer>\n</main>\n</body>\n</html>\n");
    html.into_string()
}

/// Up to the first line of the body. The policy allows the one style by its hash and nothing else.
fn head(compiled: &Compiled, html: &mut Html) {
    let title = text::title(&compiled.pack.meta.title.zh);
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    html.markup("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    html.markup("img-src data:; base-uri 'none'; form-action 'none'; style-src 'sha256-");
    html.text(&hash);
    html.markup("'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.markup("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.markup("<link rel=\"icon\" href=\"data:,\">\n");
    html.element("title", &title);
    html.markup("\n<style>");
    html.markup(STYLE);
    html.markup("</style>\n</head>\n<body>\n<header>");
    html.element("h1", &title);
    html.markup("</header>\n");
}

fn contents(sections: &[(&'static str, &str, usize)], index: &Index<'_>, html: &mut Html) {
    html.markup("<nav><h2>");
    html.text(text::CONTENTS);
    html.markup("</h2><ol>\n<li>");
    html.link("overview", text::OVERVIEW);
    html.close("li");
    for (id, heading, count) in sections {
        html.markup("<li>");
        html.link(id, &text::counted(heading, *count));
        if *id == "variables" {
            variables::chapters(index, html);
        }
        html.close("li");
    }
    html.markup("</ol></nav>\n");
}

fn overview(compiled: &Compiled, loaded: &Loaded, index: &Index<'_>, html: &mut Html) {
    let (pack, model) = (&compiled.pack, &loaded.model);
    let meta = &pack.meta;
    let horizon = loaded.program.horizon();
    html.open("section", "", "overview");
    html.element("h2", text::OVERVIEW);
    html.element("p", text::LEAD);
    html.element("p", text::TIME_NOTE);
    html.markup("<dl>");
    html.text_row(text::PLACE, &meta.place.zh);
    html.text_row(text::PACK, &format!("{} {}", meta.id, meta.version));
    html.text_row(
        text::MODEL,
        &format!("{} {}", model.name(), model.version()),
    );
    html.text_row(text::DATA_UNTIL, &meta.data_date);
    html.text_row(text::MADE, &meta.today);
    html.text_row(
        text::HORIZON,
        &text::horizon(horizon.start, horizon.stop, horizon.dt),
    );
    html.text_row(text::TIME_UNIT, model.time_unit());
    html.text_row(text::POLICY_START, &meta.policy_start.to_string());
    html.text_row(text::EARLIEST_START, &meta.earliest_start.to_string());
    html.row(text::READING_YEARS, |html| {
        html.list(&meta.reading_years, |html, year| {
            html.text(&year.to_string())
        });
    });
    html.text_row(text::STATUS_RULE, &pack.status_rule.text);
    if let Some(rule) = &pack.status_rule.probability {
        html.text_row(text::PROBABILITY_RULE, &rule.text);
    }
    html.text_row(text::EVIDENCE_SCALE, text::EVIDENCE_WORDS);
    html.text_row(text::HASH, &compiled.hash);
    html.close("dl");
    references(pack, index, html);
    html.close("section");
}

/// The baseline paths inside the model.
fn references(pack: &tidemark_pack::record::Pack, index: &Index<'_>, html: &mut Html) {
    html.open("h3", "", "references");
    html.text(text::REFERENCE_PATHS);
    html.close("h3");
    html.element("p", text::REFERENCE_NOTE);
    html.markup("<dl>");
    html.row(text::SWITCH, |html| {
        records::variable(index, &pack.references.switch, html)
    });
    for path in &pack.references.path {
        html.row(text::REFERENCE_PATHS, |html| {
            records::variable(index, &path.variable, html);
            html.text(" ← ");
            records::variable(index, &path.of, html);
        });
    }
    html.close("dl");
}

/// Name of the file that holds a pack's reference, beside the compiled pack.
pub fn file_name(compiled: &Compiled) -> String {
    anchor::file(&compiled.pack.meta.id)
}
