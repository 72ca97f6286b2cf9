//! Where everything that is not data goes: title, gutters, tick labels, footer, break mark.
//!
//! All sizes follow from the figure's text size. When room is short the subtitle goes first,
//! then the footer, then the title, so that a plot is left.

use crate::axis::Scale;
use crate::figure::{Axis, Colour, Figure, Layer, Mark, Tick};
use crate::geometry::Rect;
use crate::measure::Measure;
use crate::scene::{Align, Scene, Words};
use crate::words::{Face, clean, cut, wrap};

/// Lengths that follow from the text size.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    /// Axis text and direct labels.
    pub(crate) text: f64,
    title: f64,
    small: f64,
    /// Between the edge of the drawing and what stands next to it.
    pub(crate) pad: f64,
    /// Between the plot and the words beside it.
    pub(crate) gap: f64,
    /// Between the plot and the time labels: clears the lower half of the lowest value label.
    below: f64,
    /// Height of a line of axis text.
    pub(crate) line: f64,
}

impl Sizes {
    fn new(text_size: f64) -> Self {
        let text = if text_size.is_finite() {
            text_size.clamp(4.0, 200.0)
        } else {
            13.0
        };
        Self {
            text,
            title: text * 1.25,
            small: text * 12.0 / 13.0,
            pad: text * 0.6,
            gap: text * 0.5,
            below: text * 0.7,
            line: text * 1.3,
        }
    }
}

/// The drawing's edge, its plot, and what maps data into it.
pub(crate) struct Frame<'a> {
    pub(crate) figure: &'a Figure,
    pub(crate) measure: &'a dyn Measure,
    pub(crate) sizes: Sizes,
    /// The whole drawing.
    pub(crate) paper: Rect,
    pub(crate) plot: Rect,
    pub(crate) x: Option<Scale>,
    pub(crate) y: Option<Scale>,
    /// Rectangles of tick labels; direct labels keep clear of them.
    pub(crate) taken: Vec<Rect>,
}

/// Room that data labels need around the plot, found before the frame.
#[derive(Clone, Copy)]
pub(crate) struct Margins {
    /// Width of the labels right of the plot, 0 for none.
    pub(crate) right: f64,
    /// Height of the words above the plot, 0 for none.
    pub(crate) head: f64,
}

/// The whole drawing: the figure's size, put right where it is no size.
pub(crate) fn paper(figure: &Figure) -> Rect {
    let side = |length: f64| {
        if length.is_finite() {
            length.clamp(1.0, 20_000.0)
        } else {
            1.0
        }
    };
    Rect {
        left: 0.0,
        top: 0.0,
        right: side(figure.width),
        bottom: side(figure.height),
    }
}

pub(crate) fn sizes(figure: &Figure) -> Sizes {
    Sizes::new(figure.text_size)
}

/// Whether words of this height fit above a plot and leave it some height.
pub(crate) fn has_room(figure: &Figure, head: f64) -> bool {
    let sizes = sizes(figure);
    head + 2.0 * sizes.line + 4.0 * sizes.text <= paper(figure).height()
}

/// The face of axis text and direct labels.
pub(crate) fn text_face(sizes: Sizes, measure: &dyn Measure) -> Face<'_> {
    Face {
        measure,
        size: sizes.text,
        bold: false,
    }
}

/// Left and right edge of the plot, fixed before anything vertical.
pub(crate) fn plot_sides(figure: &Figure, measure: &dyn Measure, right_labels: f64) -> (f64, f64) {
    let (paper, sizes) = (paper(figure), sizes(figure));
    let face = text_face(sizes, measure);
    let widest = shown_ticks(&figure.y)
        .map(|tick| face.width(&clean(&tick.label)))
        .fold(0.0, f64::max);
    let widest = widest.min(paper.width() * 0.4);
    let left = sizes.pad + widest + if widest > 0.0 { sizes.gap } else { 0.0 };
    let right_gap = if right_labels > 0.0 {
        sizes.gap * 1.4 + right_labels + sizes.pad
    } else {
        sizes.pad * 1.5
    };
    let right = paper.right - right_gap;
    (left.min(paper.right), right.max(left).min(paper.right))
}

