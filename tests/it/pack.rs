//! The shipped packs compile, fit their models and quote their documents; broken ones are refused.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use tidemark_app::text::why::named;
use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::Run;
use tidemark_engine::model::Variable;
use tidemark_engine::program::Program;
use tidemark_pack::assess::Status;
use tidemark_pack::bind::{Bound, bind_at};
use tidemark_pack::chance::Chance;
use tidemark_pack::compiled::{Compiled, ModelText, read};
use tidemark_pack::quotes::check_quotes;
use tidemark_pack::record::Comparator;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::{LeverSetting, Scenario};
use tidemark_pack::sources::{Files, TextFile, compile_folder, model_of, places};
use tidemark_pack::version::data_version;

/// The texts of a pack's folder and of its model.
struct Folder {
    pack: String,
    actuals: String,
    model: String,
}

impl Folder {
    fn read(place: &str) -> Self {
        let folder = root().join("packs").join(place);
        let pack = text(&folder.join("pack.toml"));
        let model = model_of(&pack).expect("the pack names a model");
        Self {
            actuals: text(&folder.join("actuals.csv")),
            model: text(&root().join("models").join(model).join("model.xmile")),
            pack,
        }
    }

    fn pack_file(&self) -> TextFile<'_> {
        TextFile {
            name: "pack.toml",
            text: &self.pack,
        }
    }

    /// Through every check; faults in the order they were found.
    fn open(&self) -> (Option<(Compiled, Bound, Runner)>, Diagnostics) {
        let mut faults = Diagnostics::new();
        let opened = self.opened(&mut faults);
        (opened, faults)
    }

    fn opened(&self, faults: &mut Diagnostics) -> Option<(Compiled, Bound, Runner)> {
        let files = Files {
            pack: self.pack_file(),
            actuals: TextFile {
                name: "actuals.csv",
                text: &self.actuals,
            },
            model: TextFile {
                name: "model.xmile",
                text: &self.model,
            },
        };
        let compiled = compile_folder(&files, faults);
        let loaded = tidemark_engine::load(&self.model, "model.xmile", faults);
        let (compiled, loaded) = (compiled?, loaded?);
        let bound = bind_at(&compiled, &loaded, &places(self.pack_file()), faults)?;
        let runner = Runner::prepare(&bound, &loaded.program).expect("its own horizon");
        Some((compiled, bound, runner))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn said(faults: &Diagnostics) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

#[track_caller]
fn ningbo() -> (Compiled, Bound, Runner) {
    shipped("ningbo")
}

/// A pack of the project, bound and ready to run.
#[track_caller]
pub(crate) fn shipped(place: &str) -> (Compiled, Bound, Runner) {
    let (opened, faults) = Folder::read(place).open();
    opened.unwrap_or_else(|| panic!("{}", said(&faults)))
}

/// Ningbo's pack, bound, with its program.
pub(crate) fn city() -> (Bound, Program) {
    let (compiled, bound) = bound_ningbo();
    let program = bound.program(&loaded(&compiled).program);
    (bound, program)
}

/// The model of a pack.
pub(crate) fn loaded(compiled: &Compiled) -> Loaded {
    let mut faults = Diagnostics::new();
    let loaded = tidemark_engine::load(&compiled.model.text, "model.xmile", &mut faults);
    loaded.unwrap_or_else(|| panic!("{}", said(&faults)))
}

/// Ningbo's pack, compiled and bound.
pub(crate) fn bound_ningbo() -> (Compiled, Bound) {
    let (compiled, bound, _) = ningbo();
    (compiled, bound)
}

/// The folder that `TIDEMARK_SHARED` names, else `../shared` beside this workspace.
fn shared() -> PathBuf {
    match std::env::var_os("TIDEMARK_SHARED") {
        Some(path) => root().join(path),
        None => root().join("../shared"),
    }
}

/// Folders under `packs/`.
pub(crate) fn places_shipped() -> Vec<String> {
    let packs = fs::read_dir(root().join("packs")).expect("packs/");
    let folders = packs.filter_map(Result::ok).filter(|e| e.path().is_dir());
    let names = folders.map(|entry| entry.file_name().into_string());
    let mut names: Vec<String> = names.map(|name| name.expect("a plain name")).collect();
    names.sort_unstable();
    assert!(!names.is_empty());
    names
}

/// A shipped pack with its model, bound.
#[track_caller]
pub(crate) fn open_folder(place: &str) -> (Compiled, Loaded, Bound) {
    let folder = Folder::read(place);
    let (opened, mut faults) = folder.open();
    let (compiled, bound, _) = opened.unwrap_or_else(|| panic!("{}", said(&faults)));
    let loaded = tidemark_engine::load(&folder.model, "model.xmile", &mut faults);
    (compiled, loaded.expect("read before"), bound)
}

#[test]
fn every_shipped_pack_fits_its_model() {
    for place in places_shipped() {
        let (opened, faults) = Folder::read(&place).open();
        assert_eq!(said(&faults), "", "{place}");
        assert_eq!(opened.expect("no faults").1.pack().meta.id, place);
    }
}

#[test]
fn a_page_reads_what_was_compiled() {
    let (compiled, _, _) = ningbo();
    let mut faults = Diagnostics::new();
    let back = read(&compiled.to_json(), "ningbo.pack.json", &mut faults);
    assert_eq!(said(&faults), "");
    assert_eq!(back, Some(compiled));
}

/// With the docs that the compiled file carries the page calls every variable what it would with the
/// whole of them, and fits and hindcasts stay those of the data.
#[test]
fn docs_cut_short_name_every_variable_as_before() {
    for place in places_shipped() {
        let (compiled, _, _) = shipped(&place);
        let whole = ModelText {
            text: Folder::read(&place).model,
            ..compiled.model.clone()
        };
        assert_ne!(compiled.model.text, whole.text);
        let lines = |model: &ModelText| model.text.lines().count();
        assert_eq!(lines(&compiled.model), lines(&whole));
        let (kept, all) = (names(&compiled.model), names(&whole));
        assert_eq!(kept.len(), all.len());
        for (name, kept) in kept {
            // What stands on no way from a lever to an indicator is never spoken of.
            assert!(
                kept.is_none() || kept == all[&name],
                "{place}: {name}: {kept:?}"
            );
        }
        let pack = &compiled.pack;
        let tiles = pack.target.iter().filter(|target| target.tile > 0);
        let indicators = tiles.filter_map(|t| pack.indicator.iter().find(|i| i.id == t.indicator));
        let levers = pack.lever.iter().map(|lever| &lever.variable);
        let named = names(&compiled.model);
        for name in levers.chain(indicators.map(|i| &i.variable)) {
            assert!(
                named[name].is_some(),
                "{place}: {name} is on a way and has no words"
            );
        }
        let version = |model| data_version(&compiled.pack, &compiled.actuals, model);
        assert_eq!(version(&compiled.model), version(&whole), "{place}");
    }
}

/// What the page calls each variable that has words, alone and among others of that name.
fn names(model: &ModelText) -> BTreeMap<String, Option<[String; 2]>> {
    let mut faults = Diagnostics::new();
    let loaded = tidemark_engine::load(&model.text, &model.name, &mut faults);
    let model = loaded.expect("a model without errors").model;
    let both = |v: &Variable| [false, true].map(|shared| named(&v.doc, &v.name, shared));
    let words = |v: &Variable| (!v.doc.trim().is_empty()).then(|| both(v));
    model
        .variables()
        .iter()
        .map(|v| (v.name.clone(), words(v)))
        .collect()
}

#[test]
fn quotes_stand_in_their_documents() {
    let folder = shared().join("seeds");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: no documents in {}", folder.display());
        return;
    };
    let documents = documents(entries);
    for (place, least) in [("ningbo", 100), ("yinzhou", 40)] {
        let (compiled, _, _) = shipped(place);
        let mut faults = Diagnostics::new();
        let places = places(TextFile {
            name: "pack.toml",
            text: &Folder::read(place).pack,
        });
        let found = check_quotes(&compiled.pack, &documents, &places, &mut faults);
        assert_eq!(said(&faults), "", "{place}");
        let named = compiled.pack.source.iter().filter(|s| !s.file.is_empty());
        assert_eq!(found, named.count(), "{place}");
        assert!(found > least, "{place}: {found} quotes");
    }
}

