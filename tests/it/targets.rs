//! Every target row of the fact table is driven, watched, a district's or left out.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::compiled::Compiled;
use tidemark_pack::sources::{Files, TextFile, compile_folder};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder that `TIDEMARK_SHARED` names, else `../shared` beside this workspace.
fn shared() -> PathBuf {
    match std::env::var_os("TIDEMARK_SHARED") {
        Some(path) => root().join(path),
        None => root().join("../shared"),
    }
}

/// A row of a CSV by the names of its columns.
type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let rows = reader.deserialize().map(|row| row.expect("a row"));
    rows.collect()
}

/// The rows of the fact table, or `None` with a word on the terminal where it is not at hand.
fn facts() -> Option<Vec<Row>> {
    let path = shared().join("facts/seed-facts.csv");
    if !path.exists() {
        println!("skipped: no {}", path.display());
        return None;
    }
    Some(rows(&path))
}

fn ningbo() -> Compiled {
    shipped("ningbo")
}

fn shipped(place: &str) -> Compiled {
    let folder = root().join("packs").join(place);
    let text = |name: &str| fs::read_to_string(folder.join(name)).expect(name);
    let (pack, actuals) = (text("pack.toml"), text("actuals.csv"));
    let file = |name, text| TextFile { name, text };
    let files = Files {
        pack: file("pack.toml", &pack),
        actuals: file("actuals.csv", &actuals),
        model: file("model.xmile", ""),
    };
    let mut faults = Diagnostics::new();
    let compiled = compile_folder(&files, &mut faults);
    compiled.unwrap_or_else(|| panic!("{:?}", faults.iter().collect::<Vec<_>>()))
}

/// Where a target row of the fact table went: name of the place, ids in it.
fn places_of_targets(pack: &Compiled) -> [(&'static str, BTreeSet<String>); 5] {
    let left_out = rows(&root().join("packs/ningbo/left-out.csv"));
    let of_left_out = |repeats: bool| {
        let rows = left_out
            .iter()
            .filter(|row| row["instead"].is_empty() != repeats);
        rows.map(|row| row["id"].clone()).collect()
    };
    let district = shipped("yinzhou").pack;
    let of_district = district.target.iter().map(|t| &t.id);
    let of_district = of_district.chain(district.monitored.iter().map(|t| &t.id));
    let records = &pack.pack;
    [
        ("`[[target]]`", ids(records.target.iter().map(|t| &t.id))),
        (
            "`[[monitored]]`",
            ids(records.monitored.iter().map(|t| &t.id)),
        ),
        ("重复表述", of_left_out(true)),
        ("packs/yinzhou", ids(of_district)),
        ("不列", of_left_out(false)),
    ]
}

fn ids<'a>(of: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    of.cloned().collect()
}

#[test]
fn every_target_row_is_accounted_for_once() {
    let Some(facts) = facts() else { return };
    let places = places_of_targets(&ningbo());
    let wanted = facts.iter().filter(|row| row["kind"].ends_with("target"));
    let wanted: BTreeSet<&str> = wanted.map(|row| row["id"].as_str()).collect();
    for id in &wanted {
        let found = places.iter().filter(|(_, ids)| ids.contains(*id));
        assert_eq!(found.count(), 1, "{id}");
    }
    let readme = fs::read_to_string(root().join("packs/ningbo/README.md")).expect("README");
    let said = |place: &str, count: usize| {
        let mut lines = readme.lines().filter(|line| line.starts_with('|'));
        let end = format!("| {count} |");
        let found = lines.any(|line| line.contains(place) && line.ends_with(&end));
        assert!(found, "README: {place} {count}");
    };
    said("事实表目标行", wanted.len());
    for (place, ids) in &places {
        let known = ids.iter().filter(|id| wanted.contains(id.as_str()));
        said(place, known.count());
        // A second reading of a sentence is the only record that is no row of the table.
        let extra: Vec<_> = ids
            .iter()
            .filter(|id| !wanted.contains(id.as_str()))
            .collect();
        let second = ["city.above_scale_rd_cost.target.2027.cumulative"];
        assert!(
            extra.iter().all(|id| second.contains(&id.as_str())),
            "{extra:?}"
        );
    }
}

