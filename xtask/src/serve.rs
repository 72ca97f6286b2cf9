//! `cargo xtask serve`: builds the site and serves it until interrupted.

use std::io::ErrorKind;

use anyhow::{Context, Result, bail};

use crate::build::{self, Profile};
use crate::server::Server;
use crate::workspace::Workspace;

/// Where the page is served unless asked otherwise.
pub const DEFAULT_PORT: u16 = 8080;

/// Takes the port first, so that a taken one is known before the build, then builds and serves.
///
/// # Errors
/// When the port is taken, with what to do, or those of the build.
pub fn serve(workspace: &Workspace, profile: Profile, port: u16) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let server = match Server::bind(port).await {
            Ok(server) => server,
            Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
                "port {port} is taken by another program\n  \
                 next step: stop that program, or `cargo xtask serve --port {}`",
                next_port(port)
            ),
            Err(error) => {
                return Err(error).with_context(|| format!("port {port} cannot be used"));
            }
        };
        let dist = build::build(workspace, profile)?;
        println!("Tidemark: {}   (Ctrl-C ends)", server.url());
        server.run(&dist).await.context("the server ended")
    })
}

/// The port to propose instead of a taken one; the system's ports are left alone.
fn next_port(port: u16) -> u16 {
    port.checked_add(1)
        .map_or(DEFAULT_PORT, |next| next.max(1024))
}
