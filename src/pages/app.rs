//! The page in its three states: waiting, failed, ready.

use super::failed::Failed;
use super::load;
use super::main_page::MainPage;
use super::session::Session;
use crate::platform::{fonts, task, timer};
use crate::text::page::WORDS;
use crate::view_model::rows::Message;
use std::rc::Rc;
use yew::prelude::*;

/// Before the waiting is shown; most loads end sooner.
const PATIENCE_MS: u32 = 300;

#[derive(Clone)]
enum Stage {
    Waiting,
    Failed(Rc<[Message]>),
    Ready(Rc<Session>),
}

/// Loads the first pack of the site, then shows it.
#[component]
pub fn App() -> Html {
    let stage = use_state(|| Stage::Waiting);
    let attempt = use_state_eq(|| 0_u32);
    {
        let stage = stage.clone();
        use_effect_with(*attempt, move |_| {
            task::start(async move {
                fonts::ready().await;
                stage.set(match load::session().await {
                    Ok(session) => Stage::Ready(session),
                    Err(messages) => Stage::Failed(messages.into()),
                });
            });
        });
    }
    let retry = {
        let (stage, attempt) = (stage.clone(), attempt.clone());
        Callback::from(move |()| {
            stage.set(Stage::Waiting);
            attempt.set(*attempt + 1);
        })
    };
    match &*stage {
        Stage::Waiting => html! { <Waiting /> },
        Stage::Failed(messages) => {
            html! { <Failed messages={messages.clone()} on_retry={retry} /> }
        }
        Stage::Ready(session) => {
            html! { <MainPage session={super::main_page::Opening(session.clone())} /> }
        }
    }
}

/// What is shown while files are read, once that takes a moment.
#[component]
fn Waiting() -> Html {
    let late = use_state_eq(|| false);
    {
        let late = late.clone();
        use_effect_with((), move |()| {
            let delay = timer::after(PATIENCE_MS, move || late.set(true));
            move || drop(delay)
        });
    }
    html! {
        <main class={classes!("waiting", (!*late).then_some("early"))} role="status">
            <p>{WORDS.loading}</p>
            <progress aria-label={WORDS.loading}></progress>
        </main>
    }
}
