//! A lever's timing, practice and place in the model.

use super::drawer::DrawerFrame;
use super::reference_links::ReferenceLinks;
use super::source_card::SourceCards;
use crate::state::{Action, Drawer};
use crate::text::page::WORDS;
use crate::view_model::rows::{LeverRow, ReferenceLink, SourceCard, TrackTick};
use std::rc::Rc;
use yew::prelude::*;

/// A quarter, the grid of starts, in years.
const QUARTER: f64 = 0.25;

/// A lever with its source cards.
#[derive(Properties, PartialEq)]
pub struct LeverDrawerProps {
    /// The lever.
    pub row: Rc<LeverRow>,
    /// Its sentences.
    pub cards: Rc<[SourceCard]>,
    /// Its places in the technical reference.
    pub reference: Rc<[ReferenceLink]>,
    /// Where actions go.
    pub on: Callback<Action>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Timing,
    Practice,
    Model,
}

/// The drawer of a lever.
#[component]
pub fn LeverDrawer(props: &LeverDrawerProps) -> Html {
    let shown = use_state_eq(|| Tab::Timing);
    let row = &props.row;
    let tab = |tab: Tab, words: &'static str| {
        let choose = shown.clone();
        let onclick = Callback::from(move |_: MouseEvent| choose.set(tab));
        html! {
            <button class="tab" role="tab" aria-selected={(*shown == tab).to_string()} {onclick}>{words}</button>
        }
    };
    html! {
        <DrawerFrame title={row.slider.label.clone()} on={props.on.clone()}>
            <div class="drawer-tabs" role="tablist">
                {tab(Tab::Timing, WORDS.timing)}
                {tab(Tab::Practice, WORDS.practice)}
                {tab(Tab::Model, WORDS.in_model)}
            </div>
            {match *shown {
                Tab::Timing => timing(row, &props.on),
                Tab::Practice => practice(props),
                Tab::Model => in_model(props),
            }}
            <p><ReferenceLinks links={props.reference.clone()} /></p>
        </DrawerFrame>
    }
}

fn timing(row: &LeverRow, on: &Callback<Action>) -> Html {
    let lever = row.lever;
    let start = |to: f64| on.reform(move |_: MouseEvent| Action::StartMoved(lever, to));
    let timing = &row.timing;
    html! {
        <>
            <section>
                <h3>{WORDS.start}</h3>
                <div class="start-line">
                    <button class="icon-button" aria-label={WORDS.earlier} title={WORDS.earlier}
                        disabled={timing.start <= timing.earliest} onclick={start(timing.start - QUARTER)}>{"−"}</button>
                    <b data-start={timing.start.to_string()}>{&timing.start_text}</b>
                    <button class="icon-button" aria-label={WORDS.later} title={WORDS.later}
                        disabled={timing.start >= timing.latest} onclick={start(timing.start + QUARTER)}>{"+"}</button>
                </div>
            </section>
            <section>
                <h3 id="ramp-heading">{WORDS.ramp}</h3>
                <div class="choices" role="radiogroup" aria-labelledby="ramp-heading">
                    {for timing.choices.iter().map(|(ramp, name, meaning)| {
                        let ramp = *ramp;
                        let onclick = on.reform(move |_: MouseEvent| Action::RampChosen(lever, ramp));
                        html! {
                            <button class="choice" role="radio" aria-checked={(ramp == timing.ramp).to_string()} {onclick}>
                                <b>{*name}</b>{meaning}
                            </button>
                        }
                    })}
                </div>
            </section>
            {cost(row)}
        </>
    }
}

fn cost(row: &LeverRow) -> Html {
    html! {
        if !row.cost.is_empty() {
            <section>
                <h3>{WORDS.cost}</h3>
                <p class="num">{&row.cost}</p>
            </section>
        }
    }
}

fn practice(props: &LeverDrawerProps) -> Html {
    let row = &props.row;
    let documents = row.slider.ticks.iter().filter(|tick| tick.source.is_some());
    html! {
        <>
            <section><p>{&row.slider.note}</p></section>
            <section>
                <h3>{WORDS.document_values}</h3>
                <ul>{for documents.map(|tick| document_value(tick, &props.on))}</ul>
                <SourceCards cards={props.cards.clone()} />
            </section>
        </>
    }
}

fn document_value(tick: &TrackTick, on: &Callback<Action>) -> Html {
    let ids: Vec<String> = tick.source.iter().cloned().collect();
    let onclick =
        on.reform(move |_: MouseEvent| Action::DrawerOpened(Drawer::Sources(ids.clone())));
    html! { <li><button class="sourced" {onclick}>{"◆ "}{&tick.label}</button></li> }
}

fn in_model(props: &LeverDrawerProps) -> Html {
    let row = &props.row;
    let evidence = &row.slider.evidence;
    html! {
        <>
            <section><p>{&row.how}</p></section>
            <section>
                <h3>{WORDS.evidence}</h3>
                <p><span class={classes!("grade", evidence.class)}>{evidence.letter}</span>{" "}{evidence.word}</p>
            </section>
            {cost(row)}
        </>
    }
}
