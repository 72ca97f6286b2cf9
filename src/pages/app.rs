//! The page in its three states: waiting, failed, ready.

use super::failed::Failed;
use super::load::{self, Site};
use super::main_page::MainPage;
use super::waiting::Waiting;
use crate::platform::{fonts, task};
use crate::text::page::WORDS;
use crate::view_model::rows::Message;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone)]
enum Stage {
    Waiting,
    Failed(Rc<[Message]>),
    /// What is shown, and by which attempt: another pack is another page.
    Ready(Site, u32),
}

/// What to load; only the latest attempt is shown.
#[derive(Clone, Default, PartialEq)]
struct Wanted {
    attempt: u32,
    /// Link to a pack; `None` opens what the address says.
    link: Option<String>,
}

enum Ask {
    Again,
    Open(String),
}

impl Reducible for Wanted {
    type Action = Ask;

    fn reduce(self: Rc<Self>, ask: Ask) -> Rc<Self> {
        let link = match ask {
            Ask::Again => self.link.clone(),
            Ask::Open(link) => Some(link),
        };
        let attempt = self.attempt + 1;
        Rc::new(Self { attempt, link })
    }
}

/// Loads a pack of the site, then shows it, until another one is asked for.
#[component]
pub fn App() -> Html {
    let stage = use_state(|| Stage::Waiting);
    let wanted = use_reducer(Wanted::default);
    let latest = use_mut_ref(|| 0_u32);
    {
        let stage = stage.clone();
        use_effect_with((*wanted).clone(), move |Wanted { attempt, link }| {
            let (attempt, link) = (*attempt, link.clone());
            latest.replace(attempt);
            task::start(async move {
                fonts::ready().await;
                let loaded = load::site(link, || *latest.borrow() == attempt).await;
                if *latest.borrow() != attempt {
                    return;
                }
                stage.set(match loaded {
                    Ok(site) => Stage::Ready(site, attempt),
                    Err(messages) => Stage::Failed(messages.into()),
                });
            });
        });
    }
    let retry = {
        let (stage, dispatcher) = (stage.clone(), wanted.dispatcher());
        Callback::from(move |()| {
            stage.set(Stage::Waiting);
            dispatcher.dispatch(Ask::Again);
        })
    };
    let on_link = {
        let dispatcher = wanted.dispatcher();
        use_callback((), move |link, ()| dispatcher.dispatch(Ask::Open(link)))
    };
    match &*stage {
        Stage::Waiting => html! { <main><Waiting text={WORDS.loading} /></main> },
        Stage::Failed(messages) => {
            html! { <Failed messages={messages.clone()} on_retry={retry} /> }
        }
        Stage::Ready(site, attempt) => html! {
            <MainPage key={*attempt} session={super::main_page::Opening(site.session.clone())}
                materials={site.materials.clone()}
                packs={site.packs.clone()} {on_link} />
        },
    }
}
