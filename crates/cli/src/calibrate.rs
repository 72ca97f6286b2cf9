//! `tidemark calibrate`: fits a pack's parameters to its published figures, writes `posterior.csv`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use tidemark_evidence::fit::{Fit, Settings, Stage, fit};
use tidemark_evidence::posterior::{BadFile, Origin, Part, read, to_text};
use tidemark_evidence::study::Study;

use crate::failure::Failure;
use crate::fitting::{self, MADE_BY};
use crate::run::between;
use crate::table::{Table, number, percent};
use crate::{Answer, folder};

/// What to fit and how.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with pack.toml and actuals.csv; posterior.csv is written into it
    folder: PathBuf,
    /// Seed: the same seed gives the same file on every machine
    #[arg(long, default_value_t = Settings::FULL.seed)]
    seed: u64,
    /// Members to keep, at least 400
    #[arg(long, value_name = "N", default_value_t = Settings::FULL.draws, value_parser = draws)]
    draws: usize,
    /// Fit nothing: say whether posterior.csv belongs to the present data
    #[arg(long)]
    check: bool,
    /// Print the result as JSON on the standard output
    #[arg(long)]
    json: bool,
}

fn draws(text: &str) -> Result<usize, String> {
    // Fewer are worth fewer than the 400 independent ones that are asked for.
    between(text, 400, 100_000)
}

/// Name of the file in the pack's folder.
pub(crate) const POSTERIOR: &str = "posterior.csv";

/// Fits and writes; the answer is no when the fit has not converged, or the file is stale.
pub(crate) fn calibrate(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let Some(opened) = fitting::open(&arguments.folder, err)? else {
        return Ok(Answer::No);
    };
    let study = match Study::new(&opened.compiled, &opened.loaded, &opened.bound) {
        Ok(study) => study,
        Err(none) => {
            writeln!(err, "error: {none}")?;
            return Ok(Answer::No);
        }
    };
    let path = arguments.folder.join(POSTERIOR);
    if arguments.check {
        return check(&path, &study, out);
    }
    let begin = Instant::now();
    let settings = Settings {
        seed: arguments.seed,
        draws: arguments.draws,
        ..Settings::FULL
    };
    let found = fit(&study, false, settings, &mut |stage, done, all| {
        progress(err, stage, done, all);
    });
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            writeln!(err, "error: {error}; nothing written")?;
            return Ok(Answer::No);
        }
    };
    let origin = Origin {
        data_version: study.data_version.clone(),
        made_by: MADE_BY.to_owned(),
        seed: settings.seed,
    };
    write(&path, &to_text(&found, &origin))?;
    if arguments.json {
        fitting::write_json(&study, &found, out)?;
    } else {
        print(&study, &found, &path, out)?;
        writeln!(out, "time: {:.1} s", begin.elapsed().as_secs_f64())?;
    }
    Ok(Answer::Yes)
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|source| Failure::Unwritable {
        path: path.to_owned(),
        source,
    })
}

/// On the standard error, now and then; nobody is left to tell when this fails.
pub(crate) fn progress(err: &mut dyn Write, stage: Stage, done: usize, all: usize) {
    let (name, every) = match stage {
        Stage::Chains => ("chains", 5000),
        Stage::Settling => ("settling to literature values", 100),
    };
    if done.is_multiple_of(every) {
        let _ = writeln!(err, "{name}: {done} of {all} steps");
    }
}

fn check(path: &Path, study: &Study<'_>, out: &mut dyn Write) -> Result<Answer, Failure> {
    let text = folder::read(path)?;
    let (now, path) = (&study.data_version, path.display());
    let (answer, says) = match read(&text, study.bound, now, Part::Whole) {
        Ok(stored) => {
            let (rows, columns) = (stored.draws.count(), stored.parameters.len());
            (
                Answer::Yes,
                format!("{rows} draws of {columns} parameters, of the present data {now}"),
            )
        }
        Err(BadFile::OtherData { then, .. }) => (
            Answer::No,
            format!("stale: of data {then}, present are {now}; run `tidemark calibrate` again"),
        ),
        Err(bad) => (Answer::No, bad.to_string()),
    };
    writeln!(out, "{path}: {says}")?;
    Ok(answer)
}

fn print(study: &Study<'_>, fit: &Fit, path: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let from = study.observation.from;
    writeln!(
        out,
        "{} figures of {from} to {}; {} parameters fitted, {} from the literature; data version {}",
        fit.n_figures,
        fit.last_year,
        fit.n_fitted,
        fit.parameters.len() - fit.n_fitted,
        study.data_version,
    )?;
    let mut table = Table::new(&[
        "parameter",
        "prior 10%",
        "50%",
        "90%",
        "posterior 10%",
        "50%",
        "90%",
        "narrowing",
        "highest",
        "in model",
        "R-hat",
        "ESS bulk",
        "tail",
    ]);
    for (column, parameter) in fit.parameters.iter().enumerate() {
        let Some(narrowing) = fit.narrowing(column) else {
            continue;
        };
        let mut cells = vec![parameter.id.clone()];
        cells.extend(narrowing.prior.map(number));
        cells.extend(narrowing.posterior.map(number));
        let chains = fit.convergence.get(column);
        cells.push(match chains {
            None => "文献".to_owned(),
            Some(_) if narrowing.is_nil() => "无收窄".to_owned(),
            Some(_) => percent(narrowing.share),
        });
        cells.push(
            fit.highest
                .get(column)
                .map_or_else(String::new, |v| number(*v)),
        );
        let [low, _, high] = narrowing.posterior;
        cells.push(match study.in_model(parameter) {
            Some(value) if (low..=high).contains(&value) => number(value),
            Some(value) => format!("{} ≠", number(value)),
            None => String::new(),
        });
        if let Some(c) = chains {
            cells.extend([
                format!("{:.3}", c.r_hat),
                format!("{:.0}", c.bulk_ess),
                format!("{:.0}", c.tail_ess),
            ]);
        }
        table.row(cells);
    }
    table.print(out)?;
    writeln!(
        out,
        "≠: the model's value lies outside of the posterior's 80 % range"
    )?;
    writeln!(
        out,
        "acceptance {}, worst R-hat {:.3} (≤ 1.05), least ESS {:.0} (≥ 400)",
        percent(fit.acceptance),
        fit.r_hat(),
        fit.ess(),
    )?;
    let draws = fit.draws.count();
    writeln!(out, "{}: {draws} draws", path.display())?;
    Ok(())
}
