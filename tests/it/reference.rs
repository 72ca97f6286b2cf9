//! Whatever the page shows of a shipped pack has its place in the pack's technical reference.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;

use tidemark_app::pages::session::{Machine, Session};
use tidemark_app::view_model::rows::{FigureView, PageView};
use tidemark_app::view_model::{monitored, reference, sources};
use tidemark_pack::anchor;
use tidemark_pack::bind::Bound;

use super::pack::{open_folder, places_shipped};

/// The file that links name; its text is made here.
const FILE: &str = "a.reference.html";

/// Links of everything that the page and its drawers show, with what shows them.
fn links(bound: &Bound, view: &PageView) -> Vec<(String, String)> {
    let watch = monitored::watch(bound);
    let pack = bound.pack();
    let all_sources: Vec<String> = pack.source.iter().map(|s| s.id.clone()).collect();
    let mut anchors: Vec<(String, String)> = Vec::new();
    let mut add = |what: &str, anchor: String| anchors.push((what.to_owned(), anchor));
    view.assumptions.iter().for_each(|r| add(&r.id, r.anchor()));
    view.rules.rows.iter().for_each(|r| add(&r.id, r.anchor()));
    watch.targets.iter().for_each(|r| add(&r.id, r.anchor()));
    watch
        .disagreements
        .iter()
        .for_each(|r| add(&r.id, r.anchor()));
    sources::cards(bound, &all_sources)
        .iter()
        .for_each(|card| add(&card.id, card.anchor()));
    let money = view.money.anchors();
    money.into_iter().for_each(|(what, to)| add(what, to));
    view.figures
        .iter()
        .for_each(|f: &FigureView| add(&f.id, f.anchor()));
    // Charts that are not on screen now.
    let figures = pack.figure.iter();
    figures.for_each(|f| add(&f.id, anchor::indicator(&f.indicator)));
    let mut links: Vec<(String, String)> = anchors
        .into_iter()
        .filter_map(|(what, anchor)| Some((what, reference::href(FILE, &anchor)?)))
        .collect();
    let board = &view.scoreboard;
    for row in board.tiles.iter().chain(&board.more) {
        let found = reference::target(bound, FILE, &row.id);
        links.extend(found.into_iter().map(|link| (row.id.clone(), link.href)));
    }
    for row in &view.levers {
        let found = reference::lever(bound, FILE, &row.id);
        links.extend(found.into_iter().map(|link| (row.id.clone(), link.href)));
    }
    links
}

#[test]
fn every_number_of_the_page_has_a_place_in_the_reference() {
    for place in places_shipped() {
        let (compiled, loaded, bound) = open_folder(&place);
        let page = tidemark_reference::page(&compiled, &loaded);
        let pieces = page.split(" id=\"").skip(1);
        let ids = pieces.filter_map(|rest| rest.split('"').next());
        let known: BTreeSet<String> = ids.filter_map(|id| reference::href(FILE, id)).collect();
        let machine = Machine::new(bound, &loaded, FILE.to_owned());
        let machine = machine.unwrap_or_else(|message| panic!("{}", message.text));
        let session = Session::open(machine, &loaded);
        let session = session.unwrap_or_else(|message| panic!("{}", message.text));
        let links = links(&session.machine.bound, &session.view);
        assert!(links.len() > 50, "{place}: {}", links.len());
        for (what, link) in links {
            assert!(known.contains(&link), "{place}: {what} leads to {link}");
        }
    }
}
