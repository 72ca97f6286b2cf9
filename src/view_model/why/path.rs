//! The ways from levers to a figure as rows: what lies between, how much it moves, when.

use super::{Subject, exact, fine};
use crate::protocol::ways::{Path, Step};
use crate::text::why as words;
use tidemark_pack::anchor;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Indicator, Lever};

/// Steps of a way from which on those between that the pack does not name are folded.
const MANY_STEPS: usize = 8;
/// Steps between lever and figure that the sentence names: those that take longest.
const MOST_SAID: usize = 3;

/// A name with its place in the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Name.
    pub label: String,
    /// Anchor.
    pub anchor: String,
}

/// A step of a way.
#[derive(Debug, Clone, PartialEq)]
pub struct PathStep {
    /// What moves.
    pub what: Linked,
    /// "+3.1 亿元"
    pub change: String,
    /// "2028年"; empty where it has no half.
    pub half: String,
    /// "存量，约 1.6 年"; empty where it follows at once.
    pub memory: String,
    /// Folded steps before it.
    pub through: Vec<Linked>,
    years: f64,
    is_plain: bool,
}

/// A way.
#[derive(Debug, Clone, PartialEq)]
pub struct PathView {
    /// "财政科技支出计划增速 +2.0 个百分点"
    pub title: String,
    /// Whether the scenario has moved the lever.
    pub is_moved: bool,
    /// What it changes in the figure.
    pub change: String,
    /// The way in a sentence.
    pub sentence: String,
    /// From the lever to the figure.
    pub steps: Vec<PathStep>,
}

/// The ways that were found, in their order; of levers that were not moved only those whose effect
/// shows.
pub fn paths(bound: &Bound, subject: &Subject<'_>, paths: &[Path]) -> Vec<PathView> {
    let reader = Reader {
        bound,
        subject,
        paths,
    };
    let shows = |path: &&Path| {
        let text = exact(subject.measure, path.change);
        path.is_moved || text.contains(|c: char| ('1'..='9').contains(&c))
    };
    let of = |path: &Path| Some(reader.view(bound.lever(&path.lever)?, path));
    paths.iter().filter(shows).filter_map(of).collect()
}

struct Reader<'a> {
    bound: &'a Bound,
    subject: &'a Subject<'a>,
    paths: &'a [Path],
}

impl Reader<'_> {
    fn view(&self, lever: &Lever, path: &Path) -> PathView {
        let subject = self.subject;
        let change = fine(path.change, subject.measure.unit);
        let mut steps = vec![first(lever, path)];
        let mut through = Vec::new();
        for (k, step) in path.steps.iter().enumerate() {
            let named = self.named(&step.name);
            let is_last = k + 1 == path.steps.len();
            let is_key = named.is_some() || step.memory.is_some() || step.is_stock || is_last;
            let row = self.row(named, step);
            if !is_last && row.what.label == lever.label.zh {
                continue;
            }
            if path.steps.len() > MANY_STEPS && !is_key {
                through.push(row.what);
            } else {
                let through = std::mem::take(&mut through);
                steps.push(PathStep { through, ..row });
            }
        }
        last(subject, &change, &mut steps);
        let by = (subject.span.to, path.last_year);
        PathView {
            title: format!("{} {}", lever.label.zh, steps[0].change),
            is_moved: path.is_moved,
            sentence: words::path(&chain(&steps), by, path.so_far, path.share),
            change,
            steps,
        }
    }

    /// The indicator that is a variable and nothing else.
    fn named(&self, variable: &str) -> Option<&Indicator> {
        let mut all = self.bound.pack().indicator.iter();
        all.find(|i| i.variable == variable && i.denominator.is_empty())
    }

    /// What the model calls a variable.
    fn label(&self, step: &Step) -> String {
        let label = words::named(&step.doc, &step.name, false);
        let mut all = self.paths.iter().flat_map(|path| &path.steps);
        let is_other = |other: &Step| {
            other.name != step.name && words::named(&other.doc, &other.name, false) == label
        };
        match all.any(is_other) {
            true => words::named(&step.doc, &step.name, true),
            false => label,
        }
    }

    fn row(&self, named: Option<&Indicator>, step: &Step) -> PathStep {
        let (label, change) = match named {
            Some(indicator) => (
                indicator.label.zh.clone(),
                fine(step.change / indicator.scale, &indicator.unit),
            ),
            None => (
                self.label(step),
                fine(step.change, words::plain_unit(&step.unit)),
            ),
        };
        PathStep {
            what: Linked {
                label,
                anchor: anchor::variable(&step.name),
            },
            change,
            half: step.half.map(words::half).unwrap_or_default(),
            memory: words::memory(step.memory, step.is_stock),
            through: Vec::new(),
            years: step.memory.unwrap_or(0.0),
            is_plain: words::plain_unit(&step.unit).is_empty() && named.is_none(),
        }
    }
}

/// Lever and figure and some that lie between: those that take longest, then those nearest to the
/// figure; a number without a unit says nothing to most readers.
fn chain(steps: &[PathStep]) -> Vec<String> {
    let end = steps.len() - 1;
    let mut said: Vec<usize> = Vec::new();
    for k in (1..end).rev().filter(|&k| !steps[k].is_plain) {
        let place = said.partition_point(|&other| steps[other].years >= steps[k].years);
        said.insert(place, k);
    }
    said.truncate(MOST_SAID);
    let said = (0..=end).filter(|k| *k == 0 || *k == end || said.contains(k));
    let of = |k: usize| {
        let step = &steps[k];
        words::step(&step.what.label, &step.change, &step.half)
    };
    said.map(of).collect()
}

fn first(lever: &Lever, path: &Path) -> PathStep {
    PathStep {
        what: Linked {
            label: lever.label.zh.clone(),
            anchor: anchor::lever(&lever.id),
        },
        change: fine(path.moved, &lever.unit),
        half: String::new(),
        memory: String::new(),
        through: Vec::new(),
        years: 0.0,
        is_plain: false,
    }
}

/// The figure itself: in place of its own variable, or after what is divided.
fn last(subject: &Subject<'_>, change: &str, steps: &mut Vec<PathStep>) {
    let end = match subject.indicator.denominator.as_str() {
        "" => steps.pop(),
        _ => steps.last().map(|last| PathStep {
            memory: String::new(),
            through: Vec::new(),
            years: 0.0,
            ..last.clone()
        }),
    };
    steps.extend(end.map(|end| PathStep {
        what: Linked {
            label: subject.label.clone(),
            anchor: anchor::indicator(&subject.indicator.id),
        },
        change: change.to_owned(),
        ..end
    }));
}
