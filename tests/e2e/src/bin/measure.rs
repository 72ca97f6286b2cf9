//! The browser's part of `cargo xtask bench`: times in a page → JSON on stdout.
//!
//! `measure <bench site> <dist> <samples> <samples of ensembles> <job>…`
#![allow(
    clippy::print_stdout,
    reason = "a command line program answers on stdout"
)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::Key;
use tidemark_e2e::driver::Driver;
use tidemark_e2e::{Page, Size, output};
use xtask::server::Server;

/// Slider moves that are timed.
const MOVES: usize = 120;

/// An ensemble of many members takes seconds, and is repeated.
const LONGEST_SCRIPT: Duration = Duration::from_secs(300);

/// Written by the page at the end of the drawing that answers an input.
const ANSWER: &str = "tidemark:answer";
/// Written by the page at the end of the drawing of bands and probabilities.
const BANDS: &str = "tidemark:bands";

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [bench, dist, samples, of_ensembles, jobs @ ..] = arguments.as_slice() else {
        bail!("usage: measure <bench site> <dist> <samples> <samples of ensembles> <job>…");
    };
    let samples = Samples {
        single: samples.parse()?,
        of_ensembles: of_ensembles.parse()?,
    };
    let driver = Driver::start().await?;
    let mut ours = Vec::new();
    let mut simlin = Vec::new();
    for job in jobs {
        let (one, other) = in_fresh_page(&driver, Path::new(bench), job, samples)
            .await
            .with_context(|| job.clone())?;
        ours.push(one);
        simlin.push(other.is_object().then_some(other));
    }
    let page = open(&driver, Path::new(dist)).await?;
    let first_chart_ms = first_chart(&page).await?;
    let compile_ms = compile(&page).await?;
    let answers_ms = answers(&page).await?;
    let script_ms = script_times(&page).await?;
    let bands_ms = bands(&page).await?;
    let drag = drag(&page).await?;
    let mut refresh_ms = Vec::new();
    for members in REFRESHED {
        refresh_ms.push((members, refresh(&page, members).await?));
    }
    let browser = page.driver().cdp().browser().get_version().await?.product;
    page.close().await?;
    let answer = json!({
        "jobs": ours,
        "simlin": simlin,
        "answers_ms": answers_ms,
        "script_ms": script_ms,
        "bands_ms": bands_ms,
        "drag": drag,
        "refresh_ms": refresh_ms,
        "first_chart_ms": first_chart_ms,
        "compile_ms": compile_ms,
        "browser": browser,
    });
    println!("{answer}");
    Ok(())
}

/// How often each thing is timed.
#[derive(Debug, Clone, Copy)]
struct Samples {
    single: u32,
    of_ensembles: u32,
}

/// One job in a browser of its own, so that its first time is a first time and its memory is its
/// own; and simlin's module of it in the same page, where there is one.
async fn in_fresh_page(
    driver: &Driver,
    site: &Path,
    job: &str,
    samples: Samples,
) -> Result<(Value, Value)> {
    let page = open(driver, site).await?;
    page.driver().set_script_timeout(LONGEST_SCRIPT).await?;
    page.find("[data-ready]").await?;
    let with_simlin = site.join(format!("{job}.simlin.wasm")).is_file();
    let arguments = vec![json!(job), json!(samples.single), json!(with_simlin)];
    let single = page
        .script("return measure(...arguments)", arguments)
        .await?;
    let [mut ours, mut simlin] = both(single);
    let text = std::fs::read_to_string(site.join(format!("{job}.json")))?;
    let description: Value = serde_json::from_str(&text)?;
    let sizes = description["members"].as_array().cloned();
    let sizes = sizes.unwrap_or_default();
    let (mut ensembles, mut others) = (Vec::new(), Vec::new());
    for members in &sizes {
        let largest = sizes.last() == Some(members);
        let arguments = vec![
            members.clone(),
            json!(samples.of_ensembles),
            json!(with_simlin && largest),
        ];
        let pair = page
            .script("return ensemble(...arguments)", arguments)
            .await?;
        let [one, other] = both(pair);
        ensembles.push(one);
        others.extend(other.is_object().then_some(other));
    }
    page.close().await?;
    ours["ensembles"] = json!(ensembles);
    if simlin.is_object() {
        simlin["ensembles"] = json!(others);
    }
    Ok((ours, simlin))
}

