//! A link's text as parts: what chat tools and browsers did to it undone, its parts found, its sum made.
//!
//! `#p=<place>&d=<data>&…&c=<sum>`. The sum is a CRC-32 over every part that the page knows, in the order
//! they stand in, but for year and page, which are plain words that anyone may change; a part that it does not
//! know changes nothing and is told.

use std::fmt::Write as _;

/// Longest text that is looked at; the longest scenario of a pack is far below.
const MAX_TEXT: usize = 8192;

/// Keys of parts that tell of the scenario and how it is looked at: a link with one of them brings both.
const SCENARIO: [&str; 11] = ["d", "s", "e", "l", "n", "r", "g", "f", "j", "t", "o"];
/// Keys of all other parts: place, year, page, panel, question, a scenario of old.
const BESIDE: [&str; 6] = ["p", "y", "v", "w", "a", "k"];
/// Those of them that no sum covers.
const PLAIN: [&str; 2] = ["y", "v"];
/// Key of the sum.
const SUM: &str = "c";

/// A link's text as it was before anyone passed it on: from its `#` on, escapes undone, and cut where
/// something stands that no link holds (a full stop, a bracket, the rest of a sentence).
pub fn clean(text: &str) -> String {
    let text = text.trim();
    let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    if fragment.len() > MAX_TEXT {
        return String::new();
    }
    let plain = unescaped(fragment).replace("&amp;", "&");
    let end = plain.find(|c: char| !is_of_links(c));
    let kept = plain.get(..end.unwrap_or(plain.len())).unwrap_or_default();
    kept.trim_end_matches(|c| ".,=:!&~@+".contains(c))
        .to_owned()
}

fn is_of_links(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.~:,@!&=+/".contains(c)
}

/// `%E3%80%82` as the character it stands for; what is no escape stays.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = code.and_then(|_| tail.get(2..)).unwrap_or(tail);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The parts of a cleaned text, in order: key and value.
pub(super) fn parts(clean: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = clean.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, "")))
}

/// The value of the first part with that key.
pub fn part<'a>(clean: &'a str, key: &str) -> Option<&'a str> {
    parts(clean).find(|(own, _)| *own == key).map(|(_, v)| v)
}

/// Whether a part with that key is one of a scenario or of how it is looked at.
pub(super) fn is_scenario(key: &str) -> bool {
    SCENARIO.contains(&key)
}

fn is_known(key: &str) -> bool {
    is_scenario(key) || BESIDE.contains(&key)
}

/// Parts that the page does not know, or that stand there twice, where any other part is known.
pub(super) fn unknown(clean: &str) -> Vec<String> {
    if !parts(clean).any(|(key, _)| is_known(key)) {
        return Vec::new();
    }
    let is_new = |at: usize, key: &str| parts(clean).take(at).all(|(own, _)| own != key);
    let all = parts(clean).enumerate();
    all.filter(|(at, (key, _))| !(is_known(key) || *key == SUM) || !is_new(*at, key))
        .map(|(_, (key, value))| format!("{key}={value}"))
        .collect()
}

/// Whether the text's own sum is that of its parts; `None` where it has none.
pub(super) fn is_whole(clean: &str) -> Option<bool> {
    part(clean, SUM).map(|own| own == sum(clean))
}

/// The text with the sum of its parts at its end, in place of one that it had.
pub fn sealed(text: &str) -> String {
    let mut out = unsealed(text).to_owned();
    let sum = sum(out.trim_start_matches('#'));
    // Writing into a string is never refused.
    let _ = write!(out, "&{SUM}={sum}");
    out
}

/// The text without the sum at its end.
fn unsealed(text: &str) -> &str {
    match text.rsplit_once('&') {
        Some((before, last)) if last.starts_with("c=") => before,
        _ => text,
    }
}

/// The text with one part more, sealed again where it was.
pub fn with(text: &str, part: &str) -> String {
    let before = unsealed(text);
    let longer = format!("{before}&{part}");
    match before.len() == text.len() {
        true => longer,
        false => sealed(&longer),
    }
}

fn sum(clean: &str) -> String {
    let mut crc = crc32fast::Hasher::new();
    let is_summed = |key: &str| is_known(key) && !PLAIN.contains(&key);
    for (key, value) in parts(clean).filter(|(key, _)| is_summed(key)) {
        for piece in ["&", key, "=", value] {
            crc.update(piece.as_bytes());
        }
    }
    format!("{:08x}", crc.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected, "{text}");
    }

    #[test]
    fn what_chat_tools_add_is_cut() {
        let link = "p=town&s=growth:7&c=1a2b3c4d";
        for tail in [
            "",
            "。",
            "）",
            ")",
            "=",
            "，",
            ",",
            ".",
            "；",
            "】",
            "”",
            "\"",
            "'",
            ">",
            "、",
            " 请看",
            "\n",
            "&",
            "！",
            "?",
            "…",
            "%E3%80%82",
            "%EF%BC%89",
        ] {
            check(&format!("#{link}{tail}"), link);
        }
        check(&format!("见 http://10.1.2.3/t/#{link}）"), link);
        check("#p=town&amp;s=growth%3A7&amp;c=1a2b3c4d", link);
        check("%", "");
        check("k=1.1a2b3c4d.AQ-_", "k=1.1a2b3c4d.AQ-_");
    }

    #[test]
    fn a_part_more_is_summed_up() {
        let link = sealed("#p=town&s=growth:7");
        assert_eq!(is_whole(&clean(&link)), Some(true));
        let longer = with(&link, "w=solve");
        assert_eq!(is_whole(&clean(&longer)), Some(true));
        assert_ne!(link, longer);
        assert_eq!(with("#p=town", "w=solve"), "#p=town&w=solve");
    }

    #[test]
    fn parts_nobody_knows_are_told_where_others_are_known() {
        assert_eq!(
            unknown("ui=chart&p=town&s=a:1&s=b:2"),
            ["ui=chart", "s=b:2"]
        );
        assert!(unknown("top").is_empty());
    }
}
