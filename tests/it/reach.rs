//! The city's members: each is to the bit what a single run of it gives, and draws move what they say.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use tidemark_app::ensemble::{Answer, Workshop};
use tidemark_app::inquiry;
use tidemark_app::protocol::{self, Order, Report};
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::reading::Span;
use tidemark_pack::record::Reading;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_reach::ask::{Ask, Reach};
use tidemark_reach::draws::{self, Draws, Spread};
use tidemark_reach::inverse::{Aim, Solution, Solver};
use tidemark_reach::scope::{Scope, Wish};
use tidemark_reach::study::{Halt, Study};
use tidemark_reach::why::{Asked, Settings, Why};

use crate::pack::{bound_ningbo, city};

const SEED: u64 = 20_261_126;

fn scope(bound: &Bound) -> Scope {
    Scope {
        targets: bound.pack().target.iter().map(|t| t.id.clone()).collect(),
        lines: vec!["rd_gdp_rebased".to_owned(), "hnte_count".to_owned()],
        years: Some((2026, 2030)),
        ..Scope::default()
    }
}

fn study(bound: &Bound, program: &Program, draws: Draws) -> Study {
    Study::prepare(bound, program, draws, &scope(bound)).unwrap()
}

/// Every lever at the upper end of its safe range, from the pack's start on.
fn all_safe(bound: &Bound) -> Scenario {
    let mut scenario = Scenario::default();
    for lever in &bound.pack().lever {
        let setting = LeverSetting {
            value: lever.safe.max,
            ..bound.default_setting(&lever.id).unwrap()
        };
        scenario.levers.insert(lever.id.clone(), setting);
    }
    bound.clamp(&scenario).0
}

fn go_on(_: usize, _: usize) -> bool {
    true
}

#[test]
fn a_member_without_draws_is_the_single_run_to_the_bit() {
    let (bound, program) = city();
    let mut study = study(&bound, &program, Draws::certain(3));
    let mut runner = Runner::prepare(&bound, &program).unwrap();
    let mut moved = all_safe(&bound);
    moved.assumptions.insert("real_growth".to_owned(), 4.2);
    for scenario in [Scenario::baseline(), moved.without_levers(), moved] {
        let outcome = study.scenario(&bound, &scenario, 3, &mut go_on).unwrap();
        let baseline = runner.baseline(&bound, &scenario);
        let run = runner.scenario(&bound, &scenario, &baseline);
        for judged in bound.assess(&run) {
            let figures = outcome.target(&judged.target).unwrap();
            let projected = judged.projected.unwrap_or(f64::NAN).to_bits();
            for value in &figures.values {
                assert_eq!(value.to_bits(), projected, "{}", judged.target);
            }
        }
        for line in &outcome.lines {
            for (year, values) in line.years.iter().zip(&line.values) {
                let single = bound.yearly_value(&run, &line.indicator, *year).unwrap();
                assert_eq!(values[2].to_bits(), single.to_bits(), "{year}");
            }
        }
    }
}

#[test]
fn members_keep_their_draws_and_pieces_change_nothing() {
    let (bound, program) = city();
    let draws = Draws::new(&bound, None, 700, SEED).unwrap();
    let mut many = study(&bound, &program, draws.clone());
    let mut few = study(&bound, &program, draws.first(40));
    let scenario = all_safe(&bound);
    let many = many.scenario(&bound, &scenario, 700, &mut go_on).unwrap();
    let few = few.scenario(&bound, &scenario, 40, &mut go_on).unwrap();
    assert_eq!((many.count, few.count), (700, 40));
    for (many, few) in many.targets.iter().zip(&few.targets) {
        assert_eq!(many.values[..40], few.values[..], "{}", many.target);
    }
}

