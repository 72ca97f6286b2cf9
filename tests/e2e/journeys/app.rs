//! The page as journeys see it: what it shows and where its levers are.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};
use tidemark_e2e::Page;

/// Moves a tile of the scoreboard in its first year.
pub(crate) const LEVER: &str = "hnte_first_cert";

/// Longer than the page waits before it writes the address.
const ADDRESS_RESTS: Duration = Duration::from_millis(600);

/// All that a scenario changes on the screen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    /// Value of each tile, as written.
    pub(crate) tiles: Vec<String>,
    /// Last value of each chart's foremost line, in full.
    pub(crate) charts: Vec<String>,
}

/// Waits for the page with its charts.
pub(crate) async fn ready(page: &Page) -> Result<Shown> {
    page.find("canvas[data-painted='true']").await?;
    shown(page).await
}

/// What the page shows now.
pub(crate) async fn shown(page: &Page) -> Result<Shown> {
    let shown = look(page).await?;
    ensure!(!shown.tiles.is_empty(), "the page shows no tile");
    ensure!(!shown.charts.is_empty(), "the page shows no chart");
    Ok(shown)
}

/// What the page shows now, which is little or nothing while it is being put together.
async fn look(page: &Page) -> Result<Shown> {
    let script = "const all = (css, name) => Array.from(document.querySelectorAll(css), e => e.dataset[name]); \
                  return [all('.tile[data-value]', 'value'), all('canvas[data-painted]', 'value')];";
    let answer = page.script(script, vec![]).await?;
    let list =
        |value: &Value| -> Result<Vec<String>> { Ok(serde_json::from_value(value.clone())?) };
    Ok(Shown {
        tiles: list(&answer[0])?,
        charts: list(&answer[1])?,
    })
}

/// Answered by the members of the scenario that is shown, or by nobody any more.
const SETTLED: &str = "[data-current='true'], [data-ensemble='failed']";

/// Waits until the charts differ from `old` and are no preview, and gives what is shown then.
pub(crate) async fn changed(page: &Page, old: &Shown) -> Result<Shown> {
    page.until("charts other than before", async || {
        let now = look(page).await?;
        let whole = now.tiles.len() == old.tiles.len() && now.charts.len() == old.charts.len();
        let is_other = whole && now.charts != old.charts;
        let is_settled = is_other && !page.all(SETTLED).await?.is_empty();
        Ok(match is_settled {
            true => Some(look(page).await?),
            false => None,
        })
    })
    .await
}

/// Waits until all is shown as in `wanted`.
pub(crate) async fn becomes(page: &Page, wanted: &Shown) -> Result<()> {
    let come = page
        .until("what was shown before", async || {
            Ok((look(page).await? == *wanted).then_some(()))
        })
        .await;
    match come {
        Ok(()) => Ok(()),
        Err(error) => bail!("{error}: {:?}, not {wanted:?}", look(page).await?),
    }
}

/// The range input of a lever; opens its group first.
pub(crate) async fn lever(page: &Page, id: &str) -> Result<WebElement> {
    let css = format!("[data-lever='{id}'] input[type=range]");
    for tab in page.all("[role=tab]").await? {
        tab.click().await?;
        page.until("the tab to be chosen", async || {
            Ok((tab.attr("aria-selected").await?.as_deref() == Some("true")).then_some(()))
        })
        .await?;
        if let Ok(range) = page.driver().find(By::Css(css.as_str())).await {
            return Ok(range);
        }
    }
    bail!("no group of levers holds `{id}`")
}

/// What the lever's range stands at.
pub(crate) async fn value(page: &Page, id: &str) -> Result<String> {
    let range = lever(page, id).await?;
    range.prop("value").await?.context("a range has a value")
}

/// Moves the lever to its next named level, in one step, so that the address changes once.
pub(crate) async fn raise(page: &Page, id: &str) -> Result<()> {
    let range = lever(page, id).await?;
    range.focus().await?;
    Ok(range.send_keys(Key::PageUp).await?)
}

/// What the address holds after `#`, once it rests; the page writes it a moment after the last
/// change, and a group of levers that is shown is a change too.
pub(crate) async fn fragment(page: &Page) -> Result<String> {
    let mut last = (String::new(), Instant::now());
    page.until("the address to rest", async || {
        let hash = page.script("return location.hash", vec![]).await?;
        let hash = hash.as_str().unwrap_or_default();
        if hash != last.0 {
            last = (hash.to_owned(), Instant::now());
        }
        Ok((last.1.elapsed() > ADDRESS_RESTS).then(|| hash.to_owned()))
    })
    .await
}

/// Waits until the address holds another scenario than `old` and rests, and gives it.
pub(crate) async fn other_fragment(page: &Page, old: &str) -> Result<String> {
    page.until("another scenario in the address", async || {
        let now = fragment(page).await?;
        Ok((now != old).then_some(now))
    })
    .await
}

/// Clicks the element, once it is there.
pub(crate) async fn click(page: &Page, css: &str) -> Result<()> {
    Ok(page.find(css).await?.click().await?)
}

/// Whether the text holds Chinese characters.
pub(crate) fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Sets the fragment as a user does who edits the address.
pub(crate) async fn edit_fragment(page: &Page, fragment: &str) -> Result<()> {
    page.script("location.hash = arguments[0]", vec![json!(fragment)])
        .await?;
    Ok(())
}
