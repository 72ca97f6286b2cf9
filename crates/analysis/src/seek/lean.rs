//! From the most there is to a shorter list: dials that give next to nothing go back to rest.

use super::{Answer, Dial, HELD, Judged, Look, Stopped};
use tidemark_engine::sort_short;

/// A dial that saves for others may go once those have gone.
const PASSES: usize = 2;

/// The same answer with as many dials at rest as can be spared for a little of the goal: those with
/// least effect first. A goal that is reached stays so, and limits are held as before.
///
/// * `loss`: of the goal, all dials together.
/// * `judge`: as for [`super::seek`].
///
/// # Errors
/// [`Stopped`] as soon as `judge` gives `None` or too few answers.
pub fn lean(
    dials: &[Dial],
    answer: Answer,
    loss: f64,
    judge: &mut impl FnMut(&[Vec<f64>], Look) -> Option<Vec<Judged>>,
) -> Result<Answer, Stopped> {
    let all = dials.iter().zip(&answer.settings).enumerate();
    let moved = all.filter(|(_, (dial, x))| **x != dial.rest);
    let moved: Vec<usize> = moved.map(|(k, _)| k).collect();
    if moved.len() < 2 {
        return Ok(answer);
    }
    let without = |settings: &[f64], k: usize| -> Vec<f64> {
        let mut settings = settings.to_vec();
        settings[k] = dials[k].rest;
        settings
    };
    let all: Vec<Vec<f64>> = moved
        .iter()
        .map(|&k| without(&answer.settings, k))
        .collect();
    let judged = judge(&all, Look::Rough).filter(|judged| judged.len() >= all.len());
    let goals = judged.ok_or(Stopped)?.into_iter().map(|judged| judged.goal);
    let mut order: Vec<(f64, usize)> = goals.zip(moved).collect();
    // What is most without a dial needs that one least.
    sort_short(&mut order, |a, b| b.0.total_cmp(&a.0));
    let least = answer.judged.goal - loss;
    let least = if answer.is_reached {
        least.max(0.0)
    } else {
        least
    };
    let mut best = answer;
    for _ in 0..PASSES {
        for &(_, k) in &order {
            if best.settings[k] == dials[k].rest {
                continue;
            }
            let settings = without(&best.settings, k);
            let judged = judge(std::slice::from_ref(&settings), Look::Fine).ok_or(Stopped)?;
            let judged = judged.into_iter().next().ok_or(Stopped)?;
            let limits = judged.limits.iter().zip(&best.judged.limits);
            let mut held = limits.map(|(now, before)| *now >= -HELD || now >= before);
            if judged.goal >= least && held.all(|held| held) {
                best = Answer {
                    movement: super::movement(dials, &settings),
                    settings,
                    judged,
                    ..best
                };
            }
        }
    }
    Ok(best)
}
