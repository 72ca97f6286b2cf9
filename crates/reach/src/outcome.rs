//! Figures of every member → chances, bands, differences.

use tidemark_analysis::convergence::quantile;
pub use tidemark_pack::chance::Chance;
use tidemark_pack::figures::Key;
use tidemark_pack::record::Comparator;

/// What a scenario comes to, member by member.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Members.
    pub count: usize,
    /// One for each target asked for.
    pub targets: Vec<TargetFigures>,
    /// One for each indicator asked for.
    pub lines: Vec<LineFigures>,
    /// One for each further figure asked for.
    pub figures: Vec<KeyFigures>,
}

/// A figure in every member, in its shown unit; a lever's cost in the model's money.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigures {
    /// Which.
    pub key: Key,
    /// One for each member; NaN where the run gives none.
    pub values: Vec<f64>,
}

impl KeyFigures {
    /// Median over the members; `None` where a member has none.
    pub fn median(&self) -> Option<f64> {
        median(&self.values)
    }
}

/// Median of values; `None` where there are none or one is NaN. To the bit that of [`Band::of`].
pub fn median(values: &[f64]) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    if values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut values = values.to_vec();
    // Two order statistics are enough, so that nothing has to be sorted.
    let (_, &mut low, above) = values.select_nth_unstable_by(last / 2, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp);
    Some(quantile_between(low, high.unwrap_or(low), last))
}

/// As [`quantile`] at one half, from the two values around it.
fn quantile_between(low: f64, high: f64, last: usize) -> f64 {
    let place = 0.5 * last as f64;
    low + (place - (last / 2) as f64) * (high - low)
}

/// A target's figure in every member, in its indicator's shown unit, in the years in which it is held.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetFigures {
    /// Target.
    pub target: String,
    /// Year that it is looked at in.
    pub year: i32,
    /// What is read of it.
    pub key: Key,
    /// How it is judged.
    pub comparator: Comparator,
    /// What is wanted.
    pub wanted: f64,
    /// One for each member; NaN where the run gives none.
    pub values: Vec<f64>,
}

/// An indicator's yearly readings in every member, in its shown unit.
#[derive(Debug, Clone, PartialEq)]
pub struct LineFigures {
    /// Indicator.
    pub indicator: String,
    /// What is read of each year.
    pub keys: Vec<Key>,
    /// Years.
    pub years: Vec<i32>,
    /// For each year one value a member, NaN where there is none.
    pub values: Vec<Vec<f64>>,
}

/// Median and the ends of the middle 50 % and 80 % of the members.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// 10th percentile.
    pub p10: f64,
    /// 25th percentile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75th percentile.
    pub p75: f64,
    /// 90th percentile.
    pub p90: f64,
}

impl Band {
    /// Of the members that have a value; `None` where fewer than all have one, since a band of some
    /// would look surer than it is.
    pub fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() || values.iter().any(|value| value.is_nan()) {
            return None;
        }
        let mut sorted = values.to_vec();
        // Equal values cannot be told apart, so that no order among them is to be kept.
        sorted.sort_unstable_by(f64::total_cmp);
        let at = |p| quantile(&sorted, p);
        Some(Self {
            p10: at(0.1),
            p25: at(0.25),
            p50: at(0.5),
            p75: at(0.75),
            p90: at(0.9),
        })
    }
}

impl TargetFigures {
    /// Whether a value meets the target; a target that is "about" a value is never judged.
    pub fn meets(&self, value: f64) -> bool {
        match self.comparator {
            Comparator::AtLeast => value >= self.wanted,
            Comparator::AtMost => value <= self.wanted,
            Comparator::About => false,
        }
    }

    /// How far a value is beyond what is wanted, positive where the target is met.
    pub fn margin(&self, value: f64) -> f64 {
        match self.comparator {
            Comparator::AtLeast | Comparator::About => value - self.wanted,
            Comparator::AtMost => self.wanted - value,
        }
    }

    /// Share of the members that meet it; `None` where it is not judged or a member has no value.
    pub fn chance(&self) -> Option<Chance> {
        if self.comparator == Comparator::About || self.values.iter().any(|v| v.is_nan()) {
            return None;
        }
        let met = self.values.iter().filter(|&&value| self.meets(value));
        Chance::of(met.count(), self.values.len())
    }

    /// Median and ranges of its figure.
    pub fn band(&self) -> Option<Band> {
        Band::of(&self.values)
    }
}

impl LineFigures {
    /// Median and ranges, year by year.
    pub fn bands(&self) -> Vec<Option<Band>> {
        self.values.iter().map(|values| Band::of(values)).collect()
    }

    /// The same of the differences from another outcome's line, member from the same member.
    pub fn differences(&self, from: &Self) -> Vec<Option<Band>> {
        let years = self.values.iter().zip(&from.values);
        years
            .map(|(values, from)| {
                let apart: Vec<f64> = values.iter().zip(from).map(|(a, b)| a - b).collect();
                Band::of(&apart)
            })
            .collect()
    }
}

impl Outcome {
    /// The figures of a target, in the first year that it was to be looked at in.
    pub fn target(&self, id: &str) -> Option<&TargetFigures> {
        self.targets.iter().find(|target| target.target == id)
    }

