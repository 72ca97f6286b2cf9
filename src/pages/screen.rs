//! The main screen from finished rows: regions of ui.md §4.1 in reading order.

use crate::components::answer::Answer;
use crate::components::chart_card::ChartCard;
use crate::components::lever_panel::LeverPanel;
use crate::components::patterns::Patterns;
use crate::components::print_levers::PrintLevers;
use crate::components::rail::Rail;
use crate::components::scoreboard::{JointStrip, Scoreboard};
use crate::components::status_bar::StatusBar;
use crate::components::top_bar::TopBar;
use crate::components::why_line::WhyLine;
use crate::protocol::PackEntry;
use crate::state::{Action, AppState};
use crate::text::page::WORDS;
use crate::view_model::diamond::DiamondView;
use crate::view_model::rows::{FigureView, LeverRow, PageView, ReferenceLink};
use std::rc::Rc;
use yew::prelude::*;

/// Everything on the main screen.
#[derive(Properties, PartialEq)]
pub struct ScreenProps {
    /// Title of the pack.
    pub title: AttrValue,
    /// Packs of the site.
    pub packs: Rc<[PackEntry]>,
    /// Called with the id of another pack.
    pub on_pack: Callback<String>,
    /// What the user chose.
    pub state: Rc<AppState>,
    /// What it leads to, in rows.
    pub view: Rc<PageView>,
    /// Diamond that was taken up.
    pub diamond: Option<Rc<DiamondView>>,
    /// The technical reference.
    pub reference: Rc<[ReferenceLink]>,
    /// Chart that takes the whole room, by place.
    pub enlarged: Option<usize>,
    /// Enlarges a chart or puts it back.
    pub on_enlarge: Callback<usize>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The main screen without drawers and messages.
#[component]
pub fn Screen(props: &ScreenProps) -> Html {
    let view = &props.view;
    let on = &props.on;
    let board = &view.scoreboard;
    html! {
        <>
            <Patterns />
            {top_bar(props)}
            <Answer summary={view.summary.clone()} is_current={board.ensemble.is_current} origin={view.origin.clone()} on={on.clone()} />
            <Scoreboard rows={board.clone()} on={on.clone()} />
            <JointStrip rows={board.clone()} on={on.clone()} />
            {lever_panel(props)}
            {charts(props)}
            <WhyLine figure={props.state.view.figures.first().copied().unwrap_or(0)} money={view.money.summary.clone()}
                money_class={view.money.class} broken={view.rules.notice.clone()} on={on.clone()} />
            <Rail money={view.money.clone()} rules={view.rules.rows.clone()} tiles={board.tiles.clone()} on={on.clone()} />
            <PrintLevers name={view.scenario_name.clone()} changed={changed_levers(view)} />
            <StatusBar row={view.status_bar.clone()} reference={props.reference.clone()} on={on.clone()} />
        </>
    }
}

fn top_bar(props: &ScreenProps) -> Html {
    let (state, view) = (&props.state, &props.view);
    html! {
        <TopBar title={props.title.clone()} packs={props.packs.clone()} pack={state.catalogue.pack_id.clone()}
            on_pack={props.on_pack.clone()} name={state.scenario.name.clone()} default_name={view.scenario_name.clone()}
            undo={view.undo.clone().map(AttrValue::from)} redo={view.redo.clone().map(AttrValue::from)}
            years={view.years.clone()} monitoring={view.has_monitoring} changed={!state.scenario.is_baseline()} view={state.view.clone()} on={props.on.clone()} />
    }
}

fn lever_panel(props: &ScreenProps) -> Html {
    let view = &props.view;
    let group = props.state.view.group;
    let is_all = group == props.state.catalogue.groups.len();
    let ordered = view.order.iter().filter_map(|&k| view.levers.get(k));
    let levers: Rc<[Rc<LeverRow>]> = ordered
        .filter(|lever| is_all || lever.group == group)
        .cloned()
        .collect();
    html! {
        <LeverPanel tabs={view.tabs.clone()} {levers} ordered_by={view.ordered_by.clone()} assumptions_changed={view.assumptions_changed}
            levers_changed={view.levers.iter().any(|lever| lever.slider.changed)} on={props.on.clone()} />
    }
}

fn charts(props: &ScreenProps) -> Html {
    let one = props.enlarged.is_some().then_some("one");
    html! {
        <section class={classes!("charts", one)} aria-label={WORDS.charts}>
            {for props.view.figures.iter().enumerate().map(|(place, view)| chart(props, place, view))}
        </section>
    }
}

fn chart(props: &ScreenProps, place: usize, view: &Rc<FigureView>) -> Html {
    let is_own = |own: &&Rc<DiamondView>| view.diamonds.iter().any(|d| d.target == own.target);
    let diamond = props.diamond.as_ref().filter(is_own).cloned();
    html! {
        <ChartCard key={place} {diamond} {place} view={view.clone()} names={props.view.figure_names.clone()}
            generation={props.state.generation} enlarged={props.enlarged == Some(place)}
            on_enlarge={props.on_enlarge.clone()} on={props.on.clone()} />
    }
}

fn changed_levers(view: &PageView) -> Rc<[Rc<LeverRow>]> {
    view.levers
        .iter()
        .filter(|lever| lever.slider.changed)
        .cloned()
        .collect()
}
