//! What is measured: every shipped pack's model, and models of other sizes and shapes.
//!
//! A job says what a run sets and keeps and what differs from run to run, since an engine may
//! compute once what nothing moves: a figure without that would flatter.

use std::fs;

use anyhow::{Context, Result};
use tidemark_bench::{Job, Varied, program};
use tidemark_engine::model::{Kind, VarId};

use super::generated;
use crate::packs::Opened;
use crate::reference;
use crate::workspace::Workspace;

/// Sizes of the ensembles.
pub const MEMBERS: [u32; 4] = [1, 100, 1_000, 10_000];

/// The model that other engines were measured with: 6 districts, 212 variables.
pub const DISTRICTS: &str = "districts212";
/// The same, with every constant varied.
pub const DISTRICTS_ALL: &str = "districts212-all";
/// The generated one.
pub const LARGE: &str = "arrays5000";
/// Ending of a pack's job that runs to 2030.
pub const TO_2030: &str = "-2030";
/// Three stocks, many steps.
pub const SIR: &str = "sir";

/// All jobs, packs first.
///
/// # Errors
/// When a pack or model has faults.
pub fn all(workspace: &Workspace) -> Result<Vec<Job>> {
    let mut jobs = Vec::new();
    for pack in reference::opened(workspace)? {
        jobs.push(of_page(&pack)?);
        jobs.push(of_pack(&pack)?);
        jobs.push(to_2030(&pack)?);
    }
    let text = |file: &str| {
        let path = workspace.root().join("bench").join(file);
        fs::read_to_string(&path).with_context(|| format!("cannot read bench/{file}"))
    };
    jobs.push(sir(text("sir.xmile")?));
    let districts = text("districts212.xmile")?;
    jobs.push(one_lever(&districts));
    jobs.push(all_constants(&districts)?);
    jobs.push(large());
    Ok(jobs)
}

/// Whether peers are measured with the job: they read its model, and can set what it sets.
pub fn for_simlin(job: &Job) -> bool {
    job.driven.is_empty()
}

/// As [`for_simlin`]; PySD cannot sum an array, and needs no second run of the same file.
pub fn for_pysd(job: &Job) -> bool {
    [SIR, DISTRICTS].contains(&job.name.as_str())
}

/// A scenario run as the page makes it: all indicators kept, references driven by the baseline,
/// the first lever moved over its range.
fn of_page(pack: &Opened) -> Result<Job> {
    let settings = pack.bound.run_settings();
    let inputs = inputs(pack, &settings.inputs)?;
    let lever = pack
        .compiled
        .pack
        .lever
        .first()
        .context("the pack has a lever")?;
    let input = inputs.iter().position(|(name, _)| *name == lever.variable);
    let model = &pack.loaded.model;
    Ok(Job {
        name: pack.compiled.pack.meta.id.clone(),
        varies: "one lever".to_owned(),
        xmile: pack.compiled.model.text.clone(),
        rows: Vec::new(),
        checkpoint: 0,
        varied: vec![Varied {
            input: input.context("the lever's variable is an input")?,
            range: [0.0, (lever.hard.max - lever.default) * lever.scale],
        }],
        inputs,
        driven: driven(pack)?,
        outputs: settings
            .outputs
            .iter()
            .map(|&var| model.variable(var).name.clone())
            .collect(),
        members: Vec::new(),
    })
}

/// An ensemble as probabilities need it: every lever and assumption varied, the variables of the
/// targets kept.
fn of_pack(pack: &Opened) -> Result<Job> {
    let job = of_page(pack)?;
    let record = &pack.compiled.pack;
    let ranges = record
        .lever
        .iter()
        .map(|lever| {
            let change = |shown: f64| (shown - lever.default) * lever.scale;
            (
                &lever.variable,
                [change(lever.hard.min), change(lever.hard.max)],
            )
        })
        .chain(record.assumption.iter().map(|assumption| {
            let value = |shown: f64| (shown - assumption.origin) * assumption.scale;
            let range = [value(assumption.range.min), value(assumption.range.max)];
            (&assumption.variable, range)
        }));
    let varied = ranges
        .filter_map(|(variable, range)| {
            let input = job.inputs.iter().position(|(name, _)| name == variable)?;
            Some(Varied { input, range })
        })
        .collect();
    let mut outputs: Vec<String> = record
        .target
        .iter()
        .filter_map(|target| record.indicator.iter().find(|i| i.id == target.indicator))
        .flat_map(|indicator| [&indicator.variable, &indicator.denominator])
        .filter(|name| !name.is_empty())
        .cloned()
        .collect();
    outputs.sort();
    outputs.dedup();
    Ok(Job {
        name: format!("{}-all", job.name),
        varies: "all levers and assumptions".to_owned(),
        varied,
        outputs,
        members: MEMBERS.to_vec(),
        ..job
    })
}

