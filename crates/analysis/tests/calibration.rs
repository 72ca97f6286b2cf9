//! A whole fit of a model that the engine runs, in the way the command will do it: priors, printed
//! figures and a batch of runs become draws, whose means and deviations are known by algebra.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use expect_test::expect;
use tidemark_analysis::bounds::Bounds;
use tidemark_analysis::likelihood::{Observation, Printed};
use tidemark_analysis::points::Points;
use tidemark_analysis::prior::{self, Law, Prior, narrowing};
use tidemark_analysis::sampler::{Posterior, Settings, sample};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::batch::{Batch, Driven, Members};
use tidemark_engine::exec::{Rows, RunSettings};
use tidemark_engine::load;
use tidemark_engine::model::VarId;

/// A level that rises evenly, and a constant that touches nothing of it.
const MODEL: &str = r#"<xmile version="1.0"><header/>
<sim_specs><start>2015</start><stop>2025</stop><dt>0.25</dt></sim_specs>
<model><variables>
<stock name="level"><eqn>opening</eqn><inflow>rise</inflow></stock>
<flow name="rise"><eqn>slope + 0 * idle</eqn></flow>
<aux name="opening"><eqn>100</eqn></aux>
<aux name="slope"><eqn>10</eqn></aux>
<aux name="idle"><eqn>1</eqn></aux>
</variables></model></xmile>"#;

/// What was printed at the ends of 2015 to 2024, of deviation 4.
const RECORD: [f64; 10] = [
    112.0, 119.0, 135.0, 139.0, 155.0, 158.0, 174.0, 177.0, 195.0, 202.0,
];
const SD: f64 = 4.0;

fn priors() -> [Prior; 3] {
    let normal = |mean, sd| Prior::new(Law::Normal { mean, sd }, Bounds::NONE).unwrap();
    let ends = Bounds {
        low: 0.2,
        high: 1.6,
    };
    [
        normal(90.0, 20.0),
        normal(8.0, 5.0),
        Prior::pert(0.9, ends).unwrap(),
    ]
}

/// A batch that keeps the level at the end of every year, and that level.
fn batch() -> (Batch, VarId) {
    let mut faults = Diagnostics::new();
    let loaded = load(MODEL, "m", &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
    let var = |name| loaded.model.find(name).unwrap();
    let horizon = loaded.program.horizon();
    let step = |year| horizon.step_at(f64::from(year)).unwrap();
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon,
        rows: Rows::Steps((2016..=2025).map(step).collect()),
        inputs: ["opening", "slope", "idle"].map(var).to_vec(),
        driven: Vec::new(),
        seed: 0,
        outputs: vec![var("level")],
    };
    (
        Batch::prepare(&loaded.program, &settings).unwrap(),
        var("level"),
    )
}

fn posterior(observations: &[Observation], settings: Settings) -> Posterior {
    let priors = priors();
    let (mut batch, level) = batch();
    let bounds = priors.each_ref().map(Prior::bounds);
    let starts = prior::draws(&priors, 2 * settings.chains, settings.seed);
    sample(
        &bounds,
        &starts,
        settings,
        |sets: &Points, out: &mut [f64]| {
            let columns = sets.columns();
            let members = Members {
                count: sets.count(),
                inputs: &columns,
                first_member: 0,
            };
            let runs = batch.run(&members, Driven::NONE).unwrap();
            let rows: Vec<Vec<f64>> = (0..observations.len())
                .map(|row| runs.members(level, row).unwrap())
                .collect();
            for (member, log_density) in out.iter_mut().enumerate() {
                let each = priors.iter().enumerate();
                let before = each.map(|(k, p)| p.log_density(sets.at(member, k)));
                let seen = observations.iter().zip(&rows);
                let fit = seen.map(|(seen, row)| seen.log_likelihood(row[member], 0.0));
                *log_density = before.chain(fit).sum();
            }
            batch.recycle(runs);
        },
    )
    .unwrap()
}

fn record() -> Vec<Observation> {
    let exact = |value| Observation {
        value,
        printed: Printed::Exact,
        sd: SD,
    };
    RECORD.map(exact).to_vec()
}

const SETTINGS: Settings = Settings {
    chains: 8,
    warm_up: 800,
    draws: 500,
    thin: 4,
    seed: 2015,
};

/// Opening and slope have a normal posterior: precision and mean by the normal equations.
#[test]
fn a_fit_of_a_model_has_the_posterior_of_its_algebra() {
    let found = posterior(&record(), SETTINGS);
    assert!(found.has_converged(1.05, 400.0), "{:?}", found.convergence);
    let weight = 1.0 / (SD * SD);
    let (mut precision, mut right) = ([1.0 / 400.0, 0.0, 1.0 / 25.0], [90.0 / 400.0, 8.0 / 25.0]);
    for (year, value) in (1..).zip(RECORD) {
        let t = f64::from(year);
        precision[0] += weight;
        precision[1] += weight * t;
        precision[2] += weight * t * t;
        right[0] += weight * value;
        right[1] += weight * t * value;
    }
    let [aa, ab, bb] = precision;
    let whole = aa * bb - ab * ab;
    let means = [
        (bb * right[0] - ab * right[1]) / whole,
        (aa * right[1] - ab * right[0]) / whole,
    ];
    let sds = [(bb / whole).sqrt(), (aa / whole).sqrt()];
    for column in 0..2 {
        let values = found.draws.column(column);
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
        let ess = found.convergence[column].bulk_ess;
        let error = 4.0 * sds[column] / ess.sqrt();
        assert!(
            (mean - means[column]).abs() < error,
            "{mean}, not {means:?}"
        );
        assert!((sd - sds[column]).abs() < error, "{sd}, not {sds:?}");
    }
    let told: Vec<bool> = (0..3)
        .map(|k| {
            let ess = found.convergence[k].tail_ess;
            !narrowing(&priors()[k], found.draws.column(k), ess).is_nil()
        })
        .collect();
    assert_eq!(told, [true, true, false]);
}

/// "Above 215" as the last figure moves the slope up, and no draw needs to be near 215.
#[test]
fn a_printed_bound_pushes_to_its_good_side_only() {
    let mean_slope = |found: &Posterior| {
        let slopes = found.draws.column(1);
        slopes.iter().sum::<f64>() / slopes.len() as f64
    };
    let without = posterior(&record()[..9], SETTINGS);
    let with = |value| {
        let mut all = record();
        all[9] = Observation {
            value,
            printed: Printed::AtLeast,
            sd: SD,
        };
        mean_slope(&posterior(&all, SETTINGS))
    };
    let free = mean_slope(&without);
    assert!((with(100.0) - free).abs() < 0.05);
    assert!(with(215.0) > free + 0.2);
}

/// Refreshed only when the sampler changes on purpose: a saved fit would no longer be repeated.
#[test]
fn draws_stay_what_they_are() {
    let short = Settings {
        warm_up: 200,
        draws: 8,
        ..SETTINGS
    };
    let found = posterior(&record(), short);
    let shown: Vec<String> = (0..3)
        .map(|row| format!("{:?}", found.draws.row(row)))
        .collect();
    expect![[r#"
        [102.31284897820792, 9.639346895934082, 0.7194624439466797]
        [102.14813268610769, 9.745539454599143, 0.6390202012733841]
        [102.14813268610769, 9.745539454599143, 0.6390202012733841]"#]]
    .assert_eq(&shown.join("\n"));
}
