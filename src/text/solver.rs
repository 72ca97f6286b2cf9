//! Words of the panel 怎样才能达到: what is asked, what was found, what stands in the way.

use super::chance;
use crate::protocol::inquiry::{Kind, Reach};

/// Title of the panel, and of the buttons that open it.
pub const TITLE: &str = "怎样才能达到";
/// The key that opens it.
pub const KEY: &str = "G";
/// Heading: targets.
pub const TARGETS: &str = "要达到的目标（同时达到）";
/// Said where no target can be asked for.
pub const NO_TARGETS: &str = "没有可求解的目标：目标年份已公布，或起点待核。";
/// Label: confidence.
pub const CONFIDENCE: &str = "把握";
/// Label: range.
pub const RANGE: &str = "杠杆范围";
/// Label: money.
pub const MONEY: &str = "每年最多花";
/// No limit of money.
pub const NO_LIMIT: &str = "不限";
/// Label: rules.
pub const RULES: &str = "规则";
/// Rules are kept.
pub const KEEP_RULES: &str = "不得打破";
/// Rules are left aside.
pub const LEAVE_RULES: &str = "暂不考虑";
/// Label: start.
pub const START: &str = "起步时间";
/// Each lever's own start.
pub const OWN_START: &str = "默认";
/// Heading: locks.
pub const LOCKS: &str = "锁定的杠杆";
/// Said where nothing is locked.
pub const NO_LOCKS: &str = "没有锁定。不能动的杠杆，在滑块上按 L 或点锁。";
/// Button: lock a lever.
pub const LOCK: &str = "锁定，求解时不动";
/// Button: unlock it.
pub const UNLOCK: &str = "解锁，求解时可动";
/// Button: search.
pub const SEARCH: &str = "求解";
/// Button: search again.
pub const AGAIN: &str = "按现在的条件重新求解";
/// Button: give up.
pub const STOP: &str = "停止";
/// Said before anything was asked.
pub const EMPTY: &str = "选好目标和把握，点“求解”：给出最省力、最省钱、最稳妥三种方案；达不到时说明卡在哪里、放宽每一项各能到哪里。";
/// Said where no target is chosen.
pub const NONE_CHOSEN: &str = "先选至少一个目标。";
/// The user stopped it.
pub const STOPPED: &str = "已停止。已经算出的方案仍可使用。";
/// Conditions or scenario changed since.
pub const STALE: &str = "条件或方案已改，下面是改动前的结果。";
/// Before why the work stopped.
pub const CRASHED: &str = "后台计算意外停止，可以重新求解。";
/// Table head.
pub const LEVER: &str = "杠杆";
/// Table head.
pub const FROM: &str = "现状";
/// Table head.
pub const TO: &str = "改为";
/// Label: chance.
pub const CHANCE: &str = "把握";
/// Label: cost of all years.
pub const COST: &str = "合计多花";
/// Label: cost of the dearest year.
pub const LARGEST: &str = "最贵一年";
/// Label: movement.
pub const MOVEMENT: &str = "调整幅度";
/// What movement means.
pub const MOVEMENT_HINT: &str = "要动几项杠杆，其中几项已用到有依据范围的一端";
/// Nothing is spent.
pub const FREE: &str = "不多花钱";
/// Button: take a scenario.
pub const APPLY: &str = "采用";
/// The scenario at hand is this one.
pub const APPLIED: &str = "已采用";
/// Button: compare with the scenario at hand.
pub const COMPARE: &str = "与当前方案比";
/// Button: hide the comparison.
pub const HIDE_COMPARE: &str = "收起对比";
/// Button: put an answer away.
pub const DISCARD: &str = "不要";
/// Table head: the scenario at hand.
pub const CURRENT: &str = "当前方案";
/// Table head: the answer.
pub const THIS: &str = "此方案";
/// No lever has to be moved.
pub const NOTHING_MOVED: &str = "不用动任何杠杆";
/// Lever stays.
pub const LOCKED: &str = "已锁定";
/// Heading: out of reach.
pub const OUT_OF_REACH: &str = "在这些条件下达不到";
/// It is proved.
pub const PROVED: &str = "已证明";
/// It is not.
pub const NOT_PROVED: &str = "未证明";
/// It is being looked at.
pub const PROVING: &str = "正在验证";
/// What is looked at.
pub const PROVING_HINT: &str = "正在逐个杠杆验证是否确实无法达到，结论稍后给出。";
/// What proof is meant.
pub const PROVED_HINT: &str = "在试过的各组设置上，每个杠杆的作用方向始终一致；把全部杠杆推到最有利的一端、不计规则和资金，仍然不够。";
/// What is not proved.
pub const NOT_PROVED_HINT: &str = "搜索没有找到能达到的设置，但不能排除存在。";
/// Heading: the best there is.
pub const BEST: &str = "最好能到";
/// Heading: what leaves no room.
pub const BINDING: &str = "卡在哪里";
/// Nothing stands at an end.
pub const NO_BINDING: &str = "没有杠杆到头，也没有规则或资金卡住。";
/// Heading: relaxations.
pub const RELAX: &str = "放宽一项会怎样（每项都单独求解）";
/// Summary of the relaxations that are folded away.
pub const MORE_RELAX: &str = "其余的放宽";
/// Others are being tried.
pub const RELAXING: &str = "正在逐项试算放宽的作用…";
/// None of them helps.
pub const NO_RELAX: &str = "试过的放宽都不起作用。";
/// Button: give one thing up and search again.
pub const RELAX_AND_SEARCH: &str = "放宽并求解";
/// Enough then.
pub const ENOUGH: &str = "够了";
/// Not enough even then.
pub const NOT_ENOUGH: &str = "仍不够";
/// The money is spent.
pub const MONEY_SPENT: &str = "每年的资金上限已用完";