/// Names and texts of the files in a folder.
fn documents(entries: fs::ReadDir) -> Vec<(String, String)> {
    entries
        .filter_map(Result::ok)
        .map(|e| {
            (
                e.file_name().to_string_lossy().into_owned(),
                text(&e.path()),
            )
        })
        .collect()
}

#[test]
fn the_pack_holds_what_the_page_needs() {
    let (_, bound, _) = ningbo();
    let pack = bound.pack();
    assert!(pack.lever.len() >= 16 && pack.indicator.len() >= 20);
    assert_eq!(pack.group.len(), 5);
    let mut tiles: Vec<u32> = pack
        .target
        .iter()
        .map(|t| t.tile)
        .filter(|t| *t > 0)
        .collect();
    tiles.sort_unstable();
    assert_eq!(tiles, [1, 2, 3, 4, 5, 6]);
    let money = pack.money.iter().flat_map(|m| [&m.cost, &m.available]);
    assert!(money.clone().count() == 2 && money.clone().all(|id| bound.indicator(id).is_some()));
}

/// The scenario that puts one lever to a value, from the earliest start.
fn moved(bound: &Bound, lever: &str, value: f64) -> Scenario {
    let default = bound.default_setting(lever).expect("its own lever");
    let start = bound.pack().meta.earliest_start;
    let setting = LeverSetting {
        value,
        start,
        ..default
    };
    let mut scenario = Scenario::baseline();
    scenario.levers.insert(lever.to_owned(), setting);
    scenario
}

