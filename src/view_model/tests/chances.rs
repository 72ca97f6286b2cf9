//! Probabilities and bands on tiles, in the strip, on charts and in their tables.

use super::*;
use crate::ensemble::Doing;
use crate::ensemble::answer::{Answer, LineAnswer, TargetAnswer};
use crate::view_model::scoreboard;
use tidemark_chart::figure::Layer;
use tidemark_reach::outcome::{Band, Chance};

const MET: usize = 620;

fn band(middle: f64) -> Option<Band> {
    Some(Band {
        p10: middle - 20.0,
        p25: middle - 10.0,
        p50: middle,
        p75: middle + 10.0,
        p90: middle + 20.0,
    })
}

/// The town with an answer in which every target is met by 620 of 1,000 members.
pub(super) fn answered() -> Town {
    answered_by(Town::new())
}

fn answered_by(mut town: Town) -> Town {
    let targets = town.bound.pack().target.iter().map(|target| TargetAnswer {
        id: target.id.clone(),
        chance: Chance::of(MET, 1000),
        band: band(180.0),
    });
    let answer = Answer {
        ticket: 1,
        members: 1000,
        targets: targets.collect(),
        joint: Chance::of(MET, 1000),
        lines: vec![LineAnswer {
            indicator: "firms".to_owned(),
            from: 2026,
            bands: vec![band(160.0), band(170.0)],
            apart: vec![band(0.0), band(25.0)],
        }],
        worlds: Vec::new(),
    };
    town.ensemble = Standing {
        answer: Some(Rc::new(answer)),
        generation: Some(0),
        doing: Doing::Worker,
        from_fit: Some(false),
        ..Standing::default()
    };
    town
}

#[test]
fn a_target_shows_its_probability_and_is_judged_by_it() {
    let page = answered().page([]);
    let tile = &page.scoreboard.tiles[0];
    let chance = tile.chance.as_ref().unwrap();
    assert_eq!(
        (chance.text.as_str(), chance.words),
        ("60%", "十次里约六次")
    );
    assert_eq!(chance.members, "620/1000");
    assert_eq!(chance.range, "十次里约八次落在 160 家—200 家，居中 180 家");
    assert_eq!(tile.light.word, "有风险");
    let strip = &page.scoreboard.ensemble;
    let joint = strip.joint.as_ref().unwrap();
    assert_eq!(joint.text, "2项同时达成 60%（十次里约六次）");
    assert_eq!(strip.note, "1,000 次抽样 · 仅按假设区间抽样");
    assert!(strip.is_current);
}

#[test]
fn of_targets_that_are_equally_weak_the_first_tile_is_named() {
    let weakest = |town: Town| {
        let page = answered_by(town).page([]);
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

#[test]
fn an_answer_of_another_moment_is_said_to_be_one() {
    let page = answered().page([Action::Moved(Knob::Lever(0), 8.0)]);
    assert!(!page.scoreboard.ensemble.is_current);
    assert!(page.scoreboard.tiles[0].chance.is_some());
}

#[test]
fn a_chart_has_its_bands_and_that_of_the_difference_where_levers_moved() {
    let bands = |page: &PageView| {
        let layers = page.figures[0].figure.layers.iter();
        layers
            .filter(|layer| matches!(layer, Layer::Band { .. }))
            .count()
    };
    let still = answered().page([]);
    assert_eq!(bands(&still), 2);
    let head = &still.figures[0].table.get().head;
    assert_eq!(head.last().unwrap(), "80%区间（家）");
    let moved = answered().page([Action::Moved(Knob::Lever(0), 8.0)]);
    assert_eq!(bands(&moved), 3);
    let table = moved.figures[0].table.get();
    assert_eq!(table.head.last().unwrap(), "与基准之差的80%区间（家）");
    let row = table.rows.iter().find(|row| row[0] == "2027年").unwrap();
    assert_eq!(row[row.len() - 2..], ["150 至 190", "+5 至 +45"]);
    assert_eq!(Town::new().page([]).figures[0].table.get().head.len(), 7);
}

#[test]
fn what_cannot_be_computed_is_said() {
    let mut town = Town::new();
    let note = |town: &mut Town| town.page([]).scoreboard.ensemble.note.clone();
    assert_eq!(note(&mut town), "概率计算正在启动…");
    town.ensemble.progress = Some((400, 1000));
    assert_eq!(note(&mut town), "正在计算 40%");
    town.ensemble.doing = Doing::Nobody;
    assert!(note(&mut town).contains("算不出"));
    let mut town = answered();
    town.ensemble.doing = Doing::Page;
    assert!(note(&mut town).contains("不允许后台计算"));
    town.ensemble.doing = Doing::Worker;
    town.ensemble.restarted = true;
    assert!(note(&mut town).contains("已重新启动"));
}
