//! Monitored targets and disagreements as rows: value, last published figure, pace, sentences.
//!
//! Made when their drawer is open, from the pack alone: no run changes them.

use super::scoreboard::actual_text;
use super::series::period_text;
use crate::text::monitored as words;
use crate::text::number;
use crate::text::sentence::{self, Measure};
use crate::text::word;
use tidemark_pack::assess::{Monitoring, Standing};
use tidemark_pack::bind::Bound;
use tidemark_pack::period::Period;
use tidemark_pack::record::{Actual, Comparator, Counted, Disagreement, Monitored, Observed};

/// A target that the model does not drive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoredRow {
    /// Id of the target.
    pub id: String,
    /// Name, with the part of the place it counts.
    pub name: String,
    /// "2027年", "2023—2027年".
    pub period: String,
    /// "≥ 100 家"
    pub target_text: String,
    /// 征求意见稿, 印发, …
    pub document_status: &'static str,
    /// "实绩 104 家（2024年，初步）"; empty where there is none.
    pub last: String,
    /// "此后每年需 +9 家", 实绩已达到, 数据不足, …
    pub standing: String,
    /// Whether there is nothing to compare with.
    pub unknown: bool,
    /// What replaced it, empty where nothing did.
    pub replaced: String,
    /// What a reader must know of the target and of its last figure.
    pub notes: Vec<String>,
    /// Source record with the sentence.
    pub source: String,
}

/// A statement of a document that another contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// "2025年130家"
    pub says: String,
    /// The sentence.
    pub quote: String,
    /// Document and its weight.
    pub document: String,
}

/// A published figure that no target stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// Key.
    pub id: String,
    /// Name, with the part of the place it counts.
    pub name: String,
    /// "实绩 1,002 家（2025年1—11月，初步）".
    pub last: String,
    /// What it counts and not, and what its last figure says.
    pub notes: Vec<String>,
}

/// Where documents do not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisagreementRow {
    /// Key.
    pub id: String,
    /// What it is about.
    pub label: String,
    /// 后来降低, 口径不同, …
    pub kind: &'static str,
    /// The statements, oldest first.
    pub statements: Vec<StatementRow>,
    /// How the pack handles it.
    pub note: String,
    /// All source records, for the cards.
    pub sources: Vec<String>,
}

/// Everything that is watched, and everything that does not fit, in the pack's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// "共74项，5项有公布的实绩，其余数据不足".
    pub count: String,
    /// Monitored targets.
    pub targets: Vec<MonitoredRow>,
    /// Figures that are published and that no target stands on.
    pub figures: Vec<FigureRow>,
    /// Disagreements.
    pub disagreements: Vec<DisagreementRow>,
}

/// The rows of a pack.
pub fn watch(bound: &Bound) -> Watch {
    let pack = bound.pack();
    let standings = bound.monitor();
    let pairs = pack.monitored.iter().zip(&standings);
    let targets: Vec<_> = pairs.filter_map(|(t, m)| row(bound, t, m)).collect();
    let known = targets.iter().filter(|row| !row.unknown).count();
    let disagreements = pack.disagreement.iter();
    Watch {
        count: words::count(targets.len(), known),
        targets,
        figures: pack
            .observed
            .iter()
            .filter_map(|o| figure(bound, o))
            .collect(),
        disagreements: disagreements.map(|d| disagreement(bound, d)).collect(),
    }
}

/// `None` for a figure that a target stands on, or that was never published.
fn figure(bound: &Bound, observed: &Observed) -> Option<FigureRow> {
    let mut targets = bound.pack().monitored.iter();
    if targets.any(|target| target.indicator == observed.id) {
        return None;
    }
    let of_it = bound
        .actuals()
        .iter()
        .filter(|a| a.indicator == observed.id);
    let actual = of_it.max_by_key(|a| Period::parse(&a.period))?;
    let (name, measure) = measured(bound, &observed.id)?;
    let notes = [observed.definition.clone(), actual.note.clone()];
    Some(FigureRow {
        id: observed.id.clone(),
        name,
        last: last(actual, measure),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
    })
}

/// "实绩 104 家（2024年，初步）".
fn last(actual: &Actual, measure: Measure<'_>) -> String {
    let value = actual_text(actual, measure);
    let period = period_text(&actual.period);
    words::last(&value, &period, word::firmness(actual.status))
}

