//! A canvas as plotters draws on it, with few calls into the browser, since calls are what costs.
//!
//! Lines of one style that follow one another are one stroke (a dashed line would else be a
//! hundred), and a colour, a font or a place of text is said only where it differs from the last.
//! What a chart seldom draws (single pixels, outlines, turned text) is left to the inner backend.

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontTransform,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::CanvasRenderingContext2d;

use super::ink::{Ink, Inked};

type Done = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

/// The backend of a canvas with that context.
///
/// While it draws, nobody else may set a style of the context: it would not be set again.
pub(super) struct Pen {
    inner: CanvasBackend,
    context: Inked,
    /// Colour and width of the lines that are on the canvas' path and not yet stroked.
    open: Option<(Ink, u32)>,
    told: Told,
}

/// What the context was last told; `None` where that is not known.
#[derive(Default)]
struct Told {
    stroke: Option<Ink>,
    width: Option<u32>,
    fill: Option<Ink>,
    align: Option<&'static str>,
    baseline: Option<&'static str>,
    font: Option<Font>,
}

#[derive(PartialEq)]
struct Font {
    style: String,
    size: f64,
    family: String,
}

impl Pen {
    pub(super) fn new(inner: CanvasBackend, context: CanvasRenderingContext2d) -> Self {
        Self {
            inner,
            context: context.unchecked_into(),
            open: None,
            told: Told::default(),
        }
    }

    /// Takes up the path of lines in a style.
    fn take_up(&mut self, style: &impl BackendStyle) {
        let (ink, width) = (Ink::new(style.color()), style.stroke_width());
        if self.open == Some((ink, width)) {
            return;
        }
        self.lift();
        self.context.begin_path();
        if renewed(&mut self.told.stroke, ink) {
            self.context.set_stroke(&ink.css());
        }
        if renewed(&mut self.told.width, width) {
            self.context.set_line_width(f64::from(width));
        }
        self.open = Some((ink, width));
    }

    /// Strokes what is on the path.
    fn lift(&mut self) {
        if self.open.take().is_some() {
            self.context.stroke();
        }
    }

    /// Strokes what is on the path and has the next things filled in a colour.
    fn dip(&mut self, colour: BackendColor) {
        self.lift();
        let ink = Ink::new(colour);
        if renewed(&mut self.told.fill, ink) {
            self.context.set_fill(&ink.css());
        }
    }

    /// The inner backend, which may tell the context anything.
    fn inner(&mut self) -> &mut CanvasBackend {
        self.lift();
        self.told = Told::default();
        &mut self.inner
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        for (place, (x, y)) in path.into_iter().enumerate() {
            let (x, y) = (f64::from(x), f64::from(y));
            if place == 0 {
                self.context.move_to(x, y);
            } else {
                self.context.line_to(x, y);
            }
        }
    }

    fn letter(&mut self, style: &impl BackendTextStyle) {
        let anchor = style.anchor();
        let align = match anchor.h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        };
        if renewed(&mut self.told.align, align) {
            self.context.set_text_align(align);
        }
        let baseline = match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        };
        if renewed(&mut self.told.baseline, baseline) {
            self.context.set_text_baseline(baseline);
        }
        let (slant, size, family) = (style.style(), style.size(), style.family());
        let (slant, family) = (slant.as_str(), family.as_str());
        let same = |font: &Font| font.size == size && font.style == slant && font.family == family;
        if !self.told.font.as_ref().is_some_and(same) {
            self.context.set_font(&format!("{slant} {size}px {family}"));
            self.told.font = Some(Font {
                style: slant.to_owned(),
                size,
                family: family.to_owned(),
            });
        }
    }
}

/// Whether what was told is not what is wanted; then it is from now on.
fn renewed<T: PartialEq>(told: &mut Option<T>, wanted: T) -> bool {
    let wanted = Some(wanted);
    let differs = *told != wanted;
    *told = wanted;
    differs
}

impl DrawingBackend for Pen {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Done {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Done {
        self.lift();
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Done {
        self.inner().draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.take_up(style);
        self.trace(path);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        if !fill {
            return self
                .inner()
                .draw_rect(upper_left, bottom_right, style, fill);
        }
        self.dip(style.color());
        let (left, top) = (f64::from(upper_left.0), f64::from(upper_left.1));
        let (right, bottom) = (f64::from(bottom_right.0), f64::from(bottom_right.1));
        self.context
            .fill_rect(left, top, right - left, bottom - top);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done {
        if !fill {
            return self.inner().draw_circle(center, radius, style, fill);
        }
        self.dip(style.color());
        self.context.begin_path();
        let (x, y) = (f64::from(center.0), f64::from(center.1));
        // Refused only for a radius below zero.
        let _ = self
            .context
            .arc(x, y, f64::from(radius), 0.0, std::f64::consts::PI * 2.0);
        self.context.fill();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Done {
        self.dip(style.color());
        self.context.begin_path();
        self.trace(vert);
        self.context.close_path();
        self.context.fill();
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Done {
        if !matches!(style.transform(), FontTransform::None) {
            return self.inner().draw_text(text, style, pos);
        }
        self.dip(style.color());
        self.letter(style);
        // No text is refused.
        let _ = self
            .context
            .fill_text(text, f64::from(pos.0), f64::from(pos.1));
        Ok(())
    }
}
