//! Rules as rows: how each stands, by how much, through whom, and what to put back.

use super::Inputs;
use super::rows::Light;
use crate::text::rule as words;
use crate::text::sentence::Measure;
use std::rc::Rc;
use tidemark_pack::assess::{RuleReading, RuleReport, RuleYear, Verdict};
use tidemark_pack::bind::Bound;
use tidemark_pack::record::{Comparator, Rule, RuleTest};
use tidemark_pack::relief::Relief;

/// A rule in one year, as cells of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleYearRow {
    /// Year.
    pub year: i32,
    /// `ok`, `risk`, `miss` or `pending`: CSS class of the margin.
    pub class: &'static str,
    /// What the scenario reads, "2.9"; the unit stands with `wanted`.
    pub value: String,
    /// What is left of it, "差 1.6".
    pub margin: String,
    /// The same of the baseline.
    pub baseline: String,
    /// What the levers add to the breach; "—" where nothing.
    pub own: String,
}

/// A rule and how the scenario stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Key.
    pub id: String,
    /// Name.
    pub label: String,
    /// 财政规则, 记账规则, 文件规定.
    pub kind: &'static str,
    /// How it stands.
    pub light: Light,
    /// The same in a sentence.
    pub detail: String,
    /// What to do; empty where nothing is to be done, or while something is dragged.
    pub relief: String,
    /// What it wants of a year, and the unit of its years; empty for a statement.
    pub wanted: String,
    /// Its years; empty for a statement and for balances that hold.
    pub years: Vec<RuleYearRow>,
    /// The sentence it stands on, empty for an accounting rule.
    pub quote: String,
    /// What a reader must know.
    pub note: String,
    /// Source record, empty for an accounting rule.
    pub source: String,
}

/// What the main screen says of rules that levers broke.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleNotice {
    /// Which rule, which year, by how much; empty where levers broke none.
    pub text: String,
    /// What to do, and how many rules there are besides.
    pub next: String,
    /// Beside the button of rules; empty where levers broke none.
    pub count: String,
}

/// All rules.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleBoard {
    /// In the pack's order.
    pub rows: Rc<[Rc<RuleRow>]>,
    /// What levers broke.
    pub notice: Rc<RuleNotice>,
}

/// Every rule of the pack, and what to say of those that levers broke.
pub fn rules(inputs: &Inputs<'_>, reports: &[RuleReport]) -> RuleBoard {
    let bound = inputs.bound;
    let pairs: Vec<(&Rule, &RuleReport)> = reports
        .iter()
        .filter_map(|report| Some((bound.pack().rule.get(report.rule)?, report)))
        .collect();
    let rows = pairs
        .iter()
        .map(|(rule, report)| Rc::new(row(inputs, rule, report)));
    RuleBoard {
        rows: rows.collect(),
        notice: Rc::new(notice(inputs, &pairs)),
    }
}

fn row(inputs: &Inputs<'_>, rule: &Rule, report: &RuleReport) -> RuleRow {
    let (glyph, class, word) = words::verdict(report.verdict);
    let source = inputs.bound.source(&rule.source);
    let check = rule.check.as_ref();
    RuleRow {
        id: rule.id.clone(),
        label: rule.label.clone(),
        kind: words::kind(rule.kind),
        light: Light { class, glyph, word },
        detail: check.map_or(words::BY_HAND.to_owned(), |check| detail(check, report)),
        relief: check.map_or(String::new(), |check| relief(inputs, check, report)),
        wanted: check.map_or(String::new(), wanted),
        years: check.map_or(Vec::new(), |check| years(check, report)),
        quote: source.map_or(String::new(), |s| s.quote.clone()),
        note: rule.note.clone(),
        source: rule.source.clone(),
    }
}

fn measure(check: &RuleTest) -> Measure<'_> {
    Measure {
        unit: &check.unit,
        decimals: check.decimals,
    }
}

fn wanted(check: &RuleTest) -> String {
    let value = words::value(check.value, &check.unit, check.decimals + 2);
    let wanted = words::wanted(check.comparator, &value, check.at, check.from);
    crate::text::target::clauses(&[wanted, words::unit(&check.unit)])
}

/// How far a reading passes its bound, in words.
fn short(reading: RuleReading, check: &RuleTest) -> String {
    measure(check).difference(reading.margin.unwrap_or(0.0))
}

fn detail(check: &RuleTest, report: &RuleReport) -> String {
    let Some(told) = report.telling_year() else {
        return words::BY_HAND.to_owned();
    };
    let (year, measure) = (told.year, measure(check));
    let size = |own: f64| measure.change(own.abs()).map(|_| measure.difference(own));
    match told.verdict {
        Verdict::Broken => words::broken(year, &short(told.scenario, check)),
        Verdict::Widened => {
            let (now, before) = (short(told.scenario, check), short(told.baseline, check));
            words::widened(year, &now, &before, &measure.difference(told.own))
        }
        Verdict::Inherited => {
            let eased = size(told.own).filter(|_| told.own < 0.0);
            words::inherited(year, &short(told.scenario, check), eased.as_deref())
        }
        Verdict::Immaterial => {
            let material = measure.difference(check.material());
            words::immaterial(year, &short(told.scenario, check), &material)
        }
        Verdict::Unknown => words::unknown(year),
        Verdict::Kept | Verdict::Statement => kept(check, report, told),
    }
}

