//! What charts, tables and files show.

use super::{EFFORT, Town, moved};
use crate::state::{Action, reduce};
use crate::view_model::rows::{FigureView, PageView};
use crate::view_model::{csv, palette};
use expect_test::expect;
use tidemark_chart::figure::{Axis, Layer, Mark};

#[test]
fn a_lever_moves_nothing_before_its_start() {
    let mut town = Town::new();
    let (base, now) = (town.page([]), town.page(moved(30.0)));
    let column = |page: &PageView| -> Vec<String> {
        let rows = page.figures[0].table.get().rows.iter().take(7);
        rows.map(|row| row[4].clone()).collect()
    };
    assert_eq!(column(&base), column(&now));
    assert_ne!(
        base.figures[0].table.get().rows[7],
        now.figures[0].table.get().rows[7]
    );
}

fn layers(figure: &FigureView) -> String {
    let lines = figure.figure.layers.iter().map(|layer| {
        let named = |kind: &str, n: usize, label: &Option<tidemark_chart::figure::Label>| {
            let label = label.as_ref().map_or("", |l| l.text.as_str());
            format!("{kind} {n} {label}").trim_end().to_owned()
        };
        match layer {
            Layer::Line { points, label, .. } => named("line", points.len(), label),
            Layer::Steps { points, label, .. } => named("steps", points.len(), label),
            Layer::Marks {
                points,
                mark,
                label,
                ..
            } => named(&format!("{mark:?}"), points.len(), label),
            Layer::Band { lower, .. } => format!("band {}", lower.len()),
            Layer::Instant { at, label, .. } => named(&format!("instant {at}"), 1, label),
            Layer::Level {
                value, from, to, ..
            } => format!("level {value} {from}..{to}"),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_chart_shows_past_baseline_scenario_and_target() {
    let page = Town::new().page(moved(20.0));
    expect![[r#"
        instant 2026 1 数据截至2025年年末
        instant 2027 1 政策起步
        level 180 2026..2028
        level 250 2026..2031
        band 5
        band 5
        band 5
        line 5
        line 6 基准
        line 6 本方案
        line 3
        Dot 2
        Ring 2
        Diamond 1 目标 180 家
        Diamond 1 目标 250 家"#]]
    .assert_eq(&layers(&page.figures[0]));
    expect!["按此方案，2027年企业约 179 家，距目标差 1 家"]
        .assert_eq(&page.figures[0].figure.title);
}

#[test]
fn no_line_joins_two_bases_and_a_plan_is_no_dot() {
    let page = Town::new().page([]);
    expect![[r#"
        instant 2026 1 数据截至2025年年末
        instant 2027 1 政策起步
        level 3.4 2026..2027.5
        band 5
        band 5
        line 5
        line 6 基准
        line 2
        line 2
        Dot 3
        Ring 1
        HollowDiamond 1 原目标 3.20%
        Diamond 1 目标 3.40%"#]]
    .assert_eq(&layers(&page.figures[1]));
    for layer in &page.figures[1].figure.layers {
        if let Layer::Line { points, .. } = layer {
            let bases = points.contains(&(2022.5, 2.95)) && points.contains(&(2023.5, 2.8));
            assert!(!bases, "a line joins two GDP bases");
        }
        if let Layer::Marks {
            points,
            mark: Mark::Dot | Mark::Ring,
            ..
        } = layer
        {
            assert!(
                points.iter().all(|p| p.1 != 3.3),
                "a plan is drawn as an outcome"
            );
        }
    }
}

#[test]
fn the_baseline_is_drawn_only_where_asked() {
    let hide = Action::CompareBaseline(false);
    let page = Town::new().page([moved(20.0)[0].clone(), hide]);
    let dashed = page.figures[0].figure.layers.iter().filter(
        |layer| matches!(layer, Layer::Line { stroke, .. } if *stroke == palette::BASELINE_LINE),
    );
    assert_eq!(dashed.count(), 0);
}

#[test]
fn a_years_line_agrees_with_its_reading() {
    let mut town = Town::new();
    let page = town.page(moved(20.0));
    let line = page.figures[1]
        .figure
        .layers
        .iter()
        .find_map(|layer| match layer {
            Layer::Line { points, stroke, .. } if *stroke == palette::CURRENT_LINE => {
                Some(points.clone())
            }
            _ => None,
        });
    let year: Vec<(f64, f64)> = line
        .unwrap()
        .into_iter()
        .filter(|p| (2029.0..2030.0).contains(&p.0))
        .collect();
    // One figure a year, at its middle.
    let [(at, drawn)] = year[..] else {
        panic!("{year:?}");
    };
    assert_eq!(at, 2029.5);
    let told: f64 = page.figures[1].table.get().rows[8][4].parse().unwrap();
    assert!((drawn - told).abs() < 0.01, "{drawn} {told}");
}

#[test]
fn a_held_axis_stays_in_a_drag() {
    let mut town = Town::new();
    let state = town.state();
    let before = town.view(&state, &[]).figures[0].y_axis().clone();
    let tall = Axis {
        to: before.to * 2.0,
        ..before
    };
    let state = reduce(&state, Action::DragStarted(EFFORT));
    let state = reduce(&state, Action::Moved(EFFORT, 12.0));
    let held = [(0, tall.clone())];
    assert_eq!(*town.view(&state, &held).figures[0].y_axis(), tall);
}

#[test]
fn a_csv_says_what_it_is() {
    let mut town = Town::new();
    let hash: String = town.bound.hash().chars().take(8).collect();
    let rename = Action::Renamed("=甲,乙".to_owned());
    let page = town.page([moved(20.0)[0].clone(), rename]);
    let text = csv::csv(&page.figures[1])
        .replace(&hash, "12345678")
        .replace('\r', "");
    expect![[r#"
        ﻿按此方案，2027年研发强度约 3.11%，距目标差 0.29 个百分点
        研发强度，试城
        "'=甲,乙 · 数据截至2025年年末 · registry · 数据包 testtown 0.1.0（12345678）"
        时间,实绩（%）,实绩性质,基准（%）,本方案（%）,目标（%）,目标性质,80%区间（%）,与基准之差的80%区间（%）,模型与实绩之差（%）,说明
        2021年,2.90,公布，公布时GDP,3.00,3.00,,,,,0.10,模型按全部年份一起校准，不逐年贴合
        2022年,2.95,公布，公布时GDP,3.00,3.00,,,,,0.05,模型按全部年份一起校准，不逐年贴合
        2023年,2.80,推算，修订后GDP,3.00,3.00,,,,,0.20,模型按全部年份一起校准，不逐年贴合
        2024年,2.85,修订，修订后GDP,3.00,3.00,,,,,0.15,模型按全部年份一起校准，不逐年贴合
        2025年,3.30,计划，修订后GDP,3.00,3.00,3.20,征求意见稿，已被替代,,,,
        2026年,,,3.00,3.00,,,3.00 至 3.00,0.00 至 0.00,,
        2027年,,,3.00,3.11,3.40,征求意见稿,3.11 至 3.11,'+0.11 至 +0.11,,
        2028年,,,3.00,3.27,,,3.27 至 3.27,'+0.27 至 +0.27,,
        2029年,,,3.00,3.25,,,3.25 至 3.25,'+0.25 至 +0.25,,
        2030年,,,3.00,3.23,,,3.23 至 3.23,'+0.23 至 +0.23,,
    "#]]
    .assert_eq(&text);
    assert_eq!(page.figures[1].file_stem, "testtown-rd_gdp-=甲,乙");
}
