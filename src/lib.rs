//! The app: a policy pack and a model in, a page that answers out.
//!
//! `state` and `view_model` are pure; `components` and `pages` turn rows into markup and events
//! into actions; `platform` is the only room that knows the browser; `text` holds every word.

pub mod components;
pub mod platform;
pub mod state;
pub mod text;
pub mod view_model;
