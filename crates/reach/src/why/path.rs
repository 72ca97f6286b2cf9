//! The way from a lever to a figure: through which variables of the model its effect goes, how much
//! of each it moves and when.
//!
//! Two runs, with the lever and without, give every variable's change. What an input hands on to the
//! variable that reads it is found by evaluating the one equation with the one input exchanged. The
//! way is the one along which the largest part is handed on; a circle is never part of it.

use tidemark_engine::exec::RunError;
use tidemark_engine::exec::batch::Ensemble;
use tidemark_engine::model::{Kind, Model, VarId};
use tidemark_engine::program::{Known, Program};
use tidemark_pack::bind::Bound;
use tidemark_pack::reading::Span;
use tidemark_pack::record::Reading;
use tidemark_pack::runner::Middle;
use tidemark_pack::scenario::Scenario;

use super::{Asked, Why, a_little_more};
use crate::table::{Ratio, Table};

/// A variable on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Variable of the model.
    pub variable: VarId,
    /// Its change in the figure's last year, in the model's unit; read as the figure is, but a flow,
    /// and what comes once a year and is gone at its end, in the year's mean.
    pub change: f64,
    /// First year in whose mean half of its change in the run's last full year is there; `None` where
    /// there is none in that year.
    pub half: Option<i32>,
    /// Years that it and the smooths and delays before it remember.
    pub memory: Option<f64>,
    /// Whether it accumulates.
    pub is_stock: bool,
}

/// The way from a lever to a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Lever.
    pub lever: String,
    /// Its setting with and without what is explained, in its shown unit.
    pub settings: (f64, f64),
    /// Whether the scenario has moved it; else it is moved by a tenth of its safe range.
    pub is_moved: bool,
    /// What it changes in the figure, in its shown unit.
    pub change: f64,
    /// Change in the figure's last year over that in the run's; above 1 where it fades, below 0 where
    /// it turns, `None` where there is none in the end.
    pub so_far: Option<f64>,
    /// The run's last full year.
    pub last_year: i32,
    /// Part of the change that goes this way: the product of what each input hands on.
    pub share: f64,
    /// From the lever on, itself left out; the last is the figure's own variable. A flow into a
    /// stock that follows is told by the stock.
    pub steps: Vec<Step>,
}

/// Runs that tell ways to one figure.
pub struct Paths<'a> {
    bound: &'a Bound,
    model: &'a Model,
    /// At the middle of all draws.
    program: Program,
    asked: &'a Asked,
    what: Ratio,
    runs: Why,
}

impl<'a> Paths<'a> {
    /// Lays the programs out; `None` for an indicator the pack does not have.
    ///
    /// # Errors
    /// As [`tidemark_engine::exec::batch::Batch::prepare`].
    pub fn prepare(
        bound: &'a Bound,
        (model, program): (&'a Model, &'a Program),
        middles: &[Middle],
        asked: &'a Asked,
    ) -> Result<Option<Self>, RunError> {
        let Some((variable, denominator)) = bound.indicator_vars(&asked.indicator) else {
            return Ok(None);
        };
        let what = Ratio {
            variable,
            denominator,
        };
        let all: Vec<VarId> = program.variables().collect();
        let runs = Why::laid_out(bound, program, middles, (std::slice::from_ref(asked), &all))?;
        let mut program = program.clone();
        for middle in middles {
            program.set_constant(middle.var, middle.value);
        }
        Ok(Some(Self {
            bound,
            model,
            program,
            asked,
            what,
            runs,
        }))
    }

    /// The ways of all levers that change the figure, the largest change first; those that the
    /// scenario has moved stand before the others.
    ///
    /// * `helps`: the way in which more of the figure is better, 1 or −1.
    ///
    /// # Errors
    /// As [`tidemark_engine::exec::batch::Batch::run`].
    pub fn all(&mut self, now: &Scenario, helps: f64) -> Result<Vec<Path>, RunError> {
        let mut found: Vec<Path> = Vec::new();
        for lever in &self.bound.pack().lever {
            let mut without = now.clone();
            let is_moved = without.levers.remove(&lever.id).is_some();
            let pairs = if is_moved {
                vec![[now.clone(), without]]
            } else {
                let more = [1.0, -1.0].map(|sign| a_little_more(self.bound, now, lever, sign));
                let more = more.into_iter().flatten();
                more.map(|(_, more)| [more, now.clone()]).collect()
            };
            let mut best: Option<(f64, Ensemble, [Scenario; 2])> = None;
            for pair in pairs {
                let (ensemble, _) = self.runs.run(self.bound, &pair)?;
                let change = self.change(&ensemble, self.what, (self.asked.at, self.asked.span));
                let is_better = best.as_ref().is_none_or(|b| change * helps > b.0 * helps);
                if change != 0.0 && change.is_finite() && is_better {
                    best = Some((change, ensemble, pair));
                }
            }
            let best = best.filter(|(change, ..)| is_moved || change * helps > 0.0);
            let path = best.and_then(|(_, ensemble, pair)| self.one(&lever.id, &ensemble, &pair));
            if let Some(path) = path {
                let path = Path { is_moved, ..path };
                let rank = |path: &Path| (path.is_moved, path.change.abs());
                let place = found.partition_point(|other| rank(other) >= rank(&path));
                found.insert(place, path);
            }
        }
        Ok(found)
    }

