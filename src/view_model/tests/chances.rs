//! Probabilities and bands on tiles, in the strip, on charts and in their tables.

use super::*;
use crate::protocol::Refusal;
use crate::view_model::scoreboard;
use tidemark_chart::figure::Layer;

/// The town with an answer in which every target is met by 620 of 1,000 members.
pub(super) fn answered() -> Town {
    Town::new().asking(Members::Meeting(620))
}

#[test]
fn a_target_shows_its_probability_and_is_judged_by_it() {
    let page = answered().page([]);
    let tile = &page.scoreboard.tiles[0];
    let chance = tile.chance.as_ref().unwrap();
    assert_eq!((chance.text.as_str(), chance.words), ("60%", "约六成"));
    assert_eq!(chance.members, "620/1000");
    assert_eq!(chance.range, "十次里约八次落在 170 家—199 家");
    assert_eq!(tile.light.word, "有风险");
    // The middle meets it, the chance is short of what counts as reached: both are said.
    assert!(tile.is_unsure);
    assert_eq!(
        (tile.value.as_str(), tile.gap.as_str()),
        ("184", "中位超出 4 家，把握约六成")
    );
    let strip = &page.scoreboard.ensemble;
    let joint = strip.joint.as_ref().unwrap();
    assert_eq!(joint.text, "2项同时达成 60%（约六成）");
    assert_eq!(strip.note, "1,000 次抽样 · 仅按假设区间抽样");
    assert!(strip.is_current);
}

#[test]
fn of_targets_that_are_equally_weak_the_first_tile_is_named() {
    let weakest = |town: Town| {
        let page = town.asking(Members::Meeting(620)).page([]);
        page.scoreboard.ensemble.joint.clone().unwrap().weakest
    };
    let first = weakest(Town::new());
    let swapped = weakest(Town::edited(None, |pack| {
        pack.replace("tile = 1", "tile = 3")
    }));
    assert_eq!([first, swapped], ["最弱：企业 60%", "最弱：研发强度 60%"]);
}

#[test]
fn targets_without_a_start_or_with_a_pending_base_have_none() {
    let mut town = answered();
    let open = town.state().catalogue.open_targets.clone();
    let state = town.state();
    let tiles = town.page([]).scoreboard.tiles.clone();
    let further = town.with(&state, scoreboard::further);
    for row in tiles.iter().map(|row| &**row).chain(&further) {
        assert_eq!(
            row.chance.is_some(),
            open.contains(&row.target),
            "{}",
            row.id
        );
        assert!(row.chance.is_none() || row.pending.is_empty(), "{}", row.id);
    }
}

/// The page after an action that nobody answered yet, and what was answered before.
fn unanswered_after(town: &mut Town, action: Action) -> PageView {
    let state = town.state();
    town.answer(&state);
    town.members = Members::Silent;
    town.page([action])
}

#[test]
fn an_answer_of_another_moment_is_said_to_be_one() {
    let mut town = answered();
    let page = unanswered_after(&mut town, Action::Moved(Knob::Lever(0), 8.0));
    assert!(!page.scoreboard.ensemble.is_current);
    assert!(page.scoreboard.tiles[0].chance.is_some());
    assert!(!page.scoreboard.tiles[0].is_stale && !page.scoreboard.ensemble.is_stale);
    assert_eq!(bands(&page), 3);
    // For longer than a moment: what it says is greyed, and what it draws is gone.
    town.ensemble.is_stale = true;
    let page = town.page([Action::Moved(Knob::Lever(0), 8.0)]);
    assert!(page.scoreboard.tiles[0].is_stale && page.scoreboard.ensemble.is_stale);
    assert_eq!(page.scoreboard.ensemble.note, "正在计算把握…");
    assert_eq!(bands(&page), 0);
    // Once nobody works on another one any more it is not shown at all.
    town.ensemble.doing = Doing::Nobody;
    let tile = &town
        .page([Action::Moved(Knob::Lever(0), 8.0)])
        .scoreboard
        .tiles[0];
    assert_eq!(
        (&tile.chance, tile.light.word, tile.is_stale),
        (&None, "算不出", false)
    );
}

#[test]
fn a_scenario_that_nobody_has_answered_has_no_light() {
    let mut town = Town::new().asking(Members::Silent);
    for actions in [vec![], moved(20.0).to_vec()] {
        let page = town.page(actions);
        for tile in page.scoreboard.tiles.iter() {
            let light = (tile.light.class, tile.light.word, tile.value.as_str());
            assert_eq!(light, ("pending", "正在计算", "—"), "{}", tile.id);
            assert!(tile.chance.is_none() && !tile.is_stale);
        }
        assert!(page.scoreboard.ensemble.joint.is_none());
        assert!(
            page.summary.starts_with("正在计算2027年各目标的把握"),
            "{}",
            page.summary
        );
    }
    // Answered, it has them at once.
    town.members = Members::Meeting(620);
    assert_eq!(
        town.page(moved(20.0)).scoreboard.tiles[0].light.word,
        "有风险"
    );
}

fn bands(page: &PageView) -> usize {
    let layers = page.figures[0].figure.layers.iter();
    layers
        .filter(|layer| matches!(layer, Layer::Band { .. }))
        .count()
}

#[test]
fn a_chart_has_its_bands_and_that_of_the_difference_where_levers_moved() {
    let still = answered().page([]);
    assert_eq!(bands(&still), 2);
    let head = &still.figures[0].table.get().head;
    assert_eq!(head[7..], ["80%区间（家）", "模型与实绩之差（家）", "说明"]);
    let moved = answered().page(moved(20.0));
    assert_eq!(bands(&moved), 3);
    let table = moved.figures[0].table.get();
    assert_eq!(table.head[8], "与基准之差的80%区间（家）");
    let row = table.rows.iter().find(|row| row[0] == "2027年").unwrap();
    assert_eq!(row[7..9], ["163 至 195", "+2 至 +6"]);
    let mut nobody = Town::new().asking(Members::Silent);
    assert_eq!(nobody.page([]).figures[0].table.get().head.len(), 7);
}

#[test]
fn what_cannot_be_computed_is_said() {
    let mut town = Town::new().asking(Members::Silent);
    let note = |town: &mut Town| town.page([]).scoreboard.ensemble.note.clone();
    assert_eq!(note(&mut town), "正在计算把握…");
    town.ensemble.progress = Some((400, 1000));
    assert_eq!(note(&mut town), "正在计算 40%");
    town.ensemble.doing = Doing::Nobody;
    assert!(note(&mut town).contains("算不出"));
    assert!(town.page([]).scoreboard.ensemble.is_given_up);
    town.ensemble.refused = Some(Refusal::DrawsOther);
    let hint = town.page([]).scoreboard.ensemble.hint.clone();
    for part in ["抽样文件与数据包不符", "推演值为预估，未经抽样核实"] {
        assert!(hint.contains(part), "{hint}");
    }
    let mut town = answered();
    town.ensemble.doing = Doing::Page;
    assert!(note(&mut town).contains("不允许后台计算"));
    town.ensemble.doing = Doing::Worker;
    town.ensemble.restarted = true;
    assert!(note(&mut town).contains("已重新启动"));
}
