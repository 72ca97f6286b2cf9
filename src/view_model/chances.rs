//! Probabilities as rows: each target's, that of several at once, and how they are made.

use super::rows::{ChanceView, EnsembleView, JointView};
use super::scoreboard::order;
use super::{Inputs, pack_scenario};
use crate::ensemble::answer::TargetAnswer;
use crate::ensemble::{Doing, Standing};
use crate::inquiry;
use crate::protocol::Ask;
use crate::state::AppState;
use crate::text::chance as words;
use crate::text::sentence::Measure;
use std::collections::BTreeSet;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::Target;
use tidemark_reach::outcome::{Band, Chance};

/// Of a share, which has no unit.
const PLAIN: Measure<'static> = Measure {
    unit: "",
    decimals: 0,
};

/// Targets whose joint probability is wanted: the user's choice, else the open ones on tiles.
pub fn chosen(bound: &Bound, state: &AppState) -> BTreeSet<usize> {
    if let Some(chosen) = &state.view.joint {
        return chosen.clone();
    }
    let on_tile = |k: &usize| bound.pack().target.get(*k).is_some_and(|t| t.tile > 0);
    let open = state.catalogue.open_targets.iter().copied();
    open.filter(on_tile).collect()
}

/// What is asked of the ensemble for the targets and charts shown, on as many members as the user set.
pub fn ask(bound: &Bound, state: &AppState) -> Ask {
    let pack = bound.pack();
    let figures = state.view.figures.iter();
    let joint = chosen(bound, state).into_iter();
    Ask {
        ticket: 0,
        draws: state.members,
        members: state.members,
        spread: state.view.spread,
        settings: inquiry::settings(&pack_scenario(bound, state)),
        joint: joint
            .filter_map(|k| Some(pack.target.get(k)?.id.clone()))
            .collect(),
        lines: figures
            .filter_map(|&k| Some(pack.figure.get(k)?.indicator.clone()))
            .collect(),
    }
}

/// The chance of a target, where its outcome is open and known in the ensemble.
pub(super) fn of_target(
    inputs: &Inputs<'_>,
    k: usize,
    target: &Target,
    measure: Measure<'_>,
) -> Option<ChanceView> {
    let answer = inputs.ensemble.answer.as_ref()?;
    let found = known(inputs, k, target)?;
    Some(view(found.chance?, answer.members, found.band, measure))
}

/// What the ensemble says of a target whose outcome is open.
fn known<'a>(inputs: &Inputs<'a>, k: usize, target: &Target) -> Option<&'a TargetAnswer> {
    let is_open = inputs.state.catalogue.open_targets.contains(&k);
    let answer = inputs.ensemble.answer.as_ref().filter(|_| is_open)?;
    answer.target(&target.id)
}

fn view(chance: Chance, members: usize, band: Option<Band>, measure: Measure<'_>) -> ChanceView {
    let percent = chance.percent();
    let range = band.map(|b| {
        let [low, middle, high] = [b.p10, b.p50, b.p90].map(|value| measure.value(Some(value)));
        words::range([&low, &middle, &high])
    });
    let met = libm::round(chance.share * members as f64);
    ChanceView {
        members: format!("{met}/{members}"),
        percent,
        text: words::percent(percent),
        words: words::words(percent),
        range: range.unwrap_or_default(),
    }
}

/// The joint chance and how the ensemble stands.
pub(super) fn ensemble(inputs: &Inputs<'_>) -> EnsembleView {
    let (state, standing) = (inputs.state, inputs.ensemble);
    let chosen = chosen(inputs.bound, state);
    let open = state.catalogue.open_targets.iter();
    let (note, hint, class) = note(standing, state.members);
    EnsembleView {
        joint: joint(inputs, &chosen),
        note,
        hint,
        class,
        is_current: standing.generation == Some(state.generation),
        done: standing
            .progress
            .map(|(done, all)| (done * 100 / all.max(1)) as u8),
        choices: open.map(|&k| (k, chosen.contains(&k))).collect(),
        spread: state.view.spread,
        members: state.members,
    }
}

fn joint(inputs: &Inputs<'_>, chosen: &BTreeSet<usize>) -> Option<JointView> {
    let answer = inputs.ensemble.answer.as_ref()?;
    let chance = view(answer.joint?, answer.members, None, PLAIN);
    let own = chosen.iter().filter_map(|&k| {
        let target = inputs.bound.pack().target.get(k)?;
        Some((known(inputs, k, target)?.chance?.percent(), target))
    });
    // Of equals the one that is shown first.
    let weakest = own.min_by_key(|(percent, target)| (*percent, order(target)));
    let weakest = weakest.and_then(|(percent, target)| {
        let indicator = inputs.bound.indicator(&target.indicator)?;
        Some(words::weakest(&indicator.short, &words::percent(percent)))
    });
    Some(JointView {
        count: chosen.len(),
        text: words::joint(chosen.len(), &chance.text, chance.words),
        chance,
        weakest: weakest.unwrap_or_default(),
    })
}

/// Note, hint and class.
fn note(standing: &Standing, members: usize) -> (String, String, &'static str) {
    let (from, from_hint) = match standing.from_fit {
        Some(false) => (words::FROM_ASSUMPTIONS, words::FROM_ASSUMPTIONS_HINT),
        _ => (words::FROM_FIT, words::FROM_FIT_HINT),
    };
    let refused = standing.refused.as_deref();
    if standing.doing == Doing::Nobody {
        let hint = refused.unwrap_or(words::FAILED);
        return (words::FAILED.to_owned(), hint.to_owned(), "failed");
    }
    if let Some((done, all)) = standing.progress {
        return (words::progress(done, all), from_hint.to_owned(), "busy");
    }
    let Some(answer) = &standing.answer else {
        return (words::STARTING.to_owned(), from_hint.to_owned(), "busy");
    };
    let made = format!("{} · {from}", words::members(answer.members.min(members)));
    if standing.doing == Doing::Page {
        return (
            format!("{made} · {}", words::ON_PAGE),
            from_hint.to_owned(),
            "slow",
        );
    }
    if standing.restarted {
        return (
            format!("{made} · {}", words::RESTARTED),
            from_hint.to_owned(),
            "slow",
        );
    }
    (made, from_hint.to_owned(), "ok")
}
