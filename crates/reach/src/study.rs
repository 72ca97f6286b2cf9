//! Runs every member of a pack's draws: the baseline of the assumptions, then scenarios from the
//! instant on at which the first lever may act.
//!
//! Each member has its own baseline, whose references drive its scenario, so that feedbacks act on
//! what the levers change and on nothing else. Members keep their draws from scenario to scenario:
//! differences are sharp. Pieces of members are run one by one, between which the caller may stop.

use std::collections::BTreeMap;

use tidemark_engine::exec::batch::{Batch, Driven, Ensemble, Members};
use tidemark_engine::exec::{Checkpoint, Rows, RunError, RunSettings};
use tidemark_engine::model::VarId;
use tidemark_engine::program::Program;
use tidemark_pack::assess::Held;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Key, Quantity};
use tidemark_pack::reading::Span;
use tidemark_pack::record::Reading;
use tidemark_pack::scenario::Scenario;

use crate::draws::Draws;
use crate::outcome::{KeyFigures, LineFigures, Outcome, TargetFigures};
use crate::scope::Scope;
use crate::table::{Ratio, Table};

/// Members that are run between two looks at whether to go on, where nothing else is asked for.
const PIECE: usize = 512;

/// Why there is no outcome.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Halt {
    /// The caller wants none any more.
    #[error("the work was stopped")]
    Stopped,
    /// The engine cannot run it.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Asked between pieces with members done and in all; false ends the work.
pub type GoOn<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// A pack's members, ready to be run under any scenario.
#[derive(Debug, Clone)]
pub struct Study {
    draws: Draws,
    /// Figures of targets, then of lines year by year, then further ones.
    wanted: Vec<Wanted>,
    /// An outcome of no member.
    empty: Outcome,
    inputs: Vec<(VarId, f64)>,
    baseline: Batch,
    scenario: Batch,
    /// First step that is looked at before levers act.
    begin: usize,
    /// Step before which no lever acts.
    step: usize,
    /// Members of a piece.
    piece: usize,
    /// Worlds whose baselines are at hand; the newest takes the last place.
    worlds: Vec<World>,
    /// How many there may be.
    most_worlds: usize,
}

/// A figure that is read off every member.
#[derive(Debug, Clone)]
struct Wanted {
    what: Ratio,
    at: Reading,
    span: Span,
    /// Model units per shown unit.
    scale: f64,
    /// Position of the indicator's own error among the draws'.
    error: Option<usize>,
    /// Whether it is over before any lever may act, so that it is the baseline's.
    is_over: bool,
}

/// Members under one set of assumptions, no lever moved; as many pieces as were asked for so far.
#[derive(Debug, Clone)]
struct World {
    assumptions: BTreeMap<String, f64>,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
struct Piece {
    /// From the levers' start on.
    references: Ensemble,
    /// Rows before the levers' start.
    before: Ensemble,
    /// What targets and lines come to.
    baseline: Outcome,
    checkpoint: Checkpoint,
}

/// A scenario on its way through the members, see [`Study::begin`].
#[derive(Debug, Clone)]
pub struct Work {
    scenario: Scenario,
    count: usize,
    next: usize,
    baseline: Outcome,
    outcome: Outcome,
}

impl Work {
    /// Members done and in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.outcome.count.min(self.count), self.count)
    }

    /// The outcome of the scenario, and of its baseline for the same members; of those done so far.
    pub fn into_outcomes(self) -> (Outcome, Outcome) {
        (
            self.outcome.first(self.count),
            self.baseline.first(self.count),
        )
    }
}

