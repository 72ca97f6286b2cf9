//! XMILE text → [`document::Document`]: what the file says, with places, nothing resolved.
//!
//! What may stand where is one table, `grammar`; constructs that change behaviour and
//! are not built yet are refused by name. Start at [`read::read`].

pub(crate) mod document;
pub(crate) mod grammar;
pub(crate) mod read;
pub(crate) mod source;
mod specs;
mod table;
pub(crate) mod tree;
mod variable;
