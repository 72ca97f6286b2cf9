//! Which pack a page opens: the one its link names, else the one of the last visit, else the first.
//!
//! A link names its pack by id (`p=<id>`); one of before without an id is known by the hash in it.

use super::link;
use crate::protocol::PackEntry;

/// The pack to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its place in the list.
    pub index: usize,
    /// A pack that the link names and the list does not have.
    pub unknown: Option<String>,
}

/// The pack of the list that a page with that link opens; `last` is that of the last visit.
///
/// `None` where the list is empty.
pub fn choose(packs: &[PackEntry], link: &str, last: Option<&str>) -> Option<Choice> {
    let place = |id: &str| packs.iter().position(|pack| pack.id == id);
    let named = pack_of(link);
    let index = match &named {
        Some(id) => place(id.as_str()),
        None => made_for(packs, link),
    };
    let unknown = named.filter(|_| index.is_none());
    let last = last.filter(|_| unknown.is_none()).and_then(place);
    let index = index.or(last).unwrap_or(0);
    (index < packs.len()).then_some(Choice { index, unknown })
}

/// Id of the pack that a link names, with or without its `#`.
pub fn pack_of(link: &str) -> Option<String> {
    let clean = link::clean(link);
    let id = link::part(&clean, "p").filter(|id| !id.is_empty());
    id.map(str::to_owned)
}

/// A link to a pack as it was last left.
pub fn link_to(pack: &str) -> String {
    format!("p={pack}")
}

/// The pack whose hash a link carries.
fn made_for(packs: &[PackEntry], link: &str) -> Option<usize> {
    let clean = link::clean(link);
    let hash = link::part(&clean, "k")?.split('.').nth(1)?;
    let same = |pack: &PackEntry| !hash.is_empty() && pack.hash.starts_with(hash);
    packs.iter().position(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packs() -> Vec<PackEntry> {
        let entry = |id: &str, hash: &str| PackEntry {
            draws: String::new(),
            more_draws: String::new(),
            credibility: String::new(),
            id: id.to_owned(),
            label: id.to_uppercase(),
            file: format!("{id}.pack.json"),
            reference: String::new(),
            hash: hash.to_owned(),
        };
        vec![entry("city", "1a2b3c4d55"), entry("district", "99887766aa")]
    }

    #[track_caller]
    fn check(link: &str, last: Option<&str>, id: &str, unknown: Option<&str>) {
        let packs = packs();
        let choice = choose(&packs, link, last).unwrap();
        assert_eq!(packs[choice.index].id, id);
        assert_eq!(choice.unknown.as_deref(), unknown);
    }

    #[test]
    fn without_a_link_the_last_visit_counts_then_the_order() {
        check("", None, "city", None);
        check("", Some("district"), "district", None);
        check("", Some("gone"), "city", None);
    }

    #[test]
    fn a_link_goes_before_the_last_visit() {
        check("#p=city&k=1.1a2b3c4d.AA", Some("district"), "city", None);
        check("p=district", None, "district", None);
    }

    #[test]
    fn a_link_without_a_pack_is_known_by_its_hash() {
        check("#k=1.99887766.AA", None, "district", None);
        check("#k=1.00000000.AA", Some("district"), "district", None);
        check("#k=1..AA", None, "city", None);
        check("#k=", None, "city", None);
    }

    #[test]
    fn a_pack_that_is_not_there_is_said_and_the_first_one_opened() {
        check("#p=village", Some("district"), "city", Some("village"));
    }

    #[test]
    fn an_empty_list_has_nothing_to_open() {
        assert_eq!(choose(&[], "#p=city", None), None);
    }
}
