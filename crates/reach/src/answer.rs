//! What a wish comes to: medians of a scenario and of its baseline, chances, bands; and its way through a
//! message: a head and a row of numbers.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Key, Medians};
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;

use crate::draws;
use crate::outcome::{Band, Chance, Outcome, median};
use crate::scope::{Scope, Wish};

/// Numbers of a band.
const N_BAND: usize = 5;

/// Medians, chances of targets and bands of lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Of which ask.
    pub ticket: u64,
    /// What was wanted.
    pub wish: Wish,
    /// Members.
    pub members: usize,
    /// One for each target of the pack looked at in the wish's year, then those that are held against the
    /// other reading years, where all was wanted.
    pub targets: Vec<TargetAnswer>,
    /// For each year looked at the chance that all targets of the ask are met at once.
    pub joint: Vec<(i32, Option<Chance>)>,
    /// One for each indicator of the wish.
    pub lines: Vec<LineAnswer>,
    /// One for each world of the pack.
    pub worlds: Vec<WorldAnswer>,
    /// Medians of everything that is told.
    pub now: Rc<Medians>,
    /// The same of the baseline.
    pub base: Rc<Medians>,
    /// Medians of further figures, of the scenario and of the baseline, in the order of the scope.
    figures: Vec<[f64; 2]>,
}

/// The scenario in a named world.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldAnswer {
    /// World.
    pub id: String,
    /// For each of the answer's lines its yearly values, NaN where there is none.
    pub lines: Vec<Vec<f64>>,
}

/// A target's chance.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetAnswer {
    /// Target.
    pub id: String,
    /// Year that it is looked at in.
    pub year: i32,
    /// Share of the members that meet it; none where it is not judged.
    pub chance: Option<Chance>,
    /// Its figure in the members.
    pub band: Option<Band>,
    /// Median of the baseline.
    base: f64,
}

/// An indicator's bands.
#[derive(Debug, Clone, PartialEq)]
pub struct LineAnswer {
    /// Indicator.
    pub indicator: String,
    /// First year; the others follow.
    pub from: i32,
    /// Its figure in the members, year by year.
    pub bands: Vec<Option<Band>>,
    /// Its difference from the same member's baseline.
    pub apart: Vec<Option<Band>>,
    /// Medians of the baseline.
    base: Vec<f64>,
}

/// What the numbers of an answer are, in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Of which ask.
    pub ticket: u64,
    /// What was wanted.
    pub wish: Wish,
    /// Members.
    pub members: usize,
    /// Targets: id, year looked at, and how many members meet it where it is judged. Six numbers each: its
    /// band, the baseline's median.
    pub targets: Vec<(String, i32, Option<usize>)>,
    /// For each year how many members meet all targets of the ask at once.
    pub joint: Vec<(i32, Option<usize>)>,
    /// Lines: indicator, first year, number of years. Eleven numbers a year: the band, that of the
    /// difference from the baseline, the baseline's median.
    pub lines: Vec<(String, i32, usize)>,
    /// Further figures: how many. Two numbers each: the median, the baseline's.
    pub figures: usize,
    /// Named worlds: id. A number for each year of each line.
    pub worlds: Vec<String>,
}

impl Answer {
    /// Of the outcome of a scenario and that of its baseline, for a wish; `joint` names the targets whose
    /// chance at once is told.
    pub fn of(
        bound: &Bound,
        (ticket, wish): (u64, &Wish),
        (outcome, baseline): (&Outcome, &Outcome),
        joint: &[String],
    ) -> Self {
        let joint: Vec<&str> = joint.iter().map(String::as_str).collect();
        let targets = outcome.targets.iter().zip(&baseline.targets);
        let lines = outcome.lines.iter().zip(&baseline.lines);
        let figures = outcome.figures.iter().zip(&baseline.figures);
        let or_none = |median: Option<f64>| median.unwrap_or(f64::NAN);
        let answer = Self {
            ticket,
            wish: wish.clone(),
            members: outcome.count,
            targets: targets
                .map(|(target, before)| TargetAnswer {
                    id: target.target.clone(),
                    year: target.year,
                    chance: target.chance(),
                    band: target.band(),
                    base: or_none(median(&before.values)),
                })
                .collect(),
            joint: years(wish, outcome)
                .map(|year| (year, outcome.joint_in(&joint, year)))
                .collect(),
            lines: lines
                .filter_map(|(line, before)| {
                    let base = before.values.iter();
                    Some(LineAnswer {
                        indicator: line.indicator.clone(),
                        from: *line.years.first()?,
                        bands: line.bands(),
                        apart: line.differences(before),
                        base: base.map(|values| or_none(median(values))).collect(),
                    })
                })
                .collect(),
            worlds: Vec::new(),
            figures: figures
                .map(|(now, before)| [now, before].map(|of| or_none(of.median())))
                .collect(),
            now: Rc::default(),
            base: Rc::default(),
        };
        answer.with_medians(bound)
    }

