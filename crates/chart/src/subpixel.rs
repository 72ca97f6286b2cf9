//! A backend in sixteenths of a CSS pixel around any other backend, and the painting of a scene on it.
//!
//! Backend coordinates are whole numbers; in whole pixels flat curves would show stairs. Whoever
//! owns the inner backend maps sixteenths back: a canvas by its transform, an SVG by its viewBox.
//! Text is measured by the injected measurer, never by plotters (which asks the document).

use plotters::prelude::{Color, RGBAColor, ShapeStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, FontTransform, TextStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::figure::{Colour, Stroke};
use crate::geometry::{Px, dashes};
use crate::measure::Measure;
use crate::scene::{Align, Item, Scene, Words};

/// Backend units in one CSS pixel.
pub const UNITS_PER_PX: i32 = 16;

/// Lines up to this width (CSS pixels) that run level or upright snap to device pixels.
const HAIRLINE_PX: f64 = 1.25;

/// What a drawing needs to know about where it is shown.
#[derive(Clone, Copy)]
pub struct Surface<'a> {
    /// Device pixels in one CSS pixel; what is not positive counts as 1.
    pub device_pixel_ratio: f64,
    /// Measures text in the figure's font.
    pub measure: &'a dyn Measure,
    /// Factor on text sizes handed to the backend: 1, but 1.24 for plotters-svg, which divides by it.
    pub font_factor: f64,
}

/// A drawing backend of 16 × the size of a drawing around `B`; see the module's words.
pub struct Subpixel<'a, B> {
    inner: B,
    size: (u32, u32),
    surface: Surface<'a>,
}

impl<'a, B: DrawingBackend> Subpixel<'a, B> {
    /// A backend for a drawing of `width` × `height` CSS pixels.
    pub fn new(inner: B, width: f64, height: f64, surface: Surface<'a>) -> Self {
        Self {
            inner,
            size: (units(width).unsigned_abs(), units(height).unsigned_abs()),
            surface,
        }
    }

    /// Units in one device pixel.
    fn device_px(&self) -> f64 {
        let ratio = self.surface.device_pixel_ratio;
        let ratio = if ratio > 0.0 {
            ratio.clamp(0.1, 16.0)
        } else {
            1.0
        };
        f64::from(UNITS_PER_PX) / ratio
    }

    /// The nearest position at which a line of `width` device pixels has sharp edges.
    fn snapped(&self, at: i32, width: f64) -> i32 {
        let device = f64::from(at) / self.device_px();
        let sharp = if width % 2.0 == 1.0 {
            device.floor() + 0.5
        } else {
            device.round()
        };
        (sharp * self.device_px()).round() as i32
    }
}

/// Whole units of a length in CSS pixels.
fn units(px: f64) -> i32 {
    (px * f64::from(UNITS_PER_PX)).round() as i32
}

/// Result of a call of backend `B`.
type Done<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

