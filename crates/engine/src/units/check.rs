//! Whether equations agree with the units their variables are declared in.
//!
//! Numbers have no unit, but for 0 and infinity, which fit anything; so does a variable without a
//! declared unit. Every fault names both sides.

use super::dimension::Dimension;
use crate::builtin::{ArgumentUnit, Binary, Builtin, Clock, ResultUnit, Unary};
use crate::diag::Severity;
use crate::model::term::{Term, TermKind};
use crate::model::{Definition, Kind, Model, VarId};
use crate::xmile::source::Faults;

/// What a model whose units do not agree gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitFaults {
    /// Errors where every variable has a unit, warnings where some have, nothing where none has.
    Judge,
    /// Warnings at most: for models of others that are only to be run.
    Warn,
}

/// Unit of a term: `None` fits anything.
type Found = Option<Dimension>;

/// Adds a fault for every disagreement of units in the model.
pub(crate) fn check(model: &Model, how: UnitFaults, faults: &mut Faults) {
    let with_unit = model
        .variables()
        .iter()
        .filter(|v| !v.unit.is_empty())
        .count();
    if with_unit == 0 {
        return;
    }
    let severity = match how {
        UnitFaults::Judge if with_unit == model.variables().len() => Severity::Error,
        _ => Severity::Warning,
    };
    let mut checking = Checking {
        model,
        severity,
        declared: Vec::new(),
        time: None,
        variable: "",
        faults,
    };
    checking.declare();
    checking.infer_hidden();
    for (variable, definition) in model.variables().iter().zip(model.definitions()) {
        checking.variable = &variable.name;
        match variable.kind {
            Kind::Stock => checking.stock(definition),
            _ => checking.equation(definition),
        }
    }
}

struct Checking<'c, 'a, 'b> {
    model: &'c Model,
    severity: Severity,
    /// One for each variable.
    declared: Vec<Found>,
    time: Found,
    /// Whose equation is being checked.
    variable: &'c str,
    faults: &'c mut Faults<'a, 'b>,
}

