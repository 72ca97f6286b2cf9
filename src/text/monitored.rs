//! Words around targets that are only watched, and around documents that disagree.

use super::number;
use super::sentence::Measure;
use tidemark_pack::record::DisagreementKind;

/// Heading: targets that the model does not drive.
pub const HEADING: &str = "监测目标（模型不驱动，只看公布的实绩，不推演）";
/// Heading: where documents do not fit together.
pub const DISAGREEMENTS: &str = "文件对不上的地方";
/// Heading: published figures that no target stands on.
pub const OTHER_FIGURES: &str =
    "其他公布的数（不是目标；注明范围的只是本地的一部分，不与全部相加）";
/// No published figure, or years missing.
pub const NO_DATA: &str = "数据不足";
/// The last published figure meets the value.
pub const MET: &str = "实绩已达到";
/// The figure of the target's year falls short.
pub const MISSED: &str = "到期未达到";
/// The year is over and its figure was not published.
pub const LAPSED: &str = "已到期，没有到期时的实绩";
/// Every year counts for itself.
pub const EVERY_YEAR: &str = "最近一年未达到，每年都要达到";

/// How many there are and how many have a figure.
pub fn count(all: usize, known: usize) -> String {
    format!("共{all}项，{known}项有公布的实绩，其余数据不足")
}

/// Name of a figure that counts a part of the place.
pub fn of_part(part: &str, name: &str) -> String {
    format!("{part}：{name}")
}

/// "此后每年需 +9 家": the pace from the last figure to the value.
pub fn needed(per_year: f64, measure: Measure<'_>) -> String {
    let decimals = number::telling_decimals(per_year, 0.0, measure.decimals.max(1));
    let change = number::trimmed(&number::signed(per_year, decimals));
    let unit = number::difference_unit(measure.unit);
    format!("此后每年需 {}", number::with_unit(&change, unit))
}

/// "实绩 104 家（2024年，初步）".
pub fn last(value: &str, period: &str, firmness: &str) -> String {
    format!("实绩 {value}（{period}，{firmness}）")
}

/// "后被2027年 ≥ 100 家取代".
pub fn replaced(by: &str) -> String {
    format!("后被{by}取代")
}

/// How two statements disagree.
pub fn kind(kind: DisagreementKind) -> &'static str {
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
