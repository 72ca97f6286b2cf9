//! The join itself: every name exists, is what it must be, and carries the unit the pack says.

use std::collections::BTreeMap;
use tidemark_engine::gathered;

use tidemark_engine::Loaded;
use tidemark_engine::diag::{Diagnostics, Severity};
use tidemark_engine::model::{Kind, VarId};
use tidemark_engine::program::Horizon;

use super::{Bound, IndicatorVars, LeverVars};
use crate::check::Places;
use crate::compiled::Compiled;
use crate::nearest::nearest;
use crate::record::parameter::Parameter;
use crate::record::{Assumption, Indicator, Lever, Meta, Rule, Setting};

/// How far a constant may lie from the pack's value, relative to it: rounding of one product.
const SAME: f64 = 1e-9;

/// The pack joined with its model, or `None` when a record does not fit.
///
/// Faults carry the model's name as their file; a record is named by kind and id.
pub fn bind(compiled: &Compiled, loaded: &Loaded, faults: &mut Diagnostics) -> Option<Bound> {
    let places = Places::unknown(&compiled.model.name);
    bind_at(compiled, loaded, &places, faults)
}

/// The same with faults that carry the place of their record in `pack.toml`.
pub fn bind_at(
    compiled: &Compiled,
    loaded: &Loaded,
    places: &Places,
    faults: &mut Diagnostics,
) -> Option<Bound> {
    let before = faults.len();
    let pack = &compiled.pack;
    let mut join = Join {
        loaded,
        places,
        owners: BTreeMap::new(),
        faults,
    };
    let levers: Vec<_> = pack
        .lever
        .iter()
        .map(|lever| join.lever(lever, pack.meta.policy_start))
        .collect();
    let assumptions: Vec<_> = pack.assumption.iter().map(|a| join.assumption(a)).collect();
    let indicators: Vec<_> = pack.indicator.iter().map(|i| join.indicator(i)).collect();
    let parameters = join.parameters(&pack.parameter);
    let rules: Vec<_> = pack.rule.iter().map(|rule| join.rule(rule)).collect();
    let switch = join.constant(("references", ""), "switch", &pack.references.switch);
    let references: Vec<_> = pack
        .references
        .path
        .iter()
        .map(|path| join.path(path))
        .collect();
    let settings: Vec<_> = pack.setting.iter().map(|s| join.setting(s)).collect();
    join.horizon(&pack.meta);
    join.years(pack);
    let refused = join.faults.iter().skip(before);
    if refused.into_iter().any(|d| d.severity == Severity::Error) {
        return None;
    }
    let references: Vec<(VarId, VarId)> = references.into_iter().collect::<Option<_>>()?;
    let named = pack.indicator.iter().map(|i| i.id.clone());
    let indicators: Vec<IndicatorVars> = indicators.into_iter().collect::<Option<_>>()?;
    let positions = gathered(named.enumerate().map(|(k, id)| (id, k)));
    Some(Bound {
        pack: pack.clone(),
        actuals: compiled.actuals.clone(),
        hindcast: compiled.hindcast,
        hash: compiled.hash.clone(),
        model_title: model_title(loaded, &pack.meta.model),
        settings: settings.into_iter().collect::<Option<_>>()?,
        levers: levers.into_iter().collect::<Option<_>>()?,
        assumptions: assumptions.into_iter().collect::<Option<_>>()?,
        indicators,
        positions,
        parameters: parameters.into_iter().collect::<Option<_>>()?,
        rules,
        switch: switch?,
        reference_var: references.iter().map(|(var, _)| *var).collect(),
        reference_of: references.iter().map(|(_, of)| *of).collect(),
        horizon: Horizon {
            save_every: 1,
            ..loaded.program.horizon()
        },
        method: loaded.program.method(),
    })
}

/// A record, as messages name it.
type Me<'a> = (&'static str, &'a str);

struct Join<'a> {
    loaded: &'a Loaded,
    places: &'a Places,
    /// Which record sets a constant: two that set one would undo each other.
    owners: BTreeMap<VarId, String>,
    faults: &'a mut Diagnostics,
}

