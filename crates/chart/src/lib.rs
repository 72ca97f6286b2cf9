//! A [`Figure`] (plain data) drawn on any plotters backend, with a layout of its own.
//!
//! Knows no engine, no pack and no page; numbers and words arrive ready in the figure.
//! Order of work: `frame` lays out, `layers` draws data, `labels` finds places for words,
//! `subpixel` paints. Start at [`draw`]; [`svg()`] is the same on an SVG document.

mod axis;
pub mod figure;
mod frame;
mod geometry;
mod heads;
mod labels;
mod layers;
mod measure;
mod scene;
mod subpixel;
mod svg;
mod words;

use plotters_backend::{DrawingBackend, DrawingErrorKind};

pub use axis::{NiceAxis, Scale, nice_axis};
pub use figure::Figure;
pub use geometry::Rect;
pub use measure::{Measure, TableMeasure};
pub use subpixel::{Subpixel, Surface, UNITS_PER_PX};
pub use svg::svg;

use figure::Point;
use scene::Scene;

/// Where a figure was drawn: its plot and the mapping between data and CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// Rectangle of the data area, in CSS pixels from the drawing's upper left corner.
    pub plot: Rect,
    /// Mapping of the time axis; `None` when its range was empty or not finite.
    pub x: Option<Scale>,
    /// Mapping of the value axis; `None` when its range was empty or not finite.
    pub y: Option<Scale>,
}

impl Drawn {
    /// Pixel of a point in data coordinates; `None` where the plot does not show it.
    pub fn px(&self, point: Point) -> Option<(f64, f64)> {
        let (x, y) = (self.x?.px(point.0), self.y?.px(point.1));
        self.plot.contains(x, y).then_some((x, y))
    }

    /// Data coordinates of a pixel; `None` outside the plot.
    pub fn data(&self, px: (f64, f64)) -> Option<Point> {
        let inside = self.plot.contains(px.0, px.1);
        inside.then_some((self.x?.value(px.0), self.y?.value(px.1)))
    }
}

/// Draws a figure and tells where it went.
///
/// * The backend gets coordinates in sixteenths of a CSS pixel ([`UNITS_PER_PX`]).
/// * A figure of any size, empty ranges and values that are not finite never panic: what
///   cannot be drawn is left out, and the frame stays.
///
/// # Errors
/// Only those of the backend.
pub fn draw<B: DrawingBackend>(
    figure: &Figure,
    backend: B,
    surface: Surface<'_>,
) -> Result<Drawn, DrawingErrorKind<B::ErrorType>> {
    let (scene, drawn) = compose(figure, surface.measure);
    let paper = frame::paper(figure);
    let mut backend = Subpixel::new(backend, paper.width(), paper.height(), surface);
    subpixel::paint(&scene, figure.theme.font, &mut backend)?;
    Ok(drawn)
}

/// Everything a figure shows, in place.
fn compose(figure: &Figure, measure: &dyn Measure) -> (Scene, Drawn) {
    let mut scene = Scene::default();
    let sizes = frame::sizes(figure);
    let right = labels::column_width(figure, sizes, measure);
    let (left_px, right_px) = frame::plot_sides(figure, measure, right);
    let x = Scale::new(figure.x.from, figure.x.to, left_px, right_px);
    let mut heads = heads::heads(figure, sizes, measure, x, left_px);
    let mut head = heads::height(&heads, sizes);
    if !frame::has_room(figure, head) {
        heads.clear();
        head = 0.0;
    }
    let frame = frame::frame(figure, measure, frame::Margins { right, head }, &mut scene);
    let drawing = layers::layers(&frame, &heads, &mut scene);
    let head_rects: Vec<Rect> = heads
        .iter()
        .map(|head| head.rect(frame.plot.top, sizes))
        .collect();
    labels::labels(&frame, drawing, &head_rects, &mut scene);
    let drawn = Drawn {
        plot: frame.plot,
        x: frame.x,
        y: frame.y,
    };
    (scene, drawn)
}
