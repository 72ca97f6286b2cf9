//! Rows from a tiny pack and model.
