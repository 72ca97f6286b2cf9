//! The browser's part of `cargo xtask soak`: drags sliders of the shipped page and watches memory.
//!
//! `soak <dist> <minutes>`; ends with a failure where something grows. Levers, charts, undo and a
//! drawer are taken by turns, the same ones in every run. Nothing of the page is held here: a script
//! looks for what it touches each time.
#![allow(
    clippy::print_stdout,
    reason = "a command line program answers on stdout"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use tidemark_e2e::driver::Driver;
use tidemark_e2e::process::Processes;
use tidemark_e2e::{Page, Size, hand, output};
use xtask::server::Server;
use xtask::soak::{Sample, head, row, verdict};

/// Between two looks at the memory.
const EVERY: Duration = Duration::from_secs(30);
/// Milliseconds of a drag.
const DRAG_MS: u32 = 2000;
/// The strip under the tiles once probabilities are of the scenario shown.
const CURRENT: &str = "[data-ensemble='ok'][data-current='true']";

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dist, minutes] = arguments.as_slice() else {
        bail!("usage: soak <dist> <minutes>");
    };
    let driver = Driver::start().await?;
    let page = open(&driver, Path::new(dist)).await?;
    let samples = soaked(
        &driver,
        &page,
        Duration::from_secs(60 * minutes.parse::<u64>()?),
    )
    .await?;
    page.close().await?;
    let (words, is_flat) = verdict(&samples);
    println!("\n{words}");
    Ok(if is_flat {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The page on a server of its own, with a look into the memory of its modules.
async fn open(driver: &Driver, folder: &Path) -> Result<Page> {
    let server = Server::bind(0).await?;
    let url = server.url();
    let folder: PathBuf = folder.to_owned();
    tokio::spawn(async move { server.run(&folder).await });
    let page = Page::open(driver, &url, Size::SMALL, output()?).await?;
    let browser = page.driver().cdp();
    browser
        .send_raw(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": WATCH }),
        )
        .await?;
    page.goto("/").await?;
    browser.send_raw("Performance.enable", json!({})).await?;
    page.find(CURRENT).await?;
    Ok(page)
}

/// Keeps the memories of modules that begin here and in workers of the page. A worker's first words
/// are a blob: the same is put before them there, where it answers on a channel.
const WATCH: &str = r"{
    const keep = (self) => {
        const One = WebAssembly.Instance;
        self.memories = [];
        WebAssembly.Instance = function (...all) {
            const made = new One(...all);
            if (made.exports.memory) self.memories.push(new WeakRef(made.exports.memory));
            return made;
        };
        self.bytes = () => self.memories.reduce((sum, m) => sum + (m.deref()?.buffer.byteLength ?? 0), 0);
        const whole = WebAssembly.instantiate, stream = WebAssembly.instantiateStreaming;
        const kept = (made) => {
            const memory = (made.instance ?? made).exports.memory;
            if (memory) self.memories.push(new WeakRef(memory));
            return made;
        };
        WebAssembly.instantiate = (...all) => whole.apply(WebAssembly, all).then(kept);
        WebAssembly.instantiateStreaming = (...all) => stream.apply(WebAssembly, all).then(kept);
    };
    keep(globalThis);
    const words = `(${keep})(globalThis);
        { const channel = new BroadcastChannel('soak');
          channel.onmessage = (asked) => { if (asked.data === 'bytes') channel.postMessage(globalThis.bytes()); }; }\n`;
    const Plain = Blob;
    globalThis.Blob = function (parts, options) {
        const is_script = options?.type === 'text/javascript';
        return new Plain(is_script ? [...parts, ';\n', words] : parts, options);
    };
    globalThis.Blob.prototype = Plain.prototype;
}";

async fn soaked(driver: &Driver, page: &Page, time: Duration) -> Result<Vec<Sample>> {
    let processes = Processes::below(driver.process());
    let begin = Instant::now();
    let mut samples = Vec::new();
    let mut next = Duration::ZERO;
    let mut round = 0;
    println!("{}", head());
    loop {
        if begin.elapsed() >= next {
            next += EVERY;
            page.find(CURRENT).await?;
            let sample = sample(page, &processes, begin).await?;
            println!("{}", row(&sample));
            samples.push(sample);
        }
        if begin.elapsed() >= time {
            println!("\n{round} drags");
            return Ok(samples);
        }
        drag(page, round).await?;
        round += 1;
    }
}

/// A drag of some lever, and by turns another chart, undo and redo, a drawer opened and closed.
async fn drag(page: &Page, round: usize) -> Result<()> {
    page.driver()
        .execute_async(TURN, vec![json!(round), json!(hand::SLIDER)])
        .await?;
    let count = page
        .script(
            "return document.querySelectorAll(arguments[0]).length",
            vec![json!(hand::SLIDER)],
        )
        .await?;
    let count = count.as_u64().filter(|n| *n > 0);
    let count = count.context("a group without levers")? as usize;
    let which = round * 7 % count;
    let arguments = vec![
        json!(hand::SLIDER),
        json!(which),
        json!(DRAG_MS),
        json!(hand::BANDS),
    ];
    page.driver().execute_async(hand::DRAG, arguments).await?;
    Ok(())
}

const TURN: &str = "
    const [round, css, done] = arguments;
    const all = (css) => [...document.querySelectorAll(css)];
    const press = (css) => document.querySelector(css)?.click();
    const tabs = all('[role=tab]');
    tabs[round % tabs.length].click();
    const frame = () => new Promise(requestAnimationFrame);
    (async () => {
        await frame();
        if (round % 3 === 1) {
            const choice = all('.chart-card select')[round % 4];
            choice.value = String((round * 5) % choice.options.length);
            choice.dispatchEvent(new Event('change', { bubbles: true }));
        }
        if (round % 5 === 2) { press('[data-action=undo]'); await frame(); }
        if (round % 10 === 7) { press('[data-action=redo]'); await frame(); }
        if (round % 8 === 4) {
            press('[data-action=joint]');
            await frame(); await frame();
            press('dialog [data-action=close]');
        }
        await frame();
        done(all(css).length);
    })();
";

/// After the browser has thrown away what nobody holds.
async fn sample(page: &Page, processes: &Processes, begin: Instant) -> Result<Sample> {
    let browser = page.driver().cdp();
    for _ in 0..2 {
        browser
            .send_raw("HeapProfiler.collectGarbage", json!({}))
            .await?;
    }
    let metrics = browser
        .send_raw("Performance.getMetrics", json!({}))
        .await?;
    let metric = |name: &str| {
        let all = metrics["metrics"].as_array()?.iter();
        let mut found = all.filter(|metric| metric["name"] == name);
        found.next()?["value"].as_f64()
    };
    let bytes = page.driver().execute_async(BYTES, vec![]).await?;
    let bytes = |name: &str| bytes.json()[name].as_f64().filter(|bytes| *bytes > 0.0);
    let kb = |bytes: Option<f64>| bytes.map(|bytes| bytes / 1e3);
    Ok(Sample {
        minutes: begin.elapsed().as_secs_f64() / 60.0,
        kb: [
            kb(metric("JSHeapUsedSize")),
            kb(bytes("page")),
            kb(bytes("worker")),
            processes.largest_renderer_kb(),
            processes.all_kb(),
        ],
    })
}

/// Bytes of the page's own memory and of those of its workers.
const BYTES: &str = "
    const done = arguments[0];
    const channel = new BroadcastChannel('soak');
    let worker = 0;
    channel.onmessage = (told) => { if (typeof told.data === 'number') worker += told.data; };
    channel.postMessage('bytes');
    setTimeout(() => { channel.close(); done({ page: globalThis.bytes(), worker }); }, 500);
";
