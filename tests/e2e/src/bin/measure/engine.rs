//! The engine alone in a page, a browser for each job; and simlin's module of it beside.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tidemark_e2e::driver::Driver;

use crate::open;

/// How often each thing is timed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Samples {
    /// Single runs.
    pub(crate) single: u32,
    /// Ensembles of each size.
    pub(crate) of_ensembles: u32,
}

/// Every job, in order.
pub(crate) async fn times(
    driver: &Driver,
    site: &Path,
    samples: Samples,
    jobs: &[&str],
) -> Result<Value> {
    let mut ours = Vec::new();
    let mut simlin = Vec::new();
    for job in jobs {
        let (one, other) = in_fresh_page(driver, site, job, samples)
            .await
            .with_context(|| (*job).to_owned())?;
        ours.push(one);
        simlin.push(other.is_object().then_some(other));
    }
    Ok(json!({ "jobs": ours, "simlin": simlin }))
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
