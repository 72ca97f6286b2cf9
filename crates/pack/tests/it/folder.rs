//! Broken folders: each fault has its line, its record and, where there is one, its next step.

use expect_test::{Expect, expect};

use super::fixture::{ACTUALS, PACK, compile, said, with};

#[track_caller]
fn check(pack: &str, actuals: &str, expected: Expect) {
    let (compiled, faults) = compile(pack, actuals);
    assert_eq!(compiled.is_none(), faults.has_errors());
    expected.assert_eq(&said(&faults));
}

#[track_caller]
fn check_pack(old: &str, new: &str, expected: Expect) {
    check(&with(PACK, old, new), ACTUALS, expected);
}

#[track_caller]
fn check_actuals(old: &str, new: &str, expected: Expect) {
    check(PACK, &with(ACTUALS, old, new), expected);
}

#[test]
fn the_town_is_sound() {
    check(PACK, ACTUALS, expect![[""]]);
}

#[test]
fn a_syntax_fault_has_its_line() {
    check_pack(
        "scale = 0.01",
        "scale = 0,01",
        expect![[r#"
        pack.toml:50:10: error[pack-syntax]: unexpected key or value, expected newline, `#`
    "#]],
    );
}

#[test]
fn a_lever_without_a_range_is_refused() {
    check_pack(
        "hard = { min = 0, max = 40 }\n",
        "",
        expect![[r#"
        pack.toml:18:1: error[missing-key]: lever `effort`: missing field `hard`
    "#]],
    );
}

#[test]
fn a_wrong_type_is_named_with_its_record() {
    check_pack(
        "default = 10",
        "default = \"ten\"",
        expect![[r#"
        pack.toml:30:11: error[wrong-type]: lever `effort`: invalid type: string "ten", expected f64
    "#]],
    );
}

#[test]
fn unknown_keys_are_all_told() {
    check_pack(
        "stretch_max = 30",
        "stretch_max = 30\nstrech = 1\ndecimal = 2",
        expect![[r#"
            pack.toml:34:1: error[unknown-key]: lever `effort`: unknown field `strech`
              hint: known are `id`, `group`, `label`, `variable`, `start_variable`, `ramp_variable`, `stop_variable`, `cost_variable`, `unit`, `scale`, `model_unit`, `default`, `hard`, `safe`, `stretch_max`, `step`, `decimals`, `levels`, `ramp_years`, `evidence`, `guidance`, `how`, `marks`, `sources`
            pack.toml:35:1: error[unknown-key]: lever `effort`: unknown field `decimal`
              hint: did you mean `decimals`?
        "#]],
    );
}

#[test]
fn a_bad_record_hides_no_other() {
    let pack = with(PACK, "evidence = \"M\"", "evidence = \"Q\"");
    let pack = with(&pack, "at = \"end\"", "at = \"middle\"");
    let pack = with(&pack, "status = \"征求意见稿\"", "status = \"草稿\"");
    check(
        &pack,
        ACTUALS,
        expect![[r#"
            pack.toml:38:12: error[wrong-type]: lever `effort`: unknown variant `Q`, expected one of `S`, `M`, `A`
            pack.toml:70:6: error[wrong-type]: indicator `firms`: unknown variant `middle`, expected one of `end`, `mean`, `sum`, `cagr`, `max`
            pack.toml:229:10: error[wrong-type]: source `plan`: unknown variant `草稿`, expected one of `征求意见稿`, `决定`, `印发`, `答复`, `材料`, `公开发布`, `文献`
        "#]],
    );
}

#[test]
fn a_part_that_is_missing_is_named() {
    let end = PACK.find("[[figure]]").unwrap();
    check(
        &PACK[..end],
        ACTUALS,
        expect![[r#"
        pack.toml:1:1: error[missing-part]: the pack has no `figure`
    "#]],
    );
}

#[test]
fn an_unknown_part_is_guessed() {
    check_pack(
        "[[group]]",
        "[[groups]]",
        expect![[r#"
        pack.toml:1:1: error[missing-part]: the pack has no `group`
        pack.toml:14:3: error[unknown-key]: a pack has no `groups`
          hint: did you mean `group`?
        pack.toml:18:1: error[unknown-id]: lever `effort`: group `firms` is not in the pack
    "#]],
    );
}

#[test]
fn a_list_is_written_as_a_list() {
    check_pack(
        "[[group]]",
        "[group]",
        expect![[r#"
        pack.toml:14:1: error[wrong-shape]: `group` is a table, not a list of records
          hint: write each record under a line `[[group]]`
        pack.toml:18:1: error[unknown-id]: lever `effort`: group `firms` is not in the pack
    "#]],
    );
}

#[test]
fn ranges_lie_in_order() {
    check_pack(
        "safe = { min = 5, max = 20 }",
        "safe = { min = 15, max = 9 }",
        expect![[r#"
            pack.toml:18:1: error[lever-range]: lever `effort`: safe.min 15 is not below default 10
            pack.toml:18:1: error[lever-range]: lever `effort`: default 10 is not below safe.max 9
        "#]],
    );
}

#[test]
fn levels_rise_to_the_end() {
    check_pack(
        "{ label = \"加强\", to = 20 }",
        "{ label = \"加强\", to = 11 }",
        expect![[r#"
            pack.toml:18:1: error[lever-levels]: lever `effort`: level `加强` ends at 11, not above 12
        "#]],
    );
    check_pack(
        "{ label = \"超常规\", to = 40 }",
        "{ label = \"超常规\", to = 39 }",
        expect![[r#"
            pack.toml:18:1: error[lever-levels]: lever `effort`: the last level ends at 39, not at hard.max 40
        "#]],
    );
}

#[test]
fn edges_lie_on_the_grid() {
    check_pack(
        "stretch_max = 30",
        "stretch_max = 30.2",
        expect![[r#"
        pack.toml:18:1: error[off-grid]: lever `effort`: stretch_max 30.2 is not on the grid from 0 by 0.5
          hint: the nearest point is 30
    "#]],
    );
}

#[test]
fn a_slider_has_neither_few_nor_many_steps() {
    check_pack(
        "step = 0.5",
        "step = 1",
        expect![[r#"
        pack.toml:18:1: error[lever-steps]: lever `effort`: 40 steps from hard.min to hard.max, wanted are 60 to 400
    "#]],
    );
    check_pack(
        "step = 0.5",
        "step = 0.05",
        expect![[r#"
        pack.toml:18:1: error[lever-steps]: lever `effort`: 800 steps from hard.min to hard.max, wanted are 60 to 400
    "#]],
    );
    check_pack(
        "step = 0.5",
        "step = 0",
        expect![[r#"
        pack.toml:18:1: error[step]: lever `effort`: step 0 is not above zero
    "#]],
    );
}

#[test]
fn a_target_has_a_source_and_the_source_a_quote() {
    check_pack(
        "value = 180\nsource = \"plan\"",
        "value = 180\nsource = \"\"",
        expect![[r#"
            pack.toml:140:1: error[target-without-source]: target `firms.2027`: it has no source
        "#]],
    );
    check_pack(
        "quote = \"到2027年，登记企业达到180家\"",
        "quote = \" \"",
        expect![[r#"
            pack.toml:224:1: error[source-without-quote]: source `plan`: it has no quote
        "#]],
    );
}

#[test]
fn names_resolve() {
    check_pack(
        "source = \"plan\"\nnote",
        "source = \"plam\"\nnote",
        expect![[r#"
            pack.toml:140:1: error[unknown-id]: target `firms.2027`: source `plam` is not in the pack
              hint: did you mean `plan`?
        "#]],
    );
    check_pack(
        "tile = 1",
        "tile = 1\nsupersedes = \"firms.2025\"",
        expect![[r#"
            pack.toml:140:1: error[unknown-id]: target `firms.2027`: supersedes `firms.2025` is not in the pack
              hint: did you mean `firms.2027`?
        "#]],
    );
    check_pack(
        "available = \"free\"",
        "available = \"fre\"",
        expect![[r#"
            pack.toml:164:1: error[unknown-id]: money: available `fre` is not in the pack
              hint: did you mean `free`?
        "#]],
    );
}

#[test]
fn the_record_meant_may_itself_be_broken() {
    check_pack(
        "unit = \"家\"\n",
        "",
        expect![[r#"
        pack.toml:61:1: error[missing-key]: indicator `firms`: missing field `unit`
    "#]],
    );
}

#[test]
fn ids_and_tiles_are_taken_once() {
    let begin = PACK.find("[[target]]").unwrap();
    let end = PACK.find("[status_rule]").unwrap();
    let twice = format!("{}{}{}", &PACK[..end], &PACK[begin..end], &PACK[end..]);
    check(
        &twice,
        ACTUALS,
        expect![[r#"
            pack.toml:140:1: error[duplicate-id]: target `firms.2027`: 2 records have this id
            pack.toml:140:1: error[duplicate-tile]: target `firms.2027`: tile 1 is taken by `firms.2027`
        "#]],
    );
}

#[test]
fn years_make_sense() {
    check_pack(
        "at = \"end\"\ncomparator",
        "at = \"cagr\"\ncomparator",
        expect![[r#"
            pack.toml:140:1: error[target-years]: target `firms.2027`: 2027 to 2027 is no span for `cagr`
              hint: `from` is the base year, before `to`
        "#]],
    );
    check_pack(
        "reading_years = [2027, 2028, 2030]",
        "reading_years = [2028, 2027]",
        expect![[r#"
            pack.toml:1:1: error[reading-years]: meta `testtown`: reading_years [2028, 2027] are not ascending years after the data cut-off
        "#]],
    );
    check_pack(
        "earliest_start = 2026.0",
        "earliest_start = 2025.0",
        expect![[r#"
            pack.toml:1:1: error[meta-times]: meta `testtown`: data_cutoff 2026, earliest_start 2025 and policy_start 2027 are not in order
        "#]],
    );
}

#[test]
fn columns_are_exactly_these() {
    check_actuals(
        "value,bound",
        "bound,value",
        expect![[r#"
        actuals.csv:1: error[csv-header]: the columns are `place,indicator,period,bound,value,unit,status,vintage,source,quote,note`
          hint: the first line must be `place,indicator,period,value,bound,unit,status,vintage,source,quote,note`
    "#]],
    );
    check(
        PACK,
        "",
        expect![[r#"
        actuals.csv:1: error[csv-header]: the columns are ``
          hint: the first line must be `place,indicator,period,value,bound,unit,status,vintage,source,quote,note`
    "#]],
    );
}

#[test]
fn rows_are_checked_field_by_field() {
    check_actuals(
        "130,=,家,final",
        "１３０,≈,家,finale",
        expect![[r#"
        actuals.csv:2: error[csv-value]: column `value`: `１３０` is no number
        actuals.csv:2: error[csv-value]: column `bound`: unknown variant `≈`, expected one of `=`, `>=`, `<=`, `~`
        actuals.csv:2: error[csv-value]: column `status`: unknown variant `finale`, expected one of `final`, `preliminary`, `revised`, `estimate`, `derived`, `plan`
    "#]],
    );
    check_actuals(
        "2023,130",
        "2023,130,7",
        expect![[r#"
        actuals.csv:2: error[csv-columns]: 12 columns, wanted are 11
          hint: put a field that holds a comma in double quotes
    "#]],
    );
}

#[test]
fn actuals_fit_their_indicator() {
    check_actuals(
        "testtown,firms,2023",
        "testtown,firm,2023",
        expect![[r#"
        actuals.csv:2: error[actual-indicator]: firm 2023: the indicator is not in the pack
          hint: did you mean `firms`?
    "#]],
    );
    check_actuals(
        "130,=,家",
        "130,=,%",
        expect![[r#"
        actuals.csv:2: error[actual-unit]: firms 2023: unit `%` is not the indicator's `家`
    "#]],
    );
    check_actuals(
        "2025H1",
        "2025上半年",
        expect![[r#"
            actuals.csv:4: error[actual-period]: firms 2025上半年: period `2025上半年` is not 2024, 2024H1 or 2024-11 of the years 1990 to 2100
        "#]],
    );
    check_actuals(
        "testtown,firms,2023",
        "elsewhere,firms,2023",
        expect![[r#"
        actuals.csv:2: error[actual-place]: firms 2023: place `elsewhere` is not the pack's `testtown`
    "#]],
    );
    check_actuals(
        "firms,2024,140",
        "firms,2023,140",
        expect![[r#"
        actuals.csv:3: error[actual-duplicate]: firms 2023: the same figure, base and status stand in an earlier row
    "#]],
    );
    check_actuals(
        "统计公报,登记企业130家",
        ",",
        expect![[r#"
        actuals.csv:2: error[actual-source]: firms 2023: it has no source
        actuals.csv:2: error[actual-quote]: firms 2023: it has neither a quote nor a note with its arithmetic
    "#]],
    );
}

#[test]
fn a_mark_of_a_spreadsheet_program_is_passed_over() {
    check(PACK, &format!("\u{feff}{ACTUALS}"), expect![[""]]);
}
