//! Why a figure is what it is: which lever makes how much of a change, which one would help most next,
//! whether a ratio moved by what is above its line or below.
//!
//! All runs are at the middle of all draws and have one baseline; hundreds of them are run at a time, a
//! member each. What is shown are medians over the members: parts stay as they are read here, and what
//! they leave of the shown change is named, see [`tidemark_pack::figures::remainder`]. The way an effect
//! goes is in [`path`]; what a figure's spread is made of, which takes draws, in [`drivers`].

pub mod drivers;
pub mod path;

use tidemark_analysis::attribution;
pub use tidemark_analysis::attribution::{Attribution, Part, Settings};
use tidemark_analysis::points::Points;
use tidemark_engine::exec::batch::{Batch, Driven, Ensemble, Members};
use tidemark_engine::exec::{Rows, RunError, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::reading::Span;
use tidemark_pack::record::{Lever, Reading};
use tidemark_pack::runner::Middle;
use tidemark_pack::scenario::{LeverSetting, Scenario};

use crate::table::{Ratio, Table};

/// A figure that is asked about: an indicator's or a target's reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Indicator.
    pub indicator: String,
    /// How it reads its years.
    pub at: Reading,
    /// First and last year.
    pub span: Span,
}

/// What levers make of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// Moved levers, in the pack's order: the causes of `attributions`.
    pub levers: Vec<String>,
    /// One for each figure asked about, in its shown unit.
    pub attributions: Vec<Attribution>,
}

/// What a little more of one lever would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// Lever.
    pub lever: String,
    /// Setting that was tried: a tenth of the safe range further, the way that helps.
    pub tried: f64,
    /// Change of each figure asked about, in its shown unit.
    pub changes: Vec<f64>,
    /// What it costs more in all years up to the last one asked about, in the model's money.
    pub cost: f64,
}

/// A ratio's change told apart; the two sum to it exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// By what is divided.
    pub above: f64,
    /// By what it is divided by.
    pub below: f64,
}

/// Programs ready to answer.
#[derive(Debug, Clone)]
pub struct Why {
    asked: Vec<(Ratio, Asked, f64)>,
    inputs: Vec<(VarId, f64)>,
    middles: Vec<Middle>,
    costs: Vec<VarId>,
    baseline: Batch,
    scenario: Batch,
}

impl Why {
    /// Lays the programs out; figures of indicators the pack does not have are left out.
    ///
    /// # Errors
    /// As [`Batch::prepare`].
    pub fn prepare(bound: &Bound, program: &Program, asked: &[Asked]) -> Result<Self, RunError> {
        Self::prepare_at(bound, program, &[], asked)
    }

    /// The same with drawn constants at the middle of their draws.
    ///
    /// # Errors
    /// As [`Batch::prepare`].
    pub fn prepare_at(
        bound: &Bound,
        program: &Program,
        middles: &[Middle],
        asked: &[Asked],
    ) -> Result<Self, RunError> {
        Self::laid_out(bound, program, middles, (asked, &[]))
    }

    /// The same that keeps more variables; with any the runs go to the horizon's end.
    fn laid_out(
        bound: &Bound,
        program: &Program,
        middles: &[Middle],
        (asked, more): (&[Asked], &[VarId]),
    ) -> Result<Self, RunError> {
        let known = asked.iter().filter_map(|asked| {
            let (variable, denominator) = bound.indicator_vars(&asked.indicator)?;
            let scale = bound.indicator(&asked.indicator)?.scale;
            let what = Ratio {
                variable,
                denominator,
            };
            Some((what, asked.clone(), scale))
        });
        let known: Vec<(Ratio, Asked, f64)> = known.collect();
        let settings = bound.run_settings();
        let inputs = settings.inputs.iter();
        let inputs: Vec<(VarId, f64)> = inputs
            .map(|&var| (var, program.constant(var).unwrap_or(0.0)))
            .collect();
        let mut program = program.clone();
        for middle in middles {
            program.set_constant(middle.var, middle.value);
        }
        let program = &program;
        let levers = bound.pack().lever.iter();
        let costs: Vec<VarId> = levers
            .filter_map(|lever| bound.lever_cost_var(&lever.id))
            .collect();
        let read = known.iter().flat_map(|(what, _, _)| {
            let vars = [Some(what.variable), what.denominator];
            vars.into_iter().flatten()
        });
        // References first: an ensemble drives by its outputs in order.
        let mut outputs = bound.reference_of().to_vec();
        for var in read.chain(costs.iter().chain(more).copied()) {
            if !outputs.contains(&var) {
                outputs.push(var);
            }
        }
        let horizon = settings.horizon;
        let last = known.iter().map(|(_, asked, _)| asked.span.to).max();
        let last = last.filter(|_| more.is_empty());
        let end = last.and_then(|year| horizon.step_at(f64::from(year) + 1.0));
        let rows = Rows::Steps((0..=end.unwrap_or_else(|| horizon.n_steps())).collect());
        let with = |driven: Vec<VarId>| RunSettings {
            rows: rows.clone(),
            driven,
            outputs: outputs.clone(),
            ..settings.clone()
        };
        Ok(Self {
            baseline: Batch::prepare(program, &with(Vec::new()))?,
            scenario: Batch::prepare(program, &with(settings.driven.clone()))?,
            asked: known,
            inputs,
            middles: middles.to_vec(),
            costs,
        })
    }

