//! Every word of the reference that is not data, in simplified Chinese.

use tidemark_engine::model::{Kind, Shape};
use tidemark_pack::record::{
    ActualStatus, AssumptionKind, Bound, Comparator, Counted, DisagreementKind, DocumentStatus,
    Grade, Reading, RuleKind,
};

pub(crate) const TITLE: &str = "技术说明";
pub(crate) const CONTENTS: &str = "目录";
pub(crate) const OVERVIEW: &str = "概要";
pub(crate) const TARGETS: &str = "目标";
pub(crate) const WATCHED: &str = "只监测的目标";
pub(crate) const WATCHED_NOTE: &str = "模型没有变量驱动这些目标，只与公布的实绩比较，不推演。";
pub(crate) const OBSERVED: &str = "监测指标与实绩";
pub(crate) const DISAGREEMENTS: &str = "文件之间对不上的地方";
pub(crate) const HANDLED: &str = "怎样处理";
pub(crate) const NO_GROUP: &str = "其他变量";
pub(crate) const INDICATORS: &str = "指标";
pub(crate) const LEVERS: &str = "政策杠杆";
pub(crate) const ASSUMPTIONS: &str = "假设条件";
pub(crate) const RULES: &str = "规则";
pub(crate) const VARIABLES: &str = "模型变量";
pub(crate) const SOURCES: &str = "出处文件";

pub(crate) const NOT_GIVEN: &str = "未给出";
pub(crate) const EMPTY_CELL: &str = "—";
pub(crate) const NONE: &str = "无";
pub(crate) const BETWEEN: &str = "、";
pub(crate) const ASSUMED: &str = "假设";
pub(crate) const ASSUMED_NO_SOURCE: &str = "假设：没有文件出处";
pub(crate) const COMPUTED: &str = "由方程得出";
pub(crate) const IN_DOC: &str = "见说明";

pub(crate) const LEAD: &str = "本页由模型文件与数据包自动生成，逐项列出页面上数字的来历：目标与原文、指标口径与实绩、政策杠杆、假设条件、规则、模型的全部变量与方程、出处文件。蓝色文字可点击，变量之间双向互链；没有给出的内容写明“未给出”，没有文件出处的数值写明“假设”。";
pub(crate) const TIME_NOTE: &str = "模型时间：整数为年初，2026.0即2025年年末；某年指该年年初到下一年年初。模型值＝显示值×换算系数（假设条件先减去原点）。";

pub(crate) const PLACE: &str = "地区";
pub(crate) const PACK: &str = "数据包";
pub(crate) const MODEL: &str = "模型";
pub(crate) const DATA_UNTIL: &str = "数据截至";
pub(crate) const MADE: &str = "编制日期";
pub(crate) const HASH: &str = "内容校验码";
pub(crate) const HORIZON: &str = "时间范围";
pub(crate) const TIME_UNIT: &str = "时间单位";
pub(crate) const POLICY_START: &str = "杠杆默认起始";
pub(crate) const EARLIEST_START: &str = "杠杆最早起始";
pub(crate) const READING_YEARS: &str = "读数年份";
pub(crate) const STATUS_RULE: &str = "判定规则";
pub(crate) const PROBABILITY_RULE: &str = "有概率时";
pub(crate) const EVIDENCE_SCALE: &str = "依据分级";
pub(crate) const EVIDENCE_WORDS: &str = "S 依据较强，M 依据中等，A 假设";
pub(crate) const REFERENCE_PATHS: &str = "参照路径";
pub(crate) const REFERENCE_NOTE: &str =
    "参照路径保存某变量在基准情景中的走势，使反馈只作用于偏离基准的部分。";
pub(crate) const SWITCH: &str = "开关";

