//! Targets, levers and assumptions as rows.

use super::{Town, moved};
use crate::state::{Action, Knob, Ramp, reduce};
use crate::view_model::rows::{ReferenceLink, TargetDetails, TargetRow, ZoneKind};
use crate::view_model::{levers, reference, scoreboard, target};
use expect_test::{Expect, expect};
use std::rc::Rc;

fn say((row, details): &(TargetRow, TargetDetails)) -> String {
    let readings = details.readings.iter();
    let readings = readings.map(|r| {
        format!(
            "  {} {}（基准 {}）{}",
            r.year, r.value, r.baseline, r.change
        )
    });
    let lines = [
        format!(
            "{} {} {}{} / {}",
            row.light.glyph, row.light.word, row.value, row.unit, row.target_text
        ),
        format!("{} {}", row.gap, row.gap_words.as_deref().unwrap_or("")),
        format!("{}；{}", row.when, row.pace),
        details.last_actual.as_ref().map_or(String::new(), |l| {
            let ring = if l.ring { " ○" } else { "" };
            format!("{} {} {}{ring}", l.period, l.value, l.firmness)
        }),
        row.aria.clone(),
    ];
    lines
        .into_iter()
        .chain(readings)
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn check_tile(actions: impl IntoIterator<Item = Action>, tile: usize, expected: Expect) {
    let mut town = Town::new();
    let state = actions.into_iter().fold(town.state(), |s, a| reduce(&s, a));
    let shown = Rc::clone(&town.view(&state, &[]).scoreboard.tiles[tile]);
    let told = town.with(&state, |inputs| target::target(inputs, shown.target));
    let told = told.unwrap();
    assert_eq!(told.0, *shown);
    expected.assert_eq(&say(&told));
}

#[test]
fn a_tile_of_a_count_in_the_baseline() {
    check_tile(
        [],
        0,
        expect![[r#"
            ■ 难达成 175家 / ≥ 180 家
            差 5 家 
            推演值2028年达到；2024年以后每年需 +13 家，推演每年 +12 家
            2024年 140 家 公布
            登记企业数，2027年推演值 175 家，目标 ≥ 180 家，难达成，差 5 家
              2027 175 家（基准 175 家）
              2028 185 家（基准 185 家）
              2030 205 家（基准 205 家）
              2031 215 家（基准 215 家）"#]],
    );
}

#[test]
fn a_tile_of_a_ratio_says_its_gap_in_its_numerator() {
    check_tile(
        [],
        1,
        expect![[r#"
            ■ 难达成 3.00% / ≥ 3.4%
            差 0.40 个百分点 ≈ 再增 6.9 亿元研发经费
            推演值到2031年仍达不到；2024年以后每年需 +0.18 个百分点，推演每年 +0.05 个百分点
            2024年 2.85% 修订
            研发强度，2027年推演值 3.00%，目标 ≥ 3.4%，难达成，差 0.40 个百分点
              2027 3.00%（基准 3.00%）
              2028 3.00%（基准 3.00%）
              2030 3.00%（基准 3.00%）
              2031 3.00%（基准 3.00%）"#]],
    );
}

#[test]
fn a_tile_under_a_moved_lever_shows_the_change() {
    check_tile(
        moved(20.0),
        0,
        expect![[r#"
            ■ 难达成 179家 / ≥ 180 家
            差 1 家 
            推演值2028年达到；2024年以后每年需 +13.3 家，推演每年 +13.0 家
            2024年 140 家 公布
            登记企业数，2027年推演值 179 家，目标 ≥ 180 家，难达成，差 1 家
              2027 179 家（基准 175 家）+4 家
              2028 204 家（基准 185 家）+19 家
              2030 284 家（基准 205 家）+79 家
              2031 353 家（基准 215 家）+138 家"#]],
    );
}

#[test]
fn an_unverified_target_has_no_light_and_says_why() {
    let mut town = Town::new();
    let state = town.state();
    let rows = town.with(&state, scoreboard::further);
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["firms.2030"], "superseded targets are left out");
    assert_eq!((rows[0].light.glyph, rows[0].light.word), ("◌", "待核"));
    assert_eq!(rows[0].pending, "基数没有核实");
    assert_eq!(rows[0].name, "远期登记数");
    assert!(rows[0].when.is_empty());
}

#[test]
fn a_slider_row_has_everything_its_track_needs() {
    let page = Town::new().page(moved(25.0));
    let lever = &page.levers[0];
    let row = &lever.slider;
    let zones: Vec<_> = row.zones.iter().map(|z| (z.kind, z.from, z.to)).collect();
    let expected = [
        (ZoneKind::Open, 0.0, 0.125),
        (ZoneKind::Safe, 0.125, 0.5),
        (ZoneKind::Stretch, 0.5, 0.75),
        (ZoneKind::Beyond, 0.75, 1.0),
    ];
    assert_eq!(zones, expected);
    assert_eq!(row.at, 0.625);
    let ticks: Vec<_> = row
        .ticks
        .iter()
        .map(|t| (t.at, t.label.as_str(), t.source.as_deref()))
        .collect();
    assert_eq!(
        ticks,
        [
            (0.25, "现状 10.0 家/年", None),
            (0.5, "规划 20.0 家/年", Some("plan"))
        ]
    );
    let words = [
        &row.value_text,
        &row.level,
        &lever.delta,
        &row.warning,
        &lever.cost,
        &lever.timing.start_text,
        &row.aria,
    ];
    let words: Vec<&str> = words.iter().map(|w| w.as_str()).collect();
    expect![[r#"
        25.0
        大力推进
        高于现状 15 家/年
        超出有依据的范围（至 20.0 家/年）
        2028年需 7.5 亿元/年
        2027年年初起
        年新增登记，25 家/年，大力推进档，高于现状 15 家/年"#]]
    .assert_eq(&words.join("\n"));
}

#[test]
fn a_value_below_the_baseline_is_weaker() {
    let page = Town::new().page(moved(4.0));
    let lever = &page.levers[0];
    let (level, zone) = (lever.slider.level.as_str(), lever.slider.zone);
    assert_eq!((level, zone), ("弱于现状", ZoneKind::Open));
    assert_eq!(lever.delta, "低于现状 6 家/年");
}

#[test]
fn tabs_count_what_was_changed() {
    let mut town = Town::new();
    let tabs = town.page([]).tabs.clone();
    let words: Vec<(&str, bool)> = tabs.iter().map(|t| (&*t.label, t.selected)).collect();
    assert_eq!(words, [("全部", true), ("企业", false)]);
    assert_eq!(tabs[1].changed, 0);
    assert_eq!(town.page(moved(12.0)).tabs[1].changed, 1);
    let timing = [Action::RampChosen(0, Ramp::Once)];
    assert_eq!(town.page(timing).tabs[1].changed, 1);
}

#[test]
fn assumptions_are_told_from_levers() {
    let mut town = Town::new();
    let state = reduce(&town.state(), Action::Moved(Knob::Assumption(0), 6.0));
    let page = town.view(&state, &[]);
    assert_eq!(page.assumptions_changed, 1);
    let rows = levers::assumption_rows(&town.bound, &state);
    let row = &rows[0].slider;
    expect!["经济增速，年均 6%，低于基准 2 个百分点"].assert_eq(&row.aria);
    assert_eq!((row.at, row.ticks[0].at), (0.25, 0.5));
    assert!(
        page.figures[0]
            .figure
            .title
            .starts_with("按所设假设照此下去")
    );
}

#[test]
fn a_lever_and_a_target_lead_into_the_reference() {
    let town = Town::new();
    let file = "packs/testtown.reference.html";
    let hrefs = |links: Vec<ReferenceLink>| -> Vec<String> {
        links.into_iter().map(|link| link.href).collect()
    };
    let lever = reference::lever(&town.bound, file, "effort");
    assert_eq!(
        hrefs(lever),
        [
            "packs/testtown.reference.html#l-effort",
            "packs/testtown.reference.html#v-effort_change"
        ]
    );
    let target = reference::target(&town.bound, file, "firms.2027");
    assert_eq!(
        hrefs(target),
        [
            "packs/testtown.reference.html#t-firms.2027",
            "packs/testtown.reference.html#v-register"
        ]
    );
}

#[test]
fn a_pack_without_a_reference_has_no_links_to_it() {
    let town = Town::new();
    assert_eq!(reference::whole(""), []);
    assert_eq!(reference::lever(&town.bound, "", "effort"), []);
}
