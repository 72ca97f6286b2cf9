//! Whatever a figure holds, drawing it ends, and in finite places.

use tidemark_chart::figure::{Axis, Colour, Label, Layer, Mark, Point, Stroke, Tick};
use tidemark_chart::{Figure, TableMeasure, svg};

use crate::figures;
use crate::recorder::{Call, record_at};

/// Random draws from a place (splitmix64): the same figures in every run.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, n: u64) -> usize {
        (self.next() % n) as usize
    }

    /// Mostly ordinary numbers, now and then a wild one.
    fn number(&mut self) -> f64 {
        const WILD: [f64; 9] = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e308,
            -1e308,
            0.0,
            -0.0,
            5e-324,
            1e17,
        ];
        match self.below(12) {
            0 => WILD[self.below(WILD.len() as u64)],
            _ => self.next() as f64 / u64::MAX as f64 * 24.0 - 2.0,
        }
    }

    fn size(&mut self) -> f64 {
        match self.below(4) {
            0 => self.number(),
            _ => self.number() * 30.0,
        }
    }

    fn points(&mut self) -> Vec<Point> {
        (0..self.below(9))
            .map(|_| (self.number(), self.number()))
            .collect()
    }

    fn text(&mut self) -> String {
        const PARTS: [&str; 8] = [
            "研发强度",
            "3.75%",
            " ",
            "\n",
            "<b>&",
            "（",
            "。",
            "a-very-long-word",
        ];
        (0..self.below(9)).map(|_| PARTS[self.below(8)]).collect()
    }

    fn label(&mut self) -> Option<Label> {
        (self.below(3) > 0).then(|| Label {
            text: self.text(),
            colour: Colour(0x123456),
        })
    }

    fn stroke(&mut self) -> Stroke {
        let dash = (self.below(2) == 0).then(|| (self.number(), self.number()));
        Stroke {
            colour: Colour(self.next() as u32),
            width: self.number(),
            dash,
        }
    }

    fn layer(&mut self) -> Layer {
        const MARKS: [Mark; 4] = [Mark::Dot, Mark::Ring, Mark::Diamond, Mark::HollowDiamond];
        let (stroke, label) = (self.stroke(), self.label());
        match self.below(6) {
            0 => Layer::Line {
                points: self.points(),
                stroke,
                label,
            },
            1 => Layer::Steps {
                points: self.points(),
                stroke,
                label,
            },
            2 => Layer::Marks {
                points: self.points(),
                mark: MARKS[self.below(4)],
                size: self.number(),
                colour: stroke.colour,
                label,
            },
            3 => Layer::Band {
                lower: self.points(),
                upper: self.points(),
                colour: stroke.colour,
            },
            4 => Layer::Instant {
                at: self.number(),
                stroke,
                label,
            },
            _ => Layer::Level {
                value: self.number(),
                from: self.number(),
                to: self.number(),
                stroke,
                label,
            },
        }
    }

    fn axis(&mut self) -> Axis {
        let ticks = (0..self.below(12))
            .map(|_| Tick {
                at: self.number(),
                label: self.text(),
            })
            .collect();
        Axis {
            from: self.number(),
            to: self.number() + 5.0,
            ticks,
            broken: self.below(2) == 0,
        }
    }

    fn figure(&mut self) -> Figure {
        Figure {
            title: self.text(),
            subtitle: self.text(),
            footer: self.text(),
            x: self.axis(),
            y: self.axis(),
            layers: (0..self.below(8)).map(|_| self.layer()).collect(),
            theme: if self.below(2) == 0 {
                figures::LIGHT
            } else {
                figures::DARK
            },
            width: self.size(),
            height: self.size(),
            text_size: self.number() * 2.0,
        }
    }
}

#[test]
fn any_figure_is_drawn_without_panic_and_near_its_paper() {
    for seed in 0..2000 {
        let mut draws = Draws(seed);
        let figure = draws.figure();
        let density = draws.number();
        for call in record_at(&figure, density).calls {
            let points = match call {
                Call::Path { points, .. } | Call::Area { points, .. } => points,
                Call::Disc { centre, .. } => vec![centre],
                Call::Fill { rect } => vec![(rect.left, rect.top), (rect.right, rect.bottom)],
                Call::Text { rect, .. } => vec![(rect.left, rect.top)],
            };
            let far = points
                .iter()
                .any(|(x, y)| x.abs() > 40_000.0 || y.abs() > 40_000.0);
            assert!(!far, "seed {seed}: {points:?}");
        }
    }
}

#[test]
fn any_figure_is_wellformed_as_svg() {
    for seed in 0..200 {
        let text = svg(&Draws(seed).figure(), &TableMeasure);
        assert!(
            text.starts_with("<svg ") && text.trim_end().ends_with("</svg>"),
            "seed {seed}"
        );
        assert!(
            !text.contains("<b>") && !text.contains("NaN") && !text.contains("inf"),
            "seed {seed}"
        );
    }
}
