//! A small town: a register of firms that grows by 10 a year, one lever, one assumption.

use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::Run;
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::compiled::Compiled;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_pack::sources::{Files, TextFile, compile_folder};

pub(crate) const PACK: &str = include_str!("pack.toml");
pub(crate) const ACTUALS: &str = include_str!("actuals.csv");
pub(crate) const MODEL: &str = include_str!("model.xmile");

/// The text with one place changed; the place must be there.
#[track_caller]
pub(crate) fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "no `{old}` in the fixture");
    text.replacen(old, new, 1)
}

pub(crate) fn said(faults: &Diagnostics) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

pub(crate) fn compile(pack: &str, actuals: &str) -> (Option<Compiled>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let file = |name, text| TextFile { name, text };
    let files = Files {
        pack: file("pack.toml", pack),
        actuals: file("actuals.csv", actuals),
        model: file("model.xmile", MODEL),
    };
    (compile_folder(&files, &mut faults), faults)
}

#[track_caller]
pub(crate) fn compiled(pack: &str, actuals: &str) -> Compiled {
    let (compiled, faults) = compile(pack, actuals);
    compiled.unwrap_or_else(|| panic!("{}", said(&faults)))
}

#[track_caller]
pub(crate) fn load(model: &str) -> Loaded {
    let mut faults = Diagnostics::new();
    tidemark_engine::load(model, "model.xmile", &mut faults)
        .unwrap_or_else(|| panic!("{}", said(&faults)))
}

/// A town ready to run.
pub(crate) struct Town {
    pub(crate) bound: Bound,
    pub(crate) runner: Runner,
    pub(crate) loaded: Loaded,
}

impl Town {
    #[track_caller]
    pub(crate) fn new(pack: &str, actuals: &str) -> Self {
        let loaded = load(MODEL);
        let mut faults = Diagnostics::new();
        let bound = bind(&compiled(pack, actuals), &loaded, &mut faults)
            .unwrap_or_else(|| panic!("{}", said(&faults)));
        let runner = Runner::prepare(&bound, &loaded.program).unwrap();
        Self {
            bound,
            runner,
            loaded,
        }
    }

    pub(crate) fn baseline(&mut self, scenario: &Scenario) -> Run {
        self.runner.baseline(&self.bound, scenario)
    }

    pub(crate) fn run(&mut self, scenario: &Scenario) -> Run {
        let baseline = self.baseline(scenario);
        self.runner.scenario(&self.bound, scenario, &baseline)
    }

    /// A scenario with the one lever at that value and its default timing.
    pub(crate) fn effort(&self, value: f64) -> Scenario {
        let default = self.bound.default_setting("effort").unwrap();
        let mut scenario = Scenario::baseline();
        let setting = LeverSetting { value, ..default };
        scenario.levers.insert("effort".to_owned(), setting);
        scenario
    }
}
