//! Undo and redo, by button and by key.

use anyhow::Result;
use thirtyfour::Key;
use tidemark_e2e::{Setting, Size, journey};

use crate::app::{self, LEVER};

#[test]
fn a_move_is_undone_and_done_again() -> Result<()> {
    journey("history", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;
        let range = app::lever(page, LEVER).await?;
        range.focus().await?;
        range.send_keys(Key::PageUp).await?;
        let moved = app::changed(page, &baseline).await?;

        app::click(page, "[data-action=undo]").await?;
        app::becomes(page, &baseline).await?;
        app::click(page, "[data-action=redo]").await?;
        app::becomes(page, &moved).await?;

        page.find("body")
            .await?
            .send_keys(Key::Control + "z")
            .await?;
        app::becomes(page, &baseline).await?;
        page.find("body")
            .await?
            .send_keys(Key::Control + "y")
            .await?;
        app::becomes(page, &moved).await
    })
}
