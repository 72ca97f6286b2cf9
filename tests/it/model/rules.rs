//! The shapes of `models/innovation/checks/*.toml`; an unknown key is a fault.

use std::collections::BTreeMap;

use super::bench::text;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

fn read<T: DeserializeOwned>(file: &str) -> T {
    toml::from_str(&text(&format!("checks/{file}"))).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// `laws.toml`: what every run must hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Laws {
    pub(crate) stocks_that_may_be_negative: Vec<String>,
    pub(crate) balance: Vec<Balance>,
    pub(crate) shares: Shares,
    pub(crate) reference: Vec<Reference>,
    pub(crate) halving: Halving,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Balance {
    pub(crate) variable: String,
    pub(crate) tolerance: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shares {
    pub(crate) variables: Vec<String>,
}

/// A reference path and the variable whose baseline it holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    pub(crate) path: String,
    pub(crate) records: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Halving {
    /// The constant that repeats the step length, halved with it.
    pub(crate) step_constant: String,
    /// Largest relative difference of `variables`, twice a year.
    pub(crate) every: f64,
    /// Largest relative difference of the headline readings.
    pub(crate) headline: f64,
    pub(crate) headline_years: Vec<f64>,
    pub(crate) headline_mean: Vec<String>,
    pub(crate) headline_end: Vec<String>,
    pub(crate) variables: Vec<String>,
}

impl Halving {
    /// Every reading of a headline indicator that is compared: how, which, in what year.
    pub(crate) fn headlines(&self) -> impl Iterator<Item = (At, &str, f64)> {
        let mean = self.headline_mean.iter().map(|name| (At::Mean, name));
        let end = self.headline_end.iter().map(|name| (At::End, name));
        mean.chain(end).flat_map(|(at, name)| {
            let years = self.headline_years.iter();
            years.map(move |year| (at, name.as_str(), *year))
        })
    }
}

/// `levers.toml`: the hard ends of every lever, as changes in the model's unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Levers {
    pub(crate) lever: Vec<Lever>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lever {
    pub(crate) id: String,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) costs_money: bool,
}

impl Lever {
    /// The lever's constant of that role: change, start, ramp or stop.
    pub(crate) fn constant(&self, role: &str) -> String {
        format!("{}_{role}", self.id)
    }
}

/// `extreme.toml`: constants far outside their ranges.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extremes {
    pub(crate) case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) set: BTreeMap<String, f64>,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) variable: String,
    pub(crate) rule: RuleKind,
    pub(crate) value: Option<f64>,
    pub(crate) from: Option<f64>,
}

impl Rule {
    pub(crate) fn bound(&self) -> f64 {
        self.value
            .unwrap_or_else(|| panic!("{}: this rule needs a value", self.variable))
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RuleKind {
    Min,
    Max,
    Same,
    Below,
    Above,
}

/// `backtest.toml`: ranges that published history gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Backtest {
    pub(crate) point: Vec<Point>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Point {
    pub(crate) variable: String,
    pub(crate) at: At,
    pub(crate) year: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) source: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum At {
    Mean,
    /// A flow's total over the year: its mean times one year.
    Sum,
    End,
    Instant,
}

/// `scenarios.toml`: runs that the independent engines repeat.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenarios {
    pub(crate) scenario: Vec<Scenario>,
}

/// Constants and their values; as JSON it is what `peers.py` reads.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    #[serde(rename(serialize = "name"))]
    pub(crate) id: String,
    pub(crate) set: BTreeMap<String, f64>,
}

macro_rules! reads {
    ($($shape:ty: $file:literal),*) => {$(
        impl $shape {
            pub(crate) fn read() -> Self {
                read($file)
            }
        }
    )*};
}
reads!(
    Laws: "laws.toml", Levers: "levers.toml", Extremes: "extreme.toml",
    Backtest: "backtest.toml", Scenarios: "scenarios.toml"
);