#[test]
fn levers_move_members_one_way_and_uncertainties_can_be_told_apart() {
    let (bound, program) = city();
    let draws = Draws::new(&bound, None, 200, SEED).unwrap();
    let scenario = all_safe(&bound);
    let mut widths = Vec::new();
    for spread in [Spread::Whole, Spread::Environment, Spread::Effect] {
        let mut study = study(&bound, &program, draws.with(spread));
        let baseline = study.baseline(&bound, &scenario, 200, &mut go_on).unwrap();
        let moved = study.scenario(&bound, &scenario, 200, &mut go_on).unwrap();
        let (before, after) = (
            baseline.line("rd_gdp_rebased").unwrap(),
            moved.line("rd_gdp_rebased").unwrap(),
        );
        let apart = after.differences(before);
        // 2026 lies before any lever's start.
        let still = apart[0].unwrap();
        assert_eq!((still.p10, still.p90), (0.0, 0.0));
        let later = apart[4].unwrap();
        assert!(later.p10 > 0.0, "{later:?}");
        let of_baseline = before.bands()[4].unwrap();
        widths.push((of_baseline.p90 - of_baseline.p10, later.p90 - later.p10));
    }
    let [whole, environment, effect] = widths[..] else {
        panic!("{widths:?}")
    };
    // A baseline does not know how strong policy is; a difference knows mostly that.
    assert!(
        environment.0 > 0.9 * whole.0 && effect.0 < 0.5 * whole.0,
        "{widths:?}"
    );
    assert!(effect.1 > environment.1, "{widths:?}");
}

#[test]
fn work_can_be_stopped_and_taken_up_again() {
    let (bound, program) = city();
    let draws = Draws::new(&bound, None, 1100, SEED).unwrap();
    let mut study = study(&bound, &program, draws);
    let scenario = all_safe(&bound);
    let mut left = 2;
    let mut stop = |_, _| {
        left -= 1;
        left > 0
    };
    let stopped = study.scenario(&bound, &scenario, 1100, &mut stop);
    assert_eq!(stopped, Err(Halt::Stopped));
    let whole = study.scenario(&bound, &scenario, 1100, &mut go_on).unwrap();
    assert_eq!(whole.count, 1100);
}

fn solved(target: &str, aim: Aim, locked: &[&str]) -> (Bound, Ask, Solution) {
    let (bound, program) = city();
    let draws = Draws::new(&bound, None, 400, SEED).unwrap();
    let mut ask = Ask::new(vec![target.to_owned()], 0.8);
    ask.locked = locked.iter().map(|&id| id.to_owned()).collect();
    let now = Scenario::baseline();
    let mut solver = Solver::new(&bound, &program, draws, &ask, &now, &mut go_on).unwrap();
    let solution = solver.solve(aim, &mut go_on).unwrap();
    (bound, ask, solution)
}

/// Inside safe ranges, on the levers' grids, no locked lever moved, no rule broken by it.
#[track_caller]
fn check_respects(bound: &Bound, ask: &Ask, scenario: &Scenario) {
    for (id, setting) in &scenario.levers {
        assert!(!ask.locked.contains(id), "{id} is locked");
        let lever = bound.lever(id).unwrap();
        let safe = lever.safe.min - 1e-9..=lever.safe.max + 1e-9;
        assert!(safe.contains(&setting.value), "{id} {}", setting.value);
    }
    assert_eq!(bound.clamp(scenario), (scenario.clone(), vec![]));
    let (_, program) = city();
    let mut runner = Runner::prepare(bound, &program).unwrap();
    let baseline = runner.baseline(bound, scenario);
    let run = runner.scenario(bound, scenario, &baseline);
    for report in bound.judge_rules(&baseline, &run) {
        let rule = &bound.pack().rule[report.rule].id;
        assert!(
            !report.verdict.is_own(),
            "{rule}: {:?}",
            report.telling_year()
        );
    }
}

#[test]
fn a_target_in_reach_is_just_reached_within_ranges_and_rules() {
    let target = "city.st_fund_scale.target.2027";
    let (bound, ask, least) = solved(target, Aim::LeastMovement, &["fund_leverage"]);
    assert!(least.is_reached, "{least:?}");
    check_respects(&bound, &ask, &least.scenario);
    let (bound, ask, most) = solved(target, Aim::Most, &[]);
    assert!(most.joint.unwrap().share >= least.joint.unwrap().share);
    assert!(least.movement <= most.movement);
    check_respects(&bound, &ask, &most.scenario);
}

