//! Direct labels: those of line ends in a column right of the plot, the others beside what they name.
//!
//! A label never leaves the drawing, never covers another label or a tick label, and gets a thin
//! leader when it had to move far. What finds no place is left out, the hindmost layer first.

use crate::axis::Scale;
use crate::figure::{Figure, Label, Layer, Point};
use crate::frame::{Frame, Sizes, paper, text_face};
use crate::geometry::ordered;
use crate::geometry::{Px, Rect, clip_segment};
use crate::layers::{Drawing, Wanted};
use crate::measure::Measure;
use crate::scene::{Align, Scene, Words};
use crate::words::{clean, cut};

/// From this share of the x range on, a label goes to the column right of the plot.
const COLUMN_FROM: f64 = 0.93;
/// Largest share of the drawing's width that the column takes.
const COLUMN_MAX: f64 = 0.34;

/// Width of the column right of the plot: the widest label that belongs there, 0 for none.
pub(crate) fn column_width(figure: &Figure, sizes: Sizes, measure: &dyn Measure) -> f64 {
    let Some(x) = Scale::new(figure.x.from, figure.x.to, 0.0, 1.0) else {
        return 0.0;
    };
    let face = text_face(sizes, measure);
    let widest = figure
        .layers
        .iter()
        .filter_map(end_label)
        .filter(|(_, points)| last_share(points, x).is_some_and(|share| share >= COLUMN_FROM))
        .map(|(label, _)| face.width(&clean(&label.text)))
        .fold(0.0, f64::max);
    // In steps of two ems, so that a digit more while a slider moves seldom shifts the plot.
    let step = 2.0 * sizes.text;
    ((widest / step).ceil() * step).min(paper(figure).width() * COLUMN_MAX)
}

fn end_label(layer: &Layer) -> Option<(&Label, &[Point])> {
    match layer {
        Layer::Line {
            points,
            label: Some(label),
            ..
        }
        | Layer::Steps {
            points,
            label: Some(label),
            ..
        }
        | Layer::Marks {
            points,
            label: Some(label),
            ..
        } => Some((label, points)),
        _ => None,
    }
}

/// How far right the last finite point lies, the axis end being 1.
fn last_share(points: &[Point], x: Scale) -> Option<f64> {
    let last = points
        .iter()
        .rev()
        .find(|(x, y)| x.is_finite() && y.is_finite())?;
    Some(x.px(last.0).min(1.0))
}

/// Places and draws all labels.
pub(crate) fn labels(frame: &Frame<'_>, drawing: Drawing, heads: &[Rect], scene: &mut Scene) {
    let column_from = frame.plot.left + COLUMN_FROM * frame.plot.width();
    let Drawing {
        wanted,
        lines,
        marks,
    } = drawing;
    let (column, inner): (Vec<Wanted>, Vec<Wanted>) = wanted
        .into_iter()
        .partition(|label| !label.above && label.anchor.0 >= column_from);
    let mut placer = Placer {
        frame,
        lines,
        marks,
        taken: [&frame.taken[..], heads].concat(),
    };
    let mut places = placer.column(column);
    // The foremost label chooses first.
    for label in inner.into_iter().rev() {
        places.extend(placer.beside(label));
    }
    for place in places {
        place.draw(frame, scene);
    }
}

/// A label in place.
struct Place {
    text: String,
    label: Wanted,
    rect: Rect,
    leader: bool,
    /// Whether it stands on the plot, where grid lines run behind it.
    on_plot: bool,
}

