//! What it would take: targets and a confidence → scenarios that just reach them, or what stands in
//! the way.
//!
//! Searched on few members, slopes on fewer, with costs and rules previewed; confirmed on all members,
//! whose medians the page shows (`confirmed`). Where the confirmation falls short the search goes on for a
//! little more. Evaluations are memoised, so that a search that was stopped comes at once to where it
//! was when it is asked again.

mod bindings;
mod confirmed;
mod limits;
mod solution;

use std::collections::BTreeMap;
use std::rc::Rc;

pub use tidemark_analysis::seek::Aim;
use tidemark_analysis::seek::{self, Answer, Judged, Look, corner, lean};
use tidemark_engine::exec::Run;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Centre, Key, Medians, Settled};
use tidemark_pack::record::{Lever, Target};
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;

use crate::ask::Ask;
use crate::draws::{Draws, middles};
use crate::outcome::{Outcome, TargetFigures};
use crate::scope::{Scope, later_keys};
use crate::study::{GoOn, Halt, Study};

pub use solution::{Solution, When};

/// Members of a search.
const SEARCHED: usize = 256;
/// Members that show which way things go.
const ROUGH: usize = 64;
/// What 最稳妥 may lose for a shorter list of levers, in spreads of a figure: less than a hundredth of
/// the members, which does not show in steps of 5 %.
pub(crate) const SPARED: f64 = 0.02;
/// What lacks no more on all members, in spreads of a figure, is searched again.
const NEARLY: f64 = 0.02;
/// An answer so far beyond what is wanted, in spreads of a figure, may be had for less.
const OVERSHOT: f64 = 0.05;
/// Times that a search is made for an answer that is neither short nor far beyond.
const MOST_ROUNDS: usize = 3;
/// Times that it is made while every answer falls short on all members.
const MOST_TRIES: usize = 8;

/// What settings came to that were judged under an ask.
#[derive(Debug, Default)]
struct Known {
    goals: BTreeMap<(Look, Vec<u64>), f64>,
    sheets: BTreeMap<Vec<u64>, Sheet>,
    /// Goals of the last settings under one assumption that is another.
    worlds: BTreeMap<(Look, String, u64), f64>,
    /// On all members.
    whole: BTreeMap<Vec<u64>, Confirmed>,
}

/// Settings on all members.
#[derive(Debug, Clone)]
struct Confirmed {
    solution: Solution,
    /// Their goal.
    goal: f64,
    /// What is left to each rule and to the money, by the medians.
    limits: Vec<f64>,
}

/// What is previewed of settings.
#[derive(Debug, Clone)]
struct Sheet {
    cost: f64,
    limits: Vec<f64>,
}

/// A search over one pack, one set of assumptions and one ask.
pub struct Solver<'a> {
    bound: &'a Bound,
    ask: Ask,
    now: &'a Scenario,
    runner: Runner,
    /// The run of the baseline at the middle of all draws, and the medians of the baseline.
    baseline: Settled,
    /// Up to the last target's year, for the search.
    study: Study,
    /// To the end of the run with costs and rules, for answers.
    whole: Study,
    known: Known,
    /// What a target's margin is measured in.
    scales: Vec<f64>,
    /// First year after the decision and the last target's year.
    years: (i32, i32),
}

