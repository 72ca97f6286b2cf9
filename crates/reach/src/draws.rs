//! Draws of a posterior and of assumptions → the inputs of each member.
//!
//! A member is a row of the posterior; what the pack names as an assumption and the posterior does
//! not hold is drawn from the assumption's own law, by number of the member alone. Measurements
//! (how things are counted) are not drawn: they are what the user says.

use std::collections::BTreeMap;

use tidemark_analysis::bounds::Bounds;
use tidemark_analysis::points::Points;
use tidemark_analysis::prior::{Law, Prior};
use tidemark_engine::Uniforms;
use tidemark_engine::model::VarId;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Assumption, AssumptionKind, Range, World};
use tidemark_pack::runner::Middle;

/// Seed of page and command where nobody names another.
pub const SEED: u64 = 2027;

/// Members of page and command where nobody asks for others, and draws in the file that every page reads.
pub const MEMBERS: usize = 1000;

/// Purpose of the random numbers, see [`Uniforms::of_study`].
const PURPOSE: u8 = 5;
/// Purpose of the model's own error.
const PURPOSE_OF_ERROR: u8 = 6;

/// Draws that do not belong to the pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDraws {
    /// A column of the posterior that is no parameter of the pack.
    #[error("the draws name `{id}`, which is no parameter of the pack")]
    UnknownParameter {
        /// Column.
        id: String,
    },
    /// No rows.
    #[error("there are no draws")]
    Empty,
    /// An assumption whose law cannot be read.
    #[error("assumption `{id}`: `{law}` is no law that can be drawn from")]
    UnknownLaw {
        /// Assumption.
        id: String,
        /// As written.
        law: String,
    },
}

/// Which uncertainty is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spread {
    /// All of it.
    #[default]
    Whole,
    /// The world's only: growth, prices, drift; effects of policy at their middle.
    Environment,
    /// That of policy's effects only; the world at its middle.
    Effect,
}

/// An uncertain number over all members.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    /// Parameter or assumption that it is of.
    pub(crate) id: String,
    /// Constants that take the value.
    pub(crate) vars: Vec<VarId>,
    /// One for each member, in the model's unit.
    pub(crate) values: Vec<f64>,
    pub(crate) kind: AssumptionKind,
    /// Ends of the values a user's shift may lead to.
    pub(crate) range: [f64; 2],
}

/// The uncertain numbers of so many members.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    pub(crate) count: usize,
    pub(crate) columns: Vec<Column>,
    /// For each indicator with a model error its relative size, one for each member.
    pub(crate) errors: Vec<(String, Vec<f64>)>,
}

impl Draws {
    /// Members `0..count`; where the posterior has fewer rows it begins anew, with other draws of
    /// what it does not hold.
    ///
    /// * `posterior`: ids of its columns and its rows; none where the pack has no fit.
    ///
    /// # Errors
    /// See [`BadDraws`].
    pub fn new(
        bound: &Bound,
        posterior: Option<(&[String], &Points)>,
        count: usize,
        seed: u64,
    ) -> Result<Self, BadDraws> {
        let mut columns = Vec::new();
        let mut sizes: Vec<(&str, Vec<f64>)> = Vec::new();
        let none = Points::zeros(1, 0);
        let (parameters, posterior) = posterior.unwrap_or((&[], &none));
        if posterior.count() == 0 {
            return Err(BadDraws::Empty);
        }
        let row = |member: usize| member % posterior.count();
        for (k, id) in parameters.iter().enumerate() {
            let records = bound.pack().parameter.iter().zip(bound.parameters());
            let mut records = records.filter(|(record, _)| record.id == *id);
            let (_, vars) = records
                .next()
                .ok_or_else(|| BadDraws::UnknownParameter { id: id.clone() })?;
            let values: Vec<f64> = (0..count).map(|m| posterior.at(row(m), k)).collect();
            if vars.is_empty() {
                sizes.push((id, values));
                continue;
            }
            let assumption = assumption_of(bound, vars);
            columns.push(Column {
                id: id.clone(),
                vars: vars.clone(),
                values,
                kind: assumption.map_or(AssumptionKind::Environment, |a| a.kind),
                range: assumption.map_or([f64::NEG_INFINITY, f64::INFINITY], ends),
            });
        }
        for (k, assumption) in bound.pack().assumption.iter().enumerate() {
            let var = bound.assumption_var(&assumption.id);
            let Some(var) = var.filter(|var| !columns.iter().any(|c| c.vars.contains(var))) else {
                continue;
            };
            let Some(prior) = law(assumption)? else {
                continue;
            };
            let values = (0..count).map(|member| {
                let mut uniforms = Uniforms::of_study(seed, PURPOSE, place(member, k));
                prior.quantile(uniforms.next_open())
            });
            columns.push(Column {
                id: assumption.id.clone(),
                vars: vec![var],
                values: values.collect(),
                kind: assumption.kind,
                range: ends(assumption),
            });
        }
        Ok(Self {
            count,
            columns,
            errors: errors(bound, &sizes, seed),
        })
    }

