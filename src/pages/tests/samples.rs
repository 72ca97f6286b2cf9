//! Made-up rows for tests of markup; no city's numbers.

use crate::protocol::PackEntry;
use crate::state::{Catalogue, Knob, Ramp, Setting};
use crate::view_model::palette;
use crate::view_model::rows::*;
use crate::view_model::rules::{RuleBoard, RuleNotice, RuleRow, RuleYearRow};
use std::rc::Rc;
use tidemark_chart::figure::{Axis, Figure, Label, Layer, Tick};

/// A page of two tiles, two levers and two charts.
pub(super) fn page() -> PageView {
    let lights = [
        Light {
            class: "miss",
            glyph: "■",
            word: "难达成",
        },
        Light {
            class: "risk",
            glyph: "▲",
            word: "有风险",
        },
        Light {
            class: "pending",
            glyph: "◌",
            word: "待核",
        },
        Light {
            class: "ok",
            glyph: "●",
            word: "可达成",
        },
        Light {
            class: "risk",
            glyph: "▲",
            word: "有风险",
        },
        Light {
            class: "ok",
            glyph: "●",
            word: "可达成",
        },
    ];
    let names = [
        "研发强度",
        "高新技术企业",
        "科创基金规模",
        "研发费用/营收",
        "高新产业占比",
        "科技型中小企业",
    ];
    let tiles = (0..6)
        .map(|k| Rc::new(target(k, names[k], lights[k])))
        .collect();
    PageView {
        scoreboard: Rc::new(Scoreboard {
            tiles,
            strip: "6项主要目标：可达成 2 · 有风险 2 · 难达成 1 · 待核 1".into(),
            rule: "预计变化占所需变化的比例：不低于100%为可达成，80%—100%为有风险，低于80%为难达成。".into(),
            ensemble: ensemble(),
        }),
        tabs: ["财政", "企业", "基金与金融", "企业培育", "人才与平台"]
            .iter()
            .enumerate()
            .map(|(group, label)| GroupTab { group, label: (*label).into(), changed: usize::from(group == 0), selected: group == 0 })
            .collect(),
        levers: (0..7).map(lever).map(Rc::new).collect(),
        order: (0..7).collect(),
        ordered_by: "按对2027年研发强度的作用排列".into(),
        years: Rc::from([(2027, true), (2030, false)]),
        assumptions_changed: 0,
        figures: (0..4).map(figure).map(Rc::new).collect(),
        figure_names: ["研发强度", "高新技术企业", "基金", "研发费用"].map(String::from).into(),
        money: Rc::new(MoneyStrip {
            years: vec![MoneyYear { year: 2028, cost: "6.3亿元".into(), available: "17亿元".into(), gap: String::new(), covered_fraction: 0.4, gap_fraction: 0.0, available_fraction: 0.9 },
                MoneyYear { year: 2030, cost: "26.3亿元".into(), available: "17亿元".into(), gap: "9.3亿元".into(), covered_fraction: 0.64, gap_fraction: 0.36, available_fraction: 0.64 }],
            summary: "2028年方案需 12.5亿元，可用 17.0亿元，资金够用".into(),
            class: "ok",
            indicators: vec!["cost".into(), "free".into()],
        }),
        rules: rules(),
        status_bar: Rc::new(StatusBar { data: "数据截至 2025年年末".into(), model: "科技创新模型 0.1.0".into(), pack: "数据包 sample 0.1.0 · 1a2b3c4d".into(), check: "校验 ✓ 资金平衡 · 企业平衡".into(), check_class: "ok", badges: Vec::new() }),
        has_monitoring: true,
        summary: "与基准相比，2027年研发强度提高 0.01 个百分点，2030年提高 0.08 个百分点；影响最大的是财政科技支出计划增速。".into(),
        live: "研发强度 3.64%".into(),
        undo: Some("调整财政科技支出增速".into()),
        redo: None,
        scenario_name: "未命名方案".into(),
        notices: Rc::new([]),
        origin: String::new(),
    }
}

/// Two of six targets chosen.
fn ensemble() -> EnsembleView {
    EnsembleView {
        joint: Some(JointView {
            count: 2,
            chance: chance(),
            text: "2项同时达成 35%（约三成半）".into(),
            weakest: "最弱：研发强度 35%".into(),
        }),
        note: "1,000 次抽样".into(),
        hint: String::new(),
        class: "ok",
        is_current: true,
        is_stale: false,
        is_given_up: false,
        done: None,
        choices: vec![(0, true), (1, true)],
        spread: crate::protocol::Spread::Whole,
        members: 1000,
    }
}

fn chance() -> ChanceView {
    ChanceView {
        members: "350/1000".into(),
        percent: 35,
        text: "35%".into(),
        words: "约三成半",
        range: String::new(),
    }
}

