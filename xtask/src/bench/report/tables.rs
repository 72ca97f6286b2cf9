//! The tables of figures: models, runs, ensembles, memory, loading, agreement.

use std::fmt::{Display, Write as _};

use anyhow::Result;

use super::{figure, median};
use crate::bench::Agreement;
use crate::bench::agree::{C, PEER};
use crate::bench::jobs::MEMBERS;
use crate::bench::measured::{Measured, Peer, Row};

const SKIPPED: &str = "skipped";

fn line(out: &mut String, cells: impl IntoIterator<Item = impl Display>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}

/// What is run, so that no figure is read for more than it is.
pub(super) fn models(out: &mut String, rows: &[Row]) {
    out.push_str(
        "## What is run\n\n\
         An equation is a variable of the model, an element of an array being one. Engine and C \
         compute only what the kept series need; simlin computes and keeps every variable, PySD \
         computes every variable. What differs from run to run matters: the engine computes once \
         what it does not move, C once only what the clock alone moves. No peer and no C begins at \
         a checkpoint.\n\n\
         | model | equations | instructions a step | steps | series × rows kept | differs from run to run |\n\
         |---|--:|--:|--:|--:|---|\n",
    );
    for row in rows {
        line(
            out,
            [
                row.name.clone(),
                row.equations.to_string(),
                row.native.instructions.to_string(),
                row.steps.to_string(),
                format!("{} × {}", row.kept, row.rows),
                row.varies.clone(),
            ],
        );
    }
    out.push('\n');
}

/// Single runs, model after model.
pub(super) fn runs(out: &mut String, rows: &[Row]) -> Result<()> {
    out.push_str(
        "## One run\n\n\
         Microseconds, and below nanoseconds of an equation's step. C is what the needed equations \
         are as straight code, by the system's compiler at `-O3`; simlin is the WebAssembly it \
         makes of the same file, by turns with ours in the same page. Not asked (–) are simlin where \
         the page drives series into the run, and PySD where it knows the file already or cannot \
         sum its arrays.\n\n",
    );
    run_table(out, rows, "µs", |_, us| us)?;
    run_table(
        out,
        rows,
        "ns per equation and step",
        Row::ns_per_equation_step,
    )
}

fn run_table(
    out: &mut String,
    rows: &[Row],
    unit: &str,
    scaled: impl Fn(&Row, f64) -> f64,
) -> Result<()> {
    let _ = writeln!(
        out,
        "| {unit} | scalar VM, native | C -O3 | native ÷ C | scalar VM, Chromium | simlin wasm, Chromium | PySD |\n\
         |---|--:|--:|--:|--:|--:|--:|"
    );
    for row in rows {
        let of = |measured: &Measured| -> Result<String> {
            Ok(figure(scaled(row, median(&measured.run_us)?)))
        };
        let peer = |peer: &Peer| match peer {
            Peer::Measured(measured) => of(measured),
            Peer::Skipped => Ok(SKIPPED.to_owned()),
            Peer::NotAsked => Ok("–".to_owned()),
        };
        let ratio = match row.straight.measured() {
            Some(straight) => figure(median(&row.native.run_us)? / median(&straight.run_us)?),
            None => "–".to_owned(),
        };
        line(
            out,
            [
                row.name.clone(),
                of(&row.native)?,
                peer(&row.straight)?,
                ratio,
                of(&row.page)?,
                peer(&row.simlin)?,
                peer(&row.pysd)?,
            ],
        );
    }
    out.push('\n');
    Ok(())
}

/// Ensembles, program after program.
pub(super) fn ensembles(out: &mut String, rows: &[Row]) -> Result<()> {
    out.push_str(
        "## Ensembles\n\n\
         Microseconds of a member by size of the ensemble, all kept values of all members held at \
         once by the batched VM; last the whole ensemble of the largest size and nanoseconds of an \
         equation's step in it. The scalar VM, C and simlin make one run after another, from the \
         start, and hold one; simlin's were timed where 10,000 take less than 5 s.\n\n\
         | model | program |",
    );
    for members in MEMBERS {
        let _ = write!(out, " {members} |");
    }
    out.push_str(" all 10000 | ns per equation and step |\n|---|---|--:|--:|--:|--:|--:|--:|\n");
    for row in rows.iter().filter(|row| !row.native.ensembles.is_empty()) {
        by_size(out, row, "batched VM, native", &row.native)?;
        one_by_one(out, row, "scalar VM, native", &row.native)?;
        if let Some(straight) = row.straight.measured() {
            one_by_one(out, row, "C -O3", straight)?;
        }
        by_size(out, row, "batched VM, Chromium", &row.page)?;
        one_by_one(out, row, "scalar VM, Chromium", &row.page)?;
        match &row.simlin {
            Peer::Measured(simlin) => by_size(out, row, "simlin wasm, Chromium", simlin)?,
            Peer::Skipped => {
                ensemble_line(out, row, "simlin wasm: skipped", Sizes::default(), None)
            }
            Peer::NotAsked => {}
        }
    }
    out.push('\n');
    Ok(())
}

/// Microseconds of a member for each of [`MEMBERS`]; nothing where it was not measured.
type Sizes = [Option<f64>; MEMBERS.len()];

fn by_size(out: &mut String, row: &Row, program: &str, measured: &Measured) -> Result<()> {
    let mut sizes = Sizes::default();
    for (us, members) in sizes.iter_mut().zip(MEMBERS) {
        if let Some(ensemble) = measured.ensemble(members) {
            *us = Some(median(&ensemble.member_us)?);
        }
    }
    let ns = sizes[MEMBERS.len() - 1].map(|us| row.ns_per_equation_step_of_member(us));
    ensemble_line(out, row, program, sizes, ns);
    Ok(())
}

