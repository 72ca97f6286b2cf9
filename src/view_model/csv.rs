//! A chart's table as CSV: UTF-8 with a byte order mark, so that spreadsheets read Chinese.

use super::rows::FigureView;
use crate::text::number::NO_VALUE;

/// The table with scenario, data date and model version in its first lines. Numbers carry no
/// separators; a missing value is an empty field; lines end as RFC 4180 asks.
pub fn csv(figure: &FigureView) -> String {
    let mut out = String::from("\u{feff}");
    let title = [figure.figure.title.clone()];
    let table = figure.table.get();
    let about = [table.caption.clone()];
    let footer = [figure.footer.clone()];
    for line in [&title[..], &about, &footer, &table.head] {
        push_line(&mut out, line);
    }
    for row in &table.rows {
        push_line(&mut out, row);
    }
    out
}

/// Adds a line of fields.
pub(super) fn push_line(out: &mut String, fields: &[String]) {
    let fields: Vec<String> = fields.iter().map(|field| csv_field(field)).collect();
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

/// A field: a plain number where the text is one, quoted where needed, and never a formula.
fn csv_field(text: &str) -> String {
    if text == NO_VALUE {
        return String::new();
    }
    if let Some(number) = plain_number(text) {
        return number;
    }
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// "−1,234.5" → "-1234.5"; `None` where the text is no number as this page writes them.
fn plain_number(text: &str) -> Option<String> {
    let plain = text.replace('−', "-").replace(',', "");
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let digits = plain.strip_prefix('-').unwrap_or(plain);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    number.then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(csv_field(text), expected);
    }

    #[test]
    fn numbers_lose_their_separators() {
        check("1,234.5", "1234.5");
        check("−0.5", "-0.5");
        check("+0.09", "0.09");
        check("—", "");
    }

    #[test]
    fn texts_are_quoted_where_needed() {
        check("初步，公布时GDP", "初步，公布时GDP");
        check("a,b", "\"a,b\"");
        check("说\"好\"", "\"说\"\"好\"\"\"");
    }

    #[test]
    fn a_text_is_never_a_formula() {
        check("=1+1", "'=1+1");
        check("@x", "'@x");
        check("-x,y", "\"'-x,y\"");
    }
}
