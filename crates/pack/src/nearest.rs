//! "Did you mean": the known name closest to a misspelt one.

/// The candidate with the smallest edit distance to `name`, if it is near enough to be meant:
/// at most a third of the longer length, and at least one.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = folded(name);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = folded(candidate);
        let limit = (wanted.len().max(other.len()) / 3).max(1);
        if wanted.len().abs_diff(other.len()) > limit {
            continue;
        }
        let distance = edit_distance(&wanted, &other);
        if distance <= limit && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Case, spaces and underscores do not matter in a model's names.
fn folded(name: &str) -> Vec<char> {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == ' ' { '_' } else { c })
        .collect()
}

/// Insertions, deletions and replacements from `a` to `b` (Levenshtein), row by row.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, cb) in row.iter_mut().skip(1).zip(b) {
            let replaced = diagonal + usize::from(ca != cb);
            diagonal = *cell;
            left = replaced.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        let known = ["hnte_count", "rd_total", "gdp_nominal", "gdp_real"];
        assert_eq!(nearest(name, known), expected);
    }

    #[test]
    fn one_slip_is_found() {
        check("hnte_cuont", Some("hnte_count"));
        check("rd_totl", Some("rd_total"));
    }

    #[test]
    fn case_and_spaces_do_not_count() {
        check("GDP Nominal", Some("gdp_nominal"));
    }

    #[test]
    fn another_word_is_not_guessed() {
        check("population", None);
        check("", None);
    }

    #[test]
    fn distance_counts_edits() {
        let distance = |a: &str, b: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            edit_distance(&a, &b)
        };
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("潮位", "潮汐"), 1);
    }
}
