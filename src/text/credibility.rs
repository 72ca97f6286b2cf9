//! Words of the page 模型可信度 and of the two badges that lead to it.

use super::number;
use tidemark_pack::record::credibility::{SeriesUse, VerdictWord};

/// Heading of the page.
pub const TITLE: &str = "模型可信度";
/// Button back to the main screen.
pub const BACK: &str = "返回";
/// While the record is read.
pub const LOADING: &str = "正在读取回测记录…";
/// Heading where the record cannot be read.
pub const UNREAD: &str = "暂时读不到回测记录";
/// Under it.
pub const UNREAD_LEAD: &str = "推演和主页面不受影响；可以重试，或先返回主页面。";
/// Badge: errors on years the fit has not seen.
pub const HINDCAST: &str = "基线回测";
/// Badge: evidence of the levers' effects.
pub const EFFECTS: &str = "政策效应依据";
/// Heading: all figures together.
pub const ACCEPTANCE: &str = "合并判定";
/// Heading: series by series.
pub const SERIES: &str = "逐项回测";
/// Heading: charts.
pub const CHARTS: &str = "模型与实绩";
/// Heading: parameters.
pub const PARAMETERS: &str = "参数：拟合前后";
/// Heading: fits.
pub const FITS: &str = "两次拟合";
/// Heading: what nobody has measured.
pub const ASSUMED: &str = "仍是假设";

/// The verdict where no hindcast was made.
pub const NO_RECORD: &str = "还没有做基线回测：本页数字可以比较方案，不能说明误差有多大。";
/// What an analyst does about it.
pub const NO_RECORD_NEXT: &str = "分析人员运行 tidemark hindcast 并写入政策包后，这里会显示结果。";
/// What a hindcast cannot say.
pub const LIMITS: &str =
    "历史没有“不出台政策”的对照，回测只检验基线，不检验政策效应；政策效应看每个杠杆的依据等级。";
/// Under the heading of the series.
pub const SERIES_NOTE: &str =
    "误差＝模型－实绩，只用留出年份里的确数；少于4个点写“数据不足”，不判；外生给定的序列不评分。";
/// Under the heading of the charts.
pub const CHARTS_NOTE: &str = "灰底是没有参与拟合的年份。蓝线蓝带是只拟合到此前的中位数和80%区间（10次里约8次落在其中），灰虚线是用全部数据拟合的中位数。实心点是正式实绩，空心点是初步、推算、估计或带“超”“约”的数，空心菱形是计划。";
/// Under the heading of the parameters.
pub const PARAMETERS_NOTE: &str = "数值用模型单位，范围为第10至第90百分位。数据没有提供信息的参数写“无收窄”；文献参数不参与拟合。";
/// Under the heading of assumptions.
pub const ASSUMED_NOTE: &str = "下面各项没有文件或统计出处。任何一项取得实数，推演都应重算。";
/// Heads of the table of series.
pub const SERIES_COLUMNS: [&str; 11] = [
    "序列",
    "判定",
    "点数 n",
    "MAPE",
    "MAE",
    "UM 偏差",
    "US 波动",
    "UC 其余",
    "U2 比惯性外推",
    "U2 比对数趋势",
    "80%区间覆盖",
];
/// Heads of the table of acceptance.
pub const ACCEPTANCE_COLUMNS: [&str; 6] = ["检验", "结果", "点数 n", "通过线", "良好线", "判定"];
/// Heads of the table of parameters.
pub const PARAMETER_COLUMNS: [&str; 6] = ["参数", "", "拟合前", "拟合至留出前", "拟合全部", "收窄"];
/// Heads of the table of levers.
pub const EFFECT_COLUMNS: [&str; 3] = ["杠杆", "依据", "说明"];
/// A parameter that the figures told nothing of.
pub const NIL: &str = "无收窄";
/// A parameter that is not fitted.
pub const LITERATURE: &str = "文献，不拟合";
/// The model's own error stands in no equation.
pub const NO_VARIABLE: &str = "模型误差";

