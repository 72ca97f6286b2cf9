//! Axes chosen from data and target: round ticks, a break where zero is left out, held while one scenario is
//! explored.

use super::series::place_of_year;
use crate::text::{chart, number};
use std::ops::RangeInclusive;
use tidemark_chart::figure::{Axis, Tick};
use tidemark_chart::nice_axis;
use tidemark_pack::record::Reading;

/// Ticks asked for on a value axis.
const VALUE_TICKS: usize = 6;
/// More years than this are labelled every second year.
const ALL_YEARS: i32 = 11;
/// An axis that starts at zero gives at least this part of its height to the data.
const DATA_SHARE: f64 = 0.4;
/// Room above and below the data, as a part of its extent.
const MARGIN: f64 = 0.02;
/// A held axis is given up where the data take less than this part of it.
const FAR_SMALLER: f64 = 0.3;

/// The time axis of a chart from one year to another; ticks stand where those years' figures do.
pub(super) fn years(at: Reading, from: i32, to: i32) -> Axis {
    let every = if to - from < ALL_YEARS { 1 } else { 2 };
    // Counted back from the last year, so that the end of the line is labelled.
    let labelled = (from..=to).filter(|year| (to - year) % every == 0);
    let ticks = labelled.map(|year| Tick {
        at: place_of_year(at, year),
        label: year.to_string(),
    });
    Axis {
        from: place_of_year(at, from) - 0.5,
        to: place_of_year(at, to) + 0.5,
        ticks: ticks.collect(),
        broken: false,
    }
}

/// The span of model time an axis shows.
pub(super) fn span(axis: &Axis) -> RangeInclusive<f64> {
    axis.from..=axis.to
}

/// The axis before, and whether it may become smaller: not while the hand is on a slider.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeldAxis<'a> {
    pub(super) axis: &'a Axis,
    pub(super) may_shrink: bool,
}

/// A value axis around all values; zero is left out, with a break, where keeping it would
/// squeeze the data. A held axis stays as long as it shows them all and they are not lost in it, and is
/// widened otherwise.
pub(super) fn values(all: impl Iterator<Item = f64>, held: Option<HeldAxis<'_>>) -> Axis {
    let finite = all.filter(|value| value.is_finite());
    let extent = finite.fold(None, |extent: Option<(f64, f64)>, value| {
        let (low, high) = extent.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    });
    let is_lost = |held: &HeldAxis<'_>| {
        let length = held.axis.to - held.axis.from;
        let part = |(low, high): (f64, f64)| high - low < length * FAR_SMALLER;
        held.may_shrink && extent.is_some_and(part)
    };
    let held = held.filter(|held| !is_lost(held)).map(|held| held.axis);
    match (extent, held) {
        (None, Some(held)) => held.clone(),
        (None, None) => around(0.0, 1.0),
        (Some((low, high)), Some(held)) if low >= held.from && high <= held.to => held.clone(),
        (Some((low, high)), Some(held)) => around(low.min(held.from), high.max(held.to)),
        (Some((low, high)), None) => {
            let (low, high) = with_zero(low, high);
            around(low, high)
        }
    }
}

/// The extent with room around it, and zero where it does not cost too much height.
fn with_zero(low: f64, high: f64) -> (f64, f64) {
    let room = (high - low) * MARGIN;
    let far = if low > 0.0 { high } else { -low };
    let apart = low > 0.0 || high < 0.0;
    let squeezed = (high - low) < far * DATA_SHARE;
    if !apart || squeezed {
        (low - room, high + room)
    } else if low > 0.0 {
        (0.0, high + room)
    } else {
        (low - room, 0.0)
    }
}

fn around(low: f64, high: f64) -> Axis {
    let Some(nice) = nice_axis(low, high, VALUE_TICKS) else {
        return Axis {
            from: low,
            to: high.max(low + 1.0),
            ticks: Vec::new(),
            broken: false,
        };
    };
    let ticks = nice.ticks().map(|at| Tick {
        at,
        label: tick_label(at, nice.to.abs().max(nice.from.abs()), nice.decimals),
    });
    Axis {
        from: nice.from,
        to: nice.to,
        ticks: ticks.collect(),
        broken: nice.from > 0.0 || nice.to < 0.0,
    }
}

