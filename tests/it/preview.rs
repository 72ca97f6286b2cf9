//! A preview is near what the members say once they are asked: over random scenarios, in jumps and in drags,
//! it misses the settled median by at most a tenth of the 80 % range, for every judged target and every
//! charted year. Series that miss more are named in the pack (`waits`), and none besides.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where it fails, and this one says how near it came"
)]

use std::collections::BTreeMap;
use std::rc::Rc;

use tidemark_engine::Uniforms;
use tidemark_pack::figures::{Centre, Figures, Key, Medians, Quantity, Settled};
use tidemark_pack::reading::Span;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;
use tidemark_reach::draws::middles;
use tidemark_reach::outcome::{Band, Outcome};
use tidemark_reach::scope::Scope;
use tidemark_reach::study::Study;

use crate::place::{NINGBO, Place, YINZHOU};

/// Scenarios of each place.
const SCENARIOS: u64 = 110;
/// Members, which show the medians of all well enough to be missed by a preview.
const COUNT: usize = 1000;
/// What a preview may miss of the 80 % range.
const MOST: f64 = 0.1;

/// Judged targets in all reading years, every charted indicator in every charted year.
fn keys(place: &Place) -> Vec<Key> {
    let (bound, pack) = (&place.bound, place.bound.pack());
    let open = pack.target.iter().filter(|target| bound.is_open(target));
    let mut keys: Vec<Key> = open
        .flat_map(|target| {
            let years = pack.meta.reading_years.iter();
            years.filter_map(|&year| bound.target_key(target, year))
        })
        .collect();
    for figure in &pack.figure {
        keys.extend(
            (figure.from..=figure.to).filter_map(|y| bound.yearly_key(&figure.indicator, y)),
        );
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Any levers anywhere in their hard ranges, some of them earlier or later; now and then another world.
fn random(place: &Place, case: u64) -> Scenario {
    let bound = &place.bound;
    let mut uniforms = Uniforms::of_study(2027, 77, case);
    let mut scenario = Scenario::default();
    let many = uniforms.next_open();
    for lever in &bound.pack().lever {
        if uniforms.next_open() > many {
            continue;
        }
        let mut setting = bound.default_setting(&lever.id).unwrap();
        let (low, high) = match uniforms.next_open() < 0.5 {
            true => (lever.safe.min, lever.safe.max),
            false => (lever.hard.min, lever.hard.max),
        };
        setting.value = low + (high - low) * uniforms.next_open();
        if uniforms.next_open() < 0.3 {
            setting.start = 2026.0 + 3.0 * uniforms.next_open();
        }
        scenario.levers.insert(lever.id.clone(), setting);
    }
    if uniforms.next_open() < 0.25 {
        for assumption in &bound.pack().assumption {
            if uniforms.next_open() < 0.15 {
                let range = assumption.range;
                let value = range.min + (range.max - range.min) * uniforms.next_open();
                scenario.assumptions.insert(assumption.id.clone(), value);
            }
        }
    }
    bound.clamp(&scenario).0
}

/// The same with one of its levers a part of its range further, as within a drag.
fn dragged(place: &Place, from: &Scenario, case: u64) -> Scenario {
    let bound = &place.bound;
    let mut uniforms = Uniforms::of_study(2027, 78, case);
    let levers = &bound.pack().lever;
    let lever = &levers[(uniforms.next_open() * levers.len() as f64) as usize];
    let mut scenario = from.clone();
    let mut setting = from.levers.get(&lever.id).copied();
    let setting = setting.get_or_insert_with(|| bound.default_setting(&lever.id).unwrap());
    setting.value += (lever.hard.max - lever.hard.min) * 0.5 * (uniforms.next_open() - 0.5);
    scenario.levers.insert(lever.id.clone(), *setting);
    bound.clamp(&scenario).0
}

/// How a place's previews do: the largest miss of each key, in parts of the 80 % range.
fn misses(place: &Place) -> BTreeMap<Key, f64> {
    let bound = &place.bound;
    let keys = keys(place);
    let scope = Scope {
        keys: keys.clone(),
        ..Scope::default()
    };
    let mut study =
        Study::prepare(bound, &place.program, place.draws.first(COUNT), &scope).unwrap();
    let middles = middles(bound, &place.draws.middle());
    let mut runner = Runner::prepare_at(bound, &place.program, &middles).unwrap();
    let mut answered = |scenario: &Scenario| {
        let outcome = study
            .scenario(bound, scenario, COUNT, &mut |_, _| true)
            .unwrap();
        let baseline = runner.baseline(bound, scenario);
        (
            outcome,
            Rc::new(runner.scenario(bound, scenario, &baseline)),
        )
    };
    let mut worst: BTreeMap<Key, f64> = BTreeMap::new();
    let mut settled = answered(&Scenario::baseline());
    let mut at = Scenario::baseline();
    for case in 0..SCENARIOS {
        let next = match case % 2 {
            0 => random(place, case),
            _ => dragged(place, &at, case),
        };
        let (outcome, run) = answered(&next);
        let medians = Settled {
            medians: Rc::new(medians(&settled.0)),
            run: Rc::clone(&settled.1),
        };
        let preview = Centre::new(Rc::clone(&run), vec![medians]);
        for of in &outcome.figures {
            let (Some(band), Some(seen)) = (Band::of(&of.values), preview.figure(bound, of.key))
            else {
                continue;
            };
            // Where all members agree but for rounding there is no range to be a part of.
            let range = (band.p90 - band.p10).max(1e-6 * band.p50.abs());
            let miss = (seen - band.p50).abs() / range;
            let known = worst.entry(of.key).or_insert(0.0);
            *known = known.max(miss);
        }
        (settled, at) = ((outcome, run), next);
    }
    worst
}

fn medians(outcome: &Outcome) -> Medians {
    let rows = outcome.figures.iter();
    Medians::new(
        rows.map(|of| (of.key, of.median().unwrap_or(f64::NAN)))
            .collect(),
    )
}

fn check(place: &Place) {
    let pack = place.bound.pack();
    let worst = misses(place);
    let mut of_indicator: BTreeMap<usize, (f64, Span)> = BTreeMap::new();
    for (key, miss) in worst {
        if let Quantity::Indicator(k) = key.quantity {
            let known = of_indicator.entry(k).or_insert((0.0, key.span));
            if miss > known.0 {
                *known = (miss, key.span);
            }
        }
    }
    let mut wrong = Vec::new();
    for (k, (miss, span)) in of_indicator {
        let indicator = &pack.indicator[k];
        println!("{} {:.3} of the range in {}", indicator.id, miss, span.to);
        if !indicator.waits && miss > MOST {
            wrong.push(format!(
                "{} misses by {miss:.3} of its range in {}",
                indicator.id, span.to
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn previews_of_the_city_are_near() {
    check(&NINGBO);
}

#[test]
fn previews_of_the_district_are_near() {
    check(&YINZHOU);
}