impl Join<'_> {
    fn error(&mut self, code: &'static str, me: Me<'_>, what: String, hint: Option<String>) {
        let mut fault = self.places.fault(code, me, &what);
        fault.hint = hint;
        self.faults.push(fault);
    }

    fn find(&mut self, me: Me<'_>, key: &str, name: &str) -> Option<VarId> {
        let model = &self.loaded.model;
        let found = model.find(name);
        if found.is_none() {
            let known = model.variables().iter().map(|v| v.name.as_str());
            let hint = nearest(name, known).map(|name| format!("did you mean `{name}`?"));
            let what = format!("{key} `{name}` is no variable of the model");
            self.error("unknown-variable", me, what, hint);
        }
        found
    }

    fn constant(&mut self, me: Me<'_>, key: &str, name: &str) -> Option<VarId> {
        let var = self.find(me, key, name)?;
        if self.loaded.model.variable(var).kind != Kind::Constant {
            let what = format!("{key} `{name}` is computed by the model and cannot be set");
            let hint = "name a variable whose equation is a number".to_owned();
            self.error("not-a-constant", me, what, Some(hint));
            return None;
        }
        let owner = format!("{} `{}` {key}", me.0, me.1);
        if let Some(first) = self.owners.insert(var, owner) {
            let what = format!("{key} `{name}` is already set by {first}");
            self.error("set-twice", me, what, None);
        }
        Some(var)
    }

    /// The constant's value in the model must be the pack's.
    fn same_value(&mut self, me: Me<'_>, name: &str, var: VarId, wanted: f64) {
        let found = self.loaded.program.constant(var).unwrap_or(f64::NAN);
        let same = (found - wanted).abs() <= SAME * wanted.abs().max(found.abs());
        if !same {
            let what = format!("`{name}` is {found} in the model, the pack makes it {wanted}");
            let hint = "make both say the same, or a run without changes is no baseline".to_owned();
            self.error("default-differs", me, what, Some(hint));
        }
    }

    fn same_unit(&mut self, me: Me<'_>, name: &str, found: &str, wanted: &str) {
        if !self.loaded.model.same_unit(found, wanted) {
            let what = format!("`{name}` is in `{found}` in the model, the pack says `{wanted}`");
            self.error("unit-differs", me, what, None);
        }
    }

    fn unit(&self, var: VarId) -> String {
        self.loaded.model.variable(var).unit.clone()
    }

    fn lever(&mut self, lever: &Lever, policy_start: f64) -> Option<LeverVars> {
        let me = ("lever", lever.id.as_str());
        let change = self.constant(me, "variable", &lever.variable);
        let start = self.constant(me, "start_variable", &lever.start_variable);
        let ramp = self.constant(me, "ramp_variable", &lever.ramp_variable);
        let stop = self.constant(me, "stop_variable", &lever.stop_variable);
        if let Some(var) = change {
            self.same_value(me, &lever.variable, var, 0.0);
            let unit = self.unit(var);
            self.same_unit(me, &lever.variable, &unit, &lever.model_unit);
        }
        if let Some(var) = start {
            self.same_value(me, &lever.start_variable, var, policy_start);
        }
        if let Some(var) = ramp {
            self.same_value(me, &lever.ramp_variable, var, lever.ramp_years);
        }
        let stop_default = stop.and_then(|var| self.loaded.program.constant(var));
        let whole = |stop: f64| stop >= self.stop();
        if let Some(stop) = stop_default.filter(|stop| !whole(*stop)) {
            let what = format!("`{}` is {stop}, before the run ends", lever.stop_variable);
            self.error("stops-early", me, what, None);
        }
        let cost = match lever.cost_variable.as_str() {
            "" => None,
            name => Some(self.find(me, "cost_variable", name)?),
        };
        Some(LeverVars {
            change: change?,
            start: start?,
            ramp: ramp?,
            stop: stop?,
            cost,
            stop_default: stop_default?,
        })
    }

    fn assumption(&mut self, assumption: &Assumption) -> Option<VarId> {
        let me = ("assumption", assumption.id.as_str());
        let var = self.constant(me, "variable", &assumption.variable)?;
        let wanted = (assumption.default - assumption.origin) * assumption.scale;
        self.same_value(me, &assumption.variable, var, wanted);
        let unit = self.unit(var);
        self.same_unit(me, &assumption.variable, &unit, &assumption.model_unit);
        Some(var)
    }

    /// Constants of each parameter. A record that a user moves may set the same one: a fit and a
    /// scenario are never one run's two settings; two parameters may not.
    fn parameters(&mut self, parameters: &[Parameter]) -> Vec<Option<Vec<VarId>>> {
        let owners = std::mem::take(&mut self.owners);
        let found = parameters.iter().map(|p| self.parameter(p)).collect();
        self.owners = owners;
        found
    }

    fn parameter(&mut self, parameter: &Parameter) -> Option<Vec<VarId>> {
        let me = ("parameter", parameter.id.as_str());
        let names = parameter.variables.iter();
        let found: Vec<Option<VarId>> = names
            .map(|name| {
                let var = self.constant(me, "variables", name)?;
                let unit = self.unit(var);
                self.same_unit(me, name, &unit, &parameter.unit);
                Some(var)
            })
            .collect();
        found.into_iter().collect()
    }

    fn setting(&mut self, setting: &Setting) -> Option<(VarId, f64)> {
        let me = ("setting", setting.variable.as_str());
        let var = self.constant(me, "variable", &setting.variable)?;
        let unit = self.unit(var);
        self.same_unit(me, &setting.variable, &unit, &setting.model_unit);
        let own = self.loaded.program.constant(var)?;
        Some((var, setting.resolved(own)?))
    }

    fn indicator(&mut self, indicator: &Indicator) -> Option<IndicatorVars> {
        let me = ("indicator", indicator.id.as_str());
        let named = [indicator.variable.as_str(), indicator.denominator.as_str()];
        self.ratio(me, named, &indicator.model_unit)
    }

    /// What a rule compares; none for a statement, or where a fault was found.
    fn rule(&mut self, rule: &Rule) -> Option<IndicatorVars> {
        let check = rule.check.as_ref()?;
        let named = [check.variable.as_str(), check.denominator.as_str()];
        self.ratio(("rule", &rule.id), named, &check.model_unit)
    }

    /// A variable and what it is divided by, which may be empty, in that unit.
    fn ratio(&mut self, me: Me<'_>, named: [&str; 2], unit: &str) -> Option<IndicatorVars> {
        let [above, below] = named;
        let variable = self.find(me, "variable", above);
        let denominator = match below {
            "" => None,
            name => Some(self.find(me, "denominator", name)?),
        };
        let variable = variable?;
        let (name, found) = match denominator {
            None => (above.to_owned(), self.unit(variable)),
            Some(divisor) => (
                format!("{above} / {below}"),
                quotient(&self.unit(variable), &self.unit(divisor)),
            ),
        };
        self.same_unit(me, &name, &found, unit);
        Some(IndicatorVars {
            variable,
            denominator,
        })
    }

    fn path(&mut self, path: &crate::record::Reference) -> Option<(VarId, VarId)> {
        let me = ("references", "");
        let variable = self.find(me, "path.variable", &path.variable);
        let of = self.find(me, "path.of", &path.of);
        let (variable, of) = (variable?, of?);
        if self.loaded.model.variable(variable).kind == Kind::Stock {
            let what = format!("`{}` is a stock and cannot be driven", path.variable);
            self.error("not-drivable", me, what, None);
            return None;
        }
        let (held, source) = (self.unit(variable), self.unit(of));
        if !self.loaded.model.same_unit(&held, &source) {
            let what = format!(
                "`{}` is in `{held}` but holds `{}`, which is in `{source}`",
                path.variable, path.of
            );
            self.error("unit-differs", me, what, None);
        }
        Some((variable, of))
    }

    fn stop(&self) -> f64 {
        self.loaded.program.horizon().stop
    }

    /// The run must reach past the data cut-off, and years must be whole steps.
    fn horizon(&mut self, meta: &Meta) {
        let data_cutoff = meta.data_cutoff;
        let horizon = self.loaded.program.horizon();
        let me = ("meta", meta.id.as_str());
        if !(horizon.start <= data_cutoff && data_cutoff < horizon.stop) {
            let what = format!(
                "data_cutoff {data_cutoff} lies outside the run from {} to {}",
                horizon.start, horizon.stop
            );
            self.error("cutoff-outside-run", me, what, None);
        }
        let steps = 1.0 / horizon.dt;
        let whole = (steps - libm::round(steps)).abs() < SAME * steps;
        if !whole {
            let what = format!("a year is no whole number of steps of {}", horizon.dt);
            self.error("year-not-whole-steps", me, what, None);
        }
    }
}

