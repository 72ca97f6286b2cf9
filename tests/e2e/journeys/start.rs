//! The page starts: no error, no foreign request, and a word when it cannot.

use anyhow::{Result, ensure};
use tidemark_e2e::{Setting, Site, Size, journey};

use crate::app;

#[test]
fn the_page_starts() -> Result<()> {
    journey("start", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        ensure!(
            page.all("#boot").await?.is_empty(),
            "the loading message is still there"
        );
        let language = page.attribute("html", "lang").await?;
        ensure!(language == "zh-CN", "the page says it is in {language}");
        Ok(())
    })
}

#[test]
fn a_missing_program_is_said_in_chinese() -> Result<()> {
    let site = Site::copied("no-module")?;
    site.remove(&site.find(".wasm")?)?;
    let setting = Setting {
        expected_errors: &["404", ".wasm"],
        ..Setting::of(site)
    };
    journey("no-module", setting, async |page| {
        page.becomes("#boot", "role", "alert").await?;
        let text = page.text("#boot").await?;
        ensure!(
            text.contains("404") && text.contains("管理员"),
            "it says: {text}"
        );
        Ok(())
    })
}

#[test]
fn a_journey_sees_what_the_policy_forbids() -> Result<()> {
    let result = journey("policy", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        let script = "document.body.setAttribute('style', 'color:red'); \
                      return fetch('https://elsewhere.example/').then(() => 1, () => 0)";
        page.script(script, vec![]).await?;
        Ok(())
    });
    let complaint = result
        .err()
        .map(|error| format!("{error:#}"))
        .unwrap_or_default();
    for part in ["connect-src", "style-src", "elsewhere.example"] {
        ensure!(
            complaint.contains(part),
            "no word of {part} in: {complaint}"
        );
    }
    Ok(())
}
