//! A figure as one self-contained SVG document, drawn by the same renderer as on screen.

use plotters::prelude::SVGBackend;

use crate::figure::Figure;
use crate::frame::paper;
use crate::measure::Measure;
use crate::subpixel::{Surface, UNITS_PER_PX};
use crate::words::clean;

/// plotters-svg divides text sizes by this before it writes them.
const FONT_FACTOR: f64 = 1.24;

/// SVG text of a figure: size in CSS pixels, words as text, no outside reference.
///
/// `<title>` holds the figure's title, `<desc>` its subtitle and footer, for readers who listen.
pub fn svg(figure: &Figure, measure: &dyn Measure) -> String {
    let paper = paper(figure);
    let side = |px: f64| (px * f64::from(UNITS_PER_PX)).round() as u32;
    let size = (side(paper.width()), side(paper.height()));
    let mut text = String::new();
    let backend = SVGBackend::with_string(&mut text, size);
    let surface = Surface {
        device_pixel_ratio: 1.0,
        measure,
        font_factor: FONT_FACTOR,
    };
    // Writing to a string cannot fail; this backend's errors are those of files.
    let _ = crate::draw(figure, backend, surface);
    let body = text.split_once('>').map_or("", |(_, body)| body);
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" \
         role=\"img\" stroke-linejoin=\"round\">\n<title>{}</title>\n<desc>{}</desc>",
        paper.width(),
        paper.height(),
        size.0,
        size.1,
        escaped(&clean(&figure.title)),
        escaped(&description(figure)),
    );
    // plotters-svg lifts the baseline by half an x-height, as for Latin small letters; digits and
    // Chinese characters stand higher, and the canvas centres the em square.
    head + &body.replace(" dy=\"0.5ex\"", " dy=\"0.36em\"")
}

fn description(figure: &Figure) -> String {
    let parts = [clean(&figure.subtitle), clean(&figure.footer)];
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
