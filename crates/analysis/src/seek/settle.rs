//! From anywhere between the bounds onto the dials' grids, and back as far as the goal allows.

use super::{Aim, Dial, HELD, Judged, Look, Place, Search, Slopes, Stopped, TIE};
use tidemark_engine::sort_short;

/// Rounds of exchanges, and dials that take part in one.
const MOST_ROUNDS: usize = 6;
const MOST_MOVED: usize = 6;
const MOST_HELPERS: usize = 4;
/// Dials that are raised where the most is wanted.
const MOST_RAISED: usize = 8;
/// Steps by which a dial makes good what lacks.
const MOST_STEPS: usize = 4;
/// Steps back where rounding broke a limit.
const MOST_REPAIRS: usize = 8;
/// Exchanges that are tried in a round.
const MOST_TRIED: usize = 24;
/// Steps of an exchange.
const STEPS: [f64; 3] = [1.0, 2.0, 5.0];

impl Dial {
    /// The setting so many steps above the lowest, within the bounds.
    fn at(&self, steps: f64) -> f64 {
        (self.low + steps * self.step).max(self.low).min(self.high)
    }

    fn steps(&self, x: f64) -> f64 {
        (x - self.low) / self.step
    }
}

impl<F: FnMut(&[Vec<f64>], Look) -> Option<Vec<Judged>>> Search<'_, F> {
    /// The best place on the grid near by that lacks no more than this one.
    pub(super) fn settle(&mut self, place: Place, slopes: &Slopes) -> Result<Place, Stopped> {
        let order = self.order(slopes);
        let mut best = self.rounded(&place, slopes)?;
        if self.aim == Aim::Most {
            best = self.repaired(best)?;
        }
        // Most effect for its price first: what rounding lost is made good there, and what slopes do
        // not see of a limit is used up.
        let strongest = order.iter().rev().map(|&k| (k, slopes.goal[k]));
        let strongest = strongest.filter(|(_, slope)| *slope != 0.0);
        if self.aim == Aim::Most {
            for (k, slope) in strongest.take(MOST_RAISED) {
                best = self.raised(best, k, slope.signum())?;
            }
        } else {
            for (k, slope) in strongest {
                best = self.reached(best, k, slope.signum())?;
            }
        }
        if !self.is_reached(&best) {
            return Ok(best);
        }
        // Least effect for its price first: what is not needed goes. Of the most there is only what
        // has no effect at all is not needed.
        for &k in &order {
            if self.aim != Aim::Most || slopes.goal[k] == 0.0 {
                best = self.drawn_back(best, k)?;
            }
        }
        for _ in 0..MOST_ROUNDS {
            let others = self.exchanges(&best, &order, slopes);
            let before = best.clone();
            for place in self.judge(others)? {
                if self.is_better(&place, &best) {
                    best = place;
                }
            }
            if best == before {
                break;
            }
        }
        Ok(best)
    }

    /// A few steps less of one dial, made good by as many of another as the slopes say; where the
    /// most is wanted, by any few. Those that promise most.
    fn exchanges(&self, best: &Place, order: &[usize], slopes: &Slopes) -> Vec<Vec<f64>> {
        let effect = |k: usize| slopes.goal[k] / self.dials[k].width * self.dials[k].step;
        let moved = order.iter().copied().filter(|&k| {
            let steps =
                self.dials[k].steps(best.settings[k]) - self.dials[k].steps(self.dials[k].rest);
            steps.abs() >= 1.0 && effect(k) != 0.0
        });
        let helpers = order.iter().rev().copied().filter(|&k| effect(k) != 0.0);
        let helpers: Vec<usize> = helpers.take(MOST_HELPERS).collect();
        let mut all: Vec<(f64, Vec<f64>)> = Vec::new();
        for from in moved.take(MOST_MOVED) {
            for &to in helpers.iter().filter(|&&to| to != from) {
                let back = (self.dials[from].rest - best.settings[from]).signum();
                for less in STEPS {
                    let made_good = -back * less * effect(from) / effect(to);
                    let ways = match self.aim {
                        Aim::Most => STEPS.map(|steps| steps * effect(to).signum()).to_vec(),
                        _ => vec![made_good.abs().ceil() * made_good.signum()],
                    };
                    for more in ways {
                        let mut settings = best.settings.clone();
                        for (k, by) in [(from, back * less), (to, more)] {
                            let dial = &self.dials[k];
                            settings[k] = dial.at((dial.steps(settings[k]) + by).round());
                        }
                        let promised = self.promised(&settings, best, slopes);
                        if promised > 0.0 {
                            all.push((promised, settings));
                        }
                    }
                }
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all.truncate(MOST_TRIED);
        all.into_iter().map(|(_, settings)| settings).collect()
    }

    /// How much better other settings are by the slopes, in what is to be small or large.
    fn promised(&self, settings: &[f64], best: &Place, slopes: &Slopes) -> f64 {
        let ways = settings.iter().zip(&best.settings).zip(self.dials);
        let ways: Vec<f64> = ways
            .map(|((to, from), dial)| (to - from) / dial.width)
            .collect();
        let change = |slopes: &[f64]| -> f64 { slopes.iter().zip(&ways).map(|(s, w)| s * w).sum() };
        let further = self.movement(settings) - self.movement(&best.settings);
        match self.aim {
            // Rounding is no promise.
            Aim::LeastMovement => -further - HELD,
            Aim::LeastCost => -change(&slopes.cost) - TIE * further,
            Aim::Most => change(&slopes.goal),
        }
    }

    /// Dials by what a movement gives for its price, ascending.
    fn order(&self, slopes: &Slopes) -> Vec<usize> {
        let worth = |k: usize| {
            let price = match self.aim {
                Aim::LeastCost => slopes.cost[k].abs().max(1e-9),
                Aim::LeastMovement | Aim::Most => 1.0,
            };
            slopes.goal[k].abs() / price
        };
        let mut order: Vec<usize> = (0..slopes.goal.len()).collect();
        sort_short(&mut order, |&a, &b| worth(a).total_cmp(&worth(b)));
        order
    }

    /// On the grid: the best of the nearest settings, of those that favour the goal and of those
    /// nearer to rest, which spare money.
    fn rounded(&mut self, place: &Place, slopes: &Slopes) -> Result<Place, Stopped> {
        // Up from the setting where the sign is 1, down where it is −1, else the nearest.
        let on_grid = |sign: &dyn Fn(usize, &Dial, f64) -> f64| -> Vec<f64> {
            let dials = self.dials.iter().zip(&place.settings).enumerate();
            dials
                .map(|(k, (dial, &x))| {
                    let steps = dial.steps(x);
                    dial.at(match sign(k, dial, x) {
                        sign if sign > 0.0 => (steps - 1e-9).ceil(),
                        sign if sign < 0.0 => (steps + 1e-9).floor(),
                        _ => steps.round(),
                    })
                })
                .collect()
        };
        let all = vec![
            on_grid(&|_, _, _| 0.0),
            on_grid(&|k, _, _| slopes.goal[k]),
            on_grid(&|_, dial, x| dial.rest - x),
        ];
        let mut places = self.judge(all)?.into_iter();
        let mut best = places.next().ok_or(Stopped)?;
        for place in places {
            if self.is_better(&place, &best) {
                best = place;
            }
        }
        Ok(best)
    }

    /// Steps of single dials towards rest, while something is lacking and each makes it less.
    fn repaired(&mut self, mut best: Place) -> Result<Place, Stopped> {
        for _ in 0..MOST_REPAIRS {
            if self.is_reached(&best) {
                break;
            }
            let dials = self.dials.iter().enumerate();
            let back = dials.filter_map(|(k, dial)| {
                let mut settings = best.settings.clone();
                let way = (dial.rest - settings[k]).signum();
                settings[k] = dial.at((dial.steps(settings[k]) + way).round());
                let beyond = (dial.rest - settings[k]).signum() != way;
                settings[k] = if beyond { dial.rest } else { settings[k] };
                (settings[k] != best.settings[k]).then_some(settings)
            });
            let before = best.clone();
            for place in self.judge(back.collect())? {
                if self.is_better(&place, &best) {
                    best = place;
                }
            }
            if best == before {
                break;
            }
        }
        Ok(best)
    }

    /// A few steps more of one dial, while something is lacking and each makes it less.
    fn reached(&mut self, mut best: Place, k: usize, way: f64) -> Result<Place, Stopped> {
        for _ in 0..MOST_STEPS {
            if self.lack(&best.judged) <= HELD {
                break;
            }
            match self.further(&best, k, way)? {
                Some(place) if self.is_better(&place, &best) => best = place,
                _ => break,
            }
        }
        Ok(best)
    }

    /// More of one dial, as far as it helps and limits allow: the largest strides first.
    fn raised(&mut self, mut best: Place, k: usize, way: f64) -> Result<Place, Stopped> {
        let dial = self.dials[k];
        let end = if way > 0.0 { dial.high } else { dial.low };
        let mut stride = (dial.steps(end) - dial.steps(best.settings[k]))
            .abs()
            .ceil();
        while stride >= 1.0 {
            let Some(place) = self.further(&best, k, way * stride)? else {
                break;
            };
            if self.is_better(&place, &best) {
                best = place;
            }
            stride = (stride / 2.0).floor();
        }
        Ok(best)
    }

    /// So many steps more of one dial; `None` at its bound.
    fn further(&mut self, from: &Place, k: usize, by: f64) -> Result<Option<Place>, Stopped> {
        let dial = self.dials[k];
        let mut settings = from.settings.clone();
        settings[k] = dial.at((dial.steps(settings[k]) + by).round());
        let moves = settings[k] != from.settings[k];
        moves.then(|| self.one(settings)).transpose()
    }

    /// One dial as near to rest as can be without being worse, by halving.
    fn drawn_back(&mut self, best: Place, k: usize) -> Result<Place, Stopped> {
        let dial = self.dials[k];
        let (now, rest) = (dial.steps(best.settings[k]), dial.steps(dial.rest));
        // Steps away from rest: `far` is as good as now, `near` is not.
        let mut far = (now - rest).abs().round() as u32;
        let mut kept = best.clone();
        let mut near = None;
        while near.map_or(far > 0, |near| far - near > 1) {
            let between = near.map_or(0, |near: u32| near.midpoint(far));
            let mut settings = best.settings.clone();
            settings[k] = match between {
                0 => dial.rest,
                _ => dial.at((rest + (now - rest).signum() * f64::from(between)).round()),
            };
            let place = self.one(settings)?;
            if self.is_as_good(&place, &best) {
                (far, kept) = (between, place);
            } else {
                near = Some(between);
            }
        }
        Ok(kept)
    }

    /// Whether nothing that counts is lost: for the most there is, no part of the goal.
    fn is_as_good(&self, place: &Place, than: &Place) -> bool {
        let (lack, before) = (self.lack(&place.judged), self.lack(&than.judged));
        let holds = lack <= HELD || lack <= before;
        match self.aim {
            Aim::Most => holds && place.judged.goal >= than.judged.goal,
            Aim::LeastMovement => holds,
            Aim::LeastCost => holds && self.price(place) <= self.price(than),
        }
    }
}
