//! A pack's folder as people edit it → [`Compiled`]: `pack.toml`, `actuals.csv`, the model.
//!
//! Native only. Faults carry file and line; one bad record hides no other.

mod csv_file;
mod evidence;
mod said;
mod toml_file;
mod ways;

use tidemark_engine::diag::{Diagnostics, Severity};

pub use evidence::with_credibility;

use crate::check::{Places, check_records};
use crate::compiled::{Compiled, ModelText};
use crate::doc::shortened;
use ways::Ways;

/// A file's name, as faults carry it, and its text.
#[derive(Debug, Clone, Copy)]
pub struct TextFile<'a> {
    /// Name.
    pub name: &'a str,
    /// Content.
    pub text: &'a str,
}

/// The files a pack is made of.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// Records.
    pub pack: TextFile<'a>,
    /// Published figures.
    pub actuals: TextFile<'a>,
    /// XMILE.
    pub model: TextFile<'a>,
}

/// The checked pack of these files, or `None` when `faults` holds an error of theirs.
///
/// The model is named `models/<meta.model>/model.xmile` in the compiled file, wherever it was
/// read from, so that the hash depends on content alone. Its text is taken as it is but for its
/// docs, see [`shortened`]; [`tidemark_engine::load`] and [`crate::bind`] judge it.
pub fn compile_folder(files: &Files<'_>, faults: &mut Diagnostics) -> Option<Compiled> {
    let mut found = Diagnostics::new();
    let mut places = Places::of(files.pack.name, files.actuals.name);
    let pack = toml_file::read(files.pack, &mut places, &mut found);
    let actuals = csv_file::read(files.actuals, &mut places, &mut found);
    if let Some(pack) = &pack {
        check_records(pack, &actuals, &places, &mut found);
        said::check(pack, &actuals, &places, &mut found);
    }
    found.sort_by_place();
    let refused = found.iter().any(|d| d.severity == Severity::Error);
    faults.extend(found);
    if refused {
        return None;
    }
    let pack = pack?;
    let ways = Ways::of(&pack, files.model);
    let model = ModelText {
        name: format!("models/{}/model.xmile", pack.meta.model),
        text: shortened(files.model.text, &|name| ways.has(name)),
    };
    Some(Compiled::new(pack, actuals, model))
}

/// Where the records of a `pack.toml` stand, for what is checked after [`compile_folder`].
pub fn places(pack: TextFile<'_>) -> Places {
    let mut places = Places::of(pack.name, "");
    // Its faults were told when the folder was compiled.
    let _ = toml_file::read(pack, &mut places, &mut Diagnostics::new());
    places
}

/// The folder under `models/` that `[meta] model` names, so that a caller can read the model
/// before [`compile_folder`] judges the rest; `None` where it names none, or no plain name.
pub fn model_of(pack_toml: &str) -> Option<String> {
    let (root, _) = toml::de::DeTable::parse_recoverable(pack_toml);
    let model = root.get_ref().get("meta")?.get_ref().get("model")?;
    let name = model.get_ref().as_str()?;
    crate::check::is_file_stem(name).then(|| name.to_owned())
}

/// Line and column, from 1, of a byte offset.
fn position(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let begin = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(begin..).map_or(0, |s| s.chars().count()) + 1;
    let number = |n: usize| u32::try_from(n).unwrap_or(0);
    (number(line), number(column))
}
