//! One target on the scoreboard (ui.md §4.5).

use super::source_link::SourceLink;
use crate::state::{Action, Drawer};
use crate::text::chance as words;
use crate::view_model::rows::{ChanceView, Light, TargetRow};
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
        <li class={classes!("tile", row.light.class, aside(row), row.is_stale.then_some("stale"))} data-target={row.id.clone()}
            data-value={row.value.clone()} data-status={row.light.class}
            data-chance={row.chance.as_ref().map(|chance| chance.text.clone())}
            data-members={row.chance.as_ref().map(|chance| chance.members.clone())}>
            <div class="head">
                <button class="name" onclick={open(row, &props.on)} aria-label={aria(row)}>{&row.short}</button>
                {light(row.light)}
                {for row.chance.as_ref().map(chance)}
            </div>
            <div class="figure-line">
                <span class="value num">{&row.value}</span>
                <span class="unit">{&row.unit}</span>
                <SourceLink class="target num" sources={vec![row.source.clone()]} on_sources={on_sources}>
                    {&row.target_text}
                </SourceLink>
            </div>
            <div class="foot">
                if row.gap.is_empty() {
                    <span class="gap missing" title={row.pending.clone()}>{&row.pending}</span>
                } else {
                    <span class={classes!("gap", row.is_unsure.then_some("unsure"))} title={gap_title(row)}>{&row.gap}</span>
                }
                if row.gap.is_empty() || row.is_unsure {
                    // The words take the whole line.
                } else {
                    {beside(row)}
                }
            </div>
            {bar(row)}
        </li>
    }
}

/// The gap in other words; where both gap and chance are told, they themselves, since there is little room.
fn gap_title(row: &TargetRow) -> Option<String> {
    match row.is_unsure {
        true => Some(row.gap.clone()),
        false => row.gap_words.clone(),
    }
}

/// A target without a figure to start from, or one that keeps another year, is no headline.
fn aside(row: &TargetRow) -> Option<&'static str> {
    (row.is_aside || (row.light.class == "pending" && !row.pending.is_empty())).then_some("aside")
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

/// A probability, its words on the pointer.
pub fn chance(chance: &ChanceView) -> Html {
    let title = format!("{} {}", chance.words, chance.range);
    html! { <span class="chance num" {title}>{&chance.text}</span> }
}

fn aria(row: &TargetRow) -> String {
    match &row.chance {
        Some(chance) => format!("{}，{}", row.aria, words::aria(&chance.text, chance.words)),
        None => row.aria.clone(),
    }
}

/// The probability as a bar with a tick at 80 %, at the foot of the tile.
fn bar(row: &TargetRow) -> Html {
    let Some(chance) = &row.chance else {
        return Html::default();
    };
    // A sliver stands for "less than 5 %".
    let width = f64::from(chance.percent).clamp(2.0, 98.0);
    html! {
        <svg class="chance-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="of" width="100" height="6" />
            <rect class={classes!("done", row.light.class)} width={width.to_string()} height="6" />
            <line class="tick" x1="80" x2="80" y1="0" y2="6" />
        </svg>
    }
}

fn beside(row: &TargetRow) -> Html {
    match &row.beside {
        Some(beside) => html! {
            <span class="beside" title={format!("{} {}", beside.label, beside.value)}>
                <span class="what">{&beside.label}</span><b class="num">{&beside.value}</b>
            </span>
        },
        // The first sentence says that another year is looked at; here there is room for which one.
        None => html! { <span class="beside" title={row.held.clone()}>{&row.period}</span> },
    }
}

fn open(row: &TargetRow, on: &Callback<Action>) -> Callback<MouseEvent> {
    let (target, figure, on) = (row.target, row.figure, on.clone());
    Callback::from(move |_: MouseEvent| {
        if let Some(figure) = figure {
            on.emit(Action::FigureShown { place: 0, figure });
        }
        on.emit(Action::TargetChosen(target));
        on.emit(Action::DrawerOpened(Drawer::Target(target)));
    })
}
