//! Whether a value is one that its own quote says: a slip of the decimal point is seen before anyone reads it
//! on a screen.

use tidemark_engine::diag::{Diagnostic, Diagnostics, Severity};

use crate::check::Places;
use crate::record::{Actual, ActualStatus, Pack};

/// Warns of each target and published figure whose quote has numbers and none of them is its value.
///
/// What is derived has its arithmetic in its note, and no quote that could say it.
pub(super) fn check(pack: &Pack, actuals: &[Actual], places: &Places, faults: &mut Diagnostics) {
    let quote = |id: &str| {
        pack.source
            .iter()
            .find(|s| s.id == id)
            .map_or("", |s| s.quote.as_str())
    };
    let targets = pack
        .target
        .iter()
        .map(|t| ("target", &t.id, t.value, &t.source));
    let watched = pack.monitored.iter();
    let watched = watched.map(|t| ("monitored", &t.id, t.value, &t.source));
    let wider = pack
        .wider_goal
        .iter()
        .map(|g| ("wider_goal", &g.id, g.value, &g.source));
    for (kind, id, value, source) in targets.chain(watched).chain(wider) {
        if let Some(what) = contradiction(value, quote(source)) {
            let mut fault = places.fault("quote-value", (kind, id), &what);
            fault.severity = Severity::Warning;
            faults.push(fault);
        }
    }
    for (position, actual) in actuals.iter().enumerate() {
        let is_derived = actual.status == ActualStatus::Derived;
        if let Some(what) = contradiction(actual.value, &actual.quote).filter(|_| !is_derived) {
            let named = format!("{} {}: {what}", actual.indicator, actual.period);
            let fault = Diagnostic::warning("quote-value", places.actual(position), named);
            faults.push(fault.about([&actual.indicator, &actual.period, &what]));
        }
    }
}

/// What is wrong, where the quote has numbers and says another one.
fn contradiction(value: f64, quote: &str) -> Option<String> {
    let said = said(quote);
    let is_said = said.iter().any(|said| is_same(*said, value));
    if said.is_empty() || is_said {
        return None;
    }
    Some(format!(
        "the value is {value}, the quote says `{}`",
        quote.trim()
    ))
}

fn is_same(said: f64, value: f64) -> bool {
    // What is left of reading and scaling decimal digits.
    (said - value).abs() <= 1e-9 * value.abs().max(1.0)
}

/// Words that scale the numbers of a quote: a count in units of ten thousand may stand as 1.2万 or, in a table
/// whose head says 万, as 1.2.
const SCALES: [(&str, &[f64]); 6] = [
    ("百", &[1e2]),
    ("千", &[1e3, 1e-3]),
    ("万", &[1e4, 1e-4]),
    ("亿", &[1e8, 1e-8, 1e4, 1e-4]),
    ("billion", &[10.0]),
    ("million", &[1e-2]),
];

/// Words that are a number.
const WORDS: [(&str, f64); 6] = [
    ("百家", 100.0),
    ("百亿", 100.0),
    ("零的突破", 1.0),
    ("破零", 1.0),
    ("全覆盖", 100.0),
    ("基本覆盖", 100.0),
];

/// Everything that a quote may be read to say; nothing where it has no number.
fn said(quote: &str) -> Vec<f64> {
    let plain: String = quote.chars().map(narrow).collect();
    let mut said = numbers(&plain);
    let scales = SCALES.iter().filter(|(word, _)| plain.contains(word));
    let scaled: Vec<f64> = scales
        .flat_map(|(_, factors)| factors.iter())
        .flat_map(|factor| said.iter().map(move |number| number * factor))
        .collect();
    said.extend(scaled);
    let words = WORDS.iter().filter(|(word, _)| plain.contains(word));
    said.extend(words.map(|(_, number)| number));
    said
}

/// A full-width digit or sign as it is typed.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Numbers in digits but years; a comma before three digits parts thousands.
fn numbers(text: &str) -> Vec<f64> {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let mut digits = String::new();
        while let Some(c) = chars.get(at) {
            let parts = |sign: char| *c == sign && is_digit(at + 1);
            let is_thousands = parts(',') && (1..=3).all(|k| is_digit(at + k)) && !is_digit(at + 4);
            if c.is_ascii_digit() || (parts('.') && !digits.contains('.')) {
                digits.push(*c);
            } else if !is_thousands {
                break;
            }
            at += 1;
        }
        let is_year = digits.len() == 4 && chars.get(at) == Some(&'年');
        found.extend(digits.parse::<f64>().ok().filter(|_| !is_year));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64, quote: &str, is_said: bool) {
        assert_eq!(
            contradiction(value, quote).is_none(),
            is_said,
            "{value} in {quote}"
        );
    }

    #[test]
    fn a_value_is_one_that_its_quote_says() {
        check(3.75, "占地区生产总值比重达到3.75%", true);
        check(37.5, "占地区生产总值比重达到3.75%", false);
        check(375.0, "占地区生产总值比重达到3.75%", false);
        check(13000.0, "高新技术企业达到1.3万家", true);
        check(13000.0, "高新技术企业达到13,000家", true);
        check(1300.0, "高新技术企业达到13,000家", false);
        check(1.3, "达到13000家，单位万家", true);
        check(12.0, "从１２．０亿元增长到15亿元", true);
        check(7610.0, "地区生产总值[百亿元] 76.10", true);
        check(761.0, "地区生产总值[百亿元] 76.10", false);
        check(15.0, "more than 1.5 billion yuan", true);
        check(100.0, "实现规上工业企业研发活动基本覆盖", true);
    }

    #[test]
    fn a_quote_without_numbers_contradicts_nothing() {
        check(6204.0, "到2025年实现翻一番", true);
        check(6204.0, "实现翻一番", true);
        check(5.0, "", true);
    }
}
