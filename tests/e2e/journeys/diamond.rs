//! A target's diamond is dragged: one lever follows, the target stays, and all of it is one step.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::{Key, WebElement};
use tidemark_e2e::{Page, Setting, Size, journey};

use crate::app;

/// Certified firms: within a lever's reach, and far from it further up.
const FIRMS: &str = "[data-diamond='city.hnte_count.target.2027']";
const HELD: &str = ".diamond-box[data-held=true]";
const LET_GO: &str = ".diamond-box[data-held=false]";

/// The diamond of the firms, with the middle of what can be grabbed.
async fn diamond(page: &Page) -> Result<(WebElement, (i64, i64))> {
    let hit = format!("{FIRMS} .hit");
    page.find(&hit).await?;
    let script = "const r = document.querySelector(arguments[0]).getBoundingClientRect(); \
                  return [r.x + r.width / 2, r.y + r.height / 2]";
    let middle = page.script(script, vec![json!(hit)]).await?;
    let at = |k: usize| middle[k].as_f64().map(|px| px.round() as i64);
    let middle = at(0).zip(at(1)).context("a diamond has a place")?;
    Ok((page.find(FIRMS).await?, middle))
}

/// What the box says, once it does.
async fn said(page: &Page, css: &str, part: &str) -> Result<String> {
    page.until(part, async || {
        let words = page.text(css).await?;
        Ok(words.contains(part).then_some(words))
    })
    .await
}

/// Back to what was shown before, by one step of undo.
async fn undone(page: &Page, before: &app::Shown) -> Result<()> {
    app::click(page, "[data-action=undo]").await?;
    app::becomes(page, before).await
}

#[test]
fn a_lever_follows_a_diamond_that_is_dragged() -> Result<()> {
    journey("diamond", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;
        let (_, (x, y)) = diamond(page).await?;
        let drag = page.driver().action_chain();
        drag.move_to(x, y)
            .click_and_hold()
            .move_to(x, y + 40)
            .move_to(x, y + 6)
            .perform()
            .await?;
        said(page, HELD, "现状").await?;
        page.find(&format!("{FIRMS} path")).await?;
        let held = app::changed(page, &baseline).await?;
        page.screenshot("diamond-held").await?;
        page.driver().action_chain().release().perform().await?;
        said(page, LET_GO, "目标没有改").await?;
        ensure!(page.all(&format!("{FIRMS} path")).await?.is_empty());
        ensure!(app::shown(page).await?.charts == held.charts);
        undone(page, &baseline).await
    })
}

#[test]
fn a_diamond_goes_by_keys_and_by_a_number() -> Result<()> {
    journey(
        "diamond-keys",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            let baseline = app::ready(page).await?;
            let (handle, _) = diamond(page).await?;
            handle.focus().await?;
            page.keys(&Key::Up.value().to_string()).await?;
            said(page, HELD, "现状").await?;
            app::changed(page, &baseline).await?;
            page.keys(&Key::Escape.value().to_string()).await?;
            app::becomes(page, &baseline).await?;

            let input = page.find(".diamond-box input").await?;
            input.click().await?;
            input.send_keys(Key::Control + "a").await?;
            input.send_keys("20000").await?;
            input.send_keys(Key::Enter).await?;
            said(page, LET_GO, "够不着 20,000 家").await?;
            // Out of reach the lever is put back, unless it is kept at its end.
            app::becomes(page, &baseline).await?;
            app::click(page, ".diamond-box .keep button").await?;
            app::changed(page, &baseline).await?;
            undone(page, &baseline).await?;

            // Another lever is chosen, and kept for this target.
            let script = "const s = document.querySelector('.diamond-box select'); s.selectedIndex = 1; \
                      s.dispatchEvent(new Event('change', { bubbles: true })); \
                      return s.options[1].text";
            let chosen = page.script(script, vec![]).await?;
            let chosen = chosen.as_str().context("a lever has a name")?;
            let chosen = chosen.split('（').next().unwrap_or_default().to_owned();
            app::click(page, "[data-action=leave-diamond]").await?;
            let (handle, _) = diamond(page).await?;
            handle.focus().await?;
            page.keys(&Key::PageDown.value().to_string()).await?;
            said(page, HELD, &chosen).await?;
            page.keys(&Key::Enter.value().to_string()).await?;
            page.find(LET_GO).await?;
            Ok(())
        },
    )
}

#[test]
fn a_finger_drags_a_diamond() -> Result<()> {
    journey(
        "diamond-touch",
        Setting::shipped(Size::PHONE)?,
        async |page| {
            let browser = page.driver().cdp();
            browser
                .send_raw(
                    "Emulation.setTouchEmulationEnabled",
                    json!({ "enabled": true, "maxTouchPoints": 1 }),
                )
                .await?;
            app::ready(page).await?;
            let script = "const s = document.querySelector('.chart-card select'); s.selectedIndex = 1; \
                      s.dispatchEvent(new Event('change', { bubbles: true }))";
            page.script(script, vec![]).await?;
            page.becomes(".chart-card canvas", "data-figure", "hnte")
                .await?;
            let before = app::shown(page).await?;
            let (_, (x, y)) = diamond(page).await?;
            let scrolled = page.script("return [scrollX, scrollY]", vec![]).await?;
            let touch = async |kind: &str, y: i64| {
                let points = match kind {
                    "touchEnd" => json!([]),
                    _ => json!([{ "x": x, "y": y }]),
                };
                browser
                    .send_raw(
                        "Input.dispatchTouchEvent",
                        json!({ "type": kind, "touchPoints": points }),
                    )
                    .await
            };
            touch("touchStart", y).await?;
            touch("touchMove", y + 10).await?;
            // Between the target and the line, where the lever can bring it.
            touch("touchMove", y + 2).await?;
            page.find(HELD).await?;
            page.screenshot("diamond-touch-held").await?;
            touch("touchEnd", 0).await?;
            page.find(LET_GO).await?;
            page.until("a tile to follow the lever", async || {
                let now = app::shown(page).await?;
                Ok((now.tiles != before.tiles).then_some(()))
            })
            .await?;
            let now = page.script("return [scrollX, scrollY]", vec![]).await?;
            ensure!(now == scrolled, "the page scrolled below the finger");
            let (sideways, _) = page.scrolls().await?;
            ensure!(!sideways, "the page scrolls sideways");
            Ok(())
        },
    )
}
