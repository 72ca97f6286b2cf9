//! The track behind a slider's thumb: zones, the bar from the baseline, ticks and level names.

use super::track::{LevelName, level_names, moved, percent};
use crate::state::{Action, Drawer};
use crate::view_model::rows::{SliderRow, TrackTick, Zone, ZoneKind};
use std::rc::Rc;
use yew::prelude::*;

/// A slider's row and where a document's tick leads.
#[derive(Properties, PartialEq)]
pub struct PaintedTrackProps {
    /// The slider.
    pub row: Rc<SliderRow>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// One SVG, placed by attributes only, so that the page needs no inline style.
#[component]
pub fn PaintedTrack(props: &PaintedTrackProps) -> Html {
    let row = &props.row;
    let (from, length) = moved(row);
    html! {
        <svg class="painted" role="presentation">
            {for row.zones.iter().map(zone)}
            <rect class="moved" x={percent(from)} width={percent(length)} y="12" height="4" />
            {for row.levels.iter().map(|level| division(level.to))}
            {for row.ticks.iter().filter(|tick| tick.source.is_none()).map(baseline_tick)}
            // A warning takes the room of the names, so that no row grows under the pointer.
            if row.warning.is_empty() {
                {for level_names(row).into_iter().map(level_name)}
            }
        </svg>
    }
}

fn level_name(name: LevelName) -> Html {
    html! {
        <text x={percent(name.middle)} y="34" text-anchor="middle" class={name.here.then_some("here")}>{name.label}</text>
    }
}

fn zone(zone: &Zone) -> Html {
    let (x, width) = (percent(zone.from), percent(zone.to - zone.from));
    let beyond = zone.kind == ZoneKind::Beyond;
    // The pattern is named here, not in the style sheet, whose own address would be searched.
    let fill = (zone.kind == ZoneKind::Stretch).then_some("url(#hatch)");
    html! {
        <>
            <rect class={classes!("zone", zone.kind.class())} x={x.clone()} {width} y="11" height="6" {fill} />
            if beyond {
                <line class="edge" x1={x} x2={percent(zone.to)} y1="17" y2="17" />
            }
        </>
    }
}

fn division(at: f64) -> Html {
    html! { <line class="division" x1={percent(at)} x2={percent(at)} y1="17" y2="21" /> }
}

fn baseline_tick(tick: &TrackTick) -> Html {
    html! {
        <svg x={percent(tick.at)} y="0" overflow="visible">
            <title>{&tick.label}</title>
            <path class="tick" d="M-4.5 1 L4.5 1 L0 8 Z" />
        </svg>
    }
}

/// Values that documents name, over the slider, so that they can be clicked.
#[component]
pub fn DocumentTicks(props: &PaintedTrackProps) -> Html {
    let ticks = props.row.ticks.iter();
    html! {
        <svg class="painted over">
            {for ticks.filter_map(|tick| {
                let source = tick.source.as_ref()?;
                Some(document_tick(tick, source, &props.on))
            })}
        </svg>
    }
}

fn document_tick(tick: &TrackTick, source: &str, on: &Callback<Action>) -> Html {
    let open = {
        let (source, on) = (source.to_owned(), on.clone());
        move || on.emit(Action::DrawerOpened(Drawer::Sources(vec![source.clone()])))
    };
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open())
    };
    let onkeydown = Callback::from(move |key: KeyboardEvent| {
        if matches!(key.key().as_str(), "Enter" | " ") {
            key.prevent_default();
            open();
        }
    });
    html! {
        <svg x={percent(tick.at)} y="0" overflow="visible">
            <g class="tick-button" role="button" tabindex="0" aria-label={tick.label.clone()} {onclick} {onkeydown}>
                <title>{&tick.label}</title>
                <rect class="tick-hit" x="-12" y="-4" width="24" height="15" />
                <path class="tick document" d="M0 0 L4.5 4.5 L0 9 L-4.5 4.5 Z" />
            </g>
        </svg>
    }
}
