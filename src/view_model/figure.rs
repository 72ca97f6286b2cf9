//! An indicator's chart: the past, the baseline, the scenario, its targets and the words around.

use super::rows::FigureView;
use super::scoreboard::{measure, order, said_gap, superseded};
use super::series::{self, PastPoint};
use super::table::TableOf;
use super::{Inputs, Seen, axes, chances, diamond, export, palette, scenario};
use crate::ensemble::Answer;
use crate::protocol::Spread;
use crate::state::AppState;
use crate::text::chance as chance_words;
use crate::text::chart as words;
use crate::text::sentence::{self, Measure, Speaking};
use std::collections::BTreeSet;
use std::rc::Rc;
use tidemark_chart::figure::{Figure, Label, Layer, Mark, Point, Stroke};
use tidemark_pack::assess::{Assessment, Held, Status};
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Indicator, Reading, Target};
use tidemark_reach::answer::LineAnswer;
use tidemark_reach::outcome::Band;

/// Size of a chart before the page or a file gives it another.
const SIZE: (f64, f64) = (485.0, 380.0);
/// Size of axis text on a desktop.
const TEXT_SIZE: f64 = 13.0;
/// Size of axis text in 大字.
const LARGE_TEXT_SIZE: f64 = 18.0;

/// Names of all charts of the pack.
pub fn names(bound: &Bound) -> Vec<String> {
    let figures = bound.pack().figure.iter();
    figures
        .map(|figure| match bound.indicator(&figure.indicator) {
            Some(indicator) => indicator.label.zh.clone(),
            None => figure.id.clone(),
        })
        .collect()
}

/// The charts that are shown, in their places.
pub(super) fn shown(inputs: &Inputs<'_>) -> Vec<Rc<FigureView>> {
    let replaced = superseded(inputs.bound.pack());
    let figures = inputs.state.view.figures.iter();
    figures
        .filter_map(|&k| view(inputs, &replaced, k))
        .map(Rc::new)
        .collect()
}

/// What every layer of one chart needs.
struct Chart<'a> {
    inputs: &'a Inputs<'a>,
    /// Ids of targets that another one replaces.
    replaced: &'a BTreeSet<&'a str>,
    bound: &'a Bound,
    indicator: &'a Indicator,
    measure: Measure<'a>,
    /// First and last year on the axis.
    years: (i32, i32),
    span: series::Span,
    past: Vec<PastPoint<'a>>,
    /// Targets of one year on the axis, with the place of their value.
    targets: Vec<(usize, &'a Target, Point)>,
}

fn view(inputs: &Inputs<'_>, replaced: &BTreeSet<&str>, k: usize) -> Option<FigureView> {
    let bound = inputs.bound;
    let record = bound.pack().figure.get(k)?;
    let indicator = bound.indicator(&record.indicator)?;
    let to = series::last_year(record, inputs.state.view.year);
    let x = axes::years(indicator.at, record.from, to);
    let chart = Chart {
        inputs,
        replaced,
        bound,
        indicator,
        measure: Measure {
            unit: &indicator.unit,
            decimals: indicator.decimals,
        },
        years: (record.from, to),
        span: axes::span(&x),
        past: past_on_chart(bound, indicator, &axes::span(&x)),
        targets: targets_on_chart(bound, indicator, (record.from, to)),
    };
    let layers = chart.layers();
    let held = inputs.held.iter().find(|(figure, _)| *figure == k);
    let held = held.map(|(_, axis)| axes::HeldAxis {
        axis,
        may_shrink: !inputs.state.dragging(),
    });
    let y = axes::values(layers.iter().flat_map(heights), held);
    let figure = Figure {
        title: chart.title(),
        subtitle: chart.subtitle(),
        footer: String::new(),
        x,
        y,
        layers,
        theme: palette::LIGHT,
        width: SIZE.0,
        height: SIZE.1,
        text_size: if inputs.state.view.large_text {
            LARGE_TEXT_SIZE
        } else {
            TEXT_SIZE
        },
    };
    let sources = chart
        .targets
        .iter()
        .map(|(_, target, _)| target.source.clone());
    let open = &inputs.state.catalogue.open_targets;
    let diamonds = chart.in_force().filter(|(k, ..)| open.contains(k));
    let diamonds = diamonds
        .map(|&(k, target, at)| diamond::mark((k, target), indicator, at, &figure.y))
        .collect();
    Some(FigureView {
        index: k,
        id: record.id.clone(),
        name: indicator.label.zh.clone(),
        figure: Rc::new(figure),
        footer: footer(inputs),
        table: TableOf::new(inputs, k),
        file_stem: export::file_stem(bound, inputs.state, &record.id),
        sources: sources.collect(),
        indicator: indicator.id.clone(),
        definition: indicator.definition.clone(),
        diamonds,
    })
}

