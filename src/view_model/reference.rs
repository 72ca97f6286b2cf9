//! Links into the technical reference that lies beside the pack, and where each row stands in it.

use super::monitored::{DisagreementRow, MonitoredRow};
use super::rows::{FigureView, MoneyStrip, ReferenceLink, SourceCard};
use super::rules::RuleRow;
use crate::text::page::{WORDS, labelled};
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

/// The address of an anchor; none where `file` is empty.
pub fn href(file: &str, anchor: &str) -> Option<String> {
    let fragment = anchor::fragment(anchor);
    (!file.is_empty()).then(|| format!("{file}{fragment}"))
}

/// What a screen reader says of a link: "研发强度：技术说明".
pub fn spoken(of: &str) -> String {
    labelled(of, WORDS.reference)
}

impl FigureView {
    /// Where what it draws stands in the reference.
    pub fn anchor(&self) -> String {
        anchor::indicator(&self.indicator)
    }
}

impl RuleRow {
    /// Where it stands in the reference.
    pub fn anchor(&self) -> String {
        anchor::rule(&self.id)
    }
}

impl MonitoredRow {
    /// Where it stands in the reference.
    pub fn anchor(&self) -> String {
        anchor::target(&self.id)
    }
}

impl DisagreementRow {
    /// Where it stands in the reference.
    pub fn anchor(&self) -> String {
        anchor::disagreement(&self.id)
    }
}

impl SourceCard {
    /// Where it stands in the reference.
    pub fn anchor(&self) -> String {
        anchor::source(&self.id)
    }
}

impl MoneyStrip {
    /// Where cost and money at hand stand in the reference, each under its name.
    pub fn anchors(&self) -> Vec<(&'static str, String)> {
        let names = [WORDS.money_cost, WORDS.money_available];
        let pairs = names.into_iter().zip(&self.indicators);
        pairs
            .map(|(name, id)| (name, anchor::indicator(id)))
            .collect()
    }
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
                anchor => href(file, anchor).unwrap_or_default(),
            },
        })
        .collect()
}
