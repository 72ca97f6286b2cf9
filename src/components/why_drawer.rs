//! 为什么: a waterfall of levers' shares, a ratio told apart, what would help next, the ways of the
//! levers, why the figure is not certain, policy or world.

use super::chart_canvas::{ChartCanvas, PlotHandle};
use super::drawer::DrawerFrame;
use super::reference_links::ReferenceFile;
use super::track::percent;
use crate::platform::event;
use crate::state::{Action, Drawer, WhyOf};
use crate::text::why as words;
use crate::view_model::reference;
use crate::view_model::why::path::{Linked, PathStep, PathView};
use crate::view_model::why::{Bar, NextRow, WhyView};
use crate::view_model::world::WorldView;
use std::rc::Rc;
use yew::prelude::*;

/// Place of the chart of four lines; those of the main screen are counted from 0.
const PLACE: usize = 1000;

/// The panel and where actions go.
#[derive(Properties, PartialEq)]
pub struct WhyDrawerProps {
    /// What is shown.
    pub view: Rc<WhyView>,
    /// Policy or world; none where no assumption was moved.
    pub world: Option<Rc<WorldView>>,
    /// Of the scenario.
    pub generation: u64,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The panel.
#[component]
pub fn WhyDrawer(props: &WhyDrawerProps) -> Html {
    let view = &props.view;
    let file = use_context::<ReferenceFile>();
    let lines = |all: &[String]| html! { {for all.iter().map(|line| html! { <p>{line}</p> })} };
    html! {
        <DrawerFrame title={words::TITLE} class={classes!("wide", "because")} on={props.on.clone()}>
            {choice(props)}
            if !view.notice.is_empty() {
                <p class="muted" role="status" data-why="busy">{&view.notice}</p>
            }
            if !view.fewer.is_empty() {
                <p class="muted">{&view.fewer}</p>
            }
            if view.notice.is_empty() {
                <section data-why="shares">
                    <h3>{words::SHARES}</h3>
                    {lines(&view.sentences)}
                    {bars(&view.bars)}
                    <p class="muted">{view.method}</p>
                </section>
                if !view.split.is_empty() {
                    <section data-why="split"><h3>{words::SPLIT}</h3><p>{&view.split}</p></section>
                }
                <section data-why="next">
                    <h3>{words::NEXT}</h3>
                    if view.next.is_empty() {
                        <p>{words::NO_NEXT}</p>
                    } else {
                        {lines(&view.next_sentences)}
                        {next(view)}
                    }
                </section>
                <section data-why="paths">
                    <h3>{words::PATHS}</h3>
                    {paths(view, file.as_ref())}
                </section>
                <section data-why="drivers">
                    <h3>{words::DRIVERS}</h3>
                    <p>{&view.spread}</p>
                    if !view.drivers.is_empty() {
                        {bars(&view.drivers)}
                        <p class="muted">{words::DRIVERS_METHOD}</p>
                    }
                </section>
            }
            {world(props)}
        </DrawerFrame>
    }
}

/// All figures, in the order of the panel.
fn choice(props: &WhyDrawerProps) -> Html {
    let view = &props.view;
    let places: Vec<WhyOf> = view.choices.iter().map(|(of, _)| *of).collect();
    let onchange = {
        let (on, of) = (props.on.clone(), view.of);
        Callback::from(move |change: Event| {
            let place = event::text(&change).parse::<usize>().ok();
            let chosen = place.and_then(|place| places.get(place)).copied();
            on.emit(Action::DrawerOpened(Drawer::Why(chosen.unwrap_or(of))));
        })
    };
    let is_shown = |of: WhyOf, label: &str| of == view.of || label == view.label;
    html! {
        <p class="why-choice">
            <label for="why-of">{words::OF}</label>{" "}
            <select id="why-of" {onchange}>
                {for view.choices.iter().enumerate().map(|(k, (of, label))| html! {
                    <option value={k.to_string()} selected={is_shown(*of, label)}>{label}</option>
                })}
            </select>
        </p>
    }
}

fn bars(all: &[Bar]) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    html! {
        <table class="waterfall">
            <tbody>{for all.iter().map(bar)}</tbody>
        </table>
    }
}

fn bar(bar: &Bar) -> Html {
    let width = (bar.to - bar.from).max(0.003);
    html! {
        <tr class={bar.class}>
            <th scope="row">{&bar.label}</th>
            <td class="way">
                <svg role="presentation">
                    <rect x={percent(bar.from)} y="3" width={percent(width)} height="14" />
                </svg>
            </td>
            <td class="num"><b>{&bar.value}</b>{" "}<span class="muted">{&bar.error}</span></td>
        </tr>
    }
}

