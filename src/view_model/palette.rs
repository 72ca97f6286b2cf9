//! Colours of the light theme (ui.md §4.3): current blue, baseline grey dashed, actual black.
//!
//! Red, amber and green are status only and never stand without shape and word.

use tidemark_chart::figure::{Colour, Stroke, Theme};

/// Current scenario.
pub const CURRENT: Colour = Colour(0x0B5CAD);
/// Baseline.
pub const BASELINE: Colour = Colour(0x5B6470);
/// Compared scenario A.
pub const COMPARE_A: Colour = Colour(0xB45309);
/// Compared scenario B.
pub const COMPARE_B: Colour = Colour(0x8A1FD6);
/// Actual figures.
pub const ACTUAL: Colour = Colour(0x111827);
/// Text.
pub const TEXT: Colour = Colour(0x1F2937);
/// Secondary text.
pub const SECONDARY: Colour = Colour(0x4B5563);
/// Grid and axis lines; decoration, no contrast asked for.
pub const GRID: Colour = Colour(0xE5E7EB);
/// Years held out of a fit; decoration, no contrast asked for.
pub const HELD_OUT: Colour = Colour(0xA7B1BE);
/// Paper.
pub const PAPER: Colour = Colour(0xFFFFFF);
/// 可达成.
pub const OK: Colour = Colour(0x26827C);
/// 有风险.
pub const RISK: Colour = Colour(0xA86500);
/// 难达成.
pub const MISS: Colour = Colour(0x822C26);

/// The light theme of charts.
pub const LIGHT: Theme = Theme {
    background: PAPER,
    text: TEXT,
    secondary: SECONDARY,
    grid: GRID,
    font: "\"Microsoft YaHei\",\"PingFang SC\",\"Source Han Sans SC\",\"Noto Sans CJK SC\",\"HarmonyOS Sans SC\",sans-serif",
};

/// Line of the current scenario.
pub const CURRENT_LINE: Stroke = Stroke {
    colour: CURRENT,
    width: 2.5,
    dash: None,
};
/// Line of the baseline.
pub const BASELINE_LINE: Stroke = Stroke {
    colour: BASELINE,
    width: 1.5,
    dash: Some((6.0, 4.0)),
};
/// The model's own past, up to the data date.
pub const MODEL_PAST_LINE: Stroke = Stroke {
    colour: CURRENT,
    width: 1.0,
    dash: None,
};
/// A scenario in a named world.
pub const WORLD_LINE: Stroke = Stroke {
    colour: SECONDARY,
    width: 1.0,
    dash: Some((1.0, 3.0)),
};
/// Thin line between actual dots.
pub const ACTUAL_LINE: Stroke = Stroke {
    colour: ACTUAL,
    width: 1.0,
    dash: None,
};
/// Level of a target.
pub const TARGET_LINE: Stroke = Stroke {
    colour: TEXT,
    width: 1.0,
    dash: Some((2.0, 3.0)),
};
/// Hairlines at instants.
pub const INSTANT_LINE: Stroke = Stroke {
    colour: SECONDARY,
    width: 1.0,
    dash: Some((4.0, 3.0)),
};
/// Diameter of an actual's dot in CSS pixels.
pub const ACTUAL_SIZE: f64 = 7.0;
/// Diameter of a target's diamond in CSS pixels.
pub const TARGET_SIZE: f64 = 11.0;
