//! A chromedriver process of our own, on a port that it chooses, gone when it is dropped.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use xtask::browser::{self, Browser};

/// No window, no sandbox (root has none), and nothing that would call home.
const ARGUMENTS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--lang=zh-CN",
    // A name that resolves to nothing turns a foreign request into an error at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// A running chromedriver.
#[derive(Debug)]
pub struct Driver {
    browser: Browser,
    port: u16,
    // Ends with this value.
    process: Child,
}

impl Driver {
    /// Starts chromedriver and waits until it listens.
    ///
    /// # Errors
    /// When there is no browser here, or the driver ends before it listens.
    pub async fn start() -> Result<Self> {
        let browser = browser::find()
            .context("Chromium and chromedriver are missing; `cargo xtask test` says what to do")?;
        let mut process = Command::new(&browser.driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} could not be started", browser.driver.display()))?;
        let output = process.stdout.take().context("the output is piped")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            // "ChromeDriver was started successfully on port 41235."
            let port = line.split("on port ").nth(1);
            if let Some(port) = port.filter(|_| line.contains("started successfully")) {
                let port = port.trim_end_matches('.').parse()?;
                // Drained, so that the driver never waits for a reader.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Self {
                    browser,
                    port,
                    process,
                });
            }
        }
        bail!("{} ended before it listened", browser.driver.display())
    }

    /// Number of the driver's process, below which the browser's are; nothing once it ended.
    pub fn process(&self) -> Option<u32> {
        self.process.id()
    }

    /// A browser window with logs of the console and of the network.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn session(&self) -> Result<WebDriver> {
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.set_binary(&self.browser.browser.to_string_lossy())?;
        capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities)
            .await
            .context("the browser did not start")
    }
}
