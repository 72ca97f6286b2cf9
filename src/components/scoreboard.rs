//! The tiles, the way to all targets, and the line under them.

use super::tile::Tile;
use crate::state::{Action, Drawer};
use crate::text::chance as words;
use crate::text::page::WORDS;
use crate::view_model::rows::Scoreboard as Rows;
use std::rc::Rc;
use yew::prelude::*;

/// Targets and where their clicks go.
#[derive(Properties, PartialEq)]
pub struct ScoreboardProps {
    /// What is shown.
    pub rows: Rc<Rows>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The strip of tiles.
#[component]
pub fn Scoreboard(props: &ScoreboardProps) -> Html {
    let all = props
        .on
        .reform(|_: MouseEvent| Action::DrawerOpened(Drawer::MoreTargets));
    html! {
        <section class="scoreboard" aria-label={WORDS.scoreboard}>
            <ul class="tiles">
                {for props.rows.tiles.iter().map(|row| html! {
                    <Tile key={row.id.clone()} row={row.clone()} on={props.on.clone()} />
                })}
            </ul>
            <button class="button all-targets" onclick={all}>{WORDS.all_targets}</button>
        </section>
    }
}

/// How the targets stand together, and how probabilities are made.
#[component]
pub fn JointStrip(props: &ScoreboardProps) -> Html {
    let view = &props.rows.ensemble;
    let choose = props
        .on
        .reform(|_: MouseEvent| Action::DrawerOpened(Drawer::MoreTargets));
    let retry = props.on.reform(|_: MouseEvent| Action::Retried);
    html! {
        <section class="strip" aria-label={WORDS.status_rule}>
            <p class="counts" title={props.rows.rule.clone()}>{&props.rows.strip}</p>
            if let Some(joint) = &view.joint {
                <p class={classes!("joint", view.is_stale.then_some("stale"))} data-joint={joint.chance.text.clone()} data-members={joint.chance.members.clone()}>
                    <b>{&joint.text}</b>{" "}{&joint.weakest}
                </p>
            }
            <button class="small-button" data-action="joint" onclick={choose} title={words::IN_JOINT}>{words::CHOOSE}</button>
            <p class={classes!("ensemble", view.class)} data-ensemble={view.class} data-current={view.is_current.to_string()} title={view.hint.clone()}>{&view.note}</p>
            if view.is_given_up {
                <button class="small-button" data-action="retry" onclick={retry}>{words::RETRY}</button>
            }
        </section>
    }
}
