//! Which chart stands in a place.

use crate::platform::event;
use crate::state::Action;
use crate::text::page::WORDS;
use std::rc::Rc;
use yew::prelude::*;

/// A place, its chart, and all there are.
#[derive(Properties, PartialEq)]
pub struct ChartChoiceProps {
    /// Place on screen, from 0.
    pub place: usize,
    /// The chart shown, by position in the pack.
    pub shown: usize,
    /// Names of all charts, by position in the pack.
    pub names: Rc<[String]>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// A list to choose from; apart from the card, whose chart changes with every move of a slider.
#[component]
pub fn ChartChoice(props: &ChartChoiceProps) -> Html {
    let (place, on) = (props.place, props.on.clone());
    let onchange = Callback::from(move |change: Event| {
        if let Ok(figure) = event::text(&change).parse() {
            on.emit(Action::FigureShown { place, figure });
        }
    });
    html! {
        <select {onchange} aria-label={WORDS.choose_chart}>
            {for props.names.iter().enumerate().map(|(index, name)| html! {
                <option value={index.to_string()} selected={index == props.shown}>{name}</option>
            })}
        </select>
    }
}
