//! Single words: status, evidence, zones, kinds of documents and figures, names of undo steps.

use crate::state::{Knob, Ramp, StepName};
use tidemark_pack::assess::Status;
use tidemark_pack::record::{
    ActualStatus, AssumptionKind, Bound, Comparator, DocumentStatus, Grade,
};

/// Glyph, class and word of a status; shape and word always stand beside the colour.
pub fn status(status: Status) -> (&'static str, &'static str, &'static str) {
    match status {
        Status::Reached => ("●", "ok", "可达成"),
        Status::AtRisk => ("▲", "risk", "有风险"),
        Status::OutOfReach => ("■", "miss", "难达成"),
        Status::Pending => ("◌", "pending", "待核"),
        Status::Indicative => ("◌", "pending", "仅供参考"),
        Status::Awaited => ("◌", "pending", "待公布"),
        Status::NotJudged => ("◌", "pending", "不评价"),
        Status::Unknown => ("◌", "pending", COMPUTING),
    }
}

/// Said of a light whose chance is not known yet.
pub const COMPUTING: &str = "正在计算";
/// Said of one whose chance nobody works on any more.
pub const NOT_COMPUTED: &str = "算不出";

/// Letter, class and word of a grade of evidence.
pub fn grade(grade: Grade) -> (&'static str, &'static str, &'static str) {
    match grade {
        Grade::S => ("S", "grade-s", "依据较强"),
        Grade::M => ("M", "grade-m", "依据中等"),
        Grade::A => ("A", "grade-a", ASSUMED),
    }
}

/// What a number without a source is called.
pub const ASSUMED: &str = "假设";

/// What an assumption is about.
pub fn assumption_kind(kind: AssumptionKind) -> &'static str {
    match kind {
        AssumptionKind::Environment => "外部环境",
        AssumptionKind::Effect => "作用强度",
        AssumptionKind::Measurement => "统计口径",
    }
}

/// How firm a published figure is.
pub fn firmness(status: ActualStatus) -> &'static str {
    match status {
        ActualStatus::Final => "公布",
        ActualStatus::Preliminary => "初步",
        ActualStatus::Revised => "修订",
        ActualStatus::Estimate => "估计",
        ActualStatus::Derived => "推算",
        ActualStatus::Plan => "计划",
    }
}

/// How a printed figure bounds the true one, put before it; empty for the figure itself.
pub fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::AtLeast => "≥",
        Bound::AtMost => "≤",
        Bound::About => "约",
    }
}

/// Which side of a target is good.
pub fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::About => "约",
    }
}

/// Weight of a document, and its CSS class.
pub fn document(status: DocumentStatus) -> (&'static str, &'static str) {
    match status {
        DocumentStatus::征求意见稿 => ("征求意见稿", "draft"),
        DocumentStatus::决定 => ("决定", "issued"),
        DocumentStatus::印发 => ("印发", "issued"),
        DocumentStatus::答复 => ("答复", "other"),
        DocumentStatus::材料 => ("材料", "other"),
        DocumentStatus::公开发布 => ("公开发布", "other"),
        DocumentStatus::文献 => ("文献", "other"),
    }
}

/// All build-ups in the order offered.
pub const RAMPS: [Ramp; 4] = [Ramp::Front, Ramp::Even, Ramp::Back, Ramp::Once];

/// Name of a build-up.
pub fn ramp(ramp: Ramp) -> &'static str {
    match ramp {
        Ramp::Front => "前置",
        Ramp::Even => "均匀",
        Ramp::Back => "后置",
        Ramp::Once => "一次性",
    }
}

/// What a build-up means; `years` is the pack's ramp of the lever, as text.
pub fn ramp_meaning(ramp: Ramp, years: &str) -> String {
    match ramp {
        Ramp::Front => "起步即全部到位".to_owned(),
        Ramp::Even => format!("{years}年内逐步到位"),
        Ramp::Back => format!("晚一年起步，{years}年内逐步到位"),
        Ramp::Once => "只执行一年，之后停止".to_owned(),
    }
}

/// A target's level below which no name is given.
pub const WEAKER: &str = "弱于现状";
/// A value that stands at its default.
pub const SAME_AS_NOW: &str = "与现状相同";
/// The scenario in which nothing is moved.
pub const BASELINE: &str = "基准情景";
/// A scenario without a name.
pub const UNNAMED: &str = "未命名方案";

/// What a step of undo did, "调整财政科技支出增速"; `label` gives the name of a knob.
pub fn step(name: StepName, label: impl Fn(Knob) -> String) -> String {
    match name {
        StepName::Set(knob) => format!("调整{}", label(knob)),
        StepName::Reset(knob) => format!("恢复{}", label(knob)),
        StepName::Timed(lever) => format!("改{}的节奏", label(Knob::Lever(lever))),
        StepName::ResetLevers => "全部杠杆恢复现状".to_owned(),
        StepName::ResetAssumptions => "全部假设恢复基准".to_owned(),
        StepName::ResetAll => "全部恢复".to_owned(),
        StepName::Locked(lever) => format!("锁定或解锁{}", label(Knob::Lever(lever))),
        StepName::Reasoned(lever) => format!("{}的理由", label(Knob::Lever(lever))),
        StepName::Applied => "采用求解方案".to_owned(),
        StepName::Renamed => "改名".to_owned(),
        StepName::Opened => "打开链接".to_owned(),
    }
}