/// Glyph, class and word of a verdict; shape and word always stand beside the colour.
pub fn verdict(verdict: VerdictWord) -> (&'static str, &'static str, &'static str) {
    match verdict {
        VerdictWord::Good => ("●", "ok", "良好"),
        VerdictWord::Accepted => ("●", "ok", "通过"),
        VerdictWord::Refused => ("■", "miss", "未通过"),
        VerdictWord::Few => ("◌", "pending", "数据不足"),
    }
}

/// Why a series has no verdict; `None` for one that is scored.
pub fn not_scored(used: SeriesUse) -> Option<&'static str> {
    match used {
        SeriesUse::Fitted | SeriesUse::Checked | SeriesUse::Restated => None,
        SeriesUse::Guided => Some("部分外生，不评分"),
        SeriesUse::Imposed => Some("外生给定，不评分"),
        SeriesUse::Shown => Some("口径不同，不评分"),
    }
}

/// How a scored series' figures are used; empty for the plain case.
pub fn used(used: SeriesUse) -> &'static str {
    match used {
        SeriesUse::Fitted => "",
        SeriesUse::Checked => "未参与任何拟合",
        SeriesUse::Restated => "由其他序列换算",
        SeriesUse::Guided | SeriesUse::Imposed | SeriesUse::Shown => "",
    }
}

/// Name of a row of the acceptance table; its key where this page does not know it.
pub fn measure(key: &str) -> &str {
    match key {
        "mape" => "水平指标的平均误差（MAPE）",
        "ratio_1" => "研发强度等比率，提前1年的误差",
        "ratio_2" => "研发强度等比率，提前2年的误差",
        "ratio_4" => "研发强度等比率，提前4年的误差",
        "u2_pooled" => "合并误差与惯性外推之比（U2）",
        "u2_of_most" => "七成序列的U2不超过",
        "bias" => "误差中的系统偏差（UM）",
        "coverage" => "落在80%区间内的比例",
        key => key,
    }
}

/// A value of that row.
pub fn measured(key: &str, value: f64) -> String {
    match key {
        "mape" | "coverage" => percent(value),
        "ratio_1" | "ratio_2" | "ratio_4" => {
            let text = number::trimmed(&number::fixed(value * 100.0, 2));
            number::with_unit(&text, "个百分点")
        }
        _ => number::fixed(value, 2),
    }
}

/// Limits of that row, "不超过 7%".
pub fn limits(key: &str, [low, high]: [f64; 2]) -> String {
    let high_text = measured(key, high);
    match key {
        "coverage" => format!("{}—{high_text}", measured(key, low)),
        "u2_pooled" | "u2_of_most" => format!("低于 {high_text}"),
        _ => format!("不超过 {high_text}"),
    }
}

/// A share in percent, one digit below ten.
pub fn percent(share: f64) -> String {
    let value = share * 100.0;
    let decimals = usize::from(value.abs() < 9.95);
    let text = number::trimmed(&number::fixed(value, decimals));
    number::with_unit(&text, "%")
}

/// "20 — 30，中位 25".
pub fn range(low: &str, middle: &str, high: &str) -> String {
    format!("{middle}（{low} — {high}）")
}

/// A row that is not passed, in words for somebody who decides.
pub fn refused(key: &str, value: f64, accept: [f64; 2]) -> String {
    let (value_text, limit) = (measured(key, value), limits(key, accept));
    match key {
        "coverage" if value < accept[0] => {
            format!("区间偏窄，只有 {value_text} 的实绩落在80%区间内（要求 {limit}）")
        }
        "coverage" => format!("区间偏宽，{value_text} 的实绩落在80%区间内（要求 {limit}）"),
        "bias" => format!("误差偏向一边，系统偏差占 {value_text}（要求{limit}）"),
        "u2_pooled" | "u2_of_most" => {
            format!("不如按上次增速外推，误差之比 {value_text}（要求{limit}）")
        }
        key => format!("{}为 {value_text}（要求{limit}）", measure(key)),
    }
}

