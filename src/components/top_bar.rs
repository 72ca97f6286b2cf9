//! Title, place, scenario name, undo, comparison and help.

use super::pack_choice::PackChoice;
use crate::platform::{event, page};
use crate::protocol::PackEntry;
use crate::state::{Action, Drawer, Page, View};
use crate::text::credibility;
use crate::text::monitoring;
use crate::text::page::{WORDS, labelled};
use std::rc::Rc;
use yew::prelude::*;

/// What the bar shows.
#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    /// Title of the pack.
    pub title: AttrValue,
    /// Packs of the site.
    pub packs: Rc<[PackEntry]>,
    /// Called with the id of another pack.
    pub on_pack: Callback<String>,
    /// Id of the pack shown.
    pub pack: AttrValue,
    /// Name the user gave, empty for none.
    pub name: AttrValue,
    /// Name shown where none was given.
    pub default_name: AttrValue,
    /// What undo would take back.
    pub undo: Option<AttrValue>,
    /// What redo would bring back.
    pub redo: Option<AttrValue>,
    /// Years that targets may be looked at in, and whether each is the one.
    pub years: Rc<[(i32, bool)]>,
    /// Whether there is a monitoring table.
    pub monitoring: bool,
    /// Whether there is anything to set back.
    pub changed: bool,
    /// Preferences.
    pub view: View,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The bar at the head of the page; on a phone the name and the buttons fold into a menu, which the name
/// therefore follows.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let open = use_state_eq(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let rename = props
        .on
        .reform(|change: Event| Action::Renamed(event::text(&change)));
    html! {
        <header class="top-bar">
            <h1>{&props.title}</h1>
            <PackChoice packs={props.packs.clone()} shown={props.pack.clone()} on_choose={props.on_pack.clone()} />
            {years(props)}
            <button class="icon-button more-actions" onclick={toggle} aria-expanded={open.to_string()}
                aria-label={WORDS.more}>{"⋯"}</button>
            <div class="scenario">
                <label for="scenario-name">{WORDS.scenario}</label>
                <input id="scenario-name" type="text" maxlength="40" autocomplete="off" value={props.name.clone()}
                    placeholder={props.default_name.clone()} onchange={rename} />
            </div>
            <div class={classes!("actions", open.then_some("open"))}>
                {history_buttons(props)}
                {view_buttons(props)}
            </div>
        </header>
    }
}

/// The year that targets are looked at in.
fn years(props: &TopBarProps) -> Html {
    html! {
        <div class="years" role="radiogroup" aria-label={WORDS.target_year}>
            <span class="name" aria-hidden="true">{WORDS.target_year}</span>
            {for props.years.iter().map(|(year, is_chosen)| {
                let year = *year;
                let onclick = props.on.reform(move |_: MouseEvent| Action::YearChosen(year));
                html! {
                    <button class="segment num" role="radio" aria-checked={is_chosen.to_string()} data-year={year.to_string()}
                        {onclick}>{year}</button>
                }
            })}
        </div>
    }
}

fn history_buttons(props: &TopBarProps) -> Html {
    let on = |action: Action| props.on.reform(move |_: MouseEvent| action.clone());
    let undo = named(WORDS.undo, props.undo.as_ref());
    let redo = named(WORDS.redo, props.redo.as_ref());
    html! {
        <>
            <button class="icon-button" data-action="undo" disabled={props.undo.is_none()} title={undo.clone()}
                aria-label={undo} onclick={on(Action::Undo)}>{"↶"}</button>
            <button class="icon-button" data-action="redo" disabled={props.redo.is_none()} title={redo.clone()}
                aria-label={redo} onclick={on(Action::Redo)}>{"↷"}</button>
            <button class="icon-button" data-action="reset" disabled={!props.changed} title={WORDS.reset_all}
                aria-label={WORDS.reset_all} onclick={on(Action::ResetAll)}>{"↺"}</button>
        </>
    }
}

/// A button's word with the step it would take.
fn named(word: &'static str, step: Option<&AttrValue>) -> String {
    step.map_or(word.to_owned(), |step| labelled(word, step))
}

fn view_buttons(props: &TopBarProps) -> Html {
    let on = |action: Action| props.on.reform(move |_: MouseEvent| action.clone());
    let View {
        compare_baseline,
        large_text,
        ..
    } = props.view;
    html! {
        <>
            <button class="button" data-action="compare" aria-pressed={compare_baseline.to_string()}
                onclick={on(Action::CompareBaseline(!compare_baseline))}>{WORDS.compare}</button>
            <button class="button" data-action="large" aria-pressed={large_text.to_string()}
                onclick={on(Action::LargeText(!large_text))}>{WORDS.large}</button>
            <button class="button" data-action="credibility"
                onclick={on(Action::PageShown(Page::Credibility))}>{credibility::TITLE}</button>
            if props.monitoring {
                <button class="button" data-action="monitoring"
                    onclick={on(Action::DrawerOpened(Drawer::Monitoring))}>{monitoring::BUTTON}</button>
            }
            <button class="button optional" data-action="history"
                onclick={on(Action::DrawerOpened(Drawer::History))}>{WORDS.history}</button>
            <button class="button optional" data-action="print"
                onclick={Callback::from(|_: MouseEvent| page::print())}>{WORDS.print}</button>
            <button class="button" data-action="help" onclick={on(Action::DrawerOpened(Drawer::Help))}>{WORDS.help}</button>
        </>
    }
}
