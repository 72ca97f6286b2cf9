//! The site works under any path, and on a server that does not know `.wasm`; where it cannot come, the page
//! says which file, why and what to do.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tidemark_e2e::{Page, Setting, Site, Size, journey};

use crate::app;

#[test]
fn the_site_works_in_a_folder_of_a_server() -> Result<()> {
    let setting = Setting {
        path: "/deep/tidemark/",
        // Looked for one folder too high, on purpose.
        expected_errors: &["404"],
        ..Setting::of(Site::copied_below("sub-path", "deep/tidemark")?)
    };
    journey("sub-path", setting, async |page| {
        app::ready(page).await?;
        // As a server without redirects gives it: the page of the folder, its files one folder too high.
        let script = "document.body.innerHTML = '<p id=boot></p>'; \
                      history.replaceState(null, '', '/deep/tidemark'); \
                      tidemark_watch.explain(new URL(arguments[0], location.href).href)";
        let boot = page.script(BOOT, vec![]).await?;
        page.script(script, vec![boot]).await?;
        page.until("the folder with its slash", async || {
            let place = page.script("return location.pathname", vec![]).await?;
            Ok((place == "/deep/tidemark/").then_some(()))
        })
        .await?;
        app::ready(page).await.map(|_| ())
    })
}

/// Name of the script that starts the app.
const BOOT: &str = "return document.querySelector('script[type=module]').src.split('/').pop()";

/// The page with one text of `index.html` and of the starting script exchanged.
fn exchanged(site: &Site, from: &str, to: &str) -> Result<()> {
    for file in ["index.html".to_owned(), site.find_starting("boot-")?] {
        let text = String::from_utf8(site.read(&file)?)?;
        site.write(&file, text.replace(from, to).as_bytes())?;
    }
    Ok(())
}

#[test]
fn a_module_served_as_something_else_still_starts() -> Result<()> {
    let site = Site::copied("wrong-type")?;
    let module = site.find(".wasm")?;
    let other = module.replace(".wasm", ".bin");
    site.write(&other, &site.read(&module)?)?;
    site.remove(&module)?;
    exchanged(&site, &module, &other)?;
    journey("wrong-type", Setting::of(site), async |page| {
        app::ready(page).await.map(|_| ())
    })
}

async fn says(page: &Page, words: &[&str]) -> Result<()> {
    let mut last = String::new();
    page.until(&words.join(", "), async || {
        last = page.text("#boot").await?;
        Ok(words.iter().all(|word| last.contains(word)).then_some(()))
    })
    .await
    .with_context(|| format!("it says: {last}"))
}

/// A journey to a page that does not start.
fn broken(name: &str, site: Site, words: &'static [&str]) -> Result<()> {
    let setting = Setting {
        expected_errors: &[
            "404",
            "MIME",
            "SyntaxError",
            "Unexpected",
            "Invalid",
            "Failed to load",
        ],
        ..Setting::of(site)
    };
    journey(name, setting, async |page| says(page, words).await)
}

#[test]
fn a_start_that_is_missing_is_named() -> Result<()> {
    let site = Site::copied("no-boot")?;
    site.remove(&site.find_starting("boot-")?)?;
    broken("no-boot", site, &["boot-", "404", "完整复制", "刷新"])
}

#[test]
fn a_start_or_program_that_is_a_web_page_is_named() -> Result<()> {
    let page = b"<!doctype html><title>404</title>";
    for beginning in ["boot-", "tidemark-app-"] {
        let site = Site::copied(&format!("page-for-{beginning}"))?;
        site.write(&site.find_starting(beginning)?, page)?;
        broken("web-page", site, &["网页", "登录"])?;
    }
    Ok(())
}

#[test]
fn a_script_that_is_cut_off_is_named() -> Result<()> {
    for beginning in ["boot-", "tidemark-app-"] {
        let site = Site::copied(&format!("cut-{beginning}"))?;
        let script = site.find_starting(beginning)?;
        let content = site.read(&script)?;
        site.write(
            &script,
            content.get(..content.len() / 2).unwrap_or_default(),
        )?;
        broken("cut-script", site, &["不完整", "Ctrl+F5"])?;
    }
    Ok(())
}

