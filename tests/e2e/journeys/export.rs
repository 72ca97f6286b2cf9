//! A chart becomes a picture, a drawing and a table of its data.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tidemark_e2e::{Page, Setting, Size, journey};

use crate::app;

/// From now on what is filled, written and stroked on canvases beside the page is kept in
/// `window.painted`, each with what the canvas was told to draw it with.
const LISTEN: &str = "
    window.painted = [];
    const tint = css => css[0] === '#' ? [css, 1] : css.match(/[\\d.]+/g).map(Number)
        .reduce(([hex, alpha], n, k) => k < 3 ? [hex + n.toString(16).padStart(2, '0'), 1] : [hex, n], ['#', 1]);
    const fill = c => tint(c.fillStyle);
    const say = {
        fillRect: c => fill(c),
        fill: c => fill(c),
        stroke: c => [...tint(c.strokeStyle), c.lineWidth],
        fillText: (c, [text, x, y]) => {
            const size = c.font.match(/([\\d.]+)px/)[1];
            return [...fill(c), text, x, y, c.textAlign, c.font.startsWith('bold'), Math.round(size)];
        },
    };
    for (const [name, words] of Object.entries(say)) {
        const draw = CanvasRenderingContext2D.prototype[name];
        CanvasRenderingContext2D.prototype[name] = function (...given) {
            if (!this.canvas.isConnected) window.painted.push(words(this, given));
            return draw.apply(this, given);
        };
    }";

/// What `LISTEN` heard, and the same read from an SVG, where every element has its own style.
const PAINTED: &str = "
    const drawing = new DOMParser().parseFromString(arguments[0], 'image/svg+xml');
    const written = [];
    for (const e of drawing.querySelectorAll('rect, polygon, circle, text, line, polyline')) {
        const a = name => e.getAttribute(name);
        const one = ['line', 'polyline'].includes(e.localName)
            ? [a('stroke').toLowerCase(), +a('opacity'), +a('stroke-width')]
            : [a('fill').toLowerCase(), +a('opacity')];
        if (e.localName === 'text') {
            const align = a('text-anchor').replace('middle', 'center');
            const size = Math.round(a('font-size'));
            one.push(e.textContent.trim(), +a('x'), +a('y'), align, a('font-weight') === 'bold', size);
        }
        // Lines of one style that follow one another are one stroke of the canvas.
        const again = one.length === 3 && String(written.at(-1)) === String(one);
        if (!again) written.push(one);
    }
    return [window.painted, written];";

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
        // The bands come later; the picture and the drawing are of one and the same chart.
        page.find("[data-ensemble=ok][data-current=true]").await?;
        page.script(LISTEN, vec![]).await?;

        let (name, picture) = save(page, "png").await?;
        ensure!(app::is_chinese(&name), "the file is called {name}");
        let (width, height) = png_size(&picture)?;
        ensure!(
            width >= 1280 && height >= 720,
            "the picture is {width}×{height}"
        );

        let drawing = String::from_utf8(save(page, "svg").await?.1)?;
        ensure!(drawing.contains("<svg"), "no SVG");
        let both = page.script(PAINTED, vec![json!(drawing)]).await?;
        let list = |idx: usize| both[idx].as_array().context("a list");
        let (picture, vector) = (list(0)?, list(1)?);
        ensure!(picture.len() > 20, "the picture is drawn with {picture:?}");
        for (painted, written) in picture.iter().zip(vector) {
            ensure!(
                painted == written,
                "{painted} in the picture, {written} in the SVG"
            );
        }
        ensure!(picture.len() == vector.len(), "one has more than the other");
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