fn next(view: &WhyView) -> Html {
    let row = |row: &NextRow| {
        html! {
            <tr key={row.label.clone()}>
                <th scope="row">{&row.label}</th>
                <td class="num">{&row.tried}</td><td class="num"><b>{&row.change}</b></td>
                <td class="num">{&row.cost}</td><td class="num">{&row.per_money}</td>
            </tr>
        }
    };
    html! {
        <>
            <div class="table-wrap" tabindex="0">
                <table class="moves">
                    <thead><tr>
                        <th scope="col">{words::LEVER}</th><th scope="col">{words::TRIED}</th><th scope="col">{words::CHANGE}</th>
                        <th scope="col">{words::COST}</th><th scope="col">{words::PER_MONEY}{&view.money_unit}</th>
                    </tr></thead>
                    <tbody>{for view.next.iter().map(row)}</tbody>
                </table>
            </div>
            <p class="muted">{words::EFFORT}</p>
        </>
    }
}

fn paths(view: &WhyView, file: Option<&ReferenceFile>) -> Html {
    if view.paths.is_empty() {
        return html! { <p class="muted">{view.no_paths}</p> };
    }
    let path = |(k, path): (usize, &PathView)| {
        html! {
            <details open={k == 0}>
                <summary>{&path.title}{" → "}<b class="num">{&path.change}</b></summary>
                <p>{&path.sentence}</p>
                <div class="table-wrap" tabindex="0">
                    <table class="moves steps">
                        <thead><tr>
                            <th scope="col">{words::STEP}</th><th scope="col">{view.year}{words::MOVED}</th>
                            <th scope="col">{words::HALF}</th><th scope="col">{words::MEMORY}</th>
                        </tr></thead>
                        <tbody>{for path.steps.iter().map(|row| step(row, file))}</tbody>
                    </table>
                </div>
            </details>
        }
    };
    let n_moved = view.paths.iter().filter(|path| path.is_moved).count();
    let all = || view.paths.iter().enumerate();
    html! {
        <>
            {for all().take(n_moved).map(path)}
            if n_moved < view.paths.len() {
                <h4>{words::OTHER_LEVERS}</h4>
                {for all().skip(n_moved).map(path)}
            }
            <p class="muted">{words::PATHS_METHOD}</p>
        </>
    }
}

fn step(step: &PathStep, file: Option<&ReferenceFile>) -> Html {
    let linked = |what: &Linked| linked(what, file);
    html! {
        <tr>
            <th scope="row">
                if !step.through.is_empty() {
                    <span class="muted">{words::THROUGH}{" "}{for step.through.iter().map(linked)}<br /></span>
                }
                {linked(&step.what)}
            </th>
            <td class="num"><b>{&step.change}</b></td>
            <td class="num">{&step.half}</td>
            <td class="num">{&step.memory}</td>
        </tr>
    }
}

/// A name that leads to its place in the reference.
fn linked(what: &Linked, file: Option<&ReferenceFile>) -> Html {
    let href = file.and_then(|file| reference::href(&file.0, &what.anchor));
    html! { <><a class="reference" {href} target="_blank" rel="noopener">{&what.label}</a>{" "}</> }
}

fn world(props: &WhyDrawerProps) -> Html {
    let Some(world) = &props.world else {
        return html! {
            <section data-why="world"><h3>{words::WORLD}</h3><p class="muted">{words::NO_WORLD}</p></section>
        };
    };
    html! {
        <section data-why="world">
            <h3>{words::WORLD}</h3>
            <p>{&world.sentence}</p>
            <FourLines world={world.clone()} generation={props.generation} />
            <ul class="four-legend">
                {for world.legend.iter().map(|line| html! {
                    <li><svg class={classes!("sample", line.class)} aria-hidden="true"><line x1="0" y1="6" x2="28" y2="6" /></svg>{&line.text}</li>
                })}
            </ul>
        </section>
    }
}

/// The chart and its canvas.
#[derive(Properties, PartialEq)]
struct FourLinesProps {
    world: Rc<WorldView>,
    generation: u64,
}

#[component]
fn FourLines(props: &FourLinesProps) -> Html {
    let plot = use_memo((), |()| PlotHandle::default());
    let figure = use_memo(props.world.figure.clone(), Clone::clone);
    html! {
        <div class="four-lines">
            <ChartCanvas {figure} place={PLACE} id="four-lines" generation={props.generation}
                aria={props.world.sentence.clone()} plot={(*plot).clone()} />
        </div>
    }
}
