//! The files of the site in memory, and their way to disk: only what changed is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Path in the site (with `/`) → content.
#[derive(Debug, Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

/// Names of the script that loads the module, and of the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlueNames {
    /// The glue, `tidemark-app-<hash>.js`.
    pub script: String,
    /// The module, `tidemark-app-<hash>.wasm`.
    pub module: String,
}

impl Site {
    /// Adds a file under its own name.
    pub fn add(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// Adds a file as `<stem>-<hash>.<extension>` and returns that name.
    pub fn add_hashed(&mut self, stem: &str, extension: &str, content: Vec<u8>) -> String {
        let name = format!("{stem}-{}.{extension}", short_hash(&content));
        self.files.insert(name.clone(), content);
        name
    }

    /// Adds the glue, its module and its snippets.
    ///
    /// # Errors
    /// When the glue has no script or no module.
    pub fn add_glue(&mut self, mut glue: BTreeMap<String, Vec<u8>>) -> Result<GlueNames> {
        let mut take = |suffix: &str| {
            let name = glue
                .keys()
                .find(|name| !name.contains('/') && name.ends_with(suffix))
                .cloned()
                .with_context(|| format!("the glue has no `{suffix}` file"))?;
            let content = glue.remove(&name).unwrap_or_default();
            anyhow::Ok((name, content))
        };
        let (script_name, script) = take(".js")?;
        let (_, module) = take(".wasm")?;
        let stem = script_name.trim_end_matches(".js");
        let names = GlueNames {
            script: self.add_hashed(stem, "js", script),
            module: self.add_hashed(stem, "wasm", module),
        };
        self.files.append(&mut glue);
        Ok(names)
    }

    /// Makes `folder` hold exactly these files; unchanged ones are left alone.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        self.write_into(folder)?;
        for path in files_below(folder)? {
            if !self.files.contains_key(&path) {
                fs::remove_file(folder.join(&path))?;
            }
        }
        Ok(())
    }

    /// Writes these files into `folder` and leaves others there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_into(&self, folder: &Path) -> Result<()> {
        for (path, content) in &self.files {
            write_changed(&folder.join(path), content)?;
        }
        Ok(())
    }
}

/// Writes a file, with its folders, unless it holds that content already.
///
/// # Errors
/// When the disk refuses.
pub fn write_changed(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Paths of all files below `folder`, with `/`, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// First 16 hexadecimal digits of the SHA-256 of `content`.
pub fn short_hash(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_its_content() {
        let mut site = Site::default();
        let one = site.add_hashed("boot", "js", b"1".to_vec());
        let same = site.add_hashed("boot", "js", b"1".to_vec());
        let other = site.add_hashed("boot", "js", b"2".to_vec());
        assert_eq!(one, same);
        assert_ne!(one, other);
    }

    #[test]
    fn writing_removes_what_is_no_longer_part_of_the_site() {
        let folder = std::env::temp_dir().join(format!("tidemark-site-{}", std::process::id()));
        let mut site = Site::default();
        site.add("packs/a.json", "old");
        site.write(&folder).unwrap();
        let mut site = Site::default();
        site.add("packs/b.json", "new");
        site.write(&folder).unwrap();
        let left = files_below(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(left, ["packs/b.json"]);
    }
}
