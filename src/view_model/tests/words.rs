//! Summary, money, sources and notices in words.

use super::{EFFORT, Town, moved};
use crate::state::link::sealed;
use crate::state::{Action, Knob, LinkError, Notice, Source};
use crate::view_model::notices::NoticeRow;
use crate::view_model::rows::Reason;
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
fn undo_is_named() {
    let page = Town::new().page([Action::Moved(EFFORT, 12.5)]);
    assert_eq!(page.undo.as_deref(), Some("调整年新增登记"));
    assert_eq!(page.redo, None);
}

#[test]
fn what_is_typed_is_answered_at_its_box() {
    let mut town = Town::new();
    let said = |text: &str| {
        let page = town.page([Action::Typed(EFFORT, text.to_owned())]);
        let slider = &page.levers[0].slider;
        let Some(entry) = &slider.entry else {
            return format!("{text} → {}", slider.value_text);
        };
        let offers = entry.offers.iter().map(|(words, _)| format!("［{words}］"));
        let kept = entry.text.as_deref().unwrap_or(&slider.value_text);
        format!("{kept}｜{}{}", entry.message, offers.collect::<String>())
    };
    let texts = [
        "12.5",
        "１２．５",
        "99",
        "1.2万",
        "12.3",
        "1,5",
        "12,5",
        "15%",
        "很多",
    ];
    let said: Vec<String> = texts.into_iter().map(said).collect();
    expect![[r#"
        12.5 → 12.5
        １２．５ → 12.5
        99｜99 家/年 超出范围 0—40 家/年，没有改动［取 40 家/年］
        1.2万｜12,000 家/年 超出范围 0—40 家/年，没有改动［取 40 家/年］
        12.5｜12.3 家/年 不在刻度上（步长 0.5 家/年），已取最近的 12.5 家/年
        1,5｜“1,5”里的逗号有两种读法，没有改动；范围 0—40 家/年［取 1.5 家/年］［取 15 家/年］
        12,5｜“12,5”里的逗号有两种读法，没有改动；范围 0—40 家/年［取 12.5 家/年］
        15%｜“15%”的单位不是 家/年，没有改动；范围 0—40 家/年
        很多｜“很多”读不出数值，没有改动；范围 0—40 家/年，可写 12.5、1,200、1.2万、15%"#]]
    .assert_eq(&said.join("\n"));
}

/// A notice with its lines and buttons.
fn said(row: &NoticeRow) -> String {
    let message = [&row.message.text, &row.message.next].map(String::as_str);
    let answers = row.answers.iter().map(|(words, _)| *words);
    let lines = row.lines.iter().map(String::as_str);
    let said: Vec<&str> = message.into_iter().chain(lines).chain(answers).collect();
    said.join("｜")
}

#[test]
fn notices_are_named() {
    let mut town = Town::new();
    let id = town.state().catalogue.pack_id.clone();
    let lever = town.state().catalogue.levers[0].id.clone();
    let link = |rest: &str| format!("#p={id}&d=00000000&{rest}");
    let cut = link(&format!("s={lever}:12.5"));
    let other = sealed(&link(&format!(
        "s={lever}:99@1999,gone:12,late@2028&e=none:0.5&l=gone&y=1999&w=x"
    )));
    let refused = |error: LinkError| {
        let (from, text) = (Source::Link, "#k=1.x".to_owned());
        Action::Told(Notice::Refused { from, error, text })
    };
    let actions = [
        Action::LinkOpened(other.clone()),
        Action::StoredOpened(other),
        Action::LinkOpened(cut.clone()),
        Action::StoredOpened("\u{1}".to_owned()),
        Action::LinkOpened("#p=elsewhere&d=1".to_owned()),
        refused(LinkError::NoRecords),
        refused(LinkError::OtherPack {
            hash: "11111111".to_owned(),
        }),
        Action::Told(Notice::NotKept),
        Action::Told(Notice::OtherTab),
        Action::Told(Notice::Aside {
            count: 2,
            can_open: true,
        }),
    ];
    let page = town.page(actions);
    let all: Vec<String> = page.notices.iter().map(said).collect();
    expect![[r#"
        链接已打开，与本版数据有 8 处不同，其余照用：｜可撤销；链接本身不变｜年新增登记：链接里是 99 家/年，本版范围 0—40 家/年，已取 40 家/年｜年新增登记的起步时间：链接里是1999年年初，本版不可选，已取2026年年初｜没有这个杠杆：gone = 12，未采用｜没有这个杠杆：late（推进节奏），未采用｜没有这个假设：none = 0.5，未采用｜没有这个杠杆：gone（锁定），未采用｜目标年“1999”不可选，可选：2027、2028、2030、2031｜“w=x”读不出，或本版没有，未采用
        本机保存的情景已打开，与本版数据有 8 处不同，其余照用：｜可撤销；原文已另存在本机｜年新增登记：保存的是 99 家/年，本版范围 0—40 家/年，已取 40 家/年｜年新增登记的起步时间：保存的是1999年年初，本版不可选，已取2026年年初｜没有这个杠杆：gone = 12，未采用｜没有这个杠杆：late（推进节奏），未采用｜没有这个假设：none = 0.5，未采用｜没有这个杠杆：gone（锁定），未采用｜目标年“1999”不可选，可选：2027、2028、2030、2031｜“w=x”读不出，或本版没有，未采用
        链接不完整或被改动，没有打开；当前方案不变。读得出的部分：｜请从原处重新完整复制链接｜年新增登记：12.5 家/年｜按读得出的打开
        本机保存的情景已损坏，读不出；原文另存在本机，没有丢弃｜可下载原文留存，或删除
        链接属于另一个地区“elsewhere”，没有打开｜现在显示的是试城；请在页面顶部选地区，或请网站维护人员加入这份数据包
        链接是旧格式，所需的对照表（packs/links.txt）读不到，没有打开｜请检查网络后重新打开，或请网站维护人员补上这个文件
        链接是旧格式，用的数据包 11111111 没有留下对照表，没有打开｜本页的数据包是 testtown 0.1.0；请用生成它的那一版打开，或按内容重新设置
        浏览器没有保存情景：本机存储已满或被禁用｜情景仍在地址栏里，请复制链接另存；原先保存的没有被覆盖
        另一个标签页也在改本地区的情景，本机保存以最后改动的为准｜那个标签页的情景已另存，也仍在它自己的地址里
        本机另存着 2 份情景：读不出的、与本版不同的，或被链接和别的标签页替下的｜在您决定之前一直保留｜打开最近一份｜下载｜删除
        这个情景是用数据包 00000000 做的，现在按 2aeada42 推演，结果可能与当时不同"#]].assert_eq(&format!("{}\n{}", all.join("\n"), page.origin));
}

#[test]
fn a_reason_is_wanted_beyond_all_that_was_reached_and_asked_for_once() {
    let mut town = Town::new();
    let mut reason = |actions: &[Action]| {
        let page = town.page(actions.to_vec());
        page.levers[0].slider.reason.clone()
    };
    let beyond = Action::Moved(EFFORT, 40.0);
    assert_eq!(reason(&[]), Reason::Needless);
    assert_eq!(reason(std::slice::from_ref(&beyond)), Reason::Wanted);
    // Not under the hand.
    assert_eq!(
        reason(&[Action::DragStarted(EFFORT), beyond.clone()]),
        Reason::Needless
    );
    for text in ["", "国家新增专项"] {
        let told = Action::Reasoned(0, text.to_owned());
        let back = [beyond.clone(), told, Action::Moved(EFFORT, 12.5)];
        assert_eq!(reason(&back), Reason::Needless);
        let again = [&back[..], std::slice::from_ref(&beyond)].concat();
        assert_eq!(reason(&again), Reason::Given(text.to_owned()));
    }
}
