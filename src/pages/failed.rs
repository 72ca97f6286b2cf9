//! Why nothing can be shown, where the fault is and what to do.

use crate::text::notice;
use crate::text::page::WORDS;
use crate::view_model::rows::Message;
use std::rc::Rc;
use yew::prelude::*;

/// The faults and the way to try again.
#[derive(Properties, PartialEq)]
pub struct FailedProps {
    /// What was found.
    pub messages: Rc<[Message]>,
    /// Tries again.
    pub on_retry: Callback<()>,
    /// The place that was shown before, and the way back to it; none where there was none.
    #[prop_or_default]
    pub back: Option<(AttrValue, Callback<()>)>,
}

/// The page instead of the page; it shows no number.
#[component]
pub fn Failed(props: &FailedProps) -> Html {
    let retry = props.on_retry.reform(|_: MouseEvent| ());
    html! {
        <main class="failed refusal" role="alert">
            <h1>{WORDS.failed}</h1>
            <p>{WORDS.failed_lead}</p>
            {list(&props.messages)}
            <button class="button primary" data-action="retry" onclick={retry}>{WORDS.retry}</button>
            {for props.back.as_ref().map(|(place, on)| html! {
                <button class="button" data-action="back" onclick={on.reform(|_: MouseEvent| ())}>{notice::back_to(place)}</button>
            })}
        </main>
    }
}

/// Messages, each with a next step and its place.
pub(super) fn list(messages: &[Message]) -> Html {
    html! {
        <ol>
            {for messages.iter().map(|message| html! {
                <li class={message.class}>
                    <p>{&message.text}</p>
                    if !message.next.is_empty() {
                        <p class="next">{&message.next}</p>
                    }
                    if !message.place.is_empty() {
                        <p class="place">{&message.place}</p>
                    }
                </li>
            })}
        </ol>
    }
}
