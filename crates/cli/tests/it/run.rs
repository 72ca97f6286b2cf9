//! `tidemark run`: CSV of every variable, overrides, and what is wrong use.

use std::io::Read;
use std::process::Stdio;

use expect_test::{Expect, expect};

use super::shell::Workspace;

const MODEL: &str = "models/registry/model.xmile";

/// A model that divides by a stock which reaches zero at time 2.
const DIVIDES: &str = r#"<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>t</vendor><product version="1">t</product></header>
<sim_specs><start>0</start><stop>3</stop><dt>1</dt></sim_specs>
<model><variables>
<aux name="leak"><eqn>1</eqn></aux>
<stock name="level, left"><eqn>2</eqn><outflow>drain</outflow></stock>
<flow name="drain"><eqn>leak</eqn></flow>
<aux name="share"><eqn>0 * "level, left" / "level, left"</eqn></aux>
</variables></model></xmile>"#;

#[track_caller]
fn check(arguments: &[&str], expected: Expect) {
    let workspace = Workspace::new();
    let mut all = vec!["run"];
    all.extend(arguments);
    expected.assert_eq(&workspace.said(&all));
}

/// A column of the run by its name.
#[track_caller]
fn column(out: &str, name: &str) -> Vec<f64> {
    let mut lines = out.lines();
    let at = lines.next().unwrap().split(',').position(|n| n == name);
    let at = at.unwrap_or_else(|| panic!("no column {name}"));
    lines
        .map(|line| line.split(',').nth(at).unwrap().parse().unwrap())
        .collect()
}

