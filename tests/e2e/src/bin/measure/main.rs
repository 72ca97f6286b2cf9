//! The browser's part of `cargo xtask bench`: times in a page → JSON on stdout.
//!
//! `measure engine <bench site> <samples> <samples of ensembles> <job>…`: the engine alone, see
//! [`engine`]. `measure page <dist> <times of a search>`: the shipped page, see [`page`] and [`solve`].
#![allow(
    clippy::print_stdout,
    reason = "a command line program answers on stdout"
)]

mod engine;
mod page;
mod solve;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use tidemark_e2e::driver::Driver;
use tidemark_e2e::{Page, Size, output};
use xtask::server::Server;

/// An ensemble of many members takes seconds, and is repeated; so does a search.
const LONGEST_SCRIPT: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let driver = Driver::start().await?;
    let answer = match words.as_slice() {
        ["engine", site, single, of_ensembles, jobs @ ..] => {
            let samples = engine::Samples {
                single: single.parse()?,
                of_ensembles: of_ensembles.parse()?,
            };
            engine::times(&driver, Path::new(site), samples, jobs).await?
        }
        ["page", dist, times] => page::times(&driver, Path::new(dist), times.parse()?).await?,
        _ => bail!("usage: measure engine <site> <samples> <samples> <job>… | page <dist> <times>"),
    };
    println!("{answer}");
    Ok(())
}

/// A page on a server of its own, which ends with this process.
async fn open(driver: &Driver, folder: &Path) -> Result<Page> {
    let server = Server::bind(0).await?;
    let url = server.url();
    let folder: PathBuf = folder.to_owned();
    tokio::spawn(async move { server.run(&folder).await });
    let page = Page::open(driver, &url, Size::SMALL, output()?).await?;
    page.driver().set_script_timeout(LONGEST_SCRIPT).await?;
    page.goto("/").await?;
    Ok(page)
}
