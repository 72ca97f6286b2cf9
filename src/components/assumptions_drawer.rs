//! What nobody here decides, in its own drawer and colour, over the levers, so that tiles and
//! charts stay in view.

use super::drawer::DrawerFrame;
use super::slider::Slider;
use crate::state::Action;
use crate::text::page::WORDS;
use crate::view_model::rows::AssumptionRow;
use std::rc::Rc;
use yew::prelude::*;

/// All assumptions.
#[derive(Properties, PartialEq)]
pub struct AssumptionsDrawerProps {
    /// In pack order.
    pub rows: Rc<[AssumptionRow]>,
    /// Whether any differs from its default.
    pub changed: bool,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The drawer of assumptions.
#[component]
pub fn AssumptionsDrawer(props: &AssumptionsDrawerProps) -> Html {
    let mut kinds: Vec<&'static str> = Vec::new();
    for row in props.rows.iter() {
        if !kinds.contains(&row.kind) {
            kinds.push(row.kind);
        }
    }
    let reset = props.on.reform(|_: MouseEvent| Action::ResetAssumptions);
    html! {
        <DrawerFrame title={WORDS.assumptions} class={classes!("left")} on={props.on.clone()}>
            <p class="lead">{WORDS.assumptions_lead}</p>
            {for kinds.into_iter().map(|kind| self::kind(kind, props))}
            <div class="actions">
                <button class="button" disabled={!props.changed} onclick={reset}>{WORDS.reset_assumptions}</button>
            </div>
        </DrawerFrame>
    }
}

fn kind(kind: &'static str, props: &AssumptionsDrawerProps) -> Html {
    let rows = props.rows.iter().filter(|row| row.kind == kind);
    html! {
        <section key={kind}>
            <h3 class="kind">{kind}</h3>
            <ul>{for rows.map(|row| assumption(row, &props.on))}</ul>
        </section>
    }
}

fn assumption(row: &AssumptionRow, on: &Callback<Action>) -> Html {
    html! {
        <Slider key={row.slider.id.clone()} row={row.slider.clone()} on={on.clone()} />
    }
}
