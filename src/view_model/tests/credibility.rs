//! 模型可信度: verdict, badges, cells, charts, and a pack without a record.

use super::Town;
use crate::view_model::credibility::{CredibilityView, page};
use expect_test::{Expect, expect};
use tidemark_chart::figure::Layer;
use tidemark_pack::record::credibility::*;
use tidemark_pack::record::{ActualStatus, Bound as Printing};

/// A record of the town: one judged series, one with too few figures, one imposed.
fn record() -> Credibility {
    Credibility {
        data_version: "0123456789abcdef".to_owned(),
        made_by: "tidemark 0.1.0".to_owned(),
        held_back: fit(2021),
        whole: fit(2025),
        parameters: vec![
            parameter("drift", ParameterRole::Fitted, 0.518, false),
            parameter("bridge", ParameterRole::Fitted, 0.01, true),
            parameter("elasticity", ParameterRole::Literature, 0.02, true),
        ],
        series: vec![
            series("firms", SeriesUse::Fitted, 4),
            series("rd_gdp", SeriesUse::Fitted, 1),
            series("gdp", SeriesUse::Imposed, 0),
        ],
        acceptance: vec![
            accepted("mape", Some(0.114), 6, [0.0, 0.07], VerdictWord::Refused),
            accepted("ratio_4", Some(0.0028), 1, [0.0, 0.002], VerdictWord::Few),
            accepted("u2_pooled", Some(0.426), 6, [0.0, 1.0], VerdictWord::Good),
            accepted("coverage", Some(0.5), 6, [0.6, 0.95], VerdictWord::Refused),
        ],
    }
}

fn fit(to: i32) -> FitRecord {
    FitRecord {
        from: 2015,
        to,
        figures: 16,
        chains: 8,
        draws: 2000,
        seed: 2015,
        acceptance: 0.2317,
        r_hat: 1.0035,
        ess: 1693.4,
    }
}

fn parameter(id: &str, role: ParameterRole, narrowing: f64, is_nil: bool) -> ParameterRow {
    ParameterRow {
        id: id.to_owned(),
        role,
        in_model: Some(0.04),
        prior: [0.0, 0.03, 0.08],
        posterior: [0.02, 0.04, 0.06],
        narrowing,
        is_nil,
        held_back_prior: [0.0, 0.03, 0.08],
        held_back_posterior: [0.01, 0.035, 0.07],
    }
}

fn accepted(
    measure: &str,
    value: Option<f64>,
    points: usize,
    accept: [f64; 2],
    verdict: VerdictWord,
) -> AcceptanceRow {
    AcceptanceRow {
        measure: measure.to_owned(),
        value,
        points,
        accept,
        good: [accept[0], accept[1] / 2.0],
        verdict,
    }
}

fn series(indicator: &str, used: SeriesUse, scored: usize) -> SeriesRow {
    let points = (0..scored).map(|k| {
        let year = 2022 + k as i32;
        PointRow {
            period: year.to_string(),
            time: f64::from(year) + 1.0,
            value: 120.0 + 10.0 * k as f64,
            bound: Printing::Exact,
            status: match k {
                0 => ActualStatus::Preliminary,
                _ => ActualStatus::Final,
            },
            vintage: String::new(),
            seen: false,
            is_scored: true,
            foretold: Some([125.0, 135.0, 160.0]),
        }
    });
    let years = (2021..=2025).map(|year| YearRow {
        year,
        time: f64::from(year) + 1.0,
        held_back: [110.0, 130.0, 150.0],
        whole: [115.0, 128.0, 140.0],
    });
    let judged = |value, verdict| {
        Some(Judged {
            value,
            verdict: Some(verdict),
        })
    };
    let is_judged = scored >= 4;
    SeriesRow {
        indicator: indicator.to_owned(),
        used,
        points: points.collect(),
        years: years.collect(),
        scored,
        score: (scored > 0).then(|| ScoreRow {
            mape: judged(
                0.032,
                if is_judged {
                    VerdictWord::Good
                } else {
                    VerdictWord::Few
                },
            ),
            mae: 4.2,
            bias: judged(0.35, VerdictWord::Refused).filter(|_| is_judged),
            variance: is_judged.then_some(0.25),
            covariance: is_judged.then_some(0.4),
            u2_last_growth: judged(0.7, VerdictWord::Good).filter(|_| is_judged),
            u2_log_trend: None,
            coverage: is_judged.then_some(0.75),
        }),
    }
}

fn view(record: Option<Credibility>) -> CredibilityView {
    let town = Town::with_record(record.as_ref());
    page(&town.bound, record.as_ref())
}

