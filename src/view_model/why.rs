//! The panel 为什么 as rows: a waterfall of levers' shares, a ratio told apart, what would help next, the
//! ways of the levers ([`path`]), why the figure is not certain ([`drivers`]).

pub mod drivers;
pub mod path;

use super::scenario::pack_scenario;
use super::scoreboard;
use super::solver::Money;
use crate::inquiry::{self, Stage, Standing};
use crate::protocol::inquiry::{Because, Next, Question, Why};
use crate::state::{AppState, MEMBERS, WhyOf};
use crate::text::number;
use crate::text::sentence::{self, Measure};
use crate::text::why as words;
use tidemark_engine::sort_short;
use tidemark_pack::assess::Held;
use tidemark_pack::bind::Bound;
use tidemark_pack::reading::Span;
use tidemark_pack::record::{Comparator, Indicator, Lever, Reading};

/// Shares that have a bar of their own.
const MOST_BARS: usize = 10;
/// Levers listed as what would help next.
const MOST_NEXT: usize = 6;

/// A figure that is explained.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// Which.
    pub of: WhyOf,
    /// Indicator.
    pub indicator: &'a Indicator,
    /// How years are read.
    pub at: Reading,
    /// Years.
    pub span: Span,
    /// Whether less is better.
    pub less_is_better: bool,
    /// Id of the target; empty for a chart's indicator.
    pub target: String,
    /// "2027年研发强度"
    pub label: String,
    /// How it is shown.
    pub measure: Measure<'a>,
}

/// What a position stands for; `None` for one the pack does not have.
pub fn subject<'a>(bound: &'a Bound, state: &AppState, of: WhyOf) -> Option<Subject<'a>> {
    let pack = bound.pack();
    match of {
        WhyOf::Target(k) => {
            let target = pack.target.get(k)?;
            let indicator = bound.indicator(&target.indicator)?;
            let (held, span) = bound.held(target, state.view.year);
            Some(Subject {
                of,
                indicator,
                at: target.at,
                span,
                less_is_better: target.comparator == Comparator::AtMost,
                target: target.id.clone(),
                label: match held {
                    Held::Other => {
                        format!("{}{}", sentence::years(span.to, span.to), indicator.short)
                    }
                    Held::Own | Held::Aside => super::solver::target_label(target, indicator),
                },
                measure: scoreboard::measure(target, indicator),
            })
        }
        WhyOf::Figure(k) => {
            let indicator = bound.indicator(&pack.figure.get(k)?.indicator)?;
            let year = state.view.year;
            Some(Subject {
                of,
                indicator,
                at: indicator.at,
                span: Span::year(year),
                less_is_better: false,
                target: String::new(),
                label: format!("{}{}", sentence::years(year, year), indicator.short),
                measure: Measure {
                    unit: &indicator.unit,
                    decimals: indicator.decimals,
                },
            })
        }
    }
}

/// Tells one figure of one year under one scenario from any other; never 0.
pub fn ticket(of: WhyOf, (generation, year): (u64, i32)) -> u64 {
    let place = match of {
        WhyOf::Target(k) => 2 * k,
        WhyOf::Figure(k) => 2 * k + 1,
    };
    // Years of a pack lie within a few decades.
    let year = u64::from(year.unsigned_abs() % 256);
    (generation << 24) + (year << 16) + place as u64 + 1
}

/// The question that the panel asks.
pub fn question(bound: &Bound, state: &AppState, of: WhyOf) -> Option<Question> {
    let subject = subject(bound, state, of)?;
    Some(Question::Why(Why {
        now: inquiry::settings(&pack_scenario(bound, state)),
        indicator: subject.indicator.id.clone(),
        target: subject.target,
        years: (subject.span.from, subject.span.to),
        // More would need draws that the page reads on demand only.
        members: state.members.min(MEMBERS),
    }))
}