pub(crate) const INDICATOR: &str = "指标";
pub(crate) const YEARS: &str = "年份";
pub(crate) const READING: &str = "读法";
pub(crate) const VALUE: &str = "目标值";
pub(crate) const STATUS: &str = "文件状态";
pub(crate) const QUOTE: &str = "原文";
pub(crate) const SUPERSEDES: &str = "取代";
pub(crate) const SUPERSEDED_BY: &str = "被取代";
pub(crate) const WIDER_GOALS: &str = "上级地区目标";
pub(crate) const WIDER_GOALS_NOTE: &str = "是上级地区全域的目标，不是本地的任务，不参与评价。";
pub(crate) const NOTE: &str = "说明";
pub(crate) const TILE: &str = "计分板";
pub(crate) const BESIDE: &str = "并列显示";
pub(crate) const PENDING: &str = "待核";
pub(crate) const INDICATIVE: &str = "仅供参考";
pub(crate) const MATERIALITY: &str = "计较的下限";
pub(crate) const RATIO_OF_YEAR: &str = "全年合计除以分母的全年合计";
pub(crate) const ID: &str = "编号";

pub(crate) const DEFINITION: &str = "统计口径";
pub(crate) const VARIABLE: &str = "模型变量";
pub(crate) const DENOMINATOR: &str = "分母";
pub(crate) const UNIT: &str = "单位";
pub(crate) const SCALE: &str = "换算系数";
pub(crate) const ORIGIN: &str = "原点";
pub(crate) const OWNER: &str = "公布部门";
pub(crate) const ACTUALS: &str = "实绩";
pub(crate) const NO_ACTUALS: &str = "没有公布的实绩";
pub(crate) const ACTUAL_COLUMNS: [&str; 7] =
    ["时期", "数值", "性质", "口径", "来源", "原文", "说明"];
pub(crate) const TARGET_COLUMNS: [&str; 4] = ["目标", "目标值", "文件状态", "文件"];

pub(crate) const GROUP: &str = "分组";
pub(crate) const ENGLISH: &str = "英文名称";
pub(crate) const DEFAULT: &str = "基准取值";
pub(crate) const HARD: &str = "硬边界";
pub(crate) const SAFE: &str = "合理区间";
pub(crate) const STRETCH: &str = "曾达到或承诺的上限";
pub(crate) const STEP: &str = "步长";
pub(crate) const LEVELS: &str = "力度档";
pub(crate) const TIMING: &str = "节奏";
pub(crate) const COST: &str = "财政成本";
pub(crate) const NO_COST: &str = "不增加财政支出";
pub(crate) const GUIDANCE: &str = "做法提示";
pub(crate) const HOW: &str = "模型口径";
pub(crate) const MARKS: &str = "文件与历史中的数值";
pub(crate) const EVIDENCE: &str = "效应依据";
pub(crate) const EVIDENCE_OF_VALUE: &str = "取值依据";
pub(crate) const SOURCE: &str = "出处";
pub(crate) const RANGE: &str = "取值范围";
pub(crate) const DISTRIBUTION: &str = "抽样分布";
pub(crate) const KIND: &str = "类别";
pub(crate) const BOUND: &str = "界限";
pub(crate) const CHECKED_BY: &str = "怎样核对";
pub(crate) const CHECKED_BY_HAND: &str = "模型算不出，须人工核对";

pub(crate) const VARIABLE_INDEX: &str = "变量索引（按名称）";
pub(crate) const NAME_IN_PACK: &str = "数据包中";
pub(crate) const EQUATION: &str = "方程";
pub(crate) const CONSTANT_VALUE: &str = "取值";
pub(crate) const LOCAL_VALUE: &str = "本地取值";
pub(crate) const SETTINGS: &str = "本地取值";
pub(crate) const SETTINGS_NOTE: &str =
    "同一模型用于本地时改用的常数；其余常数与模型相同。写“模型值的…倍”的随模型一起变。";
pub(crate) const INITIAL: &str = "初值";
pub(crate) const RATE: &str = "每年变化";
pub(crate) const POINTS: &str = "表函数各点";
pub(crate) const SHOW_POINTS: &str = "展开全部各点";
pub(crate) const SIX_DIGITS: &str = "各点最多显示6位有效数字";
pub(crate) const CONSTRAINT: &str = "约束";
pub(crate) const NON_NEGATIVE: &str = "不低于零";
pub(crate) const DOC: &str = "说明";
pub(crate) const GROUNDS: &str = "依据";
pub(crate) const USES: &str = "用到";
pub(crate) const USED_BY: &str = "被用于";
pub(crate) const ARRAY: &str = "数组";
pub(crate) const LOOKUP: &str = "表函数";

