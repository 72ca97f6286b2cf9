//! What it would take: targets and a confidence → scenarios that just reach them, or what stands in
//! the way.
//!
//! Searched on few members, slopes on fewer, confirmed on all; where the confirmation falls short the
//! search goes on for a little more. Costs and rules are read off the run with no draws. Whatever was
//! judged once is remembered, so that one search may go over the ground of another, and one that was
//! stopped comes at once to where it was when it is asked again.

use std::collections::BTreeMap;

pub use tidemark_analysis::seek::Aim;
use tidemark_analysis::seek::{self, Answer, Judged, Look, corner, lean};
use tidemark_engine::exec::Run;
use tidemark_engine::program::Program;
use tidemark_pack::assess::RuleYear;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Comparator, Lever, RuleTest};
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;

use crate::ask::Ask;
use crate::draws::Draws;
use crate::outcome::{Chance, Outcome, TargetFigures};
use crate::shortfall::Binding;
use crate::study::{GoOn, Halt, Scope, Study};

/// Members of a search.
const SEARCHED: usize = 256;
/// Members that show which way things go.
const ROUGH: usize = 64;
/// What 最稳妥 may lose for a shorter list of levers, in spreads of a figure: less than a hundredth of
/// the members, which does not show in steps of 5 %.
const SPARED: f64 = 0.02;
/// What lacks no more on all members, in spreads of a figure, is searched again.
const NEARLY: f64 = 0.02;
/// An answer so far beyond what is wanted, in spreads of a figure, may be had for less.
const OVERSHOT: f64 = 0.05;
/// Times a search is taken up again where the confirmation falls short.
const MOST_ROUNDS: usize = 3;

/// A scenario that was found, with what it comes to on all members.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// What was wanted of it.
    pub aim: Aim,
    /// Settings, on the levers' grids.
    pub scenario: Scenario,
    /// Chance that all targets are met at once; `None` where one of them cannot be judged.
    pub joint: Option<Chance>,
    /// Each target's figures.
    pub targets: Vec<TargetFigures>,
    /// What its levers cost up to the last target's year, in the model's money; what a lever saves
    /// is not counted.
    pub cost: f64,
    /// The most they cost in one of these years.
    pub largest_cost: f64,
    /// Movement in safe ranges, all levers together.
    pub movement: f64,
    /// Whether the confidence is reached on all members and every limit held.
    pub is_reached: bool,
}

impl Solution {
    /// What its aim wants little of.
    fn price(&self) -> f64 {
        match self.aim {
            Aim::LeastMovement => self.movement,
            Aim::LeastCost => self.cost,
            Aim::Most => -self.joint.map_or(0.0, |joint| joint.share),
        }
    }

    /// Whether it answers the same aim better; where neither is reached none does.
    fn is_better(&self, than: &Self) -> bool {
        match (self.is_reached, than.is_reached) {
            (true, true) => self.price() < than.price(),
            (is_reached, _) => is_reached,
        }
    }
}

/// What settings came to that were judged under an ask.
#[derive(Debug, Default)]
struct Known {
    goals: BTreeMap<(Look, Vec<u64>), f64>,
    sheets: BTreeMap<Vec<u64>, Sheet>,
    /// On all members, with their goal there.
    whole: BTreeMap<Vec<u64>, (Solution, f64)>,
}