    /// The scenario's effect on each figure, shared out to its levers whatever their order.
    ///
    /// # Errors
    /// As [`Batch::run`].
    pub fn shares(
        &mut self,
        bound: &Bound,
        scenario: &Scenario,
        settings: Settings,
    ) -> Result<Shares, RunError> {
        let levers = bound.pack().lever.iter();
        let levers = levers.filter(|lever| scenario.levers.contains_key(&lever.id));
        let levers: Vec<String> = levers.map(|lever| lever.id.clone()).collect();
        let mut failed = None;
        let n = (levers.len(), self.asked.len());
        let attributions = attribution::shapley(n.0, n.1, settings, |sets, results| {
            let scenarios = (0..sets.count()).map(|row| {
                let mut some = scenario.clone();
                let at_work = |id: &String| {
                    let cause = levers.iter().position(|lever| lever == id);
                    cause.is_some_and(|cause| sets.at(row, cause) > 0.0)
                };
                some.levers.retain(|id, _| at_work(id));
                some
            });
            if let Err(error) = self.figures(bound, &scenarios.collect::<Vec<_>>(), results) {
                failed = Some(error);
            }
        });
        failed.map_or(
            Ok(Shares {
                levers,
                attributions,
            }),
            Err,
        )
    }

    /// What a tenth of its safe range more of each lever would do, in the pack's order; a lever at
    /// the end of its hard range is left out.
    ///
    /// * `helps`: for a lever the way that helps, 1 up or −1 down.
    ///
    /// # Errors
    /// As [`Batch::run`].
    pub fn next(
        &mut self,
        bound: &Bound,
        scenario: &Scenario,
        helps: impl Fn(&str) -> f64,
    ) -> Result<Vec<Next>, RunError> {
        let mut tried = vec![scenario.clone()];
        let mut levers = Vec::new();
        for lever in &bound.pack().lever {
            let sign = helps(&lever.id).signum();
            if let Some((value, more)) = a_little_more(bound, scenario, lever, sign) {
                tried.push(more);
                levers.push((lever.id.clone(), value));
            }
        }
        let mut results = Points::zeros(tried.len(), self.asked.len());
        let costs = self.figures(bound, &tried, &mut results)?;
        let of = |(k, (lever, value)): (usize, (String, f64))| Next {
            lever,
            tried: value,
            changes: (0..self.asked.len())
                .map(|column| results.at(k + 1, column) - results.at(0, column))
                .collect(),
            cost: costs.get(k + 1).copied().unwrap_or(0.0) - costs.first().copied().unwrap_or(0.0),
        };
        Ok(levers.into_iter().enumerate().map(of).collect())
    }

    /// The change of a ratio from one scenario to another, told apart: each part is taken at the
    /// mean of the other's two values. `None` for a figure that is no ratio.
    ///
    /// # Errors
    /// As [`Batch::run`].
    pub fn split(
        &mut self,
        bound: &Bound,
        figure: usize,
        from: &Scenario,
        to: &Scenario,
    ) -> Result<Option<Split>, RunError> {
        let Some((what, asked, scale)) = self.asked.get(figure).cloned() else {
            return Ok(None);
        };
        let Some(denominator) = what.denominator else {
            return Ok(None);
        };
        let mut read = Vec::new();
        for scenario in [from, to] {
            let (ensemble, _) = self.run(bound, std::slice::from_ref(scenario))?;
            let table = Table {
                before: &ensemble,
                after: None,
            };
            for variable in [what.variable, denominator] {
                let alone = Ratio {
                    variable,
                    denominator: None,
                };
                let values = table.read(alone, asked.at, asked.span);
                read.push(values.first().copied().unwrap_or(f64::NAN));
            }
        }
        let [a, b, c, d] = read[..] else {
            return Ok(None);
        };
        Ok(Some(Split {
            above: (c - a) * 0.5 * (1.0 / b + 1.0 / d) / scale,
            below: (1.0 / d - 1.0 / b) * 0.5 * (a + c) / scale,
        }))
    }

