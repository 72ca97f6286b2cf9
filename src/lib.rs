//! The app: a policy pack and a model in, a page that answers out.
//!
//! `state`, `ensemble` and `view_model` are pure; `components` and `pages` turn rows into markup and
//! events into actions; `platform` is the only room that knows the browser; `text` holds every word.

pub mod components;
pub mod ensemble;
pub mod inquiry;
pub mod pages;
pub mod platform;
pub mod protocol;
pub mod state;
pub mod text;
pub mod view_model;

use crate::text::page::WORDS;

/// Shows the page in the element `app`, or in the body where there is none. In a worker, which is the
/// same module, it works for the page that started it.
pub fn start() {
    if platform::worker::is_inside() {
        pages::ensembles::work();
        return;
    }
    platform::page::show_when_stopped(WORDS.stopped, WORDS.stopped_lead, WORDS.reload);
    match platform::page::element("app") {
        Some(root) => yew::Renderer::<pages::app::App>::with_root(root).render(),
        None => yew::Renderer::<pages::app::App>::new().render(),
    };
}
