//! 模型可信度: what fits and hindcasts say of the model, as sentences, cells and charts.
//!
//! Made from the pack and its record of credibility: no scenario changes it. Charts are in
//! `super::evidence`.

use super::Inputs;
use super::evidence;
use super::rows::{Evidence, Light};
use crate::text::credibility as words;
use crate::text::number::{self, NO_VALUE};
use crate::text::sentence::Measure;
use tidemark_chart::figure::Figure;
use tidemark_pack::anchor;
use tidemark_pack::bind::Bound;
use tidemark_pack::record::credibility::{
    AcceptanceRow, Credibility, FitRecord, HindcastSummary, Judged, ParameterRole, ParameterRow,
    Range80, ScoreRow, SeriesRow, VerdictWord,
};
use tidemark_pack::record::{Grade, Indicator};

/// A word that leads to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// 基线回测, 政策效应依据.
    pub name: &'static str,
    /// "8项通过5项".
    pub text: String,
    /// `ok`, `risk` or `pending`: CSS class.
    pub class: &'static str,
    /// ● ▲ ◌
    pub glyph: &'static str,
}

/// A cell with a verdict, or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedCell {
    /// "2.1%".
    pub text: String,
    /// Its verdict, where it is judged.
    pub light: Option<Light>,
}

/// A series with its errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesView {
    /// Indicator.
    pub id: String,
    /// Name.
    pub name: String,
    /// How its figures are used, empty for the plain case.
    pub used: &'static str,
    /// 数据不足, 通过, …; no class and no shape where it is not scored.
    pub verdict: Light,
    /// n, MAPE, MAE, UM, US, UC, U2, U2, coverage, as in the heads of the table.
    pub cells: Vec<JudgedCell>,
    /// What a reader must know.
    pub note: String,
    /// Anchor in the technical reference.
    pub anchor: String,
}

/// A row of the acceptance table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptanceView {
    /// What is measured.
    pub name: String,
    /// Value.
    pub value: String,
    /// Points it stands on.
    pub points: usize,
    /// What passes.
    pub accept: String,
    /// What passes well.
    pub good: String,
    /// Verdict.
    pub light: Light,
}

/// A range on a line, as fractions of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// 10th percentile.
    pub from: f64,
    /// Median.
    pub middle: f64,
    /// 90th percentile.
    pub to: f64,
}

/// A parameter before and after the fits.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterView {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Before, after the fit that holds back, after the fit on all.
    pub ranges: [String; 3],
    /// Prior and posterior of the fit on all, on one line.
    pub bars: [Bar; 2],
    /// "收窄 45%", 无收窄, 文献，不拟合.
    pub narrowing: String,
    /// Whether the figures told something of it.
    pub is_told: bool,
    /// Where the prior comes from.
    pub note: String,
    /// Anchor of its constant in the technical reference; none for the model's own error.
    pub anchor: Option<String>,
}

/// A chart of model against record.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceChart {
    /// Indicator.
    pub id: String,
    /// Name.
    pub name: String,
    /// What is drawn.
    pub figure: Figure,
}

/// What a record of credibility says.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordView {
    /// All figures together.
    pub acceptance: Vec<AcceptanceView>,
    /// Series by series.
    pub series: Vec<SeriesView>,
    /// Series with figures, drawn.
    pub charts: Vec<EvidenceChart>,
    /// Both fits in sentences.
    pub fits: Vec<[String; 2]>,
    /// Parameters.
    pub parameters: Vec<ParameterView>,
    /// What made it.
    pub made: String,
}

/// A lever with the grade of its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectView {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// How well its effect is known.
    pub evidence: Evidence,
    /// How the model treats it.
    pub how: String,
    /// Anchor in the technical reference.
    pub anchor: String,
}

/// Something that stands on nothing published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumedView {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// "580（540 — 620）亿元".
    pub value: String,
    /// What a reader must know.
    pub note: String,
    /// Anchor in the technical reference.
    pub anchor: String,
}

