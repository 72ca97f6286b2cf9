//! Layers of a figure → drawn items inside the plot, and the labels that want a place.

use crate::axis::Scale;
use crate::figure::{Colour, Label, Layer, Mark, Point, Stroke};
use crate::frame::Frame;
use crate::geometry::{Px, Rect, clip_polygon, clip_polyline, steps};
use crate::heads::Head;
use crate::scene::{Align, Scene, Words};
use crate::words::clean;

/// A direct label looking for a place.
pub(crate) struct Wanted {
    pub(crate) text: String,
    pub(crate) colour: Colour,
    /// What it names: end of a line, middle of a mark.
    pub(crate) anchor: Px,
    /// Free distance from the anchor that the mark itself fills.
    pub(crate) reach: f64,
    /// Whether its first place is above, ending at the anchor, instead of beside.
    pub(crate) above: bool,
}

/// What drawing the layers leaves for the placing of labels.
#[derive(Default)]
pub(crate) struct Drawing {
    /// From back to front.
    pub(crate) wanted: Vec<Wanted>,
    /// Lines on paper; labels rather do not cross them.
    pub(crate) lines: Vec<Vec<Px>>,
    /// Marks on paper.
    pub(crate) marks: Vec<Rect>,
}

/// Draws every layer in order. Without a usable range on both axes nothing is drawn.
pub(crate) fn layers(frame: &Frame<'_>, heads: &[Head], scene: &mut Scene) -> Drawing {
    let mut drawing = Drawing::default();
    let (Some(x), Some(y)) = (frame.x, frame.y) else {
        return drawing;
    };
    let mut plotter = Plotter {
        frame,
        x,
        y,
        heads,
        scene,
        drawing: &mut drawing,
    };
    for (idx, layer) in frame.figure.layers.iter().enumerate() {
        plotter.layer(idx, layer);
    }
    drawing
}

struct Plotter<'a, 'f> {
    frame: &'a Frame<'f>,
    x: Scale,
    y: Scale,
    heads: &'a [Head],
    scene: &'a mut Scene,
    drawing: &'a mut Drawing,
}

impl Plotter<'_, '_> {
    fn layer(&mut self, idx: usize, layer: &Layer) {
        match layer {
            Layer::Line {
                points,
                stroke,
                label,
            } => {
                let points = self.all_px(points);
                self.line(&points, stroke, label.as_ref());
            }
            Layer::Steps {
                points,
                stroke,
                label,
            } => {
                let points = steps(&self.all_px(points));
                self.line(&points, stroke, label.as_ref());
            }
            Layer::Marks {
                points,
                mark,
                size,
                colour,
                label,
            } => {
                self.marks(points, *mark, *size, *colour, label.as_ref());
            }
            Layer::Band {
                lower,
                upper,
                colour,
            } => self.band(lower, upper, *colour),
            Layer::Instant { at, stroke, .. } => self.instant(idx, *at, stroke),
            Layer::Level {
                value,
                from,
                to,
                stroke,
                label,
            } => {
                self.level(*value, (*from, *to), stroke, label.as_ref());
            }
        }
    }

    fn px(&self, point: Point) -> Px {
        (self.x.px(point.0), self.y.px(point.1))
    }

    fn all_px(&self, points: &[Point]) -> Vec<Px> {
        points.iter().map(|&point| self.px(point)).collect()
    }

    fn want(&mut self, label: Option<&Label>, anchor: Px, reach: f64, above: bool) {
        let Some(label) = label else { return };
        let text = clean(&label.text);
        if !text.is_empty() {
            self.drawing.wanted.push(Wanted {
                text: text.into_owned(),
                colour: label.colour,
                anchor,
                reach,
                above,
            });
        }
    }

    /// A clipped line; a lone point becomes a dot as thick as the line.
    fn line(&mut self, points: &[Px], stroke: &Stroke, label: Option<&Label>) {
        let runs = clip_polyline(points, &self.frame.plot);
        if let Some(&end) = runs.last().and_then(|run| run.last()) {
            self.want(label, end, 0.0, false);
        }
        for run in runs {
            match run.as_slice() {
                [only] => self
                    .scene
                    .disc(*only, (stroke.width * 0.7).max(1.0), stroke.colour),
                _ => self.scene.stroke(run.clone(), *stroke),
            }
            self.drawing.lines.push(run);
        }
    }

