//! The files of draws: the first, which every page reads, and the others for who wants more members.

use super::{Shared, ask, refuse, send_opening};
use crate::pages::draws_file;
use crate::pages::session::Machine;
use crate::platform::marks::Change;
use crate::platform::task;
use crate::protocol::FIRST_DRAWS;
use crate::state::AppState;
use std::rc::Rc;

/// Draws beyond the first, which only many members need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum More {
    #[default]
    Unread,
    Asked,
    /// They are there, there are none, or they cannot be read.
    Over {
        /// Most members that draws there are suffice for.
        most: usize,
    },
}

/// Reads the first draws and opens the pack with them.
pub(super) fn read(office: &Shared) {
    let (office, materials) = (Rc::clone(office), office.borrow().materials.clone());
    task::start(async move {
        let draws = match draws_file::first(&materials).await {
            Ok(draws) => draws,
            Err(why) => {
                refuse(&office, why);
                return;
            }
        };
        {
            let mut office = office.borrow_mut();
            if materials.draws_files.len() < 2 {
                office.more = More::Over { most: usize::MAX };
            }
            office.draws = Some(draws);
        }
        send_opening(&office);
        read_more(&office);
    });
}

/// Reads the draws beyond the first and opens the pack anew with them.
pub(super) fn read_more(office: &Shared) {
    let is_needed = {
        let office = office.borrow();
        let many = |(_, state): &(Rc<Machine>, Rc<AppState>)| state.members > FIRST_DRAWS;
        let wanted = office.again.as_ref().is_some_and(many);
        wanted && office.draws.is_some() && office.more == More::Unread
    };
    if !is_needed {
        return;
    }
    office.borrow_mut().more = More::Asked;
    let (office, materials) = (Rc::clone(office), office.borrow().materials.clone());
    task::start(async move {
        let rest = draws_file::more(&materials).await.ok();
        let is_read = rest.is_some();
        {
            let mut office = office.borrow_mut();
            if let (Some(Some(draws)), Some(rest)) = (&mut office.draws, rest) {
                draws.push_str(&rest);
            }
            // Fewer members are told as fewer, rather than the first draws used twice.
            let most = if is_read { usize::MAX } else { FIRST_DRAWS };
            office.more = More::Over { most };
            if is_read {
                office.desk.reopens();
            }
        }
        if is_read {
            send_opening(&office);
        }
        let again = office.borrow().again.clone();
        if let Some((machine, state)) = again {
            ask(&office, &machine, &state, (Change::now(), false));
        }
    });
}
