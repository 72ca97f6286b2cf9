//! `tidemark rules`: a scenario held against the rules of a pack, beside its baseline; of both the medians
//! over the members.

use std::io::Write;

use serde_json::{Value, json};
use tidemark_pack::assess::{RuleReport, RuleYear, Verdict};
use tidemark_pack::bind::Bound;
use tidemark_pack::nearest::nearest;
use tidemark_pack::record::{Comparator, Rule, RuleTest};
use tidemark_pack::relief::Relief;
use tidemark_pack::scenario::{Clamped, Scenario};

use crate::advice::advice;
use crate::failure::Failure;
use crate::projected::Projection;
use crate::run::Setting;
use crate::target::looked_at;
use crate::{Answer, drawn};

/// Which scenario of which pack.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ensemble: drawn::Arguments,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// What was found of one rule.
struct Found<'a> {
    rule: &'a Rule,
    report: RuleReport,
    relief: Option<Relief>,
}

/// Prints how every rule stands; the answer is no when the medians break one, whoever is to blame.
pub(crate) fn rules(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let ensemble = &arguments.ensemble;
    let Some((opened, scenario)) = ensemble.opened(err)? else {
        return Ok(Answer::No);
    };
    let Some(draws) = ensemble.draws(&opened, err)? else {
        return Ok(Answer::No);
    };
    let bound = &opened.bound;
    let year = looked_at(bound, None)?;
    let mut projection = Projection::prepare(&opened, draws, year)?;
    let projected = projection.of(&scenario)?;
    let reports = bound.judge_rules(&projected.base, &projected.now);
    let reliefs = advice(bound, &mut projection, (&scenario, &projected), &reports)?;
    let found = reports.into_iter().filter_map(|report| {
        Some(Found {
            rule: bound.pack().rule.get(report.rule)?,
            relief: reliefs.iter().find(|r| r.rule == report.rule).cloned(),
            report,
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
            writeln!(out, "  {}", relief_words(bound, rule, relief))?;
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
        Verdict::Immaterial => "kept but for less than counts",
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

/// What to do first, and what it leads to.
fn relief_words(bound: &Bound, rule: &Rule, relief: &Relief) -> String {
    let lever = &relief.lever;
    let digits = bound.lever(lever).map_or(0, |lever| lever.decimals);
    let what = match relief.value {
        Some(value) => format!("{lever} to {value:.digits$}"),
        None if relief.left > 0.0 => format!("{lever} to its default"),
        None => format!("the timing of {lever}"),
    };
    let check = rule.check.as_ref();
    let (unit, decimals) = check.map_or(("", 3), |c| (&c.unit, c.decimals + 1));
    let of = |size: fn(&RuleYear) -> f64| match relief.after.telling_year() {
        Some(year) => format!("{} {unit} in {}", rounded(size(year), decimals), year.year),
        None => String::new(),
    };
    let then = match relief.after.verdict {
        Verdict::Kept | Verdict::Statement => "then the rule is kept".to_owned(),
        Verdict::Immaterial => "then the rule is kept but for less than counts".to_owned(),
        Verdict::Inherited => format!(
            "then the breach is no longer widened; {} remain, the baseline's own",
            of(lacking)
        ),
        Verdict::Widened | Verdict::Broken => {
            format!(
                "alone it is not enough, the levers still add {}",
                of(|year| year.own)
            )
        }
        Verdict::Unknown => "then the rule cannot be judged".to_owned(),
    };
    format!("put back first: {what}; {then}")
}

/// How far the scenario lies beyond the rule's bound.
fn lacking(year: &RuleYear) -> f64 {
    year.scenario.margin.map_or(0.0, |margin| 0.0 - margin)
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
        "put_back": relief.as_ref().map(put_back),
        "quote": bound.source(&rule.source).map(|s| &s.quote),
        "note": rule.note,
    })
}

fn put_back(relief: &Relief) -> Value {
    let year = relief.after.telling_year();
    json!({
        "lever": relief.lever,
        "to": relief.value,
        "left": relief.left,
        "then": words(relief.after.verdict),
        "then_year": year.map(|year| year.year),
        "then_margin": year.and_then(|year| year.scenario.margin),
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