/// Answers are of fewer members than the page's numbers.
pub fn fewer(own: usize, page: usize) -> String {
    let [own, page] = [own, page].map(|count| super::number::fixed(count as f64, 0));
    format!("这里按前 {own} 次抽样计算，页面上的数按 {page} 次，两者会有零星出入。")
}

/// Name of an answer.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Now => CURRENT,
        Kind::LeastMovement => "最省力",
        Kind::LeastCost => "最省钱",
        Kind::Surest => "最稳妥",
    }
}

/// What an answer is the least or the most of.
pub fn kind_hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Now => "",
        Kind::LeastMovement => "调整幅度最小",
        Kind::LeastCost => "财政多花的钱最少",
        Kind::Surest => "同时达到的把握最大",
    }
}

/// Name of a range.
pub fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Safe => "安全",
        Reach::Stretch => "试探",
        Reach::Hard => "硬边界",
    }
}

/// What a range is.
pub fn reach_hint(reach: Reach) -> &'static str {
    match reach {
        Reach::Safe => "有文件、文献或本地历史依据的范围",
        Reach::Stretch => "到曾经达到或承诺过的最高值",
        Reach::Hard => "到模型仍有意义的边界，只供测算",
    }
}

/// "第 2 步，共 4 步；已整体推演 320 次".
pub fn progress(done: usize, all: usize, tried: usize) -> String {
    let step = (done + 1).min(all);
    format!("正在求解：第 {step} 步，共 {all} 步；已整体推演 {tried} 次")
}

/// The page works itself; `far` is how far it is.
pub fn on_page(far: &str) -> String {
    format!("{far}（浏览器不允许后台计算，由页面自己算，会慢一些）")
}

/// Why there is no answer.
pub fn failed(why: &str) -> String {
    format!("求解没有完成：{why}")
}

