//! Every target of the pack in one list: driven, watched, and where documents disagree.

use super::drawer::DrawerFrame;
use super::reference_links::ReferenceTo;
use super::source_link::SourceLink;
use super::tile::light;
use crate::state::{Action, Drawer};
use crate::text::monitored as words;
use crate::text::page::{WORDS, quoted};
use crate::view_model::monitored::{DisagreementRow, FigureRow, MonitoredRow, StatementRow, Watch};
use crate::view_model::rows::{Scoreboard, TargetRow};
use std::rc::Rc;
use yew::prelude::*;

/// All targets.
#[derive(Properties, PartialEq)]
pub struct TargetsDrawerProps {
    /// What is shown.
    pub rows: Rc<Scoreboard>,
    /// What is watched and what does not fit.
    pub watch: Rc<Watch>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The drawer of all targets.
#[component]
pub fn TargetsDrawer(props: &TargetsDrawerProps) -> Html {
    let list = |heading: &'static str, rows: &[TargetRow]| {
        html! {
            <section>
                <h3>{heading}</h3>
                <ul class="target-list">{for rows.iter().map(|row| line(row, &props.on))}</ul>
            </section>
        }
    };
    let on_sources = props
        .on
        .reform(|ids| Action::DrawerOpened(Drawer::Sources(ids)));
    html! {
        <DrawerFrame title={WORDS.all_targets} on={props.on.clone()}>
            {list(WORDS.main_targets, &props.rows.tiles)}
            {list(WORDS.further_targets, &props.rows.more)}
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

fn line(row: &TargetRow, on: &Callback<Action>) -> Html {
    let target = row.target;
    let open = on.reform(move |_: MouseEvent| Action::DrawerOpened(Drawer::Target(target)));
    html! {
        <li key={row.id.clone()}>
            <button class="target-line" onclick={open} data-target-line={row.id.clone()} aria-label={row.aria.clone()}>
                <span><b>{&row.name}</b></span>
                <span class="numbers">{light(row.light)}</span>
                <span class="muted">{&row.period}{" · "}{&row.target_text}{" · "}{row.document_status}</span>
                <span class="numbers num"><b>{&row.value}</b><span class="unit">{&row.unit}</span>{" "}<span class="muted">{&row.gap}</span></span>
            </button>
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
