//! Everything about one target: reading years, last actual, the sentence that wants it.

use super::drawer::DrawerFrame;
use super::reference_links::ReferenceLinks;
use super::source_card::SourceCards;
use super::tile::light;
use crate::state::{Action, Drawer, WhyOf};
use crate::text::chance as words;
use crate::text::page::{WORDS, labelled, quoted};
use crate::text::{early, solver, target, why};
use crate::view_model::rows::{
    LastActual, ReadingCell, ReferenceLink, SourceCard, TargetDetails, TargetRow,
};
use std::rc::Rc;
use yew::prelude::*;

/// A target with its source cards.
#[derive(Properties, PartialEq)]
pub struct TargetDrawerProps {
    /// The target.
    pub row: Rc<TargetRow>,
    /// What else there is to say of it.
    pub details: Rc<TargetDetails>,
    /// Its sentence and what it replaces.
    pub cards: Rc<[SourceCard]>,
    /// The sentences of what the wider area wants.
    pub wider_cards: Rc<[SourceCard]>,
    /// Its places in the technical reference.
    pub reference: Rc<[ReferenceLink]>,
    /// How lights are set.
    pub rule: AttrValue,
    /// Whether a solver may be asked for it.
    pub can_be_asked: bool,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The drawer of a target.
#[component]
pub fn TargetDrawer(props: &TargetDrawerProps) -> Html {
    let (row, details) = (&props.row, &props.details);
    html! {
        <DrawerFrame title={row.name.clone()} on={props.on.clone()}>
            {judgement(row)}
            {ways(props)}
            <section>
                <h3>{WORDS.readings}</h3>
                {readings(&details.readings)}
            </section>
            if !details.early.is_empty() {
                <section data-early="">
                    <h3>{early::HEADING}</h3>
                    {for details.early.iter().map(|line| html! { <p>{line}</p> })}
                </section>
            }
            <section>
                <h3>{WORDS.last_actual}</h3>
                {last_actual(details.last_actual.as_ref())}
            </section>
            <section>
                <h3>{WORDS.source_title}</h3>
                <SourceCards cards={props.cards.clone()} />
            </section>
            if !details.wider.is_empty() {
                <section data-wider="">
                    <h3>{target::WIDER}</h3>
                    {for details.wider.iter().map(|line| html! { <p>{line}</p> })}
                    <SourceCards cards={props.wider_cards.clone()} />
                </section>
            }
            <section>
                <h3>{WORDS.definition}</h3>
                <p>{&details.definition}</p>
                <p class="muted">{&details.note}</p>
                <ReferenceLinks links={props.reference.clone()} />
            </section>
            <section>
                <h3>{WORDS.status_rule}</h3>
                <p class="muted">{&props.rule}</p>
            </section>
        </DrawerFrame>
    }
}

/// What it would take, and why it is what it is.
fn ways(props: &TargetDrawerProps) -> Html {
    let target = props.row.target;
    let solve = props
        .on
        .reform(move |_: MouseEvent| Action::SolverOpened([target].into()));
    let of = WhyOf::Target(target);
    let explain = props
        .on
        .reform(move |_: MouseEvent| Action::DrawerOpened(Drawer::Why(of)));
    html! {
        <p class="actions">
            if props.can_be_asked {
                <button class="button primary" data-action="solve" onclick={solve}>{solver::TITLE}</button>
            }
            <button class="button" data-action="why" onclick={explain}>{why::TITLE}</button>
        </p>
    }
}

fn judgement(row: &TargetRow) -> Html {
    html! {
        <section>
            <p>{&row.period}{" · "}{WORDS.target}{" "}<b class="num">{&row.target_text}</b>{" · "}{row.document_status}</p>
            <p><span class="big num">{&row.value}</span>{" "}{&row.unit}{" "}{light(row.light)}</p>
            if let Some(chance) = &row.chance {
                <p data-chance={chance.text.clone()}>{words::CHANCE}{" "}<b class="num">{&chance.text}</b>{"，"}{chance.words}{"。"}{&chance.range}</p>
            }
            if !row.held.is_empty() {
                <p>{&row.held}</p>
            }
            <p>{&row.gap}</p>
            if let Some(words) = &row.gap_words {
                <p>{words}</p>
            }
            {for [&row.when, &row.pace].into_iter().filter(|words| !words.is_empty()).map(|words| html! { <p>{words}</p> })}
            if let Some(beside) = &row.beside {
                <p>{&beside.label}{" "}<b class="num">{&beside.value}</b></p>
            }
            if !row.pending.is_empty() {
                <p class="light pending">{&row.pending}</p>
            }
        </section>
    }
}

fn readings(cells: &[ReadingCell]) -> Html {
    html! {
        <table>
            <thead><tr>
                <th scope="col">{WORDS.year}</th><th scope="col">{WORDS.this_scenario}</th>
                <th scope="col">{WORDS.range}</th><th scope="col">{WORDS.chance}</th><th scope="col">{WORDS.baseline}</th><th scope="col">{WORDS.change}</th>
            </tr></thead>
            <tbody>
                {for cells.iter().map(|cell| html! {
                    <tr class="num">
                        <td>{cell.year}</td><td><b>{&cell.value}</b></td><td>{&cell.range}</td>
                        <td>{for cell.chance.iter()}{" "}{for cell.light.map(light)}</td><td>{&cell.baseline}</td><td>{&cell.change}</td>
                    </tr>
                })}
            </tbody>
        </table>
    }
}

fn last_actual(actual: Option<&LastActual>) -> Html {
    let Some(actual) = actual else {
        return html! { <p class="muted">{WORDS.no_actual}</p> };
    };
    html! {
        <article class="source">
            <span class="chip">{actual.firmness}</span>
            <p><b class="num">{&actual.value}</b>{" · "}{&actual.period}</p>
            if !actual.vintage.is_empty() {
                <p class="origin">{labelled(WORDS.vintage, &actual.vintage)}</p>
            }
            if !actual.quote.is_empty() {
                <blockquote>{quoted(&actual.quote)}</blockquote>
            }
            if !actual.note.is_empty() {
                <p>{&actual.note}</p>
            }
            <p class="origin">{&actual.source}</p>
        </article>
    }
}
