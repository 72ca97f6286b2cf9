//! Which page is shown, and the part of a link that says so (`v=`).

use super::link;

/// What fills the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// Scoreboard, levers, charts.
    #[default]
    Main,
    /// 模型可信度: what fits and hindcasts say of the model.
    Credibility,
}

/// The value of `v=` for 模型可信度.
const CREDIBILITY: &str = "credibility";

impl Page {
    /// The page that a link names, with or without its `#`; the main one for any other word.
    pub fn of(link: &str) -> Self {
        match link::part(&link::clean(link), "v") {
            Some(CREDIBILITY) => Self::Credibility,
            _ => Self::Main,
        }
    }

    /// The part of a cleaned link that should name a page and names none.
    pub(super) fn unread(clean: &str) -> Option<String> {
        let word = link::part(clean, "v").filter(|word| *word != CREDIBILITY)?;
        Some(format!("v={word}"))
    }

    /// A link to this page with what `link` carries besides.
    pub fn link(self, link: &str) -> String {
        match self {
            Self::Main => link.to_owned(),
            Self::Credibility => link::with(link, &format!("v={CREDIBILITY}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_which_page_it_leads_to() {
        for page in [Page::Main, Page::Credibility] {
            assert_eq!(Page::of(&page.link("#p=town&k=1.2.3")), page);
        }
        assert_eq!(Page::of("p=town&v=credibility"), Page::Credibility);
        assert_eq!(Page::of("p=town&v=other"), Page::Main);
        assert_eq!(Page::of(""), Page::Main);
    }
}
