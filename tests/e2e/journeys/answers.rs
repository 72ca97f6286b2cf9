//! What it would take, and why: a search that finds is applied and undone, one that cannot find says
//! so and is stopped, shares of levers are explained, policy and world are told apart.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::Key;
use tidemark_e2e::{Page, Setting, Size, journey};

use crate::app;

/// Firms, half as sure, levers to their hard ends, from the earliest start: within reach.
const WITHIN: &str = "w=solve&a=city.hnte_count.target.2027~50~hard~x~rules~-4";
/// Firms, four times in five, safe ranges: out of reach.
const FIRMS: &str = "w=solve&a=city.hnte_count.target.2027~80~safe~x~rules~x";
/// R&D intensity, four times in five, safe ranges: out of reach.
const BEYOND: &str = "w=solve&a=city.rd_intensity.target.2027~80~safe~x~rules~x";
/// How often the patience of a journey is granted to a search on a busy machine.
const PATIENCES: usize = 6;

/// Waits for the element longer than for others: a search may take its time.
async fn patiently(page: &Page, css: &str) -> Result<()> {
    let mut last = Ok(());
    for _ in 0..PATIENCES {
        last = page.find(css).await.map(|_| ());
        if last.is_ok() {
            break;
        }
    }
    last
}

async fn opened(page: &Page, panel: &str) -> Result<app::Shown> {
    app::ready(page).await?;
    app::edit_fragment(page, panel).await?;
    page.find("dialog[open]").await?;
    app::shown(page).await
}

#[test]
fn answers_within_reach_are_applied_and_undone() -> Result<()> {
    journey("solver", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = opened(page, WITHIN).await?;
        app::click(page, "[data-action=search]").await?;
        for kind in ["LeastMovement", "LeastCost", "Surest"] {
            patiently(page, &format!("[data-answer={kind}]")).await?;
        }
        patiently(page, "[data-work=over]").await?;
        let chance = page
            .attribute("[data-answer=LeastMovement]", "data-chance")
            .await?;
        ensure!(chance.ends_with('%'), "the chance is {chance}");
        let words = page.text("[data-answer=LeastMovement]").await?;
        ensure!(words.contains(&chance), "{chance} is not in: {words}");
        // Surer than the baseline, for money.
        ensure!(words.contains("个百分点把握约多花"), "no price in: {words}");
        app::click(
            page,
            "[data-answer=LeastMovement] [data-action=compare-answer]",
        )
        .await?;
        app::click(page, "[data-answer=LeastMovement] [data-action=apply]").await?;
        app::changed(page, &baseline).await?;
        app::click(page, "[data-answer=LeastCost] [data-action=discard]").await?;
        page.until("the answer to be put away", async || {
            let left = page.all("[data-answer=LeastCost]").await?;
            Ok(left.is_empty().then_some(()))
        })
        .await?;
        app::click(page, "[data-action=close]").await?;
        app::click(page, "[data-action=undo]").await?;
        app::becomes(page, &baseline).await
    })
}

/// Cards as they read, once the search is over.
async fn searched(page: &Page) -> Result<Vec<String>> {
    opened(page, WITHIN).await?;
    app::click(page, "[data-action=search]").await?;
    let mut cards = Vec::new();
    for kind in ["LeastMovement", "LeastCost", "Surest"] {
        let card = format!("[data-answer={kind}]");
        patiently(page, &card).await?;
        cards.push(page.text(&card).await?);
    }
    patiently(page, "[data-work=over]").await?;
    Ok(cards)
}

#[test]
fn a_browser_without_workers_searches_and_stays_awake() -> Result<()> {
    journey(
        "solver-page",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            let by_worker = searched(page).await?;
            let source = "window.Worker = function () { throw new Error('blocked'); };";
            page.driver()
                .cdp()
                .send_raw(
                    "Page.addScriptToEvaluateOnNewDocument",
                    json!({ "source": source }),
                )
                .await?;
            page.reload().await?;
            opened(page, WITHIN).await?;
            let watch = "window.longest = 0; let last = performance.now(); \
                     (function look(now) { window.longest = Math.max(window.longest, now - last); \
                     last = now; requestAnimationFrame(look); })(last);";
            page.script(watch, vec![]).await?;
            app::click(page, "[data-action=search]").await?;
            let progress = "[data-work=busy] p:last-of-type";
            let first = page.until("progress", async || {
                let words = page.text(progress).await?;
                Ok(words.contains("推演").then_some(words))
            });
            let first = first.await?;
            page.until("more progress", async || {
                Ok((page.text(progress).await? != first).then_some(()))
            })
            .await?;
            app::click(page, "[data-action=stop]").await?;
            page.find("[data-work=over]").await?;
            let by_page = searched(page).await?;
            ensure!(by_page == by_worker, "{by_page:?}, not {by_worker:?}");
            let longest = page.script("return window.longest", vec![]).await?;
            let longest = longest.as_f64().unwrap_or(f64::INFINITY);
            // A slice is far shorter; the machine may be busy.
            ensure!(longest < 3000.0, "the page stood still for {longest} ms");
            Ok(())
        },
    )
}

