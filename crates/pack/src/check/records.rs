//! Everything but levers: keys, names that must resolve, years, tiles, sources.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use super::levers::MOST_DECIMALS;
use crate::chance::CONFIDENCES;
use crate::nearest::nearest;
use crate::record::{Label, Reading, Target};

/// Years a record may speak of.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Whether a fraction is one of the levels that shown percents respect.
fn is_level(fraction: f64) -> bool {
    let percent = fraction * 100.0;
    let mut levels = CONFIDENCES.iter();
    levels.any(|&level| (percent - f64::from(level)).abs() < 1e-9)
}

impl Checker<'_> {
    pub(super) fn label(&mut self, me: (&'static str, &str), label: &Label) {
        self.given(me, "label.zh", &label.zh);
        self.given(me, "label.en", &label.en);
    }

    /// A text that must not be empty.
    pub(super) fn given(&mut self, me: (&'static str, &str), key: &str, text: &str) {
        if text.trim().is_empty() {
            self.error("empty", me.0, me.1, format!("{key} is empty"));
        }
    }

    /// A name that must be the id of a record of one of these kinds.
    pub(super) fn one_of(
        &mut self,
        me: (&'static str, &str),
        key: &str,
        name: &str,
        kinds: &[&'static str],
    ) {
        let pack = self.pack;
        let known = || kinds.iter().flat_map(|kind| ids_of(pack, kind));
        let broken = kinds.iter().any(|kind| self.places.is_broken(kind, name));
        if broken || known().any(|id| id == name) {
            return;
        }
        let hint = nearest(name, known()).map(|id| format!("did you mean `{id}`?"));
        let what = format!("{key} `{name}` is not in the pack");
        self.error_with_hint("unknown-id", me, what, hint);
    }

    pub(super) fn conversion(&mut self, me: (&'static str, &str), scale: f64, decimals: usize) {
        if !(scale.is_finite() && scale != 0.0) {
            self.error(
                "scale",
                me.0,
                me.1,
                format!("scale {scale} converts nothing"),
            );
        }
        if decimals > MOST_DECIMALS {
            let what = format!("{decimals} decimals, at most {MOST_DECIMALS} are shown");
            self.error("decimals", me.0, me.1, what);
        }
    }

    pub(super) fn meta(&mut self) {
        let meta = &self.pack.meta;
        let me = ("meta", meta.id.as_str());
        for (key, text) in [
            ("id", &meta.id),
            ("model", &meta.model),
            ("version", &meta.version),
            ("data_date", &meta.data_date),
        ] {
            self.given(me, key, text);
        }
        self.label(me, &meta.place);
        self.label(me, &meta.title);
        if !is_file_stem(&meta.id) || !is_file_stem(&meta.model) {
            let what = "id and model are folder names: letters, digits, `-` and `_`".to_owned();
            self.error("meta-name", me.0, me.1, what);
        }
        if !is_date(&meta.today) || meta.today.len() != 10 {
            let what = format!("today `{}` is no day YYYY-MM-DD", meta.today);
            self.error("date", me.0, me.1, what);
        }
        if !(meta.data_cutoff <= meta.earliest_start && meta.earliest_start <= meta.policy_start) {
            let what = format!(
                "data_cutoff {}, earliest_start {} and policy_start {} are not in order",
                meta.data_cutoff, meta.earliest_start, meta.policy_start
            );
            self.error("meta-times", me.0, me.1, what);
        }
        let years = &meta.reading_years;
        let known = libm::floor(meta.data_cutoff);
        let ascending = years.windows(2).all(|pair| pair[0] < pair[1]);
        let ahead = years
            .iter()
            .all(|y| YEARS.contains(y) && f64::from(*y) >= known);
        if years.is_empty() || !ascending || !ahead {
            let what =
                format!("reading_years {years:?} are not ascending years after the data cut-off");
            self.error("reading-years", me.0, me.1, what);
        }
        self.status_rule();
        self.references_and_money();
    }

    fn status_rule(&mut self) {
        let rule = &self.pack.status_rule;
        let me = ("status_rule", "");
        self.given(me, "text", &rule.text);
        if !(0.0 <= rule.risk_from
            && rule.risk_from <= rule.reached_from
            && rule.reached_from.is_finite())
        {
            let what = format!(
                "risk_from {} and reached_from {} are not in order",
                rule.risk_from, rule.reached_from
            );
            self.error("status-rule", me.0, me.1, what);
        }
        let Some(rule) = &rule.probability else {
            return;
        };
        self.given(me, "probability.text", &rule.text);
        if !(0.0 <= rule.risk_from
            && rule.risk_from <= rule.reached_from
            && rule.reached_from <= 1.0)
        {
            let what = format!(
                "probability: risk_from {} and reached_from {} are no fractions in order",
                rule.risk_from, rule.reached_from
            );
            self.error("status-rule", me.0, me.1, what);
        } else if [rule.risk_from, rule.reached_from]
            .iter()
            .any(|level| !is_level(*level))
        {
            let what = format!(
                "probability: risk_from {} and reached_from {} are not both among {:?} percent",
                rule.risk_from, rule.reached_from, CONFIDENCES
            );
            let hint = "no shown percent may cross a level of the rule".to_owned();
            self.error_with_hint("status-rule", me, what, Some(hint));
        }
    }

    fn references_and_money(&mut self) {
        let references = &self.pack.references;
        let me = ("references", "");
        self.given(me, "switch", &references.switch);
        let mut seen = BTreeSet::new();
        for path in &references.path {
            self.given(me, "path.variable", &path.variable);
            self.given(me, "path.of", &path.of);
            if !seen.insert(path.variable.as_str()) {
                let what = format!("path `{}` is listed twice", path.variable);
                self.error("duplicate-id", me.0, me.1, what);
            }
        }
        if let Some(money) = &self.pack.money {
            for (key, id) in [("cost", &money.cost), ("available", &money.available)] {
                self.one_of(("money", ""), key, id, &["indicator"]);
            }
        }
    }

    /// Ids are given, plain and unique within their kind.
    pub(super) fn ids(&mut self) {
        for kind in KINDS {
            let mut seen = BTreeMap::new();
            for id in ids_of(self.pack, kind) {
                *seen.entry(id).or_insert(0) += 1;
            }
            for (id, count) in seen {
                if count > 1 {
                    let what = format!("{count} records have this id");
                    self.error("duplicate-id", kind, id, what);
                }
                if id.is_empty() || id.chars().any(|c| c.is_whitespace() || c == '"') {
                    let what = "an id is a word without spaces or quotes".to_owned();
                    self.error("bad-id", kind, id, what);
                }
            }
        }
    }

    pub(super) fn indicators(&mut self) {
        for indicator in &self.pack.indicator {
            let me = ("indicator", indicator.id.as_str());
            self.label(me, &indicator.label);
            for (key, text) in [
                ("short", &indicator.short),
                ("variable", &indicator.variable),
                ("unit", &indicator.unit),
                ("model_unit", &indicator.model_unit),
                ("definition", &indicator.definition),
                ("owner", &indicator.owner),
            ] {
                self.given(me, key, text);
            }
            self.conversion(me, indicator.scale, indicator.decimals);
            if indicator.short.chars().count() > 8 {
                let what = format!(
                    "short name `{}` has more than 8 characters",
                    indicator.short
                );
                self.error("short-name", me.0, me.1, what);
            }
        }
    }

    /// Where a target comes from and what it replaces, driven by the model or not.
    pub(super) fn origin(&mut self, me: (&'static str, &str), source: &str, supersedes: &str) {
        if source.is_empty() {
            let what = "it has no source".to_owned();
            self.error("target-without-source", me.0, me.1, what);
        } else {
            self.one_of(me, "source", source, &["source"]);
        }
        if !supersedes.is_empty() {
            let kinds = &["target", "monitored"];
            self.one_of(me, "supersedes", supersedes, kinds);
        }
        if supersedes == me.1 {
            let what = "it supersedes itself".to_owned();
            self.error("supersedes-itself", me.0, me.1, what);
        }
    }

    pub(super) fn targets(&mut self) {
        for target in &self.pack.target {
            let me = ("target", target.id.as_str());
            self.one_of(me, "indicator", &target.indicator, &["indicator"]);
            self.origin(me, &target.source, &target.supersedes);
            if !target.beside.is_empty() {
                self.one_of(me, "beside", &target.beside, &["indicator"]);
            }
            if !target.value.is_finite() {
                self.error("not-finite", me.0, me.1, format!("value {}", target.value));
            }
            self.target_years(target);
        }
    }

    /// Goals of the wider area are of indicators there are, in a year that can be, with their sentence.
    pub(super) fn wider_goals(&mut self) {
        for goal in &self.pack.wider_goal {
            let me = ("wider_goal", goal.id.as_str());
            self.label(me, &goal.area);
            self.one_of(me, "indicator", &goal.indicator, &["indicator"]);
            self.one_of(me, "source", &goal.source, &["source"]);
            if !goal.value.is_finite() {
                self.error("not-finite", me.0, me.1, format!("value {}", goal.value));
            }
            if !YEARS.contains(&goal.year) {
                let what = format!("{} is no year of a goal", goal.year);
                self.error("target-years", me.0, me.1, what);
            }
        }
    }

    fn target_years(&mut self, target: &Target) {
        let (from, to) = (target.from, target.to);
        let fits = match target.at {
            Reading::End | Reading::Mean | Reading::Sum | Reading::Max => from <= to,
            Reading::Cagr => from < to,
        };
        if !fits || !YEARS.contains(&from) || !YEARS.contains(&to) {
            let what = format!(
                "{from} to {to} is no span for `{}`",
                reading_name(target.at)
            );
            let hint = match target.at {
                Reading::End | Reading::Mean | Reading::Sum | Reading::Max => {
                    "`from` is not after `to`"
                }
                Reading::Cagr => "`from` is the base year, before `to`",
            };
            let me = ("target", target.id.as_str());
            self.error_with_hint("target-years", me, what, Some(hint.to_owned()));
        }
    }

    pub(super) fn tiles(&mut self) {
        let mut taken: BTreeMap<u32, &str> = BTreeMap::new();
        for target in self.pack.target.iter().filter(|t| t.tile > 0) {
            if let Some(first) = taken.insert(target.tile, &target.id) {
                let what = format!("tile {} is taken by `{first}`", target.tile);
                self.error("duplicate-tile", "target", &target.id, what);
            }
        }
    }

    pub(super) fn sources(&mut self) {
        for source in &self.pack.source {
            let me = ("source", source.id.as_str());
            self.given(me, "document", &source.document);
            if source.quote.trim().is_empty() {
                let what = "it has no quote".to_owned();
                self.error("source-without-quote", me.0, me.1, what);
            }
            if source.file.contains(['/', '\\']) || source.file.starts_with('.') {
                let what = format!("file `{}` is no plain file name", source.file);
                self.error("file-name", me.0, me.1, what);
            }
            if !source.date.is_empty() && !is_date(&source.date) {
                let what = format!("date `{}` is not YYYY, YYYY-MM or YYYY-MM-DD", source.date);
                self.error("date", me.0, me.1, what);
            }
        }
        for group in &self.pack.group {
            self.label(("group", &group.id), &group.label);
        }
    }

    /// Worlds are of assumptions there are, each once.
    pub(super) fn worlds(&mut self) {
        for world in &self.pack.world {
            let me = ("world", world.id.as_str());
            self.label(me, &world.label);
            self.given(me, "note", &world.note);
            let mut seen = BTreeSet::new();
            for (key, ids) in [("up", &world.up), ("down", &world.down)] {
                for id in ids {
                    self.one_of(me, key, id, &["assumption"]);
                    if !seen.insert(id.as_str()) {
                        let what = format!("assumption `{id}` is listed twice");
                        self.error("duplicate-id", me.0, me.1, what);
                    }
                }
            }
            if !(0.0..=1.0).contains(&world.quantile) {
                let what = format!("quantile {} is no fraction", world.quantile);
                self.error("world-quantile", me.0, me.1, what);
            }
        }
    }

    pub(super) fn figures(&mut self) {
        for figure in &self.pack.figure {
            let me = ("figure", figure.id.as_str());
            self.one_of(me, "indicator", &figure.indicator, &["indicator"]);
            let is_year = |year| YEARS.contains(&year);
            if figure.from >= figure.to || !is_year(figure.from) || !is_year(figure.to) {
                let what = format!("{} to {} is no axis", figure.from, figure.to);
                self.error("figure-years", me.0, me.1, what);
            }
            let mut noted = BTreeSet::new();
            for note in &figure.note {
                let is_on_axis = (figure.from..=figure.to).contains(&note.year);
                let is_said = !note.text.trim().is_empty();
                if !is_on_axis || !is_said || !noted.insert(note.year) {
                    let what = format!(
                        "the note of {} is off the axis, empty or not the only one",
                        note.year
                    );
                    self.error("figure-note", me.0, me.1, what);
                }
            }
        }
    }
}

/// Kinds of records that have an id.
const KINDS: [&str; 15] = [
    "setting",
    "group",
    "lever",
    "assumption",
    "world",
    "indicator",
    "target",
    "wider_goal",
    "observed",
    "monitored",
    "disagreement",
    "parameter",
    "rule",
    "source",
    "figure",
];

/// Ids of all records of a kind, in the pack's order.
fn ids_of<'a>(pack: &'a crate::record::Pack, kind: &str) -> Vec<&'a str> {
    match kind {
        "setting" => pack.setting.iter().map(|r| r.variable.as_str()).collect(),
        "group" => pack.group.iter().map(|r| r.id.as_str()).collect(),
        "lever" => pack.lever.iter().map(|r| r.id.as_str()).collect(),
        "assumption" => pack.assumption.iter().map(|r| r.id.as_str()).collect(),
        "world" => pack.world.iter().map(|r| r.id.as_str()).collect(),
        "indicator" => pack.indicator.iter().map(|r| r.id.as_str()).collect(),
        "target" => pack.target.iter().map(|r| r.id.as_str()).collect(),
        "wider_goal" => pack.wider_goal.iter().map(|r| r.id.as_str()).collect(),
        "observed" => pack.observed.iter().map(|r| r.id.as_str()).collect(),
        "monitored" => pack.monitored.iter().map(|r| r.id.as_str()).collect(),
        "disagreement" => pack.disagreement.iter().map(|r| r.id.as_str()).collect(),
        "parameter" => pack.parameter.iter().map(|r| r.id.as_str()).collect(),
        "rule" => pack.rule.iter().map(|r| r.id.as_str()).collect(),
        "source" => pack.source.iter().map(|r| r.id.as_str()).collect(),
        "figure" => pack.figure.iter().map(|r| r.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn reading_name(at: Reading) -> &'static str {
    match at {
        Reading::End => "end",
        Reading::Mean => "mean",
        Reading::Sum => "sum",
        Reading::Cagr => "cagr",
        Reading::Max => "max",
    }
}

pub(crate) fn is_file_stem(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !text.is_empty() && text.chars().all(plain)
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with a month and a day that exist in some year.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, width: usize| {
        let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().unwrap_or(0))
    };
    match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, month] => {
            number(year, 4).is_some() && number(month, 2).is_some_and(|m| (1..=12).contains(&m))
        }
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|m| (1..=12).contains(&m))
                && number(day, 2).is_some_and(|d| (1..=31).contains(&d))
        }
        _ => false,
    }
}
