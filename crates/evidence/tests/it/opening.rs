//! What a page opens with: of the first draws as they are shipped, and known by them.

use std::fmt::Write;

use tidemark_evidence::opening::{NotMade, opening};
use tidemark_evidence::posterior::{BadFile, from_text, parted};
use tidemark_pack::version::text_hash;
use tidemark_reach::draws::{Draws, MEMBERS, SEED};
use tidemark_reach::opening::Opening;

use super::town::{Town, town};

/// A file of so many draws: 8 firms a year and a little more from row to row.
fn posterior(count: usize) -> String {
    let mut text = "# data version abc\neffort,model_error\n".to_owned();
    for row in 0..count {
        writeln!(text, "{},0.01", 8.0 + row as f64 / 1000.0).unwrap();
    }
    text
}

fn made(town: &Town, posterior: Option<&str>) -> Opening {
    let program = town.bound.program(&town.loaded.program);
    opening(&town.bound, &program, posterior).unwrap()
}

/// Median of the register at the end of 2027.
fn register(town: &Town, opening: &Opening) -> f64 {
    let answer = opening.answer(&town.bound, MEMBERS, SEED).unwrap();
    answer.target("firms.2027", 2027).unwrap().band.unwrap().p50
}

#[test]
fn an_opening_is_of_the_draws_that_are_shipped() {
    let town = town();
    let text = posterior(1500);
    let shipped = parted(&text, MEMBERS)[0];
    let of_all = made(&town, Some(&text));
    assert_eq!(of_all, made(&town, Some(shipped)));
    assert_eq!(of_all.pack, town.bound.hash());
    assert_eq!(of_all.draws, text_hash(shipped));
    // 100 firms in the middle of 2020, and so many in each of 7.5 years.
    let expected = 100.0 + 7.5 * 8.4995;
    let register = register(&town, &of_all);
    assert!((register - expected).abs() < 0.5, "{register}");
}

/// The page makes its members of the same text: what it opens with is what it would compute.
#[test]
fn the_middle_is_that_of_the_shipped_draws() {
    let town = town();
    let text = posterior(1500);
    let stored = from_text(parted(&text, MEMBERS)[0]).unwrap();
    let columns = (stored.parameters.as_slice(), &stored.draws);
    let draws = Draws::new(&town.bound, Some(columns), MEMBERS, SEED).unwrap();
    assert_eq!(made(&town, Some(&text)).middle, draws.middle());
}

#[test]
fn without_draws_assumptions_are_drawn_from() {
    let town = town();
    let opening = made(&town, None);
    assert_eq!(opening.draws, "");
    let expected = 100.0 + 7.5 * 10.0;
    assert!((register(&town, &opening) - expected).abs() < 1e-6);
}

#[test]
fn draws_that_cannot_be_read_are_refused() {
    let town = town();
    let program = town.bound.program(&town.loaded.program);
    let bad = opening(&town.bound, &program, Some("# only words\n"));
    assert!(matches!(bad, Err(NotMade::File(BadFile::NoHeader))));
    let other = opening(&town.bound, &program, Some("luck\n1\n"));
    assert!(matches!(other, Err(NotMade::Draws(_))));
}
