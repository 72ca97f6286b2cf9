//! What a chart shows, as plain data: axes, layers from back to front, words around them.
//!
//! Coordinates are data (years, values in the unit shown). Sizes are CSS pixels at scale 1.

/// Line and text colour, `0xRRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u32);

/// A point in data coordinates.
pub type Point = (f64, f64);

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour of the line.
    pub colour: Colour,
    /// Width in CSS pixels.
    pub width: f64,
    /// Lengths of dash and gap in CSS pixels; `None` is solid.
    pub dash: Option<(f64, f64)>,
}

/// Shape of a point mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Filled circle: a published actual.
    Dot,
    /// Circle with a hole: a preliminary, derived or estimated actual.
    Ring,
    /// Diamond: a target.
    Diamond,
    /// Diamond with a hole: a superseded target.
    HollowDiamond,
}

/// A label drawn directly beside what it names; labels that would collide are moved apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Text.
    pub text: String,
    /// Colour of the text.
    pub colour: Colour,
}

/// One thing drawn, from back to front in the order of [`Figure::layers`].
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// Straight lines between points; a gap where a value is not finite.
    Line {
        /// In data coordinates, x ascending.
        points: Vec<Point>,
        /// How it is drawn.
        stroke: Stroke,
        /// Beside the last point.
        label: Option<Label>,
    },
    /// Steps: the value of a point holds until the next one (stocks that change in batches).
    Steps {
        /// In data coordinates, x ascending.
        points: Vec<Point>,
        /// How it is drawn.
        stroke: Stroke,
        /// Beside the last point.
        label: Option<Label>,
    },
    /// Single marks.
    Marks {
        /// In data coordinates.
        points: Vec<Point>,
        /// Shape.
        mark: Mark,
        /// Diameter in CSS pixels.
        size: f64,
        /// Colour.
        colour: Colour,
        /// Beside the last mark.
        label: Option<Label>,
    },
    /// The area between two lines of equal length, with 1 px edges.
    Band {
        /// Lower edge.
        lower: Vec<Point>,
        /// Upper edge; same x as `lower`.
        upper: Vec<Point>,
        /// Colour of the edges; the fill is a tint of it.
        colour: Colour,
    },
    /// A vertical hairline over the whole height with a word at its head (data date, policy start).
    Instant {
        /// Where, in data coordinates.
        at: f64,
        /// How it is drawn.
        stroke: Stroke,
        /// Words at its head.
        label: Option<Label>,
    },
    /// A horizontal line from one x to another (a target's level on its way to the year).
    Level {
        /// Value.
        value: f64,
        /// From this x …
        from: f64,
        /// … to this x.
        to: f64,
        /// How it is drawn.
        stroke: Stroke,
        /// Above its right end.
        label: Option<Label>,
    },
}

/// One labelled position of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, in data coordinates.
    pub at: f64,
    /// Words, ready to draw.
    pub label: String,
}

/// One axis: range and labelled positions, both chosen by the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// Labelled positions, ascending, inside the range.
    pub ticks: Vec<Tick>,
    /// Whether the axis leaves out zero and a break mark is drawn at its foot.
    pub broken: bool,
}

/// Colours of the paper and of everything that is not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Paper.
    pub background: Colour,
    /// Title and axis words.
    pub text: Colour,
    /// Subtitle, footer.
    pub secondary: Colour,
    /// Grid and axis lines.
    pub grid: Colour,
    /// Font family list, as CSS writes it.
    pub font: &'static str,
}

impl Theme {
    /// How much of a band's colour its fill keeps: 18 % on light paper, 28 % on dark.
    pub(crate) fn tint(&self) -> f64 {
        let [_, red, green, blue] = self.background.0.to_be_bytes().map(u32::from);
        if red * 3 + green * 6 + blue < 1280 {
            0.28
        } else {
            0.18
        }
    }
}

/// A whole chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Sentence title ("按此方案，2027 年…").
    pub title: String,
    /// Metric, unit, scope.
    pub subtitle: String,
    /// Scenario, data date, model version; drawn at the foot, empty on screen where the page says it.
    pub footer: String,
    /// Time axis.
    pub x: Axis,
    /// Value axis.
    pub y: Axis,
    /// From back to front.
    pub layers: Vec<Layer>,
    /// Colours and font.
    pub theme: Theme,
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Size of axis text in CSS pixels (13 on a desktop, 22 on a wall); others follow from it.
    pub text_size: f64,
}
