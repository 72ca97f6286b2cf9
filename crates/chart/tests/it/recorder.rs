//! A backend that writes down what it was asked to draw, in CSS pixels.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};
use tidemark_chart::figure::Colour;
use tidemark_chart::{Drawn, Figure, Measure, Rect, Surface, TableMeasure, UNITS_PER_PX, draw};

/// One call, with its colour.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Call {
    Path {
        points: Vec<(f64, f64)>,
        width: f64,
        colour: Colour,
    },
    Area {
        points: Vec<(f64, f64)>,
        alpha: f64,
        colour: Colour,
    },
    Disc {
        centre: (f64, f64),
        radius: f64,
        colour: Colour,
    },
    Fill {
        rect: Rect,
    },
    Text {
        text: String,
        rect: Rect,
        size: f64,
        colour: Colour,
    },
}

/// What was drawn, and what drawing gave.
pub(crate) struct Record {
    pub(crate) calls: Vec<Call>,
    pub(crate) drawn: Drawn,
}

/// Draws a figure at a pixel density and gives what was drawn.
pub(crate) fn record_at(figure: &Figure, device_pixel_ratio: f64) -> Record {
    let calls = Rc::new(RefCell::new(Vec::new()));
    let backend = Recorder {
        calls: Rc::clone(&calls),
    };
    let surface = Surface {
        device_pixel_ratio,
        measure: &TableMeasure,
        font_factor: 1.0,
    };
    let drawn = draw(figure, backend, surface).expect("the recorder never fails");
    Record {
        calls: calls.take(),
        drawn,
    }
}

pub(crate) fn record(figure: &Figure) -> Record {
    record_at(figure, 1.0)
}

impl Record {
    /// Lines in a colour, each as its points.
    pub(crate) fn paths(&self, wanted: Colour) -> Vec<Vec<(f64, f64)>> {
        let paths = self.calls.iter().filter_map(|call| match call {
            Call::Path { points, colour, .. } if *colour == wanted => Some(points.clone()),
            _ => None,
        });
        paths.collect()
    }

    /// Every text with the rectangle of its em squares.
    pub(crate) fn texts(&self) -> Vec<(String, Rect)> {
        let texts = self.calls.iter().filter_map(|call| match call {
            Call::Text { text, rect, .. } => Some((text.clone(), *rect)),
            _ => None,
        });
        texts.collect()
    }

    /// The text that reads so, if it was drawn.
    pub(crate) fn text(&self, wanted: &str) -> Option<Rect> {
        self.texts()
            .into_iter()
            .find(|(text, _)| text == wanted)
            .map(|(_, rect)| rect)
    }
}

struct Recorder {
    calls: Rc<RefCell<Vec<Call>>>,
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

fn px(unit: i32) -> f64 {
    f64::from(unit) / f64::from(UNITS_PER_PX)
}

fn point(at: BackendCoord) -> (f64, f64) {
    (px(at.0), px(at.1))
}

fn rgb(colour: BackendColor) -> Colour {
    let (red, green, blue) = colour.rgb;
    Colour(u32::from_be_bytes([0, red, green, blue]))
}

impl Recorder {
    fn keep(&self, call: Call) -> Done {
        self.calls.borrow_mut().push(call);
        Ok(())
    }
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (1, 1)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        unreachable!("a chart draws no single pixels")
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        _: &S,
        fill: bool,
    ) -> Done {
        assert!(fill, "a chart outlines no rectangles");
        let ((left, top), (right, bottom)) = (point(upper_left), point(bottom_right));
        self.keep(Call::Fill {
            rect: Rect {
                left,
                top,
                right,
                bottom,
            },
        })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        let points = path.into_iter().map(point).collect();
        let width = f64::from(style.stroke_width()) / f64::from(UNITS_PER_PX);
        self.keep(Call::Path {
            points,
            width,
            colour: rgb(style.color()),
        })
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Done {
        let radius = f64::from(radius) / f64::from(UNITS_PER_PX);
        self.keep(Call::Disc {
            centre: point(center),
            radius,
            colour: rgb(style.color()),
        })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Done {
        let points = vert.into_iter().map(point).collect();
        self.keep(Call::Area {
            points,
            alpha: style.color().alpha,
            colour: rgb(style.color()),
        })
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Done {
        let size = style.size() / f64::from(UNITS_PER_PX);
        let width = TableMeasure.width(text, size, matches!(style.style(), FontStyle::Bold));
        let (x, y) = point(pos);
        let left = match style.anchor().h_pos {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        };
        let rect = Rect {
            left,
            top: y - size / 2.0,
            right: left + width,
            bottom: y + size / 2.0,
        };
        self.keep(Call::Text {
            text: text.to_owned(),
            rect,
            size,
            colour: rgb(style.color()),
        })
    }
}
