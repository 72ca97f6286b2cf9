//! What a site ships of a pack: its draws as they are known again, and what a page opens with.

use std::fmt::Write;

use tidemark_evidence::posterior::{BadFile, Part, Stored, parted, read, rows};
use tidemark_evidence::shipping::{Shipped, ship};
use tidemark_pack::version::{data_version, text_hash};
use tidemark_reach::draws::{Draws, MEMBERS, SEED};
use tidemark_reach::opening::Opening;

use super::town::{Town, town};

fn version(town: &Town) -> String {
    let compiled = &town.compiled;
    data_version(&compiled.pack, &compiled.actuals, &compiled.model)
}

/// A file of so many draws: 8 firms a year and a little more from row to row.
fn posterior(town: &Town, count: usize) -> String {
    let mut text = format!("# made by hand\n# data version {}\n", version(town));
    writeln!(
        text,
        "# seed 3, {count} draws of 1 chains\neffort,model_error"
    )
    .unwrap();
    for row in 0..count {
        writeln!(text, "{},0.01", 8.0 + row as f64 / 1000.0).unwrap();
    }
    text
}

fn shipped(town: &Town, posterior: Option<&str>) -> Shipped {
    let program = town.bound.program(&town.loaded.program);
    ship(town.compiled.clone(), &town.bound, &program, posterior).unwrap()
}

fn opening(shipped: &Shipped) -> Opening {
    Opening::read(shipped.compiled.opening.as_deref().unwrap()).unwrap()
}

fn stored(town: &Town, text: &str, part: Part) -> Result<Stored, BadFile> {
    read(text, &town.bound, &version(town), part)
}

/// Median of the register at the end of 2027.
fn register(town: &Town, opening: &Opening) -> f64 {
    let answer = opening.answer(&town.bound, MEMBERS, SEED).unwrap();
    answer.target("firms.2027", 2027).unwrap().band.unwrap().p50
}

#[test]
fn an_opening_is_of_the_draws_that_are_shipped() {
    let town = town();
    let text = posterior(&town, 1500);
    let of_all = shipped(&town, Some(&text));
    let [first, more] = &of_all.draws;
    assert_eq!(format!("{first}{more}"), text);
    let told = &of_all.compiled.draws;
    assert_eq!(
        told.iter().map(|file| file.rows).collect::<Vec<_>>(),
        [1000, 500]
    );
    assert_eq!(told[0].hash, text_hash(first));
    let opening = opening(&of_all);
    assert_eq!(opening.pack, town.bound.hash());
    assert_eq!(opening.draws, told[0].hash);
    // 100 firms in the middle of 2020, and so many in each of 7.5 years.
    let expected = 100.0 + 7.5 * 8.4995;
    let register = register(&town, &opening);
    assert!((register - expected).abs() < 0.5, "{register}");
}

/// The page makes its members of the same text: what it opens with is what it would compute.
#[test]
fn the_middle_is_that_of_the_shipped_draws() {
    let town = town();
    let text = posterior(&town, 1500);
    let first = parted(&text, MEMBERS)[0];
    let stored = stored(&town, first, Part::First(rows(first))).unwrap();
    let columns = (stored.parameters.as_slice(), &stored.draws);
    let draws = Draws::new(&town.bound, Some(columns), MEMBERS, SEED).unwrap();
    assert_eq!(opening(&shipped(&town, Some(&text))).middle, draws.middle());
}

/// What a member takes from the literature stands in no file, and is the same wherever it is read.
#[test]
fn literature_values_follow_from_the_seed_row_by_row() {
    let town = town();
    let text = posterior(&town, 1500);
    let whole = stored(&town, &text, Part::Whole).unwrap();
    let part = stored(&town, parted(&text, 1000)[0], Part::First(1000)).unwrap();
    assert_eq!(whole.parameters, ["effort", "model_error", "growth"]);
    assert_eq!(whole.draws.row(999), part.draws.row(999));
    assert_ne!(whole.draws.row(0)[2], whole.draws.row(1)[2]);
    let other = text.replace("# seed 3,", "# seed 4,");
    let other = stored(&town, &other, Part::Whole).unwrap();
    assert_ne!(whole.draws.row(0)[2], other.draws.row(0)[2]);
}

