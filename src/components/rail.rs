//! What stands behind the screen on wide displays: money, rules, documents.

use super::money::MoneyAndRules;
use super::watched::use_watched;
use crate::state::{Action, Drawer};
use crate::text::page::WORDS;
use crate::view_model::rows::{MoneyStrip, TargetRow};
use crate::view_model::rules::RuleRow;
use std::rc::Rc;
use yew::prelude::*;

/// What the rail shows.
#[derive(Properties, PartialEq)]
pub struct RailProps {
    /// Money.
    pub money: Rc<MoneyStrip>,
    /// Rules.
    pub rules: Rc<[Rc<RuleRow>]>,
    /// Targets of the tiles.
    pub tiles: Rc<[Rc<TargetRow>]>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The rail on the right; empty where the screen has no room for it.
#[component]
pub fn Rail(props: &RailProps) -> Html {
    let node = use_node_ref();
    if use_watched(&node, |size| size.width > 0.0) != Some(true) {
        return html! { <aside class="rail" ref={node}></aside> };
    }
    html! {
        <aside class="rail" aria-label={WORDS.rules_button} ref={node}>
            <MoneyAndRules money={props.money.clone()} rules={props.rules.clone()} on={props.on.clone()} />
            <section class="card">
                <h2>{WORDS.documents}</h2>
                <ul>{for props.tiles.iter().map(|tile| document(tile, &props.on))}</ul>
            </section>
        </aside>
    }
}

fn document(tile: &TargetRow, on: &Callback<Action>) -> Html {
    let ids = vec![tile.source.clone()];
    let onclick =
        on.reform(move |_: MouseEvent| Action::DrawerOpened(Drawer::Sources(ids.clone())));
    html! {
        <li class="lamp">
            <div class="line">
                <button class="sourced" {onclick}>{&tile.short}{" "}<span class="num">{&tile.target_text}</span></button>
                <span class="chip">{tile.document_status}</span>
            </div>
        </li>
    }
}