/// The whole page.
#[derive(Debug, Clone, PartialEq)]
pub struct CredibilityView {
    /// One sentence for somebody who decides.
    pub verdict: String,
    /// Both badges.
    pub badges: Vec<Badge>,
    /// What the record says; none where no hindcast was made.
    pub record: Option<RecordView>,
    /// Levers, strong evidence first.
    pub effects: Vec<EffectView>,
    /// How much is assumed.
    pub assumed_count: String,
    /// Assumptions without a source.
    pub assumed: Vec<AssumedView>,
}

/// The page of a pack with its record, if it has one.
pub fn page(bound: &Bound, record: Option<&Credibility>) -> CredibilityView {
    CredibilityView {
        verdict: record.map_or(words::NO_RECORD.to_owned(), overall),
        badges: badges(bound),
        record: record.map(|record| record_view(bound, record)),
        effects: effects(bound),
        assumed_count: assumed_count(bound, record),
        assumed: assumed(bound),
    }
}

/// The badges at the foot of the main screen.
pub(super) fn status_badges(inputs: &Inputs<'_>) -> Vec<Badge> {
    badges(inputs.bound)
}

fn overall(record: &Credibility) -> String {
    let rows = record.acceptance.iter();
    let refused = rows.filter(|row| row.verdict == VerdictWord::Refused);
    let refused: Vec<String> = refused
        .filter_map(|row| Some(words::refused(&row.measure, row.value?, row.accept)))
        .collect();
    let summary = record.summary();
    words::overall(summary.passed, &refused, summary.few, summary.years)
}

fn badges(bound: &Bound) -> Vec<Badge> {
    let levers = &bound.pack().lever;
    let graded = |grade| levers.iter().filter(|l| l.evidence == grade).count();
    let (strong, medium, assumed) = (graded(Grade::S), graded(Grade::M), graded(Grade::A));
    vec![
        hindcast_badge(bound.hindcast()),
        Badge {
            name: words::EFFECTS,
            text: words::effects_badge(strong, medium, assumed),
            class: if assumed > 0 { "risk" } else { "ok" },
            glyph: if assumed > 0 { "▲" } else { "●" },
        },
    ]
}

fn hindcast_badge(summary: Option<HindcastSummary>) -> Badge {
    let counts = |s: HindcastSummary| (s.passed, s.refused, s.few);
    let (passed, refused, few) = summary.map(counts).unwrap_or_default();
    let (glyph, class) = match (passed, refused) {
        (0, 0) => ("◌", "pending"),
        (_, 0) => ("●", "ok"),
        _ => ("▲", "risk"),
    };
    Badge {
        name: words::HINDCAST,
        text: words::hindcast_badge(passed, passed + refused, few),
        class,
        glyph,
    }
}

fn record_view(bound: &Bound, record: &Credibility) -> RecordView {
    let named = |row: &SeriesRow| bound.indicator(&row.indicator).cloned();
    let pairs: Vec<(Indicator, &SeriesRow)> = record
        .series
        .iter()
        .filter_map(|row| Some((named(row)?, row)))
        .collect();
    // What is scored stands first; the order is otherwise the pack's.
    let (scored, shown): (Vec<_>, Vec<_>) = pairs
        .into_iter()
        .partition(|(_, row)| words::not_scored(row.used).is_none());
    let pairs: Vec<(Indicator, &SeriesRow)> = scored.into_iter().chain(shown).collect();
    let charts = pairs.iter();
    RecordView {
        acceptance: record.acceptance.iter().map(acceptance).collect(),
        series: pairs.iter().map(|(i, row)| series(bound, i, row)).collect(),
        charts: charts
            .filter_map(|(indicator, row)| {
                let figure = evidence::figure(record, indicator, row)?;
                Some(EvidenceChart {
                    id: indicator.id.clone(),
                    name: indicator.label.zh.clone(),
                    figure,
                })
            })
            .collect(),
        fits: [&record.held_back, &record.whole]
            .into_iter()
            .zip(words::FIT_NAMES)
            .map(|(fit, name)| self::fit(fit, name))
            .collect(),
        parameters: record
            .parameters
            .iter()
            .map(|row| parameter(bound, row))
            .collect(),
        made: words::made(&record.made_by, &short(&record.data_version)),
    }
}

