//! A pack that is missing, cut off or of another kind: a message in Chinese, never a number.

use anyhow::{Result, ensure};
use tidemark_e2e::{Page, Setting, Site, journey};

use crate::app;

async fn refused(page: &Page) -> Result<String> {
    let text = page.text("main.failed").await?;
    ensure!(app::is_chinese(&text), "it says: {text}");
    ensure!(
        page.all(".tile, canvas").await?.is_empty(),
        "it shows numbers all the same"
    );
    Ok(text)
}

#[test]
fn a_missing_pack_is_said_and_can_be_tried_again() -> Result<()> {
    let site = Site::copied("no-pack")?;
    let pack = site.pack()?;
    let content = site.read(&pack)?;
    site.remove(&pack)?;
    let setting = Setting {
        expected_errors: &["404"],
        ..Setting::of(site.clone())
    };
    journey("no-pack", setting, async |page| {
        let text = refused(page).await?;
        ensure!(text.contains("pack.json"), "it names no file: {text}");
        site.write(&pack, &content)?;
        app::click(page, "[data-action=retry]").await?;
        app::ready(page).await.map(|_| ())
    })
}

#[test]
fn a_pack_cut_off_is_said() -> Result<()> {
    let site = Site::copied("cut-pack")?;
    let pack = site.pack()?;
    let content = site.read(&pack)?;
    site.write(&pack, content.get(..content.len() / 2).unwrap_or_default())?;
    journey("cut-pack", Setting::of(site), async |page| {
        let text = refused(page).await?;
        ensure!(text.contains("截断"), "it says: {text}");
        Ok(())
    })
}

#[test]
fn a_list_of_packs_that_is_missing_is_said() -> Result<()> {
    let site = Site::copied("no-index")?;
    site.remove("packs/index.json")?;
    let setting = Setting {
        expected_errors: &["404"],
        ..Setting::of(site)
    };
    journey("no-index", setting, async |page| {
        refused(page).await.map(|_| ())
    })
}

#[test]
fn a_page_instead_of_a_pack_is_said() -> Result<()> {
    let site = Site::copied("html-pack")?;
    site.write(&site.pack()?, b"<!doctype html><title>login</title>")?;
    journey("html-pack", Setting::of(site), async |page| {
        refused(page).await.map(|_| ())
    })
}

/// The first pack's line in the list with one text exchanged.
fn relisted(name: &str, exchange: impl Fn(&str) -> String) -> Result<Site> {
    let site = Site::copied(name)?;
    let index = String::from_utf8(site.read("packs/index.json")?)?;
    site.write("packs/index.json", exchange(&index).as_bytes())?;
    Ok(site)
}

#[test]
fn a_list_of_another_place_or_release_is_refused() -> Result<()> {
    let place = relisted("other-place", |index| index.replace("宁波市", "北京市"))?;
    journey("other-place", Setting::of(place), async |page| {
        let text = refused(page).await?;
        ensure!(
            text.contains("北京市") && text.contains("宁波市"),
            "it says: {text}"
        );
        Ok(())
    })?;
    let release = relisted("other-release", |index| {
        let at = index.find("\"hash\": \"").unwrap_or_default() + 9;
        format!("{}{}{}", &index[..at], "00000000", &index[at + 8..])
    })?;
    journey("other-release", Setting::of(release), async |page| {
        let text = refused(page).await?;
        ensure!(text.contains("不是同一次发布"), "it says: {text}");
        Ok(())
    })
}
