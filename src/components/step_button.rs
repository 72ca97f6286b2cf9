//! − and +: one step a press, more while held.

use super::slider::spoken;
use crate::platform::{marks, timer};
use crate::state::Action;
use crate::text::page::WORDS;
use crate::view_model::rows::SliderRow;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// A slider's row and the direction.
#[derive(Properties, PartialEq)]
pub struct StepButtonProps {
    /// The slider.
    pub row: Rc<SliderRow>,
    /// −1 or 1.
    pub by: i32,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// A button that steps; a pointer may hold it, a key presses it.
#[component]
pub fn StepButton(props: &StepButtonProps) -> Html {
    let hold = use_mut_ref(|| Rc::new(RefCell::new(None::<timer::Hold>)))
        .borrow()
        .clone();
    let row = &props.row;
    let step = {
        let (on, knob, by) = (props.on.clone(), row.knob, props.by);
        move |repeat: bool| {
            marks::input();
            on.emit(Action::Stepped { knob, by, repeat });
        }
    };
    let onpointerdown = {
        let (hold, step) = (hold.clone(), step.clone());
        Callback::from(move |pointer: PointerEvent| {
            if pointer.button() == 0 {
                step(false);
                let again = step.clone();
                hold.replace(Some(timer::hold(move || again(true))));
            }
        })
    };
    let release = {
        let hold = hold.clone();
        Callback::from(move |_: PointerEvent| {
            hold.replace(None);
        })
    };
    // A pointer's click was answered when it went down; only a key's click has no detail.
    let onclick = Callback::from(move |click: MouseEvent| {
        if click.detail() == 0 {
            step(false);
        }
    });
    let (sign, words) = if props.by < 0 {
        ("−", WORDS.step_down)
    } else {
        ("+", WORDS.step_up)
    };
    html! {
        <button class="step" {onpointerdown} onpointerup={release.clone()} onpointerleave={release.clone()}
            onpointercancel={release} {onclick} aria-label={spoken(words, row)}>{sign}</button>
    }
}
