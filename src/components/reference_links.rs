//! Links into the technical reference; a page of its own, so that the scenario stays open.
//!
//! The same words everywhere: whatever shows a number has one, or opens a drawer that has one.

use crate::text::page::WORDS;
use crate::view_model::reference;
use crate::view_model::rows::ReferenceLink;
use std::rc::Rc;
use yew::prelude::*;

/// Address of the pack's technical reference, empty where there is none; fixed once a pack is
/// loaded, so it is a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceFile(pub Rc<str>);

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

/// What is linked, and under which words.
#[derive(Properties, PartialEq)]
pub struct ReferenceToProps {
    /// Anchor in the reference.
    pub anchor: AttrValue,
    /// What it leads to, said to screen readers.
    pub of: AttrValue,
}

/// One small link beside what it explains; nothing where the pack has no reference.
#[component]
pub fn ReferenceTo(props: &ReferenceToProps) -> Html {
    let file = use_context::<ReferenceFile>();
    let href = file.and_then(|file| reference::href(&file.0, &props.anchor));
    match href {
        Some(href) => html! {
            <a class="reference small" {href} target="_blank" rel="noopener"
                aria-label={reference::spoken(&props.of)}>{WORDS.reference}</a>
        },
        None => Html::default(),
    }
}
