//! Everything works without a pointer.

use anyhow::{Result, bail};
use thirtyfour::Key;
use tidemark_e2e::{Page, Setting, Size, journey};

use crate::app;

/// No page needs more presses to come round once.
const MOST_TABS: usize = 150;

/// Presses Tab until the focus is on something that matches.
async fn tab_to(page: &Page, css: &str) -> Result<()> {
    let script = "return document.activeElement.matches(arguments[0])";
    for _ in 0..MOST_TABS {
        page.keys(&Key::Tab.value().to_string()).await?;
        if page.script(script, vec![css.into()]).await? == true {
            return Ok(());
        }
    }
    bail!("Tab never reaches {css}")
}

async fn press(page: &Page, key: Key) -> Result<()> {
    page.keys(&key.value().to_string()).await
}

#[test]
fn a_scenario_is_made_and_read_by_keys_alone() -> Result<()> {
    journey("keyboard", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;

        tab_to(page, ".tile button.name").await?;
        press(page, Key::Enter).await?;
        page.find("dialog[open]").await?;
        press(page, Key::Escape).await?;
        page.until("the drawer to close", async || {
            Ok(page.all("dialog[open]").await?.is_empty().then_some(()))
        })
        .await?;

        tab_to(page, "[data-lever] input[type=range]").await?;
        press(page, Key::Right).await?;
        let moved = app::changed(page, &baseline).await?;
        press(page, Key::Home).await?;
        let lowest = app::changed(page, &moved).await?;
        // Backspace brings the lever back to its default.
        press(page, Key::Backspace).await?;
        app::becomes(page, &baseline).await?;
        drop(lowest);

        tab_to(page, ".chart-card [data-action=export]").await?;
        press(page, Key::Enter).await?;
        page.find("[role=menuitem]").await?;
        Ok(())
    })
}
