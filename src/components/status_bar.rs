//! Data date, model, pack and balances at the foot of the page.

use super::reference_links::ReferenceLinks;
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
            <span class={classes!("check", row.check_class)}>{&row.check}</span>
        </footer>
    }
}
