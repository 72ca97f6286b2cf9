//! Undo and redo: named steps, unlimited, each with the scenario before it.

use super::action::Knob;
use super::scenario::Scenario;
use std::rc::Rc;

/// What a step of undo was; its words are in `text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepName {
    /// A value was changed.
    Set(Knob),
    /// A value was set back.
    Reset(Knob),
    /// A lever's timing was changed.
    Timed(usize),
    /// All levers were set back.
    ResetLevers,
    /// All assumptions were set back.
    ResetAssumptions,
    /// Everything was set back.
    ResetAll,
    /// A lever was locked for the solver, or unlocked.
    Locked(usize),
    /// An answer of the solver was taken.
    Applied,
    /// A reason was given for a lever beyond all that was reached.
    Reasoned(usize),
    /// The scenario was renamed.
    Renamed,
    /// A link was opened.
    Opened,
}

/// One step and the scenario on its other side.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What it was.
    pub name: StepName,
    /// In the past: the scenario before the step; in the future: the one after it.
    pub scenario: Rc<Scenario>,
}

/// Steps behind and ahead.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
}

impl History {
    /// Steps that can be undone, oldest first.
    pub fn past(&self) -> &[Step] {
        &self.past
    }

    /// Steps that can be redone, the next one last.
    pub fn future(&self) -> &[Step] {
        &self.future
    }

    /// What undo would take back.
    pub fn next_undo(&self) -> Option<StepName> {
        self.past.last().map(|step| step.name)
    }

    /// What redo would bring back.
    pub fn next_redo(&self) -> Option<StepName> {
        self.future.last().map(|step| step.name)
    }

    /// Remembers a step that was taken from `before`; what could be redone is forgotten.
    pub(super) fn record(&mut self, name: StepName, before: Rc<Scenario>) {
        let scenario = before;
        self.past.push(Step { name, scenario });
        self.future.clear();
    }

    /// The scenario before the last step, `now` being kept for redo.
    pub(super) fn undo(&mut self, now: Rc<Scenario>) -> Option<Rc<Scenario>> {
        let step = self.past.pop()?;
        let name = step.name;
        self.future.push(Step {
            name,
            scenario: now,
        });
        Some(step.scenario)
    }

    /// The scenario after the next step, `now` being kept for undo.
    pub(super) fn redo(&mut self, now: Rc<Scenario>) -> Option<Rc<Scenario>> {
        let step = self.future.pop()?;
        let name = step.name;
        self.past.push(Step {
            name,
            scenario: now,
        });
        Some(step.scenario)
    }
}
