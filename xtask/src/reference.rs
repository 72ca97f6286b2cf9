//! `cargo xtask reference`: writes each pack's baseline into the reference paths of its model.
//!
//! A reference path holds the baseline of a variable, so that feedbacks act on deviations from
//! it only. Whoever changes the model's numbers changes the baseline, and runs this after. A pack
//! with settings is passed over: the file holds the baseline of the model's own constants.

use std::fs;

use anyhow::{Context, Result, bail};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, Run, RunSettings};
use tidemark_engine::program::Horizon;

use crate::packs::{self, Opened};
use crate::workspace::Workspace;

/// How far a path in the file may lie from the baseline, relative to the path's largest value.
const CLOSE: f64 = 1e-6;

/// Rewrites the reference paths of every pack's model.
///
/// # Errors
/// When a pack has faults, or its model lacks a path that the pack names.
pub fn rewrite(workspace: &Workspace) -> Result<()> {
    for pack in own_baselines(workspace)? {
        let mut text = fs::read_to_string(&pack.model)?;
        for path in paths(&pack)? {
            let points: Vec<String> = path.baseline.iter().map(f64::to_string).collect();
            let found = find_points(&text, &path)?;
            text.replace_range(found.range, &points.join(","));
        }
        let written = crate::build::site::write_changed(&pack.model, text.as_bytes());
        written.with_context(|| shown(workspace, &pack))?;
        println!(
            "{}: reference paths hold its baseline",
            shown(workspace, &pack)
        );
    }
    Ok(())
}

/// Compares the reference paths of every pack's model with its baseline.
///
/// # Errors
/// When one differs, with the variable, the time and the two values.
pub fn check(workspace: &Workspace) -> Result<()> {
    for pack in own_baselines(workspace)? {
        let text = fs::read_to_string(&pack.model)?;
        for path in paths(&pack)? {
            let found = find_points(&text, &path).with_context(|| shown(workspace, &pack))?;
            if let Some(difference) = difference(&path, &found.values) {
                bail!(
                    "{}: {difference}\n  next step: cargo xtask reference",
                    shown(workspace, &pack)
                );
            }
        }
    }
    Ok(())
}

fn shown(workspace: &Workspace, pack: &Opened) -> String {
    workspace.relative(&pack.model).display().to_string()
}

/// Packs whose baseline is the one that their model's file holds.
fn own_baselines(workspace: &Workspace) -> Result<Vec<Opened>> {
    let mut packs = opened(workspace)?;
    packs.retain(|pack| pack.compiled.pack.setting.is_empty());
    Ok(packs)
}

/// All packs, each with its model.
pub(crate) fn opened(workspace: &Workspace) -> Result<Vec<Opened>> {
    let open = |folder| {
        let mut faults = Diagnostics::new();
        let opened = packs::open(workspace, folder, &mut faults)?;
        opened.with_context(|| {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })
    };
    packs::folders(workspace)?
        .iter()
        .map(|folder| open(folder))
        .collect()
}

/// What a reference path should hold.
#[derive(Debug)]
pub(crate) struct Path {
    /// Auxiliary that holds it.
    pub(crate) variable: String,
    /// One value a step.
    pub(crate) baseline: Vec<f64>,
    horizon: Horizon,
}

/// The reference paths of a pack, from a run of its baseline.
pub(crate) fn paths(pack: &Opened) -> Result<Vec<Path>> {
    let (model, program) = (&pack.loaded.model, &pack.loaded.program);
    let references = &pack.compiled.pack.references;
    let find = |name: &str| {
        model
            .find(name)
            .with_context(|| format!("no variable `{name}`"))
    };
    let of = references.path.iter().map(|path| find(&path.of));
    let horizon = Horizon {
        save_every: 1,
        ..program.horizon()
    };
    let settings = RunSettings {
        method: program.method(),
        horizon,
        rows: Rows::Saved,
        inputs: vec![find(&references.switch)?],
        driven: Vec::new(),
        seed: 0,
        outputs: of.collect::<Result<_>>()?,
    };
    // Switch off: the baseline does not read its own references.
    let run: Run = Vm::prepare(program, &settings)?.run(&[0.0], &[]);
    if let Some((var, time)) = run.first_not_finite() {
        bail!("`{}` is no number at {time}", model.variable(var).name);
    }
    let path = |(path, &of): (&tidemark_pack::record::Reference, _)| {
        Ok(Path {
            variable: path.variable.clone(),
            baseline: run
                .series(of)
                .context("the variable was asked for")?
                .to_vec(),
            horizon,
        })
    };
    references
        .path
        .iter()
        .zip(&settings.outputs)
        .map(path)
        .collect()
}