/// What is read off the run with no draws.
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
    baseline: Run,
    study: Study,
    known: Known,
    /// What the last search under another ask knew.
    left: Option<(Ask, Known)>,
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
        let scope = Scope {
            targets: ask.targets.clone(),
            ..Scope::default()
        };
        let mut runner = Runner::prepare(bound, program)?;
        let baseline = runner.baseline(bound, now);
        let mut study = Study::prepare(bound, program, draws, &scope)?;
        study.set_piece(ROUGH);
        study.keep_first_world();
        let outcome = study.baseline(bound, now, SEARCHED, go_on)?;
        let targets = ask.targets.iter().filter_map(|id| bound.target(id));
        let last = targets.map(|target| target.to).max().unwrap_or(0);
        Ok(Self {
            bound,
            ask: ask.clone(),
            now,
            runner,
            baseline,
            study,
            known: Known::default(),
            left: None,
            scales: outcome.targets.iter().map(scale).collect(),
            years: (bound.pack().meta.earliest_start as i32, last),
        })
    }

    /// The answer to one aim.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn solve(&mut self, aim: Aim, go_on: GoOn) -> Result<Solution, Halt> {
        if aim == Aim::Most {
            return self.surest(go_on);
        }
        let mut more = 0.0;
        let mut best: Option<Solution> = None;
        for _ in 0..MOST_ROUNDS {
            let answer = self.searched(aim, &[], more, &mut *go_on)?;
            let (solution, goal) = self.confirmed(aim, &answer.settings, &mut *go_on)?;
            let is_enough = solution.is_reached && goal < OVERSHOT;
            // Few members may miss what is there on all.
            let is_missed = !answer.is_reached && (goal < -NEARLY || best.is_some());
            if best.as_ref().is_none_or(|best| solution.is_better(best)) {
                best = Some(solution);
            }
            if is_enough || is_missed {
                break;
            }
            // By how much few members see it better than all do.
            more += answer.judged.goal - goal + 1e-6;
        }
        best.ok_or(Halt::Stopped)
    }

    /// The most there is, searched from rest and from the easiest answer on: at least as sure as that.
    fn surest(&mut self, go_on: GoOn) -> Result<Solution, Halt> {
        let aim = Aim::Most;
        let easiest = self.solve(Aim::LeastMovement, &mut *go_on)?;
        let begin = self.settings(&easiest.scenario);
        let mut best = Solution { aim, ..easiest };
        for begin in [&begin[..], &[]] {
            let answer = self.searched(aim, begin, 0.0, &mut *go_on)?;
            let (most, _) = self.confirmed(aim, &answer.settings, &mut *go_on)?;
            // A shorter list of levers may cost what does not show.
            let given_up = if begin.is_empty() { 0.0 } else { 0.5 * SPARED };
            let is_surer = most.price() < best.price() + given_up;
            let order = most.is_reached.cmp(&best.is_reached);
            if order.is_gt() || (order.is_eq() && is_surer) {
                best = most;
            }
        }
        Ok(best)
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
        let (_, goal) = self.confirmed(Aim::Most, &found.settings, go_on)?;
        Ok(goal < 0.0)
    }

    /// The most there is under another ask for the same targets, searched from a scenario on: at
    /// least as much as that, where it holds the other ask's limits.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn most_under(
        &mut self,
        ask: &Ask,
        begin: &Scenario,
        go_on: GoOn,
    ) -> Result<Solution, Halt> {
        let own = std::mem::replace(&mut self.ask, ask.clone());
        let left = self.left.take().filter(|(of, _)| of == ask);
        let left = left.map_or_else(Known::default, |(_, known)| known);
        let known = std::mem::replace(&mut self.known, left);
        let begin = self.settings(begin);
        let found = self.searched(Aim::Most, &begin, 0.0, &mut *go_on);
        let found = found.and_then(|answer| self.confirmed(Aim::Most, &answer.settings, go_on));
        self.ask = own;
        let left = std::mem::replace(&mut self.known, known);
        self.left = Some((ask.clone(), left));
        found.map(|(solution, _)| solution)
    }

    /// How far the worst target of a scenario is beyond what is wanted at the confidence, in spreads
    /// of its figure, and what it comes to; on few members.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn seen(&mut self, scenario: &Scenario, go_on: GoOn) -> Result<(f64, Outcome), Halt> {
        self.looked_at(scenario, Look::Fine, go_on)
    }

    /// As [`Solver::seen`], on as many members as the look takes.
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

    /// What leaves a scenario no room: levers at an end of their ranges, rules, money.
    pub fn bindings(&mut self, scenario: &Scenario) -> Vec<Binding> {
        let dials = self.ask.dials(self.bound, self.now);
        let levers = self.bound.pack().lever.iter().zip(&dials);
        let mut bindings: Vec<Binding> = levers
            .filter_map(|(lever, dial)| {
                let value = scenario.levers.get(&lever.id)?.value;
                let near = |end: f64| (value - end).abs() < 0.5 * lever.step;
                let is_free = !self.ask.locked.contains(&lever.id);
                (is_free && (near(dial.low) || near(dial.high))).then(|| Binding::Lever {
                    id: lever.id.clone(),
                    value,
                })
            })
            .collect();
        let run = self.runner.scenario(self.bound, scenario, &self.baseline);
        if self.ask.keeps_rules {
            for report in self.bound.judge_rules(&self.baseline, &run) {
                let rule = self.bound.pack().rule.get(report.rule);
                let Some(check) = rule.and_then(|rule| rule.check.as_ref()) else {
                    continue;
                };
                // What does not show is no room.
                let is_tight = |left: f64| left < 2.0 * check.least_shown();
                let mut years = report.years.iter();
                let tight = years.find(|year| limit(check, year).is_some_and(is_tight));
                if let Some(year) = tight {
                    bindings.push(Binding::Rule {
                        rule: report.rule,
                        year: year.year,
                    });
                }
            }
        }
        let costs = self.costs(&run);
        let is_spent = |envelope: f64| costs.largest > 0.98 * envelope;
        if self.ask.envelope.is_some_and(is_spent) {
            bindings.push(Binding::Money);
        }
        bindings
    }

    /// For each target the first year in which the run with no draws meets it.
    pub fn met_in(&mut self, scenario: &Scenario) -> Vec<(String, Option<i32>)> {
        let run = self.runner.scenario(self.bound, scenario, &self.baseline);
        let targets = self
            .ask
            .targets
            .iter()
            .filter_map(|id| self.bound.target(id));
        targets
            .map(|target| {
                let judged = self.bound.assess_target(&run, target);
                (target.id.clone(), judged.met_in)
            })
            .collect()
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
        more: f64,
        go_on: GoOn,
    ) -> Result<Answer, Halt> {
        let dials = self.ask.dials(self.bound, self.now);
        let mut halt = Halt::Stopped;
        let mut judge = |all: &[Vec<f64>], look: Look| {
            let each = all.iter();
            let judged: Result<Vec<Judged>, Halt> = each
                .map(|settings| self.judged(settings, look, more, &mut *go_on))
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
        more: f64,
        go_on: GoOn,
    ) -> Result<Judged, Halt> {
        let goal = self.goal_at(settings, look, go_on)?;
        let Sheet { cost, limits } = self.sheet(settings);
        Ok(Judged {
            goal: goal - more,
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
        let run = self.runner.scenario(self.bound, &scenario, &self.baseline);
        let costs = self.costs(&run);
        let sheet = Sheet {
            cost: costs.whole,
            limits: self.limits(&run, costs),
        };
        self.known.sheets.insert(key, sheet.clone());
        sheet
    }

    /// What is left to each rule and to the money.
    fn limits(&self, run: &Run, costs: Costs) -> Vec<f64> {
        let mut limits = Vec::new();
        if self.ask.keeps_rules {
            for report in self.bound.judge_rules(&self.baseline, run) {
                let rule = self.bound.pack().rule.get(report.rule);
                if let Some(check) = rule.and_then(|rule| rule.check.as_ref()) {
                    limits.extend(report.years.iter().filter_map(|year| limit(check, year)));
                }
            }
        }
        limits.extend(self.ask.envelope.map(|envelope| envelope - costs.largest));
        limits
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
        margins.sort_by(f64::total_cmp);
        // The least of the best ones that are enough.
        let n = margins.len();
        let wanted = libm::ceil(self.ask.confidence * n as f64 - 1e-9) as usize;
        let least = margins.get(n.saturating_sub(wanted.max(1)));
        least.copied().unwrap_or(f64::NAN)
    }

    fn costs(&self, run: &Run) -> Costs {
        let mut costs = Costs::default();
        for year in self.years.0..=self.years.1 {
            let by_lever = self.bound.lever_costs(run, year).by_lever;
            let paid: f64 = by_lever.iter().map(|(_, cost)| cost.max(0.0)).sum();
            costs.whole += paid;
            costs.largest = costs.largest.max(paid);
        }
        costs
    }

    /// What the scenario at hand comes to, as an answer would; nothing is searched, and locks are
    /// no matter.
    ///
    /// # Errors
    /// See [`Halt`].
    pub fn now(&mut self, go_on: GoOn) -> Result<Solution, Halt> {
        let (solution, _) = self.on_all(Aim::Most, self.now.clone(), go_on)?;
        Ok(solution)
    }

    /// Settings on all members, and their goal there.
    fn confirmed(
        &mut self,
        aim: Aim,
        settings: &[f64],
        go_on: GoOn,
    ) -> Result<(Solution, f64), Halt> {
        let key = bits(settings);
        if let Some((known, goal)) = self.known.whole.get(&key) {
            let solution = Solution {
                aim,
                ..known.clone()
            };
            return Ok((solution, *goal));
        }
        let scenario = self.ask.scenario(self.bound, self.now, settings);
        let found = self.on_all(aim, scenario, go_on)?;
        self.known.whole.insert(key, found.clone());
        Ok(found)
    }

    /// A scenario on all members, and its goal there.
    fn on_all(
        &mut self,
        aim: Aim,
        scenario: Scenario,
        go_on: GoOn,
    ) -> Result<(Solution, f64), Halt> {
        let count = self.study.count();
        let outcome = self.study.scenario(self.bound, &scenario, count, go_on)?;
        let run = self.runner.scenario(self.bound, &scenario, &self.baseline);
        let costs = self.costs(&run);
        let ids: Vec<&str> = outcome.targets.iter().map(|t| t.target.as_str()).collect();
        let joint = outcome.joint(&ids);
        let mut limits = self.limits(&run, costs).into_iter();
        let holds_limits = limits.all(|limit| limit >= -LIMIT_HELD);
        let goal = self.goal(&outcome);
        Ok((
            Solution {
                aim,
                movement: self.movement(&scenario),
                scenario,
                is_reached: holds_limits && joint.is_some_and(|j| j.share >= self.ask.confidence),
                joint,
                targets: outcome.targets,
                cost: costs.whole,
                largest_cost: costs.largest,
            },
            goal,
        ))
    }

    /// All levers' distance from where they rest, in safe ranges.
    fn movement(&self, scenario: &Scenario) -> f64 {
        let moved = scenario.levers.iter().filter_map(|(id, set)| {
            let lever = self.bound.lever(id)?;
            let width = lever.safe.max - lever.safe.min;
            let is_free = !self.ask.locked.contains(id);
            (is_free && width > 0.0).then(|| (set.value - lever.default).abs() / width)
        });
        // Nothing moved is 0, where a sum of nothing is −0.
        0.0 + moved.sum::<f64>()
    }
}

fn bits(settings: &[f64]) -> Vec<u64> {
    settings.iter().map(|x| x.to_bits()).collect()
}

/// A limit that lacks no more than this, in its shown unit, is held.
const LIMIT_HELD: f64 = 1e-6;

#[derive(Debug, Clone, Copy, Default)]
struct Costs {
    whole: f64,
    largest: f64,
}

/// What is left to a rule's bound in a year, or to the baseline's breach of it and what of a further
/// one does not show. Balances are about a bound from either side: no scenario moves them.
fn limit(check: &RuleTest, year: &RuleYear) -> Option<f64> {
    if check.comparator == Comparator::About {
        return None;
    }
    let has = year.scenario.margin.unwrap_or(f64::NAN);
    if year.baseline.holds != Some(false) {
        return Some(has);
    }
    Some(has - year.baseline.margin.unwrap_or(0.0) + 0.9 * check.least_shown())
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
