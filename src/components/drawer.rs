//! A dialog at the side of the page: keeps the focus, closes with Esc, its button or a click
//! beside it, and gives the focus back.

use crate::platform::{dialog, event};
use crate::state::Action;
use crate::text::page::WORDS;
use yew::prelude::*;

/// Title, content and where it stands.
#[derive(Properties, PartialEq)]
pub struct DrawerFrameProps {
    /// Title.
    pub title: AttrValue,
    /// Content.
    pub children: Html,
    /// `left` over the levers, `wide`, or nothing.
    #[prop_or_default]
    pub class: Classes,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// An open drawer.
#[component]
pub fn DrawerFrame(props: &DrawerFrameProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let element = node.cast();
            if let Some(element) = &element {
                dialog::open(element);
            }
            move || {
                if let Some(element) = &element {
                    dialog::close(element);
                }
            }
        });
    }
    let close = props.on.reform(|_: MouseEvent| Action::DrawerClosed);
    let oncancel = props.on.reform(|cancel: Event| {
        cancel.prevent_default();
        Action::DrawerClosed
    });
    let onmousedown = {
        let (node, on) = (node.clone(), props.on.clone());
        Callback::from(move |press: MouseEvent| {
            if node
                .cast()
                .is_some_and(|element| event::on_itself(&press, &element))
            {
                on.emit(Action::DrawerClosed);
            }
        })
    };
    html! {
        <dialog class={classes!("drawer", props.class.clone())} ref={node} aria-label={props.title.clone()} {oncancel} {onmousedown}>
            <div class="frame">
                <div class="title">
                    <h2>{&props.title}</h2>
                    <button class="icon-button" data-action="close" aria-label={WORDS.close} title={WORDS.close} onclick={close}>{"✕"}</button>
                </div>
                <div class="content">{props.children.clone()}</div>
            </div>
        </dialog>
    }
}
