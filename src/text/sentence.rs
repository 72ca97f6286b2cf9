//! Sentences made of numbers: gaps, changes, chart titles, slider values, summaries.
//!
//! Values come in the unit shown with the pack's decimals; rounding happens here and once.

use super::number::{self, NO_VALUE};
use super::word;
use tidemark_pack::assess::Status;

/// What a number is measured in and to how many digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure<'a> {
    /// Unit shown.
    pub unit: &'a str,
    /// Digits after the point.
    pub decimals: usize,
}

impl Measure<'_> {
    /// The number with its unit, "3.64%"; "—" for none.
    pub fn value(self, value: Option<f64>) -> String {
        let number = value.map_or(NO_VALUE.to_owned(), |v| number::fixed(v, self.decimals));
        number::with_unit(&number, self.unit)
    }

    /// The number with its unit, to as many digits as tell it from `bound`.
    pub fn telling(self, value: Option<f64>, bound: f64) -> String {
        let decimals = value.map_or(self.decimals, |v| {
            number::telling_decimals(v, bound, self.decimals)
        });
        Measure { decimals, ..self }.value(value)
    }

    /// The size of a difference with its unit, with more digits where it would read 0.
    pub fn difference(self, value: f64) -> String {
        let decimals = number::telling_decimals(value.abs(), 0.0, self.decimals);
        number::difference(value.abs(), self.unit, decimals)
    }

    /// A change with its sign, "+0.01 个百分点"; `None` where it is smaller than one unit of the
    /// last digit shown, so that a change never stands beside two values that read the same.
    pub fn change(self, value: f64) -> Option<String> {
        let number = number::signed(value, self.decimals);
        let seen = value.abs() >= self.smallest() * (1.0 - 1e-9);
        seen.then(|| number::with_unit(&number, number::difference_unit(self.unit)))
    }

    /// The smallest difference shown, "0.01 个百分点".
    pub fn precision(self) -> String {
        number::difference(self.smallest(), self.unit, self.decimals)
    }

    fn smallest(self) -> f64 {
        1.0 / libm::pow(10.0, self.decimals as f64)
    }
}

/// What is missing to a target (positive is short): "差 0.21 个百分点", "超出 1,200 家", "已达到".
pub fn gap(short: f64, measure: Measure<'_>) -> String {
    let text = measure.difference(short);
    let shown = text.chars().any(|c| c.is_ascii_digit() && c != '0');
    if !shown {
        "正好达到".to_owned()
    } else if short > 0.0 {
        format!("差 {text}")
    } else {
        format!("超出 {text}")
    }
}

/// A gap of a ratio as an amount of its numerator: "≈ 再增 39 亿元研发经费".
pub fn gap_amount(amount: f64, unit: &str, what: &str) -> String {
    let decimals = usize::from(amount.abs() < 10.0);
    let number = number::fixed(amount.abs(), decimals);
    let more = if amount > 0.0 { "再增" } else { "余量" };
    format!("≈ {more} {} {what}", number::with_unit(&number, unit)).replace("元 ", "元")
}

/// A change against the baseline: the change, 不变, or that it is below what is shown.
pub fn change(value: f64, measure: Measure<'_>) -> String {
    if value == 0.0 {
        return "不变".to_owned();
    }
    let hidden = || format!("变化小于显示精度（{}）", measure.precision());
    measure.change(value).unwrap_or_else(hidden)
}

/// A slider's difference from the baseline: "高于现状 4 个百分点", "与现状相同".
pub fn delta(value: f64, default: f64, measure: Measure<'_>, now: &str) -> String {
    let difference = value - default;
    if difference == 0.0 {
        return format!("与{now}相同");
    }
    let side = if difference > 0.0 { "高于" } else { "低于" };
    let decimals = measure.decimals;
    let number = number::trimmed(&number::fixed(difference.abs(), decimals));
    let size = number::with_unit(&number, number::difference_unit(measure.unit));
    format!("{side}{now} {size}")
}

/// What a screen reader says of a slider: "财政科技支出增速，年均 12%，加强档，高于现状 4 个百分点".
pub fn slider(label: &str, value: &str, level: &str, delta: &str) -> String {
    let level = match level {
        "" => String::new(),
        word::WEAKER => format!("，{level}"),
        named => format!("，{named}档"),
    };
    format!("{label}，{value}{level}，{delta}")
}

/// A value with its unit as it is spoken: "年均 12%" for a rate a year.
pub fn spoken(number: &str, unit: &str) -> String {
    let number = number::trimmed(number);
    match unit.strip_prefix("%/年") {
        Some(rest) => format!("年均 {number}%{rest}"),
        None => number::with_unit(&number, unit),
    }
}

/// Which scenario a chart's sentence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaking {
    /// Nothing was moved.
    Baseline,
    /// Only assumptions were changed.
    Assumptions,
    /// Levers were moved.
    Scenario,
}

