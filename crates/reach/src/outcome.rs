//! Figures of every member → chances, bands, differences.

use tidemark_analysis::convergence::quantile;
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
}

/// A target's figure in every member, in its indicator's shown unit.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetFigures {
    /// Target.
    pub target: String,
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
    /// Years.
    pub years: Vec<i32>,
    /// For each year one value a member, NaN where there is none.
    pub values: Vec<Vec<f64>>,
}

/// A chance estimated from members.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Share of the members, from 0 to 1.
    pub share: f64,
    /// Standard error of the share, from the number of members alone.
    pub error: f64,
}

impl Chance {
    /// `None` where there are no members.
    pub fn of(met: usize, count: usize) -> Option<Self> {
        let n = count as f64;
        let share = met as f64 / n;
        // Half a member more on either side, so that no chance is ever certain.
        let near = (met as f64 + 0.5) / (n + 1.0);
        (count > 0).then(|| Self {
            share,
            error: (near * (1.0 - near) / (n + 1.0)).sqrt(),
        })
    }

    /// In steps of 5 %: 0 stands for less than 5 %, 100 for more than 95 %.
    pub fn percent(self) -> u8 {
        let percent = self.share * 100.0;
        if percent < 5.0 {
            0
        } else if percent > 95.0 {
            100
        } else {
            (libm::round(percent / 5.0) * 5.0) as u8
        }
    }
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
    /// The figures of a target.
    pub fn target(&self, id: &str) -> Option<&TargetFigures> {
        self.targets.iter().find(|target| target.target == id)
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
        self.count = self.count.min(count);
        self
    }

    /// Share of the members that meet all of some targets at once; `None` where one of them has no
    /// chance of its own, or none is named.
    pub fn joint(&self, targets: &[&str]) -> Option<Chance> {
        let all: Option<Vec<&TargetFigures>> = targets.iter().map(|id| self.target(id)).collect();
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

    fn figures(target: &str, comparator: Comparator, wanted: f64, values: &[f64]) -> TargetFigures {
        TargetFigures {
            target: target.to_owned(),
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
        };
        assert_eq!(outcome.joint(&["a", "b"]).unwrap().share, 0.25);
        assert_eq!(outcome.joint(&["a", "c"]), None);
        assert_eq!(outcome.joint(&[]), None);
    }

    #[test]
    fn percent_goes_in_fives_and_is_never_certain() {
        let of = |met| Chance::of(met, 1000).unwrap().percent();
        let shown = [0, 49, 50, 74, 75, 500, 949, 950, 951, 1000].map(of);
        assert_eq!(shown, [0, 0, 5, 5, 10, 50, 95, 95, 100, 100]);
        assert!(Chance::of(0, 1000).unwrap().error > 0.0);
    }

    #[test]
    fn differences_are_of_the_same_member() {
        let line = |values: [f64; 3]| LineFigures {
            indicator: "x".to_owned(),
            years: vec![2027],
            values: vec![values.to_vec()],
        };
        let moved = line([1.5, 10.5, 100.5]);
        let band = moved.differences(&line([1.0, 10.0, 100.0]))[0].unwrap();
        assert_eq!((band.p10, band.p90), (0.5, 0.5));
    }
}
