//! What it would take: dials between bounds, a goal and limits → settings that just reach the goal.
//!
//! Sequential linear programmes within a shrinking neighbourhood: slopes by one probe a dial, a step
//! by `crate::linear`, kept if it is better. What comes out is put on the dials' grids and drawn
//! back as far as the goal allows. The functions are the caller's and may be noisy only in the
//! sense of common random numbers: the same settings always give the same answer. Slopes are taken
//! from rough answers, which may cost the caller much less; what is kept was judged finely.

mod lean;
mod monotone;
mod settle;
mod slopes;

pub use lean::lean;
pub use monotone::{Corner, corner};

use crate::linear::Programme;
use slopes::{Slopes, largest};

/// One thing that may be turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dial {
    /// Where movement is counted from, between `low` and `high`.
    pub rest: f64,
    /// Least setting; equal to `high` where the dial is locked.
    pub low: f64,
    /// Largest setting.
    pub high: f64,
    /// Settings are `low` and whole steps above it.
    pub step: f64,
    /// Movement by so much counts as 1.
    pub width: f64,
}

/// What settings lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Reached from 0 on.
    pub goal: f64,
    /// What is paid, in any unit.
    pub cost: f64,
    /// Each held from 0 on; the same number of them every time.
    pub limits: Vec<f64>,
}

/// How well settings are to be judged; answers of one look are compared with one another alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Well enough to see which way things go.
    Rough,
    /// As well as the answer is wanted.
    Fine,
}

/// What is wanted of the settings, limits held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The goal with the least movement, in widths.
    LeastMovement,
    /// The goal at the least cost; movement decides between equals.
    LeastCost,
    /// As much of the goal as there is, reached or not.
    Most,
}

/// Settings that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// One for each dial, on its grid.
    pub settings: Vec<f64>,
    /// What they lead to.
    pub judged: Judged,
    /// Movement in widths, all dials together.
    pub movement: f64,
    /// Whether the goal is reached and every limit held.
    pub is_reached: bool,
    /// Settings that were judged on the way.
    pub n_judged: usize,
}

/// The caller wants no answer any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the search was stopped")]
pub struct Stopped;

/// A limit or goal that lacks no more than this is held.
const HELD: f64 = 1e-9;
/// Linear steps, at most.
const MOST_TURNS: usize = 12;
/// A step that gains less, relative to what there is, is the last.
const LEAST_GAIN: f64 = 1e-3;
/// A neighbourhood smaller than this, in widths, is left.
const LEAST_RADIUS: f64 = 0.01;
/// Weight of movement where it only decides between equals.
const TIE: f64 = 1e-4;
/// Price of what a limit lacks, beside movements of about 1.
const PENALTY: f64 = 1e5;

/// Searches settings for an aim.
///
/// * `begin`: settings to begin at, within the bounds and on the grids; where they hold all limits the
///   answer is at least as good. A dial that has none begins at rest.
/// * `judge`: what each of several settings leads to, in order; `None` ends the search.
///
/// # Errors
/// [`Stopped`] as soon as `judge` gives `None` or too few answers.
pub fn seek(
    dials: &[Dial],
    aim: Aim,
    begin: &[f64],
    judge: &mut impl FnMut(&[Vec<f64>], Look) -> Option<Vec<Judged>>,
) -> Result<Answer, Stopped> {
    let mut search = Search {
        dials,
        aim,
        judge,
        scales: Vec::new(),
        n_judged: 0,
    };
    let dials = dials.iter().enumerate();
    let begin = dials.map(|(k, dial)| begin.get(k).copied().unwrap_or(dial.rest));
    let begin = search.one(begin.collect())?;
    let mut best = search.searched(begin.clone())?;
    if search.is_better(&begin, &best) {
        best = begin.clone();
    }
    if aim != Aim::Most && !search.is_reached(&best) {
        // Perhaps it is there after all: from the most there is, back as far as the goal allows.
        search.aim = Aim::Most;
        let most = search.searched(begin)?;
        search.aim = aim;
        let slopes = search.slopes(&most)?;
        let other = search.settle(most, &slopes)?;
        if search.is_better(&other, &best) {
            best = other;
        }
    }
    Ok(Answer {
        movement: search.movement(&best.settings),
        is_reached: search.is_reached(&best) && best.judged.goal >= -HELD,
        settings: best.settings,
        judged: best.judged,
        n_judged: search.n_judged,
    })
}