/// Lays out and draws everything behind the data.
pub(crate) fn frame<'a>(
    figure: &'a Figure,
    measure: &'a dyn Measure,
    margins: Margins,
    scene: &mut Scene,
) -> Frame<'a> {
    let (paper, sizes) = (paper(figure), sizes(figure));
    let (left, right) = plot_sides(figure, measure, margins.right);
    scene.fill(paper, figure.theme.background, 1.0);
    let x_words = if figure.x.ticks.is_empty() {
        sizes.pad
    } else {
        sizes.below + sizes.line + sizes.pad * 0.5
    };
    let y_words = sizes.line * 0.5;
    let needed = margins.head.max(y_words) + x_words + sizes.text * 4.0;
    let around = around(figure, measure, sizes, paper, needed);
    let (top, foot) = draw_around(&around, figure, sizes, paper, scene);
    let top = (top + margins.head.max(y_words)).min(paper.bottom);
    let plot = Rect {
        left,
        top,
        right,
        bottom: (foot - x_words).max(top),
    };
    let mut frame = Frame {
        figure,
        measure,
        sizes,
        paper,
        plot,
        x: Scale::new(figure.x.from, figure.x.to, plot.left, plot.right),
        y: Scale::new(figure.y.from, figure.y.to, plot.bottom, plot.top),
        taken: Vec::new(),
    };
    frame.draw_y(scene);
    frame.draw_x(scene);
    frame
}

/// Lines of text above and below the plot.
struct Around {
    title: Vec<String>,
    subtitle: Vec<String>,
    footer: Vec<String>,
}

impl Around {
    fn top_height(&self, sizes: Sizes) -> f64 {
        let title = self.title.len() as f64 * sizes.title * 1.35;
        let subtitle = self.subtitle.len() as f64 * sizes.small * 1.45;
        let none = self.title.is_empty() && self.subtitle.is_empty();
        title + subtitle + if none { 0.0 } else { sizes.pad * 0.7 }
    }

    fn foot_height(&self, sizes: Sizes) -> f64 {
        let none = self.footer.is_empty();
        self.footer.len() as f64 * sizes.small * 1.4 + if none { 0.0 } else { sizes.pad * 0.5 }
    }
}

/// Wraps title, subtitle and footer, and leaves out what would leave the plot no room.
fn around(
    figure: &Figure,
    measure: &dyn Measure,
    sizes: Sizes,
    paper: Rect,
    needed: f64,
) -> Around {
    let room = paper.width() - 2.0 * sizes.pad;
    let small = Face {
        measure,
        size: sizes.small,
        bold: false,
    };
    let title = Face {
        measure,
        size: sizes.title,
        bold: true,
    };
    let mut around = Around {
        title: wrap(&figure.title, room, 2, title),
        subtitle: wrap(&figure.subtitle, room, 2, small),
        footer: wrap(&figure.footer, room, 2, small),
    };
    let fits = |around: &Around| {
        around.top_height(sizes) + around.foot_height(sizes) + sizes.pad + needed <= paper.height()
    };
    if !fits(&around) {
        around.subtitle.clear();
    }
    if !fits(&around) && around.title.len() > 1 {
        around.title = wrap(&figure.title, room, 1, title);
    }
    if !fits(&around) {
        around.footer.clear();
    }
    if !fits(&around) {
        around.title.clear();
    }
    around
}

