//! The levers of one group, or all of them, under their tabs.

use super::slider::Slider;
use crate::state::{Action, Drawer};
use crate::text::page::WORDS;
use crate::view_model::rows::{GroupTab, LeverRow};
use std::rc::Rc;
use yew::prelude::*;

/// Tabs, the levers of the shown one, and where actions go.
#[derive(Properties, PartialEq)]
pub struct LeverPanelProps {
    /// Tabs in order.
    pub tabs: Rc<[GroupTab]>,
    /// Levers of the shown group, the one with the most effect first.
    pub levers: Rc<[Rc<LeverRow>]>,
    /// By what they stand in order; empty where that is not known.
    pub ordered_by: AttrValue,
    /// How many assumptions differ from their defaults.
    pub assumptions_changed: usize,
    /// Whether any lever does.
    pub levers_changed: bool,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The panel; only its list scrolls.
#[component]
pub fn LeverPanel(props: &LeverPanelProps) -> Html {
    let assumptions = props
        .on
        .reform(|_: MouseEvent| Action::DrawerOpened(Drawer::Assumptions));
    let reset = props.on.reform(|_: MouseEvent| Action::ResetLevers);
    let selected = props.tabs.iter().find(|tab| tab.selected);
    html! {
        <section class="lever-panel" aria-label={WORDS.levers}>
            <div class="tabs" role="tablist" aria-label={WORDS.levers}>
                {for props.tabs.iter().map(|tab| self::tab(tab, &props.tabs, &props.on))}
            </div>
            <div class="lever-list" role="tabpanel" id="lever-list"
                aria-label={selected.map(|tab| tab.label.clone())}>
                if !props.ordered_by.is_empty() {
                    <p class="ordered">{&props.ordered_by}</p>
                }
                <ul>
                    {for props.levers.iter().map(|row| html! {
                        <Slider key={row.slider.id.clone()} row={row.slider.clone()} effect={row.effect.clone()} on={props.on.clone()} />
                    })}
                </ul>
            </div>
            <div class="panel-foot">
                <button class="button assumptions-opener" data-action="assumptions" onclick={assumptions}>
                    {WORDS.assumptions}{count(props.assumptions_changed)}
                </button>
                <button class="button" data-action="reset-levers" disabled={!props.levers_changed} onclick={reset}>
                    {WORDS.reset_levers}
                </button>
            </div>
        </section>
    }
}

fn tab(tab: &GroupTab, tabs: &Rc<[GroupTab]>, on: &Callback<Action>) -> Html {
    let group = tab.group;
    let onclick = on.reform(move |_: MouseEvent| Action::GroupShown(group));
    let onkeydown = {
        let (on, tabs) = (on.clone(), tabs.clone());
        Callback::from(move |key: KeyboardEvent| {
            if let Some(group) = neighbour(&tabs, group, &key.key()) {
                on.emit(Action::GroupShown(group));
            }
        })
    };
    html! {
        <button class="tab" role="tab" aria-selected={tab.selected.to_string()} aria-controls="lever-list"
            data-group={group.to_string()} {onclick} {onkeydown}>{&tab.label}{count(tab.changed)}</button>
    }
}

fn neighbour(tabs: &[GroupTab], group: usize, key: &str) -> Option<usize> {
    let place = tabs.iter().position(|tab| tab.group == group)?;
    let next = match key {
        "ArrowRight" => place.checked_add(1),
        "ArrowLeft" => place.checked_sub(1),
        _ => None,
    }?;
    tabs.get(next).map(|tab| tab.group)
}

/// How many were changed, where any was.
fn count(changed: usize) -> Html {
    html! {
        if changed > 0 {
            <span class="count num">{changed}</span>
        }
    }
}
