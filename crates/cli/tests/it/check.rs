//! `tidemark check`: faults of a model or a pack, as text and as JSON.

use expect_test::expect;

use super::shell::Workspace;

#[test]
fn a_sound_model_and_a_sound_pack_say_so() {
    let workspace = Workspace::new();
    let model = workspace.said(&["check", "models/registry/model.xmile"]);
    expect![[r#"
        exit 0
        models/registry/model.xmile: no faults
        --
    "#]]
    .assert_eq(&model);
    expect![[r#"
        exit 0
        packs/testtown: no faults
        --
    "#]]
    .assert_eq(&workspace.said(&["check", "packs/testtown"]));
}

#[test]
fn faults_of_a_pack_carry_their_lines() {
    let workspace = Workspace::new();
    workspace.edit(
        "packs/testtown/pack.toml",
        "value = 180\nsource = \"plan\"",
        "value = 180\nsource = \"plam\"",
    );
    workspace.edit("packs/testtown/actuals.csv", "130,=,家", "130,=,户");
    expect![[r#"
        exit 1
        packs/testtown: 2 errors
        --
        packs/testtown/actuals.csv:2: error[actual-unit]: firms 2023: unit `户` is not the indicator's `家`
        packs/testtown/pack.toml:140:1: error[unknown-id]: target `firms.2027`: source `plam` is not in the pack
          hint: did you mean `plan`?
    "#]].assert_eq(&workspace.said(&["check", "packs/testtown"]));
}

#[test]
fn a_pack_that_does_not_fit_its_model_is_told_where() {
    let workspace = Workspace::new();
    workspace.edit(
        "packs/testtown/pack.toml",
        "\"effort_change\"",
        "\"effort_chance\"",
    );
    expect![[r#"
        exit 1
        packs/testtown: 1 error
        --
        packs/testtown/pack.toml:18:1: error[unknown-variable]: lever `effort`: variable `effort_chance` is no variable of the model
          hint: did you mean `effort_change`?
    "#]].assert_eq(&workspace.said(&["check", "packs/testtown"]));
}

#[test]
fn programs_read_the_faults_as_json() {
    let workspace = Workspace::new();
    workspace.edit(
        "packs/testtown/pack.toml",
        "stretch_max = 30",
        "stretch_max = 30.2",
    );
    expect![[r#"
        exit 1
        [
          {
            "code": "off-grid",
            "column": 1,
            "file": "packs/testtown/pack.toml",
            "hint": "the nearest point is 30",
            "line": 18,
            "message": "lever `effort`: stretch_max 30.2 is not on the grid from 0 by 0.5",
            "severity": "error",
            "subject": [
              "lever",
              "effort",
              "stretch_max 30.2 is not on the grid from 0 by 0.5"
            ]
          }
        ]
        --
    "#]]
    .assert_eq(&workspace.said(&["check", "packs/testtown", "--json"]));
    workspace.edit(
        "packs/testtown/pack.toml",
        "stretch_max = 30.2",
        "stretch_max = 30",
    );
    expect![[r#"
        exit 0
        []
        --
    "#]]
    .assert_eq(&workspace.said(&["check", "packs/testtown", "--json"]));
}

#[test]
fn a_folder_without_a_pack_is_wrong_use() {
    expect![[r#"
        exit 2
        --
        error: cannot read models/pack.toml: there is no such file
    "#]]
    .assert_eq(&Workspace::new().said(&["check", "models"]));
}

#[test]
fn a_model_that_is_not_there_is_a_fault_of_the_pack() {
    let workspace = Workspace::new();
    workspace.edit(
        "packs/testtown/pack.toml",
        "model = \"registry\"",
        "model = \"register\"",
    );
    let said = workspace.said(&["check", "packs/testtown"]);
    expect![[r#"
        exit 1
        packs/testtown: 1 error
        --
        packs/testtown/pack.toml: error[model-missing]: meta: cannot read models/register/model.xmile: there is no such file
          hint: `model` names a folder under models/, beside packs/
    "#]].assert_eq(&said);
}
