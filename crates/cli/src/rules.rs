//! `tidemark rules`: a scenario held against the rules of a pack, beside its baseline.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};
use tidemark_pack::assess::{RuleReport, RuleYear, Verdict};
use tidemark_pack::bind::Bound;
use tidemark_pack::nearest::nearest;
use tidemark_pack::record::{Comparator, Rule, RuleTest};
use tidemark_pack::relief::{Breaches, Relief};
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::{Clamped, Scenario};

use crate::failure::Failure;
use crate::run::{Setting, setting};
use crate::{Answer, folder};

/// Which scenario of which pack.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder with pack.toml and actuals.csv
    folder: PathBuf,
    /// Give a lever or an assumption another value, in its shown unit; may be repeated
    #[arg(long = "set", value_name = "LEVER=VALUE", value_parser = setting)]
    settings: Vec<Setting>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// What was found of one rule.
struct Found<'a> {
    rule: &'a Rule,
    report: &'a RuleReport,
    relief: Option<&'a Relief>,
}

/// Prints how every rule stands; the answer is no when a run breaks one, whoever is to blame.
pub(crate) fn rules(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let (opened, _) = folder::open_told(&arguments.folder, err)?;
    let Some(opened) = opened else {
        return Ok(Answer::No);
    };
    let bound = &opened.bound;
    let scenario = scenario(bound, &arguments.settings)?;
    let mut runner = Runner::prepare(bound, &opened.loaded.program)?;
    let baseline = runner.baseline(bound, &scenario);
    let run = runner.scenario(bound, &scenario, &baseline);
    let reports = bound.judge_rules(&baseline, &run);
    let breaches = Breaches {
        scenario: &scenario,
        baseline: &baseline,
        reports: &reports,
    };
    let reliefs = runner.reliefs(bound, &breaches);
    let found = reports.iter().filter_map(|report| {
        Some(Found {
            rule: bound.pack().rule.get(report.rule)?,
            report,
            relief: reliefs.iter().find(|r| r.rule == report.rule),
        })
    });
    let found: Vec<Found<'_>> = found.collect();
    if arguments.json {
        let list: Vec<Value> = found.iter().map(|f| object(bound, f)).collect();
        writeln!(out, "{:#}", Value::Array(list))?;
    } else {
        write_text(bound, &found, out)?;
    }
    let is_broken = found.iter().any(|f| f.report.verdict.is_breach());
    Ok(if is_broken { Answer::No } else { Answer::Yes })
}

/// The scenario of `--set`.
pub(crate) fn scenario(bound: &Bound, settings: &[Setting]) -> Result<Scenario, Failure> {
    let mut asked = Scenario::baseline();
    for Setting { name, value } in settings {
        if let Some(default) = bound.default_setting(name) {
            let mut lever = default;
            lever.value = *value;
            asked.levers.insert(name.clone(), lever);
        } else if bound.assumption(name).is_some() {
            asked.assumptions.insert(name.clone(), *value);
        } else {
            let pack = bound.pack();
            let levers = pack.lever.iter().map(|l| l.id.as_str());
            let known = levers.chain(pack.assumption.iter().map(|a| a.id.as_str()));
            return Err(Failure::UnknownLever {
                name: name.clone(),
                nearest: nearest(name, known).map(str::to_owned),
            });
        }
    }
    let (scenario, outside) = bound.clamp(&asked);
    match outside.into_iter().find_map(outside_range) {
        None => Ok(scenario),
        Some(failure) => Err(failure),
    }
}

fn outside_range(clamped: Clamped) -> Option<Failure> {
    let (name, asked, used) = match clamped {
        Clamped::Lever {
            id, asked, used, ..
        }
        | Clamped::Assumption { id, asked, used } => (id, asked, used),
        Clamped::UnknownLever { .. } | Clamped::UnknownAssumption { .. } => return None,
    };
    Some(Failure::OutsideRange { name, asked, used })
}