/// Years that the run does not have cannot be drawn; a target of one is not judged, a reading has no value.
impl Join<'_> {
    fn years(&mut self, pack: &crate::record::Pack) {
        for figure in &pack.figure {
            self.year(("figure", &figure.id), figure.from);
            self.year(("figure", &figure.id), figure.to);
        }
    }

    /// A whole year of the run, or the instant at which it ends.
    fn year(&mut self, me: Me<'_>, year: i32) {
        let horizon = self.loaded.program.horizon();
        let (start, stop) = (horizon.start, horizon.stop);
        if !(start..=stop).contains(&f64::from(year)) {
            let what = format!("{year} lies outside the run from {start} to {stop}");
            self.error("year-outside-run", me, what, None);
        }
    }
}

/// Name and version of the model; its folder where the file names none.
fn model_title(loaded: &Loaded, folder: &str) -> String {
    let name = match loaded.model.name() {
        "" => folder,
        name => name,
    };
    format!("{name} {}", loaded.model.version())
        .trim_end()
        .to_owned()
}

/// Unit text of a quotient; an empty unit is 1.
fn quotient(above: &str, below: &str) -> String {
    let part = |unit: &str| match unit.trim() {
        "" => "1".to_owned(),
        unit => format!("({unit})"),
    };
    format!("{}/{}", part(above), part(below))
}
