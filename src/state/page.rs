//! Which page is shown, and the part of a link that says so (`v=`).

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
        let fragment = link.trim().trim_start_matches('#');
        let named = fragment.split('&').find_map(|part| part.strip_prefix("v="));
        match named {
            Some(CREDIBILITY) => Self::Credibility,
            _ => Self::Main,
        }
    }

    /// A link to this page with what `link` carries besides.
    pub fn link(self, link: &str) -> String {
        match self {
            Self::Main => link.to_owned(),
            Self::Credibility => format!("{link}&v={CREDIBILITY}"),
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
