//! Words at the heads of instants: in rows above the plot, clear of each other and of each
//! other's lines. Fewest rows first; whoever finds no place is left out, the rightmost first.

use crate::axis::Scale;
use crate::figure::{Colour, Figure, Layer};
use crate::frame::{Sizes, paper, text_face};
use crate::geometry::Rect;
use crate::geometry::ordered;
use crate::measure::Measure;
use crate::words::{clean, cut};

/// Rows at most.
const MAX_ROWS: usize = 3;
/// Instants with words at most: the search below tries every arrangement of them.
const MAX_HEADS: usize = 4;

/// Words of one instant in place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Head {
    /// Index of the instant among the layers.
    pub(crate) layer: usize,
    pub(crate) text: String,
    pub(crate) colour: Colour,
    /// Where the instant's line is.
    at: f64,
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

    /// Whether words meet words in one row, or the line of the upper one cuts the lower one's words.
    fn meets(&self, other: &Head, between: f64) -> bool {
        let cuts = |upper: &Head, lower: &Head| {
            upper.at > lower.left - 2.0 && upper.at < lower.right + 2.0
        };
        match self.row.cmp(&other.row) {
            std::cmp::Ordering::Equal => {
                self.left < other.right + between && other.left < self.right + between
            }
            std::cmp::Ordering::Greater => cuts(self, other),
            std::cmp::Ordering::Less => cuts(other, self),
        }
    }
}

/// Places the words of the instants inside the x range.
pub(crate) fn heads(
    figure: &Figure,
    sizes: Sizes,
    measure: &dyn Measure,
    x: Option<Scale>,
    left: f64,
) -> Vec<Head> {
    let Some(x) = x else { return Vec::new() };
    let bounds = (left, paper(figure).right - sizes.pad * 0.5);
    let mut waiting = waiting(figure, sizes, measure, x, bounds);
    waiting.truncate(MAX_HEADS);
    loop {
        for n_rows in 1..=MAX_ROWS {
            let mut placed = Vec::new();
            if place(&waiting, n_rows, bounds, sizes.gap, &mut placed) {
                return placed;
            }
        }
        waiting.pop();
    }
}

/// Instants with words, from left to right, in row 0 with their left end at their line.
fn waiting(
    figure: &Figure,
    sizes: Sizes,
    measure: &dyn Measure,
    x: Scale,
    bounds: (f64, f64),
) -> Vec<Head> {
    let face = text_face(sizes, measure);
    let mut heads = Vec::new();
    for (idx, layer) in figure.layers.iter().enumerate() {
        let Layer::Instant {
            at,
            label: Some(label),
            ..
        } = layer
        else {
            continue;
        };
        let text = cut(&clean(&label.text), bounds.1 - bounds.0, face);
        if x.shows(*at) && !text.is_empty() {
            let at = x.px(*at);
            let right = at + face.width(&text);
            heads.push(Head {
                layer: idx,
                text,
                colour: label.colour,
                at,
                left: at,
                right,
                row: 0,
            });
        }
    }
    ordered(heads, |head| head.at)
}

/// Tries all arrangements in `n_rows` rows, the natural ones first; nothing waiting is a success.
fn place(
    waiting: &[Head],
    n_rows: usize,
    bounds: (f64, f64),
    gap: f64,
    placed: &mut Vec<Head>,
) -> bool {
    let Some((head, rest)) = waiting.split_first() else {
        return true;
    };
    let width = head.right - head.left;
    let beside = gap * 0.5;
    for row in 0..n_rows {
        for left in [
            head.at - width / 2.0,
            head.at + beside,
            head.at - beside - width,
        ] {
            let left = left.min(bounds.1 - width).max(bounds.0);
            let tried = Head {
                left,
                right: left + width,
                row,
                ..head.clone()
            };
            if placed.iter().any(|other| tried.meets(other, gap)) {
                continue;
            }
            placed.push(tried);
            if place(rest, n_rows, bounds, gap, placed) {
                return true;
            }
            placed.pop();
        }
    }
    false
}

/// Height of the rows in use.
pub(crate) fn height(heads: &[Head], sizes: Sizes) -> f64 {
    heads.iter().map(|head| head.row + 1).max().unwrap_or(0) as f64 * sizes.line
}
