//! Every target of the pack in one list.

use super::drawer::DrawerFrame;
use super::tile::light;
use crate::state::{Action, Drawer};
use crate::text::page::WORDS;
use crate::view_model::rows::{Scoreboard, TargetRow};
use std::rc::Rc;
use yew::prelude::*;

/// All targets.
#[derive(Properties, PartialEq)]
pub struct TargetsDrawerProps {
    /// What is shown.
    pub rows: Rc<Scoreboard>,
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
    html! {
        <DrawerFrame title={WORDS.all_targets} on={props.on.clone()}>
            {list(WORDS.main_targets, &props.rows.tiles)}
            {list(WORDS.further_targets, &props.rows.more)}
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
