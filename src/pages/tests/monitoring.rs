//! The monitoring table as markup: every figure under its head, rows that open their sentence.

use crate::components::monitoring_drawer::{MonitoringDrawer, MonitoringDrawerProps};
use crate::view_model::monitoring::{DimensionLine, MonitoringView, Row};
use futures::executor::block_on;
use std::rc::Rc;
use yew::prelude::*;

fn markup() -> String {
    let line = |name: &str, cells: [&str; 2]| DimensionLine {
        name: name.into(),
        cells: cells.map(str::to_owned).to_vec(),
    };
    let row = Row {
        id: "total".into(),
        label: "科技创新投入".into(),
        is_part: false,
        office: "区财政局".into(),
        responsible: "区科技局".into(),
        note: "政府＋企业＋其他主体－重复".into(),
        sources: vec!["annex".into()],
        anchor: None,
        lines: vec![
            line("总量（亿元）", ["数据不足", "190.0"]),
            line("增速（%）", ["数据不足", "6.1"]),
        ],
    };
    let view = MonitoringView {
        title: "科技创新投入监测体系（季度）".into(),
        note: "没有公布的写“数据不足”".into(),
        footer: "基准情景 · 数据截至2025年年末".into(),
        file_stem: "sample".into(),
        heads: vec!["2026年1—3月 公布".into(), "2027年 推演".into()],
        rows: vec![row],
        source: "annex".into(),
    };
    let props = move || MonitoringDrawerProps {
        view: Rc::new(view),
        on: Callback::noop(),
    };
    block_on(
        yew::LocalServerRenderer::<MonitoringDrawer>::with_props(props())
            .hydratable(false)
            .render(),
    )
}

#[test]
fn a_row_stands_once_beside_all_its_dimensions() {
    let markup = markup();
    assert_eq!(markup.matches("科技创新投入</").count(), 1);
    assert!(
        markup.contains(r#"<th scope="rowgroup" rowspan="2">"#),
        "{markup}"
    );
    assert_eq!(markup.matches("数据不足</td>").count(), 2);
    for text in [
        "190.0",
        "6.1",
        "区财政局",
        "2027年 推演",
        "存为CSV",
        "基准情景",
    ] {
        assert!(markup.contains(text), "`{text}` is not in {markup}");
    }
}

#[test]
fn it_needs_no_inline_style_or_script() {
    let markup = markup();
    assert!(!markup.contains("style=") && !markup.contains("<script"));
}
