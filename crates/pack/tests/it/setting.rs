//! Settings: a constant of the model that is another in this place, wherever the pack is run.

use expect_test::{Expect, expect};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::bind;
use tidemark_pack::scenario::Scenario;

use super::fixture::{ACTUALS, MODEL, PACK, Town, compile, compiled, load, said, with};

/// The town's pack with this setting.
fn set(figure: &str) -> String {
    let record = format!(
        "[[setting]]\nvariable = \"effort_base\"\nlabel = \"每年登记数\"\n{figure}\n\
         model_unit = \"firm/year\"\nnote = \"按份额\"\n\n[[group]]\nid = \"firms\""
    );
    with(PACK, "[[group]]\nid = \"firms\"", &record)
}

/// The register gains so many a year from its first step on, in a baseline and in a scenario that
/// moves nothing.
#[track_caller]
fn check(pack: &str, a_year: f64) {
    let mut town = Town::new(pack, ACTUALS);
    let var = town.loaded.model.find("register").unwrap();
    let still = Scenario::baseline();
    let baseline = town.baseline(&still);
    assert_eq!(baseline.series(var).unwrap()[1], 100.0 + a_year / 4.0);
    assert_eq!(town.run(&still), baseline);
    let program = town.bound.program(&town.loaded.program);
    let twice = town.bound.program(&program);
    let constant = town.loaded.model.find("effort_base").unwrap();
    assert_eq!(program.constant(constant), Some(a_year));
    assert_eq!(twice.constant(constant), Some(a_year));
}

#[test]
fn a_figure_of_its_own_takes_the_place_of_the_model_s() {
    check(PACK, 10.0);
    check(&set("value = 40.0"), 40.0);
}

#[test]
fn a_share_is_a_part_of_the_model_s_value() {
    check(&set("share = 0.25"), 2.5);
}

#[track_caller]
fn check_refused(pack: &str, expected: Expect) {
    let (compiled, faults) = compile(pack, ACTUALS);
    assert!(compiled.is_none());
    expected.assert_eq(&said(&faults));
}

#[test]
fn neither_figure_nor_both() {
    check_refused(
        &set(""),
        expect![[r#"
        pack.toml:14:1: error[setting-figure]: setting `effort_base`: it needs one of `value` and `share`, not both
    "#]],
    );
    check_refused(
        &set("value = 1.0\nshare = 0.5"),
        expect![[r#"
        pack.toml:14:1: error[setting-figure]: setting `effort_base`: it needs one of `value` and `share`, not both
    "#]],
    );
    check_refused(
        &set("value = nan"),
        expect![[r#"
        pack.toml:14:1: error[not-finite]: setting `effort_base`: value NaN
    "#]],
    );
}

#[test]
fn a_source_must_exist() {
    let pack = with(
        &set("value = 1.0"),
        "note = \"按份额\"",
        "note = \"\"\nsources = [\"none\"]",
    );
    check_refused(
        &pack,
        expect![[r#"
        pack.toml:14:1: error[empty]: setting `effort_base`: note is empty
        pack.toml:14:1: error[unknown-id]: setting `effort_base`: source `none` is not in the pack
    "#]],
    );
}

#[track_caller]
fn check_unbound(pack: &str, expected: Expect) {
    let mut faults = Diagnostics::new();
    let bound = bind(&compiled(pack, ACTUALS), &load(MODEL), &mut faults);
    assert!(bound.is_none());
    expected.assert_eq(&said(&faults));
}

#[test]
fn what_is_not_there_is_computed_or_has_another_owner_is_refused() {
    let other = |name: &str| with(&set("value = 1.0"), "\"effort_base\"", name);
    check_unbound(
        &other("\"effort_bas\""),
        expect![[r#"
        models/registry/model.xmile: error[unknown-variable]: setting `effort_bas`: variable `effort_bas` is no variable of the model
          hint: did you mean `effort_base`?
    "#]],
    );
    check_unbound(
        &other("\"register\""),
        expect![[r#"
        models/registry/model.xmile: error[not-a-constant]: setting `register`: variable `register` is computed by the model and cannot be set
          hint: name a variable whose equation is a number
    "#]],
    );
    check_unbound(
        &other("\"growth_surprise\""),
        expect![[r#"
        models/registry/model.xmile: error[set-twice]: setting `growth_surprise`: variable `growth_surprise` is already set by assumption `growth` variable
        models/registry/model.xmile: error[unit-differs]: setting `growth_surprise`: `growth_surprise` is in `1/year` in the model, the pack says `firm/year`
    "#]],
    );
    check_unbound(
        &other("\"effort_change\""),
        expect![[r#"
        models/registry/model.xmile: error[set-twice]: setting `effort_change`: variable `effort_change` is already set by lever `effort` variable
    "#]],
    );
}

#[test]
fn the_unit_is_the_model_s() {
    let pack = with(
        &set("value = 1.0"),
        "model_unit = \"firm/year\"\nnote",
        "model_unit = \"yi_yuan\"\nnote",
    );
    check_unbound(
        &pack,
        expect![[r#"
        models/registry/model.xmile: error[unit-differs]: setting `effort_base`: `effort_base` is in `firm/year` in the model, the pack says `yi_yuan`
    "#]],
    );
}
