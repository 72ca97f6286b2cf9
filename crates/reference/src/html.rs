//! HTML with everything escaped that is not markup of this crate.
//!
//! Markup is `&'static str`, so no text of a pack or model can become one by mistake.

use tidemark_pack::anchor;

/// A growing piece of HTML.
#[derive(Debug, Default)]
pub(crate) struct Html {
    text: String,
}

impl Html {
    /// The HTML written so far.
    pub(crate) fn into_string(self) -> String {
        self.text
    }

    /// Markup as it stands here in the code.
    pub(crate) fn markup(&mut self, markup: &'static str) {
        self.text.push_str(markup);
    }

    /// Text of any origin.
    pub(crate) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#39;"),
                // Control characters, and those that turn the direction of what follows.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => self.text.push('\u{fffd}'),
                c if c.is_control() && c != '\n' && c != '\t' => self.text.push('\u{fffd}'),
                c => self.text.push(c),
            }
        }
    }

    /// `<tag>text</tag>`.
    pub(crate) fn element(&mut self, tag: &'static str, text: &str) {
        self.open(tag, "", "");
        self.text(text);
        self.close(tag);
    }

    /// `<span class="class">text</span>`.
    pub(crate) fn span(&mut self, class: &'static str, text: &str) {
        self.open("span", class, "");
        self.text(text);
        self.close("span");
    }

    /// An opening tag; an empty class or id is left out.
    pub(crate) fn open(&mut self, tag: &'static str, class: &'static str, id: &str) {
        self.text.push('<');
        self.text.push_str(tag);
        for (name, value) in [("class", class), ("id", id)] {
            if !value.is_empty() {
                self.text.push_str(&format!(" {name}=\""));
                self.text(value);
                self.text.push('"');
            }
        }
        self.text.push('>');
    }

    /// A closing tag.
    pub(crate) fn close(&mut self, tag: &'static str) {
        self.text.push_str("</");
        self.text.push_str(tag);
        self.text.push('>');
        if matches!(
            tag,
            "section" | "article" | "dl" | "tr" | "table" | "p" | "li"
        ) {
            self.text.push('\n');
        }
    }

    /// A link to an anchor of this page.
    pub(crate) fn link(&mut self, to: &str, text: &str) {
        self.text.push_str("<a href=\"");
        self.text(&anchor::fragment(to));
        self.text.push_str("\">");
        self.text(text);
        self.text.push_str("</a>");
    }

    /// A term with what `write` says of it.
    pub(crate) fn row(&mut self, term: &str, write: impl FnOnce(&mut Self)) {
        self.element("dt", term);
        self.markup("<dd>");
        write(self);
        self.markup("</dd>\n");
    }

    /// A term with a text; one that is empty is called so.
    pub(crate) fn text_row(&mut self, term: &str, text: &str) {
        self.row(term, |html| html.text_or_none(text));
    }

    /// The text, or the words for one that is not given.
    pub(crate) fn text_or_none(&mut self, text: &str) {
        match text.trim() {
            "" => self.span("none", crate::text::NOT_GIVEN),
            text => self.text(text),
        }
    }

    /// What `write` says of each item, between signs.
    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        let mut is_first = true;
        for item in items {
            if !std::mem::take(&mut is_first) {
                self.text(crate::text::BETWEEN);
            }
            write(self, item);
        }
        if is_first {
            self.span("none", crate::text::NONE);
        }
    }

    /// A head of columns.
    pub(crate) fn table_head(&mut self, columns: &[&str]) {
        self.markup("<div class=\"scroll\"><table><thead><tr>");
        for column in columns {
            self.markup("<th scope=\"col\">");
            self.text(column);
            self.markup("</th>");
        }
        self.markup("</tr></thead><tbody>\n");
    }

    /// The end of a table begun by [`Self::table_head`].
    pub(crate) fn table_end(&mut self) {
        self.markup("</tbody></table></div>\n");
    }
}