#[test]
fn a_start_or_program_of_a_wrong_type_is_named() -> Result<()> {
    for beginning in ["boot-", "tidemark-app-"] {
        let site = Site::copied(&format!("type-of-{beginning}"))?;
        let script = site.find_starting(beginning)?;
        ensure!(script.ends_with(".js"), "{script} is no script");
        let other = script.replace(".js", ".txt");
        site.write(&other, &site.read(&script)?)?;
        exchanged(&site, &script, &other)?;
        broken(
            "script-type",
            site,
            &["类型不对", "text/plain", "text/javascript"],
        )?;
    }
    Ok(())
}

#[test]
fn an_old_first_page_is_told_from_a_missing_file() -> Result<()> {
    let site = Site::copied("old-index")?;
    let index = site.read("index.html")?;
    let old = String::from_utf8(index.clone())?;
    let old = old.replace("<script type=\"module\"", "<script type=\"text/none\"");
    site.write("index.html", old.as_bytes())?;
    let setting = Setting {
        expected_errors: &["404"],
        ..Setting::of(site.clone())
    };
    journey("old-index", setting, async |page| {
        says(page, &["正在加载"]).await?;
        site.write("index.html", &index)?;
        let script = "tidemark_watch.explain(location.origin + '/boot-0123456789abcdef.js')";
        page.script(script, vec![]).await?;
        says(page, &["已经更新", "Ctrl+F5"]).await
    })
}

#[test]
fn a_file_that_does_not_come_is_named_after_a_while() -> Result<()> {
    journey("hanging", Setting::shipped(Size::SMALL)?, async |page| {
        let browser = page.driver().cdp();
        let hurry = "const own = setTimeout; \
                     window.setTimeout = (call, after, ...more) => own(call, after / 20, ...more)";
        for (command, arguments) in [
            (
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": hurry }),
            ),
            // Held back for ever, since nobody lets them go on.
            (
                "Fetch.enable",
                json!({ "patterns": [{ "urlPattern": "*.wasm" }] }),
            ),
        ] {
            browser.send_raw(command, arguments).await?;
        }
        page.goto("/?again").await?;
        says(page, &["20 秒", ".wasm", "刷新"]).await?;
        let role = page.attribute("#boot", "role").await?;
        ensure!(role == "status", "it is a {role}");
        browser.send_raw("Fetch.disable", json!({})).await?;
        app::ready(page).await.map(|_| ())
    })
}

#[test]
fn a_page_opened_from_a_folder_says_so() -> Result<()> {
    let site = Site::copied("from-file")?;
    let path = site.folder().join("index.html");
    let setting = Setting {
        expected_errors: &["CORS", "ERR_FAILED", "blocked", "origin", "net::"],
        ..Setting::of(site)
    };
    journey("from-file", setting, async |page| {
        page.driver()
            .goto(format!("file://{}", path.display()))
            .await?;
        says(page, &["从文件夹里", "单文件版"]).await
    })
}

#[test]
fn the_page_keeps_its_place_from_the_first_word_on() -> Result<()> {
    for size in [Size::SMALL, Size::PHONE] {
        journey("shift", Setting::shipped(size)?, async |page| {
            app::ready(page).await?;
            let watch = "window.moved = 0; new PerformanceObserver(list => list.getEntries() \
                         .forEach(entry => { window.moved += entry.value; })) \
                         .observe({ type: 'layout-shift', buffered: true })";
            let browser = page.driver().cdp();
            let command = "Page.addScriptToEvaluateOnNewDocument";
            browser
                .send_raw(command, json!({ "source": watch }))
                .await?;
            page.reload().await?;
            app::ready(page).await?;
            page.find("[data-ensemble='ok'][data-current='true']")
                .await?;
            let moved = page.script("return window.moved", vec![]).await?;
            let moved = moved.as_f64().unwrap_or(f64::INFINITY);
            ensure!(moved <= 0.02, "the page was moved by {moved}");
            Ok(())
        })?;
    }
    Ok(())
}