impl Speaking {
    fn opening(self) -> &'static str {
        match self {
            Self::Baseline => "照此下去",
            Self::Assumptions => "按所设假设照此下去",
            Self::Scenario => "按此方案",
        }
    }
}

/// A chart's title with a target: "按此方案，2027年研发强度约 3.64%，距目标差 0.11 个百分点".
pub fn chart_title(
    speaking: Speaking,
    period: &str,
    name: &str,
    value: &str,
    gap: Option<&str>,
) -> String {
    let opening = speaking.opening();
    let end = match gap {
        Some(gap) if gap.starts_with('差') => format!("，距目标{gap}"),
        Some(gap) if gap.starts_with("超出") => format!("，比目标{gap}"),
        Some(gap) if gap.starts_with("正好") => format!("，目标{gap}"),
        Some(gap) => format!("，{gap}"),
        None => String::new(),
    };
    format!("{opening}，{period}{name}约 {value}{end}")
}

/// A chart's title whose target is not judged: the value and why there is no judgement.
pub fn chart_title_pending(speaking: Speaking, period: &str, name: &str, value: &str) -> String {
    let opening = speaking.opening();
    format!("{opening}，{period}{name}约 {value}；基数待核，暂不评价")
}

/// A period of years: "2027年", "2023—2027年".
pub fn years(from: i32, to: i32) -> String {
    if from == to {
        format!("{to}年")
    } else {
        format!("{from}—{to}年")
    }
}

/// An instant on a quarterly grid: "2027年年初" for 2027.0, "2027年二季度初" for 2027.25.
pub fn instant(at: f64) -> String {
    let quarters = libm::round(at * 4.0) as i64;
    let (year, quarter) = (quarters.div_euclid(4), quarters.rem_euclid(4));
    match quarter {
        0 => format!("{year}年年初"),
        1 => format!("{year}年二季度初"),
        2 => format!("{year}年年中"),
        _ => format!("{year}年四季度初"),
    }
}

/// When a lever begins: before the policy start it describes policy already in force.
pub fn start(at: f64, policy_start: f64) -> String {
    if at < policy_start - 1e-9 {
        let whole = libm::floor(at);
        if (at - whole).abs() < 1e-9 {
            return format!("自{whole:.0}年起执行");
        }
        return format!("自{}起执行", instant(at));
    }
    format!("{}起", instant(at))
}

/// When the projected value first meets a target: "推演值2029年达到", "推演值到2035年仍达不到"; with what it
/// was before the plan, where that is another year.
pub fn met_in(year: Option<i32>, before: Option<Option<i32>>, wanted: i32, last: i32) -> String {
    let say = |year: Option<i32>| match year {
        Some(year) if year <= wanted => "按期达到".to_owned(),
        Some(year) => format!("{year}年达到"),
        None => format!("到{last}年仍达不到"),
    };
    match before {
        None => format!("推演值{}", say(year)),
        Some(before) => format!("推演值按此方案{}，现状{}", say(year), say(before)),
    }
}

/// The pace that is needed beside the one that is projected, both a year.
pub fn pace(needed: f64, projected: f64, from: i32, measure: Measure<'_>) -> String {
    let decimals = number::telling_decimals(projected, needed, measure.decimals);
    let sign = |value: f64| {
        let number = number::signed(value, decimals);
        number::with_unit(&number, number::difference_unit(measure.unit))
    };
    format!(
        "{from}年以后每年需 {}，推演每年 {}",
        sign(needed),
        sign(projected)
    )
}

/// How many targets stand in each light: "6项主要目标：可达成 2 · 有风险 1 · 难达成 2 · 待核 1".
pub fn strip(lights: impl Iterator<Item = &'static str>) -> String {
    let words: Vec<&str> = lights.collect();
    let known = Status::ALL.map(|known| word::status(known).2);
    let parts: Vec<String> = known
        .into_iter()
        .chain([word::NOT_COMPUTED])
        .filter_map(|word| {
            let count = words.iter().filter(|w| **w == word).count();
            (count > 0).then(|| format!("{word} {count}"))
        })
        .collect();
    format!("{}项主要目标：{}", words.len(), parts.join(" · "))
}

/// Money of one year in words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoneyWords<'a> {
    /// Year.
    pub year: i32,
    /// What the scenario takes from S&T money; `None` where nothing shows.
    pub cost: Option<&'a str>,
    /// S&T money that is not yet bound.
    pub available: Option<&'a str>,
    /// What is missing.
    pub gap: Option<&'a str>,
    /// What its levers cost beyond that, charged elsewhere.
    pub added: Option<&'a str>,
}

