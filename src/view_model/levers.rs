//! Levers, assumptions and tabs as rows for their sliders.

use super::rows::{
    AssumptionRow, EffectChip, Evidence, GroupTab, LevelStretch, LeverRow, Reason, SliderRow,
    TimingRow, TrackTick, Zone, ZoneKind,
};
use super::{Inputs, typed};
use crate::state::{AppState, Knob, Ramp, Setting};
use crate::text::lever as words;
use crate::text::number;
use crate::text::sentence::{self, Measure};
use crate::text::word;
use std::rc::Rc;
use tidemark_engine::sort_short;
use tidemark_pack::anchor;
use tidemark_pack::assess::LeverCosts;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Assumption, Grade, Lever, Target};
use tidemark_reach::effects::Effects;

/// Name of a knob; empty for a position the pack does not have.
pub fn knob_label(bound: &Bound, knob: Knob) -> String {
    let label = match knob {
        Knob::Lever(k) => bound.pack().lever.get(k).map(|lever| &lever.label),
        Knob::Assumption(k) => bound.pack().assumption.get(k).map(|a| &a.label),
    };
    label.map_or(String::new(), |label| label.zh.clone())
}

/// Tabs of the lever panel, all levers first, with how many levers of each group were changed.
pub fn tabs(bound: &Bound, state: &AppState) -> Vec<GroupTab> {
    let groups = &bound.pack().group;
    let all = GroupTab {
        group: groups.len(),
        label: words::ALL.to_owned(),
        changed: 0,
        selected: groups.len() == state.view.group,
    };
    let own = groups.iter().enumerate().map(|(group, record)| GroupTab {
        group,
        label: record.label.zh.clone(),
        changed: changed_in(bound, state, &record.id),
        selected: group == state.view.group,
    });
    std::iter::once(all).chain(own).collect()
}

fn changed_in(bound: &Bound, state: &AppState, group: &str) -> usize {
    let levers = state.scenario.levers.keys();
    let changed = levers.filter_map(|&k| bound.pack().lever.get(k));
    changed.filter(|lever| lever.group == group).count()
}

/// All levers in the pack's order; a row that is as it was `before` is the very same one.
pub(super) fn lever_rows(inputs: &Inputs<'_>, before: &[Rc<LeverRow>]) -> Rc<[Rc<LeverRow>]> {
    let costs = CostYear::of(inputs);
    let effects = Effect::of(inputs);
    let levers = inputs.bound.pack().lever.iter().enumerate();
    levers
        .map(|(k, lever)| {
            let scenario = &inputs.state.scenario;
            let (setting, locked) = (scenario.lever(k), scenario.locked.contains(&k));
            let cost = costs.text(lever, setting);
            let effect = effects.as_ref().and_then(|effects| effects.chip(k));
            let was = before.get(k).filter(|was| {
                let is_same = (was.setting, was.slider.locked) == (setting, Some(locked));
                let is_same = is_same && typed::is_same(inputs.state, k, lever, &was.slider);
                is_same && was.cost == cost && was.effect.as_deref() == effect.as_ref()
            });
            let told = (cost, effect.map(Rc::new));
            was.map_or_else(|| Rc::new(lever_row(inputs, told, k, lever)), Rc::clone)
        })
        .collect()
}

/// The target whose levers' effects are shown: the chosen one, else the first tile that is judged, else the
/// first tile.
pub(super) fn focus(inputs: &Inputs<'_>) -> Option<usize> {
    let tiles = || super::scoreboard::tiles(&inputs.bound.pack().target).map(|(k, _)| k);
    let open = &inputs.state.catalogue.open_targets;
    let first = || {
        tiles()
            .find(|k| open.contains(k))
            .or_else(|| tiles().next())
    };
    inputs.state.view.target.or_else(first)
}

