//! The page's first sentence: the whole answer.

use crate::state::Action;
use crate::text::notice;
use crate::text::page::{WORDS, labelled};
use crate::text::solver;
use std::collections::BTreeSet;
use yew::prelude::*;

/// The sentence.
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// What is reached at what chance, what levers can still change, what the plan changes.
    pub summary: AttrValue,
    /// Whether the chances in it are of the scenario that is shown.
    pub is_current: bool,
    /// Said where the scenario was made with other data; empty otherwise.
    pub origin: AttrValue,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The line under the bar, and the way to what it would take.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let solve = props
        .on
        .reform(|_: MouseEvent| Action::SolverOpened(BTreeSet::new()));
    let seen = props.on.reform(|_: MouseEvent| Action::OriginSeen);
    html! {
        <section class="answer-line" aria-label={WORDS.answer} data-current={props.is_current.to_string()}>
            <p class="summary">{&props.summary}</p>
            if !props.origin.is_empty() {
                <p class="origin" title={props.origin.clone()} data-origin="">
                    {notice::OTHER_DATA}
                    <button class="button small" data-action="origin-seen" aria-label={labelled(notice::OTHER_DATA, notice::OTHER_DATA_SEEN)}
                        onclick={seen}>{notice::OTHER_DATA_SEEN}</button>
                </p>
            }
            <button class="button primary" data-action="solver" onclick={solve}>{solver::TITLE}</button>
        </section>
    }
}
