//! The monitoring table in words: what is known stands, what is not is said.

use super::{Town, moved};
use crate::state::{Action, Drawer, reduce};
use crate::view_model::monitoring::{MonitoringView, csv, view};
use expect_test::expect;

fn table() -> MonitoringView {
    let mut town = Town::new();
    let opened = Action::DrawerOpened(Drawer::Monitoring);
    let actions = moved(30.0).into_iter().chain([opened]);
    let state = actions.fold(town.state(), |s, a| reduce(&s, a));
    town.with(&state, |inputs| {
        view(inputs.bound, inputs.state, &inputs.scenario.centre).unwrap()
    })
}

#[test]
fn rows_have_amount_share_and_growth_by_period_and_year() {
    let table = table();
    let lines = table.rows.iter().flat_map(|row| {
        let line = |l: &crate::view_model::monitoring::DimensionLine| {
            format!("{} {}: {}\n", row.label, l.name, l.cells.join(" | "))
        };
        row.lines.iter().map(line).collect::<Vec<_>>()
    });
    let lines: String = lines.collect();
    expect![[r#"
        2024年 公布 | 2025年1—6月 公布 | 2026年1—3月 公布 | 2027年 推演 | 2028年 推演
        登记企业 总量（家）: 140.0 | 146.0 | 数据不足 | 183.1 | 222.1
        登记企业 占比（%）: 100.0 | 100.0 | 数据不足 | 100.0 | 100.0
        登记企业 增速（%）: 7.7 | 数据不足 | 数据不足 | 11.0 | 21.3
        其中：实验室 总量（家）: 数据不足 | 数据不足 | 数据不足 | — | —
        其中：实验室 占比（%）: 数据不足 | 数据不足 | 数据不足 | — | —
        其中：实验室 增速（%）: 数据不足 | 数据不足 | 数据不足 | — | —
        附项：登记企业 总量（家）: 数据不足 | 数据不足 | 数据不足 | 183.1 | 222.1
        附项：登记企业 增速（%）: 数据不足 | 数据不足 | 数据不足 | 11.0 | 21.3
    "#]]
    .assert_eq(&format!("{}\n{lines}", table.heads.join(" | ")));
}

#[test]
fn every_line_of_the_file_is_whole_in_itself() {
    let text = csv(&table());
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("监测表"));
    let lines: Vec<&str> = lines.skip(2).collect();
    expect![[r#"
        指标,维度,2024年 公布,2025年1—6月 公布,2026年1—3月 公布,2027年 推演,2028年 推演,数源单位,责任单位,说明
        登记企业,总量（家）,140.0,146.0,数据不足,183.1,222.1,市科技局,,年末数
        登记企业,占比（%）,100.0,100.0,数据不足,100.0,100.0,市科技局,,年末数"#]].assert_eq(&lines[..3].join("\n"));
    assert_eq!(lines.len(), 1 + 3 + 3 + 2);
}
