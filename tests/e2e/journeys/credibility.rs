//! 模型可信度: reached from the foot of the page, with an address and a way back of its own; and a
//! rule that a lever breaks is said under the charts.

use anyhow::{Result, ensure};
use tidemark_e2e::{Page, Setting, Site, Size, journey};

use crate::app;

const PAGE: &str = "[data-page='credibility']";

/// How often the page has asked for its record.
async fn readings(page: &Page) -> Result<u64> {
    let script = "return performance.getEntriesByType('resource')\
                  .filter(e => e.name.endsWith('.credibility.json')).length";
    Ok(page.script(script, vec![]).await?.as_u64().unwrap_or(0))
}

#[test]
fn a_badge_leads_to_the_page_and_the_browser_back() -> Result<()> {
    journey(
        "credibility",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            let before = app::ready(page).await?;
            ensure!(readings(page).await? == 0, "the record is read at once");
            page.find("button[data-badge='基线回测']")
                .await?
                .click()
                .await?;
            let verdict = page.text("[data-verdict]").await?;
            ensure!(app::is_chinese(&verdict), "the verdict is: {verdict}");
            let address = page.script("return location.hash", vec![]).await?;
            let address = address.as_str().unwrap_or_default().to_owned();
            ensure!(address.contains("v=credibility"), "the address: {address}");
            page.find("[data-assumed] a.reference").await?;
            page.driver().back().await?;
            app::becomes(page, &before).await?;
            ensure!(
                page.all(PAGE).await?.is_empty(),
                "the page stays after going back"
            );
            page.driver().forward().await?;
            page.find("[data-verdict]").await?;
            ensure!(readings(page).await? == 1, "the record is read again");
            page.reload().await?;
            ensure!(page.text("[data-verdict]").await? == verdict);
            page.find("[data-action='back']").await?.click().await?;
            app::becomes(page, &before).await
        },
    )
}

#[test]
fn a_record_that_is_missing_is_said_and_can_be_read_again() -> Result<()> {
    let site = Site::copied("no-record")?;
    let file = site.find(".credibility.json")?;
    let content = site.read(&file)?;
    site.remove(&file)?;
    let setting = Setting {
        expected_errors: &["404"],
        ..Setting::of(site.clone())
    };
    journey("no-record", setting, async |page| {
        let before = app::ready(page).await?;
        app::click(page, "button[data-badge='基线回测']").await?;
        page.find("[data-unread]").await?;
        page.reload().await?;
        let text = page.text("[data-unread]").await?;
        ensure!(app::is_chinese(&text), "it says: {text}");
        ensure!(text.contains(&file), "it names no file: {text}");
        ensure!(
            page.all("[data-verdict], .badge").await?.is_empty(),
            "it judges all the same"
        );
        site.write(&file, &content)?;
        app::click(page, "[data-action=retry]").await?;
        page.find("[data-verdict]").await?;
        app::click(page, "[data-action=back]").await?;
        app::becomes(page, &before).await
    })
}

#[test]
fn the_page_fits_a_phone() -> Result<()> {
    journey(
        "credibility-phone",
        Setting::shipped(Size::PHONE)?,
        async |page| {
            app::ready(page).await?;
            page.goto("/#v=credibility").await?;
            page.find("[data-verdict]").await?;
            let wide = "return document.documentElement.scrollWidth > innerWidth";
            let is_wide = page.script(wide, vec![]).await?;
            ensure!(is_wide == false, "the page scrolls sideways");
            Ok(())
        },
    )
}