/// What the page says of ours and of simlin's, which is no object where there is none.
fn both(mut answer: Value) -> [Value; 2] {
    [answer["ours"].take(), answer["simlin"].take()]
}

/// A page on a server of its own, which ends with this process.
async fn open(driver: &Driver, folder: &Path) -> Result<Page> {
    let server = Server::bind(0).await?;
    let url = server.url();
    let folder: PathBuf = folder.to_owned();
    tokio::spawn(async move { server.run(&folder).await });
    let page = Page::open(driver, &url, Size::SMALL, output()?).await?;
    page.goto("/").await?;
    Ok(page)
}

/// Milliseconds from the start of loading, with an empty cache, to the first chart drawn.
async fn first_chart(page: &Page) -> Result<f64> {
    let watch = r#"(function look() {
        if (document.querySelector('canvas[data-painted="true"]')) window.firstChart = performance.now();
        else requestAnimationFrame(look);
    })();"#;
    let browser = page.driver().cdp();
    let source = json!({ "source": watch });
    browser
        .send_raw("Page.addScriptToEvaluateOnNewDocument", source)
        .await?;
    browser.network().clear_browser_cache().await?;
    page.reload().await?;
    page.until("the first chart", async || {
        Ok(page
            .script("return window.firstChart", vec![])
            .await?
            .as_f64())
    })
    .await
}

/// Milliseconds from the model's text to its program in the page just opened.
async fn compile(page: &Page) -> Result<f64> {
    let script = "return performance.getEntriesByName('tidemark:compile')[0]?.duration";
    let found = page.script(script, vec![]).await?;
    found.as_f64().context("the page notes its compiling")
}

