//! `tidemark outlook`: every open target of a pack: where it stands, what all levers could do for it,
//! what it would take. All of it medians over the members.
//!
//! Each target has a best corner and a search of its own; the corners of two targets are two
//! scenarios, and rules bind in the search alone.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Value, json};
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Monitored, Target};
use tidemark_pack::scenario::Scenario;
use tidemark_reach::ask::Ask;
use tidemark_reach::draws::Draws;
use tidemark_reach::effects::Survey;
use tidemark_reach::inverse::{Solution, Solver};
use tidemark_reach::outcome::{Chance, Outcome, TargetFigures};
use tidemark_reach::scope::Scope;
use tidemark_reach::shortfall::{Shortfall, plan};
use tidemark_reach::study::Study;

use crate::failure::Failure;
use crate::reach::said;
use crate::seek::confidence;
use crate::short::binding;
use crate::solution::{
    aim, called, confidence as share, effort, gap, met, object as solution_object, standing,
};
use crate::table::{Table, number};
use crate::target::{looked_at, name, own_or, sign, why_closed, years};
use crate::{Answer, drawn};

/// Which pack, and how sure is sure enough.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ensemble: drawn::Arguments,
    /// Year that targets are looked at in, one of the pack's reading years; without it the first of them
    #[arg(long, value_name = "Y")]
    year: Option<i32>,
    /// Share of the members that must reach a target
    #[arg(long, default_value_t = 0.8, value_parser = confidence)]
    confidence: f64,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// An open target.
struct Row<'a> {
    target: &'a Target,
    /// The scenario at hand.
    now: TargetFigures,
    /// Every lever at the better end of its safe range; none for years that are no reading years.
    corner: Option<Corner>,
    takes: Takes,
}

struct Corner {
    figures: TargetFigures,
    /// Levers that it moves.
    moved: Vec<String>,
}

/// What it would take.
enum Takes {
    Reached(Box<Solution>),
    Short(Box<Shortfall>),
}

/// Chance of all open targets at once.
struct Joint {
    now: Option<Chance>,
    /// The best of the corners, and whose it is.
    best: Option<(Chance, String)>,
}

/// A pack with its members and the scenario at hand.
struct Place<'a> {
    bound: &'a Bound,
    program: &'a Program,
    draws: &'a Draws,
    now: &'a Scenario,
    /// Year that targets are looked at in.
    year: i32,
    confidence: f64,
}

