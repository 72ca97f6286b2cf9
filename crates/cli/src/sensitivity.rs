//! `tidemark sensitivity`: what moves the headline targets, and which missing figure tells most.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;
use tidemark_analysis::sensitivity::Settings;
use tidemark_evidence::posterior::{BadFile, Part, Stored, read};
use tidemark_evidence::sensitivity::{Sensitivity, Worths, sensitivity as of_priors, worths};
use tidemark_evidence::study::Study;

use crate::calibrate::POSTERIOR;
use crate::failure::Failure;
use crate::table::{Table, number, percent};
use crate::{Answer, fitting, folder};

/// What to move.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with pack.toml, actuals.csv and posterior.csv
    folder: PathBuf,
    /// Pairs of sets for the Sobol indices; their error falls with the root
    #[arg(long, value_name = "N", default_value_t = 4096, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pairs: u32,
    /// Seed
    #[arg(long, default_value_t = 2015)]
    seed: u64,
    /// Parameters shown for each target
    #[arg(long, value_name = "N", default_value_t = 8)]
    top: usize,
    /// Print everything as JSON on the standard output
    #[arg(long)]
    json: bool,
}

/// Prints both; the answer is no when posterior.csv is missing or of other data.
pub(crate) fn sensitivity(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let Some(opened) = fitting::open(&arguments.folder, err)? else {
        return Ok(Answer::No);
    };
    let found = Study::new(&opened.compiled, &opened.loaded, &opened.bound)
        .map_err(|none| none.to_string())
        .and_then(|study| {
            let settings = Settings {
                pairs: arguments.pairs as usize,
                seed: arguments.seed,
            };
            let moved = of_priors(&study, settings).map_err(|none| none.to_string())?;
            Ok((study, moved))
        });
    let (study, moved) = match found {
        Ok(found) => found,
        Err(none) => {
            writeln!(err, "error: {none}")?;
            return Ok(Answer::No);
        }
    };
    let told = stored(arguments, &study)?.and_then(|stored| {
        worths(&study, &stored, arguments.seed).map_err(|none| none.to_string())
    });
    if let Err(none) = &told {
        writeln!(err, "error: {none}")?;
    }
    if arguments.json {
        fitting::json(&answer(&moved, told.as_ref().ok()), out)?;
    } else {
        print_moved(&moved, arguments.top, out)?;
        if let Ok(told) = &told {
            print_told(told, out)?;
        }
    }
    Ok(if told.is_ok() {
        Answer::Yes
    } else {
        Answer::No
    })
}

/// The draws of the folder, or why they are of no use.
fn stored(arguments: &Arguments, study: &Study<'_>) -> Result<Result<Stored, String>, Failure> {
    let path = arguments.folder.join(POSTERIOR);
    let text = folder::read(&path)?;
    let stored = read(&text, study.bound, &study.data_version, Part::Whole);
    Ok(match stored {
        Ok(stored) => Ok(stored),
        Err(BadFile::OtherData { .. }) => Err(format!(
            "{} belongs to other data: run `tidemark calibrate` again",
            path.display()
        )),
        Err(bad) => Err(format!("{}: {bad}", path.display())),
    })
}

fn print_moved(moved: &Sensitivity, top: usize, out: &mut dyn Write) -> Result<(), Failure> {
    for ((headline, tornado), indices) in
        moved.headlines.iter().zip(&moved.tornado).zip(&moved.sobol)
    {
        let (indicator, year) = (&headline.indicator, headline.year);
        writeln!(
            out,
            "{indicator} {year}: {} with every prior at its median",
            number(tornado.middle)
        )?;
        let mut table = Table::new(&[
            "",
            "at 10 %",
            "at 90 %",
            "swing",
            "first Sobol",
            "±",
            "total",
            "±",
        ]);
        let moves = tornado.swings.iter().filter(|swing| swing.width() > 0.0);
        for swing in moves.take(top) {
            let (Some(parameter), Some(index)) = (
                moved.uncertain.get(swing.parameter),
                indices.parameters.get(swing.parameter),
            ) else {
                continue;
            };
            table.row(vec![
                parameter.id.clone(),
                number(swing.at_low),
                number(swing.at_high),
                number(swing.width()),
                format!("{:.3}", index.first.value),
                format!("{:.3}", index.first.error),
                format!("{:.3}", index.total.value),
                format!("{:.3}", index.total.error),
            ]);
        }
        table.print(out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn print_told(told: &Worths, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "what one more published figure would take off the standard deviation of each target"
    )?;
    let mut header = vec!["figure", "error"];
    header.extend(told.headlines.iter().map(|h| h.indicator.as_str()));
    let mut table = Table::new(&header);
    let mut now = vec!["(sd now)".to_owned(), String::new()];
    now.extend(told.sd.iter().map(|sd| number(*sd)));
    table.row(now);
    for worth in &told.figures {
        let figure = &worth.figure;
        let mut cells = vec![
            format!("{} {}", figure.indicator, figure.year),
            percent(figure.relative),
        ];
        cells.extend(worth.narrowing.iter().map(|share| percent(*share)));
        table.row(cells);
    }
    table.print(out)?;
    Ok(())
}

#[derive(Serialize)]
struct AllAnswer<'a> {
    targets: Vec<TargetAnswer<'a>>,
    figures: Vec<FigureAnswer<'a>>,
}

#[derive(Serialize)]
struct TargetAnswer<'a> {
    target: &'a str,
    indicator: &'a str,
    year: i32,
    at_medians: f64,
    /// Mean and variance over the priors.
    mean: f64,
    variance: f64,
    /// Standard deviation over the posterior.
    posterior_sd: Option<f64>,
    parameters: Vec<IndexAnswer<'a>>,
}

#[derive(Serialize)]
struct IndexAnswer<'a> {
    id: &'a str,
    at_low: f64,
    at_high: f64,
    first: f64,
    first_error: f64,
    total: f64,
    total_error: f64,
}

#[derive(Serialize)]
struct FigureAnswer<'a> {
    indicator: &'a str,
    year: i32,
    relative_error: f64,
    /// Part of each target's standard deviation that it would take off.
    narrowing: &'a [f64],
}

fn answer<'a>(moved: &'a Sensitivity, told: Option<&'a Worths>) -> AllAnswer<'a> {
    let targets = moved.headlines.iter().enumerate();
    let targets = targets.map(|(k, headline)| {
        let (tornado, indices) = (&moved.tornado[k], &moved.sobol[k]);
        let parameters = tornado.swings.iter().map(|swing| {
            let index = indices.parameters[swing.parameter];
            IndexAnswer {
                id: &moved.uncertain[swing.parameter].id,
                at_low: swing.at_low,
                at_high: swing.at_high,
                first: index.first.value,
                first_error: index.first.error,
                total: index.total.value,
                total_error: index.total.error,
            }
        });
        TargetAnswer {
            target: &headline.target,
            indicator: &headline.indicator,
            year: headline.year,
            at_medians: tornado.middle,
            mean: indices.mean,
            variance: indices.variance,
            posterior_sd: told.and_then(|told| told.sd.get(k).copied()),
            parameters: parameters.collect(),
        }
    });
    let figures = told.map_or(&[][..], |told| &told.figures).iter();
    AllAnswer {
        targets: targets.collect(),
        figures: figures
            .map(|worth| FigureAnswer {
                indicator: &worth.figure.indicator,
                year: worth.figure.year,
                relative_error: worth.figure.relative,
                narrowing: &worth.narrowing,
            })
            .collect(),
    }
}