/// A program that makes one run after another, from the start, takes as long for each, however
/// many there are.
fn one_by_one(out: &mut String, row: &Row, program: &str, measured: &Measured) -> Result<()> {
    let us = median(&measured.run_us)?;
    let ns = row.ns_per_equation_step(us);
    ensemble_line(out, row, program, [Some(us); MEMBERS.len()], Some(ns));
    Ok(())
}

fn ensemble_line(out: &mut String, row: &Row, program: &str, sizes: Sizes, ns: Option<f64>) {
    let cell = |us: Option<f64>| us.map_or("–".to_owned(), figure);
    let [.., largest] = sizes;
    let all_ms = |us: f64| us * f64::from(MEMBERS[MEMBERS.len() - 1]) / 1e3;
    let mut cells = vec![row.name.clone(), program.to_owned()];
    cells.extend(sizes.map(cell));
    cells.push(largest.map_or("–".to_owned(), |us| format!("{} ms", figure(all_ms(us)))));
    cells.push(cell(ns));
    line(out, cells);
}

/// What ensembles hold.
pub(super) fn memory(out: &mut String, rows: &[Row]) {
    out.push_str(
        "## Memory of an ensemble\n\n\
         Native: the most that a process held (VmHWM), one process for each size; the last column \
         is what it took beyond the prepared job, for each value kept (a value is 8 bytes). Page: \
         the module's memory before and after the first such ensemble, which never shrinks.\n\n\
         | model | members | native, MB | prepared only, MB | bytes per member × series × row | page before, MB | after, MB |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        let prepared = row.peaks.iter().find(|peak| peak.members == 0);
        let prepared = prepared.and_then(|peak| peak.bytes);
        for peak in row.peaks.iter().filter(|peak| peak.members > 0) {
            let values = f64::from(peak.members) * (row.kept * row.rows) as f64;
            let taken = peak.bytes.zip(prepared);
            let taken = taken.map(|(all, before)| all.saturating_sub(before) as f64 / values);
            let heap = row.page.ensemble(peak.members).and_then(|e| e.heap);
            line(
                out,
                [
                    row.name.clone(),
                    peak.members.to_string(),
                    megabytes(peak.bytes),
                    megabytes(prepared),
                    taken.map_or(SKIPPED.to_owned(), figure),
                    megabytes(heap.map(|[before, _]| before)),
                    megabytes(heap.map(|[_, after]| after)),
                ],
            );
        }
    }
    out.push('\n');
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or(SKIPPED.to_owned(), |bytes| figure(bytes as f64 / 1e6))
}

/// Text to program.
pub(super) fn loading(out: &mut String, rows: &[Row]) -> Result<()> {
    out.push_str(
        "## XMILE text to program\n\n\
         The first time is in a page just opened, before its code is optimised, after the small \
         model that the shipped page takes the same way while it waits for its pack: browsers \
         translate a function when it is first called. The last column is what that took.\n\n\
         | model | equations | native | in Chromium | in Chromium, first time | warming up |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        line(
            out,
            [
                row.name.clone(),
                row.equations.to_string(),
                format!("{} ms", figure(median(&row.native.load_ms)?)),
                format!("{} ms", figure(median(&row.page.load_ms)?)),
                format!("{} ms", figure(row.page.cold_load_ms)),
                format!("{} ms", figure(row.page.warm_up_ms)),
            ],
        );
    }
    out.push('\n');
    Ok(())
}

/// What was compared before any time was believed.
pub(super) fn agreement(out: &mut String, agreements: &[Agreement]) {
    let _ = writeln!(
        out,
        "## Agreement\n\n\
         A disagreement ends the command before a table is made. Bit for bit: the engine natively \
         and in the page, and the batched VM and the scalar one, in an ensemble of 301 members in \
         either place. Kept series against other programs: C to {:e} of a series' largest value; \
         simlin and PySD to {:e} of the value or {:e} of the largest. The largest difference found, \
         relative to the largest value of its series; series that nowhere reach 1e-9 are zero but for rounding \
         and left out:\n\n\
         | model | program | difference |\n|---|---|--:|",
        C.of_largest, PEER.relative, PEER.of_largest
    );
    for agreement in agreements {
        let difference = format!("{:.1e}", agreement.largest);
        line(
            out,
            [
                agreement.name.as_str(),
                agreement.program,
                difference.as_str(),
            ],
        );
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn row(simlin: Peer) -> Row {
        let measured = Measured {
            run_us: vec![12.0],
            ..Measured::default()
        };
        Row {
            name: "a".to_owned(),
            varies: "b".to_owned(),
            equations: 10,
            steps: 100,
            checkpoint: 0,
            rows: 101,
            kept: 1,
            native: measured.clone(),
            page: measured.clone(),
            straight: Peer::Measured(measured),
            simlin,
            pysd: Peer::NotAsked,
            peaks: Vec::new(),
        }
    }

    #[test]
    fn a_peer_that_is_missing_is_said_to_be() {
        let mut out = String::new();
        runs(&mut out, &[row(Peer::Skipped)]).unwrap();
        let line = out.lines().find(|line| line.starts_with("| a "));
        expect!["| a | 12.0 | 12.0 | 1.00 | 12.0 | skipped | – |"].assert_eq(line.unwrap());
    }
}
