//! Words of the panel 为什么: shares of levers, a ratio told apart, what would help next, policy or
//! world.

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
