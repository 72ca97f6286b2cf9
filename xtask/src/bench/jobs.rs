//! What is measured: every shipped pack's model as the page runs it, and a model of another size.

use std::fs;

use anyhow::{Context, Result};
use tidemark_bench::Job;
use tidemark_engine::model::VarId;

use crate::packs::Opened;
use crate::reference;
use crate::workspace::Workspace;

/// All jobs, packs first.
///
/// # Errors
/// When a pack or model has faults.
pub fn all(workspace: &Workspace) -> Result<Vec<Job>> {
    let mut jobs = Vec::new();
    for pack in reference::opened(workspace)? {
        jobs.push(of_pack(&pack)?);
    }
    jobs.push(districts(workspace)?);
    Ok(jobs)
}

/// A scenario run as the page makes it: all indicators kept, references driven by the baseline,
/// the first lever moved over its range.
fn of_pack(pack: &Opened) -> Result<Job> {
    let settings = pack.bound.run_settings();
    let model = &pack.loaded.model;
    let name = |var: &VarId| model.variable(*var).name.clone();
    let lever = pack
        .compiled
        .pack
        .lever
        .first()
        .context("the pack has a lever")?;
    let constant = |var: &VarId| {
        let value = pack.loaded.program.constant(*var);
        Ok((name(var), value.context("an input is a constant")?))
    };
    let inputs: Vec<(String, f64)> = settings
        .inputs
        .iter()
        .map(constant)
        .collect::<Result<_>>()?;
    let varied = inputs.iter().position(|(name, _)| *name == lever.variable);
    let paths = reference::paths(pack)?;
    Ok(Job {
        name: pack.compiled.pack.meta.id.clone(),
        xmile: pack.compiled.model.text.clone(),
        varied: varied.context("the lever's variable is an input")?,
        range: [0.0, (lever.hard.max - lever.default) * lever.scale],
        inputs,
        driven: paths
            .into_iter()
            .map(|path| (path.variable, path.baseline))
            .collect(),
        outputs: settings.outputs.iter().map(name).collect(),
    })
}

/// A synthetic model that other engines were measured with: 6 districts, 212 variables.
fn districts(workspace: &Workspace) -> Result<Job> {
    let path = workspace.root().join("bench/districts212.xmile");
    Ok(Job {
        name: "districts212".to_owned(),
        xmile: fs::read_to_string(path).context("cannot read bench/districts212.xmile")?,
        inputs: vec![("基金杠杆".to_owned(), 3.0)],
        driven: Vec::new(),
        outputs: ["全市高企", "全市GDP", "全市RD"]
            .map(str::to_owned)
            .to_vec(),
        varied: 0,
        range: [2.0, 4.0],
    })
}