    /// The medians of all that is told, by key.
    fn with_medians(mut self, bound: &Bound) -> Self {
        let scope = Scope::of(bound, &self.wish);
        let mut rows: Vec<(Key, [f64; 2])> = Vec::new();
        let middle = |band: &Option<Band>| band.map_or(f64::NAN, |band| band.p50);
        for target in &self.targets {
            let record = bound.target(&target.id);
            let key = record.and_then(|record| bound.target_key(record, target.year));
            rows.extend(key.map(|key| (key, [middle(&target.band), target.base])));
        }
        for line in &self.lines {
            let medians = line.bands.iter().zip(&line.base);
            for (year, (band, base)) in (line.from..).zip(medians) {
                let key = bound.yearly_key(&line.indicator, year);
                rows.extend(key.map(|key| (key, [middle(band), *base])));
            }
        }
        rows.extend(scope.keys.into_iter().zip(self.figures.iter().copied()));
        let of = |k: usize| Medians::new(rows.iter().map(|(key, of)| (*key, of[k])).collect());
        (self.now, self.base) = (Rc::new(of(0)), Rc::new(of(1)));
        self
    }

    /// The chance and band of a target looked at in a year.
    pub fn target(&self, id: &str, year: i32) -> Option<&TargetAnswer> {
        let mut all = self.targets.iter();
        all.find(|target| target.id == id && target.year == year)
    }

    /// The chance that all targets of the ask are met at once, looked at in a year.
    pub fn joint(&self, year: i32) -> Option<Chance> {
        let (_, chance) = self.joint.iter().find(|(own, _)| *own == year)?;
        *chance
    }

    /// The bands of an indicator.
    pub fn line(&self, indicator: &str) -> Option<&LineAnswer> {
        self.lines.iter().find(|line| line.indicator == indicator)
    }

    /// For a message.
    pub fn written(&self) -> (Head, Vec<f64>) {
        let met = |chance: Chance| chance.met;
        let targets = self.targets.iter();
        let lines = self.lines.iter();
        let head = Head {
            ticket: self.ticket,
            wish: self.wish.clone(),
            members: self.members,
            targets: targets
                .map(|target| (target.id.clone(), target.year, target.chance.map(met)))
                .collect(),
            joint: self
                .joint
                .iter()
                .map(|(year, c)| (*year, c.map(met)))
                .collect(),
            lines: lines
                .map(|line| (line.indicator.clone(), line.from, line.bands.len()))
                .collect(),
            figures: self.figures.len(),
            worlds: self.worlds.iter().map(|world| world.id.clone()).collect(),
        };
        let mut numbers = Vec::new();
        for target in &self.targets {
            numbers.extend(numbers_of(target.band));
            numbers.push(target.base);
        }
        for line in &self.lines {
            let years = line.bands.iter().zip(&line.apart).zip(&line.base);
            for ((band, apart), base) in years {
                numbers.extend(numbers_of(*band));
                numbers.extend(numbers_of(*apart));
                numbers.push(*base);
            }
        }
        numbers.extend(self.figures.iter().flatten());
        for world in &self.worlds {
            numbers.extend(world.lines.iter().flatten());
        }
        (head, numbers)
    }

