//! Whole pages: waiting, failed, and the main screen with its session.
//!
//! Start at [`app::App`]; rows come from [`session`], regions are put together in [`screen`].

pub mod app;
pub mod credibility;
pub mod drawers;
mod draws_file;
pub mod ensembles;
pub mod failed;
mod following;
mod heard;
pub mod inquiries;
pub mod keeping;
pub mod load;
pub mod main_page;
pub mod record;
pub mod screen;
pub mod session;
pub mod shortcuts;
pub mod waiting;

#[cfg(test)]
mod tests;
