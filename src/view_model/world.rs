//! Policy or world: four runs as lines, and one sentence of how much each moved.

use super::why::{Subject, exact};
use super::{axes, palette, series};
use crate::state::AppState;
use crate::text::sentence::Measure;
use crate::text::why as words;
use tidemark_chart::figure::{Figure, Layer, Stroke};
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Centre;

/// Size of a chart before the page gives it another.
const SIZE: (f64, f64) = (640.0, 300.0);
/// Sizes of axis text, plain and in 大字.
const TEXT_SIZE: (f64, f64) = (13.0, 18.0);
/// Years before the data date that are shown.
const YEARS_BEFORE: i32 = 2;

/// Projected values of which two know no lever and two no other assumption.
#[derive(Debug, Clone, Copy)]
pub struct Runs<'a> {
    /// Default assumptions, no lever.
    pub default_base: &'a Centre,
    /// The user's assumptions, no lever.
    pub shifted_base: &'a Centre,
    /// Default assumptions, the scenario's levers.
    pub default_policy: &'a Centre,
    /// The user's assumptions, the scenario's levers.
    pub shifted_policy: &'a Centre,
}

/// A line in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Legend {
    /// CSS class of its sample.
    pub class: &'static str,
    /// "默认假设，本方案：3.36%"
    pub text: String,
}

/// Four lines and what they say.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldView {
    /// The chart.
    pub figure: Figure,
    /// Lines in words, with the value of the year that is judged.
    pub legend: Vec<Legend>,
    /// How much is policy and how much the world.
    pub sentence: String,
}

const SHIFTED_BASE: Stroke = Stroke {
    colour: palette::COMPARE_B,
    width: 1.5,
    dash: Some((6.0, 4.0)),
};
const DEFAULT_POLICY: Stroke = Stroke {
    colour: palette::COMPARE_A,
    width: 2.0,
    dash: Some((2.0, 3.0)),
};

/// The view of a figure; `None` where a run gives no value.
pub fn view(
    bound: &Bound,
    state: &AppState,
    subject: &Subject<'_>,
    runs: Runs<'_>,
) -> Option<WorldView> {
    let indicator = subject.indicator;
    let lines: [(&str, &str, &Centre, Stroke); 4] = [
        (
            words::DEFAULT_BASE,
            "base",
            runs.default_base,
            palette::BASELINE_LINE,
        ),
        (
            words::SHIFTED_BASE,
            "shifted",
            runs.shifted_base,
            SHIFTED_BASE,
        ),
        (
            words::DEFAULT_POLICY,
            "policy",
            runs.default_policy,
            DEFAULT_POLICY,
        ),
        (
            words::SHIFTED_POLICY,
            "both",
            runs.shifted_policy,
            palette::CURRENT_LINE,
        ),
    ];
    let pack = bound.pack();
    let record = pack.figure.iter().find(|f| f.indicator == indicator.id);
    let last = record.map_or(subject.span.to + 3, |record| record.to);
    let first = libm::floor(pack.meta.data_cutoff) as i32 - YEARS_BEFORE;
    let x = axes::years(indicator.at, first, last);
    let span = axes::span(&x);
    let points = |of: &Centre| series::line(bound, of, indicator, (first, last), &span);
    let layers: Vec<Layer> = lines
        .iter()
        .map(|(_, _, run, stroke)| Layer::Line {
            points: points(run),
            stroke: *stroke,
            label: None,
        })
        .collect();
    let heights = layers.iter().flat_map(|layer| match layer {
        Layer::Line { points, .. } => points.iter().map(|(_, y)| *y).collect(),
        _ => Vec::new(),
    });
    let y = axes::values(heights, None);
    let read = |of: &Centre| bound.value(of, &indicator.id, subject.at, subject.span);
    let values = lines.map(|(_, _, run, _)| read(run));
    let [Some(base), Some(shifted), Some(policy), Some(both)] = values else {
        return None;
    };
    let measure = subject.measure;
    let legend = lines
        .iter()
        .zip(values)
        .map(|((name, class, _, _), value)| Legend {
            class,
            text: words::legend(name, &measure.value(value)),
        });
    let (small, large) = TEXT_SIZE;
    Some(WorldView {
        legend: legend.collect(),
        sentence: sentence(&subject.label, measure, [base, shifted, policy, both]),
        figure: Figure {
            title: words::four_lines(&indicator.label.zh),
            subtitle: indicator.unit.clone(),
            footer: String::new(),
            x,
            y,
            layers,
            theme: palette::LIGHT,
            width: SIZE.0,
            height: SIZE.1,
            text_size: if state.view.large_text { large } else { small },
        },
    })
}

/// What policy does is the mean of what it does in both worlds, and the other way round; the two sum
/// to the whole.
fn sentence(label: &str, measure: Measure<'_>, values: [f64; 4]) -> String {
    let [base, shifted, policy, both] = values;
    let by_policy = 0.5 * ((policy - base) + (both - shifted));
    let by_world = 0.5 * ((shifted - base) + (both - policy));
    let say = |value: f64| exact(measure, value);
    words::world(label, &say(both - base), &say(by_policy), &say(by_world))
}