#[test]
fn a_target_out_of_reach_is_said_to_be_and_a_search_can_be_stopped() -> Result<()> {
    journey(
        "solver-short",
        Setting::shipped(Size::PHONE)?,
        async |page| {
            opened(page, BEYOND).await?;
            app::click(page, "[data-action=search]").await?;
            patiently(page, "[data-short]").await?;
            let words = page.text("[data-short]").await?;
            ensure!(app::is_chinese(&words), "what stands in the way: {words}");
            // Relaxations come one after another; the first ones are enough.
            patiently(page, "[data-relax='0']").await?;
            if let Some(stop) = page.all("[data-action=stop]").await?.first() {
                stop.click().await?;
            }
            page.find("[data-work=over]").await?;
            // A relaxation asks something else and searches again.
            app::click(page, "[data-relax='0']").await?;
            page.find("[data-work=busy]").await?;
            let (sideways, _) = page.scrolls().await?;
            ensure!(!sideways, "the page scrolls sideways");
            Ok(())
        },
    )
}

#[test]
fn shares_of_levers_and_policy_against_world_are_explained() -> Result<()> {
    journey("why", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;
        app::raise(page, app::LEVER).await?;
        app::changed(page, &baseline).await?;
        // A lock is part of the scenario: key and link.
        let range = app::lever(page, app::LEVER).await?;
        range.focus().await?;
        range.send_keys("l").await?;
        let lock = format!("[data-lever='{}'] [data-lock]", app::LEVER);
        page.becomes(&lock, "data-lock", "true").await?;
        app::click(page, "[data-action=assumptions]").await?;
        let world = page
            .find("dialog [data-lever='real_growth'] input[type=range]")
            .await?;
        world.focus().await?;
        world.send_keys(Key::Right + Key::Right).await?;
        app::click(page, "[data-action=close]").await?;
        app::click(page, ".tile[data-target] button.name").await?;
        page.find("[data-early]").await?;
        app::click(page, "dialog [data-action=why]").await?;
        patiently(page, "[data-why=shares]").await?;
        for part in ["next", "paths", "drivers"] {
            let words = page.text(&format!("[data-why={part}]")).await?;
            ensure!(app::is_chinese(&words), "{part}: {words}");
        }
        // They come after the shares, and every step leads to the reference.
        patiently(page, "[data-why=paths] details[open] a.reference").await?;
        patiently(page, "[data-why=drivers] .waterfall").await?;
        page.find("[data-why=world] canvas[data-painted='true']")
            .await?;
        let address = app::fragment(page).await?;
        ensure!(address.contains("w=why-t"), "the address: {address}");
        page.reload().await?;
        patiently(page, "[data-why=shares]").await?;
        page.becomes(&lock, "data-lock", "true").await
    })
}

/// "55%" of "…，把握 55%，仍不够".
fn percent(text: &str) -> Option<String> {
    let end = text.rfind('%')?;
    let digits = text[..end].rsplit(|c: char| !c.is_ascii_digit() && c != '<' && c != '>');
    Some(format!("{}%", digits.into_iter().next()?))
}

#[test]
fn a_condition_given_up_leads_where_its_row_says() -> Result<()> {
    journey("relax", Setting::shipped(Size::SMALL)?, async |page| {
        // Firms, four times in five, safe ranges: out of reach, and not so with wider ones.
        for k in 0..3 {
            opened(page, FIRMS).await?;
            app::click(page, "[data-action=search]").await?;
            patiently(page, "[data-work=over]").await?;
            let row = format!(".relaxations li:nth-child({})", k + 1);
            let enough = page.attribute(&row, "data-enough").await?;
            let told = page.text(&format!("{row} .light")).await?;
            let told = percent(&told).with_context(|| format!("no chance in: {told}"))?;
            app::click(page, &format!("[data-relax='{k}']")).await?;
            patiently(page, "[data-work=over]").await?;
            let found = match enough.as_str() {
                "ok" => "[data-answer=LeastMovement]",
                _ => ".short [data-answer]:last-of-type",
            };
            patiently(page, found).await?;
            let found = page.attribute(found, "data-chance").await?;
            ensure!(
                found == told,
                "row {k} says {told}, its button finds {found}"
            );
            app::click(page, "[data-action=close]").await?;
        }
        Ok(())
    })
}
