//! Keys and marks.

use super::drawer::DrawerFrame;
use crate::state::Action;
use crate::text::page::WORDS;
use yew::prelude::*;

/// Where actions go.
#[derive(Properties, PartialEq)]
pub struct HelpDrawerProps {
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The drawer of help.
#[component]
pub fn HelpDrawer(props: &HelpDrawerProps) -> Html {
    html! {
        <DrawerFrame title={WORDS.help} on={props.on.clone()}>
            <section class="keys">
                <h3>{WORDS.keys_heading}</h3>
                <dl>{for WORDS.keys.iter().map(|(key, meaning)| html! {
                    <><dt><kbd>{*key}</kbd></dt><dd>{*meaning}</dd></>
                })}</dl>
            </section>
            <section>
                <h3>{WORDS.legend_heading}</h3>
                <dl>{for WORDS.legend.iter().map(|(mark, meaning)| html! {
                    <><dt>{*mark}</dt><dd>{*meaning}</dd></>
                })}</dl>
            </section>
            <p><a href="./licences.txt" target="_blank" rel="noopener">{WORDS.licences}</a></p>
        </DrawerFrame>
    }
}