/// A bar of the waterfall; places are fractions of the width.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Name.
    pub label: String,
    /// "+0.12 个百分点", for ends the value.
    pub value: String,
    /// "±0.01"; empty where exact.
    pub error: String,
    /// Left end.
    pub from: f64,
    /// Right end; that of `from` for the ends of the way.
    pub to: f64,
    /// `end`, `up` or `down`: CSS class.
    pub class: &'static str,
}

/// A lever that would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextRow {
    /// Name.
    pub label: String,
    /// "13.2%"
    pub tried: String,
    /// "+0.02 个百分点"
    pub change: String,
    /// What it costs more.
    pub cost: String,
    /// Change for one unit of money; empty where it costs nothing.
    pub per_money: String,
}

/// The panel.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyView {
    /// Which figure.
    pub of: WhyOf,
    /// Its name.
    pub label: String,
    /// All that may be chosen.
    pub choices: Vec<(WhyOf, String)>,
    /// What must be said instead of an answer, empty for nothing.
    pub notice: String,
    /// That it is of fewer members than the page's numbers; empty where it is of the same.
    pub fewer: String,
    /// Sentences of the whole and its largest share.
    pub sentences: Vec<String>,
    /// Waterfall, empty where nothing moved.
    pub bars: Vec<Bar>,
    /// How shares are made.
    pub method: &'static str,
    /// Sentence of a ratio, empty for none.
    pub split: String,
    /// What would help next, the most helpful first.
    pub next: Vec<NextRow>,
    /// Sentences of these.
    pub next_sentences: Vec<String>,
    /// "亿元"
    pub money_unit: String,
    /// Year of the figure.
    pub year: i32,
    /// The ways of the levers.
    pub paths: Vec<path::PathView>,
    /// What is said where there is none, or none yet.
    pub no_paths: &'static str,
    /// Sentence of what the spread is made of, or of why it is not told.
    pub spread: String,
    /// What it is made of.
    pub drivers: Vec<Bar>,
}

/// The panel of a position; `None` where the pack does not have it.
pub fn view(bound: &Bound, state: &AppState, of: WhyOf, standing: &Standing) -> Option<WhyView> {
    let subject = subject(bound, state, of)?;
    let is_own = standing.question.as_deref() == question(bound, state, of).as_ref();
    let because = standing.because.as_deref().filter(|_| is_own);
    let notice = match &standing.stage {
        Stage::Failed(why) if is_own => words::failed(why),
        _ if because.is_none() => words::BUSY.to_owned(),
        _ => String::new(),
    };
    let money = Money::of(bound);
    let reader = Reader {
        bound,
        subject: &subject,
        money: &money,
    };
    let mut view = WhyView {
        of,
        label: subject.label.clone(),
        choices: choices(bound, state),
        notice,
        fewer: super::solver::fewer(state),
        sentences: Vec::new(),
        bars: Vec::new(),
        method: "",
        split: String::new(),
        next: Vec::new(),
        next_sentences: Vec::new(),
        money_unit: money.unit.clone(),
        year: subject.span.to,
        paths: Vec::new(),
        no_paths: words::BUSY,
        spread: words::BUSY.to_owned(),
        drivers: Vec::new(),
    };
    if let Some(because) = because {
        reader.fill(&mut view, because);
    }
    if let Some(paths) = standing.paths.as_deref().filter(|_| is_own) {
        view.paths = path::paths(bound, &subject, paths);
        view.no_paths = words::NO_PATHS;
    }
    match standing.drivers.as_deref() {
        Some(drivers) => (view.spread, view.drivers) = drivers::drivers(&subject, drivers),
        None if standing.stage == Stage::Done => view.spread = words::NO_SPREAD.to_owned(),
        None => {}
    }
    Some(view)
}

/// A change with its sign, to as many digits as tell it from nothing.
pub(super) fn exact(measure: Measure<'_>, value: f64) -> String {
    if value == 0.0 {
        return words::UNCHANGED.to_owned();
    }
    let decimals = number::telling_decimals(value.abs(), 0.0, measure.decimals);
    let unit = number::difference_unit(measure.unit);
    number::with_unit(&number::signed(value, decimals), unit)
}

