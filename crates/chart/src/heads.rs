//! Words at the heads of instants: in rows above the plot, clear of each other and of other instants.

use crate::axis::Scale;
use crate::figure::{Colour, Figure, Layer};
use crate::frame::{Sizes, paper, text_face};
use crate::geometry::Rect;
use crate::measure::Measure;
use crate::words::{clean, cut};

/// Rows at most; what still finds no place is left out.
const MAX_ROWS: usize = 3;

/// Words of one instant in place.
#[derive(Debug, PartialEq)]
pub(crate) struct Head {
    /// Index of the instant among the layers.
    pub(crate) layer: usize,
    pub(crate) text: String,
    pub(crate) colour: Colour,
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// 0 is the row next to the plot.
    pub(crate) row: usize,
}

impl Head {
    /// The words' rectangle above a plot that begins at `plot_top`.
    pub(crate) fn rect(&self, plot_top: f64, sizes: Sizes) -> Rect {
        let bottom = plot_top - self.row as f64 * sizes.line;
        Rect {
            left: self.left,
            top: bottom - sizes.line,
            right: self.right,
            bottom,
        }
    }
}

/// Places the words of all instants inside the x range.
pub(crate) fn heads(
    figure: &Figure,
    sizes: Sizes,
    measure: &dyn Measure,
    x: Option<Scale>,
    left: f64,
) -> Vec<Head> {
    let Some(x) = x else { return Vec::new() };
    let face = text_face(sizes, measure);
    let bounds = (left, paper(figure).right - sizes.pad * 0.5);
    let mut instants: Vec<(usize, f64)> = Vec::new();
    for (idx, layer) in figure.layers.iter().enumerate() {
        if let Layer::Instant { at, .. } = layer
            && x.shows(*at)
        {
            instants.push((idx, x.px(*at)));
        }
    }
    instants.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut placed: Vec<Head> = Vec::new();
    for &(idx, at) in &instants {
        let Some(Layer::Instant {
            label: Some(label), ..
        }) = figure.layers.get(idx)
        else {
            continue;
        };
        let text = cut(&clean(&label.text), bounds.1 - bounds.0, face);
        let width = face.width(&text);
        if text.is_empty() {
            continue;
        }
        let others: Vec<f64> = instants
            .iter()
            .filter(|(other, _)| *other != idx)
            .map(|(_, at)| *at)
            .collect();
        if let Some((row, left)) = place(at, width, bounds, &others, &placed, sizes) {
            placed.push(Head {
                layer: idx,
                text,
                colour: label.colour,
                left,
                right: left + width,
                row,
            });
        }
    }
    placed
}

/// The first row and side where the words meet no words and no other instant's line.
fn place(
    at: f64,
    width: f64,
    bounds: (f64, f64),
    others: &[f64],
    placed: &[Head],
    sizes: Sizes,
) -> Option<(usize, f64)> {
    let beside = sizes.gap * 0.5;
    let lefts = [at - width / 2.0, at + beside, at - beside - width]
        .map(|left| left.min(bounds.1 - width).max(bounds.0));
    let free = |row: usize, left: f64| {
        let (from, to) = (left - beside, left + width + beside);
        let meets_line = others
            .iter()
            .any(|&other| other > left - 2.0 && other < left + width + 2.0);
        let meets_words = placed
            .iter()
            .any(|head| head.row == row && head.left < to && from < head.right);
        !meets_line && !meets_words
    };
    (0..MAX_ROWS)
        .flat_map(|row| lefts.map(|left| (row, left)))
        .find(|&(row, left)| left + width <= bounds.1 + 0.5 && free(row, left))
}

/// Height of the rows in use.
pub(crate) fn height(heads: &[Head], sizes: Sizes) -> f64 {
    heads.iter().map(|head| head.row + 1).max().unwrap_or(0) as f64 * sizes.line
}