    fn marks(
        &mut self,
        points: &[Point],
        mark: Mark,
        size: f64,
        colour: Colour,
        label: Option<&Label>,
    ) {
        let radius = if size.is_finite() {
            (size / 2.0).clamp(0.5, 100.0)
        } else {
            self.frame.sizes.text * 0.25
        };
        let mut last = None;
        for point in self.all_px(points) {
            if !self.frame.plot.contains(point.0, point.1) {
                continue;
            }
            self.mark(point, radius, mark, colour);
            let (x, y) = point;
            self.drawing.marks.push(
                Rect {
                    left: x,
                    top: y,
                    right: x,
                    bottom: y,
                }
                .grown(radius),
            );
            last = Some(point);
        }
        if let Some(anchor) = last {
            self.want(label, anchor, radius, false);
        }
    }

    fn mark(&mut self, at: Px, radius: f64, mark: Mark, colour: Colour) {
        let paper = self.frame.figure.theme.background;
        let edge = (radius * 0.45).clamp(1.0, 3.0);
        match mark {
            Mark::Dot => self.scene.disc(at, radius, colour),
            Mark::Ring => {
                self.scene.disc(at, radius, colour);
                self.scene.disc(at, (radius - edge).max(0.2), paper);
            }
            Mark::Diamond => self.scene.area(diamond(at, radius), colour, 1.0),
            Mark::HollowDiamond => {
                self.scene.area(diamond(at, radius), colour, 1.0);
                // The edge runs at 45°, so the hole is smaller by √2 edges.
                self.scene
                    .area(diamond(at, (radius - edge * 1.414).max(0.2)), paper, 1.0);
            }
        }
    }

    /// A tint between two lines over the stretches where both are finite, and its edges.
    fn band(&mut self, lower: &[Point], upper: &[Point], colour: Colour) {
        let pairs: Vec<(Px, Px)> = lower
            .iter()
            .zip(upper)
            .map(|(&low, &high)| (self.px(low), self.px(high)))
            .collect();
        let finite =
            |(low, high): &(Px, Px)| [low.0, low.1, high.0, high.1].iter().all(|v| v.is_finite());
        for run in pairs.split(|pair| !finite(pair)) {
            let outline: Vec<Px> = run
                .iter()
                .map(|pair| pair.0)
                .chain(run.iter().rev().map(|pair| pair.1))
                .collect();
            let inside = clip_polygon(&outline, &self.frame.plot);
            self.scene
                .area(inside, colour, self.frame.figure.theme.tint());
        }
        for edge in [lower, upper] {
            let edge = self.all_px(edge);
            for run in clip_polyline(&edge, &self.frame.plot) {
                self.scene.line(run, 1.0, colour);
            }
        }
    }

    /// An upright line from its words, or the plot's upper edge, down to the axis.
    fn instant(&mut self, idx: usize, at: f64, stroke: &Stroke) {
        if !self.x.shows(at) {
            return;
        }
        let (x, plot, sizes) = (self.x.px(at), self.frame.plot, self.frame.sizes);
        let head = self.heads.iter().find(|head| head.layer == idx);
        let mut top = plot.top;
        if let Some(head) = head {
            let rect = head.rect(plot.top, sizes);
            top = rect.bottom;
            let middle = (
                (rect.left + rect.right) / 2.0,
                (rect.top + rect.bottom) / 2.0,
            );
            self.scene.words(Words {
                text: head.text.clone(),
                at: middle,
                align: Align::Middle,
                size: sizes.text,
                bold: false,
                colour: head.colour,
            });
        }
        self.scene.stroke(vec![(x, top), (x, plot.bottom)], *stroke);
        self.drawing.lines.push(vec![(x, top), (x, plot.bottom)]);
    }

    fn level(&mut self, value: f64, ends: (f64, f64), stroke: &Stroke, label: Option<&Label>) {
        let line = self.all_px(&[(ends.0.min(ends.1), value), (ends.0.max(ends.1), value)]);
        for run in clip_polyline(&line, &self.frame.plot) {
            if let Some(&end) = run.last() {
                self.want(label, end, 0.0, true);
            }
            self.scene.stroke(run.clone(), *stroke);
            self.drawing.lines.push(run);
        }
    }
}

fn diamond((x, y): Px, radius: f64) -> Vec<Px> {
    // A diamond of the same reach looks smaller than a circle.
    let reach = radius * 1.15;
    vec![
        (x, y - reach),
        (x + reach, y),
        (x, y + reach),
        (x - reach, y),
    ]
}
