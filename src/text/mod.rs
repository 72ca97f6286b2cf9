//! Everything users read that is not data: interface strings, number formats, sentences.
//!
//! Simplified Chinese. One struct of strings a language, so that English is one more value.

pub mod answer;
pub mod chance;
pub mod chart;
pub mod credibility;
pub mod diagnosis;
pub mod diamond;
pub mod early;
pub mod fault;
pub mod lever;
pub mod monitored;
pub mod monitoring;
pub mod notice;
pub mod number;
pub mod page;
pub mod rule;
pub mod sentence;
pub mod solver;
pub mod target;
pub mod why;
pub mod word;