/// A city and a ward.
pub(super) fn packs() -> Rc<[PackEntry]> {
    let entry = |id: &str, label: &str| PackEntry {
        id: id.into(),
        label: label.into(),
        file: format!("{id}.pack.json"),
        reference: String::new(),
        draws: String::new(),
        more_draws: String::new(),
        credibility: String::new(),
        hash: String::new(),
    };
    Rc::from([entry("sample", "样城"), entry("ward", "样区")])
}

/// A rule that levers broke.
fn rules() -> RuleBoard {
    let year = RuleYearRow {
        year: 2028,
        class: "miss",
        value: "−41.0 亿元".into(),
        margin: "差 41.0 亿元".into(),
        baseline: "余 15.0 亿元".into(),
        own: "+41.0 亿元".into(),
    };
    let row = RuleRow {
        id: "r".into(),
        label: "没有资金缺口".into(),
        kind: "记账规则",
        light: Light {
            class: "miss",
            glyph: "■",
            word: "本方案打破",
        },
        detail: "2028年差 41.0 亿元；基准满足，差额全由本方案造成".into(),
        relief: "把“后补助”调回不超过 12%，方案就不再违反这一条".into(),
        wanted: "全年应不低于 0 亿元".into(),
        years: vec![year],
        quote: String::new(),
        note: "市本级".into(),
        source: "s".into(),
    };
    RuleBoard {
        notice: Rc::new(RuleNotice {
            text: format!("本方案打破“{}”：{}", row.label, row.detail),
            next: row.relief.clone(),
            count: "■ 1 条".into(),
        }),
        rows: Rc::new([Rc::new(row)]),
    }
}

/// A pack without knobs.
pub(super) fn catalogue() -> Catalogue {
    Catalogue {
        pack_id: "sample".into(),
        pack_hash: "1a2b3c4d".into(),
        levers: Vec::new(),
        assumptions: Vec::new(),
        policy_start: 2027.0,
        earliest_start: 2026.0,
        latest_start: 2035.0,
        groups: (0..5).map(|k| format!("group_{k}")).collect(),
        figures: (0..4).map(|k| format!("figure_{k}")).collect(),
        targets: (0..2).map(|k| format!("target_{k}")).collect(),
        years: vec![2027, 2030],
        open_targets: vec![0, 1],
        asked_first: vec![0, 1],
    }
}

fn target(target: usize, short: &str, light: Light) -> TargetRow {
    TargetRow {
        target,
        id: format!("city.target.{target}"),
        short: short.into(),
        name: short.into(),
        period: "2027年".into(),
        value: ["3.64", "12,108", "998", "2.96", "63.5", "41,200", "30"][target].into(),
        unit: ["%", "家", "亿元", "%", "%", "家", "%"][target].into(),
        target_text: [
            "≥ 3.75%",
            "≥ 13,000家",
            "≥ 1,000亿元",
            "≥ 3.4%",
            "≥ 66%",
            "≥ 40,000家",
            "≥ 30%",
        ][target]
            .into(),
        light,
        gap: "差 0.11 个百分点".into(),
        is_unsure: false,
        gap_words: Some("≈ 再增 39 亿元研发".into()),
        when: String::new(),
        pace: String::new(),
        pending: String::new(),
        held: String::new(),
        is_aside: false,
        is_stale: false,
        beside: (target == 2).then(|| Beside {
            label: "到位".into(),
            value: "412亿元".into(),
        }),
        chance: Some(chance()),
        figure: Some(0),
        source: "s".into(),
        document_status: "征求意见稿",
        aria: format!("{short}，2027年预计 3.64%，目标 3.75%，有风险"),
    }
}

