//! What a browser journey needs: the site on a free port, a browser, and a page to ask.
//!
//! Start at [`journey`]; it fails a journey on any error in the console and on any request to
//! another origin, so that no journey has to ask for it.

pub mod driver;
pub mod hand;
pub mod page;
pub mod process;
pub mod site;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use xtask::server::Server;
use xtask::workspace::Workspace;

pub use page::Page;
pub use site::Site;

/// No journey takes longer.
const LONGEST: Duration = Duration::from_secs(90);

/// Size of the page in CSS px.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

impl Size {
    /// A government PC.
    pub const SMALL: Self = Self::of(1366, 768);
    /// The same below the browser's bars.
    pub const SMALL_BELOW_BARS: Self = Self::of(1366, 620);
    /// An office screen.
    pub const LARGE: Self = Self::of(1920, 1080);
    /// A phone.
    pub const PHONE: Self = Self::of(390, 844);

    const fn of(width: u32, height: u32) -> Self {
        Self { width, height }
    }
}

/// What a journey starts from.
#[derive(Debug)]
pub struct Setting {
    /// Size of the page.
    pub size: Size,
    /// What the server holds.
    pub site: Site,
    /// Path of the page on the server.
    pub path: &'static str,
    /// Parts of console errors that belong to the journey ("404" of a file taken away).
    pub expected_errors: &'static [&'static str],
}

impl Setting {
    /// The shipped site, where no error is expected.
    ///
    /// # Errors
    /// When the site is not built.
    pub fn shipped(size: Size) -> Result<Self> {
        Ok(Self {
            size,
            ..Self::of(Site::shipped()?)
        })
    }

    /// A site on a government PC, where no error is expected.
    pub fn of(site: Site) -> Self {
        Self {
            size: Size::SMALL,
            site,
            path: "/",
            expected_errors: &[],
        }
    }
}

/// Opens the site in a browser of its own, takes `steps`, and looks for errors and foreign
/// requests; leaves `target/e2e/<name>.png`.
///
/// # Errors
/// Those of `steps`, or what the browser reports.
pub fn journey(
    name: &str,
    setting: Setting,
    steps: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let server = Server::bind(0).await?;
        let url = server.url();
        let folder = setting.site.folder().to_owned();
        let serving = tokio::spawn(async move { server.run(&folder).await });
        let driver = driver::Driver::start().await?;
        let page = Page::open(&driver, &url, setting.size, downloads(name)?).await?;
        let walk = async {
            page.goto(setting.path).await?;
            steps(&page).await
        };
        let result = tokio::time::timeout(LONGEST, walk)
            .await
            .unwrap_or_else(|_| bail!("the journey took longer than {LONGEST:?}"));
        let result = match result {
            Ok(()) => page.complaints(&url, setting.expected_errors).await,
            Err(error) => Err(page.explain(error).await),
        };
        page.screenshot(name).await.ok();
        page.close().await?;
        serving.abort();
        result
    })
}

/// Where journeys leave pictures and downloads: `target/e2e`.
///
/// # Errors
/// When the workspace cannot be read or the folder not made.
pub fn output() -> Result<PathBuf> {
    let folder = Workspace::find()?.target().join("e2e");
    std::fs::create_dir_all(&folder).context("cannot make the folder for pictures")?;
    Ok(folder)
}

fn downloads(name: &str) -> Result<PathBuf> {
    let folder = output()?.join("downloads").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