/// What a file says of itself; that its numbers are previews where no member has answered.
fn footer(inputs: &Inputs<'_>) -> String {
    let footer = export::footer(inputs.bound, inputs.state);
    match chances::current(inputs) {
        Some(_) => footer,
        None => format!("{footer} · {}", chance_words::PREVIEW),
    }
}

fn past_on_chart<'a>(
    bound: &'a Bound,
    indicator: &Indicator,
    span: &series::Span,
) -> Vec<PastPoint<'a>> {
    let mut past = series::past(bound, indicator);
    past.retain(|p| span.contains(&p.point.0) && series::comparable(p, indicator));
    past
}

/// Targets of the indicator for one single year that lies on the axis.
fn targets_on_chart<'a>(
    bound: &'a Bound,
    indicator: &Indicator,
    (from, to): (i32, i32),
) -> Vec<(usize, &'a Target, Point)> {
    let targets = bound.pack().target.iter().enumerate();
    let own = targets.filter(|(_, target)| {
        target.indicator == indicator.id
            && target.at != Reading::Cagr
            && target.from == target.to
            && (from..=to).contains(&target.to)
    });
    own.map(|(k, target)| {
        let x = series::place_of_year(target.at, target.to);
        (k, target, (x, target.value))
    })
    .collect()
}

/// Values of a layer that the axis must show.
fn heights(layer: &Layer) -> Vec<f64> {
    let of = |points: &[Point]| points.iter().map(|(_, y)| *y).collect();
    match layer {
        Layer::Line { points, .. } | Layer::Steps { points, .. } | Layer::Marks { points, .. } => {
            of(points)
        }
        Layer::Band { lower, upper, .. } => of(&[lower.as_slice(), upper].concat()),
        Layer::Level { value, .. } => vec![*value],
        Layer::Instant { .. } => Vec::new(),
    }
}

fn label(text: impl Into<String>, colour: tidemark_chart::figure::Colour) -> Option<Label> {
    let text = text.into();
    Some(Label { text, colour })
}

