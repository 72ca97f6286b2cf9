//! Panels that have links of their own (`w=`): what it would take, and why.

use super::action::{Drawer, WhyOf};
use super::asking::Asking;
use super::catalogue::Catalogue;
use super::link;

/// The panel that a link opens, and what is asked in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Panel {
    /// The drawer; none where the link names none.
    pub drawer: Option<Drawer>,
    /// What is asked of the solver; none where the link says nothing of it.
    pub asking: Option<Asking>,
    /// Parts that name a panel or a question and cannot be read.
    pub unread: Vec<String>,
}

const SOLVER: &str = "solve";
const WHY_TARGET: &str = "why-t.";
const WHY_FIGURE: &str = "why-f.";

impl Panel {
    /// What a link opens, with or without its `#`; words the page does not know open nothing.
    pub fn of(text: &str, catalogue: &Catalogue) -> Self {
        let clean = link::clean(text);
        let mut panel = Self::default();
        if let Some(word) = link::part(&clean, "w") {
            panel.drawer = drawer(word, catalogue);
            if panel.drawer.is_none() {
                panel.unread.push(format!("w={word}"));
            }
        }
        if let Some(text) = link::part(&clean, "a") {
            panel.asking = Asking::of(text, catalogue);
            let all = Asking::targets_of(text).count();
            let kept = panel.asking.as_ref().map(|asking| asking.targets.len());
            if kept != Some(all) {
                panel.unread.push(format!("a={text}"));
            }
        }
        panel
    }

    /// A link that opens a drawer, with what `text` carries besides; the same link for a drawer that
    /// has none of its own.
    pub fn link(
        drawer: Option<&Drawer>,
        asking: &Asking,
        catalogue: &Catalogue,
        text: &str,
    ) -> String {
        let id = |ids: &[String], k: usize| ids.get(k).cloned();
        let part = match drawer {
            Some(Drawer::Solver) => Some(format!("w={SOLVER}&a={}", asking.text(catalogue))),
            Some(Drawer::Why(WhyOf::Target(k))) => {
                id(&catalogue.targets, *k).map(|id| format!("w={WHY_TARGET}{id}"))
            }
            Some(Drawer::Why(WhyOf::Figure(k))) => {
                id(&catalogue.figures, *k).map(|id| format!("w={WHY_FIGURE}{id}"))
            }
            _ => None,
        };
        part.map_or(text.to_owned(), |part| link::with(text, &part))
    }
}

fn drawer(word: &str, catalogue: &Catalogue) -> Option<Drawer> {
    let position = |prefix, ids: &[String]| {
        let id = word.strip_prefix(prefix)?;
        ids.iter().position(|own| own == id)
    };
    if word == SOLVER {
        return Some(Drawer::Solver);
    }
    let target = position(WHY_TARGET, &catalogue.targets);
    let figure = position(WHY_FIGURE, &catalogue.figures);
    let of = target.map(WhyOf::Target).or(figure.map(WhyOf::Figure))?;
    Some(Drawer::Why(of))
}