impl Place {
    fn draw(self, frame: &Frame<'_>, scene: &mut Scene) {
        let rect = self.rect;
        let middle = (rect.top + rect.bottom) / 2.0;
        if self.leader {
            let (x, y) = self.label.anchor;
            let near = |low: f64, high: f64, at: f64| at.clamp(low, high);
            let end = (
                near(rect.left - 2.0, rect.right + 2.0, x),
                near(rect.top + 2.0, rect.bottom - 2.0, y),
            );
            let end = if end.0 == rect.left - 2.0 || end.0 == rect.right + 2.0 {
                (end.0, middle)
            } else {
                end
            };
            let start = ((x + 2.0).min(end.0.max(x)), y);
            scene.line(vec![start, end], 0.75, self.label.colour);
        }
        if self.on_plot {
            scene.fill(
                rect.grown(-frame.sizes.text * 0.1),
                frame.figure.theme.background,
                0.85,
            );
        }
        scene.words(Words {
            text: self.text,
            at: (rect.left, middle),
            align: Align::Left,
            size: frame.sizes.text,
            bold: false,
            colour: self.label.colour,
        });
    }
}

struct Placer<'a, 'f> {
    frame: &'a Frame<'f>,
    lines: Vec<Vec<Px>>,
    marks: Vec<Rect>,
    taken: Vec<Rect>,
}

impl Placer<'_, '_> {
    /// Labels one under the other right of the plot, as near to their anchors as they can all be.
    fn column(&mut self, mut wanted: Vec<Wanted>) -> Vec<Place> {
        let (plot, sizes) = (self.frame.plot, self.frame.sizes);
        let left = plot.right + sizes.gap * 1.4;
        let room = self.frame.paper.right - sizes.pad * 0.5 - left;
        let (low, high) = (plot.top + sizes.line / 2.0, plot.bottom);
        while !wanted.is_empty() && (wanted.len() - 1) as f64 * sizes.line > high - low {
            wanted.remove(0);
        }
        let wanted = ordered(wanted, |label| label.anchor.1);
        let anchors: Vec<f64> = wanted.iter().map(|label| label.anchor.1).collect();
        let middles = spread(&anchors, sizes.line, low, high);
        let mut places = Vec::new();
        for (label, middle) in wanted.into_iter().zip(middles) {
            let text = cut(&label.text, room, self.frame.face());
            let right = left + self.frame.face().width(&text);
            let half = sizes.line / 2.0;
            let rect = Rect {
                left,
                top: middle - half,
                right,
                bottom: middle + half,
            };
            if text.is_empty() || self.taken.iter().any(|taken| taken.overlaps(&rect)) {
                continue;
            }
            self.taken.push(rect);
            let moved = (middle - label.anchor.1).abs() > sizes.line * 0.6;
            let leader = moved || left - label.anchor.0 - label.reach > sizes.text * 1.5;
            places.push(Place {
                text,
                label,
                rect,
                leader,
                on_plot: false,
            });
        }
        places
    }

    /// The best free place around the anchor.
    fn beside(&mut self, label: Wanted) -> Option<Place> {
        let (plot, sizes) = (self.frame.plot, self.frame.sizes);
        // The lines of the heads are among what is taken, so a label may rise half a line above.
        let allowed = Rect {
            left: plot.left + 2.0,
            top: plot.top - sizes.line / 2.0,
            right: self.frame.paper.right - 2.0,
            bottom: plot.bottom,
        };
        let text = cut(&label.text, allowed.width(), self.frame.face());
        let width = self.frame.face().width(&text);
        if text.is_empty() {
            return None;
        }
        let mut best: Option<(f64, Rect, bool)> = None;
        for (rank, (rect, leader)) in candidates(&label, width, sizes).into_iter().enumerate() {
            let at_least = rank as f64 * 0.3;
            if best.as_ref().is_some_and(|(least, ..)| at_least >= *least) {
                break;
            }
            if !allowed.holds(&rect) || self.taken.iter().any(|taken| taken.overlaps(&rect)) {
                continue;
            }
            let cost = at_least + self.crossings(&rect);
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, rect, leader));
            }
        }
        let (_, rect, leader) = best?;
        self.taken.push(rect);
        Some(Place {
            text,
            label,
            rect,
            leader,
            on_plot: true,
        })
    }

    /// How much drawn data a rectangle would cover.
    fn crossings(&self, rect: &Rect) -> f64 {
        let core = rect.grown(-self.frame.sizes.text * 0.15);
        let crosses = |line: &Vec<Px>| {
            line.windows(2)
                .any(|pair| matches!(pair, &[a, b] if clip_segment(a, b, &core).is_some()))
        };
        let lines = self.lines.iter().filter(|line| crosses(line)).count();
        let marks = self
            .marks
            .iter()
            .filter(|mark| mark.overlaps(&core))
            .count();
        lines as f64 * 4.0 + marks as f64 * 6.0
    }
}

