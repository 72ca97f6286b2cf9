//! What files double, lose or blow up by their content, one kind a test.

use std::fmt::Write as _;

use expect_test::expect;

use crate::{check, check_file, file, loaded};

/// A file with a root model and what stands beside it.
fn beside(root: &str, rest: &str) -> String {
    file(root).replace("</xmile>", &format!("\n{rest}</xmile>"))
}

/// Codes of all faults, each once, in the order of their places.
#[track_caller]
fn check_codes(text: &str, expected: &[&str]) {
    let (_, faults) = loaded(text);
    let mut codes: Vec<_> = faults.iter().map(|f| f.code).collect();
    codes.dedup();
    assert_eq!(codes, expected, "{faults:?}");
}

#[test]
fn a_flow_counts_once_for_a_stock_however_it_is_written() {
    check(
        "<stock name=\"s\"><eqn>0</eqn><inflow>f</inflow><inflow>\"F\"</inflow><outflow>g</outflow>\n\
         <outflow>g</outflow><outflow>f</outflow></stock>\n\
         <flow name=\"f\"><eqn>1</eqn></flow><flow name=\"g\"><eqn>1</eqn></flow>",
        expect![[r#"
            m.xmile:2:37: warning[flow-both-ways]: the flow `f` fills and empties `s`, so it changes nothing
              hint: list it on one side, or leave it out
              [f | s]
            m.xmile:2:55: error[duplicate-part]: the flow `"F"` stands twice in the stock `s`, first in line 2
              hint: only one of them can hold: keep that and remove the other
              ["F" | s | 2]
            m.xmile:3:10: error[duplicate-part]: the flow `g` stands twice in the stock `s`, first in line 2
              hint: only one of them can hold: keep that and remove the other
              [g | s | 2]
        "#]],
    );
    let arrays = "<stock name=\"s\"><dimensions><dim name=\"d\"/></dimensions><eqn>0</eqn><inflow>f</inflow><inflow>f</inflow></stock>\
                  <flow name=\"f\"><dimensions><dim name=\"d\"/></dimensions><eqn>1</eqn></flow>";
    let dims = "<dimensions><dim name=\"d\" size=\"3\"/></dimensions><model>";
    check_codes(&file(arrays).replace("<model>", dims), &["duplicate-part"]);
}

#[test]
fn an_element_of_an_array_has_one_equation() {
    let with = |elements: &str| {
        let variable = format!(
            "<aux name=\"x\"><dimensions><dim name=\"d\"/></dimensions><eqn>0</eqn>{elements}</aux>"
        );
        let dims = "<dimensions><dim name=\"d\"><elem name=\"a\"/><elem name=\"b\"/><elem name=\"c\"/></dim>\
                    <dim name=\"few\"><elem name=\"a\"/><elem name=\"b\"/></dim></dimensions><model>";
        file(&variable).replace("<model>", dims)
    };
    let one =
        |subscript: &str| format!("<element subscript=\"{subscript}\"><eqn>1</eqn></element>");
    check_codes(&with(&(one("a") + &one("b"))), &[]);
    check_codes(&with(&(one("a") + &one(" A "))), &["duplicate-part"]);
    check_codes(&with(&(one("few") + &one("b"))), &["duplicate-part"]);
    let tables =
        "<element subscript=\"a\"><gf><xscale min=\"0\" max=\"1\"/><ypts>1,2</ypts></gf></element>";
    check_codes(&with(&tables.repeat(2)), &["duplicate-part"]);
}

const INSIDE: &str = "<model name=\"m\"><variables><aux name=\"q\" access=\"input\"><eqn>1</eqn></aux><aux name=\"no\"><eqn>1</eqn></aux>\
    <stock name=\"s\" access=\"input\"><eqn>5</eqn><inflow>f</inflow></stock><flow name=\"f\"><eqn>1</eqn></flow></variables></model>";

#[test]
fn a_connection_gives_one_input_what_is_there() {
    let with = |connections: &str| {
        let root = format!(
            "<module name=\"m\">{connections}</module>\n<aux name=\"x\"><eqn>5</eqn></aux><aux name=\"y\"><eqn>6</eqn></aux>\
             <gf name=\"table\"><xpts>0,1</xpts><ypts>0,1</ypts></gf>"
        );
        beside(&root, INSIDE)
    };
    check_codes(&with("<connect to=\"q\" from=\"x\"/>"), &[]);
    check_file(
        &with(
            "\n<connect to=\"q\" from=\"x\"/><connect to=\"Q\" from=\"y\"/>\n<connect to=\"m.q\" from=\"y\"/>\n<connect to=\"no\" from=\"x\"/>\n\
             <connect to=\"s\" from=\"x\"/>\n<connect to=\"none\" from=\"x\"/>\n<connect from=\"x\"/>\n<connect2 to=\"q\" from=\"y\"/>",
        ),
        expect![[r#"
            m.xmile:3:40: error[duplicate-part]: a connection to `Q` stands twice in `m`, first in line 3
              hint: only one of them can hold: keep that and remove the other
              [Q | m | 3]
            m.xmile:5:14: error[bad-connection]: `m.no` is no input, so nothing can be connected
              hint: an input has access="input", and no flows of its own
              [m | no]
            m.xmile:6:14: error[bad-connection]: `m.s` is no input, so nothing can be connected
              hint: an input has access="input", and no flows of its own
              [m | s]
            m.xmile:7:14: error[bad-connection]: the module `m` has no input `none`
              [m | none]
            m.xmile:8:1: error[bad-connection]: a connection of the module `m` lacks `to` or `from`
              hint: say both: `to` an input of the module, `from` a variable
              [m | ]
        "#]],
    );
    check_codes(
        &with("<connect to=\"q\" from=\"nothing\"/>"),
        &["unknown-name"],
    );
    check_codes(
        &with("<connect to=\"q\" from=\"table\"/>"),
        &["bad-connection"],
    );
    // Stella writes each connection again, seen from outside.
    check_codes(
        &with("<connect to=\"m.q\" from=\".x\"/><connect2 to=\"m.q\" from=\"x\"/>"),
        &[],
    );
    check_codes(
        &with("<connect2 to=\"m.q\" from=\"x\"/>"),
        &["unsupported-element"],
    );
}

#[test]
fn a_second_spelling_of_a_connection_does_not_reach_inside() {
    let text = beside(
        "<module name=\"c\"><connect to=\".result\" from=\"c.y\"/><connect2 to=\"result\" from=\"c.y\"/></module>\
         <aux name=\"result\" access=\"input\"/>",
        "<model name=\"c\"><variables><aux name=\"y\" access=\"output\"><eqn>2</eqn></aux><aux name=\"result\"><eqn>7</eqn></aux></variables></model>",
    );
    let model = loaded(&text).0.unwrap().model;
    let equation = |name: &str| model.variable(model.find(name).unwrap()).equation.clone();
    assert_eq!(
        (equation("result"), equation("c.result")),
        ("c.y".to_owned(), "7".to_owned())
    );
}

#[test]
fn every_name_means_one_thing() {
    check_file(
        &beside(
            "<module name=\"m\"/>\n<aux name=\"m.q\"><eqn>1</eqn></aux>\n<aux name=\"M\"><eqn>1</eqn></aux>\n<module name=\"m\"/>",
            INSIDE,
        ),
        expect![[r#"
            m.xmile:3:12: error[duplicate-name]: `m.q` is already defined in line 7
              hint: rename one of them: both would be called that
              [m.q | 7]
            m.xmile:4:12: error[duplicate-name]: `M` is already defined in line 2
              hint: case, spaces and underscores do not tell names apart
              [M | 2]
            m.xmile:5:15: error[duplicate-name]: `m` is already defined in line 2
              hint: case, spaces and underscores do not tell names apart
              [m | 2]
            m.xmile:7:39: error[duplicate-name]: `m.q` is already defined in line 3
              hint: rename one of them: both would be called that
              [m.q | 3]
            m.xmile:7:86: error[duplicate-name]: `m.no` is already defined in line 7
              hint: rename one of them: both would be called that
              [m.no | 7]
            m.xmile:7:121: error[duplicate-name]: `m.s` is already defined in line 7
              hint: rename one of them: both would be called that
              [m.s | 7]
            m.xmile:7:189: error[duplicate-name]: `m.f` is already defined in line 7
              hint: rename one of them: both would be called that
              [m.f | 7]
        "#]],
    );
    let dims = "<dimensions><dim name=\"d\" size=\"2\"/></dimensions><model>";
    let array = "<aux name=\"x\"><dimensions><dim name=\"d\"/></dimensions><eqn>1</eqn></aux><aux name=\"x[1]\"><eqn>1</eqn></aux>";
    check_codes(&file(array).replace("<model>", dims), &["duplicate-name"]);
    let units = |units: &str| {
        let units = format!("<model_units>{units}</model_units><model>");
        file("<aux name=\"a\"><eqn>1</eqn><units>a</units></aux>").replace("<model>", &units)
    };
    check_codes(
        &units("<unit name=\"a\"><eqn>b</eqn></unit><unit name=\"A\"><eqn>c</eqn></unit>"),
        &["duplicate-name"],
    );
    check_codes(
        &units("<unit name=\"a\"><alias>x</alias></unit><unit name=\"b\"><alias>x</alias></unit>"),
        &["duplicate-name"],
    );
    check_codes(
        &units(
            "<unit name=\"a\"><alias>a</alias></unit><unit name=\"b\" disabled=\"true\"><alias>a</alias></unit>",
        ),
        &[],
    );
    check_codes(&units("<unit><alias>a</alias></unit>"), &["no-name"]);
}

#[test]
fn every_model_is_run_or_said() {
    let one = "<aux name=\"x\"><eqn>1</eqn></aux>";
    check_file(
        &beside(
            one,
            "<model><variables/></model>\n<model name=\"n\"><variables/></model>\n<model name=\"N\"><variables/></model>",
        ),
        expect![[r#"
            m.xmile:4:1: error[duplicate-name]: a second <model> has no name; the first is in line 1
              hint: give each a name of its own, or remove one of them
              [ | 1]
            m.xmile:5:1: warning[unused-model]: no module is made of the model `n`, so it is not run
              hint: add a module of that name, or remove the model
              [n]
            m.xmile:6:1: error[duplicate-name]: the model `N` is already defined in line 5
              hint: give each a name of its own, or remove one of them
              [N | 5]
            m.xmile:6:1: warning[unused-model]: no module is made of the model `N`, so it is not run
              hint: add a module of that name, or remove the model
              [N]
        "#]],
    );
    let without = |model: &str| {
        format!("<xmile><sim_specs><start>0</start><stop>1</stop></sim_specs>\n{model}</xmile>")
    };
    check_file(
        &without("<model><stock name=\"s\"><eqn>1</eqn></stock></model>"),
        expect![[r#"
            m.xmile:2:1: error[no-variables]: this <model> has no <variables>
              hint: put the variables of the model into it, or remove the model
              []
            m.xmile:2:8: error[unknown-part]: <stock> is no part of <model>
              hint: remove it; <model> has these parts: behavior, sim_specs, doc, variables
              [stock | model | ]
        "#]],
    );
    check_codes(&without("<model/>"), &["no-variables"]);
    check_codes(&without("<model><variables/></model>"), &["no-variables"]);
    assert!(loaded(&without("<model/>")).0.is_none());
}

#[test]
fn what_lies_in_other_files_is_refused_by_name() {
    for part in [
        "<header><includes><include resource=\"a\"/></includes></header>",
        "<includes><include resource=\"a\"/></includes>",
        "<include resource=\"a\"/>",
        "<data><import resource=\"a\"/></data>",
    ] {
        let text = file("<aux name=\"x\"><eqn>1</eqn></aux>").replace("<header/>", part);
        check_codes(&text, &["unsupported-element"]);
    }
}

#[test]
fn time_grids_are_read_whole() {
    let with = |file: &str, model: &str| {
        let variable = "<variables><aux name=\"x\"><eqn>1</eqn></aux></variables>";
        format!("<xmile>{file}<model>{model}{variable}</model></xmile>")
    };
    let specs = |attributes: &str, inside: &str| {
        let specs =
            format!("<sim_specs {attributes}><start>0</start><stop>10</stop>{inside}</sim_specs>");
        with(&specs, "")
    };
    for (attributes, inside, expected) in [
        ("", "<dt>2</dt>", None),
        ("", "<dt>3</dt>", Some("uneven-time-grid")),
        ("save_interval=\"4\"", "", Some("uneven-time-grid")),
        ("save_interval=\"1e9\"", "", Some("single-row")),
        ("", "<dt>20</dt>", Some("single-row")),
        ("save_interval=\"-1\"", "", Some("bad-save-interval")),
        ("save_interval=\"0\"", "", Some("bad-save-interval")),
        ("save_interval=\"1.5\"", "", Some("bad-save-interval")),
        ("save_interval=\"nan\"", "", Some("bad-number")),
        (
            "save_interval=\"1\" isee:save_interval=\"2\"",
            "",
            Some("duplicate-part"),
        ),
        ("", "<dt>-1</dt>", Some("bad-time-grid")),
        ("", "<dt>inf</dt>", Some("bad-number")),
        ("", "<dt reciprocal=\"yes\">2</dt>", Some("bad-value")),
        ("", "<run by=\"group\"/>", Some("unsupported-element")),
    ] {
        check_codes(
            &specs(attributes, inside),
            &expected.into_iter().collect::<Vec<_>>(),
        );
    }
    // What the model says stands before what the file says, part by part (XMILE 1.0, 2.3).
    let whole = "<sim_specs method=\"rk4\" time_units=\"year\"><start>0</start><stop>4</stop><dt>0.5</dt></sim_specs>";
    let text = with(
        whole,
        "<sim_specs method=\"euler\"><start>10</start><stop>12</stop></sim_specs>",
    );
    check_codes(&text, &[]);
    let loaded = loaded(&text).0.unwrap();
    let grid = loaded.program.horizon();
    assert_eq!((grid.start, grid.stop, grid.dt), (10.0, 12.0, 0.5));
    assert_eq!(loaded.model.time_unit(), "year");
    check_codes(&with("", whole), &[]);
}

#[test]
fn sizes_are_whole_and_fit_the_elements() {
    let with = |dim: &str| {
        let variable = "<aux name=\"x\"><eqn>1</eqn></aux>";
        file(variable).replace("<model>", &format!("<dimensions>{dim}</dimensions><model>"))
    };
    for size in ["2.7", "0", "-3", "1e9", "10001"] {
        check_codes(
            &with(&format!("<dim name=\"d\" size=\"{size}\"/>")),
            &["bad-dimension"],
        );
    }
    check_codes(&with("<dim name=\"d\" size=\"nan\"/>"), &["bad-number"]);
    check_codes(
        &with("<dim name=\"d\" size=\"5\"><elem name=\"a\"/></dim>"),
        &["bad-dimension"],
    );
    check_codes(
        &with("<dim name=\"d\" size=\"1\"><elem name=\"a\"/></dim>"),
        &[],
    );
    check_codes(
        &with("<dim name=\"d\"><elem name=\"a\"/><elem/></dim>"),
        &["no-name"],
    );
}

#[test]
fn a_flag_is_yes_or_no() {
    let with = |flag: &str| {
        format!(
            "<stock name=\"s\"><eqn>1</eqn><outflow>f</outflow><non_negative>{flag}</non_negative></stock><flow name=\"f\"><eqn>5</eqn></flow>"
        )
    };
    for flag in ["", " ", "true", "FALSE", "1", "0"] {
        check_codes(&file(&with(flag)), &[]);
    }
    for flag in ["no", "yes", "2", "falsee"] {
        check_codes(&file(&with(flag)), &["bad-value"]);
    }
    check_codes(
        &file("<aux name=\"a\" access=\"inptu\"><eqn>1</eqn></aux>"),
        &["bad-value"],
    );
}

#[test]
fn a_stock_that_begins_below_its_limit_is_said() {
    check(
        "<stock name=\"s\"><eqn>-5</eqn><outflow>f</outflow><non_negative/></stock>\n\
         <stock name=\"t\"><eqn>2 * debt</eqn><non_negative/></stock>\n\
         <stock name=\"u\"><eqn>-5</eqn></stock>\n<stock name=\"v\"><eqn>0</eqn><non_negative/></stock>\n\
         <flow name=\"f\"><eqn>1</eqn></flow><aux name=\"debt\"><eqn>1 - 3</eqn></aux>",
        expect![[r#"
            m.xmile:2:14: warning[negative-initial]: `s` must not go below 0 but begins at -5; 0 is taken
              hint: correct its initial value, or take <non_negative/> off
              [s | -5]
            m.xmile:3:14: warning[negative-initial]: `t` must not go below 0 but begins at -4; 0 is taken
              hint: correct its initial value, or take <non_negative/> off
              [t | -4]
        "#]],
    );
}

#[test]
fn what_would_say_nothing_is_refused() {
    let dims = "<dimensions><dim name=\"d\" size=\"2\"/></dimensions><model>";
    let array = |element: &str| {
        let variable = format!(
            "<aux name=\"x\"><dimensions><dim name=\"d\"/></dimensions><eqn>1</eqn>{element}</aux>"
        );
        file(&variable).replace("<model>", dims)
    };
    check_codes(&array("<element subscript=\"1\"/>"), &["no-equation"]);
    check_codes(
        &array("<element subscript=\"1\"><eqn> </eqn></element>"),
        &["no-equation"],
    );
    let gf = "<gf><xscale min=\"0\" max=\"1\"/><ypts>0,1</ypts></gf>";
    check_codes(
        &file(&format!("<stock name=\"s\"><eqn>1</eqn>{gf}</stock>")),
        &["unknown-part"],
    );
    check_codes(
        &file("<stock name=\"s\"><eqn>1</eqn><init_eqn>5</init_eqn></stock>"),
        &["unknown-part"],
    );
    check_codes(
        &file("<aux name=\"a\"><eqn>-1</eqn><non_negative/></aux>"),
        &["unknown-part"],
    );
    check_codes(
        &file("<aux name=\"a\"><eqn>1</eqn><inflow>f</inflow></aux>"),
        &["unknown-part", "unknown-name"],
    );
    let group = "<group name=\"g\"><var>a</var></group>";
    let a = "<aux name=\"a\"><eqn>1</eqn></aux>";
    check_codes(&file(&format!("{a}{group}{group}")), &["duplicate-part"]);
    check_codes(
        &file(&format!("{a}<group name=\"g\"><var>b</var></group>")),
        &["unknown-name"],
    );
    let disagree = "<gf><xscale min=\"0\" max=\"9\"/><xpts>0,1</xpts><ypts>0,1</ypts></gf>";
    check_codes(
        &file(&format!("<aux name=\"a\"><eqn>TIME</eqn>{disagree}</aux>")),
        &["bad-lookup"],
    );
    let two = "<module name=\"q\" isee:model=\"m\" simlin:model_name=\"n\"/>";
    let models = INSIDE.to_owned() + &INSIDE.replace("name=\"m\"", "name=\"n\"");
    check_codes(&beside(two, &models), &["duplicate-part", "unused-model"]);
    for (r#macro, code) in [
        (
            "<macro name=\"f\"><parm>x</parm><eqn>x + + (</eqn></macro>",
            "bad-syntax",
        ),
        (
            "<macro name=\"f\"><parm default=\"1 2\">x</parm><eqn>x</eqn></macro>",
            "bad-syntax",
        ),
        (
            "<macro name=\"f\"><parm>x</parm><parm>X</parm><eqn>x</eqn></macro>",
            "duplicate-part",
        ),
        (
            "<macro name=\"f\"><parm>x</parm><eqn>x</eqn></macro><macro name=\"F\"><eqn>1</eqn></macro>",
            "duplicate-name",
        ),
    ] {
        check_codes(&beside(a, r#macro), &[code]);
    }
}

/// Models that use the next one twice, `depth` of them, with so much inside.
fn doubling(depth: usize, inside: &str) -> String {
    let mut models = String::new();
    for k in 0..depth {
        let next = k + 1;
        let uses = format!(
            "<module name=\"a\" isee:model=\"m{next}\"/><module name=\"b\" isee:model=\"m{next}\"/>"
        );
        let uses = if next == depth { "" } else { &uses };
        writeln!(
            models,
            "<model name=\"m{k}\"><variables>{inside}{uses}</variables></model>"
        )
        .unwrap();
    }
    beside("<module name=\"m0\"/>", &models)
}

#[test]
fn what_doubles_with_every_line_is_refused_at_once() {
    for inside in [
        "",
        "<aux name=\"x\"><eqn>1</eqn></aux>",
        "<gf name=\"x\"><xpts>0,1</xpts><ypts>0,1</ypts></gf>",
    ] {
        check_codes(&doubling(26, inside), &["too-many-modules"]);
        check_codes(&doubling(9, inside), &[]);
    }
    // A chain of macros, each calling the next twice.
    let calls = (0..40).fold(String::new(), |mut all, k| {
        write!(
            all,
            "<macro name=\"f{k}\"><parm>x</parm><eqn>f{next}(x) + f{next}(x)</eqn></macro>",
            next = k + 1
        )
        .unwrap();
        all
    });
    let text = beside("<aux name=\"x\"><eqn>f0(1)</eqn></aux>", &calls);
    let (model, faults) = loaded(&text);
    assert!(model.is_none() && faults.len() < 10, "{}", faults.len());
    // Without parameters nothing but their number tells.
    let calls = (0..28).fold(String::new(), |mut all, k| {
        let next = k + 1;
        write!(
            all,
            "<macro name=\"f{k}\"><eqn>f{next}() + f{next}()</eqn></macro>"
        )
        .unwrap();
        all
    });
    let last = "<macro name=\"f28\"><eqn>1</eqn></macro>";
    let text = beside("<aux name=\"x\"><eqn>f0()</eqn></aux>", &(calls + last));
    check_codes(&text, &["too-large"]);
    // Dimensions of a few bytes each, and graphical functions over them.
    let dims: String = (0..2000)
        .map(|k| format!("<dim name=\"d{k}\" size=\"10000\"/>"))
        .collect();
    let text = file("<aux name=\"x\"><eqn>1</eqn></aux>").replace(
        "<model>",
        &format!("<dimensions>{dims}</dimensions><model>"),
    );
    check_codes(&text, &["too-large"]);
    let table = |k: usize| {
        format!(
            "<gf name=\"g{k}\"><dimensions><dim name=\"d\"/></dimensions><xpts>0,1</xpts><ypts>0,1</ypts></gf>"
        )
    };
    let tables: String = (0..2000).map(table).collect();
    let dims = "<dimensions><dim name=\"d\" size=\"10000\"/></dimensions><model>";
    check_codes(
        &file(&tables).replace("<model>", dims),
        &["too-many-variables"],
    );
}

#[test]
fn modules_deeper_than_the_budget_are_not_said_to_contain_themselves() {
    let mut models = String::new();
    for k in 0..40 {
        write!(
            models,
            "<model name=\"m{k}\"><variables><module name=\"m{}\"/></variables></model>",
            k + 1
        )
        .unwrap();
    }
    models +=
        "<model name=\"m40\"><variables><aux name=\"x\"><eqn>1</eqn></aux></variables></model>";
    let (_, faults) = loaded(&beside("<module name=\"m0\"/>", &models));
    assert!(faults.iter().any(|f| f.code == "too-deep"), "{faults:?}");
    assert!(faults.iter().all(|f| f.code != "contains-itself"));
}

#[test]
fn what_is_long_is_quoted_shortened() {
    let long = "9".repeat(100_000);
    for text in [
        file(&format!("<aux name=\"a\"><eqn>1 {long}</eqn></aux>")),
        file(&format!("<aux name=\"a\"><eqn>x{long}</eqn></aux>")),
        file(&format!("<aux name=\"x{long}\"><eqn>1</eqn></aux>")),
        file(&format!(
            "<aux name=\"a\"><eqn>1</eqn><units>({long}</units></aux>"
        )),
        file(&format!(
            "<aux name=\"a\"><eqn>1</eqn><gf><xpts>0,1</xpts><ypts>0,x{long}</ypts></gf></aux>"
        )),
        file(&format!("<aux name=\"a\"><eqn>1</eqn><x{long}/></aux>")),
        file(&format!("<aux name=\"a\"><eqn>1</eqn></aux>{long}")),
        file("<aux name=\"a\"><eqn>1</eqn></aux>").replace("<stop>4", &format!("<stop>x{long}")),
        format!("{long}<xmile/>"),
        format!("<x{long}/>"),
    ] {
        let (model, faults) = loaded(&text);
        assert!(model.is_none(), "{}", &text[..200]);
        for fault in &faults {
            let said = fault.to_string().len() + fault.subject.concat().len();
            assert!(said < 3_000, "{}: {said}", fault.code);
        }
    }
}
