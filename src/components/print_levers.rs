//! The levers that were moved, as a table; on paper only.

use crate::text::lever;
use crate::text::page::{WORDS, labelled};
use crate::view_model::rows::{LeverRow, Reason};
use std::rc::Rc;
use yew::prelude::*;

/// Levers and the scenario's name.
#[derive(Properties, PartialEq)]
pub struct PrintLeversProps {
    /// Name of the scenario.
    pub name: AttrValue,
    /// Levers that differ from their defaults.
    pub changed: Rc<[Rc<LeverRow>]>,
}

/// The table.
#[component]
pub fn PrintLevers(props: &PrintLeversProps) -> Html {
    html! {
        <section class="print-only print-levers">
            <h2>{labelled(WORDS.scenario, &props.name)}</h2>
            if props.changed.is_empty() {
                <p>{WORDS.no_lever_moved}</p>
            } else {
                <table>
                    <thead><tr>
                        <th>{WORDS.lever}</th><th>{WORDS.value}</th><th>{WORDS.level}</th>
                        <th>{WORDS.change}</th><th>{WORDS.start}</th><th>{WORDS.cost}</th><th>{WORDS.evidence}</th>
                    </tr></thead>
                    <tbody>{for props.changed.iter().map(|lever| row(lever))}</tbody>
                </table>
            }
        </section>
    }
}

fn row(row: &LeverRow) -> Html {
    let slider = &row.slider;
    let reason = match &slider.reason {
        Reason::Needless => None,
        Reason::Wanted => Some(lever::reason("")),
        Reason::Given(text) => Some(lever::reason(text)),
    };
    html! {
        <>
        <tr>
            <td>{&slider.label}</td><td>{&slider.value_text}{" "}{&slider.unit}</td><td>{&slider.level}</td>
            <td>{&row.delta}</td><td>{&row.timing.start_text}</td><td>{&row.cost}</td><td>{slider.evidence.word}</td>
        </tr>
        if let Some(reason) = reason {
            <tr><td colspan="7" class="reason">{reason}</td></tr>
        }
        </>
    }
}
