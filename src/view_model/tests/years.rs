//! Targets looked at in another year than their own.

use super::*;
use crate::view_model::rows::{TargetDetails, TargetRow};
use crate::view_model::{scoreboard, solver, target};

/// A sum, a growth over a span and one that is past, on tiles beside the two levels.
const MORE: &str = r#"
[[target]]
id = "rd.sum"
indicator = "rd"
from = 2026
to = 2027
at = "sum"
comparator = ">="
value = 50.0
source = "plan"
note = ""
tile = 3

[[target]]
id = "firms.growth"
indicator = "firms"
from = 2024
to = 2027
at = "cagr"
comparator = ">="
value = 6.0
source = "plan"
note = ""
tile = 4

[[target]]
id = "firms.2025"
indicator = "firms"
from = 2025
to = 2025
at = "end"
comparator = ">="
value = 150
source = "plan"
note = ""
tile = 5
"#;

const YEAR: i32 = 2030;

fn town() -> Town {
    Town::edited(None, |pack| format!("{pack}\n{MORE}"))
}

fn looked_at(year: i32) -> [Action; 1] {
    [Action::YearChosen(year)]
}

fn tile<'a>(page: &'a PageView, id: &str) -> &'a TargetRow {
    page.scoreboard
        .tiles
        .iter()
        .find(|row| row.id == id)
        .unwrap()
}

#[test]
fn levels_and_ratios_are_held_against_the_year_with_its_own_chance() {
    let mut town = town();
    let (own, later) = (town.page([]), town.page(looked_at(YEAR)));
    let said = |page: &PageView, id: &str| {
        let row = tile(page, id);
        let chance = row.chance.as_ref().map_or("—", |chance| &chance.text);
        let words = [
            row.light.word,
            &row.value,
            &row.period,
            chance,
            &row.gap,
            &row.held,
        ];
        words.join(" | ")
    };
    // The model has 175 firms in 2027 and 205 in 2030.
    assert_eq!(
        said(&own, "firms.2027"),
        "难达成 | 175 | 2027年 | <5% | 差 5 家 | "
    );
    assert_eq!(
        said(&later, "firms.2027"),
        "可达成 | 205 | 2030年 | >95% | 超出 25 家 | 按2027年目标值看2030年"
    );
    let ratio = said(&later, "rd.2027");
    assert!(ratio.ends_with("按2027年目标值看2030年"), "{ratio}");
    assert!(
        later
            .years
            .iter()
            .any(|&(year, is_shown)| year == YEAR && is_shown)
    );
    // Everything that speaks of the target speaks of that year.
    let aria = &tile(&later, "firms.2027").aria;
    assert!(aria.contains("2030年推演值 205 家"), "{aria}");
    let title = &later.figures[0].figure.title;
    assert!(title.contains("2030年企业约 205 家"), "{title}");
    assert!(later.summary.contains("看2030年"), "{}", later.summary);
}

#[test]
fn sums_growth_and_what_is_past_stand_aside() {
    let mut town = town();
    let (own, later) = (town.page([]), town.page(looked_at(YEAR)));
    for (id, held) in [
        ("rd.sum", "只按2026—2027年看"),
        ("firms.growth", "只按2024—2027年看"),
        ("firms.2025", "只按2025年看"),
    ] {
        let (before, after) = (tile(&own, id), tile(&later, id));
        assert!(after.is_aside, "{id}");
        assert_eq!(after.held, held);
        // It says what it said.
        assert_eq!(
            (&before.value, &before.period, &before.light, &before.chance),
            (&after.value, &after.period, &after.light, &after.chance),
            "{id}"
        );
    }
    for id in ["rd.sum", "firms.growth"] {
        assert!(
            !tile(&own, id).is_aside && tile(&own, id).held.is_empty(),
            "{id}"
        );
        assert!(tile(&own, id).chance.is_some(), "{id}");
    }
    // What is past is no headline in any year.
    assert!(tile(&own, "firms.2025").is_aside);
    assert_eq!(tile(&own, "firms.2025").light.word, "待公布");
}

#[test]
fn a_later_target_stands_aside_in_an_earlier_year() {
    let mut town = town();
    let state = town.state();
    let further = town.with(&state, scoreboard::further);
    let row = further.iter().find(|row| row.id == "firms.2030").unwrap();
    assert!(row.is_aside && row.held == "只按2030年看", "{row:?}");
    let state = reduce(&state, Action::YearChosen(YEAR));
    let further = town.with(&state, scoreboard::further);
    let row = further.iter().find(|row| row.id == "firms.2030").unwrap();
    assert!(!row.is_aside && row.held.is_empty(), "{row:?}");
}

