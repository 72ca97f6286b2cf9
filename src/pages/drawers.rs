//! Whatever is open beside the main screen.

use super::inquiries::Inquiry;
use super::session::Session;
use crate::components::assumptions_drawer::AssumptionsDrawer;
use crate::components::chart_table::ChartTable;
use crate::components::drawer::DrawerFrame;
use crate::components::help_drawer::HelpDrawer;
use crate::components::lever_drawer::LeverDrawer;
use crate::components::money::MoneyAndRules;
use crate::components::monitoring_drawer::MonitoringDrawer;
use crate::components::reference_links::ReferenceTo;
use crate::components::solver_drawer::SolverDrawer;
use crate::components::source_card::SourceCards;
use crate::components::target_drawer::TargetDrawer;
use crate::components::targets_drawer::TargetsDrawer;
use crate::components::why_drawer::WhyDrawer;
use crate::state::{Action, Drawer, WhyOf};
use crate::text::page::WORDS;
use crate::text::word;
use crate::view_model::rows::{PageView, SourceCard};
use crate::view_model::{levers, monitored, reference, scoreboard, solver, sources, target, why};
use std::rc::Rc;
use yew::prelude::*;

/// The page's questions.
#[derive(Clone, PartialEq)]
pub struct Questions {
    /// What it would take.
    pub solving: Inquiry,
    /// Why a figure is what it is.
    pub explaining: Inquiry,
}

/// The open drawer of a session, or nothing.
pub fn drawer(
    session: &Session,
    view: &PageView,
    questions: &Questions,
    on: &Callback<Action>,
) -> Html {
    let Some(open) = &session.state.drawer else {
        return Html::default();
    };
    let on = on.clone();
    match open {
        Drawer::Assumptions => html! {
            <AssumptionsDrawer rows={Rc::from(levers::assumption_rows(&session.machine.bound, &session.state))}
                changed={view.assumptions_changed > 0} {on} />
        },
        Drawer::Lever(lever) => self::lever(session, view, *lever, on),
        Drawer::Target(target) => self::target(session, view, *target, on),
        Drawer::Solver => self::solver(session, questions, on),
        Drawer::Why(of) => self::why(session, *of, questions, on),
        Drawer::MoreTargets => {
            let watch = Rc::new(monitored::watch(&session.machine.bound));
            let further = Rc::from(scoreboard::further(&session.inputs()));
            html! { <TargetsDrawer rows={view.scoreboard.clone()} {further} {watch} {on} /> }
        }
        Drawer::Monitoring => match session.monitoring() {
            Some(view) => html! { <MonitoringDrawer view={Rc::new(view)} {on} /> },
            None => Html::default(),
        },
        Drawer::Sources(ids) => html! {
            <DrawerFrame key="sources" title={WORDS.source_title} {on}><SourceCards cards={cards(session, ids)} /></DrawerFrame>
        },
        Drawer::Table(place) => table(view, *place, on),
        Drawer::Rules => rules(view, on),
        Drawer::History => history(session, on),
        Drawer::Help => html! { <HelpDrawer {on} /> },
    }
}

fn cards(session: &Session, ids: &[String]) -> Rc<[SourceCard]> {
    Rc::from(sources::cards(&session.machine.bound, ids))
}

fn lever(session: &Session, view: &PageView, lever: usize, on: Callback<Action>) -> Html {
    let machine = &session.machine;
    match view.levers.get(lever) {
        Some(row) => html! {
            <LeverDrawer key={row.slider.id.clone()} row={row.clone()} cards={cards(session, &row.sources)}
                reference={Rc::from(reference::lever(&machine.bound, &machine.reference, &row.slider.id))} {on} />
        },
        None => Html::default(),
    }
}

fn target(session: &Session, view: &PageView, target: usize, on: Callback<Action>) -> Html {
    let machine = &session.machine;
    match target::target(&session.inputs(), target) {
        Some((row, details)) => {
            let (row, details) = (Rc::new(row), Rc::new(details));
            html! {
                <TargetDrawer key={row.id.clone()} row={row.clone()} details={details.clone()} rule={view.scoreboard.rule.clone()}
                    can_be_asked={session.state.catalogue.open_targets.contains(&target)}
                    cards={cards(session, std::slice::from_ref(&row.source))}
                    wider_cards={cards(session, &details.wider_sources)}
                    reference={Rc::from(reference::target(&machine.bound, &machine.reference, &row.id))} {on} />
            }
        }
        None => Html::default(),
    }
}

fn solver(session: &Session, questions: &Questions, on: Callback<Action>) -> Html {
    let (state, bound) = (&session.state, &session.machine.bound);
    let asked = &questions.solving;
    let view = solver::view(bound, state, &asked.standing);
    html! {
        <SolverDrawer key="solver" view={Rc::new(view)} search={state.searches} {on} on_stop={asked.on_stop.clone()} />
    }
}

fn why(session: &Session, of: WhyOf, questions: &Questions, on: Callback<Action>) -> Html {
    let (state, bound) = (&session.state, &session.machine.bound);
    let standing = &questions.explaining.standing;
    match why::view(bound, state, of, standing) {
        Some(view) => html! {
            <WhyDrawer key="why" view={Rc::new(view)} world={session.world(of).map(Rc::new)}
                generation={state.generation} {on} />
        },
        None => Html::default(),
    }
}

fn table(view: &PageView, place: usize, on: Callback<Action>) -> Html {
    match view.figures.get(place) {
        Some(figure) => html! {
            <DrawerFrame key="table" title={figure.name.clone()} class={classes!("wide")} {on}>
                <ChartTable table={Rc::new(figure.table.get().clone())} />
                <p><ReferenceTo anchor={figure.anchor()} of={figure.name.clone()} /></p>
            </DrawerFrame>
        },
        None => Html::default(),
    }
}

fn rules(view: &PageView, on: Callback<Action>) -> Html {
    html! {
        <DrawerFrame key="rules" title={WORDS.rules_button} on={on.clone()}>
            <MoneyAndRules money={view.money.clone()} rules={view.rules.rows.clone()} {on} />
        </DrawerFrame>
    }
}

fn history(session: &Session, on: Callback<Action>) -> Html {
    let bound = &session.machine.bound;
    let steps = session.state.history.past().iter().rev();
    html! {
        <DrawerFrame key="history" title={WORDS.history} {on}>
            <ol class="target-list">
                {for steps.map(|step| html! {
                    <li>{word::step(step.name, |knob| levers::knob_label(bound, knob))}</li>
                })}
            </ol>
        </DrawerFrame>
    }
}
