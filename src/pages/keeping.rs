//! The scenario kept in the address and in the browser, and found again after a reload.
//!
//! A link to another pack of the site is handed on; each pack keeps a scenario of its own.

use crate::platform::{fragment, later, storage};
use crate::protocol::PackEntry;
use crate::state::{
    Action, AppState, Catalogue, Notice, Page, Panel, choose, decode, encode, pack_of,
};
use std::rc::Rc;
use yew::prelude::*;

/// Where the browser keeps the number of members.
const MEMBERS_KEY: &str = "tidemark:members";

/// Opens what the address or the last visit left, then keeps every change; `on_link` takes a
/// link to another one of `packs`.
#[hook]
pub fn use_kept_scenario(
    state: &Rc<AppState>,
    packs: &Rc<[PackEntry]>,
    on_link: &Callback<String>,
    on: &Callback<Action>,
) {
    let key = format!("tidemark:{}:scenario", state.catalogue.pack_id);
    // Nothing is written before the kept scenario was read.
    let opened = use_mut_ref(|| false);
    {
        let (opened, key, on) = (opened.clone(), key.clone(), on.clone());
        let catalogue = state.catalogue.clone();
        let (packs, on_link) = (packs.clone(), on_link.clone());
        use_effect_with((), move |()| {
            for link in found(&catalogue, &key) {
                on.emit(Action::LinkOpened(link));
            }
            opened.replace(true);
            let listener =
                fragment::on_change(
                    move |link| match address(&packs, &catalogue.pack_id, &link) {
                        Address::Nothing => {}
                        Address::Own => on.emit(Action::LinkOpened(link)),
                        Address::Other => on_link.emit(link),
                        Address::Unknown(id) => on.emit(Action::Told(Notice::UnknownPack { id })),
                    },
                );
            move || drop(listener)
        });
    }
    use_kept_members(state.members, on);
    let dragging = state.dragging();
    let link = use_memo((state.scenario.clone(), state.view.clone()), |_| {
        encode(&state.catalogue, &state.scenario, &state.view)
    });
    let panel = Panel::link(state.drawer.as_ref(), &state.asking, "");
    let shown = ((*link).clone(), state.page, panel, dragging);
    use_effect_with(shown, move |(link, page, panel, dragging)| {
        if *dragging || !*opened.borrow() {
            return;
        }
        let (place, kept) = (key.clone(), link.clone());
        later::schedule(&key, move || {
            storage::write(&place, &kept);
        });
        let link = page.link(link.trim_start_matches('#')) + panel;
        // Another page is a place of its own to go back to; the address after going back is there
        // already.
        match Page::of(&fragment::read()) == *page {
            true => fragment::write_soon(link),
            false => fragment::push_now(&link),
        }
    });
}

/// The number of members that was set last, on this machine, for every pack.
#[hook]
fn use_kept_members(members: usize, on: &Callback<Action>) {
    let opened = use_mut_ref(|| false);
    let on = on.clone();
    use_effect_with(members, move |members| {
        // The first time it is what the page begins with, not what was set.
        if opened.replace(true) {
            storage::write(MEMBERS_KEY, &members.to_string());
            return;
        }
        let kept = storage::read(MEMBERS_KEY).and_then(|text| text.parse().ok());
        if let Some(members) = kept {
            on.emit(Action::MembersSet(members));
        }
    });
}

/// What a fragment of the address asks of the pack shown.
#[derive(Debug, PartialEq, Eq)]
enum Address {
    /// Nothing.
    Nothing,
    /// A scenario of its own.
    Own,
    /// Another pack of the site.
    Other,
    /// A pack that the site does not have.
    Unknown(String),
}

fn address(packs: &[PackEntry], shown: &str, link: &str) -> Address {
    if link.is_empty() {
        return Address::Nothing;
    }
    let Some(choice) = choose(packs, link, Some(shown)) else {
        return Address::Own;
    };
    match (choice.unknown, packs.get(choice.index)) {
        (Some(id), _) => Address::Unknown(id),
        (None, Some(pack)) if pack.id != shown => Address::Other,
        (None, _) => Address::Own,
    }
}

/// Links to open, in order: the address, and the last visit where the address says nothing or
/// nothing that can be read.
fn found(catalogue: &Catalogue, key: &str) -> Vec<String> {
    let in_address = fragment::read();
    let mut links = Vec::new();
    if decode(catalogue, &in_address).is_err() {
        links.extend(storage::read(key));
    }
    // A link to a pack that the site does not have was told when this one was loaded.
    let is_own = pack_of(&in_address).is_none_or(|id| id == catalogue.pack_id);
    if is_own && !in_address.is_empty() {
        links.push(in_address);
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, expected: Address) {
        let entry = |id: &str, hash: &str| PackEntry {
            id: id.to_owned(),
            label: id.to_owned(),
            file: format!("{id}.pack.json"),
            reference: String::new(),
            draws: String::new(),
            more_draws: String::new(),
            credibility: String::new(),
            hash: hash.to_owned(),
        };
        let packs = [entry("city", "1a2b3c4d"), entry("ward", "99887766")];
        assert_eq!(address(&packs, "ward", link), expected);
    }

    #[test]
    fn a_pasted_link_goes_to_its_pack() {
        check("", Address::Nothing);
        check("p=ward&k=1.99887766.AA", Address::Own);
        check("p=city&k=1.1a2b3c4d.AA", Address::Other);
        check("p=city", Address::Other);
        check("k=1.1a2b3c4d.AA", Address::Other);
        check("p=village", Address::Unknown("village".to_owned()));
    }

    #[test]
    fn a_damaged_link_is_left_to_the_pack_shown() {
        check("k=1.deadbeef.!!!!", Address::Own);
        check("k=", Address::Own);
    }
}
