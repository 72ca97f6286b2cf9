//! A bound pack and the text of its draws → what a page opens with.
//!
//! One way to make it, for `tidemark pack` and for the site's build, so that both write the same file.

use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::version::text_hash;
use tidemark_reach::draws::{BadDraws, Draws, MEMBERS, SEED};
use tidemark_reach::opening::{NoOpening, Opening};

use crate::posterior::{BadFile, from_text, parted};

/// Why there is no opening.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The draws cannot be read.
    #[error(transparent)]
    File(#[from] BadFile),
    /// The draws are not the pack's.
    #[error(transparent)]
    Draws(#[from] BadDraws),
    /// Members cannot be run.
    #[error(transparent)]
    Run(#[from] NoOpening),
}

/// The opening of a pack, from the draws that every page reads: the first rows, as they are shipped.
///
/// * `program`: of the place, see [`Bound::program`].
/// * `posterior`: text of `posterior.csv`, where there is one that belongs to the pack's data, see
///   [`crate::posterior::of_data`]; without it assumptions alone are drawn from.
///
/// Runs the baseline and two scenarios for each lever on all members: seconds.
///
/// # Errors
/// See [`NotMade`].
pub fn opening(
    bound: &Bound,
    program: &Program,
    posterior: Option<&str>,
) -> Result<Opening, NotMade> {
    let shipped = posterior.map(|text| parted(text, MEMBERS)[0]);
    let stored = shipped.map(from_text).transpose()?;
    let columns = stored.as_ref().map(|s| (s.parameters.as_slice(), &s.draws));
    let draws = Draws::new(bound, columns, MEMBERS, SEED)?;
    let of_draws = shipped.map(text_hash).unwrap_or_default();
    let hashes = (bound.hash(), of_draws.as_str());
    Ok(Opening::make(bound, program, &draws, hashes, SEED)?)
}
