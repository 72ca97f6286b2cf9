//! Serves a folder of static files on this computer; for development and the browser journeys.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, header};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// A server that holds its port already, so that its address is true before it answers.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes `port` on 127.0.0.1; 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken or may not be used.
    pub async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where a browser finds the page, `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers with the files of `folder`, for ever; a browser asks anew each time.
    ///
    /// # Errors
    /// When the system takes the port away.
    pub async fn run(self, folder: &Path) -> io::Result<()> {
        let fresh = SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        );
        let files = Router::new()
            .fallback_service(ServeDir::new(folder))
            .layer(fresh);
        axum::serve(self.listener, files).await
    }
}
