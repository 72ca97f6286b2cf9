//! Reads a model or a pack's folder from the disk and takes it through every check.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tidemark_engine::diag::{Diagnostic, Diagnostics, Place};
use tidemark_engine::{Loaded, UnitFaults};
use tidemark_pack::bind::{Bound, bind_at};
use tidemark_pack::check::Places;
use tidemark_pack::compiled::Compiled;
use tidemark_pack::record::credibility::Credibility;
use tidemark_pack::sources::{Files, TextFile, compile_folder, model_of, places, with_credibility};

use crate::failure::Failure;
use crate::hindcast::CREDIBILITY;
use crate::report;

/// A pack and its model, both without errors and joined.
pub(crate) struct Opened {
    /// What goes into the compiled file.
    pub(crate) compiled: Compiled,
    /// What fits and hindcasts say of it, where they were made for its data.
    pub(crate) credibility: Option<Credibility>,
    /// The model's text made ready, its program with the constants of the pack's place.
    pub(crate) loaded: Loaded,
    /// The join with the model.
    pub(crate) bound: Bound,
    /// Where its records stand.
    pub(crate) places: Places,
}

/// A text file named by the user.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|source| Failure::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// The model of a file; `None` when `faults` holds an error. `units` says what units that do not
/// agree are.
pub(crate) fn open_model(
    path: &Path,
    units: UnitFaults,
    faults: &mut Diagnostics,
) -> Result<Option<Loaded>, Failure> {
    let text = read(path)?;
    let file = path.display().to_string();
    Ok(tidemark_engine::load_with(&text, &file, units, faults))
}

/// The pack of a folder with its model, found as `<folder>/../../models/<name>/model.xmile`;
/// `None` when `faults` holds an error. A file that is missing beside the folder is a fault.
pub(crate) fn open_pack(
    folder: &Path,
    faults: &mut Diagnostics,
) -> Result<Option<Opened>, Failure> {
    let (pack_path, actuals_path) = (folder.join("pack.toml"), folder.join("actuals.csv"));
    let pack = read(&pack_path)?;
    let actuals = read(&actuals_path)?;
    let model = model_of(&pack).and_then(|name| read_model(folder, &name, &pack_path, faults));
    let (model_path, model) = model.unwrap_or_default();
    let [pack_name, actuals_name, model_name] =
        [&pack_path, &actuals_path, &model_path].map(|path| path.display().to_string());
    let files = Files {
        pack: TextFile {
            name: &pack_name,
            text: &pack,
        },
        actuals: TextFile {
            name: &actuals_name,
            text: &actuals,
        },
        model: TextFile {
            name: &model_name,
            text: &model,
        },
    };
    let compiled = compile_folder(&files, faults);
    let compiled = compiled.map(|compiled| with_evidence(folder, compiled, faults));
    if model_name.is_empty() {
        return Ok(None);
    }
    let loaded = tidemark_engine::load(&model, &model_name, faults);
    let (Some((compiled, credibility)), Some(mut loaded)) = (compiled, loaded) else {
        return Ok(None);
    };
    let places = places(files.pack);
    let bound = bind_at(&compiled, &loaded, &places, faults);
    Ok(bound.map(|bound| {
        loaded.program = bound.program(&loaded.program);
        Opened {
            compiled,
            credibility,
            loaded,
            bound,
            places,
        }
    }))
}

/// The pack and the record of credibility that lies beside it, if one does.
fn with_evidence(
    folder: &Path,
    compiled: Compiled,
    faults: &mut Diagnostics,
) -> (Compiled, Option<Credibility>) {
    let path = folder.join(CREDIBILITY);
    let name = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => {
            let file = TextFile {
                name: &name,
                text: &text,
            };
            with_credibility(compiled, file, faults)
        }
        Err(_) => (compiled, None),
    }
}

/// The same with its faults told.
pub(crate) fn open_told(
    folder: &Path,
    err: &mut dyn Write,
) -> Result<(Option<Opened>, Diagnostics), Failure> {
    let mut faults = Diagnostics::new();
    let opened = open_pack(folder, &mut faults)?;
    report::write_text(&faults, err)?;
    Ok((opened, faults))
}

/// Path and text of the model a pack names, or a fault in the pack.
fn read_model(
    folder: &Path,
    name: &str,
    pack: &Path,
    faults: &mut Diagnostics,
) -> Option<(PathBuf, String)> {
    let root = folder.join("..").join("..");
    // Resolved where it exists, so that a fault shows a short path.
    let root = fs::canonicalize(&root).unwrap_or(root);
    let path = shortened(&root.join("models").join(name).join("model.xmile"));
    match read(&path) {
        Ok(text) => Some((path, text)),
        Err(failure) => {
            let place = Place {
                file: pack.display().to_string(),
                ..Place::default()
            };
            let fault = Diagnostic::error("model-missing", place, format!("meta: {failure}"))
                .hint("`model` names a folder under models/, beside packs/")
                .about([name]);
            faults.push(fault);
            None
        }
    }
}

/// The path from the working folder, where it lies below it.
fn shortened(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(fs::canonicalize);
    let below = here
        .ok()
        .and_then(|here| Some(path.strip_prefix(here).ok()?.to_owned()));
    below.unwrap_or_else(|| path.to_owned())
}
