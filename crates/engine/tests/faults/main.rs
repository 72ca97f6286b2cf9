//! Faults of model files: what is said, where, and that one load says them all.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use expect_test::{Expect, expect};
use proptest::prelude::*;
use tidemark_engine::diag::{Diagnostics, Severity};
use tidemark_engine::{Loaded, load};

mod arguments;
mod content;
mod lost;
mod structure;

const DOCUMENTED: &str = include_str!("../../../../docs/diagnostics.md");

fn file(variables: &str) -> String {
    format!(
        "<xmile version=\"1.0\"><header/><sim_specs time_units=\"year\"><start>0</start><stop>4</stop><dt>1</dt>\
         </sim_specs><model><variables>\n{variables}\n</variables></model></xmile>"
    )
}

fn loaded(text: &str) -> (Option<Loaded>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let loaded = load(text, "m.xmile", &mut faults);
    (loaded, faults)
}

/// The faults of a whole file, one a line, with their subjects in brackets.
#[track_caller]
fn check_file(text: &str, expected: Expect) {
    let (loaded, faults) = loaded(text);
    assert_eq!(loaded.is_none(), faults.has_errors());
    let lines = faults.iter().map(|fault| {
        assert!(
            DOCUMENTED.contains(&format!("| `{}`", fault.code)),
            "{} is not documented",
            fault.code
        );
        format!("{fault}\n  [{}]\n", fault.subject.join(" | "))
    });
    expected.assert_eq(&lines.collect::<String>());
}

/// The faults of a model with these variables, which begin in line 2.
#[track_caller]
fn check(variables: &str, expected: Expect) {
    check_file(&file(variables), expected);
}

