//! What is asked of the solver: targets, confidence, range, money, rules, start, locks.

use crate::platform::event;
use crate::state::{Action, Asking};
use crate::text::number;
use crate::text::solver as words;
use crate::view_model::solver::{Choice, SolverView};
use std::rc::Rc;
use yew::prelude::*;

/// The panel and where actions go.
#[derive(Properties, PartialEq)]
pub struct SolverAskProps {
    /// What is shown.
    pub view: Rc<SolverView>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The upper part of the panel.
#[component]
pub fn SolverAsk(props: &SolverAskProps) -> Html {
    let view = &props.view;
    html! {
        <section class="ask">
            <fieldset>
                <legend>{words::TARGETS}</legend>
                if view.targets.is_empty() {
                    <p class="muted">{words::NO_TARGETS}</p>
                }
                <div class="toggles">{for view.targets.iter().map(|choice| {
                    let (asking, target) = (view.asking.clone(), choice.target);
                    let onclick = props.on.reform(move |_: MouseEvent| {
                        let mut asking = asking.clone();
                        if !asking.targets.remove(&target) {
                            asking.targets.insert(target);
                        }
                        Action::AskingChanged(asking)
                    });
                    html! {
                        <button class="toggle" data-ask-target={choice.id.clone()} aria-pressed={choice.is_chosen.to_string()} {onclick}>
                            {&choice.label}{" "}<span class="num">{&choice.wanted}</span>
                        </button>
                    }
                })}</div>
            </fieldset>
            <div class="terms">
                {choices(props, words::CONFIDENCE, "confidence", &view.confidences, |asking, confidence| Asking { confidence, ..asking })}
                {choices(props, words::RANGE, "reach", &view.reaches, |asking, reach| Asking { reach, ..asking })}
                {choices(props, words::RULES, "rules", &rules(view), |asking, keeps_rules| Asking { keeps_rules, ..asking })}
                {choices(props, words::START, "start", &view.starts, |asking, start_quarters| Asking { start_quarters, ..asking })}
                {money(props)}
                {may_cut(props)}
            </div>
            <p class="locks">
                <b>{words::LOCKS}</b>{" "}
                if view.locks.is_empty() {
                    <span class="muted">{words::NO_LOCKS}</span>
                }
                {for view.locks.iter().map(|(lever, label)| {
                    let lever = *lever;
                    let onclick = props.on.reform(move |_: MouseEvent| Action::LockToggled(lever));
                    html! { <button class="toggle" aria-pressed="true" title={words::UNLOCK} {onclick}>{label}{" ✕"}</button> }
                })}
            </p>
        </section>
    }
}

fn rules(view: &SolverView) -> [Choice<bool>; 2] {
    [(true, words::KEEP_RULES), (false, words::LEAVE_RULES)].map(|(value, label)| Choice {
        value,
        label: label.to_owned(),
        hint: "",
        is_chosen: view.asking.keeps_rules == value,
    })
}

/// A row of buttons of which one is chosen.
fn choices<T: Clone + 'static>(
    props: &SolverAskProps,
    name: &'static str,
    key: &'static str,
    all: &[Choice<T>],
    with: fn(Asking, T) -> Asking,
) -> Html {
    html! {
        <div class="term" role="radiogroup" aria-label={name} data-term={key}>
            <span class="name">{name}</span>
            <span class="segments">{for all.iter().map(|choice| {
                let (asking, value) = (props.view.asking.clone(), choice.value.clone());
                let onclick = props.on.reform(move |_: MouseEvent| {
                    Action::AskingChanged(with(asking.clone(), value.clone()))
                });
                html! {
                    <button class="segment" role="radio" aria-checked={choice.is_chosen.to_string()}
                        title={choice.hint} {onclick}>{&choice.label}</button>
                }
            })}</span>
        </div>
    }
}

fn may_cut(props: &SolverAskProps) -> Html {
    let asking = props.view.asking.clone();
    let checked = asking.may_cut;
    let onchange = props.on.reform(move |_: Event| {
        Action::AskingChanged(Asking {
            may_cut: !asking.may_cut,
            ..asking.clone()
        })
    });
    html! {
        <label class="term" title={words::MAY_CUT_HINT} data-term="cut">
            <input type="checkbox" {checked} {onchange} />{" "}{words::MAY_CUT}
        </label>
    }
}

fn money(props: &SolverAskProps) -> Html {
    let view = &props.view;
    let onchange = {
        let (asking, unit) = (view.asking.clone(), view.money_unit.clone());
        props.on.reform(move |change: Event| {
            let text = event::text(&change);
            let amount = number::parse(&text, &unit).filter(|amount| *amount >= 0.0);
            let money = amount.map(|amount| libm::round(amount) as u32);
            Action::AskingChanged(Asking {
                money,
                ..asking.clone()
            })
        })
    };
    html! {
        <div class="term">
            <label class="name" for="solver-money">{words::MONEY}</label>
            <input id="solver-money" type="text" inputmode="decimal" size="6" placeholder={words::NO_LIMIT}
                value={view.money.clone()} {onchange} />{" "}<span class="unit">{&view.money_unit}</span>
        </div>
    }
}
