//! What the user chose, and how it changes: [`AppState`], [`Action`], [`reduce`].
//!
//! Pure: no browser, no clock, no run results. Values are whole steps away from the pack's
//! default; links carry them as shown values, by id. Links and stored state: [`link`].

pub mod action;
pub mod aside;
pub mod asking;
pub mod catalogue;
pub mod choice;
pub mod history;
pub mod link;
pub mod page;
pub mod panel;
pub mod scenario;

mod opening;
mod reducer;
#[cfg(test)]
mod tests;
mod typing;

pub use action::{
    Action, AppState, Diamond, Drawer, Entry, EntryFault, Knob, MEMBER_RANGE, MEMBERS, Notice,
    Source, View, WhyOf,
};
pub use aside::{Aside, AsideAnswer};
pub use asking::{Asking, CONFIDENCES};
pub use catalogue::{Catalogue, KnobSpec};
pub use choice::{Choice, choose, link_to, pack_of};
pub use history::{History, StepName};
pub use link::{Difference, LinkError, Named, Opened, decode, encode};
pub use page::Page;
pub use panel::Panel;
pub use reducer::{MAX_NAME, MAX_REASON, reduce};
pub use scenario::{Ramp, Scenario, Schedule, Setting, Timing};
