//! Files that the page reads beside its packs, and messages between page and worker.
//!
//! A message is a line of JSON; the long part of an answer is an array of numbers that is handed
//! over, not copied.

pub mod inquiry;
pub mod ways;

use serde::{Deserialize, Serialize};
use tidemark_reach::answer::Head;
use tidemark_reach::effects::Effects;
use tidemark_reach::scope::Wish;

/// A message as it is sent: plain data of our own, which JSON can always say.
pub fn written<T: Serialize>(message: &T) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

/// Draws in the file that every page reads.
pub const FIRST_DRAWS: usize = tidemark_reach::draws::MEMBERS;

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
    /// The pack's record of credibility beside the list, read only by who opens its page; empty where
    /// it has none.
    #[serde(default)]
    pub credibility: String,
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
    /// Tell what each lever does under these assumptions, once nothing else is to be done.
    Survey {
        /// By which it is known.
        ticket: u64,
        /// What is moved; levers do not count.
        settings: inquiry::Settings,
        /// Members.
        members: usize,
    },
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
    /// What is wanted of it.
    pub wish: Wish,
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

/// Why there will be no chances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The file of draws that the pack names cannot be read.
    DrawsUnread(Unread),
    /// It has fewer members than the pack says.
    DrawsCut {
        /// That are there.
        found: usize,
        /// That should be.
        told: usize,
    },
    /// It is not the one that the pack was compiled with.
    DrawsOther,
    /// It was made for other data than the pack's: the pack was compiled so.
    DrawsStale,
    /// It cannot be used; the engine's or reader's own words.
    DrawsUnusable(String),
    /// The pack or its model cannot be run.
    Pack(String),
}

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unread {
    /// The list of the site names none.
    NotListed,
    /// The server did not answer.
    NoAnswer,
    /// It did not answer in time.
    TooSlow,
    /// It answered with an error.
    Status(u16),
    /// It answered with a web page.
    WebPage,
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
        /// The median of every number that is drawn, by parameter or assumption.
        middle: Vec<(String, f64)>,
    },
    /// The pack or its draws cannot be used.
    Refused(Refusal),
    /// What each lever does.
    Effects {
        /// Of which survey.
        ticket: u64,
        /// What was found.
        effects: Effects,
    },
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
    Answer {
        /// What they are.
        head: Head,
        /// The bands of one uncertainty alone, and where their numbers begin.
        apart: Option<(Head, usize)>,
    },
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
