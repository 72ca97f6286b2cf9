//! A number or word that opens the sentence it stands on.

use crate::text::page::WORDS;
use yew::prelude::*;

/// What is shown and which source records it stands on.
#[derive(Properties, PartialEq)]
pub struct SourceLinkProps {
    /// What is shown.
    pub children: Html,
    /// Source records.
    pub sources: Vec<String>,
    /// Opens them.
    pub on_sources: Callback<Vec<String>>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A button in text; plain text where there is nothing to open.
#[component]
pub fn SourceLink(props: &SourceLinkProps) -> Html {
    if props.sources.is_empty() {
        return html! { <span class={props.class.clone()}>{props.children.clone()}</span> };
    }
    let (sources, on_sources) = (props.sources.clone(), props.on_sources.clone());
    let onclick = Callback::from(move |click: MouseEvent| {
        click.stop_propagation();
        on_sources.emit(sources.clone());
    });
    html! {
        <button class={classes!("sourced", props.class.clone())} {onclick} title={WORDS.source_title}>
            {props.children.clone()}
        </button>
    }
}
