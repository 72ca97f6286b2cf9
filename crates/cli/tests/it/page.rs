//! The page and the command say the same, to the bit: chances, medians, settings, what stands in the
//! way. The page's side is its workshop, as its worker runs it, with the files the page reads.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tidemark_app::ensemble::{Answer, Workshop};
use tidemark_app::inquiry::settings;
use tidemark_app::protocol::inquiry::{Found, Kind, Question, Reach, Seek, Settings, Short, Told};
use tidemark_app::protocol::{Ask, FIRST_DRAWS, Order, Report, Spread};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::assess::Status;
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::compiled::read;
use tidemark_pack::figures::{Figures, Key};
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_reach::scope::Wish;

use super::shell::Workspace;

const MEMBERS: usize = 200;
/// Year that both look at when nothing is said.
const YEAR: i32 = 2027;

/// A pack's folder, its compiled file, and the file of draws that the page reads.
struct Place {
    workspace: Workspace,
    folder: String,
    pack: String,
    draws: Option<String>,
    bound: Bound,
}

impl Place {
    fn new(workspace: Workspace, folder: &str) -> Self {
        let (code, _, err) = workspace.tidemark(&["pack", folder, "-o", "page.json"]);
        assert_eq!(code, 0, "{err}");
        let pack = fs::read_to_string(workspace.path("page.json")).unwrap();
        let posterior = workspace.path(folder).join("posterior.csv");
        let mut faults = Diagnostics::new();
        let compiled = read(&pack, "page.json", &mut faults).unwrap();
        let model = &compiled.model;
        let loaded = tidemark_engine::load(&model.text, &model.name, &mut faults).unwrap();
        Self {
            draws: fs::read_to_string(posterior).ok().map(|text| first(&text)),
            bound: bind(&compiled, &loaded, &mut faults).unwrap(),
            folder: folder.to_owned(),
            workspace,
            pack,
        }
    }

    /// The shipped pack of the city, with its fit.
    fn city() -> Self {
        Self::shipped("ningbo")
    }

    fn shipped(place: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../packs")
            .join(place);
        Self::new(Workspace::new(), &folder.display().to_string())
    }

    fn town(edit: (&str, &str)) -> Self {
        let workspace = Workspace::new();
        workspace.edit("packs/testtown/pack.toml", edit.0, edit.1);
        Self::new(workspace, "packs/testtown")
    }

    /// The command's answer as JSON, whether it is yes or no.
    #[track_caller]
    fn command(&self, command: &str, arguments: &[&str]) -> Value {
        let members = MEMBERS.to_string();
        let head = [
            command,
            self.folder.as_str(),
            "--json",
            "--members",
            &members,
        ];
        let (code, out, err) = self.workspace.tidemark(&[&head[..], arguments].concat());
        assert!(code < 2, "{err}");
        serde_json::from_str(&out).unwrap()
    }

    fn workshop(&self) -> Workshop {
        let mut shop = Workshop::new(256);
        let opened = shop.order(Order::Open {
            pack: self.pack.clone(),
            draws: self.draws.clone(),
        });
        let is_fitted = self.draws.is_some();
        let [Report::Opened { from_fit, .. }] = opened.as_slice() else {
            panic!("{opened:?}");
        };
        assert_eq!(*from_fit, is_fitted);
        shop
    }

    /// What the page shows of chances, looked at in a year.
    fn chances(&self, now: &Scenario, joint: Vec<String>, year: i32) -> Answer {
        let mut shop = self.workshop();
        let refused = shop.order(Order::Run(Ask {
            ticket: 1,
            draws: MEMBERS,
            members: MEMBERS,
            spread: Spread::Whole,
            settings: settings(now),
            joint,
            wish: Wish {
                year,
                lines: Vec::new(),
                is_whole: true,
                tables: false,
            },
        }));
        assert_eq!(refused, []);
        loop {
            if let Some((Report::Answer { head, .. }, numbers)) = shop.advance() {
                return Answer::read(&self.bound, head, &numbers).unwrap();
            }
        }
    }

    /// What the page is told of a search.
    fn told(&self, seek: Seek) -> (Vec<Found>, Option<Short>) {
        let (mut found, mut short) = (Vec::new(), None);
        self.workshop()
            .answer(&Question::Seek(seek), &mut |told| match told {
                Told::Found(one) => found.push(one),
                Told::Short(one) => short = Some(*one),
                Told::Failed(why) => panic!("{why}"),
                _ => {}
            });
        (found, short)
    }

    fn moved(&self, lever: &str, value: f64) -> Scenario {
        let default = self.bound.default_setting(lever).unwrap();
        let mut scenario = Scenario::baseline();
        let setting = LeverSetting { value, ..default };
        scenario.levers.insert(lever.to_owned(), setting);
        scenario
    }
}

