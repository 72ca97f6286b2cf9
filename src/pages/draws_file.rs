//! The files of draws beside a pack: read, and held against what the pack says of them. Where they are not
//! those there are no chances: assumptions alone would be another answer.

use super::load::Materials;
use crate::platform::fetch::{self, FetchError};
use crate::protocol::{Refusal, Unread};
use tidemark_evidence::posterior::rows;
use tidemark_pack::compiled::DrawsFile;
use tidemark_pack::version::text_hash;

/// The first draws; none where nothing was fitted.
///
/// # Errors
/// Why there will be no chances.
pub(super) async fn first(materials: &Materials) -> Result<Option<String>, Refusal> {
    match materials.draws_files.first() {
        None => Ok(None),
        Some(file) => read(&materials.draws, file).await.map(Some),
    }
}

/// The draws beyond the first.
///
/// # Errors
/// Why they cannot be used.
pub(super) async fn more(materials: &Materials) -> Result<String, Refusal> {
    match materials.draws_files.get(1) {
        None => Err(Refusal::DrawsUnread(Unread::NotListed)),
        Some(file) => read(&materials.more_draws, file).await,
    }
}

async fn read(url: &str, file: &DrawsFile) -> Result<String, Refusal> {
    if url.is_empty() {
        return Err(Refusal::DrawsUnread(Unread::NotListed));
    }
    match fetch::text(url).await {
        Ok(text) if same(&text, file).is_ok() => return Ok(text),
        // Perhaps it is but what the browser kept of another version, or of a login page.
        Ok(_) | Err(FetchError::WebPage { .. }) => {}
        Err(error) => return Err(unread(error)),
    }
    let text = fetch::anew(url).await.map_err(unread)?;
    same(&text, file)?;
    Ok(text)
}

fn unread(error: FetchError) -> Refusal {
    Refusal::DrawsUnread(match error {
        FetchError::NoAnswer { .. } => Unread::NoAnswer,
        FetchError::TooSlow { .. } => Unread::TooSlow,
        FetchError::Status { status, .. } => Unread::Status(status),
        FetchError::WebPage { .. } => Unread::WebPage,
    })
}

/// Whether a text is the file that the pack names.
fn same(text: &str, file: &DrawsFile) -> Result<(), Refusal> {
    if text_hash(text) == file.hash {
        return Ok(());
    }
    let found = rows(text);
    Err(match found < file.rows {
        true => Refusal::DrawsCut {
            found,
            told: file.rows,
        },
        false => Refusal::DrawsOther,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidemark_evidence::posterior::described;

    const GOOD: &str = "# data version y\na,b\n1,2\n3,4\n";

    #[test]
    fn a_file_that_is_not_the_packs_is_named_for_what_it_is() {
        let file = described([GOOD, ""]).remove(0);
        assert_eq!(same(GOOD, &file), Ok(()));
        let cut = Refusal::DrawsCut { found: 1, told: 2 };
        assert_eq!(same("# data version y\na,b\n1,2\n", &file), Err(cut));
        for other in ["# data version y\na,b\n1,2\n3,5\n", &format!("{GOOD}5,6\n")] {
            assert_eq!(same(other, &file), Err(Refusal::DrawsOther));
        }
    }
}