#[test]
fn a_whole_answer_knows_every_year_at_once() {
    let mut town = town();
    let state = town.state();
    town.answer(&state);
    town.members = Members::Silent;
    let later = town.page(looked_at(YEAR));
    assert!(later.scoreboard.ensemble.is_current);
    assert_eq!(tile(&later, "firms.2027").light.word, "可达成");
    let joint = later.scoreboard.ensemble.joint.as_ref().unwrap();
    assert_eq!(joint.text, "4项同时达成 <5%（不到半成）");
}

#[test]
fn the_drawer_tells_each_year_with_its_own_chance_whatever_is_looked_at() {
    let mut town = town();
    let mut readings = |year: i32| -> Vec<String> {
        let state = reduce(&town.state(), Action::YearChosen(year));
        let told = |inputs: &Inputs<'_>| -> Option<(TargetRow, TargetDetails)> {
            target::target(inputs, 0)
        };
        let (_, details) = town.with(&state, told).unwrap();
        let cells = details.readings.iter();
        cells
            .map(|cell| {
                let chance = cell.chance.as_deref().unwrap_or("—");
                let light = cell.light.map_or("—", |light| light.word);
                format!("{} {} {light} {chance}", cell.year, cell.value)
            })
            .collect()
    };
    let expected = [
        "2027 175 家 难达成 <5%",
        "2028 185 家 可达成 >95%",
        "2030 205 家 可达成 >95%",
        "2031 215 家 可达成 >95%",
    ];
    assert_eq!(readings(2027), expected);
    assert_eq!(readings(YEAR), expected);
}

#[test]
fn effects_and_questions_are_of_the_year() {
    let mut town = town();
    let (own, later) = (town.page([]), town.page(looked_at(YEAR)));
    let chip = |page: &PageView| page.levers[0].effect.as_ref().unwrap().text.clone();
    assert_eq!(
        [chip(&own), chip(&later)],
        ["2027年 +4 家", "2030年 +79 家"]
    );
    assert_eq!(later.ordered_by, "按对2030年企业的作用排列");
    // Of another target, where one was chosen.
    let chosen = town.page([Action::TargetChosen(1), Action::YearChosen(YEAR)]);
    assert_eq!(chip(&chosen), "2030年 +0.23 个百分点");
    assert_eq!(chosen.ordered_by, "按对2030年研发强度的作用排列");
    let state = reduce(&town.state(), Action::YearChosen(YEAR));
    assert_eq!(solver::question(&town.bound, &state).year, YEAR);
    let view = solver::view(&town.bound, &state, &crate::inquiry::Standing::default());
    let labels: Vec<&str> = view.targets.iter().map(|t| t.label.as_str()).collect();
    assert_eq!(labels[0], "2030年企业（按2027年目标值）");
    assert!(labels.contains(&"2026—2027年研发经费"), "{labels:?}");
}

#[test]
fn a_year_beyond_the_run_has_no_figure_and_no_effect() {
    let old = "reading_years = [2027, 2028, 2030]";
    let mut town = Town::edited(None, |pack| pack.replace(old, "reading_years = [2040]"));
    let page = town.page([]);
    let row = tile(&page, "firms.2027");
    assert_eq!((row.value.as_str(), &row.chance), ("—", &None));
    assert!(page.levers[0].effect.is_none());
}

#[test]
fn a_year_of_a_link_is_shown_and_one_that_is_not_named_is_told() {
    let mut town = town();
    let state = reduce(&town.state(), Action::YearChosen(YEAR));
    let link = state.link();
    assert!(link.contains("&y=2030&"), "{link}");
    let page = town.page([Action::LinkOpened(link.clone())]);
    assert_eq!(tile(&page, "firms.2027").period, "2030年");
    assert!(page.notices.is_empty());
    let other = link.replace("&y=2030", "&y=2029");
    let page = town.page([Action::LinkOpened(other)]);
    assert_eq!(tile(&page, "firms.2027").period, "2027年");
    let [notice] = &page.notices[..] else {
        panic!("{:?}", page.notices);
    };
    assert!(notice.lines[0].contains("2029"), "{notice:?}");
}
