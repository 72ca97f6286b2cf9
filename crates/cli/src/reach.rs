//! `tidemark reach`: how sure each target of a pack is, under a scenario.

use std::io::Write;

use serde_json::{Value, json};
use tidemark_pack::bind::Bound;
use tidemark_pack::record::Target;
use tidemark_reach::outcome::{Chance, Outcome, TargetFigures};
use tidemark_reach::study::{Scope, Study};

use crate::failure::Failure;
use crate::table::{Table, number};
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

/// Prints every target's projection and chance.
pub(crate) fn reach(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let ensemble = &arguments.ensemble;
    let Some((opened, scenario)) = ensemble.opened(err)? else {
        return Ok(Answer::No);
    };
    let bound = &opened.bound;
    let Some(draws) = ensemble.draws(&opened, err)? else {
        return Ok(Answer::No);
    };
    let scope = Scope {
        targets: bound.pack().target.iter().map(|t| t.id.clone()).collect(),
        ..Scope::default()
    };
    let mut study = Study::prepare(bound, &opened.loaded.program, draws, &scope)?;
    let outcome = study.scenario(bound, &scenario, ensemble.members, &mut |_, _| true)?;
    if arguments.json {
        writeln!(out, "{:#}", object(bound, &outcome, ensemble))?;
    } else {
        print(bound, &outcome, out)?;
    }
    Ok(Answer::Yes)
}

/// Targets that are judged: open, and with a figure in every member.
fn judged<'a>(bound: &'a Bound, outcome: &'a Outcome) -> Vec<&'a str> {
    let targets = outcome.targets.iter();
    targets
        .filter(|figures| {
            let target = bound.target(&figures.target);
            target.is_some_and(|target| chance(bound, target, figures).is_some())
        })
        .map(|figures| figures.target.as_str())
        .collect()
}

fn object(bound: &Bound, outcome: &Outcome, ensemble: &drawn::Arguments) -> Value {
    let each = outcome.targets.iter().filter_map(|figures| {
        let target = bound.target(&figures.target)?;
        let band = figures.band();
        Some(json!({
            "id": target.id,
            "indicator": target.indicator,
            "year": target.to,
            "value": target.value,
            "comparator": target.comparator,
            "projected": band.map(|b| b.p50),
            "p10": band.map(|b| b.p10),
            "p90": band.map(|b| b.p90),
            "gap": band.map(|b| 0.0 - figures.margin(b.p50)),
            "probability": chance(bound, target, figures).map(|chance| chance.share),
            "pending": target.pending,
        }))
    });
    let judged = judged(bound, outcome);
    json!({
        "members": ensemble.members,
        "seed": ensemble.seed,
        "targets": each.collect::<Vec<Value>>(),
        "joint": {
            "targets": judged,
            "probability": outcome.joint(&judged).map(|chance| chance.share),
        },
    })
}

/// None for a target whose base is not confirmed or whose figure is published: a chance would mean
/// nothing.
fn chance(bound: &Bound, target: &Target, figures: &TargetFigures) -> Option<Chance> {
    figures.chance().filter(|_| bound.is_open(target))
}

fn print(bound: &Bound, outcome: &Outcome, out: &mut dyn Write) -> Result<(), Failure> {
    let mut table = Table::new(&["target", "wanted", "p10", "median", "p90", "gap", "chance"]);
    for figures in &outcome.targets {
        let Some(target) = bound.target(&figures.target) else {
            continue;
        };
        let band = figures.band();
        let of = |value: Option<f64>| value.map_or("–".to_owned(), number);
        let said = match chance(bound, target, figures) {
            Some(chance) => percent(chance.percent()),
            None if !target.pending.is_empty() => "待核".to_owned(),
            None => "–".to_owned(),
        };
        table.row(vec![
            target.id.clone(),
            number(target.value),
            of(band.map(|b| b.p10)),
            of(band.map(|b| b.p50)),
            of(band.map(|b| b.p90)),
            of(band.map(|b| 0.0 - figures.margin(b.p50))),
            said,
        ]);
    }
    table.print(out)?;
    let judged = judged(bound, outcome);
    let joint = outcome
        .joint(&judged)
        .map_or("–".to_owned(), |chance| percent(chance.percent()));
    writeln!(
        out,
        "all {} that are judged, at once: {joint}",
        judged.len()
    )?;
    Ok(())
}

/// In steps of five, never certain.
pub(crate) fn percent(steps: u8) -> String {
    match steps {
        0 => "<5%".to_owned(),
        100 => ">95%".to_owned(),
        steps => format!("{steps}%"),
    }
}
