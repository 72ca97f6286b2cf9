//! check
use crate::workspace::Workspace;
use anyhow::Result;
/// check
pub fn check(_w: &Workspace) -> Result<()> {
    Ok(())
}