impl Checking<'_, '_, '_> {
    fn fault(&mut self, code: &'static str, at: usize, subject: &[&str], message: String) {
        self.faults
            .push(self.severity, code, at, subject, message, None);
    }

    fn declare(&mut self) {
        let model = self.model;
        for (variable, definition) in model.variables().iter().zip(model.definitions()) {
            let (name, unit) = (&variable.name, &variable.unit);
            let found = match model.units().dimension(unit) {
                _ if unit.is_empty() => {
                    let message =
                        format!("`{name}` has no unit, so its equations cannot be checked");
                    let warning = Severity::Warning;
                    self.faults.push(
                        warning,
                        "missing-unit",
                        definition.at,
                        &[name],
                        message,
                        None,
                    );
                    None
                }
                Ok(dimension) => Some(dimension),
                Err(why) => {
                    let message = format!("the unit `{unit}` of `{name}` cannot be read: {why}");
                    self.fault("bad-unit", definition.unit_at, &[unit, &why], message);
                    None
                }
            };
            self.declared.push(found);
        }
        self.time = match (
            model.time_unit(),
            model.units().dimension(model.time_unit()),
        ) {
            ("", _) => {
                let message = "sim_specs names no time unit, so rates cannot be checked".to_owned();
                self.faults.push(
                    Severity::Warning,
                    "missing-time-unit",
                    0,
                    &[],
                    message,
                    None,
                );
                None
            }
            (_, Ok(dimension)) => Some(dimension),
            (unit, Err(why)) => {
                let message = format!("the time unit `{unit}` cannot be read: {why}");
                self.fault("bad-unit", 0, &[unit, &why], message);
                None
            }
        };
    }

    /// Variables inside macros declare no unit that could be compared: theirs is what they are
    /// computed from, parameters first.
    fn infer_hidden(&mut self) {
        let model = self.model;
        let n = model.variables().len();
        for definition in model.definitions().iter().skip(n) {
            let found = match definition.equation.literal() {
                Some(_) => None,
                None => self.unit(&definition.equation),
            };
            self.declared.push(found);
        }
    }

    fn declared(&self, var: VarId) -> Found {
        self.declared.get(var.index()).cloned().flatten()
    }

    fn own(&self) -> Found {
        self.model
            .find(self.variable)
            .and_then(|var| self.declared(var))
    }

    fn equation(&mut self, definition: &Definition) {
        let found = match &definition.equation.kind {
            // A constant has the unit it is declared in.
            _ if definition.equation.literal().is_some() => return,
            // A graphical function turns any input into the variable's unit.
            TermKind::Lookup(_, input) => {
                self.unit(input);
                return;
            }
            _ => self.unit(&definition.equation),
        };
        self.agree_with_declared(found, definition.equation.at);
    }

    fn agree_with_declared(&mut self, found: Found, at: usize) {
        let (Some(found), Some(declared)) = (found, self.own()) else {
            return;
        };
        if found != declared {
            let (name, found, declared) = (self.variable, found.to_string(), declared.to_string());
            let message =
                format!("`{name}` is declared in {declared} but its equation gives {found}");
            self.fault("unit-declared", at, &[name, &declared, &found], message);
        }
    }

    fn stock(&mut self, definition: &Definition) {
        if definition.equation.literal().is_none() {
            let found = self.unit(&definition.equation);
            self.agree_with_declared(found, definition.equation.at);
        }
        let (Some(stock), Some(time)) = (self.own(), self.time.clone()) else {
            return;
        };
        let wanted = stock.over(&time);
        for &flow in definition.inflows.iter().chain(&definition.outflows) {
            let Some(found) = self.declared(flow).filter(|f| *f != wanted) else {
                continue;
            };
            let name = self.model.variable(flow).name.as_str();
            let (found, wanted) = (found.to_string(), wanted.to_string());
            let at = self
                .model
                .definitions()
                .get(flow.index())
                .map_or(definition.at, |d| d.unit_at);
            let stock = self.variable;
            let message =
                format!("the flow `{name}` is in {found} but the stock `{stock}` needs {wanted}");
            self.fault("unit-flow", at, &[name, stock, &wanted, &found], message);
        }
    }

    fn unit(&mut self, term: &Term) -> Found {
        match &term.kind {
            TermKind::Number(value) if *value == 0.0 || value.is_infinite() => None,
            TermKind::Number(_) => Some(Dimension::none()),
            TermKind::Variable(var) => self.declared(*var),
            TermKind::Clock(Clock::Time | Clock::Dt | Clock::Start | Clock::Stop) => {
                self.time.clone()
            }
            TermKind::Unary(Unary::Not, a) => {
                self.unit(a);
                Some(Dimension::none())
            }
            TermKind::Unary(_, a) => self.unit(a),
            TermKind::Binary(op, a, b) => self.binary(*op, a, b, term.at),
            TermKind::If(parts) => {
                let [c, a, b] = parts.as_ref();
                self.plain(c, "the condition of IF");
                let (a, b) = (self.unit(a), self.unit(b));
                self.alike(a, b, "the two branches of IF", term.at)
            }
            // The unit of a table of its own is not known here.
            TermKind::Lookup(_, x) => {
                self.unit(x);
                None
            }
            TermKind::Call(row, arguments) => self.call(row, arguments, term.at),
            TermKind::Fault => None,
        }
    }

    fn binary(&mut self, op: Binary, a: &Term, b: &Term, at: usize) -> Found {
        if op == Binary::Power {
            return self.power(a, b, at);
        }
        let (left, right) = (self.unit(a), self.unit(b));
        match op {
            Binary::Multiply => Some(left?.times(&right?)),
            Binary::Divide => Some(left?.over(&right?)),
            Binary::Add => self.alike(left, right, "the two sides of +", at),
            Binary::Subtract => self.alike(left, right, "the two sides of -", at),
            Binary::Modulo => self.alike(left, right, "the two sides of MOD", at),
            Binary::And | Binary::Or => Some(Dimension::none()),
            _ => {
                self.alike(left, right, "the two sides of a comparison", at);
                Some(Dimension::none())
            }
        }
    }

    fn power(&mut self, a: &Term, b: &Term, at: usize) -> Found {
        let base = self.unit(a);
        self.plain(b, "an exponent");
        let base = base?;
        if base.is_none() {
            return Some(base);
        }
        let power = b.literal().and_then(|exponent| base.power(exponent));
        if power.is_none() {
            let (name, base) = (self.variable, base.to_string());
            let message =
                format!("{base} is raised to a power that is no plain number (in `{name}`)");
            self.fault("unit-power", at, &[name, &base], message);
        }
        power
    }

    /// The unit both sides have; a fault where they differ.
    fn alike(&mut self, a: Found, b: Found, what: &str, at: usize) -> Found {
        match (a, b) {
            (Some(a), Some(b)) if a != b => {
                let (name, left, right) = (self.variable, a.to_string(), b.to_string());
                let message = format!("{what} differ: {left} and {right} (in `{name}`)");
                self.fault("unit-mismatch", at, &[name, &left, &right, what], message);
                None
            }
            (a, b) => a.or(b),
        }
    }

    fn plain(&mut self, term: &Term, what: &str) {
        let found = self.unit(term);
        self.fits(found, &Some(Dimension::none()), what, term.at);
    }

    fn fits(&mut self, found: Found, wanted: &Found, what: &str, at: usize) {
        if let (Some(found), Some(wanted)) = (found, wanted)
            && found != *wanted
        {
            let (name, found, wanted) = (self.variable, found.to_string(), wanted.to_string());
            let message = format!("{what} must be in {wanted} but is in {found} (in `{name}`)");
            self.fault("unit-argument", at, &[name, what, &wanted, &found], message);
        }
    }

    fn call(&mut self, row: &Builtin, arguments: &[Term], at: usize) -> Found {
        let units: Vec<Found> = arguments.iter().map(|a| self.unit(a)).collect();
        let mut first = units.first().cloned().flatten();
        let quotient = match (units.first(), units.get(1)) {
            (Some(Some(a)), Some(Some(b))) => Some(a.over(b)),
            _ => None,
        };
        let mut second = units.get(1).cloned().flatten();
        let per_time = self.time.as_ref().map(|time| Dimension::none().over(time));
        let rules = row.units.arguments;
        for (k, (argument, found)) in arguments.iter().zip(&units).enumerate() {
            let Some(rule) = rules.get(k).or(rules.last()) else {
                break;
            };
            let what = format!("argument {} of {}", k + 1, row.name);
            match rule {
                ArgumentUnit::Free => {}
                ArgumentUnit::First => {
                    let what = format!("the arguments of {}", row.name);
                    first = self.alike(first, found.clone(), &what, at);
                }
                ArgumentUnit::Time => {
                    let time = self.time.clone();
                    self.fits(found.clone(), &time, &what, argument.at);
                }
                ArgumentUnit::PerTime => self.fits(found.clone(), &per_time, &what, argument.at),
                ArgumentUnit::Plain => {
                    self.fits(found.clone(), &Some(Dimension::none()), &what, argument.at)
                }
                ArgumentUnit::Quotient => self.fits(found.clone(), &quotient, &what, argument.at),
                ArgumentUnit::Second => {
                    let what = format!("the arguments of {}", row.name);
                    second = self.alike(second, found.clone(), &what, at);
                }
                ArgumentUnit::FirstTimesTime => {
                    let wanted = times(first.as_ref(), self.time.as_ref());
                    self.fits(found.clone(), &wanted, &what, argument.at);
                }
            }
        }
        match row.units.result {
            ResultUnit::Any => None,
            ResultUnit::First => first,
            ResultUnit::Time => self.time.clone(),
            ResultUnit::PerTime => per_time,
            ResultUnit::Plain => Some(Dimension::none()),
            ResultUnit::Quotient => quotient,
            ResultUnit::FirstPerTime => Some(first?.over(self.time.as_ref()?)),
            ResultUnit::FirstTimesTime => times(first.as_ref(), self.time.as_ref()),
            ResultUnit::Root => first?.power(0.5),
            ResultUnit::Second => second,
            ResultUnit::FirstPerTimeToSecond => {
                let order = arguments.get(1).and_then(Term::literal)?;
                Some(first?.over(&self.time.as_ref()?.power(order)?))
            }
        }
    }
}

fn times(a: Option<&Dimension>, b: Option<&Dimension>) -> Found {
    Some(a?.times(b?))
}
