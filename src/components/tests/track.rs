//! Keys, magnet and level names on a track.

use super::*;
use crate::state::Knob;
use crate::view_model::rows::{Evidence, LevelStretch, Reason, TrackTick, Zone, ZoneKind};

fn row(value: f64) -> SliderRow {
    let level = |label: &str, from: f64, to: f64| LevelStretch {
        label: label.into(),
        from: from / 20.0,
        to: to / 20.0,
        value: to,
    };
    SliderRow {
        knob: Knob::Lever(0),
        id: "growth".into(),
        label: "增速".into(),
        value,
        value_text: value.to_string(),
        unit: "%".into(),
        min: 0.0,
        max: 20.0,
        safe: (1.0, 10.0),
        step: 0.1,
        at: value / 20.0,
        zones: vec![Zone {
            kind: ZoneKind::Safe,
            from: 0.0,
            to: 1.0,
        }],
        zone: ZoneKind::Safe,
        warning: String::new(),
        locked: Some(false),
        levels: vec![
            level("维持现状", 0.0, 6.0),
            level("小幅加强", 6.0, 8.0),
            level("加强", 8.0, 20.0),
        ],
        level: "维持现状".into(),
        ticks: vec![TrackTick {
            at: 0.25,
            value: 5.0,
            label: "现状".into(),
            source: None,
        }],
        evidence: Evidence {
            letter: "A",
            word: "假设",
            class: "grade-a",
        },
        note: String::new(),
        changed: false,
        entry: None,
        reason: Reason::Needless,
        aria: String::new(),
        anchor: None,
    }
}

#[track_caller]
fn check_key(value: f64, key: &str, shift: bool, expected: KeyAnswer) {
    assert_eq!(key_answer(&row(value), key, shift), Some(expected));
}

#[test]
fn arrows_step_and_shift_makes_ten() {
    check_key(5.0, "ArrowRight", false, KeyAnswer::Step(1));
    check_key(5.0, "ArrowDown", true, KeyAnswer::Step(-10));
}

#[test]
fn home_and_end_stop_at_the_safe_range_first() {
    check_key(5.0, "End", false, KeyAnswer::To(10.0));
    check_key(10.0, "End", false, KeyAnswer::To(20.0));
    check_key(5.0, "Home", false, KeyAnswer::To(1.0));
    check_key(1.0, "Home", false, KeyAnswer::To(0.0));
}

#[test]
fn page_keys_go_from_mark_to_mark() {
    check_key(5.0, "PageUp", false, KeyAnswer::To(6.0));
    check_key(6.0, "PageUp", false, KeyAnswer::To(8.0));
    check_key(6.0, "PageDown", false, KeyAnswer::To(5.0));
    check_key(5.0, "PageDown", false, KeyAnswer::To(0.0));
}

#[test]
fn other_keys_stay_with_the_browser() {
    assert_eq!(key_answer(&row(5.0), "Tab", false), None);
}

#[test]
fn magnet_draws_only_from_near() {
    assert_eq!(magnetic(&row(5.0), 5.2), 5.0);
    assert_eq!(magnetic(&row(5.0), 5.3), 5.3);
    assert_eq!(magnetic(&row(5.0), 7.9), 8.0);
}

#[test]
fn a_name_that_does_not_fit_is_left_out_unless_the_value_is_there() {
    let shown = |row: &SliderRow| -> Vec<String> {
        level_names(row)
            .into_iter()
            .map(|name| name.label)
            .collect()
    };
    assert_eq!(shown(&row(5.0)), ["加强", "维持现状"]);
    let inside = SliderRow {
        level: "小幅加强".into(),
        ..row(7.0)
    };
    assert!(shown(&inside).contains(&"小幅加强".to_owned()));
}
