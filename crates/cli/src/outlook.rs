//! `tidemark outlook`: every open target of a pack: where it stands, what all levers could do for it,
//! what it would take.
//!
//! Each target has a best corner and a search of its own; the corners of two targets are two
//! scenarios, and rules bind in the search alone.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Value, json};
use tidemark_engine::exec::Run;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Comparator, Monitored, Target};
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_reach::ask::Ask;
use tidemark_reach::draws::Draws;
use tidemark_reach::inverse::{Aim, Solution, Solver};
use tidemark_reach::outcome::{Chance, Outcome, TargetFigures};
use tidemark_reach::shortfall::Shortfall;
use tidemark_reach::study::{Scope, Study};

use crate::failure::Failure;
use crate::seek::{binding, confidence, object as solution_object, said};
use crate::table::{Table, number};
use crate::{Answer, drawn};

/// Which pack, and how sure is sure enough.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    ensemble: drawn::Arguments,
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
    /// Every lever at the better end of its safe range.
    corner: TargetFigures,
    /// Levers that the corner moves.
    moved: Vec<String>,
    takes: Takes,
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
    let Some(draws) = ensemble.draws(&opened, err)? else {
        return Ok(Answer::No);
    };
    let place = Place {
        bound,
        program: &opened.loaded.program,
        draws: &draws,
        now: &now,
    };
    let (rows, joint) = place.rows(arguments.confidence, err)?;
    if arguments.json {
        let answer = json!({
            "members": ensemble.members,
            "seed": ensemble.seed,
            "confidence": arguments.confidence,
            "targets": rows.iter().map(|row| row_object(bound, row)).collect::<Vec<Value>>(),
            "joint": joint_object(&rows, &joint),
            "without_chance": without_chance(bound),
        });
        writeln!(out, "{answer:#}")?;
    } else {
        print(bound, &rows, &joint, arguments, out)?;
    }
    Ok(Answer::Yes)
}

impl<'a> Place<'a> {
    /// All open targets, in the pack's order.
    fn rows(&self, confidence: f64, err: &mut dyn Write) -> Result<(Vec<Row<'a>>, Joint), Failure> {
        let all = self.bound.pack().target.iter();
        let open: Vec<&Target> = all.filter(|target| self.bound.is_open(target)).collect();
        let scope = Scope {
            targets: open.iter().map(|target| target.id.clone()).collect(),
            ..Scope::default()
        };
        let mut study = Study::prepare(self.bound, self.program, self.draws.clone(), &scope)?;
        let now = self.outcome(&mut study, self.now)?;
        let ids: Vec<&str> = scope.targets.iter().map(String::as_str).collect();
        let mut joint = Joint {
            now: now.joint(&ids),
            best: None,
        };
        let mut rows = Vec::new();
        for (k, (target, corner)) in open.iter().zip(self.corners(&open)?).enumerate() {
            writeln!(err, "{}/{}: {}", k + 1, open.len(), target.id)?;
            let outcome = self.outcome(&mut study, &corner)?;
            if let Some(chance) = outcome.joint(&ids)
                && joint
                    .best
                    .as_ref()
                    .is_none_or(|(best, _)| chance.share > best.share)
            {
                joint.best = Some((chance, target.id.clone()));
            }
            let figures = |outcome: &Outcome| outcome.target(&target.id).cloned();
            let (Some(now), Some(best)) = (figures(&now), figures(&outcome)) else {
                continue;
            };
            rows.push(Row {
                target,
                now,
                corner: best,
                moved: corner.levers.into_keys().collect(),
                takes: self.takes(target, confidence)?,
            });
        }
        Ok((rows, joint))
    }

    fn outcome(&self, study: &mut Study, scenario: &Scenario) -> Result<Outcome, Failure> {
        let count = self.draws.count();
        Ok(study.scenario(self.bound, scenario, count, &mut |_, _| true)?)
    }

