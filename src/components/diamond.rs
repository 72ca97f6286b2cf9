//! A target's diamond over a chart: dragged, or moved by keys, one lever follows.
//!
//! The diamond of the policy is drawn with the chart and stays where it is; what is drawn here is
//! the one in hand.

use crate::platform::{event, marks};
use crate::state::Action;
use crate::view_model::diamond::{DiamondMark, DiamondView};
use std::cell::Cell;
use std::rc::Rc;
use tidemark_chart::Drawn;
use yew::prelude::*;

/// Pixels that a pointer moves before a press is a drag.
const SLACK: f64 = 3.0;

/// A diamond, where its chart was drawn, and what is known of it.
#[derive(Properties, PartialEq, Clone)]
pub struct DiamondProps {
    /// The diamond.
    pub mark: DiamondMark,
    /// Where the chart went.
    pub drawn: Option<Drawn>,
    /// What is known of it where it was taken up.
    pub taken: Option<Rc<DiamondView>>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// What the pointer does meanwhile; changing it draws nothing.
#[derive(Default)]
struct Hand {
    is_down: Cell<bool>,
    has_moved: Cell<bool>,
    /// Height at which it was pressed.
    from: Cell<f64>,
}

/// A diamond of the size of a finger.
#[component]
pub fn Diamond(props: &DiamondProps) -> Html {
    let hand = use_mut_ref(|| Rc::new(Hand::default())).borrow().clone();
    let mark = &props.mark;
    let held = held(props);
    let place = props
        .drawn
        .and_then(|drawn| Some((drawn, drawn.px(mark.at)?)));
    let Some((drawn, (x, y))) = place else {
        return Html::default();
    };
    let (cx, cy) = (x.to_string(), y.to_string());
    let words = props.taken.as_ref().map(|taken| taken.value.clone());
    html! {
        <g class="diamond" role="slider" tabindex="0" data-diamond={mark.id.clone()} aria-label={mark.name.clone()}
            aria-orientation="vertical" aria-valuenow={held.unwrap_or(mark.at.1).to_string()} aria-valuetext={words}
            onpointerdown={pressed(props, &hand)} onpointermove={moved(props, &hand, drawn)}
            onpointerup={lifted(props, &hand, Action::DragEnded)}
            onpointercancel={lifted(props, &hand, Action::DragCancelled)}
            onkeydown={keys(props, &hand)} onfocusout={left(props, &hand)}>
            <title>{&mark.name}</title>
            <circle class="hit" {cx} {cy} />
            {in_hand(props, drawn, x)}
        </g>
    }
}

/// The diamond in hand with its level and value.
fn in_hand(props: &DiamondProps, drawn: Drawn, x: f64) -> Html {
    let height = held(props).and_then(|held| drawn.px((props.mark.at.0, held)));
    let (Some((_, y)), Some(taken)) = (height, &props.taken) else {
        return Html::default();
    };
    let y = y.to_string();
    html! {
        <>
            <line class="level" x1={drawn.plot.left.to_string()} x2={x.to_string()} y1={y.clone()} y2={y.clone()} />
            <svg x={x.to_string()} {y} overflow="visible">
                <path d="M0 -8L8 0L0 8L-8 0Z" />
                <text x="-12" y="-6" text-anchor="end">{&taken.value}</text>
            </svg>
        </>
    }
}

fn held(props: &DiamondProps) -> Option<f64> {
    props.taken.as_ref()?.held
}

fn take(props: &DiamondProps) {
    marks::input();
    if props.taken.is_none() {
        props.on.emit(Action::DiamondTaken(props.mark.target));
    }
}

fn pressed(props: &DiamondProps, hand: &Rc<Hand>) -> Callback<PointerEvent> {
    let (props, hand) = (props.clone(), hand.clone());
    Callback::from(move |pointer: PointerEvent| {
        if pointer.button() == 0 {
            event::capture(&pointer);
            hand.is_down.set(true);
            hand.has_moved.set(false);
            hand.from.set(f64::from(pointer.client_y()));
            take(&props);
        }
    })
}

fn moved(props: &DiamondProps, hand: &Rc<Hand>, drawn: Drawn) -> Callback<PointerEvent> {
    let (props, hand) = (props.clone(), hand.clone());
    Callback::from(move |pointer: PointerEvent| {
        let by = f64::from(pointer.client_y()) - hand.from.get();
        let is_drag = hand.has_moved.get() || by.abs() > SLACK;
        let Some(axis) = drawn.y.filter(|_| hand.is_down.get() && is_drag) else {
            return;
        };
        hand.has_moved.set(true);
        let height = axis.px(props.mark.at.1) + by;
        let value = axis.value(height.max(drawn.plot.top).min(drawn.plot.bottom));
        hold(&props, value);
    })
}

/// Holds the diamond at a value, to the smallest difference shown.
fn hold(props: &DiamondProps, value: f64) {
    let smallest = props.mark.smallest;
    marks::input();
    let value = libm::round(value / smallest) * smallest;
    props.on.emit(Action::DiamondMoved(value));
}

/// The pointer is gone: what was dragged ends so.
fn lifted(props: &DiamondProps, hand: &Rc<Hand>, end: Action) -> Callback<PointerEvent> {
    let (on, hand) = (props.on.clone(), hand.clone());
    Callback::from(move |_| {
        if hand.is_down.replace(false) && hand.has_moved.get() {
            on.emit(end.clone());
        }
    })
}

/// Keys move what is in hand; the focus gone, it is let go.
fn left(props: &DiamondProps, hand: &Rc<Hand>) -> Callback<FocusEvent> {
    let (props, hand) = (props.clone(), hand.clone());
    Callback::from(move |_| {
        if held(&props).is_some() && !hand.is_down.get() {
            props.on.emit(Action::DragEnded);
        }
    })
}

fn keys(props: &DiamondProps, hand: &Rc<Hand>) -> Callback<KeyboardEvent> {
    let (props, hand) = (props.clone(), hand.clone());
    Callback::from(move |key: KeyboardEvent| {
        if key.ctrl_key() || key.meta_key() || key.alt_key() {
            return;
        }
        let held = held(&props);
        let steps = match (key.key().as_str(), key.shift_key()) {
            ("ArrowUp", false) => 1.0,
            ("ArrowDown", false) => -1.0,
            ("ArrowUp", true) | ("PageUp", _) => 10.0,
            ("ArrowDown", true) | ("PageDown", _) => -10.0,
            ("Enter" | " ", _) if held.is_some() => {
                props.on.emit(Action::DragEnded);
                0.0
            }
            ("Enter" | " ", _) => 0.0,
            ("Escape", _) if held.is_some() => {
                hand.is_down.set(false);
                props.on.emit(Action::DragCancelled);
                0.0
            }
            ("Escape", _) if props.taken.is_some() => {
                props.on.emit(Action::DiamondLeft);
                key.prevent_default();
                key.stop_propagation();
                return;
            }
            _ => return,
        };
        key.prevent_default();
        key.stop_propagation();
        take(&props);
        if steps != 0.0 {
            let from = held.unwrap_or(props.mark.at.1);
            hold(&props, from + steps * props.mark.step);
        }
    })
}
