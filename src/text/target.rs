//! Words around targets: tiles, the drawer, sources, the scenario's one sentence and the status
//! bar.

/// What a screen reader says of a target.
pub fn aria(
    name: &str,
    period: &str,
    value: &str,
    target: &str,
    status: &str,
    gap: &str,
) -> String {
    format!("{name}，{period}推演值 {value}，目标 {target}，{status}，{gap}")
}

/// Name of a target that wants an indicator to grow.
pub fn growth_of(indicator: &str) -> String {
    format!("{indicator}年均增速")
}

/// A run that gives no value.
pub const NO_PROJECTION: &str = "没有推演值";
/// Gap to a figure that is printed as "about".
pub const ABOUT_NOT_JUDGED: &str = "约数，不评价";
/// Why a target printed as "about" has no light.
pub const WHY_ABOUT: &str = "文件只给了大约数，不评价";
/// Why a target without start or value has no light.
pub const WHY_NO_START: &str = "没有可比的起点或推演值，不评价";
/// Why a target whose year is over has no light.
pub const WHY_AWAITED: &str = "目标年已过，这一年的数还没有公布，不再推演把握";

/// A level or ratio held against another year than its own.
pub fn held_other(own: i32, year: i32) -> String {
    format!("按{own}年目标值看{year}年")
}

/// What keeps its own years although another one is looked at.
pub fn held_aside(own: &str) -> String {
    format!("只按{own}看")
}

/// The middle meets the target and the chance is still short of what counts as reached.
pub fn met_but_unsure(gap: &str, words: &str) -> String {
    format!("中位{gap}，把握{words}")
}

/// A change too small to show.
pub const HIDDEN: &str = "小于显示精度";

/// Heading of what the wider area wants.
pub const WIDER: &str = "上级地区目标（只作参照）";

/// "浙江省2027年目标 ≥3.40%：全省口径，不是宁波市的任务，不计入达成。"
pub fn wider_goal(area: &str, year: i32, wanted: &str, here: &str, note: &str) -> String {
    format!("{area}{year}年目标 {wanted}：{area}全域口径，不是{here}的任务，不计入达成。{note}")
}

/// What a sentence is used for.
pub fn used_for(wording: &str) -> String {
    format!("用作目标：{wording}")
}

/// What a target replaces.
pub fn replaces(wording: &str) -> String {
    format!("取代：{wording}")
}

/// How a target is read.
pub fn read_as(note: &str) -> String {
    format!("读法：{note}")
}

/// No lever was moved, and assumptions were.
pub const UNMOVED_ASSUMED: &str = "假设已改，现状按所设假设计算";

/// Sentences one after another, each with its full stop.
pub fn sentences(said: &[String]) -> String {
    format!("{}。", said.join("。"))
}

/// A light that differs from the baseline's.
pub fn light_changed(name: &str, before: &str, after: &str) -> String {
    format!("{name}由{before}变为{after}")
}

/// Several clauses of one sentence.
pub fn clauses(said: &[String]) -> String {
    said.join("，")
}

/// The accounts are in balance and every value is a number.
pub const CHECKED: &str = "校验 ✓";

/// From this year on a value is no number.
pub fn not_finite(year: i32) -> String {
    format!("校验 ✗ {year}年起有变量算不出数")
}

/// These balances are broken.
pub fn unbalanced(labels: &[&str]) -> String {
    format!("校验 ✗ {}", labels.join("、"))
}
