//! `tidemark pack`: checks, compares quotes, writes one file, or nothing.

use expect_test::expect;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::compiled::read;
use tidemark_reach::draws::MEMBERS;
use tidemark_reach::opening::Opening;

use super::shell::Workspace;

#[test]
fn the_file_is_what_a_page_reads() {
    let workspace = Workspace::new();
    let (code, out, err) = workspace.tidemark(&["pack", "packs/testtown"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let first: Vec<&str> = out.lines().take(2).collect();
    expect![[r#"
        testtown.pack.json: 1 levers, 1 assumptions, 6 indicators, 1 targets, 1 sources, 4 actuals
        quotes: not checked, --documents names their folder"#]]
    .assert_eq(&first.join("\n"));
    let json = std::fs::read_to_string(workspace.path("testtown.pack.json")).unwrap();
    let compiled = read(&json, "testtown.pack.json", &mut Diagnostics::new()).unwrap();
    assert!(out.contains(&compiled.hash), "{out}");
    let opening = Opening::read(compiled.opening.as_deref().unwrap()).unwrap();
    assert_eq!(opening.pack, compiled.hash);
    assert_eq!((opening.draws.as_str(), opening.members), ("", MEMBERS));
}

#[test]
fn the_file_does_not_depend_on_where_it_was_made() {
    let workspace = Workspace::new();
    let write = |folder: &str, pack: &str, file: &str| {
        let mut command = workspace.command(&["pack", pack, "-o", file]);
        let output = command
            .current_dir(workspace.path(folder))
            .output()
            .unwrap();
        assert!(output.status.success());
        std::fs::read(workspace.path(folder).join(file)).unwrap()
    };
    let here = write(".", "packs/testtown", "a.json");
    assert_eq!(here, write("packs/testtown", ".", "b.json"));
}

#[test]
fn quotes_are_compared_with_their_documents() {
    let workspace = Workspace::new();
    let pack = [
        "pack",
        "packs/testtown",
        "--documents",
        "documents",
        "-o",
        "out.json",
    ];
    let (code, out, _) = workspace.tidemark(&pack);
    assert_eq!(code, 0);
    assert!(out.contains("quotes: 1 stand in their documents"), "{out}");
    workspace.write("documents/plan.txt", "到2027年，登记企业达到200家");
    std::fs::remove_file(workspace.path("out.json")).unwrap();
    expect![[r#"
        exit 1
        --
        packs/testtown/pack.toml:224:1: error[quote-not-found]: source `plan`: the quote is not in `plan.txt`
          hint: they agree up to `2027年，登记企业达到`; the quote goes on `180家`, the document `200家`
        packs/testtown: 1 error; nothing written
    "#]].assert_eq(&workspace.said(&pack));
    assert!(!workspace.path("out.json").exists());
}

#[test]
fn a_folder_of_documents_that_is_not_there_is_wrong_use() {
    let said = Workspace::new().said(&["pack", "packs/testtown", "--documents", "none"]);
    expect![[r#"
        exit 2
        --
        error: cannot read none: there is no such file
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_broken_pack_leaves_nothing_behind() {
    let workspace = Workspace::new();
    workspace.edit(
        "packs/testtown/pack.toml",
        "hard = { min = 0, max = 40 }\n",
        "",
    );
    expect![[r#"
        exit 1
        --
        packs/testtown/pack.toml:18:1: error[missing-key]: lever `effort`: missing field `hard`
        packs/testtown: 1 error; nothing written
    "#]]
    .assert_eq(&workspace.said(&["pack", "packs/testtown"]));
    assert!(!workspace.path("testtown.pack.json").exists());
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let said = Workspace::new().said(&["pack", "packs/testtown", "-o", "none/x.json"]);
    expect![[r#"
        exit 1
        --
        error: cannot write none/x.json: there is no such folder
    "#]]
    .assert_eq(&said);
}
