//! Files beside the page, read over HTTP by relative address.
//!
//! A server that answers a missing file with its own HTML page is the usual fault on an
//! intranet, so it has a case of its own.

use super::timer;
use gloo::net::http::Request;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::{AbortController, RequestCache};

/// A file that is not there after so long is given up: the largest is half a megabyte.
const PATIENCE_MS: u32 = 30_000;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No answer: server down, cable out, file refused by the browser.
    #[error("no answer for `{url}`")]
    NoAnswer {
        /// Address as asked for.
        url: String,
    },
    /// Nothing in time.
    #[error("`{url}` did not come in time")]
    TooSlow {
        /// Address as asked for.
        url: String,
    },
    /// The server answered with an error.
    #[error("`{url}` answered {status}")]
    Status {
        /// Address as asked for.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// The server answered with a web page instead of the file.
    #[error("`{url}` is a web page")]
    WebPage {
        /// Address as asked for.
        url: String,
    },
}

/// The text of a file, UTF-8, asked for anew each time (a stale pack is worse than a slow one).
///
/// The cache is asked to revalidate, so an unchanged file costs one short answer.
pub async fn text(url: &str) -> Result<String, FetchError> {
    read(url, RequestCache::NoCache).await
}

/// The same from the server alone: what the browser kept of the file has proved to be no good.
pub async fn anew(url: &str) -> Result<String, FetchError> {
    read(url, RequestCache::Reload).await
}

async fn read(url: &str, cache: RequestCache) -> Result<String, FetchError> {
    let is_late = Rc::new(Cell::new(false));
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let late = Rc::clone(&is_late);
    let _patience = timer::after(PATIENCE_MS, move || {
        late.set(true);
        if let Some(controller) = controller {
            controller.abort();
        }
    });
    let no_answer = |_| {
        let url = url.to_owned();
        match is_late.get() {
            true => FetchError::TooSlow { url },
            false => FetchError::NoAnswer { url },
        }
    };
    let response = Request::get(url)
        .cache(cache)
        .abort_signal(signal.as_ref())
        .send()
        .await
        .map_err(no_answer)?;
    if !response.ok() {
        return Err(FetchError::Status {
            url: url.to_owned(),
            status: response.status(),
        });
    }
    let body = response.text().await.map_err(no_answer)?;
    if body.trim_start().starts_with('<') {
        return Err(FetchError::WebPage {
            url: url.to_owned(),
        });
    }
    Ok(body)
}
