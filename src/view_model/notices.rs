//! Notices of the state as messages with a next step.

use super::levers::knob_label;
use super::rows::Message;
use crate::state::{AppState, Knob, LinkError, Notice};
use crate::text::number;
use crate::text::sentence::{self, Measure};
use tidemark_pack::bind::Bound;

/// All notices, oldest first.
pub(super) fn messages(bound: &Bound, state: &AppState) -> Vec<Message> {
    let notices = state.notices.iter();
    notices
        .map(|notice| message(bound, state, notice))
        .collect()
}

fn message(bound: &Bound, state: &AppState, notice: &Notice) -> Message {
    let value = |knob: Knob, value: f64| {
        let spec = state.catalogue.knob(knob);
        let measure = Measure {
            unit: spec.map_or("", |s| s.unit.as_str()),
            decimals: spec.map_or(2, |s| s.decimals),
        };
        measure.value(Some(value))
    };
    let asked = |knob: Knob, value: f64| {
        let unit = state.catalogue.knob(knob).map_or("", |s| s.unit.as_str());
        number::with_unit(&number::trimmed(&number::fixed(value, 6)), unit)
    };
    match notice {
        Notice::Clamped {
            knob,
            asked: a,
            given,
        } => note(
            format!(
                "{} {} 超出可设范围，已取 {}",
                knob_label(bound, *knob),
                asked(*knob, *a),
                value(*knob, *given)
            ),
            "可设范围见滑块两端；再往外模型没有意义",
        ),
        Notice::Snapped {
            knob,
            asked: a,
            given,
        } => note(
            format!(
                "{} {} 不在刻度上，已取最近的 {}",
                knob_label(bound, *knob),
                asked(*knob, *a),
                value(*knob, *given)
            ),
            "",
        ),
        Notice::StartClamped { lever, given } => note(
            format!(
                "{}的起步时间超出可选范围，已取{}",
                knob_label(bound, Knob::Lever(*lever)),
                sentence::instant(*given)
            ),
            "起步最早为数据截止时，最晚为推演最后一年",
        ),
        Notice::NotANumber { knob, text } => warning(
            format!(
                "“{}”不能读作{}的数值，原值不变",
                short(text),
                knob_label(bound, *knob)
            ),
            "可写成 12,000、1.2万、1.2亿或 15%",
        ),
        Notice::LinkRefused(error) => refused(bound, error),
    }
}

fn refused(bound: &Bound, error: &LinkError) -> Message {
    let meta = &bound.pack().meta;
    match error {
        LinkError::Absent => note("链接里没有方案".to_owned(), ""),
        LinkError::Damaged => warning(
            "链接不完整或被改动，无法还原方案；当前方案不变".to_owned(),
            "请从原处重新完整复制链接",
        ),
        LinkError::NewerVersion { .. } => warning(
            "链接由更新版本的潮位生成，本版读不了；当前方案不变".to_owned(),
            "请刷新页面取得新版，或请对方用本版重新生成链接",
        ),
        LinkError::OtherPack { hash } => {
            let next = format!(
                "本页的数据包是 {} {}；请用生成链接的那一版打开，或按内容重新设置",
                meta.id, meta.version
            );
            warning(
                format!("链接属于另一份数据包（{}）；当前方案不变", short(hash)),
                &next,
            )
        }
    }
}

/// At most 20 characters of a foreign text.
fn short(text: &str) -> String {
    let mut kept: String = text.chars().take(20).collect();
    if text.chars().nth(20).is_some() {
        kept.push('…');
    }
    kept
}

fn note(text: String, next: &str) -> Message {
    with_class("note", text, next)
}

fn warning(text: String, next: &str) -> Message {
    with_class("warning", text, next)
}

fn with_class(class: &'static str, text: String, next: &str) -> Message {
    Message {
        class,
        text,
        next: next.to_owned(),
        place: String::new(),
    }
}
