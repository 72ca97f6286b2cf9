//! Why a command could not do its work at all; faults of a model or pack are no failure.

use std::io;
use std::path::PathBuf;

use tidemark_engine::exec::RunError;
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
            | Self::NoOutcome(_)
            | Self::OutsideRange { .. }
            | Self::NotRunnable(_) => 2,
            Self::Unwritable { .. } | Self::Output(_) => 1,
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