impl Study {
    /// Lays the programs out.
    ///
    /// * `program`: of the place, see [`Bound::program`].
    /// * `scope`: ids the pack does not have are left out.
    ///
    /// # Errors
    /// As [`Batch::prepare`].
    pub fn prepare(
        bound: &Bound,
        program: &Program,
        draws: Draws,
        scope: &Scope,
    ) -> Result<Self, RunError> {
        let empty = empty(bound, scope);
        let keys = empty.targets.iter().map(|target| target.key);
        let keys = keys.chain(
            empty
                .lines
                .iter()
                .flat_map(|line| line.keys.iter().copied()),
        );
        let keys = keys.chain(empty.figures.iter().map(|figures| figures.key));
        let wanted: Vec<Wanted> = keys.map(|key| wanted(bound, &draws, key)).collect();
        let settings = bound.run_settings();
        let horizon = settings.horizon;
        let own = draws.columns.iter().flat_map(|column| &column.vars);
        let mut vars: Vec<VarId> = settings.inputs.iter().chain(own).copied().collect();
        vars.sort_unstable();
        vars.dedup();
        let inputs: Vec<(VarId, f64)> = vars
            .iter()
            .map(|&var| (var, program.constant(var).unwrap_or(0.0)))
            .collect();
        let ratios = wanted.iter().map(|wanted| wanted.what);
        let mut outputs: Vec<VarId> = ratios
            .flat_map(|what| [Some(what.variable), what.denominator])
            .flatten()
            .collect();
        outputs.sort_unstable();
        outputs.dedup();
        // Of what is over, the baseline's figures are taken, and no rows are kept for it.
        let open = wanted.iter().filter(|wanted| !wanted.is_over);
        let first_year = open.map(|wanted| wanted.span.from).min();
        let last_year = wanted
            .iter()
            .map(|wanted| wanted.span.to)
            .max()
            .unwrap_or(0);
        let end = horizon.n_steps();
        let step_of = |time: f64| horizon.step_at(time.max(horizon.start)).unwrap_or(end);
        let step = step_of(bound.pack().meta.earliest_start);
        let last = step_of(f64::from(last_year) + 1.0).max(step);
        let rows = |from: usize| Rows::Steps((from..=last).collect());
        let with = |rows: Rows, outputs: &[VarId], driven: bool| RunSettings {
            rows,
            inputs: vars.clone(),
            driven: if driven {
                settings.driven.clone()
            } else {
                Vec::new()
            },
            outputs: outputs.to_vec(),
            ..settings.clone()
        };
        let begin = first_year.map_or(step, |year| step_of(f64::from(year)).min(step));
        // References first: an ensemble drives by its outputs in order.
        let mut of_baseline = bound.reference_of().to_vec();
        of_baseline.extend(
            outputs
                .iter()
                .filter(|var| !bound.reference_of().contains(var)),
        );
        Ok(Self {
            baseline: Batch::prepare(program, &with(rows(0), &of_baseline, false))?,
            scenario: Batch::prepare(program, &with(rows(begin), &outputs, true))?,
            draws,
            wanted,
            empty,
            inputs,
            begin,
            step,
            piece: PIECE,
            worlds: Vec::new(),
            most_worlds: 1,
        })
    }

    /// Members there are draws for.
    pub fn count(&self) -> usize {
        self.draws.count
    }

    /// Members that are run at a time; smaller pieces take longer in all. Changes no value.
    pub fn set_piece(&mut self, members: usize) {
        self.piece = members.max(1);
        self.worlds.clear();
    }

    /// Keeps the baselines of the assumptions that are run first, whatever others come between.
    pub fn keep_first_world(&mut self) {
        self.most_worlds = 2;
    }

