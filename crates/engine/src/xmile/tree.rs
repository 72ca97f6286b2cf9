//! XML text → a tree of elements with byte offsets (quick-xml pull reader).
//!
//! Names of vendors' elements keep their prefix, undeclared ones too. Of them, and of what is drawn
//! (`views`), only the element itself stays, without what is inside. Attributes and text know where
//! each of their characters came from; whether they may stand there is asked in `grammar`.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::source::Faults;
use crate::budget::MAX_XML_DEPTH;

/// Text with references resolved, and where its pieces stood in the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    /// The characters.
    pub(crate) text: String,
    /// (offset in `text`, offset in the file), ascending.
    pieces: Vec<(usize, usize)>,
}

impl Text {
    /// Where a byte of the text stood in the file.
    pub(crate) fn at(&self, offset: usize) -> usize {
        let k = self.pieces.partition_point(|&(here, _)| here <= offset);
        match k.checked_sub(1).and_then(|k| self.pieces.get(k)) {
            Some(&(here, there)) => there + (offset - here),
            None => 0,
        }
    }

    /// Where its first character that is no white space stood.
    pub(crate) fn start(&self) -> usize {
        self.at(self.text.len() - self.text.trim_start().len())
    }

    fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }
}

/// One element.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    /// Name in lower case; a vendor's keeps its prefix (`isee:prefs`), but for the root's and for
    /// those that are read.
    pub(crate) name: String,
    /// Byte offset of its `<`.
    pub(crate) at: usize,
    /// Attributes by lower-case name; a prefixed one keeps its prefix (`isee:save_interval`).
    pub(crate) attributes: Vec<(String, Text)>,
    /// Elements inside, in order.
    pub(crate) children: Vec<Element>,
    /// Text inside, without that of its children.
    pub(crate) text: Text,
}

impl Element {
    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    /// An attribute's text.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Text> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, t)| t)
    }
}

/// Elements that say nothing about behaviour.
const SKIPPED: &[&str] = &[
    "views",
    "view",
    "style",
    "default_format",
    "prefs",
    "layout",
    "story",
    "simulation_view",
    "display",
    "stories",
    "format",
];

/// Vendor elements that change what a model computes.
const KEPT: &[&str] = &["isee:maps_to", "simlin:mapping"];

/// The root element, or `None` when the text is no XML to its end (then a fault says where).
pub(crate) fn read_tree(faults: &mut Faults) -> Option<Element> {
    let text = faults.source.text();
    if let Some((at, c)) = text.char_indices().find(|&(_, c)| !is_allowed(c)) {
        let code = format!("U+{:04X}", u32::from(c));
        let message = format!("the character {code} may stand in no XML file");
        let hint = Some("remove it, or save the file as UTF-8 text again".to_owned());
        faults.error_hint("bad-xml", at, &[&code], message, hint);
        return None;
    }
    let skip = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(text.get(skip..).unwrap_or(""));
    let mut tree = Building::default();
    loop {
        let at = skip + usize::try_from(reader.buffer_position()).unwrap_or(0);
        match reader.read_event() {
            Ok(Event::Start(tag)) => tree.open(&tag, at, faults)?,
            Ok(Event::Empty(tag)) => {
                tree.open(&tag, at, faults)?;
                tree.close();
            }
            Ok(Event::End(_)) => tree.close(),
            Ok(Event::Text(t)) => tree.text(&t.xml10_content(), at, faults),
            Ok(Event::CData(t)) => {
                tree.text(&t.xml10_content(), at + "<![CDATA[".len(), faults);
            }
            Ok(Event::GeneralRef(r)) => tree.reference(&r, at, faults),
            Ok(Event::Eof) => return tree.finish(at, faults),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(error) => {
                let at = skip + usize::try_from(reader.error_position()).unwrap_or(0);
                ill_formed(&error.to_string(), at, faults);
                return None;
            }
        }
    }
}

#[derive(Default)]
struct Building {
    open: Vec<Element>,
    root: Option<Element>,
    /// How many elements deep inside a skipped one.
    skipping: usize,
}

