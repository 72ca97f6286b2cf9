//! Measures one job natively: `bench-native <job.json> <samples> <runs>`, JSON on stdout.
#![allow(
    clippy::print_stdout,
    reason = "a command line program answers on stdout"
)]

use std::error::Error;
use std::time::Instant;

use tidemark_bench::{Job, Prepared, program};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, path, samples, runs] = arguments.as_slice() else {
        return Err("usage: bench-native <job.json> <samples> <runs>".into());
    };
    let (samples, runs): (usize, u32) = (samples.parse()?, runs.parse()?);
    let job: Job = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let mut prepared = Prepared::new(&job)?;
    let values = prepared.check_values();
    prepared.run_many(runs);
    let run_us: Vec<f64> = (0..samples)
        .map(|_| {
            let begin = Instant::now();
            std::hint::black_box(prepared.run_many(runs));
            begin.elapsed().as_secs_f64() * 1e6 / f64::from(runs)
        })
        .collect();
    let load_ms: Vec<f64> = (0..samples.min(20))
        .map(|_| {
            let begin = Instant::now();
            std::hint::black_box(program(&job.xmile).is_ok());
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let answer = serde_json::json!({
        "run_us": run_us,
        "load_ms": load_ms,
        "values": values,
        "instructions": prepared.n_step_instructions(),
    });
    println!("{answer}");
    Ok(())
}