    /// The outcome with every lever at its default, under the scenario's assumptions.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn baseline(
        &mut self,
        bound: &Bound,
        scenario: &Scenario,
        count: usize,
        go_on: GoOn,
    ) -> Result<Outcome, Halt> {
        self.scenario(bound, &scenario.without_levers(), count, go_on)
    }

    /// The outcome of a scenario. Values are taken as they are: pass it through [`Bound::clamp`]
    /// first. No lever may act before the pack's earliest start.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn scenario(
        &mut self,
        bound: &Bound,
        scenario: &Scenario,
        count: usize,
        go_on: GoOn,
    ) -> Result<Outcome, Halt> {
        let mut work = self.begin(scenario, count);
        loop {
            let (done, all) = work.progress();
            if done == all {
                return Ok(work.into_outcomes().0);
            }
            if !go_on(done, all) {
                return Err(Halt::Stopped);
            }
            self.advance(bound, &mut work)?;
        }
    }

    /// A scenario to be taken through the first members by [`Study::advance`].
    pub fn begin(&self, scenario: &Scenario, count: usize) -> Work {
        Work {
            scenario: scenario.clone(),
            count: count.min(self.draws.count),
            next: 0,
            baseline: self.empty.clone(),
            outcome: self.empty.clone(),
        }
    }

    /// Takes a scenario a part further: runs the baselines of a piece of the members, or the piece
    /// under the scenario. Another scenario's work may come between.
    ///
    /// # Errors
    /// As [`Batch::run`].
    pub fn advance(&mut self, bound: &Bound, work: &mut Work) -> Result<(), RunError> {
        let begin = work.next * self.piece;
        if begin >= work.count {
            return Ok(());
        }
        let place = self.world_of(&work.scenario);
        let Some(world) = self.worlds.get_mut(place) else {
            return Ok(());
        };
        let mut pieces = std::mem::take(&mut world.pieces);
        let result = match pieces.get(work.next) {
            Some(piece) => self.moved(bound, work, piece, begin),
            None => {
                let begin = pieces.len() * self.piece;
                let settled = self.settled(bound, &work.scenario, begin);
                settled.map(|piece| pieces.push(piece))
            }
        };
        if let Some(world) = self.worlds.get_mut(place) {
            world.pieces = pieces;
        }
        result
    }

    /// Place of the world of a scenario, which is made room for where it is new.
    fn world_of(&mut self, scenario: &Scenario) -> usize {
        let mut all = self.worlds.iter();
        let known = all.position(|world| world.assumptions == scenario.assumptions);
        known.unwrap_or_else(|| {
            self.worlds.truncate(self.most_worlds - 1);
            self.worlds.push(World {
                assumptions: scenario.assumptions.clone(),
                pieces: Vec::new(),
            });
            self.worlds.len() - 1
        })
    }

    /// Adds a piece of the members under the scenario.
    fn moved(
        &mut self,
        bound: &Bound,
        work: &mut Work,
        piece: &Piece,
        begin: usize,
    ) -> Result<(), RunError> {
        if work.scenario.levers.is_empty() {
            work.outcome.append(&piece.baseline);
        } else {
            let count = piece.before.count();
            let columns = self.columns(bound, &work.scenario, 1.0, begin, count);
            let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            let members = Members {
                count,
                inputs: &inputs,
                first_member: begin as u64,
            };
            let driven = Driven::Each(&piece.references);
            let run = self.scenario.resume(&piece.checkpoint, &members, driven)?;
            let table = Table {
                before: &piece.before,
                after: Some(&run),
            };
            self.add(&mut work.outcome, table, begin, Some(&piece.baseline));
            self.scenario.recycle(run);
        }
        work.baseline.append(&piece.baseline);
        work.next += 1;
        Ok(())
    }

    /// The baselines of the piece of the members that begins there.
    fn settled(
        &mut self,
        bound: &Bound,
        scenario: &Scenario,
        begin: usize,
    ) -> Result<Piece, RunError> {
        let without = scenario.without_levers();
        let count = self.piece.min(self.draws.count - begin);
        let off = self.columns(bound, &without, 0.0, begin, count);
        let off: Vec<&[f64]> = off.iter().map(Vec::as_slice).collect();
        let members = Members {
            count,
            inputs: &off,
            first_member: begin as u64,
        };
        let baseline = self.baseline.run(&members, Driven::NONE)?;
        let on = self.columns(bound, &without, 1.0, begin, count);
        let on: Vec<&[f64]> = on.iter().map(Vec::as_slice).collect();
        let members = Members {
            inputs: &on,
            ..members
        };
        let driven = Driven::Each(&baseline);
        let checkpoint = self.scenario.checkpoint(&members, driven, self.step)?;
        let mut outcome = self.empty.clone();
        let table = Table {
            before: &baseline,
            after: None,
        };
        self.add(&mut outcome, table, begin, None);
        let piece = Piece {
            before: baseline.part(self.begin..self.step),
            // A run that goes on is driven from its checkpoint on.
            references: baseline.part(self.step..usize::MAX),
            baseline: outcome,
            checkpoint,
        };
        self.baseline.recycle(baseline);
        Ok(piece)
    }

    /// For each input one value a member, or one for all.
    fn columns(
        &self,
        bound: &Bound,
        scenario: &Scenario,
        switch: f64,
        begin: usize,
        count: usize,
    ) -> Vec<Vec<f64>> {
        let constants = bound.constants(scenario);
        let column = |&(var, default): &(VarId, f64)| {
            if var == bound.switch() {
                return vec![switch];
            }
            let set = constants.iter().find(|(of, _)| *of == var);
            let drawn = self.draws.columns.iter().find(|c| c.vars.contains(&var));
            match (drawn, set) {
                (None, set) => vec![set.map_or(default, |(_, value)| *value)],
                (Some(column), set) => {
                    // What the user moves, moves every draw by as much; its spread stays.
                    let by = set.map_or(0.0, |(_, value)| value - default);
                    let own = column.values.get(begin..begin + count).unwrap_or_default();
                    let [low, high] = column.range;
                    let moved = own.iter().map(|value| {
                        if by == 0.0 {
                            *value
                        } else {
                            (value + by).max(low).min(high)
                        }
                    });
                    moved.collect()
                }
            }
        };
        self.inputs.iter().map(column).collect()
    }

    /// Adds the figures of a piece that begins at a member; what is over is taken from the piece's
    /// baseline, where there is one.
    fn add(&self, outcome: &mut Outcome, table: Table, begin: usize, baseline: Option<&Outcome>) {
        let known: Vec<&Vec<f64>> = baseline.map(columns).unwrap_or_default();
        for (k, (to, wanted)) in columns_mut(outcome)
            .into_iter()
            .zip(&self.wanted)
            .enumerate()
        {
            match known.get(k) {
                Some(known) if wanted.is_over => to.extend(known.iter()),
                _ => {
                    let mut values = table.read(wanted.what, wanted.at, wanted.span);
                    self.show(&mut values, wanted, begin);
                    to.extend(values);
                }
            }
        }
        outcome.count += table.before.count();
    }

    /// From the model's unit to the shown one, with the model's own error.
    fn show(&self, values: &mut [f64], wanted: &Wanted, begin: usize) {
        let errors = wanted.error.and_then(|k| self.draws.errors.get(k));
        for (k, value) in values.iter_mut().enumerate() {
            if wanted.at == Reading::Cagr {
                *value *= 100.0;
                continue;
            }
            let error = errors.and_then(|(_, errors)| errors.get(begin + k));
            *value = *value / wanted.scale * (1.0 + error.copied().unwrap_or(0.0));
        }
    }
}

