//! The scenario kept in the address and in the browser, and found again after a reload.
//!
//! A link to another pack of the site is handed on; each pack keeps a scenario of its own. What storage holds
//! is never overwritten before it was read or kept aside: `keeper`.

mod keeper;

use crate::platform::{fetch, fragment, later, storage, task};
use crate::protocol::PackEntry;
use crate::state::link::{is_old, renewed};
use crate::state::{
    Action, AppState, AsideAnswer, LinkError, Notice, Page, Panel, Source, choose, encode, pack_of,
};
use keeper::Keeper;
use std::rc::Rc;
use yew::prelude::*;

/// Where the browser keeps the number of members.
const MEMBERS_KEY: &str = "tidemark:members";

/// What stood at which position of packs whose links named positions; read only where such a link is met.
const RECORDS: &str = "packs/links.txt";

/// Opens what the address or the last visit left, then keeps every change; `on_link` takes a
/// link to another one of `packs`. Gives where answers about scenarios kept aside go, and whether the page
/// is not yet that of the kept scenario, so that what it says of the baseline is not to be seen.
#[hook]
pub fn use_kept_scenario(
    state: &Rc<AppState>,
    packs: &Rc<[PackEntry]>,
    on_link: &Callback<String>,
    on: &Callback<Action>,
) -> (Callback<AsideAnswer>, bool) {
    let keeper = use_mut_ref(|| Rc::new(Keeper::new(state.catalogue.clone(), on.clone())));
    let keeper = keeper.borrow().clone();
    {
        let keeper = keeper.clone();
        let links = Links {
            packs: packs.clone(),
            on_link: on_link.clone(),
            on: on.clone(),
            shown: state.catalogue.pack_id.clone(),
        };
        use_effect_with((), move |()| {
            links.clone().restore(keeper);
            let listener = fragment::on_change(move |link| links.arrived(link));
            move || drop(listener)
        });
    }
    use_kept_members(state.members, on);
    let made_of = (
        state.scenario.clone(),
        state.view.clone(),
        state.origin.clone(),
    );
    let link = use_memo(made_of, |_| encode(state));
    let beside = state.page.link(&link);
    let drawer = state.drawer.as_ref();
    let address = Panel::link(drawer, &state.asking, &state.catalogue, &beside);
    let is_at_rest = !state.dragging() && !state.is_address_kept;
    let shown = ((*link).clone(), address, state.page, is_at_rest);
    let kept = keeper.clone();
    use_effect_with(shown, move |(link, address, page, is_at_rest)| {
        if !is_at_rest || !kept.is_open() {
            return;
        }
        let link = link.clone();
        let key = kept.key().to_owned();
        later::schedule(&key, move || kept.keep(&link));
        let address = address.trim_start_matches('#');
        // Another page is a place of its own to go back to; the address after going back is there
        // already.
        match Page::of(&fragment::read()) == *page {
            true => fragment::write_soon(address.to_owned()),
            false => fragment::push_now(address),
        }
    });
    let awaits = {
        let keeper = keeper.clone();
        use_memo((), move |()| keeper.awaits())
    };
    let current = (*link).clone();
    let on_aside = use_callback(current, move |answer, current| {
        keeper.answer(answer, current)
    });
    (on_aside, *awaits && !state.is_restored)
}

/// Where links go that come in.
#[derive(Clone)]
struct Links {
    packs: Rc<[PackEntry]>,
    on_link: Callback<String>,
    on: Callback<Action>,
    /// Id of the pack shown.
    shown: String,
}

impl Links {
    /// Opens what the address and the last visit left; one of before waits for the records of packs.
    fn restore(self, keeper: Rc<Keeper>) {
        let in_address = fragment::read();
        // A link to another pack was handed on, or told, when this one was loaded.
        let is_own = pack_of(&in_address).is_none_or(|id| id == self.shown);
        let address = (is_own && !in_address.is_empty()).then_some(in_address);
        let found = [keeper.stored(), address.clone()];
        if !found.iter().flatten().any(|text| is_old(text)) {
            keeper.restore(address, &Ok);
            return;
        }
        task::start(async move {
            let records = fetch::text(RECORDS).await.ok();
            let address = address.map(|link| renewed_by(records.as_deref(), link));
            let address = match address {
                Some(Ok(link)) if pack_of(&link).is_some_and(|id| id != self.shown) => {
                    keeper.restore(None, &|text| renewed_by(records.as_deref(), text));
                    return self.on_link.emit(link);
                }
                Some(Ok(link)) => Some(link),
                Some(Err(notice)) => {
                    self.on.emit(Action::Told(notice));
                    None
                }
                None => None,
            };
            keeper.restore(address, &|text| renewed_by(records.as_deref(), text));
        });
    }

    /// What to do with a link that was pasted.
    fn arrived(&self, link: String) {
        match address(&self.packs, &self.shown, &link) {
            Address::Nothing => {}
            Address::Own if is_old(&link) => {
                let links = self.clone();
                task::start(async move {
                    let records = fetch::text(RECORDS).await.ok();
                    match renewed_by(records.as_deref(), link) {
                        Ok(link) => links.arrived(link),
                        Err(notice) => links.on.emit(Action::Told(notice)),
                    }
                });
            }
            Address::Own => self.on.emit(Action::LinkOpened(link)),
            Address::Other => self.on_link.emit(link),
            Address::Unknown(id) => self.on.emit(Action::Told(Notice::UnknownPack { id })),
        }
    }
}

/// A text as one of today; what is said where that cannot be done.
fn renewed_by(records: Option<&str>, text: String) -> Result<String, Notice> {
    if !is_old(&text) {
        return Ok(text);
    }
    let new = records.ok_or(LinkError::NoRecords);
    let from = Source::Link;
    new.and_then(|records| renewed(&text, records))
        .map_err(|error| Notice::Refused { from, error, text })
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
        check("p=ward。", Address::Own);
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
