//! Words beside levers and assumptions.

/// What a lever's value is compared with.
pub const NOW: &str = "现状";

/// What an assumption's value is compared with.
pub const BASELINE: &str = "基准";

/// The tick of the present value.
pub fn now_tick(value: &str) -> String {
    format!("{NOW} {value}")
}

/// A value below the range with evidence.
pub fn below_safe(from: &str) -> String {
    format!("低于有依据的范围（{from} 起）")
}

/// A value above the range with evidence.
pub fn above_safe(to: &str) -> String {
    format!("超出有依据的范围（至 {to}）")
}

/// A value above all that was reached or promised.
pub fn beyond_stretch(highest: &str) -> String {
    format!("超出曾经达到或承诺的最高值 {highest}，仅供测算")
}

/// Tab: all levers.
pub const ALL: &str = "全部";

/// Above the levers: by what they stand in order.
pub fn ordered_by(year: i32, target: &str) -> String {
    format!("按对{year}年{target}的作用排列")
}

/// What a lever alone does to the chosen target.
pub fn effect(year: i32, change: &str) -> String {
    format!("{year}年 {change}")
}

/// The same where it does not show.
pub fn no_effect(year: i32) -> String {
    format!("对{year}年几乎无作用")
}

/// What the effect is.
pub fn effect_hint(precision: &str) -> String {
    format!(
        "只动这一项、用到有依据范围内较好的一端时，所选目标推演值（中位数）的变化；不到 {precision} 的写“几乎无作用”"
    )
}

/// A lever that costs nothing.
pub const NO_COST: &str = "不增支出";

/// A cost that cannot be computed.
pub fn cost_unknown(year: i32) -> String {
    format!("{year}年支出无法计算")
}

/// What a lever costs in a year.
pub fn cost(year: i32, amount: &str) -> String {
    format!("{year}年需 {amount}")
}

/// What a lever saves in a year.
pub fn saving(year: i32, amount: &str) -> String {
    format!("{year}年少支出 {amount}")
}

/// Ends of a range.
pub fn from_to(from: &str, to: &str) -> String {
    format!("{from}—{to}")
}

/// Button: a value that was probably meant.
pub fn take(value: &str) -> String {
    format!("取 {value}")
}

/// A typed value outside the range.
pub fn outside(range: &str, asked: &str) -> String {
    format!("{asked} 超出范围 {range}，没有改动")
}

/// A typed value between two steps.
pub fn between(asked: &str, step: &str, given: &str) -> String {
    format!("{asked} 不在刻度上（步长 {step}），已取最近的 {given}")
}

/// A typed text that can be read in two ways.
pub fn ambiguous(typed: &str, range: &str) -> String {
    format!("“{typed}”里的逗号有两种读法，没有改动；范围 {range}")
}

/// A typed number of another unit.
pub fn other_unit(typed: &str, unit: &str, range: &str) -> String {
    format!("“{typed}”的单位不是 {unit}，没有改动；范围 {range}")
}

/// A typed text that is no number.
pub fn not_a_number(typed: &str, range: &str) -> String {
    format!("“{typed}”读不出数值，没有改动；范围 {range}，可写 12.5、1,200、1.2万、15%")
}

/// Asks why a lever stands beyond all that was reached or promised.
pub const WHY_BEYOND: &str = "为什么设到历史最高值以外？写后按回车，随情景保存并打印";

/// Button: gives no reason.
pub const NO_REASON: &str = "不写理由";

/// Before a reason that was given.
pub const REASON: &str = "超出历史最高值的理由";

/// In place of one that was not.
pub const NOT_WRITTEN: &str = "未写";

/// A reason on paper; empty for none.
pub fn reason(text: &str) -> String {
    let text = if text.is_empty() { NOT_WRITTEN } else { text };
    format!("{REASON}：{text}")
}
