//! Targets: gap, share of the needed change, light; each by the rule of the pack.

use expect_test::{Expect, expect};
use tidemark_pack::assess::{Assessment, Held, Status};
use tidemark_pack::chance::Chance;
use tidemark_pack::scenario::Scenario;

use super::fixture::{ACTUALS, PACK, Town, with};

/// The one target of the town with other lines in it, on the run of a lever value.
#[track_caller]
fn judged(lines: &str, actuals: &str, effort: f64) -> Assessment {
    let old = "from = 2027\nto = 2027\nat = \"end\"\ncomparator = \">=\"\nvalue = 180\n";
    let pack = with(PACK, old, lines);
    let mut town = Town::new(&pack, actuals);
    let run = town.run(&town.effort(effort));
    town.bound.assess(&run).remove(0)
}

fn text(a: &Assessment) -> String {
    let digits = |value: Option<f64>| value.map_or("none".to_owned(), |v| format!("{v:.3}"));
    let mut out = format!(
        "{:?}: projected {}, gap {}, share {}, met in {:?}\n",
        a.status,
        digits(a.projected),
        digits(a.gap),
        digits(a.share.map(|s| s.0)),
        a.met_in
    );
    if let Some(p) = a.progress {
        out += &format!(
            "from {:?} {} {:.3} to {:.3}, projected {:.3}, settled {}, a year {} needed {} projected\n",
            p.origin,
            p.year,
            p.last,
            p.needed,
            p.projected,
            p.settled,
            digits(p.needed_per_year),
            digits(p.projected_per_year)
        );
    }
    let years = a.readings.iter();
    let years: Vec<_> = years
        .map(|r| format!("{} {} gap {}", r.year, digits(r.value), digits(r.gap)))
        .collect();
    out + &years.join("; ") + "\n"
}

#[track_caller]
fn check(lines: &str, actuals: &str, effort: f64, expected: Expect) {
    expected.assert_eq(&text(&judged(lines, actuals, effort)));
}

fn level(comparator: &str, value: f64) -> String {
    format!(
        "from = 2027\nto = 2027\nat = \"end\"\ncomparator = \"{comparator}\"\nvalue = {value:?}\n"
    )
}

const NO_ACTUALS: &str =
    "place,indicator,period,value,bound,unit,status,vintage,source,quote,note\n";

