//! `tidemark docs`: one page a pack, for the town of the tests and for every shipped pack.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::anchor;
use tidemark_pack::compiled::read;

use super::shell::Workspace;

#[test]
fn the_page_is_written_beside_the_caller() {
    let workspace = Workspace::new();
    let (code, out, err) = workspace.tidemark(&["docs", "packs/testtown"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let begin = "testtown.reference.html: 26 variables, 1 targets, ";
    assert!(out.starts_with(begin), "{out}");
    let page = fs::read_to_string(workspace.path("testtown.reference.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
}

#[test]
fn a_broken_pack_has_no_page() {
    let workspace = Workspace::new();
    workspace.edit(
        "models/registry/model.xmile",
        "<eqn>effort + ",
        "<eqn>efort + ",
    );
    expect![[r#"
        exit 1
        --
        models/registry/model.xmile:46:33: error[unknown-name]: `efort` names no variable of this model
          hint: did you mean `effort`?
        packs/testtown: 1 error; nothing written
    "#]].assert_eq(&workspace.said(&["docs", "packs/testtown", "-o", "a.html"]));
    assert!(!workspace.path("a.html").exists());
}

/// Folders of the packs that are shipped.
fn shipped() -> Vec<PathBuf> {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let entries = fs::read_dir(packs).unwrap();
    let folders = entries.map(|entry| entry.unwrap().path());
    folders.filter(|f| f.join("pack.toml").is_file()).collect()
}

#[test]
fn shipped_packs_have_every_record_and_no_dead_link() {
    for folder in shipped() {
        let workspace = Workspace::new();
        let path = folder.display().to_string();
        for command in [
            ["docs", &path, "-o", "a.html"],
            ["pack", &path, "-o", "a.json"],
        ] {
            let (code, _, err) = workspace.tidemark(&command);
            assert_eq!(code, 0, "{err}");
        }
        let page = fs::read_to_string(workspace.path("a.html")).unwrap();
        let json = fs::read_to_string(workspace.path("a.json")).unwrap();
        check_shipped(&page, &json);
    }
}

#[track_caller]
fn check_shipped(page: &str, json: &str) {
    let mut faults = Diagnostics::new();
    let compiled = read(json, "a.json", &mut faults).unwrap();
    let text = &compiled.model.text;
    let loaded = tidemark_engine::load(text, &compiled.model.name, &mut faults).unwrap();
    let pack = &compiled.pack;
    let ids: BTreeSet<&str> = values(page, " id=\"").collect();
    let variables = loaded.model.variables().iter();
    let expected = variables
        .map(|v| anchor::variable(&v.name))
        .chain(pack.target.iter().map(|t| anchor::target(&t.id)))
        .chain(pack.indicator.iter().map(|i| anchor::indicator(&i.id)))
        .chain(pack.lever.iter().map(|l| anchor::lever(&l.id)))
        .chain(pack.assumption.iter().map(|a| anchor::assumption(&a.id)))
        .chain(pack.rule.iter().map(|r| anchor::rule(&r.id)))
        .chain(pack.monitored.iter().map(|t| anchor::target(&t.id)))
        .chain(pack.observed.iter().map(|o| anchor::observed(&o.id)))
        .chain(
            pack.disagreement
                .iter()
                .map(|d| anchor::disagreement(&d.id)),
        )
        .chain(loaded.model.groups().iter().map(|g| anchor::group(&g.name)))
        .chain(pack.source.iter().map(|s| anchor::source(&s.id)));
    for anchor in expected {
        assert!(ids.contains(anchor.as_str()), "`{anchor}` is missing");
    }
    let fragments: BTreeSet<String> = ids.iter().map(|id| anchor::fragment(id)).collect();
    for link in values(page, "<a href=\"") {
        assert!(fragments.contains(link), "`{link}` leads nowhere");
    }
    for target in &pack.target {
        let source = pack.source.iter().find(|s| s.id == target.source).unwrap();
        let quote = source.quote.replace('&', "&amp;").replace('"', "&quot;");
        assert!(
            page.contains(&quote),
            "{}: its sentence is missing",
            target.id
        );
    }
}

/// The page says all that the model's file says of a variable; the compiled file has its name alone.
#[test]
fn docs_are_those_of_the_models_file() {
    let workspace = Workspace::new();
    let begin = "<stock name=\"register\">";
    let whole = format!("{begin}<doc>登记企业。年末在册，含分支机构。</doc>");
    workspace.edit("models/registry/model.xmile", begin, &whole);
    for [command, file] in [["docs", "a.html"], ["pack", "a.json"]] {
        let (code, _, err) = workspace.tidemark(&[command, "packs/testtown", "-o", file]);
        assert_eq!(code, 0, "{err}");
    }
    let text = |file: &str| fs::read_to_string(workspace.path(file)).unwrap();
    assert!(text("a.html").contains("登记企业。年末在册，含分支机构。"));
    assert!(text("a.json").contains("<doc>登记企业</doc>"));
}

fn values<'p>(page: &'p str, before: &'p str) -> impl Iterator<Item = &'p str> {
    let pieces = page.split(before).skip(1);
    pieces.map(|rest| rest.split('"').next().unwrap_or(""))
}
