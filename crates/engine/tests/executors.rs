//! Executors agree to the bit: scalar and batched, whole and resumed, whatever the block, the rows
//! and the method; and what one run computes beforehand is what another computes itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use proptest::prelude::*;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::batch::{Batch, Driven, Members};
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Room, Rows, Run, RunError, RunSettings};
use tidemark_engine::program::Method;
use tidemark_engine::{Loaded, load};

/// Every kind of memory and instruction, with and without an input in front of it.
const MODEL: &str = r#"<xmile version="1.0"><header/><sim_specs><start>0</start><stop>6</stop><dt>0.25</dt></sim_specs>
<model><variables>
<aux name="pace"><eqn>0.2</eqn></aux>
<aux name="push"><eqn>3</eqn></aux>
<aux name="lag"><eqn>1</eqn></aux>
<stock name="a"><eqn>10 * push</eqn><inflow>into</inflow><outflow>across</outflow></stock>
<stock name="b"><eqn>a / 2</eqn><inflow>across</inflow><outflow>away</outflow><non_negative/></stock>
<stock name="c"><eqn>1</eqn><inflow>alike</inflow></stock>
<flow name="alike"><eqn>a</eqn></flow>
<flow name="into"><eqn>push + STEP(push, 2) + SIN(TIME) + PULSE(pace, 1, 2) + RAMP(pace, 1, 4)</eqn></flow>
<flow name="across"><eqn>a * pace * factor</eqn></flow>
<flow name="away"><eqn>SMTH3(DELAY1(b, 2), 4) * pace + MAX(b, 3) / MIN(a, 5) + (a MOD 7) ^ 0.5</eqn></flow>
<aux name="factor"><eqn>b / (a + b)</eqn><gf><xpts>0,0.3,0.5,1</xpts><ypts>1,0.9,0.7,0.2</ypts></gf></aux>
<aux name="outer"><eqn>a - 25</eqn><gf type="extrapolate"><xpts>0,5</xpts><ypts>1,2</ypts></gf></aux>
<aux name="steps"><eqn>a</eqn><gf type="discrete"><xpts>0,25,35</xpts><ypts>1,2,5</ypts></gf></aux>
<aux name="path"><eqn>TIME</eqn><gf><xpts>0,20</xpts><ypts>1,2</ypts></gf></aux>
<aux name="memory"><eqn>a / path + PREVIOUS(PREVIOUS(b, push), pace) + INIT(a) + INIT(push) + DELAY(b, 1) + DELAY(path, lag, 9)</eqn></aux>
<stock name="shared"><eqn>1</eqn><inflow>grow</inflow></stock>
<flow name="grow"><eqn>shared * 0.1 * path + DELAY(shared, 0.5) + PREVIOUS(shared, 2) + NORMAL(0, 1, 7)</eqn></flow>
<aux name="chance"><eqn>NORMAL(push, shared) + shared</eqn></aux>
<aux name="choice"><eqn>IF chance &gt; 3 AND NOT (a &lt; 20 OR b = 3) THEN LN(a) ELSE EXP(-pace) + INT(b)</eqn></aux>
</variables></model></xmile>"#;

const INPUTS: [&str; 3] = ["pace", "push", "lag"];
const OUTPUTS: [&str; 14] = [
    "a", "b", "c", "into", "across", "away", "factor", "outer", "steps", "path", "memory",
    "shared", "chance", "choice",
];

fn loaded() -> Loaded {
    let mut faults = Diagnostics::new();
    load(MODEL, "m", &mut faults).unwrap_or_else(|| panic!("{faults:?}"))
}

fn settings(loaded: &Loaded, method: Method, inputs: &[&str], rows: Rows) -> RunSettings {
    let all = |names: &[&str]| {
        let find = |name: &&str| loaded.model.find(name).unwrap();
        names.iter().map(find).collect()
    };
    RunSettings {
        method,
        horizon: loaded.program.horizon(),
        rows,
        inputs: all(inputs),
        driven: all(&["path"]),
        seed: 11,
        outputs: all(&OUTPUTS),
    }
}

