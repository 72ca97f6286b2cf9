//! A pack and the text of its `posterior.csv` → what a site ships of it: the compiled pack, which says what
//! its draws are and what a page opens with, and the files of draws beside it.
//!
//! One way to make it, for `tidemark pack` and for the site's build, so that both write the same files.

use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::compiled::Compiled;
use tidemark_pack::version::{data_version, text_hash};
use tidemark_reach::draws::{BadDraws, Draws, MEMBERS, SEED};
use tidemark_reach::opening::{NoOpening, Opening};

use crate::posterior::{BadFile, Part, Stored, described, parted, read};

/// Why a pack cannot be told at its baseline.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The draws are not the pack's.
    #[error(transparent)]
    Draws(#[from] BadDraws),
    /// Members cannot be run.
    #[error(transparent)]
    Run(#[from] NoOpening),
}

/// What is shipped of a pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Shipped {
    /// The pack with what it says of its draws and its opening.
    pub compiled: Compiled,
    /// Texts of the first draws, which every page reads, and of the others; empty where there are none.
    pub draws: [String; 2],
    /// Why the draws cannot be used. They are shipped all the same and there is no opening: a page then
    /// says that it has no chances, and not other ones.
    pub unusable: Option<BadFile>,
}

/// Makes it; with draws or, where nothing was fitted, from assumptions alone.
///
/// * `bound`, `program`: of the pack at hand, see [`Bound::program`].
/// * `posterior`: text of `posterior.csv`, where there is one.
///
/// Runs the baseline and two scenarios for each lever on all members: seconds.
///
/// # Errors
/// See [`NotMade`].
pub fn ship(
    compiled: Compiled,
    bound: &Bound,
    program: &Program,
    posterior: Option<&str>,
) -> Result<Shipped, NotMade> {
    let Some(text) = posterior else {
        let opening = opening(bound, program, None, "")?;
        return Ok(Shipped {
            compiled: compiled.with_opening(Some(opening.written())),
            draws: Default::default(),
            unusable: None,
        });
    };
    let parts = parted(text, MEMBERS);
    let shipped = |compiled: Compiled, unusable| Shipped {
        compiled: compiled.with_draws(described(parts)),
        draws: parts.map(str::to_owned),
        unusable,
    };
    let now = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    match read(text, bound, &now, Part::Whole) {
        // Of more rows than there are members the first are used, which are those of the first file.
        Ok(stored) => {
            let opening = opening(bound, program, Some(&stored), &text_hash(parts[0]))?;
            let compiled = compiled.with_opening(Some(opening.written()));
            Ok(shipped(compiled, None))
        }
        Err(bad) => Ok(shipped(compiled, Some(bad))),
    }
}

/// The opening of a pack; `hash` is that of the draws that every page reads.
fn opening(
    bound: &Bound,
    program: &Program,
    stored: Option<&Stored>,
    hash: &str,
) -> Result<Opening, NotMade> {
    let columns = stored.map(|stored| (stored.parameters.as_slice(), &stored.draws));
    let draws = Draws::new(bound, columns, MEMBERS, SEED)?;
    Ok(Opening::make(
        bound,
        program,
        &draws,
        (bound.hash(), hash),
        SEED,
    )?)
}
