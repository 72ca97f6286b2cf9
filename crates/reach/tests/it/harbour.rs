//! The town of the pack's tests with a harbour: figures that are sums of a few draws and levers, so
//! that every chance is a formula.

use tidemark_engine::diag::Diagnostics;
use tidemark_engine::program::Program;
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::sources::{Files, TextFile, compile_folder};

const PACK: &str = include_str!("../../../pack/tests/it/pack.toml");
const ACTUALS: &str = include_str!("../../../pack/tests/it/actuals.csv");
const MODEL: &str = include_str!("../../../pack/tests/it/model.xmile");
const RECORDS: &str = include_str!("../../../evidence/tests/it/records.toml");

/// Figures of the harbour. `luck` and `mood` are standard normal, `harvest` is PERT(8, 10, 16), all
/// 0, 0 and 10 by default; levers act in full from 2028 on.
const FIGURES: [(&str, &str); 5] = [
    // Mean 50, deviation 3.
    ("left", "50 + 3 * luck + 0.6 * push + 0.25 * draft"),
    // Mean 20, deviation 5, correlation with `left` 0.8.
    ("right", "20 + 4 * luck + 3 * mood + draft"),
    // Mean 30, deviation 2, the less the better.
    ("idle", "30 - 2 * luck - 0.5 * push"),
    ("crop", "2 * harvest"),
    // Rises with `push` to 4 and falls beyond.
    ("hump", "40 + luck - 0.2 * (push - 4) * (push - 4)"),
];

const ASSUMPTIONS: [(&str, &str, &str, [f64; 3]); 4] = [
    ("luck", "luck", "normal sd 1", [-8.0, 0.0, 8.0]),
    ("mood", "mood", "normal sd 1", [-8.0, 0.0, 8.0]),
    ("harvest", "harvest", "PERT", [8.0, 10.0, 16.0]),
    // Firms a year before any lever: the register is 100 and 7.5 years of it at the end of 2027.
    ("pace", "effort_base", "normal sd 1", [2.0, 10.0, 18.0]),
];

/// Levers beside `effort`, with what a unit of them costs a year; all go from 0 to 10, safe to 6.
const LEVERS: [(&str, f64); 2] = [("push", 0.2), ("draft", 0.05)];

/// A target: id, indicator, comparator, wanted; all of 2029.
pub(crate) type Goal<'a> = (&'a str, &'a str, &'a str, f64);

pub(crate) struct Harbour {
    pub(crate) bound: Bound,
    pub(crate) program: Program,
}

