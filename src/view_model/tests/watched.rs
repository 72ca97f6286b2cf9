//! What is watched and what does not fit, in words.

use super::Town;
use crate::view_model::monitored::watch;
use expect_test::expect;

#[test]
fn a_watched_target_has_its_last_figure_and_the_pace() {
    let watch = watch(&Town::new().bound);
    let lines: String = watch
        .targets
        .iter()
        .map(|row| {
            let parts = [
                &row.name,
                &row.period,
                &row.target_text,
                &row.last,
                &row.standing,
                &row.replaced,
            ];
            let parts: Vec<&str> = parts.map(String::as_str).to_vec();
            format!("{} {}\n", parts.join(" | "), row.notes.join(" "))
        })
        .collect();
    expect![[r#"
        共3项，1项有公布的实绩，其余数据不足
        新区：实验室 | 2027年 | ≥ 40 家 |  | 数据不足 |  
        新区：实验室 | 2025年 | ≥ 50 家 |  | 数据不足 | 后被2027年 ≥ 40 家取代 原文为“力争”
        登记企业数 | 2027年 | ≥ 155 家 | 实绩 146 家（2025年1—6月，初步） | 此后每年需 +3.6 家 |  
    "#]]
    .assert_eq(&format!("{}\n{lines}", watch.count));
}

#[test]
fn a_disagreement_has_both_sentences() {
    let watch = watch(&Town::new().bound);
    let row = &watch.disagreements[0];
    assert_eq!((row.statements.len(), row.sources.len()), (2, 1));
    let statement = &row.statements[0];
    let lines = [
        row.kind,
        &statement.says,
        &statement.quote,
        &statement.document,
    ];
    expect![[r#"
        后来降低
        2025年50家
        到2027年，登记企业达到180家
        试城规划 · 征求意见稿"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn a_figure_without_a_target_is_listed_only_where_it_was_published() {
    let town = Town::new();
    let watch = watch(&town.bound);
    let lines: Vec<String> = watch
        .figures
        .iter()
        .map(|row| format!("{} | {} | {}", row.name, row.last, row.notes.join(" ")))
        .collect();
    expect!["老城：登记企业数 | 实绩 90 家（2025年1—11月，初步） | 在全市登记数之内 前11个月"]
        .assert_eq(&lines.join("\n"));
}
