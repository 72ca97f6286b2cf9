//! Batched VM.
