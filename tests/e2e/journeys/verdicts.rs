//! Verdicts: right from the first paint, of the scenario they stand beside, of the year looked at, gone with
//! their reason where nobody can give them, and a condition's row that says what its own button finds.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tidemark_e2e::{Page, Setting, Site, Size, journey};

use crate::app::{self, LEVER};

/// The strip once it is of the scenario shown.
const DONE: &str = "[data-ensemble='ok'][data-current='true']";

/// Notes every state in which a tile is painted, from the first one on.
const WATCH: &str = "window.seen = {}; (function look() { \
    for (const tile of document.querySelectorAll('main:not(.restoring) .tile')) { \
    const states = window.seen[tile.dataset.target] ??= []; \
    const now = [tile.dataset.status, tile.dataset.chance ?? ''].join(' '); \
    if (states.at(-1) !== now) states.push(now); } requestAnimationFrame(look); })()";

/// Workers answer so late as the page was told.
const SLOW: &str = "window.late = 0; const Own = window.Worker; window.Worker = class extends Own { \
    set onmessage(hear) { super.onmessage = event => window.late \
    ? setTimeout(() => hear.call(this, event), window.late) : hear.call(this, event); } \
    addEventListener(kind, hear, ...more) { super.addEventListener(kind, kind !== 'message' ? hear : \
    event => window.late ? setTimeout(() => hear.call(this, event), window.late) \
    : hear.call(this, event), ...more); } }";

async fn first_of_all(page: &Page, source: &str) -> Result<()> {
    let browser = page.driver().cdp();
    let command = "Page.addScriptToEvaluateOnNewDocument";
    browser
        .send_raw(command, json!({ "source": source }))
        .await?;
    page.reload().await
}

/// States of each tile in the order in which they were seen.
async fn seen(page: &Page) -> Result<Vec<(String, Vec<String>)>> {
    let seen = page
        .script("return Object.entries(window.seen)", vec![])
        .await?;
    let seen: Vec<(String, Vec<String>)> = serde_json::from_value(seen)?;
    ensure!(!seen.is_empty(), "no tile was seen");
    Ok(seen)
}

#[test]
fn no_light_changes_without_the_user() -> Result<()> {
    journey(
        "first-paint",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            app::ready(page).await?;
            first_of_all(page, WATCH).await?;
            app::ready(page).await?;
            page.find(DONE).await?;
            for (target, states) in seen(page).await? {
                ensure!(states.len() == 1, "at first {target} was {states:?}");
            }
            // A restored scenario has no verdict until its members have answered.
            app::raise(page, LEVER).await?;
            page.find(DONE).await?;
            app::fragment(page).await?;
            page.reload().await?;
            app::ready(page).await?;
            page.find(DONE).await?;
            for (target, states) in seen(page).await? {
                let has_verdict = |state: &String| {
                    ["ok ", "risk ", "miss "]
                        .iter()
                        .any(|w| state.starts_with(w))
                };
                let verdicts = states.iter().filter(|state| has_verdict(state)).count();
                ensure!(verdicts <= 1, "{target} was {states:?}");
                ensure!(
                    states.len() == 1 || !has_verdict(&states[0]),
                    "{target} was {states:?}"
                );
            }
            Ok(())
        },
    )
}

#[test]
fn a_chance_that_is_late_is_greyed_and_one_that_nobody_gives_is_dropped() -> Result<()> {
    journey("late", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        first_of_all(page, SLOW).await?;
        app::ready(page).await?;
        page.find(DONE).await?;
        page.script("window.late = 4000", vec![]).await?;
        app::raise(page, LEVER).await?;
        page.find(".ensemble[data-current='false']").await?;
        page.find(".tile.stale[data-members]").await?;
        page.script("window.late = 0", vec![]).await?;
        app::raise(page, LEVER).await?;
        page.find(DONE).await?;
        ensure!(
            page.all(".tile.stale").await?.is_empty(),
            "a tile is still grey"
        );
        Ok(())
    })
}

#[test]
fn draws_that_are_not_the_packs_give_no_chance_and_can_be_tried_again() -> Result<()> {
    let site = Site::copied("bad-draws")?;
    let path = site.find(".draws.csv")?;
    let good = site.read(&path)?;
    let text = String::from_utf8(good.clone())?;
    let cut: String = text.split_inclusive('\n').take(14).collect();
    let other = text.replacen("0.0", "0.1", 1);
    site.remove(&path)?;
    let setting = Setting {
        expected_errors: &["404"],
        ..Setting::of(site.clone())
    };
    journey("bad-draws", setting, async |page| {
        app::ready(page).await?;
        told(page, "404").await?;
        for (content, words) in [
            (cut.as_bytes(), "应有 1000 组，只有 10 组"),
            (other.as_bytes(), "文件被改动"),
            (b"<!doctype html><p>404", "网页"),
        ] {
            site.write(&path, content)?;
            app::click(page, "[data-action=retry]").await?;
            told(page, words).await?;
        }
        site.write(&path, &good)?;
        app::click(page, "[data-action=retry]").await?;
        page.find(DONE).await?;
        page.find(".tile[data-members]").await.map(|_| ())
    })
}

/// The strip says so, and no tile has a verdict.
async fn told(page: &Page, words: &str) -> Result<()> {
    let mut last = String::new();
    page.until(words, async || {
        last = page.text(".ensemble").await?;
        Ok(last.contains(words).then_some(()))
    })
    .await
    .with_context(|| format!("the strip says {last}"))?;
    let judged = ".tile[data-members], .tile[data-status=ok], .tile[data-status=risk], .tile[data-status=miss]";
    ensure!(page.all(judged).await?.is_empty(), "a tile has a verdict");
    Ok(())
}

async fn values(page: &Page) -> Result<Value> {
    let script = "return Array.from(document.querySelectorAll('.tile'), t => [t.dataset.target, t.dataset.value])";
    page.script(script, vec![]).await
}

#[test]
fn the_year_looked_at_moves_the_whole_page_and_is_found_again() -> Result<()> {
    journey("year", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        page.find(DONE).await?;
        let own = values(page).await?;
        app::click(page, "[data-year='2030']").await?;
        let other = page
            .until("other values", async || {
                let now = values(page).await?;
                Ok((now != own).then_some(now))
            })
            .await?;
        page.find(DONE).await?;
        let fragment = app::fragment(page).await?;
        ensure!(fragment.contains("y=2030"), "the address is {fragment}");
        let said = page.text(".answer-line").await?;
        ensure!(said.contains("2030"), "the answer says: {said}");
        page.reload().await?;
        app::ready(page).await?;
        page.find("[data-year='2030'][aria-checked=true]").await?;
        page.find(DONE).await?;
        page.until("the same values", async || {
            Ok((values(page).await? == other).then_some(()))
        })
        .await?;
        app::click(page, "[data-year='2027']").await?;
        page.until("the first values", async || {
            Ok((values(page).await? == own).then_some(()))
        })
        .await
    })
}
