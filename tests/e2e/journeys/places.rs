//! Packs of several places on one site: chosen, remembered, linked, each with its own scenario.

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;
use tidemark_e2e::{Page, Setting, Size, journey};

use crate::app::{self, LEVER};

/// Id of the second pack of the site and a sign of its name.
const OTHER: (&str, &str) = ("yinzhou", "鄞州");

/// Chooses the next place of the list with the keyboard, or the one before.
async fn choose(page: &Page, key: Key, sign: &str) -> Result<()> {
    let list = page.find("#pack").await?;
    list.focus().await?;
    list.send_keys(key).await?;
    shows(page, sign).await
}

/// Waits until the title speaks of a place.
async fn shows(page: &Page, sign: &str) -> Result<()> {
    page.until("the page of the other place", async || {
        let script = "return document.querySelector('h1')?.textContent ?? ''";
        let title = page.script(script, vec![]).await?;
        let there = title.as_str().is_some_and(|title| title.contains(sign));
        Ok(there.then_some(()))
    })
    .await?;
    app::ready(page).await.map(|_| ())
}

#[test]
fn another_place_is_chosen_and_each_keeps_its_scenario() -> Result<()> {
    journey("places", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;
        app::raise(page, LEVER).await?;
        let moved = app::changed(page, &baseline).await?;
        app::fragment(page).await?;
        choose(page, Key::Down, OTHER.1).await?;
        let link = app::fragment(page).await?;
        ensure!(
            link.contains(&format!("p={}", OTHER.0)),
            "the link is: {link}"
        );
        page.reload().await?;
        shows(page, OTHER.1).await?;
        choose(page, Key::Up, "宁波").await?;
        app::becomes(page, &moved).await
    })
}

#[test]
fn a_link_of_another_place_opens_it_and_an_unknown_one_is_said() -> Result<()> {
    journey(
        "places-linked",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            app::ready(page).await?;
            app::edit_fragment(page, &format!("#p={}", OTHER.0)).await?;
            shows(page, OTHER.1).await?;
            app::edit_fragment(page, "#p=atlantis").await?;
            let notice = page.text(".notice p").await?;
            ensure!(app::is_chinese(&notice), "the notice is: {notice}");
            shows(page, OTHER.1).await
        },
    )
}

#[test]
fn the_monitoring_table_is_seen_and_saved() -> Result<()> {
    journey("monitoring", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        choose(page, Key::Down, OTHER.1).await?;
        page.find("[data-action='monitoring']")
            .await?
            .click()
            .await?;
        page.find("dialog[open] [data-monitoring='total']").await?;
        page.find("[data-action='monitoring-csv']")
            .await?
            .click()
            .await?;
        let (_, bytes) = page.downloaded(".csv").await?;
        let text = String::from_utf8(bytes).context("a CSV is text")?;
        ensure!(text.contains("数据不足") && text.contains("58.9"), "{text}");
        Ok(())
    })
}
