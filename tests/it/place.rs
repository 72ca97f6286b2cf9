//! The shipped packs with the members that page and command use.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::model::Model;
use tidemark_engine::program::Program;
use tidemark_evidence::posterior::{Part, Stored, parted, read, rows};
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::compiled::Compiled;
use tidemark_pack::sources::{Files, TextFile, compile_folder};
use tidemark_pack::version::data_version;
use tidemark_reach::draws::{Draws, MEMBERS, SEED};

/// A pack joined with its model, and what a page reads of it.
pub(crate) struct Place {
    pub(crate) compiled: Compiled,
    pub(crate) bound: Bound,
    pub(crate) model: Model,
    pub(crate) program: Program,
    pub(crate) draws: Draws,
    /// The file of draws as the site ships it.
    pub(crate) posterior: Option<String>,
}

/// The city.
pub(crate) static NINGBO: LazyLock<Place> = LazyLock::new(|| open("ningbo"));
/// The district.
pub(crate) static YINZHOU: LazyLock<Place> = LazyLock::new(|| open("yinzhou"));

impl Place {
    /// The first members.
    pub(crate) fn members(&self, count: usize) -> Draws {
        let text = self.posterior.as_deref();
        let stored = text.map(|text| stored(text, &self.compiled, &self.bound));
        let rows = stored.as_ref().map(|s| (s.parameters.as_slice(), &s.draws));
        Draws::new(&self.bound, rows, count, SEED).unwrap()
    }
}

fn stored(text: &str, compiled: &Compiled, bound: &Bound) -> Stored {
    let now = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    read(text, bound, &now, Part::First(rows(text))).unwrap()
}

fn open(place: &str) -> Place {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("packs").join(place);
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let texts = [
        read(&folder.join("pack.toml")),
        read(&folder.join("actuals.csv")),
        read(&root.join("models/innovation/model.xmile")),
    ];
    let names = ["pack.toml", "actuals.csv", "model.xmile"];
    let file = |k: usize| TextFile {
        name: names[k],
        text: &texts[k],
    };
    let files = Files {
        pack: file(0),
        actuals: file(1),
        model: file(2),
    };
    let mut faults = Diagnostics::new();
    let compiled = compile_folder(&files, &mut faults).unwrap();
    let loaded = tidemark_engine::load(&texts[2], "model.xmile", &mut faults).unwrap();
    let bound = bind(&compiled, &loaded, &mut faults).unwrap();
    let posterior = fs::read_to_string(folder.join("posterior.csv")).ok();
    let posterior = posterior.map(|text| parted(&text, MEMBERS)[0].to_owned());
    let text = posterior.as_deref();
    let stored = text.map(|text| stored(text, &compiled, &bound));
    let rows = stored.as_ref().map(|s| (s.parameters.as_slice(), &s.draws));
    Place {
        draws: Draws::new(&bound, rows, MEMBERS, SEED).unwrap(),
        program: bound.program(&loaded.program),
        model: loaded.model,
        compiled,
        bound,
        posterior,
    }
}
