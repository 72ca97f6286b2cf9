//! Numbers ↔ text: thousands separators, 万 and 亿, percent, fixed decimals, and back.
//!
//! Values come in the unit shown; nothing here knows a model.

/// What stands where there is no value.
pub const NO_VALUE: &str = "—";
/// Minus sign as typeset.
const MINUS: &str = "−";

/// A number with fixed decimals and thousands separators; "—" where it is not finite.
/// A value that rounds to zero carries no sign.
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NO_VALUE.to_owned();
    }
    let plain = match units(value, decimals) {
        Some(units) => pointed(units, decimals),
        None => format!("{:.decimals$}", value.abs()),
    };
    let zero = plain.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if value < 0.0 && !zero { MINUS } else { "" };
    grouped(sign, &plain)
}

/// The size of a number in units of its last shown decimal, rounded as `format!` rounds: the
/// nearest to the exact value of the double, of two the even one. A page writes hundreds of numbers
/// while a slider moves, and the formatter takes five times as long.
///
/// `None` for what is not finite, from 2⁵³ on, or too long for the sum below.
fn units(value: f64, decimals: usize) -> Option<u64> {
    const FRACTION_BITS: u32 = 52;
    let bits = value.to_bits();
    let exponent = (bits >> FRACTION_BITS & 0x7ff) as u32;
    // The size is mantissa ÷ 2^shift.
    let shift = (1075_u32.checked_sub(exponent)?).min(127);
    let mantissa = bits & ((1 << FRACTION_BITS) - 1) | 1 << FRACTION_BITS;
    if decimals > 19 || shift == 0 {
        return None;
    }
    let units = u128::from(mantissa) * u128::from(10_u64.pow(decimals as u32));
    let (whole, rest) = (units >> shift, units & ((1 << shift) - 1));
    let half = 1_u128 << (shift - 1);
    let is_up = rest > half || rest == half && whole & 1 == 1;
    Some(u64::try_from(whole).ok()? + u64::from(is_up))
}

/// So many units of the last shown decimal, with a point.
fn pointed(units: u64, decimals: usize) -> String {
    // From the last character on: twenty digits and a point at most.
    let mut text = ['0'; 24];
    let (mut start, mut left, mut digits) = (text.len(), units, 0);
    while left > 0 || digits <= decimals {
        if digits == decimals && decimals > 0 {
            start -= 1;
            text[start] = '.';
        }
        start -= 1;
        text[start] = char::from(b'0' + (left % 10) as u8);
        left /= 10;
        digits += 1;
    }
    text[start..].iter().collect()
}

/// The same with a `+` before a value that does not round to zero.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let moved = text.chars().any(|c| c.is_ascii_digit() && c != '0');
    if value > 0.0 && moved {
        format!("+{text}")
    } else {
        text
    }
}

/// Number and unit as Chinese sets them: "3.75%", "1,200 家"; a pure
/// number has no unit.
pub fn with_unit(number: &str, unit: &str) -> String {
    if matches!(unit, "" | "无量纲" | "比例") || number == NO_VALUE {
        number.to_owned()
    } else if unit.starts_with('%') {
        format!("{number}{unit}")
    } else {
        format!("{number} {unit}")
    }
}

/// Unit of a difference between two values: percentage points for shares, the unit itself
/// otherwise ("%/年" gives 个百分点).
pub fn difference_unit(unit: &str) -> &str {
    if unit.starts_with('%') {
        "个百分点"
    } else {
        unit
    }
}

/// A difference with its unit, "0.21 个百分点".
pub fn difference(value: f64, unit: &str, decimals: usize) -> String {
    with_unit(&fixed(value, decimals), difference_unit(unit))
}

/// Decimals at which `value` no longer reads like `bound` although it differs from it: the
/// pack's decimals, or more where rounding would hide the gap (3.746 beside 3.75), at most
/// three more.
pub fn telling_decimals(value: f64, bound: f64, decimals: usize) -> usize {
    if !value.is_finite() || value == bound {
        return decimals;
    }
    let is_one_side = (value < 0.0) == (bound < 0.0);
    let same = |d: &usize| match (units(value, *d), units(bound, *d)) {
        (Some(a), Some(b)) => a == b && (is_one_side || a == 0),
        _ => fixed(value, *d) == fixed(bound, *d),
    };
    let last = decimals + 3;
    if same(&last) {
        return decimals; // The difference is arithmetic noise, not a gap.
    }
    (decimals..last).find(|d| !same(d)).unwrap_or(last)
}