    /// The way of one lever from the second scenario to the first, of which these are the runs.
    fn one(&self, lever: &str, runs: &Ensemble, pair: &[Scenario; 2]) -> Option<Path> {
        let from = self.bound.lever_var(lever)?;
        let default = self.bound.default_setting(lever)?;
        let indicator = self.bound.indicator(&self.asked.indicator)?;
        let horizon = self.program.horizon();
        let step_of = |time: f64| horizon.step_at(time).unwrap_or_else(|| horizon.n_steps());
        let year = self.asked.span.to;
        let last_year = horizon.stop as i32 - 1;
        // The year's end is an instant too: what it holds was moved by the steps before.
        let end = step_of(f64::from(year) + 1.0) + 1;
        let window = step_of(self.bound.pack().meta.earliest_start)..end;
        let both = Pair::new(&self.program, runs);
        let to = [Some(self.what.variable), self.what.denominator];
        let to: Vec<VarId> = to.into_iter().flatten().collect();
        let (way, share) = both.widest(from, &to, window, &|known, step| match to[..] {
            [above, below] => known(above, step) / known(below, step),
            _ => known(self.what.variable, step),
        })?;
        let at = match indicator.at {
            Reading::End => Reading::End,
            _ => Reading::Mean,
        };
        let change = |what, year| self.change(runs, what, (at, Span::year(year)));
        let during = step_of(f64::from(year))..end - 1;
        let mut steps = self.steps(&way, &both, during);
        for step in &mut steps {
            let alone = Ratio {
                variable: step.variable,
                denominator: None,
            };
            let is_flow = self.model.variable(step.variable).kind == Kind::Flow;
            let of_year = self.change(runs, alone, (Reading::Mean, Span::year(year)));
            step.change = match change(alone, year) {
                as_figure if is_flow || as_figure == 0.0 => of_year,
                as_figure => as_figure,
            };
        }
        let so_far = change(self.what, year) / change(self.what, last_year);
        let scale = match self.asked.at {
            Reading::Cagr => 0.01,
            _ => indicator.scale,
        };
        let setting = |scenario: &Scenario| scenario.levers.get(lever).unwrap_or(&default).value;
        Some(Path {
            lever: lever.to_owned(),
            settings: (setting(&pair[0]), setting(&pair[1])),
            is_moved: false,
            change: self.change(runs, self.what, (self.asked.at, self.asked.span)) / scale,
            so_far: Some(so_far).filter(|part| part.is_finite()),
            last_year,
            share,
            steps,
        })
    }

    /// A reading of the first run less that of the second, in the model's unit.
    fn change(&self, runs: &Ensemble, what: Ratio, (at, span): (Reading, Span)) -> f64 {
        let table = Table {
            before: runs,
            after: None,
        };
        match table.read(what, at, span)[..] {
            [with, without] => with - without,
            _ => f64::NAN,
        }
    }

    /// The variables on the way that have a name and are not a flow into the next one.
    fn steps(&self, way: &[VarId], runs: &Pair, year: std::ops::Range<usize>) -> Vec<Step> {
        let n_visible = self.model.variables().len();
        let mut steps = Vec::new();
        let mut hidden = 0.0;
        for (k, &variable) in way.iter().enumerate() {
            let own = runs.memory(variable, year.clone());
            let Some(record) = self.model.variables().get(variable.index()) else {
                hidden += own.unwrap_or(0.0);
                continue;
            };
            let next = way.get(k + 1).filter(|next| next.index() < n_visible);
            let is_into = next.is_some_and(|n| self.model.variable(*n).kind == Kind::Stock);
            if record.kind == Kind::Flow && is_into && hidden == 0.0 {
                continue;
            }
            let memory = own.unwrap_or(0.0) + std::mem::take(&mut hidden);
            steps.push(Step {
                variable,
                change: f64::NAN,
                half: runs.half(variable),
                memory: Some(memory).filter(|years| *years > 0.0),
                is_stock: record.kind == Kind::Stock,
            });
        }
        steps
    }
}

