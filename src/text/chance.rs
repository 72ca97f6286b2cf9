//! Words of probabilities and bands.

use super::number;
use crate::protocol::{Refusal, Spread, Unread};

/// Before a probability.
pub const CHANCE: &str = "达成概率";
/// Heading: what bands and probabilities are of.
pub const UNCERTAINTY: &str = "不确定性";
/// All of it.
pub const WHOLE: &str = "全部";
/// Growth, prices, drift.
pub const ENVIRONMENT: &str = "外部环境";
/// Effects of policy.
pub const EFFECT: &str = "政策效应";
/// Said of the choice.
pub const SPREAD_NOTE: &str = "只改图上的带：全部＝外部环境、政策效应和模型误差一起；分开看时另一类停在中位数，可以看出不确定性主要来自哪里。推演值和把握始终按全部计算。";
/// Setting: members.
pub const MEMBERS: &str = "抽样次数";
/// Button: choose the targets of the joint probability.
pub const CHOOSE: &str = "选择";
/// Said of a target's check box.
pub const IN_JOINT: &str = "计入同时达成";
/// Heading of the joint probability.
pub const JOINT: &str = "同时达成";
/// Below it.
pub const JOINT_NOTE: &str = "勾选要一起达成的目标。同时达成的概率按同一批抽样数出来，不是各项概率相乘。待核和没有实绩的目标没有概率。";
/// No target is chosen.
pub const NONE_CHOSEN: &str = "没有选择目标";
/// Lower and upper end of the band, in a table.
pub const BAND_HEAD: &str = "80%区间";
/// The same of the difference from the baseline.
pub const APART_HEAD: &str = "与基准之差的80%区间";
/// Nobody has worked yet.
pub const STARTING: &str = "正在计算把握…";
/// Members are draws of the fit.
pub const FROM_FIT: &str = "已校准";
/// The same, longer.
pub const FROM_FIT_HINT: &str = "按校准后的联合分布抽样";
/// There is no fit.
pub const FROM_ASSUMPTIONS: &str = "仅按假设区间抽样";
/// The same, longer.
pub const FROM_ASSUMPTIONS_HINT: &str =
    "本地区没有校准结果：各项假设按各自区间独立抽样，概率只反映这些区间，没有经过历史数据检验。";
/// The page works itself.
pub const ON_PAGE: &str = "浏览器不允许后台计算，概率改在页面内分片计算，会慢一些";
/// A worker crashed and was started again.
pub const RESTARTED: &str = "后台计算意外停止，已重新启动";
/// It does not work at all.
pub const FAILED: &str = "把握暂时算不出";
/// Why there will be no chances.
pub fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::DrawsUnread(why) => format!("抽样文件读不到（{}）", unread(*why)),
        Refusal::DrawsCut { found, told } => {
            format!("抽样文件不完整（应有 {told} 组，只有 {found} 组）")
        }
        Refusal::DrawsOther => "抽样文件与数据包不符（文件被改动，或不是同一版本）".to_owned(),
        Refusal::DrawsStale => {
            "抽样文件是按另一版数据校准的，须由维护人员重新校准后发布".to_owned()
        }
        Refusal::DrawsUnusable(why) => format!("抽样文件不能用（{why}）"),
        Refusal::Pack(why) => format!("模型不能推演（{why}）"),
    }
}

fn unread(why: Unread) -> String {
    match why {
        Unread::NotListed => "数据包清单没有列出它".to_owned(),
        Unread::NoAnswer => "服务器没有应答".to_owned(),
        Unread::TooSlow => "服务器半分钟内没有传完".to_owned(),
        Unread::Status(404) => "文件不在服务器上，404".to_owned(),
        Unread::Status(status) => format!("服务器出错，{status}"),
        Unread::WebPage => "服务器返回的是网页，不是数据文件".to_owned(),
    }
}

/// Button: try it again.
pub const RETRY: &str = "重新计算";
/// Said of values that no member has answered.
pub const PREVIEW: &str = "推演值为预估，未经抽样核实";

