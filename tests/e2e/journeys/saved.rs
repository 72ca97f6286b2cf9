//! Saved work: it survives every version of its pack, storage that is damaged or full, another tab, another place
//! that cannot be loaded.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tidemark_e2e::{Page, Setting, Site, Size, journey};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::compiled::{self, Compiled};
use tidemark_pack::record::{Actual, Lever, Pack};

use crate::app::{self, LEVER};

/// A lever beside [`LEVER`], and where it is set.
const OTHER: (&str, &str) = ("grant_sme_share", "65");

/// Puts another version of the city's pack on the site, as a release does.
fn release(site: &Site, edit: impl FnOnce(&mut Pack, &mut Vec<Actual>)) -> Result<()> {
    let path = "packs/ningbo.pack.json";
    let mut faults = Diagnostics::new();
    let json = String::from_utf8(site.read(path)?)?;
    let before = compiled::read(&json, path, &mut faults).context("the pack is sound")?;
    let old = before.hash.clone();
    let (mut pack, mut actuals) = (before.pack, before.actuals);
    edit(&mut pack, &mut actuals);
    let after = Compiled::new(pack, actuals, before.model);
    let index = String::from_utf8(site.read("packs/index.json")?)?;
    site.write(
        "packs/index.json",
        index.replace(&old, &after.hash).as_bytes(),
    )?;
    site.write(path, after.to_json().as_bytes())
}

fn lever<'a>(pack: &'a mut Pack, id: &str) -> Result<&'a mut Lever> {
    let mut levers = pack.lever.iter_mut();
    levers.find(|lever| lever.id == id).context("a lever")
}

/// Types a number into a lever's box.
async fn set(page: &Page, id: &str, text: &str) -> Result<()> {
    app::lever(page, id).await?;
    let number = page
        .find(&format!("[data-lever='{id}'] input[inputmode=decimal]"))
        .await?;
    number.click().await?;
    number.send_keys(thirtyfour::Key::Control + "a").await?;
    number.send_keys(text).await?;
    Ok(number.send_keys(thirtyfour::Key::Enter).await?)
}

/// What the notices say, once there is one that holds `sign`.
async fn said(page: &Page, sign: &str) -> Result<String> {
    page.until(&format!("a notice of {sign}"), async || {
        let script = "return document.querySelector('.notices')?.textContent ?? ''";
        let text = page.script(script, vec![]).await?;
        let text = text.as_str().unwrap_or_default();
        Ok(text.contains(sign).then(|| text.to_owned()))
    })
    .await
}

async fn no_notice(page: &Page) -> Result<()> {
    ensure!(page.all(".notice").await?.is_empty(), "there is a notice");
    Ok(())
}

/// Sets two levers, releases another version of the pack, opens the site without a link, as the next morning, and
/// looks.
fn survives(
    name: &str,
    edit: impl FnOnce(&mut Pack, &mut Vec<Actual>),
    steps: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let site = Site::copied(name)?;
    survives_on(name, site.clone(), || release(&site, edit), steps)
}

/// The same where `update` puts the other version on the site.
fn survives_on(
    name: &str,
    site: Site,
    update: impl FnOnce() -> Result<()>,
    steps: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    journey(name, Setting::of(site), async |page| {
        let baseline = app::ready(page).await?;
        set(page, LEVER, "30").await?;
        app::changed(page, &baseline).await?;
        set(page, OTHER.0, OTHER.1).await?;
        app::fragment(page).await?;
        update()?;
        page.script("history.replaceState(null, '', location.pathname)", vec![])
            .await?;
        page.reload().await?;
        app::ready(page).await?;
        page.find("[data-origin]").await?;
        steps(page).await?;
        // The picture shows the answer.
        page.find("[data-current='true']").await.map(|_| ())
    })
}

#[track_caller]
fn at(found: &str, wanted: &str) -> Result<()> {
    ensure!(found == wanted, "the lever is at {found}, not {wanted}");
    Ok(())
}

#[test]
fn it_survives_another_word() -> Result<()> {
    let edit = |pack: &mut Pack, _: &mut Vec<Actual>| pack.lever[0].guidance.push('。');
    survives("saved-word", edit, async |page| {
        at(&app::value(page, LEVER).await?, "30")?;
        at(&app::value(page, OTHER.0).await?, OTHER.1)?;
        no_notice(page).await
    })
}

