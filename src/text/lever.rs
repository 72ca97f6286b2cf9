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