/// "80%", "<5%", ">95%".
pub fn percent(percent: u8) -> String {
    match percent {
        0 => "<5%".to_owned(),
        100 => ">95%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// "约八成": a word for each step, so that the word differs where the number does.
pub fn words(percent: u8) -> &'static str {
    match percent {
        0 => "不到半成",
        5 => "约半成",
        10 => "约一成",
        15 => "约一成半",
        20 => "约两成",
        25 => "约两成半",
        30 => "约三成",
        35 => "约三成半",
        40 => "约四成",
        45 => "约四成半",
        50 => "约五成",
        55 => "约五成半",
        60 => "约六成",
        65 => "约六成半",
        70 => "约七成",
        75 => "约七成半",
        80 => "约八成",
        85 => "约八成半",
        90 => "约九成",
        95 => "约九成半",
        _ => "九成半以上",
    }
}

/// Below a chart's title: what its bands are of, and that the difference from the baseline has one.
pub fn bands(spread: Spread, is_apart: bool) -> String {
    let of = match spread {
        Spread::Whole => String::new(),
        Spread::Environment => format!("（只计{ENVIRONMENT}）"),
        Spread::Effect => format!("（只计{EFFECT}）"),
    };
    let apart = if is_apart {
        "；灰带：与基准之差同此"
    } else {
        ""
    };
    format!("浅带：十次里约八次落在其中{of}{apart}")
}

/// "八成": a level that chances are held against.
pub fn level(fraction: f64) -> &'static str {
    let said = words((fraction * 20.0).round() as u8 * 5);
    said.strip_prefix('约').unwrap_or(said)
}

/// "3.21 至 3.48"; with signs "+0.01 至 +0.04".
pub fn ends(low: &str, high: &str) -> String {
    format!("{low} 至 {high}")
}

/// "十次里约八次落在 3.21%—3.48%"; its middle is the projected value.
pub fn range([low, high]: [&str; 2]) -> String {
    format!("十次里约八次落在 {low}—{high}")
}

/// "3.21%—3.48%".
pub fn span([low, high]: [&str; 2]) -> String {
    format!("{low}—{high}")
}

/// A named world at the end of its line: "顺风世界".
pub fn world(name: &str) -> String {
    format!("{name}世界")
}

/// "5项同时达成 <5%（不到半成）".
pub fn joint(count: usize, percent: &str, words: &str) -> String {
    match count {
        1 => format!("选定的1项达成 {percent}（{words}）"),
        _ => format!("{count}项同时达成 {percent}（{words}）"),
    }
}

/// "最弱：研发强度 <5%".
pub fn weakest(name: &str, percent: &str) -> String {
    format!("最弱：{name} {percent}")
}

/// "1,000 次抽样".
pub fn members(count: usize) -> String {
    format!("{} 次抽样", number::fixed(count as f64, 0))
}

/// "10,000".
pub fn count(count: usize) -> String {
    number::fixed(count as f64, 0)
}

/// "正在计算 40%".
pub fn progress(done: usize, all: usize) -> String {
    let percent = done * 100 / all.max(1);
    format!("正在计算 {percent}%")
}

/// What a screen reader is told of a tile's probability.
pub fn aria(percent: &str, words: &str) -> String {
    format!("达成概率 {percent}，{words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_where_the_number_does() {
        let all: std::collections::BTreeSet<&str> = (0..=20).map(|k| words(5 * k)).collect();
        assert_eq!(all.len(), 21);
    }

    #[test]
    fn no_chance_is_certain_and_words_follow_the_number() {
        let said = [0, 5, 45, 80, 85, 95, 100].map(|p| format!("{} {}", percent(p), words(p)));
        expect_test::expect![[r#"
            <5% 不到半成
            5% 约半成
            45% 约四成半
            80% 约八成
            85% 约八成半
            95% 约九成半
            >95% 九成半以上"#]]
        .assert_eq(&said.join("\n"));
    }
}
