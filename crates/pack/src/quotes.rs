//! Checks that every quote stands in its document, word for word, white space aside.

use tidemark_engine::diag::Diagnostics;

use crate::check::Places;
use crate::record::Pack;

/// Adds a fault for each source whose document is named but not given, or whose quote is not in
/// it. Sources without a `file` are passed over.
///
/// * `documents`: file name and text of each document at hand.
/// * `places`: where sources stand, for the faults.
///
/// Returns how many quotes were found in their documents.
pub fn check_quotes(
    pack: &Pack,
    documents: &[(String, String)],
    places: &Places,
    faults: &mut Diagnostics,
) -> usize {
    let plain: Vec<(&str, String)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), without_space(text)))
        .collect();
    let mut found = 0;
    for source in pack.source.iter().filter(|s| !s.file.is_empty()) {
        let me = ("source", source.id.as_str());
        let Some((_, text)) = plain.iter().find(|(name, _)| *name == source.file) else {
            let what = format!("the document `{}` is not at hand", source.file);
            faults.push(places.fault("document-missing", me, &what));
            continue;
        };
        let quote = without_space(&source.quote);
        if !quote.is_empty() && text.contains(&quote) {
            found += 1;
            continue;
        }
        let what = format!("the quote is not in `{}`", source.file);
        let mut fault = places.fault("quote-not-found", me, &what);
        fault.hint = Some(where_it_parts(&quote, text));
        faults.push(fault);
    }
    found
}

fn without_space(text: &str) -> String {
    let seen = |c: &char| !c.is_whitespace() && *c != '\u{feff}';
    text.chars().filter(seen).collect()
}

/// How far the quote agrees with the document, and how both go on there.
fn where_it_parts(quote: &str, text: &str) -> String {
    let ends = quote.char_indices().map(|(at, c)| at + c.len_utf8());
    // A prefix of a found prefix is found too, so the first miss ends the search.
    let agreed = ends.take_while(|end| text.contains(&quote[..*end])).last();
    let Some(agreed) = agreed else {
        return "not even its first character is there".to_owned();
    };
    let (same, rest) = quote.split_at(agreed);
    let goes_on = text.find(same).map_or("", |at| &text[at + same.len()..]);
    format!(
        "they agree up to `{}`; the quote goes on `{}`, the document `{}`",
        last(same, 12),
        first(rest, 12),
        first(goes_on, 12)
    )
}

fn first(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

fn last(text: &str, count: usize) -> String {
    let skip = text.chars().count().saturating_sub(count);
    text.chars().skip(skip).collect()
}
