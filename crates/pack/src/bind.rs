//! Joins a pack with a model: record → variable, shown value → model value, series → figure.
//!
//! [`bind`] refuses what does not fit (in `bind/join.rs`); a [`Bound`] only answers.
//! Runs are made by [`crate::runner`], targets judged by [`crate::assess`].

mod join;

use std::collections::BTreeMap;

use tidemark_engine::exec::{Rows, Run, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::program::{Horizon, Method, Program};

use crate::figures::{Figures, Key, Quantity};
use crate::reading::{Span, Track};
use crate::record::credibility::HindcastSummary;
use crate::record::{
    Actual, Assumption, Indicator, Lever, Monitored, Observed, Pack, Range, Reading, Source, Target,
};
use crate::scenario::{Clamped, LeverSetting, Part, Scenario};

pub use join::{bind, bind_at};

/// The constants of a lever and its cost.
#[derive(Debug, Clone, Copy)]
struct LeverVars {
    change: VarId,
    start: VarId,
    ramp: VarId,
    stop: VarId,
    cost: Option<VarId>,
    /// The model's default stop.
    stop_default: f64,
}

/// The variables of an indicator or a rule.
#[derive(Debug, Clone, Copy)]
struct IndicatorVars {
    variable: VarId,
    denominator: Option<VarId>,
}

/// A pack that fits its model. Cheap to share, changed by nothing.
#[derive(Debug, Clone)]
pub struct Bound {
    pack: Pack,
    actuals: Vec<Actual>,
    hindcast: Option<HindcastSummary>,
    hash: String,
    model_title: String,
    /// Constants that are others in this place, in the model's units.
    settings: Vec<(VarId, f64)>,
    levers: Vec<LeverVars>,
    assumptions: Vec<VarId>,
    indicators: Vec<IndicatorVars>,
    /// Position of each indicator.
    positions: BTreeMap<String, usize>,
    parameters: Vec<Vec<VarId>>,
    /// None for a rule that no run is held against.
    rules: Vec<Option<IndicatorVars>>,
    switch: VarId,
    reference_var: Vec<VarId>,
    reference_of: Vec<VarId>,
    horizon: Horizon,
    method: Method,
}

/// Longest build-up a scenario may ask for.
const LONGEST_RAMP_YEARS: f64 = 20.0;

impl Bound {
    /// The records.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }
    /// Published figures.
    pub fn actuals(&self) -> &[Actual] {
        &self.actuals
    }
    /// What fits and hindcasts of the model with these data come to, where they were made; the whole
    /// record is a file beside the pack's, see [`crate::compiled::credibility`].
    pub fn hindcast(&self) -> Option<HindcastSummary> {
        self.hindcast
    }
    /// Content hash of the compiled pack, hex.
    pub fn hash(&self) -> &str {
        &self.hash
    }
    /// Name and version of the model as its file gives them; the pack's folder name where it
    /// gives no name.
    pub fn model_title(&self) -> &str {
        &self.model_title
    }
    /// The lever of that id.
    pub fn lever(&self, id: &str) -> Option<&Lever> {
        self.pack.lever.iter().find(|lever| lever.id == id)
    }
    /// The assumption of that id.
    pub fn assumption(&self, id: &str) -> Option<&Assumption> {
        self.pack.assumption.iter().find(|a| a.id == id)
    }
    /// The indicator of that id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.pack.indicator.get(self.indicator_position(id)?)
    }
    /// Position of the indicator of that id.
    pub fn indicator_position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }
    /// The target of that id.
    pub fn target(&self, id: &str) -> Option<&Target> {
        self.pack.target.iter().find(|t| t.id == id)
    }
    /// The observed figure of that id.
    pub fn observed(&self, id: &str) -> Option<&Observed> {
        self.pack.observed.iter().find(|o| o.id == id)
    }
    /// The monitored target of that id.
    pub fn monitored(&self, id: &str) -> Option<&Monitored> {
        self.pack.monitored.iter().find(|m| m.id == id)
    }
    /// The source of that id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.pack.source.iter().find(|s| s.id == id)
    }
    /// Time grid of every run: the model's, saved at each step.
    pub fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// The model's program with the constants of this place: what every run of the pack starts
    /// from. The program of a pack without settings is the model's; done twice it changes nothing.
    pub fn program(&self, model: &Program) -> Program {
        let mut program = model.clone();
        for &(var, value) in &self.settings {
            program.set_constant(var, value);
        }
        program
    }
    /// Constants that are others in this place, in the model's units, in the pack's order.
    pub fn settings(&self) -> &[(VarId, f64)] {
        &self.settings
    }

    /// Where a lever stands when nobody moved it.
    pub fn default_setting(&self, lever: &str) -> Option<LeverSetting> {
        let k = self.pack.lever.iter().position(|l| l.id == lever)?;
        self.setting_at(k)
    }

    fn setting_at(&self, k: usize) -> Option<LeverSetting> {
        let lever = self.pack.lever.get(k)?;
        Some(LeverSetting {
            value: lever.default,
            start: self.pack.meta.policy_start,
            ramp: lever.ramp_years,
            stop: self.levers.get(k)?.stop_default,
        })
    }

    /// How scenario runs are made: every constant of the pack is an input, every reference is
    /// driven, every variable that a record names is kept. A baseline run drives nothing.
    pub fn run_settings(&self) -> RunSettings {
        RunSettings {
            method: self.method,
            horizon: self.horizon,
            rows: Rows::Saved,
            inputs: self.inputs(),
            driven: self.reference_var.clone(),
            seed: 0,
            outputs: self.outputs(),
        }
    }

    fn inputs(&self) -> Vec<VarId> {
        let levers = self.levers.iter();
        sorted(
            levers
                .flat_map(|l| [l.change, l.start, l.ramp, l.stop])
                .chain(self.assumptions.iter().copied())
                .chain([self.switch]),
        )
    }

    fn outputs(&self) -> Vec<VarId> {
        let indicators = self.indicators.iter();
        sorted(
            indicators
                .chain(self.rules.iter().flatten())
                .flat_map(|i| [Some(i.variable), i.denominator])
                .chain(self.levers.iter().map(|l| l.cost))
                .flatten()
                .chain(self.reference_of.iter().copied()),
        )
    }

    /// The variable with a lever's yearly cost, if the pack names one.
    pub fn lever_cost_var(&self, id: &str) -> Option<VarId> {
        let k = self.pack.lever.iter().position(|lever| lever.id == id)?;
        self.levers.get(k)?.cost
    }

    /// The constant that carries a lever's change.
    pub fn lever_var(&self, id: &str) -> Option<VarId> {
        let k = self.pack.lever.iter().position(|lever| lever.id == id)?;
        Some(self.levers.get(k)?.change)
    }

    /// The constant of an assumption.
    pub fn assumption_var(&self, id: &str) -> Option<VarId> {
        let k = self.pack.assumption.iter().position(|a| a.id == id)?;
        self.assumptions.get(k).copied()
    }

    /// The constant that is 0 in a baseline run.
    pub fn switch(&self) -> VarId {
        self.switch
    }

    /// Constants that take a parameter's value, for each parameter of the pack.
    pub fn parameters(&self) -> &[Vec<VarId>] {
        &self.parameters
    }

    /// The variable of an indicator and the one it is divided by.
    pub fn indicator_vars(&self, indicator: &str) -> Option<(VarId, Option<VarId>)> {
        let vars = self.indicators.get(self.indicator_position(indicator)?)?;
        Some((vars.variable, vars.denominator))
    }

    /// Integration method of every run.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Variables whose baseline drives the references, in the order of `run_settings().driven`.
    pub fn reference_of(&self) -> &[VarId] {
        &self.reference_of
    }

    /// The model constants that a scenario changes, with their values in the model's units.
    pub fn constants(&self, scenario: &Scenario) -> Vec<(VarId, f64)> {
        let mut out = Vec::new();
        for (lever, vars) in self.pack.lever.iter().zip(&self.levers) {
            if let Some(setting) = scenario.levers.get(&lever.id) {
                let change = (setting.value - lever.default) * lever.scale;
                out.extend([
                    (vars.change, change),
                    (vars.start, setting.start),
                    (vars.ramp, setting.ramp),
                    (vars.stop, setting.stop),
                ]);
            }
        }
        for (assumption, &var) in self.pack.assumption.iter().zip(&self.assumptions) {
            if let Some(&shown) = scenario.assumptions.get(&assumption.id) {
                out.push((var, (shown - assumption.origin) * assumption.scale));
            }
        }
        out
    }

    /// The scenario inside its hard ranges and without what equals its default, and all that
    /// had to give way.
    ///
    /// A number that is not finite becomes the default. A start lies between the pack's earliest
    /// start and the end of the run.
    pub fn clamp(&self, scenario: &Scenario) -> (Scenario, Vec<Clamped>) {
        let mut out = Scenario::default();
        let mut faults = Vec::new();
        for (id, asked) in &scenario.levers {
            let Some(k) = self.pack.lever.iter().position(|l| l.id == *id) else {
                faults.push(Clamped::UnknownLever { id: id.clone() });
                continue;
            };
            let Some(default) = self.setting_at(k) else {
                continue;
            };
            let used = self.clamped_setting(k, asked, default, &mut faults);
            if used != default {
                out.levers.insert(id.clone(), used);
            }
        }
        for (id, &asked) in &scenario.assumptions {
            let Some(assumption) = self.assumption(id) else {
                faults.push(Clamped::UnknownAssumption { id: id.clone() });
                continue;
            };
            let used = inside(asked, assumption.range, assumption.default);
            if used.to_bits() != asked.to_bits() {
                let id = id.clone();
                faults.push(Clamped::Assumption { id, asked, used });
            }
            if used != assumption.default {
                out.assumptions.insert(id.clone(), used);
            }
        }
        (out, faults)
    }

    fn clamped_setting(
        &self,
        k: usize,
        asked: &LeverSetting,
        default: LeverSetting,
        faults: &mut Vec<Clamped>,
    ) -> LeverSetting {
        let Some(lever) = self.pack.lever.get(k) else {
            return default;
        };
        let mut fit = |part, asked: f64, range, default| {
            let used = inside(asked, range, default);
            if used != asked {
                faults.push(Clamped::Lever {
                    id: lever.id.clone(),
                    part,
                    asked,
                    used,
                });
            }
            used
        };
        let span = |min, max| Range { min, max };
        let value = fit(Part::Value, asked.value, lever.hard, default.value);
        let earliest = self.pack.meta.earliest_start;
        let starts = span(earliest, self.horizon.stop);
        let start = fit(Part::Start, asked.start, starts, default.start);
        let ramps = span(0.0, LONGEST_RAMP_YEARS);
        let ramp = fit(Part::Ramp, asked.ramp, ramps, default.ramp);
        let latest = default.stop.max(start);
        let stop = fit(Part::Stop, asked.stop, span(start, latest), default.stop);
        LeverSetting {
            value,
            start,
            ramp,
            stop,
        }
    }

    /// The key of an indicator's reading; `None` for an indicator the pack does not have.
    pub fn key(&self, indicator: &str, at: Reading, span: Span) -> Option<Key> {
        let quantity = Quantity::Indicator(self.indicator_position(indicator)?);
        Some(Key { quantity, at, span })
    }

    /// The key of the indicator's own reading of a year.
    pub fn yearly_key(&self, indicator: &str, year: i32) -> Option<Key> {
        let at = self.indicator(indicator)?.at;
        self.key(indicator, at, Span::year(year))
    }

    /// The key of what a lever costs in a year; `None` for a lever that costs nothing.
    pub fn cost_key(&self, lever: usize, year: i32) -> Option<Key> {
        self.levers.get(lever)?.cost?;
        Some(Key {
            quantity: Quantity::Cost(lever),
            at: Reading::Mean,
            span: Span::year(year),
        })
    }

    /// An indicator read off a run or off the middle of the members, in its shown unit; in % a year for
    /// [`Reading::Cagr`].
    ///
    /// `None` for an unknown indicator, a year that is not covered, or a value that is not finite or not
    /// known.
    pub fn value(
        &self,
        figures: &dyn Figures,
        indicator: &str,
        at: Reading,
        span: Span,
    ) -> Option<f64> {
        figures.figure(self, self.key(indicator, at, span)?)
    }

    /// The indicator's own reading of a year.
    pub fn yearly_value(&self, figures: &dyn Figures, indicator: &str, year: i32) -> Option<f64> {
        figures.figure(self, self.yearly_key(indicator, year)?)
    }

    /// The indicator's own reading of each year from first to last, for tables and charts.
    pub fn yearly(
        &self,
        figures: &dyn Figures,
        indicator: &str,
        span: Span,
    ) -> Vec<(i32, Option<f64>)> {
        (span.from..=span.to)
            .map(|year| (year, self.yearly_value(figures, indicator, year)))
            .collect()
    }

    /// The indicator at each saved instant of a run, in its shown unit; instants at which it is not
    /// finite are left out.
    pub fn line(&self, run: &Run, indicator: &str) -> Vec<(f64, f64)> {
        let position = self.indicator_position(indicator);
        let track = position.and_then(|k| self.track(run, Quantity::Indicator(k)));
        let Some((track, record)) = track.zip(self.indicator(indicator)) else {
            return Vec::new();
        };
        let rows = run.times().iter().enumerate();
        rows.filter_map(|(row, &time)| {
            let value = track.row(row)? / record.scale;
            value.is_finite().then_some((time, value))
        })
        .collect()
    }

    /// A key read off one run, in its shown unit.
    pub(crate) fn read(&self, run: &Run, key: Key) -> Option<f64> {
        let value = self.track(run, key.quantity)?.read(key.at, key.span)?;
        Some(shown_at(value, key.at, self.scale(key.quantity)))
    }

    /// The variable of a quantity and the one it is divided by; `None` for what no run is read for.
    pub fn quantity_vars(&self, quantity: Quantity) -> Option<(VarId, Option<VarId>)> {
        let vars = match quantity {
            Quantity::Indicator(k) => *self.indicators.get(k)?,
            Quantity::Rule(k) => (*self.rules.get(k)?)?,
            Quantity::Cost(k) => IndicatorVars {
                variable: self.levers.get(k)?.cost?,
                denominator: None,
            },
        };
        Some((vars.variable, vars.denominator))
    }

    /// Model units per shown unit of a quantity; 1 for a lever's cost and for what the pack does not have.
    pub fn scale(&self, quantity: Quantity) -> f64 {
        let scale = match quantity {
            Quantity::Indicator(k) => self.pack.indicator.get(k).map(|i| i.scale),
            Quantity::Rule(k) => {
                let check = self.pack.rule.get(k).and_then(|rule| rule.check.as_ref());
                check.map(|check| check.scale)
            }
            Quantity::Cost(_) => None,
        };
        scale.unwrap_or(1.0)
    }

    /// Whether a key's preview waits for the members.
    pub(crate) fn waits(&self, key: Key) -> bool {
        match key.quantity {
            Quantity::Indicator(k) => self.pack.indicator.get(k).is_some_and(|i| i.waits),
            Quantity::Cost(_) | Quantity::Rule(_) => false,
        }
    }

    fn track<'a>(&self, run: &'a Run, quantity: Quantity) -> Option<Track<'a>> {
        let (variable, denominator) = self.quantity_vars(quantity)?;
        Some(Track {
            times: run.times(),
            values: run.series(variable)?,
            denominator: match denominator {
                None => None,
                Some(var) => Some(run.series(var)?),
            },
        })
    }

    /// Yearly amounts that levers cost, in the model's money, in the pack's order.
    pub(crate) fn cost_means<'a>(
        &'a self,
        figures: &'a dyn Figures,
        year: i32,
    ) -> impl Iterator<Item = (&'a Lever, f64)> + 'a {
        let levers = self.pack.lever.iter().enumerate();
        levers.filter_map(move |(k, lever)| {
            let key = self.cost_key(k, year)?;
            Some((lever, figures.figure(self, key)?))
        })
    }

    /// What is compared for the rule at that place in the pack; none for a statement.
    pub(crate) fn rule_track<'a>(&self, run: &'a Run, rule: usize) -> Option<Track<'a>> {
        self.track(run, Quantity::Rule(rule))
    }
}

/// Model value → shown value; a growth rate is a percentage whatever the unit.
pub(crate) fn shown_at(value: f64, at: Reading, scale: f64) -> f64 {
    match at {
        Reading::Cagr => value * 100.0,
        Reading::End | Reading::Mean | Reading::Sum | Reading::Max => value / scale,
    }
}

/// The value inside the range; the default for what is not finite.
fn inside(value: f64, range: Range, default: f64) -> f64 {
    if !value.is_finite() {
        default
    } else if value < range.min {
        range.min
    } else if value > range.max {
        range.max
    } else {
        value
    }
}

fn sorted(vars: impl Iterator<Item = VarId>) -> Vec<VarId> {
    let mut vars: Vec<VarId> = vars.collect();
    vars.sort_unstable();
    vars.dedup();
    vars
}
