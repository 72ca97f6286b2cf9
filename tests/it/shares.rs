//! Shares of random sets of the city's levers sum to what the scenario changes, for every target.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use tidemark_engine::Uniforms;
use tidemark_pack::bind::Bound;
use tidemark_pack::reading::Span;
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_reach::why::{Asked, Settings, Why};

use crate::pack::city;

/// So many levers somewhere in their hard ranges, each with a start of its own.
fn random(bound: &Bound, n: usize, case: u64) -> Scenario {
    let mut from = Uniforms::of_study(2, 207, case);
    let mut levers: Vec<_> = bound.pack().lever.iter().collect();
    let mut scenario = Scenario::baseline();
    for _ in 0..n {
        let at = (from.next_open() * levers.len() as f64) as usize;
        let lever = levers.remove(at.min(levers.len() - 1));
        let default = bound.default_setting(&lever.id).unwrap();
        let part = from.next_open();
        let setting = LeverSetting {
            value: lever.hard.min + part * (lever.hard.max - lever.hard.min),
            start: default.start + from.next_open(),
            ..default
        };
        scenario.levers.insert(lever.id.clone(), setting);
    }
    bound.clamp(&scenario).0
}

#[test]
fn shares_of_random_levers_sum_to_the_change_of_every_target() {
    let (bound, program) = city();
    let targets = bound.pack().target.iter();
    let asked: Vec<Asked> = targets
        .map(|target| Asked {
            indicator: target.indicator.clone(),
            at: target.at,
            span: Span {
                from: target.from,
                to: target.to,
            },
        })
        .collect();
    let mut why = Why::prepare(&bound, &program, &asked).unwrap();
    // Up to ten levers all sets are run, beyond that a few orders.
    for (case, n) in (0..).zip([1, 4, 6, 13]) {
        let scenario = random(&bound, n, case);
        let settings = Settings {
            pairs: 2,
            seed: case,
        };
        let found = why.shares(&bound, &scenario, settings).unwrap();
        assert_eq!(
            (found.levers.len(), found.attributions.len()),
            (n, asked.len())
        );
        for (of, asked) in found.attributions.iter().zip(&asked) {
            let sum: f64 = of.parts.iter().map(|part| part.share.value).sum();
            let whole = of.with_all - of.without;
            // To 1e-9 of the figure, whatever its unit.
            let room = 1e-9 * of.with_all.abs().max(1.0);
            assert!((sum - whole).abs() < room, "{asked:?}: {sum}, not {whole}");
            let alone: f64 = of.parts.iter().map(|part| part.alone).sum();
            assert!((of.interaction - (whole - alone)).abs() < room);
        }
    }
}
