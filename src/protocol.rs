//! Files that the page reads beside its packs, and messages between page and worker.
//!
//! A message is a line of JSON; the long part of an answer is an array of numbers that is handed
//! over, not copied.

pub mod inquiry;
pub mod ways;

use serde::{Deserialize, Serialize};

/// A message as it is sent: plain data of our own, which JSON can always say.
pub fn written<T: Serialize>(message: &T) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

/// Draws in the file that every page reads.
pub const FIRST_DRAWS: usize = 1000;

/// One line of `packs/index.json`, the list of packs of a site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PackEntry {
    /// Key of the pack.
    pub id: String,
    /// Name of the place as users read it.
    pub label: String,
    /// File beside the list.
    pub file: String,
    /// Technical reference beside the list; a list may have none.
    #[serde(default)]
    pub reference: String,
    /// Draws of the pack's fit beside the list, the first [`FIRST_DRAWS`] of them; empty where it has
    /// none.
    #[serde(default)]
    pub draws: String,
    /// The others, read only by who wants more members; empty where there are none.
    #[serde(default)]
    pub more_draws: String,
    /// Content hash of the pack, in hex; a list may have none.
    #[serde(default)]
    pub hash: String,
}

/// What the page tells the worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Order {
    /// Work on this pack from now on.
    Open {
        /// Its file's content.
        pack: String,
        /// Content of its draws' files; none where there is no fit.
        draws: Option<String>,
    },
    /// Take a scenario through the members, instead of any other.
    Run(Ask),
    /// Leave what is being run.
    Stop,
    /// Answer a question, from beginning to end.
    Answer(inquiry::Question),
}

/// A scenario and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// By which its answer is known; rises.
    pub ticket: u64,
    /// Members there are, as the user set it.
    pub draws: usize,
    /// The first so many are run.
    pub members: usize,
    /// Which uncertainty is at work.
    pub spread: Spread,
    /// What is moved.
    pub settings: inquiry::Settings,
    /// Targets whose joint chance is wanted.
    pub joint: Vec<String>,
    /// Indicators whose bands are wanted.
    pub lines: Vec<String>,
}

/// Which uncertainty is at work, see [`tidemark_reach::draws::Spread`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Spread {
    /// All of it.
    #[default]
    Whole,
    /// The world's.
    Environment,
    /// That of policy's effects.
    Effect,
}

/// What the worker tells the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// It runs and hears.
    Ready,
    /// A pack is at hand.
    Opened {
        /// Whether members are draws of a fit, and not of assumptions alone.
        from_fit: bool,
    },
    /// The pack or its draws cannot be used.
    Refused(String),
    /// What levers can do.
    Leverage(Leverage),
    /// Members done, and in all.
    Progress {
        /// Of which ask.
        ticket: u64,
        /// Done.
        done: usize,
        /// In all.
        all: usize,
    },
    /// An ask is answered; its numbers come with it.
    Answer(Head),
    /// An ask was left.
    Stopped {
        /// Which.
        ticket: u64,
    },
    /// Of a question.
    Told(inquiry::Told),
    /// It stops working; a new one must be started.
    Crashed(String),
}

/// Changes of the headline indicator from the baseline, in its shown unit, in two years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Leverage {
    /// Indicator.
    pub indicator: String,
    /// The two years.
    pub years: [i32; 2],
    /// Each lever alone at the better end of its safe range.
    pub levers: Vec<(String, [f64; 2])>,
    /// All of them there at once.
    pub together: [f64; 2],
}

/// What the numbers of an answer are, in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Of which ask.
    pub ticket: u64,
    /// Members.
    pub members: usize,
    /// Targets: id, and how many members meet it where it is judged. Five numbers each, its band.
    pub targets: Vec<(String, Option<usize>)>,
    /// How many members meet all targets of the ask at once.
    pub joint: Option<usize>,
    /// Lines: indicator, first year, number of years. Ten numbers a year: the band, and that of the
    /// difference from the baseline.
    pub lines: Vec<(String, i32, usize)>,
    /// Named worlds: id. A number for each year of each line.
    pub worlds: Vec<String>,
}
