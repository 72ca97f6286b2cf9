//! Data date, model, pack, what is known of its errors, and balances at the foot of the page.

use super::reference_links::ReferenceLinks;
use crate::state::{Action, Page};
use crate::view_model::credibility::Badge;
use crate::view_model::rows::{ReferenceLink, StatusBar as Row};
use std::rc::Rc;
use yew::prelude::*;

/// What the bar shows.
#[derive(Properties, PartialEq)]
pub struct StatusBarProps {
    /// Its words.
    pub row: Rc<Row>,
    /// The technical reference.
    pub reference: Rc<[ReferenceLink]>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The foot of the page.
#[component]
pub fn StatusBar(props: &StatusBarProps) -> Html {
    let row = &props.row;
    html! {
        <footer class="status-bar">
            <span>{&row.data}</span>
            <span>{&row.model}</span>
            <span>{&row.pack}</span>
            <ReferenceLinks links={props.reference.clone()} />
            {for row.badges.iter().map(|badge| self::badge(badge, &props.on))}
            <span class={classes!("check", row.check_class)}>{&row.check}</span>
        </footer>
    }
}

fn badge(badge: &Badge, on: &Callback<Action>) -> Html {
    let open = on.reform(|_: MouseEvent| Action::PageShown(Page::Credibility));
    html! {
        <button class="badge" data-badge={badge.name} onclick={open}>
            {badge.name}{" "}<b class={classes!("light", badge.class)}>{badge.glyph}{" "}{&badge.text}</b>
        </button>
    }
}
