//! The page's first sentence: the whole answer.

use crate::state::Action;
use crate::text::page::WORDS;
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
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The line under the bar, and the way to what it would take.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let solve = props
        .on
        .reform(|_: MouseEvent| Action::SolverOpened(BTreeSet::new()));
    html! {
        <section class="answer-line" aria-label={WORDS.answer} data-current={props.is_current.to_string()}>
            <p class="summary">{&props.summary}</p>
            <button class="button primary" data-action="solver" onclick={solve}>{solver::TITLE}</button>
        </section>
    }
}