#[track_caller]
fn check(lines: impl IntoIterator<Item = String>, expected: Expect) {
    let lines: Vec<String> = lines.into_iter().collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_verdict_says_what_passes_and_what_does_not() {
    let view = view(Some(record()));
    let badges = view.badges.iter();
    let badges = badges.map(|b| format!("{} {} {}", b.name, b.glyph, b.text));
    check(
        std::iter::once(view.verdict.clone()).chain(badges),
        expect![[r#"
            把2022—2025年当作未知来预测，能判的 3 项检验通过 1 项，另有 1 项数据不足。没有通过的：水平指标的平均误差（MAPE）为 11%（要求不超过 7%）；区间偏窄，只有 50% 的实绩落在80%区间内（要求 60%—95%）。所以推演适合比较方案，不适合单报一个数字。
            基线回测 ▲ 3项通过1项，1项数据不足
            政策效应依据 ● S 0 · M 1 · 假设 0"#]],
    );
}

#[test]
fn a_pack_without_a_record_says_so() {
    let view = view(None);
    assert!(view.record.is_none());
    let badges = view.badges.iter();
    let badges = badges.map(|b| format!("{} {} {}", b.name, b.glyph, b.text));
    check(
        std::iter::once(view.verdict.clone()).chain(badges),
        expect![[r#"
            还没有做基线回测：本页数字可以比较方案，不能说明误差有多大。
            基线回测 ◌ 未做
            政策效应依据 ● S 0 · M 1 · 假设 0"#]],
    );
}

#[test]
fn too_few_figures_are_not_judged_and_imposed_ones_not_scored() {
    let record = view(Some(record())).record.unwrap();
    let lines = record.series.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| match cell.light {
            Some(light) => format!("{}{}", cell.text, light.glyph),
            None => cell.text.clone(),
        });
        let cells: Vec<String> = cells.collect();
        format!(
            "{} {} {} | {}",
            row.name,
            row.verdict.glyph,
            row.verdict.word,
            cells.join(" | ")
        )
    });
    check(
        lines,
        expect![[r#"
            登记企业数 ■ 未通过 | 4 | 3.2%● | 4 家 | 0.35■ | 0.25 | 0.40 | 0.70● | — | 75%
            研发强度 ◌ 数据不足 | 1 | 3.2% | 4.20 个百分点 | — | — | — | — | — | —
            地区生产总值 — 外生给定，不评分 | — | — | — | — | — | — | — | — | —"#]],
    );
}

#[test]
fn the_acceptance_table_carries_its_limits() {
    let record = view(Some(record())).record.unwrap();
    let lines = record.acceptance.iter().map(|row| {
        format!(
            "{}：{}（n = {}）{} {} {}",
            row.name, row.value, row.points, row.accept, row.good, row.light.word
        )
    });
    check(
        lines,
        expect![[r#"
            水平指标的平均误差（MAPE）：11%（n = 6）不超过 7% 不超过 3.5% 未通过
            研发强度等比率，提前4年的误差：0.28 个百分点（n = 1）不超过 0.2 个百分点 不超过 0.1 个百分点 数据不足
            合并误差与惯性外推之比（U2）：0.43（n = 6）低于 1.00 低于 0.50 良好
            落在80%区间内的比例：50%（n = 6）60%—95% 60%—48% 未通过"#]],
    );
}

#[test]
fn a_parameter_says_how_much_narrower_it_became_or_that_it_did_not() {
    let record = view(Some(record())).record.unwrap();
    let lines = record.parameters.iter().map(|row| {
        let [prior, posterior] = row.bars;
        format!(
            "{} {} | {} | {:.2}–{:.2} in {:.2}–{:.2}",
            row.id,
            row.ranges[0],
            row.narrowing,
            posterior.from,
            posterior.to,
            prior.from,
            prior.to
        )
    });
    check(
        lines.chain(record.fits.concat()).chain([record.made]),
        expect![[r#"
            drift 0.03（0 — 0.08） | 52% | 0.25–0.75 in 0.00–1.00
            bridge 0.03（0 — 0.08） | 无收窄 | 0.25–0.75 in 0.00–1.00
            elasticity 0.03（0 — 0.08） | 文献，不拟合 | 0.25–0.75 in 0.00–1.00
            留出检验的拟合：用2015—2021年的 16 个实绩，保留 2000 组抽样
            8 条链，最差 R-hat 1.004（要求不超过 1.05），最小有效样本 1,693（要求不少于 400），接受率 23%，种子 2015
            全部数据的拟合：用2015—2025年的 16 个实绩，保留 2000 组抽样
            8 条链，最差 R-hat 1.004（要求不超过 1.05），最小有效样本 1,693（要求不少于 400），接受率 23%，种子 2015
            由 tidemark 0.1.0 生成；数据版本 0123456789ab"#]],
    );
}

#[test]
fn a_chart_shades_the_years_held_out_and_marks_figures_by_firmness() {
    let record = view(Some(record())).record.unwrap();
    let titles = record.charts.iter().map(|c| c.figure.title.clone());
    check(
        titles,
        expect![[r#"
        登记企业数：留出 4 个实绩，3 个落在80%区间内，平均误差 3.2%
        研发强度：留出 1 个实绩，0 个落在80%区间内，平均误差 3.2%"#]],
    );
    let layers = &record.charts[0].figure.layers;
    let Layer::Band { lower, .. } = &layers[0] else {
        panic!("{:?}", layers[0]);
    };
    assert_eq!(lower[0].0, 2022.0, "held out from here");
    let marks = layers.iter().filter_map(|layer| match layer {
        Layer::Marks { points, mark, .. } => Some(format!("{mark:?} {}", points.len())),
        _ => None,
    });
    check(
        marks,
        expect![[r#"
        Ring 1
        Dot 3"#]],
    );
}

#[test]
fn what_has_no_source_is_listed_as_assumed() {
    let view = view(Some(record()));
    let names = view
        .assumed
        .iter()
        .map(|a| format!("{} {}", a.name, a.value));
    check(
        std::iter::once(view.assumed_count.clone()).chain(names),
        expect![[r#"
            1 个假设条件没有出处，1 个拟合参数没有从数据得到信息。
            经济增速 8（4 — 12）%/年"#]],
    );
}
