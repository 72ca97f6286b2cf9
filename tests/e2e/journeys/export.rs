//! A chart becomes a picture, a drawing and a table of its data.

use anyhow::{Context, Result, ensure};
use tidemark_e2e::{Page, Setting, Size, journey};

use crate::app;

/// Width and height in the head of a PNG.
fn png_size(content: &[u8]) -> Result<(u32, u32)> {
    ensure!(content.starts_with(b"\x89PNG\r\n\x1a\n"), "no PNG");
    let number = |at: usize| -> Result<u32> {
        let bytes = content.get(at..at + 4).context("the PNG is cut off")?;
        Ok(u32::from_be_bytes(bytes.try_into()?))
    };
    Ok((number(16)?, number(20)?))
}

async fn save(page: &Page, kind: &str) -> Result<(String, Vec<u8>)> {
    app::click(page, "[data-place='0'] [data-action=export]").await?;
    app::click(page, &format!("[data-export={kind}]")).await?;
    page.downloaded(&format!(".{kind}")).await
}

#[test]
fn a_chart_is_saved_in_three_forms() -> Result<()> {
    journey("export", Setting::shipped(Size::SMALL)?, async |page| {
        app::ready(page).await?;

        let (name, picture) = save(page, "png").await?;
        ensure!(app::is_chinese(&name), "the file is called {name}");
        let (width, height) = png_size(&picture)?;
        ensure!(
            width >= 1280 && height >= 720,
            "the picture is {width}×{height}"
        );

        let drawing = String::from_utf8(save(page, "svg").await?.1)?;
        ensure!(drawing.contains("<svg"), "no SVG");
        let table = String::from_utf8(save(page, "csv").await?.1)?;
        ensure!(table.lines().count() > 5, "the table is: {table}");
        for text in [drawing, table] {
            for part in ["情景", "数据截至", "模型"] {
                ensure!(text.contains(part), "no {part} in {text}");
            }
        }
        Ok(())
    })
}
