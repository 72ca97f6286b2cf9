//! From the most there is to a shorter list: dials that give next to nothing go back to rest.

use super::{Answer, Dial, HELD, Judged, Look, Stopped};

/// The same answer with as many dials at rest as can be spared for a part of what they all give
/// beyond rest: those with least effect first. An answer that lacks something is left as it is.
///
/// * `part`: of the goal's rise from rest to the answer, from 0 to 1.
/// * `judge`: as for [`super::seek`].
///
/// # Errors
/// [`Stopped`] as soon as `judge` gives `None` or too few answers.
pub fn lean(
    dials: &[Dial],
    answer: Answer,
    part: f64,
    judge: &mut impl FnMut(&[Vec<f64>], Look) -> Option<Vec<Judged>>,
) -> Result<Answer, Stopped> {
    let moved = |answer: &Answer| -> Vec<usize> {
        let all = dials.iter().zip(&answer.settings).enumerate();
        all.filter(|(_, (dial, x))| **x != dial.rest)
            .map(|(k, _)| k)
            .collect()
    };
    let at_rest = |some: &[usize]| -> Vec<f64> {
        let mut settings = answer.settings.clone();
        for &k in some {
            settings[k] = dials[k].rest;
        }
        settings
    };
    let own = moved(&answer);
    if own.len() < 2 {
        return Ok(answer);
    }
    let mut all: Vec<Vec<f64>> = own.iter().map(|&k| at_rest(&[k])).collect();
    all.push(answer.settings.clone());
    let judged = judge(&all, Look::Rough).ok_or(Stopped)?;
    let goal = |k: usize| judged.get(k).map(|j| j.goal).ok_or(Stopped);
    let whole = goal(own.len())?;
    let mut by_effect = Vec::with_capacity(own.len());
    for (place, &k) in own.iter().enumerate() {
        by_effect.push((whole - goal(place)?, k));
    }
    by_effect.sort_by(|a, b| a.0.total_cmp(&b.0));
    let order: Vec<usize> = by_effect.into_iter().map(|(_, k)| k).collect();
    let mut one = |settings: Vec<f64>| -> Result<Judged, Stopped> {
        let judged = judge(&[settings], Look::Fine).ok_or(Stopped)?;
        judged.into_iter().next().ok_or(Stopped)
    };
    let rest = one(dials.iter().map(|dial| dial.rest).collect())?;
    let least = answer.judged.goal - part * (answer.judged.goal - rest.goal).max(0.0);
    let (mut spared, mut too_many) = (0, order.len() + 1);
    let mut best = answer.clone();
    while too_many - spared > 1 {
        let n = spared.midpoint(too_many);
        let settings = at_rest(order.get(..n).unwrap_or(&order));
        let judged = one(settings.clone())?;
        let kept = judged.limits.iter().zip(&answer.judged.limits);
        let mut kept = kept.map(|(now, before)| *now >= -HELD || now >= before);
        if judged.goal >= least && kept.all(|held| held) {
            best = Answer {
                movement: super::movement(dials, &settings),
                is_reached: answer.is_reached && judged.goal >= -HELD,
                n_judged: answer.n_judged,
                settings,
                judged,
            };
            spared = n;
        } else {
            too_many = n;
        }
    }
    Ok(best)
}
