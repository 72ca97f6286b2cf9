//! Words of charts, of their tables and of the files made of them.

/// Name of the line or column without any policy.
pub const BASELINE: &str = "基准";
/// Name of the line or column of the scenario on the page.
pub const SCENARIO: &str = "本方案";
/// A target in force.
pub const TARGET: &str = "目标";
/// A target that another has replaced.
pub const FORMER_TARGET: &str = "原目标";
/// At the instant policies start.
pub const POLICY_START: &str = "政策起步";
/// The figure of a year is the one at its end.
pub const AT_YEAR_END: &str = "年末数";
/// The figure of a year is its highest.
pub const YEARLY_HIGHEST: &str = "年内最高";
/// The figure of a year is of the whole year.
pub const WHOLE_YEAR: &str = "全年数";
/// Head of the column of periods.
pub const TIME: &str = "时间";
/// Head of the column of published figures.
pub const ACTUAL: &str = "实绩";
/// Head of the column that says how firm published figures are.
pub const ACTUAL_KIND: &str = "实绩性质";
/// Head of the column that says which documents set the targets.
pub const TARGET_KIND: &str = "目标性质";
/// Head of the column with what the model says more than was published.
pub const MISS: &str = "模型与实绩之差";
/// Head of the column of what must be known of a year.
pub const NOTE: &str = "说明";
/// Why a line misses a year.
pub const FITTED: &str = "模型按全部年份一起校准，不逐年贴合";
/// The true figure is this or more.
pub const AT_LEAST: &str = "不低于";
/// The true figure is this or less.
pub const AT_MOST: &str = "不高于";
/// The true figure is near this one.
pub const ABOUT: &str = "约数";
/// Between the things said of one figure.
pub const COMMA: &str = "，";
/// Between the targets of one year.
pub const SEMICOLON: &str = "；";
/// Ten thousand, on an axis.
pub const TEN_THOUSAND: &str = "万";
/// A hundred million, on an axis.
pub const HUNDRED_MILLION: &str = "亿";

/// Below a chart's title: what is drawn, in which unit, as of when, and where.
pub fn subtitle(name: &str, unit: &str, when: &str, place: &str) -> String {
    format!("{name}（{unit}，{when}）· {place}")
}

/// A table's caption: indicator and place.
pub fn caption(name: &str, place: &str) -> String {
    format!("{name}，{place}")
}

/// A column's head with the unit of its numbers.
pub fn head_with_unit(name: &str, unit: &str) -> String {
    format!("{name}（{unit}）")
}

/// The status of a target's document, and that another target has replaced it.
pub fn replaced(status: &str) -> String {
    format!("{status}，已被替代")
}

/// A whole year: "2023年".
pub fn year(year: i32) -> String {
    format!("{year}年")
}

/// The first month of a year: "2024年1月".
pub fn january(year: i32) -> String {
    format!("{year}年1月")
}

/// A year from its start to a month: "2024年1—6月".
pub fn to_month(year: i32, month: u8) -> String {
    format!("{year}年1—{month}月")
}

/// Model and data of a file: "科技创新模型 0.1.0 · 数据包 ningbo 0.1.0（1a2b3c4d）".
pub fn model_version(model: &str, pack: &str, version: &str, hash: &str) -> String {
    format!("{model} · 数据包 {pack} {version}（{hash}）")
}
