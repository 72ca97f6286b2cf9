//! The folder that the server holds: the shipped site, or a copy with something broken in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use xtask::build::site::files_below;
use xtask::workspace::Workspace;

/// A folder of static files.
#[derive(Debug, Clone)]
pub struct Site(PathBuf);

impl Site {
    /// `dist/`, as `cargo xtask build` left it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn shipped() -> Result<Self> {
        let dist = Workspace::find()?.dist();
        if !dist.join("index.html").is_file() {
            bail!("dist/ holds no site; `cargo xtask test` builds it first");
        }
        Ok(Self(dist))
    }

    /// A copy of the shipped site under `target/e2e/sites/<name>`, to be changed.
    ///
    /// # Errors
    /// When it is not built or cannot be copied.
    pub fn copied(name: &str) -> Result<Self> {
        Self::copied_below(name, "")
    }

    /// The same in a folder of the site, `deep/tidemark`.
    ///
    /// # Errors
    /// As [`Self::copied`].
    pub fn copied_below(name: &str, below: &str) -> Result<Self> {
        let shipped = Self::shipped()?;
        let folder = crate::output()?.join("sites").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for path in files_below(&shipped.0)? {
            let to = folder.join(below).join(&path);
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(shipped.0.join(&path), to)?;
        }
        Ok(Self(folder))
    }

    /// Where the files are.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// A file's content.
    ///
    /// # Errors
    /// When it is not there.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        Ok(fs::read(self.0.join(path))?)
    }

    /// Replaces a file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, path: &str, content: &[u8]) -> Result<()> {
        Ok(fs::write(self.0.join(path), content)?)
    }

    /// Takes a file away.
    ///
    /// # Errors
    /// When it is not there.
    pub fn remove(&self, path: &str) -> Result<()> {
        Ok(fs::remove_file(self.0.join(path))?)
    }

    /// Path in the site of the first pack in order of name.
    ///
    /// # Errors
    /// When the site has none.
    pub fn pack(&self) -> Result<String> {
        self.find(".pack.json")
    }

    /// The first path that ends so.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(&self, ending: &str) -> Result<String> {
        self.first(|path| path.ends_with(ending))
            .with_context(|| format!("the site holds no *{ending}"))
    }

    /// The first path that begins so.
    ///
    /// # Errors
    /// When there is none.
    pub fn find_starting(&self, beginning: &str) -> Result<String> {
        self.first(|path| path.starts_with(beginning))
            .with_context(|| format!("the site holds no {beginning}*"))
    }

    fn first(&self, fits: impl Fn(&str) -> bool) -> Result<String> {
        let files = files_below(&self.0)?;
        let found = files.into_iter().find(|path| fits(path));
        found.context("no such file")
    }
}
