//! The journey that matters: move a lever, read the answer, find it again.

use anyhow::{Result, ensure};
use thirtyfour::Key;
use tidemark_e2e::{Setting, Size, journey};

use crate::app::{self, LEVER};

#[test]
fn a_lever_moved_by_keyboard_and_by_pointer_is_found_again() -> Result<()> {
    journey("lever", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;

        let range = app::lever(page, LEVER).await?;
        let at_start = app::fragment(page).await?;
        range.focus().await?;
        range.send_keys(Key::Right).await?;
        let by_key = app::changed(page, &baseline).await?;
        let one_step = app::value(page, LEVER).await?;
        let after_key = app::other_fragment(page, &at_start).await?;

        // From the middle of the track to four fifths of it.
        let range = app::lever(page, LEVER).await?;
        range.scroll_into_view().await?;
        let (x, y, width) = {
            let rect = range.rect().await?;
            (
                (rect.x) as i64,
                (rect.y + rect.height / 2.0) as i64,
                rect.width,
            )
        };
        let at = |part: f64| x + (width * part) as i64;
        page.driver()
            .action_chain()
            .move_to(at(0.5), y)
            .click_and_hold()
            .move_to(at(0.65), y)
            .move_to(at(0.8), y)
            .release()
            .perform()
            .await?;
        let by_pointer = app::changed(page, &by_key).await?;
        let dragged = app::value(page, LEVER).await?;
        ensure!(dragged != one_step, "the drag left the lever at {one_step}");
        ensure!(
            by_pointer.tiles != baseline.tiles,
            "no tile follows the lever: {:?}",
            by_pointer.tiles
        );

        app::other_fragment(page, &after_key).await?;
        page.reload().await?;
        app::ready(page).await?;
        app::becomes(page, &by_pointer).await?;
        let found = app::value(page, LEVER).await?;
        ensure!(
            found == dragged,
            "the lever is at {found} after a reload, not {dragged}"
        );
        Ok(())
    })
}

#[test]
fn a_number_can_be_typed_and_reset() -> Result<()> {
    journey("number", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;
        let range = app::lever(page, LEVER).await?;
        let highest = range.attr("max").await?.unwrap_or_default();
        let row = format!("[data-lever='{LEVER}']");
        let number = page
            .find(&format!("{row} input[inputmode=decimal]"))
            .await?;
        number.click().await?;
        number.send_keys(Key::Control + "a").await?;
        number.send_keys(highest.as_str()).await?;
        number.send_keys(Key::Enter).await?;
        app::changed(page, &baseline).await?;
        app::click(page, &format!("{row} button.reset")).await?;
        app::becomes(page, &baseline).await
    })
}

#[test]
fn what_is_typed_is_answered_at_its_box_until_it_is_mended() -> Result<()> {
    journey("typed", Setting::shipped(Size::SMALL)?, async |page| {
        let baseline = app::ready(page).await?;
        app::lever(page, LEVER).await?;
        let row = format!("[data-lever='{LEVER}']");
        let number = page
            .find(&format!("{row} input[inputmode=decimal]"))
            .await?;
        let type_in = async |text: &str| -> Result<()> {
            number.click().await?;
            number.send_keys(Key::Control + "a").await?;
            number.send_keys(text).await?;
            Ok(number.send_keys(Key::Enter).await?)
        };
        let said = async || page.text(&format!("{row} .entry")).await;
        type_in("100").await?;
        let text = said().await?;
        ensure!(text.contains("43.5"), "no range: {text}");
        ensure!(
            app::shown(page).await? == baseline,
            "it was set all the same"
        );
        type_in("2,5").await?;
        page.until("an answer of its own", async || {
            Ok(said().await?.contains("逗号").then_some(()))
        })
        .await?;
        type_in("100").await?;
        page.until("the range again", async || {
            Ok(said().await?.contains("超出").then_some(()))
        })
        .await?;
        app::click(page, &format!("{row} [data-action=take]")).await?;
        app::changed(page, &baseline).await?;
        let gone = page.all(&format!("{row} .entry")).await?.is_empty();
        ensure!(gone, "what was mended is said still");
        // All that was ever reached is less: a reason is asked for, once.
        let field = page.find(&format!("{row} .reason input")).await?;
        field.send_keys("省里新增认定名额").await?;
        field.send_keys(Key::Enter).await?;
        page.find(&format!("{row} [data-reason=given]")).await?;
        app::fragment(page).await?;
        page.reload().await?;
        app::ready(page).await?;
        app::lever(page, LEVER).await?;
        let css = format!("{row} [data-reason=given] input");
        let kept = page.find(&css).await?.prop("value").await?;
        ensure!(
            kept.as_deref() == Some("省里新增认定名额"),
            "it says: {kept:?}"
        );
        Ok(())
    })
}
