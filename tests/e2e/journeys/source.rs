//! Every number opens the sentence it stands on.

use anyhow::{Result, ensure};
use thirtyfour::Key;
use tidemark_e2e::{Setting, Size, journey};

use crate::app;

#[test]
fn a_target_opens_its_sentence() -> Result<()> {
    journey("source", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        let n_tiles = page.all(".tile").await?.len();
        let targets = page.all(".tile .target.sourced").await?;
        ensure!(
            targets.len() == n_tiles,
            "{} of {n_tiles} tiles open a source",
            targets.len()
        );
        for target in targets {
            target.click().await?;
            let quote = page.text("dialog[open] [data-source] blockquote").await?;
            ensure!(quote.chars().count() > 6, "the quote is: {quote}");
            let document = page.text("dialog[open] [data-source] .document").await?;
            ensure!(app::is_chinese(&document), "the document is: {document}");
            let status = page.text("dialog[open] [data-source] .chip").await?;
            ensure!(app::is_chinese(&status), "the status is: {status}");
            page.find("dialog[open]")
                .await?
                .send_keys(Key::Escape)
                .await?;
            page.until("the drawer to close", async || {
                Ok(page.all("dialog[open]").await?.is_empty().then_some(()))
            })
            .await?;
        }
        Ok(())
    })
}