/// Settings with what they lead to.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    settings: Vec<f64>,
    judged: Judged,
}

struct Search<'a, F> {
    dials: &'a [Dial],
    aim: Aim,
    judge: &'a mut F,
    /// What a movement of 1 changes at rest, the goal's first, then each limit's.
    scales: Vec<f64>,
    n_judged: usize,
}

impl<F: FnMut(&[Vec<f64>], Look) -> Option<Vec<Judged>>> Search<'_, F> {
    /// Linear steps from a place while they help, then onto the grid.
    fn searched(&mut self, from: Place) -> Result<Place, Stopped> {
        let mut best = from;
        let mut radius = 1.0;
        let mut slopes = self.slopes(&best)?;
        self.scales = slopes.scales();
        for _ in 0..MOST_TURNS {
            let (moved, part) = self.turn(&best, &slopes, radius)?;
            radius *= part;
            if self.is_better(&moved, &best) {
                let gain = self.gain(&moved, &best);
                best = moved;
                slopes = self.slopes(&best)?;
                if gain < LEAST_GAIN {
                    break;
                }
            } else {
                radius /= 2.0;
            }
            if radius < LEAST_RADIUS {
                break;
            }
        }
        self.settle(best, &slopes)
    }

    fn judge(&mut self, all: Vec<Vec<f64>>) -> Result<Vec<Place>, Stopped> {
        self.looked_at(all, Look::Fine)
    }

    fn looked_at(&mut self, all: Vec<Vec<f64>>, look: Look) -> Result<Vec<Place>, Stopped> {
        let judged = (self.judge)(&all, look).ok_or(Stopped)?;
        if judged.len() < all.len() {
            return Err(Stopped);
        }
        self.n_judged += all.len();
        let places = all.into_iter().zip(judged);
        Ok(places
            .map(|(settings, judged)| Place { settings, judged })
            .collect())
    }

    fn one(&mut self, settings: Vec<f64>) -> Result<Place, Stopped> {
        self.judge(vec![settings])?.pop().ok_or(Stopped)
    }

    /// What is lacking of limits, and of the goal where it must be reached, in movements.
    fn lack(&self, judged: &Judged) -> f64 {
        let goal = match self.aim {
            Aim::Most => 0.0,
            Aim::LeastMovement | Aim::LeastCost => judged.goal,
        };
        let all = std::iter::once(goal).chain(judged.limits.iter().copied());
        let scales = self.scales.iter().copied().chain(std::iter::repeat(1.0));
        all.zip(scales)
            .map(|(has, scale)| lacking(has / scale))
            .sum()
    }

    fn is_reached(&self, place: &Place) -> bool {
        self.lack(&place.judged) <= HELD
    }

    fn movement(&self, settings: &[f64]) -> f64 {
        movement(self.dials, settings)
    }

    /// What is to be small once nothing is lacking.
    fn price(&self, place: &Place) -> f64 {
        let movement = self.movement(&place.settings);
        match self.aim {
            Aim::LeastMovement => movement,
            Aim::LeastCost => place.judged.cost + TIE * movement,
            Aim::Most => -place.judged.goal,
        }
    }

    fn is_better(&self, a: &Place, b: &Place) -> bool {
        let (of_a, of_b) = (self.lack(&a.judged), self.lack(&b.judged));
        if of_a <= HELD && of_b <= HELD {
            return self.price(a) < self.price(b);
        }
        // A number that is none is never better.
        of_a < of_b
    }

    /// By how much, relative to what it is now.
    fn gain(&self, a: &Place, b: &Place) -> f64 {
        let (of_a, of_b) = (self.lack(&a.judged), self.lack(&b.judged));
        if of_b > HELD {
            return (of_b - of_a) / of_b;
        }
        let (a, b) = (self.price(a), self.price(b));
        (b - a) / b.abs().max(1e-12)
    }

    /// The best of a whole, a half and a quarter step to where a linear programme points, and which
    /// part that was.
    fn turn(
        &mut self,
        from: &Place,
        slopes: &Slopes,
        radius: f64,
    ) -> Result<(Place, f64), Stopped> {
        const PARTS: [f64; 3] = [1.0, 0.5, 0.25];
        let target = self.target(from, slopes, radius);
        let part = |part: f64| -> Vec<f64> {
            let ways = from.settings.iter().zip(&target);
            ways.map(|(from, to)| from + part * (to - from)).collect()
        };
        let places = self.judge(PARTS.map(part).to_vec())?;
        let mut best: Option<(Place, f64)> = None;
        for (place, part) in places.into_iter().zip(PARTS) {
            if best
                .as_ref()
                .is_none_or(|(best, _)| self.is_better(&place, best))
            {
                best = Some((place, part));
            }
        }
        best.ok_or(Stopped)
    }

    /// Where the slopes point within a neighbourhood of `radius` widths.
    fn target(&self, from: &Place, slopes: &Slopes, radius: f64) -> Vec<f64> {
        // Each dial is a base, the place nearest to rest, and ways up and down from there.
        let reach: Vec<[f64; 3]> = self
            .dials
            .iter()
            .zip(&from.settings)
            .map(|(dial, &x)| {
                let of = |x: f64| (x - dial.rest) / dial.width;
                let low = of(dial.low).max(of(x) - radius);
                let high = of(dial.high).min(of(x) + radius);
                [low, 0.0_f64.max(low).min(high), high]
            })
            .collect();
        let ups = reach.iter().map(|[_, base, high]| high - base);
        let downs = reach.iter().map(|[low, base, _]| base - low);
        let upper: Vec<f64> = ups.chain(downs).map(|room| room.max(0.0)).collect();
        let both = |slopes: &[f64]| -> Vec<f64> {
            let downs = slopes.iter().map(|slope| -slope);
            slopes.iter().copied().chain(downs).collect()
        };
        let cost = match self.aim {
            Aim::LeastMovement => vec![1.0; upper.len()],
            Aim::LeastCost => tied(both(&slopes.cost)),
            Aim::Most => tied(both(&slopes.goal).iter().map(|slope| -slope).collect()),
        };
        // Now plus slopes times the way from here to base plus the unknowns must not be negative.
        let limit = |now: f64, slopes: &[f64]| {
            let ways = slopes
                .iter()
                .zip(&reach)
                .zip(self.dials.iter().zip(&from.settings));
            let to_base: f64 = ways
                .map(|((slope, [_, base, _]), (dial, x))| {
                    slope * (base - (x - dial.rest) / dial.width)
                })
                .sum();
            let scale = largest(slopes);
            let row = both(slopes).iter().map(|slope| slope / scale).collect();
            (row, -(now + to_base) / scale)
        };
        let judged = &from.judged;
        let goal = (self.aim != Aim::Most).then(|| limit(judged.goal, &slopes.goal));
        let others = judged.limits.iter().zip(&slopes.limits);
        let programme = Programme {
            cost,
            upper,
            limits: goal
                .into_iter()
                .chain(others.map(|(now, slopes)| limit(*now, slopes)))
                .collect(),
            penalty: PENALTY,
        };
        let found = programme.solve();
        let (ups, downs) = found.split_at(self.dials.len());
        let ways = reach.iter().zip(ups.iter().zip(downs));
        self.dials
            .iter()
            .zip(ways)
            .map(|(dial, ([_, base, _], (up, down)))| {
                let x = dial.rest + (base + up - down) * dial.width;
                x.max(dial.low).min(dial.high)
            })
            .collect()
    }
}

/// In widths, all dials together.
fn movement(dials: &[Dial], settings: &[f64]) -> f64 {
    let ways = dials.iter().zip(settings);
    ways.map(|(dial, x)| (x - dial.rest).abs() / dial.width)
        .sum()
}

fn lacking(value: f64) -> f64 {
    // A number that is none lacks without end.
    if value.is_nan() {
        return f64::INFINITY;
    }
    (-value).max(0.0)
}

/// Prices brought to about 1, with a little for movement.
fn tied(prices: Vec<f64>) -> Vec<f64> {
    let scale = largest(&prices);
    prices.iter().map(|price| price / scale + TIE).collect()
}

#[cfg(test)]
mod tests;