pub(crate) const OFFICE: &str = "发文单位";
pub(crate) const NUMBER: &str = "文号";
pub(crate) const DATE: &str = "日期";
pub(crate) const LOCATOR: &str = "位置";
pub(crate) const FILE: &str = "文档";
pub(crate) const PERCENT_A_YEAR: &str = "%/年";

pub(crate) const ROLE_LEVER: &str = "杠杆的改变量";
pub(crate) const ROLE_START: &str = "杠杆的起始时刻";
pub(crate) const ROLE_RAMP: &str = "杠杆的到位年数";
pub(crate) const ROLE_STOP: &str = "杠杆的停止时刻";
pub(crate) const ROLE_COST: &str = "杠杆的财政成本";
pub(crate) const ROLE_ASSUMPTION: &str = "假设条件";
pub(crate) const ROLE_SETTING: &str = "本地取值";
pub(crate) const ROLE_INDICATOR: &str = "指标";
pub(crate) const ROLE_DENOMINATOR: &str = "指标的分母";
pub(crate) const ROLE_RULE: &str = "规则";
pub(crate) const ROLE_PATH: &str = "参照路径";
pub(crate) const ROLE_OF_PATH: &str = "保存为参照路径";
pub(crate) const ROLE_SWITCH: &str = "参照路径的开关";

/// "目标（25）".
pub(crate) fn counted(heading: &str, count: usize) -> String {
    format!("{heading}（{count}）")
}

/// "某城 技术说明".
pub(crate) fn title(title: &str) -> String {
    format!("{title} · {TITLE}")
}

/// 「原文」.
pub(crate) fn quoted(quote: &str) -> String {
    format!("「{quote}」")
}

/// "杠杆的改变量：后补助".
pub(crate) fn role(role: &str, label: &str) -> String {
    format!("{role}：{label}")
}

/// "2027年", "2023—2027年".
pub(crate) fn years(from: i32, to: i32) -> String {
    match from == to {
        true => format!("{to}年"),
        false => format!("{from}—{to}年"),
    }
}

/// "0 — 20 %/年".
pub(crate) fn range(min: f64, max: f64, unit: &str) -> String {
    format!("{min} — {max} {unit}")
}

/// "到 6：维持现状".
pub(crate) fn level(to: f64, label: &str) -> String {
    format!("到 {to}：{label}")
}

/// "1 显示单位 = 0.01 1/year".
pub(crate) fn scale(scale: f64, model_unit: &str) -> String {
    format!("1 个显示单位 = {scale}（模型单位 {model_unit}）")
}

/// "59.85 yi_yuan（模型值的0.171倍）。".
pub(crate) fn set_value(value: f64, share: Option<f64>, model_unit: &str) -> String {
    // Six digits that count, so that a product shows no last bits.
    let value: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    let of_model = share.map_or(String::new(), |share| format!("（模型值的{share}倍）"));
    format!("{value} {model_unit}{of_model}。")
}

/// When a lever acts if nobody says otherwise.
pub(crate) fn timing(start: f64, ramp: f64, earliest: f64) -> String {
    format!("默认自 {start} 起，{ramp} 年内逐步到位；起始最早可设到 {earliest}")
}

/// "2020.5 — 2036，步长 0.25".
pub(crate) fn horizon(start: f64, stop: f64, dt: f64) -> String {
    format!("{start} — {stop}，步长 {dt}")
}

/// "计分板第1格".
pub(crate) fn tile(place: u32) -> String {
    match place {
        0 => "不在计分板上".to_owned(),
        place => format!("第{place}格"),
    }
}

/// "共 63 点".
pub(crate) fn point_count(count: usize) -> String {
    format!("{SHOW_POINTS}（共 {count} 点）")
}