impl Building {
    fn open(&mut self, tag: &BytesStart, at: usize, faults: &mut Faults) -> Option<()> {
        let full = tag.name().into_inner().to_lowercase();
        let (prefix, name) = full.split_once(':').unwrap_or(("", &full));
        if self.open.len() + self.skipping >= MAX_XML_DEPTH {
            let limit = MAX_XML_DEPTH.to_string();
            let message = format!("elements are nested more than {limit} deep");
            faults.error("too-deep", at, &[&limit], message);
            return None;
        }
        if self.skipping > 0 {
            self.skipping += 1;
            return Some(());
        }
        if self.open.is_empty() && self.root.is_some() {
            let why = format!("<{full}> begins behind the end of the root element");
            ill_formed(&why, at, faults);
            return None;
        }
        let is_vendors =
            !prefix.is_empty() && !self.open.is_empty() && !KEPT.contains(&full.as_str());
        let mut element = Element {
            name: (if is_vendors { &full } else { name }).to_owned(),
            at,
            ..Element::default()
        };
        if is_vendors || SKIPPED.contains(&name) {
            if let Some(parent) = self.open.last_mut() {
                parent.children.push(element);
            }
            self.skipping = 1;
            return Some(());
        }
        // A text that is empty stands here too.
        element.text.push("", at);
        let base = at + "<".len() + full.len();
        for attribute in tag.attributes().with_checks(false) {
            match attribute {
                Ok(a) => {
                    let offset = offset_in(tag.attributes_raw(), &a.value).unwrap_or(0);
                    let text = unescaped(&a.value, base + offset, faults);
                    element
                        .attributes
                        .push((a.key.into_inner().to_lowercase(), text));
                }
                Err(error) => ill_formed(&error.to_string(), at, faults),
            }
        }
        self.open.push(element);
        Some(())
    }

    fn close(&mut self) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        let Some(element) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str, at: usize, faults: &mut Faults) {
        match self.open.last_mut() {
            _ if self.skipping > 0 => {}
            Some(element) => element.text.push(text, at),
            None if text.trim().is_empty() => {}
            None => {
                let at = at + text.len() - text.trim_start().len();
                let why = format!("`{}` stands outside of the root element", text.trim());
                ill_formed(&why, at, faults);
            }
        }
    }

    fn reference(&mut self, reference: &BytesRef, at: usize, faults: &mut Faults) {
        let name = reference.xml10_content();
        match entity(&name) {
            Some(text) => self.text(&text, at, faults),
            None if self.skipping > 0 => {}
            None => unknown_entity(&name, at, faults),
        }
    }

    fn finish(self, at: usize, faults: &mut Faults) -> Option<Element> {
        if let Some(element) = self.open.last() {
            let name = &element.name;
            faults.error(
                "bad-xml",
                at,
                &[name],
                format!("the file ends inside <{name}>"),
            );
            return None;
        }
        if self.root.is_none() {
            faults.error(
                "bad-xml",
                at,
                &[""],
                "there is no element in this file".to_owned(),
            );
        }
        self.root
    }
}

fn ill_formed(why: &str, at: usize, faults: &mut Faults) {
    let message = format!("this is no well-formed XML: {why}");
    faults.error("bad-xml", at, &[why], message);
}

/// Whether a character may stand in a file (XML 1.0, 2.2).
fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Offset of a slice inside the text it was cut from.
fn offset_in(whole: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize)
        .checked_sub(whole.as_ptr() as usize)
        .filter(|&k| k <= whole.len())
}

/// Attribute text with its references resolved.
fn unescaped(raw: &str, at: usize, faults: &mut Faults) -> Text {
    let mut text = Text::default();
    let mut rest = raw;
    while let Some(amp) = rest.find('&') {
        let here = at + raw.len() - rest.len();
        text.push(rest.get(..amp).unwrap_or(""), here);
        let tail = rest.get(amp + 1..).unwrap_or("");
        let Some((name, after)) = tail.split_once(';') else {
            unknown_entity(tail, here + amp, faults);
            return text;
        };
        match entity(name) {
            Some(c) => text.push(&c, here + amp),
            None => unknown_entity(name, here + amp, faults),
        }
        rest = after;
    }
    text.push(rest, at + raw.len() - rest.len());
    text
}

fn unknown_entity(name: &str, at: usize, faults: &mut Faults) {
    let name: String = name.chars().take(20).collect();
    let message = format!("`&{name};` names no character");
    let hint = Some("write & itself as `&amp;`".to_owned());
    faults.error_hint("unknown-entity", at, &[&name], message, hint);
}

/// The character of a reference: the five of XML, or a number.
fn entity(name: &str) -> Option<String> {
    let known = match name {
        "lt" => Some("<"),
        "gt" => Some(">"),
        "amp" => Some("&"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        _ => None,
    };
    if let Some(text) = known {
        return Some(text.to_owned());
    }
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
        .filter(|&c| is_allowed(c))
        .map(String::from)
}