fn write_text(bound: &Bound, found: &[Found<'_>], out: &mut dyn Write) -> Result<(), Failure> {
    for Found {
        rule,
        report,
        relief,
    } in found
    {
        writeln!(
            out,
            "{} ({}): {}",
            rule.id,
            rule.label,
            words(report.verdict)
        )?;
        if let Some(check) = &rule.check {
            for year in &report.years {
                writeln!(out, "  {}", year_words(check, year))?;
            }
        }
        if let Some(relief) = relief {
            writeln!(out, "  {}", relief_words(relief))?;
        }
        if let Some(source) = bound.source(&rule.source) {
            writeln!(out, "  {} · {}", source.quote, source.document)?;
        }
    }
    let count = |is: fn(Verdict) -> bool| found.iter().filter(|f| is(f.report.verdict)).count();
    writeln!(
        out,
        "{} of {} rules broken, {} of them by the levers; {} for a person to check",
        count(Verdict::is_breach),
        found.len(),
        count(Verdict::is_own),
        count(|verdict| verdict == Verdict::Statement),
    )?;
    Ok(())
}

/// A verdict in words, stable: the JSON has the same.
fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Statement => "for a person to check",
        Verdict::Kept => "kept",
        Verdict::Unknown => "unknown",
        Verdict::Inherited => "broken by the baseline",
        Verdict::Widened => "broken further by the levers",
        Verdict::Broken => "broken by the levers",
    }
}

fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => ">=",
        Comparator::AtMost => "<=",
        Comparator::About => "~",
    }
}

fn year_words(check: &RuleTest, year: &RuleYear) -> String {
    let decimals = check.decimals + 1;
    let number = |value: Option<f64>| match value {
        Some(value) => rounded(value, decimals),
        None => "none".to_owned(),
    };
    format!(
        "{} {} {} {} {}: margin {}, baseline {}, levers add {}",
        year.year,
        number(year.scenario.value),
        sign(check.comparator),
        check.value,
        check.unit,
        number(year.scenario.margin),
        number(year.baseline.margin),
        number(Some(year.own)),
    )
}

/// The number with so many digits after the point; one that rounds to zero has no sign.
fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let size = text.trim_start_matches('-');
    match size.chars().all(|c| matches!(c, '0' | '.')) {
        true => size.to_owned(),
        false => text,
    }
}

fn relief_words(relief: &Relief) -> String {
    let lever = &relief.lever;
    match relief.value {
        Some(value) => format!("put back first: {lever}, to {value}"),
        None if relief.left > 0.0 => {
            format!(
                "put back first: {lever}; alone it leaves {:.3}",
                relief.left
            )
        }
        None => format!("put back first: the timing of {lever}"),
    }
}

fn object(bound: &Bound, found: &Found<'_>) -> Value {
    let Found {
        rule,
        report,
        relief,
    } = found;
    let check = rule.check.as_ref();
    let years: Vec<Value> = report.years.iter().map(year_object).collect();
    json!({
        "id": rule.id,
        "label": rule.label,
        "kind": rule.kind,
        "verdict": words(report.verdict),
        "broken": report.verdict.is_breach(),
        "by_levers": report.verdict.is_own(),
        "unit": check.map(|c| &c.unit),
        "comparator": check.map(|c| sign(c.comparator)),
        "bound": check.map(|c| c.value),
        "years": years,
        "put_back": relief.map(|r| json!({ "lever": r.lever, "to": r.value, "left": r.left })),
        "quote": bound.source(&rule.source).map(|s| &s.quote),
        "note": rule.note,
    })
}

fn year_object(year: &RuleYear) -> Value {
    json!({
        "year": year.year,
        "verdict": words(year.verdict),
        "value": year.scenario.value,
        "margin": year.scenario.margin,
        "baseline_value": year.baseline.value,
        "baseline_margin": year.baseline.margin,
        "levers_add": year.own,
    })
}
