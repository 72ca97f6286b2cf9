//! `tidemark reach`: where each target of a pack stands under a scenario, and how sure that is.

use std::io::Write;

use serde_json::{Value, json};
use tidemark_pack::assess::{Assessment, Held, Status};
use tidemark_pack::bind::Bound;
use tidemark_pack::reading::Span;
use tidemark_pack::record::{Target, WiderGoal};
use tidemark_reach::opening;
use tidemark_reach::outcome::{Band, Chance};

use crate::failure::Failure;
use crate::projected::{Projected, Projection};
use crate::table::{Table, number};
use crate::target::{looked_at, sign, verdict, why_closed, years};
use crate::{Answer, drawn};

/// Which scenario of which pack.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ensemble: drawn::Arguments,
    /// Year that targets are looked at in, one of the pack's reading years; without it the first of them
    #[arg(long, value_name = "Y")]
    year: Option<i32>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// A target looked at.
struct Row<'a> {
    target: &'a Target,
    found: Assessment,
    band: Option<Band>,
    /// Why it has no verdict, or none by its chance.
    why: Option<String>,
}

/// All targets at once.
struct Joint<'a> {
    targets: Vec<&'a str>,
    chance: Option<Chance>,
}

/// What is told.
struct Told<'a> {
    year: i32,
    rows: Vec<Row<'a>>,
    /// Of those on tiles, as the page says it.
    tiles: Joint<'a>,
    /// Of all that are given a chance.
    all: Joint<'a>,
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
    let year = looked_at(bound, arguments.year)?;
    let Some(draws) = ensemble.draws(&opened, err)? else {
        return Ok(Answer::No);
    };
    let projected = Projection::prepare(&opened, draws, year)?.of(&scenario)?;
    let tiles = opening::joint(bound);
    let told = told(bound, year, &projected, &tiles);
    let wider = &bound.pack().wider_goal;
    if arguments.json {
        let mut object = object(&told, ensemble);
        if !wider.is_empty() {
            object["wider_goals"] = json!(wider);
        }
        writeln!(out, "{object:#}")?;
    } else {
        print(&told, out)?;
        print_wider(wider, out)?;
    }
    Ok(Answer::Yes)
}

fn told<'a>(bound: &'a Bound, year: i32, projected: &Projected, tiles: &'a [String]) -> Told<'a> {
    let answer = &projected.answer;
    let rows = bound.pack().target.iter().map(|target| {
        let members = answer.target(&target.id, year);
        let chance = members.and_then(|members| members.chance);
        let found = bound.assess_target_in(&projected.now, target, year, chance);
        Row {
            why: why(bound, target, &found),
            band: members.and_then(|members| members.band),
            target,
            found,
        }
    });
    let rows: Vec<Row<'_>> = rows.collect();
    let judged = rows.iter().filter(|row| row.found.chance.is_some());
    let judged: Vec<&str> = judged.map(|row| row.target.id.as_str()).collect();
    Told {
        year,
        tiles: Joint {
            targets: tiles.iter().map(String::as_str).collect(),
            chance: answer.joint(year),
        },
        all: Joint {
            chance: projected.outcome.joint_in(&judged, year),
            targets: judged,
        },
        rows,
    }
}

/// Why a target has no chance; nothing where it has one.
fn why(bound: &Bound, target: &Target, found: &Assessment) -> Option<String> {
    match found.status {
        Status::Unknown => Some("a member has no value for these years".to_owned()),
        _ if found.chance.is_some() => None,
        _ => why_closed(bound, target),
    }
}

fn held(held: Held) -> &'static str {
    match held {
        Held::Own => "own",
        Held::Other => "other",
        Held::Aside => "aside",
    }
}

fn object(told: &Told<'_>, ensemble: &drawn::Arguments) -> Value {
    let rows = told.rows.iter().map(|row| row_object(row, told.year));
    json!({
        "members": ensemble.members,
        "seed": ensemble.seed,
        "year": told.year,
        "targets": rows.collect::<Vec<Value>>(),
        "joint": joint_object(&told.tiles),
        "joint_of_all": joint_object(&told.all),
    })
}

fn row_object(row: &Row<'_>, year: i32) -> Value {
    let Row {
        target,
        found,
        band,
        why,
    } = row;
    let Span { from, to } = found.span;
    let others = (from, to) != (year, year);
    json!({
        "id": target.id,
        "indicator": target.indicator,
        "year": year,
        "years": others.then_some([from, to]),
        "held": held(found.held),
        "value": target.value,
        "comparator": target.comparator,
        "projected": found.projected,
        "p10": band.map(|b| b.p10),
        "p90": band.map(|b| b.p90),
        "gap": found.gap,
        "probability": found.chance.map(|chance| chance.share),
        "percent": found.chance.map(Chance::percent),
        "verdict": verdict(found.status),
        "why": why,
    })
}

fn joint_object(joint: &Joint<'_>) -> Value {
    json!({
        "targets": joint.targets,
        "probability": joint.chance.map(|chance| chance.share),
        "percent": joint.chance.map(Chance::percent),
    })
}

fn print(told: &Told<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "looked at in {}; medians over the members, a gap below 0 is beyond the target",
        told.year
    )?;
    let mut table = Table::new(&[
        "target", "in", "wanted", "p10", "median", "p90", "gap", "chance", "verdict",
    ]);
    for row in &told.rows {
        table.row(cells(row));
    }
    table.print(out)?;
    for (which, joint) in [("on tiles", &told.tiles), ("that are judged", &told.all)] {
        let chance = said(joint.chance);
        writeln!(
            out,
            "all {} {which}, at once: {chance}",
            joint.targets.len()
        )?;
    }
    let without = told
        .rows
        .iter()
        .filter_map(|row| Some((row, row.why.as_ref()?)));
    for (k, (row, why)) in without.enumerate() {
        if k == 0 {
            writeln!(out, "\nno chance is given of:")?;
        }
        writeln!(out, "{}: {why}", row.target.id)?;
    }
    Ok(())
}

/// Goals of the wider area stand apart: they are no task of this place.
fn print_wider(goals: &[WiderGoal], out: &mut dyn Write) -> Result<(), Failure> {
    for (k, goal) in goals.iter().enumerate() {
        if k == 0 {
            writeln!(out, "\ngoals of the wider area, not judged here:")?;
        }
        let (area, year, sign) = (&goal.area.en, goal.year, sign(goal.comparator));
        let (indicator, value) = (&goal.indicator, number(goal.value));
        writeln!(out, "{area} {indicator} {year} {sign} {value}")?;
    }
    Ok(())
}

fn cells(row: &Row<'_>) -> Vec<String> {
    let Row {
        target,
        found,
        band,
        ..
    } = row;
    let of = |value: Option<f64>| value.map_or("–".to_owned(), number);
    vec![
        target.id.clone(),
        years(found.span),
        format!("{} {}", sign(target.comparator), number(target.value)),
        of(band.map(|b| b.p10)),
        of(found.projected),
        of(band.map(|b| b.p90)),
        of(found.gap),
        said(found.chance),
        verdict(found.status).to_owned(),
    ]
}

/// A chance in steps of five, never certain; a dash where there is none.
pub(crate) fn said(chance: Option<Chance>) -> String {
    chance.map_or("–".to_owned(), |chance| match chance.percent() {
        0 => "<5%".to_owned(),
        100 => ">95%".to_owned(),
        steps => format!("{steps}%"),
    })
}
