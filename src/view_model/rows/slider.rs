//! What a slider is handed: its track, its value, and what was typed into its box.

use super::Evidence;
use crate::state::Knob;

/// Part of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneKind {
    /// Below the safe range: meaningful, 弱于现状 or without document.
    Open,
    /// Inside documents, literature or the place's own past.
    Safe,
    /// Reached or promised once.
    Stretch,
    /// Beyond that, up to where the model ends.
    Beyond,
}

impl ZoneKind {
    /// CSS class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Safe => "safe",
            Self::Stretch => "stretch",
            Self::Beyond => "beyond",
        }
    }
}

/// A stretch of the track, as fractions 0..=1 of its length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// From this fraction …
    pub from: f64,
    /// … to this one.
    pub to: f64,
}

/// A named stretch of the track.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelStretch {
    /// 维持现状, 加强, …
    pub label: String,
    /// Fraction where it begins.
    pub from: f64,
    /// Fraction where it ends.
    pub to: f64,
    /// Shown value of its upper end; PgUp and PgDn stop there.
    pub value: f64,
}

/// A mark on the track that magnets the thumb.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackTick {
    /// Fraction of the track.
    pub at: f64,
    /// Shown value.
    pub value: f64,
    /// "现状 5%", "十四五目标 15%".
    pub label: String,
    /// `None` for the baseline ▼; source record of a document's value ◆.
    pub source: Option<String>,
}

/// What was typed into a number box and not simply taken.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    /// The text that stays in the box until it is mended; none where a value was set all the same.
    pub text: Option<String>,
    /// "范围 0—20 %，100 超出".
    pub message: String,
    /// Values that may be meant, with the words of their buttons.
    pub offers: Vec<(String, f64)>,
}

/// Whether there is a reason for a value beyond all that was reached or promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The value needs none.
    Needless,
    /// It is asked for.
    Wanted,
    /// Given; empty where the user gave none.
    Given(String),
}

/// What a slider shows, of a lever or of an assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct SliderRow {
    /// What it sets.
    pub knob: Knob,
    /// Key.
    pub id: String,
    /// Name.
    pub label: String,
    /// Shown value.
    pub value: f64,
    /// "12.0"
    pub value_text: String,
    /// Unit, "%/年".
    pub unit: String,
    /// Lower end, shown value.
    pub min: f64,
    /// Upper end, shown value.
    pub max: f64,
    /// Ends of the safe range; Home and End go there first.
    pub safe: (f64, f64),
    /// Step of the slider.
    pub step: f64,
    /// Where the value is, as a fraction of the track.
    pub at: f64,
    /// Stretches of the track, adjoining, from 0 to 1.
    pub zones: Vec<Zone>,
    /// Zone of the value.
    pub zone: ZoneKind,
    /// Words beside a value outside the safe range, empty inside.
    pub warning: String,
    /// Named stretches.
    pub levels: Vec<LevelStretch>,
    /// Baseline first, then document values.
    pub ticks: Vec<TrackTick>,
    /// Name of the level the value is in, 弱于现状 below the baseline; of an assumption "低于基准 0.5
    /// 个百分点".
    pub level: String,
    /// How well its effect, or the assumption, is known.
    pub evidence: Evidence,
    /// One line under the track, empty for none.
    pub note: String,
    /// Whether the solver leaves it alone; none for what the solver never moves.
    pub locked: Option<bool>,
    /// Whether it differs from its default, in value or timing.
    pub changed: bool,
    /// "财政科技支出增速，年均 12%，加强档，高于现状 4 个百分点".
    pub aria: String,
    /// Anchor in the technical reference; none where a drawer of its own leads there.
    pub anchor: Option<String>,
    /// What was typed and not simply taken.
    pub entry: Option<EntryRow>,
    /// Why it stands beyond all that was reached or promised.
    pub reason: Reason,
}
