//! Names: the form in which they are compared (XMILE 1.0, 3.2.2) and the nearest known one.

/// The form of a name in which equal names are equal: lower case, escapes resolved, every run of
/// spaces, line breaks, no-break spaces and underscores one underscore, none at the ends.
pub(crate) fn canonical(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    let mut chars = name.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let c = match (c, chars.peek()) {
            ('\\', Some('n' | 'r' | 't')) => {
                chars.next();
                ' '
            }
            ('\\', Some(&next @ ('"' | '\\'))) => {
                chars.next();
                next
            }
            _ => c,
        };
        if c == '_' || c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push('_');
        }
        gap = false;
        out.extend(c.to_lowercase());
    }
    out
}

/// As [`canonical`] for a name with subscripts: each part between brackets and commas for itself.
pub(crate) fn canonical_element(name: &str) -> String {
    let inside = name
        .trim()
        .strip_suffix(']')
        .and_then(|n| n.split_once('['));
    let Some((array, subscripts)) = inside else {
        return canonical(name);
    };
    let parts: Vec<String> = subscripts.split(',').map(canonical).collect();
    format!("{}[{}]", canonical(array), parts.join(","))
}

/// The name as shown: escapes and line breaks become spaces.
pub(crate) fn shown(name: &str) -> String {
    name.trim()
        .replace("\\n", " ")
        .replace(['\n', '\r', '\t'], " ")
        .replace("\\\"", "\"")
}

/// A name as written in a list of names: quotes around it taken off.
pub(crate) fn unquoted(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix('"')
        .and_then(|n| n.strip_suffix('"'))
        .unwrap_or(name)
}

/// The candidate that most likely was meant by `wanted`, if one is near; the first of equals.
pub(crate) fn nearest<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().collect();
    let limit = (wanted.len() / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let d = distance(&wanted, &candidate.to_lowercase(), limit);
        if d <= limit && d < wanted.len() && best.is_none_or(|(b, _)| d < b) {
            best = Some((d, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// Edits (insert, delete, replace) between two names; above `limit` any number above it.
fn distance(a: &[char], b: &str, limit: usize) -> usize {
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (cell, cb) in row.iter_mut().skip(1).zip(&b) {
            let up = *cell;
            let value = (corner + usize::from(ca != cb)).min(up + 1).min(left + 1);
            corner = up;
            left = value;
            *cell = value;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(limit + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_underscores_breaks_and_case_do_not_matter() {
        for name in [
            "Room Temp",
            "room_temp",
            "ROOM\\nTEMP",
            " room \n temp ",
            "Room\u{a0}Temp",
        ] {
            assert_eq!(canonical(name), "room_temp", "{name}");
        }
        assert_eq!(canonical("全市 高企"), "全市_高企");
    }

    #[test]
    fn a_near_name_is_offered_and_a_far_one_is_not() {
        let known = ["births", "deaths", "population"];
        assert_eq!(nearest("birth", known), Some("births"));
        assert_eq!(nearest("popluation", known), Some("population"));
        assert_eq!(nearest("inventory", known), None);
        assert_eq!(nearest("x", known), None);
    }
}
