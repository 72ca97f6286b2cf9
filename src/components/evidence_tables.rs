//! Tables of the page 模型可信度: hindcast, acceptance, parameters, evidence of levers, assumptions.

use super::reference_links::ReferenceTo;
use super::tile::light;
use super::track::percent;
use crate::text::credibility as words;
use crate::view_model::credibility::{
    AcceptanceView, AssumedView, Bar, EffectView, JudgedCell, ParameterView, SeriesView,
};
use yew::prelude::*;

/// A table whose columns of words, by position, are set to the left.
fn table(heads: &[&'static str], words: &[usize], rows: Html) -> Html {
    html! {
        <div class="table-wrap wide" tabindex="0">
            <table>
                <thead><tr>{for heads.iter().enumerate().map(|(k, head)| html! {
                    <th scope="col" class={words.contains(&k).then_some("words")}>{*head}</th>
                })}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// All scored figures together.
pub fn acceptance(rows: &[AcceptanceView]) -> Html {
    let row = |row: &AcceptanceView| {
        html! {
            <tr>
                <th scope="row">{&row.name}</th>
                <td class="num"><b>{&row.value}</b></td>
                <td class="num">{row.points}</td>
                <td class="num">{&row.accept}</td>
                <td class="num">{&row.good}</td>
                <td>{light(row.light)}</td>
            </tr>
        }
    };
    table(
        &words::ACCEPTANCE_COLUMNS,
        &[0, 5],
        rows.iter().map(row).collect::<Html>(),
    )
}

/// Series by series.
pub fn series(rows: &[SeriesView]) -> Html {
    table(
        &words::SERIES_COLUMNS,
        &[0, 1],
        rows.iter().map(series_row).collect::<Html>(),
    )
}

fn series_row(row: &SeriesView) -> Html {
    html! {
        <tr data-series={row.id.clone()} data-status={row.verdict.class}>
            <th scope="row" title={row.note.clone()}>
                {&row.name}
                if !row.used.is_empty() {
                    {" "}<span class="chip">{row.used}</span>
                }
                {" "}<ReferenceTo anchor={row.anchor.clone()} of={row.name.clone()} />
            </th>
            <td>{light(row.verdict)}</td>
            {for row.cells.iter().map(cell)}
        </tr>
    }
}

fn cell(cell: &JudgedCell) -> Html {
    html! {
        <td class="num">
            {&cell.text}
            if let Some(verdict) = cell.light {
                {" "}<span class={classes!("light", verdict.class)} title={verdict.word}>{verdict.glyph}</span>
            }
        </td>
    }
}

/// Parameters before and after.
pub fn parameters(rows: &[ParameterView]) -> Html {
    table(
        &words::PARAMETER_COLUMNS,
        &[0, 1],
        rows.iter().map(parameter).collect::<Html>(),
    )
}

fn parameter(row: &ParameterView) -> Html {
    let [prior, held_back, whole] = &row.ranges;
    html! {
        <tr data-parameter={row.id.clone()}>
            <th scope="row" title={row.note.clone()}>
                {&row.name}{" "}
                if let Some(anchor) = &row.anchor {
                    <ReferenceTo anchor={anchor.clone()} of={row.name.clone()} />
                } else {
                    <span class="chip">{words::NO_VARIABLE}</span>
                }
            </th>
            <td>{bars(&row.bars)}</td>
            <td class="num">{prior}</td>
            <td class="num">{held_back}</td>
            <td class="num">{whole}</td>
            <td class={classes!("num", (!row.is_told).then_some("muted"))}>{&row.narrowing}</td>
        </tr>
    }
}

/// The prior above the posterior.
fn bars([prior, posterior]: &[Bar; 2]) -> Html {
    let bar = |bar: &Bar, class: &'static str, y: &'static str| {
        html! {
            <>
                <rect {class} x={percent(bar.from)} {y} width={percent(bar.to - bar.from)} height="5" />
                <rect class="middle" x={percent(bar.middle)} {y} width="2" height="5" />
            </>
        }
    };
    html! {
        <svg class="ranges" role="presentation">
            {bar(prior, "prior", "2")}
            {bar(posterior, "posterior", "10")}
        </svg>
    }
}

/// Levers with the grade of their effect.
pub fn effects(rows: &[EffectView]) -> Html {
    let row = |row: &EffectView| {
        html! {
            <tr data-effect={row.id.clone()}>
                <th scope="row">{&row.name}{" "}<ReferenceTo anchor={row.anchor.clone()} of={row.name.clone()} /></th>
                <td><span class={classes!("grade", row.evidence.class)}>{row.evidence.letter}</span>{" "}{row.evidence.word}</td>
                <td class="words">{&row.how}</td>
            </tr>
        }
    };
    table(
        &words::EFFECT_COLUMNS,
        &[0, 1, 2],
        rows.iter().map(row).collect::<Html>(),
    )
}

/// What stands on nothing published.
pub fn assumed(rows: &[AssumedView]) -> Html {
    let row = |row: &AssumedView| {
        html! {
            <li data-assumed={row.id.clone()}>
                <b>{&row.name}</b>{" "}<span class="num">{&row.value}</span>
                {" "}<ReferenceTo anchor={row.anchor.clone()} of={row.name.clone()} />
                <p class="muted">{&row.note}</p>
            </li>
        }
    };
    html! { <ul class="assumed-list">{for rows.iter().map(row)}</ul> }
}