impl<'a> Solver<'a> {
    /// Lays the programs out and runs the baselines.
    ///
    /// * `program`: of the place, see [`Bound::program`].
    /// * `now`: the scenario at hand: its assumptions hold, and its locked levers.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn new(
        bound: &'a Bound,
        program: &Program,
        draws: Draws,
        ask: &Ask,
        now: &'a Scenario,
        go_on: GoOn,
    ) -> Result<Self, Halt> {
        let targets: Vec<&Target> = ask
            .targets
            .iter()
            .filter_map(|id| bound.target(id))
            .collect();
        let held = |target: &&Target| bound.held(target, ask.year.unwrap_or(target.to)).1.to;
        let last = targets.iter().map(held).max().unwrap_or(0);
        let years = (bound.pack().meta.earliest_start as i32, last);
        let scope = Scope {
            targets: ask.targets.clone(),
            year: ask.year,
            ..Scope::default()
        };
        let further = Scope {
            keys: further(bound, &targets, years),
            ..scope.clone()
        };
        let mut runner = Runner::prepare_at(bound, program, &middles(bound, &draws.middle()))?;
        let run = runner.baseline(bound, now);
        let mut study = Study::prepare(bound, program, draws.clone(), &scope)?;
        study.set_piece(ROUGH);
        study.keep_first_world();
        let mut whole = Study::prepare(bound, program, draws, &further)?;
        whole.keep_first_world();
        let outcome = study.baseline(bound, now, SEARCHED, &mut *go_on)?;
        let of_all = whole.baseline(bound, now, whole.count(), go_on)?;
        Ok(Self {
            bound,
            ask: ask.clone(),
            now,
            runner,
            baseline: Settled {
                medians: Rc::new(medians(&of_all)),
                run: Rc::new(run),
            },
            study,
            whole,
            known: Known::default(),
            scales: outcome.targets.iter().map(scale).collect(),
            years,
        })
    }

    /// The same search under other conditions for the same targets, as a new one would be.
    pub fn under(&self, ask: &Ask) -> Self {
        Self {
            bound: self.bound,
            ask: ask.clone(),
            now: self.now,
            runner: self.runner.clone(),
            baseline: self.baseline.clone(),
            study: self.study.clone(),
            whole: self.whole.clone(),
            known: Known::default(),
            scales: self.scales.clone(),
            years: self.years,
        }
    }

    /// What is asked.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }

    /// The pack.
    pub(crate) fn bound(&self) -> &'a Bound {
        self.bound
    }

    /// A scenario's run at the middle of all draws, under its own assumptions.
    pub(crate) fn run_of(&mut self, scenario: &Scenario) -> Run {
        let baseline = self.runner.baseline(self.bound, scenario);
        self.runner.scenario(self.bound, scenario, &baseline)
    }

    /// The answer to one aim.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn solve(&mut self, aim: Aim, go_on: GoOn) -> Result<Solution, Halt> {
        if aim == Aim::Most {
            return self.surest(go_on);
        }
        let mut less = Less::default();
        let mut best: Option<Solution> = None;
        for round in 1..=MOST_TRIES {
            let answer = self.searched(aim, &[], &less, &mut *go_on)?;
            let confirmed = self.confirmed(aim, &answer.settings, &mut *go_on)?;
            let goal = confirmed.goal;
            let is_enough = confirmed.solution.is_reached && goal < OVERSHOT;
            // Few members may miss what is there on all.
            let is_missed = !answer.is_reached && (goal < -NEARLY || best.is_some());
            let solution = confirmed.solution.clone();
            if best.as_ref().is_none_or(|best| solution.is_better(best)) {
                best = Some(solution);
            }
            let is_found = best.as_ref().is_some_and(|best| best.is_reached);
            if is_enough || is_missed || (is_found && round >= MOST_ROUNDS) {
                break;
            }
            less.by(&answer, &confirmed);
        }
        best.ok_or(Halt::Stopped)
    }

    /// The most there is, searched from rest, from the easiest answer and from what is best within
    /// narrower ranges: at least as sure as each of these.
    fn surest(&mut self, go_on: GoOn) -> Result<Solution, Halt> {
        let aim = Aim::Most;
        let easiest = self.solve(Aim::LeastMovement, &mut *go_on)?;
        let begin = self.settings(&easiest.scenario);
        let mut best = Solution { aim, ..easiest };
        // A shorter list of levers may cost what does not show.
        let most = self.most_from(&begin, &mut *go_on)?;
        if most.is_surer(&best, 0.5 * SPARED) {
            best = most;
        }
        let mut begins = vec![Vec::new()];
        if let Some(narrower) = self.ask.reach.narrower() {
            let reach = std::mem::replace(&mut self.ask.reach, narrower);
            let within = self.surest(&mut *go_on);
            self.ask.reach = reach;
            let within = within?;
            begins.push(self.settings(&within.scenario));
            if within.is_surer(&best, 0.0) {
                best = within;
            }
        }
        for begin in &begins {
            let most = self.most_from(begin, &mut *go_on)?;
            if most.is_surer(&best, 0.0) {
                best = most;
            }
        }
        Ok(best)
    }

    /// The most there is from some settings on.
    fn most_from(&mut self, begin: &[f64], go_on: GoOn) -> Result<Solution, Halt> {
        let aim = Aim::Most;
        let answer = self.searched(aim, begin, &Less::default(), &mut *go_on)?;
        let found = self.confirmed(aim, &answer.settings, &mut *go_on)?;
        if found.solution.is_held {
            return Ok(found.solution);
        }
        // The preview of a rule was a little better than its median.
        let mut less = Less::default();
        less.by(&answer, &found);
        less.goal = 0.0;
        let answer = self.searched(aim, begin, &less, &mut *go_on)?;
        Ok(self.confirmed(aim, &answer.settings, go_on)?.solution)
    }

    /// Whether no settings at all reach the targets: true only where every lever, tried on many
    /// backgrounds, moves them one way, and the best corner, limits left aside, falls short on all
    /// members.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn is_out_of_reach(&mut self, go_on: GoOn) -> Result<bool, Halt> {
        let dials = self.ask.dials(self.bound, self.now);
        let mut halt = Halt::Stopped;
        let found = corner(&dials, &mut |all: &[Vec<f64>], look| {
            let of = |settings: &Vec<f64>| {
                let goal = self.goal_at(settings, look, &mut *go_on)?;
                // No limit may hide a larger goal.
                Ok(Judged {
                    goal,
                    cost: 0.0,
                    limits: Vec::new(),
                })
            };
            let judged = all.iter().map(of).collect::<Result<Vec<Judged>, Halt>>();
            judged.map_err(|error| halt = error).ok()
        });
        let Ok(found) = found else {
            return Err(halt);
        };
        let Some(found) = found else {
            return Ok(false);
        };
        let confirmed = self.confirmed(Aim::Most, &found.settings, go_on)?;
        Ok(confirmed.goal < 0.0)
    }

    /// How far the worst target of a scenario is beyond what is wanted at the confidence, in spreads
    /// of its figure, and what it comes to; on as many members as the look takes.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn looked_at(
        &mut self,
        scenario: &Scenario,
        look: Look,
        go_on: GoOn,
    ) -> Result<(f64, Outcome), Halt> {
        let members = match look {
            Look::Rough => ROUGH,
            Look::Fine => SEARCHED,
        };
        let outcome = self.study.scenario(self.bound, scenario, members, go_on)?;
        Ok((self.goal(&outcome), outcome))
    }

    /// The goal of settings that were found, known since.
    pub(crate) fn goal_of(&mut self, scenario: &Scenario, go_on: GoOn) -> Result<f64, Halt> {
        let settings = self.settings(scenario);
        self.goal_at(&settings, Look::Fine, go_on)
    }

    /// The goal of the best settings with an assumption at a value; asked of one scenario's settings only.
    pub(crate) fn goal_in_world(
        &mut self,
        scenario: &Scenario,
        (assumption, value): (&str, f64),
        look: Look,
        go_on: GoOn,
    ) -> Result<f64, Halt> {
        let key = (look, assumption.to_owned(), value.to_bits());
        if let Some(&goal) = self.known.worlds.get(&key) {
            return Ok(goal);
        }
        let (goal, _) = self.looked_at(scenario, look, go_on)?;
        self.known.worlds.insert(key, goal);
        Ok(goal)
    }

    /// The goal of a scenario and what it comes to, on all members.
    pub(crate) fn on_all_members(
        &mut self,
        scenario: &Scenario,
        go_on: GoOn,
    ) -> Result<(f64, Outcome), Halt> {
        let count = self.study.count();
        let outcome = self.study.scenario(self.bound, scenario, count, go_on)?;
        Ok((self.goal(&outcome), outcome))
    }

    /// The baseline as it is shown.
    fn rest(&self) -> Centre {
        let settled = vec![self.baseline.clone()];
        Centre::new(Rc::clone(&self.baseline.run), settled)
    }

    /// A scenario previewed: the baseline's medians, and what a run changes.
    fn previewed(&mut self, scenario: &Scenario) -> Centre {
        let run = self
            .runner
            .scenario(self.bound, scenario, &self.baseline.run);
        Centre::new(Rc::new(run), vec![self.baseline.clone()])
    }

    /// Settings of a scenario, one for each lever of the pack.
    fn settings(&self, scenario: &Scenario) -> Vec<f64> {
        let levers = self.bound.pack().lever.iter();
        let value = |lever: &Lever| {
            let set = scenario.levers.get(&lever.id);
            set.map_or(lever.default, |set| set.value)
        };
        levers.map(value).collect()
    }

    fn searched(
        &mut self,
        aim: Aim,
        begin: &[f64],
        less: &Less,
        go_on: GoOn,
    ) -> Result<Answer, Halt> {
        let dials = self.ask.dials(self.bound, self.now);
        let mut halt = Halt::Stopped;
        let mut judge = |all: &[Vec<f64>], look: Look| {
            let each = all.iter();
            let judged: Result<Vec<Judged>, Halt> = each
                .map(|settings| self.judged(settings, look, less, &mut *go_on))
                .collect();
            judged.map_err(|error| halt = error).ok()
        };
        let mut answer = seek::seek(&dials, aim, begin, &mut judge);
        if aim == Aim::Most {
            answer = answer.and_then(|most| lean(&dials, most, SPARED, &mut judge));
        }
        answer.map_err(|seek::Stopped| halt)
    }

    fn judged(
        &mut self,
        settings: &[f64],
        look: Look,
        less: &Less,
        go_on: GoOn,
    ) -> Result<Judged, Halt> {
        let goal = self.goal_at(settings, look, go_on)?;
        let Sheet { cost, mut limits } = self.sheet(settings);
        for (limit, less) in limits.iter_mut().zip(&less.limits) {
            *limit -= less;
        }
        Ok(Judged {
            goal: goal - less.goal,
            cost,
            limits,
        })
    }

    fn goal_at(&mut self, settings: &[f64], look: Look, go_on: GoOn) -> Result<f64, Halt> {
        let key = (look, bits(settings));
        if let Some(&goal) = self.known.goals.get(&key) {
            return Ok(goal);
        }
        let scenario = self.ask.scenario(self.bound, self.now, settings);
        let (goal, _) = self.looked_at(&scenario, look, go_on)?;
        self.known.goals.insert(key, goal);
        Ok(goal)
    }

    fn sheet(&mut self, settings: &[f64]) -> Sheet {
        let key = bits(settings);
        if let Some(sheet) = self.known.sheets.get(&key) {
            return sheet.clone();
        }
        let scenario = self.ask.scenario(self.bound, self.now, settings);
        let seen = self.previewed(&scenario);
        let costs = self.costs(&seen);
        let sheet = Sheet {
            cost: costs.whole,
            limits: self.limits(&seen, costs),
        };
        self.known.sheets.insert(key, sheet.clone());
        sheet
    }

    /// How far the worst of the targets is beyond what is wanted, at the confidence: from 0 on the
    /// share of members that meet all of them is reached.
    fn goal(&self, outcome: &Outcome) -> f64 {
        let mut margins: Vec<f64> = (0..outcome.count)
            .map(|member| {
                let each = outcome.targets.iter().zip(&self.scales);
                let margins = each.map(|(target, scale)| {
                    let value = target.values.get(member).copied();
                    target.margin(value.unwrap_or(f64::NAN)) / scale
                });
                margins.fold(f64::INFINITY, |least, margin| {
                    if margin < least || margin.is_nan() {
                        margin
                    } else {
                        least
                    }
                })
            })
            .collect();
        if margins.iter().any(|margin| margin.is_nan()) {
            return f64::NAN;
        }
        margins.sort_unstable_by(f64::total_cmp);
        // The least of the best ones that are enough.
        let n = margins.len();
        let wanted = libm::ceil(self.ask.confidence * n as f64 - 1e-9) as usize;
        let least = margins.get(n.saturating_sub(wanted.max(1)));
        least.copied().unwrap_or(f64::NAN)
    }
}

