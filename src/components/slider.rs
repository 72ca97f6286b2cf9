//! One slider: name, number box, track, steppers; rows in, actions out (ui.md §4.4).
//!
//! The thumb, focus and screen reader are the browser's own `<input type=range>`; the track is
//! painted behind it. What keys and the magnet mean is in [`super::track`].

use super::number_box::{NumberBox, entry_id};
use super::painted_track::{DocumentTicks, PaintedTrack};
use super::reason_box::reason_box;
use super::reference_links::ReferenceTo;
use super::step_button::StepButton;
use super::track::{KeyAnswer, key_answer, magnetic};
use crate::platform::{dialog, event, marks};
use crate::state::{Action, Drawer, Knob};
use crate::text::page::{WORDS, labelled};
use crate::text::solver;
use crate::view_model::rows::{EffectChip, EntryRow, SliderRow};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// A row and where its actions go.
#[derive(Properties, PartialEq)]
pub struct SliderProps {
    /// What is shown.
    pub row: Rc<SliderRow>,
    /// What a lever alone does to the chosen target.
    #[prop_or_default]
    pub effect: Option<Rc<EffectChip>>,
    /// Where actions go. Other callbacks are made in here: one made anew by the panel would draw every
    /// slider again whenever one of them moves.
    pub on: Callback<Action>,
}

/// What the pointer does meanwhile; changing it draws nothing.
#[derive(Default)]
struct Hand {
    down: Cell<bool>,
    alt: Cell<bool>,
    /// Presses since the value last moved; two of them are a double click on the thumb.
    calm: Cell<u32>,
    release: RefCell<Option<event::Listener>>,
}

/// A slider with everything around it.
#[component]
pub fn Slider(props: &SliderProps) -> Html {
    let row = &props.row;
    let hand = use_mut_ref(|| Rc::new(Hand::default())).borrow().clone();
    let range = use_node_ref();
    let number = use_node_ref();
    let classes = classes!(
        "lever",
        row.zone.class(),
        row.changed.then_some("changed"),
        (row.locked == Some(true)).then_some("locked"),
        matches!(row.knob, Knob::Assumption(_)).then_some("assumption"),
    );
    let reset = action(&props.on, Action::Reset(row.knob));
    html! {
        <li class={classes} data-lever={row.id.clone()}>
            <div class="head">
                {name(row, &props.on)}
                {lock(row, &props.on)}
                <span class={classes!("grade", row.evidence.class)} title={row.evidence.word}>
                    {grade(row)}
                </span>
                if row.changed {
                    <button class="small-button reset" onclick={reset} title={WORDS.reset}
                        aria-label={spoken(WORDS.reset, row)}>{"↺"}</button>
                }
                <NumberBox node={number.clone()} back={range.clone()} row={row.clone()} on={props.on.clone()} />
                <span class="unit">{&row.unit}</span>
            </div>
            // Each is one node, there or not: a list would make its neighbours anew, and the field lose the focus.
            {row.entry.as_ref().map_or_else(Html::default, |entry| self::entry(row, entry, &props.on))}
            <div class="hand">
                <StepButton row={row.clone()} by={-1} on={props.on.clone()} />
                <div class="track">
                    <PaintedTrack row={row.clone()} on={props.on.clone()} />
                    {range_input(props, &hand, &range, &number)}
                    <DocumentTicks row={row.clone()} on={props.on.clone()} />
                    if !row.warning.is_empty() {
                        <p class="warning" title={row.warning.clone()}><b>{&row.level}</b>{" "}{&row.warning}</p>
                    }
                </div>
                <StepButton row={row.clone()} by={1} on={props.on.clone()} />
            </div>
            {reason(row, &props.on)}
            {props.effect.as_deref().map_or_else(Html::default, effect)}
            {note(row)}
        </li>
    }
}

/// What became of a typed text, and the values that may have been meant.
fn entry(row: &SliderRow, entry: &EntryRow, on: &Callback<Action>) -> Html {
    let class = classes!("entry", entry.text.is_some().then_some("refused"));
    html! {
        <p {class} id={entry_id(row)} role="status">
            {&entry.message}
            {for entry.offers.iter().map(|(words, value)| html! {
                <button class="button small" data-action="take" onclick={action(on, Action::Moved(row.knob, *value))}>{words}</button>
            })}
        </p>
    }
}

/// Why a lever stands beyond all that was reached.
fn reason(row: &SliderRow, on: &Callback<Action>) -> Html {
    match row.knob {
        Knob::Lever(lever) => reason_box(row, lever, on),
        Knob::Assumption(_) => Html::default(),
    }
}

/// What a lever alone does.
fn effect(chip: &EffectChip) -> Html {
    let class = classes!("effect", "num", (!chip.shows).then_some("none"));
    html! { <p {class} title={chip.hint.clone()} data-effect={chip.shows.to_string()}>{&chip.text}</p> }
}

/// The line under the track, and where an assumption is explained.
fn note(row: &SliderRow) -> Html {
    match &row.anchor {
        None if row.note.is_empty() => Html::default(),
        None => html! { <p class="guidance">{&row.note}</p> },
        Some(anchor) => html! {
            <p class="note">{&row.note}{" "}<ReferenceTo anchor={anchor.clone()} of={row.label.clone()} /></p>
        },
    }
}

/// A lever's name opens what there is to say about it.
fn name(row: &SliderRow, on: &Callback<Action>) -> Html {
    match row.knob {
        Knob::Lever(lever) => html! {
            <button class="label" onclick={action(on, Action::DrawerOpened(Drawer::Lever(lever)))} title={row.label.clone()}
                aria-label={spoken(WORDS.details, row)}>
                {&row.label}<span class="opener" aria-hidden="true">{"▾"}</span>
            </button>
        },
        Knob::Assumption(_) => {
            html! { <span class="label" title={row.label.clone()}>{&row.label}</span> }
        }
    }
}