/// A figure at a step, made of known values.
type Figure<'a> = &'a dyn Fn(Known, usize) -> f64;

/// Two runs with every variable at every step: with the lever, and without.
struct Pair<'a> {
    program: &'a Program,
    /// For each variable both series.
    series: Vec<[Vec<f64>; 2]>,
}

impl<'a> Pair<'a> {
    fn new(program: &'a Program, ensemble: &Ensemble) -> Self {
        let of = |var: VarId| [0, 1].map(|run| ensemble.series(var, run).unwrap_or_default());
        Self {
            program,
            series: program.variables().map(of).collect(),
        }
    }

    fn value(&self, run: usize, var: VarId, step: usize) -> f64 {
        let series = self.series.get(var.index()).map(|both| &both[run]);
        let value = series.and_then(|series| series.get(step));
        value.copied().unwrap_or(f64::NAN)
    }

    fn moves(&self, var: VarId) -> bool {
        let both = self.series.get(var.index());
        both.is_some_and(|[with, without]| with != without)
    }

    /// Years that a state remembers, by what it forgets in all steps of a year together: some forget
    /// once a year only.
    fn memory(&self, var: VarId, year: std::ops::Range<usize>) -> Option<f64> {
        let known: Known = &|v, step| self.value(0, v, step);
        let n = year.len() as f64;
        let forgets = |step| {
            let years = self.program.memory_at(var, step, known);
            years.map_or(0.0, |years| 1.0 / years)
        };
        let rate = year.map(forgets).sum::<f64>() / n;
        (rate > 0.0).then(|| 1.0 / rate)
    }

    /// First year in whose mean half of the change in the last full year is there.
    fn half(&self, var: VarId) -> Option<i32> {
        let [with, without] = self.series.get(var.index())?;
        let horizon = self.program.horizon();
        let changes: Vec<f64> = with.iter().zip(without).map(|(a, b)| a - b).collect();
        let per_year = libm::round(1.0 / horizon.dt).max(1.0) as usize;
        let years = changes.chunks_exact(per_year);
        let sums: Vec<f64> = years.map(|year| year.iter().sum()).collect();
        let last = sums.last().copied().filter(|last| *last != 0.0)?;
        let year = sums.iter().position(|sum| sum / last >= 0.5)?;
        Some(horizon.start as i32 + year as i32)
    }

    /// The widest way between a variable and one of those a figure is made of, that one last, and
    /// the part of the figure's change that goes it.
    fn widest(
        &self,
        from: VarId,
        to: &[VarId],
        steps: std::ops::Range<usize>,
        figure: Figure,
    ) -> Option<(Vec<VarId>, f64)> {
        let n = self.series.len();
        let mut best = vec![0.0; n];
        let mut next: Vec<Option<VarId>> = vec![None; n];
        let mut is_done = vec![false; n];
        for (var, part) in self.parts(to, steps.clone(), figure) {
            best[var.index()] = part;
        }
        loop {
            let open = self.program.variables().filter(|v| !is_done[v.index()]);
            let widest = open.max_by(|a, b| best[a.index()].total_cmp(&best[b.index()]))?;
            let width = best[widest.index()];
            if width <= 0.0 {
                return None;
            }
            is_done[widest.index()] = true;
            if widest == from {
                let way = std::iter::successors(next[from.index()], |var| next[var.index()]);
                return Some((way.collect(), width));
            }
            let reads = self.program.reads(widest);
            let parts = self.parts(&reads, steps.clone(), &|known, step| {
                self.program.equation_at(widest, step, known)
            });
            for (var, part) in parts {
                if !is_done[var.index()] && part * width > best[var.index()] {
                    best[var.index()] = part * width;
                    next[var.index()] = Some(widest);
                }
            }
        }
    }