    /// The figures of scenarios with the same assumptions, a row each, and what their levers cost.
    fn figures(
        &mut self,
        bound: &Bound,
        scenarios: &[Scenario],
        results: &mut Points,
    ) -> Result<Vec<f64>, RunError> {
        let (ensemble, costs) = self.run(bound, scenarios)?;
        let table = Table {
            before: &ensemble,
            after: None,
        };
        for (column, (what, asked, scale)) in self.asked.iter().enumerate() {
            for (row, value) in table
                .read(*what, asked.at, asked.span)
                .into_iter()
                .enumerate()
            {
                let shown = match asked.at {
                    Reading::Cagr => value * 100.0,
                    _ => value / scale,
                };
                results.set(row, column, shown);
            }
        }
        self.scenario.recycle(ensemble);
        Ok(costs)
    }

    fn run(
        &mut self,
        bound: &Bound,
        scenarios: &[Scenario],
    ) -> Result<(Ensemble, Vec<f64>), RunError> {
        let Some(first) = scenarios.first() else {
            let none = Members {
                count: 0,
                inputs: &[],
                first_member: 0,
            };
            return Ok((self.scenario.run(&none, Driven::NONE)?, Vec::new()));
        };
        let off = self.columns(bound, std::slice::from_ref(&first.without_levers()), 0.0);
        let off: Vec<&[f64]> = off.iter().map(Vec::as_slice).collect();
        let one = Members {
            count: 1,
            inputs: &off,
            first_member: 0,
        };
        let baseline = self.baseline.run(&one, Driven::NONE)?;
        let references: Vec<Vec<f64>> = bound
            .reference_of()
            .iter()
            .filter_map(|&var| baseline.series(var, 0))
            .collect();
        let references: Vec<&[f64]> = references.iter().map(Vec::as_slice).collect();
        let columns = self.columns(bound, scenarios, 1.0);
        let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let members = Members {
            count: scenarios.len(),
            inputs: &inputs,
            first_member: 0,
        };
        let ensemble = self.scenario.run(&members, Driven::Shared(&references))?;
        let costs = self.costs(bound, &ensemble);
        Ok((ensemble, costs))
    }

    /// What the levers of each member cost from the earliest start to the last row's year.
    fn costs(&self, bound: &Bound, ensemble: &Ensemble) -> Vec<f64> {
        let table = Table {
            before: ensemble,
            after: None,
        };
        let first = bound.pack().meta.earliest_start as i32;
        let last = self.asked.iter().map(|(_, asked, _)| asked.span.to).max();
        let span = Span {
            from: first,
            to: last.unwrap_or(first),
        };
        let mut all = vec![0.0; ensemble.count()];
        for &variable in &self.costs {
            let cost = Ratio {
                variable,
                denominator: None,
            };
            let paid = table.read(cost, Reading::Sum, span);
            all.iter_mut().zip(paid).for_each(|(to, paid)| *to += paid);
        }
        all
    }

    /// For each input one value a scenario, or one for all.
    fn columns(&self, bound: &Bound, scenarios: &[Scenario], switch: f64) -> Vec<Vec<f64>> {
        let constants: Vec<Vec<(VarId, f64)>> =
            scenarios.iter().map(|s| bound.constants(s)).collect();
        let column = |&(var, default): &(VarId, f64)| {
            if var == bound.switch() {
                return vec![switch];
            }
            let middle = self.middles.iter().find(|middle| middle.var == var);
            let values = constants.iter().map(|set| {
                let own = set.iter().find(|(of, _)| *of == var);
                let value = own.map_or(default, |(_, value)| *value);
                middle.map_or(value, |middle| middle.moved(value - default))
            });
            let values: Vec<f64> = values.collect();
            match values.first() {
                Some(&first) if values.iter().all(|v| v.to_bits() == first.to_bits()) => {
                    vec![first]
                }
                _ => values,
            }
        };
        self.inputs.iter().map(column).collect()
    }
}

/// The scenario with a tenth of a lever's safe range more, and that setting; `None` where there is no
/// room.
fn a_little_more(
    bound: &Bound,
    scenario: &Scenario,
    lever: &Lever,
    sign: f64,
) -> Option<(f64, Scenario)> {
    let default = bound.default_setting(&lever.id)?;
    let now = scenario.levers.get(&lever.id).copied().unwrap_or(default);
    let step = 0.1 * (lever.safe.max - lever.safe.min) * sign;
    let value = (now.value + step).max(lever.hard.min).min(lever.hard.max);
    if (value - now.value).abs() < 0.5 * lever.step {
        return None;
    }
    let mut more = scenario.clone();
    let setting = LeverSetting { value, ..now };
    more.levers.insert(lever.id.clone(), setting);
    Some((value, more))
}
