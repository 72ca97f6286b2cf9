//! Hindcasts: who is scored, who is not, what enough points are.

use tidemark_evidence::hindcast::hindcast;
use tidemark_pack::record::credibility::{Credibility, SeriesRow, SeriesUse, VerdictWord};

use super::town::{RECORDS, ROWS, Town, fitted};

fn record(rows: &[(&str, &str, f64, &str, &str)]) -> Credibility {
    let town = Town::new(RECORDS, rows);
    let study = town.study().unwrap();
    let (held, whole) = (
        fitted(&study, true).unwrap(),
        fitted(&study, false).unwrap(),
    );
    hindcast(&study, &held, &whole, "test").unwrap()
}

fn series<'c>(found: &'c Credibility, indicator: &str) -> &'c SeriesRow {
    let mut all = found.series.iter();
    all.find(|row| row.indicator == indicator).unwrap()
}

#[test]
fn few_points_are_not_judged_and_imposed_series_not_scored() {
    let found = record(&ROWS);
    let firms = series(&found, "firms");
    // 2024 and the first half of 2025; a bound and a plan are shown only.
    assert_eq!((firms.scored, firms.points.len()), (2, 8));
    let score = firms.score.as_ref().unwrap();
    assert_eq!(score.mape.unwrap().verdict, Some(VerdictWord::Few));
    assert_eq!((score.bias, score.coverage), (None, None));
    let rd = series(&found, "rd");
    assert_eq!((rd.used, rd.scored), (SeriesUse::Imposed, 0));
    assert_eq!(rd.score, None);
    assert!(
        found
            .acceptance
            .iter()
            .all(|row| row.verdict == VerdictWord::Few)
    );
    assert_eq!([found.held_back.figures, found.whole.figures], [4, 7]);
    let years: Vec<i32> = firms.years.iter().map(|y| y.year).collect();
    assert_eq!(years, (2020..=2027).collect::<Vec<_>>());
}

/// Four figures on the line that the fitted ones lie on pass; four far off do not.
#[test]
fn enough_points_are_judged_by_the_table() {
    let with = |later: [f64; 4]| {
        let years = ["2024", "2025", "2026", "2027"];
        let held = years.into_iter().zip(later);
        let held = held.map(|(year, value)| ("firms", year, value, "=", "final"));
        let rows: Vec<_> = ROWS[..4].iter().copied().chain(held).collect();
        record(&rows)
    };
    let verdict = |found: &Credibility, measure: &str| {
        let mut rows = found.acceptance.iter();
        rows.find(|row| row.measure == measure).unwrap().verdict
    };
    let good = with([141.0, 150.0, 159.0, 168.0]);
    let firms = &good.series[0];
    assert_eq!(firms.scored, 4);
    let score = firms.score.as_ref().unwrap();
    assert_eq!(score.mape.unwrap().verdict, Some(VerdictWord::Good));
    assert!(score.coverage.is_some());
    assert_eq!(verdict(&good, "mape"), VerdictWord::Good);
    assert_eq!(verdict(&good, "ratio_1"), VerdictWord::Few);
    let bad = with([170.0, 190.0, 215.0, 240.0]);
    assert_eq!(verdict(&bad, "mape"), VerdictWord::Refused);
    assert_eq!(verdict(&bad, "coverage"), VerdictWord::Refused);
    assert_eq!(verdict(&bad, "bias"), VerdictWord::Refused);
}

/// The range of a figure holds more than that of a year: the figure's own error.
#[test]
fn ranges_of_figures_hold_their_error() {
    let found = record(&ROWS);
    let firms = series(&found, "firms");
    let figure = firms.points.iter().find(|p| p.period == "2024").unwrap();
    let year = firms.years.iter().find(|y| y.year == 2024).unwrap();
    let [low, _, high] = figure.foretold.unwrap();
    assert!(low < year.held_back[0] && year.held_back[2] < high);
    assert_eq!(figure.time, year.time);
    // A year back the fit on all is surer than the one that has not seen it.
    assert!(year.whole[2] - year.whole[0] < year.held_back[2] - year.held_back[0]);
}
