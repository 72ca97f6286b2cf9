//! One chart: choice, table, sources, export, enlarging, and reading off by pointer or keys.

use super::chart_canvas::{ChartCanvas, PlotHandle};
use super::chart_choice::ChartChoice;
use super::chart_table::ChartTable;
use super::diamond::Diamond;
use super::diamond_box::DiamondBox;
use super::export_menu::ExportMenu;
use super::reading::Reading;
use super::reference_links::ReferenceTo;
use crate::platform::event;
use crate::state::{Action, Drawer};
use crate::text::page::{WORDS, with_key};
use crate::view_model::diamond::DiamondView;
use crate::view_model::rows::FigureView;
use std::rc::Rc;
use tidemark_chart::Drawn;
use yew::prelude::*;

/// A chart in its place.
#[derive(Properties, PartialEq)]
pub struct ChartCardProps {
    /// Place on screen, from 0.
    pub place: usize,
    /// The chart.
    pub view: Rc<FigureView>,
    /// Names of all charts, by position in the pack.
    pub names: Rc<[String]>,
    /// Its diamond, where one of it was taken up.
    pub diamond: Option<Rc<DiamondView>>,
    /// Rises with every change of the scenario.
    pub generation: u64,
    /// Whether this chart takes the whole room.
    pub enlarged: bool,
    /// Enlarges it or puts it back.
    pub on_enlarge: Callback<usize>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The card of a chart.
#[component]
pub fn ChartCard(props: &ChartCardProps) -> Html {
    let table = use_state_eq(|| false);
    let menu = use_state_eq(|| false);
    let cursor = use_state_eq(|| None::<usize>);
    let plot = use_memo((), |()| PlotHandle::default());
    let drawn = use_state_eq(|| None::<Drawn>);
    let on_drawn = {
        let drawn = drawn.setter();
        use_callback((), move |now, ()| drawn.set(now))
    };
    let view = &props.view;
    let flip_table = {
        let table = table.clone();
        Callback::from(move |()| table.set(!*table))
    };
    let flip_menu = {
        let menu = menu.clone();
        Callback::from(move |()| menu.set(!*menu))
    };
    let sources = {
        let ids = view.sources.clone();
        props
            .on
            .reform(move |()| Action::DrawerOpened(Drawer::Sources(ids.clone())))
    };
    let onkeydown = keys(props, &cursor, [&flip_table, &sources, &flip_menu]);
    let enlarge = {
        let (place, on_enlarge) = (props.place, props.on_enlarge.clone());
        Callback::from(move |()| on_enlarge.emit(place))
    };
    html! {
        <article class={classes!("chart-card", props.enlarged.then_some("enlarged"))} data-place={props.place.to_string()}
            tabindex="0" role="group" aria-label={view.name.clone()} aria-description={WORDS.chart_keys} {onkeydown}>
            <div class="head">
                <ChartChoice place={props.place} shown={view.index} names={props.names.clone()} on={props.on.clone()} />
                {button(if *table { WORDS.chart } else { WORDS.table }, "T", &flip_table, Some(*table))}
                {button(WORDS.source, "I", &sources, None)}
                <ReferenceTo anchor={view.anchor()} of={view.name.clone()} />
                <ExportMenu view={view.clone()} open={*menu} on_toggle={flip_menu.clone()} />
                {button(if props.enlarged { WORDS.shrink } else { WORDS.enlarge }, "", &enlarge, Some(props.enlarged))}
            </div>
            if *table {
                <ChartTable table={Rc::new(view.table.get().clone())} />
            }
            <div class={classes!("body", table.then_some("hidden"))}
                onpointermove={follow(props, &plot, &cursor)} onpointerleave={leave(&cursor)}>
                <ChartCanvas place={props.place} figure={view.figure.clone()} id={view.id.clone()} generation={props.generation}
                    aria={view.figure.title.clone()} plot={(*plot).clone()} {on_drawn} />
                {diamonds(props, *drawn)}
                if props.diamond.is_none() {
                    <Reading view={view.clone()} row={*cursor} plot={(*plot).clone()} />
                }
            </div>
            if let Some(diamond) = &props.diamond {
                <DiamondBox view={diamond.clone()} on={props.on.clone()} />
            }
        </article>
    }
}

/// Diamonds that may be dragged, over those that are drawn.
fn diamonds(props: &ChartCardProps, drawn: Option<Drawn>) -> Html {
    let taken = |target| {
        let own = props.diamond.as_ref();
        own.filter(|own| own.target == target).cloned()
    };
    html! {
        <svg class="diamonds">
            {for props.view.diamonds.iter().map(|mark| html! {
                <Diamond key={mark.target} mark={mark.clone()} {drawn} taken={taken(mark.target)} on={props.on.clone()} />
            })}
        </svg>
    }
}

fn button(
    words: &'static str,
    key: &'static str,
    on: &Callback<()>,
    pressed: Option<bool>,
) -> Html {
    let onclick = on.reform(|_: MouseEvent| ());
    let title = if key.is_empty() {
        words.to_owned()
    } else {
        with_key(words, key)
    };
    html! {
        <button class="small-button" {title} aria-pressed={pressed.map(|on| on.to_string())} {onclick}>{words}</button>
    }
}

fn keys(
    props: &ChartCardProps,
    cursor: &UseStateHandle<Option<usize>>,
    [table, sources, menu]: [&Callback<()>; 3],
) -> Callback<KeyboardEvent> {
    let (cursor, view) = (cursor.clone(), props.view.clone());
    let (table, sources, menu) = (table.clone(), sources.clone(), menu.clone());
    Callback::from(move |key: KeyboardEvent| {
        if key.ctrl_key() || key.meta_key() || key.alt_key() || event::in_select(&key) {
            return;
        }
        match key.key().as_str() {
            "t" | "T" => table.emit(()),
            "i" | "I" => sources.emit(()),
            "e" | "E" => menu.emit(()),
            "ArrowRight" => cursor.set(view.reading_after(*cursor)),
            "ArrowLeft" => cursor.set(view.reading_before(*cursor)),
            "Escape" => cursor.set(None),
            _ => return,
        }
        key.prevent_default();
    })
}

fn follow(
    props: &ChartCardProps,
    plot: &Rc<PlotHandle>,
    cursor: &UseStateHandle<Option<usize>>,
) -> Callback<PointerEvent> {
    let (view, plot, cursor) = (props.view.clone(), plot.clone(), cursor.clone());
    Callback::from(move |pointer: PointerEvent| {
        let drawn = *plot.0.borrow();
        let at = drawn
            .and_then(|drawn| drawn.x)
            .map(|x| x.value(event::offset_x(&pointer)));
        cursor.set(at.and_then(|at| view.reading_near(at)));
    })
}

fn leave(cursor: &UseStateHandle<Option<usize>>) -> Callback<PointerEvent> {
    let cursor = cursor.clone();
    Callback::from(move |_| cursor.set(None))
}
