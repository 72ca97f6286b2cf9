//! test
use crate::workspace::Workspace;
use anyhow::Result;
/// test
pub fn test(_w: &Workspace) -> Result<()> {
    Ok(())
}
