//! Why a command could not do its work at all; faults of a model or pack are no failure.

use std::io;
use std::path::PathBuf;

use tidemark_engine::exec::RunError;
use tidemark_evidence::shipping::NotMade;
use tidemark_reach::study::Halt;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file or folder named by the user cannot be read.
    #[error("cannot read {}: {}", path.display(), reason(source))]
    Unreadable {
        /// As named.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file the user asked for cannot be written.
    #[error("cannot write {}: {}", path.display(), reason_not_written(source))]
    Unwritable {
        /// As named.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `--set` names no variable.
    #[error("--set {name}: the model has no such variable{}", did_you_mean(nearest.as_deref()))]
    UnknownVariable {
        /// As given.
        name: String,
        /// Closest name of the model.
        nearest: Option<String>,
    },
    /// `--set` names no lever and no assumption.
    #[error("--set {name}: the pack has no such lever or assumption{}", did_you_mean(nearest.as_deref()))]
    UnknownLever {
        /// As given.
        name: String,
        /// Closest id of the pack.
        nearest: Option<String>,
    },
    /// An option names no record of the pack.
    #[error("{option} {name}: the pack has none of that id{}", did_you_mean(nearest.as_deref()))]
    UnknownId {
        /// As on the command line.
        option: &'static str,
        /// As given.
        name: String,
        /// Closest id of the pack.
        nearest: Option<String>,
    },
    /// `--year` is none that the pack reads.
    #[error("--year {asked}: targets are looked at in {}", listed(years))]
    NoReadingYear {
        /// As given.
        asked: i32,
        /// Years of the pack.
        years: Vec<i32>,
    },
    /// `--start` lies where no lever may begin.
    #[error("--start {asked}: levers begin between {earliest} and {latest}")]
    StartOutside {
        /// As given.
        asked: f64,
        /// Earliest start of the pack.
        earliest: f64,
        /// End of the run.
        latest: f64,
    },
    /// `--target` names a target that is given no chance.
    #[error("--target {target}: nothing can be sought for it: {why}")]
    NotOpen {
        /// As given.
        target: String,
        /// Why not.
        why: String,
    },
    /// Nothing is named and the pack has nothing to seek by itself.
    #[error(
        "no target on a tile is open; `--target ID` names another: {}",
        or_none(open)
    )]
    NothingOpen {
        /// Targets that are open.
        open: Vec<String>,
    },
    /// `--set` gives a value outside a lever's or assumption's range.
    #[error("--set {name}={asked} is outside its range, the nearest value is {used}")]
    OutsideRange {
        /// Lever or assumption.
        name: String,
        /// As given.
        asked: f64,
        /// The nearest value that can be set.
        used: f64,
    },
    /// `--set` names something computed, or the time options give no grid.
    #[error(transparent)]
    NotRunnable(#[from] RunError),
    /// Members cannot be run.
    #[error(transparent)]
    NoOutcome(#[from] Halt),
    /// What a page opens with cannot be made.
    #[error("what a page opens with cannot be made: {0}")]
    NoOpening(#[from] NotMade),
    /// The answer cannot be written to the standard output.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// Whether the one who reads the output has gone away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// 2 for wrong use, 1 for what the machine refused.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Unreadable { .. }
            | Self::UnknownVariable { .. }
            | Self::UnknownLever { .. }
            | Self::UnknownId { .. }
            | Self::NoReadingYear { .. }
            | Self::StartOutside { .. }
            | Self::NotOpen { .. }
            | Self::NothingOpen { .. }
            | Self::NoOutcome(_)
            | Self::OutsideRange { .. }
            | Self::NotRunnable(_) => 2,
            Self::Unwritable { .. } | Self::NoOpening(_) | Self::Output(_) => 1,
        }
    }
}

/// The reason without the operating system's number, which differs between systems.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "it is no folder".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}

/// The same for a file that was to be made.
fn reason_not_written(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        _ => reason(error),
    }
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// "2027, 2028 or 2030".
fn listed(years: &[i32]) -> String {
    let years: Vec<String> = years.iter().map(i32::to_string).collect();
    match years.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        all => all.concat(),
    }
}

fn or_none(ids: &[String]) -> String {
    match ids.is_empty() {
        true => "there is none".to_owned(),
        false => ids.join(", "),
    }
}