/// A lever of the first group.
fn lever(lever: usize) -> LeverRow {
    let value = [12.0, 5.0, 16.5, 5.0, 18.0, 3.0, 5.0][lever];
    let zone = [
        ZoneKind::Stretch,
        ZoneKind::Safe,
        ZoneKind::Beyond,
        ZoneKind::Safe,
        ZoneKind::Beyond,
        ZoneKind::Safe,
        ZoneKind::Safe,
    ][lever];
    let level = |label: &str, from: f64, to: f64| LevelStretch {
        label: label.into(),
        from: from / 20.0,
        to: to / 20.0,
        value: to,
    };
    let slider = SliderRow {
        knob: Knob::Lever(lever),
        id: format!("lever-{lever}"),
        label: [
            "财政科技支出计划增速",
            "科技支出投向高校与平台的比例",
            "涉企科技资金中研发类占比",
            "基础研究专项",
            "财政科技专项追加",
            "研发后补助强度",
            "后补助",
        ][lever]
            .into(),
        value,
        value_text: format!("{value:.1}"),
        unit: "%/年".into(),
        min: 0.0,
        max: 20.0,
        safe: (0.0, 10.0),
        step: 0.1,
        at: value / 20.0,
        zones: vec![
            Zone {
                kind: ZoneKind::Open,
                from: 0.0,
                to: 0.05,
            },
            Zone {
                kind: ZoneKind::Safe,
                from: 0.05,
                to: 0.5,
            },
            Zone {
                kind: ZoneKind::Stretch,
                from: 0.5,
                to: 0.75,
            },
            Zone {
                kind: ZoneKind::Beyond,
                from: 0.75,
                to: 1.0,
            },
        ],
        zone,
        entry: None,
        reason: Reason::Needless,
        warning: if zone == ZoneKind::Stretch {
            "超出历史平均，2024年实际20.8%".into()
        } else {
            String::new()
        },
        levels: vec![
            level("维持现状", 0.0, 6.0),
            level("小幅加强", 6.0, 8.0),
            level("加强", 8.0, 10.0),
            level("大力推进", 10.0, 15.0),
            level("超常规", 15.0, 20.0),
        ],
        ticks: vec![
            TrackTick {
                at: 0.25,
                value: 5.0,
                label: "现状 5%".into(),
                source: None,
            },
            TrackTick {
                at: 0.75,
                value: 15.0,
                label: "十四五目标 15%".into(),
                source: Some("s".into()),
            },
        ],
        level: [
            "大力推进",
            "维持现状",
            "超常规",
            "维持现状",
            "超常规",
            "弱于现状",
            "维持现状",
        ][lever]
            .into(),
        evidence: [
            Evidence {
                letter: "S",
                word: "依据较强",
                class: "grade-s",
            },
            Evidence {
                letter: "A",
                word: "假设",
                class: "grade-a",
            },
        ][lever % 2]
            .clone(),
        changed: lever != 1 && lever != 3,
        aria: "财政科技支出增速，年均 12%，大力推进档，高于现状 7 个百分点".into(),
        note: "只增不减且高于经常性收入增幅；十四五目标15%，2024年实际20.8%".into(),
        locked: Some(lever == 1),
        anchor: None,
    };
    LeverRow {
        slider: Rc::new(slider),
        lever,
        group: 0,
        setting: Setting::default(),
        delta: "高于现状 7 个百分点".into(),
        how: "计划增速受支出占比上限约束。".into(),
        effect: Some(Rc::new(EffectChip {
            text: "2027年 +0.01 个百分点".into(),
            hint: "只动这一项".into(),
            shows: true,
        })),
        cost: "2028年 6.3亿元/年".into(),
        timing: TimingRow {
            start: 2027.0,
            start_text: "2027年一季度起".into(),
            earliest: 2026.0,
            latest: 2035.0,
            ramp: Ramp::Even,
            choices: vec![
                (Ramp::Front, "前置", "立即到位".into()),
                (Ramp::Even, "均匀", "一年内逐步到位".into()),
            ],
        },
        sources: vec!["s".into()],
    }
}

/// A chart of two lines.
fn figure(index: usize) -> FigureView {
    let tick = |at: f64, label: &str| Tick {
        at,
        label: label.into(),
    };
    FigureView {
        index,
        diamonds: Vec::new(),
        id: format!("figure-{index}"),
        name: "研发强度".into(),
        figure: Rc::new(Figure {
            title: "按此方案，2027年研发强度约 3.64%，距目标差 0.11 个百分点".into(),
            subtitle: "研发经费支出占 GDP 比重，%".into(),
            footer: String::new(),
            x: Axis {
                from: 2020.0,
                to: 2031.0,
                ticks: vec![tick(2021.0, "2021"), tick(2027.0, "2027")],
                broken: false,
            },
            y: Axis {
                from: 2.5,
                to: 4.0,
                ticks: vec![tick(3.0, "3.0"), tick(4.0, "4.0")],
                broken: true,
            },
            layers: vec![Layer::Line {
                points: vec![(2021.0, 2.8), (2027.0, 3.64)],
                stroke: palette::CURRENT_LINE,
                label: Some(Label {
                    text: "本情景".into(),
                    colour: palette::CURRENT,
                }),
            }],
            theme: palette::LIGHT,
            width: 485.0,
            height: 330.0,
            text_size: 13.0,
        }),
        footer: "未命名方案 · 数据截至 2025年年末".into(),
        table: Table {
            caption: "研发强度，%".into(),
            head: vec!["年份".into(), "本情景".into(), "基准".into()],
            rows: vec![
                vec!["2026".into(), "3.5".into(), "3.5".into()],
                vec!["2027".into(), "3.64".into(), "3.63".into()],
            ],
            at: vec![2026.5, 2027.5],
        }
        .into(),
        file_stem: "rd_gdp".into(),
        sources: vec!["s".into()],
        indicator: "rd_gdp".into(),
        definition: "口径".into(),
    }
}
