//! `tidemark hindcast`: fits to the years before a hold-out, scores on it, says what passes.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use tidemark_evidence::fit::{Settings, Stage, fit};
use tidemark_evidence::hindcast as evidence;
use tidemark_evidence::study::Study;
use tidemark_pack::record::credibility::{
    AcceptanceRow, Credibility, FitRecord, Judged, ParameterRole, SeriesRow, SeriesUse, VerdictWord,
};
use tidemark_pack::record::{ActualStatus, Bound as Printing};

use crate::Answer;
use crate::calibrate::{progress, write};
use crate::failure::Failure;
use crate::fitting::{self, MADE_BY};
use crate::table::{Table, number, percent};

/// What to test.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with pack.toml and actuals.csv
    folder: PathBuf,
    /// Seed: the same seed gives the same answer on every machine
    #[arg(long, default_value_t = Settings::FULL.seed)]
    seed: u64,
    /// Write credibility.json into the folder, which `tidemark pack` then compiles beside the pack
    #[arg(long)]
    write: bool,
    /// Print the record as JSON on the standard output
    #[arg(long)]
    json: bool,
}

/// Name of the file in the pack's folder.
pub(crate) const CREDIBILITY: &str = "credibility.json";

/// Tests the pack's model; the answer is no when a fit has not converged. A hindcast that does not
/// pass the acceptance table is an answer, not a fault.
pub(crate) fn hindcast(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let Some(opened) = fitting::open(&arguments.folder, err)? else {
        return Ok(Answer::No);
    };
    let begin = Instant::now();
    let study = Study::new(&opened.compiled, &opened.loaded, &opened.bound);
    let settings = Settings {
        seed: arguments.seed,
        ..Settings::FULL
    };
    let found = match study {
        Ok(study) => record(&study, settings, &mut |stage, done, all| {
            progress(err, stage, done, all);
        }),
        Err(none) => Err(none.to_string()),
    };
    let record = match found {
        Ok(record) => record,
        Err(error) => {
            writeln!(err, "error: {error}")?;
            return Ok(Answer::No);
        }
    };
    if arguments.write {
        let mut text = Vec::new();
        fitting::json(&record, &mut text)?;
        let path = arguments.folder.join(CREDIBILITY);
        write(&path, &String::from_utf8_lossy(&text))?;
        writeln!(err, "{}: written", path.display())?;
    }
    if arguments.json {
        fitting::json(&record, out)?;
    } else {
        print(&record, out)?;
        writeln!(out, "time: {:.1} s", begin.elapsed().as_secs_f64())?;
    }
    Ok(Answer::Yes)
}

/// Both fits and what they make of the record.
fn record(
    study: &Study<'_>,
    settings: Settings,
    progress: &mut dyn FnMut(Stage, usize, usize),
) -> Result<Credibility, String> {
    let held_back = fit(study, true, settings, progress).map_err(|e| e.to_string())?;
    let whole = fit(study, false, settings, progress).map_err(|e| e.to_string())?;
    evidence::hindcast(study, &held_back, &whole, MADE_BY).map_err(|e| e.to_string())
}

fn print(record: &Credibility, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "data version {}", record.data_version)?;
    fit_line("held back", &record.held_back, out)?;
    fit_line("on all", &record.whole, out)?;
    writeln!(out, "\nparameters: 80 % ranges")?;
    parameters(record, out)?;
    writeln!(
        out,
        "\nheld-out figures: model − record, by the fit that has not seen them"
    )?;
    series(&record.series, out)?;
    writeln!(out, "\nheld-out figures, one by one")?;
    points(&record.series, out)?;
    writeln!(
        out,
        "\nall scored figures together (restated ones but for ratios left out)"
    )?;
    acceptance(&record.acceptance, out)?;
    Ok(())
}

fn fit_line(name: &str, fit: &FitRecord, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "{name}: {} figures of {} to {}, {} draws of {} chains, seed {}, acceptance {}, worst R-hat {:.3}, least ESS {:.0}",
        fit.figures,
        fit.from,
        fit.to,
        fit.draws,
        fit.chains,
        fit.seed,
        percent(fit.acceptance),
        fit.r_hat,
        fit.ess,
    )?;
    Ok(())
}

