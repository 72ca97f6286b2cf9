//! Measures one job natively, JSON on stdout.
//!
//! `bench-native run <job.json> <samples> <samples of ensembles>`: times.
//! `bench-native peak <job.json> <members>`: the memory that one ensemble takes.
#![allow(
    clippy::print_stdout,
    reason = "a command line program answers on stdout"
)]

use std::error::Error;
use std::time::Instant;

use serde_json::{Value, json};
use tidemark_bench::{Job, Prepared, program};

/// A sample lasts at least so long, by as many passes as that takes.
const SAMPLE_MS: f64 = 20.0;

/// Members of the ensemble that is compared with single runs: more than a block, and a remainder.
const COMPARED: u32 = 301;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = match words.as_slice() {
        ["run", path, samples, of_ensembles] => {
            times(&job(path)?, samples.parse()?, of_ensembles.parse()?)?
        }
        ["peak", path, members] => peak(&job(path)?, members.parse()?)?,
        _ => return Err("usage: bench-native run|peak <job.json> <numbers>".into()),
    };
    println!("{answer}");
    Ok(())
}

fn job(path: &str) -> Result<Job, Box<dyn Error>> {
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}

fn times(job: &Job, samples: usize, of_ensembles: usize) -> Result<Value, Box<dyn Error>> {
    let mut prepared = Prepared::new(job)?;
    let values = prepared.check_values();
    if let Some(member) = prepared.differing_member(COMPARED) {
        return Err(format!("{}: member {member} differs from its single run", job.name).into());
    }
    let n = calibrated(|n| prepared.run_many(n));
    let run_us = sampled(samples, n, || prepared.run_many(n));
    let mut ensembles = Vec::new();
    for &members in &job.members {
        let mut sum = 0.0;
        let passes = calibrated(|passes| {
            sum = repeated(&mut prepared, members, passes);
            sum
        });
        if sum.is_nan() {
            return Err(format!("{}: no ensemble of {members}", job.name).into());
        }
        let runs = passes.saturating_mul(members);
        let member_us = sampled(of_ensembles, runs, || {
            repeated(&mut prepared, members, passes)
        });
        ensembles.push(json!({ "members": members, "member_us": member_us }));
    }
    let load_us = sampled(samples, 1, || f64::from(program(&job.xmile).is_ok()));
    Ok(json!({
        "values": values,
        "run_us": run_us,
        "ensembles": ensembles,
        "load_ms": load_us.iter().map(|us| us / 1e3).collect::<Vec<f64>>(),
        "instructions": prepared.n_step_instructions(),
    }))
}

fn repeated(prepared: &mut Prepared, members: u32, passes: u32) -> f64 {
    (0..passes).map(|_| prepared.run_members(members)).sum()
}

/// How many passes a sample takes; this is the warming-up too.
fn calibrated(mut work: impl FnMut(u32) -> f64) -> u32 {
    let mut n = 1;
    loop {
        let begin = Instant::now();
        std::hint::black_box(work(n));
        if begin.elapsed().as_secs_f64() * 1e3 >= SAMPLE_MS || n > u32::MAX / 2 {
            return n;
        }
        n *= 2;
    }
}

/// Microseconds of one of the `n` things that `work` does, one a sample.
fn sampled(samples: usize, n: u32, mut work: impl FnMut() -> f64) -> Vec<f64> {
    let one = |_| {
        let begin = Instant::now();
        std::hint::black_box(work());
        begin.elapsed().as_secs_f64() * 1e6 / f64::from(n)
    };
    (0..samples).map(one).collect()
}

/// The most memory this process ever held, after one ensemble; nothing where the system does not
/// say.
fn peak(job: &Job, members: u32) -> Result<Value, Box<dyn Error>> {
    let mut prepared = Prepared::new(job)?;
    if members > 0 {
        std::hint::black_box(prepared.run_members(members));
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib: Option<u64> = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next())
        .and_then(|number| number.parse().ok());
    Ok(json!(kib.map(|kib| kib * 1024)))
}
