//! A job's equations as C at `-O3`: the program that the engine is held against.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use tidemark_bench::{Job, SHIFT, Varied, program, settings};
use tidemark_engine::exec::straight::straight_c;

use crate::steps::run;

/// A sample lasts at least so long, by as many runs as that takes.
const SAMPLE_US: f64 = 20e3;

/// Writes the model and a measuring `main` as two units, so that nothing is optimised away
/// between them, and compiles them.
///
/// # Errors
/// When there is no C compiler. A job that straight C cannot say (a fixed delay, chosen rows, a
/// method other than Euler) gives `None`.
pub fn compile(folder: &Path, job: &Job) -> Result<Option<PathBuf>> {
    fs::create_dir_all(folder)?;
    let loaded = program(&job.xmile)?;
    let settings = settings(job, &loaded)?;
    let Some(model) = straight_c(&loaded.program, &settings)? else {
        return Ok(None);
    };
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
    Ok(Some(place("")))
}

fn main_text(job: &Job, rows: usize) -> String {
    format!(
        r#"#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
void prepare(void);
void run(const double *in, const double *const *driven, double *out);
static double in[] = {{{inputs}0}};
{driven}static const int varied[] = {{{varied}0}};
static const double range[][2] = {{{ranges}{{0, 0}}}};
static double out[{values}];
/* Run k of n, as `Varied::value` has it. */
static void one(int k, int n) {{
  for (int nth = 0; nth < {n_varied}; nth++) {{
    double part = (k + 0.5) / n + nth * {SHIFT:e};
    in[varied[nth]] = range[nth][0] + (part - floor(part)) * (range[nth][1] - range[nth][0]);
  }}
  run(in, all_driven, out);
}}
static double many(int n) {{
  double sum = 0.0;
  for (int k = 0; k < n; k++) {{ one(k, n); sum += out[{rows} - 1]; }}
  return sum;
}}
static double now_us(void) {{
  struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec * 1e-3;
}}
int main(int count, char **words) {{
  if (count != 2) return 2;
  int samples = atoi(words[1]), n = 1;
  volatile double sink = 0.0;
  prepare();
  one(0, 1);
  printf("{{\"values\":[");
  for (int k = 0; k < {values}; k++) printf("%s%.17g", k ? "," : "", out[k]);
  for (;; n *= 2) {{
    double begin = now_us();
    sink += many(n);
    if (now_us() - begin >= {SAMPLE_US:e}) break;
  }}
  printf("],\"run_us\":[");
  for (int k = 0; k < samples; k++) {{
    double begin = now_us();
    sink += many(n);
    printf("%s%.6f", k ? "," : "", (now_us() - begin) / n);
  }}
  printf("]}}\n");
  return sink != sink;
}}
"#,
        inputs = list(job.inputs.iter().map(|(_, value)| *value)),
        driven = driven_text(job),
        varied = job
            .varied
            .iter()
            .map(|varied| format!("{},", varied.input))
            .collect::<String>(),
        ranges = job
            .varied
            .iter()
            .map(|Varied { range, .. }| format!("{{{}}},", list(range.iter().copied())))
            .collect::<String>(),
        n_varied = job.varied.len(),
        values = job.outputs.len() * rows,
    )
}

/// The driven series, and `all_driven`, which points at each.
fn driven_text(job: &Job) -> String {
    let mut text = String::new();
    let mut pointers = String::new();
    for (k, (_, series)) in job.driven.iter().enumerate() {
        let values = list(series.iter().copied());
        let _ = writeln!(text, "static const double d{k}[] = {{{values}}};");
        let _ = write!(pointers, "d{k},");
    }
    let _ = writeln!(
        text,
        "static const double *const all_driven[] = {{{pointers}0}};"
    );
    text
}

fn list(values: impl Iterator<Item = f64>) -> String {
    values.map(|value| format!("{value:e},")).collect()
}
