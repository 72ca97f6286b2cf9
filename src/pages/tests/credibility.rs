//! What the page 模型可信度 puts into markup, with a record and without, and before it is read.

use crate::pages::credibility::{CredibilityPage, CredibilityPageProps, Stage};
use crate::text::fault;
use crate::view_model::credibility::*;
use crate::view_model::rows::{Evidence, Light};
use futures::executor::block_on;
use std::rc::Rc;
use tidemark_engine::diag::{Diagnostic, Place};
use yew::prelude::*;

const FEW: Light = Light {
    class: "pending",
    glyph: "◌",
    word: "数据不足",
};

fn view(record: Option<RecordView>) -> CredibilityView {
    CredibilityView {
        verdict: "把2022—2025年当作未知来预测".into(),
        badges: vec![Badge {
            name: "基线回测",
            text: "4项通过2项".into(),
            class: "risk",
            glyph: "▲",
        }],
        record,
        effects: vec![EffectView {
            id: "grant".into(),
            name: "后补助".into(),
            evidence: Evidence {
                letter: "A",
                word: "假设",
                class: "grade-a",
            },
            how: "按比例补助".into(),
            anchor: "l-grant".into(),
        }],
        assumed_count: "1 个假设条件没有出处".into(),
        assumed: vec![AssumedView {
            id: "rd".into(),
            name: "2025年研发经费".into(),
            value: "610（580 — 660） 亿元".into(),
            note: "没有实绩".into(),
            anchor: "a-rd".into(),
        }],
    }
}

fn record() -> RecordView {
    let cell = |text: &str| JudgedCell {
        text: text.into(),
        light: None,
    };
    let bar = Bar {
        from: 0.2,
        middle: 0.5,
        to: 0.9,
    };
    RecordView {
        acceptance: vec![AcceptanceView {
            name: "平均误差".into(),
            value: "11%".into(),
            points: 6,
            accept: "不超过 7%".into(),
            good: "不超过 4%".into(),
            light: FEW,
        }],
        series: vec![SeriesView {
            id: "rd_total".into(),
            name: "研发经费".into(),
            used: "",
            verdict: FEW,
            cells: vec![cell("3"), cell("7%")],
            note: String::new(),
            anchor: "i-rd_total".into(),
        }],
        charts: Vec::new(),
        fits: vec![["用16个实绩".into(), "8 条链".into()]],
        parameters: vec![ParameterView {
            id: "drift".into(),
            name: "漂移".into(),
            ranges: ["a".into(), "b".into(), "c".into()],
            bars: [bar, bar],
            narrowing: "无收窄".into(),
            is_told: false,
            note: String::new(),
            anchor: None,
        }],
        made: "由 tidemark 生成".into(),
    }
}

fn markup(record: Option<RecordView>) -> String {
    markup_at(move || Stage::Ready(Rc::new(view(record))))
}

fn markup_at(stage: impl FnOnce() -> Stage + Send + 'static) -> String {
    let props = move || CredibilityPageProps {
        title: "样城".into(),
        stage: stage(),
        on_retry: Callback::noop(),
        on: Callback::noop(),
    };
    let page = yew::LocalServerRenderer::<CredibilityPage>::with_props(props());
    block_on(page.hydratable(false).render())
}

#[track_caller]
fn check_contains(markup: &str, expected: &[&str]) {
    for part in expected {
        assert!(markup.contains(part), "`{part}` is not in {markup}");
    }
}

#[test]
fn the_sentence_stands_first_and_every_verdict_has_shape_and_word() {
    let markup = markup(Some(record()));
    let sentence = markup.find("把2022—2025年当作未知来预测").unwrap();
    assert!(sentence < markup.find("<table>").unwrap());
    check_contains(
        &markup,
        &[
            "逐项回测",
            r#"data-series="rd_total" data-status="pending""#,
            "◌",
            "数据不足",
            "无收窄",
            "仍是假设",
            r#"data-action="back""#,
            r#"data-action="print""#,
        ],
    );
    assert!(!markup.contains("style="));
}

#[test]
fn a_pack_without_a_record_keeps_what_is_known_of_levers_and_assumptions() {
    let markup = markup(None);
    check_contains(&markup, &["data-empty", "后补助", "2025年研发经费"]);
    assert!(!markup.contains("逐项回测"));
}

/// The way back is there at once; what could be printed is not.
#[test]
fn a_record_that_is_being_read_is_waited_for() {
    let markup = markup_at(|| Stage::Waiting);
    check_contains(
        &markup,
        &[r#"data-action="back""#, r#"role="status""#, "正在读取"],
    );
    assert!(!markup.contains("data-verdict") && !markup.contains(r#"data-action="print""#));
}

/// It says why in Chinese, where, and offers to read it again; no verdict, no badge.
#[test]
fn a_record_that_cannot_be_read_is_said_with_its_reason() {
    let file = "packs/sample.credibility.json";
    let place = Place {
        file: file.into(),
        ..Place::default()
    };
    let fault = Diagnostic::error("credibility-of-another-pack", place, "");
    let messages = [fault::message(&fault.about([file, "1a2b3c4d", "99887766"]))];
    let markup = markup_at(move || Stage::Failed(Rc::from(messages)));
    let reason = "可信度记录属于另一份数据包（1a2b3c4d），本页的数据包是 99887766";
    let parts = [r#"role="alert""#, r#"data-action="retry""#, file, reason];
    check_contains(&markup, &parts);
    assert!(!markup.contains("data-verdict") && !markup.contains("data-badge"));
}