#[test]
fn the_surest_answer_is_no_less_sure_than_the_easiest() {
    let (bound, program) = city();
    let draws = Draws::new(&bound, None, 400, SEED).unwrap();
    // From rest alone the rules hold the search up half way.
    let ask = Ask {
        reach: Reach::Hard,
        start: Some(2026.0),
        ..Ask::new(vec!["city.hnte_count.target.2027".to_owned()], 0.8)
    };
    let now = Scenario::baseline();
    let mut solver = Solver::new(&bound, &program, draws, &ask, &now, &mut go_on).unwrap();
    let easiest = solver.solve(Aim::LeastMovement, &mut go_on).unwrap();
    let surest = solver.solve(Aim::Most, &mut go_on).unwrap();
    assert!(easiest.is_reached && surest.is_reached, "{surest:?}");
    let share = |solution: &Solution| solution.joint.unwrap().share;
    assert!(share(&surest) > share(&easiest), "{surest:?}");
}

#[test]
fn a_target_out_of_reach_is_said_to_be() {
    let (bound, program) = city();
    let draws = Draws::new(&bound, None, 400, SEED).unwrap();
    let ask = Ask::new(vec!["city.rd_intensity.target.2027".to_owned()], 0.8);
    let now = Scenario::baseline();
    let mut solver = Solver::new(&bound, &program, draws, &ask, &now, &mut go_on).unwrap();
    assert!(solver.is_out_of_reach(&mut go_on).unwrap());
    let most = solver.solve(Aim::Most, &mut go_on).unwrap();
    assert!(!most.is_reached);
    check_respects(&bound, &ask, &most.scenario);
}

fn asked(indicator: &str, at: Reading, year: i32) -> Asked {
    Asked {
        indicator: indicator.to_owned(),
        at,
        span: Span::year(year),
    }
}

#[test]
fn shares_of_levers_sum_to_the_scenario_s_effect() {
    let (bound, program) = city();
    let figures = [
        asked("rd_gdp_rebased", Reading::Mean, 2030),
        asked("hnte_count", Reading::End, 2028),
    ];
    let mut why = Why::prepare(&bound, &program, &figures).unwrap();
    let all = all_safe(&bound);
    let mut few = all.clone();
    few.levers.retain(|id, _| {
        ["hnte_first_cert", "univ_lab_budget", "fiscal_st_growth"].contains(&id.as_str())
    });
    let settings = Settings { pairs: 4, seed: 1 };
    let mut runner = Runner::prepare(&bound, &program).unwrap();
    for scenario in [few, all] {
        let baseline = runner.baseline(&bound, &scenario);
        let run = runner.scenario(&bound, &scenario, &baseline);
        let shares = why.shares(&bound, &scenario, settings).unwrap();
        assert_eq!(shares.levers.len(), scenario.levers.len());
        for (asked, found) in figures.iter().zip(&shares.attributions) {
            let read = |run| {
                bound
                    .value(run, &asked.indicator, asked.at, asked.span)
                    .unwrap()
            };
            assert_eq!(found.without.to_bits(), read(&baseline).to_bits());
            assert_eq!(found.with_all.to_bits(), read(&run).to_bits());
            let sum: f64 = found.parts.iter().map(|part| part.share.value).sum();
            assert!((sum - (found.with_all - found.without)).abs() < 1e-9);
        }
    }
}

#[test]
fn a_ratio_s_change_is_told_apart_without_a_rest() {
    let (bound, program) = city();
    let figures = [asked("rd_gdp_rebased", Reading::Mean, 2030)];
    let mut why = Why::prepare(&bound, &program, &figures).unwrap();
    let (from, to) = (Scenario::baseline(), all_safe(&bound));
    let split = why.split(&bound, 0, &from, &to).unwrap().unwrap();
    let shares = why
        .shares(&bound, &to, Settings { pairs: 2, seed: 1 })
        .unwrap();
    let whole = shares.attributions[0].with_all - shares.attributions[0].without;
    assert!(
        (split.above + split.below - whole).abs() < 1e-12,
        "{split:?} {whole}"
    );
    // More research, and a little more output to divide it by.
    assert!(split.above > 0.0 && split.below <= 0.0, "{split:?}");
}