/// "动 3 项，其中 1 项到合理范围的一端".
pub fn movement(levers: usize, at_end: usize) -> String {
    match (levers, at_end) {
        (0, _) => "不动".to_owned(),
        (levers, 0) => format!("动 {levers} 项，都在合理范围以内"),
        (levers, at_end) => format!("动 {levers} 项，其中 {at_end} 项到合理范围的一端"),
    }
}

/// A target held against a later year than its own.
pub fn held(year: &str, name: &str, own: i32) -> String {
    format!("{year}{name}（按{own}年目标值）")
}

/// "2个目标同时达到".
pub fn together(count: usize) -> String {
    match count {
        1 => "达到目标".to_owned(),
        _ => format!("{count}个目标同时达到"),
    }
}

/// What the sentence of an answer is made of.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Targets.
    pub targets: usize,
    /// Chance in steps of five; none where it is not judged.
    pub percent: Option<u8>,
    /// That of the scenario at hand.
    pub percent_now: Option<u8>,
    /// The levers with the largest movements, "全社会研发补助 12%→18%", at most three.
    pub moved: &'a [String],
    /// Levers moved in all.
    pub n_moved: usize,
    /// What it costs up to the last year; none where nothing.
    pub cost: Option<&'a str>,
    /// What it costs in the dearest year.
    pub largest: &'a str,
    /// Last year of a target.
    pub year: i32,
}

/// One sentence of an answer, from its numbers alone.
pub fn sentence(answer: &Answer<'_>) -> String {
    let Answer { n_moved, year, .. } = *answer;
    let moved = match answer.moved {
        [] => NOTHING_MOVED.to_owned(),
        some if some.len() < n_moved => {
            format!("动 {n_moved} 个杠杆，主要是{}", some.join("、"))
        }
        all => format!("动 {n_moved} 个杠杆：{}", all.join("、")),
    };
    let cost = match answer.cost {
        Some(cost) => format!("至{year}年合计多花 {cost}，最贵一年 {}", answer.largest),
        None => FREE.to_owned(),
    };
    let chance = match answer.percent {
        Some(percent) => {
            let words = chance::words(percent);
            let shown = chance::percent(percent);
            let now = answer.percent_now.map(|now| {
                if now == percent {
                    "，与当前方案同档".to_owned()
                } else {
                    format!("，当前方案 {}", chance::percent(now))
                }
            });
            let now = now.unwrap_or_default();
            let targets = together(answer.targets);
            format!("{targets}的把握 {shown}（{words}）{now}")
        }
        None => "其中有目标不评价，没有把握可言".to_owned(),
    };
    format!("{moved}；{cost}；{chance}。")
}

/// Cost of a point of probability: "比当前方案每增 1 个百分点把握约多花 0.12 亿元"; some of the levers
/// that are paid for are assumptions.
pub fn cost_per_point(amount: &str, assumed: usize) -> String {
    let of = match assumed {
        0 => String::new(),
        _ => format!("（其中 {assumed} 个花钱的杠杆依据为假设）"),
    };
    format!("比当前方案每增 1 个百分点把握约多花 {amount}{of}")
}

/// Surer than the scenario at hand, and no dearer.
pub const SURER_FOR_NOTHING: &str = "比当前方案把握高，不多花钱";

/// Dearer than the scenario at hand, and no surer.
pub fn no_surer(more: &str) -> String {
    format!("比当前方案多花 {more}，把握不上档：加钱不增加把握")
}

/// The same settings as another answer's.
pub fn same_as(kind: &str) -> String {
    format!("与{kind}的设置相同")
}

/// "研发强度 3.62%，目标 ≥ 3.75%，把握 <5%".
pub fn best_of(name: &str, value: &str, wanted: &str, chance: Option<&str>) -> String {
    match chance {
        Some(chance) => format!("{name} {value}，目标 {wanted}，把握 {chance}"),
        None => format!("{name} {value}，目标 {wanted}"),
    }
}

/// A target and when a plan meets it.
pub fn met_in(name: &str, when: &str) -> String {
    format!("{name}：{when}")
}

