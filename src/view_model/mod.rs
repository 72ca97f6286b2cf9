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
pub mod palette;
pub mod reference;
pub mod rows;
pub mod rules;
pub mod scenario;
pub mod scoreboard;
pub mod solver;
pub mod sources;
pub mod summary;
pub mod why;
pub mod world;

mod axes;
mod evidence;
mod notices;
mod series;
mod table;
#[cfg(test)]
mod tests;

use crate::ensemble::Standing;
use crate::state::AppState;
use crate::text::word;
use rows::PageView;
use tidemark_chart::figure::Axis;
use tidemark_engine::exec::Run;
use tidemark_pack::assess::Assessment;
use tidemark_pack::bind::Bound;
use tidemark_pack::relief::Relief;

pub use scenario::{opening_state, pack_scenario};

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The pack joined with its model.
    pub bound: &'a Bound,
    /// What the user chose.
    pub state: &'a AppState,
    /// Every lever at its default, under the state's assumptions.
    pub baseline: &'a Run,
    /// The state's scenario.
    pub scenario: &'a Run,
    /// Value axes of charts to be held, by position in the pack; empty when nothing is dragged.
    pub held: &'a [(usize, Axis)],
    /// What to put back for rules that levers broke; empty while something is dragged.
    pub reliefs: &'a [Relief],
    /// What is known of the ensemble.
    pub ensemble: &'a Standing,
}

/// The same with both runs judged.
#[derive(Clone, Copy)]
struct Judged<'a> {
    inputs: Inputs<'a>,
    /// Targets of the baseline, in the pack's order.
    baseline: &'a [Assessment],
    /// Targets of the scenario, in the pack's order.
    scenario: &'a [Assessment],
}

/// Everything on the page.
pub fn page(inputs: &Inputs<'_>) -> PageView {
    let bound = inputs.bound;
    let baseline = bound.assess(inputs.baseline);
    let scenario = bound.assess(inputs.scenario);
    let judged = Judged {
        inputs: *inputs,
        baseline: &baseline,
        scenario: &scenario,
    };
    let state = inputs.state;
    let scoreboard = scoreboard::scoreboard(&judged);
    let summary = summary::summary(&judged);
    let money = money::strip(inputs);
    let rules = rules::rules(inputs);
    let assumptions = levers::assumption_rows(bound, state);
    let step = |name| word::step(name, |knob| levers::knob_label(bound, knob));
    PageView {
        live: summary::live(&scoreboard, &summary, &money, &rules.notice),
        tabs: levers::tabs(bound, state),
        levers: levers::lever_rows(inputs),
        assumptions_changed: assumptions.iter().filter(|row| row.changed).count(),
        assumptions,
        figures: figure::shown(&judged),
        figure_names: figure::names(bound),
        money,
        rules,
        has_monitoring: bound.pack().monitoring.is_some(),
        status_bar: summary::status_bar(inputs),
        scoreboard,
        summary,
        undo: state.history.next_undo().map(step),
        redo: state.history.next_redo().map(step),
        scenario_name: scenario::name(state),
        notices: notices::messages(bound, state),
    }
}
