//! Sensitivities: one target, moved by one parameter only.

use tidemark_analysis::sensitivity::Settings;
use tidemark_evidence::posterior::{Origin, Part, read, to_text};
use tidemark_evidence::sensitivity::{NoAnswer, sensitivity, worths};

use super::town::{fitted, town};

/// The register of 2027 is 100 and 7.5 years of effort; growth does not touch it.
#[test]
fn a_target_moves_with_what_it_is_made_of() {
    let town = town();
    let study = town.study().unwrap();
    let settings = Settings {
        pairs: 500,
        seed: 3,
    };
    let found = sensitivity(&study, settings).unwrap();
    let ids: Vec<&str> = found.uncertain.iter().map(|u| u.id.as_str()).collect();
    assert_eq!(
        ids,
        ["effort", "growth", "growth"],
        "the model's own error moves nothing"
    );
    let tornado = &found.tornado[0];
    assert!((tornado.middle - 190.0).abs() < 1e-9);
    let widest = tornado.swings[0];
    assert_eq!(widest.parameter, 0);
    assert!((widest.width() - 7.5 * 2.563_103 * 4.0).abs() < 1e-3);
    let first = found.sobol[0].parameters[0].first;
    assert!((first.value - 1.0).abs() < 4.0 * first.error.max(1e-6));
}

#[test]
fn a_figure_is_worth_what_it_tells_of_the_target() {
    let town = town();
    let study = town.study().unwrap();
    let fit = fitted(&study, false).unwrap();
    let origin = Origin {
        data_version: study.data_version.clone(),
        made_by: "test".to_owned(),
        seed: 7,
    };
    let stored = read(
        &to_text(&fit, &origin),
        study.bound,
        &study.data_version,
        Part::Whole,
    )
    .unwrap();
    let found = worths(&study, &stored, 1).unwrap();
    let [firms, rd] = &found.figures[..] else {
        panic!("{found:?}");
    };
    // Error of the model itself stays, that of the rate goes.
    assert!(
        firms.narrowing[0] > 0.02 && firms.narrowing[0] < 0.9,
        "{found:?}"
    );
    assert!(rd.narrowing[0] < 0.02, "{found:?}");
    let mut other = stored;
    other.parameters[0] = "effort2".to_owned();
    assert_eq!(worths(&study, &other, 1), Err(NoAnswer::OtherDraws));
}
