//! Levers and assumptions: ranges in order, levels ascending, everything on the step grid.

use super::Checker;
use crate::record::{Assumption, Lever};

/// Fewest and most steps of a slider: fewer feel coarse, more cannot be hit.
const STEPS: std::ops::RangeInclusive<f64> = 60.0..=400.0;

/// How far off the grid a value may lie, in steps.
const ON_GRID: f64 = 1e-6;

/// Most digits after the point.
pub(super) const MOST_DECIMALS: usize = 6;

impl Checker<'_> {
    pub(super) fn lever(&mut self, lever: &Lever) {
        let me = ("lever", lever.id.as_str());
        self.label(me, &lever.label);
        self.one_of(me, "group", &lever.group, &["group"]);
        for (key, name) in [
            ("variable", &lever.variable),
            ("start_variable", &lever.start_variable),
            ("ramp_variable", &lever.ramp_variable),
            ("stop_variable", &lever.stop_variable),
            ("unit", &lever.unit),
            ("model_unit", &lever.model_unit),
            ("guidance", &lever.guidance),
            ("how", &lever.how),
        ] {
            self.given(me, key, name);
        }
        self.conversion(me, lever.scale, lever.decimals);
        if !(lever.ramp_years.is_finite() && lever.ramp_years >= 0.0) {
            let what = format!("ramp_years {} is no length of time", lever.ramp_years);
            self.error("lever-ramp", me.0, me.1, what);
        }
        for source in &lever.sources {
            self.one_of(me, "source", source, &["source"]);
        }
        for mark in &lever.marks {
            self.one_of(me, "mark source", &mark.source, &["source"]);
            if !(mark.value >= lever.hard.min && mark.value <= lever.hard.max) {
                let what = format!("mark {} lies outside the hard range", mark.value);
                self.error("lever-mark", me.0, me.1, what);
            }
        }
        if self.lever_ranges(lever) {
            self.lever_levels(lever);
            self.lever_grid(lever);
        }
    }

    /// Whether the ends are in order, so that the grid can be looked at.
    fn lever_ranges(&mut self, lever: &Lever) -> bool {
        let ends = [
            ("hard.min", lever.hard.min),
            ("safe.min", lever.safe.min),
            ("default", lever.default),
            ("safe.max", lever.safe.max),
            ("stretch_max", lever.stretch_max),
            ("hard.max", lever.hard.max),
        ];
        let mut ordered = true;
        for pair in ends.windows(2) {
            if let [(low_key, low), (high_key, high)] = *pair {
                // A NaN is in no order.
                let in_order = low <= high;
                if !in_order {
                    let what = format!("{low_key} {low} is not below {high_key} {high}");
                    self.error("lever-range", "lever", &lever.id, what);
                    ordered = false;
                }
            }
        }
        if ordered
            && !(lever.hard.min < lever.hard.max && (lever.hard.max - lever.hard.min).is_finite())
        {
            let what = "the hard range is empty or endless".to_owned();
            self.error("lever-range", "lever", &lever.id, what);
            ordered = false;
        }
        ordered
    }

    fn lever_levels(&mut self, lever: &Lever) {
        let mut below = lever.hard.min;
        for level in &lever.levels {
            let ascending = level.to > below;
            if !ascending {
                let what = format!(
                    "level `{}` ends at {}, not above {below}",
                    level.label, level.to
                );
                self.error("lever-levels", "lever", &lever.id, what);
            }
            below = level.to;
        }
        if below != lever.hard.max {
            let what = format!(
                "the last level ends at {below}, not at hard.max {}",
                lever.hard.max
            );
            self.error("lever-levels", "lever", &lever.id, what);
        }
    }

    fn lever_grid(&mut self, lever: &Lever) {
        if !(lever.step.is_finite() && lever.step > 0.0) {
            let what = format!("step {} is not above zero", lever.step);
            self.error("step", "lever", &lever.id, what);
            return;
        }
        let steps = (lever.hard.max - lever.hard.min) / lever.step;
        if !STEPS.contains(&libm::round(steps)) {
            let what = format!("{steps:.0} steps from hard.min to hard.max, wanted are 60 to 400");
            self.error("lever-steps", "lever", &lever.id, what);
        }
        let edges = [
            ("default", lever.default),
            ("safe.min", lever.safe.min),
            ("safe.max", lever.safe.max),
            ("stretch_max", lever.stretch_max),
            ("hard.max", lever.hard.max),
        ];
        let levels = lever
            .levels
            .iter()
            .map(|level| (level.label.as_str(), level.to));
        for (key, value) in edges.into_iter().chain(levels) {
            self.on_grid(("lever", &lever.id), key, value, lever.hard.min, lever.step);
        }
    }

    fn on_grid(&mut self, me: (&'static str, &str), key: &str, value: f64, first: f64, step: f64) {
        let steps = (value - first) / step;
        let nearest = libm::round(steps);
        if (steps - nearest).abs() > ON_GRID {
            let what = format!("{key} {value} is not on the grid from {first} by {step}");
            let hint = format!("the nearest point is {}", tidy(first + nearest * step));
            self.error_with_hint("off-grid", me, what, Some(hint));
        }
    }

    pub(super) fn assumption(&mut self, assumption: &Assumption) {
        let me = ("assumption", assumption.id.as_str());
        self.label(me, &assumption.label);
        for (key, text) in [
            ("variable", &assumption.variable),
            ("unit", &assumption.unit),
            ("model_unit", &assumption.model_unit),
            ("distribution", &assumption.distribution),
        ] {
            self.given(me, key, text);
        }
        self.conversion(me, assumption.scale, assumption.decimals);
        for source in &assumption.sources {
            self.one_of(me, "source", source, &["source"]);
        }
        if !assumption.origin.is_finite() {
            self.error("scale", me.0, me.1, "origin is not finite".to_owned());
        }
        let (range, default) = (assumption.range, assumption.default);
        let ordered = range.min < range.max && range.min <= default && default <= range.max;
        if !(ordered && (range.max - range.min).is_finite()) {
            let what = format!(
                "default {default} does not lie in a range from {} to {}",
                range.min, range.max
            );
            self.error("assumption-range", me.0, me.1, what);
        } else if assumption.step.is_finite() && assumption.step > 0.0 {
            self.on_grid(me, "default", default, range.min, assumption.step);
            self.on_grid(me, "range.max", range.max, range.min, assumption.step);
        } else {
            let what = format!("step {} is not above zero", assumption.step);
            self.error("step", me.0, me.1, what);
        }
    }
}

/// The number without the last digits that arithmetic left.
fn tidy(value: f64) -> f64 {
    libm::round(value * 1e9) / 1e9
}
