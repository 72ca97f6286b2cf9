//! Words of the panel 为什么: shares of levers, a ratio told apart, what would help next, the ways of the
//! levers, why a figure is not certain, policy or world.

use super::number;
use tidemark_pack::doc;

/// Title of the panel, and of the buttons that open it.
pub const TITLE: &str = "为什么";
/// Label: which figure.
pub const OF: &str = "解释哪个数";
/// Heading: shares of levers.
pub const SHARES: &str = "变化来自哪些杠杆";
/// The start of the bars.
pub const START: &str = "基准（同样的假设，不动杠杆）";
/// The end of the bars.
pub const END: &str = "本方案";
/// No lever was moved.
pub const NOTHING_MOVED: &str = "没有动杠杆，没有变化可分。";
/// How shares are made, where all coalitions were run.
pub const EXACT: &str = "按夏普利值平分，与杠杆先后无关；各份之和等于总变化。";
/// The same where orders were sampled.
pub const SAMPLED: &str = "杠杆超过十个，按抽样次序估计夏普利值；± 是标准误，各份之和等于总变化。";
/// Heading: a ratio.
pub const SPLIT: &str = "分子还是分母";
/// Heading: what would help next.
pub const NEXT: &str = "下一步动哪个最有用";
/// What a unit of effort is.
pub const EFFORT: &str = "每个杠杆再动合理区间的一成，其余不变";
/// No lever helps.
pub const NO_NEXT: &str = "没有杠杆能再起作用。";
/// Table head.
pub const LEVER: &str = "杠杆";
/// Table head.
pub const TRIED: &str = "再动一成到";
/// Table head.
pub const CHANGE: &str = "带来变化";
/// Table head.
pub const COST: &str = "多花";
/// Table head; the unit of money follows.
pub const PER_MONEY: &str = "每多花 1 ";
/// A lever that costs nothing.
pub const FREE: &str = "不多花";
/// Heading: policy or world.
pub const WORLD: &str = "是政策，还是外部条件";
/// No assumption was moved.
pub const NO_WORLD: &str =
    "假设没有改动，变化全部来自政策。改动“假设条件”后，这里分开政策和外部条件的作用。";
/// Default base.
pub const DEFAULT_BASE: &str = "默认假设，不动杠杆";
/// Shifted base.
pub const SHIFTED_BASE: &str = "所改假设，不动杠杆";
/// Default policy.
pub const DEFAULT_POLICY: &str = "默认假设，本方案";
/// Shifted policy.
pub const SHIFTED_POLICY: &str = "所改假设，本方案";
/// A change that is none.
pub const UNCHANGED: &str = "不变";
/// While it is computed.
pub const BUSY: &str = "正在计算…";
/// Above the line.
pub const NUMERATOR: &str = "分子";
/// Below the line.
pub const DENOMINATOR: &str = "分母";

/// Heading: the ways of the levers.
pub const PATHS: &str = "怎样起作用，多久见效";
/// Heading: levers that were not moved.
pub const OTHER_LEVERS: &str = "没动的杠杆，各再动合理区间的一成";
/// How ways are found.
pub const PATHS_METHOD: &str = "每个杠杆只画作用最大的一条路径；占比是各环节传递的份额相乘。存量的年数由模型方程算出：扰动消去约三分之二所需的时间。";
/// No lever changes the figure.
pub const NO_PATHS: &str = "没有杠杆能改变这个数。";
/// Table head.
pub const STEP: &str = "环节";
/// Table head; a year stands before it.
pub const MOVED: &str = "年变化";
/// Table head.
pub const HALF: &str = "到一半";
/// Table head.
pub const MEMORY: &str = "滞后";
/// Before folded steps.
pub const THROUGH: &str = "经过";
/// Heading: why a figure is not certain.
pub const DRIVERS: &str = "为什么说不准";
/// How the bars are made.
pub const DRIVERS_METHOD: &str = "按抽样算：条的两端是该数最低、最高的五分之一抽样里结果的中位数，蓝色是越高结果越高，橙色是越高结果越低；占比是去掉相互关联后的线性份额。";
/// No spread.
pub const NO_SPREAD: &str = "没有抽样结果，或抽样里这个数不变。";
/// The middle of the members.
pub const MEDIAN: &str = "中位数";
/// What no line explains, and smaller shares.
pub const REST: &str = "其余各数与共同作用";
/// The model's own error.
const MODEL_ERROR: &str = "模型自身误差（回测）";