/// Levers by position, the one with the most effect on the chosen target and year first; those without
/// stay in the pack's order. By the effects that were known first, those of the baseline, so that nothing
/// moves under the hand.
pub(super) fn order(inputs: &Inputs<'_>) -> Rc<[usize]> {
    let pack = inputs.bound.pack();
    let mut order: Vec<usize> = (0..pack.lever.len()).collect();
    let target = focus(inputs).and_then(|k| pack.target.get(k));
    if let (Some(effects), Some(target)) = (&inputs.ensemble.first_effects, target) {
        let year = inputs.state.view.year;
        let size = |k: usize| effects.of(k, &target.id, year).map_or(0.0, f64::abs);
        sort_short(&mut order, |&a, &b| size(b).total_cmp(&size(a)));
    }
    order.into()
}

/// By what levers stand in order; empty where their effects are not known.
pub(super) fn ordered_by(inputs: &Inputs<'_>) -> String {
    let bound = inputs.bound;
    let target = focus(inputs).and_then(|k| bound.pack().target.get(k));
    let indicator = target.and_then(|target| bound.indicator(&target.indicator));
    match (&inputs.ensemble.first_effects, indicator) {
        (Some(_), Some(indicator)) => words::ordered_by(inputs.state.view.year, &indicator.short),
        _ => String::new(),
    }
}

/// What levers do to the chosen target in the chosen year.
struct Effect<'a> {
    effects: &'a Effects,
    target: &'a Target,
    measure: Measure<'a>,
    year: i32,
}

impl<'a> Effect<'a> {
    fn of(inputs: &Inputs<'a>) -> Option<Self> {
        let bound: &'a Bound = inputs.bound;
        let target = bound.pack().target.get(focus(inputs)?)?;
        let indicator = bound.indicator(&target.indicator)?;
        Some(Self {
            effects: inputs.ensemble.effects.as_deref()?,
            target,
            measure: super::scoreboard::measure(target, indicator),
            year: inputs.state.view.year,
        })
    }

    fn chip(&self, lever: usize) -> Option<EffectChip> {
        let change = self.effects.of(lever, &self.target.id, self.year)?;
        let shown = self.measure.change(change);
        Some(EffectChip {
            shows: shown.is_some(),
            text: match &shown {
                Some(change) => words::effect(self.year, change),
                None => words::no_effect(self.year),
            },
            hint: words::effect_hint(&self.measure.precision()),
        })
    }
}

fn lever_row(
    inputs: &Inputs<'_>,
    (cost, effect): (String, Option<Rc<EffectChip>>),
    k: usize,
    lever: &Lever,
) -> LeverRow {
    let state = inputs.state;
    let setting = state.scenario.lever(k);
    let value = state.scenario.lever_value(&state.catalogue, k);
    let value = value.unwrap_or(lever.default);
    let measure = Measure {
        unit: &lever.unit,
        decimals: lever.decimals,
    };
    let track = Track::of(lever);
    let value_text = number::fixed(value, lever.decimals);
    let level = level_name(lever, value);
    let delta = sentence::delta(value, lever.default, measure, words::NOW);
    let spoken = sentence::spoken(&value_text, &lever.unit);
    let groups = &inputs.bound.pack().group;
    let slider = SliderRow {
        knob: Knob::Lever(k),
        id: lever.id.clone(),
        label: lever.label.zh.clone(),
        value,
        value_text,
        unit: lever.unit.clone(),
        min: lever.hard.min,
        max: lever.hard.max,
        safe: (lever.safe.min, lever.safe.max),
        step: lever.step,
        at: track.at(value),
        zones: zones(lever, track),
        zone: zone(lever, value),
        warning: warning(lever, value, measure),
        levels: levels(lever, track),
        ticks: ticks(lever, track, measure),
        aria: sentence::slider(&lever.label.zh, &spoken, &level, &delta),
        level,
        evidence: evidence(lever.evidence),
        note: lever.guidance.clone(),
        locked: Some(state.scenario.locked.contains(&k)),
        changed: setting != Setting::default(),
        anchor: None,
        entry: typed::entry(state, Knob::Lever(k)),
        reason: typed::reason(state, k, lever),
    };
    LeverRow {
        slider: Rc::new(slider),
        lever: k,
        group: groups.iter().position(|g| g.id == lever.group).unwrap_or(0),
        setting,
        delta,
        how: lever.how.clone(),
        effect,
        cost,
        timing: timing(state, lever, setting),
        sources: lever.sources.clone(),
    }
}