/// Prints a row for each open target, and why the others have none.
pub(crate) fn outlook(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Answer, Failure> {
    let ensemble = &arguments.ensemble;
    let Some((opened, now)) = ensemble.opened(err)? else {
        return Ok(Answer::No);
    };
    let bound = &opened.bound;
    let year = looked_at(bound, arguments.year)?;
    let Some(draws) = ensemble.draws(&opened, err)? else {
        return Ok(Answer::No);
    };
    let place = Place {
        bound,
        program: &opened.loaded.program,
        draws: &draws,
        now: &now,
        year,
        confidence: arguments.confidence,
    };
    let (rows, joint) = place.rows(err)?;
    if arguments.json {
        let answer = json!({
            "members": ensemble.members,
            "seed": ensemble.seed,
            "year": year,
            "confidence": arguments.confidence,
            "targets": rows.iter().map(|row| row_object(bound, row)).collect::<Vec<Value>>(),
            "joint": joint_object(&rows, &joint),
            "without_chance": without_chance(bound),
        });
        writeln!(out, "{answer:#}")?;
    } else {
        print(&place, &rows, &joint, out)?;
    }
    Ok(Answer::Yes)
}

impl<'a> Place<'a> {
    /// All open targets, in the pack's order.
    fn rows(&self, err: &mut dyn Write) -> Result<(Vec<Row<'a>>, Joint), Failure> {
        let all = self.bound.pack().target.iter();
        let open: Vec<&Target> = all.filter(|target| self.bound.is_open(target)).collect();
        let scope = Scope {
            targets: open.iter().map(|target| target.id.clone()).collect(),
            year: Some(self.year),
            ..Scope::default()
        };
        let mut study = Study::prepare(self.bound, self.program, self.draws.clone(), &scope)?;
        let now = self.outcome(&mut study, self.now)?;
        let ids: Vec<&str> = scope.targets.iter().map(String::as_str).collect();
        let mut joint = Joint {
            now: now.joint(&ids),
            best: None,
        };
        let survey = self.survey()?;
        let mut rows = Vec::new();
        for (k, target) in open.iter().enumerate() {
            writeln!(err, "{}/{}: {}", k + 1, open.len(), target.id)?;
            let Some(figures) = now.target(&target.id) else {
                continue;
            };
            let year = self.bound.held(target, self.year).1.to;
            let corner = match survey.corner(&target.id, year) {
                None => None,
                Some(scenario) => {
                    let outcome = self.outcome(&mut study, &scenario)?;
                    joint.note(outcome.joint(&ids), &target.id);
                    let figures = outcome.target(&target.id).cloned();
                    let moved = scenario.levers.into_keys().collect();
                    figures.map(|figures| Corner { figures, moved })
                }
            };
            rows.push(Row {
                target,
                now: figures.clone(),
                corner,
                takes: self.takes(target)?,
            });
        }
        Ok((rows, joint))
    }

    fn outcome(&self, study: &mut Study, scenario: &Scenario) -> Result<Outcome, Failure> {
        let count = self.draws.count();
        Ok(study.scenario(self.bound, scenario, count, &mut |_, _| true)?)
    }

    /// What levers do alone and together, as the page says it.
    fn survey(&self) -> Result<Survey, Failure> {
        let draws = self.draws.clone();
        let mut survey = Survey::begin(self.bound, self.program, draws, self.now)?;
        while survey.advance(self.bound)?.is_none() {}
        Ok(survey)
    }

    /// The answer that moves least, or what stands in the way.
    fn takes(&self, target: &Target) -> Result<Takes, Failure> {
        let ask = Ask {
            year: Some(self.year),
            ..Ask::new(vec![target.id.clone()], self.confidence)
        };
        let mut go_on = |_, _| true;
        let draws = self.draws.clone();
        let mut solver = Solver::new(self.bound, self.program, draws, &ask, self.now, &mut go_on)?;
        let found = plan(&mut solver, &mut go_on)?;
        if found.is_reached {
            return Ok(Takes::Reached(Box::new(found)));
        }
        let mut short = Shortfall::begin(&mut solver, found, &mut go_on)?;
        short.is_proved = Some(solver.is_out_of_reach(&mut go_on)?);
        Ok(Takes::Short(Box::new(short)))
    }
}

impl Joint {
    /// Keeps the best corner; of equals the first.
    fn note(&mut self, chance: Option<Chance>, of: &str) {
        let best = self.best.as_ref().map_or(-1.0, |(best, _)| best.share);
        if let Some(chance) = chance.filter(|chance| chance.share > best) {
            self.best = Some((chance, of.to_owned()));
        }
    }
}

/// Why a target that the model does not drive has no chance.
const WATCHED: &str = "the model does not drive it";

/// Every driven target that has no chance, and why.
fn not_open(bound: &Bound) -> impl Iterator<Item = (&Target, String)> {
    let targets = bound.pack().target.iter();
    targets.filter_map(|target| Some((target, why_closed(bound, target)?)))
}

/// Every target that has no chance, as JSON.
fn without_chance(bound: &Bound) -> Vec<Value> {
    let driven = not_open(bound).map(|(target, why)| (&target.id, name(bound, target), why));
    let watched = bound.pack().monitored.iter().map(|target| {
        let name = format!("{} {}", watched_label(bound, target), target.to);
        (&target.id, name, WATCHED.to_owned())
    });
    let all = driven.chain(watched);
    all.map(|(id, name, why)| json!({ "id": id, "name": name, "why": why }))
        .collect()
}

/// The same for people: of those that are only watched the names, year by year.
fn print_without_chance(bound: &Bound, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "\nno chance is given of:")?;
    for (target, why) in not_open(bound) {
        writeln!(out, "{}\n  {why}", called(bound, target))?;
    }
    let monitored = &bound.pack().monitored;
    let years: BTreeSet<i32> = monitored.iter().map(|target| target.to).collect();
    for year in years {
        let of_year = monitored.iter().filter(|target| target.to == year);
        let names: Vec<&str> = of_year.map(|target| watched_label(bound, target)).collect();
        let (count, names) = (names.len(), names.join("、"));
        writeln!(out, "{count} of {year}: {WATCHED}\n  {names}")?;
    }
    Ok(())
}

fn watched_label<'a>(bound: &'a Bound, target: &'a Monitored) -> &'a str {
    let observed = bound.observed(&target.indicator).map(|o| &o.label.zh);
    let label = observed.or_else(|| Some(&bound.indicator(&target.indicator)?.label.zh));
    own_or(&target.label, label.unwrap_or(&target.indicator))
}

fn figures_object(figures: &TargetFigures) -> Value {
    let band = figures.band();
    json!({
        "projected": band.map(|b| b.p50),
        "p10": band.map(|b| b.p10),
        "p90": band.map(|b| b.p90),
        "gap": band.map(|b| gap(figures, b.p50)),
        "probability": figures.chance().map(|chance| chance.share),
        "percent": figures.chance().map(Chance::percent),
    })
}