    /// For each target every lever at the end of its safe range that is better for it where no other
    /// lever moves, on the run with no draws; at rest where neither end is.
    fn corners(&self, targets: &[&Target]) -> Result<Vec<Scenario>, Failure> {
        let bound = self.bound;
        let mut runner = Runner::prepare(bound, self.program)?;
        let world = self.now.without_levers();
        let baseline = runner.baseline(bound, &world);
        let gap =
            |run: &Run, target: &Target| bound.assess_target(run, target).gap.unwrap_or(f64::NAN);
        let at_rest: Vec<f64> = targets
            .iter()
            .map(|target| gap(&baseline, target))
            .collect();
        let mut corners = vec![world.clone(); targets.len()];
        for lever in &bound.pack().lever {
            let Some(default) = bound.default_setting(&lever.id) else {
                continue;
            };
            let mut least = at_rest.clone();
            for value in [lever.safe.min, lever.safe.max] {
                let setting = LeverSetting { value, ..default };
                let mut moved = world.clone();
                moved.levers.insert(lever.id.clone(), setting);
                let run = runner.scenario(bound, &moved, &baseline);
                for ((target, corner), least) in targets.iter().zip(&mut corners).zip(&mut least) {
                    let gap = gap(&run, target);
                    // Less than this is rounding.
                    if gap < *least - 1e-9 * target.value.abs() {
                        *least = gap;
                        corner.levers.insert(lever.id.clone(), setting);
                    }
                }
            }
        }
        Ok(corners)
    }

    /// The answer that moves least, or what stands in the way.
    fn takes(&self, target: &Target, confidence: f64) -> Result<Takes, Failure> {
        let ask = Ask::new(vec![target.id.clone()], confidence);
        let mut go_on = |_, _| true;
        let draws = self.draws.clone();
        let mut solver = Solver::new(self.bound, self.program, draws, &ask, self.now, &mut go_on)?;
        let easiest = solver.solve(Aim::LeastMovement, &mut go_on)?;
        if easiest.is_reached {
            return Ok(Takes::Reached(Box::new(easiest)));
        }
        let surest = solver.solve(Aim::Most, &mut go_on)?;
        if surest.is_reached {
            return Ok(Takes::Reached(Box::new(surest)));
        }
        let mut short = Shortfall::begin(&mut solver, surest, &mut go_on)?;
        short.prove(&mut solver, &mut go_on)?;
        Ok(Takes::Short(Box::new(short)))
    }
}

/// Why a target that the model does not drive has no chance.
const WATCHED: &str = "the model does not drive it";

