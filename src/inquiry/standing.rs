//! How a question stands: what was asked, how far it is, what was found.

use crate::protocol::inquiry::{Because, Found, Question, Short, Told};
use crate::protocol::ways::{self, Path};
use std::rc::Rc;
use tidemark_reach::why::drivers::Drivers;

/// How far a question is.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Stage {
    /// Nothing was asked yet.
    #[default]
    Idle,
    /// It is being answered.
    Busy,
    /// It is answered.
    Done,
    /// The user stopped it.
    Stopped,
    /// There is no answer.
    Failed(Rc<str>),
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps that are over.
    pub done: usize,
    /// Steps in all.
    pub all: usize,
    /// Runs of all members.
    pub tried: usize,
}

/// A question and what is known of its answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// What was asked.
    pub question: Option<Rc<Question>>,
    /// How far it is.
    pub stage: Stage,
    /// Whether it takes longer than a moment.
    pub is_late: bool,
    /// How far its search is.
    pub progress: Option<Progress>,
    /// Whether the page works itself.
    pub is_on_page: bool,
    /// Scenarios found so far, the one at hand among them.
    pub found: Vec<Rc<Found>>,
    /// What stands in the way.
    pub short: Option<Rc<Short>>,
    /// Why.
    pub because: Option<Rc<Because>>,
    /// The ways of the levers, once they are known.
    pub paths: Option<Rc<[Path]>>,
    /// Why it is not certain, once that is known.
    pub drivers: Option<Rc<Drivers>>,
}

impl Standing {
    /// A question that nothing is known of.
    pub fn asked(question: Question) -> Self {
        Self {
            question: Some(Rc::new(question)),
            stage: Stage::Busy,
            ..Self::default()
        }
    }

    /// The same with what was told.
    #[must_use]
    pub fn told(mut self, told: Told) -> Self {
        match told {
            Told::Progress { done, all, tried } => {
                self.progress = Some(Progress { done, all, tried });
            }
            Told::Found(found) => self.found.push(Rc::new(found)),
            Told::Short(short) => self.short = Some(Rc::from(short)),
            Told::Because(because) => self.because = Some(Rc::new(because)),
            Told::Paths(flat) => self.paths = Some(Rc::from(ways::paths(&flat))),
            Told::Drivers(flat) => self.drivers = ways::drivers(&flat).map(Rc::new),
            Told::Done => self.stage = Stage::Done,
            Told::Failed(why) => self.stage = Stage::Failed(Rc::from(why)),
        }
        self
    }

    /// The same, given up.
    #[must_use]
    pub fn stopped(self) -> Self {
        match self.stage {
            Stage::Busy => Self {
                stage: Stage::Stopped,
                ..self
            },
            _ => self,
        }
    }

    /// Whether somebody works on it.
    pub fn is_busy(&self) -> bool {
        self.stage == Stage::Busy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::inquiry::{Settings, Why};

    #[test]
    fn a_question_goes_its_way_and_may_be_given_up() {
        let question = Question::Why(Why {
            now: Settings::default(),
            indicator: "a".to_owned(),
            target: String::new(),
            years: (2027, 2027),
            members: 1000,
        });
        let progress = Told::Progress {
            done: 1,
            all: 4,
            tried: 33,
        };
        let asked = Standing::asked(question);
        let under_way = asked.clone().told(progress);
        assert_eq!(under_way.progress.map(|p| p.tried), Some(33));
        assert_eq!(under_way.clone().stopped().stage, Stage::Stopped);
        let done = under_way.told(Told::Done);
        assert_eq!(done.clone().stopped().stage, Stage::Done);
        let failed = asked.told(Told::Failed("x".to_owned()));
        assert_eq!(failed.stage, Stage::Failed(Rc::from("x")));
    }
}
