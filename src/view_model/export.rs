//! What files carry beside their content: scenario, data date, model, and their names.

use super::scenario;
use crate::state::AppState;
use crate::text::{chart, notice, sentence};
use tidemark_pack::bind::Bound;

/// Characters of the pack's hash that are shown.
const SHORT_HASH: usize = 8;

/// "科技创新模型 0.1.0 · 数据包 ningbo 0.1.0（1a2b3c4d）".
pub fn model_version(bound: &Bound) -> String {
    let meta = &bound.pack().meta;
    let hash: String = bound.hash().chars().take(SHORT_HASH).collect();
    chart::model_version(bound.model_title(), &meta.id, &meta.version, &hash)
}

/// "基准情景 · 数据截至2025年年末 · 模型 …", at the foot of every file.
pub fn footer(bound: &Bound, state: &AppState) -> String {
    let data = &bound.pack().meta.data_date;
    let footer = sentence::footer(&scenario::name(state), data, &model_version(bound));
    match state.origin {
        Some(_) => format!("{footer} · {}", notice::OTHER_DATA),
        None => footer,
    }
}

/// Name of a file without its ending: place, chart and scenario. The scenario's name is the
/// user's; whoever saves the file makes it safe.
pub fn file_stem(bound: &Bound, state: &AppState, figure: &str) -> String {
    let place = &bound.pack().meta.id;
    format!("{place}-{figure}-{}", scenario::name(state))
}
