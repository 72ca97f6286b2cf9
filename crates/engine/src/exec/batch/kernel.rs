//! Instructions over a block of members: one loop each, over chunks that a compiler makes vectors of.
//!
//! A place may be read and written by the same instruction, so chunks are cells that are read whole
//! before they are written. Every lane gets what the scalar machine computes, to the bit.

use std::cell::Cell;

use crate::xmile::document::{Table, TableKind};

use super::super::lookup::lookup;

/// Members of a chunk.
pub(super) const CHUNK: usize = 8;

/// Values of so many members.
pub(super) type Chunk = [f64; CHUNK];

/// The values of a block in one slot.
pub(super) type Lanes<'b> = &'b [Cell<Chunk>];

/// `to = f(a)`, lane by lane.
#[inline(always)]
pub(super) fn map(to: Lanes, a: Lanes, f: impl Fn(f64) -> f64) {
    for (to, a) in to.iter().zip(a) {
        let a = a.get();
        to.set(std::array::from_fn(|k| f(a[k])));
    }
}

/// `to = f(a, b)`, lane by lane.
#[inline(always)]
pub(super) fn map2(to: Lanes, a: Lanes, b: Lanes, f: impl Fn(f64, f64) -> f64) {
    for ((to, a), b) in to.iter().zip(a).zip(b) {
        let (a, b) = (a.get(), b.get());
        to.set(std::array::from_fn(|k| f(a[k], b[k])));
    }
}

/// `to = f(a, b, c)`, lane by lane.
#[inline(always)]
pub(super) fn map3(to: Lanes, a: Lanes, b: Lanes, c: Lanes, f: impl Fn(f64, f64, f64) -> f64) {
    for (((to, a), b), c) in to.iter().zip(a).zip(b).zip(c) {
        let (a, b, c) = (a.get(), b.get(), c.get());
        to.set(std::array::from_fn(|k| f(a[k], b[k], c[k])));
    }
}

/// 1 or 0, without a jump.
#[inline(always)]
pub(super) fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// Most points of a table whose place is counted rather than searched for.
const FEW: usize = 16;

/// A graphical function made ready for blocks.
#[derive(Debug, Clone)]
pub(super) struct Function {
    table: Table,
    /// For each number of points at or before `x` the line there: `x0`, `x1 - x0`, `y0`, `y1 - y0`.
    /// Empty where the table is looked up lane by lane.
    lines: Vec<[f64; 4]>,
}

impl Function {
    pub(super) fn new(table: &Table) -> Self {
        let n = table.xs.len().min(table.ys.len());
        let counted = (2..=FEW).contains(&n) && table.kind != TableKind::Discrete;
        let line = |count: usize| {
            let k = count.clamp(1, n - 1);
            let (x0, x1) = (table.xs[k - 1], table.xs[k]);
            let (y0, y1) = (table.ys[k - 1], table.ys[k]);
            [x0, x1 - x0, y0, y1 - y0]
        };
        Self {
            lines: (0..if counted { n + 1 } else { 0 }).map(line).collect(),
            table: Table {
                kind: table.kind,
                xs: table.xs[..n].to_vec(),
                ys: table.ys[..n].to_vec(),
            },
        }
    }

    /// `to = function(x)`, lane by lane.
    pub(super) fn apply(&self, to: Lanes, x: Lanes) {
        if self.lines.is_empty() {
            return map(to, x, |x| lookup(&self.table, x));
        }
        // Beyond the ends of a table that is not prolonged its end values hold.
        let hold = self.table.kind == TableKind::Continuous;
        let (first, last) = (self.table.ys[0], self.table.ys[self.lines.len() - 2]);
        for (to, x) in to.iter().zip(x) {
            let x = x.get();
            let mut counts = [0_u64; CHUNK];
            for &point in &self.table.xs {
                for (count, &x) in counts.iter_mut().zip(&x) {
                    *count += u64::from(point <= x);
                }
            }
            let lines = counts.map(|count| self.lines[count as usize]);
            let mut values: Chunk = std::array::from_fn(|k| {
                let [x0, width, y0, height] = lines[k];
                y0 + height * ((x[k] - x0) / width)
            });
            if hold {
                // A NaN is counted as before the first point and stays a NaN.
                values = std::array::from_fn(|k| {
                    let inside = if x[k] < self.table.xs[0] {
                        first
                    } else {
                        values[k]
                    };
                    if counts[k] as usize == self.lines.len() - 1 {
                        last
                    } else {
                        inside
                    }
                });
            }
            to.set(values);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [TableKind; 3] = [
        TableKind::Continuous,
        TableKind::Extrapolate,
        TableKind::Discrete,
    ];

    /// Tables of every length around the ones that are counted, at points, between and beyond.
    #[test]
    fn a_function_of_lanes_is_the_lookup_of_each() {
        let edges = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            0.0,
            -1e300,
        ];
        for (kind, n) in KINDS
            .into_iter()
            .flat_map(|kind| (1..20).map(move |n| (kind, n)))
        {
            let table = Table {
                kind,
                xs: (0..n).map(|k| f64::from(k) * 0.7).collect(),
                ys: (0..n).map(|k| f64::from(k * k % 7) - 2.9).collect(),
            };
            let function = Function::new(&table);
            let inside = (0..66).map(|k| f64::from(k) * 0.35 - 2.0);
            let xs: Vec<f64> = edges.into_iter().chain(inside).collect();
            for xs in xs.as_chunks::<CHUNK>().0 {
                let (x, to) = ([Cell::new(*xs)], [Cell::new([0.0; CHUNK])]);
                function.apply(&to, &x);
                for (&x, value) in xs.iter().zip(to[0].get()) {
                    let expected = lookup(&table, x);
                    let same = value.to_bits() == expected.to_bits();
                    let nan = value.is_nan() && expected.is_nan();
                    assert!(
                        same || nan,
                        "{kind:?} of {n} at {x}: {value}, not {expected}"
                    );
                }
            }
        }
    }
}
