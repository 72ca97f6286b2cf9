//! Money year by year and the rules a scenario is checked against.

use super::reference_links::ReferenceTo;
use super::rule_list::RuleList;
use super::track::percent;
use crate::state::Action;
use crate::text::page::WORDS;
use crate::view_model::rows::{MoneyStrip, MoneyYear};
use crate::view_model::rules::RuleRow;
use std::rc::Rc;
use yew::prelude::*;

/// Money and rules.
#[derive(Properties, PartialEq)]
pub struct MoneyAndRulesProps {
    /// Money.
    pub money: Rc<MoneyStrip>,
    /// Rules.
    pub rules: Rc<[Rc<RuleRow>]>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// Two cards: bars of money, lamps of rules.
#[component]
pub fn MoneyAndRules(props: &MoneyAndRulesProps) -> Html {
    html! {
        <>
            <section class="card">
                <h2>{WORDS.money}</h2>
                <p class={classes!("light", props.money.class)}>{&props.money.summary}</p>
                {for props.money.years.iter().map(year)}
                {references(&props.money)}
            </section>
            <section class="card">
                <h2>{WORDS.rules}</h2>
                <RuleList rows={props.rules.clone()} on={props.on.clone()} />
            </section>
        </>
    }
}

fn references(money: &MoneyStrip) -> Html {
    let anchors = money.anchors().into_iter();
    html! {
        <p class="reference-links">
            {for anchors.map(|(name, anchor)| html! { <span>{name}{" "}<ReferenceTo {anchor} of={name} /></span> })}
        </p>
    }
}

fn year(year: &MoneyYear) -> Html {
    let covered = percent(year.covered_fraction);
    html! {
        <div class="money-year">
            <span class="year num">{year.year}</span>
            <svg role="presentation">
                <rect class="bar-covered" x="0" y="2" height="10" width={covered.clone()} />
                <rect class="bar-gap" x={covered} y="2" height="10" width={percent(year.gap_fraction)} fill="url(#hatch-gap)" />
                <line class="bar-available" x1={percent(year.available_fraction)} x2={percent(year.available_fraction)} y1="0" y2="14" />
            </svg>
            <span class="words">{money_words(year)}</span>
        </div>
    }
}

fn money_words(year: &MoneyYear) -> Html {
    html! {
        <>
            {WORDS.money_cost}{" "}<b class="num">{&year.cost}</b>
            {" · "}{WORDS.money_available}{" "}<b class="num">{&year.available}</b>
            if !year.gap.is_empty() {
                {" · "}<b class="light miss num">{WORDS.money_gap}{" "}{&year.gap}</b>
            }
        </>
    }
}
