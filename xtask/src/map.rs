//! `cargo xtask map`: the sectors of a pack's model and what they take from each other, as SVG.
//!
//! A sector is a `<group>` of the model. Names come from there, so that the picture speaks the
//! model's language; what the numbers mean stands beside it in the model's README.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use tidemark_engine::model::{Kind, Model};

use crate::build::site::write_changed;
use crate::reference;
use crate::workspace::Workspace;

const WIDTH: f64 = 1100.0;
const HEIGHT: f64 = 760.0;
/// Half the size of a box.
const HALF: (f64, f64) = (82.0, 27.0);
/// Share of the size at which the boxes stand around the middle.
const RING: (f64, f64) = (0.40, 0.41);

/// One sector.
#[derive(Debug)]
struct Sector {
    name: String,
    stocks: usize,
    variables: usize,
}

/// Writes `sectors.svg` beside the model of every pack.
///
/// # Errors
/// When a pack has faults or a file cannot be written.
pub fn write(workspace: &Workspace) -> Result<()> {
    for pack in reference::opened(workspace)? {
        let path = pack.model.with_file_name("sectors.svg");
        write_changed(&path, svg(&pack.loaded.model).as_bytes())
            .with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Whether every map is that of its model.
///
/// # Errors
/// When one is not.
pub fn check(workspace: &Workspace) -> Result<()> {
    for pack in reference::opened(workspace)? {
        let path = pack.model.with_file_name("sectors.svg");
        let there = fs::read_to_string(&path).unwrap_or_default();
        if there != svg(&pack.loaded.model) {
            bail!("{} is out of date: cargo xtask map", path.display());
        }
    }
    Ok(())
}

/// Sectors in the order of the model, and how often one reads variables of another: (reader, read).
fn links(model: &Model) -> (Vec<Sector>, BTreeMap<(usize, usize), usize>) {
    let groups = model.groups();
    let mut sector_of = BTreeMap::new();
    for (k, group) in groups.iter().enumerate() {
        for var in &group.variables {
            sector_of.entry(*var).or_insert(k);
        }
    }
    let sectors = groups.iter().map(|group| {
        let kinds = group.variables.iter().map(|&var| model.variable(var).kind);
        Sector {
            name: if group.doc.is_empty() {
                group.name.clone()
            } else {
                group.doc.clone()
            },
            stocks: kinds.filter(|kind| *kind == Kind::Stock).count(),
            variables: group.variables.len(),
        }
    });
    let mut links = BTreeMap::new();
    for (var, reader) in &sector_of {
        for used in &model.variable(*var).uses {
            match sector_of.get(used) {
                Some(read) if read != reader => *links.entry((*reader, *read)).or_insert(0) += 1,
                _ => {}
            }
        }
    }
    (sectors.collect(), links)
}

/// The map as SVG.
#[must_use]
fn svg(model: &Model) -> String {
    let (sectors, links) = links(model);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"9\" \
         markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">\
         <path d=\"M0,0L8,4L0,8Z\" fill=\"#5b6b7f\"/></marker></defs>\n"
    );
    let place = |k: usize| {
        let angle = TAU * (k as f64 / sectors.len() as f64 - 0.25);
        let x = WIDTH * (0.5 + RING.0 * libm::cos(angle));
        let y = HEIGHT * (0.5 + RING.1 * libm::sin(angle));
        (x, y)
    };
    // Thin links first, so that thick ones lie on top.
    let mut sorted: Vec<_> = links.into_iter().collect();
    sorted.sort_by_key(|&((reader, read), n)| (n, reader, read));
    for ((reader, read), n) in sorted {
        // What holds no stock is settings that everybody reads.
        let weight = if sectors[read].stocks == 0 { 1 } else { n };
        arrow(&mut out, place(read), place(reader), weight);
    }
    for (k, sector) in sectors.iter().enumerate() {
        boxed(&mut out, place(k), sector);
    }
    out.push_str("</svg>\n");
    out
}

/// An arrow from what is read to its reader, bent to its right so that two ways do not cover.
fn arrow(out: &mut String, from: (f64, f64), to: (f64, f64), n: usize) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = libm::hypot(dx, dy).max(1.0);
    let (nx, ny) = (-dy / length, dx / length);
    let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    let bend = (middle.0 + nx * 0.09 * length, middle.1 + ny * 0.09 * length);
    let (start, end) = (at_edge(from, bend), at_edge(to, bend));
    let width = 0.8 + 0.55 * libm::log2(n as f64);
    let shade = if n < 3 { "#b9c3cf" } else { "#5b6b7f" };
    let _ = writeln!(
        out,
        "<path d=\"M{:.1},{:.1}Q{:.1},{:.1} {:.1},{:.1}\" fill=\"none\" stroke=\"{shade}\" \
         stroke-width=\"{width:.2}\" marker-end=\"url(#tip)\"/>",
        start.0, start.1, bend.0, bend.1, end.0, end.1
    );
    if n >= 3 {
        let label = (
            0.25 * (start.0 + end.0) + 0.5 * bend.0,
            0.25 * (start.1 + end.1) + 0.5 * bend.1,
        );
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\" fill=\"#39475a\" text-anchor=\"middle\" \
             paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\">{n}</text>",
            label.0,
            label.1 + 4.0
        );
    }
}

/// Where the way from a box's middle towards a point leaves the box.
fn at_edge(middle: (f64, f64), towards: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (towards.0 - middle.0, towards.1 - middle.1);
    let scale = f64::max(dx.abs() / (HALF.0 + 3.0), dy.abs() / (HALF.1 + 3.0)).max(1e-9);
    (middle.0 + dx / scale, middle.1 + dy / scale)
}

fn boxed(out: &mut String, (x, y): (f64, f64), sector: &Sector) {
    let name = sector.name.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        out,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"#eaf1fa\" \
         stroke=\"#1f4e8c\"/>\
         <text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"14\" font-weight=\"600\" fill=\"#14305a\" \
         text-anchor=\"middle\">{name}</text>\
         <text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"12\" fill=\"#39475a\" \
         text-anchor=\"middle\">{} / {}</text>",
        x - HALF.0,
        y - HALF.1,
        HALF.0 * 2.0,
        HALF.1 * 2.0,
        y - 3.0,
        y + 16.0,
        sector.stocks,
        sector.variables
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_map_is_that_of_its_model() {
        check(&Workspace::find().unwrap()).unwrap();
    }

    #[test]
    fn a_way_leaves_a_box_at_its_edge() {
        assert_eq!(at_edge((0.0, 0.0), (100.0, 0.0)), (HALF.0 + 3.0, 0.0));
        assert_eq!(at_edge((0.0, 0.0), (0.0, -100.0)), (0.0, -HALF.1 - 3.0));
    }
}