    /// So many members that are all the model as it stands.
    pub fn certain(count: usize) -> Self {
        Self {
            count,
            columns: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Members.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The median of every number that is drawn, in the model's unit, by parameter or assumption.
    pub fn middle(&self) -> Vec<(String, f64)> {
        let columns = self.columns.iter();
        columns
            .map(|column| (column.id.clone(), median(&column.values)))
            .collect()
    }

    /// The first members only.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        let count = count.min(self.count);
        let mut less = self.clone();
        less.count = count;
        less.columns
            .iter_mut()
            .for_each(|column| column.values.truncate(count));
        less.errors
            .iter_mut()
            .for_each(|(_, values)| values.truncate(count));
        less
    }

    /// What is not of this uncertainty stands at its median.
    #[must_use]
    pub fn with(&self, spread: Spread) -> Self {
        let mut draws = self.clone();
        let kept = match spread {
            Spread::Whole => return draws,
            Spread::Environment => AssumptionKind::Environment,
            Spread::Effect => AssumptionKind::Effect,
        };
        for column in &mut draws.columns {
            if column.kind != kept {
                let middle = median(&column.values);
                column.values.fill(middle);
            }
        }
        if spread == Spread::Effect {
            draws.errors.clear();
        }
        draws
    }
}

/// The constants that such medians are of; ids the pack does not have are left out.
pub fn middles(bound: &Bound, medians: &[(String, f64)]) -> Vec<Middle> {
    let all = medians.iter().flat_map(|(id, value)| {
        let mut records = bound.pack().parameter.iter().zip(bound.parameters());
        let parameter = records.find(|(record, _)| record.id == *id);
        let vars = match parameter {
            Some((_, vars)) => vars.clone(),
            None => bound.assumption_var(id).into_iter().collect(),
        };
        let range = assumption_of(bound, &vars).map_or([f64::NEG_INFINITY, f64::INFINITY], ends);
        vars.into_iter().map(move |var| Middle {
            var,
            value: *value,
            range,
        })
    });
    all.collect()
}

/// The model's own error of each indicator: its size times a standard normal of the member, the same
/// one for every scenario.
fn errors(bound: &Bound, sizes: &[(&str, Vec<f64>)], seed: u64) -> Vec<(String, Vec<f64>)> {
    let Some(observation) = &bound.pack().observation else {
        return Vec::new();
    };
    let series = observation.series.iter().enumerate();
    let of_series = series.filter_map(|(k, series)| {
        let (_, sizes) = sizes.iter().find(|(id, _)| *id == series.model_error)?;
        let values = sizes.iter().enumerate().map(|(member, size)| {
            let mut uniforms = Uniforms::of_study(seed, PURPOSE_OF_ERROR, place(member, k));
            size * tidemark_engine::standard_normal(&mut uniforms)
        });
        Some((series.indicator.clone(), values.collect()))
    });
    of_series.collect()
}

/// A number of its own for each member and record.
fn place(member: usize, record: usize) -> u64 {
    (member as u64) << 16 | record as u64
}

fn assumption_of<'a>(bound: &'a Bound, vars: &[VarId]) -> Option<&'a Assumption> {
    let mut all = bound.pack().assumption.iter();
    all.find(|a| {
        bound
            .assumption_var(&a.id)
            .is_some_and(|var| vars.contains(&var))
    })
}

/// A shown value in the model's unit.
fn in_model(assumption: &Assumption, shown: f64) -> f64 {
    (shown - assumption.origin) * assumption.scale
}

fn ends(assumption: &Assumption) -> [f64; 2] {
    let range = assumption.range;
    [range.min, range.max].map(|shown| in_model(assumption, shown))
}

/// The law an assumption is drawn from, `None` where it stands still.
///
/// # Errors
/// [`BadDraws::UnknownLaw`] where what is written is none.
pub fn law(assumption: &Assumption) -> Result<Option<Prior>, BadDraws> {
    let unknown = || BadDraws::UnknownLaw {
        id: assumption.id.clone(),
        law: assumption.distribution.clone(),
    };
    if assumption.kind == AssumptionKind::Measurement {
        return Ok(None);
    }
    let [low, high] = ends(assumption);
    let mode = in_model(assumption, assumption.default);
    let bounds = Bounds { low, high };
    let words: Vec<&str> = assumption.distribution.split_whitespace().collect();
    let prior = match words.as_slice() {
        ["discrete"] => return Ok(None),
        ["PERT"] => Prior::pert(mode, bounds),
        ["normal", "sd", sd] => {
            let sd: f64 = sd.parse().map_err(|_| unknown())?;
            let sd = sd * assumption.scale;
            Prior::new(Law::Normal { mean: mode, sd }, bounds)
        }
        _ => return Err(unknown()),
    };
    prior.map(Some).map_err(|_| unknown())
}

/// The assumptions of a named world, shown values: each at its law's quantile, moved by as much as
/// the user moved it.
///
/// # Errors
/// [`BadDraws::UnknownLaw`].
pub fn world(
    bound: &Bound,
    world: &World,
    moved: &BTreeMap<String, f64>,
) -> Result<BTreeMap<String, f64>, BadDraws> {
    let mut values = moved.clone();
    let up = world.up.iter().map(|id| (id, world.quantile));
    let down = world.down.iter().map(|id| (id, 1.0 - world.quantile));
    for (id, quantile) in up.chain(down) {
        let mut records = bound.pack().assumption.iter();
        let Some(assumption) = records.find(|a| a.id == *id) else {
            continue;
        };
        let Some(prior) = law(assumption)? else {
            continue;
        };
        let shown = prior.quantile(quantile) / assumption.scale + assumption.origin;
        let by = moved.get(id).map_or(0.0, |set| set - assumption.default);
        let Range { min, max } = assumption.range;
        values.insert(id.clone(), (shown + by).max(min).min(max));
    }
    Ok(values)
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    tidemark_analysis::convergence::quantile(&sorted, 0.5)
}
