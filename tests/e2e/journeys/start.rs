//! The page starts: no error, no foreign request, and a word when it cannot.

use anyhow::{Result, ensure};
use tidemark_e2e::{Setting, Site, Size, journey};

#[test]
fn the_page_starts() -> Result<()> {
    journey("start", Setting::shipped(Size::SMALL)?, async |page| {
        page.find("#app [data-ready]").await?;
        let left = page.all("#boot").await?;
        ensure!(left.is_empty(), "the loading message is still there");
        Ok(())
    })
}

#[test]
fn a_missing_program_is_said_in_chinese() -> Result<()> {
    let site = Site::copied("no-module")?;
    let files = std::fs::read_dir(site.folder())?;
    for path in files.filter_map(|entry| Some(entry.ok()?.path())) {
        if path
            .extension()
            .is_some_and(|extension| extension == "wasm")
        {
            std::fs::remove_file(path)?;
        }
    }
    let setting = Setting {
        size: Size::SMALL,
        site,
        expected_errors: &["404", ".wasm"],
    };
    journey("no-module", setting, async |page| {
        page.becomes("#boot", "role", "alert").await?;
        let text = page.text("#boot").await?;
        ensure!(
            text.contains("404") && text.contains("管理员"),
            "it says: {text}"
        );
        Ok(())
    })
}
