//! `tidemark run`: one run of a model or of a pack's baseline, every variable as a column of CSV.

use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::batch::{Batch, Driven, Members};
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, Run, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::program::{Horizon, Method};
use tidemark_engine::{Loaded, UnitFaults};
use tidemark_pack::nearest::nearest;

use crate::failure::Failure;
use crate::{Answer, folder, report};

/// What to run and how.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Model in XMILE, or a pack's folder: its model with the settings of its place, at its baseline
    model: PathBuf,
    /// Give a constant another value; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<Setting>,
    /// Step length, in the model's time unit
    #[arg(long, value_name = "X", value_parser = positive)]
    dt: Option<f64>,
    /// Last instant
    #[arg(long, value_name = "T", value_parser = number)]
    stop: Option<f64>,
    /// Integration method; without it the model's own
    #[arg(long, value_enum)]
    method: Option<MethodName>,
    /// Which random numbers the model draws
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// What runs the program
    #[arg(long, value_enum, default_value = "vm")]
    executor: Executor,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum MethodName {
    Euler,
    Rk2,
    Rk4,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Executor {
    Vm,
    Batch,
}

/// One `--set`.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) name: String,
    pub(crate) value: f64,
}

/// Reads `name=value`.
pub(crate) fn setting(text: &str) -> Result<Setting, String> {
    // A name may hold `=` only in quotes, a value never: the last one parts them.
    let (name, value) = text
        .rsplit_once('=')
        .ok_or("it is written name=value, for example \"tax rate=0.15\"")?;
    Ok(Setting {
        name: name.trim().to_owned(),
        value: number(value.trim())?,
    })
}

fn number(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(format!("`{text}` is not finite"))
    }
}

/// Reads a number within a range, ends included.
pub(crate) fn between<T: FromStr + PartialOrd + Display>(
    text: &str,
    low: T,
    high: T,
) -> Result<T, String> {
    let value: T = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    if low <= value && value <= high {
        Ok(value)
    } else {
        Err(format!("between {low} and {high}"))
    }
}

fn positive(text: &str) -> Result<f64, String> {
    let value = number(text)?;
    if value > 0.0 {
        Ok(value)
    } else {
        Err(format!("`{text}` is not above zero"))
    }
}

/// Prints the run; the answer is no when the model has errors or a value is not finite.
pub(crate) fn run(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let mut faults = Diagnostics::new();
    let loaded = match arguments.model.is_dir() {
        true => baseline_of(&arguments.model, &mut faults)?,
        // A model whose units do not agree still runs; `check` is who judges them.
        false => folder::open_model(&arguments.model, UnitFaults::Warn, &mut faults)?,
    };
    report::write_text(&faults, err)?;
    let Some(loaded) = loaded else {
        return Ok(Answer::No);
    };
    let (inputs, values) = inputs(&loaded, &arguments.settings)?;
    let outputs: Vec<VarId> = loaded.model.ids().collect();
    let settings = RunSettings {
        method: match arguments.method {
            Some(MethodName::Euler) => Method::Euler,
            Some(MethodName::Rk2) => Method::Rk2,
            Some(MethodName::Rk4) => Method::Rk4,
            None => loaded.program.method(),
        },
        horizon: horizon(loaded.program.horizon(), arguments),
        rows: Rows::Saved,
        inputs,
        driven: Vec::new(),
        seed: arguments.seed,
        outputs,
    };
    let run = match arguments.executor {
        Executor::Vm => Vm::prepare(&loaded.program, &settings)?.run(&values, &[]),
        Executor::Batch => only_member(&mut Batch::prepare(&loaded.program, &settings)?, &values)?,
    };
    write_csv(&loaded, &settings.outputs, &run, out)?;
    if let Some((var, time)) = run.first_not_finite() {
        let name = &loaded.model.variable(var).name;
        out.flush()?;
        writeln!(
            err,
            "error: `{name}` is no finite number, first at time {time}"
        )?;
        return Ok(Answer::No);
    }
    Ok(Answer::Yes)
}

