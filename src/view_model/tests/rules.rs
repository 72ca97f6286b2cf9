//! Rules in words: who broke them, by how much, what to put back.

use super::{EFFORT, Town, moved};
use crate::state::Action;
use expect_test::{Expect, expect};

#[track_caller]
fn check(actions: impl IntoIterator<Item = Action>, expected: Expect) {
    let page = Town::new().page(actions);
    let mut out = String::new();
    for row in page.rules.rows.iter() {
        out += &format!("{} {}：{}\n", row.light.glyph, row.light.word, row.detail);
        for text in [&row.relief, &row.wanted] {
            if !text.is_empty() {
                out += &format!("  {text}\n");
            }
        }
        for y in &row.years {
            let cells = [&y.value, &y.margin, &y.baseline, &y.own].map(String::as_str);
            out += &format!("  {} {}\n", y.year, cells.join(" | "));
        }
    }
    let notice = &page.rules.notice;
    out += &format!("> {}\n> {}\n> {}\n", notice.text, notice.next, notice.count);
    expected.assert_eq(&out);
}

#[test]
fn the_baseline_breaks_a_rule_by_itself() {
    check(
        [],
        expect![[r#"
            ● 满足：各年都满足
              全年应不高于 0 亿元，单位：亿元
              2027 0.0 | 刚好 | 刚好 | —
              2028 0.0 | 刚好 | 刚好 | —
            ▲ 基准已不满足：2028年差 0.6 个百分点；基准情景同样不满足，不是本方案造成
              比上年增长应不低于 6.5%，单位：%
              2027 6.3 | 差 0.2 | 差 0.2 | —
              2028 5.9 | 差 0.6 | 差 0.6 | —
            ◇ 须人工核对：模型算不出这一条，请按原文人工核对。
            ● 满足：各年都满足
              任何时候都应等于 0 家，单位：家
            > 
            > 
            > 
        "#]],
    );
}

#[test]
fn a_costly_lever_breaks_a_rule_and_is_named() {
    check(
        moved(20.0),
        expect![[r#"
            ■ 本方案打破：2028年差 3.0 亿元；基准满足，差额全由本方案造成
              把“年新增登记”调回不超过 14 家/年，方案就不再违反这一条
              全年应不高于 0 亿元，单位：亿元
              2027 0.6 | 差 0.6 | 刚好 | +0.6
              2028 3.0 | 差 3.0 | 刚好 | +3.0
            ● 满足：各年都满足；最紧的是2027年，余量 0.2 个百分点
              比上年增长应不低于 6.5%，单位：%
              2027 6.7 | 余 0.2 | 差 0.2 | —
              2028 10.8 | 余 4.3 | 差 0.6 | —
            ◇ 须人工核对：模型算不出这一条，请按原文人工核对。
            ● 满足：各年都满足
              任何时候都应等于 0 家，单位：家
            > 本方案打破“资金无缺口”：2028年差 3.0 亿元；基准满足，差额全由本方案造成
            > 把“年新增登记”调回不超过 14 家/年，方案就不再违反这一条
            > ■ 1 条
        "#]],
    );
}

#[test]
fn a_weak_lever_breaks_further_what_the_baseline_broke() {
    check(
        moved(5.0),
        expect![[r#"
            ● 满足：各年都满足
              全年应不高于 0 亿元，单位：亿元
              2027 0.0 | 刚好 | 刚好 | —
              2028 0.0 | 刚好 | 刚好 | —
            ■ 本方案加重：2028年差 3.0 个百分点：基准已差 0.6 个百分点，本方案又加 2.5 个百分点
              把“年新增登记”调回不低于 10 家/年，方案就不再加重；基准本身仍差 0.6 个百分点
              比上年增长应不低于 6.5%，单位：%
              2027 6.1 | 差 0.4 | 差 0.2 | +0.2
              2028 3.5 | 差 3.0 | 差 0.6 | +2.5
            ◇ 须人工核对：模型算不出这一条，请按原文人工核对。
            ● 满足：各年都满足
              任何时候都应等于 0 家，单位：家
            > 本方案加重违反“登记数增速不低于6.5%”：2028年差 3.0 个百分点：基准已差 0.6 个百分点，本方案又加 2.5 个百分点
            > 把“年新增登记”调回不低于 10 家/年，方案就不再加重；基准本身仍差 0.6 个百分点
            > ■ 1 条
        "#]],
    );
}

#[test]
fn advice_may_lead_to_a_breach_that_does_not_count() {
    let old = "variable = \"gap_of_money\"\nunit = \"亿元\"";
    let edit = |pack: String| {
        assert!(pack.contains(old));
        pack.replacen(old, &format!("materiality = 1.0\n{old}"), 1)
    };
    let page = Town::edited(None, edit).page(moved(20.0));
    let row = &page.rules.rows[0];
    assert_eq!(row.light.word, "本方案打破");
    expect!["把“年新增登记”调回不超过 15.5 家/年，方案的差额就低于计较的下限"]
        .assert_eq(&row.relief);
    let kept = Town::edited(None, edit).page(moved(15.5));
    let row = &kept.rules.rows[0];
    expect!["基本满足：2028年差 0.8 亿元，低于计较的下限 1.0 亿元，不算打破"]
        .assert_eq(&format!("{}：{}", row.light.word, row.detail));
}

#[test]
fn a_drag_tells_the_breach() {
    let page = Town::new().page([Action::DragStarted(EFFORT), Action::Moved(EFFORT, 20.0)]);
    assert!(page.rules.notice.text.contains("打破"));
    assert!(page.live.contains("打破"), "{}", page.live);
}
