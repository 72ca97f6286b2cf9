//! Links under the shipped packs: those of before open with their records, those of today keep every knob.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use std::collections::BTreeMap;
use std::rc::Rc;

use tidemark_app::state::link::{is_old, renewed};
use tidemark_app::state::{
    Action, AppState, Catalogue, Difference, Knob, KnobSpec, Notice, decode, reduce,
};

use crate::place::{NINGBO, Place, YINZHOU};

const RECORDS: &str = include_str!("../../packs/links.txt");
const STORED: &str = include_str!("links-of-before.txt");

fn fresh(place: &Place) -> AppState {
    let open = place.compiled.pack.target.len();
    let catalogue = Catalogue::new(&place.compiled.pack, &place.compiled.hash);
    AppState::new(Rc::new(
        catalogue.with_open((0..open).collect(), Vec::new()),
    ))
}

fn place(id: &str) -> &'static Place {
    match id {
        "ningbo" => &NINGBO,
        "yinzhou" => &YINZHOU,
        other => panic!("no place {other}"),
    }
}

fn values(state: &AppState) -> BTreeMap<String, f64> {
    let catalogue = &state.catalogue;
    let levers = catalogue.levers.iter().enumerate();
    let levers = levers.map(|(k, spec)| {
        let value = state.scenario.lever_value(catalogue, k);
        (spec.id.clone(), value.unwrap())
    });
    let assumptions = catalogue.assumptions.iter().enumerate();
    let assumptions = assumptions.map(|(k, spec)| {
        let value = state.scenario.assumption_value(catalogue, k);
        (spec.id.clone(), value.unwrap())
    });
    levers.chain(assumptions).collect()
}

#[test]
fn stored_links_of_before_open_with_the_values_that_were_set() {
    let mut found = 0;
    let mut lines = STORED.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("link ") else {
            continue;
        };
        let mut words = rest.split(' ');
        let [id, kind, link] = [(); 3].map(|()| words.next().unwrap());
        assert!(is_old(link));
        let start = fresh(place(id));
        let opened = reduce(&start, Action::LinkOpened(renewed(link, RECORDS).unwrap()));
        assert!(opened.notices.is_empty(), "{link}: {:?}", opened.notices);
        let hash = link.split('.').nth(1).unwrap();
        let is_other = hash != start.catalogue.pack_hash;
        assert_eq!(opened.origin.as_deref(), is_other.then_some(hash));
        let values = values(&opened);
        let mut set = 0;
        while let Some(value) = lines.next_if(|line| line.starts_with("  ")) {
            let (id, value) = value.trim().split_once(' ').unwrap();
            assert_eq!(values[id], value.parse::<f64>().unwrap(), "{id}");
            set += 1;
        }
        match kind {
            "rest" => assert!(opened.scenario.is_baseline()),
            "one" => assert_eq!(opened.scenario.levers.len(), 1),
            _ => {
                assert_eq!(set, values.len());
                assert_eq!(opened.scenario.name, "市委方案 A");
                assert_eq!(opened.scenario.locked, [4, 7].into());
                assert!(opened.view.large_text && !opened.view.compare_baseline);
                assert_eq!(opened.view.joint, Some([0, 2, 5].into()));
                assert_eq!((opened.view.group, opened.view.figures[1]), (2, 5));
            }
        }
        found += 1;
    }
    assert_eq!(found, 12);
}

/// A state with one knob moved, under a pack in which that knob's record was edited.
fn under(
    start: &AppState,
    knob: Knob,
    edit: impl Fn(&mut Vec<KnobSpec>, usize),
) -> Vec<Difference> {
    let spec = start.catalogue.knob(knob).unwrap();
    let moved = reduce(start, Action::Moved(knob, spec.value(spec.highest())));
    let mut other = Catalogue::clone(&start.catalogue);
    other.pack_hash = "00000000".to_owned();
    match knob {
        Knob::Lever(k) => edit(&mut other.levers, k),
        Knob::Assumption(k) => edit(&mut other.assumptions, k),
    }
    let there = AppState::new(Rc::new(other));
    let opened = reduce(&there, Action::StoredOpened(moved.link()));
    let others: Vec<(String, f64)> = values(&opened)
        .into_iter()
        .filter(|(id, _)| *id != spec.id)
        .collect();
    let before = values(&there);
    assert!(others.iter().all(|(id, value)| before[id] == *value));
    match &opened.notices[..] {
        [] => Vec::new(),
        [Notice::Differs { differences, .. }] => differences.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_knob_survives_every_kind_of_change_or_is_told() {
    for start in [fresh(&NINGBO), fresh(&YINZHOU)] {
        let levers = (0..start.catalogue.levers.len()).map(Knob::Lever);
        let assumptions = (0..start.catalogue.assumptions.len()).map(Knob::Assumption);
        for knob in levers.chain(assumptions) {
            let told = |edit: &dyn Fn(&mut Vec<KnobSpec>, usize)| under(&start, knob, edit);
            assert_eq!(told(&|_, _| {}), []);
            assert_eq!(told(&|specs, _| specs.reverse()), []);
            let lost = |told: Vec<Difference>| {
                matches!(told[..], [Difference::Unknown { value: Some(_), .. }])
            };
            assert!(lost(told(&|specs, k| drop(specs.remove(k)))));
            assert!(lost(told(&|specs, k| specs[k].id += "_new")));
            let narrower = told(&|specs, k| specs[k].max = specs[k].default);
            assert!(
                matches!(narrower[..], [Difference::OutOfRange { .. }]),
                "{knob:?}: {narrower:?}"
            );
            let coarser = told(&|specs, k| specs[k].step = (specs[k].max - specs[k].default) / 1.5);
            assert!(
                matches!(coarser[..], [Difference::OffGrid { .. }]),
                "{knob:?}: {coarser:?}"
            );
        }
    }
}

#[test]
fn every_step_of_every_knob_is_written_and_read_exactly() {
    for start in [fresh(&NINGBO), fresh(&YINZHOU)] {
        let levers = (0..start.catalogue.levers.len()).map(Knob::Lever);
        let assumptions = (0..start.catalogue.assumptions.len()).map(Knob::Assumption);
        for knob in levers.chain(assumptions) {
            let spec = start.catalogue.knob(knob).unwrap();
            for steps in spec.lowest()..=spec.highest() {
                let moved = reduce(&start, Action::Moved(knob, spec.value(steps)));
                let opened = decode(&start.catalogue, &moved.link()).unwrap();
                assert_eq!(opened.scenario, *moved.scenario, "{}", moved.link());
                assert!(opened.differences.is_empty());
            }
        }
    }
}
