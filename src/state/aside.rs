//! Scenarios that lost their place in storage, kept until the user decides: what could not be read, what another
//! link or another tab took the place of.

/// Most texts kept; beyond it the oldest goes.
const MOST: usize = 20;

/// What the user wants done with scenarios kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideAnswer {
    /// The newest is opened in place of the one at hand, which goes aside.
    Open,
    /// All are saved as a file.
    Save,
    /// All are forgotten.
    Drop,
}

/// Texts, oldest first, one a line in storage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aside(Vec<String>);

impl Aside {
    /// What a stored text holds.
    pub fn of(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.is_empty());
        Self(lines.map(str::to_owned).collect())
    }

    /// As it is stored.
    pub fn text(&self) -> String {
        self.0.join("\n")
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The newest text that passes.
    pub fn newest(&self, passes: impl Fn(&str) -> bool) -> Option<&str> {
        let texts = self.0.iter().rev().map(String::as_str);
        texts.into_iter().find(|text| passes(text))
    }

    /// Keeps a text as the newest one, in place of `former`: one of the same tab, which it follows.
    pub fn keep(&mut self, text: &str, former: Option<&str>) {
        let text = text.replace(['\n', '\r'], " ");
        self.0
            .retain(|own| *own != text && Some(own.as_str()) != former);
        self.0.push(text);
        let beyond = self.0.len().saturating_sub(MOST);
        self.0.drain(..beyond);
    }

    /// Forgets a text.
    pub fn forget(&mut self, text: &str) {
        self.0.retain(|own| own != text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_once_and_the_newest_is_first_in_hand() {
        let mut aside = Aside::default();
        for text in ["#a", "#b", "\u{1}bro\nken", "#a"] {
            aside.keep(text, None);
        }
        assert_eq!(Aside::of(&aside.text()), aside);
        assert_eq!((aside.count(), aside.newest(|_| true)), (3, Some("#a")));
        assert_eq!(
            aside.newest(|text| text.contains("bro")),
            Some("\u{1}bro ken")
        );
        aside.keep("#c", Some("#a"));
        assert_eq!((aside.count(), aside.newest(|_| true)), (3, Some("#c")));
        aside.forget("#c");
        for k in 0..50 {
            aside.keep(&format!("#{k}"), None);
        }
        assert_eq!((aside.count(), aside.newest(|_| true)), (MOST, Some("#49")));
    }
}
