//! Files beside the page, read over HTTP by relative address.
//!
//! A server that answers a missing file with its own HTML page is the usual fault on an
//! intranet, so it has a case of its own.

use gloo::net::http::Request;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No answer: server down, cable out, file refused by the browser.
    #[error("no answer for `{url}`")]
    NoAnswer {
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
    let no_answer = |_| FetchError::NoAnswer {
        url: url.to_owned(),
    };
    let response = Request::get(url)
        .cache(web_sys::RequestCache::NoCache)
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
