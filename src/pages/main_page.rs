//! The main page: session, kept scenario, keys, sizes of charts, drawers and messages.

use super::credibility::CredibilityPage;
use super::drawers;
use super::ensembles;
use super::inquiries;
use super::keeping;
use super::load::Materials;
use super::record::use_record;
use super::screen::Screen;
use super::session::{Event, Session};
use super::shortcuts;
use crate::components::notices::{LiveRegion, Notices};
use crate::components::reference_links::ReferenceFile;
use crate::platform::page;
use crate::protocol::PackEntry;
use crate::protocol::inquiry::Question;
use crate::state::{Action, Drawer, Page, link_to};
use crate::text::credibility::TITLE;
use crate::view_model::rows::ReferenceLink;
use crate::view_model::{reference, solver, why};
use std::rc::Rc;
use yew::prelude::*;

/// The session a page opens with; compared by identity.
#[derive(Clone)]
pub struct Opening(pub Rc<Session>);

impl PartialEq for Opening {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What the page opens with.
#[derive(Properties, PartialEq)]
pub struct MainPageProps {
    /// A session at its baseline.
    pub session: Opening,
    /// What its ensemble is made of.
    pub materials: Materials,
    /// Packs of the site.
    pub packs: Rc<[PackEntry]>,
    /// Takes a link to another pack.
    pub on_link: Callback<String>,
}

/// The main page.
#[component]
pub fn MainPage(props: &MainPageProps) -> Html {
    let session = {
        let opening = props.session.0.clone();
        use_reducer(move || (*opening).clone())
    };
    let on = {
        let dispatcher = session.dispatcher();
        use_callback((), move |action: Action, ()| {
            dispatcher.dispatch(Event::Acted(action));
        })
    };
    let on_told = {
        let dispatcher = session.dispatcher();
        use_callback((), move |standing, ()| {
            dispatcher.dispatch(Event::Told(standing))
        })
    };
    ensembles::use_ensembles(&session, &props.materials, &on_told);
    let solving = {
        let (machine, state) = (session.machine.clone(), session.state.clone());
        let is_open = state.drawer == Some(Drawer::Solver);
        let searches = state.searches;
        let question = move || Some(Question::Seek(solver::question(&machine.bound, &state)));
        inquiries::use_inquiry(&props.materials, is_open, searches, question)
    };
    let explaining = {
        let (machine, state) = (session.machine.clone(), session.state.clone());
        let of = match state.drawer {
            Some(Drawer::Why(of)) if !state.dragging() => Some(of),
            _ => None,
        };
        let moment = (state.generation, state.view.year);
        let ticket = of.map_or(0, |of| why::ticket(of, moment));
        let question = move || why::question(&machine.bound, &state, of?);
        inquiries::use_inquiry(&props.materials, of.is_some(), ticket, question)
    };
    let questions = drawers::Questions {
        solving,
        explaining,
    };
    let enlarged = use_state_eq(|| None::<usize>);
    let pack = &session.machine.bound.pack().meta;
    let (on_aside, is_restoring) =
        keeping::use_kept_scenario(&session.state, &props.packs, &props.on_link, &on);
    shortcuts::use_shortcuts(&on);
    use_effect_with(session.state.view.large_text, |large| {
        page::set_class("large", *large);
    });
    let view = session.view.clone();
    let title = AttrValue::from(pack.title.zh.clone());
    use_effect_with(
        (
            session.state.page,
            view.scenario_name.clone(),
            title.clone(),
        ),
        |(page, name, title)| {
            let shown = match page {
                Page::Main => name,
                Page::Credibility => TITLE,
            };
            page::set_title(&format!("{shown} · {title}"));
        },
    );
    let file = session.machine.reference.clone();
    let reference = use_memo(file, |file| {
        Rc::<[ReferenceLink]>::from(reference::whole(file))
    });
    let on_pack = use_callback(props.on_link.clone(), |id: String, on_link| {
        on_link.emit(link_to(&id));
    });
    let on_enlarge = use_callback(enlarged.clone(), |place, enlarged| {
        enlarged.set((**enlarged != Some(place)).then_some(place));
    });
    let file = use_memo(session.machine.reference.clone(), |file| {
        ReferenceFile(Rc::from(file.as_str()))
    });
    let machine = &session.machine;
    let is_evidence = session.state.page == Page::Credibility;
    let (stage, on_retry) = use_record(machine, &props.materials, is_evidence);
    let shown = match session.state.page {
        Page::Credibility => {
            html! { <CredibilityPage {title} {stage} {on_retry} on={on.clone()} /> }
        }
        Page::Main => html! {
            <Screen {title} packs={props.packs.clone()} {on_pack} state={session.state.clone()} view={view.clone()} diamond={session.diamond.clone()}
                reference={Rc::clone(&*reference)} enlarged={*enlarged} {on_enlarge} on={on.clone()} />
        },
    };
    html! {
        <ContextProvider<ReferenceFile> context={(*file).clone()}>
            <main class={classes!("page", is_evidence.then_some("evidence-shown"), is_restoring.then_some("restoring"))}>
                {shown}
                {drawers::drawer(&session, &view, &questions, &on)}
                <Notices rows={view.notices.clone()} on={on.clone()} {on_aside} />
                <LiveRegion text={view.live.clone()} />
            </main>
        </ContextProvider<ReferenceFile>>
    }
}