/// The first draws with their heads, as the site ships them.
fn first(posterior: &str) -> String {
    let heads = posterior.lines().take_while(|line| line.starts_with('#'));
    let count = heads.count() + 1 + FIRST_DRAWS;
    posterior.split_inclusive('\n').take(count).collect()
}

fn seek(target: &str, locked: &[&str]) -> Seek {
    Seek {
        now: Settings::default(),
        targets: vec![target.to_owned()],
        confidence: 0.8,
        locked: locked.iter().map(|&id| id.to_owned()).collect(),
        reach: Reach::Safe,
        envelope: None,
        keeps_rules: true,
        start: None,
        year: YEAR,
        may_cut: false,
        members: MEMBERS,
    }
}

/// Numbers of JSON are read back to the bit.
#[track_caller]
fn check_bits(command: &Value, page: Option<f64>, what: &str) {
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    assert_eq!(
        bits(command.as_f64()),
        bits(page),
        "{what}: {command} {page:?}"
    );
}

#[track_caller]
fn check_share(command: &Value, met: Option<usize>, members: usize) {
    let share = met.map(|met| met as f64 / members as f64);
    check_bits(command, share, "share");
}

#[track_caller]
fn check_solution(command: &Value, page: &Found) {
    check_share(&command["probability"], page.met, page.members);
    check_bits(&command["cost"], Some(page.cost), "cost");
    check_bits(
        &command["largest_yearly_cost"],
        Some(page.largest_cost),
        "largest cost",
    );
    check_bits(&command["movement"], Some(page.movement), "movement");
    assert_eq!(command["reached"], page.is_reached);
    let levers = command["levers"].as_array().unwrap();
    assert_eq!(levers.len(), page.settings.levers.len());
    for (lever, (id, [value, start, ..])) in levers.iter().zip(&page.settings.levers) {
        assert_eq!(lever["id"], **id);
        check_bits(&lever["value"], Some(*value), id);
        check_bits(&lever["start"], Some(*start), id);
    }
    let targets = command["targets"].as_array().unwrap();
    assert_eq!(targets.len(), page.targets.len());
    for ((target, (id, median, met)), when) in targets.iter().zip(&page.targets).zip(&page.when) {
        assert_eq!(target["id"], **id);
        check_bits(&target["projected"], *median, id);
        let year = |name: &str| target["earliest"][name].as_i64().map(|year| year as i32);
        assert_eq!((year("median"), year("sure")), *when, "{id}");
        check_share(&target["probability"], *met, page.members);
    }
}

#[track_caller]
fn check_chances(place: &Place, arguments: &[&str], now: &Scenario, year: i32) {
    let said = year.to_string();
    let command = place.command("reach", &[arguments, &["--year", &said]].concat());
    let of_command = command["targets"].as_array().unwrap();
    let joint = command["joint"]["targets"].as_array().unwrap().iter();
    let joint = joint.map(|id| id.as_str().unwrap().to_owned()).collect();
    let page = place.chances(now, joint, year);
    let shown_then = page.targets.iter().filter(|target| target.year == year);
    assert_eq!(of_command.len(), shown_then.clone().count());
    for (target, shown) in of_command.iter().zip(shown_then) {
        assert_eq!(target["id"], *shown.id);
        let band = shown.band;
        check_bits(&target["p10"], band.map(|b| b.p10), &shown.id);
        check_bits(&target["projected"], band.map(|b| b.p50), &shown.id);
        check_bits(&target["p90"], band.map(|b| b.p90), &shown.id);
        // One judge for both; the page's medians are those that it was told.
        let record = place.bound.target(&shown.id).unwrap();
        let key = place.bound.target_key(record, year);
        let median = Median(key, band.map(|b| b.p50));
        let judged = place
            .bound
            .assess_target_in(&median, record, year, shown.chance);
        assert_eq!(
            target["verdict"],
            verdict(judged.status),
            "{} in {year}",
            shown.id
        );
        check_bits(&target["gap"], judged.gap, &shown.id);
        check_bits(
            &target["probability"],
            judged.chance.map(|c| c.share),
            &shown.id,
        );
        let percent = judged.chance.map(|chance| u64::from(chance.percent()));
        assert_eq!(target["percent"].as_u64(), percent, "{}", shown.id);
    }
    check_bits(
        &command["joint"]["probability"],
        page.joint(year).map(|c| c.share),
        "joint",
    );
}

/// One median that was told.
struct Median(Option<Key>, Option<f64>);

impl Figures for Median {
    fn figure(&self, _: &Bound, key: Key) -> Option<f64> {
        self.1.filter(|_| self.0 == Some(key))
    }

    fn furthest(&self, _: &Bound, _: usize, _: f64, _: i32) -> Option<f64> {
        None
    }
}

fn verdict(status: Status) -> &'static str {
    match status {
        Status::Reached => "reached",
        Status::AtRisk => "at_risk",
        Status::OutOfReach => "out_of_reach",
        Status::Pending => "pending",
        Status::Indicative => "indicative",
        Status::Awaited => "awaited",
        Status::NotJudged => "not_judged",
        Status::Unknown => "unknown",
    }
}