    /// What each input hands on of the change of what it enters, summed over steps: the change with
    /// it alone exchanged, the mean of exchanging it first and last. Inputs that push against the
    /// change hand on nothing of it; the others' parts sum to 1.
    fn parts(
        &self,
        inputs: &[VarId],
        steps: std::ops::Range<usize>,
        figure: Figure,
    ) -> Vec<(VarId, f64)> {
        let moving = inputs.iter().copied().filter(|&var| self.moves(var));
        let handed = |var: VarId| {
            let of = |own: usize, others: usize, at: usize| {
                let run = |v: VarId| if v == var { own } else { others };
                figure(&|v, step| self.value(run(v), v, step), at)
            };
            let at =
                |step| 0.5 * (of(0, 1, step) - of(1, 1, step) + of(0, 0, step) - of(1, 0, step));
            (var, steps.clone().map(at).sum::<f64>())
        };
        let mut parts: Vec<(VarId, f64)> = moving.map(handed).collect();
        let whole: f64 = parts.iter().map(|(_, part)| part).sum();
        for (_, part) in &mut parts {
            *part = (*part * whole.signum()).max(0.0);
        }
        let all: f64 = parts.iter().map(|(_, part)| part).sum();
        parts.retain(|(_, part)| *part > 0.0);
        parts.iter_mut().for_each(|(_, part)| *part /= all);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidemark_engine::Loaded;
    use tidemark_engine::diag::Diagnostics;
    use tidemark_engine::exec::batch::{Batch, Driven, Members};
    use tidemark_engine::exec::{Rows, RunSettings};

    const HEAD: &str = r#"<xmile version="1.0"><header/><sim_specs time_units="year"><start>2020</start><stop>2036</stop><dt>0.25</dt></sim_specs><model><variables><aux name="lever"><eqn>1</eqn></aux>"#;

    /// The way from `lever`, at 1 and at 0, to `end`: names, its share, years of the halves.
    #[track_caller]
    fn check(variables: &str, names: &[&str], share: f64, halves: &[Option<i32>]) {
        let text = format!("{HEAD}{variables}</variables></model></xmile>");
        let mut faults = Diagnostics::new();
        let loaded = tidemark_engine::load(&text, "m", &mut faults);
        let Loaded { model, program } = loaded.unwrap_or_else(|| panic!("{faults:?}"));
        let lever = model.find("lever").unwrap();
        let settings = RunSettings {
            method: program.method(),
            horizon: program.horizon(),
            rows: Rows::Saved,
            inputs: vec![lever],
            driven: Vec::new(),
            seed: 0,
            outputs: program.variables().collect(),
        };
        let members = Members {
            count: 2,
            inputs: &[&[1.0, 0.0]],
            first_member: 0,
        };
        let mut batch = Batch::prepare(&program, &settings).unwrap();
        let ensemble = batch.run(&members, Driven::NONE).unwrap();
        let pair = Pair::new(&program, &ensemble);
        let end = model.find("end").unwrap();
        let figure: Figure = &|known, step| known(end, step);
        let (way, found) = pair.widest(lever, &[end], 0..32, figure).unwrap();
        let visible = way.iter().filter(|v| v.index() < model.variables().len());
        let visible: Vec<VarId> = visible.copied().collect();
        let found_names: Vec<&str> = visible
            .iter()
            .map(|v| model.variable(*v).name.as_str())
            .collect();
        assert_eq!(found_names, names);
        assert!((found - share).abs() < 1e-9, "{found}");
        let years: Vec<Option<i32>> = visible.iter().map(|v| pair.half(*v)).collect();
        assert_eq!(years, halves);
    }

    #[test]
    fn a_chain_goes_through_its_smooth() {
        // Half of a smooth over four years is there after 4 ln 2 = 2.8 years: in the mean of 2025.
        check(
            r#"<aux name="push"><eqn>5 * STEP(lever, 2022)</eqn></aux>
               <aux name="end"><eqn>2 * SMTH1(push, 4) + 7</eqn></aux>"#,
            &["push", "end"],
            1.0,
            &[Some(2022), Some(2025)],
        );
    }

    #[test]
    fn of_two_ways_the_wider_one_is_taken() {
        check(
            r#"<aux name="narrow"><eqn>lever</eqn></aux><aux name="wide"><eqn>lever * 3</eqn></aux>
               <aux name="end"><eqn>narrow + wide</eqn></aux>"#,
            &["wide", "end"],
            0.75,
            &[Some(2020), Some(2020)],
        );
    }

    #[test]
    fn two_factors_share_what_neither_does_alone() {
        check(
            r#"<aux name="gate"><eqn>lever</eqn></aux><aux name="flood"><eqn>lever * 2</eqn></aux>
               <aux name="end"><eqn>gate * flood + 0.1 * flood</eqn></aux>"#,
            &["flood", "end"],
            1.2 / 2.2,
            &[Some(2020), Some(2020)],
        );
    }

    #[test]
    fn a_circle_is_no_part_of_a_way_and_what_holds_back_hands_nothing_on() {
        check(
            r#"<aux name="want"><eqn>lever * 10</eqn></aux>
               <stock name="level"><eqn>0</eqn><inflow>fill</inflow><outflow>leak</outflow></stock>
               <flow name="fill"><eqn>want - 0.1 * end</eqn></flow>
               <flow name="leak"><eqn>level / 5</eqn></flow>
               <aux name="end"><eqn>level / 2</eqn></aux>"#,
            &["want", "fill", "level", "end"],
            1.0,
            &[Some(2020), Some(2020), Some(2023), Some(2023)],
        );
    }
}
