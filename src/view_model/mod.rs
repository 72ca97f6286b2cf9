//! State and results → rows, figures, lights and sentences, ready to be shown.
//!
//! Pure. All rounding happens here, to the precision the pack gives; components draw what they
//! are handed. The shapes are in [`rows`]; start at [`page`].

pub mod chances;
pub mod credibility;
pub mod csv;
pub mod diamond;
pub mod early;
pub mod export;
pub mod figure;
pub mod levers;
pub mod money;
pub mod monitored;
pub mod monitoring;
pub mod notices;
pub mod palette;
pub mod reference;
pub mod rows;
pub mod rules;
pub mod scenario;
pub mod scoreboard;
pub mod solver;
pub mod sources;
pub mod summary;
pub mod target;
pub mod why;
pub mod world;

mod axes;
mod evidence;
mod series;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod typed;

use crate::ensemble::Standing;
use crate::state::AppState;
use crate::text::word;
use rows::PageView;
use std::rc::Rc;
use tidemark_chart::figure::Axis;
use tidemark_pack::assess::{Assessment, ChanceOf};
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::Centre;
use tidemark_pack::relief::Relief;

pub use scenario::{opening_state, pack_scenario};

/// The projected values of a scenario with its targets assessed.
#[derive(Debug)]
pub struct Seen {
    /// Medians over the members, previewed where they are not answered yet.
    pub centre: Centre,
    /// The pack's targets, in their order, looked at in one year.
    pub targets: Vec<Assessment>,
    /// The first instant at which a value is no number.
    pub not_finite: Option<f64>,
}

impl Seen {
    /// A scenario looked at in a year, with the chances that are known of it.
    pub fn of(bound: &Bound, centre: Centre, year: i32, chance: ChanceOf<'_>) -> Self {
        Self {
            targets: bound.assess_in(&centre, year, chance),
            not_finite: centre.run().first_not_finite().map(|(_, time)| time),
            centre,
        }
    }
}

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The pack joined with its model.
    pub bound: &'a Rc<Bound>,
    /// What the user chose.
    pub state: &'a AppState,
    /// Every lever at its default, under the state's assumptions.
    pub baseline: &'a Rc<Seen>,
    /// The state's scenario.
    pub scenario: &'a Rc<Seen>,
    /// Value axes of charts to be held, by position in the pack: those drawn before of the same scenario.
    pub held: &'a [(usize, Axis)],
    /// What to put back for rules that levers broke; empty while something is dragged.
    pub reliefs: &'a [Relief],
    /// What is known of the ensemble.
    pub ensemble: &'a Standing,
}

/// Everything on the page; what is as it was `before`, on the same pack, is taken from there.
pub fn page(inputs: &Inputs<'_>, before: Option<&PageView>) -> PageView {
    let bound = inputs.bound;
    let state = inputs.state;
    let reports = bound.judge_rules(&inputs.baseline.centre, &inputs.scenario.centre);
    let scoreboard = scoreboard::scoreboard(inputs, before.map(|page| &*page.scoreboard));
    let summary = summary::summary(inputs);
    let money = money::strip(inputs);
    let rules = rules::rules(inputs, &reports);
    let step = |name| word::step(name, |knob| levers::knob_label(bound, knob));
    PageView {
        live: summary::live(&scoreboard, &summary, &money, &rules.notice),
        tabs: levers::tabs(bound, state).into(),
        levers: levers::lever_rows(inputs, before.map_or(&[], |page| &*page.levers)),
        order: levers::order(inputs),
        ordered_by: levers::ordered_by(inputs),
        years: years(inputs),
        assumptions_changed: state.scenario.assumptions.len(),
        figures: figure::shown(inputs),
        figure_names: match before {
            Some(page) => Rc::clone(&page.figure_names),
            None => figure::names(bound).into(),
        },
        money: Rc::new(money),
        rules,
        has_monitoring: bound.pack().monitoring.is_some(),
        status_bar: Rc::new(summary::status_bar(inputs, &reports)),
        scoreboard: Rc::new(scoreboard),
        summary,
        undo: state.history.next_undo().map(step),
        redo: state.history.next_redo().map(step),
        scenario_name: scenario::name(state),
        notices: notices::rows(bound, state).into(),
        origin: notices::origin(state),
    }
}

/// The years that targets may be looked at in, and which one is.
fn years(inputs: &Inputs<'_>) -> Rc<[(i32, bool)]> {
    let years = inputs.state.catalogue.years.iter();
    let chosen = inputs.state.view.year;
    years.map(|&year| (year, year == chosen)).collect()
}