fn row_object(bound: &Bound, row: &Row<'_>) -> Value {
    let target = row.target;
    let span = row.now.key.span;
    let corner = row.corner.as_ref().map(|corner| {
        let mut object = figures_object(&corner.figures);
        object["levers"] = json!(corner.moved);
        object
    });
    json!({
        "id": target.id,
        "name": name(bound, target),
        "year": target.to,
        "years": [span.from, span.to],
        "value": target.value,
        "comparator": target.comparator,
        "now": figures_object(&row.now),
        "best_corner": corner,
        "answer": match &row.takes {
            Takes::Reached(solution) => solution_object(aim(solution.aim), solution),
            Takes::Short(short) => {
                let mut best = solution_object(aim(short.best.aim), &short.best);
                best["out_of_reach_proved"] = json!(short.is_proved);
                let bindings = short.bindings.iter().map(|b| binding(bound, b));
                best["in_the_way"] = json!(bindings.collect::<Vec<String>>());
                best
            }
        },
    })
}

fn joint_object(rows: &[Row<'_>], joint: &Joint) -> Value {
    json!({
        "targets": rows.iter().map(|row| &row.target.id).collect::<Vec<&String>>(),
        "probability": joint.now.map(|chance| chance.share),
        "best_corner": joint.best.as_ref().map(|(chance, of)| {
            json!({ "probability": chance.share, "corner_of": of })
        }),
    })
}

fn print(
    place: &Place<'_>,
    rows: &[Row<'_>],
    joint: &Joint,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let wanted = share(place.confidence);
    writeln!(
        out,
        "{} open targets looked at in {}, {} members; now, best corner and gap: medians over them",
        rows.len(),
        place.year,
        place.draws.count()
    )?;
    writeln!(
        out,
        "best corner: of each target by itself, every lever at the end of its safe range that is \
         better for it with no other moved; rules left aside"
    )?;
    let answer = format!("for {wanted}");
    let mut table = Table::new(&[
        "target",
        "in",
        "wanted",
        "now",
        "gap",
        "chance",
        "best corner",
        "chance",
        &answer,
    ]);
    for row in rows {
        table.row(cells(place.bound, row));
    }
    table.print(out)?;
    print_joint(rows.len(), joint, out)?;
    writeln!(
        out,
        "\nwhat it takes for {wanted}, within safe ranges and rules:"
    )?;
    for row in rows {
        writeln!(out, "{}", called(place.bound, row.target))?;
        writeln!(out, "  {}", takes(place, row))?;
    }
    print_without_chance(place.bound, out)
}

fn print_joint(count: usize, joint: &Joint, out: &mut dyn Write) -> Result<(), Failure> {
    write!(out, "all {count} at once: {}", said(joint.now))?;
    let is_more = |chance: &Chance| joint.now.is_none_or(|now| chance.share > now.share);
    if let Some((chance, of)) = joint.best.as_ref().filter(|(chance, _)| is_more(chance)) {
        let best = said(Some(*chance));
        write!(out, ", at best {best} in the corner of {of}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn cells(bound: &Bound, row: &Row<'_>) -> Vec<String> {
    let median = |figures: &TargetFigures| figures.band().map_or(f64::NAN, |band| band.p50);
    let now = median(&row.now);
    let corner = row.corner.as_ref().map(|corner| &corner.figures);
    vec![
        name(bound, row.target),
        years(row.now.key.span),
        format!(
            "{} {}",
            sign(row.target.comparator),
            number(row.target.value)
        ),
        number(now),
        number(gap(&row.now, now)),
        said(row.now.chance()),
        number(corner.map_or(f64::NAN, median)),
        said(corner.and_then(TargetFigures::chance)),
        match &row.takes {
            Takes::Reached(_) => "reached",
            Takes::Short(short) if short.is_proved == Some(true) => "out of reach",
            Takes::Short(_) => "未证明",
        }
        .to_owned(),
    ]
}

fn takes(place: &Place<'_>, row: &Row<'_>) -> String {
    let bound = place.bound;
    let said = |found: &Solution| {
        let standing = found
            .targets
            .first()
            .map(|figures| standing(bound, figures));
        let when = found.when.first().copied().unwrap_or_default();
        let met = met(bound, row.target, when, place.confidence);
        let effort = effort(bound, found);
        format!("{}; {met}; {effort}", standing.unwrap_or_default())
    };
    match &row.takes {
        Takes::Reached(found) => format!("reached: {}", said(found)),
        Takes::Short(short) => {
            let how = match short.is_proved {
                Some(true) => "out of reach, proved",
                _ => "not found, 未证明",
            };
            let bindings = short.bindings.iter().map(|b| binding(bound, b));
            let bindings: Vec<String> = bindings.collect();
            let in_the_way = match bindings.is_empty() {
                true => String::new(),
                false => format!("; in the way: {}", bindings.join(", ")),
            };
            format!("{how}; at best {}{in_the_way}", said(&short.best))
        }
    }
}
