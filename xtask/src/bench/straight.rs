//! A job's equations as C at `-O3`: the program that the engine is held against.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use tidemark_bench::{Job, program, settings};
use tidemark_engine::exec::straight::straight_c;

use crate::steps::run;

/// How far C may lie from the engine, relative to the largest value of the output; the C library
/// rounds its functions in its own way.
const CLOSE: f64 = 1e-9;

/// Writes the model and a measuring `main` as two units, so that nothing is optimised away
/// between them, and compiles them.
///
/// # Errors
/// When there is no C compiler, or the model has what straight C cannot say.
pub fn compile(folder: &Path, job: &Job) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let loaded = program(&job.xmile)?;
    let settings = settings(job, &loaded)?;
    let model = straight_c(&loaded.program, &settings)?
        .with_context(|| format!("{} has a fixed delay, which the C writer lacks", job.name))?;
    let place = |ending: &str| folder.join(format!("{}{ending}", job.name));
    fs::write(place(".c"), model)?;
    let rows = settings.horizon.n_rows();
    fs::write(place("-main.c"), main_text(job, rows))?;
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    run(Command::new(compiler)
        .arg("-O3")
        .args([place(".c"), place("-main.c")])
        .arg("-o")
        .args([place("")])
        .arg("-lm"))
    .context("the C compiler failed")?;
    Ok(place(""))
}

fn main_text(job: &Job, rows: usize) -> String {
    let list = |values: &mut dyn Iterator<Item = f64>| -> String {
        values.map(|value| format!("{value:e},")).collect()
    };
    let mut driven = String::new();
    let mut pointers = String::new();
    for (k, (_, series)) in job.driven.iter().enumerate() {
        let _ = writeln!(
            driven,
            "static const double d{k}[] = {{{}}};",
            list(&mut series.iter().copied())
        );
        let _ = write!(pointers, "d{k},");
    }
    let [low, high] = job.range;
    format!(
        r#"#include <stdio.h>
#include <stdlib.h>
#include <time.h>
void prepare(void);
void run(const double *in, const double *const *driven, double *out);
static double in[] = {{{inputs}}};
{driven}static const double *const all_driven[] = {{{pointers}0}};
static double out[{values}];
static void one(double part) {{
  in[{varied}] = {low:e} + part * ({high:e} - {low:e});
  run(in, all_driven, out);
}}
static double many(int runs) {{
  double sum = 0.0;
  for (int k = 0; k < runs; k++) {{ one((double)k / runs); sum += out[{rows} - 1]; }}
  return sum;
}}
static double now_us(void) {{
  struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec * 1e-3;
}}
int main(int count, char **words) {{
  if (count != 3) return 2;
  int samples = atoi(words[1]), runs = atoi(words[2]);
  volatile double sink = 0.0;
  prepare();
  one(0.5);
  printf("{{\"values\":[");
  for (int k = 0; k < {values}; k++) printf("%s%.17g", k ? "," : "", out[k]);
  sink += many(runs);
  printf("],\"run_us\":[");
  for (int k = 0; k < samples; k++) {{
    double begin = now_us();
    sink += many(runs);
    printf("%s%.6f", k ? "," : "", (now_us() - begin) / runs);
  }}
  printf("]}}\n");
  return sink != sink;
}}
"#,
        inputs = list(&mut job.inputs.iter().map(|(_, value)| *value)),
        values = job.outputs.len() * rows,
        varied = job.varied,
    )
}

/// Whether C computed what the engine did.
///
/// # Errors
/// With the first output that differs.
pub fn agree(job: &Job, engine: &[f64], straight: &[f64]) -> Result<()> {
    if engine.len() != straight.len() || engine.is_empty() {
        bail!(
            "{}: {} values by the engine, {} by C",
            job.name,
            engine.len(),
            straight.len()
        );
    }
    let rows = engine.len() / job.outputs.len();
    let series = engine.chunks(rows).zip(straight.chunks(rows));
    for (output, (ours, theirs)) in job.outputs.iter().zip(series) {
        let largest = ours
            .iter()
            .fold(0.0, |max: f64, value| max.max(value.abs()));
        // A NaN on one side only is far.
        let far =
            |(a, b): (&f64, &f64)| (a - b).abs() > CLOSE * largest || a.is_nan() != b.is_nan();
        if let Some(row) = ours.iter().zip(theirs).position(far) {
            bail!("{}: engine and C differ in `{output}`, row {row}", job.name);
        }
    }
    Ok(())
}
