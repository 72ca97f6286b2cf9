//! A figure on a canvas of the page, sharp at every pixel density, and the measuring of its words.
//!
//! The canvas' transform maps the renderer's sixteenths of a CSS pixel to device pixels. Words are
//! measured on a canvas beside the page, never in the document: no layout is forced, no style set.

use super::pen::Pen;
use crate::platform::size;
use plotters_canvas::CanvasBackend;
use std::cell::RefCell;
use std::collections::HashMap;
use tidemark_chart::{Drawn, Figure, Measure, Surface, UNITS_PER_PX};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Why a figure is not on its canvas.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanvasError {
    /// The browser gives no drawing context; so it is when memory for canvases has run out.
    #[error("the canvas has no 2d context")]
    NoContext,
    /// A drawing call failed.
    #[error("the browser refused to draw: {reason}")]
    Refused {
        /// As the browser put it.
        reason: String,
    },
}

/// Draws a figure on a canvas at the screen's pixel density.
///
/// Sets the canvas' own size (CSS and device pixels) to the figure's.
///
/// # Errors
/// Only when the browser refuses; the canvas may then show part of the figure.
pub fn draw(canvas: &HtmlCanvasElement, figure: &Figure) -> Result<Drawn, CanvasError> {
    draw_at(canvas, figure, size::density())
}

/// As [`draw`], with `density` device pixels per CSS pixel (2 for pictures).
///
/// # Errors
/// As [`draw`].
pub fn draw_at(
    canvas: &HtmlCanvasElement,
    figure: &Figure,
    density: f64,
) -> Result<Drawn, CanvasError> {
    let density = if density.is_finite() {
        density.clamp(0.25, 8.0)
    } else {
        1.0
    };
    let context = prepared(canvas, figure, density).ok_or(CanvasError::NoContext)?;
    let backend =
        CanvasBackend::with_canvas_object(canvas.clone()).ok_or(CanvasError::NoContext)?;
    let measure = CanvasMeasure {
        font: figure.theme.font,
    };
    let surface = Surface {
        device_pixel_ratio: density,
        measure: &measure,
        font_factor: 1.0,
    };
    context.save();
    let pen = Pen::new(backend, context.clone());
    let drawn = tidemark_chart::draw(figure, pen, surface);
    context.restore();
    drawn.map_err(|error| CanvasError::Refused {
        reason: error.to_string(),
    })
}

/// Gives the canvas its size, empties it and sets the transform.
fn prepared(
    canvas: &HtmlCanvasElement,
    figure: &Figure,
    density: f64,
) -> Option<CanvasRenderingContext2d> {
    let store = |px: f64| (px * density).round().clamp(1.0, 32_000.0) as u32;
    let (width, height) = (store(figure.width), store(figure.height));
    // Setting a size, even the same, throws the canvas' memory away.
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
    let style = canvas.style();
    for (name, px) in [("width", figure.width), ("height", figure.height)] {
        style.set_property(name, &format!("{px}px")).ok()?;
    }
    let context = context_of(canvas)?;
    context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok()?;
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    let scale = density / f64::from(UNITS_PER_PX);
    context
        .set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)
        .ok()?;
    context.set_line_join("round");
    Some(context)
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// A canvas that is in no document.
pub(crate) fn detached() -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    document.create_element("canvas").ok()?.dyn_into().ok()
}

/// Widths as the canvas draws them, in one font; cheap to make, widths are kept for the page's life.
#[derive(Debug, Clone, Copy)]
pub struct CanvasMeasure {
    /// Font family list, as CSS writes it.
    pub font: &'static str,
}

/// Size at which widths are taken; widths are proportional, since canvas text here is never hinted.
const MEASURED_PX: f64 = 100.0;
/// Numbers change while a slider moves; past this many the widths of a face start anew.
const KEPT_WIDTHS: usize = 2000;

struct Ruler {
    context: CanvasRenderingContext2d,
    /// What the context's font was last set to.
    set: (&'static str, bool),
    faces: Vec<Face>,
}

/// One font and weight; apart, so that a width is looked up by its text alone.
struct Face {
    name: (&'static str, bool),
    widths: HashMap<String, f64>,
}

thread_local! {
    static RULER: RefCell<Option<Ruler>> = const { RefCell::new(None) };
}

impl Measure for CanvasMeasure {
    fn width(&self, text: &str, size_px: f64, bold: bool) -> f64 {
        let measured = RULER.with_borrow_mut(|slot| {
            if slot.is_none() {
                *slot = Ruler::new();
            }
            Some(slot.as_mut()?.width(text, self.font, bold))
        });
        match measured {
            Some(width) => width * size_px / MEASURED_PX,
            // Without any canvas nothing is drawn either; the layout still gets its numbers.
            None => tidemark_chart::TableMeasure.width(text, size_px, bold),
        }
    }
}

impl Ruler {
    fn new() -> Option<Self> {
        let context = context_of(&detached()?)?;
        Some(Self {
            context,
            set: ("", false),
            faces: Vec::new(),
        })
    }

    /// Width at [`MEASURED_PX`].
    fn width(&mut self, text: &str, font: &'static str, bold: bool) -> f64 {
        let name = (font, bold);
        let kept = self.faces.iter().position(|face| face.name == name);
        let idx = kept.unwrap_or_else(|| {
            let widths = HashMap::new();
            self.faces.push(Face { name, widths });
            self.faces.len() - 1
        });
        if let Some(width) = self.faces[idx].widths.get(text) {
            return *width;
        }
        let width = self.measured(text, font, bold);
        let widths = &mut self.faces[idx].widths;
        if widths.len() >= KEPT_WIDTHS {
            widths.clear();
        }
        widths.insert(text.to_owned(), width);
        width
    }

    /// Width at [`MEASURED_PX`], from the browser.
    fn measured(&mut self, text: &str, font: &'static str, bold: bool) -> f64 {
        if self.set != (font, bold) {
            let weight = if bold { "bold" } else { "normal" };
            self.context
                .set_font(&format!("{weight} {MEASURED_PX}px {font}"));
            self.set = (font, bold);
        }
        self.context
            .measure_text(text)
            .map_or(f64::NAN, |metrics| metrics.width())
    }
}
