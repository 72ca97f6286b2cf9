//! Words for rules: how they stand, by how much and through whom they are broken, what to do.

use super::number;
use super::sentence::Measure;
use tidemark_pack::assess::Verdict;
use tidemark_pack::record::{Comparator, Reading, RuleKind};

/// Glyph, class and word of how a rule stands; shape and word always stand beside the colour.
pub fn verdict(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::Kept => ("●", "ok", "满足"),
        Verdict::Broken => ("■", "miss", "本方案打破"),
        Verdict::Widened => ("■", "miss", "本方案加重"),
        Verdict::Inherited => ("▲", "risk", "基准已不满足"),
        Verdict::Immaterial => ("●", "ok", "基本满足"),
        Verdict::Unknown => ("◌", "pending", "无法判断"),
        Verdict::Statement => ("◇", "pending", "须人工核对"),
    }
}

/// What a rule is about.
pub fn kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Fiscal => "财政规则",
        RuleKind::Accounting => "记账规则",
        RuleKind::Statement => "文件规定",
    }
}

/// Heads of the table of a rule's years.
pub const COLUMNS: [&str; 5] = ["年份", "本方案", "余量", "基准余量", "方案造成"];

/// A rule that is kept in every year, with the year that is nearest to its bound.
pub fn kept(year: i32, left: Option<&str>) -> String {
    match left {
        Some(left) => format!("各年都满足；最紧的是{year}年，余量 {left}"),
        None => "各年都满足".to_owned(),
    }
}

/// A rule that the baseline keeps and levers break.
pub fn broken(year: i32, short: &str) -> String {
    format!("{year}年差 {short}；基准满足，差额全由本方案造成")
}

/// A rule that levers break further.
pub fn widened(year: i32, short: &str, baseline: &str, own: &str) -> String {
    format!("{year}年差 {short}：基准已差 {baseline}，本方案又加 {own}")
}

/// A rule that the baseline keeps and levers break by less than counts.
pub fn immaterial(year: i32, short: &str, material: &str) -> String {
    format!("{year}年差 {short}，低于计较的下限 {material}，不算打破")
}

/// A rule that is broken without the levers; `eased` is what they take away of it.
pub fn inherited(year: i32, short: &str, eased: Option<&str>) -> String {
    match eased {
        Some(eased) => format!("{year}年差 {short}；基准差得更多，本方案已缩小 {eased}"),
        None => format!("{year}年差 {short}；基准情景同样不满足，不是本方案造成"),
    }
}

/// A rule without a value in one of its years.
pub fn unknown(year: i32) -> String {
    format!("{year}年没有推演值，无法判断")
}

/// A rule beyond the model.
pub const BY_HAND: &str = "模型算不出这一条，请按原文人工核对。";

/// What a rule wants of each year: "每年应 ≥ 0%（全年平均）".
pub fn wanted(comparator: Comparator, value: &str, at: Reading, from: Option<i32>) -> String {
    let reading = match (from, at) {
        (Some(from), Reading::Cagr) => format!("{from}年以来年均增速"),
        (Some(from), Reading::Sum) => format!("{from}年以来累计"),
        (Some(from), Reading::Max) => format!("{from}年以来最大值"),
        (None, Reading::Cagr) => "比上年增长".to_owned(),
        (_, Reading::End) => "年末".to_owned(),
        (None, Reading::Max) => "全年最大值".to_owned(),
        (_, Reading::Mean) | (None, Reading::Sum) => "全年".to_owned(),
    };
    match comparator {
        Comparator::AtLeast => format!("{reading}应不低于 {value}"),
        Comparator::AtMost => format!("{reading}应不高于 {value}"),
        Comparator::About => format!("任何时候都应等于 {value}"),
    }
}

/// The unit of a rule's table: "单位：亿元".
pub fn unit(unit: &str) -> String {
    format!("单位：{unit}")
}

/// "差 41.0", "余 3.2", "刚好"; the unit stands above the table.
pub fn margin(margin: f64, decimals: usize) -> String {
    let text = Measure { unit: "", decimals }.difference(margin);
    let is_seen = text.chars().any(|c| c.is_ascii_digit() && c != '0');
    match (is_seen, margin > 0.0) {
        (false, _) => "刚好".to_owned(),
        (true, true) => format!("余 {text}"),
        (true, false) => format!("差 {text}"),
    }
}

/// What to do: the lever that was raised or lowered goes back to a value; `then` is what that leads to.
pub fn put_back(lever: &str, value: &str, is_raised: bool, then: &str) -> String {
    let side = if is_raised { "不超过" } else { "不低于" };
    format!("把“{lever}”调回{side} {value}，{then}")
}

/// The same where only the timing of the lever was changed.
pub fn put_back_timing(lever: &str, then: &str) -> String {
    format!("恢复“{lever}”的起步和节奏，{then}")
}

/// What advice leads to: the rule is kept.
pub const THEN_KEPT: &str = "方案就不再违反这一条";
/// It is broken by less than counts.
pub const THEN_IMMATERIAL: &str = "方案的差额就低于计较的下限";

/// The baseline breaks it all the same.
pub fn then_inherited(short: &str) -> String {
    format!("方案就不再加重；基准本身仍差 {short}")
}

/// What to do where no lever is enough alone.
pub fn put_back_first(lever: &str, left: &str) -> String {
    format!("影响最大的是“{lever}”；单独恢复它，方案仍造成 {left} 的差额，还要调整其他杠杆")
}

/// The line on the main screen: which rule, which year, by how much, through whom.
pub fn notice(label: &str, sentence: &str, verdict: Verdict) -> String {
    let act = match verdict {
        Verdict::Widened => "加重违反",
        _ => "打破",
    };
    format!("本方案{act}“{label}”：{sentence}")
}

/// How many rules more than the one that is told.
pub fn others(count: usize) -> String {
    format!("另有 {count} 条规则也被打破或加重，见“资金与规则”")
}

/// Beside the button of rules: how many rules the levers break.
pub fn count(broken: usize) -> String {
    format!("■ {broken} 条")
}

/// A value with its unit, to its own digits at most.
pub fn value(value: f64, unit: &str, decimals: usize) -> String {
    let text = number::trimmed(&number::fixed(value, decimals));
    number::with_unit(&text, unit)
}
