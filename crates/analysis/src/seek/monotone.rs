//! Whether the best there can be lies in a corner, and which: then nothing between the bounds has more.

use tidemark_engine::Uniforms;

use super::{Dial, Judged, Look, Stopped};

/// The corner with the largest goal where every dial, tried on many backgrounds, moves it one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Corner {
    /// Each dial at one of its bounds, or at rest where it moves nothing.
    pub settings: Vec<f64>,
    /// What they lead to; limits are not looked at, so that no limit can hide a larger goal.
    pub judged: Judged,
    /// Settings that were judged to see it.
    pub n_judged: usize,
}

/// Purpose of the random numbers, see [`Uniforms::of_study`].
const PURPOSE: u8 = 4;
/// Places along each dial.
const PLACES: usize = 4;
/// Backgrounds: rest, all bounds one way, all the other way, and random ones.
const BACKGROUNDS: usize = 6;

/// Looks for the corner; `None` where some dial moves the goal up here and down there. A test of many
/// places, no proof for all: what moves back between two tried places is not seen.
///
/// # Errors
/// [`Stopped`] as soon as `judge` gives `None` or too few answers.
pub fn corner(
    dials: &[Dial],
    judge: &mut impl FnMut(&[Vec<f64>], Look) -> Option<Vec<Judged>>,
) -> Result<Option<Corner>, Stopped> {
    let mut n_judged = 0;
    let mut goals = |all: &[Vec<f64>], look: Look| -> Result<Vec<Judged>, Stopped> {
        n_judged += all.len();
        judge(all, look)
            .filter(|j| j.len() >= all.len())
            .ok_or(Stopped)
    };
    let mut ways = vec![0.0_f64; dials.len()];
    for background in backgrounds(dials) {
        let mut all = Vec::new();
        for (k, dial) in dials.iter().enumerate() {
            for place in 0..PLACES {
                let mut settings = background.clone();
                let part = place as f64 / (PLACES - 1) as f64;
                settings[k] = dial.low + part * (dial.high - dial.low);
                all.push(settings);
            }
        }
        let judged = goals(&all, Look::Rough)?;
        for (way, along) in ways.iter_mut().zip(judged.chunks(PLACES)) {
            for pair in along.windows(2) {
                let change = pair[1].goal - pair[0].goal;
                let sign = if change.abs() <= FLAT * pair[0].goal.abs().max(1.0) {
                    0.0
                } else {
                    change.signum()
                };
                if !change.is_finite() || sign * *way < 0.0 {
                    return Ok(None);
                }
                if sign != 0.0 {
                    *way = sign;
                }
            }
        }
    }
    let settings: Vec<f64> = dials
        .iter()
        .zip(&ways)
        .map(|(dial, &way)| match way {
            way if way > 0.0 => dial.high,
            way if way < 0.0 => dial.low,
            _ => dial.rest,
        })
        .collect();
    let judged = goals(std::slice::from_ref(&settings), Look::Fine)?;
    Ok(judged.into_iter().next().map(|judged| Corner {
        settings,
        judged,
        n_judged,
    }))
}

/// Changes of the goal below this, relative to it, are rounding.
const FLAT: f64 = 1e-12;

fn backgrounds(dials: &[Dial]) -> Vec<Vec<f64>> {
    let of = |pick: &dyn Fn(&Dial) -> f64| dials.iter().map(pick).collect::<Vec<f64>>();
    let mut all = vec![
        of(&|dial| dial.rest),
        of(&|dial| dial.low),
        of(&|dial| dial.high),
    ];
    for k in all.len()..BACKGROUNDS {
        let mut uniforms = Uniforms::of_study(0, PURPOSE, k as u64);
        let random = dials
            .iter()
            .map(|dial| dial.low + uniforms.next_open() * (dial.high - dial.low));
        all.push(random.collect());
    }
    all
}
