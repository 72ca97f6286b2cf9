//! The values of all lines at one period, beside a line through the chart.

use super::chart_canvas::PlotHandle;
use crate::view_model::rows::FigureView;
use std::rc::Rc;
use yew::prelude::*;

/// A chart and the row of its table that is read.
#[derive(Properties, PartialEq)]
pub struct ReadingProps {
    /// The chart.
    pub view: Rc<FigureView>,
    /// Row of its table; `None` reads nothing.
    pub row: Option<usize>,
    /// Where the chart was drawn.
    pub plot: PlotHandle,
}

/// A vertical line and a box of words; the box speaks to screen readers too.
#[component]
pub fn Reading(props: &ReadingProps) -> Html {
    let Some((at, cells)) = props.row.and_then(|row| props.view.reading(row)) else {
        return Html::default();
    };
    let drawn = *props.plot.0.borrow();
    let line = drawn.and_then(|drawn| Some((drawn.x?.px(at), drawn.plot)));
    html! {
        <>
            if let Some((x, plot)) = line {
                <svg class="cross" role="presentation">
                    <line x1={x.to_string()} x2={x.to_string()} y1={plot.top.to_string()} y2={plot.bottom.to_string()} />
                </svg>
            }
            <div class="readout num" role="status">
                {for cells.into_iter().map(|(name, value)| html! { <div>{name}{" "}<b>{value}</b></div> })}
            </div>
        </>
    }
}
