//! A town whose register grows evenly: 100 firms in the middle of 2020 and `effort_base` a year.

use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_evidence::fit::{Fit, FitError, Settings, fit};
use tidemark_evidence::study::{NoStudy, Study};
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::compiled::Compiled;
use tidemark_pack::sources::{Files, TextFile, compile_folder};

const PACK: &str = include_str!("../../../pack/tests/it/pack.toml");
pub(crate) const MODEL: &str = include_str!("../../../pack/tests/it/model.xmile");

/// The effort is fitted to the register; growth stands for the literature, its figures restate.
pub(crate) const RECORDS: &str = include_str!("records.toml");

const HEADER: &str = "place,indicator,period,value,bound,unit,status,vintage,source,quote,note\n";

/// Rows: indicator, period, value, bound, status.
pub(crate) const ROWS: [(&str, &str, f64, &str, &str); 9] = [
    ("firms", "2020", 105.0, "=", "final"),
    ("firms", "2021", 113.0, "=", "final"),
    ("firms", "2022", 122.0, "=", "final"),
    ("firms", "2023", 132.0, "=", "final"),
    ("firms", "2024", 140.0, "=", "final"),
    ("firms", "2025H1", 145.0, "~", "final"),
    ("firms", "2025", 140.0, ">=", "estimate"),
    ("firms", "2026", 200.0, "=", "plan"),
    ("rd", "2022", 36.0, "=", "final"),
];

pub(crate) struct Town {
    pub(crate) compiled: Compiled,
    pub(crate) loaded: Loaded,
    pub(crate) bound: Bound,
}

impl Town {
    #[track_caller]
    pub(crate) fn new(records: &str, rows: &[(&str, &str, f64, &str, &str)]) -> Self {
        let unit = |indicator: &str| {
            if indicator == "firms" {
                "家"
            } else {
                "亿元"
            }
        };
        let lines = rows
            .iter()
            .map(|(indicator, period, value, bound, status)| {
                let unit = unit(indicator);
                format!(
                    "testtown,{indicator},{period},{value},{bound},{unit},{status},,公报,原话,\n"
                )
            });
        let actuals = format!("{HEADER}{}", lines.collect::<String>());
        let pack = format!("{PACK}\n{records}");
        let file = |name, text| TextFile { name, text };
        let files = Files {
            pack: file("pack.toml", &pack),
            actuals: file("actuals.csv", &actuals),
            model: file("model.xmile", MODEL),
        };
        let mut faults = Diagnostics::new();
        let compiled = compile_folder(&files, &mut faults);
        let compiled = compiled.unwrap_or_else(|| panic!("{faults:?}"));
        let loaded = tidemark_engine::load(MODEL, "model.xmile", &mut faults).unwrap();
        let bound = bind(&compiled, &loaded, &mut faults);
        Self {
            compiled,
            loaded,
            bound: bound.unwrap_or_else(|| panic!("{faults:?}")),
        }
    }

    pub(crate) fn study(&self) -> Result<Study<'_>, NoStudy> {
        Study::new(&self.compiled, &self.loaded, &self.bound)
    }
}

pub(crate) fn town() -> Town {
    Town::new(RECORDS, &ROWS)
}

pub(crate) const SHORT: Settings = Settings {
    chains: 8,
    warm_up: 400,
    draws: 800,
    thin: 6,
    settle: 40,
    seed: 7,
};

pub(crate) fn fitted(study: &Study<'_>, holds_back: bool) -> Result<Fit, FitError> {
    fit(study, holds_back, SHORT, &mut |_, _, _| {})
}
