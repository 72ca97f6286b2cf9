//! Links into the technical reference that lies beside the pack.

use super::rows::ReferenceLink;
use crate::text::page::WORDS;
use tidemark_pack::anchor;
use tidemark_pack::bind::Bound;

/// The reference from its beginning; none where `file` is empty.
pub fn whole(file: &str) -> Vec<ReferenceLink> {
    links(file, [(WORDS.reference, String::new())])
}

/// A lever and the constant of the model that carries it.
pub fn lever(bound: &Bound, file: &str, id: &str) -> Vec<ReferenceLink> {
    let variable = bound.lever(id).map(|lever| &lever.variable);
    let variable = variable.map(|name| (WORDS.model_variable, anchor::variable(name)));
    let lever = (WORDS.reference, anchor::lever(id));
    links(file, [lever].into_iter().chain(variable))
}

/// A target and the variable of the model that its indicator reads.
pub fn target(bound: &Bound, file: &str, id: &str) -> Vec<ReferenceLink> {
    let indicator = bound
        .target(id)
        .and_then(|target| bound.indicator(&target.indicator));
    let variable = indicator.map(|i| (WORDS.model_variable, anchor::variable(&i.variable)));
    let target = (WORDS.reference, anchor::target(id));
    links(file, [target].into_iter().chain(variable))
}

fn links(
    file: &str,
    anchors: impl IntoIterator<Item = (&'static str, String)>,
) -> Vec<ReferenceLink> {
    let anchors = anchors.into_iter().filter(|_| !file.is_empty());
    anchors
        .map(|(words, anchor)| ReferenceLink {
            words,
            href: match anchor.as_str() {
                "" => file.to_owned(),
                anchor => format!("{file}{}", anchor::fragment(anchor)),
            },
        })
        .collect()
}