fn parameters(record: &Credibility, out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = Table::new(&[
        "parameter",
        "prior",
        "held back",
        "median",
        "on all",
        "median",
        "narrowing",
    ]);
    let span = |r: [f64; 3]| format!("{}–{}", number(r[0]), number(r[2]));
    for row in &record.parameters {
        let told = match row.role {
            ParameterRole::Literature => "文献".to_owned(),
            _ if row.is_nil => "无收窄".to_owned(),
            _ => percent(row.narrowing),
        };
        table.row(vec![
            row.id.clone(),
            span(row.prior),
            span(row.held_back_posterior),
            number(row.held_back_posterior[1]),
            span(row.posterior),
            number(row.posterior[1]),
            told,
        ]);
    }
    table.print(out)?;
    Ok(())
}

fn series(rows: &[SeriesRow], out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = Table::new(&[
        "series",
        "",
        "n",
        "MAPE",
        "MAE",
        "UM",
        "US",
        "UC",
        "U2 growth",
        "U2 trend",
        "80 %",
    ]);
    for row in rows {
        let used = match row.used {
            SeriesUse::Fitted => "",
            SeriesUse::Guided => "部分外生，不评分",
            SeriesUse::Checked => "未拟合",
            SeriesUse::Imposed => "外生给定，不评分",
            SeriesUse::Restated => "换算",
            SeriesUse::Shown => "口径不同，不评分",
        };
        let mut cells = vec![row.indicator.clone(), used.to_owned()];
        if let Some(score) = &row.score {
            let judged = |value: &Option<Judged>, show: fn(f64) -> String| match value {
                None => String::new(),
                Some(j) => match j.verdict {
                    Some(VerdictWord::Few) | None => show(j.value),
                    Some(verdict) => format!("{} {}", show(j.value), word(verdict)),
                },
            };
            let part = |value: Option<f64>| value.map_or_else(String::new, |v| format!("{v:.2}"));
            cells.extend([
                row.scored.to_string(),
                judged(&score.mape, percent),
                number(score.mae),
                if row.scored < 4 {
                    word(VerdictWord::Few).to_owned()
                } else {
                    judged(&score.bias, |v| format!("{v:.2}"))
                },
                part(score.variance),
                part(score.covariance),
                judged(&score.u2_last_growth, |v| format!("{v:.2}")),
                judged(&score.u2_log_trend, |v| format!("{v:.2}")),
                score.coverage.map_or_else(String::new, percent),
            ]);
        } else if used.is_empty() || row.used == SeriesUse::Restated {
            cells.extend(["0".to_owned(), word(VerdictWord::Few).to_owned()]);
        }
        table.row(cells);
    }
    table.print(out)?;
    Ok(())
}

fn points(rows: &[SeriesRow], out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = Table::new(&[
        "series", "period", "record", "10%", "50%", "90%", "in range",
    ]);
    for row in rows {
        let judged = matches!(
            row.used,
            SeriesUse::Fitted | SeriesUse::Checked | SeriesUse::Restated
        );
        for point in row
            .points
            .iter()
            .filter(|p| !p.seen && judged && p.status != ActualStatus::Plan)
        {
            let Some([low, middle, high]) = point.foretold else {
                continue;
            };
            let sign = match point.bound {
                Printing::Exact => "",
                Printing::AtLeast => "≥ ",
                Printing::AtMost => "≤ ",
                Printing::About => "~ ",
            };
            let inside = match (point.is_scored, (low..=high).contains(&point.value)) {
                (false, _) => "不评分",
                (true, true) => "是",
                (true, false) => "否",
            };
            table.row(vec![
                row.indicator.clone(),
                point.period.clone(),
                format!("{sign}{}", number(point.value)),
                number(low),
                number(middle),
                number(high),
                inside.to_owned(),
            ]);
        }
    }
    table.print(out)?;
    Ok(())
}

fn acceptance(rows: &[AcceptanceRow], out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = Table::new(&["measure", "value", "n", "accept", "good", "verdict"]);
    let limits = |[low, high]: [f64; 2]| format!("{}–{}", number(low), number(high));
    for row in rows {
        table.row(vec![
            row.measure.clone(),
            row.value.map_or_else(String::new, number),
            row.points.to_string(),
            limits(row.accept),
            limits(row.good),
            word(row.verdict).to_owned(),
        ]);
    }
    table.print(out)?;
    Ok(())
}

fn word(verdict: VerdictWord) -> &'static str {
    match verdict {
        VerdictWord::Good => "良好",
        VerdictWord::Accepted => "通过",
        VerdictWord::Refused => "未通过",
        VerdictWord::Few => "数据不足",
    }
}
