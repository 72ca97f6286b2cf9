//! A workshop as the page orders it: packs opened or refused, scenarios answered, levers surveyed.

use super::Workshop;
use crate::inquiry;
use crate::protocol::inquiry::Settings;
use crate::protocol::{Ask, Order, Refusal, Report, Spread};
use crate::view_model::tests::compiled;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_pack::version::data_version;
use tidemark_reach::answer::Answer;
use tidemark_reach::scope::Wish;

/// The town's file and what it is bound to, and the version of its data.
fn town() -> (String, Bound, String) {
    let (compiled, loaded) = compiled(|pack| pack);
    let bound = bind(&compiled, &loaded, &mut Diagnostics::new()).unwrap();
    let version = data_version(&compiled.pack, &compiled.actuals, &compiled.model);
    (compiled.to_json(), bound, version)
}

fn open(pack: &str, draws: Option<&str>) -> Order {
    Order::Open {
        pack: pack.to_owned(),
        draws: draws.map(str::to_owned),
    }
}

fn ask(ticket: u64, effort: f64, bound: &Bound) -> Ask {
    let mut scenario = Scenario::baseline();
    let default = bound.default_setting("effort").unwrap();
    let setting = LeverSetting {
        value: effort,
        ..default
    };
    scenario.levers.insert("effort".to_owned(), setting);
    Ask {
        ticket,
        draws: 100,
        members: 100,
        spread: Spread::Whole,
        settings: inquiry::settings(&scenario),
        joint: vec!["firms.2027".to_owned()],
        wish: Wish::opening(bound),
    }
}

#[test]
fn draws_that_cannot_be_used_are_refused_and_nothing_is_drawn_instead() {
    let (pack, bound, version) = town();
    let other = "# data version 0000000000000000\ngrowth_drift\n0.1\n";
    let ghost = format!("# data version {version}\nghost\n0.1\n");
    let empty = format!("# data version {version}\n");
    for draws in ["", "no draws", other, &ghost, &empty] {
        let mut shop = Workshop::new(64);
        // One that was open before is no longer answered for.
        for order in [open(&pack, None), open(&pack, Some(draws))] {
            let reports = shop.order(order);
            if let [Report::Opened { .. }] = reports[..] {
                continue;
            }
            let [Report::Refused(refusal)] = &reports[..] else {
                panic!("{draws}: {reports:?}");
            };
            let is_of_draws = matches!(refusal, Refusal::DrawsUnusable(_) | Refusal::DrawsStale);
            assert!(is_of_draws, "{draws}: {refusal:?}");
        }
        let reports = shop.order(Order::Run(ask(1, 20.0, &bound)));
        assert!(matches!(reports[..], [Report::Refused(_)]), "{reports:?}");
        assert!(!shop.is_busy() && shop.advance().is_none());
    }
}

#[test]
fn a_pack_that_cannot_be_read_is_refused() {
    let mut shop = Workshop::new(64);
    let reports = shop.order(open("{", None));
    assert!(
        matches!(reports[..], [Report::Refused(Refusal::Pack(_))]),
        "{reports:?}"
    );
}

#[test]
fn without_a_fit_it_opens_on_assumptions_and_says_so() {
    let (pack, _, _) = town();
    let reports = Workshop::new(64).order(open(&pack, None));
    let [Report::Opened { from_fit, middle }] = &reports[..] else {
        panic!("{reports:?}");
    };
    assert!(!from_fit);
    let ids: Vec<&str> = middle.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["growth"]);
}

/// All that is told until nothing is left to do.
fn told(shop: &mut Workshop) -> Vec<(Report, Vec<f64>)> {
    let mut all = Vec::new();
    while shop.is_busy() {
        all.extend(shop.advance());
    }
    all
}

#[test]
fn an_ask_goes_before_a_survey_and_the_newer_ask_before_the_older() {
    let (pack, bound, _) = town();
    let mut shop = Workshop::new(16);
    shop.order(open(&pack, None));
    let survey = Order::Survey {
        ticket: 9,
        settings: Settings::default(),
        members: 20,
    };
    assert_eq!(shop.order(survey), []);
    assert_eq!(shop.order(Order::Run(ask(1, 20.0, &bound))), []);
    shop.advance();
    let left = shop.order(Order::Run(ask(2, 40.0, &bound)));
    assert_eq!(left, [Report::Stopped { ticket: 1 }]);
    let told = told(&mut shop);
    let answers = told
        .iter()
        .enumerate()
        .filter_map(|(k, (report, numbers))| match report {
            Report::Answer { head, apart: None } => Some((k, head.clone(), numbers)),
            _ => None,
        });
    let [(at, head, numbers)] = &answers.collect::<Vec<_>>()[..] else {
        panic!("{told:?}");
    };
    assert_eq!(head.ticket, 2);
    let answer = Answer::read(&bound, head.clone(), numbers).unwrap();
    // With 40 firms a year the register passes 180 in every member.
    let met = answer.target("firms.2027", 2027).unwrap().chance.unwrap();
    assert_eq!((met.met, met.members), (100, 100));
    assert_eq!(answer.joint(2027), Some(met));
    let last = told.last().map(|(report, _)| report);
    let Some(Report::Effects { ticket: 9, effects }) = last else {
        panic!("{last:?}");
    };
    assert!(*at < told.len() - 1);
    // 20 firms a year instead of 10, half of them in the first year.
    let change = effects.of(0, "firms.2027", 2027).unwrap();
    assert!((3.0..7.0).contains(&change), "{change}");
}

#[test]
fn bands_of_one_uncertainty_come_with_the_answer_of_all_of_it() {
    let (pack, bound, _) = town();
    let mut shop = Workshop::new(64);
    shop.order(open(&pack, None));
    let ask = Ask {
        spread: Spread::Effect,
        ..ask(1, 20.0, &bound)
    };
    shop.order(Order::Run(ask));
    let told = told(&mut shop);
    let Some((Report::Answer { head, apart }, numbers)) = told.last() else {
        panic!("{told:?}");
    };
    let (own, from) = apart.clone().unwrap();
    let whole = Answer::read(&bound, head.clone(), &numbers[..from]).unwrap();
    let apart = Answer::read(&bound, own, &numbers[from..]).unwrap();
    // The town's only draw is the world's: without it there is no spread, and the chances stay those of all.
    let width = |answer: &Answer| {
        let line = answer.line("rd_gdp").unwrap();
        let band = line.bands.last().unwrap().unwrap();
        band.p90 - band.p10
    };
    assert!(width(&whole) > 0.0, "{}", width(&whole));
    assert_eq!(width(&apart), 0.0);
    assert!(whole.target("rd.2027", 2027).unwrap().chance.is_some());
}
