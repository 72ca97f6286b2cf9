//! Every use of the browser: files, storage, address, frames, sizes, drawing, downloads.
//!
//! Nothing outside this folder names `web-sys`, `js-sys` or `gloo`; nothing inside it knows a
//! lever, a target or a word of Chinese.

pub mod canvas;
pub mod dialog;
pub mod download;
pub mod event;
pub mod export;
pub mod fetch;
pub mod fonts;
pub mod fragment;
pub mod frame;
mod ink;
mod jobs;
pub mod later;
pub mod marks;
pub mod page;
mod pen;
pub mod size;
pub mod storage;
pub mod task;
pub mod timer;
pub mod worker;