fn assert_finite(run: &Run, what: &str) {
    assert_eq!(run.first_not_finite(), None, "{what}");
}

#[test]
fn every_lever_moves_something_and_nothing_breaks() {
    let (_, bound, mut runner) = ningbo();
    let baseline = runner.baseline(&bound, &Scenario::baseline());
    assert_finite(&baseline, "baseline");
    for lever in &bound.pack().lever {
        for value in [lever.hard.min, lever.hard.max] {
            let scenario = moved(&bound, &lever.id, value);
            let run = runner.scenario(&bound, &scenario, &baseline);
            assert_finite(&run, &lever.id);
            assert!(
                value == lever.default || run != baseline,
                "{} at {value}",
                lever.id
            );
        }
    }
}

#[test]
fn a_still_scenario_is_its_baseline_under_any_assumption() {
    let (_, bound, mut runner) = ningbo();
    for assumption in &bound.pack().assumption {
        for value in [assumption.range.min, assumption.range.max] {
            let mut scenario = Scenario::baseline();
            scenario.assumptions.insert(assumption.id.clone(), value);
            let baseline = runner.baseline(&bound, &scenario);
            assert_finite(&baseline, &assumption.id);
            let run = runner.scenario(&bound, &scenario, &baseline);
            assert_eq!(run, baseline, "{} at {value}", assumption.id);
        }
    }
}

#[test]
fn every_target_is_projected_and_judged_by_one_rule() {
    let (_, bound, mut runner) = ningbo();
    let run = runner.baseline(&bound, &Scenario::baseline());
    for (target, judged) in bound.pack().target.iter().zip(bound.assess(&run)) {
        let (Some(projected), Some(gap)) = (judged.projected, judged.gap) else {
            panic!("{}: no value", target.id);
        };
        assert!(projected.is_finite(), "{}", target.id);
        let settled = judged.progress.filter(|progress| progress.settled);
        match judged.status {
            // Without a chance only a published figure is a verdict.
            Status::Reached => assert!(settled.is_some_and(|p| gap <= 0.0 || p.last >= p.needed)),
            Status::OutOfReach => assert!(settled.is_some(), "{}", target.id),
            Status::AtRisk => panic!("{}: judged by the way it goes", target.id),
            Status::Pending => assert!(!target.pending.is_empty() || judged.last.is_none()),
            Status::Indicative => assert!(!target.indicative.is_empty()),
            Status::Awaited => assert!(bound.is_past(target), "{}", target.id),
            Status::NotJudged => assert_eq!(target.comparator, Comparator::About),
            Status::Unknown => assert!(bound.is_open(target), "{}", target.id),
        }
        assert_eq!(bound.is_open(target), judged.status == Status::Unknown);
        assert_eq!(judged.readings.len(), bound.pack().meta.reading_years.len());
    }
}

