//! Asks once why a lever stands beyond all that was reached or promised, and shows what was answered.

use super::slider::spoken;
use crate::platform::event;
use crate::state::{Action, Knob, MAX_REASON};
use crate::text::lever as words;
use crate::view_model::rows::{Reason, SliderRow};
use std::rc::Rc;
use yew::prelude::*;

/// A slider whose value needs a reason.
#[derive(Properties, PartialEq)]
pub struct ReasonBoxProps {
    /// What is shown.
    pub row: Rc<SliderRow>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// A field while the reason is wanted or written anew, the reason itself otherwise.
#[component]
pub fn ReasonBox(props: &ReasonBoxProps) -> Html {
    let draft = use_state(String::new);
    let rewrites = use_state_eq(|| false);
    let (row, on) = (&props.row, &props.on);
    let Knob::Lever(lever) = row.knob else {
        return Html::default();
    };
    if let (Reason::Given(text), false) = (&row.reason, *rewrites) {
        let onclick = {
            let (draft, rewrites, text) = (draft.clone(), rewrites.clone(), text.clone());
            Callback::from(move |_: MouseEvent| {
                draft.set(text.clone());
                rewrites.set(true);
            })
        };
        return html! {
            <p class="reason" data-reason="given">
                {words::reason(text)}
                <button class="button small" {onclick} aria-label={spoken(words::CHANGE_REASON, row)}>{words::CHANGE_REASON}</button>
            </p>
        };
    }
    let answer = |text: Rc<str>| {
        let (on, rewrites) = (on.clone(), rewrites.clone());
        move || {
            rewrites.set(false);
            on.emit(Action::Reasoned(lever, text.to_string()));
        }
    };
    let keep = answer(Rc::from(draft.as_str()));
    let onkeydown = {
        let keep = keep.clone();
        Callback::from(move |key: KeyboardEvent| {
            if key.key() == "Enter" {
                keep();
            }
        })
    };
    let refuse = answer(Rc::from(""));
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |input: InputEvent| draft.set(event::text(&input)))
    };
    html! {
        <div class="reason" data-reason="wanted">
            <label>
                {words::WHY_BEYOND}
                <input type="text" maxlength={MAX_REASON.to_string()} autocomplete="off" value={(*draft).clone()} {oninput} {onkeydown} />
            </label>
            <button class="button small" data-action="reason" disabled={draft.trim().is_empty()}
                onclick={Callback::from(move |_: MouseEvent| keep())}>{words::KEEP_REASON}</button>
            <button class="button small" data-action="no-reason"
                onclick={Callback::from(move |_: MouseEvent| refuse())}>{words::NO_REASON}</button>
        </div>
    }
}
