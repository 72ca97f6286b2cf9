//! The scenario kept in the address and in the browser, and found again after a reload.

use crate::platform::{fragment, storage};
use crate::state::{Action, AppState, Catalogue, decode, encode};
use std::rc::Rc;
use yew::prelude::*;

/// Opens what the address or the last visit left, then keeps every change.
#[hook]
pub fn use_kept_scenario(state: &Rc<AppState>, pack: &str, on: &Callback<Action>) {
    let key = format!("tidemark:{pack}:scenario");
    // Nothing is written before the kept scenario was read.
    let opened = use_mut_ref(|| false);
    {
        let (opened, key, on) = (opened.clone(), key.clone(), on.clone());
        let catalogue = state.catalogue.clone();
        use_effect_with((), move |()| {
            for link in found(&catalogue, &key) {
                on.emit(Action::LinkOpened(link));
            }
            opened.replace(true);
            let listener = fragment::on_change(move |link| {
                if !link.is_empty() {
                    on.emit(Action::LinkOpened(link));
                }
            });
            move || drop(listener)
        });
    }
    let dragging = state.dragging();
    let link = use_memo((state.scenario.clone(), state.view.clone()), |_| {
        encode(&state.catalogue, &state.scenario, &state.view)
    });
    use_effect_with(((*link).clone(), dragging), move |(link, dragging)| {
        if *dragging || !*opened.borrow() {
            return;
        }
        storage::write(&key, link);
        fragment::write_soon(link.trim_start_matches('#').to_owned());
    });
}

/// Links to open, in order: the address, and the last visit where the address says nothing or
/// nothing that can be read.
fn found(catalogue: &Catalogue, key: &str) -> Vec<String> {
    let in_address = fragment::read();
    let mut links = Vec::new();
    if decode(catalogue, &in_address).is_err() {
        links.extend(storage::read(key));
    }
    if !in_address.is_empty() {
        links.push(in_address);
    }
    links
}
