//! What a slider needs, from a lever or from an assumption.

use crate::state::Knob;
use crate::view_model::rows::{
    AssumptionRow, Evidence, LevelStretch, LeverRow, TrackTick, Zone, ZoneKind,
};

/// A slider's value, track and words.
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
    /// The same as text.
    pub value_text: String,
    /// Unit.
    pub unit: String,
    /// Lower end.
    pub min: f64,
    /// Upper end.
    pub max: f64,
    /// Ends of the safe range.
    pub safe: (f64, f64),
    /// Step.
    pub step: f64,
    /// Where the value is, as a fraction of the track.
    pub at: f64,
    /// Stretches of the track.
    pub zones: Vec<Zone>,
    /// Zone of the value.
    pub zone: ZoneKind,
    /// Words beside a value outside the safe range.
    pub warning: String,
    /// Named stretches.
    pub levels: Vec<LevelStretch>,
    /// Name of the level the value is in.
    pub level: String,
    /// Baseline first, then document values.
    pub ticks: Vec<TrackTick>,
    /// How well it is known.
    pub evidence: Evidence,
    /// Line under the track, empty for none.
    pub note: String,
    /// Whether the solver leaves it alone; none for what the solver never moves.
    pub locked: Option<bool>,
    /// Whether it differs from its default.
    pub changed: bool,
    /// Sentence for screen readers.
    pub aria: String,
    /// Anchor in the technical reference; none where a drawer of its own leads there.
    pub anchor: Option<String>,
}

impl From<&LeverRow> for SliderRow {
    fn from(row: &LeverRow) -> Self {
        Self {
            knob: Knob::Lever(row.lever),
            id: row.id.clone(),
            label: row.label.clone(),
            value: row.value,
            value_text: row.value_text.clone(),
            unit: row.unit.clone(),
            min: row.min,
            max: row.max,
            safe: row.safe,
            step: row.step,
            at: row.at,
            zones: row.zones.clone(),
            zone: row.zone,
            warning: row.warning.clone(),
            levels: row.levels.clone(),
            level: row.level.clone(),
            ticks: row.ticks.clone(),
            evidence: row.evidence.clone(),
            note: row.guidance.clone(),
            locked: Some(row.locked),
            changed: row.changed,
            aria: row.aria.clone(),
            anchor: None,
        }
    }
}

impl From<&AssumptionRow> for SliderRow {
    fn from(row: &AssumptionRow) -> Self {
        let whole = Zone {
            kind: ZoneKind::Safe,
            from: 0.0,
            to: 1.0,
        };
        let baseline = TrackTick {
            at: row.default_at,
            value: default_value(row),
            label: row.delta.clone(),
            source: None,
        };
        Self {
            knob: Knob::Assumption(row.assumption),
            id: row.id.clone(),
            label: row.label.clone(),
            value: row.value,
            value_text: row.value_text.clone(),
            unit: row.unit.clone(),
            min: row.min,
            max: row.max,
            safe: (row.min, row.max),
            step: row.step,
            at: row.at,
            zones: vec![whole],
            zone: ZoneKind::Safe,
            warning: String::new(),
            levels: Vec::new(),
            level: row.delta.clone(),
            ticks: vec![baseline],
            evidence: row.evidence.clone(),
            note: row.note.clone(),
            locked: None,
            changed: row.changed,
            aria: row.aria.clone(),
            anchor: Some(row.anchor()),
        }
    }
}

fn default_value(row: &AssumptionRow) -> f64 {
    row.min + row.default_at * (row.max - row.min)
}
