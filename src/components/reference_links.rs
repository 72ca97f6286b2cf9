//! Links into the technical reference; a page of its own, so that the scenario stays open.

use crate::view_model::rows::ReferenceLink;
use std::rc::Rc;
use yew::prelude::*;

/// Links in order.
#[derive(Properties, PartialEq)]
pub struct ReferenceLinksProps {
    /// What is linked; nothing is shown where there is none.
    pub links: Rc<[ReferenceLink]>,
}

/// The links in a line.
#[component]
pub fn ReferenceLinks(props: &ReferenceLinksProps) -> Html {
    if props.links.is_empty() {
        return Html::default();
    }
    html! {
        <span class="reference-links">
            {for props.links.iter().map(|link| html! {
                <a class="reference" href={link.href.clone()} target="_blank" rel="noopener">{link.words}</a>
            })}
        </span>
    }
}
