//! Scenarios in links: carried to another browser, and refused when damaged.

use anyhow::{Context, Result, ensure};
use tidemark_e2e::{Setting, Size, journey};

use crate::app::{self, LEVER};

#[test]
fn a_link_opens_the_same_scenario_elsewhere() -> Result<()> {
    let mut made = None;
    journey("link-made", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        app::lever(page, LEVER).await?;
        let before = app::fragment(page).await?;
        app::raise(page, LEVER).await?;
        let link = app::other_fragment(page, &before).await?;
        made = Some((link, app::value(page, LEVER).await?));
        Ok(())
    })?;
    let (link, wanted) = made.context("the first journey ended well")?;
    journey(
        "link-opened",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            app::ready(page).await?;
            app::edit_fragment(page, &link).await?;
            page.until("the scenario of the link", async || {
                let found = app::value(page, LEVER).await?;
                Ok((found == wanted).then_some(()))
            })
            .await
        },
    )
}

#[test]
fn a_damaged_link_is_said_and_changes_nothing() -> Result<()> {
    journey(
        "link-damaged",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            let baseline = app::ready(page).await?;
            app::raise(page, LEVER).await?;
            let moved = app::changed(page, &baseline).await?;
            app::fragment(page).await?;
            app::edit_fragment(page, "#k=1.deadbeef.!!!!").await?;
            let notice = page.text(".notice p").await?;
            ensure!(app::is_chinese(&notice), "the notice is: {notice}");
            app::becomes(page, &moved).await?;
            let address = app::fragment(page).await?;
            ensure!(address == "#k=1.deadbeef.!!!!", "the address is: {address}");
            page.reload().await?;
            app::ready(page).await?;
            app::becomes(page, &moved).await
        },
    )
}
