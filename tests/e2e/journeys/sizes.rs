//! The page fits its window; pictures of each size are left in `target/e2e`.

use anyhow::{Result, ensure};
use tidemark_e2e::{Setting, Size, journey};

use crate::app;

fn fits(name: &str, size: Size) -> Result<()> {
    journey(name, Setting::shipped(size)?, async |page| {
        app::ready(page).await?;
        let (wide, high) = page.scrolls().await?;
        ensure!(!wide, "the page is wider than {}", size.width);
        ensure!(
            size == Size::PHONE || !high,
            "the page is higher than {}",
            size.height
        );
        Ok(())
    })
}

#[test]
fn a_government_pc_shows_all_at_once() -> Result<()> {
    fits("size-1366x768", Size::SMALL)
}

#[test]
fn a_government_pc_shows_all_below_its_bars() -> Result<()> {
    fits("size-1366x620", Size::SMALL_BELOW_BARS)
}

#[test]
fn an_office_screen_shows_all_at_once() -> Result<()> {
    fits("size-1920x1080", Size::LARGE)
}

#[test]
fn a_phone_never_scrolls_sideways() -> Result<()> {
    fits("size-390x844", Size::PHONE)
}