/// The figures of an outcome in the order of [`Study::wanted`].
fn columns(outcome: &Outcome) -> Vec<&Vec<f64>> {
    let targets = outcome.targets.iter().map(|target| &target.values);
    let lines = outcome.lines.iter().flat_map(|line| &line.values);
    let figures = outcome.figures.iter().map(|figures| &figures.values);
    targets.chain(lines).chain(figures).collect()
}

/// The same to be added to.
fn columns_mut(outcome: &mut Outcome) -> Vec<&mut Vec<f64>> {
    let targets = outcome.targets.iter_mut().map(|target| &mut target.values);
    let lines = outcome.lines.iter_mut().flat_map(|line| &mut line.values);
    let figures = outcome
        .figures
        .iter_mut()
        .map(|figures| &mut figures.values);
    targets.chain(lines).chain(figures).collect()
}

/// What a scope asks for, of no member; ids the pack does not have are left out.
fn empty(bound: &Bound, scope: &Scope) -> Outcome {
    let looked = |id: &String, year: Option<i32>| {
        let target = bound.target(id)?;
        let year = year.unwrap_or(target.to);
        Some(TargetFigures {
            target: id.clone(),
            year,
            key: bound.target_key(target, year)?,
            comparator: target.comparator,
            wanted: target.value,
            values: Vec::new(),
        })
    };
    let is_held = |id: &String, year: i32| {
        let target = bound.target(id);
        target.is_some_and(|target| bound.held(target, year).0 != Held::Aside)
    };
    let others = scope.also.iter().filter(|year| Some(**year) != scope.year);
    let others = others.flat_map(|&year| {
        let held = scope.targets.iter().filter(move |id| is_held(id, year));
        held.filter_map(move |id| looked(id, Some(year)))
    });
    let own = scope.targets.iter().filter_map(|id| looked(id, scope.year));
    let targets = own.chain(others);
    let years = scope.years.map_or(0..0, |(from, to)| from..to + 1);
    let lines = scope.lines.iter().filter_map(|id| {
        let years: Vec<i32> = years.clone().collect();
        let keys = years.iter().map(|&year| bound.yearly_key(id, year));
        Some(LineFigures {
            indicator: id.clone(),
            keys: keys.collect::<Option<_>>()?,
            values: vec![Vec::new(); years.len()],
            years,
        })
    });
    let known = |key: &&Key| bound.quantity_vars(key.quantity).is_some();
    let figures = scope.keys.iter().filter(known).map(|&key| KeyFigures {
        key,
        values: Vec::new(),
    });
    Outcome {
        count: 0,
        targets: targets.collect(),
        lines: lines.collect(),
        figures: figures.collect(),
    }
}

fn wanted(bound: &Bound, draws: &Draws, key: Key) -> Wanted {
    let error = match key.quantity {
        Quantity::Indicator(k) => bound.pack().indicator.get(k).and_then(|indicator| {
            let mut errors = draws.errors.iter();
            errors.position(|(id, _)| *id == indicator.id)
        }),
        Quantity::Cost(_) | Quantity::Rule(_) => None,
    };
    let vars = bound.quantity_vars(key.quantity);
    // Keys without a variable were left out.
    let (variable, denominator) = vars.unwrap_or((bound.switch(), None));
    Wanted {
        what: Ratio {
            variable,
            denominator,
        },
        at: key.at,
        span: key.span,
        scale: bound.scale(key.quantity),
        error,
        is_over: f64::from(key.span.to) + 1.0 <= bound.pack().meta.earliest_start,
    }
}