/// Enough of a version to compare by eye.
fn short(version: &str) -> String {
    version.chars().take(12).collect()
}

fn light(verdict: VerdictWord) -> Light {
    let (glyph, class, word) = words::verdict(verdict);
    Light { class, glyph, word }
}

fn acceptance(row: &AcceptanceRow) -> AcceptanceView {
    let value = row.value.map(|v| words::measured(&row.measure, v));
    AcceptanceView {
        name: words::measure(&row.measure).to_owned(),
        value: value.unwrap_or_else(|| NO_VALUE.to_owned()),
        points: row.points,
        accept: words::limits(&row.measure, row.accept),
        good: words::limits(&row.measure, row.good),
        light: light(row.verdict),
    }
}

/// Fewest held-out figures that are judged.
const FEWEST_POINTS: usize = 4;

fn series(bound: &Bound, indicator: &Indicator, row: &SeriesRow) -> SeriesView {
    let observation = bound.pack().observation.as_ref();
    let note = observation.and_then(|o| o.series.iter().find(|s| s.indicator == row.indicator));
    let measure = Measure {
        unit: &indicator.unit,
        decimals: indicator.decimals,
    };
    SeriesView {
        id: row.indicator.clone(),
        name: indicator.label.zh.clone(),
        used: words::used(row.used),
        verdict: series_verdict(row),
        cells: cells(row, measure),
        note: note.map_or(String::new(), |n| n.note.clone()),
        anchor: anchor::indicator(&row.indicator),
    }
}

/// The worst verdict of a series' measures.
fn series_verdict(row: &SeriesRow) -> Light {
    if let Some(word) = words::not_scored(row.used) {
        let (glyph, class) = ("—", "none");
        return Light { class, glyph, word };
    }
    let score = row.score.as_ref().filter(|_| row.scored >= FEWEST_POINTS);
    let Some(score) = score else {
        return light(VerdictWord::Few);
    };
    let all = [
        score.mape,
        score.bias,
        score.u2_last_growth,
        score.u2_log_trend,
    ];
    let verdicts: Vec<VerdictWord> = all
        .into_iter()
        .flatten()
        .filter_map(|judged| judged.verdict)
        .collect();
    let worst = [
        VerdictWord::Refused,
        VerdictWord::Accepted,
        VerdictWord::Good,
    ];
    let worst = worst.into_iter().find(|v| verdicts.contains(v));
    light(worst.unwrap_or(VerdictWord::Few))
}

fn cells(row: &SeriesRow, measure: Measure<'_>) -> Vec<JudgedCell> {
    let plain = |text: String| JudgedCell { text, light: None };
    let none = || plain(NO_VALUE.to_owned());
    let count = match words::not_scored(row.used) {
        None => plain(row.scored.to_string()),
        Some(_) => none(),
    };
    let Some(score) = &row.score else {
        let rest = std::iter::repeat_with(none).take(8);
        return std::iter::once(count).chain(rest).collect();
    };
    std::iter::once(count)
        .chain(score_cells(score, measure))
        .collect()
}

fn score_cells(score: &ScoreRow, measure: Measure<'_>) -> [JudgedCell; 8] {
    let two = |value: f64| number::fixed(value, 2);
    let part = |value: Option<f64>| JudgedCell {
        text: value.map_or(NO_VALUE.to_owned(), two),
        light: None,
    };
    [
        judged(score.mape, words::percent),
        JudgedCell {
            text: measure.difference(score.mae),
            light: None,
        },
        judged(score.bias, two),
        part(score.variance),
        part(score.covariance),
        judged(score.u2_last_growth, two),
        judged(score.u2_log_trend, two),
        JudgedCell {
            text: score.coverage.map_or(NO_VALUE.to_owned(), words::percent),
            light: None,
        },
    ]
}

fn judged(judged: Option<Judged>, say: impl Fn(f64) -> String) -> JudgedCell {
    JudgedCell {
        text: judged.map_or(NO_VALUE.to_owned(), |j| say(j.value)),
        light: judged
            .and_then(|j| j.verdict)
            .filter(|v| *v != VerdictWord::Few)
            .map(light),
    }
}

