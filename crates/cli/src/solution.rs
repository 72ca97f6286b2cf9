//! Settings that the solver found, as JSON and in words.
//!
//! `seek` and `outlook` say them alike: medians over the members, chances by whole members.

use serde_json::{Value, json};
use tidemark_pack::assess::Held;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Comparator, Target};
use tidemark_pack::scenario::LeverSetting;
use tidemark_reach::inverse::{Aim, Solution, When};
use tidemark_reach::outcome::{Chance, TargetFigures};

use crate::reach::said;
use crate::table::number;
use crate::target::{name, sign, unit, years};

/// What was wanted of a solution, stable: JSON and text have the same.
pub(crate) fn aim(aim: Aim) -> &'static str {
    match aim {
        Aim::LeastMovement => "least movement",
        Aim::LeastCost => "least cost",
        Aim::Most => "surest",
    }
}

/// For programs; `aim` says what was wanted of it.
pub(crate) fn object(aim: &str, solution: &Solution) -> Value {
    let levers = solution.scenario.levers.iter();
    let targets = solution.targets.iter().zip(&solution.when);
    json!({
        "aim": aim,
        "reached": solution.is_reached,
        "limits_held": solution.is_held,
        "probability": solution.joint.map(|chance| chance.share),
        "percent": solution.joint.map(Chance::percent),
        "cost": solution.cost,
        "largest_yearly_cost": solution.largest_cost,
        "movement": solution.movement,
        "levers": levers
            .map(|(id, set)| json!({ "id": id, "value": set.value, "start": set.start }))
            .collect::<Vec<Value>>(),
        "targets": targets
            .map(|(figures, when)| target_object(figures, *when))
            .collect::<Vec<Value>>(),
    })
}

fn target_object(figures: &TargetFigures, when: When) -> Value {
    let median = figures.band().map(|band| band.p50);
    json!({
        "id": figures.target,
        "years": [figures.key.span.from, figures.key.span.to],
        "value": figures.wanted,
        "projected": median,
        "gap": median.map(|median| gap(figures, median)),
        "probability": figures.chance().map(|chance| chance.share),
        "percent": figures.chance().map(Chance::percent),
        "earliest": earliest(Some(when)),
    })
}

/// First year whose median meets a target, and first one in which it is met at the confidence.
pub(crate) fn earliest(when: Option<When>) -> Value {
    json!({
        "median": when.and_then(|when| when.median),
        "sure": when.and_then(|when| when.sure),
    })
}

/// What is missing to the target: positive is short of it.
pub(crate) fn gap(figures: &TargetFigures, median: f64) -> f64 {
    0.0 - figures.margin(median)
}

/// A confidence as it was asked for.
pub(crate) fn confidence(share: f64) -> String {
    format!("{}%", (1000.0 * share).round() / 10.0)
}

/// Beside the chance the members, which are held against a confidence.
pub(crate) fn exactly(chance: Option<Chance>) -> String {
    match chance {
        Some(of) => format!("{} ({} of {} members)", said(chance), of.met, of.members),
        None => said(chance),
    }
}

/// "研发强度 2027 (rd.2027)".
pub(crate) fn called(bound: &Bound, target: &Target) -> String {
    format!("{} ({})", name(bound, target), target.id)
}

/// Of several targets the chance at once, before what follows; of one it stands beside its figure.
pub(crate) fn at_once(solution: &Solution, then: &str) -> String {
    match solution.targets.len() {
        0 | 1 => then.to_owned(),
        n => format!(
            "all {n} at once with chance {}; {then}",
            exactly(solution.joint)
        ),
    }
}

/// "median 10900 in 2027, 1100 short of ≥ 12000 家, chance 5% (31 of 1000 members)".
pub(crate) fn standing(bound: &Bound, figures: &TargetFigures) -> String {
    let Some(target) = bound.target(&figures.target) else {
        return String::new();
    };
    let Some(median) = figures.band().map(|band| band.p50) else {
        return "no figure".to_owned();
    };
    let gap = gap(figures, median);
    let missing = match target.comparator {
        _ if gap <= 0.0 => "meets".to_owned(),
        Comparator::AtMost => format!("{} too much for", number(gap)),
        Comparator::AtLeast | Comparator::About => format!("{} short of", number(gap)),
    };
    format!(
        "median {} in {}, {missing} {} {} {}, chance {}",
        number(median),
        years(figures.key.span),
        sign(target.comparator),
        number(target.value),
        unit(bound, target),
        exactly(figures.chance())
    )
}

/// When a target is met with the settings of a solution.
pub(crate) fn met(bound: &Bound, target: &Target, when: When, share: f64) -> String {
    if bound.held(target, target.to + 1).0 != Held::Other {
        return "it is held in its own years only".to_owned();
    }
    let at = confidence(share);
    let never = "in no year of the run";
    match (when.median, when.sure) {
        (None, None) => format!("met {never}, neither by the median nor at {at}"),
        (Some(median), None) => format!("met by the median in {median}, at {at} {never}"),
        (None, Some(sure)) => format!("met at {at} in {sure}, by the median {never}"),
        (Some(median), Some(sure)) if median == sure => {
            format!("met by the median and at {at} in {sure}")
        }
        (Some(median), Some(sure)) => format!("met by the median in {median}, at {at} in {sure}"),
    }
}

/// What is to be done, and what it costs: "effort 10.0 → 20.0 家/年; costs 1.88 亿元 …".
pub(crate) fn effort(bound: &Bound, solution: &Solution) -> String {
    let levers = solution.scenario.levers.iter();
    let levers: Vec<String> = levers
        .filter_map(|(id, setting)| lever(bound, id, setting))
        .collect();
    if levers.is_empty() {
        return "no lever moved".to_owned();
    }
    let cost = match solution.cost > 0.0 {
        false => "costs nothing".to_owned(),
        true => format!(
            "costs {:.2} 亿元, {:.2} in the dearest year",
            solution.cost, solution.largest_cost
        ),
    };
    let levers = levers.join(", ");
    format!(
        "{levers}; {cost}; moves {:.2} safe ranges in all",
        solution.movement
    )
}

fn lever(bound: &Bound, id: &str, setting: &LeverSetting) -> Option<String> {
    let (lever, default) = (bound.lever(id)?, bound.default_setting(id)?);
    let shown = |value: f64| format!("{value:.*}", lever.decimals);
    let start = match setting.start == default.start {
        true => String::new(),
        false => format!(" from {} on", setting.start),
    };
    Some(format!(
        "{id} {} → {} {}{start}",
        shown(default.value),
        shown(setting.value),
        lever.unit
    ))
}
