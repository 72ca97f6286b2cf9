//! Whatever the page shows of a shipped pack has its place in the pack's technical reference.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;

use tidemark_app::pages::session::Session;
use tidemark_app::view_model::rows::{AssumptionRow, PageView};
use tidemark_app::view_model::{credibility, levers, monitored, reference, scoreboard, sources};
use tidemark_pack::anchor;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::credibility::Credibility;

use super::members::opened;
use super::pack::{open_folder, places_shipped};

/// The file that links name; its text is made here.
const FILE: &str = "a.reference.html";

/// Links of everything that the page and its drawers show, with what shows them.
fn links(session: &Session, record: Option<&Credibility>) -> Vec<(String, String)> {
    let (bound, view): (&Bound, &PageView) = (&session.machine.bound, &session.view);
    let watch = monitored::watch(bound);
    let pack = bound.pack();
    let all_sources: Vec<String> = pack.source.iter().map(|s| s.id.clone()).collect();
    let mut anchors: Vec<(String, String)> = Vec::new();
    let mut add = |what: &str, anchor: String| anchors.push((what.to_owned(), anchor));
    for AssumptionRow { slider, .. } in levers::assumption_rows(bound, &session.state) {
        let anchor = slider.anchor.clone().expect("a place in the reference");
        add(&slider.id, anchor);
    }
    view.rules.rows.iter().for_each(|r| add(&r.id, r.anchor()));
    watch.targets.iter().for_each(|r| add(&r.id, r.anchor()));
    watch
        .disagreements
        .iter()
        .for_each(|r| add(&r.id, r.anchor()));
    sources::cards(bound, &all_sources)
        .iter()
        .for_each(|card| add(&card.id, card.anchor()));
    if let Some(table) = session.monitoring() {
        let rows = table.rows.into_iter();
        rows.for_each(|row| row.anchor.into_iter().for_each(|to| add(&row.id, to)));
    }
    let evidence = credibility::page(bound, record);
    let told = evidence.effects.iter().map(|e| (&e.id, &e.anchor));
    let assumed = evidence.assumed.iter().map(|a| (&a.id, &a.anchor));
    told.chain(assumed).for_each(|(id, to)| add(id, to.clone()));
    if let Some(record) = &evidence.record {
        let series = record.series.iter().map(|s| (&s.id, s.anchor.clone()));
        let fitted = record.parameters.iter();
        let fitted = fitted.filter_map(|p| Some((&p.id, p.anchor.clone()?)));
        series.chain(fitted).for_each(|(id, to)| add(id, to));
    }
    let money = view.money.anchors();
    money.into_iter().for_each(|(what, to)| add(what, to));
    view.figures.iter().for_each(|f| add(&f.id, f.anchor()));
    // Charts that are not on screen now.
    let figures = pack.figure.iter();
    figures.for_each(|f| add(&f.id, anchor::indicator(&f.indicator)));
    let mut links: Vec<(String, String)> = anchors
        .into_iter()
        .filter_map(|(what, anchor)| Some((what, reference::href(FILE, &anchor)?)))
        .collect();
    let further = scoreboard::further(&session.inputs());
    let tiles = view.scoreboard.tiles.iter();
    for row in tiles.map(|row| &**row).chain(&further) {
        let found = reference::target(bound, FILE, &row.id);
        links.extend(found.into_iter().map(|link| (row.id.clone(), link.href)));
    }
    for row in view.levers.iter().map(|lever| &lever.slider) {
        let found = reference::lever(bound, FILE, &row.id);
        links.extend(found.into_iter().map(|link| (row.id.clone(), link.href)));
    }
    links
}

/// The record of credibility of a shipped pack, whatever data that is of; `None` where it has none.
fn record(place: &str) -> Option<Credibility> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("packs").join(place).join("credibility.json");
    let text = std::fs::read_to_string(file).ok()?;
    Some(serde_json::from_str(&text).expect("a record"))
}

#[test]
fn every_number_of_the_page_has_a_place_in_the_reference() {
    for place in places_shipped() {
        let (compiled, loaded, bound) = open_folder(&place);
        let page = tidemark_reference::page(&compiled, &loaded);
        let pieces = page.split(" id=\"").skip(1);
        let ids = pieces.filter_map(|rest| rest.split('"').next());
        let known: BTreeSet<String> = ids.filter_map(|id| reference::href(FILE, id)).collect();
        let session = opened(bound, &loaded, FILE);
        let links = links(&session, record(&place).as_ref());
        assert!(links.len() > 50, "{place}: {}", links.len());
        for (what, link) in links {
            assert!(known.contains(&link), "{place}: {what} leads to {link}");
        }
    }
}
