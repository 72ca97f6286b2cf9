//! Faults of files, packs and models in Chinese, each with its place and a next step.

use super::diagnosis;
use crate::view_model::rows::Message;
use tidemark_engine::diag::{Diagnostic, Place, Severity};

const ASK_KEEPER: &str = "请联系网站维护人员核对服务器上的文件，然后重试。";

const CHECK_AGAIN: &str = "请维护人员用 tidemark check 检查并重新发布数据包，然后重试。";

/// The server gave no answer.
pub fn no_answer(url: &str) -> Message {
    error(
        "读不到数据文件：服务器没有应答。",
        "请检查网络连接或确认网站仍在运行，然后重试。",
        url,
    )
}

/// The server did not answer in time.
pub fn too_slow(url: &str) -> Message {
    error(
        "读取数据文件超时：服务器半分钟内没有传完。",
        "请检查网络连接，然后重试；若总是如此，请联系网站维护人员。",
        url,
    )
}

/// The server answered with an error.
pub fn bad_status(url: &str, status: u16) -> Message {
    let text = match status {
        404 => "数据文件不在服务器上（404）。".to_owned(),
        403 => "服务器不允许读取数据文件（403）。".to_owned(),
        _ => format!("服务器读取数据文件时出错（{status}）。"),
    };
    error(text, ASK_KEEPER, url)
}

/// The server answered with a web page.
pub fn web_page(url: &str) -> Message {
    error(
        "服务器返回的是网页，不是数据文件；通常是文件缺失，或需要先登录内网。",
        "请先登录内网；若已登录，请联系网站维护人员确认 packs 文件夹已完整复制，然后重试。",
        url,
    )
}

/// The list names another place than the pack is of.
pub fn other_place(file: &str, listed: &str, found: &str) -> Message {
    error(
        format!("数据包清单写的是“{listed}”，文件里却是“{found}”的数据，不能混用。"),
        "请维护人员把同一次发布的 packs 文件夹完整复制到服务器，然后重试。",
        file,
    )
}

/// The list and the pack are of two releases.
pub fn other_release(file: &str, listed: &str, found: &str) -> Message {
    let [listed, found] = [listed, found].map(|hash| hash.get(..8).unwrap_or(hash));
    error(
        format!("数据包与清单不是同一次发布的（清单 {listed}，数据包 {found}）。"),
        "请刷新页面；仍不行时，请维护人员把同一次发布的 packs 文件夹完整复制到服务器。",
        file,
    )
}

/// A file is cut off or not what it should be.
pub fn damaged(url: &str, line: usize, column: usize) -> Message {
    error(
        "数据文件不完整或已损坏。",
        ASK_KEEPER,
        format!("{url}:{line}:{column}"),
    )
}

/// The list of packs is empty, or a pack says nothing.
pub fn no_pack(url: &str) -> Message {
    error("没有可用的数据包。", ASK_KEEPER, url)
}

/// The list names no record of credibility for a pack that has one.
pub fn no_record(url: &str) -> Message {
    error("数据包清单里没有这个地区的可信度记录。", ASK_KEEPER, url)
}

/// The model cannot be run; `reason` is the engine's.
pub fn not_runnable(reason: &str) -> Message {
    let text = format!("模型无法运行：{reason}。");
    error(text, CHECK_AGAIN, "")
}

/// A variable has no finite value from that time on.
pub fn not_finite(name: &str, time: f64) -> Message {
    let text = format!("模型变量 {name} 从 {time:.2} 年起没有有效数值，不显示任何结果。");
    error(text, CHECK_AGAIN, "")
}

fn error(text: impl Into<String>, next: &str, place: impl Into<String>) -> Message {
    Message {
        class: "error",
        text: text.into(),
        next: next.to_owned(),
        place: place.into(),
    }
}

/// A fault of a pack or a model.
///
/// The sentence is found by the fault's code; a code without one is shown with its English
/// message, which names the same place.
pub fn message(fault: &Diagnostic) -> Message {
    Message {
        class: match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        text: sentence(fault),
        next: next_step(fault),
        place: place(&fault.place),
    }
}

fn place(place: &Place) -> String {
    if place.file.is_empty() {
        String::new()
    } else {
        place.to_string()
    }
}

/// The next step in Chinese; the fault's own hint follows for those who mend it.
fn next_step(fault: &Diagnostic) -> String {
    let next = diagnosis::said(fault).map_or(CHECK_AGAIN, |said| said.next);
    match &fault.hint {
        Some(hint) => format!("{next}（{hint}）"),
        None => next.to_owned(),
    }
}

fn sentence(fault: &Diagnostic) -> String {
    match diagnosis::said(fault) {
        Some(said) => said.text,
        None => format!("检查未通过（{}）：{}", fault.code, fault.message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_fault_is_said_in_chinese_with_its_place() {
        let place = Place {
            file: "ningbo.pack.json".into(),
            line: 3,
            column: 7,
        };
        let fault = Diagnostic::error("pack-hash", place, "the hash does not fit");
        let message = message(&fault);
        assert!(message.text.starts_with("数据包内容与校验码不符"));
        assert_eq!(message.place, "ningbo.pack.json:3:7");
        assert!(message.next.contains(".pack.json"));
    }
}
