//! What levers do, as it was asked for and as far as it is known.

use crate::ensemble::Standing;
use crate::protocol::Order;
use crate::protocol::inquiry::Settings;
use std::rc::Rc;
use tidemark_reach::draws::MEMBERS;
use tidemark_reach::effects::Effects;

/// Effects, and under which assumptions they were asked for last.
#[derive(Debug, Default)]
pub(super) struct Survey {
    ticket: u64,
    /// Settings without levers.
    of: Option<Settings>,
    /// The latest.
    pub(super) found: Option<Rc<Effects>>,
    /// Those known first.
    pub(super) first: Option<Rc<Effects>>,
}

impl Survey {
    /// What the pack's file tells, of its baseline.
    pub(super) fn told(opening: &Standing) -> Self {
        Self {
            ticket: 0,
            of: opening.effects.is_some().then(Settings::default),
            found: opening.effects.clone(),
            first: opening.first_effects.clone(),
        }
    }

    /// The order for effects under those settings; none where they were asked for last.
    pub(super) fn order(&mut self, settings: Settings) -> Option<Order> {
        if self.of.as_ref() == Some(&settings) {
            return None;
        }
        self.ticket += 1;
        self.of = Some(settings.clone());
        Some(Order::Survey {
            ticket: self.ticket,
            settings,
            members: MEMBERS,
        })
    }

    /// Whoever was asked is lost, and what was asked with it.
    pub(super) fn lose(&mut self) {
        self.of = None;
    }

    /// Keeps what was found, where it is what was asked for last.
    pub(super) fn hear(&mut self, (ticket, effects): (u64, Rc<Effects>)) {
        if ticket == self.ticket {
            self.first.get_or_insert_with(|| Rc::clone(&effects));
            self.found = Some(effects);
        }
    }
}
