//! The place whose pack is shown, and the others that may be chosen.

use crate::platform::event;
use crate::protocol::PackEntry;
use crate::text::page::WORDS;
use std::rc::Rc;
use yew::prelude::*;

/// What may be chosen.
#[derive(Properties, PartialEq)]
pub struct PackChoiceProps {
    /// Packs of the site, in its order.
    pub packs: Rc<[PackEntry]>,
    /// Id of the one shown.
    pub shown: AttrValue,
    /// Called with the id of another one.
    pub on_choose: Callback<String>,
}

/// A list to choose from; nothing where there is only one pack.
#[component]
pub fn PackChoice(props: &PackChoiceProps) -> Html {
    if props.packs.len() < 2 {
        return Html::default();
    }
    let choose = props.on_choose.reform(|change: Event| event::text(&change));
    html! {
        <select id="pack" class="pack-choice" aria-label={WORDS.choose_pack} title={WORDS.choose_pack} onchange={choose}>
            {for props.packs.iter().map(|pack| html! {
                <option key={pack.id.clone()} value={pack.id.clone()} selected={pack.id == *props.shown}>{&pack.label}</option>
            })}
        </select>
    }
}