/// A large number in 万 or 亿 with at most `decimals` digits: "1.2万", "3.45亿", "980".
pub fn short(value: f64, decimals: usize) -> String {
    let (scaled, word) = match value.abs() {
        size if size >= 1e8 => (value / 1e8, "亿"),
        size if size >= 1e4 => (value / 1e4, "万"),
        _ => (value, ""),
    };
    if word.is_empty() {
        return trimmed(&fixed(scaled, decimals));
    }
    format!("{}{word}", trimmed(&fixed(scaled, decimals)))
}

/// A number with so many digits that count, at most six after the point: "0.0123", "1,230".
pub fn significant(value: f64, digits: i32) -> String {
    if !value.is_finite() || value == 0.0 {
        return fixed(value, 0);
    }
    let above = libm::floor(libm::log10(value.abs())) as i32;
    let decimals = (digits - 1 - above).clamp(0, 6);
    trimmed(&fixed(value, decimals as usize))
}

/// A number without trailing zeros after the point.
pub fn trimmed(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

/// A number without separators and without trailing zeros, for input boxes and CSV.
pub fn plain(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let text = format!("{value:.decimals$}");
    let zero = text.chars().all(|c| matches!(c, '0' | '.' | '-'));
    if zero {
        format!("{:.decimals$}", 0.0)
    } else {
        text
    }
}

/// What a typed text may mean.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// One number, in the unit asked for.
    Number(f64),
    /// Several, the likelier first: "12,5" is 12.5 or 125.
    Either(Vec<f64>),
    /// A number with a unit that is another one: "15%" of firms.
    OtherUnit,
    /// None.
    NotANumber,
}

/// The number a user typed, in `unit`: "12,000", "1.2万", "１２．５", "15%", "−3", "1.2亿元".
///
/// 万 and 亿 are turned into `unit` ("1.2亿" is 1.2 where the unit is 亿元, 12,000 where it is
/// 万元). `%` is only accepted where the unit is a percentage; the unit itself may follow.
/// `None` where the text is no number, does not fit the unit, or can be read in two ways.
pub fn parse(text: &str, unit: &str) -> Option<f64> {
    match typed(text, unit) {
        Typed::Number(number) => Some(number),
        _ => None,
    }
}

/// The same with what a text means that is not simply a number.
///
/// Commas, spaces and kin between digits are separators where they part groups of three; one comma anywhere
/// else may stand for a point.
pub fn typed(text: &str, unit: &str) -> Typed {
    let text: String = text.chars().map(narrow).collect();
    let text = text.trim();
    let is_of_number = |c: char| c.is_ascii_digit() || ".-+".contains(c) || is_separator(c);
    let end = text.find(|c| !is_of_number(c)).unwrap_or(text.len());
    let (digits, suffix) = text.split_at(end);
    let numbers = numbers(digits.trim());
    let squeezed = |text: &str| -> String { text.split_whitespace().collect() };
    let unit: String = unit.chars().map(narrow).collect();
    let factor = suffix_factor(&squeezed(suffix), &squeezed(&unit));
    match (&numbers[..], factor) {
        ([], _) => Typed::NotANumber,
        (_, None) => Typed::OtherUnit,
        (&[number], Some(factor)) => Typed::Number(number * factor),
        (several, Some(factor)) => Typed::Either(several.iter().map(|n| n * factor).collect()),
    }
}

/// What digits with a sign, a point and separators may mean, the likelier first; nothing where they are no
/// number.
fn numbers(text: &str) -> Vec<f64> {
    let read = |text: &str| text.parse().ok().filter(|n: &f64| n.is_finite());
    let Some(separator) = text.chars().find(|c| is_separator(*c)) else {
        return read(text).into_iter().collect();
    };
    let joined: String = text.chars().filter(|c| *c != separator).collect();
    let whole = text.split('.').next().unwrap_or_default();
    let fraction = text.get(whole.len()..).unwrap_or_default();
    let has_late = fraction.contains(separator);
    let mut groups = whole.trim_start_matches(['-', '+']).split(separator);
    let first = groups.next().unwrap_or_default();
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    if is_first && groups.all(|group| group.len() == 3) && !has_late {
        return read(&joined).into_iter().collect();
    }
    let is_point = separator == ',' && text.matches(',').count() == 1 && !text.contains('.');
    let pointed = is_point.then(|| text.replace(',', "."));
    let readings = pointed
        .into_iter()
        .flat_map(|pointed| [pointed, joined.clone()]);
    readings.filter_map(|text| read(&text)).collect()
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '\'' | '_') || c.is_whitespace()
}

