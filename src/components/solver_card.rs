//! One answer of the solver: its sentence, numbers, levers, and what may be done with it.

use crate::protocol::inquiry::Kind;
use crate::state::Action;
use crate::text::page::labelled;
use crate::text::solver as words;
use crate::view_model::solver::Card;
use std::rc::Rc;
use yew::prelude::*;

/// An answer and where actions go.
#[derive(Properties, PartialEq)]
pub struct SolverCardProps {
    /// The answer.
    pub card: Rc<Card>,
    /// The scenario at hand.
    pub now: Option<Rc<Card>>,
    /// In place of the card's own title.
    #[prop_or_default]
    pub title: Option<&'static str>,
    /// Where actions go.
    pub on: Callback<Action>,
    /// Puts the answer away; answers without it stay.
    #[prop_or_default]
    pub on_discard: Option<Callback<Kind>>,
}

/// A card.
#[component]
pub fn SolverCard(props: &SolverCardProps) -> Html {
    let card = &props.card;
    let is_compared = use_state_eq(|| false);
    let compare = {
        let is_compared = is_compared.clone();
        Callback::from(move |_: MouseEvent| is_compared.set(!*is_compared))
    };
    let apply = {
        let scenario = card.scenario.clone();
        props
            .on
            .reform(move |_: MouseEvent| Action::Applied(scenario.clone()))
    };
    html! {
        <article class="answer" data-answer={format!("{:?}", card.kind)} data-chance={card.chance.clone()}>
            <h3>{props.title.unwrap_or(card.title)}{" "}<span class="muted">{card.hint}</span></h3>
            <p class="chance"><span class="big num">{&card.chance}</span>{" "}<span class="muted">{card.chance_words}</span></p>
            <p class="sentence">{&card.sentence}</p>
            if !card.same.is_empty() {
                <p class="muted">{&card.same}</p>
            }
            {numbers(card)}
            {levers(card)}
            if let Some(now) = props.now.as_ref().filter(|_| *is_compared) {
                {compared(card, now)}
            }
            <p class="actions">
                <button class="button primary" data-action="apply" disabled={card.is_applied} onclick={apply}>
                    {if card.is_applied { words::APPLIED } else { words::APPLY }}
                </button>
                if props.now.is_some() {
                    <button class="button" data-action="compare-answer" aria-expanded={is_compared.to_string()} onclick={compare}>
                        {if *is_compared { words::HIDE_COMPARE } else { words::COMPARE }}
                    </button>
                }
                {discard(props)}
            </p>
        </article>
    }
}

fn discard(props: &SolverCardProps) -> Html {
    let kind = props.card.kind;
    match &props.on_discard {
        Some(on) => {
            let onclick = on.reform(move |_: MouseEvent| kind);
            html! { <button class="button" data-action="discard" {onclick}>{words::DISCARD}</button> }
        }
        None => Html::default(),
    }
}

fn numbers(card: &Card) -> Html {
    html! {
        <dl>
            <dt>{words::COST}</dt><dd class="num">{&card.cost}</dd>
            if !card.largest.is_empty() {
                <dt>{words::LARGEST}</dt><dd class="num">{&card.largest}</dd>
            }
            <dt title={words::MOVEMENT_HINT}>{words::MOVEMENT}</dt><dd class="num">{&card.movement}</dd>
            {for card.targets.iter().map(|line| html! {
                <>
                    <dt>{&line.label}</dt>
                    <dd class="num">{&line.value}{" / "}{&line.wanted}{" "}<b>{&line.chance}</b></dd>
                </>
            })}
            if !card.per_point.is_empty() {
                <dd class="whole muted">{&card.per_point}</dd>
            }
        </dl>
    }
}

fn levers(card: &Card) -> Html {
    if card.levers.is_empty() {
        return html! { <p>{words::NOTHING_MOVED}</p> };
    }
    html! {
        <table class="moves">
            <thead><tr><th scope="col">{words::LEVER}</th><th scope="col">{words::FROM}</th><th scope="col">{words::TO}</th></tr></thead>
            <tbody>{for card.levers.iter().map(|lever| html! {
                <tr key={lever.id.clone()} data-moved={lever.id.clone()}>
                    <th scope="row">{&lever.label}
                        if lever.is_locked {
                            {" "}<span class="chip">{words::LOCKED}</span>
                        }
                    </th>
                    <td class="num">{&lever.from}</td><td class="num"><b>{&lever.to}</b></td>
                </tr>
            })}</tbody>
        </table>
    }
}

/// The answer beside the scenario at hand: chance, cost, and every lever that either moves.
fn compared(card: &Card, now: &Card) -> Html {
    let row = |name: &str, now: String, then: String| {
        html! { <tr><th scope="row">{name}</th><td class="num">{now}</td><td class="num"><b>{then}</b></td></tr> }
    };
    let other = now
        .levers
        .iter()
        .filter(|l| !card.levers.iter().any(|own| own.id == l.id));
    html! {
        <table class="moves" aria-label={words::COMPARE}>
            <thead><tr><th></th><th scope="col">{words::CURRENT}</th><th scope="col">{words::THIS}</th></tr></thead>
            <tbody>
                {row(words::CHANCE, now.chance.clone(), card.chance.clone())}
                {for card.targets.iter().zip(&now.targets).map(|(then, now)| {
                    row(&then.label, labelled(&now.value, &now.chance), labelled(&then.value, &then.chance))
                })}
                {row(words::COST, now.cost.clone(), card.cost.clone())}
                {row(words::MOVEMENT, now.movement.clone(), card.movement.clone())}
                {for card.levers.iter().map(|lever| row(&lever.label, lever.now.clone(), lever.to.clone()))}
                {for other.map(|lever| row(&lever.label, lever.to.clone(), lever.from.clone()))}
            </tbody>
        </table>
    }
}