#[test]
fn the_next_lever_is_known_with_its_price() {
    let (bound, program) = city();
    let figures = [asked("hnte_count", Reading::End, 2028)];
    let mut why = Why::prepare(&bound, &program, &figures).unwrap();
    let next = why.next(&bound, &Scenario::baseline(), |_| 1.0).unwrap();
    let of = |id: &str| next.iter().find(|next| next.lever == id).unwrap();
    let (cert, talent) = (of("hnte_first_cert"), of("talent_projects"));
    assert!(cert.changes[0] > 10.0 && cert.cost > 0.0, "{cert:?}");
    assert!(
        talent.changes[0].abs() < 1.0 && talent.cost > 0.0,
        "{talent:?}"
    );
}

#[test]
fn pieces_of_any_size_and_works_in_between_give_the_same_members() {
    let (bound, program) = city();
    let draws = Draws::new(&bound, None, 130, SEED).unwrap();
    let mut whole = study(&bound, &program, draws.clone());
    let scenario = all_safe(&bound);
    let expected = whole.scenario(&bound, &scenario, 100, &mut go_on).unwrap();
    let mut pieces = study(&bound, &program, draws);
    pieces.set_piece(24);
    let mut other = Scenario::baseline();
    other.assumptions.insert("real_growth".to_owned(), 4.0);
    let mut work = pieces.begin(&scenario, 100);
    let mut between = pieces.begin(&other, 30);
    let mut parts = 0;
    while work.progress().0 < work.progress().1 {
        pieces.advance(&bound, &mut work).unwrap();
        if parts == 4 {
            pieces.advance(&bound, &mut between).unwrap();
        }
        parts += 1;
    }
    // Two parts of each of five pieces, and baselines anew after other assumptions.
    assert!(parts > 10, "{parts}");
    let (outcome, baseline) = work.into_outcomes();
    assert_eq!(outcome, expected);
    let before = whole.baseline(&bound, &scenario, 100, &mut go_on).unwrap();
    assert_eq!(baseline, before);
}

/// An answer of the page's workshop, run natively on the shipped pack.
fn answered(bound: &Bound, piece: usize, order: &[Order]) -> Answer {
    let mut shop = Workshop::new(piece);
    for order in order {
        shop.order(order.clone());
    }
    loop {
        if let Some((Report::Answer { head, .. }, numbers)) = shop.advance() {
            return Answer::read(bound, head, &numbers).unwrap();
        }
    }
}

#[test]
fn the_page_gives_the_same_chances_as_a_study_of_the_same_draws() {
    let (compiled, bound) = bound_ningbo();
    let (_, program) = city();
    let draws = Draws::new(&bound, None, 300, draws::SEED).unwrap();
    let scenario = all_safe(&bound);
    let year = 2027;
    let scope = Scope {
        year: Some(year),
        ..scope(&bound)
    };
    let mut study = Study::prepare(&bound, &program, draws, &scope).unwrap();
    let expected = study.scenario(&bound, &scenario, 300, &mut go_on).unwrap();
    let ask = protocol::Ask {
        ticket: 3,
        draws: 300,
        members: 300,
        spread: protocol::Spread::Whole,
        settings: inquiry::settings(&scenario),
        joint: vec!["city.hnte_count.target.2027".to_owned()],
        wish: Wish {
            year,
            lines: vec!["rd_gdp_rebased".to_owned()],
            is_whole: true,
            tables: false,
        },
    };
    let open = Order::Open {
        pack: compiled.to_json(),
        draws: None,
    };
    let orders = [open, Order::Run(ask)];
    let answer = answered(&bound, 256, &orders);
    for target in &expected.targets {
        let shown = answer.target(&target.target, year).unwrap();
        assert_eq!(shown.chance, target.chance(), "{}", target.target);
        assert_eq!(shown.band, target.band(), "{}", target.target);
    }
    let one = answer.target("city.hnte_count.target.2027", year).unwrap();
    assert_eq!(answer.joint(year), one.chance);
    assert_eq!(answer.worlds.len(), bound.pack().world.len());
    assert_eq!(answered(&bound, 16, &orders), answer);
}