#[test]
fn values_are_those_of_the_fact_table() {
    let Some(facts) = facts() else { return };
    let facts: BTreeMap<&str, &Row> = facts.iter().map(|row| (row["id"].as_str(), row)).collect();
    let compiled = ningbo();
    let quote = |source: &str| {
        let mut all = compiled.pack.source.iter();
        all.find(|s| s.id == source).map(|s| s.quote.as_str())
    };
    for target in &compiled.pack.monitored {
        let fact = facts[target.id.as_str()];
        let printed: f64 = fact["value"].parse().expect("a number");
        // Visits are shown in 万人次.
        let scale = if fact["unit"] == "person_times" {
            1e4
        } else {
            1.0
        };
        assert!(
            (target.value * scale - printed).abs() < 1e-9,
            "{}",
            target.id
        );
        assert_eq!(
            quote(&target.source),
            Some(fact["quote"].as_str()),
            "{}",
            target.id
        );
    }
}

#[test]
fn values_of_the_district_are_those_of_the_fact_table() {
    let Some(facts) = facts() else { return };
    let facts: BTreeMap<&str, &Row> = facts.iter().map(|row| (row["id"].as_str(), row)).collect();
    let records = shipped("yinzhou").pack;
    let driven = records.target.iter().map(|t| (&t.id, t.value, &t.source));
    let watched = records
        .monitored
        .iter()
        .map(|t| (&t.id, t.value, &t.source));
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    for (id, value, source) in driven.chain(watched) {
        let fact = facts[id.as_str()];
        let printed: f64 = fact["value"].parse().expect("a number");
        assert!((value - printed).abs() < 1e-9, "{id}");
        let source = records.source.iter().find(|s| s.id == *source);
        let quote = source.map_or("", |s| s.quote.as_str());
        assert!(plain(quote).contains(&plain(&fact["quote"])), "{id}");
        assert_eq!(source.map(|s| &s.file), Some(&fact["doc"]), "{id}");
    }
}

#[test]
fn a_repeated_row_names_a_target_of_the_pack() {
    let records = ningbo().pack;
    let driven = records.target.iter().map(|t| &t.id);
    let all = ids(driven.chain(records.monitored.iter().map(|t| &t.id)));
    for row in rows(&root().join("packs/ningbo/left-out.csv")) {
        assert!(
            row["instead"].is_empty() || all.contains(&row["instead"]),
            "{row:?}"
        );
        assert!(!row["reason"].is_empty(), "{row:?}");
    }
}

#[test]
fn what_a_deputy_asked_for_is_no_target() {
    let Some(facts) = facts() else { return };
    let records = ningbo().pack;
    let asked = facts.iter().filter(|row| row["kind"] == "requested");
    let asked: Vec<(&str, &str)> = asked
        .map(|row| (row["id"].as_str(), row["quote"].as_str()))
        .collect();
    assert!(!asked.is_empty());
    let driven = records.target.iter().map(|t| (&t.id, &t.source));
    let watched = records.monitored.iter().map(|t| (&t.id, &t.source));
    for (id, source) in driven.chain(watched) {
        let source = records.source.iter().find(|s| s.id == *source);
        let quote = source.map_or("", |s| s.quote.as_str());
        let asked_for = asked.iter().any(|(a, words)| id == a || *words == quote);
        assert!(!asked_for && !id.contains(".requested."), "{id}");
    }
}

#[test]
fn watched_targets_stand_where_their_figures_put_them() {
    let (pack, bound) = super::pack::bound_ningbo();
    let known = bound.monitor().into_iter().filter(|m| m.last.is_some());
    let lines: String = known
        .map(|m| format!("{} {:?} {:?}\n", m.target, m.reached, m.standing))
        .collect();
    expect![[r#"
        city.national_brand_platforms_created.target.2027 Some(2.0) Open { needed_per_year: Some(0.48000000000001747) }
        city.key_labs_provincial.target.2027 Some(19.0) Open { needed_per_year: Some(10.080000000000366) }
        city.single_champions_national.target.2027 Some(104.0) Met
        city.innovation_consortia.target.2027 Some(20.0) Met
        city.single_champions_national.target.2025 Some(104.0) Lapsed
        city.fiscal_st_growth.growth_target.2021-2025avg None NoData
    "#]].assert_eq(&lines);
    assert_eq!(bound.monitor().len(), pack.pack.monitored.len());
}
