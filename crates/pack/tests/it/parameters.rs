//! Parameters and observations of a pack: read from the folder, checked, joined with the model.

use expect_test::{Expect, expect};

use super::fixture::{ACTUALS, PACK, Town, compile, said};

const GOOD: &str = r#"
[[parameter]]
id = "growth"
label = { zh = "增速", en = "Growth" }
role = "fitted"
variables = ["VARIABLE"]
unit = "UNIT"
prior = { law = "pert", mode = 10, low = 5, high = 20 }
held_back_prior = { law = "normal", mean = 10, sd = 6, low = 0 }
evidence = ["A01"]
note = "假设。"

[[parameter]]
id = "model_error"
label = { zh = "模型误差", en = "Model error" }
role = "fitted"
variables = []
unit = ""
prior = { law = "lognormal", median = 0.02, log_sd = 0.5 }
note = "假设。"

[observation]
from = 2020
hold_out_from = 2023
about = 2.0
memory = 0
error = [{ status = "final", relative = 0.01 }]

[[observation.series]]
indicator = "firms"
used = "fitted"
model_error = "model_error"
"#;

fn pack() -> String {
    let records = GOOD.replace("VARIABLE", "effort_base");
    format!("{PACK}{}", records.replace("UNIT", "firm/year"))
}

#[track_caller]
fn check(old: &str, new: &str, expected: Expect) {
    let pack = pack();
    assert!(pack.contains(old), "no `{old}`");
    let (compiled, faults) = compile(&pack.replacen(old, new, 1), ACTUALS);
    let told = match compiled {
        Some(compiled) => {
            let mut faults = tidemark_engine::diag::Diagnostics::new();
            let loaded = super::fixture::load(super::fixture::MODEL);
            tidemark_pack::bind::bind(&compiled, &loaded, &mut faults);
            said(&faults)
        }
        None => said(&faults),
    };
    expected.assert_eq(&told);
}

#[test]
fn a_sound_pack_is_joined_with_its_constants() {
    let town = Town::new(&pack(), ACTUALS);
    let found = town.bound.parameters();
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0]);
    let growth = &town.bound.pack().parameter[0];
    assert_ne!(growth.prior_of(true), growth.prior_of(false));
    let error = &town.bound.pack().parameter[1];
    assert_eq!(error.prior_of(true), error.prior_of(false));
}

#[test]
fn names_and_units_must_be_the_models() {
    check(
        "effort_base",
        "effort_bass",
        expect![[r#"
        models/registry/model.xmile: error[unknown-variable]: parameter `growth`: variables `effort_bass` is no variable of the model
          hint: did you mean `effort_base`?
    "#]],
    );
    check(
        "effort_base",
        "effort",
        expect![[r#"
        models/registry/model.xmile: error[not-a-constant]: parameter `growth`: variables `effort` is computed by the model and cannot be set
          hint: name a variable whose equation is a number
    "#]],
    );
    check(
        "unit = \"firm/year\"\nprior",
        "unit = \"firm\"\nprior",
        expect![[r#"
            models/registry/model.xmile: error[unit-differs]: parameter `growth`: `effort_base` is in `firm/year` in the model, the pack says `firm`
        "#]],
    );
}

#[test]
fn laws_and_uses_must_be_possible() {
    check(
        "low = 5, high = 20",
        "low = 12, high = 20",
        expect![[r#"
            pack.toml:239:1: error[prior]: parameter `growth`: Pert { mode: 10.0, low: 12.0, high: 20.0 } is no law
              hint: low < high, the mode between them, spreads above 0
        "#]],
    );
    check(
        "log_sd = 0.5",
        "log_sd = 0",
        expect![[r#"
            pack.toml:250:1: error[prior]: parameter `model_error`: LogNormal { median: 0.02, log_sd: 0.0, low: None, high: None } is no law
              hint: low < high, the mode between them, spreads above 0
        "#]],
    );
    check(
        "\"A01\"",
        "\"A1\"",
        expect![[r#"
            pack.toml:239:1: error[unknown-id]: parameter `growth`: evidence `A1` is no row of the parameter table
              hint: rows are named like A01; no evidence at all means 假设
        "#]],
    );
    check(
        "hold_out_from = 2023",
        "hold_out_from = 2020",
        expect![[r#"
            pack.toml:259:1: error[observation]: observation: from 2020, hold_out_from 2020, about 2
              hint: years in order, and an approximate figure is no more exact than others
        "#]],
    );
    check(
        "relative = 0.01",
        "relative = 0",
        expect![[r#"
            pack.toml:259:1: error[observation]: observation: the error of `Final` figures is not above 0
        "#]],
    );
    check(
        "indicator = \"firms\"\nused",
        "indicator = \"rd_gdp\"\nused",
        expect![[r#"
            pack.toml:259:1: error[observation]: observation: `firms` has published figures and is not listed in series
              hint: say how they are used, if only with `used = "shown"`
        "#]],
    );
    check(
        "model_error = \"model_error\"",
        "model_error = \"\"",
        expect![[r#"
            pack.toml:250:1: error[observation]: parameter `model_error`: a parameter sets variables or is the model_error of a series
            pack.toml:259:1: error[unknown-id]: observation: series.model_error `` is not in the pack
        "#]],
    );
    check(
        "used = \"fitted\"",
        "used = \"guessed\"",
        expect![[r#"
            pack.toml:250:1: error[observation]: parameter `model_error`: a parameter sets variables or is the model_error of a series
            pack.toml:268:8: error[wrong-type]: observation: unknown variant `guessed`, expected one of `fitted`, `checked`, `guided`, `imposed`, `restated`, `shown`
        "#]],
    );
}