/// What one typed number is in the unit, by the words after it; `None` where they do not fit.
fn suffix_factor(suffix: &str, unit: &str) -> Option<f64> {
    if suffix.is_empty() || suffix == unit {
        return Some(1.0);
    }
    if let Some(rest) = suffix.strip_prefix('%') {
        let fits = unit.starts_with('%') && (rest.is_empty() || unit.ends_with(rest));
        return fits.then_some(1.0);
    }
    let (given, rest) = magnitude(suffix);
    let (own, own_rest) = magnitude(unit);
    let fits = !unit.starts_with('%') && (rest.is_empty() || own_rest.starts_with(rest));
    fits.then(|| given / own)
}

/// Power of ten of a word's first character, and the rest of the word.
fn magnitude(word: &str) -> (f64, &str) {
    if let Some(rest) = word.strip_prefix('亿') {
        (1e8, rest)
    } else if let Some(rest) = word.strip_prefix('万') {
        (1e4, rest)
    } else {
        (1.0, word)
    }
}

/// Full-width characters as their ASCII twins.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '−' | '–' | '—' => '-',
        '。' => '.',
        '﹪' | '٪' => '%',
        other => other,
    }
}

/// Thousands separators in a number of digits and at most one point, behind its sign.
fn grouped(sign: &str, plain: &str) -> String {
    let (whole, fraction) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut out = String::with_capacity(sign.len() + plain.len() + plain.len() / 3);
    out.push_str(sign);
    for (k, digit) in whole.chars().enumerate() {
        if k > 0 && (whole.len() - k) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parses(text: &str, unit: &str, expected: Option<f64>) {
        let got = parse(text, unit);
        match (got, expected) {
            (Some(a), Some(b)) => assert!((a - b).abs() <= 1e-9 * b.abs(), "{text}: {a} ≠ {b}"),
            _ => assert_eq!(got, expected, "{text} in {unit}"),
        }
    }

    #[test]
    fn plain_numbers_are_read() {
        parses("12", "家", Some(12.0));
        parses(" 12,000 ", "家", Some(12_000.0));
        parses("12，000", "家", Some(12_000.0));
        parses("-3.5", "%/年", Some(-3.5));
        parses("−3.5", "%/年", Some(-3.5));
        parses("+4", "家", Some(4.0));
    }

    #[test]
    fn full_width_digits_are_read() {
        parses("１２．５", "%/年", Some(12.5));
        parses("１５％", "%", Some(15.0));
    }

    #[test]
    fn wan_and_yi_are_turned_into_the_unit() {
        parses("1.2万", "家", Some(12_000.0));
        parses("1.2亿", "家", Some(1.2e8));
        parses("1.2亿", "亿元", Some(1.2));
        parses("1.2亿元", "亿元/年", Some(1.2));
        parses("1.2亿", "万元", Some(12_000.0));
        parses("5000万", "亿元", Some(0.5));
        parses("5000万元", "亿元/年", Some(0.5));
    }

    #[test]
    fn percent_only_where_the_unit_is_one() {
        parses("15%", "%", Some(15.0));
        parses("15%", "%/年", Some(15.0));
        parses("15%/年", "%/年", Some(15.0));
        parses("0.5%", "%（占研发费用）", Some(0.5));
        parses("15%", "家", None);
        parses("1.2亿", "%", None);
    }

    #[test]
    fn the_unit_itself_may_follow() {
        parses("120家", "家", Some(120.0));
        parses("1.2万家", "家", Some(12_000.0));
        parses("120 项/年", "项/年", Some(120.0));
    }

    #[test]
    fn a_comma_that_parts_no_thousands_may_be_a_point() {
        let either = |text: &str, wanted: &[f64]| {
            assert_eq!(typed(text, "家"), Typed::Either(wanted.to_vec()), "{text}");
        };
        either("12,5", &[12.5, 125.0]);
        either("1,2", &[1.2, 12.0]);
        either("１２，５", &[12.5, 125.0]);
        either("0,125", &[0.125, 125.0]);
        either("1,2万", &[12_000.0, 120_000.0]);
        parses("1,200", "家", Some(1200.0));
        parses("1 200", "家", Some(1200.0));
        parses("-1,200.5", "家", Some(-1200.5));
        parses("12,345,678", "家", Some(12_345_678.0));
        for text in ["1 2", "1,2,3", "1,200,5", "1.2,345", "1'2", ",", "1,2.5"] {
            assert_eq!(typed(text, "家"), Typed::NotANumber, "{text}");
        }
    }

    #[test]
    fn a_number_of_another_unit_is_said_to_be_one() {
        assert_eq!(typed("15%", "家"), Typed::OtherUnit);
        assert_eq!(typed("1.2万", "%/年"), Typed::OtherUnit);
        assert_eq!(typed("12元", "家"), Typed::OtherUnit);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "abc",
            "1.2.3",
            "--1",
            "万",
            "1e",
            "12元",
            "NaN",
            "inf",
            "1.2万亿",
        ] {
            parses(text, "家", None);
        }
    }

    #[test]
    fn fixed_numbers_have_separators_and_no_negative_zero() {
        assert_eq!(fixed(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(fixed(999.0, 0), "999");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(-1234.5, 1), "−1,234.5");
        assert_eq!(fixed(f64::NAN, 2), "—");
        assert_eq!(fixed(f64::INFINITY, 0), "—");
    }

    /// As the formatter of the standard library writes it.
    fn formatted(value: f64, decimals: usize) -> String {
        let plain = format!("{:.decimals$}", value.abs());
        let zero = plain.chars().all(|c| matches!(c, '0' | '.'));
        let sign = if value < 0.0 && !zero { MINUS } else { "" };
        grouped(sign, &plain)
    }

    #[test]
    fn ties_go_to_the_even_digit() {
        for (value, decimals, text) in [
            (0.5, 0, "0"),
            (1.5, 0, "2"),
            (2.5, 0, "2"),
            (0.125, 2, "0.12"),
            (-0.375, 2, "−0.38"),
            (999.5, 0, "1,000"),
            (0.35, 1, "0.3"),
        ] {
            assert_eq!(fixed(value, decimals), text);
            assert_eq!(formatted(value, decimals), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn numbers_read_as_the_formatter_writes_them(bits: u64, decimals in 0_usize..21) {
            let value = f64::from_bits(bits);
            proptest::prop_assume!(value.is_finite());
            assert_eq!(fixed(value, decimals), formatted(value, decimals));
        }

        #[test]
        fn so_do_numbers_of_a_size_that_is_shown(
            value in -2e6..2e6,
            eighths in -80_000_i32..80_000,
            decimals in 0_usize..6,
        ) {
            for value in [value, value / 1e4, f64::from(eighths) / 8.0] {
                assert_eq!(fixed(value, decimals), formatted(value, decimals));
            }
        }
    }

    #[test]
    fn signs_show_only_where_something_moved() {
        assert_eq!(signed(0.013, 2), "+0.01");
        assert_eq!(signed(0.001, 2), "0.00");
        assert_eq!(signed(-0.013, 2), "−0.01");
    }

    #[test]
    fn a_digit_more_where_rounding_hides_the_gap() {
        assert_eq!(telling_decimals(3.746, 3.75, 2), 3);
        assert_eq!(telling_decimals(3.74, 3.75, 2), 2);
        assert_eq!(telling_decimals(3.75, 3.75, 2), 2);
        assert_eq!(telling_decimals(3.7499, 3.75, 2), 4);
        assert_eq!(telling_decimals(3.75 + 1e-12, 3.75, 2), 2);
        assert_eq!(telling_decimals(f64::NAN, 3.75, 2), 2);
    }

    #[test]
    fn large_numbers_in_short() {
        assert_eq!(short(13_000.0, 2), "1.3万");
        assert_eq!(short(345_000_000.0, 2), "3.45亿");
        assert_eq!(short(980.0, 2), "980");
    }

    #[test]
    fn differences_of_shares_are_percentage_points() {
        assert_eq!(difference(0.21, "%", 2), "0.21 个百分点");
        assert_eq!(difference(1631.0, "家", 0), "1,631 家");
        assert_eq!(difference(4.0, "%/年", 0), "4 个百分点");
    }
}
