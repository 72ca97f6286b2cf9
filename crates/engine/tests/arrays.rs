//! Laws of arrays, modules and macros: written out by hand they give the same bits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use proptest::prelude::*;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, Run, RunSettings};
use tidemark_engine::{Loaded, load};

/// The run of a model with this inside `<xmile>`, all variables kept.
fn run(body: &str) -> (Loaded, Run) {
    let text = format!(
        "<xmile><sim_specs><start>0</start><stop>6</stop><dt>0.5</dt></sim_specs>{body}</xmile>"
    );
    let mut faults = Diagnostics::new();
    let loaded = load(&text, "m", &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: Vec::new(),
        driven: Vec::new(),
        seed: 0,
        outputs: loaded.model.ids().collect(),
    };
    let run = Vm::prepare(&loaded.program, &settings)
        .unwrap()
        .run(&[], &[]);
    (loaded, run)
}

fn series(of: &(Loaded, Run), name: &str) -> Vec<u64> {
    let var =
        of.0.model
            .find(name)
            .unwrap_or_else(|| panic!("no `{name}`"));
    let series = of.1.series(var).unwrap().iter();
    series.map(|x| x.to_bits()).collect()
}

/// A stock that drains into nothing, one an element, over values of its own.
fn as_array(values: &[f64]) -> String {
    let dims = "<dimensions><dim name=\"d\"/></dimensions>";
    let row: Vec<String> = values.iter().map(|v| format!("{v:?}")).collect();
    format!(
        "<dimensions><dim name=\"d\" size=\"{}\"/></dimensions><model><variables>\
         <aux name=\"v\">{dims}<eqn>{}</eqn></aux>\
         <stock name=\"s\">{dims}<eqn>v * 2</eqn><outflow>o</outflow></stock>\
         <flow name=\"o\">{dims}<eqn>s / (1 + d) + SMTH1(v[d] * TIME, 2) / MAX(v)</eqn></flow>\
         <aux name=\"all\"><eqn>SUM(s)</eqn></aux></variables></model>",
        values.len(),
        row.join(", "),
    )
}

fn as_scalars(values: &[f64]) -> String {
    let mut text = "<model><variables>".to_owned();
    let name = |of: &str, k: usize| format!("{of}{}", k + 1);
    let all = |of: &str| -> Vec<String> { (0..values.len()).map(|k| name(of, k)).collect() };
    for (k, v) in values.iter().enumerate() {
        let n = k + 1;
        text += &format!(
            "<aux name=\"v{n}\"><eqn>{v:?}</eqn></aux>\
             <stock name=\"s{n}\"><eqn>v{n} * 2</eqn><outflow>o{n}</outflow></stock>\
             <flow name=\"o{n}\"><eqn>s{n} / (1 + {n}) + SMTH1(v{n} * TIME, 2) / MAX({})</eqn></flow>",
            all("v").join(", ")
        );
    }
    text + &format!(
        "<aux name=\"all\"><eqn>{}</eqn></aux></variables></model>",
        all("s").join(" + ")
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_array_is_its_elements(values in prop::collection::vec(0.1..9.0_f64, 1..6)) {
        let (array, scalars) = (run(&as_array(&values)), run(&as_scalars(&values)));
        prop_assert_eq!(series(&array, "all"), series(&scalars, "all"));
        for k in 1..=values.len() {
            prop_assert_eq!(series(&array, &format!("s[{k}]")), series(&scalars, &format!("s{k}")));
        }
    }

    #[test]
    fn ranks_sort_an_array(values in prop::collection::vec(-9.0..9.0_f64, 1..7)) {
        let n = values.len();
        let row: Vec<String> = values.iter().map(|v| format!("{v:?}")).collect();
        let of = run(&format!(
            "<dimensions><dim name=\"d\" size=\"{n}\"/></dimensions><model><variables>\
             <aux name=\"v\"><dimensions><dim name=\"d\"/></dimensions><eqn>{}</eqn></aux>\
             <aux name=\"place\"><dimensions><dim name=\"d\"/></dimensions><eqn>RANK(v, d)</eqn></aux>\
             <aux name=\"sorted\"><dimensions><dim name=\"d\"/></dimensions><eqn>v[place]</eqn></aux>\
             </variables></model>",
            row.join(", ")
        ));
        let mut sorted = values;
        sorted.sort_by(f64::total_cmp);
        for (k, value) in sorted.iter().enumerate() {
            prop_assert_eq!(series(&of, &format!("sorted[{}]", k + 1))[0], value.to_bits());
        }
    }

    #[test]
    fn a_module_and_a_macro_are_what_is_in_them(rate in 0.1..2.0_f64, start in 1.0..9.0_f64) {
        let inside = "<stock name=\"level\" access=\"output\"><eqn>start</eqn><inflow>gain</inflow></stock>\
                      <flow name=\"gain\"><eqn>level * rate - DELAY1(level, 2)</eqn></flow>";
        let given = format!("<aux name=\"rate\"><eqn>{rate:?}</eqn></aux><aux name=\"start\"><eqn>{start:?}</eqn></aux>");
        let plain = run(&format!("<model><variables>{given}{inside}</variables></model>"));
        let module = run(&format!(
            "<model><variables>{given}<module name=\"m\"><connect to=\"rate\" from=\"rate\"/>\
             <connect to=\"start\" from=\"start\"/></module></variables></model>\
             <model name=\"m\"><variables><aux name=\"rate\" access=\"input\"/><aux name=\"start\" access=\"input\"/>{inside}</variables></model>"
        ));
        let macros = run(&format!(
            "<model><variables>{given}<aux name=\"level\"><eqn>grown(rate, start)</eqn></aux></variables></model>\
             <macro name=\"grown\"><parm>rate</parm><parm>start</parm><eqn>level</eqn><variables>{inside}</variables></macro>"
        ));
        prop_assert_eq!(series(&plain, "level"), series(&module, "m.level"));
        prop_assert_eq!(series(&plain, "level"), series(&macros, "level"));
    }
}