/// How many rows of the acceptance table pass, in sentences for somebody who decides.
pub fn overall(passed: usize, refused: &[String], few: usize, [from, to]: [i32; 2]) -> String {
    let judged = passed + refused.len();
    let years = super::sentence::years(from, to);
    if judged == 0 {
        return format!(
            "{years}可以检验的实绩太少，{few} 项检验都是数据不足：推演可以比较方案，说不准误差有多大。"
        );
    }
    let rest = match few {
        0 => String::new(),
        few => format!("，另有 {few} 项数据不足"),
    };
    let told = format!("把{years}当作未知来预测，能判的 {judged} 项检验通过 {passed} 项{rest}。");
    if refused.is_empty() {
        return format!("{told}基线误差在下表所列范围内，可以作为依据。");
    }
    let failed = refused.join("；");
    format!("{told}没有通过的：{failed}。所以推演适合比较方案，不适合单报一个数字。")
}

/// The hindcast's badge: "基线回测 8项检验通过5项".
pub fn hindcast_badge(passed: usize, judged: usize, few: usize) -> String {
    match (judged, few) {
        (0, 0) => "未做".to_owned(),
        (0, _) => "数据不足".to_owned(),
        (judged, 0) => format!("{judged}项通过{passed}项"),
        (judged, few) => format!("{judged}项通过{passed}项，{few}项数据不足"),
    }
}

/// The levers' badge: "S 4 · M 9 · A（假设）8".
pub fn effects_badge(strong: usize, medium: usize, assumed: usize) -> String {
    format!("S {strong} · M {medium} · 假设 {assumed}")
}

/// A chart's title for a scored series.
pub fn chart_scored(name: &str, points: usize, inside: usize, mape: Option<&str>) -> String {
    let error = mape.map_or(String::new(), |mape| format!("，平均误差 {mape}"));
    format!("{name}：留出 {points} 个实绩，{inside} 个落在80%区间内{error}")
}

/// A chart's title for a series without held-out figures.
pub fn chart_unscored(name: &str, from: i32) -> String {
    format!("{name}：{from}年以后没有可评分的实绩")
}

/// A chart's title for a series that is not scored by its use.
pub fn chart_not_scored(name: &str, why: &str) -> String {
    format!("{name}：{why}")
}

/// Under a chart's title.
pub fn chart_unit(unit: &str) -> String {
    match unit {
        "" => "无量纲".to_owned(),
        unit => format!("单位：{unit}"),
    }
}

/// Beside the line of the fit that holds years back.
pub fn held_back_line(to: i32) -> String {
    format!("拟合至{to}年")
}

/// Beside the line of the fit on all figures.
pub const WHOLE_LINE: &str = "拟合全部";
/// At the head of the line from which years are held out.
pub const HELD_OUT: &str = "未参与拟合";

/// A fit in a sentence.
pub fn fit(name: &str, from: i32, to: i32, figures: usize, draws: usize) -> String {
    format!("{name}：用{from}—{to}年的 {figures} 个实绩，保留 {draws} 组抽样")
}

/// Whether its chains agree.
pub fn convergence(chains: usize, r_hat: &str, ess: &str, acceptance: &str, seed: u64) -> String {
    format!(
        "{chains} 条链，最差 R-hat {r_hat}（要求不超过 1.05），最小有效样本 {ess}（要求不少于 400），接受率 {acceptance}，种子 {seed}"
    )
}

/// Names of the two fits.
pub const FIT_NAMES: [&str; 2] = ["留出检验的拟合", "全部数据的拟合"];

/// What made the record, and of which data.
pub fn made(by: &str, version: &str) -> String {
    format!("由 {by} 生成；数据版本 {version}")
}

/// How many figures of the pack are assumed.
pub fn assumed_count(assumptions: usize, parameters: usize) -> String {
    format!("{assumptions} 个假设条件没有出处，{parameters} 个拟合参数没有从数据得到信息。")
}
