//! Members of a fit → the 80 % range of a value: parameters, the model's own error, a figure's.
//!
//! Each member is the middle of a normal law; the range is that of their mixture, computed and not
//! drawn, so that it has no noise of its own.

use tidemark_analysis::convergence::quantile;
use tidemark_analysis::law::{bisected, normal_below};
use tidemark_pack::record::credibility::Range80;

/// Chances of a range's ends and middle.
const CHANCES: [f64; 3] = [0.1, 0.5, 0.9];

/// Range of members alone.
pub fn of_members(values: &[f64]) -> Range80 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    CHANCES.map(|p| quantile(&sorted, p))
}

/// Range of members with an error of each, both of one length; an error of 0 is none.
pub fn with_errors(values: &[f64], sds: &[f64]) -> Range80 {
    let members: Vec<(f64, f64)> = values
        .iter()
        .zip(sds)
        .filter(|(value, sd)| value.is_finite() && sd.is_finite())
        .map(|(value, sd)| (*value, *sd))
        .collect();
    if members.iter().any(|(_, sd)| *sd <= 0.0) || members.is_empty() {
        return of_members(values);
    }
    let ends = members
        .iter()
        .map(|(value, sd)| [value - 8.0 * sd, value + 8.0 * sd]);
    let [low, high] = ends.fold([f64::INFINITY, f64::NEG_INFINITY], |all, one| {
        [all[0].min(one[0]), all[1].max(one[1])]
    });
    let below = |x: f64| {
        let each = members
            .iter()
            .map(|(value, sd)| normal_below((x - value) / sd));
        each.sum::<f64>() / members.len() as f64
    };
    CHANCES.map(|p| bisected(p, [low, high], below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_member_has_the_normal_range() {
        let [low, middle, high] = with_errors(&[100.0], &[10.0]);
        assert!((middle - 100.0).abs() < 1e-9);
        assert!((low - (100.0 - 12.815_515_655)).abs() < 1e-6, "{low}");
        assert!((high - (100.0 + 12.815_515_655)).abs() < 1e-6);
    }

    #[test]
    fn errors_widen_what_members_span() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        let [low, _, high] = of_members(&values);
        let [wider_low, _, wider_high] = with_errors(&values, &[200.0; 1000]);
        assert!(wider_low < low && wider_high > high);
        assert_eq!(with_errors(&values, &[0.0; 1000]), of_members(&values));
    }
}
