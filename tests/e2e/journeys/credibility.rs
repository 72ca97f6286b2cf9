//! 模型可信度: reached from the foot of the page, with an address and a way back of its own; and a
//! rule that a lever breaks is said under the charts.

use anyhow::{Result, ensure};
use tidemark_e2e::{Setting, Size, journey};

use crate::app;

const PAGE: &str = "[data-page='credibility']";

#[test]
fn a_badge_leads_to_the_page_and_the_browser_back() -> Result<()> {
    journey(
        "credibility",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            let before = app::ready(page).await?;
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
            page.find(PAGE).await?;
            page.reload().await?;
            page.find(PAGE).await?;
            page.find("[data-action='back']").await?.click().await?;
            app::becomes(page, &before).await
        },
    )
}

#[test]
fn the_page_fits_a_phone() -> Result<()> {
    journey(
        "credibility-phone",
        Setting::shipped(Size::PHONE)?,
        async |page| {
            app::ready(page).await?;
            page.goto("/#v=credibility").await?;
            page.find(PAGE).await?;
            let wide = "return document.documentElement.scrollWidth > innerWidth";
            let is_wide = page.script(wide, vec![]).await?;
            ensure!(is_wide == false, "the page scrolls sideways");
            Ok(())
        },
    )
}
