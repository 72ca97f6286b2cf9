//! The monitoring table in a wide drawer: what was published, what the model projects, as a file.

use super::drawer::DrawerFrame;
use super::reference_links::ReferenceTo;
use super::source_link::SourceLink;
use crate::platform::{download, export};
use crate::state::{Action, Drawer};
use crate::text::monitoring as words;
use crate::text::page::WORDS;
use crate::view_model::monitoring::{self, MonitoringView, Row};
use std::rc::Rc;
use yew::prelude::*;

/// The table and where actions go.
#[derive(Properties, PartialEq)]
pub struct MonitoringDrawerProps {
    /// The table.
    pub view: Rc<MonitoringView>,
    /// Where actions go.
    pub on: Callback<Action>,
}

/// The drawer of the table.
#[component]
pub fn MonitoringDrawer(props: &MonitoringDrawerProps) -> Html {
    let view = &props.view;
    let failed = use_state_eq(|| false);
    let save = {
        let (view, failed) = (view.clone(), failed.clone());
        Callback::from(move |_: MouseEvent| failed.set(!saved(&view)))
    };
    let on_sources = props
        .on
        .reform(|ids| Action::DrawerOpened(Drawer::Sources(ids)));
    html! {
        <DrawerFrame title={view.title.clone()} class={classes!("wide")} on={props.on.clone()}>
            <p class="lead">
                {&view.note}{" "}
                <SourceLink sources={vec![view.source.clone()]} on_sources={on_sources.clone()}>{words::SOURCE}</SourceLink>
            </p>
            <p class="actions">
                <button class="button" data-action="monitoring-csv" onclick={save}>{words::SAVE_CSV}</button>
            </p>
            if *failed {
                <p class="export-failed" role="alert">{WORDS.export_failed}</p>
            }
            <div class="table-wrap monitoring" tabindex="0">{table(view, &on_sources)}</div>
            <p class="muted">{&view.footer}</p>
        </DrawerFrame>
    }
}

fn table(view: &MonitoringView, on_sources: &Callback<Vec<String>>) -> Html {
    let head = |text: &str| html! { <th scope="col">{text}</th> };
    html! {
        <table>
            <thead><tr>
                {head(words::ROW)}{head(words::DIMENSION)}
                {for view.heads.iter().map(|text| head(text))}
                {head(words::OFFICE)}{head(words::RESPONSIBLE)}{head(words::NOTE)}
            </tr></thead>
            {for view.rows.iter().map(|row| rows(row, on_sources))}
        </table>
    }
}

/// The lines of a row; its name and remarks stand once.
fn rows(row: &Row, on_sources: &Callback<Vec<String>>) -> Html {
    let span = row.lines.len().to_string();
    let once = |k: usize, text: &str| {
        html! { if k == 0 { <td class="text" rowspan={span.clone()}>{text}</td> } }
    };
    html! {
        <tbody class={classes!("num", row.is_part.then_some("part"))} data-monitoring={row.id.clone()}>
            {for row.lines.iter().enumerate().map(|(k, line)| html! {
                <tr>
                    if k == 0 {
                        <th scope="rowgroup" rowspan={span.clone()}>
                            <SourceLink sources={row.sources.clone()} on_sources={on_sources.clone()}>{&row.label}</SourceLink>
                            if let Some(anchor) = &row.anchor {
                                {" "}<ReferenceTo anchor={anchor.clone()} of={row.label.clone()} />
                            }
                        </th>
                    }
                    <td class="text">{&line.name}</td>
                    {for line.cells.iter().map(|cell| html! { <td>{cell}</td> })}
                    {once(k, &row.office)}{once(k, &row.responsible)}{once(k, &row.note)}
                </tr>
            })}
        </tbody>
    }
}

fn saved(view: &MonitoringView) -> bool {
    let name = export::file_name(&[&view.file_stem], "csv");
    let text = monitoring::csv(view);
    download::save(&name, "text/csv;charset=utf-8", text.as_bytes())
}
