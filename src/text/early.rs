//! Words of pace and back-casts.

use super::number;
use super::sentence::Measure;

/// Heading.
pub const HEADING: &str = "节奏与倒推";

/// "+0.17 个百分点", to digits that tell it from nothing.
fn change(value: f64, measure: Measure<'_>) -> String {
    let decimals = number::telling_decimals(value.abs(), 0.0, measure.decimals.max(1));
    let text = number::signed(value, decimals);
    let text = if measure.unit.starts_with('%') {
        text
    } else {
        number::trimmed(&text)
    };
    number::with_unit(&text, number::difference_unit(measure.unit))
}

/// The pace that is needed a year and a quarter.
pub fn needed(from: i32, to: i32, per_year: f64, measure: Measure<'_>) -> String {
    let (year, quarter) = (change(per_year, measure), change(per_year / 4.0, measure));
    format!("{from}年以后到{to}年，每年需 {year}（每季 {quarter}）。")
}

/// What was achieved.
pub fn achieved(from: i32, to: i32, per_year: f64, measure: Measure<'_>) -> String {
    format!("{from}—{to}年实际每年 {}。", change(per_year, measure))
}

/// What the run projects.
pub fn projected(per_year: f64, measure: Measure<'_>) -> String {
    format!("按当前方案推演，每年 {}。", change(per_year, measure))
}

/// What a later target asks of an earlier year, beside that year's own target.
pub fn back_cast(goal: &str, year: i32, (asked, own): (&str, Option<&str>), has: &str) -> String {
    let own = own.map_or(String::new(), |own| format!("（{year}年自己的目标 {own}）"));
    format!("由{goal}匀速倒推，{year}年要到 {asked}{own}，当前方案 {has}。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn paces_are_said_in_the_unit() {
        let share = Measure {
            unit: "%",
            decimals: 2,
        };
        let firms = Measure {
            unit: "家",
            decimals: 0,
        };
        let all = [
            needed(2024, 2027, 0.22, share),
            achieved(2021, 2024, 310.0, firms),
            projected(-0.0004, share),
            back_cast(
                "2030年高企 ≥ 12,000 家",
                2027,
                ("10,000 家", None),
                "9,800 家",
            ),
            back_cast(
                "2030年强度 ≥ 3.6%",
                2027,
                ("3.33%", Some("≥ 3.4%")),
                "3.31%",
            ),
        ];
        expect![[r#"
            2024年以后到2027年，每年需 +0.22 个百分点（每季 +0.06 个百分点）。
            2021—2024年实际每年 +310 家。
            按当前方案推演，每年 −0.0004 个百分点。
            由2030年高企 ≥ 12,000 家匀速倒推，2027年要到 10,000 家，当前方案 9,800 家。
            由2030年强度 ≥ 3.6%匀速倒推，2027年要到 3.33%（2027年自己的目标 ≥ 3.4%），当前方案 3.31%。"#]]
        .assert_eq(&all.join("\n"));
    }
}
