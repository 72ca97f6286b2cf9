//! `index.html` as Trunk reads it → the page of the site, with a strict policy and no inline code.
//!
//! Trunk's `<link data-trunk …>` lines say what the page needs; each is replaced by what loads
//! that in our site. An unknown one is an error, so that the two builds cannot drift apart.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::site::{GlueNames, Site};

/// What the browser may load: nothing but the site's own files, no inline style, and of inline scripts those
/// with these hashes: the watch, which must run where no file can be had.
fn policy(scripts: &[String]) -> String {
    let scripts: String = scripts.iter().map(|hash| format!(" '{hash}'")).collect();
    format!(
        "default-src 'self'; script-src 'self'{scripts} 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'"
    )
}

/// Where the policy goes, once all hashes are known.
const POLICY: &str = "POLICY";

const CHARSET: &str = "<meta charset=\"utf-8\">";

/// Adds `index.html`, the starting scripts and the styles.
///
/// # Errors
/// When the page names a style that is not there, or a Trunk asset this build does not know.
pub fn add(site: &mut Site, root: &Path, glue: &GlueNames) -> Result<()> {
    let source = fs::read_to_string(root.join("index.html")).context("cannot read index.html")?;
    let mut hashes = Vec::new();
    let page = page(&source, |asset| match asset.rel.as_str() {
        "rust" => Ok(loader(site, glue)),
        "css" => style(site, root, asset),
        "inline" => inline(root, asset, &mut hashes),
        other => bail!("`xtask build` does not know `<link data-trunk rel=\"{other}\">`"),
    })?;
    site.add("index.html", page.replacen(POLICY, &policy(&hashes), 1));
    Ok(())
}

/// One `<link data-trunk …>` line.
#[derive(Debug, PartialEq, Eq)]
struct Asset {
    rel: String,
    href: String,
    media: Option<String>,
}

fn page(source: &str, mut replace: impl FnMut(&Asset) -> Result<String>) -> Result<String> {
    if !source.contains(CHARSET) {
        bail!("index.html has no `{CHARSET}`, after which the policy goes");
    }
    let mut page = String::new();
    for (number, line) in source.lines().enumerate() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if line.contains("data-trunk") {
            let asset = asset(line).with_context(|| {
                format!(
                    "index.html:{}: a Trunk asset is a `<link>` on one line",
                    number + 1
                )
            })?;
            for new in replace(&asset)?.lines() {
                page.push_str(&format!("{indent}{new}\n"));
            }
        } else {
            page.push_str(&format!("{line}\n"));
        }
        if line.contains(CHARSET) {
            page.push_str(&format!(
                "{indent}<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"
            ));
        }
    }
    Ok(page)
}

fn asset(line: &str) -> Option<Asset> {
    let tag = line.trim().strip_prefix("<link ")?.strip_suffix('>')?;
    Some(Asset {
        rel: attribute(tag, "rel")?,
        href: attribute(tag, "href")?,
        media: attribute(tag, "media"),
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn loader(site: &mut Site, glue: &GlueNames) -> String {
    let boot = include_str!("boot.js")
        .replace("__GLUE__", &glue.script)
        .replace("__MODULE__", &glue.module);
    let boot = site.add_hashed("boot", "js", boot.into_bytes());
    let GlueNames { script, module } = glue;
    // The worker finds the glue by the page's one `modulepreload` link.
    format!(
        "<link rel=\"modulepreload\" href=\"./{script}\">\n\
         <link rel=\"preload\" href=\"./{module}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">\n\
         <script type=\"module\" src=\"./{boot}\"></script>"
    )
}

/// A script as it stands in the page, and its hash for the policy; its remarks and indents stay behind.
fn inline(root: &Path, asset: &Asset, hashes: &mut Vec<String>) -> Result<String> {
    let path = root.join(&asset.href);
    let script = fs::read_to_string(&path)
        .with_context(|| format!("index.html asks for {}, which is not there", asset.href))?;
    let lines = script.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    // One line, so that the page's own indents are no part of what the hash is of.
    let script: String = lines.collect::<Vec<_>>().join(" ");
    hashes.push(format!("sha256-{}", base64(script.as_bytes())));
    Ok(format!("<script>{script}</script>"))
}

/// SHA-256 as a policy writes it.
fn base64(content: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(content))
}

fn style(site: &mut Site, root: &Path, asset: &Asset) -> Result<String> {
    let path = root.join(&asset.href);
    let content = fs::read(&path)
        .with_context(|| format!("index.html asks for {}, which is not there", asset.href))?;
    let stem = path
        .file_stem()
        .context("a style has a name")?
        .to_string_lossy();
    let name = site.add_hashed(&stem, "css", content);
    let media = asset
        .media
        .as_ref()
        .map(|media| format!(" media=\"{media}\""))
        .unwrap_or_default();
    Ok(format!(
        "<link rel=\"stylesheet\" href=\"./{name}\"{media}>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(source: &str, expected: &Expect) {
        let page = page(source, |asset| Ok(format!("[{asset:?}]")));
        let shown = match page {
            Ok(page) => page,
            Err(error) => format!("{error:#}"),
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn assets_are_replaced_where_they_stand_and_the_policy_comes_first() {
        check(
            "<head>\n  <meta charset=\"utf-8\">\n  <link data-trunk rel=\"css\" href=\"a.css\" media=\"print\">\n</head>\n",
            &expect![[r#"
                <head>
                  <meta charset="utf-8">
                  <meta http-equiv="Content-Security-Policy" content="POLICY">
                  [Asset { rel: "css", href: "a.css", media: Some("print") }]
                </head>
            "#]],
        );
    }

    #[test]
    fn an_asset_that_cannot_be_read_is_named_by_its_line() {
        check(
            "<meta charset=\"utf-8\">\n<script data-trunk src=\"a.js\"></script>\n",
            &expect!["index.html:2: a Trunk asset is a `<link>` on one line"],
        );
    }

    #[test]
    fn a_page_without_charset_has_no_place_for_the_policy() {
        check(
            "<head></head>",
            &expect![[
                r#"index.html has no `<meta charset="utf-8">`, after which the policy goes"#
            ]],
        );
    }
}