/// The model of a pack's folder with its settings and without deviations from a baseline, since
/// the reference paths in the model's file may be those of another place.
fn baseline_of(folder: &Path, faults: &mut Diagnostics) -> Result<Option<Loaded>, Failure> {
    let Some(opened) = folder::open_pack(folder, faults)? else {
        return Ok(None);
    };
    let mut loaded = opened.loaded;
    let switch = &opened.compiled.pack.references.switch;
    if let Some(switch) = loaded.model.find(switch) {
        loaded.program.set_constant(switch, 0.0);
    }
    Ok(Some(loaded))
}

/// The run of an ensemble of one.
fn only_member(batch: &mut Batch, values: &[f64]) -> Result<Run, Failure> {
    let inputs: Vec<&[f64]> = values.iter().map(std::slice::from_ref).collect();
    let members = Members {
        count: 1,
        inputs: &inputs,
        first_member: 0,
    };
    let ensemble = batch.run(&members, Driven::NONE)?;
    // An ensemble of one has a first member.
    Ok(ensemble.run(0).unwrap_or_default())
}

/// Constants to set and their values, an array's name for all its elements; of two settings of one
/// constant the last counts.
fn inputs(loaded: &Loaded, settings: &[Setting]) -> Result<(Vec<VarId>, Vec<f64>), Failure> {
    let model = &loaded.model;
    let mut found: std::collections::BTreeMap<VarId, f64> = std::collections::BTreeMap::new();
    for setting in settings {
        let elements = model.elements(&setting.name);
        if elements.is_empty() {
            let known = model.variables().iter().map(|v| v.name.as_str());
            return Err(Failure::UnknownVariable {
                name: setting.name.clone(),
                nearest: nearest(&setting.name, known).map(str::to_owned),
            });
        }
        found.extend(elements.into_iter().map(|var| (var, setting.value)));
    }
    Ok(found.into_iter().unzip())
}

/// The model's time grid with what the user gave instead. Rows stay as far apart as they were
/// where the new step divides that; otherwise every step is a row.
fn horizon(own: Horizon, arguments: &Arguments) -> Horizon {
    let dt = arguments.dt.unwrap_or(own.dt);
    let apart = own.dt * f64::from(own.save_every) / dt;
    let whole = apart.round();
    let divides =
        whole >= 1.0 && whole < f64::from(u32::MAX) && (apart - whole).abs() < 1e-9 * whole;
    Horizon {
        start: own.start,
        stop: arguments.stop.unwrap_or(own.stop),
        dt,
        save_every: if divides { whole as u32 } else { 1 },
    }
}

fn write_csv(
    loaded: &Loaded,
    outputs: &[VarId],
    run: &Run,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    let names = outputs
        .iter()
        .map(|&var| loaded.model.variable(var).name.as_str());
    writer
        .write_record(std::iter::once("time").chain(names))
        .map_err(io_error)?;
    let series: Vec<&[f64]> = outputs
        .iter()
        .map(|&var| run.series(var).unwrap_or_default())
        .collect();
    for (row, time) in run.times().iter().enumerate() {
        let values = series
            .iter()
            .map(|s| s.get(row).copied().unwrap_or(f64::NAN));
        writer
            .write_record(std::iter::once(*time).chain(values).map(shortest))
            .map_err(io_error)?;
    }
    writer.flush()?;
    Ok(())
}

/// The fewest digits that read back to the same number.
fn shortest(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-5..1e16).contains(&size) || !value.is_finite() {
        format!("{value}")
    } else {
        format!("{value:e}")
    }
}

/// A CSV writer fails only where its output does.
fn io_error(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Output(error),
        other => Failure::Output(std::io::Error::other(format!("{other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64, expected: &str) {
        let text = shortest(value);
        assert_eq!(text, expected);
        assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits());
    }

    #[test]
    fn numbers_are_short_and_read_back() {
        check(0.1, "0.1");
        check(0.1 + 0.2, "0.30000000000000004");
        check(2020.5, "2020.5");
        check(-3.0, "-3");
        check(-0.0, "-0");
        check(1e300, "1e300");
        check(5e-324, "5e-324");
        check(f64::INFINITY, "inf");
    }
}
