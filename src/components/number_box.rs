//! The exact value of a slider, typed.

use super::slider::spoken;
use crate::platform::{dialog, event, marks};
use crate::state::Action;
use crate::text::page::WORDS;
use crate::view_model::rows::SliderRow;
use std::rc::Rc;
use yew::prelude::*;

/// A slider's row, its number field and the slider to return to.
#[derive(Properties, PartialEq)]
pub struct NumberBoxProps {
    /// What is shown.
    pub row: Rc<SliderRow>,
    /// The field itself, so that the slider can give it the focus.
    pub node: NodeRef,
    /// Where the focus returns to after Enter or Esc.
    pub back: NodeRef,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// A text field that takes "12,000", "1.2万" or "15%"; Enter keeps, Esc forgets. What could not be taken
/// stays in it, with the reason under the slider.
#[component]
pub fn NumberBox(props: &NumberBoxProps) -> Html {
    let draft = use_state(|| None::<String>);
    let row = &props.row;
    let entry = row.entry.as_ref();
    let typed = entry.and_then(|entry| entry.text.as_ref());
    let shown = draft.as_ref().or(typed).unwrap_or(&row.value_text).clone();
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |input: InputEvent| draft.set(Some(event::text(&input))))
    };
    let onblur = {
        let (draft, on, knob) = (draft.clone(), props.on.clone(), row.knob);
        Callback::from(move |_: FocusEvent| commit(&draft, &on, knob))
    };
    let onfocus = {
        let node = props.node.clone();
        Callback::from(move |_: FocusEvent| focus(&node))
    };
    let onkeydown = {
        let (draft, on, knob) = (draft.clone(), props.on.clone(), row.knob);
        let back = props.back.clone();
        Callback::from(move |key: KeyboardEvent| match key.key().as_str() {
            "Enter" => {
                commit(&draft, &on, knob);
                focus(&back);
            }
            "Escape" => {
                key.stop_propagation();
                draft.set(None);
                on.emit(Action::EntryDropped(knob));
                focus(&back);
            }
            _ => {}
        })
    };
    html! {
        <input class="box num" type="text" inputmode="decimal" autocomplete="off" ref={props.node.clone()}
            value={shown} aria-label={spoken(WORDS.exact_value, row)} aria-invalid={typed.is_some().then_some("true")}
            aria-describedby={entry.map(|_| entry_id(row))}
            {oninput} {onblur} {onfocus} {onkeydown} />
    }
}

/// Of the line that says what became of a typed text.
pub(super) fn entry_id(row: &SliderRow) -> String {
    format!("entry-{}", row.id)
}

fn commit(draft: &UseStateHandle<Option<String>>, on: &Callback<Action>, knob: crate::state::Knob) {
    if let Some(text) = draft.as_ref() {
        marks::input();
        on.emit(Action::Typed(knob, text.clone()));
        draft.set(None);
    }
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast() {
        dialog::focus(&element);
    }
}
