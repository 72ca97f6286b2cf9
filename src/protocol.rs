//! Files that the page reads beside its packs.

pub mod inquiry;

use serde::Deserialize;

/// One line of `packs/index.json`, the list of packs of a site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PackEntry {
    /// Key of the pack.
    pub id: String,
    /// Name of the place as users read it.
    pub label: String,
    /// File beside the list.
    pub file: String,
    /// Technical reference beside the list; a list may have none.
    #[serde(default)]
    pub reference: String,
    /// Content hash of the pack, in hex; a list may have none.
    #[serde(default)]
    pub hash: String,
}