#[test]
fn without_draws_assumptions_are_drawn_from() {
    let town = town();
    let shipped = shipped(&town, None);
    assert!(shipped.compiled.draws.is_empty() && shipped.unusable.is_none());
    let opening = opening(&shipped);
    assert_eq!(opening.draws, "");
    let expected = 100.0 + 7.5 * 10.0;
    assert!((register(&town, &opening) - expected).abs() < 1e-6);
}

/// One cell or line of a good file changed at a time, each named for what it is.
#[test]
fn a_damaged_file_is_refused_for_what_is_wrong_with_it() {
    let town = town();
    let good = posterior(&town, 1200);
    stored(&town, &good, Part::Whole).unwrap();
    let line = |at: usize, to: &str| {
        let lines = good.lines().enumerate();
        let lines = lines.map(|(k, line)| if k + 1 == at { to } else { line });
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    let cut = |rows: usize| -> String {
        let kept = good.split_inclusive('\n').take(4 + rows);
        kept.collect()
    };
    let out = |text: &str| match stored(&town, text, Part::Whole) {
        Err(BadFile::OutOfPrior { line, id, .. }) => (line, id),
        Ok(_) => panic!("taken"),
        Err(other) => panic!("{other:?}"),
    };
    for value in ["NaN", "inf", "-inf", "1e300", "-80", "80"] {
        let found = out(&line(9, &format!("{value},0.01")));
        assert_eq!(found, (9, "effort".to_owned()), "{value}");
    }
    for text in ["8.1", "8.1,0.01,3", "8.1,", "8.1,x", "8.1;0.01"] {
        let bad = stored(&town, &line(7, text), Part::Whole);
        let expected = BadFile::BadLine {
            line: 7,
            columns: 2,
        };
        assert_eq!(bad, Err(expected), "{text}");
    }
    let whole = |text: &str| stored(&town, text, Part::Whole).map(|_| ()).unwrap_err();
    for rows in [0, 1, 10, 1199] {
        let expected = BadFile::OtherCount {
            told: 1200,
            found: rows,
        };
        assert_eq!(whole(&cut(rows)), expected);
    }
    let longer = format!("{good}8.1,0.01\n");
    assert_eq!(
        whole(&longer),
        BadFile::OtherCount {
            told: 1200,
            found: 1201
        }
    );
    let head = |head: &str| whole(&line(4, head));
    assert_eq!(head("effort"), BadFile::Missing("model_error".to_owned()));
    assert_eq!(head("effort,effort"), BadFile::Twice("effort".to_owned()));
    assert_eq!(head("effort,luck"), BadFile::Unknown("luck".to_owned()));
    assert_eq!(head("effort,growth"), BadFile::Unknown("growth".to_owned()));
    assert_eq!(whole(&line(3, "# by hand")), BadFile::NoOrigin);
    let now = version(&town);
    let other = |then: &str| BadFile::OtherData {
        then: then.to_owned(),
        now: now.clone(),
    };
    assert_eq!(whole(&line(2, "# data version 00ab")), other("00ab"));
    assert_eq!(whole(&line(2, "# by hand")), other(""));
    assert_eq!(whole("# only words\n"), BadFile::NoHeader);
    assert_eq!(whole(""), BadFile::NoHeader);
    assert_eq!(whole("<!doctype html>\n<p>404</p>\n"), other(""));
}

/// They are shipped as they are, so that a page can say what is wrong, and nothing is told of the baseline.
#[test]
fn draws_that_cannot_be_used_are_shipped_without_an_opening() {
    let town = town();
    let cut = parted(&posterior(&town, 1200), 10)[0].to_owned();
    let shipped = shipped(&town, Some(&cut));
    let expected = BadFile::OtherCount {
        told: 1200,
        found: 10,
    };
    assert_eq!(shipped.unusable, Some(expected));
    assert_eq!(shipped.compiled.opening, None);
    assert_eq!(shipped.compiled.draws[0].rows, 10);
}
