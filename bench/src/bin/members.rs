//! What one run costs, alone and as a member of an ensemble: `bench-members [members of a block]…`.
//!
//! Prints microseconds a run and nanoseconds an instruction for `bench/districts212.xmile`, with its one
//! lever as an input and with every constant as one, so that nothing can be computed beforehand.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measuring program answers on stdout and stops at a fault"
)]

use std::time::Instant;

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::batch::{Batch, Members};
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::{Loaded, load};

const MODEL: &str = include_str!("../../districts212.xmile");

fn main() {
    let mut faults = Diagnostics::new();
    let loaded = load(MODEL, "districts212.xmile", &mut faults).unwrap();
    let lever = loaded.model.find("基金杠杆").unwrap();
    let constants = loaded.model.variables().iter().filter_map(|variable| {
        let var = loaded.model.find(&variable.name)?;
        loaded.program.constant(var).map(|_| var)
    });
    report("one input", &loaded, &[lever], lever);
    report("all inputs", &loaded, &constants.collect::<Vec<_>>(), lever);
}

fn report(title: &str, loaded: &Loaded, inputs: &[VarId], lever: VarId) {
    let find = |name| loaded.model.find(name).unwrap();
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: inputs.to_vec(),
        driven: Vec::new(),
        seed: 0,
        outputs: ["全市高企", "全市GDP", "全市RD"].map(find).to_vec(),
    };
    let mut vm = Vm::prepare(&loaded.program, &settings).unwrap();
    let own = inputs
        .iter()
        .map(|&var| loaded.program.constant(var).unwrap());
    let mut values: Vec<f64> = own.collect();
    let varied = inputs.iter().position(|&var| var == lever).unwrap();
    let n_steps = settings.horizon.n_steps() + 1;
    let n_instructions = vm.n_step_instructions();
    let us = fastest_us(200, || {
        values[varied] += 1e-9;
        std::hint::black_box(vm.run(&values, &[]));
    });
    let ns = us * 1e3 / (n_steps * n_instructions) as f64;
    println!("{title}: {n_instructions} instructions a step");
    println!("  scalar: {us:8.2} µs a run, {ns:.2} ns an instruction");
    let mut batch = Batch::prepare(&loaded.program, &settings).unwrap();
    let blocks = std::env::args()
        .skip(1)
        .map(|arg| Some(arg.parse().unwrap()));
    let blocks: Vec<Option<usize>> = std::iter::once(None).chain(blocks).collect();
    for (count, block) in [1, 100, 1_000, 10_000]
        .into_iter()
        .flat_map(|count| blocks.iter().map(move |&block| (count, block)))
    {
        if let Some(members) = block {
            batch.set_block_members(members);
        }
        let lever: Vec<f64> = (0..count).map(|k| 2.0 + k as f64 / count as f64).collect();
        let mut given: Vec<&[f64]> = values.iter().map(std::slice::from_ref).collect();
        given[varied] = &lever;
        let members = Members {
            count,
            inputs: &given,
            first_member: 0,
        };
        let calls = (1_000 / count).max(1) as u32;
        let us = fastest_us(calls, || {
            let ensemble = std::hint::black_box(batch.run(&members, &[]).unwrap());
            batch.recycle(ensemble);
        }) / count as f64;
        let ns = us * 1e3 / (n_steps * n_instructions) as f64;
        let block = block.map_or("own".to_owned(), |members| members.to_string());
        println!(
            "  {count:6} members, block {block}: {us:8.2} µs a run, {ns:.3} ns an instruction"
        );
    }
}

/// The fastest of some batches of so many calls, in microseconds a call.
fn fastest_us(calls: u32, mut call: impl FnMut()) -> f64 {
    let batch = |_| {
        let begin = Instant::now();
        (0..calls).for_each(|_| call());
        begin.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
    };
    (0..7).map(batch).fold(f64::INFINITY, f64::min)
}