/// Milliseconds of each answer to a key press on the first slider, there and back.
async fn answers(page: &Page) -> Result<Vec<f64>> {
    let slider = page.find("[data-lever] input[type=range]").await?;
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

/// Milliseconds that scripts run for each of as many `input` events, as the browser counts them;
/// the wait for a frame is not in it, the one line that sends the event is.
async fn script_times(page: &Page) -> Result<Vec<f64>> {
    let browser = page.driver().cdp();
    browser.send_raw("Performance.enable", json!({})).await?;
    let slider = page
        .find("[data-lever] input[type=range]")
        .await?
        .to_json()?;
    let mut times = Vec::new();
    let mut before = script_time(page).await?;
    for k in 0..MOVES {
        let by = if k / 10 % 2 == 0 { 1 } else { -1 };
        let arguments = vec![slider.clone(), json!(by), json!(ANSWER)];
        page.driver().execute_async(ONE_MOVE, arguments).await?;
        let after = script_time(page).await?;
        times.push((after - before) * 1e3);
        before = after;
    }
    Ok(times)
}

/// Moves a slider by one step and comes back when the answer is drawn.
const ONE_MOVE: &str = "
    const [slider, by, answer, done] = arguments;
    new PerformanceObserver((list, observer) => {
        if (list.getEntriesByName(answer).length) { observer.disconnect(); done(); }
    }).observe({ entryTypes: ['measure'] });
    if (by > 0) slider.stepUp(); else slider.stepDown();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
";

/// The strip under the tiles once probabilities are of the scenario shown.
const CURRENT: &str = "[data-ensemble='ok'][data-current='true']";

/// Milliseconds from each of some single moves to the drawing of its bands and probabilities.
async fn bands(page: &Page) -> Result<Vec<f64>> {
    let slider = page.find("[data-lever] input[type=range]").await?;
    for k in 0..MOVES {
        let by = if k / 10 % 2 == 0 { 1 } else { -1 };
        let arguments = vec![slider.to_json()?, json!(by), json!(BANDS)];
        page.driver().execute_async(ONE_MOVE, arguments).await?;
    }
    // The first ones are of the page as it opened.
    let all = measures(page, BANDS).await?;
    let own = all.len().saturating_sub(MOVES);
    Ok(all.get(own..).unwrap_or_default().to_vec())
}

/// Ten seconds of a drag, a move a frame: milliseconds of each frame, and from a move to its bands
/// for each answer that was drawn meanwhile.
async fn drag(page: &Page) -> Result<Value> {
    let slider = page.find("[data-lever] input[type=range]").await?;
    let arguments = vec![slider.to_json()?, json!(DRAG_MS), json!(BANDS)];
    let answer = page.driver().execute_async(DRAG, arguments).await?;
    Ok(answer.json().clone())
}

/// Milliseconds of a drag.
const DRAG_MS: u32 = 10_000;

/// Drags a slider to and fro and comes back with frames and bands.
const DRAG: &str = "
    const [slider, time, bands, done] = arguments;
    const frames = [];
    const pointer = (name) => slider.dispatchEvent(
        new PointerEvent(name, { bubbles: true, pointerId: 1, button: 0 }));
    performance.clearMeasures(bands);
    pointer('pointerdown');
    let last = performance.now(), up = true;
    const begin = last;
    const move = (now) => {
        frames.push(now - last);
        last = now;
        if (now - begin > time) {
            pointer('pointerup');
            done({ frames, bands: performance.getEntriesByName(bands).map(e => e.duration) });
            return;
        }
        if (up) slider.stepUp(); else slider.stepDown();
        if (+slider.value >= +slider.max || +slider.value <= +slider.min) up = !up;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
";

/// Numbers of members whose refreshing is timed.
const REFRESHED: [usize; 2] = [1000, 10_000];
/// Moves that are timed with so many.
const REFRESHES: usize = 10;

/// Milliseconds from a move to bands and probabilities of so many members, members' baselines being
/// at hand.
async fn refresh(page: &Page, members: usize) -> Result<Vec<f64>> {
    page.find("[data-action=joint]").await?.click().await?;
    let set = "const s = document.querySelector('[data-action=members]'); s.value = arguments[0]; \
               s.dispatchEvent(new Event('change', { bubbles: true })); \
               document.querySelector('dialog button').click();";
    page.script(set, vec![json!(members.to_string())]).await?;
    let shown = format!("{}", members);
    page.until("all members", async || {
        let script =
            "return document.querySelector(arguments[0])?.textContent.replaceAll(',', '') ?? ''";
        let note = page.script(script, vec![json!(CURRENT)]).await?;
        let note = note.as_str().unwrap_or_default().to_owned();
        Ok(note.starts_with(&shown).then_some(()))
    })
    .await?;
    let slider = page.find("[data-lever] input[type=range]").await?;
    let before = measures(page, BANDS).await?.len();
    for k in 0..REFRESHES {
        let by = if k % 2 == 0 { 1 } else { -1 };
        let arguments = vec![slider.to_json()?, json!(by), json!(BANDS)];
        page.driver().execute_async(ONE_MOVE, arguments).await?;
    }
    let all = measures(page, BANDS).await?;
    Ok(all.get(before..).unwrap_or_default().to_vec())
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

async fn durations(page: &Page) -> Result<Vec<f64>> {
    measures(page, ANSWER).await
}

async fn measures(page: &Page, name: &str) -> Result<Vec<f64>> {
    let script = "return performance.getEntriesByName(arguments[0]).map(e => e.duration)";
    let list: Value = page.script(script, vec![json!(name)]).await?;
    let list = list.as_array().context("a list of durations")?;
    Ok(list.iter().filter_map(Value::as_f64).collect())
}