/// "2028年方案占用科技资金 56.1 亿元，可用 15.0 亿元，资金缺口 41.0 亿元".
pub fn money(words: &MoneyWords<'_>) -> String {
    let year = words.year;
    let mut out = match words.cost {
        Some(cost) => format!("{year}年方案占用科技资金 {cost}"),
        None => format!("{year}年方案不占用科技资金"),
    };
    if let Some(available) = words.available {
        out.push_str(&format!("，可用 {available}"));
    }
    match (words.gap, words.cost) {
        (Some(gap), _) => out.push_str(&format!("，资金缺口 {gap}")),
        (None, Some(_)) => out.push_str("，够用"),
        (None, None) => {}
    }
    if let Some(added) = words.added {
        out.push_str(&format!("；另有不占用科技资金的支出 {added}"));
    }
    out
}

/// Up to when actuals are known: "数据截至2025年年末".
pub fn data_until(date: &str) -> String {
    format!("数据截至{date}")
}

/// The line under a chart in a file.
pub fn footer(scenario: &str, data: &str, model: &str) -> String {
    format!("{scenario} · {} · {model}", data_until(data))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    const SHARE: Measure<'static> = Measure {
        unit: "%",
        decimals: 2,
    };
    const FIRMS: Measure<'static> = Measure {
        unit: "家",
        decimals: 0,
    };

    #[test]
    fn gaps_in_the_unit() {
        let all = [
            gap(0.11, SHARE),
            gap(0.004, SHARE),
            gap(-0.004, SHARE),
            gap(0.0, SHARE),
            gap(1e-12, SHARE),
            gap(1631.0, FIRMS),
            gap(-1200.0, FIRMS),
        ];
        expect![[r#"
            差 0.11 个百分点
            差 0.004 个百分点
            超出 0.004 个百分点
            正好达到
            正好达到
            差 1,631 家
            超出 1,200 家"#]]
        .assert_eq(&all.join("\n"));
    }

    #[test]
    fn gaps_as_amounts() {
        let all = [
            gap_amount(39.2, "亿元", "研发经费"),
            gap_amount(-3.26, "亿元", "研发经费"),
        ];
        expect![[r#"
            ≈ 再增 39 亿元研发经费
            ≈ 余量 3.3 亿元研发经费"#]]
        .assert_eq(&all.join("\n"));
    }

    #[test]
    fn changes_say_when_they_are_too_small_to_show() {
        let all = [
            change(0.012, SHARE),
            change(0.0099, SHARE),
            change(-0.0007, SHARE),
            change(0.0, SHARE),
            change(351.0, FIRMS),
        ];
        expect![[r#"
            +0.01 个百分点
            变化小于显示精度（0.01 个百分点）
            变化小于显示精度（0.01 个百分点）
            不变
            +351 家"#]]
        .assert_eq(&all.join("\n"));
    }

    #[test]
    fn a_slider_is_said_in_one_breath() {
        let rate = Measure {
            unit: "%/年",
            decimals: 1,
        };
        let value = spoken("12.0", "%/年");
        let text = slider(
            "财政科技支出增速",
            &value,
            "加强",
            &delta(12.0, 8.0, rate, "现状"),
        );
        expect!["财政科技支出增速，年均 12%，加强档，高于现状 4 个百分点"].assert_eq(&text);
        let weaker = slider(
            "项目数",
            &spoken("80", "项/年"),
            word::WEAKER,
            &delta(80.0, 100.0, FIRMS, "现状"),
        );
        expect!["项目数，80 项/年，弱于现状，低于现状 20 家"].assert_eq(&weaker);
    }

    #[test]
    fn chart_titles_are_sentences() {
        let title = |gap| chart_title(Speaking::Scenario, "2027年", "研发强度", "3.64%", gap);
        let all = [
            title(Some("差 0.11 个百分点")),
            title(Some("超出 0.02 个百分点")),
            title(Some("正好达到")),
            title(None),
            chart_title_pending(Speaking::Baseline, "2027年", "科技创新基金", "998 亿元"),
        ];
        expect![[r#"
            按此方案，2027年研发强度约 3.64%，距目标差 0.11 个百分点
            按此方案，2027年研发强度约 3.64%，比目标超出 0.02 个百分点
            按此方案，2027年研发强度约 3.64%，目标正好达到
            按此方案，2027年研发强度约 3.64%
            照此下去，2027年科技创新基金约 998 亿元；基数待核，暂不评价"#]]
        .assert_eq(&all.join("\n"));
    }

    #[test]
    fn starts_before_the_policy_start_are_policy_in_force() {
        let all = [2027.0, 2027.25, 2028.5, 2026.0, 2026.75].map(|at| start(at, 2027.0));
        expect![[r#"
            2027年年初起
            2027年二季度初起
            2028年年中起
            自2026年起执行
            自2026年四季度初起执行"#]]
        .assert_eq(&all.join("\n"));
    }

    #[test]
    fn lights_are_counted_by_word() {
        let lights = ["可达成", "难达成", "可达成", "待核"];
        expect!["4项主要目标：可达成 2 · 难达成 1 · 待核 1"].assert_eq(&strip(lights.into_iter()));
    }
}