#[test]
fn broken_files() {
    check_file(
        "",
        expect![[r#"
        m.xmile:1:1: error[bad-xml]: there is no element in this file
          []
    "#]],
    );
    check_file(
        "<xmile><model></xmile>",
        expect![[r#"
        m.xmile:1:15: error[bad-xml]: this is no well-formed XML: ill-formed document: expected `</model>`, but `</xmile>` was found
          [ill-formed document: expected `</model>`, but `</xmile>` was found]
    "#]],
    );
    check_file(
        "<xmile>\n<model>",
        expect![[r#"
        m.xmile:2:8: error[bad-xml]: the file ends inside <model>
          [model]
    "#]],
    );
    check_file(
        "<mdl/>",
        expect![[r#"
        m.xmile:1:1: error[not-xmile]: the root element is <mdl>, not <xmile>
          [mdl]
    "#]],
    );
    check_file(
        "<xmile/>",
        expect![[r#"
            m.xmile:1:1: error[no-model]: there is no <model>
              []
            m.xmile:1:1: error[no-sim-specs]: there is no <sim_specs>
              []
        "#]],
    );
    check(
        r#"<aux name="a"><eqn>1 &lt; 2 &nbsp; 3</eqn></aux>"#,
        expect![[r#"
            m.xmile:2:29: error[unknown-entity]: `&nbsp;` names no character
              hint: write & itself as `&amp;`
              [nbsp]
            m.xmile:2:36: error[bad-syntax]: `3` stands where an operator or the end should be
              [3]
        "#]],
    );
    check_file(
        &"<a>".repeat(100),
        expect![[r#"
        m.xmile:1:193: error[too-deep]: elements are nested more than 64 deep
          [64]
    "#]],
    );
}

#[test]
fn time_grids() {
    let with = |specs: &str| {
        format!(
            "<xmile>{specs}<model><variables><aux name=\"a\"><eqn>1</eqn></aux></variables></model></xmile>"
        )
    };
    check_file(
        &with("<sim_specs><start>5</start><stop>1</stop></sim_specs>"),
        expect![[r#"
            m.xmile:1:8: error[bad-time-grid]: time from 5 to 1 by 1 gives no runnable grid
              hint: stop must not lie before start, and at most 1000000 steps between
              [5 | 1 | 1]
        "#]],
    );
    check_file(
        &with("<sim_specs><start>0</start><stop>x</stop><dt>0</dt></sim_specs>"),
        expect![[r#"
            m.xmile:1:8: error[bad-time-grid]: time from 0 to 100 by 0 gives no runnable grid
              hint: stop must not lie before start, and at most 1000000 steps between
              [0 | 100 | 0]
            m.xmile:1:41: error[bad-number]: `x` is no number
              [x]
        "#]],
    );
    check_file(
        &with(
            "<sim_specs method=\"Gauss\" isee:save_interval=\"0.3\"><stop>1</stop><dt>0.25</dt></sim_specs>",
        ),
        expect![[r#"
            m.xmile:1:8: warning[no-time-bound]: <sim_specs> has no <start>, so 0 is taken
              [start]
            m.xmile:1:27: error[unsupported-method]: the integration method `Gauss` is not built yet
              hint: Euler, RK2 and RK4 are
              [Gauss]
            m.xmile:1:54: error[bad-save-interval]: the save interval 0.3 is no multiple of dt 0.25
              [0.3 | 0.25]
        "#]],
    );
    check_file(
        &with("<sim_specs method=\"Gear, rk45\"><start>0</start><stop>1</stop></sim_specs>"),
        expect![[r#"
            m.xmile:1:27: note[method-substituted]: the integration method `Gear, rk45` is optional; RK4 is taken
              [Gear, rk45 | RK4]
        "#]],
    );
    check_file(
        &with("<sim_specs method=\"rk45, RK4\"><start>0</start><stop>1</stop></sim_specs>"),
        expect![[r#""#]],
    );
    check_file(
        &with("<sim_specs><start>0</start><stop>1</stop><dt>1e-12</dt></sim_specs>"),
        expect![[r#"
            m.xmile:1:8: error[bad-time-grid]: time from 0 to 1 by 0.000000000001 gives no runnable grid
              hint: stop must not lie before start, and at most 1000000 steps between
              [0 | 1 | 0.000000000001]
        "#]],
    );
}

#[test]
fn all_faults_of_a_model_at_once() {
    check(
        "<aux name=\"人口\"><eqn>births * 2</eqn></aux>\n<aux name=\"b\"><eqn>EXPP(人口)</eqn></aux>\n\
         <aux name=\"c\"><eqn>\n  1 +\n  MIN(b) * (c2\n</eqn></aux>\n<flow name=\"birth s\"><eqn>人 口</eqn></flow>",
        expect![[r#"
            m.xmile:2:21: error[unknown-name]: `births` names no variable of this model
              hint: did you mean `birth s`?
              [births | birth s]
            m.xmile:3:20: error[unknown-function]: there is no function `EXPP`
              hint: did you mean `EXP`?
              [EXPP | EXP]
            m.xmile:6:12: error[unclosed]: this bracket is not closed by `)`
              [)]
            m.xmile:8:13: note[loose-flow]: the flow `birth s` fills and empties no stock of this model
              [birth s]
            m.xmile:8:29: error[bad-syntax]: `口` stands where an operator or the end should be
              hint: a name with spaces is written with underscores or in double quotes
              [口]
        "#]],
    );
}

#[test]
fn names() {
    check(
        "<aux name=\"a b\"><eqn>1</eqn></aux>\n<aux name=\"A_B\"><eqn>2</eqn></aux>\n<aux name=\"time\"><eqn>3</eqn></aux>\n\
         <aux name=\"then\"><eqn>4</eqn></aux>\n<aux><eqn>5</eqn></aux>\n<aux name=\"e\"/>\n<aux name=\"population\"><eqn>6</eqn></aux>\n\
         <aux name=\"g\"><eqn>Popluation + tme</eqn></aux>",
        expect![[r#"
            m.xmile:3:12: error[duplicate-name]: `A_B` is already defined in line 2
              hint: case, spaces and underscores do not tell names apart
              [A_B | 2]
            m.xmile:4:12: error[reserved-name]: `time` is a word of the language and cannot name a variable
              [time]
            m.xmile:5:12: error[reserved-name]: `then` is a word of the language and cannot name a variable
              [then]
            m.xmile:6:1: error[no-name]: this <aux> has no name
              [aux]
            m.xmile:7:12: error[no-equation]: `e` has no equation
              [e]
            m.xmile:9:20: error[unknown-name]: `Popluation` names no variable of this model
              hint: did you mean `population`?
              [Popluation | population]
            m.xmile:9:33: error[unknown-name]: `tme` names no variable of this model
              hint: did you mean `time`?
              [tme | time]
        "#]],
    );
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    check(
        "<aux name=\"b\"><eqn>CTFLOW(1)</eqn></aux>\n<stock name=\"s\"><eqn>1</eqn><conveyor/></stock>\n\
         <stock name=\"q\"><eqn>1</eqn><queue/></stock>\n<aux name=\"e\"><eqn>1</eqn><event_poster/></aux>\n\
         <module name=\"m\" resource=\"other.xmile\"/>\n<aux name=\"o\"><eqn>1</eqn><novelty/></aux>",
        expect![[r#"
            m.xmile:2:20: error[unsupported-function]: `CTFLOW` is not supported
              [CTFLOW]
            m.xmile:3:29: error[unsupported-element]: `s` uses what is not supported: conveyor
              hint: say it with stocks, flows and auxiliaries, or remove it
              [conveyor | s]
            m.xmile:4:29: error[unsupported-element]: `q` uses what is not supported: queue
              hint: say it with stocks, flows and auxiliaries, or remove it
              [queue | q]
            m.xmile:5:27: error[unsupported-element]: `e` uses what is not supported: event_poster
              hint: say it with stocks, flows and auxiliaries, or remove it
              [event_poster | e]
            m.xmile:6:1: error[unsupported-element]: `m` uses what is not supported: model in another file
              hint: files are not read together: copy its content into this one
              [model in another file | m]
            m.xmile:6:15: error[unknown-module]: the module `m` has no model `m` in this file
              [m | ]
            m.xmile:7:27: error[unknown-part]: <novelty> is no part of <aux>
              hint: remove it; <aux> has these parts: eqn, units, doc, gf, dimensions, init_eqn, element
              [novelty | aux | ]
        "#]],
    );
    check_file(
        "<xmile><include resource=\"a\"/><sim_specs><start>0</start><stop>1</stop></sim_specs><fancy/>\n\
         <macro name=\"f\"><parm>x</parm><eqn>x</eqn><sim_specs/></macro>\n\
         <model><variables/></model>\n<model name=\"n\"><sim_specs/><variables/></model></xmile>",
        expect![[r#"
            m.xmile:1:8: error[unsupported-element]: the model uses what is not supported: part in another file
              hint: files are not read together: copy its content into this one
              [part in another file | ]
            m.xmile:1:84: error[unknown-part]: <fancy> is no part of <xmile>
              hint: remove it; <xmile> has these parts: header, sim_specs, behavior, model_units, dimensions, data, model, macro
              [fancy | xmile | ]
            m.xmile:2:43: error[unsupported-element]: `f` uses what is not supported: time grid of its own
              hint: say it with stocks, flows and auxiliaries, or remove it
              [time grid of its own | f]
            m.xmile:3:1: warning[no-variables]: the model has no variables
              []
            m.xmile:4:1: warning[unused-model]: no module is made of the model `n`, so it is not run
              hint: add a module of that name, or remove the model
              [n]
            m.xmile:4:17: error[unsupported-element]: `n` uses what is not supported: time grid of its own
              hint: say it with stocks, flows and auxiliaries, or remove it
              [time grid of its own | n]
        "#]],
    );
}

#[test]
fn arguments_and_points() {
    check(
        "<aux name=\"a\"><eqn>STEP(1) + LN + LOOKUP(b, 1) + SMTHN(1, 1, TIME)</eqn></aux>\n<aux name=\"b\"><eqn>TIME(1) + a(2)</eqn></aux>\n\
         <aux name=\"c\"><eqn>TIME</eqn><gf><xpts>1,2,2</xpts><ypts>1,2,3</ypts></gf></aux>\n\
         <aux name=\"d\"><eqn>TIME</eqn><gf><xpts>1,2</xpts><ypts>1,2,3</ypts></gf></aux>\n\
         <aux name=\"e\"><eqn>TIME</eqn><gf type=\"cubic\"><ypts>1,x</ypts></gf></aux>\n<aux name=\"f\"><eqn>TIME</eqn><gf><ypts>1,x</ypts></gf></aux>",
        expect![[r#"
            m.xmile:2:20: error[wrong-arguments]: `STEP` takes 2 arguments, not 1
              [STEP | 1]
            m.xmile:2:30: error[wrong-arguments]: `LN` needs its arguments in brackets
              [LN | 0]
            m.xmile:2:35: error[no-lookup]: `b` has no graphical function
              [b]
            m.xmile:2:62: error[bad-order]: the order of a smooth or delay must be a whole number from 1 to 100
              []
            m.xmile:3:20: error[wrong-arguments]: `TIME` takes 0 arguments, not 1
              [TIME | 1]
            m.xmile:3:30: error[unknown-function]: `a` is a variable without graphical function and cannot be called
              [a | ]
            m.xmile:4:30: error[bad-lookup]: the graphical function of `c` is not usable: its x values do not rise at 2
              [c]
            m.xmile:5:30: error[bad-lookup]: the graphical function of `d` is not usable: it has 2 x values for 3 y values
              [d]
            m.xmile:6:30: error[bad-lookup]: a graphical function has no type `cubic`
              hint: the types are continuous, extrapolate and discrete
              [e]
            m.xmile:7:42: error[bad-number]: `x` is no number
              [x]
        "#]],
    );
}

#[test]
fn circles() {
    check(
        "<aux name=\"a\"><eqn>b + 1</eqn></aux>\n<aux name=\"b\"><eqn>c</eqn></aux>\n<aux name=\"c\"><eqn>a</eqn></aux>\n\
         <aux name=\"d\"><eqn>SMTH1(d, 2)</eqn></aux>\n<stock name=\"s\"><eqn>t</eqn></stock>\n<stock name=\"t\"><eqn>2 * s</eqn></stock>",
        expect![[r#"
            m.xmile:2:12: error[cycle]: the equations need each other in a circle: a → b → c → a
              hint: a stock, smooth or delay must stand somewhere in the loop
              [a | b | c | a]
            m.xmile:5:12: error[initial-cycle]: the initial values need each other in a circle: d → d
              hint: give one of the stocks an initial value of its own
              [d | d]
            m.xmile:6:14: error[initial-cycle]: the initial values need each other in a circle: s → t → s
              hint: give one of the stocks an initial value of its own
              [s | t | s]
        "#]],
    );
}

#[test]
fn flows() {
    check(
        "<stock name=\"s\"><eqn>1</eqn><inflow>a</inflow><outflow>\"no such\"</outflow></stock>\n<aux name=\"a\"><eqn>1</eqn></aux>\n\
         <flow name=\"f\"><eqn>1</eqn></flow>",
        expect![[r#"
            m.xmile:2:14: error[not-a-flow]: `a` is no flow but is listed as one of the stock `s`
              [a | s]
            m.xmile:2:56: error[unknown-name]: `no such` names no variable of this model
              [no such | ]
            m.xmile:4:13: note[loose-flow]: the flow `f` fills and empties no stock of this model
              [f]
        "#]],
    );
}

fn with_units(rows: &[(&str, &str, &str)]) -> String {
    let row = |(name, unit, eqn): &(&str, &str, &str)| {
        format!("<aux name=\"{name}\"><eqn>{eqn}</eqn><units>{unit}</units></aux>\n")
    };
    rows.iter().map(row).collect()
}

#[test]
fn units_that_agree_are_silent() {
    let stock = "<stock name=\"people\"><eqn>100</eqn><inflow>births</inflow><units>person</units></stock>\n\
                 <flow name=\"births\"><eqn>people * rate</eqn><units>person/Years</units></flow>\n";
    let rows = with_units(&[
        ("rate", "1/year", "0.03"),
        ("pay", "yuan/person/year", "10"),
        ("wages", "yuan/year", "people * pay + 0"),
        (
            "saved",
            "yuan",
            "SMTH1(wages, 2 * one_year) * (TIME - STARTTIME)",
        ),
        ("one year", "year", "1"),
        ("share", "dmnl", "MAX(0, wages / MAX(wages, 0))"),
        ("square", "m", "SQRT(side ^ 2)"),
        ("side", "m", "3"),
        ("batch", "person/year", "PULSE(people, STARTTIME, one_year)"),
        ("worth", "yuan", "NPV(wages, rate, saved, share)"),
        ("ahead", "yuan/year", "FORCST(wages, one_year, one_year)"),
        ("bend", "yuan/year^3", "DERIVN(wages, 2)"),
        ("chosen", "m", "IF_THEN_ELSE(people > 0, side, 0)"),
        ("drawn", "person", "GAMMA(share, people, 3)"),
        ("kept", "person", "NORMAL(people, people, 3, 0, people)"),
        ("rounded", "person", "ROUND(HISTORY(people, one_year))"),
    ]);
    check(&(stock.to_owned() + &rows), expect![""]);
}

#[test]
fn units_that_differ_name_both_sides() {
    let stock = "<stock name=\"people\"><eqn>rate</eqn><inflow>births</inflow><units>person</units></stock>\n\
                 <flow name=\"births\"><eqn>people * 2</eqn><units>person</units></flow>\n";
    let rows = with_units(&[
        ("rate", "1/year", "0.03"),
        ("a", "person", "people + rate"),
        ("b", "person", "IF people THEN people ELSE rate"),
        ("c", "1", "EXP(people) + 2 ^ people"),
        ("d", "person", "people ^ rate"),
        ("e", "person", "SMTH1(people, 3)"),
        ("f", "yuan**2", "people"),
        ("g", "year", "MIN(TIME, people)"),
        ("h", "person/year", "DERIVN(people, 2)"),
        ("i", "person", "IF_THEN_ELSE(people, people, rate)"),
        ("j", "person year", "NPV(people, rate, people)"),
    ]);
    check(
        &(stock.to_owned() + &rows),
        expect![[r#"
            m.xmile:2:27: error[unit-declared]: `people` is declared in person but its equation gives 1/year
              [people | person | 1/year]
            m.xmile:3:49: error[unit-flow]: the flow `births` is in person but the stock `people` needs person/year
              [births | people | person/year | person]
            m.xmile:5:27: error[unit-mismatch]: the two sides of + differ: person and 1/year (in `a`)
              [a | person | 1/year | the two sides of +]
            m.xmile:6:20: error[unit-mismatch]: the two branches of IF differ: person and 1/year (in `b`)
              [b | person | 1/year | the two branches of IF]
            m.xmile:6:23: error[unit-argument]: the condition of IF must be in 1 but is in person (in `b`)
              [b | the condition of IF | 1 | person]
            m.xmile:7:24: error[unit-argument]: argument 1 of EXP must be in 1 but is in person (in `c`)
              [c | argument 1 of EXP | 1 | person]
            m.xmile:7:38: error[unit-argument]: an exponent must be in 1 but is in person (in `c`)
              [c | an exponent | 1 | person]
            m.xmile:8:27: error[unit-power]: person is raised to a power that is no plain number (in `d`)
              [d | person]
            m.xmile:8:29: error[unit-argument]: an exponent must be in 1 but is in 1/year (in `d`)
              [d | an exponent | 1 | 1/year]
            m.xmile:9:34: error[unit-argument]: argument 2 of SMTH1 must be in year but is in 1 (in `e`)
              [e | argument 2 of SMTH1 | year | 1]
            m.xmile:10:39: error[bad-unit]: the unit `yuan**2` of `f` cannot be read: a name is missing
              [yuan**2 | a name is missing]
            m.xmile:11:20: error[unit-mismatch]: the arguments of MIN differ: year and person (in `g`)
              [g | year | person | the arguments of MIN]
            m.xmile:12:20: error[unit-declared]: `h` is declared in person/year but its equation gives person/year^2
              [h | person/year | person/year^2]
            m.xmile:13:20: error[unit-mismatch]: the arguments of IF_THEN_ELSE differ: person and 1/year (in `i`)
              [i | person | 1/year | the arguments of IF_THEN_ELSE]
            m.xmile:13:33: error[unit-argument]: argument 1 of IF_THEN_ELSE must be in 1 but is in person (in `i`)
              [i | argument 1 of IF_THEN_ELSE | 1 | person]
            m.xmile:14:20: error[unit-declared]: `j` is declared in person year but its equation gives person*year
              [j | person year | person*year]
            m.xmile:14:38: error[unit-argument]: argument 3 of NPV must be in person*year but is in person (in `j`)
              [j | argument 3 of NPV | person*year | person]
        "#]],
    );
}

#[test]
fn a_missing_unit_makes_units_warnings() {
    let (model, faults) = loaded(&file(
        "<aux name=\"a\"><eqn>1</eqn><units>m</units></aux><aux name=\"b\"><eqn>2</eqn></aux>\
         <aux name=\"c\"><eqn>a + 1</eqn><units>m</units></aux>",
    ));
    assert!(model.is_some());
    let codes: Vec<_> = faults.iter().map(|f| (f.severity, f.code)).collect();
    assert_eq!(
        codes,
        [
            (Severity::Warning, "missing-unit"),
            (Severity::Warning, "unit-mismatch")
        ]
    );
}

#[test]
fn unit_definitions_may_use_each_other() {
    let text = file("<aux name=\"a\"><eqn>1</eqn><units>100M yuan/yr</units></aux><aux name=\"b\"><eqn>a</eqn><units>big money/year</units></aux>")
        .replace(
            "<model>",
            "<model_units><unit name=\"money\"><eqn>big_money</eqn></unit>\
             <unit name=\"big money\"><eqn>100M yuan</eqn><alias>亿元</alias></unit></model_units><model>",
        );
    let (model, faults) = loaded(&text);
    assert_eq!(faults.len(), 0, "{faults:?}");
    let model = model.unwrap().model;
    assert!(model.same_unit("money", "亿元") && model.same_unit("亿元*亿元", "(100m  YUAN)^2"));
    assert!(!model.same_unit("money", "yuan") && !model.same_unit("money//", "money//"));
}

#[test]
fn budgets_end_a_load_soon() {
    let many = |n: usize, one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<String>();
    let codes = |text: &str| {
        let mut codes: Vec<_> = loaded(text).1.iter().map(|f| f.code).collect();
        codes.dedup();
        codes
    };
    // Every equation names the next variable and an unknown one.
    let text = many(700, &|k| {
        format!(
            "<aux name=\"a{k}\"><eqn>a{} + z{k}z</eqn></aux>",
            (k + 1) % 700
        )
    });
    assert_eq!(codes(&file(&text)), ["unknown-name", "too-many-faults"]);
    // Every variable closes a circle with the first.
    let text = many(700, &|k| {
        format!("<aux name=\"a{k}\"><eqn>a{} + a0</eqn></aux>", k + 1)
    });
    let text = text + "<aux name=\"a700\"><eqn>1</eqn></aux>";
    assert_eq!(codes(&file(&text)), ["cycle"]);
    let calls = vec!["SMTHN(1, 2, 100)"; 1000].join(",");
    let text = format!("<aux name=\"a\"><eqn>MAX({calls})</eqn></aux>");
    assert_eq!(codes(&file(&text)), ["too-many-variables"]);
    let units = many(3000, &|k| {
        format!("<unit name=\"u{k}\"><eqn>u{}</eqn></unit>", k + 1)
    });
    let text = file("<aux name=\"a\"><eqn>1</eqn></aux>").replace(
        "<model>",
        &format!("<model_units>{units}</model_units><model>"),
    );
    assert_eq!(codes(&text), ["too-many-units"]);
}

#[test]
fn an_equation_at_the_budget_still_loads() {
    let sum = vec!["1"; 390].join(" + ");
    let deep = format!("{}TIME{}", "MAX(1, ".repeat(60), ")".repeat(60));
    let (model, faults) = loaded(&file(&format!(
        "<aux name=\"a\"><eqn>{sum} + TIME</eqn></aux><aux name=\"b\"><eqn>{deep}</eqn></aux>"
    )));
    assert!(model.is_some(), "{faults:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_model_or_a_fault(text in "\\PC{0,80}") {
        let _ = loaded(&text);
    }

    #[test]
    fn any_equation_is_a_model_or_a_fault(equation in "[a-cA-C0-9+*/^()<>=, .\\[\\]{}\"&;]{0,40}", unit in "[a-c*/^()0-9 ]{0,12}") {
        let _ = loaded(&file(&format!("<aux name=\"a\"><eqn>{equation}</eqn><units>{unit}</units></aux><aux name=\"b\"><eqn>1</eqn></aux>")));
    }

    #[test]
    fn a_damaged_file_is_a_model_or_a_fault(cut in 0_usize..400, byte in 0_usize..400, with in "\\PC") {
        let text = file("<stock name=\"s\"><eqn>1</eqn><inflow>f</inflow></stock><flow name=\"f\"><eqn>s * SMTH1(2, 3)</eqn><gf><xpts>1,2</xpts><ypts>3,4</ypts></gf></flow>");
        let short: String = text.chars().take(cut).collect();
        let _ = loaded(&short);
        let changed: String = text.chars().enumerate().map(|(k, c)| if k == byte { with.clone() } else { c.to_string() }).collect();
        let _ = loaded(&changed);
    }
}
