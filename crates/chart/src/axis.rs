//! Axis arithmetic: round positions for ticks, and the mapping between data and pixels.

/// A range with round ends and a round step; the caller words the labels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NiceAxis {
    /// Lower end, a multiple of `step`.
    pub from: f64,
    /// Upper end, a multiple of `step`.
    pub to: f64,
    /// Distance of ticks: 1, 2, 2.5 or 5 times a power of ten.
    pub step: f64,
    /// Decimals that show every tick exactly.
    pub decimals: usize,
    /// `from / step`, whole.
    first: i64,
    /// `to / step`, whole.
    last: i64,
}

impl NiceAxis {
    /// Tick positions, ascending; each is index × step, so no error adds up.
    pub fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let axis = *self;
        (self.first..=self.last).map(move |idx| axis.at(idx))
    }

    fn at(&self, idx: i64) -> f64 {
        // Through decimal text, so that 3 × 0.1 is 0.3.
        let value = idx as f64 * self.step;
        format!("{value:.*}", self.decimals)
            .parse()
            .unwrap_or(value)
    }
}

/// A range around `min..=max` with round ends and at most `max_ticks` ticks; under three count as
/// three, which a range across zero needs.
///
/// * The ends swapped are put right; equal ends are widened by a tenth, zero by one.
/// * `None` when an end is not finite, or the ends differ by too little for their size to be told apart.
pub fn nice_axis(min: f64, max: f64, max_ticks: usize) -> Option<NiceAxis> {
    if !min.is_finite() || !max.is_finite() || !(max - min).is_finite() {
        return None;
    }
    let (mut low, mut high) = if min <= max { (min, max) } else { (max, min) };
    if low == high {
        let room = if low == 0.0 { 1.0 } else { low.abs() * 0.1 };
        (low, high) = (low - room, high + room);
    }
    let max_ticks = max_ticks.max(3);
    let span = high - low;
    let (_, exponent) = decimal_parts(span / max_ticks as f64)?;
    (exponent..exponent + 4)
        .flat_map(|exponent| [10, 20, 25, 50].map(|tenths| (tenths, exponent)))
        .filter_map(|(tenths, exponent)| candidate(low, high, tenths, exponent))
        .find(|axis| axis.last - axis.first < max_ticks as i64)
}

/// The axis with step `tenths / 10 × 10^exponent`, `None` when its indices outgrow exact integers.
fn candidate(low: f64, high: f64, tenths: u32, exponent: i32) -> Option<NiceAxis> {
    let step: f64 = format!("{tenths}e{}", exponent - 1).parse().ok()?;
    // A value within a billionth of a step counts as on the tick.
    let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
    if !(step > 0.0 && first.abs() < 1e12 && last.abs() < 1e12 && first < last) {
        return None;
    }
    let places = if tenths == 25 {
        1 - exponent
    } else {
        -exponent
    };
    let mut axis = NiceAxis {
        from: 0.0,
        to: 0.0,
        step,
        decimals: usize::try_from(places).unwrap_or(0),
        first: first as i64,
        last: last as i64,
    };
    (axis.from, axis.to) = (axis.at(axis.first), axis.at(axis.last));
    Some(axis)
}

/// Mantissa and decimal exponent of a positive number, exactly, without a logarithm.
fn decimal_parts(value: f64) -> Option<(f64, i32)> {
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e')?;
    Some((mantissa.parse().ok()?, exponent.parse().ok()?))
}

/// Straight mapping between data and CSS pixels along one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: f64,
    to: f64,
    from_px: f64,
    to_px: f64,
}

/// Positions further out are pulled in to here, so that later arithmetic stays finite.
const FAR_PX: f64 = 1e7;

impl Scale {
    /// A mapping of `from..to` to `from_px..to_px`; `None` when the range is empty or not finite.
    pub(crate) fn new(from: f64, to: f64, from_px: f64, to_px: f64) -> Option<Self> {
        let usable = from < to && (to - from).is_finite() && from_px != to_px;
        usable.then_some(Self {
            from,
            to,
            from_px,
            to_px,
        })
    }

