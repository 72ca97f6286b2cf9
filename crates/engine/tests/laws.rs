//! Laws that hold for every model: conservation, and that what is asked for changes no number.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use proptest::prelude::*;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, Run, RunError, RunSettings};
use tidemark_engine::{Loaded, load};

/// Two stocks with a flow between them, one from outside and one to it, on two constants.
const MODEL: &str = r#"<xmile version="1.0"><header/><sim_specs><start>0</start><stop>20</stop><dt>0.25</dt></sim_specs>
<model><variables>
<aux name="pace"><eqn>0.2</eqn></aux>
<aux name="push"><eqn>3</eqn></aux>
<stock name="a"><eqn>10 * push</eqn><inflow>into</inflow><outflow>across</outflow></stock>
<stock name="b"><eqn>a / 2</eqn><inflow>across</inflow><outflow>away</outflow></stock>
<flow name="into"><eqn>push + STEP(push, 5) + SIN(TIME)</eqn></flow>
<flow name="across"><eqn>a * pace * factor</eqn></flow>
<flow name="away"><eqn>SMTH3(DELAY1(b, 2), 4) * pace</eqn></flow>
<aux name="factor"><eqn>b / (a + b)</eqn><gf><xpts>0,0.5,1</xpts><ypts>1,0.7,0.2</ypts></gf></aux>
<aux name="path"><eqn>TIME</eqn><gf><xpts>0,20</xpts><ypts>1,2</ypts></gf></aux>
<aux name="ratio"><eqn>a / path + PREVIOUS(b, 0) + INIT(a) + DELAY(path, 1)</eqn></aux>
</variables></model></xmile>"#;

fn loaded() -> Loaded {
    let mut faults = Diagnostics::new();
    load(MODEL, "m", &mut faults).unwrap_or_else(|| panic!("{faults:?}"))
}

fn settings(loaded: &Loaded, inputs: &[&str], driven: &[&str], outputs: &[&str]) -> RunSettings {
    let all = |names: &[&str]| {
        names
            .iter()
            .map(|n| loaded.model.find(n).unwrap())
            .collect()
    };
    RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: all(inputs),
        driven: all(driven),
        seed: 0,
        outputs: all(outputs),
    }
}

const ALL: &[&str] = &[
    "a", "b", "into", "across", "away", "factor", "path", "ratio", "pace", "push",
];

fn series<'r>(loaded: &Loaded, run: &'r Run, name: &str) -> &'r [f64] {
    run.series(loaded.model.find(name).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_stock_changes_by_its_net_flow_times_dt(pace in 0.0..1.0_f64, push in 0.1..9.0_f64) {
        let loaded = loaded();
        let mut vm = Vm::prepare(&loaded.program, &settings(&loaded, &["pace", "push"], &[], ALL)).unwrap();
        let run = vm.run(&[pace, push], &[]);
        for (stock, gains, losses) in [("a", "into", "across"), ("b", "across", "away")] {
            let (stock, gains, losses) =
                (series(&loaded, &run, stock), series(&loaded, &run, gains), series(&loaded, &run, losses));
            for k in 1..stock.len() {
                prop_assert_eq!(stock[k], stock[k - 1] + (gains[k - 1] - losses[k - 1]) * 0.25);
            }
        }
    }

    #[test]
    fn what_is_kept_and_what_is_folded_changes_no_bit(
        pace in 0.0..1.0_f64, push in 0.1..9.0_f64, kept in prop::sample::subsequence(ALL.to_vec(), 1..4)
    ) {
        let loaded = loaded();
        let mut whole = Vm::prepare(&loaded.program, &settings(&loaded, &["pace", "push"], &[], ALL)).unwrap();
        let mut pruned = Vm::prepare(&loaded.program, &settings(&loaded, &["push", "pace"], &[], &kept)).unwrap();
        let (whole, pruned) = (whole.run(&[pace, push], &[]), pruned.run(&[push, pace], &[]));
        for name in kept {
            prop_assert_eq!(series(&loaded, &whole, name), series(&loaded, &pruned, name));
        }
    }
}

#[test]
fn inputs_at_their_own_values_change_nothing() {
    let loaded = loaded();
    let run = |inputs: &[&str]| {
        let mut vm = Vm::prepare(&loaded.program, &settings(&loaded, inputs, &[], ALL)).unwrap();
        let values: Vec<f64> = inputs
            .iter()
            .map(|n| {
                loaded
                    .program
                    .constant(loaded.model.find(n).unwrap())
                    .unwrap()
            })
            .collect();
        // The second run of a machine knows nothing of the first.
        vm.run(&vec![99.0; values.len()], &[]);
        vm.run(&values, &[])
    };
    assert_eq!(run(&[]), run(&["pace", "push"]));
}

#[test]
fn a_variable_driven_by_its_own_series_changes_nothing() {
    let loaded = loaded();
    let mut plain = Vm::prepare(&loaded.program, &settings(&loaded, &[], &[], ALL)).unwrap();
    let plain = plain.run(&[], &[]);
    let mut driven = Vm::prepare(
        &loaded.program,
        &settings(&loaded, &[], &["path", "across"], ALL),
    )
    .unwrap();
    let given = [
        series(&loaded, &plain, "path"),
        series(&loaded, &plain, "across"),
    ];
    assert_eq!(driven.run(&[], &given), plain);
}

#[test]
fn the_last_driven_value_holds() {
    let loaded = loaded();
    let mut vm = Vm::prepare(
        &loaded.program,
        &settings(&loaded, &[], &["path"], &["path"]),
    )
    .unwrap();
    let run = vm.run(&[], &[&[1.0, 2.0]]);
    assert_eq!(series(&loaded, &run, "path")[..4], [1.0, 2.0, 2.0, 2.0]);
    assert_eq!(
        vm.run(&[], &[]).first_not_finite().map(|(_, t)| t),
        Some(0.0)
    );
}

#[test]
fn what_cannot_be_set_is_refused() {
    let loaded = loaded();
    let refused = |inputs: &[&str], driven: &[&str]| {
        Vm::prepare(&loaded.program, &settings(&loaded, inputs, driven, &["a"])).map(|_| ())
    };
    let not_an_input = |name: &str| {
        Err(RunError::NotAnInput {
            name: name.to_owned(),
        })
    };
    assert_eq!(refused(&["factor"], &[]), not_an_input("factor"));
    assert_eq!(refused(&[], &["a"]), not_an_input("a"));
    let mut settings = settings(&loaded, &[], &[], &["a"]);
    settings.horizon.dt = -1.0;
    let bad = RunError::BadHorizon {
        start: 0.0,
        stop: 20.0,
        dt: -1.0,
    };
    assert_eq!(
        Vm::prepare(&loaded.program, &settings).map(|_| ()),
        Err(bad)
    );
}

#[test]
fn a_longer_run_begins_like_a_shorter_one() {
    let loaded = loaded();
    let mut longer = settings(&loaded, &[], &[], ALL);
    longer.horizon.stop = 30.0;
    longer.horizon.save_every = 2;
    let long = Vm::prepare(&loaded.program, &longer).unwrap().run(&[], &[]);
    let short = Vm::prepare(&loaded.program, &settings(&loaded, &[], &[], ALL))
        .unwrap()
        .run(&[], &[]);
    assert_eq!(long.times().len(), 61);
    for name in ALL {
        let (long, short) = (series(&loaded, &long, name), series(&loaded, &short, name));
        assert!(
            short.iter().step_by(2).zip(long).all(|(a, b)| a == b),
            "{name}"
        );
    }
}