fn kept(check: &RuleTest, report: &RuleReport, told: &RuleYear) -> String {
    let margin = |y: &RuleYear| y.scenario.margin.unwrap_or(f64::INFINITY);
    let tightest = report.years.iter().fold(told, |best, year| {
        if margin(year) < margin(best) {
            year
        } else {
            best
        }
    });
    let measure = measure(check);
    let left = measure.change(margin(tightest));
    let left = left.filter(|_| check.comparator != Comparator::About);
    let left = left.map(|_| measure.difference(margin(tightest)));
    words::kept(tightest.year, left.as_deref())
}

/// A balance that holds has nothing to show year by year.
fn years(check: &RuleTest, report: &RuleReport) -> Vec<RuleYearRow> {
    if check.comparator == Comparator::About && report.verdict == Verdict::Kept {
        return Vec::new();
    }
    let years = report.years.iter();
    years.map(|year| year_row(check, year)).collect()
}

fn year_row(check: &RuleTest, year: &RuleYear) -> RuleYearRow {
    let measure = Measure {
        unit: "",
        decimals: check.decimals,
    };
    let margin = |reading: RuleReading| {
        let words = reading.margin.map(|m| words::margin(m, check.decimals));
        words.unwrap_or_else(|| measure.value(None))
    };
    let own = measure
        .change(year.own)
        .filter(|_| year.verdict.is_breach());
    RuleYearRow {
        year: year.year,
        class: words::verdict(year.verdict).1,
        value: measure.telling(year.scenario.value, check.value),
        margin: margin(year.scenario),
        baseline: margin(year.baseline),
        own: own.unwrap_or_else(|| measure.value(None)),
    }
}

/// What to do about a rule that levers broke, in a sentence.
fn relief(inputs: &Inputs<'_>, check: &RuleTest, report: &RuleReport) -> String {
    let found = inputs.reliefs.iter().find(|r| r.rule == report.rule);
    let named = found.and_then(|relief| relief_words(inputs.bound, inputs, check, relief));
    named.unwrap_or_default()
}

fn relief_words(
    bound: &Bound,
    inputs: &Inputs<'_>,
    check: &RuleTest,
    relief: &Relief,
) -> Option<String> {
    let lever = bound.lever(&relief.lever)?;
    let position = bound.pack().lever.iter().position(|l| l.id == lever.id)?;
    let name = &lever.label.zh;
    if relief.left > 0.0 {
        let left = measure(check).difference(relief.left);
        return Some(words::put_back_first(name, &left));
    }
    let then = leads_to(check, &relief.after);
    let Some(value) = relief.value else {
        return Some(words::put_back_timing(name, &then));
    };
    let text = words::value(value, &lever.unit, lever.decimals);
    let state = inputs.state;
    let now = state.scenario.lever_value(&state.catalogue, position)?;
    Some(words::put_back(name, &text, now > lever.default, &then))
}

/// What the advice leads to, as the rule was judged again.
fn leads_to(check: &RuleTest, after: &RuleReport) -> String {
    let told = after.telling_year();
    match (after.verdict, told) {
        (Verdict::Inherited, Some(told)) => words::then_inherited(&short(told.scenario, check)),
        (Verdict::Immaterial, _) => words::THEN_IMMATERIAL.to_owned(),
        _ => words::THEN_KEPT.to_owned(),
    }
}

/// The rule to which levers add most stands first: broken before widened, then in pack order.
fn notice(inputs: &Inputs<'_>, pairs: &[(&Rule, &RuleReport)]) -> RuleNotice {
    let own: Vec<_> = pairs.iter().filter(|(_, r)| r.verdict.is_own()).collect();
    let worst = own.iter().map(|(_, report)| report.verdict).max();
    let told = own.iter().find(|(_, r)| Some(r.verdict) == worst);
    let Some((rule, report)) = told else {
        return RuleNotice::default();
    };
    let Some(check) = &rule.check else {
        return RuleNotice::default();
    };
    let next = [relief(inputs, check, report), others(own.len() - 1)];
    let next: Vec<String> = next.into_iter().filter(|text| !text.is_empty()).collect();
    RuleNotice {
        text: words::notice(&rule.label, &detail(check, report), report.verdict),
        next: crate::text::target::clauses(&next),
        count: words::count(own.len()),
    }
}

fn others(count: usize) -> String {
    match count {
        0 => String::new(),
        count => words::others(count),
    }
}