#[test]
fn a_miss_by_a_fifth_is_at_risk() {
    // 140 at the end of 2024, 175 projected: 35 of 40 needed.
    check(
        &level(">=", 180.0),
        ACTUALS,
        10.0,
        expect![[r#"
        AtRisk: projected 175.000, gap 5.000, share 0.875, met in Some(2028)
        from Actual 2024 140.000 to 180.000, projected 175.000, settled false, a year 13.333 needed 11.667 projected
        2027 175.000 gap 5.000; 2028 185.000 gap -5.000; 2030 205.000 gap -25.000
    "#]],
    );
}

#[test]
fn a_lever_that_closes_the_gap_reaches_it() {
    check(
        &level(">=", 180.0),
        ACTUALS,
        26.0,
        expect![[r#"
        Reached: projected 181.516, gap -1.516, share 1.038, met in Some(2027)
        from Actual 2024 140.000 to 180.000, projected 181.516, settled false, a year 13.333 needed 13.839 projected
        2027 181.516 gap -1.516; 2028 214.695 gap -34.695; 2030 331.295 gap -151.295
    "#]],
    );
}

#[test]
fn less_than_four_fifths_is_out_of_reach() {
    check(
        &level(">=", 190.0),
        ACTUALS,
        10.0,
        expect![[r#"
        OutOfReach: projected 175.000, gap 15.000, share 0.700, met in Some(2029)
        from Actual 2024 140.000 to 190.000, projected 175.000, settled false, a year 16.667 needed 11.667 projected
        2027 175.000 gap 15.000; 2028 185.000 gap 5.000; 2030 205.000 gap -15.000
    "#]],
    );
}

#[test]
fn just_below_is_not_reached_whatever_is_shown() {
    check(
        &level(">=", 175.000001),
        ACTUALS,
        10.0,
        expect![[r#"
        AtRisk: projected 175.000, gap 0.000, share 1.000, met in Some(2028)
        from Actual 2024 140.000 to 175.000, projected 175.000, settled false, a year 11.667 needed 11.667 projected
        2027 175.000 gap 0.000; 2028 185.000 gap -10.000; 2030 205.000 gap -30.000
    "#]],
    );
}

#[test]
fn a_target_met_and_kept_is_reached() {
    check(
        &level(">=", 140.0),
        ACTUALS,
        10.0,
        expect![[r#"
        Reached: projected 175.000, gap -35.000, share none, met in Some(2027)
        from Actual 2024 140.000 to 140.000, projected 175.000, settled false, a year 0.000 needed 11.667 projected
        2027 175.000 gap -35.000; 2028 185.000 gap -45.000; 2030 205.000 gap -65.000
    "#]],
    );
}

#[test]
fn a_target_met_and_lost_again_is_at_risk() {
    check(
        &level("<=", 150.0),
        ACTUALS,
        10.0,
        expect![[r#"
        AtRisk: projected 175.000, gap 25.000, share none, met in None
        from Actual 2024 140.000 to 150.000, projected 175.000, settled false, a year 3.333 needed 11.667 projected
        2027 175.000 gap 25.000; 2028 185.000 gap 35.000; 2030 205.000 gap 55.000
    "#]],
    );
}

#[test]
fn at_most_counts_the_other_way() {
    let falling = with(ACTUALS, "2024,140", "2024,200");
    check(
        &level("<=", 180.0),
        &falling,
        10.0,
        expect![[r#"
        Reached: projected 175.000, gap -5.000, share 1.250, met in Some(2027)
        from Actual 2024 200.000 to 180.000, projected 175.000, settled false, a year -6.667 needed -8.333 projected
        2027 175.000 gap -5.000; 2028 185.000 gap 5.000; 2030 205.000 gap 25.000
    "#]],
    );
}

#[test]
fn without_a_figure_the_model_at_the_cut_off_is_the_start() {
    check(
        &level(">=", 180.0),
        NO_ACTUALS,
        10.0,
        expect![[r#"
        AtRisk: projected 175.000, gap 5.000, share 0.800, met in Some(2028)
        from Model 2025 155.000 to 180.000, projected 175.000, settled false, a year 12.500 needed 10.000 projected
        2027 175.000 gap 5.000; 2028 185.000 gap -5.000; 2030 205.000 gap -25.000
    "#]],
    );
}

#[test]
fn plans_estimates_and_half_years_are_no_start() {
    let (_, rest) = ACTUALS.split_once("testtown,firms,2025H1").unwrap();
    let only = format!("{NO_ACTUALS}testtown,firms,2025H1{rest}");
    let start = judged(&level(">=", 180.0), &only, 10.0).progress.unwrap();
    assert_eq!(format!("{:?}", start.origin), "Model");
}

#[test]
fn a_published_year_is_judged_by_its_figure() {
    let lines = "from = 2024\nto = 2024\nat = \"end\"\ncomparator = \">=\"\nvalue = 141\n";
    check(
        lines,
        ACTUALS,
        10.0,
        expect![[r#"
        OutOfReach: projected 145.000, gap -4.000, share 5.000, met in Some(2024)
        from Actual 2024 140.000 to 141.000, projected 145.000, settled true, a year none needed none projected
        2027 175.000 gap -34.000; 2028 185.000 gap -44.000; 2030 205.000 gap -64.000
    "#]],
    );
}

#[test]
fn a_sum_over_years_starts_from_what_came_in() {
    let lines = "from = 2023\nto = 2027\nat = \"sum\"\ncomparator = \">=\"\nvalue = 800\n";
    check(
        lines,
        ACTUALS,
        10.0,
        expect![[r#"
        AtRisk: projected 743.750, gap 56.250, share 0.894, met in Some(2028)
        from Actual 2024 270.000 to 800.000, projected 743.750, settled false, a year 176.667 needed 157.917 projected
        2027 743.750 gap 56.250; 2028 922.500 gap -122.500; 2030 1310.000 gap -510.000
    "#]],
    );
}

#[test]
fn a_sum_with_a_year_unpublished_starts_from_the_model() {
    let lines = "from = 2022\nto = 2027\nat = \"sum\"\ncomparator = \">=\"\nvalue = 800\n";
    check(
        lines,
        ACTUALS,
        10.0,
        expect![[r#"
        Reached: projected 862.500, gap -62.500, share 1.236, met in Some(2027)
        from Model 2025 535.000 to 800.000, projected 862.500, settled false, a year 132.500 needed 163.750 projected
        2027 862.500 gap -62.500; 2028 1041.250 gap -241.250; 2030 1428.750 gap -628.750
    "#]],
    );
}

#[test]
fn a_growth_rate_is_judged_by_the_levels_it_stands_for() {
    let lines = "from = 2023\nto = 2027\nat = \"cagr\"\ncomparator = \">=\"\nvalue = 7\n";
    check(
        lines,
        ACTUALS,
        10.0,
        expect![[r#"
        AtRisk: projected 6.998, gap 0.002, share 1.000, met in None
        from Actual 2024 140.000 to 170.403, projected 170.388, settled false, a year 6.770 needed 6.767 projected
        2027 6.998 gap 0.002; 2028 6.782 gap 0.218; 2030 6.399 gap 0.601
    "#]],
    );
    check(
        lines,
        NO_ACTUALS,
        10.0,
        expect![[r#"
        AtRisk: projected 6.998, gap 0.002, share 0.999, met in None
        from Model 2025 148.750 to 168.765, projected 168.750, settled false, a year 6.515 needed 6.511 projected
        2027 6.998 gap 0.002; 2028 6.782 gap 0.218; 2030 6.399 gap 0.601
    "#]],
    );
}

#[test]
fn figures_of_two_bases_are_not_joined() {
    let mixed = with(
        ACTUALS,
        "2024,140,=,家,final,,",
        "2024,140,=,家,final,新口径,",
    );
    let lines = "from = 2023\nto = 2027\nat = \"cagr\"\ncomparator = \">=\"\nvalue = 7\n";
    let start = judged(lines, &mixed, 10.0).progress.unwrap();
    assert_eq!(format!("{:?}", start.origin), "Model");
}

#[test]
fn about_is_never_judged() {
    check(
        &level("~", 180.0),
        ACTUALS,
        10.0,
        expect![[r#"
        NotJudged: projected 175.000, gap 5.000, share 0.875, met in Some(2028)
        from Actual 2024 140.000 to 180.000, projected 175.000, settled false, a year 13.333 needed 11.667 projected
        2027 175.000 gap 5.000; 2028 185.000 gap -5.000; 2030 205.000 gap -25.000
    "#]],
    );
}

#[test]
fn a_pending_target_shows_its_figure_without_a_light() {
    let lines = level(">=", 180.0) + "pending = \"基数待核\"\n";
    check(
        &lines,
        ACTUALS,
        10.0,
        expect![[r#"
        Pending: projected 175.000, gap 5.000, share 0.875, met in Some(2028)
        from Actual 2024 140.000 to 180.000, projected 175.000, settled false, a year 13.333 needed 11.667 projected
        2027 175.000 gap 5.000; 2028 185.000 gap -5.000; 2030 205.000 gap -25.000
    "#]],
    );
}

#[test]
fn a_year_beyond_the_run_is_not_judged() {
    let lines = "from = 2040\nto = 2040\nat = \"end\"\ncomparator = \">=\"\nvalue = 180\n";
    check(
        lines,
        ACTUALS,
        10.0,
        expect![[r#"
        NotJudged: projected none, gap none, share none, met in None
        2027 175.000 gap 5.000; 2028 185.000 gap -5.000; 2030 205.000 gap -25.000
    "#]],
    );
}

/// How the town's target of some lines is held where a reader looks at a year, and in which years.
#[track_caller]
fn check_held(lines: &str, year: i32, expected: (Held, i32, i32)) {
    let old = "from = 2027\nto = 2027\nat = \"end\"\ncomparator = \">=\"\nvalue = 180\n";
    let mut town = Town::new(&with(PACK, old, lines), ACTUALS);
    let target = town.bound.pack().target[0].clone();
    let (held, span) = town.bound.held(&target, year);
    assert_eq!((held, span.from, span.to), expected, "{lines} in {year}");
    // What is assessed then is read in those years.
    let run = town.run(&Scenario::baseline());
    let judged = town.bound.assess_target_in(&run, &target, year, None);
    assert_eq!((judged.held, judged.span), (held, span));
    let read = town.bound.value(&run, &target.indicator, target.at, span);
    assert_eq!(judged.projected, read);
}

fn lines(at: &str, from: i32, to: i32) -> String {
    format!("from = {from}\nto = {to}\nat = \"{at}\"\ncomparator = \">=\"\nvalue = 180\n")
}

#[test]
fn levels_and_ratios_are_held_against_a_later_year_and_nothing_else_is() {
    for at in ["end", "mean"] {
        check_held(&lines(at, 2027, 2027), 2027, (Held::Own, 2027, 2027));
        check_held(&lines(at, 2027, 2027), 2030, (Held::Other, 2030, 2030));
        // A later target says nothing of an earlier year.
        check_held(&lines(at, 2030, 2030), 2027, (Held::Aside, 2030, 2030));
        // What is past is past.
        check_held(&lines(at, 2025, 2025), 2027, (Held::Aside, 2025, 2025));
    }
    for (at, from) in [("sum", 2027), ("sum", 2026), ("max", 2027), ("cagr", 2025)] {
        check_held(&lines(at, from, 2027), 2027, (Held::Own, from, 2027));
        check_held(&lines(at, from, 2027), 2030, (Held::Aside, from, 2027));
    }
}

#[test]
fn a_chance_is_judged_by_whole_members_and_only_where_one_is_given() {
    let rule = "[status_rule.probability]\nreached_from = 0.8\nrisk_from = 0.5\ntext = \"x\"\n\n";
    let pack = with(PACK, "[references]", &format!("{rule}[references]"));
    let light = |pack: &str, met: Option<usize>| {
        let mut town = Town::new(pack, ACTUALS);
        let run = town.run(&Scenario::baseline());
        let target = town.bound.pack().target[0].clone();
        let chance = met.and_then(|met| Chance::of(met, 1000));
        town.bound
            .assess_target_in(&run, &target, 2027, chance)
            .status
    };
    let all = [800, 799, 500, 499].map(|met| light(&pack, Some(met)));
    let expected = [
        Status::Reached,
        Status::AtRisk,
        Status::AtRisk,
        Status::OutOfReach,
    ];
    assert_eq!(all, expected);
    assert_eq!(light(&pack, None), Status::Unknown);
    // Without a rule for chances the light is that of the way it goes, whatever the chance.
    assert_eq!(light(PACK, Some(1000)), Status::AtRisk);
    let indicative = with(
        &pack,
        "note = \"按下限读\"",
        "note = \"x\"\nindicative = \"y\"",
    );
    assert_eq!(light(&indicative, Some(1000)), Status::Indicative);
    let pending = with(
        &pack,
        "note = \"按下限读\"",
        "note = \"x\"\npending = \"y\"",
    );
    assert_eq!(light(&pending, Some(1000)), Status::Pending);
}

#[test]
fn a_year_that_is_over_waits_for_its_figure() {
    let rule = "[status_rule.probability]\nreached_from = 0.8\nrisk_from = 0.5\ntext = \"x\"\n\n";
    let pack = with(PACK, "[references]", &format!("{rule}[references]"));
    let old = "from = 2027\nto = 2027\nat = \"end\"\ncomparator = \">=\"\nvalue = 180\n";
    let pack = with(&pack, old, &lines("end", 2025, 2025));
    let mut town = Town::new(&pack, ACTUALS);
    let run = town.run(&Scenario::baseline());
    assert_eq!(town.bound.assess(&run)[0].status, Status::Awaited);
}
