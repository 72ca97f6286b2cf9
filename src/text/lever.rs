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
