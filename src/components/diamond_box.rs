//! Beside a chart whose diamond was taken up: what came of it, which lever follows, an exact value.

use crate::platform::event;
use crate::state::Action;
use crate::text::diamond as words;
use crate::text::number;
use crate::text::page::WORDS;
use crate::view_model::diamond::DiamondView;
use std::rc::Rc;
use yew::prelude::*;

/// What is known, and where actions go.
#[derive(Properties, PartialEq)]
pub struct DiamondBoxProps {
    /// The diamond.
    pub view: Rc<DiamondView>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The box; keys that are pressed in it are its own.
#[component]
pub fn DiamondBox(props: &DiamondBoxProps) -> Html {
    let view = &props.view;
    let close = props.on.reform(|_: MouseEvent| Action::DiamondLeft);
    let onkeydown = Callback::from(|key: KeyboardEvent| key.stop_propagation());
    html! {
        <div class="diamond-box" data-held={view.held.is_some().to_string()} {onkeydown}>
            <div role="status">
                {for view.said.iter().map(|line| html! { <p>{line}</p> })}
                if !view.warning.is_empty() {
                    <p class="warning">{&view.warning}</p>
                }
            </div>
            if !view.keep.is_empty() {
                <p class="keep">
                    {for view.keep.iter().map(|(value, words)| {
                        let value = *value;
                        let onclick = props.on.reform(move |_: MouseEvent| Action::FollowerKept(value));
                        html! { <button class="small-button" data-action="keep-follower" {onclick}>{words}</button> }
                    })}
                </p>
            }
            <p class="follower" title={words::FOLLOWER_HINT}>
                {follower(props)}{wanted(props)}
                <button class="small-button" data-action="leave-diamond" onclick={close} aria-label={WORDS.close}>{"✕"}</button>
            </p>
        </div>
    }
}

fn follower(props: &DiamondBoxProps) -> Html {
    let on = props.on.clone();
    let onchange = Callback::from(move |change: Event| {
        if let Ok(lever) = event::text(&change).parse() {
            on.emit(Action::FollowerChosen(lever));
        }
    });
    html! {
        <select {onchange} aria-label={words::FOLLOWER}>
            {for props.view.choices.iter().map(|(lever, label)| html! {
                <option value={lever.to_string()} selected={props.view.follower == Some(*lever)}>{label}</option>
            })}
        </select>
    }
}

/// Without a drag: the value is typed, and let go at once.
fn wanted(props: &DiamondBoxProps) -> Html {
    let (on, unit) = (props.on.clone(), props.view.unit.clone());
    let onchange = Callback::from(move |change: Event| {
        if let Some(value) = number::parse(&event::text(&change), &unit) {
            on.emit(Action::DiamondMoved(value));
            on.emit(Action::DragEnded);
        }
    });
    html! {
        <label>{words::WANTED}{" "}<input class="box num" type="text" inputmode="decimal" value={props.view.number.clone()} {onchange} />{" "}{&props.view.unit}</label>
    }
}
