//! What is drawn, in CSS pixels, from back to front: the last plain form before a backend.

use crate::figure::{Colour, Stroke};
use crate::geometry::{Px, Rect};

/// Which point of a text its position names; vertically always the middle of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Middle,
    Right,
}

/// One line of text in place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Words {
    pub(crate) text: String,
    /// Position of the end or middle that `align` names, and of the middle of the line.
    pub(crate) at: Px,
    pub(crate) align: Align,
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) colour: Colour,
}

/// One drawn thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    /// A filled rectangle.
    Fill {
        rect: Rect,
        colour: Colour,
        alpha: f64,
    },
    /// A filled polygon.
    Area {
        points: Vec<Px>,
        colour: Colour,
        alpha: f64,
    },
    /// A line through points; two points on one upright or level line snap to device pixels.
    Path { points: Vec<Px>, stroke: Stroke },
    /// A filled circle.
    Disc {
        centre: Px,
        radius: f64,
        colour: Colour,
    },
    /// Text.
    Words(Words),
}

/// Everything drawn, from back to front.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    pub(crate) items: Vec<Item>,
}

impl Scene {
    pub(crate) fn fill(&mut self, rect: Rect, colour: Colour, alpha: f64) {
        self.items.push(Item::Fill {
            rect,
            colour,
            alpha,
        });
    }

    pub(crate) fn area(&mut self, points: Vec<Px>, colour: Colour, alpha: f64) {
        if points.len() > 2 {
            self.items.push(Item::Area {
                points,
                colour,
                alpha,
            });
        }
    }

    pub(crate) fn disc(&mut self, centre: Px, radius: f64, colour: Colour) {
        self.items.push(Item::Disc {
            centre,
            radius,
            colour,
        });
    }

    /// A solid polyline.
    pub(crate) fn line(&mut self, points: Vec<Px>, width: f64, colour: Colour) {
        let stroke = Stroke {
            colour,
            width,
            dash: None,
        };
        self.stroke(points, stroke);
    }

    pub(crate) fn stroke(&mut self, points: Vec<Px>, stroke: Stroke) {
        if points.len() > 1 {
            self.items.push(Item::Path { points, stroke });
        }
    }

    pub(crate) fn words(&mut self, words: Words) {
        if !words.text.is_empty() {
            self.items.push(Item::Words(words));
        }
    }
}
