//! Rules one under the other: how each stands, its years, what to put back, its sentence.

use super::reference_links::ReferenceTo;
use super::source_link::SourceLink;
use super::tile::light;
use crate::state::{Action, Drawer};
use crate::text::page::quoted;
use crate::text::rule as words;
use crate::view_model::rules::{RuleRow, RuleYearRow};
use std::rc::Rc;
use yew::prelude::*;

/// Rules.
#[derive(Properties, PartialEq)]
pub struct RuleListProps {
    /// In the pack's order.
    pub rows: Rc<[Rc<RuleRow>]>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// A rule.
#[derive(Properties, PartialEq)]
pub struct RuleProps {
    /// What is shown.
    pub row: Rc<RuleRow>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The list.
#[component]
pub fn RuleList(props: &RuleListProps) -> Html {
    let rows = props.rows.iter();
    html! {
        <ul>{for rows.map(|row| html! { <Rule key={row.id.clone()} row={row.clone()} on={props.on.clone()} /> })}</ul>
    }
}

/// One rule; drawn again only where its words changed.
#[component]
pub fn Rule(props: &RuleProps) -> Html {
    let row = &props.row;
    let on_sources = props
        .on
        .reform(|ids| Action::DrawerOpened(Drawer::Sources(ids)));
    let sources: Vec<String> = Some(row.source.clone())
        .filter(|id| !id.is_empty())
        .into_iter()
        .collect();
    html! {
        <li class="lamp" data-rule={row.id.clone()} data-status={row.light.class}>
            <div class="line">
                <span><SourceLink {sources} {on_sources}>{&row.label}</SourceLink>{" "}<span class="chip">{row.kind}</span></span>
                {light(row.light)}
            </div>
            <p class="detail"><b>{&row.detail}</b></p>
            if !row.relief.is_empty() {
                <p class="detail relief">{&row.relief}</p>
            }
            if !row.quote.is_empty() {
                <blockquote class="detail">{quoted(&row.quote)}</blockquote>
            }
            if !row.years.is_empty() {
                {years(row)}
            }
            <p class="detail">{&row.note}{" "}<ReferenceTo anchor={row.anchor()} of={row.label.clone()} /></p>
        </li>
    }
}

fn years(row: &RuleRow) -> Html {
    html! {
        <table class="rule-years">
            <caption class="detail">{&row.wanted}</caption>
            <thead><tr>{for words::COLUMNS.iter().map(|head| html! { <th scope="col">{*head}</th> })}</tr></thead>
            <tbody>{for row.years.iter().map(year)}</tbody>
        </table>
    }
}

fn year(row: &RuleYearRow) -> Html {
    html! {
        <tr class="num">
            <td>{row.year}</td>
            <td>{&row.value}</td>
            <td><b class={classes!("light", row.class)}>{&row.margin}</b></td>
            <td>{&row.baseline}</td>
            <td>{&row.own}</td>
        </tr>
    }
}