fn bits(settings: &[f64]) -> Vec<u64> {
    settings.iter().map(|x| x.to_bits()).collect()
}

/// What is taken off what a search sees, so that its answer holds on all members.
#[derive(Debug, Clone, Default)]
struct Less {
    goal: f64,
    limits: Vec<f64>,
}

impl Less {
    /// By how much few members and previews saw an answer better than all members do.
    fn by(&mut self, answer: &Answer, confirmed: &Confirmed) {
        self.goal += answer.judged.goal - confirmed.goal + 1e-6;
        self.limits.resize(confirmed.limits.len(), 0.0);
        let pairs = answer.judged.limits.iter().zip(&confirmed.limits);
        for (less, (seen, held)) in self.limits.iter_mut().zip(pairs) {
            let over = seen - held;
            if over > 0.0 {
                *less += over;
            }
        }
    }
}

/// The medians of everything that an outcome tells.
pub(crate) fn medians(outcome: &Outcome) -> Medians {
    let or_none = |median: Option<f64>| median.unwrap_or(f64::NAN);
    let of = |values: &[f64]| or_none(crate::outcome::median(values));
    let targets = outcome.targets.iter().map(|t| (t.key, of(&t.values)));
    let lines = outcome.lines.iter().flat_map(|line| {
        let pairs = line.keys.iter().zip(&line.values);
        pairs.map(|(&key, values)| (key, of(values)))
    });
    let figures = outcome.figures.iter().map(|f| (f.key, of(&f.values)));
    Medians::new(targets.chain(lines).chain(figures).collect())
}

/// What an answer is held against beside its targets: costs, rules, and when its targets are met.
fn further(bound: &Bound, targets: &[&Target], (from, to): (i32, i32)) -> Vec<Key> {
    let levers = 0..bound.pack().lever.len();
    let costs = levers.flat_map(|lever| (from..=to).filter_map(move |y| bound.cost_key(lever, y)));
    let mut keys: Vec<Key> = costs.collect();
    for (rule, record) in bound.pack().rule.iter().enumerate() {
        let years = record.check.iter().flat_map(|check| &check.years);
        keys.extend(years.filter_map(|&year| bound.rule_key(rule, year)));
    }
    let later = targets.iter().flat_map(|t| later_keys(bound, t, t.to));
    keys.extend(later.map(|(_, key)| key));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A target's spread over members, or a hundredth of what is wanted where it has none.
fn scale(target: &TargetFigures) -> f64 {
    let n = target.values.len() as f64;
    let mean = target.values.iter().sum::<f64>() / n;
    let squares: f64 = target.values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let sd = (squares / n).sqrt();
    let floor = 0.01 * target.wanted.abs();
    if sd > floor { sd } else { floor.max(1e-9) }
}