/// When a plan meets a target: by its projected value, and with the confidence asked for.
pub fn when((median, sure): (Option<i32>, Option<i32>), confidence: u8, last: i32) -> String {
    let median = match median {
        Some(year) => format!("推演值{year}年达到"),
        None => format!("推演值到{last}年仍达不到"),
    };
    let sure = match sure {
        Some(year) => format!("{year}年起有 {confidence}% 的把握"),
        None => format!("到{last}年也没有 {confidence}% 的把握"),
    };
    format!("{median}，{sure}")
}

/// Heading: each target by itself.
pub const PARTS: &str = "单独看每个目标";
/// Heading: the most that can be had at once.
pub const TOGETHER: &str = "能一起达到的";
/// Said while targets are tried by themselves.
pub const PARTING: &str = "正在逐个目标求解…";

/// A target by itself: whether it can be had, at what chance, in which year.
pub fn part(name: &str, is_reached: bool, chance: &str, when: &str) -> String {
    let end = if is_reached { "够得着" } else { "够不着" };
    let when = if when.is_empty() {
        String::new()
    } else {
        format!("；{when}")
    };
    format!("{name}单独{end}，最多 {chance}{when}")
}

/// Several targets that can be had at once.
pub fn together_can(names: &[String], chance: &str) -> String {
    format!("{}可以一起达到，把握 {chance}", names.join("、"))
}

/// None of several can be had together.
pub const NONE_TOGETHER: &str = "没有哪两个目标能在这些条件下一起达到。";

/// Heading: what the world would have to be.
pub const WORLDS: &str = "外部条件（不由本地决定，不是办法）";
/// Below it.
pub const WORLDS_NOTE: &str =
    "只说明情况不同会怎样；靠缩小分母（经济少增长、价格下跌）“达到”的不列。";

/// A relaxation that is still to be searched.
pub const SOLVING: &str = "正在求解…";
/// One that was not searched to its end.
pub const UNFINISHED: &str = "未算完";
/// Whether levers that cost money may be cut.
pub const MAY_CUT: &str = "可以压减其他投入";
/// What that means.
pub const MAY_CUT_HINT: &str = "允许把花钱的杠杆调到现状以下，用省下的钱；不勾选时任何方案都不压减";

/// A lever and where it stands.
pub fn lever_spent(label: &str, value: &str) -> String {
    format!("{label} {value}")
}

/// Levers at an end of their ranges.
pub fn levers_spent(reach: &str, levers: &[String]) -> String {
    let (count, all) = (levers.len(), levers.join("、"));
    format!("{count} 个杠杆已到{reach}范围的一端：{all}")
}

/// A rule leaves nothing.
pub fn rule_spent(label: &str, year: i32) -> String {
    format!("规则“{label}”在{year}年没有余地")
}

/// Levers may go further.
pub fn relax_reach(reach: &str) -> String {
    format!("杠杆放到{reach}范围")
}

/// Levers begin earlier.
pub fn relax_start(start: &str) -> String {
    format!("杠杆提前到{start}起步")
}

/// Rules and money are left aside.
pub const RELAX_RULES: &str = "不考虑规则和资金上限";

/// What the world would have to be, and what the best settings come to then.
pub fn world(label: &str, from: &str, to: &str, values: &[String], chance: &str) -> String {
    let values = values.join("、");
    format!("如果{label}由 {from} 变为 {to}：{values}，把握 {chance}")
}

/// What a relaxation leads to: "研发强度 3.52%，把握 35%，仍不够".
pub fn relaxed(values: &[String], chance: &str, is_enough: bool) -> String {
    let end = if is_enough { ENOUGH } else { NOT_ENOUGH };
    format!("{}，把握 {chance}，{end}", values.join("、"))
}

/// "当前 <5%".
pub fn now_chance(chance: &str) -> String {
    format!("{CURRENT}的把握 {chance}")
}
