//! Fits: what enters, what comes out, what is said when nothing does.

use tidemark_evidence::fit::{FitError, Settings, fit, wandering};
use tidemark_evidence::posterior::{Origin, Part, read, to_text};
use tidemark_evidence::study::NoStudy;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;

use super::town::{MODEL, RECORDS, ROWS, SHORT, Town, fitted, town};

#[test]
fn figures_are_read_as_the_pack_reads_them() {
    let town = town();
    let study = town.study().unwrap();
    let reads: Vec<_> = study.figures.iter().map(|f| f.read).collect();
    let mut runs = study.runs(&[], &reads).unwrap();
    let values = runs.values(&tidemark_analysis::points::Points::zeros(1, 0));
    let mut runner = Runner::prepare(&town.bound, &town.loaded.program).unwrap();
    let run = runner.baseline(&town.bound, &Scenario::baseline());
    let mut seen = 0;
    for (column, figure) in study.figures.iter().enumerate() {
        let actual = &town.bound.actuals()[figure.actual];
        if figure.period.is_full_year() {
            let year = figure.period.year;
            let expected = town.bound.yearly_value(&run, &actual.indicator, year);
            let found = values.at(0, column);
            assert!((found - expected.unwrap()).abs() < 1e-9, "{actual:?}");
            seen += 1;
        }
    }
    assert_eq!((seen, study.figures.len()), (8, 9));
    // The middle of 2025 lies 5 years after the opening.
    let half = study.figures.iter().position(|f| !f.period.is_full_year());
    assert!((values.at(0, half.unwrap()) - 150.0).abs() < 1e-9);
}

/// The rate is normal: precision and mean by the normal equations at the median error.
#[test]
fn a_rate_is_what_its_figures_say() {
    let town = town();
    let study = town.study().unwrap();
    let found = fitted(&study, false).unwrap();
    // Plans and imposed series do not enter; a bound and a half year do.
    assert_eq!(
        (found.n_figures, found.n_fitted, found.last_year),
        (7, 2, 2025)
    );
    let error = 0.009;
    let (mut precision, mut right) = (1.0 / 16.0, 12.0 / 16.0);
    for (years, value, part) in [
        (0.5, 105.0, 0.01),
        (1.5, 113.0, 0.01),
        (2.5, 122.0, 0.01),
        (3.5, 132.0, 0.01),
        (4.5, 140.0, 0.01),
        (5.0, 145.0, 0.02),
    ] {
        let variance: f64 = value * value * (part * part + error * error);
        precision += years * years / variance;
        right += years * (value - 100.0) / variance;
    }
    let [low, middle, high] = found.narrowing(0).unwrap().posterior;
    let (mean, sd) = (right / precision, 1.0 / f64::sqrt(precision));
    assert!((middle - mean).abs() < 0.3 * sd, "{middle}, not {mean}");
    assert!(((high - low) / (2.563 * sd) - 1.0).abs() < 0.2);
    assert!(!found.narrowing(0).unwrap().is_nil());
    // Nothing moves the literature.
    let growth = found.narrowing(2).unwrap();
    assert!(growth.is_nil(), "{growth:?}");
}

#[test]
fn a_fit_that_holds_back_sees_less_and_has_its_own_prior() {
    let town = town();
    let study = town.study().unwrap();
    let found = fitted(&study, true).unwrap();
    assert_eq!((found.n_figures, found.last_year), (4, 2023));
    assert!((found.parameters[0].prior.quantile(0.5) - 14.0).abs() < 1e-9);
    // Later figures do not matter: other ones give the same bits.
    let mut rows = ROWS;
    rows[4].2 = 400.0;
    let other = Town::new(RECORDS, &rows);
    let other = fitted(&other.study().unwrap(), true).unwrap();
    assert_eq!(found.draws, other.draws);
}

#[test]
fn draws_are_stored_and_known_again() {
    let town = town();
    let study = town.study().unwrap();
    let found = fitted(&study, false).unwrap();
    let origin = Origin {
        data_version: study.data_version.clone(),
        made_by: "test".to_owned(),
        seed: SHORT.seed,
    };
    let stored = read(
        &to_text(&found, &origin),
        study.bound,
        &study.data_version,
        Part::Whole,
    )
    .unwrap();
    assert_eq!(stored.data_version, study.data_version);
    assert_eq!(stored.parameters, ["effort", "model_error", "growth"]);
    assert_eq!(stored.draws.count(), 800);
    for row in [0, 799] {
        for (kept, drawn) in stored.draws.row(row).iter().zip(found.draws.row(row)) {
            assert!((kept / drawn - 1.0).abs() < 6e-4);
        }
    }
    let still = wandering(&study, &stored, 400, 40, 1).unwrap();
    assert!(still.iter().all(|d| *d < 0.25), "{still:?}");
    // Draws of other figures wander.
    let rows = ROWS.map(|(i, p, v, b, s)| (i, p, if i == "firms" { v + 15.0 } else { v }, b, s));
    let other = Town::new(RECORDS, &rows);
    let lost = wandering(&other.study().unwrap(), &stored, 400, 40, 1).unwrap();
    assert!(lost[0] > 1.0, "{lost:?}");
}

#[test]
fn what_has_not_converged_is_named() {
    let town = town();
    let study = town.study().unwrap();
    let few = Settings {
        draws: 400,
        thin: 1,
        warm_up: 200,
        ..SHORT
    };
    let error = fit(&study, false, few, &mut |_, _, _| {}).unwrap_err();
    let FitError::NotConverged(unmet) = &error else {
        panic!("{error}");
    };
    assert!(!unmet.is_empty());
    assert!(error.to_string().contains("`effort`"), "{error}");
}

#[test]
fn a_pack_without_records_has_no_study() {
    let none = Town::new("", &ROWS);
    assert_eq!(none.study().unwrap_err(), NoStudy::NoRecords);
    let early = Town::new(RECORDS, &[("firms", "2019", 90.0, "=", "final")]);
    assert_eq!(early.study().unwrap_err(), NoStudy::NoFigures);
    assert!(MODEL.contains("<start>2020.5</start>"));
}
