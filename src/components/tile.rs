//! One target on the scoreboard (ui.md §4.5), without its probability until ensembles run.

use super::source_link::SourceLink;
use crate::state::{Action, Drawer};
use crate::view_model::rows::{Light, TargetRow};
use std::rc::Rc;
use yew::prelude::*;

/// A target and where its clicks go.
#[derive(Properties, PartialEq)]
pub struct TileProps {
    /// What is shown.
    pub row: Rc<TargetRow>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// A tile; a click opens the target and brings its chart to the first place.
#[component]
pub fn Tile(props: &TileProps) -> Html {
    let row = &props.row;
    let on_sources = props
        .on
        .reform(|ids| Action::DrawerOpened(Drawer::Sources(ids)));
    html! {
        <li class={classes!("tile", row.light.class)} data-target={row.id.clone()}
            data-value={row.value.clone()} data-status={row.light.class}>
            <div class="head">
                <button class="name" onclick={open(row, &props.on)} aria-label={row.aria.clone()}>{&row.short}</button>
                {light(row.light)}
            </div>
            <div class="figure-line">
                <span class="value num">{&row.value}</span>
                <span class="unit">{&row.unit}</span>
                <SourceLink class="target num" sources={vec![row.source.clone()]} on_sources={on_sources}>
                    {&row.target_text}
                </SourceLink>
            </div>
            <div class="foot">
                <span class="gap" title={row.gap_words.clone()}>{&row.gap}</span>
                {beside(row)}
            </div>
        </li>
    }
}

/// Shape and word of a status, in its colour.
pub fn light(light: Light) -> Html {
    html! {
        <span class={classes!("light", light.class)}>
            <span aria-hidden="true">{light.glyph}</span>
            <span class="word">{light.word}</span>
        </span>
    }
}

fn beside(row: &TargetRow) -> Html {
    if let Some(probability) = &row.probability {
        return html! { <span class="probability num">{probability}</span> };
    }
    match &row.beside {
        Some(beside) => html! {
            <span class="beside" title={format!("{} {}", beside.label, beside.value)}>
                <span class="what">{&beside.label}</span><b class="num">{&beside.value}</b>
            </span>
        },
        None => html! { <span class="beside">{&row.period}</span> },
    }
}

fn open(row: &TargetRow, on: &Callback<Action>) -> Callback<MouseEvent> {
    let (target, figure, on) = (row.target, row.figure, on.clone());
    Callback::from(move |_: MouseEvent| {
        if let Some(figure) = figure {
            on.emit(Action::FigureShown { place: 0, figure });
        }
        on.emit(Action::DrawerOpened(Drawer::Target(target)));
    })
}
