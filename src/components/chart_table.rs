//! A chart as a table.

use crate::view_model::rows::Table;
use std::rc::Rc;
use yew::prelude::*;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct ChartTableProps {
    /// The table.
    pub table: Rc<Table>,
}

/// The table, scrolling inside its card.
#[component]
pub fn ChartTable(props: &ChartTableProps) -> Html {
    let table = &props.table;
    html! {
        <div class="table-wrap" tabindex="0">
            <table>
                <caption>{&table.caption}</caption>
                <thead><tr>{for table.head.iter().map(|head| html! { <th scope="col">{head}</th> })}</tr></thead>
                <tbody class="num">
                    {for table.rows.iter().map(|row| html! {
                        <tr>{for row.iter().map(|cell| html! { <td>{cell}</td> })}</tr>
                    })}
                </tbody>
            </table>
        </div>
    }
}