/// The points of a lookup in the model's text.
#[derive(Debug)]
struct Found {
    range: std::ops::Range<usize>,
    values: Vec<f64>,
}

/// Finds the `<ypts>` of an auxiliary, and makes sure that they stand at the run's steps.
fn find_points(text: &str, path: &Path) -> Result<Found> {
    let name = &path.variable;
    let begin = text
        .find(&format!("<aux name=\"{name}\">"))
        .with_context(|| format!("the model has no `<aux name=\"{name}\">`"))?;
    let rest = &text[begin..];
    let aux = &rest[..rest.find("</aux>").context("the auxiliary has no end")?];
    let (from, to) = (path.horizon.start, path.horizon.stop);
    let scale = format!("<xscale min=\"{from}\" max=\"{to}\"/>");
    if !aux.contains(&scale) {
        bail!("`{name}` needs `{scale}`, the time grid of the run, before its `<ypts>`");
    }
    let at = aux
        .find("<ypts>")
        .with_context(|| format!("`{name}` has no `<ypts>`"))?;
    let at = begin + at + "<ypts>".len();
    let length = text[at..].find("</ypts>").context("`<ypts>` has no end")?;
    let range = at..at + length;
    let values = text[range.clone()]
        .split(',')
        .map(|value| value.trim().parse::<f64>())
        .collect::<Result<_, _>>()
        .with_context(|| format!("`{name}` holds something that is no number"))?;
    Ok(Found { range, values })
}

fn difference(path: &Path, values: &[f64]) -> Option<String> {
    let Path {
        variable,
        baseline,
        horizon,
    } = path;
    if values.len() != baseline.len() {
        return Some(format!(
            "`{variable}` has {} points, the run {}",
            values.len(),
            baseline.len()
        ));
    }
    let largest = baseline
        .iter()
        .fold(0.0, |max: f64, value| max.max(value.abs()));
    let far = |(old, new): (&f64, &f64)| (old - new).abs() > CLOSE * largest;
    let step = values.iter().zip(baseline).position(far)?;
    let time = horizon.start + step as f64 * horizon.dt;
    let (old, new) = (values.get(step)?, baseline.get(step)?);
    Some(format!(
        "`{variable}` at {time}: {old} in the file, {new} in the baseline"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_models_hold_their_packs_baselines() {
        let workspace = Workspace::find().unwrap();
        if let Err(error) = check(&workspace) {
            panic!("{error:#}");
        }
    }

    fn path() -> Path {
        Path {
            variable: "a_reference".to_owned(),
            baseline: vec![1.0, 2.0],
            horizon: Horizon {
                start: 2020.5,
                stop: 2020.75,
                dt: 0.25,
                save_every: 1,
            },
        }
    }

    const MODEL: &str = r#"<aux name="b"/><aux name="a_reference"><gf>
        <xscale min="2020.5" max="2020.75"/><ypts>1,2.1</ypts></gf></aux>"#;

    #[test]
    fn a_path_beside_the_baseline_is_named_with_its_time() {
        let found = find_points(MODEL, &path()).unwrap();
        assert_eq!(&MODEL[found.range], "1,2.1");
        assert_eq!(
            difference(&path(), &found.values).unwrap(),
            "`a_reference` at 2020.75: 2.1 in the file, 2 in the baseline"
        );
    }

    #[test]
    fn a_path_on_another_grid_is_refused() {
        let other = MODEL.replace("2020.75", "2021");
        assert!(find_points(&other, &path()).is_err());
    }
}