impl Harbour {
    #[track_caller]
    pub(crate) fn new(goals: &[Goal<'_>]) -> Self {
        let pack = pack(goals);
        let model = model();
        let file = |name, text| TextFile { name, text };
        let files = Files {
            pack: file("pack.toml", &pack),
            actuals: file("actuals.csv", ACTUALS),
            model: file("model.xmile", &model),
        };
        let mut faults = Diagnostics::new();
        let compiled = compile_folder(&files, &mut faults);
        let compiled = compiled.unwrap_or_else(|| panic!("{}", said(&faults)));
        let loaded = tidemark_engine::load(&model, "model.xmile", &mut faults);
        let loaded = loaded.unwrap_or_else(|| panic!("{}", said(&faults)));
        let bound = bind(&compiled, &loaded, &mut faults);
        let bound = bound.unwrap_or_else(|| panic!("{}", said(&faults)));
        Self {
            program: bound.program(&loaded.program),
            bound,
        }
    }
}

fn said(faults: &Diagnostics) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

fn model() -> String {
    let mut more = String::new();
    let mut aux = |name: &str, equation: &str, units: &str| {
        more +=
            &format!("<aux name=\"{name}\"><eqn>{equation}</eqn><units>{units}</units></aux>\n");
    };
    for (_, variable, _, [_, default, _]) in ASSUMPTIONS {
        if variable != "effort_base" {
            aux(variable, &default.to_string(), "dimensionless");
        }
    }
    for (name, equation) in FIGURES {
        aux(name, equation, "dimensionless");
    }
    for (name, price) in LEVERS {
        aux(&format!("{name}_change"), "0", "dimensionless");
        aux(&format!("{name}_start"), "2027", "year");
        aux(&format!("{name}_ramp"), "1", "year");
        aux(&format!("{name}_stop"), "2100", "year");
        let profile = "IF TIME &lt; @_start THEN 0 ELSE IF TIME >= @_stop THEN 0 \
                       ELSE MIN(1, (TIME - @_start) / MAX(@_ramp, shortest_ramp))";
        aux(
            &format!("{name}_profile"),
            &profile.replace('@', name),
            "dimensionless",
        );
        aux(
            name,
            &format!("{name}_change * {name}_profile"),
            "dimensionless",
        );
        aux(&format!("{name}_price"), &price.to_string(), "yi_yuan/year");
        aux(
            &format!("{name}_cost"),
            &format!("{name} * {name}_price"),
            "yi_yuan/year",
        );
    }
    let gap = "MAX(0, effort_cost - free_money)";
    assert!(MODEL.contains(gap));
    MODEL
        .replace(
            gap,
            "MAX(0, effort_cost + push_cost + draft_cost - free_money)",
        )
        .replace("</variables>", &format!("{more}</variables>"))
}

fn pack(goals: &[Goal<'_>]) -> String {
    let mut all = format!("{PACK}\n{RECORDS}\n");
    for (id, variable, law, [min, default, max]) in ASSUMPTIONS {
        let (unit, model_unit) = match id {
            "pace" => ("家/年", "firm/year"),
            _ => ("点", "dimensionless"),
        };
        all += &format!(
            "[[assumption]]\nid = \"{id}\"\nkind = \"environment\"\n\
             label = {{ zh = \"{id}\", en = \"{id}\" }}\nvariable = \"{variable}\"\n\
             unit = \"{unit}\"\nscale = 1.0\nmodel_unit = \"{model_unit}\"\ndefault = {default:?}\n\
             range = {{ min = {min:?}, max = {max:?} }}\nstep = 0.1\ndecimals = 1\n\
             distribution = \"{law}\"\nevidence = \"S\"\nnote = \"假设\"\n\n"
        );
    }
    for (id, _) in LEVERS {
        all += &format!(
            "[[lever]]\nid = \"{id}\"\ngroup = \"firms\"\nlabel = {{ zh = \"{id}\", en = \"{id}\" }}\n\
             variable = \"{id}_change\"\nstart_variable = \"{id}_start\"\n\
             ramp_variable = \"{id}_ramp\"\nstop_variable = \"{id}_stop\"\n\
             cost_variable = \"{id}_cost\"\nunit = \"点\"\nscale = 1.0\n\
             model_unit = \"dimensionless\"\ndefault = 0\nhard = {{ min = 0, max = 10 }}\n\
             safe = {{ min = 0, max = 6 }}\nstretch_max = 8\nstep = 0.1\ndecimals = 1\n\
             levels = [{{ label = \"a\", to = 2 }}, {{ label = \"b\", to = 6 }}, \
             {{ label = \"c\", to = 8 }}, {{ label = \"d\", to = 10 }}]\nramp_years = 1.0\n\
             evidence = \"M\"\nguidance = \"假设\"\nhow = \"假设\"\nmarks = []\nsources = [\"plan\"]\n\n"
        );
    }
    for (id, _) in FIGURES {
        all += &format!(
            "[[indicator]]\nid = \"{id}\"\nlabel = {{ zh = \"{id}\", en = \"{id}\" }}\n\
             short = \"{id}\"\nvariable = \"{id}\"\nunit = \"点\"\nscale = 1.0\n\
             model_unit = \"dimensionless\"\ndecimals = 2\nat = \"mean\"\ndefinition = \"假设\"\n\
             owner = \"市科技局\"\n\n"
        );
    }
    for (id, indicator, comparator, value) in goals {
        let (year, at) = match *indicator {
            "firms" => (2027, "end"),
            _ => (2029, "mean"),
        };
        all += &format!(
            "[[target]]\nid = \"{id}\"\nindicator = \"{indicator}\"\nfrom = {year}\nto = {year}\n\
             at = \"{at}\"\ncomparator = \"{comparator}\"\nvalue = {value:?}\nsource = \"plan\"\n\
             note = \"假设\"\n\n"
        );
    }
    all
}
