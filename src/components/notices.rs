//! Messages to the user, one under the other in a row of the page of their own, and what screen readers hear
//! once things rest.

use crate::platform::timer;
use crate::state::{Action, AsideAnswer};
use crate::text::page::WORDS;
use crate::view_model::notices::{Answer, NoticeRow};
use std::rc::Rc;
use yew::prelude::*;

/// Rest before a change is spoken.
const REST_MS: u32 = 600;

/// How long a message stays that asks for nothing.
const SHOWN_MS: u32 = 12_000;

/// Messages, oldest first.
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// What there is to say.
    pub rows: Rc<[NoticeRow]>,
    /// Where actions go.
    pub on: Callback<Action>,
    /// Where answers about scenarios kept aside go.
    pub on_aside: Callback<AsideAnswer>,
}

/// All messages; they take room of their own and lie over nothing. Where nothing is to be decided, the oldest goes by
/// itself, then the next.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let closing = props.rows.iter().find(|row| row.closes);
    let closing = closing.map(|row| row.notice.clone());
    {
        let on = props.on.clone();
        use_effect_with(closing, move |closing| {
            let delay = closing.clone().map(|notice| {
                timer::after(SHOWN_MS, move || on.emit(Action::NoticeDismissed(notice)))
            });
            move || drop(delay)
        });
    }
    html! {
        <div class="notices" aria-live="polite">
            {for props.rows.iter().map(|row| card(props, row))}
        </div>
    }
}

fn card(props: &NoticesProps, row: &NoticeRow) -> Html {
    let dismissed = Action::NoticeDismissed(row.notice.clone());
    let on = props.on.clone();
    let dismiss = Callback::from(move |_: MouseEvent| on.emit(dismissed.clone()));
    let message = &row.message;
    html! {
        <div class={classes!("notice", message.class)}>
            <div>
                <p>{&message.text}</p>
                if !row.lines.is_empty() {
                    <ul>{for row.lines.iter().map(|line| html! { <li>{line}</li> })}</ul>
                }
                if !message.next.is_empty() {
                    <p class="next">{&message.next}</p>
                }
            </div>
            <div class="answers">
                {for row.answers.iter().map(|(words, answer)| button(props, row, words, answer))}
                <button class="button" data-action="dismiss" onclick={dismiss}>{WORDS.close}</button>
            </div>
        </div>
    }
}

fn button(props: &NoticesProps, row: &NoticeRow, words: &'static str, answer: &Answer) -> Html {
    let (on, on_aside) = (props.on.clone(), props.on_aside.clone());
    let dismissed = Action::NoticeDismissed(row.notice.clone());
    let (name, answer) = match answer {
        Answer::Act(_) => ("act", answer.clone()),
        Answer::Aside(AsideAnswer::Open) => ("aside-open", answer.clone()),
        Answer::Aside(AsideAnswer::Save) => ("aside-save", answer.clone()),
        Answer::Aside(AsideAnswer::Drop) => ("aside-drop", answer.clone()),
    };
    let onclick = Callback::from(move |_: MouseEvent| match &answer {
        Answer::Act(action) => {
            on.emit(action.clone());
            on.emit(dismissed.clone());
        }
        Answer::Aside(answer) => on_aside.emit(*answer),
    });
    html! { <button class="button" data-action={name} {onclick}>{words}</button> }
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