    /// The figures of a target looked at in a year.
    pub fn target_in(&self, id: &str, year: i32) -> Option<&TargetFigures> {
        let mut all = self.targets.iter();
        all.find(|target| target.target == id && target.year == year)
    }

    /// The line of an indicator.
    pub fn line(&self, id: &str) -> Option<&LineFigures> {
        self.lines.iter().find(|line| line.indicator == id)
    }

    /// Adds the members of another outcome of the same scope.
    pub(crate) fn append(&mut self, more: &Self) {
        for (to, more) in self.targets.iter_mut().zip(&more.targets) {
            to.values.extend(&more.values);
        }
        for (to, more) in self.lines.iter_mut().zip(&more.lines) {
            for (to, more) in to.values.iter_mut().zip(&more.values) {
                to.extend(more);
            }
        }
        for (to, more) in self.figures.iter_mut().zip(&more.figures) {
            to.values.extend(&more.values);
        }
        self.count += more.count;
    }

    /// The first members only.
    pub(crate) fn first(mut self, count: usize) -> Self {
        for target in &mut self.targets {
            target.values.truncate(count);
        }
        for values in self.lines.iter_mut().flat_map(|line| &mut line.values) {
            values.truncate(count);
        }
        for figures in &mut self.figures {
            figures.values.truncate(count);
        }
        self.count = self.count.min(count);
        self
    }

    /// Share of the members that meet all of some targets at once; `None` where one of them has no
    /// chance of its own, or none is named.
    pub fn joint(&self, targets: &[&str]) -> Option<Chance> {
        self.joint_of(targets.iter().map(|id| self.target(id)))
    }

    /// The same of targets looked at in a year; each that is not held against it in its own.
    pub fn joint_in(&self, targets: &[&str], year: i32) -> Option<Chance> {
        let of = |id: &&str| self.target_in(id, year).or_else(|| self.target(id));
        self.joint_of(targets.iter().map(of))
    }

    fn joint_of<'a>(
        &self,
        targets: impl Iterator<Item = Option<&'a TargetFigures>>,
    ) -> Option<Chance> {
        let all: Option<Vec<&TargetFigures>> = targets.collect();
        let all = all.filter(|all| !all.is_empty())?;
        if all.iter().any(|target| target.chance().is_none()) {
            return None;
        }
        let met = (0..self.count).filter(|&member| {
            let mut each = all.iter();
            each.all(|target| target.values.get(member).is_some_and(|&v| target.meets(v)))
        });
        Chance::of(met.count(), self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidemark_pack::figures::Quantity;
    use tidemark_pack::reading::Span;
    use tidemark_pack::record::Reading;

    const KEY: Key = Key {
        quantity: Quantity::Indicator(0),
        at: Reading::End,
        span: Span {
            from: 2027,
            to: 2027,
        },
    };

    #[test]
    fn a_median_is_that_of_the_band() {
        for n in [1, 2, 3, 10, 255, 1000] {
            let values: Vec<f64> = (0..n)
                .map(|k| libm::sin(f64::from(k) * 7.7) * 3.1)
                .collect();
            let of_band = Band::of(&values).map(|band| band.p50.to_bits());
            assert_eq!(median(&values).map(f64::to_bits), of_band, "{n}");
        }
        assert_eq!((median(&[]), median(&[1.0, f64::NAN])), (None, None));
    }

    fn figures(target: &str, comparator: Comparator, wanted: f64, values: &[f64]) -> TargetFigures {
        TargetFigures {
            target: target.to_owned(),
            year: 2027,
            key: KEY,
            comparator,
            wanted,
            values: values.to_vec(),
        }
    }

    #[test]
    fn a_chance_is_the_share_that_meets() {
        let at_least = figures("a", Comparator::AtLeast, 3.0, &[1.0, 3.0, 4.0, 5.0]);
        assert_eq!(at_least.chance().unwrap().share, 0.75);
        let at_most = figures("b", Comparator::AtMost, 3.0, &[1.0, 3.0, 4.0, 5.0]);
        assert_eq!(at_most.chance().unwrap().share, 0.5);
        let about = figures("c", Comparator::About, 3.0, &[3.0]);
        assert_eq!(about.chance(), None);
        let missing = figures("d", Comparator::AtLeast, 3.0, &[9.0, f64::NAN]);
        assert_eq!((missing.chance(), missing.band()), (None, None));
        let outcome = Outcome {
            count: 4,
            targets: vec![at_least, at_most, about],
            lines: vec![],
            figures: vec![],
        };
        assert_eq!(outcome.joint(&["a", "b"]).unwrap().share, 0.25);
        assert_eq!(outcome.joint(&["a", "c"]), None);
        assert_eq!(outcome.joint(&[]), None);
    }

    #[test]
    fn differences_are_of_the_same_member() {
        let line = |values: [f64; 3]| LineFigures {
            indicator: "x".to_owned(),
            keys: vec![KEY],
            years: vec![2027],
            values: vec![values.to_vec()],
        };
        let moved = line([1.5, 10.5, 100.5]);
        let band = moved.differences(&line([1.0, 10.0, 100.0]))[0].unwrap();
        assert_eq!((band.p10, band.p90), (0.5, 0.5));
    }
}
