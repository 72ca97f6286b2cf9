//! Every target of the pack in one list: driven, watched, and where documents disagree.

use super::drawer::DrawerFrame;
use super::reference_links::ReferenceTo;
use super::source_link::SourceLink;
use super::tile::{self, light};
use crate::platform::event;
use crate::protocol::Spread;
use crate::state::{Action, Drawer};
use crate::text::chance;
use crate::text::monitored as words;
use crate::text::page::{WORDS, quoted};
use crate::view_model::monitored::{DisagreementRow, FigureRow, MonitoredRow, StatementRow, Watch};
use crate::view_model::rows::{Scoreboard, TargetRow};
use std::collections::BTreeSet;
use std::rc::Rc;
use tidemark_engine::gathered;
use yew::prelude::*;

/// Numbers of members offered.
const MEMBER_CHOICES: [usize; 6] = [200, 500, 1000, 2000, 5000, 10_000];

/// All targets.
#[derive(Properties, PartialEq)]
pub struct TargetsDrawerProps {
    /// Targets on tiles, and how probabilities are made.
    pub rows: Rc<Scoreboard>,
    /// The other targets.
    pub further: Rc<[TargetRow]>,
    /// What is watched and what does not fit.
    pub watch: Rc<Watch>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The drawer of all targets.
#[component]
pub fn TargetsDrawer(props: &TargetsDrawerProps) -> Html {
    let list = |heading: &'static str, lines: Vec<Html>| {
        html! {
            <section>
                <h3>{heading}</h3>
                <ul class="target-list">{for lines}</ul>
            </section>
        }
    };
    let main = props.rows.tiles.iter().map(|row| line(row, props));
    let further = props.further.iter().map(|row| line(row, props));
    let on_sources = props
        .on
        .reform(|ids| Action::DrawerOpened(Drawer::Sources(ids)));
    html! {
        <DrawerFrame title={WORDS.all_targets} on={props.on.clone()}>
            {ensemble(props)}
            {list(WORDS.main_targets, main.collect())}
            {list(WORDS.further_targets, further.collect())}
            {watched(&props.watch, &on_sources)}
            {other_figures(&props.watch.figures)}
            {disagreements(&props.watch.disagreements, &on_sources)}
            <section>
                <h3>{WORDS.status_rule}</h3>
                <p class="muted">{&props.rows.rule}</p>
            </section>
        </DrawerFrame>
    }
}

/// The joint probability, and what probabilities are made of.
fn ensemble(props: &TargetsDrawerProps) -> Html {
    let view = &props.rows.ensemble;
    let spread = |spread: Spread, name: &'static str| {
        let choose = props
            .on
            .reform(move |_: MouseEvent| Action::SpreadChosen(spread));
        html! {
            <button class="button" data-spread={format!("{spread:?}")} aria-pressed={(view.spread == spread).to_string()}
                onclick={choose}>{name}</button>
        }
    };
    let on = props.on.clone();
    let set = Callback::from(move |change: Event| {
        if let Ok(members) = event::text(&change).parse() {
            on.emit(Action::MembersSet(members));
        }
    });
    html! {
        <section class="ensemble-choice">
            <h3>{chance::JOINT}</h3>
            if let Some(joint) = &view.joint {
                <p><b>{&joint.text}</b>{" "}{&joint.weakest}</p>
            } else {
                <p class="muted">{if view.choices.iter().any(|(_, chosen)| *chosen) { &view.note } else { chance::NONE_CHOSEN }}</p>
            }
            <p class="muted">{chance::JOINT_NOTE}</p>
            <h3>{chance::UNCERTAINTY}</h3>
            <div class="actions" role="group" aria-label={chance::UNCERTAINTY}>
                {spread(Spread::Whole, chance::WHOLE)}
                {spread(Spread::Environment, chance::ENVIRONMENT)}
                {spread(Spread::Effect, chance::EFFECT)}
                <label>{chance::MEMBERS}{" "}
                    <select data-action="members" onchange={set}>
                        {for MEMBER_CHOICES.iter().map(|&count| html! {
                            <option value={count.to_string()} selected={count == view.members}>{chance::count(count)}</option>
                        })}
                    </select>
                </label>
            </div>
            <p class="muted">{chance::SPREAD_NOTE}</p>
            <p class={classes!("muted", "ensemble", view.class)}>{&view.note}{"。"}{&view.hint}</p>
        </section>
    }
}

