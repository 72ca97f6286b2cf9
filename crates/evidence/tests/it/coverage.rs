//! Foretold ranges of figures that were held back, over many made-up towns: an 80 % range holds the
//! figure four times in five.
//!
//! Truths are drawn from the priors and figures from the observation law, so that parameters, the
//! model's own error and the figures' have their parts in the range, as in a hindcast of a pack.

use tidemark_analysis::prior::Prior;
use tidemark_engine::{Uniforms, standard_normal};
use tidemark_evidence::fit::{Settings, fit};
use tidemark_evidence::hindcast::hindcast;
use tidemark_evidence::parameters::parameters;

use super::town::{RECORDS, SHORT, Town};

const TOWNS: usize = 60;
const YEARS: [&str; 8] = [
    "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027",
];

/// Yearly figures of a town of that pace and error: 100 firms in the middle of 2020, as many more a
/// year as the pace, off by the model's error and a hundredth of the figure's own.
fn figures(pace: f64, error: f64, town: u64) -> [f64; 8] {
    let mut from = Uniforms::of_study(town, 208, 1);
    let whole = (error * error + 0.01 * 0.01).sqrt();
    let mut years = 0.5;
    [0; 8].map(|_| {
        let level = 100.0 + pace * years;
        years += 1.0;
        level * (1.0 + whole * standard_normal(&mut from))
    })
}

#[test]
fn ranges_hold_as_many_figures_as_they_say() {
    let wide = "mean = 14, sd = 6";
    assert!(RECORDS.contains(wide));
    let records = RECORDS.replace(wide, "mean = 14, sd = 3");
    // Of 2024 to 2027: figures within their range, and within one of half the width.
    let mut held = [[0, 0]; 4];
    let priors = held_back_priors(&records);
    let settings = Settings {
        thin: 12,
        settle: 80,
        ..SHORT
    };
    for town in 0..TOWNS as u64 {
        let mut from = Uniforms::of_study(town, 208, 0);
        let [pace, error] = priors.map(|prior| prior.quantile(from.next_open()));
        let values = figures(pace, error, town);
        let rows: Vec<_> = YEARS
            .iter()
            .zip(values)
            .map(|(year, value)| ("firms", *year, value, "=", "final"))
            .collect();
        let town = Town::new(&records, &rows);
        let study = town.study().unwrap();
        let fit = fit(&study, true, settings, &mut |_, _, _| {}).unwrap();
        // Ranges are those of the fit that has not seen the figures; no other is needed here.
        let found = hindcast(&study, &fit, &fit, "test").unwrap();
        for (k, held) in held.iter_mut().enumerate() {
            let year = YEARS[4 + k];
            let mut points = found.series[0].points.iter();
            let point = points.find(|point| point.period == year).unwrap();
            let [low, middle, high] = point.foretold.unwrap();
            for (held, part) in held.iter_mut().zip([1.0, 0.5]) {
                let end = |end: f64| middle + part * (end - middle);
                *held += usize::from((end(low)..=end(high)).contains(&values[4 + k]));
            }
        }
    }
    // Binomial of 60 and 0.8: 48, of deviation 3.1; four of them are seen once in 16,000 times.
    for [held, by_half] in held {
        assert!((36..=60).contains(&held), "{held} of {TOWNS}");
        // Half of a normal range holds 0.48 of all: 29, of deviation 3.9.
        assert!(
            (14..=44).contains(&by_half),
            "{by_half} of {TOWNS} within half the range"
        );
    }
}

/// Priors of pace and model error in the fit that holds back.
fn held_back_priors(records: &str) -> [Prior; 2] {
    let town = Town::new(records, &[("firms", "2020", 105.0, "=", "final")]);
    let study = town.study().unwrap();
    let all = parameters(study.bound, true).unwrap();
    [0, 1].map(|k| all[k].prior)
}
