//! What is shown while files are read, once that takes a moment.

use crate::platform::timer;
use yew::prelude::*;

/// Before the waiting is shown; most loads end sooner.
const PATIENCE_MS: u32 = 300;

/// What is waited for.
#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    /// In words.
    pub text: &'static str,
}

/// A line and a bar without end.
#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    let late = use_state_eq(|| false);
    {
        let late = late.clone();
        use_effect_with((), move |()| {
            let delay = timer::after(PATIENCE_MS, move || late.set(true));
            move || drop(delay)
        });
    }
    html! {
        <div class={classes!("waiting", (!*late).then_some("early"))} role="status">
            <p>{props.text}</p>
            <progress aria-label={props.text}></progress>
        </div>
    }
}
