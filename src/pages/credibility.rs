//! The page 模型可信度: a sentence, two badges, tables and charts of model against record.
//!
//! No scenario changes it, so it is made once for a pack, when it is first opened: see `super::record`.

use super::failed;
use super::waiting::Waiting;
use crate::components::chart_canvas::{ChartCanvas, PlotHandle};
use crate::components::evidence_tables as tables;
use crate::platform::{dialog, page};
use crate::state::{Action, Page};
use crate::text::credibility as words;
use crate::text::page::WORDS;
use crate::view_model::credibility::{Badge, CredibilityView, EvidenceChart, RecordView};
use crate::view_model::rows::Message;
use std::rc::Rc;
use yew::prelude::*;

/// Places of charts begin here, past those of the main screen.
const FIRST_PLACE: usize = 1000;

/// How far the page is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The pack's record is being read.
    Waiting,
    /// It cannot be read.
    Failed(Rc<[Message]>),
    /// All its rows.
    Ready(Rc<CredibilityView>),
}

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct CredibilityPageProps {
    /// Title of the pack.
    pub title: AttrValue,
    /// How far it is.
    pub stage: Stage,
    /// Reads the record again.
    pub on_retry: Callback<()>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The page.
#[component]
pub fn CredibilityPage(props: &CredibilityPageProps) -> Html {
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        use_effect_with((), move |()| {
            if let Some(element) = heading.cast() {
                dialog::focus(&element);
            }
        });
    }
    let back = props
        .on
        .reform(|_: MouseEvent| Action::PageShown(Page::Main));
    html! {
        <div class="evidence-page" data-page="credibility">
            <header class="top-bar">
                <button class="button" data-action="back" onclick={back}>{"← "}{words::BACK}</button>
                <h1 ref={heading} tabindex="-1">{words::TITLE}{" · "}{&props.title}</h1>
                if matches!(props.stage, Stage::Ready(_)) {
                    <div class="actions open">
                        <button class="button" data-action="print"
                            onclick={Callback::from(|_: MouseEvent| page::print())}>{WORDS.print}</button>
                    </div>
                }
            </header>
            <div class="evidence">
                {match &props.stage {
                    Stage::Waiting => html! { <Waiting text={words::LOADING} /> },
                    Stage::Failed(messages) => unread(messages, &props.on_retry),
                    Stage::Ready(view) => rows(view),
                }}
            </div>
        </div>
    }
}

/// Why there is no record to show, and the way to try again.
fn unread(messages: &[Message], on_retry: &Callback<()>) -> Html {
    let retry = on_retry.reform(|_: MouseEvent| ());
    html! {
        <section class="failed refusal" role="alert" data-unread="">
            <h2>{words::UNREAD}</h2>
            <p>{words::UNREAD_LEAD}</p>
            {failed::list(messages)}
            <button class="button primary" data-action="retry" onclick={retry}>{WORDS.retry}</button>
        </section>
    }
}

fn rows(view: &CredibilityView) -> Html {
    html! {
        <>
            <section class="card">
                <p class="verdict" data-verdict="">{&view.verdict}</p>
                <p class="badges">{for view.badges.iter().map(badge)}</p>
                <p class="muted">{words::LIMITS}</p>
            </section>
            if let Some(record) = &view.record {
                {self::record(record)}
            } else {
                <section class="card" data-empty=""><p>{words::NO_RECORD_NEXT}</p></section>
            }
            <section class="card" id="effects">
                <h2>{words::EFFECTS}</h2>
                {tables::effects(&view.effects)}
            </section>
            <section class="card">
                <h2>{words::ASSUMED}</h2>
                <p>{&view.assumed_count}</p>
                <p class="muted">{words::ASSUMED_NOTE}</p>
                {tables::assumed(&view.assumed)}
            </section>
        </>
    }
}

fn badge(badge: &Badge) -> Html {
    html! {
        <span class="badge" data-badge={badge.name}>
            {badge.name}{" "}<b class={classes!("light", badge.class)}>{badge.glyph}{" "}{&badge.text}</b>
        </span>
    }
}

fn record(record: &RecordView) -> Html {
    html! {
        <>
            <section class="card">
                <h2>{words::ACCEPTANCE}</h2>
                {tables::acceptance(&record.acceptance)}
            </section>
            <section class="card">
                <h2>{words::SERIES}</h2>
                <p class="muted">{words::SERIES_NOTE}</p>
                {tables::series(&record.series)}
            </section>
            <section class="card">
                <h2>{words::CHARTS}</h2>
                <p class="muted">{words::CHARTS_NOTE}</p>
                <div class="evidence-charts">
                    {for record.charts.iter().enumerate().map(|(place, shown)| html! {
                        <Chart key={shown.id.clone()} place={FIRST_PLACE + place} chart={Rc::new(shown.clone())} />
                    })}
                </div>
            </section>
            <section class="card">
                <h2>{words::FITS}</h2>
                {for record.fits.iter().map(|[said, agrees]| html! { <p>{said}{"。"}<span class="muted">{agrees}</span></p> })}
                <p class="muted">{&record.made}</p>
            </section>
            <section class="card">
                <h2>{words::PARAMETERS}</h2>
                <p class="muted">{words::PARAMETERS_NOTE}</p>
                {tables::parameters(&record.parameters)}
            </section>
        </>
    }
}

/// A chart and its place.
#[derive(Properties, PartialEq)]
struct ChartProps {
    place: usize,
    chart: Rc<EvidenceChart>,
}

#[component]
fn Chart(props: &ChartProps) -> Html {
    let plot = use_memo((), |()| PlotHandle::default());
    let figure = use_memo(props.chart.clone(), |chart| Rc::new(chart.figure.clone()));
    html! {
        <figure class="evidence-chart" data-series-chart={props.chart.id.clone()}>
            <ChartCanvas place={props.place} figure={(*figure).clone()} id={props.chart.id.clone()} generation={0}
                aria={props.chart.figure.title.clone()} plot={(*plot).clone()} />
        </figure>
    }
}
