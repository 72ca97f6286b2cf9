//! Figures that tests draw: one per kind that the page shows.

use tidemark_chart::figure::{
    Axis, Colour, Figure, Label, Layer, Mark, Point, Stroke, Theme, Tick,
};
use tidemark_chart::nice_axis;

pub(crate) const LIGHT: Theme = Theme {
    background: Colour(0xFFFFFF),
    text: Colour(0x1F2937),
    secondary: Colour(0x4B5563),
    grid: Colour(0xD1D5DB),
    font: "\"Microsoft YaHei\",\"PingFang SC\",\"Noto Sans CJK SC\",sans-serif",
};
pub(crate) const DARK: Theme = Theme {
    background: Colour(0x0B1B33),
    text: Colour(0xE6EDF7),
    secondary: Colour(0xA9B8CC),
    grid: Colour(0x2B3F5F),
    ..LIGHT
};

pub(crate) const CURRENT: Colour = Colour(0x0B5CAD);
pub(crate) const BASELINE: Colour = Colour(0x5B6470);
pub(crate) const ACTUAL: Colour = Colour(0x111827);

pub(crate) fn solid(colour: Colour, width: f64) -> Stroke {
    Stroke {
        colour,
        width,
        dash: None,
    }
}

pub(crate) fn dashed(colour: Colour, on: f64, off: f64) -> Stroke {
    Stroke {
        colour,
        width: 1.5,
        dash: Some((on, off)),
    }
}

pub(crate) fn label(text: &str, colour: Colour) -> Option<Label> {
    Some(Label {
        text: text.to_string(),
        colour,
    })
}

pub(crate) fn years(from: i32, to: i32) -> Axis {
    let ticks = (from..=to).map(|year| Tick {
        at: f64::from(year),
        label: year.to_string(),
    });
    Axis {
        from: f64::from(from),
        to: f64::from(to),
        ticks: ticks.collect(),
        broken: false,
    }
}

pub(crate) fn values(from: f64, to: f64, suffix: &str) -> Axis {
    let axis = nice_axis(from, to, 6).expect("usable range");
    let ticks = axis
        .ticks()
        .map(|at| Tick {
            at,
            label: format!("{at:.*}{suffix}", axis.decimals),
        })
        .collect();
    Axis {
        from: axis.from,
        to: axis.to,
        ticks,
        broken: axis.from > 0.0,
    }
}

/// An empty frame 0..10 by 0..10 without words, 400 × 300.
pub(crate) fn bare(layers: Vec<Layer>) -> Figure {
    let axis = Axis {
        from: 0.0,
        to: 10.0,
        ticks: Vec::new(),
        broken: false,
    };
    Figure {
        title: String::new(),
        subtitle: String::new(),
        footer: String::new(),
        x: axis.clone(),
        y: axis,
        layers,
        theme: LIGHT,
        width: 400.0,
        height: 300.0,
        text_size: 13.0,
    }
}

fn curve(from: f64, to: f64, f: impl Fn(f64) -> f64) -> Vec<Point> {
    let n_steps = ((to - from) * 4.0) as usize;
    (0..=n_steps)
        .map(|idx| from + idx as f64 * 0.25)
        .map(|x| (x, f(x)))
        .collect()
}