/// Places around an anchor, the most natural first, with whether each needs a leader.
fn candidates(label: &Wanted, width: f64, sizes: Sizes) -> Vec<(Rect, bool)> {
    let (x, y) = label.anchor;
    let away = label.reach + sizes.text * 0.3;
    let half = sizes.line / 2.0;
    let at = |left: f64, middle: f64| Rect {
        left,
        top: middle - half,
        right: left + width,
        bottom: middle + half,
    };
    let (right, left, centre) = (x + away, x - away - width, x - width / 2.0);
    let (above, below) = (y - label.reach - half, y + label.reach + half);
    let ending = x - width;
    let near = if label.above {
        vec![
            (ending, above),
            (ending, below),
            (right, y),
            (centre, above),
            (centre, below),
            (x, above),
            (x, below),
        ]
    } else {
        vec![
            (right, y),
            (centre, above),
            (centre, below),
            (left, y),
            (x, above),
            (ending, above),
            (x, below),
            (ending, below),
        ]
    };
    let mut places: Vec<(Rect, bool)> = near
        .into_iter()
        .map(|(left, middle)| (at(left, middle), false))
        .collect();
    for lines in [1.0, 2.0, 3.0, 4.5, 6.0] {
        let shift = lines * sizes.line;
        for (side, middle) in [
            (right, y - shift),
            (right, y + shift),
            (centre, above - shift),
            (centre, below + shift),
            (left, y - shift),
            (left, y + shift),
        ] {
            places.push((at(side, middle), true));
        }
    }
    places
}

/// Middles as near to the wanted ones (ascending) as `between` allows, inside `low..=high`.
///
/// Least squares: neighbours that collide move as one block to their common mean.
fn spread(wanted: &[f64], between: f64, low: f64, high: f64) -> Vec<f64> {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (idx, middle) in wanted.iter().enumerate() {
        blocks.push((middle - idx as f64 * between, 1));
        while let [.., before, last] = blocks.as_mut_slice()
            && before.0 > last.0
        {
            let count = before.1 + last.1;
            *before = (
                (before.0 * before.1 as f64 + last.0 * last.1 as f64) / count as f64,
                count,
            );
            blocks.pop();
        }
    }
    let high = (high - wanted.len().saturating_sub(1) as f64 * between).max(low);
    let starts = blocks
        .into_iter()
        .flat_map(|(start, count)| std::iter::repeat_n(start.clamp(low, high), count));
    starts
        .enumerate()
        .map(|(idx, start)| start + idx as f64 * between)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: &[f64], expected: &[f64]) {
        assert_eq!(spread(wanted, 10.0, 0.0, 100.0), expected);
    }

    #[test]
    fn labels_apart_stay_where_they_are() {
        check(&[10.0, 50.0, 90.0], &[10.0, 50.0, 90.0]);
    }

    #[test]
    fn labels_that_collide_move_apart_evenly() {
        check(&[50.0, 50.0], &[45.0, 55.0]);
        check(
            &[40.0, 50.0, 52.0, 90.0],
            &[
                37.333333333333336,
                47.333333333333336,
                57.333333333333336,
                90.0,
            ],
        );
    }

    #[test]
    fn labels_stay_inside() {
        check(&[-5.0, 0.0], &[0.0, 10.0]);
        check(&[99.0, 100.0, 101.0], &[80.0, 90.0, 100.0]);
        check(&[], &[]);
    }
}
