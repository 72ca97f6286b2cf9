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

/// All messages; they take room of their own and lie over nothing.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    html! {
        <div class="notices" aria-live="polite">
            {for props.rows.iter().map(|row| html! {
                <NoticeCard key={row.message.text.clone()} row={row.clone()} on={props.on.clone()} on_aside={props.on_aside.clone()} />
            })}
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NoticeCardProps {
    row: NoticeRow,
    on: Callback<Action>,
    on_aside: Callback<AsideAnswer>,
}

/// One message, until it is dismissed or, where nothing is to be decided, for a while.
#[component]
fn NoticeCard(props: &NoticeCardProps) -> Html {
    let row = &props.row;
    let dismissed = Action::NoticeDismissed(row.notice.clone());
    {
        let (on, dismissed) = (props.on.clone(), dismissed.clone());
        use_effect_with(row.notice.clone(), {
            let closes = row.closes;
            move |_| {
                let delay = closes.then(|| timer::after(SHOWN_MS, move || on.emit(dismissed)));
                move || drop(delay)
            }
        });
    }
    let dismiss = {
        let (on, dismissed) = (props.on.clone(), dismissed.clone());
        Callback::from(move |_: MouseEvent| on.emit(dismissed.clone()))
    };
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
                {for row.answers.iter().map(|(words, answer)| button(props, words, answer))}
                <button class="button" data-action="dismiss" onclick={dismiss}>{WORDS.close}</button>
            </div>
        </div>
    }
}

fn button(props: &NoticeCardProps, words: &'static str, answer: &Answer) -> Html {
    let (on, on_aside) = (props.on.clone(), props.on_aside.clone());
    let dismissed = Action::NoticeDismissed(props.row.notice.clone());
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
