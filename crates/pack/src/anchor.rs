//! Where a record or variable stands in the technical reference: anchors and file name.
//!
//! The reference is written with these and the page links with these, so that they agree.
//! An anchor depends on the record's id or the variable's name alone, so that links outlive releases.

use tidemark_engine::model::canonical_name;

/// File of a pack's reference, beside the compiled pack.
pub fn file(pack: &str) -> String {
    format!("{pack}.reference.html")
}

/// Anchor of a model variable, array or element of one: `v-` and its canonical name.
pub fn variable(name: &str) -> String {
    anchor("v", &canonical_name(name))
}

/// Anchor of a lever.
pub fn lever(id: &str) -> String {
    anchor("l", id)
}

/// Anchor of an assumption.
pub fn assumption(id: &str) -> String {
    anchor("a", id)
}

/// Anchor of an indicator.
pub fn indicator(id: &str) -> String {
    anchor("i", id)
}

/// Anchor of a figure that is only watched.
pub fn observed(id: &str) -> String {
    anchor("o", id)
}

/// Anchor of a target, driven by the model or only watched: no id is both.
pub fn target(id: &str) -> String {
    anchor("t", id)
}

/// Anchor of a setting, by its variable.
pub fn setting(variable: &str) -> String {
    anchor("c", &canonical_name(variable))
}

/// Anchor of a rule.
pub fn rule(id: &str) -> String {
    anchor("r", id)
}

/// Anchor of statements that disagree.
pub fn disagreement(id: &str) -> String {
    anchor("d", id)
}

/// Anchor of a group of the model's variables.
pub fn group(name: &str) -> String {
    anchor("g", &canonical_name(name))
}

/// Anchor of a source.
pub fn source(id: &str) -> String {
    anchor("s", id)
}

/// An id of the page: no white space (HTML, `id` attribute).
fn anchor(kind: &str, name: &str) -> String {
    let plain = |c: char| if c.is_whitespace() { '_' } else { c };
    format!("{kind}-{}", name.chars().map(plain).collect::<String>())
}

/// The fragment of an address that leads to an anchor, with its `#`.
///
/// What may not stand in a fragment (RFC 3986, 3.5) is percent-encoded; letters of any script
/// stay, as browsers decode a fragment before they look for it.
pub fn fragment(anchor: &str) -> String {
    let mut out = String::from("#");
    for c in anchor.chars() {
        let is_plain = c.is_alphanumeric() || "-._~!$*+,;=:@/?()".contains(c);
        let mut bytes = [0; 4];
        match is_plain {
            true => out.push(c),
            false => out.extend(
                c.encode_utf8(&mut bytes)
                    .bytes()
                    .map(|b| format!("%{b:02X}")),
            ),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_follows_the_name_and_not_its_spelling() {
        assert_eq!(variable("Room Temp"), "v-room_temp");
        assert_eq!(variable("stock[ North, a b ]"), "v-stock[north,a_b]");
        assert_eq!(target("a b"), "t-a_b");
    }

    #[test]
    fn a_fragment_holds_no_sign_that_ends_an_attribute_or_address() {
        assert_eq!(fragment("v-全市_高企[a,b]"), "#v-全市_高企%5Ba,b%5D");
        assert_eq!(fragment("v-\"<%#&'"), "#v-%22%3C%25%23%26%27");
    }
}
