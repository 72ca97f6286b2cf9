//! A hand on a slider, as scripts in the page: single steps, and drags a move a frame.
//!
//! Events are the page's own (`pointerdown`, `input`, `pointerup`), sent between two frames, so that
//! what they cost is the page's alone.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Page;

/// The slider that is moved where any will do.
pub const SLIDER: &str = "[data-lever] input[type=range]";

/// Written by the page at the end of the drawing of bands and probabilities.
pub const BANDS: &str = "tidemark:bands";

/// What a drag showed.
#[derive(Debug, Clone, Default)]
pub struct Drag {
    /// Milliseconds from frame to frame.
    pub frames: Vec<f64>,
    /// Milliseconds from a move to its bands drawn, for each answer drawn meanwhile.
    pub bands: Vec<f64>,
    /// Fewest members that a tile's probability was of, looked for at every frame.
    pub fewest: f64,
}

/// Ten steps up, ten down, and so on: the direction of step `k`.
pub fn to_and_fro(k: usize) -> i32 {
    if (k / 10).is_multiple_of(2) { 1 } else { -1 }
}

/// Moves the slider by one step, the other way at its end, and waits for the page's measure of that
/// name; its milliseconds.
///
/// # Errors
/// When the measure does not come.
pub async fn step(page: &Page, by: i32, measure: &str) -> Result<f64> {
    let arguments = vec![json!(SLIDER), json!(by), json!(measure)];
    let answer = page.driver().execute_async(STEP, arguments).await?;
    let taken = answer.json().as_f64();
    taken.with_context(|| format!("no `{measure}` after a move: {}", answer.json()))
}

const STEP: &str = "
    const [css, by, measure, done] = arguments;
    const slider = document.querySelector(css);
    const before = slider.value;
    const observer = new PerformanceObserver((list) => {
        const found = list.getEntriesByName(measure);
        if (found.length) end(found.at(-1).duration);
    });
    const end = (what) => { observer.disconnect(); clearTimeout(patience); done(what); };
    const patience = setTimeout(() => end({
        from: before, to: slider.value, note: document.querySelector('[data-ensemble]')?.outerHTML,
        marks: performance.getEntriesByType('mark').slice(-6).map(e => e.name + ' ' + e.startTime),
        now: performance.now(),
    }), 15000);
    observer.observe({ entryTypes: ['measure'] });
    if (by > 0) slider.stepUp(); else slider.stepDown();
    if (slider.value === before && by > 0) slider.stepDown();
    if (slider.value === before && by < 0) slider.stepUp();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
";

/// Drags the slider to and fro for so long, a move a frame.
///
/// # Errors
/// When the page does not come to the end of it.
pub async fn drag(page: &Page, milliseconds: u32) -> Result<Drag> {
    let arguments = vec![json!(SLIDER), json!(0), json!(milliseconds), json!(BANDS)];
    let answer = page.driver().execute_async(DRAG, arguments).await?;
    let numbers = |name: &str| -> Result<Vec<f64>> {
        let list = answer.json()[name].as_array().context("a list of times")?;
        Ok(list.iter().filter_map(Value::as_f64).collect())
    };
    Ok(Drag {
        frames: numbers("frames")?,
        bands: numbers("bands")?,
        fewest: answer.json()["fewest"]
            .as_f64()
            .context("a number of members")?,
    })
}

/// Drags the `k`-th of the sliders that `css` finds and comes back with frames and bands, Alt held, so
/// that no named level holds it fast. The first
/// frame is only waited for: it had begun before.
pub const DRAG: &str = "
    const [css, k, time, bands, done] = arguments;
    const slider = [...document.querySelectorAll(css)][k];
    const frames = [], seen = [];
    const note = (list) => seen.push(...list.filter(e => e.name === bands).map(e => e.duration));
    const pointer = (name) => slider.dispatchEvent(
        new PointerEvent(name, { bubbles: true, pointerId: 1, button: 0, altKey: true }));
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ entryTypes: ['measure'] });
    pointer('pointerdown');
    let begin, last, up = true, fewest = Infinity;
    const move = (now) => {
        if (begin === undefined) begin = now; else frames.push(now - last);
        last = now;
        const tile = document.querySelector('.tile[data-members]');
        if (tile) fewest = Math.min(fewest, +tile.dataset.members.split('/')[1]);
        if (now - begin > time) {
            pointer('pointerup');
            note(observer.takeRecords());
            observer.disconnect();
            done({ frames, bands: seen, fewest });
            return;
        }
        if (up) slider.stepUp(); else slider.stepDown();
        if (+slider.value >= +slider.max) up = false;
        if (+slider.value <= +slider.min) up = true;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
";
