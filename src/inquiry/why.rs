//! Why a figure is what it is: shares of levers, a ratio told apart, what would help next, the ways of
//! the levers, and why it is not certain.

use super::{Pace, Place, scenario};
use crate::protocol::inquiry::{self as message, Because, Told};
use crate::protocol::ways;
use tidemark_engine::sort_short;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::remainder;
use tidemark_pack::reading::Span;
use tidemark_pack::record::Comparator;
use tidemark_pack::scenario::Scenario;
use tidemark_reach::draws::{Draws, MEMBERS, SEED, middles};
use tidemark_reach::outcome::KeyFigures;
use tidemark_reach::scope::Scope;
use tidemark_reach::study::Study;
use tidemark_reach::why::drivers::drivers;
use tidemark_reach::why::path::Paths;
use tidemark_reach::why::{Asked, Next, Settings, Why};

/// Orders and their reverses where levers are too many for all coalitions.
const PAIRS: usize = 60;
/// Drawn numbers that are named.
const MOST_DRIVERS: usize = 8;

/// One part after another, with a pause before each where the page has to do it.
pub(super) async fn answer(
    place: &Place<'_>,
    why: &message::Why,
    pace: &Pace<'_>,
    tell: &mut dyn FnMut(Told),
) -> Result<(), String> {
    let bound = place.bound;
    let (now, _) = bound.clamp(&scenario(&why.now));
    let asked = asked(bound, why).ok_or("no such figure")?;
    let failed = |error: tidemark_engine::exec::RunError| error.to_string();
    // The page previews at the middle of all draws, however few of them are members.
    let middles = middles(bound, &(place.draws)(MEMBERS)?.middle());
    let draws = (place.draws)(why.members)?;
    let one = std::slice::from_ref(&asked);
    let mut runs = Why::prepare_at(bound, place.program, &middles, one).map_err(failed)?;
    let settings = Settings {
        pairs: PAIRS,
        seed: SEED,
    };
    let shares = runs.shares(bound, &now, settings).map_err(failed)?;
    let without = now.without_levers();
    let split = runs.split(bound, 0, &without, &now).map_err(failed)?;
    if !pace.goes_on().await {
        return Ok(());
    }
    let next = helpful(bound, &mut runs, &now, why)?;
    let attribution = shares.attributions.first().ok_or("no such figure")?;
    let [without, with_all] = medians(place, &draws, &asked, &now)?;
    let own = attribution.parts.iter().map(|part| part.share.value);
    let remainder = remainder(with_all - without, own);
    let parts = shares.levers.iter().zip(&attribution.parts);
    tell(Told::Because(Because {
        without,
        with_all,
        remainder,
        parts: parts
            .map(|(lever, part)| message::Part {
                lever: lever.clone(),
                share: part.share.value,
                error: part.share.error,
                alone: part.alone,
            })
            .collect(),
        interaction: attribution.interaction,
        split: split.map(|split| (split.above, split.below)),
        next,
    }));
    if !pace.goes_on().await {
        return Ok(());
    }
    let programs = (place.model, place.program);
    if let Some(mut paths) = Paths::prepare(bound, programs, &middles, &asked).map_err(failed)? {
        let found = paths.all(&now, good(bound, why)).map_err(failed)?;
        tell(Told::Paths(ways::told_paths(place.model, &found)));
    }
    if !pace.goes_on().await {
        return Ok(());
    }
    let programs = (bound, place.program);
    let spread = drivers(programs, &draws, &asked, &now, &mut |_, _| true);
    let spread = spread.map_err(|halt| halt.to_string())?;
    let told = spread.map(|spread| ways::told_drivers(&spread, MOST_DRIVERS));
    tell(Told::Drivers(told.unwrap_or_default()));
    Ok(())
}

/// What the figure is with no lever moved and with all of them, as the page shows it: medians.
fn medians(
    place: &Place<'_>,
    draws: &Draws,
    asked: &Asked,
    now: &Scenario,
) -> Result<[f64; 2], String> {
    let bound = place.bound;
    let key = bound.key(&asked.indicator, asked.at, asked.span);
    let scope = Scope {
        keys: key.into_iter().collect(),
        ..Scope::default()
    };
    let study = Study::prepare(bound, place.program, draws.clone(), &scope);
    let mut study = study.map_err(|error| error.to_string())?;
    let mut median = |scenario: &Scenario| {
        let found = study.scenario(bound, scenario, draws.count(), &mut |_, _| true);
        let found = found.map_err(|halt| halt.to_string())?;
        let median = found.figures.first().and_then(KeyFigures::median);
        median.ok_or_else(|| "no such figure".to_owned())
    };
    Ok([median(&now.without_levers())?, median(now)?])
}

/// The way in which more of the figure is better.
fn good(bound: &Bound, why: &message::Why) -> f64 {
    match bound.target(&why.target).map(|target| target.comparator) {
        Some(Comparator::AtMost) => -1.0,
        _ => 1.0,
    }
}

fn asked(bound: &Bound, why: &message::Why) -> Option<Asked> {
    let (from, to) = why.years;
    let at = match bound.target(&why.target) {
        Some(target) => target.at,
        None => bound.indicator(&why.indicator)?.at,
    };
    Some(Asked {
        indicator: why.indicator.clone(),
        at,
        span: Span { from, to },
    })
}

/// Each lever's better way, the most helpful first; those that help neither way are left out.
fn helpful(
    bound: &Bound,
    runs: &mut Why,
    now: &Scenario,
    why: &message::Why,
) -> Result<Vec<message::Next>, String> {
    let good = good(bound, why);
    let mut all: Vec<message::Next> = Vec::new();
    for way in [1.0, -1.0] {
        let tried = runs.next(bound, now, |_| way);
        let tried = tried.map_err(|error| error.to_string())?;
        for next in tried.into_iter().map(one) {
            let known = all.iter_mut().find(|known| known.lever == next.lever);
            match known {
                Some(known) if next.change * good > known.change * good => *known = next,
                Some(_) => {}
                None => all.push(next),
            }
        }
    }
    all.retain(|next| next.change * good > 0.0);
    sort_short(&mut all, |a, b| {
        (b.change * good).total_cmp(&(a.change * good))
    });
    Ok(all)
}

fn one(next: Next) -> message::Next {
    message::Next {
        lever: next.lever,
        tried: next.tried,
        change: next.changes.first().copied().unwrap_or(0.0),
        cost: next.cost,
    }
}
