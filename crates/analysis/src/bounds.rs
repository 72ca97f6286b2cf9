//! A bounded parameter ↔ a number without bounds, in which steps are taken.
//!
//! Between two bounds the logistic curve, from one bound the exponential, without bounds as it is.

/// Where a parameter may lie; an end is infinite where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end, above the lower one.
    pub high: f64,
}

impl Bounds {
    /// Without ends.
    pub const NONE: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };

    /// Whether there is room between the ends.
    pub fn is_open(self) -> bool {
        self.low < self.high
    }

    /// The number without bounds of a parameter inside of them.
    pub(crate) fn free(self, x: f64) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => libm::log((x - self.low) / (self.high - x)),
            (true, false) => libm::log(x - self.low),
            (false, true) => -libm::log(self.high - x),
            (false, false) => x,
        }
    }

    /// The parameter of such a number, and the logarithm of its slope.
    pub(crate) fn bounded(self, y: f64) -> (f64, f64) {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => {
                let width = self.high - self.low;
                let small = libm::exp(-y.abs());
                let part = if y < 0.0 { small } else { 1.0 } / (1.0 + small);
                let slope = libm::log(width) - y.abs() - 2.0 * libm::log1p(small);
                (self.low + width * part, slope)
            }
            (true, false) => (self.low + libm::exp(y), y),
            (false, true) => (self.high - libm::exp(-y), -y),
            (false, false) => (y, 0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same_and_the_slope_is_the_difference() {
        let (inf, x) = (f64::INFINITY, 1.3);
        for (low, high) in [(0.0, 4.0), (1.0, inf), (-inf, 2.0), (-inf, inf)] {
            let bounds = Bounds { low, high };
            let y = bounds.free(x);
            let (back, log_slope) = bounds.bounded(y);
            assert!((back - x).abs() < 1e-14);
            let slope = (bounds.bounded(y + 1e-5).0 - bounds.bounded(y - 1e-5).0) / 2e-5;
            assert!((libm::exp(log_slope) / slope - 1.0).abs() < 1e-8);
        }
    }
}
