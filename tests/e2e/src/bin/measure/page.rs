//! What a user of the shipped page waits for: the first chart, a slider's answer, bands, a drag.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::Key;
use tidemark_e2e::driver::Driver;
use tidemark_e2e::{Page, hand};

use crate::{open, solve};

/// Slider moves that are timed.
const MOVES: usize = 120;
/// Milliseconds of the drag.
const DRAG_MS: u32 = 10_000;
/// Numbers of members whose refreshing is timed, and moves with so many.
const REFRESHED: [usize; 2] = [1000, 10_000];
const REFRESHES: usize = 10;
/// Times the page is opened anew.
const OPENINGS: usize = 9;

/// Written by the page at the end of the drawing that answers an input.
const ANSWER: &str = "tidemark:answer";

/// The strip under the tiles once probabilities are of the scenario shown.
const CURRENT: &str = "[data-ensemble='ok'][data-current='true']";

/// All of it; each search is asked so often.
pub(crate) async fn times(driver: &Driver, dist: &Path, searches: usize) -> Result<Value> {
    let page = open(driver, dist).await?;
    let (first_chart_ms, compile_ms) = openings(&page).await?;
    let answers_ms = answers(&page).await?;
    let (script_ms, script_again) = script_times(&page).await?;
    let bands_ms = bands(&page, MOVES).await?;
    page.find(CURRENT).await?;
    let drag = hand::drag(&page, DRAG_MS).await?;
    let mut refresh_ms = Vec::new();
    for members in REFRESHED {
        set_members(&page, members).await?;
        refresh_ms.push((members, bands(&page, REFRESHES).await?));
    }
    let solves = solve::times(&page, searches).await?;
    let browser = page.driver().cdp().browser().get_version().await?.product;
    page.close().await?;
    Ok(json!({
        "answers_ms": answers_ms,
        "script_ms": script_ms,
        "script_again": script_again,
        "bands_ms": bands_ms,
        "drag": { "frames": drag.frames, "bands": drag.bands, "fewest": drag.fewest },
        "refresh_ms": refresh_ms,
        "solves": solves,
        "first_chart_ms": first_chart_ms,
        "compile_ms": compile_ms,
        "browser": browser,
    }))
}

/// Of every opening with an empty cache, milliseconds from the start of loading to the first chart
/// drawn, and from the model's text to its program.
async fn openings(page: &Page) -> Result<(Vec<f64>, Vec<f64>)> {
    let watch = r#"(function look() {
        if (document.querySelector('canvas[data-painted="true"]')) window.firstChart = performance.now();
        else requestAnimationFrame(look);
    })();"#;
    let browser = page.driver().cdp();
    let source = json!({ "source": watch });
    browser
        .send_raw("Page.addScriptToEvaluateOnNewDocument", source)
        .await?;
    let (mut first_chart, mut compiling) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        browser.network().clear_browser_cache().await?;
        page.reload().await?;
        let drawn = page.until("the first chart", async || {
            Ok(page
                .script("return window.firstChart", vec![])
                .await?
                .as_f64())
        });
        first_chart.push(drawn.await?);
        compiling.push(compile(page).await?);
        // The workers of one opening are not to be at work in the next.
        page.find(CURRENT).await?;
    }
    Ok((first_chart, compiling))
}

/// Milliseconds from the model's text to its program in the page just opened.
async fn compile(page: &Page) -> Result<f64> {
    let script = "return performance.getEntriesByName('tidemark:compile')[0]?.duration";
    let found = page.script(script, vec![]).await?;
    found.as_f64().context("the page notes its compiling")
}

/// Milliseconds of each answer to a key press on the first slider, there and back.
async fn answers(page: &Page) -> Result<Vec<f64>> {
    let slider = page.find(hand::SLIDER).await?;
    slider.focus().await?;
    for k in 0..MOVES {
        let key = if k / 10 % 2 == 0 {
            Key::Right
        } else {
            Key::Left
        };
        slider.send_keys(key).await?;
        page.until("the answer to a key", async || {
            Ok((durations(page).await?.len() > k).then_some(()))
        })
        .await?;
    }
    durations(page).await
}

async fn durations(page: &Page) -> Result<Vec<f64>> {
    let script = "return performance.getEntriesByName(arguments[0]).map(e => e.duration)";
    let list: Value = page.script(script, vec![json!(ANSWER)]).await?;
    let list = list.as_array().context("a list of durations")?;
    Ok(list.iter().filter_map(Value::as_f64).collect())
}

/// Milliseconds that scripts run for each of as many `input` events, as the browser counts them, and
/// how many events were sent again; the wait for a frame is not in it, the one line that sends the
/// event is. Bands and probabilities come later and are waited for in between; where they came before
/// the count was read, the time is of two answers and the event is sent again.
async fn script_times(page: &Page) -> Result<(Vec<f64>, usize)> {
    let browser = page.driver().cdp();
    browser.send_raw("Performance.enable", json!({})).await?;
    let mut times = Vec::new();
    let mut sent = 0;
    while times.len() < MOVES {
        if sent == 4 * MOVES {
            bail!("bands are drawn sooner than the time before them can be read");
        }
        page.find(CURRENT).await?;
        let before = script_time(page).await?;
        hand::step(page, hand::to_and_fro(sent), ANSWER).await?;
        let after = script_time(page).await?;
        if !is_current(page).await? {
            times.push((after - before) * 1e3);
        }
        sent += 1;
    }
    Ok((times, sent - MOVES))
}

/// Whether the probabilities shown are of the scenario shown.
async fn is_current(page: &Page) -> Result<bool> {
    let script = "return document.querySelector(arguments[0]) !== null";
    let found = page.script(script, vec![json!(CURRENT)]).await?;
    found.as_bool().context("yes or no")
}

/// Seconds of script since the page was opened.
async fn script_time(page: &Page) -> Result<f64> {
    let browser = page.driver().cdp();
    let answer = browser
        .send_raw("Performance.getMetrics", json!({}))
        .await?;
    let metrics = answer["metrics"].as_array().context("a list of metrics")?;
    let found = metrics
        .iter()
        .find(|metric| metric["name"] == "ScriptDuration");
    found
        .and_then(|metric| metric["value"].as_f64())
        .context("the browser counts script time")
}

/// Milliseconds from each of some single moves to the drawing of its bands and probabilities.
async fn bands(page: &Page, moves: usize) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for k in 0..moves {
        // An answer that is still on its way would be taken for this move's.
        page.find(CURRENT).await?;
        times.push(hand::step(page, hand::to_and_fro(k), hand::BANDS).await?);
    }
    Ok(times)
}

/// Sets how many members there are, and waits until all of them are shown.
async fn set_members(page: &Page, members: usize) -> Result<()> {
    page.find("[data-action=joint]").await?.click().await?;
    page.find("dialog [data-action=members]").await?;
    let set = "const s = document.querySelector('[data-action=members]'); s.value = arguments[0]; \
               s.dispatchEvent(new Event('change', { bubbles: true }));";
    page.script(set, vec![json!(members.to_string())]).await?;
    page.find("[data-action=close]").await?.click().await?;
    page.until("all members", async || {
        let script =
            "return document.querySelector(arguments[0])?.textContent.replaceAll(',', '') ?? ''";
        let note = page.script(script, vec![json!(CURRENT)]).await?;
        let note = note.as_str().unwrap_or_default();
        Ok(note.starts_with(&members.to_string()).then_some(()))
    })
    .await
}