/// The foot of the page.
pub(crate) fn foot(pack: &str, version: &str, hash: &str) -> String {
    format!("数据包 {pack} {version} · 内容校验码 {hash}")
}

/// Name of a variable's kind.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Stock => "存量",
        Kind::Flow => "流量",
        Kind::Aux => "辅助变量",
        Kind::Constant => "常数",
    }
}

/// What holds between and beyond the points of a graphical function.
pub(crate) fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Continuous => "各点连直线，两端之外取端点值",
        Shape::Extrapolate => "各点连直线，两端之外按末段延长",
        Shape::Discrete => "阶梯：取不晚于输入值的最后一点",
    }
}

/// How a year is read.
pub(crate) fn reading(at: Reading) -> &'static str {
    match at {
        Reading::End => "年末值",
        Reading::Mean => "全年平均",
        Reading::Sum => "首年至末年累计",
        Reading::Cagr => "首年至末年年均增速",
        Reading::Max => "首年至末年最大值",
    }
}

/// How the published figures of a watched target add up to its value.
pub(crate) fn counted_as(counted: Counted) -> &'static str {
    match counted {
        Counted::Level => "年末水平",
        Counted::Total => "首年至末年合计",
        Counted::Yearly => "每年都要达到",
        Counted::Growth => "各年增速的平均",
    }
}

/// How statements disagree.
pub(crate) fn disagreement_kind(kind: DisagreementKind) -> &'static str {
    match kind {
        DisagreementKind::Lowered => "后来降低",
        DisagreementKind::Postponed => "推后",
        DisagreementKind::Scope => "口径不同",
        DisagreementKind::Arithmetic => "算不拢",
        DisagreementKind::Levels => "市区两级不一致",
        DisagreementKind::Wording => "表述不一",
        DisagreementKind::Requested => "建议数，不是目标",
    }
}

/// Name of a group of variables: its words, else its name.
pub(crate) fn chapter<'t>(name: &'t str, doc: &'t str) -> &'t str {
    match doc.trim() {
        "" => name,
        doc => doc,
    }
}

/// What a rule is about.
pub(crate) fn rule_kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Fiscal => "财政规则",
        RuleKind::Accounting => "记账规则",
        RuleKind::Statement => "文件规定",
    }
}

/// How a rule reads a year.
pub(crate) fn rule_reading(at: Reading, from: Option<i32>) -> String {
    match (from, at) {
        (Some(from), _) => format!("{}（自{from}年）", reading(at)),
        (None, Reading::Cagr) => "比上年增长".to_owned(),
        (None, _) => reading(at).to_owned(),
    }
}

/// Which side is good.
pub(crate) fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::About => "约",
    }
}

/// How a printed figure bounds the true one; empty for the figure itself.
pub(crate) fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::AtLeast => "≥ ",
        Bound::AtMost => "≤ ",
        Bound::About => "约 ",
    }
}

/// How firm a published figure is.
pub(crate) fn firmness(status: ActualStatus) -> &'static str {
    match status {
        ActualStatus::Final => "公布",
        ActualStatus::Preliminary => "初步",
        ActualStatus::Revised => "修订",
        ActualStatus::Estimate => "估计",
        ActualStatus::Derived => "推算",
        ActualStatus::Plan => "计划",
    }
}

/// Letter and word of a grade of evidence.
pub(crate) fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::S => "S 依据较强",
        Grade::M => "M 依据中等",
        Grade::A => "A 假设",
    }
}

/// What an assumption is about.
pub(crate) fn assumption_kind(kind: AssumptionKind) -> &'static str {
    match kind {
        AssumptionKind::Environment => "外部环境",
        AssumptionKind::Effect => "作用强度",
        AssumptionKind::Measurement => "统计口径",
    }
}

/// Weight of a document.
pub(crate) fn document(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::征求意见稿 => "征求意见稿",
        DocumentStatus::决定 => "决定",
        DocumentStatus::印发 => "印发",
        DocumentStatus::答复 => "答复",
        DocumentStatus::材料 => "材料",
        DocumentStatus::公开发布 => "公开发布",
        DocumentStatus::文献 => "文献",
    }
}