#[test]
fn it_survives_new_actuals() -> Result<()> {
    let edit = |_: &mut Pack, actuals: &mut Vec<Actual>| {
        if let Some(last) = actuals.last_mut() {
            last.note.push_str("（修订）");
        }
    };
    survives("saved-actuals", edit, async |page| {
        at(&app::value(page, LEVER).await?, "30")?;
        no_notice(page).await
    })
}

#[test]
fn it_survives_a_lever_added() -> Result<()> {
    let site = Site::copied("saved-added")?;
    let whole = site.read("packs/ningbo.pack.json")?;
    let index = site.read("packs/index.json")?;
    // The page of before has one lever less, and that is the first one.
    release(&site, |pack, _| drop(pack.lever.remove(0)))?;
    survives_on(
        "saved-added",
        site.clone(),
        || {
            site.write("packs/ningbo.pack.json", &whole)?;
            site.write("packs/index.json", &index)
        },
        async |page| {
            at(&app::value(page, LEVER).await?, "30")?;
            at(&app::value(page, OTHER.0).await?, OTHER.1)?;
            no_notice(page).await
        },
    )
}

#[test]
fn a_lever_removed_is_listed() -> Result<()> {
    let edit =
        |pack: &mut Pack, _: &mut Vec<Actual>| pack.lever.retain(|lever| lever.id != OTHER.0);
    survives("saved-removed", edit, async |page| {
        let text = said(page, OTHER.0).await?;
        ensure!(text.contains("65"), "{text}");
        at(&app::value(page, LEVER).await?, "30")
    })
}

#[test]
fn a_lever_renamed_is_listed() -> Result<()> {
    let edit = |pack: &mut Pack, _: &mut Vec<Actual>| {
        if let Ok(lever) = lever(pack, OTHER.0) {
            lever.id = "small_firms".to_owned();
        }
    };
    survives("saved-renamed", edit, async |page| {
        said(page, OTHER.0).await?;
        at(&app::value(page, LEVER).await?, "30")?;
        at(&app::value(page, "small_firms").await?, "40")
    })
}

#[test]
fn another_range_and_step_are_listed() -> Result<()> {
    let edit = |pack: &mut Pack, _: &mut Vec<Actual>| {
        if let Ok(lever) = lever(pack, OTHER.0) {
            lever.hard.max = 60.0;
            lever.stretch_max = lever.stretch_max.min(60.0);
            lever.safe.max = lever.safe.max.min(60.0);
            lever.levels.retain(|level| level.to <= 60.0);
            lever.marks.retain(|mark| mark.value <= 60.0);
        }
    };
    survives("saved-range", edit, async |page| {
        let text = said(page, "65").await?;
        ensure!(text.contains("60"), "{text}");
        at(&app::value(page, OTHER.0).await?, "60")?;
        at(&app::value(page, LEVER).await?, "30")?;
        // It is aside as it was, until the user decides.
        app::click(page, "[data-action=aside-drop]").await?;
        page.until("nothing aside", async || {
            Ok(page
                .all("[data-action=aside-drop]")
                .await?
                .is_empty()
                .then_some(()))
        })
        .await
    })
}

const KEY: &str = "tidemark:/:ningbo:scenario";

