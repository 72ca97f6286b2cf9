//! What the user chose, and how it changes: [`AppState`], [`Action`], [`reduce`].
//!
//! Pure: no browser, no clock, no run results. Values are whole steps away from the pack's
//! default, so a link carries them exactly. Links and stored state: [`link`].

pub mod action;
pub mod asking;
pub mod catalogue;
pub mod choice;
pub mod history;
pub mod link;
pub mod page;
pub mod panel;
pub mod scenario;

mod reducer;
#[cfg(test)]
mod tests;

pub use action::{
    Action, AppState, Diamond, Drawer, Knob, MEMBER_RANGE, MEMBERS, Notice, View, WhyOf,
};
pub use asking::{Asking, CONFIDENCES};
pub use catalogue::{Catalogue, KnobSpec};
pub use choice::{Choice, choose, link_to, pack_of};
pub use history::{History, StepName};
pub use link::{LinkError, Opened, decode, encode};
pub use page::Page;
pub use panel::Panel;
pub use reducer::{MAX_NAME, reduce};
pub use scenario::{Ramp, Scenario, Schedule, Setting, Timing};