fn fit(fit: &FitRecord, name: &str) -> [String; 2] {
    let said = words::fit(name, fit.from, fit.to, fit.figures, fit.draws);
    let (r_hat, ess) = (number::fixed(fit.r_hat, 3), number::fixed(fit.ess, 0));
    let acceptance = words::percent(fit.acceptance);
    let agrees = words::convergence(fit.chains, &r_hat, &ess, &acceptance, fit.seed);
    [said, agrees]
}

fn parameter(bound: &Bound, row: &ParameterRow) -> ParameterView {
    let record = bound.pack().parameter.iter().find(|p| p.id == row.id);
    let variable = record.and_then(|p| p.variables.first());
    let is_literature = row.role == ParameterRole::Literature;
    let is_told = !is_literature && !row.is_nil;
    ParameterView {
        id: row.id.clone(),
        name: record.map_or(row.id.clone(), |p| p.label.zh.clone()),
        ranges: [row.prior, row.held_back_posterior, row.posterior].map(range),
        bars: bars(row),
        narrowing: match (is_literature, row.is_nil) {
            (true, _) => words::LITERATURE.to_owned(),
            (false, true) => words::NIL.to_owned(),
            (false, false) => words::percent(row.narrowing),
        },
        is_told,
        note: record.map_or(String::new(), |p| p.note.clone()),
        anchor: variable.map(|name| anchor::variable(name)),
    }
}

fn range([low, middle, high]: Range80) -> String {
    let [low, middle, high] = [low, middle, high].map(|v| number::significant(v, 3));
    words::range(&low, &middle, &high)
}

/// Prior and posterior on a line that just holds both.
fn bars(row: &ParameterRow) -> [Bar; 2] {
    let both = [row.prior, row.posterior];
    let ends = both.iter().flatten();
    let low = ends.clone().fold(f64::INFINITY, |a, b| a.min(*b));
    let high = ends.fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    let place = |value: f64| {
        if high > low {
            ((value - low) / (high - low)).clamp(0.0, 1.0)
        } else {
            0.5
        }
    };
    both.map(|[from, middle, to]| Bar {
        from: place(from),
        middle: place(middle),
        to: place(to),
    })
}

fn effects(bound: &Bound) -> Vec<EffectView> {
    let levers = &bound.pack().lever;
    let graded = |grade| levers.iter().filter(move |l| l.evidence == grade);
    let ordered = [Grade::S, Grade::M, Grade::A].into_iter().flat_map(graded);
    ordered
        .map(|lever| EffectView {
            id: lever.id.clone(),
            name: lever.label.zh.clone(),
            evidence: super::levers::evidence(lever.evidence),
            how: lever.how.clone(),
            anchor: anchor::lever(&lever.id),
        })
        .collect()
}

fn assumed(bound: &Bound) -> Vec<AssumedView> {
    let all = bound.pack().assumption.iter();
    all.filter(|assumption| assumption.sources.is_empty())
        .map(|assumption| {
            let text = |value: f64| number::trimmed(&number::fixed(value, assumption.decimals));
            let range = assumption.range;
            let value = words::range(
                &text(range.min),
                &text(assumption.default),
                &text(range.max),
            );
            AssumedView {
                id: assumption.id.clone(),
                name: assumption.label.zh.clone(),
                value: number::with_unit(&value, &assumption.unit),
                note: assumption.note.clone(),
                anchor: anchor::assumption(&assumption.id),
            }
        })
        .collect()
}

fn assumed_count(bound: &Bound, record: Option<&Credibility>) -> String {
    let assumptions = bound.pack().assumption.iter();
    let unsourced = assumptions.filter(|a| a.sources.is_empty()).count();
    let parameters = record.map_or(0, |record| {
        let rows = record.parameters.iter();
        rows.filter(|row| row.role == ParameterRole::Fitted && row.is_nil)
            .count()
    });
    words::assumed_count(unsourced, parameters)
}
