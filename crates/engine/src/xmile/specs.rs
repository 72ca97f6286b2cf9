//! `<sim_specs>` → time grid and method.

use super::document::Document;
use super::source::Faults;
use super::tree::{Element, Text};
use crate::budget::MAX_STEPS;
use crate::program::{Horizon, Method};

/// Sets the grid, method and time unit of `document`; faults leave the default in place.
pub(super) fn read_specs(specs: &Element, document: &mut Document, faults: &mut Faults) {
    let start = instant(specs, "start", 0.0, faults);
    let stop = instant(specs, "stop", 100.0, faults);
    let dt = step(specs, faults);
    document.horizon = Horizon {
        start,
        stop,
        dt,
        save_every: 1,
    };
    document.time_units = specs.attribute("time_units").cloned();
    document.method = method(specs.attribute("method"), faults);
    if !document.horizon.is_runnable() {
        let subject = [start.to_string(), stop.to_string(), dt.to_string()];
        let subject: Vec<&str> = subject.iter().map(String::as_str).collect();
        let message = format!("time from {start} to {stop} by {dt} gives no runnable grid");
        let hint = format!("stop must not lie before start, and at most {MAX_STEPS} steps between");
        faults.error_hint("bad-time-grid", specs.at, &subject, message, Some(hint));
    }
    let interval = specs
        .attribute("isee:save_interval")
        .or(specs.attribute("save_interval"));
    if let Some(text) = interval {
        document.horizon.save_every = save_every(text, dt, faults);
    }
}

fn instant(specs: &Element, name: &str, default: f64, faults: &mut Faults) -> f64 {
    let Some(element) = specs.child(name) else {
        let message = format!("<sim_specs> has no <{name}>, so {default} is taken");
        faults.push(
            crate::diag::Severity::Warning,
            "no-time-bound",
            specs.at,
            &[name],
            message,
            None,
        );
        return default;
    };
    number(&element.text, faults).unwrap_or(default)
}

/// A finite number, or a fault and nothing.
pub(super) fn number(text: &Text, faults: &mut Faults) -> Option<f64> {
    let value = text
        .text
        .trim()
        .parse()
        .ok()
        .filter(|v: &f64| v.is_finite());
    if value.is_none() {
        let written = text.text.trim();
        faults.error(
            "bad-number",
            text.start(),
            &[written],
            format!("`{written}` is no number"),
        );
    }
    value
}

fn step(specs: &Element, faults: &mut Faults) -> f64 {
    let Some(dt) = specs.child("dt") else {
        return 1.0;
    };
    let value = number(&dt.text, faults).unwrap_or(1.0);
    let reciprocal = dt
        .attribute("reciprocal")
        .is_some_and(|t| t.text.eq_ignore_ascii_case("true"));
    if reciprocal { 1.0 / value } else { value }
}

fn method(text: Option<&Text>, faults: &mut Faults) -> Method {
    let Some(text) = text else {
        return Method::Euler;
    };
    let written = text.text.trim();
    let named = |name: &str| match name.trim().to_lowercase().as_str() {
        "euler" => Some(Method::Euler),
        "rk2" => Some(Method::Rk2),
        "rk4" => Some(Method::Rk4),
        _ => None,
    };
    // The first method of a list is the one wanted most; the rest are substitutes (XMILE 2.3).
    if let Some(known) = written.split(',').find_map(named) {
        return known;
    }
    let varies = |name: &str| matches!(name.trim().to_lowercase().as_str(), "rk45" | "gear");
    if written.split(',').any(varies) {
        let message = format!("the integration method `{written}` is optional; RK4 is taken");
        faults.push(
            crate::diag::Severity::Note,
            "method-substituted",
            text.start(),
            &[written, "RK4"],
            message,
            None,
        );
        return Method::Rk4;
    }
    let message = format!("the integration method `{written}` is not built yet");
    let hint = Some("Euler, RK2 and RK4 are".to_owned());
    faults.error_hint(
        "unsupported-method",
        text.start(),
        &[written],
        message,
        hint,
    );
    Method::Euler
}

fn save_every(text: &Text, dt: f64, faults: &mut Faults) -> u32 {
    let Some(interval) = number(text, faults) else {
        return 1;
    };
    if interval <= 0.0 {
        return 1;
    }
    let steps = libm::round(interval / dt);
    if steps < 1.0 || steps > f64::from(u32::MAX) || (steps * dt - interval).abs() > 1e-6 * dt {
        let subject = [interval.to_string(), dt.to_string()];
        let message = format!("the save interval {interval} is no multiple of dt {dt}");
        faults.error(
            "bad-save-interval",
            text.start(),
            &[&subject[0], &subject[1]],
            message,
        );
        return 1;
    }
    steps as u32
}