async fn stored(page: &Page, key: &str) -> Result<String> {
    let script = "return localStorage.getItem(arguments[0]) ?? ''";
    let text = page.script(script, vec![json!(key)]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

async fn store(page: &Page, key: &str, text: &str) -> Result<()> {
    let script = "localStorage.setItem(arguments[0], arguments[1])";
    let arguments = vec![json!(key), json!(text)];
    page.script(script, arguments).await.map(|_| ())
}

#[test]
fn damaged_storage_is_named_and_kept_aside() -> Result<()> {
    journey(
        "saved-damaged",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            app::ready(page).await?;
            // What waits to be written would take the place of what is damaged here.
            app::fragment(page).await?;
            page.script("history.replaceState(null, '', location.pathname)", vec![])
                .await?;
            store(page, KEY, "#p=ningbo&d=1a2b3c4d&s=hnte_first").await?;
            page.reload().await?;
            let baseline = app::ready(page).await?;
            said(page, "本机保存的情景已损坏").await?;
            app::raise(page, LEVER).await?;
            app::changed(page, &baseline).await?;
            app::fragment(page).await?;
            let aside = stored(page, "tidemark:/:ningbo:aside").await?;
            ensure!(aside.contains("hnte_first"), "aside is: {aside}");
            let kept = stored(page, KEY).await?;
            ensure!(kept.contains(LEVER), "stored is: {kept}");
            Ok(())
        },
    )
}

#[test]
fn full_storage_is_named_and_another_tab_loses_nothing() -> Result<()> {
    journey("saved-full", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;
        app::raise(page, LEVER).await?;
        app::changed(page, &baseline).await?;
        app::fragment(page).await?;
        let mine = stored(page, KEY).await?;
        // What another tab of the place has stored meanwhile.
        set(page, OTHER.0, OTHER.1).await?;
        app::fragment(page).await?;
        let theirs = stored(page, KEY).await?;
        app::click(page, "[data-action=undo]").await?;
        app::fragment(page).await?;
        store(page, KEY, &theirs).await?;
        app::raise(page, LEVER).await?;
        said(page, "另一个标签页").await?;
        let aside = stored(page, "tidemark:/:ningbo:aside").await?;
        ensure!(aside == theirs, "aside is: {aside}");
        let now = stored(page, KEY).await?;
        ensure!(now != mine && now != theirs, "stored is: {now}");
        let full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }";
        page.script(full, vec![]).await?;
        set(page, OTHER.0, "50").await?;
        said(page, "本机存储已满").await?;
        ensure!(stored(page, KEY).await? == now, "it was overwritten");
        Ok(())
    })
}

#[test]
fn a_link_of_before_opens_here_and_in_its_place() -> Result<()> {
    let city = "#p=ningbo&k=1.74955d5d.AQOYAwAAAQAAujOqNw。";
    let district = "#k=1.9aeec44e.AQOcBAAAAQAA9v7-FA";
    journey(
        "saved-before",
        Setting::shipped(Size::SMALL)?,
        async |page| {
            let baseline = app::ready(page).await?;
            app::edit_fragment(page, city).await?;
            app::changed(page, &baseline).await?;
            page.find("[data-origin]").await?;
            let range = app::lever(page, "basic_research_fund").await?;
            let highest = range.attr("max").await?.unwrap_or_default();
            at(&app::value(page, "basic_research_fund").await?, &highest)?;
            no_notice(page).await?;
            // A link without a place is known by its record.
            app::edit_fragment(page, district).await?;
            page.until("the district", async || {
                let script = "return document.querySelector('h1')?.textContent ?? ''";
                let title = page.script(script, vec![]).await?;
                Ok(title
                    .as_str()
                    .is_some_and(|title| title.contains("鄞州"))
                    .then_some(()))
            })
            .await?;
            app::ready(page).await?;
            page.find("[data-origin]").await?;
            // The city's own scenario is where it was.
            app::edit_fragment(page, "#p=ningbo").await?;
            page.until("the city", async || {
                let script = "return document.querySelector('h1')?.textContent ?? ''";
                let title = page.script(script, vec![]).await?;
                Ok(title
                    .as_str()
                    .is_some_and(|title| title.contains("宁波"))
                    .then_some(()))
            })
            .await?;
            app::ready(page).await?;
            at(&app::value(page, "basic_research_fund").await?, &highest)
        },
    )
}

#[test]
fn a_place_that_cannot_be_loaded_offers_the_way_back() -> Result<()> {
    let site = Site::copied("saved-back")?;
    site.remove("packs/yinzhou.pack.json")?;
    let setting = Setting {
        expected_errors: &["404"],
        ..Setting::of(site)
    };
    journey("saved-back", setting, async |page| {
        let baseline = app::ready(page).await?;
        app::raise(page, LEVER).await?;
        let moved = app::changed(page, &baseline).await?;
        app::fragment(page).await?;
        app::edit_fragment(page, "#p=yinzhou").await?;
        let text = page.text("main.failed").await?;
        ensure!(text.contains("宁波"), "no way back: {text}");
        app::click(page, "[data-action=back]").await?;
        app::ready(page).await?;
        app::becomes(page, &moved).await
    })
}
