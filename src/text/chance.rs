//! Words of probabilities and bands.

use super::number;

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
pub const SPREAD_NOTE: &str = "全部＝外部环境、政策效应和模型误差一起；分开看时另一类停在中位数，可以看出不确定性主要来自哪里。";
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
/// Below a chart's title: what its bands are.
pub const BANDS: &str = "浅带：十次里约八次落在其中";
/// The same where the difference from the baseline has a band of its own.
pub const BANDS_APART: &str = "浅带：十次里约八次落在其中；灰带：与基准之差同此";
/// Lower and upper end of the band, in a table.
pub const BAND_HEAD: &str = "80%区间";
/// The same of the difference from the baseline.
pub const APART_HEAD: &str = "与基准之差的80%区间";
/// Nobody has worked yet.
pub const STARTING: &str = "概率计算正在启动…";
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
pub const FAILED: &str = "概率暂时算不出，曲线和推演值不受影响；请刷新重试";

/// "80%", "<5%", ">95%".
pub fn percent(percent: u8) -> String {
    match percent {
        0 => "<5%".to_owned(),
        100 => ">95%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// "十次里约八次"; halves of tenths go to the side that promises less.
pub fn words(percent: u8) -> &'static str {
    match percent {
        0 => "十次里不到一次",
        5 => "二十次里约一次",
        10 | 15 => "十次里约一次",
        20 | 25 => "十次里约两次",
        30 | 35 => "十次里约三次",
        40 | 45 => "十次里约四次",
        50 | 55 => "十次里约五次",
        60 | 65 => "十次里约六次",
        70 | 75 => "十次里约七次",
        80 | 85 => "十次里约八次",
        90 => "十次里约九次",
        95 => "二十次里约十九次",
        _ => "十次里九次以上",
    }
}

/// "3.21 至 3.48"; with signs "+0.01 至 +0.04".
pub fn ends(low: &str, high: &str) -> String {
    format!("{low} 至 {high}")
}

/// "十次里约八次落在 3.21%—3.48%，居中 3.35%"; the middle of the members is not the line, which is one
/// run at the model's own constants.
pub fn range([low, middle, high]: [&str; 3]) -> String {
    format!("十次里约八次落在 {low}—{high}，居中 {middle}")
}

/// A named world at the end of its line: "顺风世界".
pub fn world(name: &str) -> String {
    format!("{name}世界")
}

/// "5项同时达成 <5%（十次里不到一次）".
pub fn joint(count: usize, percent: &str, words: &str) -> String {
    format!("{count}项同时达成 {percent}（{words}）")
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
    fn no_chance_is_certain_and_words_follow_the_number() {
        let said = [0, 5, 45, 80, 85, 95, 100].map(|p| format!("{} {}", percent(p), words(p)));
        expect_test::expect![[r#"
            <5% 十次里不到一次
            5% 二十次里约一次
            45% 十次里约四次
            80% 十次里约八次
            85% 十次里约八次
            95% 二十次里约十九次
            >95% 十次里九次以上"#]]
        .assert_eq(&said.join("\n"));
    }
}
