//! How far each lever alone, and all together, move the headline indicator inside their safe ranges.

use crate::protocol::Leverage;
use tidemark_engine::exec::Run;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::Lever;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::{LeverSetting, Scenario};

/// A survey on its way, a lever at a time.
#[derive(Debug)]
pub struct Survey {
    runner: Runner,
    baseline: Run,
    indicator: String,
    years: [i32; 2],
    /// Better ends found so far.
    together: Scenario,
    found: Vec<(String, [f64; 2])>,
    next: usize,
}

impl Survey {
    /// Of the first tile's indicator in the first and third reading year; `None` where the pack has no
    /// tile or the model cannot be run.
    pub fn begin(bound: &Bound, program: &Program) -> Option<Self> {
        let pack = bound.pack();
        let tiles = pack.target.iter().filter(|target| target.tile > 0);
        let headline = tiles.min_by_key(|target| target.tile)?;
        let years = &pack.meta.reading_years;
        let mut runner = Runner::prepare(bound, program).ok()?;
        let baseline = runner.baseline(bound, &Scenario::baseline());
        Some(Self {
            runner,
            baseline,
            indicator: headline.indicator.clone(),
            years: [*years.first()?, *years.get(2).or(years.last())?],
            together: Scenario::default(),
            found: Vec::new(),
            next: 0,
        })
    }

    /// Tries the next lever; gives what was found once all were tried.
    pub fn advance(&mut self, bound: &Bound) -> Option<Leverage> {
        if let Some(lever) = bound.pack().lever.get(self.next) {
            self.next += 1;
            self.one(bound, lever);
            return None;
        }
        let together = self.together.clone();
        Some(Leverage {
            indicator: self.indicator.clone(),
            years: self.years,
            levers: std::mem::take(&mut self.found),
            together: self.change(bound, &together),
        })
    }

    /// The end of the safe range that moves the indicator further up.
    fn one(&mut self, bound: &Bound, lever: &Lever) {
        let Some(default) = bound.default_setting(&lever.id) else {
            return;
        };
        let mut best: Option<(LeverSetting, [f64; 2])> = None;
        for value in [lever.safe.min, lever.safe.max] {
            let setting = LeverSetting { value, ..default };
            let mut scenario = Scenario::default();
            scenario.levers.insert(lever.id.clone(), setting);
            let change = self.change(bound, &scenario);
            if best.is_none_or(|(_, known)| change[1] > known[1]) {
                best = Some((setting, change));
            }
        }
        if let Some((setting, change)) = best {
            self.together.levers.insert(lever.id.clone(), setting);
            self.found.push((lever.id.clone(), change));
        }
    }

    /// From the baseline, in both years; 0 where there is no figure.
    fn change(&mut self, bound: &Bound, scenario: &Scenario) -> [f64; 2] {
        let (scenario, _) = bound.clamp(scenario);
        let run = self.runner.scenario(bound, &scenario, &self.baseline);
        self.years.map(|year| {
            let read = |run| bound.yearly_value(run, &self.indicator, year);
            let (now, before) = (read(&run), read(&self.baseline));
            now.zip(before).map_or(0.0, |(now, before)| now - before)
        })
    }
}