    /// Pixel of a value; NaN in, NaN out; an infinite value is NaN, far values stop at ±10 million.
    pub fn px(&self, value: f64) -> f64 {
        if !value.is_finite() {
            return f64::NAN;
        }
        (self.from_px + self.share(value) * (self.to_px - self.from_px)).clamp(-FAR_PX, FAR_PX)
    }

    /// Value at a pixel, beyond the ends as well.
    pub fn value(&self, px: f64) -> f64 {
        self.from + (px - self.from_px) / (self.to_px - self.from_px) * (self.to - self.from)
    }

    /// Whether a value is inside the range, ends included; never for NaN.
    pub fn shows(&self, value: f64) -> bool {
        value >= self.from && value <= self.to
    }

    /// Where a value lies between the ends: 0 at the lower, 1 at the upper.
    pub(crate) fn share(&self, value: f64) -> f64 {
        (value - self.from) / (self.to - self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(min: f64, max: f64, max_ticks: usize, expected: &[f64]) {
        let axis = nice_axis(min, max, max_ticks).expect("usable range");
        assert_eq!(axis.ticks().collect::<Vec<_>>(), expected);
        assert!(axis.from <= min.min(max) && axis.to >= min.max(max));
    }

    #[test]
    fn ends_and_steps_are_round() {
        check(0.0, 10.0, 6, &[0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        check(2.83, 3.75, 6, &[2.8, 3.0, 3.2, 3.4, 3.6, 3.8]);
        check(0.03, 0.31, 5, &[0.0, 0.1, 0.2, 0.3, 0.4]);
        check(
            8855.0,
            13000.0,
            6,
            &[8000.0, 9000.0, 10000.0, 11000.0, 12000.0, 13000.0],
        );
    }

    #[test]
    fn a_range_may_cross_zero_or_come_swapped() {
        check(1.0, -1.0, 5, &[-1.0, -0.5, 0.0, 0.5, 1.0]);
    }

    #[test]
    fn one_value_gets_room() {
        check(0.0, 0.0, 5, &[-1.0, -0.5, 0.0, 0.5, 1.0]);
        assert!(nice_axis(3.64, 3.64, 6).is_some());
    }

    #[test]
    fn a_range_without_ends_has_no_axis() {
        assert_eq!(nice_axis(f64::NAN, 1.0, 5), None);
        assert_eq!(nice_axis(0.0, f64::INFINITY, 5), None);
        assert_eq!(nice_axis(-1e308, 1e308, 5), None);
    }

    #[test]
    fn decimals_show_every_tick() {
        let axis = nice_axis(0.0, 0.1, 5).expect("usable range");
        assert_eq!((axis.step, axis.decimals), (0.025, 3));
    }

    #[test]
    fn never_more_ticks_than_asked() {
        for ticks in 3..12 {
            for (min, max) in [
                (0.999, 3.001),
                (-7.3, 1e6),
                (1e-9, 3e-9),
                (99.0, 101.0),
                (-5.0, -4.9),
            ] {
                let axis = nice_axis(min, max, ticks).expect("usable range");
                assert!(
                    axis.ticks().count() <= ticks,
                    "{min}..{max} {ticks}: {axis:?}"
                );
            }
        }
    }

    #[test]
    fn a_scale_maps_there_and_back() {
        let scale = Scale::new(2020.0, 2030.0, 50.0, 350.0).expect("range");
        assert_eq!(scale.px(2025.0), 200.0);
        assert_eq!(scale.value(200.0), 2025.0);
        assert!(scale.px(f64::NAN).is_nan());
        assert_eq!(Scale::new(1.0, 1.0, 0.0, 9.0), None);
        assert_eq!(Scale::new(f64::NAN, 1.0, 0.0, 9.0), None);
    }
}