/// The same from the start of the levers to the end of 2030, of which only year ends are kept;
/// what lies before is run once for each member and kept as a checkpoint.
fn to_2030(pack: &Opened) -> Result<Job> {
    let job = of_pack(pack)?;
    let horizon = pack.loaded.program.horizon();
    let begin = pack.compiled.pack.meta.policy_start;
    let step_at = |time: f64| {
        let step = horizon.step_at(time);
        step.with_context(|| format!("no step at {time}"))
    };
    let year_ends = (2027..=2030).map(|year| step_at(f64::from(year + 1)));
    Ok(Job {
        name: format!("{}{TO_2030}", pack.compiled.pack.meta.id),
        varies: format!("all levers and assumptions, from checkpoints at {begin:.1}"),
        rows: year_ends.collect::<Result<_>>()?,
        checkpoint: step_at(begin)?,
        members: vec![1_000, 10_000],
        ..job
    })
}

fn inputs(pack: &Opened, vars: &[VarId]) -> Result<Vec<(String, f64)>> {
    let constant = |&var: &VarId| {
        let value = pack.loaded.program.constant(var);
        let name = pack.loaded.model.variable(var).name.clone();
        Ok((name, value.context("an input is a constant")?))
    };
    vars.iter().map(constant).collect()
}

fn driven(pack: &Opened) -> Result<Vec<(String, Vec<f64>)>> {
    Ok(reference::paths(pack)?
        .into_iter()
        .map(|path| (path.variable, path.baseline))
        .collect())
}

fn sir(xmile: String) -> Job {
    Job {
        name: SIR.to_owned(),
        varies: "contacts_per_day".to_owned(),
        xmile,
        rows: Vec::new(),
        checkpoint: 0,
        inputs: vec![("contacts_per_day".to_owned(), 6.0)],
        varied: vec![Varied {
            input: 0,
            range: [4.0, 8.0],
        }],
        driven: Vec::new(),
        outputs: names(&["susceptible", "infectious", "recovered"]),
        members: MEMBERS.to_vec(),
    }
}

fn one_lever(xmile: &str) -> Job {
    Job {
        name: DISTRICTS.to_owned(),
        varies: "基金杠杆".to_owned(),
        xmile: xmile.to_owned(),
        rows: Vec::new(),
        checkpoint: 0,
        inputs: vec![("基金杠杆".to_owned(), 3.0)],
        varied: vec![Varied {
            input: 0,
            range: [2.0, 4.0],
        }],
        driven: Vec::new(),
        outputs: names(&["全市高企", "全市GDP", "全市RD"]),
        members: MEMBERS.to_vec(),
    }
}

/// The hard variant: every constant moves by a twentieth up and down, so nothing can be computed
/// once for all members.
fn all_constants(xmile: &str) -> Result<Job> {
    let loaded = program(xmile)?;
    let constants = loaded
        .model
        .variables()
        .iter()
        .filter(|variable| variable.kind == Kind::Constant)
        .filter_map(|variable| {
            let var = loaded.model.find(&variable.name)?;
            Some((variable.name.clone(), loaded.program.constant(var)?))
        });
    let inputs: Vec<(String, f64)> = constants.collect();
    let varied = inputs.iter().enumerate().map(|(input, (_, value))| Varied {
        input,
        range: [value * 0.95, value * 1.05],
    });
    Ok(Job {
        name: DISTRICTS_ALL.to_owned(),
        varies: format!("all {} constants", inputs.len()),
        varied: varied.collect(),
        inputs,
        ..one_lever(xmile)
    })
}

/// The model with arrays.
pub(super) fn large() -> Job {
    Job {
        name: LARGE.to_owned(),
        varies: "budget_share".to_owned(),
        xmile: generated::xmile(),
        rows: Vec::new(),
        checkpoint: 0,
        inputs: vec![("budget_share".to_owned(), 0.01)],
        varied: vec![Varied {
            input: 0,
            range: [0.005, 0.02],
        }],
        driven: Vec::new(),
        outputs: names(&["city_output", "city_research", "city_firms"]),
        members: MEMBERS.to_vec(),
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
