//! What a figure looks like, seen by a backend that writes down every call.

mod figures;
mod golden;
