//! How goal, cost and limits change with each dial, by one probe a dial.

use super::{Dial, Judged, Look, Place, Search, Stopped};

/// Changes for a movement of 1, one for each dial; 0 for a locked one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Slopes {
    pub(super) goal: Vec<f64>,
    pub(super) cost: Vec<f64>,
    /// Limit after limit.
    pub(super) limits: Vec<Vec<f64>>,
}

impl Slopes {
    /// The largest change of goal and of each limit; 1 where nothing changes them.
    pub(super) fn scales(&self) -> Vec<f64> {
        let rows = std::iter::once(&self.goal).chain(&self.limits);
        rows.map(|row| largest(row)).collect()
    }
}

/// Changes below this are rounding.
const ROUNDING: f64 = 1e-9;

/// The largest magnitude, 1 where there is none.
pub(super) fn largest(values: &[f64]) -> f64 {
    let most = values.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    if most > ROUNDING && most.is_finite() {
        most
    } else {
        1.0
    }
}

/// A probe goes so far, in widths: far enough to see an effect behind the steps of counts.
const PROBE: f64 = 0.1;

impl<F: FnMut(&[Vec<f64>], Look) -> Option<Vec<Judged>>> Search<'_, F> {
    pub(super) fn slopes(&mut self, at: &Place) -> Result<Slopes, Stopped> {
        let free: Vec<(usize, f64)> = self
            .dials
            .iter()
            .zip(&at.settings)
            .enumerate()
            .filter_map(|(k, (dial, &x))| Some((k, probe(dial, x)?)))
            .collect();
        let probes = free.iter().map(|&(k, by)| {
            let mut settings = at.settings.clone();
            settings[k] += by;
            settings
        });
        let all = std::iter::once(at.settings.clone()).chain(probes);
        let mut probes = self.looked_at(all.collect(), Look::Rough)?.into_iter();
        let at = probes.next().ok_or(Stopped)?;
        let n = self.dials.len();
        let mut slopes = Slopes {
            goal: vec![0.0; n],
            cost: vec![0.0; n],
            limits: vec![vec![0.0; n]; at.judged.limits.len()],
        };
        for (&(k, by), place) in free.iter().zip(probes) {
            let slope = |from: f64, to: f64| (to - from) / by * self.dials[k].width;
            slopes.goal[k] = slope(at.judged.goal, place.judged.goal);
            slopes.cost[k] = slope(at.judged.cost, place.judged.cost);
            let pairs = at.judged.limits.iter().zip(&place.judged.limits);
            for (of_limit, (from, to)) in slopes.limits.iter_mut().zip(pairs) {
                of_limit[k] = slope(*from, *to);
            }
        }
        Ok(slopes)
    }
}

/// Which way and how far to probe; `None` for a locked dial.
fn probe(dial: &Dial, x: f64) -> Option<f64> {
    let wanted = (PROBE * dial.width).max(dial.step);
    let (up, down) = (dial.high - x, x - dial.low);
    // Away from rest where both ways are open, since costs may bend there.
    let by = if up >= down.min(wanted) {
        up.min(wanted)
    } else {
        -down.min(wanted)
    };
    (by != 0.0 && dial.high > dial.low).then_some(by)
}
