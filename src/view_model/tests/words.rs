//! Summary, money, sources and notices in words.

use super::{EFFORT, Town, moved};
use crate::state::{Action, Drawer, Knob};
use crate::view_model::sources;
use expect_test::expect;

#[test]
fn the_summary_is_honest_about_small_effects() {
    let mut town = Town::new();
    let timing = |quarters: f64| Action::StartMoved(0, 2027.0 + quarters / 4.0);
    let all = [
        town.page([]).summary,
        town.page([Action::Moved(Knob::Assumption(0), 6.0)]).summary,
        town.page([timing(4.0), Action::Moved(EFFORT, 10.5)])
            .summary,
        town.page(moved(20.0)).summary,
        town.page(moved(8.0)).summary,
        town.page(moved(40.0)).summary,
    ];
    expect![[r#"
        2027年2项可判目标没有一项有八成把握（企业不到半成、研发强度不到半成）；全部杠杆用足合理范围，企业2027年 +4 家、2030年 +79 家。
        2027年2项可判目标没有一项有八成把握（企业不到半成、研发强度不到半成）；全部杠杆用足合理范围，企业2027年 +4 家、2030年 +79 家。假设已改，现状按所设假设计算。
        2027年2项可判目标没有一项有八成把握（企业不到半成、研发强度不到半成）；全部杠杆用足合理范围，企业2027年 +4 家、2030年 +79 家。本方案使企业2027年几乎不变、2030年 +2 家。
        2027年2项可判目标没有一项有八成把握（企业不到半成、研发强度不到半成）；全部杠杆用足合理范围，企业2027年 +4 家、2030年 +79 家。本方案使企业2027年 +4 家、2030年 +79 家。
        2027年2项可判目标没有一项有八成把握（企业不到半成、研发强度不到半成）；全部杠杆用足合理范围，企业2027年 +4 家、2030年 +79 家。本方案使企业2027年几乎不变、2030年 −16 家。
        2027年2项可判目标有1项有八成以上把握（企业九成半以上），其余没有（研发强度不到半成）；全部杠杆用足合理范围，企业2027年 +4 家、2030年 +79 家。本方案使企业2027年 +12 家、2030年 +237 家，企业由难达成变为可达成。"#]].assert_eq(&all.join("\n"));
}

#[test]
fn money_follows_the_scenario() {
    let mut town = Town::new();
    let (base, now) = (town.page([]), town.page(moved(20.0)));
    assert_eq!((base.money.class, now.money.class), ("ok", "miss"));
    assert_eq!(now.status_bar.check, "校验 ✓");
    let words = [&*base.money.summary, &now.money.summary];
    expect![[r#"
        2027年方案不占用科技资金，可用 2.0 亿元/年
        2028年方案占用科技资金 5.0 亿元/年，可用 2.0 亿元/年，资金缺口 3.0 亿元/年"#]]
    .assert_eq(&words.join("\n"));
    let longest = now.money.years.iter().map(|y| {
        y.available_fraction
            .max(y.covered_fraction + y.gap_fraction)
    });
    assert!(longest.clone().all(|f| (0.0..=1.0 + 1e-9).contains(&f)));
    assert!(longest.fold(0.0, f64::max) > 0.99);
}

#[test]
fn a_source_card_has_sentence_document_and_use() {
    let town = Town::new();
    let cards = sources::cards(&town.bound, &["nothing".to_owned(), "plan".to_owned()]);
    assert_eq!(cards.len(), 1);
    let card = &cards[0];
    let lines = [&card.document, &card.origin, &card.quote];
    let lines: Vec<&str> = lines
        .iter()
        .map(|s| s.as_str())
        .chain([card.status])
        .collect();
    expect![[r#"
        试城规划
        试城政府 · 2023-04
        到2027年，登记企业达到180家
        征求意见稿
        用作目标：登记企业数 2027年 ≥ 180 家
        读法：按下限读
        用作目标：研发强度 2027年 ≥ 3.40%
        取代：研发强度 2025年 ≥ 3.20%
        读法：按重算后的GDP评价
        用作目标：研发强度 2025年 ≥ 3.20%
        用作目标：登记企业数 2030年 ≥ 250 家"#]]
    .assert_eq(&format!("{}\n{}", lines.join("\n"), card.notes.join("\n")));
}

#[test]
fn undo_and_notices_are_named() {
    let typed = |text: &str| Action::Typed(EFFORT, text.to_owned());
    let actions = [
        typed("99"),
        typed("12.3"),
        typed("很多"),
        Action::LinkOpened("#k=1.x".to_owned()),
        Action::DrawerOpened(Drawer::Rules),
    ];
    let page = Town::new().page(actions);
    let said: Vec<String> = page
        .notices
        .iter()
        .map(|m| format!("{}｜{}", m.text, m.next))
        .collect();
    expect![[r#"
        年新增登记 99 家/年 超出可设范围，已取 40.0 家/年｜可设范围见滑块两端；再往外模型没有意义
        年新增登记 12.3 家/年 不在刻度上，已取最近的 12.5 家/年｜
        “很多”不能读作年新增登记的数值，原值不变｜可写成 12,000、1.2万、1.2亿或 15%
        链接不完整或被改动，无法还原方案；当前方案不变｜请从原处重新完整复制链接"#]]
    .assert_eq(&said.join("\n"));
    assert_eq!(page.undo.as_deref(), Some("调整年新增登记"));
    assert_eq!(page.redo, None);
}