#[test]
fn an_open_target_is_judged_by_its_chance_and_no_other_one_is() {
    let (_, bound, mut runner) = ningbo();
    let run = runner.baseline(&bound, &Scenario::baseline());
    let without = bound.assess(&run);
    for (met, expected) in [
        (1000, Status::Reached),
        (800, Status::Reached),
        (799, Status::AtRisk),
        (500, Status::AtRisk),
        (499, Status::OutOfReach),
    ] {
        for (target, before) in bound.pack().target.iter().zip(&without) {
            let chance = Chance::of(met, 1000);
            let judged = bound.assess_target_in(&run, target, target.to, chance);
            let (status, known) = match bound.is_open(target) {
                true => (expected, chance),
                false => (before.status, None),
            };
            assert_eq!(
                (judged.status, judged.chance),
                (status, known),
                "{}",
                target.id
            );
        }
    }
}

/// The faults of Ningbo's pack with one place of a file changed.
#[track_caller]
fn check_broken(file: File, old: &str, new: &str, expected: Expect) {
    let mut folder = Folder::read("ningbo");
    let text = file(&mut folder);
    assert!(text.contains(old), "no `{old}`");
    *text = text.replacen(old, new, 1);
    let (opened, faults) = folder.open();
    assert!(opened.is_none());
    // Lines of a pack that people edit move; the rest of the message must not.
    let lines: String = faults
        .iter()
        .map(|f| format!("{}: {}\n", f.code, f.message))
        .collect();
    expected.assert_eq(&lines);
}

/// One of a folder's texts.
type File = fn(&mut Folder) -> &mut String;

const PACK: File = |folder| &mut folder.pack;
const ACTUALS: File = |folder| &mut folder.actuals;
const MODEL: File = |folder| &mut folder.model;

#[test]
fn a_variable_that_the_model_lacks_is_refused() {
    let (old, new) = ("\"fiscal_st_growth_change\"", "\"fiscal_st_growth_chance\"");
    check_broken(
        PACK,
        old,
        new,
        expect![[r#"
        unknown-variable: lever `fiscal_st_growth`: variable `fiscal_st_growth_chance` is no variable of the model
    "#]],
    );
}

#[test]
fn a_unit_that_does_not_fit_is_refused() {
    let (old, new) = ("model_unit = \"1/year\"", "model_unit = \"yi_yuan\"");
    check_broken(
        PACK,
        old,
        new,
        expect![[r#"
        unit-differs: lever `fiscal_st_growth`: `fiscal_st_growth_change` is in `1/year` in the model, the pack says `yi_yuan`
    "#]],
    );
}

#[test]
fn a_group_that_does_not_exist_is_refused() {
    let (old, new) = ("group = \"fiscal\"", "group = \"fiskal\"");
    check_broken(
        PACK,
        old,
        new,
        expect![[r#"
        unknown-id: lever `fiscal_st_growth`: group `fiskal` is not in the pack
    "#]],
    );
}

#[test]
fn a_figure_of_no_indicator_is_refused() {
    let (old, new) = ("rd_gdp_published,2014", "rd_gdp_publisched,2014");
    check_broken(
        ACTUALS,
        old,
        new,
        expect![[r#"
        actual-indicator: rd_gdp_publisched 2014: the indicator is not in the pack
    "#]],
    );
}

#[test]
fn a_column_of_another_name_is_refused() {
    check_broken(
        ACTUALS,
        "place,indicator",
        "place,indicators",
        expect![[r#"
        csv-header: the columns are `place,indicators,period,value,bound,unit,status,vintage,source,quote,note`
    "#]],
    );
}

#[test]
fn a_model_that_is_no_xml_is_refused() {
    check_broken(
        MODEL,
        "<variables>",
        "<variable>",
        expect![[r#"
        bad-xml: this is no well-formed XML: ill-formed document: expected `</variable>`, but `</variables>` was found
    "#]],
    );
}