/// A small change with its sign, to two digits that count.
fn fine(value: f64, unit: &str) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    let text = format!("{sign}{}", number::significant(value, 2));
    number::with_unit(&text, number::difference_unit(unit))
}

/// Targets that are judged or shown on tiles, then charts.
fn choices(bound: &Bound, state: &AppState) -> Vec<(WhyOf, String)> {
    let pack = bound.pack();
    let targets = (0..pack.target.len()).map(WhyOf::Target);
    let figures = (0..pack.figure.len()).map(WhyOf::Figure);
    let mut all: Vec<(WhyOf, String)> = Vec::new();
    for of in targets.chain(figures) {
        if let Some(subject) = subject(bound, state, of)
            && !all.iter().any(|(_, label)| *label == subject.label)
        {
            all.push((of, subject.label));
        }
    }
    all
}

struct Reader<'a> {
    bound: &'a Bound,
    subject: &'a Subject<'a>,
    money: &'a Money,
}

impl Reader<'_> {
    fn fill(&self, view: &mut WhyView, because: &Because) {
        let measure = self.subject.measure;
        let whole = because.with_all - because.without;
        view.sentences.push(words::whole(
            &self.subject.label,
            &measure.telling(Some(because.without), because.with_all),
            &measure.telling(Some(because.with_all), because.without),
            &self.exact(whole),
        ));
        if because.parts.is_empty() {
            view.sentences = vec![words::NOTHING_MOVED.to_owned()];
        } else {
            self.shares(view, because, whole);
        }
        view.split = because
            .split
            .filter(|_| whole != 0.0)
            .map_or(String::new(), |split| self.split(split));
        self.next(view, &because.next);
    }

    fn shares(&self, view: &mut WhyView, because: &Because, whole: f64) {
        let measure = self.subject.measure;
        let mut parts: Vec<_> = because.parts.iter().collect();
        sort_short(&mut parts, |a, b| b.share.abs().total_cmp(&a.share.abs()));
        if let Some(part) = parts.first().filter(|part| part.share != 0.0) {
            let same_way = part.share * whole > 0.0 && part.share.abs() <= whole.abs();
            let percent = number::with_unit(&number::fixed(part.share / whole * 100.0, 0), "%");
            let percent = same_way.then_some(percent.as_str());
            let name = self.lever(&part.lever).map_or("", |l| &l.label.zh);
            let share = self.exact(part.share);
            view.sentences.push(words::largest(name, &share, percent));
        }
        if measure.change(because.remainder).is_some() {
            view.sentences
                .push(words::remainder(&self.exact(because.remainder)));
        }
        view.sentences
            .push(if measure.change(because.interaction).is_some() {
                let size = measure.difference(because.interaction);
                words::interaction(&size, because.interaction > 0.0)
            } else {
                words::NO_INTERACTION.to_owned()
            });
        let is_sampled = parts.iter().any(|part| part.error > 0.0);
        view.method = if is_sampled {
            words::SAMPLED
        } else {
            words::EXACT
        };
        view.bars = self.bars(because, &parts);
    }

    fn bars(&self, because: &Because, parts: &[&crate::protocol::inquiry::Part]) -> Vec<Bar> {
        let (own, rest) = parts.split_at(parts.len().min(MOST_BARS));
        let mut steps: Vec<(String, f64, f64)> = own
            .iter()
            .map(|part| {
                let name = self.lever(&part.lever).map_or("", |l| &l.label.zh);
                (name.to_owned(), part.share, part.error)
            })
            .collect();
        if !rest.is_empty() {
            let sum = rest.iter().map(|part| part.share).sum();
            let squares: f64 = rest.iter().map(|part| part.error * part.error).sum();
            steps.push((words::others(rest.len()), sum, squares.sqrt()));
        }
        // The shares are one run's, the ends are medians: what is left has a bar of its own.
        if because.remainder != 0.0 {
            steps.push((words::REMAINDER.to_owned(), because.remainder, 0.0));
        }
        let mut at = because.without;
        let mut ways = Vec::new();
        for (label, share, error) in steps {
            ways.push((label, at, at + share, error));
            at += share;
        }
        let ends = [because.without, because.with_all];
        let all = ways
            .iter()
            .flat_map(|(_, from, to, _)| [*from, *to])
            .chain(ends);
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
            (low.min(v), high.max(v))
        });
        let place = |value: f64| match high - low {
            room if room > 0.0 => 0.02 + 0.96 * (value - low) / room,
            _ => 0.5,
        };
        let end = |label: &str, value: f64| Bar {
            label: label.to_owned(),
            value: self.subject.measure.value(Some(value)),
            error: String::new(),
            from: place(value),
            to: place(value),
            class: "end",
        };
        let mut bars = vec![end(words::START, because.without)];
        bars.extend(ways.into_iter().map(|(label, from, to, error)| Bar {
            label,
            value: self.exact(to - from),
            error: self.error(error),
            from: place(from.min(to)),
            to: place(from.max(to)),
            class: if to >= from { "up" } else { "down" },
        }));
        bars.push(end(words::END, because.with_all));
        bars
    }

    fn exact(&self, value: f64) -> String {
        exact(self.subject.measure, value)
    }

    fn error(&self, error: f64) -> String {
        if error == 0.0 {
            return String::new();
        }
        format!("±{}", number::significant(error, 1))
    }

    fn lever(&self, id: &str) -> Option<&Lever> {
        self.bound.lever(id)
    }

    fn split(&self, (above, below): (f64, f64)) -> String {
        let indicator = self.subject.indicator;
        let plain = |variable: &str| {
            let mut all = self.bound.pack().indicator.iter();
            let found = all.find(|i| i.variable == variable && i.denominator.is_empty());
            found.map_or("", |i| i.short.as_str())
        };
        let names = (plain(&indicator.variable), plain(&indicator.denominator));
        let (above, below) = (self.exact(above), self.exact(below));
        words::split((names.0, &above), (names.1, &below))
    }

    fn next(&self, view: &mut WhyView, next: &[Next]) {
        view.next = next
            .iter()
            .take(MOST_NEXT)
            .filter_map(|next| self.next_row(next))
            .collect();
        if let Some(first) = view.next.first() {
            let said = words::best_effort(
                &first.label,
                &first.tried,
                &self.subject.label,
                &first.change,
            );
            view.next_sentences.push(said);
        }
        let per = |next: &Next| next.change.abs() / next.cost;
        let paid = next.iter().filter(|n| self.is_paid(n));
        let best = paid.max_by(|a, b| per(a).total_cmp(&per(b)));
        if let Some(best) = best.and_then(|best| self.next_row(best)) {
            let said = words::best_money(&best.label, &best.per_money, &self.money.unit);
            view.next_sentences.push(said);
        }
    }

    fn is_paid(&self, next: &Next) -> bool {
        next.cost > 0.0 && self.money.shows(next.cost)
    }

    fn next_row(&self, next: &Next) -> Option<NextRow> {
        let lever = self.lever(&next.lever)?;
        let measure = Measure {
            unit: &lever.unit,
            decimals: lever.decimals,
        };
        let (cost, per_money) = match self.is_paid(next) {
            true => {
                let per = next.change / (next.cost / self.money.scale);
                (self.money.text(next.cost), self.fine(per))
            }
            false => (words::FREE.to_owned(), String::new()),
        };
        Some(NextRow {
            label: lever.label.zh.clone(),
            tried: measure.value(Some(next.tried)),
            change: self.fine(next.change),
            cost,
            per_money,
        })
    }

    fn fine(&self, value: f64) -> String {
        fine(value, self.subject.measure.unit)
    }
}
