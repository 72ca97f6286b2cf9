//! What the scenario moves, in a sentence, and whether its money is there.

use crate::state::{Action, Drawer};
use crate::text::page::WORDS;
use yew::prelude::*;

/// The two sentences.
#[derive(Properties, PartialEq)]
pub struct WhyLineProps {
    /// What moved.
    pub summary: AttrValue,
    /// Money in words.
    pub money: AttrValue,
    /// `ok` or `miss`.
    pub money_class: AttrValue,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The line under the charts.
#[component]
pub fn WhyLine(props: &WhyLineProps) -> Html {
    let rules = props
        .on
        .reform(|_: MouseEvent| Action::DrawerOpened(Drawer::Rules));
    html! {
        <section class="why" aria-label={WORDS.why}>
            <p class="summary"><b>{WORDS.why}</b>{&props.summary}</p>
            <p class={classes!("money", props.money_class.to_string())}>{&props.money}</p>
            <button class="button rules-opener" data-action="rules" onclick={rules}>{WORDS.rules_button}</button>
        </section>
    }
}
