//! A chance estimated from members, and the percent it is shown as.

/// Confidences that the solver is asked for, in percent; no shown percent crosses one of them.
pub const CONFIDENCES: [u8; 4] = [50, 65, 80, 90];

/// Steps of a shown percent.
const STEP: u8 = 5;

/// Share of the members that meet something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Members that meet it.
    pub met: usize,
    /// Members.
    pub members: usize,
    /// Share of the members, from 0 to 1.
    pub share: f64,
    /// Standard error of the share, from the number of members alone.
    pub error: f64,
}

impl Chance {
    /// `None` where there are no members.
    pub fn of(met: usize, members: usize) -> Option<Self> {
        let n = members as f64;
        let share = met as f64 / n;
        // Half a member more on either side, so that no chance is ever certain.
        let near = (met as f64 + 0.5) / (n + 1.0);
        (members > 0).then(|| Self {
            met,
            members,
            share,
            error: (near * (1.0 - near) / (n + 1.0)).sqrt(),
        })
    }

    /// Whether it reaches a level given in percent, by whole members.
    pub fn reaches(self, percent: u8) -> bool {
        self.met * 100 >= usize::from(percent) * self.members
    }

    /// In steps of 5 %: 0 stands for less than 5 %, 100 for more than 95 %.
    ///
    /// Rounded to the nearest step, but never up to a level that is not reached: what reads 80 % is
    /// 80 %, for the light, for the solver and for the reader. The levels are those the solver is asked
    /// for; a pack's rule may use no others (checked when it is read).
    pub fn percent(self) -> u8 {
        if !self.reaches(STEP) {
            return 0;
        }
        // More than 95 of a hundred.
        if self.met * 100 > 95 * self.members {
            return 100;
        }
        let rounded = libm::round(self.share * 100.0 / f64::from(STEP)) as u8 * STEP;
        match CONFIDENCES.contains(&rounded) && !self.reaches(rounded) {
            true => rounded - STEP,
            false => rounded,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(met: usize) -> u8 {
        Chance::of(met, 1000).map_or(255, Chance::percent)
    }

    #[test]
    fn percent_goes_in_fives_and_is_never_certain() {
        let shown = [0, 49, 50, 74, 75, 500, 949, 950, 951, 1000].map(percent);
        assert_eq!(shown, [0, 0, 5, 5, 10, 50, 95, 95, 100, 100]);
        assert!(Chance::of(0, 1000).is_some_and(|chance| chance.error > 0.0));
        assert_eq!(Chance::of(0, 0), None);
    }

    #[test]
    fn a_percent_never_crosses_a_level_that_is_not_reached() {
        let shown = [776, 630, 880, 498, 800, 799, 649, 650, 899].map(percent);
        assert_eq!(shown, [75, 60, 85, 45, 80, 75, 60, 65, 85]);
        for met in 0..=1000 {
            for level in CONFIDENCES {
                let is_reached = Chance::of(met, 1000).is_some_and(|c| c.reaches(level));
                assert_eq!(
                    percent(met) >= level,
                    is_reached,
                    "{met} of 1000 at {level}"
                );
            }
        }
    }
}
