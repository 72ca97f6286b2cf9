//! Targets: gap, share of the needed change, light; each by the rule of the pack.

use expect_test::{Expect, expect};
use tidemark_pack::assess::Assessment;

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