impl<B: DrawingBackend> DrawingBackend for Subpixel<'_, B> {
    type ErrorType = B::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done<B> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Done<B> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Done<B> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done<B> {
        let thin = f64::from(style.stroke_width()) <= HAIRLINE_PX * f64::from(UNITS_PER_PX);
        if !thin || (from.0 != to.0 && from.1 != to.1) {
            return self.inner.draw_line(from, to, style);
        }
        let width = (f64::from(style.stroke_width()) / self.device_px())
            .round()
            .max(1.0);
        let (mut from, mut to) = (from, to);
        if from.0 == to.0 {
            from.0 = self.snapped(from.0, width);
            to.0 = from.0;
        }
        if from.1 == to.1 {
            from.1 = self.snapped(from.1, width);
            to.1 = from.1;
        }
        let stroke_width = (width * self.device_px()).round() as u32;
        let sharp = ShapeStyle {
            color: rgba(style.color()),
            filled: false,
            stroke_width,
        };
        self.inner.draw_line(from, to, &sharp)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done<B> {
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done<B> {
        let mut path = path.into_iter();
        match (path.next(), path.next(), path.next()) {
            (Some(from), Some(to), None) => self.draw_line(from, to, style),
            (first, second, third) => {
                let begun = [first, second, third].into_iter().flatten();
                self.inner.draw_path(begun.chain(path), style)
            }
        }
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done<B> {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Done<B> {
        self.inner.fill_polygon(vert, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Done<B> {
        let sized = Resized {
            style,
            size: style.size() * self.surface.font_factor,
        };
        self.inner.draw_text(text, &sized, pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let size = style.size() / f64::from(UNITS_PER_PX);
        let width =
            self.surface
                .measure
                .width(text, size, matches!(style.style(), FontStyle::Bold));
        Ok((
            units(width).unsigned_abs(),
            units(size * 1.2).unsigned_abs(),
        ))
    }
}

/// A text style in another size.
struct Resized<'a, S> {
    style: &'a S,
    size: f64,
}

impl<S: BackendTextStyle> BackendTextStyle for Resized<'_, S> {
    type FontError = S::FontError;

    fn color(&self) -> BackendColor {
        self.style.color()
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn transform(&self) -> FontTransform {
        self.style.transform()
    }

    fn style(&self) -> FontStyle {
        self.style.style()
    }

    fn anchor(&self) -> Pos {
        self.style.anchor()
    }

    fn family(&self) -> FontFamily<'_> {
        self.style.family()
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        self.style.layout_box(text)
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        pos: BackendCoord,
        draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        self.style.draw(text, pos, draw)
    }
}

fn rgba(colour: BackendColor) -> RGBAColor {
    RGBAColor(colour.rgb.0, colour.rgb.1, colour.rgb.2, colour.alpha)
}

fn tinted(colour: Colour, alpha: f64) -> RGBAColor {
    let [_, red, green, blue] = colour.0.to_be_bytes();
    RGBAColor(red, green, blue, alpha)
}

fn shape(colour: Colour, alpha: f64, width_px: f64) -> ShapeStyle {
    let stroke_width = units(width_px).max(1).unsigned_abs();
    ShapeStyle {
        color: tinted(colour, alpha),
        filled: true,
        stroke_width,
    }
}

fn coord(px: Px) -> BackendCoord {
    (units(px.0), units(px.1))
}

/// Draws a scene in order and presents it.
pub(crate) fn paint<B: DrawingBackend>(
    scene: &Scene,
    font: &str,
    backend: &mut Subpixel<'_, B>,
) -> Done<B> {
    backend.ensure_prepared()?;
    let none_yet = FontDesc::new(FontFamily::Name(font), 0.0, FontStyle::Normal);
    let mut style = TextStyle::from(none_yet);
    for item in &scene.items {
        match item {
            Item::Fill {
                rect,
                colour,
                alpha,
            } => {
                let style = shape(*colour, *alpha, 0.0);
                backend.draw_rect(
                    coord((rect.left, rect.top)),
                    coord((rect.right, rect.bottom)),
                    &style,
                    true,
                )?;
            }
            Item::Area {
                points,
                colour,
                alpha,
            } => {
                backend.fill_polygon(
                    points.iter().map(|&px| coord(px)),
                    &shape(*colour, *alpha, 0.0),
                )?;
            }
            Item::Path { points, stroke } => paint_path(points, *stroke, backend)?,
            Item::Disc {
                centre,
                radius,
                colour,
            } => {
                let radius = units(*radius).max(1).unsigned_abs();
                backend.draw_circle(coord(*centre), radius, &shape(*colour, 1.0, 0.0), true)?;
            }
            Item::Words(words) => paint_words(words, font, &mut style, backend)?,
        }
    }
    backend.present()
}

/// A line, cut into dashes where its stroke asks for them; plotters' backends know none.
fn paint_path<B: DrawingBackend>(
    points: &[Px],
    stroke: Stroke,
    backend: &mut Subpixel<'_, B>,
) -> Done<B> {
    let style = shape(stroke.colour, 1.0, stroke.width);
    let mut draw = |points: &[Px]| backend.draw_path(points.iter().map(|&px| coord(px)), &style);
    match stroke.dash {
        Some(dash) => dashes(points, dash, draw),
        None => draw(points),
    }
}

/// Text; `style` is that of the words before, whose font mostly serves again.
fn paint_words<'a, B: DrawingBackend>(
    words: &Words,
    font: &'a str,
    style: &mut TextStyle<'a>,
    backend: &mut Subpixel<'_, B>,
) -> Done<B> {
    let weight = if words.bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    let size = words.size * f64::from(UNITS_PER_PX);
    let bold = matches!(style.font.get_style(), FontStyle::Bold);
    if style.font.get_size() != size || bold != words.bold {
        style.font = FontDesc::new(FontFamily::Name(font), size, weight);
    }
    let side = match words.align {
        Align::Left => HPos::Left,
        Align::Middle => HPos::Center,
        Align::Right => HPos::Right,
    };
    style.pos = Pos::new(side, VPos::Center);
    style.color = tinted(words.colour, 1.0).to_backend_color();
    backend.draw_text(&words.text, style, coord(words.at))
}