#[track_caller]
fn out(arguments: &[&str]) -> String {
    let workspace = Workspace::new();
    let mut all = vec!["run", MODEL];
    all.extend(arguments);
    let (code, out, err) = workspace.tidemark(&all);
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

#[test]
fn time_stands_first_then_every_variable_as_written() {
    let out = out(&[]);
    expect![["time,shortest_ramp,deviation_switch,effort_base,effort_change,effort_start,effort_ramp,effort_stop,effort_profile,effort,cost_per_firm,effort_cost,pull,register_reference,followers,register,entries,growth_surprise,growth_base,growth,gdp,gdp_growth,rd,rd_share,free_money,gap_of_money,zero_balance"]].assert_eq(out.lines().next().unwrap());
    let times = column(&out, "time");
    assert_eq!((times.len(), times[0], times[46]), (47, 2020.5, 2032.0));
}

#[test]
fn a_constant_is_set_by_any_spelling_of_its_name() {
    let out = out(&["--set", "Effort Base=12", "--set", "pull=0"]);
    assert_eq!(column(&out, "effort_base")[0], 12.0);
    assert_eq!(column(&out, "register")[4], 112.0);
}

#[test]
fn step_and_stop_are_given() {
    let out = out(&["--dt", "0.125", "--stop", "2021.5", "--method", "euler"]);
    assert_eq!(
        column(&out, "time"),
        [2020.5, 2020.75, 2021.0, 2021.25, 2021.5]
    );
}

#[test]
fn two_runs_are_the_same_text() {
    assert_eq!(out(&["--executor", "vm"]), out(&[]));
    assert_eq!(out(&["--executor", "batch"]), out(&[]));
    let set = ["--set", "effort_change=0.5", "--method", "rk4"];
    let batch = [&set[..], &["--executor", "batch"]].concat();
    assert_eq!(out(&batch), out(&set));
    assert_ne!(out(&set), out(&["--set", "effort_change=0.5"]));
}

#[test]
fn a_misspelt_name_is_guessed() {
    check(
        &[MODEL, "--set", "efort_base=1"],
        expect![[r#"
        exit 2
        --
        error: --set efort_base: the model has no such variable; did you mean `effort_base`?
    "#]],
    );
}

#[test]
fn what_the_model_computes_cannot_be_set() {
    check(
        &[MODEL, "--set", "effort=1"],
        expect![[r#"
        exit 2
        --
        error: `effort` is computed by the model and cannot be set
    "#]],
    );
}

#[test]
fn a_setting_has_a_name_and_a_number() {
    check(
        &[MODEL, "--set", "pull"],
        expect![[r#"
        exit 2
        --
        error: invalid value 'pull' for '--set <NAME=VALUE>': it is written name=value, for example "tax rate=0.15"

        For more information, try '--help'.
    "#]],
    );
    check(
        &[MODEL, "--set", "pull=much"],
        expect![[r#"
        exit 2
        --
        error: invalid value 'pull=much' for '--set <NAME=VALUE>': `much` is no number

        For more information, try '--help'.
    "#]],
    );
    check(
        &[MODEL, "--dt", "0"],
        expect![[r#"
        exit 2
        --
        error: invalid value '0' for '--dt <X>': `0` is not above zero

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn time_that_runs_backwards_is_wrong_use() {
    check(
        &[MODEL, "--stop", "2000"],
        expect![[r#"
        exit 2
        --
        error: time from 2020.5 to 2000 by 0.25 gives no runnable grid
    "#]],
    );
}

#[test]
fn a_file_that_is_not_there_is_wrong_use() {
    check(
        &["models/none.xmile"],
        expect![[r#"
        exit 2
        --
        error: cannot read models/none.xmile: there is no such file
    "#]],
    );
    check(
        &["models"],
        expect![[r#"
            exit 2
            --
            error: cannot read models/pack.toml: there is no such file
        "#]],
    );
}

#[test]
fn a_broken_model_is_reported_and_not_run() {
    let workspace = Workspace::new();
    workspace.edit(
        MODEL,
        "<eqn>effort + followers</eqn>",
        "<eqn>effort + folowers</eqn>",
    );
    let (code, out, err) = workspace.tidemark(&["run", MODEL]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.contains("folowers") && err.contains("model.xmile:"),
        "{err}"
    );
}

#[test]
fn the_first_number_that_is_none_is_named() {
    let workspace = Workspace::new();
    workspace.write("divides.xmile", DIVIDES);
    expect![[r#"
        exit 1
        time,leak,"level, left",drain,share
        0,1,2,1,0
        1,1,1,1,0
        2,1,0,1,NaN
        3,1,-1,1,0
        --
        error: `share` is no finite number, first at time 2
    "#]]
    .assert_eq(&workspace.said(&["run", "divides.xmile"]));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let workspace = Workspace::new();
    let mut command = workspace.command(&["run", MODEL, "--dt", "0.0009765625"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn an_unknown_command_is_wrong_use() {
    let (code, out, err) = Workspace::new().tidemark(&["sail"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("unrecognized subcommand 'sail'"), "{err}");
}

/// An array over two dimensions, one with a space in a name.
const ARRAYS: &str = r#"<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>t</vendor><product version="1">t</product></header>
<sim_specs method="RK4"><start>0</start><stop>1</stop><dt>1</dt></sim_specs>
<dimensions><dim name="place"><elem name="north side"/><elem name="south"/></dim><dim name="k" size="2"/></dimensions>
<model><variables>
<aux name="rate"><dimensions><dim name="place"/><dim name="k"/></dimensions><eqn>3</eqn></aux>
<stock name="pool"><eqn>1</eqn><inflow>in</inflow></stock>
<flow name="in"><eqn>pool * SUM(rate) / 12</eqn></flow>
</variables></model></xmile>"#;

#[test]
fn arrays_are_printed_and_set_by_element_or_whole() {
    let workspace = Workspace::new();
    workspace.write("arrays.xmile", ARRAYS);
    let said = |arguments: &[&str]| {
        let mut all = vec!["run", "arrays.xmile"];
        all.extend(arguments);
        workspace.tidemark(&all).1
    };
    expect![[r#"
        time,"rate[north side,1]","rate[north side,2]","rate[south,1]","rate[south,2]",pool,in
        0,3,3,3,3,1,1
        1,3,3,3,3,2.708333333333333,2.7083333333333335
    "#]]
    .assert_eq(&said(&[]));
    let one = said(&["--set", "Rate[ North_Side, 2 ]=15", "--method", "euler"]);
    assert_eq!(one.lines().last(), Some("1,3,15,3,3,3,6"));
    let all = said(&["--set", "rate=6", "--method", "rk2", "--executor", "batch"]);
    assert_eq!(all.lines().last(), Some("1,6,6,6,6,5,10"));
}

#[test]
fn units_that_do_not_agree_are_warnings_here_and_errors_in_check() {
    let workspace = Workspace::new();
    let units = DIVIDES.replace(
        "<aux name=\"leak\"><eqn>1</eqn></aux>",
        "<aux name=\"leak\"><eqn>TIME / 0.5</eqn><units>litre</units></aux>",
    );
    let units = units
        .replace("</eqn><outflow>", "</eqn><units>litre</units><outflow>")
        .replace(
            "<eqn>leak</eqn>",
            "<eqn>leak</eqn><units>litre/year</units>",
        )
        .replace(
            "/ \"level, left\"</eqn>",
            "/ \"level, left\"</eqn><units>1</units>",
        )
        .replace("<sim_specs>", "<sim_specs time_units=\"year\">");
    workspace.write("units.xmile", &units);
    let (_, out, err) = workspace.tidemark(&["run", "units.xmile"]);
    assert!(out.starts_with("time,"), "{err}");
    assert!(err.contains("warning[unit-declared]"), "{err}");
    let (code, out, err) = workspace.tidemark(&["check", "units.xmile"]);
    assert_eq!(code, 1);
    assert!(err.contains("error[unit-declared]"), "{out}{err}");
}

#[test]
fn a_seed_says_which_random_numbers_are_drawn() {
    let workspace = Workspace::new();
    let chance = DIVIDES.replace("<eqn>1</eqn>", "<eqn>RANDOM(0, 1)</eqn>");
    workspace.write("chance.xmile", &chance);
    let leak = |seed: &str| {
        let (_, out, _) = workspace.tidemark(&["run", "chance.xmile", "--seed", seed]);
        out.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(leak("7"), leak("7"));
    assert_ne!(leak("7"), leak("8"));
}
