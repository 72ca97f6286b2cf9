//! Panels that have links of their own (`w=`): what it would take, and why.

use super::action::{Drawer, WhyOf};
use super::asking::Asking;
use super::catalogue::Catalogue;

/// The panel that a link opens, and what is asked in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Panel {
    /// The drawer; none where the link names none.
    pub drawer: Option<Drawer>,
    /// What is asked of the solver; none where the link says nothing of it.
    pub asking: Option<Asking>,
}

const SOLVER: &str = "solve";
const WHY_TARGET: &str = "why-t";
const WHY_FIGURE: &str = "why-f";

impl Panel {
    /// What a link opens, with or without its `#`; words the page does not know open nothing.
    pub fn of(link: &str, catalogue: &Catalogue) -> Self {
        let fragment = link.trim().trim_start_matches('#');
        let part = |name: &str| fragment.split('&').find_map(|part| part.strip_prefix(name));
        let drawer = part("w=").and_then(|word| drawer(word, catalogue));
        let asking = part("a=").and_then(|text| Asking::of(text, catalogue));
        Self { drawer, asking }
    }

    /// A link that opens a drawer, with what `link` carries besides; the same link for a drawer that
    /// has none of its own.
    pub fn link(drawer: Option<&Drawer>, asking: &Asking, link: &str) -> String {
        match drawer {
            Some(Drawer::Solver) => format!("{link}&w={SOLVER}&a={}", asking.text()),
            Some(Drawer::Why(WhyOf::Target(k))) => format!("{link}&w={WHY_TARGET}{k}"),
            Some(Drawer::Why(WhyOf::Figure(k))) => format!("{link}&w={WHY_FIGURE}{k}"),
            _ => link.to_owned(),
        }
    }
}

fn drawer(word: &str, catalogue: &Catalogue) -> Option<Drawer> {
    let position = |prefix| word.strip_prefix(prefix)?.parse::<usize>().ok();
    if word == SOLVER {
        return Some(Drawer::Solver);
    }
    let target = position(WHY_TARGET).filter(|&k| k < catalogue.n_targets);
    let figure = position(WHY_FIGURE).filter(|&k| k < catalogue.n_figures);
    let of = target.map(WhyOf::Target).or(figure.map(WhyOf::Figure))?;
    Some(Drawer::Why(of))
}
