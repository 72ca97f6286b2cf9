//! The period of a published figure: a year, its first half, or the year up to a month.

use std::fmt;

/// How much of its year a figure covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Covered {
    /// January to that month, 1 to 11.
    ToMonth(u8),
    /// All of it.
    Year,
}

/// A year or the first part of one, in order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Calendar year.
    pub year: i32,
    /// How much of it.
    pub covered: Covered,
}

impl Period {
    /// Reads `2024`, `2024H1` or `2024-11` (to that month; `2024-12` is the whole year);
    /// `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year = year.parse().ok()?;
        let covered = match rest {
            "" => Covered::Year,
            "H1" => Covered::ToMonth(6),
            _ => covered_by_month(rest.strip_prefix('-')?)?,
        };
        Some(Self { year, covered })
    }

    /// Whether the figure covers its whole year.
    pub fn is_full_year(self) -> bool {
        self.covered == Covered::Year
    }

    /// Model time at its end: 2025.0 for `2024`, 2024.5 for `2024H1`.
    pub fn end(self) -> f64 {
        f64::from(self.year)
            + match self.covered {
                Covered::Year => 1.0,
                Covered::ToMonth(month) => f64::from(month) / 12.0,
            }
    }
}

fn covered_by_month(text: &str) -> Option<Covered> {
    if text.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match text.parse().ok()? {
        month @ 1..=11 => Some(Covered::ToMonth(month)),
        12 => Some(Covered::Year),
        _ => None,
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.covered {
            Covered::Year => write!(f, "{}", self.year),
            Covered::ToMonth(6) => write!(f, "{}H1", self.year),
            Covered::ToMonth(month) => write!(f, "{}-{month:02}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(f64, bool)>) {
        let got = Period::parse(text).map(|p| (p.end(), p.is_full_year()));
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn the_three_forms_are_read() {
        check("2024", Some((2025.0, true)));
        check("2024H1", Some((2024.5, false)));
        check("2024-03", Some((2024.25, false)));
        check("2024-12", Some((2025.0, true)));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "", "24", "2024H2", "2024-13", "2024-00", "2024-1", "2024年", "年2024", "+024",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_whole_year_is_later_than_its_half() {
        assert!(Period::parse("2024H1") < Period::parse("2024"));
        assert!(Period::parse("2024") < Period::parse("2025-01"));
    }
}
