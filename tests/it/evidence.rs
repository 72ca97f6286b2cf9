//! The shipped posterior and record of credibility are those of the shipped data.
//!
//! A whole fit takes a minute: `tidemark calibrate` and `tidemark hindcast --write` make both files
//! again, to the byte. Here stored draws walk on for a while, and stay where they are.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use std::fs;
use std::path::{Path, PathBuf};

use tidemark_analysis::convergence::quantile;
use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_evidence::fit::{LEAST_ESS, MOST_R_HAT, wandering};
use tidemark_evidence::posterior::{Part, Stored, read};
use tidemark_evidence::study::Study;
use tidemark_pack::record::credibility::{Credibility, ParameterRole, SeriesUse};
use tidemark_pack::version::data_version;

use crate::pack::bound_ningbo;

fn file(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("packs/ningbo");
    let path: &Path = &folder.join(name);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn stored() -> Stored {
    let (compiled, bound) = bound_ningbo();
    let now = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    let again = "run `tidemark calibrate` and `tidemark hindcast --write` on packs/ningbo";
    let stored = read(&file("posterior.csv"), &bound, &now, Part::Whole);
    stored.unwrap_or_else(|bad| panic!("{bad}: {again}"))
}

fn record() -> Credibility {
    serde_json::from_str(&file("credibility.json")).unwrap()
}

fn with_study(check: impl FnOnce(&Study<'_>)) {
    let (compiled, bound) = bound_ningbo();
    let mut faults = Diagnostics::new();
    let loaded: Loaded =
        tidemark_engine::load(&compiled.model.text, "model.xmile", &mut faults).unwrap();
    check(&Study::new(&compiled, &loaded, &bound).unwrap());
}

#[test]
fn stored_draws_and_credibility_belong_to_the_present_data() {
    let (stored, record) = (stored(), record());
    with_study(|study| {
        let again = "run `tidemark calibrate` and `tidemark hindcast --write` on packs/ningbo";
        assert_eq!(stored.data_version, study.data_version, "{again}");
        assert_eq!(record.data_version, study.data_version, "{again}");
    });
    assert!(stored.draws.count() >= 2000);
    for fit in [&record.held_back, &record.whole] {
        assert!(fit.r_hat <= MOST_R_HAT && fit.ess >= LEAST_ESS, "{fit:?}");
    }
    // Both files come from one fit.
    for (column, row) in record.parameters.iter().enumerate() {
        assert_eq!(row.id, stored.parameters[column]);
        let mut draws = stored.draws.column(column).to_vec();
        draws.sort_by(f64::total_cmp);
        let median = quantile(&draws, 0.5);
        // The file keeps four digits.
        let near = (median - row.posterior[1]).abs() <= 6e-4 * row.posterior[1].abs();
        assert!(near, "{}: {median}, not {:?}", row.id, row.posterior);
    }
}

#[test]
fn stored_draws_stay_where_they_are() {
    let stored = stored();
    with_study(|study| {
        let moved = wandering(study, &stored, 400, 60, 26).unwrap();
        // Noise of 1 / √400 a parameter, of which there are at most twelve.
        assert!(moved.iter().all(|d| *d < 0.25), "{moved:?}");
    });
}

#[test]
fn the_record_holds_what_the_page_shows() {
    let record = record();
    let fitted = record.parameters.iter();
    let fitted = fitted.filter(|p| p.role == ParameterRole::Fitted).count();
    assert!((1..=12).contains(&fitted), "{fitted} are fitted");
    for series in &record.series {
        let judged = matches!(
            series.used,
            SeriesUse::Fitted | SeriesUse::Checked | SeriesUse::Restated
        );
        assert!(judged || series.scored == 0, "{}", series.indicator);
        assert!(!series.points.is_empty());
        let ordered = series.years.windows(2).all(|y| y[0].year < y[1].year);
        assert!(ordered, "{}", series.indicator);
        for year in &series.years {
            for [low, middle, high] in [year.held_back, year.whole] {
                assert!(low <= middle && middle <= high, "{}", series.indicator);
            }
        }
    }
    let gdp = record.series.iter().find(|s| s.indicator == "gdp_nominal");
    assert_eq!(gdp.unwrap().used, SeriesUse::Imposed);
}