/// Draws the lines; gives where the rest begins and ends.
fn draw_around(
    around: &Around,
    figure: &Figure,
    sizes: Sizes,
    paper: Rect,
    scene: &mut Scene,
) -> (f64, f64) {
    let mut y = paper.top + sizes.pad;
    let title = LineStyle {
        size: sizes.title,
        bold: true,
    };
    let small = LineStyle {
        size: sizes.small,
        bold: false,
    };
    let theme = &figure.theme;
    let groups = [
        (&around.title, title, theme.text, 1.35),
        (&around.subtitle, small, theme.secondary, 1.45),
    ];
    for (lines, face, colour, spacing) in groups {
        for line in lines {
            let at = (paper.left + sizes.pad, y + face.size * spacing / 2.0);
            scene.words(face.words(line, at, colour));
            y += face.size * spacing;
        }
    }
    let top = paper.top + sizes.pad * 0.5 + around.top_height(sizes).max(sizes.pad * 0.5);
    let foot = paper.bottom - around.foot_height(sizes);
    for (idx, line) in around.footer.iter().enumerate() {
        let at = (
            paper.left + sizes.pad,
            foot + (idx as f64 + 0.5) * sizes.small * 1.4,
        );
        scene.words(small.words(line, at, theme.secondary));
    }
    (top, foot)
}

/// Size and weight of a line of text.
#[derive(Clone, Copy)]
struct LineStyle {
    size: f64,
    bold: bool,
}

impl LineStyle {
    fn words(self, text: &str, at: (f64, f64), colour: Colour) -> Words {
        Words {
            text: text.to_string(),
            at,
            align: Align::Left,
            size: self.size,
            bold: self.bold,
            colour,
        }
    }
}

/// Ticks inside the range; none when the range is empty.
fn shown_ticks(axis: &Axis) -> impl Iterator<Item = &Tick> {
    axis.ticks
        .iter()
        .filter(|tick| axis.from < axis.to && tick.at >= axis.from && tick.at <= axis.to)
}