/// Where values lie on a track.
#[derive(Debug, Clone, Copy)]
struct Track {
    min: f64,
    max: f64,
}

impl Track {
    fn of(lever: &Lever) -> Self {
        Self {
            min: lever.hard.min,
            max: lever.hard.max,
        }
    }

    /// The fraction of the track, 0..=1.
    fn at(self, value: f64) -> f64 {
        let length = self.max - self.min;
        if length > 0.0 {
            ((value - self.min) / length).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

/// Differences below this part of a step are rounding.
const SAME: f64 = 1e-6;

/// Which part of its range a lever's value is in.
pub(super) fn zone(lever: &Lever, value: f64) -> ZoneKind {
    let room = lever.step * SAME;
    if value < lever.safe.min - room {
        ZoneKind::Open
    } else if value <= lever.safe.max + room {
        ZoneKind::Safe
    } else if value <= lever.stretch_max + room {
        ZoneKind::Stretch
    } else {
        ZoneKind::Beyond
    }
}

fn zones(lever: &Lever, track: Track) -> Vec<Zone> {
    let ends = [
        (ZoneKind::Open, lever.safe.min),
        (ZoneKind::Safe, lever.safe.max),
        (ZoneKind::Stretch, lever.stretch_max),
        (ZoneKind::Beyond, lever.hard.max),
    ];
    let mut from = 0.0;
    let mut zones = Vec::with_capacity(ends.len());
    for (kind, end) in ends {
        let to = track.at(end).max(from);
        if to > from {
            zones.push(Zone { kind, from, to });
        }
        from = to;
    }
    zones
}

/// What a value outside the range with evidence is; empty inside.
pub(super) fn warning(lever: &Lever, value: f64, measure: Measure<'_>) -> String {
    let say = |v| measure.value(Some(v));
    match zone(lever, value) {
        ZoneKind::Safe => String::new(),
        ZoneKind::Open => words::below_safe(&say(lever.safe.min)),
        ZoneKind::Stretch => words::above_safe(&say(lever.safe.max)),
        ZoneKind::Beyond => words::beyond_stretch(&say(lever.stretch_max)),
    }
}

fn levels(lever: &Lever, track: Track) -> Vec<LevelStretch> {
    let mut from = track.at(lever.default);
    let mut stretches = Vec::with_capacity(lever.levels.len());
    for level in &lever.levels {
        let to = track.at(level.to).max(from);
        stretches.push(LevelStretch {
            label: level.label.clone(),
            from,
            to,
            value: level.to,
        });
        from = to;
    }
    stretches
}

fn level_name(lever: &Lever, value: f64) -> String {
    let room = lever.step * SAME;
    if value < lever.default - room {
        return word::WEAKER.to_owned();
    }
    let level = lever.levels.iter().find(|level| value <= level.to + room);
    level.map_or(String::new(), |level| level.label.clone())
}

fn ticks(lever: &Lever, track: Track, measure: Measure<'_>) -> Vec<TrackTick> {
    let tick = |value, label: String, source| TrackTick {
        at: track.at(value),
        value,
        label,
        source,
    };
    let say = |v| measure.value(Some(v));
    let now = tick(lever.default, words::now_tick(&say(lever.default)), None);
    let marks = lever.marks.iter().map(|mark| {
        let label = format!("{} {}", mark.label, say(mark.value));
        tick(mark.value, label, Some(mark.source.clone()))
    });
    std::iter::once(now).chain(marks).collect()
}

/// Letter, word and class of a grade.
pub(super) fn evidence(grade: Grade) -> Evidence {
    let (letter, class, word) = word::grade(grade);
    Evidence {
        letter,
        word,
        class,
    }
}

fn timing(state: &AppState, lever: &Lever, setting: Setting) -> TimingRow {
    let policy_start = state.catalogue.policy_start;
    let at_once = crate::state::Timing {
        ramp: Ramp::Even,
        ..setting.timing
    };
    let start = at_once.schedule(policy_start, lever.ramp_years).start;
    let years = number::trimmed(&number::fixed(lever.ramp_years, 2));
    let choice = |ramp| (ramp, word::ramp(ramp), word::ramp_meaning(ramp, &years));
    TimingRow {
        start,
        start_text: sentence::start(start, policy_start),
        earliest: state.catalogue.earliest_start,
        latest: state.catalogue.latest_start,
        ramp: setting.timing.ramp,
        choices: word::RAMPS.map(choice).to_vec(),
    }
}

/// What levers cost in the year that is shown beside them.
struct CostYear {
    year: i32,
    costs: LeverCosts,
    unit: String,
    scale: f64,
    decimals: usize,
}

impl CostYear {
    /// The second reading year, in which a lever with one ramp year acts in full.
    fn of(inputs: &Inputs<'_>) -> Self {
        let pack = inputs.bound.pack();
        let years = &pack.meta.reading_years;
        let year = years.get(1).or(years.first()).copied().unwrap_or_default();
        let money = pack.money.as_ref();
        let record = money.and_then(|money| inputs.bound.indicator(&money.cost));
        Self {
            year,
            costs: inputs.bound.lever_costs(&inputs.scenario.centre, year),
            unit: record.map_or(String::new(), |r| r.unit.clone()),
            scale: record.map_or(1.0, |r| r.scale),
            decimals: record.map_or(1, |r| r.decimals.max(1)),
        }
    }

    fn text(&self, lever: &Lever, setting: Setting) -> String {
        if setting == Setting::default() {
            return String::new();
        }
        if lever.cost_variable.is_empty() {
            return words::NO_COST.to_owned();
        }
        let costs = self.costs.by_lever.iter();
        let cost = costs
            .filter(|(id, _)| *id == lever.id)
            .map(|(_, cost)| cost);
        let Some(cost) = cost.copied().next() else {
            return words::cost_unknown(self.year);
        };
        let measure = Measure {
            unit: &self.unit,
            decimals: self.decimals,
        };
        let amount = |size: f64| measure.value(Some(size / self.scale));
        if cost < 0.0 {
            words::saving(self.year, &amount(-cost))
        } else {
            words::cost(self.year, &amount(cost))
        }
    }
}

/// All assumptions in the pack's order.
pub fn assumption_rows(bound: &Bound, state: &AppState) -> Vec<AssumptionRow> {
    let assumptions = bound.pack().assumption.iter().enumerate();
    assumptions
        .map(|(k, assumption)| assumption_row(state, k, assumption))
        .collect()
}

fn assumption_row(state: &AppState, k: usize, assumption: &Assumption) -> AssumptionRow {
    let value = state.scenario.assumption_value(&state.catalogue, k);
    let value = value.unwrap_or(assumption.default);
    let measure = Measure {
        unit: &assumption.unit,
        decimals: assumption.decimals,
    };
    let (min, max) = (assumption.range.min, assumption.range.max);
    let track = Track { min, max };
    let value_text = number::fixed(value, assumption.decimals);
    let delta = sentence::delta(value, assumption.default, measure, words::BASELINE);
    let spoken = sentence::spoken(&value_text, &assumption.unit);
    let whole = Zone {
        kind: ZoneKind::Safe,
        from: 0.0,
        to: 1.0,
    };
    let baseline = TrackTick {
        at: track.at(assumption.default),
        value: assumption.default,
        label: delta.clone(),
        source: None,
    };
    let slider = SliderRow {
        knob: Knob::Assumption(k),
        id: assumption.id.clone(),
        label: assumption.label.zh.clone(),
        value,
        unit: assumption.unit.clone(),
        min,
        max,
        safe: (min, max),
        step: assumption.step,
        at: track.at(value),
        zones: vec![whole],
        zone: ZoneKind::Safe,
        warning: String::new(),
        levels: Vec::new(),
        ticks: vec![baseline],
        aria: sentence::slider(&assumption.label.zh, &spoken, "", &delta),
        level: delta,
        value_text,
        evidence: evidence(assumption.evidence),
        note: assumption.note.clone(),
        locked: None,
        changed: state.scenario.assumptions.contains_key(&k),
        anchor: Some(anchor::assumption(&assumption.id)),
        entry: typed::entry(state, Knob::Assumption(k)),
        reason: Reason::Needless,
    };
    AssumptionRow {
        slider: Rc::new(slider),
        kind: word::assumption_kind(assumption.kind),
    }
}