/// Name of a drawn number.
pub fn driver(label: &str) -> &str {
    match label {
        "" => MODEL_ERROR,
        label => label,
    }
}

/// From one value to another.
pub fn range(from: &str, to: &str) -> String {
    format!("{from} ～ {to}")
}

/// How far a figure spreads.
pub fn spread(members: &str, label: &str, range: &str) -> String {
    format!("{members} 次抽样里，{label}有八成落在 {range}。")
}

/// What makes most of it.
pub fn driven(label: &str, share: &str, range: &str) -> String {
    format!("最主要的不确定来自{label}，占 {share}（由低到高：{range}）。")
}

/// What a variable is called: the first words of what the model says of it, else its name; the
/// words after a colon too where it shares the first ones with others.
pub fn named(doc: &str, name: &str, is_shared: bool) -> String {
    let naming = doc::naming(doc);
    let ends = |c| c == '：' && !is_shared;
    match naming.split(ends).next().unwrap_or("").trim() {
        "" => name.to_owned(),
        words => words.replace('：', ""),
    }
}

/// A part of a whole, "18%".
pub fn percent(part: f64) -> String {
    match part * 100.0 {
        small if small < 0.5 => "<1%".to_owned(),
        percent => format!("{}%", number::fixed(percent, 0)),
    }
}

/// A unit of the model as it stands behind a number; empty for a pure one.
pub fn plain_unit(unit: &str) -> &str {
    match unit {
        "dimensionless" | "dmnl" => "",
        unit => unit.strip_prefix('1').unwrap_or(unit),
    }
}

/// "2028年"
pub fn half(year: i32) -> String {
    format!("{year}年")
}

/// How long a variable takes to follow; empty where it follows at once.
pub fn memory(years: Option<f64>, is_stock: bool) -> String {
    let about = |years: f64| format!("约 {} 年", number::significant(years, 2));
    match (years, is_stock) {
        (Some(years), true) => format!("存量，{}", about(years)),
        (Some(years), false) => format!("延迟{}", about(years)),
        (None, true) => "存量，逐年累积".to_owned(),
        (None, false) => String::new(),
    }
}

/// "企业研发 +3.1 亿元（2028年到一半）"
pub fn step(label: &str, change: &str, half: &str) -> String {
    match half {
        "" => format!("{label} {change}"),
        half => format!("{label} {change}（{half}{HALF}）"),
    }
}

/// A way in a sentence, with how much of it is gone by the first of the years.
pub fn path(chain: &[String], by: (i32, i32), so_far: Option<f64>, share: f64) -> String {
    let chain = chain.join(" → ");
    let (year, last) = by;
    let so_far = match so_far {
        Some(part) if part < 0.0 => format!("到{last}年方向相反；"),
        Some(part) if part > 1.0 => format!("到{last}年的作用比这小；"),
        Some(part) => format!("到{year}年只走完{last}年变化的 {}；", percent(part)),
        None => String::new(),
    };
    format!("{chain}。{so_far}这条路径占全部作用的 {}。", percent(share))
}

/// "其余 4 个杠杆".
pub fn others(count: usize) -> String {
    format!("其余 {count} 个杠杆")
}

/// Why there is no answer.
pub fn failed(why: &str) -> String {
    format!("没有算完：{why}")
}

/// "2027年研发强度由 3.12% 到 3.36%，变化 +0.24 个百分点。"
pub fn whole(label: &str, from: &str, to: &str, change: &str) -> String {
    if change == UNCHANGED {
        return format!("{label}仍是 {to}，没有变化。");
    }
    format!("{label}由 {from} 到 {to}，变化 {change}。")
}

