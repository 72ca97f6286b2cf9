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
/// A change too small to show.
pub const HIDDEN: &str = "小于显示精度";

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

/// The scenario in which nothing was moved.
pub const UNMOVED: &str = "未调整政策杠杆，这里就是基准情景。";
/// The same under other assumptions.
pub const UNMOVED_ASSUMED: &str = "未调整政策杠杆；假设已改，基准情景按所设假设计算。";

/// What levers can do, in words.
#[derive(Debug, Clone)]
pub struct LeverageWords<'a> {
    /// Indicator.
    pub name: &'a str,
    /// The two years.
    pub years: [i32; 2],
    /// How many levers.
    pub levers: usize,
    /// How many of them change too little to show in the first year.
    pub hidden: usize,
    /// The smallest change shown.
    pub precision: &'a str,
    /// Name of the strongest one in the first year, and its change; `None` where it is too small to
    /// show.
    pub most: Option<(&'a str, String)>,
    /// Change of all together in both years; `None` where it is too small to show.
    pub together: [Option<String>; 2],
}

/// "21项杠杆逐项推到合理区间尽头，2027年研发强度变化最多 +0.02 个百分点（财政科技支出增速），其中18项不到 0.01 个百分
/// 点；全部推满 +0.06 个百分点，2030年 +0.45 个百分点。"
pub fn leverage(words: &LeverageWords<'_>) -> String {
    let (name, levers, least) = (words.name, words.levers, words.precision);
    let [year, later] = words.years;
    let single = match &words.most {
        None => format!("均不到 {least}"),
        Some((lever, change)) if words.hidden > 0 => {
            format!(
                "最多 {change}（{lever}），其中{}项不到 {least}",
                words.hidden
            )
        }
        Some((lever, change)) => format!("最多 {change}（{lever}）"),
    };
    let too_small = || format!("也不到 {least}");
    let [now, then] = words
        .together
        .clone()
        .map(|change| change.unwrap_or_else(too_small));
    format!(
        "{levers}项杠杆逐项推到合理区间尽头，{year}年{name}变化{single}；全部推满{now}，{later}年 {then}。"
    )
}

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
