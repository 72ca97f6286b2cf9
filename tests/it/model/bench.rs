//! The shipped model, loaded once a test, and runs of all its variables by name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{INSTANT, rules::Laws};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::{Rows, RunSettings, vm::Vm};
use tidemark_engine::model::{VarId, Variable};
use tidemark_engine::{Loaded, load};

/// Where a file of the model's folder lies.
pub(crate) fn path(file: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "models", "innovation", file]
        .iter()
        .collect()
}

/// The text of a file of the model's folder.
pub(crate) fn text(file: &str) -> String {
    let path = path(file);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub(crate) struct Bench {
    loaded: Loaded,
    all: Vec<VarId>,
    baseline: Series,
}

/// Every variable of one run, by the name in the model.
#[derive(Default)]
pub(crate) struct Series {
    times: Vec<f64>,
    of: BTreeMap<String, Vec<f64>>,
}

impl Bench {
    /// The model without a single diagnostic, and its baseline.
    pub(crate) fn load() -> Self {
        let mut faults = Diagnostics::new();
        let loaded = load(&text("model.xmile"), "model.xmile", &mut faults);
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said, Vec::<String>::new());
        let loaded = loaded.expect("no fault and yet no model");
        let all = loaded.model.ids().collect();
        let mut bench = Self {
            loaded,
            all,
            baseline: Series::default(),
        };
        bench.baseline = bench.run(&[]);
        bench
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.loaded.model.variables().iter()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables().map(|v| v.name.as_str())
    }

    /// The run of the file as it stands.
    pub(crate) fn baseline(&self) -> &Series {
        &self.baseline
    }

    /// The step length of the file.
    pub(crate) fn step(&self) -> f64 {
        self.loaded.program.horizon().dt
    }

    /// A run with some constants set.
    pub(crate) fn run(&self, set: &[(&str, f64)]) -> Series {
        self.pass(self.loaded.program.horizon().dt, set, &[])
    }

    /// The same with another step length.
    pub(crate) fn run_with_step(&self, dt: f64, set: &[(&str, f64)]) -> Series {
        self.pass(dt, set, &[])
    }

    /// The same with the reference paths taken from `from`, as the page does it.
    pub(crate) fn run_driven(&self, set: &[(&str, f64)], from: &Series) -> Series {
        let driven: Vec<(VarId, &[f64])> = Laws::read()
            .reference
            .iter()
            .map(|r| (self.var(&r.path), from.of(&r.records)))
            .collect();
        self.pass(self.loaded.program.horizon().dt, set, &driven)
    }

    fn pass(&self, dt: f64, set: &[(&str, f64)], driven: &[(VarId, &[f64])]) -> Series {
        let mut horizon = self.loaded.program.horizon();
        horizon.dt = dt;
        let settings = RunSettings {
            method: self.loaded.program.method(),
            horizon,
            rows: Rows::Saved,
            inputs: set.iter().map(|(name, _)| self.var(name)).collect(),
            driven: driven.iter().map(|(var, _)| *var).collect(),
            seed: 0,
            outputs: self.all.clone(),
        };
        let mut vm = Vm::prepare(&self.loaded.program, &settings).expect("a runnable model");
        let inputs: Vec<f64> = set.iter().map(|(_, value)| *value).collect();
        let series: Vec<&[f64]> = driven.iter().map(|(_, series)| *series).collect();
        let run = vm.run(&inputs, &series);
        let of = self
            .all
            .iter()
            .map(|&var| {
                let series = run.series(var).expect("it was asked for");
                (
                    self.loaded.model.variable(var).name.clone(),
                    series.to_vec(),
                )
            })
            .collect();
        Series {
            times: run.times().to_vec(),
            of,
        }
    }

    fn var(&self, name: &str) -> VarId {
        self.loaded
            .model
            .find(name)
            .unwrap_or_else(|| panic!("no variable {name}"))
    }
}

impl Series {
    pub(crate) fn times(&self) -> &[f64] {
        &self.times
    }

    pub(crate) fn of(&self, name: &str) -> &[f64] {
        self.of
            .get(name)
            .unwrap_or_else(|| panic!("no variable {name}"))
    }

    pub(crate) fn at(&self, name: &str, instant: f64) -> f64 {
        let row = self
            .times
            .iter()
            .position(|t| (t - instant).abs() < INSTANT);
        self.of(name)[row.unwrap_or_else(|| panic!("no row at {instant}"))]
    }
}
