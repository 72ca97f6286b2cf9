//! An answer on its way through a message: a head and numbers, read back as they were, or refused.

use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_reach::answer::{Answer, Head, WorldAnswer};
use tidemark_reach::draws::{Draws, SEED};
use tidemark_reach::scope::{Scope, Wish};
use tidemark_reach::study::Study;

use crate::harbour::{Goal, Harbour};

const GOALS: [Goal<'_>; 3] = [
    ("left", "left", ">=", 51.0),
    ("idle", "idle", "<=", 29.0),
    // Not judged.
    ("around", "right", "~", 20.0),
];
const MEMBERS: usize = 40;

fn wish(is_whole: bool) -> Wish {
    Wish {
        year: 2029,
        lines: vec!["firms".to_owned()],
        is_whole,
        tables: false,
    }
}

/// An answer with all that one may hold: chances and none, bands and none, a named world.
fn answer(harbour: &Harbour, wish: &Wish) -> Answer {
    let Harbour { bound, program } = harbour;
    let draws = Draws::new(bound, None, MEMBERS, SEED).unwrap();
    let mut study = Study::prepare(bound, program, draws, &Scope::of(bound, wish)).unwrap();
    let mut moved = Scenario::baseline();
    let default = bound.default_setting("push").unwrap();
    let setting = LeverSetting {
        value: 3.0,
        ..default
    };
    moved.levers.insert("push".to_owned(), setting);
    let mut work = study.begin(&moved, MEMBERS);
    while work.progress().0 < MEMBERS {
        study.advance(bound, &mut work).unwrap();
    }
    let (mut outcome, baseline) = work.into_outcomes();
    // A member without a figure leaves its year without a band.
    outcome.lines[0].values[1][7] = f64::NAN;
    let joint = ["left".to_owned(), "idle".to_owned()];
    let mut answer = Answer::of(bound, (7, wish), (&outcome, &baseline), &joint);
    let lines = answer.lines.iter();
    answer.worlds = vec![WorldAnswer {
        id: "fair".to_owned(),
        lines: lines.map(|line| vec![1.5; line.bands.len()]).collect(),
    }];
    answer
}

/// As a message goes.
fn sent(head: &Head) -> Head {
    let text = serde_json::to_string(head).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn an_answer_reads_back_as_it_was() {
    let harbour = Harbour::new(&GOALS);
    for is_whole in [true, false] {
        let answer = answer(&harbour, &wish(is_whole));
        let (head, numbers) = answer.written();
        let read = Answer::read(&harbour.bound, sent(&head), &numbers).unwrap();
        // As text, in which a number that is none equals itself.
        assert_eq!(format!("{read:?}"), format!("{answer:?}"));
        // It does hold something.
        assert!(answer.target("left", 2029).unwrap().chance.is_some());
        assert!(answer.target("around", 2029).unwrap().chance.is_none());
        assert!(answer.joint(2029).is_some());
        let bands = &answer.line("firms").unwrap().bands;
        assert!(bands[0].is_some() && bands[1].is_none());
        // To the bit, and back again.
        let (again, more) = read.written();
        let bits = |numbers: &[f64]| -> Vec<u64> { numbers.iter().map(|n| n.to_bits()).collect() };
        assert_eq!((again, bits(&more)), (head, bits(&numbers)));
    }
}

#[test]
fn medians_that_were_sent_answer_the_keys_of_the_scope() {
    let harbour = Harbour::new(&GOALS);
    let (wish, bound) = (wish(true), &harbour.bound);
    let (head, numbers) = answer(&harbour, &wish).written();
    let read = Answer::read(bound, sent(&head), &numbers).unwrap();
    for key in Scope::of(bound, &wish).keys {
        assert!(read.now.get(key).is_some(), "{key:?}");
        assert!(read.base.get(key).is_some(), "{key:?}");
    }
    let left = bound
        .target_key(bound.target("left").unwrap(), 2029)
        .unwrap();
    let (now, base) = (read.now.get(left).unwrap(), read.base.get(left).unwrap());
    // 0.6 for each of three steps of `push`, in every member.
    assert!((now - base - 1.8).abs() < 1e-9, "{now} {base}");
}

#[test]
fn what_does_not_fit_its_head_or_the_pack_is_refused() {
    let harbour = Harbour::new(&GOALS);
    let (head, numbers) = answer(&harbour, &wish(true)).written();
    let check = |edit: &dyn Fn(&mut Head), numbers: &[f64]| {
        let mut head = head.clone();
        edit(&mut head);
        assert_eq!(
            Answer::read(&harbour.bound, head.clone(), numbers),
            None,
            "{head:?}"
        );
    };
    let same = |_: &mut Head| {};
    check(&same, &numbers[1..]);
    check(&same, &[]);
    check(&same, &[&numbers[..], &[0.0]].concat());
    check(&|head| head.targets.truncate(2), &numbers);
    check(&|head| head.lines[0].2 += 1, &numbers);
    check(&|head| head.worlds.push("foul".to_owned()), &numbers);
    // As many numbers as it says, but not those that the pack asks for.
    check(&|head| head.figures -= 1, &numbers[..numbers.len() - 2]);
    check(&|head| head.wish.is_whole = false, &numbers);
    check(
        &|head| head.wish.tables = true,
        &[&numbers[..], &[0.0; 4]].concat(),
    );
    // Lengths that no memory has.
    for huge in [usize::MAX, usize::MAX / 2, usize::MAX / 11] {
        check(&|head| head.lines[0].2 = huge, &numbers);
        check(&|head| head.figures = huge, &numbers);
        let twice = |head: &mut Head| {
            head.lines[0].2 = huge;
            head.lines.push(("left".to_owned(), 2026, huge));
        };
        check(&twice, &numbers);
    }
}
