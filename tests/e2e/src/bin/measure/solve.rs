//! 怎样才能达到 as a user waits for it: from the press to the first answer, to the last one or the proof that there is none,
//! and to the last row of what conditions given up lead to.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tidemark_e2e::Page;
use xtask::bench::asks::{ASKS, Asked};

/// Every question in a page just opened, so that its worker begins anew as for a first press.
pub(crate) async fn times(page: &Page, times: usize) -> Result<Vec<Value>> {
    let mut solves = Vec::new();
    for asked in &ASKS {
        let panel = panel(asked);
        let (mut first_ms, mut all_ms, mut rows_ms) = (Vec::new(), Vec::new(), Vec::new());
        let mut found = String::new();
        for _ in 0..times {
            let answer = press(page, &panel)
                .await
                .with_context(|| asked.name.to_owned())?;
            first_ms.push(answer["first"].clone());
            all_ms.push(answer["all"].clone());
            rows_ms.push(answer["rows"].clone());
            found = answer["found"].as_str().unwrap_or_default().to_owned();
        }
        solves.push(
            json!({ "first_ms": first_ms, "all_ms": all_ms, "rows_ms": rows_ms, "found": found }),
        );
    }
    Ok(solves)
}

/// The link that opens the panel with the question.
fn panel(asked: &Asked) -> String {
    format!("w=solve&a={}~{}", asked.targets.join(","), asked.how)
}

async fn press(page: &Page, panel: &str) -> Result<Value> {
    page.script("location.hash = arguments[0]", vec![json!(panel)])
        .await?;
    page.reload().await?;
    page.find("canvas[data-painted='true']").await?;
    page.find("[data-ensemble='ok'][data-current='true']")
        .await?;
    page.find("dialog[open] [data-action=search]:enabled")
        .await?;
    let answer = page.driver().execute_async(PRESS, vec![]).await?;
    Ok(answer.json().clone())
}

/// Presses the button and looks at every frame for answers, until the search is over.
const PRESS: &str = "
    const done = arguments[0];
    const begin = performance.now();
    let first, main, busy = false;
    const there = (css) => document.querySelector(css) !== null;
    document.querySelector('[data-action=search]').click();
    const look = () => {
        const now = performance.now() - begin;
        if (first === undefined && there('[data-answer], [data-short]')) first = now;
        const proof = document.querySelector('[data-short]')?.dataset.short;
        if (main === undefined && proof && proof !== 'proving') main = now;
        busy ||= there('[data-work=busy]');
        if (!busy || !there('[data-work=over]')) {
            requestAnimationFrame(look);
            return;
        }
        const found = proof ? 'out of reach, ' + proof : 'reached';
        done({ first: first ?? now, all: main ?? now, rows: now, found });
    };
    requestAnimationFrame(look);
";
