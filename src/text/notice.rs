//! Notices about links and stored scenarios that were changed or refused, each with a next step.

use crate::state::Source;

/// At most 20 characters of a foreign text.
pub fn short(text: &str) -> String {
    let mut kept: String = text.chars().take(20).collect();
    if text.chars().nth(20).is_some() {
        kept.push('…');
    }
    kept
}

fn source(from: Source) -> &'static str {
    match from {
        Source::Link => "链接",
        Source::Storage => "本机保存的情景",
    }
}

fn inside(from: Source) -> &'static str {
    match from {
        Source::Link => "链接里",
        Source::Storage => "保存的",
    }
}

/// A start outside its range; `given` is an instant in words.
pub fn start_clamped(lever: &str, given: &str) -> String {
    format!("{lever}的起步时间超出可选范围，已取{given}")
}

/// What to know after a start outside its range.
pub const START_CLAMPED_NEXT: &str = "起步最早为数据截止时，最晚为推演最后一年";

/// A scenario that the pack at hand has partly otherwise.
pub fn differs(from: Source, count: usize) -> String {
    format!(
        "{}已打开，与本版数据有 {count} 处不同，其余照用：",
        source(from)
    )
}

/// What to know after it.
pub fn differs_next(from: Source) -> &'static str {
    match from {
        Source::Link => "可撤销；链接本身不变",
        Source::Storage => "可撤销；原文已另存在本机",
    }
}

/// A value outside the range.
pub fn out_of_range(from: Source, knob: &str, asked: &str, range: &str, given: &str) -> String {
    format!(
        "{knob}：{}是 {asked}，本版范围 {range}，已取 {given}",
        inside(from)
    )
}

/// A value between two steps.
pub fn off_grid(from: Source, knob: &str, asked: &str, step: &str, given: &str) -> String {
    format!(
        "{knob}：{}是 {asked}，本版步长 {step}，已取 {given}",
        inside(from)
    )
}

/// A start that cannot be chosen.
pub fn other_start(from: Source, lever: &str, asked: &str, given: &str) -> String {
    format!(
        "{lever}的起步时间：{}是{asked}，本版不可选，已取{given}",
        inside(from)
    )
}

/// A lever that is not there; `what` says what of it.
pub fn no_lever(id: &str, what: &str) -> String {
    format!("没有这个杠杆：{id}{what}，未采用")
}

/// An assumption that is not there.
pub fn no_assumption(id: &str, what: &str) -> String {
    format!("没有这个假设：{id}{what}，未采用")
}

/// A value behind an id.
pub fn equals(value: &str) -> String {
    format!(" = {value}")
}

/// Only its timing was set.
pub const ONLY_TIMING: &str = "（推进节奏）";
/// It was locked.
pub const ONLY_LOCK: &str = "（锁定）";
/// A reason was given.
pub const ONLY_REASON: &str = "（理由）";

/// A year that may not be chosen.
pub fn unknown_year(year: &str, years: &[String]) -> String {
    format!("目标年“{year}”不可选，可选：{}", years.join("、"))
}

/// A part that cannot be read or names what is not there.
pub fn unknown_part(text: &str) -> String {
    format!("“{text}”读不出，或本版没有，未采用")
}

/// A text that was cut or altered.
pub fn damaged(from: Source) -> &'static str {
    match from {
        Source::Link => "链接不完整或被改动，没有打开；当前方案不变",
        Source::Storage => "本机保存的情景已损坏，读不出；原文另存在本机，没有丢弃",
    }
}

/// The same where something of it can be read.
pub fn damaged_in_part(from: Source) -> &'static str {
    match from {
        Source::Link => "链接不完整或被改动，没有打开；当前方案不变。读得出的部分：",
        Source::Storage => "本机保存的情景已损坏；原文另存在本机，没有丢弃。读得出的部分：",
    }
}

/// What to do about it.
pub fn damaged_next(from: Source) -> &'static str {
    match from {
        Source::Link => "请从原处重新完整复制链接",
        Source::Storage => "可下载原文留存，或删除",
    }
}

/// Button: uses what can be read.
pub const OPEN_READABLE: &str = "按读得出的打开";

/// A name that can be read.
pub fn named(name: &str) -> String {
    format!("名称：{name}")
}

/// "财政科技支出增速：12%".
pub fn item(knob: &str, value: &str) -> String {
    format!("{knob}：{value}")
}

/// A link of a version that never was.
pub const LINK_NEWER: &str = "链接由更新版本的潮位生成，本版读不了；当前方案不变";

/// What to do about it.
pub const LINK_NEWER_NEXT: &str = "请刷新页面取得新版，或请对方用本版重新生成链接";

/// A link to a pack that the site does not have.
pub fn unknown_pack(id: &str) -> String {
    format!("链接里的地区“{id}”不在本站，链接没有打开")
}

/// What is shown instead of a pack that the site does not have.
pub fn unknown_pack_next(place: &str) -> String {
    format!("现在显示的是{place}；请在页面顶部选地区，或请网站维护人员加入这份数据包")
}

/// A text for another place.
pub fn other_place(from: Source, id: &str) -> String {
    format!("{}属于另一个地区“{id}”，没有打开", source(from))
}

/// A text of before, of a pack nobody kept a record of.
pub fn other_pack(from: Source, hash: &str) -> String {
    format!(
        "{}是旧格式，用的数据包 {hash} 没有留下对照表，没有打开",
        source(from)
    )
}

/// What to do about it.
pub fn other_pack_next(id: &str, version: &str) -> String {
    format!("本页的数据包是 {id} {version}；请用生成它的那一版打开，或按内容重新设置")
}

/// A text of before, while the records of packs cannot be read.
pub fn no_records(from: Source) -> String {
    format!(
        "{}是旧格式，所需的对照表（packs/links.txt）读不到，没有打开",
        source(from)
    )
}

/// What to do about it.
pub const NO_RECORDS_NEXT: &str = "请检查网络后重新打开，或请网站维护人员补上这个文件";

/// Storage is full or switched off.
pub const NOT_KEPT: &str = "浏览器没有保存情景：本机存储已满或被禁用";

/// What to do about it.
pub const NOT_KEPT_NEXT: &str = "情景仍在地址栏里，请复制链接另存；原先保存的没有被覆盖";

/// Another tab has another scenario of this place.
pub const OTHER_TAB: &str = "另一个标签页也在改本地区的情景，本机保存以最后改动的为准";

/// What became of it.
pub const OTHER_TAB_NEXT: &str = "那个标签页的情景已另存，也仍在它自己的地址里";

/// Scenarios kept aside.
pub fn aside(count: usize) -> String {
    format!("本机另存着 {count} 份情景：读不出的、与本版不同的，或被链接和别的标签页替下的")
}

/// What will become of them.
pub const ASIDE_NEXT: &str = "在您决定之前一直保留";
/// Button: opens the newest.
pub const ASIDE_OPEN: &str = "打开最近一份";
/// Button: saves all.
pub const ASIDE_SAVE: &str = "下载";
/// Button: forgets all.
pub const ASIDE_DROP: &str = "删除";

/// Mark of a scenario that was made with other data.
pub const OTHER_DATA: &str = "用另一版数据做的情景";

/// What that means.
pub fn other_data_hint(origin: &str, now: &str) -> String {
    format!("这个情景是用数据包 {origin} 做的，现在按 {now} 推演，结果可能与当时不同")
}

/// Button: the mark was seen.
pub const OTHER_DATA_SEEN: &str = "知道了";

/// A page of another place that cannot be shown, and the way back.
pub fn back_to(place: &str) -> String {
    format!("回到{place}")
}