/// Every driven target that has no chance, and why.
fn not_open(bound: &Bound) -> impl Iterator<Item = (&Target, String)> {
    let targets = bound.pack().target.iter();
    let without = targets.filter(|target| !bound.is_open(target));
    without.map(|target| {
        let why = match target.comparator {
            _ if !target.pending.is_empty() => format!("待核: {}", target.pending),
            Comparator::About => "about a value: not judged".to_owned(),
            _ => "its own figure is published, or none to start from".to_owned(),
        };
        (target, why)
    })
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
        writeln!(out, "{} ({})\n  {why}", name(bound, target), target.id)?;
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

/// "研发强度 2027", the target's own name where it has one.
fn name(bound: &Bound, target: &Target) -> String {
    let label = bound.indicator(&target.indicator);
    let label = label.map_or(&target.indicator, |i| &i.label.zh);
    format!("{} {}", own_or(&target.label, label), target.to)
}

fn watched_label<'a>(bound: &'a Bound, target: &'a Monitored) -> &'a str {
    let observed = bound.observed(&target.indicator).map(|o| &o.label.zh);
    let label = observed.or_else(|| Some(&bound.indicator(&target.indicator)?.label.zh));
    own_or(&target.label, label.unwrap_or(&target.indicator))
}

fn own_or<'a>(own: &'a str, label: &'a str) -> &'a str {
    if own.is_empty() { label } else { own }
}

fn levers(bound: &Bound, scenario: &Scenario) -> String {
    let levers = scenario.levers.iter().map(|(id, setting)| {
        let default = bound.lever(id).map_or(f64::NAN, |lever| lever.default);
        format!("{id} {} → {}", number(default), number(setting.value))
    });
    let levers: Vec<String> = levers.collect();
    if levers.is_empty() {
        return "no lever".to_owned();
    }
    levers.join(", ")
}

fn figures_object(figures: &TargetFigures) -> Value {
    let band = figures.band();
    json!({
        "projected": band.map(|b| b.p50),
        "p10": band.map(|b| b.p10),
        "p90": band.map(|b| b.p90),
        "gap": band.map(|b| 0.0 - figures.margin(b.p50)),
        "probability": figures.chance().map(|chance| chance.share),
    })
}

fn row_object(bound: &Bound, row: &Row<'_>) -> Value {
    let target = row.target;
    let mut corner = figures_object(&row.corner);
    corner["levers"] = json!(row.moved);
    json!({
        "id": target.id,
        "name": name(bound, target),
        "year": target.to,
        "value": target.value,
        "comparator": target.comparator,
        "now": figures_object(&row.now),
        "best_corner": corner,
        "answer": match &row.takes {
            Takes::Reached(solution) => solution_object("least movement", solution),
            Takes::Short(short) => {
                let mut best = solution_object("surest", &short.best);
                best["out_of_reach_proved"] = json!(short.is_proved);
                best["met_in"] = json!(met_in(short));
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

/// The year in which the best settings would be enough, with no draws.
fn met_in(short: &Shortfall) -> Option<i32> {
    short.met_in.first().and_then(|(_, year)| *year)
}

fn print(
    bound: &Bound,
    rows: &[Row<'_>],
    joint: &Joint,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let confidence = format!("{:.0}%", 100.0 * arguments.confidence);
    let members = arguments.ensemble.members;
    writeln!(out, "{} open targets, {members} members", rows.len())?;
    writeln!(
        out,
        "now: the middle of the members, where the page's line is one run at the model's own constants"
    )?;
    writeln!(
        out,
        "best corner: of each target by itself, every lever at the end of its safe range that is \
         better for it with no other moved; rules left aside"
    )?;
    let answer = format!("for {confidence}");
    let header = [
        "target",
        "wanted",
        "now",
        "gap",
        "chance",
        "best corner",
        "chance",
        &answer,
    ];
    let mut table = Table::new(&header);
    for row in rows {
        table.row(cells(bound, row));
    }
    table.print(out)?;
    write!(out, "all {} at once: {}", rows.len(), said(joint.now))?;
    let is_more = |chance: &Chance| joint.now.is_none_or(|now| chance.share > now.share);
    if let Some((chance, of)) = joint.best.as_ref().filter(|(chance, _)| is_more(chance)) {
        write!(
            out,
            ", at best {} in the corner of {of}",
            said(Some(*chance))
        )?;
    }
    writeln!(
        out,
        "\n\nwhat it takes for {confidence}, within safe ranges and rules:"
    )?;
    for row in rows {
        writeln!(out, "{} ({})", name(bound, row.target), row.target.id)?;
        writeln!(out, "  {}", takes(bound, row))?;
    }
    print_without_chance(bound, out)
}

fn cells(bound: &Bound, row: &Row<'_>) -> Vec<String> {
    let median = |figures: &TargetFigures| figures.band().map_or(f64::NAN, |band| band.p50);
    let sign = match row.target.comparator {
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::About => "≈",
    };
    vec![
        name(bound, row.target),
        format!("{sign} {}", number(row.target.value)),
        number(median(&row.now)),
        number(0.0 - row.now.margin(median(&row.now))),
        said(row.now.chance()),
        number(median(&row.corner)),
        said(row.corner.chance()),
        match &row.takes {
            Takes::Reached(_) => "reached".to_owned(),
            Takes::Short(short) if short.is_proved => "out of reach".to_owned(),
            Takes::Short(_) => "未证明".to_owned(),
        },
    ]
}

/// Beside the chance the members, which are held against a confidence.
fn exactly(solution: &Solution) -> String {
    let members = solution.targets.first().map_or(0, |t| t.values.len());
    let met = solution.joint.map_or(f64::NAN, |chance| chance.share) * members as f64;
    format!("{} ({met:.0} of {members} members)", said(solution.joint))
}

fn takes(bound: &Bound, row: &Row<'_>) -> String {
    let of = |solution: &Solution| {
        format!(
            "movement {}, {} 亿元, chance {}: {}",
            number(solution.movement),
            number(solution.cost),
            exactly(solution),
            levers(bound, &solution.scenario)
        )
    };
    match &row.takes {
        Takes::Reached(solution) if solution.scenario.levers.is_empty() => {
            format!("reached with no lever moved, chance {}", exactly(solution))
        }
        Takes::Reached(solution) => format!("reached with {}", of(solution)),
        Takes::Short(short) => {
            let how = if short.is_proved {
                "out of reach, proved"
            } else {
                "not found, 未证明"
            };
            let best = short.best.targets.first();
            let best = best.and_then(TargetFigures::band);
            let year = met_in(short).map_or("no year of the run".to_owned(), |y| y.to_string());
            let bindings = short.bindings.iter().map(|b| binding(bound, b));
            format!(
                "{how}: at best about {}, met in {year}, with {}; in the way: {}",
                best.map_or("–".to_owned(), |band| number(band.p50)),
                of(&short.best),
                bindings.collect::<Vec<String>>().join(", ")
            )
        }
    }
}
