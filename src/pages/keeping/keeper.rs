//! What storage holds of one place: read once, written after every change, and nothing in it lost.
//!
//! The last tab to write wins; what it finds there of another tab, or cannot read, or another link took the
//! place of, goes aside ([`Aside`]) before it is overwritten, and where it cannot go aside nothing is written.

use crate::platform::{download, fragment, storage};
use crate::state::{
    Action, Aside, AsideAnswer, Catalogue, LinkError, Notice, Opened, Source, decode,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::Callback;

/// The storage of one place, as one page of it sees it.
pub(super) struct Keeper {
    catalogue: Rc<Catalogue>,
    on: Callback<Action>,
    key: String,
    aside_key: String,
    /// What storage holds, as far as this page knows: what it read or wrote last.
    known: RefCell<Option<String>>,
    /// What this page last kept aside of another tab.
    foreign: RefCell<Option<String>>,
    /// Nothing is written before the kept scenario was read.
    is_open: Cell<bool>,
    is_refusal_told: Cell<bool>,
}

impl Keeper {
    pub(super) fn new(catalogue: Rc<Catalogue>, on: Callback<Action>) -> Self {
        let place = catalogue.pack_id.clone();
        Self {
            catalogue,
            on,
            key: format!("tidemark:{place}:scenario"),
            aside_key: format!("tidemark:{place}:aside"),
            known: RefCell::default(),
            foreign: RefCell::default(),
            is_open: Cell::default(),
            is_refusal_told: Cell::default(),
        }
    }

    /// Under which the scenario is kept.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Whether what was kept has been read.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// What the last visit left.
    pub(super) fn stored(&self) -> Option<String> {
        storage::read(&self.key)
    }

    /// Opens what the last visit left and the address on top of it; where the address has a scenario of its own
    /// the other one goes aside. `renew` makes a text of before one of today.
    pub(super) fn restore(
        &self,
        address: Option<String>,
        renew: &dyn Fn(String) -> Result<String, Notice>,
    ) {
        let stored = self.stored();
        let linked = address.as_ref();
        let linked = linked.and_then(|link| decode(&self.catalogue, link).ok());
        let is_safe = match &stored {
            Some(raw) => self.restore_stored(raw, linked.as_ref(), renew),
            None => true,
        };
        if is_safe {
            self.known.replace(stored);
        }
        if let Some(link) = address {
            self.on.emit(Action::LinkOpened(link));
        }
        self.is_open.set(true);
        self.tell_aside();
        self.on.emit(Action::Restored);
    }

    /// Whether there is something to restore.
    pub(super) fn awaits(&self) -> bool {
        !fragment::read().is_empty() || self.stored().is_some()
    }

    /// Whether what is stored may be overwritten.
    fn restore_stored(
        &self,
        raw: &str,
        linked: Option<&Opened>,
        renew: &dyn Fn(String) -> Result<String, Notice>,
    ) -> bool {
        let text = match renew(raw.to_owned()) {
            Ok(text) => text,
            Err(Notice::Refused { error, text, .. }) => {
                let from = Source::Storage;
                let notice = Notice::Refused { from, error, text };
                self.on.emit(Action::Told(notice));
                return self.keep_aside(raw, None);
            }
            Err(_) => return self.keep_aside(raw, None),
        };
        match (decode(&self.catalogue, &text), linked) {
            (Ok(opened), Some(linked)) => {
                let is_same = opened.scenario == linked.scenario;
                is_same || opened.scenario.is_baseline() || self.keep_aside(&text, None)
            }
            (Ok(opened), None) => {
                let is_whole = opened.differences.is_empty();
                self.on.emit(Action::StoredOpened(text.clone()));
                is_whole || self.keep_aside(&text, None)
            }
            (Err(_), _) => {
                self.on.emit(Action::StoredOpened(text));
                self.keep_aside(raw, None)
            }
        }
    }

    /// Writes a scenario, unless what it would overwrite cannot be kept.
    pub(super) fn keep(&self, text: &str) {
        let stored = self.stored();
        let is_known = stored == *self.known.borrow();
        if let Some(other) = stored.filter(|other| !is_known && other != text)
            && self.is_worth_keeping(&other, text)
        {
            let former = self.foreign.borrow().clone();
            if !self.keep_aside(&other, former.as_deref()) {
                return self.tell_refusal();
            }
            if former.is_none() {
                self.on.emit(Action::Told(Notice::OtherTab));
            }
            self.foreign.replace(Some(other));
            self.tell_aside();
        }
        match storage::write(&self.key, text) {
            true => {
                self.known.replace(Some(text.to_owned()));
                self.is_refusal_told.set(false);
            }
            false => self.tell_refusal(),
        }
    }

    /// Whether a text says more than the one that takes its place.
    fn is_worth_keeping(&self, other: &str, text: &str) -> bool {
        let scenario = |text| decode(&self.catalogue, text).map(|opened| opened.scenario);
        match scenario(other) {
            Ok(other) => !other.is_baseline() && Ok(&other) != scenario(text).as_ref(),
            Err(error) => error != LinkError::Absent,
        }
    }

    /// What to do with scenarios kept aside; `current` is the text of the one at hand.
    pub(super) fn answer(&self, answer: AsideAnswer, current: &str) {
        let mut aside = self.aside();
        match answer {
            AsideAnswer::Open => {
                let text = aside.newest(|text| self.opens(text)).map(str::to_owned);
                let Some(text) = text else { return };
                if self.is_worth_keeping(current, &text) {
                    aside.keep(current, None);
                }
                aside.forget(&text);
                self.write_aside(&aside);
                self.on.emit(Action::LinkOpened(text));
            }
            AsideAnswer::Save => {
                let name = format!("tidemark-{}.txt", self.catalogue.pack_id);
                let text = aside.text();
                download::save(&name, "text/plain;charset=utf-8", text.as_bytes());
                return;
            }
            AsideAnswer::Drop => storage::remove(&self.aside_key),
        }
        self.tell_aside();
    }

    fn opens(&self, text: &str) -> bool {
        decode(&self.catalogue, text).is_ok()
    }

    fn aside(&self) -> Aside {
        let text = storage::read(&self.aside_key);
        Aside::of(text.as_deref().unwrap_or_default())
    }

    /// Keeps a text aside; gives whether the browser took it.
    fn keep_aside(&self, text: &str, former: Option<&str>) -> bool {
        let mut aside = self.aside();
        aside.keep(text, former);
        self.write_aside(&aside)
    }

    fn write_aside(&self, aside: &Aside) -> bool {
        storage::write(&self.aside_key, &aside.text())
    }

    fn tell_aside(&self) {
        let aside = self.aside();
        let notice = Notice::Aside {
            count: aside.count(),
            can_open: aside.newest(|text| self.opens(text)).is_some(),
        };
        self.on.emit(Action::Told(notice));
    }

    /// Once, until it works again.
    fn tell_refusal(&self) {
        if !self.is_refusal_told.replace(true) {
            self.on.emit(Action::Told(Notice::NotKept));
        }
    }
}