/// The largest share in words.
pub fn largest(lever: &str, share: &str, percent: Option<&str>) -> String {
    match percent {
        Some(percent) => format!("最大的一份是{lever}：{share}，占总变化的 {percent}。"),
        None => format!("最大的一份是{lever}：{share}。"),
    }
}

/// What levers do together only.
pub fn interaction(size: &str, is_more: bool) -> String {
    let words = if is_more {
        "比各自单独作用之和多"
    } else {
        "比各自单独作用之和少"
    };
    format!("交互作用：一起动{words} {size}，已平分到各份里。")
}

/// Levers add up.
pub const NO_INTERACTION: &str = "交互作用小于显示精度：一起动与各自单独作用之和相同。";

/// A ratio's parts: "分子（研发经费）+0.25 个百分点，分母（GDP）−0.01 个百分点".
pub fn split(above: (&str, &str), below: (&str, &str)) -> String {
    let named = |part: &str, name: &str| match name {
        "" => part.to_owned(),
        name => format!("{part}（{name}）"),
    };
    let (above_name, above) = above;
    let (below_name, below) = below;
    format!(
        "{} {above}，{} {below}；两者相加即总变化。",
        named(NUMERATOR, above_name),
        named(DENOMINATOR, below_name)
    )
}

/// The most helpful for the effort.
pub fn best_effort(lever: &str, tried: &str, label: &str, change: &str) -> String {
    format!("同样力度最有用的是{lever}：动到 {tried}，{label} {change}。")
}

/// The most helpful for the money.
pub fn best_money(lever: &str, change: &str, unit: &str) -> String {
    format!("同样花钱最有用的是{lever}：每多花 1 {unit} {change}。")
}

/// How much of a change is policy's and how much the world's.
pub fn world(label: &str, whole: &str, policy: &str, world: &str) -> String {
    format!("{label}比默认基准 {whole}：政策 {policy}，外部条件 {world}（两种先后次序取平均）。")
}

/// "2027年研发强度：3.12%" in the legend.
pub fn legend(name: &str, value: &str) -> String {
    format!("{name}：{value}")
}

/// Title of the chart of four lines.
pub fn four_lines(name: &str) -> String {
    format!("{name}：四种情形")
}

/// Bar: what shares leave of the change.
pub const REMAINDER: &str = "其余（中位数不能逐项相加）";

/// What shares leave of the change.
pub fn remainder(size: &str) -> String {
    format!("各杠杆的份额按参数取中位数的一次推演算出，与两个中位数之差相差 {size}，单列为“其余”。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_called_by_the_first_words_said_of_it() {
        let of = |doc| named(doc, "x_y", false);
        assert_eq!(of("实际增速：外生路径与反馈之和。定义。"), "实际增速");
        assert_eq!(of("规上工业营业收入（年率）。定义。"), "规上工业营业收入");
        assert_eq!(of(""), "x_y");
        let long = named("产业基金：每年实缴。定义。", "x", true);
        assert_eq!(long, "产业基金每年实缴");
    }

    #[test]
    fn a_way_says_how_much_of_it_is_gone() {
        let chain = [step("甲", "+2 家", ""), step("乙", "+3 家", "2028年")];
        let of = |so_far| path(&chain, (2027, 2035), so_far, 0.62);
        let begin = "甲 +2 家 → 乙 +3 家（2028年到一半）。";
        let end = "这条路径占全部作用的 62%。";
        let said = |middle: &str| format!("{begin}{middle}{end}");
        assert_eq!(of(Some(0.18)), said("到2027年只走完2035年变化的 18%；"));
        assert_eq!(of(Some(0.001)), said("到2027年只走完2035年变化的 <1%；"));
        assert_eq!(of(Some(1.3)), said("到2035年的作用比这小；"));
        assert_eq!(of(Some(-0.3)), said("到2035年方向相反；"));
        assert_eq!(of(None), said(""));
    }
}