/// Whether the solver may move the lever; nothing for an assumption.
fn lock(row: &SliderRow, on: &Callback<Action>) -> Html {
    let (Some(locked), Knob::Lever(lever)) = (row.locked, row.knob) else {
        return Html::default();
    };
    let words = if locked { solver::UNLOCK } else { solver::LOCK };
    let onclick = action(on, Action::LockToggled(lever));
    html! {
        <button class="small-button lock" data-lock={locked.to_string()} aria-pressed={locked.to_string()} {onclick}
            title={words} aria-label={spoken(words, row)}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
                <rect x="3" y="7" width="10" height="7" rx="1" />
                <path d={if locked { "M5 7V5a3 3 0 0 1 6 0v2" } else { "M5 7V4a3 3 0 0 1 6 0" }} />
            </svg>
        </button>
    }
}

fn grade(row: &SliderRow) -> &'static str {
    if row.evidence.letter == "A" {
        row.evidence.word
    } else {
        row.evidence.letter
    }
}

/// A button's words with the slider it belongs to.
pub(super) fn spoken(words: &str, row: &SliderRow) -> String {
    labelled(&row.label, words)
}

pub(super) fn action(on: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    let on = on.clone();
    Callback::from(move |_: MouseEvent| on.emit(action.clone()))
}

fn range_input(props: &SliderProps, hand: &Rc<Hand>, range: &NodeRef, number: &NodeRef) -> Html {
    let row = &props.row;
    html! {
        <input type="range" ref={range.clone()}
            min={row.min.to_string()} max={row.max.to_string()} step={row.step.to_string()}
            value={row.value.to_string()}
            aria-label={row.label.clone()} aria-valuetext={row.aria.clone()}
            oninput={moved(props, hand)}
            onchange={ended(props, hand)}
            onpointerdown={pressed(props, hand)}
            onpointermove={watched(hand)}
            ondblclick={double_clicked(props, hand)}
            onkeydown={key_pressed(props, hand, number)} />
    }
}

fn moved(props: &SliderProps, hand: &Rc<Hand>) -> Callback<InputEvent> {
    let (row, on, hand) = (props.row.clone(), props.on.clone(), hand.clone());
    Callback::from(move |input: InputEvent| {
        marks::input();
        hand.calm.set(0);
        let Some(value) = event::number(&input) else {
            return;
        };
        let free = hand.alt.get() || !hand.down.get();
        let value = if free { value } else { magnetic(&row, value) };
        on.emit(Action::Moved(row.knob, value));
    })
}

fn pressed(props: &SliderProps, hand: &Rc<Hand>) -> Callback<PointerEvent> {
    let (knob, on, hand) = (props.row.knob, props.on.clone(), hand.clone());
    Callback::from(move |pointer: PointerEvent| {
        hand.down.set(true);
        hand.alt.set(pointer.alt_key());
        hand.calm.set(hand.calm.get() + 1);
        on.emit(Action::DragStarted(knob));
        // The pointer may be lifted anywhere on the page.
        let (on, lifted) = (on.clone(), hand.clone());
        let listener = event::on_release(move || {
            lifted.down.set(false);
            on.emit(Action::DragEnded);
        });
        hand.release.replace(listener);
    })
}

fn watched(hand: &Rc<Hand>) -> Callback<PointerEvent> {
    let hand = hand.clone();
    Callback::from(move |pointer: PointerEvent| hand.alt.set(pointer.alt_key()))
}

fn ended(props: &SliderProps, hand: &Rc<Hand>) -> Callback<Event> {
    let (on, hand) = (props.on.clone(), hand.clone());
    Callback::from(move |_| {
        if hand.down.replace(false) {
            on.emit(Action::DragEnded);
        }
    })
}

fn double_clicked(props: &SliderProps, hand: &Rc<Hand>) -> Callback<MouseEvent> {
    let (knob, on, hand) = (props.row.knob, props.on.clone(), hand.clone());
    Callback::from(move |_| {
        if hand.calm.replace(0) >= 2 {
            on.emit(Action::Reset(knob));
        }
    })
}

fn key_pressed(props: &SliderProps, hand: &Rc<Hand>, number: &NodeRef) -> Callback<KeyboardEvent> {
    let (row, on) = (props.row.clone(), props.on.clone());
    let (hand, number) = (hand.clone(), number.clone());
    Callback::from(move |key: KeyboardEvent| {
        if key.ctrl_key() || key.meta_key() {
            return;
        }
        let Some(answer) = key_answer(&row, &key.key(), key.shift_key()) else {
            return;
        };
        // Without a drag to cancel, Esc belongs to the drawer around the slider.
        if answer == KeyAnswer::Cancel && !hand.down.get() {
            return;
        }
        key.prevent_default();
        marks::input();
        let (knob, repeat) = (row.knob, key.repeat());
        match answer {
            KeyAnswer::Step(by) => on.emit(Action::Stepped { knob, by, repeat }),
            KeyAnswer::To(value) => on.emit(Action::Moved(knob, value)),
            KeyAnswer::Reset => on.emit(Action::Reset(knob)),
            KeyAnswer::Lock => {
                if let Knob::Lever(lever) = knob {
                    on.emit(Action::LockToggled(lever));
                }
            }
            KeyAnswer::Cancel => on.emit(Action::DragCancelled),
            KeyAnswer::Edit => {
                if let Some(field) = number.cast() {
                    dialog::focus(&field);
                }
            }
        }
    })
}
