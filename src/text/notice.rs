//! Notices about values that were changed and links that were refused, each with a next step.

/// A value outside its range.
pub fn clamped(knob: &str, asked: &str, given: &str) -> String {
    format!("{knob} {asked} 超出可设范围，已取 {given}")
}

/// What to know after a value outside its range.
pub const CLAMPED_NEXT: &str = "可设范围见滑块两端；再往外模型没有意义";

/// A value between two steps.
pub fn snapped(knob: &str, asked: &str, given: &str) -> String {
    format!("{knob} {asked} 不在刻度上，已取最近的 {given}")
}

/// A start outside its range; `given` is an instant in words.
pub fn start_clamped(lever: &str, given: &str) -> String {
    format!("{lever}的起步时间超出可选范围，已取{given}")
}

/// What to know after a start outside its range.
pub const START_CLAMPED_NEXT: &str = "起步最早为数据截止时，最晚为推演最后一年";

/// Input that is no number.
pub fn not_a_number(typed: &str, knob: &str) -> String {
    format!("“{typed}”不能读作{knob}的数值，原值不变")
}

/// How numbers can be written.
pub const NOT_A_NUMBER_NEXT: &str = "可写成 12,000、1.2万、1.2亿或 15%";

/// A link without a scenario.
pub const LINK_ABSENT: &str = "链接里没有方案";

/// A link that was cut or altered.
pub const LINK_DAMAGED: &str = "链接不完整或被改动，无法还原方案；当前方案不变";

/// What to do about a damaged link.
pub const LINK_DAMAGED_NEXT: &str = "请从原处重新完整复制链接";

/// A link of a later version.
pub const LINK_NEWER: &str = "链接由更新版本的潮位生成，本版读不了；当前方案不变";

/// What to do about a link of a later version.
pub const LINK_NEWER_NEXT: &str = "请刷新页面取得新版，或请对方用本版重新生成链接";

/// A link to a pack that the site does not have.
pub fn unknown_pack(id: &str) -> String {
    format!("链接里的地区“{id}”不在本站，链接没有打开")
}

/// What is shown instead of a pack that the site does not have.
pub fn unknown_pack_next(place: &str) -> String {
    format!("现在显示的是{place}；请在页面顶部选地区，或请网站维护人员加入这份数据包")
}

/// A link made with another pack.
pub fn link_other_pack(hash: &str) -> String {
    format!("链接属于另一份数据包（{hash}）；当前方案不变")
}

/// What to do about a link made with another pack.
pub fn link_other_pack_next(id: &str, version: &str) -> String {
    format!("本页的数据包是 {id} {version}；请用生成链接的那一版打开，或按内容重新设置")
}

/// A link that names a year that the pack does not.
pub fn unknown_year(year: &str) -> String {
    format!("链接里的目标年“{year}”不可选，按首个目标年显示。")
}

/// Years that may be chosen.
pub fn unknown_year_next(years: &[String]) -> String {
    format!("可选：{}。", years.join("、"))
}
