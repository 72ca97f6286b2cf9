//! Probabilities: there, those of the command line's own library, following a lever, found again,
//! and there too where the browser allows no worker.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tidemark_app::ensemble::{Answer, Workshop};
use tidemark_app::protocol::inquiry::Settings;
use tidemark_app::protocol::{Ask, Order, Report, Spread};
use tidemark_e2e::{Page, Setting, Site, Size, journey};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::bind;
use tidemark_pack::compiled;
use tidemark_reach::scope::Wish;

use crate::app::{self, LEVER};

/// Members of a page whose user set nothing.
const MEMBERS: usize = 1000;
/// Year that a page looks at when it opens.
const YEAR: i32 = 2027;

/// The strip once it says so and is of the scenario shown.
const DONE: &str = "[data-ensemble='ok'][data-current='true']";

/// Members that meet each tile's target, of how many; tiles without a probability are absent.
async fn chances(page: &Page, done: &str) -> Result<BTreeMap<String, String>> {
    page.find(done).await?;
    let script = "return Object.fromEntries(Array.from(document.querySelectorAll('.tile[data-members]'), \
                  e => [e.dataset.target, e.dataset.members]))";
    let found = page.script(script, vec![]).await?;
    let found: BTreeMap<String, String> = serde_json::from_value(found)?;
    ensure!(!found.is_empty(), "no tile has a probability");
    Ok(found)
}

/// The baseline's, by the page's own library run natively on the site's files.
fn native(site: &Site) -> Result<Answer> {
    let pack = site.pack()?;
    let text = |path: &str| -> Result<String> { Ok(String::from_utf8(site.read(path)?)?) };
    let index: Value = serde_json::from_str(&text("packs/index.json")?)?;
    let draws = index[0]["draws"].as_str().unwrap_or_default();
    let draws = match draws {
        "" => None,
        name => Some(text(&format!("packs/{name}"))?),
    };
    let mut shop = Workshop::new(MEMBERS);
    let pack = text(&pack)?;
    let mut faults = Diagnostics::new();
    let bound = compiled::read(&pack, "pack", &mut faults).and_then(|pack| {
        let model = &pack.model;
        let loaded = tidemark_engine::load(&model.text, &model.name, &mut faults)?;
        bind(&pack, &loaded, &mut faults)
    });
    let bound = bound.context("a pack without faults")?;
    shop.order(Order::Open { pack, draws });
    shop.order(Order::Run(Ask {
        ticket: 1,
        draws: MEMBERS,
        members: MEMBERS,
        spread: Spread::Whole,
        settings: Settings::default(),
        joint: Vec::new(),
        wish: Wish {
            year: YEAR,
            lines: Vec::new(),
            is_whole: true,
            tables: false,
        },
    }));
    while shop.is_busy() {
        if let Some((Report::Answer { head, .. }, numbers)) = shop.advance() {
            return Answer::read(&bound, head, &numbers).context("an answer that fits");
        }
    }
    bail!("the workshop gave no answer")
}

fn check_same(shown: &BTreeMap<String, String>, answer: &Answer) -> Result<()> {
    for (id, members) in shown {
        let target = answer.target(id, YEAR).with_context(|| id.clone())?;
        let share = target.chance.with_context(|| id.clone())?.share;
        let met = (share * MEMBERS as f64).round();
        ensure!(
            *members == format!("{met}/{MEMBERS}"),
            "{id}: the page says {members}, natively it is {met}"
        );
    }
    Ok(())
}

#[test]
fn probabilities_are_those_of_the_library_and_follow_a_lever() -> Result<()> {
    let setting = Setting::shipped(Size::SMALL)?;
    let expected = native(&setting.site)?;
    journey("chances", setting, async |page| {
        app::ready(page).await?;
        let baseline = chances(page, DONE).await?;
        check_same(&baseline, &expected)?;
        app::raise(page, LEVER).await?;
        let raised = page
            .until("other probabilities", async || {
                let now = chances(page, DONE).await?;
                Ok((now != baseline).then_some(now))
            })
            .await?;
        app::fragment(page).await?;
        page.reload().await?;
        app::ready(page).await?;
        page.until("the same probabilities after a reload", async || {
            Ok((chances(page, DONE).await? == raised).then_some(()))
        })
        .await
    })
}

#[test]
fn targets_and_members_that_were_chosen_are_found_again() -> Result<()> {
    journey("joint", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        page.find(DONE).await?;
        let before = page.attribute("[data-joint]", "data-members").await?;
        app::click(page, "[data-action=joint]").await?;
        let boxes = page.all("[data-joint-target]:checked").await?;
        // The weakest decides: without the others the joint probability is its own.
        for chosen in boxes.iter().skip(1) {
            chosen.click().await?;
        }
        let script = "const s = document.querySelector('[data-action=members]'); s.value = '200'; \
                      s.dispatchEvent(new Event('change', { bubbles: true }))";
        page.script(script, vec![]).await?;
        let chosen = page
            .changed("[data-joint]", "data-members", &before)
            .await?;
        let chosen = match chosen.ends_with("/200") {
            true => chosen,
            false => {
                page.changed("[data-joint]", "data-members", &chosen)
                    .await?
            }
        };
        app::fragment(page).await?;
        page.reload().await?;
        app::ready(page).await?;
        page.becomes("[data-joint]", "data-members", &chosen).await
    })
}

#[test]
fn a_browser_without_workers_gives_the_same_probabilities() -> Result<()> {
    journey("no-worker", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;
        let by_worker = chances(page, DONE).await?;
        let source = "window.Worker = function () { throw new Error('blocked'); };";
        let browser = page.driver().cdp();
        browser
            .send_raw(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": source }),
            )
            .await?;
        page.reload().await?;
        app::ready(page).await?;
        let by_page = chances(page, "[data-ensemble='slow'][data-current='true']").await?;
        ensure!(by_page == by_worker, "{by_page:?}, not {by_worker:?}");
        Ok(())
    })
}
