//! Source records as cards: the sentence, its document, its weight, and what stands on it.

use super::rows::SourceCard;
use super::scoreboard;
use crate::text::sentence;
use crate::text::target as words;
use crate::text::word;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Source, Target};

/// The cards of those source ids, in their order; ids the pack does not have are left out.
pub fn cards(bound: &Bound, ids: &[String]) -> Vec<SourceCard> {
    let sources = ids.iter().filter_map(|id| bound.source(id));
    sources.map(|source| card(bound, source)).collect()
}

fn card(bound: &Bound, source: &Source) -> SourceCard {
    let (status, status_class) = word::document(source.status);
    let origin = [&source.office, &source.number, &source.date];
    let known = origin.into_iter().filter(|part| !part.is_empty());
    let targets = bound.pack().target.iter().filter(|t| t.source == source.id);
    SourceCard {
        id: source.id.clone(),
        document: source.document.clone(),
        origin: known.map(String::as_str).collect::<Vec<_>>().join(" · "),
        status,
        status_class,
        locator: source.locator.clone(),
        quote: source.quote.clone(),
        notes: targets.flat_map(|target| notes(bound, target)).collect(),
    }
}

/// What the sentence is used for, what it replaces, and how it is read.
fn notes(bound: &Bound, target: &Target) -> Vec<String> {
    let mut notes = vec![words::used_for(&wording(bound, target))];
    if let Some(old) = bound.target(&target.supersedes) {
        notes.push(words::replaces(&wording(bound, old)));
    }
    if !target.note.is_empty() {
        notes.push(words::read_as(&target.note));
    }
    notes
}

/// "R&D经费支出占GDP比重 2027年 ≥ 3.75%".
fn wording(bound: &Bound, target: &Target) -> String {
    let period = sentence::years(target.from, target.to);
    let sign = word::comparator(target.comparator);
    let Some(indicator) = bound.indicator(&target.indicator) else {
        return format!("{} {period} {sign} {}", target.indicator, target.value);
    };
    let value = scoreboard::measure(target, indicator).value(Some(target.value));
    format!("{} {period} {sign} {value}", indicator.label.zh)
}