    /// From a message; `None` where head, numbers and pack do not fit.
    pub fn read(bound: &Bound, head: Head, numbers: &[f64]) -> Option<Self> {
        let spans: Vec<usize> = head.lines.iter().map(|(_, _, years)| *years).collect();
        let mut each = spans.iter();
        let years = each.try_fold(0_usize, |sum, years| sum.checked_add(*years))?;
        let mut parts = Parts(numbers);
        let of_targets = parts.take_rows(head.targets.len(), N_BAND + 1)?;
        let of_lines = parts.take_rows(years, 2 * N_BAND + 1)?;
        let of_figures = parts.take_rows(head.figures, 2)?;
        let mut of_worlds = Parts(parts.take_rows(head.worlds.len(), years)?);
        if !parts.0.is_empty() || head.figures != Scope::of(bound, &head.wish).keys.len() {
            return None;
        }
        let chance = |met: Option<usize>| met.and_then(|met| Chance::of(met, head.members));
        let rows = of_targets.chunks_exact(N_BAND + 1);
        let targets = head.targets.into_iter().zip(rows);
        let targets = targets.map(|((id, year, met), row)| {
            let (of_band, base) = row.split_at(N_BAND);
            TargetAnswer {
                id,
                year,
                chance: chance(met),
                band: band(of_band),
                base: base.first().copied().unwrap_or(f64::NAN),
            }
        });
        let targets = targets.collect();
        let mut rows = of_lines.chunks_exact(2 * N_BAND + 1);
        let lines = head.lines.into_iter().map(|(indicator, from, years)| {
            let own: Vec<&[f64]> = rows.by_ref().take(years).collect();
            let part = |from: usize| own.iter().map(move |row| band(&row[from..from + N_BAND]));
            LineAnswer {
                indicator,
                from,
                bands: part(0).collect(),
                apart: part(N_BAND).collect(),
                base: own.iter().map(|row| row[2 * N_BAND]).collect(),
            }
        });
        let lines = lines.collect();
        let worlds = head.worlds.into_iter().map(|id| {
            let lines = spans
                .iter()
                .map(|&years| Some(of_worlds.take(years)?.to_vec()));
            let lines = lines.collect::<Option<_>>()?;
            Some(WorldAnswer { id, lines })
        });
        let answer = Self {
            worlds: worlds.collect::<Option<_>>()?,
            ticket: head.ticket,
            wish: head.wish,
            members: head.members,
            targets,
            joint: head
                .joint
                .into_iter()
                .map(|(y, met)| (y, chance(met)))
                .collect(),
            lines,
            figures: of_figures
                .chunks_exact(2)
                .map(|pair| [pair[0], pair[1]])
                .collect(),
            now: Rc::default(),
            base: Rc::default(),
        };
        Some(answer.with_medians(bound))
    }
}

/// Years that an outcome's targets are looked at in, the wish's first.
fn years(wish: &Wish, outcome: &Outcome) -> impl Iterator<Item = i32> {
    let mut years = vec![wish.year];
    for target in &outcome.targets {
        if !years.contains(&target.year) {
            years.push(target.year);
        }
    }
    years.into_iter()
}

/// A scenario's lines in each named world: its medians, and what a run at the middle of all draws changes
/// in that world. A world whose laws cannot be read is left out.
pub fn worlds(
    bound: &Bound,
    runner: &mut Runner,
    scenario: &Scenario,
    lines: &[LineAnswer],
) -> Vec<WorldAnswer> {
    let mut run = |scenario: &Scenario| {
        let (scenario, _) = bound.clamp(scenario);
        let baseline = runner.baseline(bound, &scenario);
        runner.scenario(bound, &scenario, &baseline)
    };
    let here = run(scenario);
    let mut answers = Vec::new();
    for world in &bound.pack().world {
        let Ok(assumptions) = draws::world(bound, world, &scenario.assumptions) else {
            continue;
        };
        let there = run(&Scenario {
            levers: scenario.levers.clone(),
            assumptions,
        });
        let of_line = |line: &LineAnswer| {
            let years = (line.from..).zip(&line.bands);
            let value = |(year, band): (i32, &Option<Band>)| {
                let read = |run| bound.yearly_value(run, &line.indicator, year);
                Some(band.as_ref()?.p50 + (read(&there)? - read(&here)?))
            };
            years.map(|year| value(year).unwrap_or(f64::NAN)).collect()
        };
        answers.push(WorldAnswer {
            id: world.id.clone(),
            lines: lines.iter().map(of_line).collect(),
        });
    }
    answers
}

/// Numbers that are taken from the front.
struct Parts<'a>(&'a [f64]);

impl<'a> Parts<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [f64]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn take_rows(&mut self, count: usize, width: usize) -> Option<&'a [f64]> {
        self.take(count.checked_mul(width)?)
    }
}

/// NaN where there is none.
fn numbers_of(band: Option<Band>) -> [f64; N_BAND] {
    band.map_or([f64::NAN; N_BAND], |b| [b.p10, b.p25, b.p50, b.p75, b.p90])
}

fn band(numbers: &[f64]) -> Option<Band> {
    let &[p10, p25, p50, p75, p90] = numbers else {
        return None;
    };
    let band = Band {
        p10,
        p25,
        p50,
        p75,
        p90,
    };
    (!p10.is_nan()).then_some(band)
}
