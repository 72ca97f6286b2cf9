//! Geometry of a slider's track and what keys and the magnet do on it. Pure.

use crate::view_model::rows::LevelStretch;
use crate::view_model::rows::SliderRow;

/// Part of the whole range within which the thumb is drawn to a mark.
const MAGNET: f64 = 0.012;
/// Width that level names are laid out for; wider tracks only have more room.
const NOMINAL_WIDTH: f64 = 230.0;
/// Width of one Chinese character in a level's name.
const CHARACTER: f64 = 12.5;

/// A fraction of the track as an SVG length.
pub fn percent(fraction: f64) -> String {
    format!("{:.2}%", fraction.clamp(0.0, 1.0) * 100.0)
}

/// Start and length of the bar from the baseline to the value, as fractions.
pub fn moved(row: &SliderRow) -> (f64, f64) {
    let from = row.ticks.first().map_or(0.0, |tick| tick.at);
    (from.min(row.at), (row.at - from).abs())
}

/// A level's name on the track.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelName {
    /// Words.
    pub label: String,
    /// Middle of the words, as a fraction of the track.
    pub middle: f64,
    /// Whether the value is in it.
    pub here: bool,
}

/// Names that fit under the track; the one the value is in always does.
pub fn level_names(row: &SliderRow) -> Vec<LevelName> {
    let here = name_here(row);
    let taken = span(&here);
    let mut names: Vec<LevelName> = row
        .levels
        .iter()
        .filter(|level| level.label != here.label)
        .map(name_of)
        .filter(|name| fits(name, &row.levels))
        .filter(|name| apart(span(name), taken))
        .collect();
    names.push(here);
    names
}

fn name_of(level: &LevelStretch) -> LevelName {
    LevelName {
        label: level.label.clone(),
        middle: (level.from + level.to) / 2.0,
        here: false,
    }
}

fn name_here(row: &SliderRow) -> LevelName {
    let level = row.levels.iter().find(|level| level.label == row.level);
    let middle = level.map_or(row.at, |level| (level.from + level.to) / 2.0);
    let half = width(&row.level) / 2.0;
    LevelName {
        label: row.level.clone(),
        middle: middle.clamp(half.min(0.5), (1.0 - half).max(0.5)),
        here: true,
    }
}

fn width(label: &str) -> f64 {
    label.chars().count() as f64 * CHARACTER / NOMINAL_WIDTH
}

/// From where to where a name reaches, with a little air.
fn span(name: &LevelName) -> (f64, f64) {
    let half = width(&name.label) / 2.0 + 0.01;
    (name.middle - half, name.middle + half)
}

fn apart(a: (f64, f64), b: (f64, f64)) -> bool {
    a.1 <= b.0 || b.1 <= a.0
}

fn fits(name: &LevelName, levels: &[LevelStretch]) -> bool {
    levels
        .iter()
        .any(|level| level.label == name.label && level.to - level.from >= width(&name.label))
}

/// The value, or the mark it is drawn to: baseline, document values and level edges.
pub fn magnetic(row: &SliderRow, value: f64) -> f64 {
    let reach = (row.max - row.min) * MAGNET;
    marks(row)
        .filter(|mark| (mark - value).abs() <= reach)
        .min_by(|a, b| (a - value).abs().total_cmp(&(b - value).abs()))
        .unwrap_or(value)
}

fn marks(row: &SliderRow) -> impl Iterator<Item = f64> + '_ {
    let ticks = row.ticks.iter().map(|tick| tick.value);
    ticks.chain(row.levels.iter().map(|level| level.value))
}

/// What a key asks of a slider.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KeyAnswer {
    /// That many steps.
    Step(i32),
    /// To this shown value.
    To(f64),
    /// Back to the default.
    Reset,
    /// Type an exact value.
    Edit,
    /// Lock it for the solver, or unlock it.
    Lock,
    /// Give up the drag.
    Cancel,
}

/// The answer to a key, named as the browser names it; `None` leaves it to the browser.
pub fn key_answer(row: &SliderRow, key: &str, shift: bool) -> Option<KeyAnswer> {
    let steps = if shift { 10 } else { 1 };
    Some(match key {
        "ArrowRight" | "ArrowUp" => KeyAnswer::Step(steps),
        "ArrowLeft" | "ArrowDown" => KeyAnswer::Step(-steps),
        "PageUp" => KeyAnswer::To(next_level(row)),
        "PageDown" => KeyAnswer::To(previous_level(row)),
        "Home" => KeyAnswer::To(lower_end(row)),
        "End" => KeyAnswer::To(upper_end(row)),
        "0" | "Backspace" => KeyAnswer::Reset,
        "Enter" => KeyAnswer::Edit,
        "l" | "L" if row.locked.is_some() => KeyAnswer::Lock,
        "Escape" => KeyAnswer::Cancel,
        _ => return None,
    })
}

fn next_level(row: &SliderRow) -> f64 {
    let above = marks(row).filter(|mark| *mark > row.value + row.step / 2.0);
    above.min_by(f64::total_cmp).unwrap_or(row.max)
}

fn previous_level(row: &SliderRow) -> f64 {
    let below = marks(row).filter(|mark| *mark < row.value - row.step / 2.0);
    below.max_by(f64::total_cmp).unwrap_or(row.min)
}

fn lower_end(row: &SliderRow) -> f64 {
    if row.value > row.safe.0 {
        row.safe.0
    } else {
        row.min
    }
}

fn upper_end(row: &SliderRow) -> f64 {
    if row.value < row.safe.1 {
        row.safe.1
    } else {
        row.max
    }
}

#[cfg(test)]
#[path = "tests/track.rs"]
mod tests;
