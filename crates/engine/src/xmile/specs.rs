//! `<sim_specs>` → time grid and method.

use super::document::Document;
use super::grammar;
use super::source::Faults;
use super::tree::{Element, Text};
use super::variable::unsupported;
use crate::budget::MAX_STEPS;
use crate::diag::Severity;
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
    if let Some(by) = specs.child("run").and_then(|r| r.attribute("by"))
        && !by.text.trim().eq_ignore_ascii_case("all")
    {
        unsupported("run of a part of the model", None, by.at(0), faults);
    }
    let intervals = ["isee:save_interval", "save_interval"].map(|name| specs.attribute(name));
    if let [Some(first), Some(second)] = intervals {
        grammar::twice(
            "the save interval",
            specs,
            second.at(0),
            first.at(0),
            faults,
        );
    }
    if let Some(text) = intervals.into_iter().flatten().next() {
        document.horizon.save_every = save_every(text, dt, faults);
    }
    if document.horizon.is_runnable() {
        check_rows(&document.horizon, specs.at, faults);
    }
}

/// Whether the last instant is reached and saved, and anything beside the first.
fn check_rows(horizon: &Horizon, at: usize, faults: &mut Faults) {
    let (start, stop, dt) = (horizon.start, horizon.stop, horizon.dt);
    let every = f64::from(horizon.save_every) * dt;
    let rows = horizon.n_rows();
    let last = start + (rows - 1) as f64 * every;
    let (code, message) = match rows {
        1 => (
            "single-row",
            format!("from {start} to {stop} every {every} saves the first instant alone"),
        ),
        _ if (stop - last).abs() > 1e-3 * dt => (
            "uneven-time-grid",
            format!("from {start} every {every} ends at {last}, short of {stop}"),
        ),
        _ => return,
    };
    let subject = [start, stop, every, last].map(|t| t.to_string());
    let subject: Vec<&str> = subject.iter().map(String::as_str).collect();
    let hint = "let the way from start to stop be a multiple of dt and of the save interval";
    let hint = Some(hint.to_owned());
    faults.push(Severity::Warning, code, at, &subject, message, hint);
}

/// A word that is yes or no, or a fault and nothing.
pub(super) fn flag(text: &Text, faults: &mut Faults) -> Option<bool> {
    match text.text.trim().to_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => {
            bad_value(text, "true or false", faults);
            None
        }
    }
}

/// A text that should be one of a few words.
pub(super) fn bad_value(text: &Text, wanted: &str, faults: &mut Faults) {
    let written = text.text.trim();
    let message = format!("`{written}` stands where only {wanted} may stand");
    let hint = Some(format!("write {wanted}"));
    faults.error_hint("bad-value", text.start(), &[written, wanted], message, hint);
}

fn instant(specs: &Element, name: &str, default: f64, faults: &mut Faults) -> f64 {
    let Some(element) = specs.child(name) else {
        let message = format!("<sim_specs> has no <{name}>, so {default} is taken");
        faults.push(
            Severity::Warning,
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
    match dt.attribute("reciprocal").and_then(|t| flag(t, faults)) {
        Some(true) => 1.0 / value,
        _ => value,
    }
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
            Severity::Note,
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