/// Every target at every reading year, with nothing moved and with a lever moved.
#[test]
fn verdicts_of_every_year_are_the_same() {
    for name in ["ningbo", "yinzhou"] {
        let place = Place::shipped(name);
        let lever = &place.bound.pack().lever[0];
        let value = lever.safe.max;
        let moved = place.moved(&lever.id, value);
        let set = format!("{}={value}", lever.id);
        for &year in &place.bound.pack().meta.reading_years {
            check_chances(&place, &[], &Scenario::baseline(), year);
            check_chances(&place, &["--set", &set], &moved, year);
        }
    }
}

#[test]
fn chances_are_the_same() {
    let town = Place::town(("value = 180\nsource", "value = 176\nsource"));
    check_chances(&town, &[], &Scenario::baseline(), YEAR);
    let city = Place::city();
    assert!(city.draws.is_some());
    let mut moved = city.moved("hnte_first_cert", 24.0);
    moved.assumptions.insert("real_growth".to_owned(), 4.2);
    let set = ["--set", "hnte_first_cert=24", "--set", "real_growth=4.2"];
    check_chances(&city, &set, &moved, YEAR);
}

/// Few levers free: three answers at a low confidence, and what stands in the way of a high one.
#[test]
fn answers_for_the_city_are_the_same() {
    let city = Place::city();
    let target = "city.hnte_count.target.2027";
    let levers = city
        .bound
        .pack()
        .lever
        .iter()
        .map(|lever| lever.id.as_str());
    let free = ["hnte_first_cert", "tsme_inflow", "firm_rd_share"];
    let locked: Vec<&str> = levers.filter(|id| !free.contains(id)).collect();
    let mut arguments = vec!["--target", target];
    arguments.extend(locked.iter().flat_map(|id| ["--lock", id]));
    for (confidence, is_reached) in [(0.25, true), (0.8, false)] {
        let said = confidence.to_string();
        let command = city.command("seek", &[&arguments[..], &["--confidence", &said]].concat());
        let (found, short) = city.told(Seek {
            confidence,
            ..seek(target, &locked)
        });
        assert_eq!(
            (command["reached"] == true, short.is_none()),
            (is_reached, is_reached)
        );
        match short {
            None => check_three(&command, &found),
            Some(short) => check_short(&command, &short),
        }
    }
}

#[test]
fn three_answers_are_the_same() {
    let town = Place::town(("value = 180\nsource", "value = 176\nsource"));
    let command = town.command("seek", &["--target", "firms.2027"]);
    let (found, short) = town.told(seek("firms.2027", &[]));
    assert!(short.is_none());
    check_three(&command, &found);
}

/// Beside the three the page is told what the scenario at hand comes to.
#[track_caller]
fn check_three(command: &Value, found: &[Found]) {
    let kinds: Vec<Kind> = found.iter().map(|found| found.kind).collect();
    let three = [Kind::LeastMovement, Kind::LeastCost, Kind::Surest];
    assert_eq!(kinds, [&[Kind::Now], &three[..]].concat());
    let answers = command["answers"].as_array().unwrap();
    assert_eq!(answers.len(), three.len());
    for (answer, found) in answers.iter().zip(&found[1..]) {
        check_solution(answer, found);
    }
}

#[test]
fn what_stands_in_the_way_is_the_same() {
    let town = Place::town(("value = 180\nsource", "value = 190\nsource"));
    let command = town.command("seek", &["--target", "firms.2027"]);
    let (_, short) = town.told(seek("firms.2027", &[]));
    check_short(&command, &short.unwrap());
}

#[track_caller]
fn check_short(command: &Value, short: &Short) {
    assert_eq!(command["reached"], false);
    check_solution(&command["best"], &short.best);
    assert_eq!(command["out_of_reach_proved"], short.is_proved.unwrap());
    let in_the_way = command["in_the_way"].as_array().unwrap();
    assert_eq!(in_the_way.len(), short.bindings.len());
    let relaxations = command["relaxations"].as_array().unwrap();
    assert_eq!(relaxations.len(), short.relaxed.len());
    for (relaxation, relaxed) in relaxations.iter().zip(&short.relaxed) {
        let plan = relaxed.plan.as_ref().unwrap();
        check_solution(&relaxation["plan"], plan);
        check_share(&relaxation["probability"], plan.met, plan.members);
        assert_eq!(relaxation["reached"], plan.is_reached);
    }
    let worlds = command["worlds"].as_array().unwrap();
    assert_eq!(worlds.len(), short.worlds.len());
    for (world, shown) in worlds.iter().zip(&short.worlds) {
        assert_eq!(world["assumption"], *shown.assumption);
        check_bits(&world["value"], Some(shown.value), "world");
        let (met, members) = shown.met.unzip();
        check_share(&world["probability"], met, members.unwrap_or(1));
    }
}
