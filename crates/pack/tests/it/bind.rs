//! The join with a model: what does not fit is refused, by record and by name.

use expect_test::{Expect, expect};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::bind;

use super::fixture::{ACTUALS, MODEL, PACK, compiled, load, said, with};

#[track_caller]
fn check(pack: &str, model: &str, expected: Expect) {
    let mut faults = Diagnostics::new();
    let bound = bind(&compiled(pack, ACTUALS), &load(model), &mut faults);
    assert_eq!(bound.is_none(), faults.has_errors());
    expected.assert_eq(&said(&faults));
}

#[track_caller]
fn check_pack(old: &str, new: &str, expected: Expect) {
    check(&with(PACK, old, new), MODEL, expected);
}

#[track_caller]
fn check_model(old: &str, new: &str, expected: Expect) {
    check(PACK, &with(MODEL, old, new), expected);
}

#[test]
fn the_town_fits() {
    check(PACK, MODEL, expect![[""]]);
}

#[test]
fn a_misspelt_variable_is_guessed() {
    check_pack(
        "variable = \"register\"",
        "variable = \"registre\"",
        expect![[r#"
            models/registry/model.xmile: error[unknown-variable]: indicator `firms`: variable `registre` is no variable of the model
              hint: did you mean `register`?
        "#]],
    );
}

#[test]
fn case_and_spaces_of_a_name_do_not_matter() {
    check_pack("\"effort_change\"", "\"Effort Change\"", expect![[""]]);
}

#[test]
fn a_lever_acts_on_a_constant() {
    check_pack(
        "variable = \"effort_change\"",
        "variable = \"effort\"",
        expect![[r#"
            models/registry/model.xmile: error[not-a-constant]: lever `effort`: variable `effort` is computed by the model and cannot be set
              hint: name a variable whose equation is a number
        "#]],
    );
}

#[test]
fn two_records_do_not_set_one_constant() {
    check_pack(
        "\"growth_surprise\"",
        "\"effort_change\"",
        expect![[r#"
        models/registry/model.xmile: error[set-twice]: assumption `growth`: variable `effort_change` is already set by lever `effort` variable
        models/registry/model.xmile: error[unit-differs]: assumption `growth`: `effort_change` is in `firm/year` in the model, the pack says `1/year`
    "#]],
    );
}

#[test]
fn a_unit_that_does_not_fit_names_both() {
    check_pack(
        "model_unit = \"firm\"",
        "model_unit = \"yi_yuan\"",
        expect![[r#"
            models/registry/model.xmile: error[unit-differs]: indicator `firms`: `register` is in `firm` in the model, the pack says `yi_yuan`
        "#]],
    );
}

#[test]
fn a_rule_compares_a_variable_of_its_unit() {
    check_pack(
        "variable = \"gap_of_money\"",
        "variable = \"register\"",
        expect![[r#"
            models/registry/model.xmile: error[unit-differs]: indicator `gap`: `register` is in `firm` in the model, the pack says `yi_yuan/year`
        "#]],
    );
    check_pack(
        "variable = \"gap_of_money\"",
        "variable = \"gap_of_mony\"",
        expect![[r#"
            models/registry/model.xmile: error[unknown-variable]: indicator `gap`: variable `gap_of_mony` is no variable of the model
              hint: did you mean `gap_of_money`?
        "#]],
    );
}

#[test]
fn the_unit_of_a_ratio_is_checked() {
    check_pack(
        "denominator = \"gdp\"",
        "denominator = \"register\"",
        expect![[r#"
            models/registry/model.xmile: error[unit-differs]: indicator `rd_gdp`: `rd / register` is in `(yi_yuan/year)/(firm)` in the model, the pack says `dimensionless`
        "#]],
    );
}

#[test]
fn defaults_of_pack_and_model_are_one() {
    check_pack(
        "origin = 8.0",
        "origin = 7.0",
        expect![[r#"
        models/registry/model.xmile: error[default-differs]: assumption `growth`: `growth_surprise` is 0 in the model, the pack makes it 0.01
          hint: make both say the same, or a run without changes is no baseline
    "#]],
    );
    check_pack(
        "ramp_years = 1.0",
        "ramp_years = 2.0",
        expect![[r#"
        models/registry/model.xmile: error[default-differs]: lever `effort`: `effort_ramp` is 1 in the model, the pack makes it 2
          hint: make both say the same, or a run without changes is no baseline
    "#]],
    );
    check_pack(
        "policy_start = 2027.0",
        "policy_start = 2027.25",
        expect![[r#"
            models/registry/model.xmile: error[default-differs]: lever `effort`: `effort_start` is 2027 in the model, the pack makes it 2027.25
              hint: make both say the same, or a run without changes is no baseline
        "#]],
    );
}

#[test]
fn a_lever_is_still_before_anyone_moves_it() {
    check_model(
        "name=\"effort_change\"><eqn>0<",
        "name=\"effort_change\"><eqn>1<",
        expect![[r#"
            models/registry/model.xmile: error[default-differs]: lever `effort`: `effort_change` is 1 in the model, the pack makes it 0
              hint: make both say the same, or a run without changes is no baseline
        "#]],
    );
}

#[test]
fn a_lever_does_not_stop_inside_the_run() {
    check_model(
        "name=\"effort_stop\"><eqn>2100<",
        "name=\"effort_stop\"><eqn>2030<",
        expect![[r#"
            models/registry/model.xmile: error[stops-early]: lever `effort`: `effort_stop` is 2030, before the run ends
        "#]],
    );
}

#[test]
fn a_reference_holds_a_variable_of_its_unit() {
    check_pack(
        "of = \"register\"",
        "of = \"gdp\"",
        expect![[r#"
        models/registry/model.xmile: error[unit-differs]: references: `register_reference` is in `firm` but holds `gdp`, which is in `yi_yuan/year`
    "#]],
    );
}

#[test]
fn years_are_whole_steps() {
    check_model(
        "<dt>0.25</dt>",
        "<dt>0.3</dt>",
        expect![[r#"
            models/registry/model.xmile: error[year-not-whole-steps]: meta `testtown`: a year is no whole number of steps of 0.3
        "#]],
    );
}

#[test]
fn every_fault_is_told_at_once() {
    let pack = with(PACK, "\"effort_change\"", "\"effort_chance\"");
    let pack = with(&pack, "\"growth_surprise\"", "\"surprise\"");
    let pack = with(&pack, "\"zero_balance\"", "\"zero\"");
    check(
        &pack,
        MODEL,
        expect![[r#"
        models/registry/model.xmile: error[unknown-variable]: lever `effort`: variable `effort_chance` is no variable of the model
          hint: did you mean `effort_change`?
        models/registry/model.xmile: error[unknown-variable]: assumption `growth`: variable `surprise` is no variable of the model
        models/registry/model.xmile: error[unknown-variable]: rule `balance`: variable `zero` is no variable of the model
    "#]],
    );
}

/// A typed nought too many would make a page draw thousands of years.
#[test]
fn years_that_are_drawn_are_of_the_run() {
    check_pack(
        "from = 2021\nto = 2030",
        "from = 2021\nto = 2090",
        expect![[r#"
        models/registry/model.xmile: error[year-outside-run]: figure `firms`: 2090 lies outside the run from 2020.5 to 2032
    "#]],
    );
}
