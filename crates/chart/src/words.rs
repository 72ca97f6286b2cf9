//! Lines of text: cleaning, wrapping (Chinese breaks anywhere, words stay whole), cutting with "…".

use std::borrow::Cow;

use crate::measure::{Measure, is_wide};

/// Text style for measuring: everything that changes a width.
#[derive(Clone, Copy)]
pub(crate) struct Face<'a> {
    pub(crate) measure: &'a dyn Measure,
    pub(crate) size: f64,
    pub(crate) bold: bool,
}

impl Face<'_> {
    /// Width in CSS pixels; whatever a measurer answers, this is finite and not negative.
    pub(crate) fn width(&self, text: &str) -> f64 {
        let width = self.measure.width(text, self.size, self.bold);
        if width.is_finite() {
            width.max(0.0)
        } else {
            text.chars().count() as f64 * self.size
        }
    }
}

/// The text on one line: control characters and line ends become spaces, ends are trimmed.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(becomes_blank) {
        return Cow::Borrowed(text.trim());
    }
    let blank = |c: char| if becomes_blank(c) { ' ' } else { c };
    let plain: String = text.chars().map(blank).collect();
    Cow::Owned(plain.trim().to_string())
}

/// Control characters, and the two others that XML does not allow.
fn becomes_blank(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// At most `max_lines` lines, each at most `room` wide; what is left over ends in "…".
///
/// Nothing comes back for an empty text or for room under one character.
pub(crate) fn wrap(text: &str, room: f64, max_lines: usize, face: Face<'_>) -> Vec<String> {
    let text = clean(text);
    if text.is_empty() || max_lines == 0 || room < face.size {
        return Vec::new();
    }
    let mut lines: Vec<&str> = Vec::new();
    let (mut start, mut end, mut used) = (0, 0, 0.0);
    for unit in units(&text, room, face) {
        if used > 0.0 && used + unit.visible > room {
            lines.push(text[start..end].trim_end());
            (start, used) = (end, 0.0);
        }
        end += unit.text.len();
        used += unit.whole;
    }
    lines.push(text[start..].trim_end());
    if lines.len() > max_lines {
        let rest = lines.split_off(max_lines - 1).concat();
        let mut lines = owned(&lines);
        lines.push(cut(&rest, room, face));
        return lines;
    }
    if let [first, last] = lines.as_slice()
        && face.width(last) < LONELY_CHARACTERS * face.size
        && let Some((head, tail)) = last_clause(&text, first.len())
        && face.width(tail) <= room
    {
        return owned(&[head, tail]);
    }
    owned(&lines)
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

/// A last line under so many characters takes its whole clause along, if that fits one line.
const LONELY_CHARACTERS: f64 = 6.0;

/// The text cut behind the last clause that ends before byte `end`.
fn last_clause(text: &str, end: usize) -> Option<(&str, &str)> {
    let (at, mark) = text
        .get(..end)?
        .char_indices()
        .rfind(|(_, c)| "，；。：".contains(*c))?;
    text.split_at_checked(at + mark.len_utf8())
}

/// The text itself if it fits, else as much of it as fits before "…"; empty when not even that fits.
pub(crate) fn cut(text: &str, room: f64, face: Face<'_>) -> String {
    if face.width(text) <= room {
        return text.to_string();
    }
    let room = room - face.width("…");
    if room < 0.0 {
        return String::new();
    }
    let mut used = 0.0;
    let mut kept = String::new();
    for character in characters(text) {
        used += face.width(character);
        if used > room {
            break;
        }
        kept.push_str(character);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// A piece that a line end must not split, with the blanks behind it.
#[derive(Clone, Copy)]
struct Unit<'a> {
    text: &'a str,
    /// Width without the blanks.
    visible: f64,
    /// Width with them.
    whole: f64,
}

impl<'a> Unit<'a> {
    fn new(text: &'a str, face: Face<'_>) -> Self {
        let shown = text.trim_end();
        let visible = face.width(shown);
        let whole = if shown.len() == text.len() {
            visible
        } else {
            face.width(text)
        };
        Self {
            text,
            visible,
            whole,
        }
    }
}

/// The text in units; one wider than a whole line falls into its characters.
fn units<'a>(text: &'a str, room: f64, face: Face<'_>) -> Vec<Unit<'a>> {
    let mut units = Vec::with_capacity(text.len() / 3);
    let mut keep = |text: &'a str| {
        let unit = Unit::new(text, face);
        if unit.visible <= room {
            units.push(unit);
        } else {
            units.extend(characters(text).map(|one| Unit::new(one, face)));
        }
    };
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| !stays_with(before, c)) {
            keep(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    keep(&text[start..]);
    units
}

/// The characters of a text, each as a text.
fn characters(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices()
        .map(|(at, c)| &text[at..at + c.len_utf8()])
}

/// Whether no line may end between the two.
fn stays_with(before: char, c: char) -> bool {
    if c == ' ' || closes(c) || opens(before) {
        return true;
    }
    before != ' ' && !is_wide(before) && !is_wide(c)
}

#[rustfmt::skip]
fn closes(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '」' | '』' | '》' | '〉' | '】'
        | '％' | '%' | '…' | ')' | ']' | '}')
}

fn opens(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '《' | '〈' | '【' | '(' | '[' | '{')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::TableMeasure;

    #[track_caller]
    fn check(text: &str, room: f64, max_lines: usize, expected: &[&str]) {
        let face = Face {
            measure: &TableMeasure,
            size: 10.0,
            bold: false,
        };
        let lines = wrap(text, room, max_lines, face);
        assert_eq!(lines, expected);
        assert!(lines.iter().all(|line| face.width(line) <= room));
    }

    #[test]
    fn chinese_breaks_anywhere() {
        check("按此方案研发强度", 41.0, 2, &["按此方案", "研发强度"]);
    }

    #[test]
    fn a_lonely_end_takes_its_clause_along() {
        let text = "二零二七年研发强度，距目标差二个 百分点";
        let expected = ["二零二七年研发强度，", "距目标差二个 百分点"];
        check(text, 161.0, 2, &expected);
    }

    #[test]
    fn numbers_and_words_stay_whole() {
        check("研发强度3.64%，达标", 62.0, 2, &["研发强度", "3.64%，达标"]);
        check("one two three", 42.0, 3, &["one two", "three"]);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark() {
        check("按此方案，差", 40.0, 2, &["按此方", "案，差"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        check(
            "按此方案研发强度达到目标",
            41.0,
            2,
            &["按此方案", "研发强…"],
        );
        check("按此方案", 25.0, 1, &["按…"]);
    }

    #[test]
    fn line_ends_and_control_characters_become_blanks() {
        check("研发\u{0}\n强度", 100.0, 1, &["研发  强度"]);
    }

    #[test]
    fn no_room_no_lines() {
        check("研发", 5.0, 2, &[]);
        check("  ", 50.0, 2, &[]);
    }
}
