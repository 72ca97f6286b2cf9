//! A source sentence with its document, office, number, date and status.

use super::reference_links::ReferenceTo;
use crate::text::page::{WORDS, labelled, quoted};
use crate::view_model::rows::SourceCard as Row;
use std::rc::Rc;
use yew::prelude::*;

/// Cards in order.
#[derive(Properties, PartialEq)]
pub struct SourceCardsProps {
    /// What is shown.
    pub cards: Rc<[Row]>,
}

/// The cards, or a line that says there is no source.
#[component]
pub fn SourceCards(props: &SourceCardsProps) -> Html {
    if props.cards.is_empty() {
        return html! { <p class="muted">{WORDS.no_source}</p> };
    }
    html! { <>{for props.cards.iter().map(card)}</> }
}

fn card(row: &Row) -> Html {
    html! {
        <article class="source" data-source={row.id.clone()}>
            <span class={classes!("chip", row.status_class)}>{row.status}</span>
            <blockquote>{quoted(&row.quote)}</blockquote>
            <p class="document">{&row.document}</p>
            <p class="origin">{&row.origin}{" "}<ReferenceTo anchor={row.anchor()} of={row.document.clone()} /></p>
            if !row.locator.is_empty() {
                <p class="origin">{labelled(WORDS.locator, &row.locator)}</p>
            }
            {for row.notes.iter().map(|note| html! { <p class="notes">{note}</p> })}
        </article>
    }
}