/// A box that takes a target into the joint probability, where it has one.
fn choice(row: &TargetRow, props: &TargetsDrawerProps) -> Html {
    let choices = &props.rows.ensemble.choices;
    let Some((_, chosen)) = choices.iter().find(|(target, _)| *target == row.target) else {
        return Html::default();
    };
    let (target, chosen) = (row.target, *chosen);
    let others = choices.iter().filter(|(k, chosen)| *chosen && *k != target);
    let others: BTreeSet<usize> = gathered(others.map(|(k, _)| *k));
    let flip = props.on.reform(move |_: Event| {
        let mut targets = others.clone();
        if !chosen {
            targets.insert(target);
        }
        Action::JointChosen(targets)
    });
    html! {
        <label class="in-joint">
            <input type="checkbox" data-joint-target={row.id.clone()} checked={chosen} onchange={flip} />
            <span>{chance::IN_JOINT}</span>
        </label>
    }
}

fn line(row: &TargetRow, props: &TargetsDrawerProps) -> Html {
    let on = &props.on;
    let target = row.target;
    let open = on.reform(move |_: MouseEvent| Action::DrawerOpened(Drawer::Target(target)));
    html! {
        <li key={row.id.clone()}>
            <button class="target-line" onclick={open} data-target-line={row.id.clone()} aria-label={row.aria.clone()}>
                <span><b>{&row.name}</b></span>
                <span class="numbers">{light(row.light)}{" "}{for row.chance.as_ref().map(tile::chance)}</span>
                <span class="muted">{&row.period}{" · "}{&row.target_text}{" · "}{row.document_status}</span>
                <span class="numbers num"><b>{&row.value}</b><span class="unit">{&row.unit}</span>{" "}<span class="muted">{&row.gap}</span></span>
            </button>
            {choice(row, props)}
        </li>
    }
}

fn watched(watch: &Watch, on_sources: &Callback<Vec<String>>) -> Html {
    if watch.targets.is_empty() {
        return Html::default();
    }
    html! {
        <section data-watched="">
            <h3>{words::HEADING}</h3>
            <p class="muted">{&watch.count}</p>
            <ul class="target-list">{for watch.targets.iter().map(|row| watched_line(row, on_sources))}</ul>
        </section>
    }
}

fn watched_line(row: &MonitoredRow, on_sources: &Callback<Vec<String>>) -> Html {
    let known = [&row.last, &row.replaced];
    html! {
        <li key={row.id.clone()} class="target-line" data-monitored={row.id.clone()}>
            <span><b>{&row.name}</b></span>
            <span class="numbers">{&row.standing}</span>
            <span class="muted">{&row.period}{" · "}{&row.target_text}{" · "}
                <SourceLink sources={vec![row.source.clone()]} {on_sources}>{row.document_status}</SourceLink>
                {" · "}<ReferenceTo anchor={row.anchor()} of={row.name.clone()} />
            </span>
            <span class="numbers num muted">
                {for known.into_iter().filter(|text| !text.is_empty()).map(|text| html! { <span>{text}</span> })}
            </span>
            {for row.notes.iter().map(|note| html! { <span class="muted note">{note}</span> })}
        </li>
    }
}

fn other_figures(rows: &[FigureRow]) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section data-figures="">
            <h3>{words::OTHER_FIGURES}</h3>
            <ul class="target-list">
                {for rows.iter().map(|row| html! {
                    <li key={row.id.clone()} class="target-line">
                        <span><b>{&row.name}</b></span>
                        <span class="numbers num">{&row.last}</span>
                        {for row.notes.iter().map(|note| html! { <span class="muted note">{note}</span> })}
                    </li>
                })}
            </ul>
        </section>
    }
}

fn disagreements(rows: &[DisagreementRow], on_sources: &Callback<Vec<String>>) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <section data-disagreements="">
            <h3>{words::DISAGREEMENTS}</h3>
            {for rows.iter().map(|row| disagreement(row, on_sources))}
        </section>
    }
}

fn disagreement(row: &DisagreementRow, on_sources: &Callback<Vec<String>>) -> Html {
    html! {
        <article key={row.id.clone()} class="source" data-disagreement={row.id.clone()}>
            <span class="chip">{row.kind}</span>
            <p class="document">
                <SourceLink sources={row.sources.clone()} {on_sources}>{&row.label}</SourceLink>
            </p>
            {for row.statements.iter().map(statement)}
            <p>{&row.note}{" "}<ReferenceTo anchor={row.anchor()} of={row.label.clone()} /></p>
        </article>
    }
}

fn statement(row: &StatementRow) -> Html {
    html! {
        <>
            <p><b>{&row.says}</b></p>
            <blockquote>{quoted(&row.quote)}</blockquote>
            <p class="origin">{&row.document}</p>
        </>
    }
}