/// Name, unit and digits of what a monitored target counts.
fn measured<'a>(bound: &'a Bound, id: &str) -> Option<(String, Measure<'a>)> {
    if let Some(observed) = bound.observed(id) {
        let name = match observed.part.as_str() {
            "" => observed.label.zh.clone(),
            part => words::of_part(part, &observed.label.zh),
        };
        let (unit, decimals) = (observed.unit.as_str(), observed.decimals);
        return Some((name, Measure { unit, decimals }));
    }
    let indicator = bound.indicator(id)?;
    let (unit, decimals) = (indicator.unit.as_str(), indicator.decimals);
    Some((indicator.label.zh.clone(), Measure { unit, decimals }))
}

/// `None` for a target whose figure the pack does not have (refused when the pack is read).
fn row(bound: &Bound, target: &Monitored, found: &Monitoring) -> Option<MonitoredRow> {
    let (name, measure) = measured(bound, &target.indicator)?;
    let actual = found.last.and_then(|k| bound.actuals().get(k));
    let last = actual.map(|actual| self::last(actual, measure));
    let note = actual.map(|actual| actual.note.clone());
    let notes = [target.note.clone()].into_iter().chain(note);
    let source = bound.source(&target.source);
    Some(MonitoredRow {
        id: target.id.clone(),
        name: match target.label.as_str() {
            "" => name,
            label => label.to_owned(),
        },
        period: sentence::years(target.from, target.to),
        target_text: wanted(target.comparator, target.value, measure),
        document_status: source.map_or("", |s| word::document(s.status).0),
        last: last.unwrap_or_default(),
        standing: standing(found, target.counted, measure),
        unknown: found.standing == Standing::NoData,
        replaced: replaced(bound, &target.id),
        notes: notes.filter(|note| !note.is_empty()).collect(),
        source: target.source.clone(),
    })
}

/// "≥ 3.75%", to as many digits as the document prints.
fn wanted(comparator: Comparator, value: f64, measure: Measure<'_>) -> String {
    let decimals = number::telling_decimals(value, 0.0, measure.decimals);
    let number = number::trimmed(&number::fixed(value, decimals));
    let text = number::with_unit(&number, measure.unit);
    format!("{} {text}", word::comparator(comparator))
}

fn standing(found: &Monitoring, counted: Counted, measure: Measure<'_>) -> String {
    match found.standing {
        Standing::NoData => words::NO_DATA.to_owned(),
        Standing::Met => words::MET.to_owned(),
        Standing::Missed => words::MISSED.to_owned(),
        Standing::Lapsed => words::LAPSED.to_owned(),
        Standing::Open {
            needed_per_year: Some(needed),
        } => words::needed(needed, measure),
        Standing::Open {
            needed_per_year: None,
        } if counted == Counted::Yearly => words::EVERY_YEAR.to_owned(),
        Standing::Open {
            needed_per_year: None,
        } => words::NO_DATA.to_owned(),
    }
}

/// "后被2027年 ≥ 100 家取代", of whichever kind the later target is.
fn replaced(bound: &Bound, id: &str) -> String {
    let mut later = bound.pack().monitored.iter();
    let Some(by) = later.find(|t| t.supersedes == id) else {
        return String::new();
    };
    let Some((_, measure)) = measured(bound, &by.indicator) else {
        return String::new();
    };
    let text = wanted(by.comparator, by.value, measure);
    let period = sentence::years(by.from, by.to);
    words::replaced(&format!("{period} {text}"))
}

fn disagreement(bound: &Bound, record: &Disagreement) -> DisagreementRow {
    let statements = record.statement.iter().filter_map(|statement| {
        let source = bound.source(&statement.source)?;
        let (status, _) = word::document(source.status);
        Some(StatementRow {
            says: statement.says.clone(),
            quote: source.quote.clone(),
            document: format!("{} · {status}", source.document),
        })
    });
    let mut sources: Vec<String> = Vec::new();
    for statement in &record.statement {
        if !sources.contains(&statement.source) {
            sources.push(statement.source.clone());
        }
    }
    DisagreementRow {
        id: record.id.clone(),
        label: record.label.clone(),
        kind: words::kind(record.kind),
        statements: statements.collect(),
        note: record.note.clone(),
        sources,
    }
}
