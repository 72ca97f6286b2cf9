//! The page in its three states: waiting, failed, ready.

use super::failed::Failed;
use super::load::{self, Site};
use super::main_page::MainPage;
use super::waiting::Waiting;
use crate::platform::{fonts, fragment, task};
use crate::state::link_to;
use crate::text::page::WORDS;
use crate::view_model::rows::Message;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone)]
enum Stage {
    Waiting,
    /// What is wrong, and what was shown before, by which attempt.
    Failed(Rc<[Message]>, Option<(Site, u32)>),
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
    // What was shown last; there is a way back to it where another place cannot be shown.
    let shown = use_mut_ref(|| None::<(Site, u32)>);
    {
        let (stage, shown) = (stage.clone(), shown.clone());
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
                    Ok(site) => {
                        shown.replace(Some((site.clone(), attempt)));
                        Stage::Ready(site, attempt)
                    }
                    Err(messages) => Stage::Failed(messages.into(), shown.borrow().clone()),
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
        Stage::Failed(messages, before) => {
            let back = before.clone().map(|(site, attempt)| {
                let place =
                    AttrValue::from(site.session.machine.bound.pack().meta.place.zh.clone());
                let stage = stage.clone();
                let back = Callback::from(move |()| {
                    fragment::write_now(&link_to(&site.session.state.catalogue.pack_id));
                    stage.set(Stage::Ready(site.clone(), attempt));
                });
                (place, back)
            });
            html! { <Failed messages={messages.clone()} on_retry={retry} {back} /> }
        }
        Stage::Ready(site, attempt) => html! {
            <MainPage key={*attempt} session={super::main_page::Opening(site.session.clone())}
                materials={site.materials.clone()}
                packs={site.packs.clone()} {on_link} />
        },
    }
}