#[track_caller]
fn check(loaded: &Loaded, one: &Run, other: &Run) {
    assert_eq!(one.times(), other.times());
    for name in OUTPUTS {
        let var = loaded.model.find(name).unwrap();
        let bits = |run: &Run| -> Vec<u64> {
            let number = |v: &f64| if v.is_nan() { 0 } else { v.to_bits() };
            run.series(var).unwrap().iter().map(number).collect()
        };
        assert_eq!(bits(one), bits(other), "{name}");
    }
}

const METHODS: [Method; 3] = [Method::Euler, Method::Rk2, Method::Rk4];

fn method() -> impl Strategy<Value = Method> {
    prop::sample::select(METHODS.to_vec())
}

fn rows() -> impl Strategy<Value = Rows> {
    prop_oneof![
        Just(Rows::Saved),
        prop::sample::subsequence((0..=24).collect::<Vec<usize>>(), 1..6).prop_map(Rows::Steps)
    ]
}

fn member() -> impl Strategy<Value = [f64; 3]> {
    (0.0..1.0_f64, 0.1..9.0_f64, 0.1..3.0_f64).prop_map(|(pace, push, lag)| [pace, push, lag])
}

/// The values of each input, members side by side.
fn columns(members: &[[f64; 3]]) -> [Vec<f64>; 3] {
    [0, 1, 2].map(|k| members.iter().map(|member| member[k]).collect())
}

const PATH: [f64; 26] = [
    1.0, 1.1, 1.3, 1.2, 1.0, 0.9, 1.4, 1.5, 1.5, 1.6, 1.7, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8,
    1.9, 2.0, 2.1, 2.2, 2.3, 2.4, 2.5,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_batch_is_its_members_one_by_one(
        method in method(), rows in rows(), members in prop::collection::vec(member(), 1..30), block in 1_usize..40
    ) {
        let loaded = loaded();
        let settings = settings(&loaded, method, &INPUTS, rows);
        let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
        let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
        batch.set_block_members(block);
        let columns = columns(&members);
        let inputs = columns.each_ref().map(Vec::as_slice);
        let all = Members { count: members.len(), inputs: &inputs, first_member: 0 };
        let all = batch.run(&all, Driven::Shared(&[&PATH])).unwrap();
        check(&loaded, &all.run(0).unwrap(), &vm.run(&members[0], &[&PATH]));
        for (k, member) in members.iter().enumerate() {
            let inputs = member.each_ref().map(std::slice::from_ref);
            let alone = Members { count: 1, inputs: &inputs, first_member: k as u64 };
            let alone = batch.run(&alone, Driven::Shared(&[&PATH])).unwrap();
            check(&loaded, &all.run(k).unwrap(), &alone.run(0).unwrap());
        }
    }

    #[test]
    fn a_run_cut_anywhere_goes_on_as_if_it_were_not(
        method in method(), rows in rows(), members in prop::collection::vec(member(), 1..20),
        cut in 0_usize..=24, block in 1_usize..20
    ) {
        let loaded = loaded();
        let settings = settings(&loaded, method, &INPUTS, rows);
        let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
        let whole = vm.run(&members[0], &[&PATH]);
        let checkpoint = vm.checkpoint(&members[0], &[&PATH], cut);
        let rest = vm.resume(&checkpoint, &members[0], &[&PATH]).unwrap();
        check(&loaded, &whole, &whole.continued(&rest));

        let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
        batch.set_block_members(block);
        let columns = columns(&members);
        let inputs = columns.each_ref().map(Vec::as_slice);
        let all = Members { count: members.len(), inputs: &inputs, first_member: 0 };
        let whole = batch.run(&all, Driven::Shared(&[&PATH])).unwrap();
        let checkpoint = batch.checkpoint(&all, Driven::Shared(&[&PATH]), cut).unwrap();
        let rest = batch.resume(&checkpoint, &all, Driven::Shared(&[&PATH])).unwrap();
        for k in 0..members.len() {
            let whole = whole.run(k).unwrap();
            check(&loaded, &whole, &whole.continued(&rest.run(k).unwrap()));
        }
    }

    #[test]
    fn one_checkpoint_stands_for_all_members(
        method in method(), members in prop::collection::vec(member(), 2..20), cut in 0_usize..=24
    ) {
        let loaded = loaded();
        let settings = settings(&loaded, method, &INPUTS, Rows::Saved);
        let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
        let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
        let checkpoint = vm.checkpoint(&[0.2, 3.0, 1.0], &[&PATH], cut);
        let columns = columns(&members);
        let inputs = columns.each_ref().map(Vec::as_slice);
        let all = Members { count: members.len(), inputs: &inputs, first_member: 0 };
        let all = batch.resume(&checkpoint, &all, Driven::Shared(&[&PATH])).unwrap();
        let first = vm.resume(&checkpoint, &members[0], &[&PATH]).unwrap();
        check(&loaded, &all.run(0).unwrap(), &first);
    }

    #[test]
    fn what_all_runs_share_is_what_each_computes(method in method(), rows in rows()) {
        let loaded = loaded();
        let given = [0.2, 3.0, 1.0];
        let run = |inputs: &[&str]| {
            let settings = settings(&loaded, method, inputs, rows.clone());
            let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
            vm.run(&given[..inputs.len()], &[&PATH])
        };
        let all = run(&INPUTS);
        for n in 0..INPUTS.len() {
            check(&loaded, &all, &run(&INPUTS[..n]));
        }
    }
}

