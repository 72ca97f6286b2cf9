//! The way to why, and the rule that the scenario breaks or else whether its money is there.

use crate::state::{Action, Drawer, WhyOf};
use crate::text::page::WORDS;
use crate::view_model::rules::RuleNotice;
use std::rc::Rc;
use yew::prelude::*;

/// The sentence.
#[derive(Properties, PartialEq)]
pub struct WhyLineProps {
    /// Money in words.
    pub money: AttrValue,
    /// `ok` or `miss`.
    pub money_class: AttrValue,
    /// Chart that is explained first.
    pub figure: usize,
    /// What levers broke; said in place of the money.
    pub broken: Rc<RuleNotice>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The line under the charts.
#[component]
pub fn WhyLine(props: &WhyLineProps) -> Html {
    let rules = props
        .on
        .reform(|_: MouseEvent| Action::DrawerOpened(Drawer::Rules));
    let of = WhyOf::Figure(props.figure);
    let why = props
        .on
        .reform(move |_: MouseEvent| Action::DrawerOpened(Drawer::Why(of)));
    let broken = &props.broken;
    html! {
        <section class="why" aria-label={WORDS.why}>
            <p class="opener"><button class="opens" data-action="why" onclick={why}>{WORDS.why}</button></p>
            if broken.text.is_empty() {
                <p class={classes!("money", props.money_class.to_string())}>{&props.money}</p>
            } else {
                <p class="money broken" data-broken=""><b>{&broken.text}{"。"}</b>{&broken.next}</p>
            }
            <button class="button rules-opener" data-action="rules" onclick={rules}>
                {WORDS.rules_button}
                if !broken.count.is_empty() {
                    {" "}<span class="light miss">{&broken.count}</span>
                }
            </button>
        </section>
    }
}