impl Frame<'_> {
    pub(crate) fn face(&self) -> Face<'_> {
        text_face(self.sizes, self.measure)
    }

    fn words(&self, text: String, at: (f64, f64), align: Align) -> Words {
        Words {
            text,
            at,
            align,
            size: self.sizes.text,
            bold: false,
            colour: self.figure.theme.text,
        }
    }

    /// Grid lines and value labels; every n-th label only when they would touch.
    fn draw_y(&mut self, scene: &mut Scene) {
        let Some(y) = self.y else {
            return self.draw_axis_lines(scene);
        };
        let room = (self.plot.left - self.sizes.gap - self.sizes.pad * 0.5).max(0.0);
        let ticks: Vec<&Tick> = shown_ticks(&self.figure.y).collect();
        let heights: Vec<(f64, f64)> = ticks
            .iter()
            .map(|tick| {
                (
                    y.px(tick.at) - self.sizes.line / 2.0,
                    y.px(tick.at) + self.sizes.line / 2.0,
                )
            })
            .collect();
        let stride = stride(&heights, 0.0);
        for tick in ticks.iter().step_by(stride) {
            let at = y.px(tick.at);
            scene.line(
                vec![(self.plot.left, at), (self.plot.right, at)],
                1.0,
                self.figure.theme.grid,
            );
            let text = cut(&clean(&tick.label), room, self.face());
            let right = self.plot.left - self.sizes.gap;
            let half = self.sizes.line / 2.0;
            let left = right - self.face().width(&text);
            self.taken.push(Rect {
                left,
                top: at - half,
                right,
                bottom: at + half,
            });
            scene.words(self.words(text, (right, at), Align::Right));
        }
        self.draw_axis_lines(scene);
    }

    fn draw_axis_lines(&self, scene: &mut Scene) {
        let (plot, grid) = (self.plot, self.figure.theme.grid);
        scene.line(
            vec![(plot.left, plot.top), (plot.left, plot.bottom)],
            1.0,
            grid,
        );
        scene.line(
            vec![(plot.left, plot.bottom), (plot.right, plot.bottom)],
            1.0,
            grid,
        );
        if self.figure.y.broken && self.y.is_some() {
            self.draw_break(scene);
        }
    }

    /// A gap in the value axis near its foot between two short slanted strokes.
    fn draw_break(&self, scene: &mut Scene) {
        let (unit, plot) = (self.sizes.text, self.plot);
        if plot.height() < unit * 2.0 {
            return;
        }
        let middle = plot.bottom - unit * 0.75;
        let (reach, rise, half) = (unit * 0.36, unit * 0.16, unit * 0.16);
        let gap = vec![
            (plot.left - reach, middle + half + rise),
            (plot.left + reach, middle + half - rise),
            (plot.left + reach, middle - half - rise),
            (plot.left - reach, middle - half + rise),
        ];
        scene.area(gap, self.figure.theme.background, 1.0);
        for y in [middle - half, middle + half] {
            let slash = vec![(plot.left - reach, y + rise), (plot.left + reach, y - rise)];
            scene.line(slash, unit / 10.0, self.figure.theme.secondary);
        }
    }

    /// Tick marks and time labels, shifted in at the edges; every n-th only when they would touch.
    fn draw_x(&mut self, scene: &mut Scene) {
        let Some(x) = self.x else { return };
        let face = self.face();
        let labels: Vec<(String, f64, f64)> = shown_ticks(&self.figure.x)
            .map(|tick| {
                let text = clean(&tick.label).into_owned();
                let half = face.width(&text) / 2.0;
                let (low, high) = (self.paper.left + 2.0 + half, self.paper.right - 2.0 - half);
                let at = x.px(tick.at).min(high).max(low);
                (text, at, half)
            })
            .collect();
        for tick in shown_ticks(&self.figure.x) {
            let (at, foot) = (x.px(tick.at), self.plot.bottom);
            scene.line(
                vec![(at, foot), (at, foot + self.sizes.gap * 0.7)],
                1.0,
                self.figure.theme.grid,
            );
        }
        let spans: Vec<(f64, f64)> = labels
            .iter()
            .map(|(_, at, half)| (at - half, at + half))
            .collect();
        let stride = stride(&spans, self.sizes.text * 0.3);
        let skipped = self.best_phase(stride);
        let middle = self.plot.bottom + self.sizes.below + self.sizes.line / 2.0;
        let half_line = self.sizes.line / 2.0;
        for (text, at, half) in labels.into_iter().skip(skipped).step_by(stride) {
            if half * 2.0 > self.paper.width() {
                continue;
            }
            self.taken.push(Rect {
                left: at - half,
                top: middle - half_line,
                right: at + half,
                bottom: middle + half_line,
            });
            scene.words(self.words(text, (at, middle), Align::Middle));
        }
    }
    /// How many time labels to leave out first so that, of every n-th, most name a target's time.
    fn best_phase(&self, stride: usize) -> usize {
        let named = |at: f64| {
            self.figure
                .layers
                .iter()
                .any(|layer| is_target_at(layer, at))
        };
        let count = |phase: usize| {
            let kept = shown_ticks(&self.figure.x).skip(phase).step_by(stride);
            kept.filter(|tick| named(tick.at)).count()
        };
        // Of equals the first: `max_by_key` would give the last.
        (0..stride)
            .rev()
            .max_by_key(|&phase| count(phase))
            .unwrap_or(0)
    }
}

/// Whether a layer marks a target at this time.
fn is_target_at(layer: &Layer, at: f64) -> bool {
    match layer {
        Layer::Marks {
            points,
            mark: Mark::Diamond,
            ..
        } => points.iter().any(|(x, _)| (x - at).abs() < 1e-6),
        _ => false,
    }
}

/// The smallest n with which every n-th span keeps `between` free to the next.
fn stride(spans: &[(f64, f64)], between: f64) -> usize {
    let clear = |n: usize| {
        let kept: Vec<(f64, f64)> = spans.iter().step_by(n).copied().collect();
        kept.windows(2).all(|pair| match pair {
            [a, b] => a.1 + between <= b.0 || b.1 + between <= a.0,
            _ => true,
        })
    };
    (1..spans.len().max(2))
        .find(|&n| clear(n))
        .unwrap_or(spans.len().max(1))
}
