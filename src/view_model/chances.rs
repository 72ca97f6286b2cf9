//! Probabilities as rows: each target's, that of several at once, and how they are made.

use super::rows::{ChanceView, EnsembleView, JointView};
use super::scoreboard::order;
use super::{Inputs, pack_scenario};
use crate::ensemble::{Answer, Doing, Standing};
use crate::inquiry;
use crate::protocol::Ask;
use crate::state::{AppState, Drawer};
use crate::text::chance as words;
use crate::text::sentence::Measure;
use std::collections::BTreeSet;
use std::rc::Rc;
use tidemark_pack::assess::{Assessment, Held, Status};
use tidemark_pack::bind::Bound;
use tidemark_pack::chance::Chance;
use tidemark_pack::record::Target;
use tidemark_reach::outcome::Band;
use tidemark_reach::scope::Wish;

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

/// What is asked of the ensemble for the targets and charts shown, on as many members as the user set: all
/// of it, or while something is dragged what a glance takes in.
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
        wish: Wish {
            year: state.view.year,
            lines: figures
                .filter_map(|&k| Some(pack.figure.get(k)?.indicator.clone()))
                .collect(),
            is_whole: !state.dragging(),
            tables: state.drawer == Some(Drawer::Monitoring),
        },
    }
}

/// The answer whose chances are shown: of this scenario, or of an earlier one as long as somebody works on
/// the present one, but of none that a link has taken the place of.
pub fn shown<'a>(standing: &'a Standing, state: &AppState) -> Option<&'a Rc<Answer>> {
    let is_before_link = standing.generation.is_some_and(|of| of < state.since);
    let is_followed = !is_given_up(standing) && !is_before_link;
    let is_shown = standing.is_of(state.generation) || is_followed;
    standing.answer.as_ref().filter(|_| is_shown)
}

/// Chances of targets looked at in a year, as an answer tells them.
pub fn told(answer: Option<&Rc<Answer>>, year: i32) -> impl Fn(&Target) -> Option<Chance> + '_ {
    move |target| answer?.target(&target.id, year)?.chance
}

/// Whether nobody works on chances any more.
pub fn is_given_up(standing: &Standing) -> bool {
    standing.doing == Doing::Nobody
}

/// Whether chances are of another scenario than the one shown, and have been for longer than a moment.
pub(super) fn is_stale(inputs: &Inputs<'_>) -> bool {
    inputs.ensemble.is_stale && !inputs.ensemble.is_of(inputs.state.generation)
}

/// The answer, where it is of the very scenario that is shown: what may go into a file.
pub(super) fn current<'a>(inputs: &Inputs<'a>) -> Option<&'a Rc<Answer>> {
    let standing = inputs.ensemble;
    let is_own = standing.is_of(inputs.state.generation);
    standing.answer.as_ref().filter(|_| is_own)
}

/// The percent of a target whose projected value meets it although its chance is below what counts as
/// reached.
pub(super) fn met_but_unsure(assessed: &Assessment) -> Option<u8> {
    let is_unsure = matches!(assessed.status, Status::AtRisk | Status::OutOfReach);
    let is_met = assessed.gap.is_some_and(|gap| gap <= 0.0);
    let chance = assessed.chance.filter(|_| is_unsure && is_met)?;
    Some(chance.percent())
}

/// The chance of a target, where one is given and known.
pub(super) fn of_target(
    inputs: &Inputs<'_>,
    target: &Target,
    assessed: &Assessment,
    measure: Measure<'_>,
) -> Option<ChanceView> {
    let chance = assessed.chance?;
    let band = shown(inputs.ensemble, inputs.state)
        .and_then(|answer| answer.target(&target.id, inputs.state.view.year)?.band);
    Some(view(chance, band, measure))
}

/// Where 80 % of the members lie, in words.
pub(super) fn range(band: Band, measure: Measure<'_>) -> [String; 2] {
    [band.p10, band.p90].map(|value| measure.value(Some(value)))
}

fn view(chance: Chance, band: Option<Band>, measure: Measure<'_>) -> ChanceView {
    let percent = chance.percent();
    let range = band.map(|band| {
        let [low, high] = range(band, measure);
        words::range([&low, &high])
    });
    ChanceView {
        members: format!("{}/{}", chance.met, chance.members),
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
    let (note, hint, class) = note(inputs, state.members);
    EnsembleView {
        joint: joint(inputs, &chosen),
        note,
        hint,
        class,
        is_current: standing.is_of(state.generation),
        is_stale: is_stale(inputs),
        is_given_up: is_given_up(standing),
        done: standing
            .progress
            .map(|(done, all)| (done * 100 / all.max(1)) as u8),
        choices: open.map(|&k| (k, chosen.contains(&k))).collect(),
        spread: state.view.spread,
        members: state.members,
    }
}

fn joint(inputs: &Inputs<'_>, chosen: &BTreeSet<usize>) -> Option<JointView> {
    let (bound, state) = (inputs.bound, inputs.state);
    let answer = shown(inputs.ensemble, state)?;
    let chance = view(answer.joint(state.view.year)?, None, PLAIN);
    let own = chosen.iter().filter_map(|&k| {
        let target = bound.pack().target.get(k)?;
        Some((inputs.scenario.targets.get(k)?.chance?.percent(), target))
    });
    // Of equals the one that is shown first.
    let own = own.filter(|_| chosen.len() > 1);
    let weakest = own.min_by_key(|(percent, target)| (*percent, order(target)));
    let weakest = weakest.and_then(|(percent, target)| {
        let indicator = bound.indicator(&target.indicator)?;
        Some(words::weakest(&indicator.short, &words::percent(percent)))
    });
    Some(JointView {
        count: chosen.len(),
        text: words::joint(chosen.len(), &chance.text, chance.words),
        chance,
        weakest: weakest.unwrap_or_default(),
    })
}

/// Whether a target stands in its own year although another one is looked at.
pub(super) fn is_aside(assessed: &Assessment) -> bool {
    assessed.held == Held::Aside
}

/// Note, hint and class.
fn note(inputs: &Inputs<'_>, members: usize) -> (String, String, &'static str) {
    let standing = inputs.ensemble;
    let (from, from_hint) = match standing.from_fit {
        Some(false) => (words::FROM_ASSUMPTIONS, words::FROM_ASSUMPTIONS_HINT),
        _ => (words::FROM_FIT, words::FROM_FIT_HINT),
    };
    if is_given_up(standing) {
        let why = standing.refused.as_ref().map(words::refusal);
        let why = why.map_or(words::FAILED.to_owned(), |why| {
            crate::text::page::labelled(words::FAILED, &why)
        });
        let hint = format!("{why}。{}", words::PREVIEW);
        return (why, hint, "failed");
    }
    if let Some((done, all)) = standing.progress {
        return (words::progress(done, all), from_hint.to_owned(), "busy");
    }
    let answer = standing.answer.as_ref().filter(|_| !is_stale(inputs));
    let Some(answer) = answer else {
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