#[test]
fn rows_are_a_choice_of_a_whole_run() {
    let loaded = loaded();
    let run = |rows| {
        let settings = settings(&loaded, Method::Rk4, &[], rows);
        let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
        vm.run(&[], &[&PATH])
    };
    let horizon = loaded.program.horizon();
    let steps: Option<Vec<usize>> = [1.0, 2.25, 5.0]
        .map(|t| horizon.step_at(t))
        .into_iter()
        .collect();
    assert_eq!([2.3, -1.0, 6.25].map(|t| horizon.step_at(t)), [None; 3]);
    let (all, some) = (run(Rows::Saved), run(Rows::Steps(steps.unwrap())));
    assert_eq!(some.times(), [1.0, 2.25, 5.0]);
    for &var in all.outputs() {
        let (all, some) = (all.series(var).unwrap(), some.series(var).unwrap());
        assert_eq!([all[4], all[9], all[20]], some);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn members_may_each_be_driven_by_their_own(
        method in method(), members in prop::collection::vec(member(), 1..30),
        block in 1_usize..40, other_block in 1_usize..40, step in 0_usize..24
    ) {
        let loaded = loaded();
        let settings = settings(&loaded, method, &INPUTS, Rows::Saved);
        let factor = loaded.model.find("factor").unwrap();
        let first = RunSettings { outputs: vec![factor], ..settings.clone() };
        let columns = columns(&members);
        let inputs = columns.each_ref().map(Vec::as_slice);
        let all = Members { count: members.len(), inputs: &inputs, first_member: 0 };
        let mut batch = Batch::prepare(&loaded.program, &first).unwrap();
        batch.set_block_members(other_block);
        let paths = batch.run(&all, Driven::Shared(&[&PATH])).unwrap();
        let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
        batch.set_block_members(block);
        let whole = batch.run(&all, Driven::Each(&paths)).unwrap();
        let checkpoint = batch.checkpoint(&all, Driven::Each(&paths), step).unwrap();
        let rest = batch.resume(&checkpoint, &all, Driven::Each(&paths)).unwrap();
        let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
        for (k, member) in members.iter().enumerate() {
            let path = paths.series(factor, k).unwrap();
            let one = vm.run(member, &[&path]);
            // Draws are by number of the member, the scalar VM's is 0.
            if k == 0 {
                check(&loaded, &one, &whole.run(0).unwrap());
            }
            let one = one.series(loaded.model.find("memory").unwrap()).unwrap();
            let whole = whole.series(loaded.model.find("memory").unwrap(), k).unwrap();
            let rest = rest.series(loaded.model.find("memory").unwrap(), k).unwrap();
            prop_assert_eq!(&whole, one);
            prop_assert_eq!(&whole[step..], &rest);
        }
    }
}

#[test]
fn an_ensemble_that_cannot_drive_is_refused() {
    let loaded = loaded();
    let settings = settings(&loaded, Method::Euler, &INPUTS, Rows::Saved);
    let inputs: [&[f64]; 3] = [&[0.1], &[2.0], &[1.0]];
    let members = |count| Members {
        count,
        inputs: &inputs,
        first_member: 0,
    };
    let with = |rows| RunSettings {
        rows,
        ..settings.clone()
    };
    let mut some = Batch::prepare(&loaded.program, &with(Rows::Steps(vec![1, 3, 5]))).unwrap();
    let some = some.run(&members(4), Driven::Shared(&[&PATH])).unwrap();
    let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
    let all = batch.run(&members(4), Driven::Shared(&[&PATH])).unwrap();
    assert_eq!(
        batch.run(&members(4), Driven::Each(&some)),
        Err(RunError::OtherDriven)
    );
    assert_eq!(
        batch.run(&members(5), Driven::Each(&all)),
        Err(RunError::OtherDriven)
    );
    assert!(batch.run(&members(4), Driven::Each(&all)).is_ok());
}

#[test]
fn blocks_may_be_stopped_between() {
    let loaded = loaded();
    let settings = settings(&loaded, Method::Euler, &INPUTS, Rows::Saved);
    let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
    batch.set_block_members(8);
    let inputs: [&[f64]; 3] = [&[0.1], &[2.0], &[1.0]];
    let members = Members {
        count: 20,
        inputs: &inputs,
        first_member: 0,
    };
    let whole = batch.run(&members, Driven::Shared(&[&PATH])).unwrap();
    let mut blocks = batch
        .blocks(&members, Driven::Shared(&[&PATH]), None)
        .unwrap();
    assert!(blocks.run_next() && blocks.run_next());
    assert_eq!(blocks.n_done(), 16);
    let part = blocks.into_ensemble();
    check(&loaded, &part.run(15).unwrap(), &whole.run(15).unwrap());
    assert_eq!(part.run(20), None);
    let (missing, known) = (part.run(16).unwrap(), whole.run(16).unwrap());
    for &var in part.outputs() {
        let (missing, known) = (missing.series(var).unwrap(), known.series(var).unwrap());
        // Those that no member moves are known before.
        let is_missing = missing.iter().all(|value| value.is_nan());
        assert_eq!(is_missing, missing != known, "{var:?}");
    }
    batch.recycle(part);
    assert_eq!(batch.run(&members, Driven::Shared(&[&PATH])), Ok(whole));
}

#[test]
fn what_does_not_fit_is_refused() {
    let loaded = loaded();
    let with = |rows| settings(&loaded, Method::Euler, &INPUTS, rows);
    let refused = |settings: &RunSettings| Vm::prepare(&loaded.program, settings).map(|_| ());
    for (steps, step) in [(vec![3, 3], 3), (vec![25], 25), (vec![4, 2], 2)] {
        let bad = Err(RunError::BadRow { step });
        assert_eq!(refused(&with(Rows::Steps(steps))), bad);
    }
    let mut batch = Batch::prepare(&loaded.program, &with(Rows::Saved)).unwrap();
    let mut members = Members {
        count: 3,
        inputs: &[&[1.0], &[1.0, 2.0]],
        first_member: 0,
    };
    let bad = RunError::BadMembers {
        position: 1,
        given: 2,
        count: 3,
    };
    assert_eq!(batch.run(&members, Driven::NONE), Err(bad));
    members.inputs = &[];
    members.count = 1 << 30;
    assert!(matches!(
        batch.run(&members, Driven::NONE),
        Err(RunError::TooLarge {
            room: Room::Saved,
            ..
        })
    ));
    let mut long = with(Rows::Saved);
    long.horizon.dt = 6.1e-6;
    long.rows = Rows::Steps(vec![980_000]);
    assert!(matches!(
        Batch::prepare(&loaded.program, &long).map(|_| ()),
        Err(RunError::TooLarge {
            room: Room::History,
            ..
        })
    ));
    let mut few = with(Rows::Saved);
    few.outputs.truncate(1);
    let mut other = Vm::prepare(&loaded.program, &few).unwrap();
    let checkpoint = other.checkpoint(&[], &[], 4);
    let mut vm = Vm::prepare(&loaded.program, &with(Rows::Saved)).unwrap();
    let refused = vm.resume(&checkpoint, &[], &[]).map(|_| ());
    assert_eq!(refused, Err(RunError::OtherCheckpoint));
}
