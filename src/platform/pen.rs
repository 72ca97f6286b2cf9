//! A canvas as plotters draws on it, but lines of one style that follow one another are one stroke:
//! a dashed line would else be a hundred.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use web_sys::CanvasRenderingContext2d;

/// Colour and width of a stroke.
type Style = ((u8, u8, u8), u64, u32);

type Done = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

/// The backend of a canvas with that context.
pub(super) struct Pen {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    /// Of the lines that are on the canvas' path and not yet stroked.
    open: Option<Style>,
}

impl Pen {
    pub(super) fn new(inner: CanvasBackend, context: CanvasRenderingContext2d) -> Self {
        Self {
            inner,
            context,
            open: None,
        }
    }

    /// Takes up the path of lines in a style.
    fn take_up(&mut self, style: &impl BackendStyle) {
        let BackendColor {
            rgb: (red, green, blue),
            alpha,
        } = style.color();
        let width = style.stroke_width();
        let wanted = ((red, green, blue), alpha.to_bits(), width);
        if self.open == Some(wanted) {
            return;
        }
        self.lift();
        self.context.begin_path();
        let colour = format!("rgba({red},{green},{blue},{alpha})");
        self.context.set_stroke_style_str(&colour);
        self.context.set_line_width(f64::from(width));
        self.open = Some(wanted);
    }

    /// Strokes what is on the path.
    fn lift(&mut self) {
        if self.open.take().is_some() {
            self.context.stroke();
        }
    }
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
        self.lift();
        self.inner.draw_pixel(point, color)
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
        for (place, (x, y)) in path.into_iter().enumerate() {
            let (x, y) = (f64::from(x), f64::from(y));
            if place == 0 {
                self.context.move_to(x, y);
            } else {
                self.context.line_to(x, y);
            }
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        self.lift();
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done {
        self.lift();
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Done {
        self.lift();
        self.inner.fill_polygon(vert, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Done {
        self.lift();
        self.inner.draw_text(text, style, pos)
    }
}
