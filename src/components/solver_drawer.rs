//! 怎样才能达到: what is asked, how the search stands, its answers or what stands in the way.

use super::drawer::DrawerFrame;
use super::solver_ask::SolverAsk;
use super::solver_card::SolverCard;
use crate::protocol::inquiry::Kind;
use crate::state::Action;
use crate::text::solver as words;
use crate::view_model::solver::{PartLine, Relax, ShortView, SolverView, Work};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// The panel and where actions go.
#[derive(Properties, PartialEq)]
pub struct SolverDrawerProps {
    /// What is shown.
    pub view: Rc<SolverView>,
    /// Which search it is; cards put away are those of one search.
    pub search: u64,
    /// Where actions go.
    pub on: Callback<Action>,
    /// Gives the search up.
    pub on_stop: Callback<()>,
}

/// The panel.
#[component]
pub fn SolverDrawer(props: &SolverDrawerProps) -> Html {
    let view = &props.view;
    let away = use_state_eq(|| (0_u64, BTreeSet::<usize>::new()));
    let on_discard = {
        let (away, search) = (away.clone(), props.search);
        Callback::from(move |kind: Kind| {
            let (of, mut kinds) = (*away).clone();
            if of != search {
                kinds.clear();
            }
            kinds.insert(kind as usize);
            away.set((search, kinds));
        })
    };
    let is_shown = |kind: Kind| {
        let (of, kinds) = &*away;
        *of != props.search || !kinds.contains(&(kind as usize))
    };
    let cards = view.cards.iter().filter(|card| is_shown(card.kind));
    html! {
        <DrawerFrame title={words::TITLE} class={classes!("wide", "solver")} on={props.on.clone()}>
            <SolverAsk view={view.clone()} on={props.on.clone()} />
            {work(props)}
            if view.is_stale && !matches!(view.work, Work::Busy { .. }) {
                <p class="stale" role="status">{words::STALE}</p>
            }
            if !view.fewer.is_empty() {
                <p class="muted">{&view.fewer}</p>
            }
            if let Some(now) = &view.now {
                <p class="muted" data-now={now.chance.clone()}>{words::now_chance(&now.chance)}{" · "}{&now.cost}</p>
            }
            if let Some(short) = &view.short {
                {self::short(short, props)}
            }
            <div class="answers">
                {for cards.map(|card| html! {
                    <SolverCard key={card.title} card={Rc::new(card.clone())} now={view.now.clone().map(Rc::new)}
                        on={props.on.clone()} on_discard={on_discard.clone()} />
                })}
            </div>
        </DrawerFrame>
    }
}

fn work(props: &SolverDrawerProps) -> Html {
    let view = &props.view;
    let is_ready = !view.asking.targets.is_empty();
    let label = if view.is_stale {
        words::AGAIN
    } else {
        words::SEARCH
    };
    let search = props.on.reform(|_: MouseEvent| Action::SearchWanted);
    let stop = props.on_stop.reform(|_: MouseEvent| ());
    let button = html! {
        <button class="button primary" data-action="search" disabled={!is_ready} onclick={search}>{label}</button>
    };
    match &view.work {
        Work::Idle(words) => html! {
            <section class="work" data-work="idle"><p class="actions">{button}</p><p class="muted">{*words}</p></section>
        },
        Work::Busy { words, steps } => html! {
            <section class="work" data-work="busy" role="status" aria-live="polite">
                <p class="actions"><button class="button" data-action="stop" onclick={stop}>{words::STOP}</button></p>
                if !words.is_empty() {
                    <p>{words}</p>
                    {bar(*steps)}
                }
            </section>
        },
        Work::Over(words) => html! {
            <section class="work" data-work="over" role="status">
                <p class="actions">{button}</p>
                if !words.is_empty() {
                    <p class="muted">{words}</p>
                }
            </section>
        },
    }
}

fn bar(steps: Option<(usize, usize)>) -> Html {
    match steps {
        Some((done, all)) => html! {
            <progress max={all.to_string()} value={done.to_string()} aria-label={words::SEARCH}></progress>
        },
        None => html! { <progress aria-label={words::SEARCH}></progress> },
    }
}

fn short(short: &ShortView, props: &SolverDrawerProps) -> Html {
    let lines = |all: &[String]| html! { <ul class="plain">{for all.iter().map(|line| html! { <li>{line}</li> })}</ul> };
    let now = props.view.now.clone().map(Rc::new);
    html! {
        <section class="short" data-short={proof(short)}>
            <h3>
                <span class="light miss"><span aria-hidden="true">{"■"}</span>{" "}{words::OUT_OF_REACH}</span>
                {" "}<span class="chip" title={short.proof_hint}>{short.proof}</span>
            </h3>
            <p class="muted">{short.proof_hint}</p>
            <h4>{words::BEST}</h4>
            {lines(&short.best)}
            {lines(&short.met_in)}
            if !short.together.is_empty() {
                <h4>{words::TOGETHER}</h4>
                <p data-together="">{&short.together}</p>
                <h4>{words::PARTS}</h4>
                <ul class="plain">{for short.parts.iter().map(part)}</ul>
            }
            <h4>{words::BINDING}</h4>
            if short.bindings.is_empty() {
                <p>{words::NO_BINDING}</p>
            } else {
                {lines(&short.bindings)}
            }
            <h4>{words::RELAX}</h4>
            <ol class="relaxations">
                {for short.relaxations.iter().enumerate().map(|(k, relax)| self::relax(k, relax, props))}
            </ol>
            if !short.worlds.is_empty() {
                <details class="worlds">
                    <summary>{words::WORLDS}</summary>
                    <p class="muted">{words::WORLDS_NOTE}</p>
                    <ul class="plain muted">{for short.worlds.iter().map(|world| html! { <li>{&world.text}</li> })}</ul>
                </details>
            }
            <div class="answers">
                if let Some(card) = &short.together_card {
                    <SolverCard card={Rc::new(card.clone())} now={now.clone()} title={words::TOGETHER} on={props.on.clone()} />
                }
                <SolverCard card={Rc::new(short.card.clone())} {now} title={words::BEST} on={props.on.clone()} />
            </div>
        </section>
    }
}

fn part(part: &PartLine) -> Html {
    let (class, glyph) = if part.is_reached {
        ("ok", "●")
    } else {
        ("miss", "■")
    };
    html! { <li data-part={class}><span class={classes!("light", class)} aria-hidden="true">{glyph}</span>{" "}{&part.text}</li> }
}

/// For tests: how far the proof is.
fn proof(short: &ShortView) -> &'static str {
    match short.is_proved {
        Some(true) => "proved",
        Some(false) => "open",
        None => "proving",
    }
}

fn relax(k: usize, relax: &Relax, props: &SolverDrawerProps) -> Html {
    let onclick = {
        let (actions, on) = (relax.actions.clone(), props.on.clone());
        Callback::from(move |_: MouseEvent| {
            for action in &actions {
                on.emit(action.clone());
            }
        })
    };
    let class = match relax.is_enough {
        Some(true) => "ok",
        Some(false) => "miss",
        None => "pending",
    };
    // Under other conditions than these the row speaks of, its button would answer another question.
    let disabled = props.view.is_stale;
    html! {
        <li key={k} data-enough={class}>
            <span><b>{&relax.what}</b>{"："}<span class={classes!("light", class)}>{&relax.leads_to}</span></span>
            <button class="button" data-relax={k.to_string()} {disabled} {onclick}>{words::RELAX_AND_SEARCH}</button>
        </li>
    }
}