/// 万 from a hundred thousand on, 亿 from a thousand million on; all labels of an axis alike.
fn tick_label(value: f64, largest: f64, decimals: usize) -> String {
    let (divisor, word) = match largest {
        size if size >= 1e9 => (1e8, chart::HUNDRED_MILLION),
        size if size >= 1e5 => (1e4, chart::TEN_THOUSAND),
        _ => return number::fixed(value, decimals),
    };
    if value == 0.0 {
        return "0".to_owned();
    }
    format!(
        "{}{word}",
        number::trimmed(&number::fixed(value / divisor, 4))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn say(axis: &Axis) -> String {
        let ticks: Vec<&str> = axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
        let foot = if axis.broken { " broken" } else { "" };
        format!("{}..{} [{}]{foot}", axis.from, axis.to, ticks.join(" "))
    }

    #[track_caller]
    fn check(all: &[f64], expected: Expect) {
        expected.assert_eq(&say(&values(all.iter().copied(), None)));
    }

    #[test]
    fn close_values_leave_out_zero() {
        check(
            &[2.85, 3.64, 3.75],
            expect!["2.8..3.8 [2.8 3.0 3.2 3.4 3.6 3.8] broken"],
        );
    }

    #[test]
    fn spread_values_start_at_zero() {
        check(
            &[3102.0, 8855.0, 13000.0],
            expect!["0..15000 [0 5,000 10,000 15,000]"],
        );
    }

    #[test]
    fn values_on_both_sides_keep_zero() {
        check(&[-2.0, 3.0], expect!["-4..4 [−4 −2 0 2 4]"]);
    }

    #[test]
    fn large_values_are_in_wan() {
        check(
            &[100_000.0, 480_000.0],
            expect!["0..500000 [0 10万 20万 30万 40万 50万]"],
        );
    }

    #[test]
    fn one_value_and_none_still_give_an_axis() {
        check(
            &[5.0],
            expect!["4.5..5.5 [4.50 4.75 5.00 5.25 5.50] broken"],
        );
        check(&[], expect!["0..1 [0.0 0.2 0.4 0.6 0.8 1.0]"]);
        check(&[f64::NAN], expect!["0..1 [0.0 0.2 0.4 0.6 0.8 1.0]"]);
    }

    #[test]
    fn a_held_axis_stays_while_it_shows_everything() {
        let held = values([2.85, 3.75].into_iter(), None);
        let hold = |axis, may_shrink| Some(HeldAxis { axis, may_shrink });
        for may_shrink in [true, false] {
            let inside = values([2.9, 3.3].into_iter(), hold(&held, may_shrink));
            assert_eq!(inside, held);
            let outside = values([2.9, 4.5].into_iter(), hold(&held, may_shrink));
            assert!(outside.from <= held.from && outside.to >= 4.5);
        }
        let lost = || [2.9, 3.0].into_iter();
        assert_eq!(values(lost(), hold(&held, false)), held);
        assert_eq!(values(lost(), hold(&held, true)), values(lost(), None));
    }

    #[test]
    fn zero_does_not_come_and_go() {
        // By themselves the two leave zero out and keep it.
        let near = || [2.6, 3.9].into_iter();
        let far = || [2.6, 4.5].into_iter();
        let natural = values(near(), None);
        assert_ne!(values(far(), None).from, natural.from);
        let mut axis = natural.clone();
        for _ in 0..3 {
            for data in [near().collect::<Vec<_>>(), far().collect()] {
                let may_shrink = true;
                let held = HeldAxis {
                    axis: &axis,
                    may_shrink,
                };
                axis = values(data.into_iter(), Some(held));
                assert_eq!(axis.from, natural.from);
            }
        }
    }

    #[test]
    fn years_are_labelled_where_their_figures_stand() {
        let ends = years(Reading::End, 2020, 2030);
        assert_eq!(ends.ticks.first().map(|t| t.at), Some(2021.0));
        assert_eq!((ends.from, ends.to), (2020.5, 2031.5));
        let means = years(Reading::Mean, 2020, 2035);
        expect!["2020..2036 [2021 2023 2025 2027 2029 2031 2033 2035]"].assert_eq(&say(&means));
    }
}
