//! What an ask comes to, and its way through a message: a head and a row of numbers.

use crate::protocol::Head;
use tidemark_reach::outcome::{Band, Chance, Outcome};

/// Numbers of a band.
const N_BAND: usize = 5;

/// Chances of targets and bands of lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Of which ask.
    pub ticket: u64,
    /// Members.
    pub members: usize,
    /// One for each target of the pack.
    pub targets: Vec<TargetAnswer>,
    /// Chance that all targets of the ask are met at once.
    pub joint: Option<Chance>,
    /// One for each indicator of the ask.
    pub lines: Vec<LineAnswer>,
    /// One for each world of the pack.
    pub worlds: Vec<WorldAnswer>,
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
    /// Share of the members that meet it; none where it is not judged.
    pub chance: Option<Chance>,
    /// Its figure in the members.
    pub band: Option<Band>,
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
}

impl Answer {
    /// Of the outcome of a scenario and that of its baseline.
    pub fn of(
        ticket: u64,
        outcomes: (&Outcome, &Outcome),
        joint: &[String],
        lines: &[String],
    ) -> Self {
        let (outcome, baseline) = outcomes;
        let joint: Vec<&str> = joint.iter().map(String::as_str).collect();
        let targets = outcome.targets.iter().map(|target| TargetAnswer {
            id: target.target.clone(),
            chance: target.chance(),
            band: target.band(),
        });
        let lines = lines.iter().filter_map(|indicator| {
            let (line, before) = (outcome.line(indicator)?, baseline.line(indicator)?);
            Some(LineAnswer {
                indicator: indicator.clone(),
                from: *line.years.first()?,
                bands: line.bands(),
                apart: line.differences(before),
            })
        });
        Self {
            ticket,
            members: outcome.count,
            targets: targets.collect(),
            joint: outcome.joint(&joint),
            lines: lines.collect(),
            worlds: Vec::new(),
        }
    }

    /// The chance and band of a target.
    pub fn target(&self, id: &str) -> Option<&TargetAnswer> {
        self.targets.iter().find(|target| target.id == id)
    }

    /// The bands of an indicator.
    pub fn line(&self, indicator: &str) -> Option<&LineAnswer> {
        self.lines.iter().find(|line| line.indicator == indicator)
    }

    /// For a message.
    pub fn written(&self) -> (Head, Vec<f64>) {
        let met = |chance: Chance| libm::round(chance.share * self.members as f64) as usize;
        let targets = self.targets.iter();
        let lines = self.lines.iter();
        let head = Head {
            ticket: self.ticket,
            members: self.members,
            targets: targets
                .map(|target| (target.id.clone(), target.chance.map(met)))
                .collect(),
            joint: self.joint.map(met),
            lines: lines
                .map(|line| (line.indicator.clone(), line.from, line.bands.len()))
                .collect(),
            worlds: self.worlds.iter().map(|world| world.id.clone()).collect(),
        };
        let mut numbers = Vec::new();
        for target in &self.targets {
            numbers.extend(numbers_of(target.band));
        }
        for line in &self.lines {
            for (band, apart) in line.bands.iter().zip(&line.apart) {
                numbers.extend(numbers_of(*band));
                numbers.extend(numbers_of(*apart));
            }
        }
        for world in &self.worlds {
            numbers.extend(world.lines.iter().flatten());
        }
        (head, numbers)
    }

    /// From a message; `None` where head and numbers do not fit.
    pub fn read(head: Head, numbers: &[f64]) -> Option<Self> {
        let years: usize = head.lines.iter().map(|(_, _, years)| *years).sum();
        let n_bands = N_BAND * (head.targets.len() + 2 * years);
        let (numbers, of_worlds) = numbers.split_at_checked(n_bands)?;
        if of_worlds.len() != years * head.worlds.len() {
            return None;
        }
        let spans: Vec<usize> = head.lines.iter().map(|(_, _, years)| *years).collect();
        let chance = |met: Option<usize>| met.and_then(|met| Chance::of(met, head.members));
        let mut bands = numbers.chunks_exact(N_BAND).map(band);
        let targets = head.targets.into_iter().map(|(id, met)| TargetAnswer {
            id,
            chance: chance(met),
            band: bands.next().flatten(),
        });
        let targets = targets.collect();
        let lines = head.lines.into_iter().map(|(indicator, from, years)| {
            let pairs = (0..years).map(|_| (bands.next().flatten(), bands.next().flatten()));
            let (bands, apart) = pairs.unzip();
            LineAnswer {
                indicator,
                from,
                bands,
                apart,
            }
        });
        let lines = lines.collect();
        let mut left = of_worlds;
        let worlds = head.worlds.into_iter().map(|id| {
            let lines = spans.iter().map(|&years| {
                let (line, rest) = left.split_at(years.min(left.len()));
                left = rest;
                line.to_vec()
            });
            let lines = lines.collect();
            WorldAnswer { id, lines }
        });
        Some(Self {
            worlds: worlds.collect(),
            ticket: head.ticket,
            members: head.members,
            targets,
            joint: chance(head.joint),
            lines,
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_survives_its_message() {
        let band = |p50: f64| Band {
            p10: p50 - 2.0,
            p25: p50 - 1.0,
            p50,
            p75: p50 + 1.0,
            p90: p50 + 2.0,
        };
        let answer = Answer {
            ticket: 7,
            members: 1000,
            targets: vec![
                TargetAnswer {
                    id: "a".to_owned(),
                    chance: Chance::of(333, 1000),
                    band: Some(band(3.0)),
                },
                TargetAnswer {
                    id: "b".to_owned(),
                    chance: None,
                    band: None,
                },
            ],
            joint: Chance::of(0, 1000),
            worlds: vec![WorldAnswer {
                id: "w".to_owned(),
                lines: vec![vec![1.5, 2.5]],
            }],
            lines: vec![LineAnswer {
                indicator: "x".to_owned(),
                from: 2026,
                bands: vec![Some(band(0.1)), None],
                apart: vec![None, Some(band(-0.3))],
            }],
        };
        let (head, numbers) = answer.written();
        assert_eq!(numbers.len(), 32);
        assert_eq!(Answer::read(head.clone(), &numbers), Some(answer));
        assert_eq!(Answer::read(head, &numbers[1..]), None);
    }
}