/// Research intensity: actuals, baseline, scenario, target with its level.
pub(crate) fn intensity() -> Figure {
    let growth = |x: f64| 3.2 + 0.11 * (x - 2024.0) - 0.004 * (x - 2024.0) * (x - 2024.0);
    let actual = vec![
        (2020.0, 2.86),
        (2021.0, 2.93),
        (2022.0, 2.98),
        (2023.0, 3.09),
        (2024.0, 3.20),
    ];
    let layers = vec![
        Layer::Level {
            value: 3.75,
            from: 2024.0,
            to: 2027.0,
            stroke: dashed(ACTUAL, 1.5, 3.0),
            label: None,
        },
        Layer::Instant {
            at: 2025.75,
            stroke: solid(BASELINE, 1.0),
            label: label("数据截至 2025Q3", BASELINE),
        },
        Layer::Instant {
            at: 2027.0,
            stroke: dashed(BASELINE, 2.0, 3.0),
            label: label("政策起点", BASELINE),
        },
        Layer::Line {
            points: curve(2024.0, 2030.0, |x| growth(x) - 0.01 * (x - 2024.0)),
            stroke: dashed(BASELINE, 6.0, 4.0),
            label: label("基准 3.6%", BASELINE),
        },
        Layer::Line {
            points: curve(2024.0, 2030.0, growth),
            stroke: solid(CURRENT, 2.5),
            label: label("当前方案 3.7%", CURRENT),
        },
        Layer::Line {
            points: actual.clone(),
            stroke: solid(ACTUAL, 1.0),
            label: None,
        },
        Layer::Marks {
            points: actual,
            mark: Mark::Dot,
            size: 7.0,
            colour: ACTUAL,
            label: label("实际", ACTUAL),
        },
        Layer::Marks {
            points: vec![(2025.0, 3.28)],
            mark: Mark::Ring,
            size: 7.0,
            colour: ACTUAL,
            label: None,
        },
        Layer::Marks {
            points: vec![(2026.0, 3.5)],
            mark: Mark::HollowDiamond,
            size: 9.0,
            colour: ACTUAL,
            label: None,
        },
        Layer::Marks {
            points: vec![(2027.0, 3.75)],
            mark: Mark::Diamond,
            size: 10.0,
            colour: ACTUAL,
            label: label("目标 3.75%", ACTUAL),
        },
    ];
    Figure {
        title: "按此方案，2027 年研发强度约 3.49%，距目标差 0.26 个百分点".to_string(),
        subtitle: "全社会研发经费与地区生产总值之比，%，宁波全市，修订后口径".to_string(),
        footer: "情景：当前方案 · 数据截至 2025Q3 · 模型 0.1.0".to_string(),
        x: years(2020, 2030),
        y: values(2.8, 3.8, "%"),
        layers,
        theme: LIGHT,
        width: 485.0,
        height: 380.0,
        text_size: 13.0,
    }
}

/// A stock in yearly batches, on a dark wall.
pub(crate) fn batches() -> Figure {
    let stock: Vec<Point> = (0..=10)
        .map(|idx| (2020.0 + f64::from(idx), 3.1 + 1.02 * f64::from(idx)))
        .collect();
    let light = Colour(0x5CB3FF);
    Figure {
        title: "高新技术企业 2027 年约 1.02 万家，距目标差 0.28 万家".to_string(),
        subtitle: "有效期内，万家".to_string(),
        footer: String::new(),
        x: years(2020, 2030),
        y: values(0.0, 14.0, ""),
        layers: vec![
            Layer::Steps {
                points: stock.clone(),
                stroke: solid(light, 2.5),
                label: label("当前方案", light),
            },
            Layer::Steps {
                points: stock.iter().map(|&(x, y)| (x, y * 0.97)).collect(),
                stroke: dashed(Colour(0xA7B1BE), 6.0, 4.0),
                label: label("基准", Colour(0xA7B1BE)),
            },
            Layer::Marks {
                points: vec![(2027.0, 13.0)],
                mark: Mark::Diamond,
                size: 16.0,
                colour: Colour(0xFFFFFF),
                label: label("目标 1.3 万家", Colour(0xFFFFFF)),
            },
        ],
        theme: DARK,
        width: 960.0,
        height: 540.0,
        text_size: 22.0,
    }
}

/// A band with its line, in the size of a phone.
pub(crate) fn band() -> Figure {
    let line = curve(2024.0, 2030.0, |x| 8.0 + 1.1 * (x - 2024.0));
    let wide = |sign: f64| -> Vec<Point> {
        line.iter()
            .map(|&(x, y)| (x, y + sign * 0.5 * (x - 2024.0)))
            .collect()
    };
    Figure {
        title: "基金到位 2027 年约 11 亿元".to_string(),
        subtitle: "10 次里约 8 次落在带内".to_string(),
        footer: String::new(),
        x: years(2024, 2030),
        y: values(0.0, 18.0, ""),
        layers: vec![
            Layer::Band {
                lower: wide(-1.0),
                upper: wide(1.0),
                colour: CURRENT,
            },
            Layer::Line {
                points: line,
                stroke: solid(CURRENT, 2.5),
                label: label("当前方案", CURRENT),
            },
        ],
        theme: LIGHT,
        width: 390.0,
        height: 240.0,
        text_size: 13.0,
    }
}
