//! The open page: finding things, waiting for them, and what the browser complains of.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, bail};
use serde_json::{Value, json};
use thirtyfour::cdp::domains::browser::DownloadBehavior;
use thirtyfour::{By, WebDriver, WebElement};

use crate::driver::Driver;
use crate::{Size, output};

/// Longest wait for something to appear.
const PATIENCE: Duration = Duration::from_secs(15);

/// Between two looks at the page; nothing is ever assumed to be done after a time.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A page in a browser of its own.
#[derive(Debug)]
pub struct Page {
    driver: WebDriver,
    url: String,
    downloads: PathBuf,
}

impl Page {
    /// A browser at `size` for the site at `url`, with nothing loaded yet; downloads go to
    /// `downloads`.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn open(driver: &Driver, url: &str, size: Size, downloads: PathBuf) -> Result<Self> {
        let page = Self {
            driver: driver.session().await?,
            url: url.to_owned(),
            downloads,
        };
        page.resize(size).await?;
        let folder = page.downloads.to_string_lossy().into_owned();
        let browser = page.driver.cdp();
        browser
            .browser()
            .set_download_behavior(DownloadBehavior::Allow, Some(folder))
            .await?;
        Ok(page)
    }

    /// The WebDriver session, for what this type does not offer.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Loads a path of the site, `/#…` with a fragment; the same path with another fragment is
    /// a step inside the page, as when a user edits the address.
    ///
    /// # Errors
    /// When it cannot be loaded.
    pub async fn goto(&self, path: &str) -> Result<()> {
        Ok(self.driver.goto(format!("{}{path}", self.url)).await?)
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// When it cannot be loaded.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// Gives the page a size at one device pixel per CSS px; a phone's bars lie over the page.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn resize(&self, size: Size) -> Result<()> {
        let emulation = self.driver.cdp();
        emulation
            .emulation()
            .set_device_metrics_override(size.width, size.height, 1.0, size == Size::PHONE)
            .await?;
        Ok(())
    }

    /// The element, once it is there.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        self.until(css, async || Ok(self.driver.find(By::Css(css)).await.ok()))
            .await
    }

    /// All elements there are now.
    ///
    /// # Errors
    /// When the session is lost.
    pub async fn all(&self, css: &str) -> Result<Vec<WebElement>> {
        Ok(self.driver.find_all(By::Css(css)).await?)
    }

    /// An attribute of the element, once the element and the attribute are there.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<String> {
        self.until(&format!("{css} with {name}"), async || {
            match self.driver.find(By::Css(css)).await {
                Ok(element) => Ok(element.attr(name).await.ok().flatten()),
                Err(_) => Ok(None),
            }
        })
        .await
    }

    /// The attribute, once it differs from `old`.
    ///
    /// # Errors
    /// When it stays.
    pub async fn changed(&self, css: &str, name: &str, old: &str) -> Result<String> {
        self.until(&format!("{css}: {name} other than `{old}`"), async || {
            let now = self.attribute(css, name).await?;
            Ok((now != old).then_some(now))
        })
        .await
    }

    /// The attribute, once it is `wanted`.
    ///
    /// # Errors
    /// When it is not.
    pub async fn becomes(&self, css: &str, name: &str, wanted: &str) -> Result<()> {
        self.until(&format!("{css}: {name} = `{wanted}`"), async || {
            let now = self.attribute(css, name).await?;
            Ok((now == wanted).then_some(()))
        })
        .await
    }

    /// Text of the element as a user reads it.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.find(css).await?.text().await?)
    }

    /// What a script returns; its arguments are `arguments[0]`, …
    ///
    /// # Errors
    /// When it throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// What the page answers, once it answers.
    ///
    /// # Errors
    /// When it does not within the patience of a journey; `what` is named.
    pub async fn until<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let begin = Instant::now();
        loop {
            if let Some(found) = look().await? {
                return Ok(found);
            }
            if begin.elapsed() > PATIENCE {
                bail!("waited {PATIENCE:?} in vain for {what}");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The downloaded file whose name ends so, once it is whole: its name and content.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn downloaded(&self, ending: &str) -> Result<(String, Vec<u8>)> {
        self.until(&format!("a download *{ending}"), async || {
            for entry in std::fs::read_dir(&self.downloads)? {
                let path = entry?.path();
                let name = path.file_name().context("a download has a name")?;
                let name = name.to_string_lossy().into_owned();
                if name.ends_with(ending) {
                    let content = std::fs::read(&path)?;
                    return Ok((!content.is_empty()).then_some((name, content)));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Leaves `target/e2e/<name>.png`.
    ///
    /// # Errors
    /// When the disk or the browser refuses.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        let path = output()?.join(format!("{name}.png"));
        Ok(self.driver.screenshot(&path).await?)
    }

    /// Fails on an error in the console that is not expected, and on a request that leaves
    /// `origin`.
    ///
    /// # Errors
    /// With all that the browser reported.
    pub async fn complaints(&self, origin: &str, expected: &[&str]) -> Result<()> {
        let mut found = self.console_errors().await?;
        found.retain(|line| !expected.iter().any(|part| line.contains(part)));
        found.extend(self.foreign_requests(origin).await?);
        if found.is_empty() {
            return Ok(());
        }
        bail!("the browser reported:\n  {}", found.join("\n  "))
    }

    /// The error with what the console says beside it.
    pub async fn explain(&self, error: Error) -> Error {
        match self.console_errors().await {
            Ok(lines) if !lines.is_empty() => {
                error.context(format!("the console says:\n  {}", lines.join("\n  ")))
            }
            _ => error,
        }
    }

    async fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.driver.get_log("browser").await?;
        Ok(log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| format!("console: {}", entry.message))
            .collect())
    }

    async fn foreign_requests(&self, origin: &str) -> Result<Vec<String>> {
        let log = self.driver.get_log("performance").await?;
        let mut seen = 0;
        let mut found = Vec::new();
        for entry in log {
            let event: Value = serde_json::from_str(&entry.message)?;
            let message = &event["message"];
            let url = match message["method"].as_str() {
                Some("Network.requestWillBeSent") => &message["params"]["request"]["url"],
                Some("Network.webSocketCreated") => &message["params"]["url"],
                _ => continue,
            };
            let url = url.as_str().context("a request has an address")?;
            seen += 1;
            // A folder on this computer is nobody else's.
            if leaves(url, origin) && !url.starts_with("file:") {
                found.push(format!("request to another origin: {url}"));
            }
        }
        if seen == 0 {
            bail!("the browser logged no request at all, so none can be judged");
        }
        Ok(found)
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn close(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    /// Sends keys to whatever has the focus.
    ///
    /// # Errors
    /// When the session is lost.
    pub async fn keys(&self, keys: &str) -> Result<()> {
        let actions = self.driver.action_chain().send_keys(keys);
        Ok(actions.perform().await?)
    }

    /// Whether the page is higher than its window, so that a reader has to scroll.
    ///
    /// # Errors
    /// When the session is lost.
    pub async fn scrolls(&self) -> Result<(bool, bool)> {
        let script = "const e = document.scrollingElement; \
                      return [e.scrollWidth > innerWidth, e.scrollHeight > innerHeight];";
        let answer = self.script(script, vec![]).await?;
        Ok((answer[0] == json!(true), answer[1] == json!(true)))
    }
}

/// Whether a request leaves the site; what the browser makes up itself stays.
fn leaves(url: &str, origin: &str) -> bool {
    let inner = ["data:", "blob:", "about:", "chrome:", "devtools:"];
    let same = url
        .strip_prefix(origin)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    !same && !inner.iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: bool) {
        assert_eq!(leaves(url, "http://127.0.0.1:80"), expected, "{url}");
    }

    #[test]
    fn only_the_same_origin_is_ours() {
        check("http://127.0.0.1:80/a.js", false);
        check("http://127.0.0.1:80", false);
        check("blob:http://127.0.0.1:80/1", false);
        check("http://127.0.0.1:8080/a.js", true);
        check("https://fonts.example/a.woff", true);
        check("wss://example/a", true);
    }
}