impl Chart<'_> {
    /// From back to front.
    fn layers(&self) -> Vec<Layer> {
        let mut layers = self.instants();
        layers.extend(self.levels());
        layers.extend(self.bands());
        layers.extend(self.worlds());
        layers.extend(self.projections());
        layers.extend(self.past_layers());
        layers.extend(self.target_marks());
        layers
    }

    fn state(&self) -> &AppState {
        self.inputs.state
    }

    fn instants(&self) -> Vec<Layer> {
        let meta = &self.bound.pack().meta;
        let data = (meta.data_cutoff, sentence::data_until(&meta.data_date));
        let start = scenario::first_start(self.bound, self.state());
        let policy = (start, words::POLICY_START.to_owned());
        let marked = [data, policy].into_iter();
        let shown = marked.filter(|(at, _)| self.span.contains(at));
        shown
            .map(|(at, text)| Layer::Instant {
                at,
                stroke: palette::INSTANT_LINE,
                label: label(text, palette::SECONDARY),
            })
            .collect()
    }

    /// The wanted level on its way from the data date to its year, for targets in force.
    fn levels(&self) -> Vec<Layer> {
        let from = self.bound.pack().meta.data_cutoff;
        let ahead = self.in_force().filter(|(_, _, (x, _))| *x > from);
        ahead
            .map(|&(_, target, (own, value))| Layer::Level {
                value,
                from: from.max(*self.span.start()),
                to: self.held_until(target).unwrap_or(own),
                stroke: palette::TARGET_LINE,
                label: None,
            })
            .collect()
    }

    /// Where the year stands against which a target is held, where that is another one than its own.
    fn held_until(&self, target: &Target) -> Option<f64> {
        let (held, span) = self.bound.held(target, self.state().view.year);
        (held == Held::Other).then(|| series::place_of_year(target.at, span.to))
    }

    fn is_replaced(&self, target: &Target) -> bool {
        self.replaced.contains(target.id.as_str())
    }

    fn in_force(&self) -> impl Iterator<Item = &(usize, &Target, Point)> {
        let targets = self.targets.iter();
        targets.filter(|(_, target, _)| !self.is_replaced(target))
    }

    /// Where 80 % and 50 % of the members lie, from the last actual on.
    fn bands(&self) -> Vec<Layer> {
        let Some(line) = self.band_line() else {
            return Vec::new();
        };
        let at = |k: usize| series::place_of_year(self.indicator.at, line.from + k as i32);
        let placed: Vec<(f64, Band)> = line
            .bands
            .iter()
            .enumerate()
            .filter_map(|(k, band)| Some((at(k), (*band)?)))
            .filter(|(x, _)| self.span.contains(x))
            .collect();
        let edge = |of: fn(&Band) -> f64| placed.iter().map(|(x, band)| (*x, of(band))).collect();
        let band = |lower, upper| Layer::Band {
            lower,
            upper,
            colour: palette::CURRENT,
        };
        let mut bands = vec![
            band(edge(|b| b.p10), edge(|b| b.p90)),
            band(edge(|b| b.p25), edge(|b| b.p75)),
        ];
        bands.extend(self.apart(line));
        bands
    }

    /// Whether the difference from the baseline is shown.
    fn is_apart(&self) -> bool {
        let state = self.state();
        !state.scenario.levers.is_empty() && state.view.compare_baseline
    }

    /// The baseline and, over it, where 80 % of the members' differences from their own baselines lie:
    /// narrower than the band, since what moves both does not count.
    fn apart(&self, line: &LineAnswer) -> Option<Layer> {
        if !self.is_apart() {
            return None;
        }
        let inputs = self.inputs;
        let (mut lower, mut upper) = (Vec::new(), Vec::new());
        for (year, apart) in (line.from..).zip(&line.apart) {
            let at = series::place_of_year(self.indicator.at, year);
            let before = self
                .bound
                .yearly_value(&inputs.baseline.centre, &self.indicator.id, year);
            if let (Some(apart), Some(before), true) = (apart, before, self.span.contains(&at)) {
                lower.push((at, before + apart.p10));
                upper.push((at, before + apart.p90));
            }
        }
        Some(Layer::Band {
            lower,
            upper,
            colour: palette::BASELINE,
        })
    }

    /// The scenario in the pack's named worlds, thin, each with its name at its end.
    fn worlds(&self) -> Vec<Layer> {
        let Some(answer) = self.shown_answer() else {
            return Vec::new();
        };
        let lines = &answer.lines;
        let Some(place) = lines.iter().position(|l| l.indicator == self.indicator.id) else {
            return Vec::new();
        };
        let from = lines.get(place).map_or(0, |line| line.from);
        let at = |k: usize| series::place_of_year(self.indicator.at, from + k as i32);
        let records = &self.bound.pack().world;
        let drawn = answer.worlds.iter().filter_map(|world| {
            let record = records.iter().find(|record| record.id == world.id)?;
            let values = world.lines.get(place)?.iter().enumerate();
            let points = values
                .map(|(k, value)| (at(k), *value))
                .filter(|(x, _)| self.span.contains(x));
            Some(Layer::Line {
                points: points.collect(),
                stroke: palette::WORLD_LINE,
                label: label(chance_words::world(&record.label.zh), palette::SECONDARY),
            })
        });
        drawn.collect()
    }

    /// The answer whose bands are drawn: none that is of another scenario for longer than a moment.
    fn shown_answer(&self) -> Option<&Rc<Answer>> {
        let inputs = self.inputs;
        let shown = chances::shown(inputs.ensemble, inputs.state);
        shown.filter(|_| !chances::is_stale(inputs))
    }

    /// The bands of this indicator: of all uncertainty, or of the one that is chosen.
    fn band_line(&self) -> Option<&LineAnswer> {
        let whole = self.shown_answer()?;
        let apart = self.inputs.ensemble.apart.as_ref();
        let apart = apart.filter(|_| self.state().view.spread != Spread::Whole);
        apart.unwrap_or(whole).line(&self.indicator.id)
    }

    /// The model's past, the dashed baseline and the scenario; the baseline only where it
    /// differs from the scenario and is asked for.
    fn projections(&self) -> Vec<Layer> {
        let inputs = self.inputs;
        let of = |seen: &Seen| {
            series::line(
                self.bound,
                &seen.centre,
                self.indicator,
                self.years,
                &self.span,
            )
        };
        let scenario = of(inputs.scenario);
        let cutoff = self.bound.pack().meta.data_cutoff;
        let past: Vec<Point> = scenario.iter().copied().filter(|p| p.0 <= cutoff).collect();
        // The last point of the past is the first of the projection, so that the line is whole.
        let from = past.last().map_or(cutoff, |p| p.0);
        let ahead = |line: &[Point]| line.iter().copied().filter(|p| p.0 >= from).collect();
        let mut layers = vec![drawn(past, palette::MODEL_PAST_LINE, None)];
        let moved = !inputs.state.scenario.levers.is_empty();
        if moved && inputs.state.view.compare_baseline {
            let name = label(words::BASELINE, palette::BASELINE);
            let baseline = of(inputs.baseline);
            layers.push(drawn(ahead(&baseline), palette::BASELINE_LINE, name));
        }
        let name = if moved {
            words::SCENARIO
        } else {
            words::BASELINE
        };
        let name = label(name, palette::CURRENT);
        layers.push(drawn(ahead(&scenario), palette::CURRENT_LINE, name));
        layers
    }

    fn past_layers(&self) -> Vec<Layer> {
        let (dots, rings) = series::dots_and_rings(&self.past);
        let lines = series::joined(&self.past).into_iter();
        let mut layers: Vec<Layer> = lines
            .map(|points| Layer::Line {
                points,
                stroke: palette::ACTUAL_LINE,
                label: None,
            })
            .collect();
        for (points, mark) in [(dots, Mark::Dot), (rings, Mark::Ring)] {
            if !points.is_empty() {
                layers.push(Layer::Marks {
                    points,
                    mark,
                    size: palette::ACTUAL_SIZE,
                    colour: palette::ACTUAL,
                    label: None,
                });
            }
        }
        layers
    }

    /// Superseded targets hollow and grey, targets in force full, each with its value.
    fn target_marks(&self) -> Vec<Layer> {
        let mark = |(_, target, point): &(usize, &Target, Point)| {
            let value = self.measure.value(Some(target.value));
            let gone = self.is_replaced(target);
            let (mark, colour, word) = if gone {
                (
                    Mark::HollowDiamond,
                    palette::SECONDARY,
                    words::FORMER_TARGET,
                )
            } else {
                (Mark::Diamond, palette::TEXT, words::TARGET)
            };
            Layer::Marks {
                points: vec![*point],
                mark,
                size: palette::TARGET_SIZE,
                colour,
                label: label(format!("{word} {value}"), colour),
            }
        };
        let (gone, in_force): (Vec<_>, Vec<_>) = self
            .targets
            .iter()
            .partition(|(_, target, _)| self.is_replaced(target));
        gone.into_iter().chain(in_force).map(mark).collect()
    }

    /// The target the title speaks of: the one with the first tile, else the first in force.
    fn headline(&self) -> Option<(usize, &Target)> {
        let targets = self.in_force().map(|(k, target, _)| (*k, *target));
        targets.min_by_key(|(_, target)| order(target))
    }

    fn title(&self) -> String {
        let speaking = speaking(self.state());
        let name = &self.indicator.short;
        match self.headline() {
            Some((k, target)) => self.target_title(speaking, name, k, target),
            None => {
                let year = self.state().view.year;
                let centre = &self.inputs.scenario.centre;
                let value = self.bound.yearly_value(centre, &self.indicator.id, year);
                let value = self.measure.value(value);
                sentence::chart_title(speaking, &sentence::years(year, year), name, &value, None)
            }
        }
    }

    fn target_title(&self, speaking: Speaking, name: &str, k: usize, target: &Target) -> String {
        let measure = measure(target, self.indicator);
        let assessed = self.inputs.scenario.targets.get(k);
        let span = assessed.map_or((target.from, target.to), |a| (a.span.from, a.span.to));
        let period = sentence::years(span.0, span.1);
        let projected = assessed.and_then(|a| a.projected);
        let value = measure.telling(projected, target.value);
        if assessed.is_some_and(|a| a.status == Status::Pending) {
            return sentence::chart_title_pending(speaking, &period, name, &value);
        }
        let is_measured = |a: &&Assessment| a.status != Status::Awaited;
        let gap = assessed.filter(is_measured);
        // A title goes into files, so that it tells no chance of another scenario.
        let is_current = chances::current(self.inputs).is_some();
        let gap = gap.and_then(|a| {
            let gap = a.gap?;
            Some(if is_current {
                said_gap(gap, a, measure)
            } else {
                sentence::gap(gap, measure)
            })
        });
        sentence::chart_title(speaking, &period, name, &value, gap.as_deref())
    }

    fn subtitle(&self) -> String {
        let place = &self.bound.pack().meta.place.zh;
        let (name, unit) = (&self.indicator.label.zh, &self.indicator.unit);
        let when = match self.indicator.at {
            Reading::End => words::AT_YEAR_END,
            Reading::Max => words::YEARLY_HIGHEST,
            Reading::Mean | Reading::Sum | Reading::Cagr => words::WHOLE_YEAR,
        };
        let subtitle = words::subtitle(name, unit, when, place);
        match self.band_line() {
            Some(_) => {
                let bands = chance_words::bands(self.state().view.spread, self.is_apart());
                format!("{subtitle} · {bands}")
            }
            None => subtitle,
        }
    }
}

fn drawn(points: Vec<Point>, stroke: Stroke, label: Option<Label>) -> Layer {
    Layer::Line {
        points,
        stroke,
        label,
    }
}

/// Which scenario the words speak of.
pub(super) fn speaking(state: &AppState) -> Speaking {
    match (
        state.scenario.levers.is_empty(),
        state.scenario.assumptions.is_empty(),
    ) {
        (true, true) => Speaking::Baseline,
        (true, false) => Speaking::Assumptions,
        (false, _) => Speaking::Scenario,
    }
}
