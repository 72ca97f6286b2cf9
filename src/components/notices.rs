//! Messages to the user, one at a time, and what screen readers hear once things rest.

use crate::platform::timer;
use crate::state::Action;
use crate::text::page::WORDS;
use crate::view_model::rows::Message;
use std::rc::Rc;
use yew::prelude::*;

/// Rest before a change is spoken.
const REST_MS: u32 = 600;

/// Messages, oldest first.
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// What there is to say.
    pub messages: Rc<[Message]>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The oldest message, until it is dismissed.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let dismiss = props.on.reform(|_: MouseEvent| Action::NoticeDismissed);
    html! {
        <div class="notices" aria-live="polite">
            if let Some(message) = props.messages.first() {
                <div class={classes!("notice", message.class)}>
                    <div>
                        <p>{&message.text}</p>
                        if !message.next.is_empty() {
                            <p class="next">{&message.next}</p>
                        }
                    </div>
                    <button class="button" onclick={dismiss}>{WORDS.close}</button>
                </div>
            }
        </div>
    }
}

/// A sentence for screen readers.
#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// What is true now.
    pub text: AttrValue,
}

/// Says a changed sentence 600 ms after its last change, not during a drag.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    let said = use_state_eq(|| AttrValue::Static(""));
    {
        let said = said.clone();
        use_effect_with(props.text.clone(), move |text| {
            let text = text.clone();
            let delay = timer::after(REST_MS, move || said.set(text));
            move || drop(delay)
        });
    }
    html! { <p class="sr-only" role="status" aria-live="polite" data-live="">{&*said}</p> }
}
