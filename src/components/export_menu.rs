//! A chart as a file: picture, vector picture, data.

use crate::platform::{download, export};
use crate::text::page::{WORDS, with_key};
use crate::view_model::csv;
use crate::view_model::rows::FigureView;
use std::rc::Rc;
use yew::prelude::*;

/// Width and height of an exported chart in CSS pixels (16:9, a slide's body).
const EXPORT_SIZE: (f64, f64) = (960.0, 540.0);

/// A chart and whether its menu is open.
#[derive(Properties, PartialEq)]
pub struct ExportMenuProps {
    /// The chart.
    pub view: Rc<FigureView>,
    /// Whether the menu is open.
    pub open: bool,
    /// Opens or closes it.
    pub on_toggle: Callback<()>,
}

/// The menu and its button.
#[component]
pub fn ExportMenu(props: &ExportMenuProps) -> Html {
    let failed = use_state_eq(|| false);
    let toggle = props.on_toggle.reform(|_: MouseEvent| ());
    let item = |words: &'static str, kind: &'static str, save: fn(&FigureView, Callback<bool>)| {
        let (view, failed) = (props.view.clone(), failed.clone());
        let toggle = props.on_toggle.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let failed = failed.clone();
            save(&view, Callback::from(move |saved: bool| failed.set(!saved)));
            toggle.emit(());
        });
        html! { <button role="menuitem" data-export={kind} {onclick}>{words}</button> }
    };
    html! {
        <div class="menu">
            <button class="small-button" data-action="export" title={with_key(WORDS.export, "E")} aria-haspopup="menu"
                aria-expanded={props.open.to_string()} onclick={toggle}>{WORDS.export}</button>
            if props.open {
                <div class="items" role="menu">
                    {item(WORDS.png, "png", save_png)}
                    {item(WORDS.svg, "svg", save_svg)}
                    {item(WORDS.csv, "csv", save_csv)}
                </div>
            }
            if *failed {
                <p class="export-failed" role="alert">{WORDS.export_failed}</p>
            }
        </div>
    }
}

fn save_png(view: &FigureView, done: Callback<bool>) {
    let figure = view.for_export(EXPORT_SIZE);
    let name = export::file_name(&[&view.file_stem], "png");
    let hears = done.clone();
    if export::png(&figure, &name, move |saved| hears.emit(saved)).is_err() {
        done.emit(false);
    }
}

fn save_svg(view: &FigureView, done: Callback<bool>) {
    let name = export::file_name(&[&view.file_stem], "svg");
    done.emit(export::save_svg(&view.for_export(EXPORT_SIZE), &name));
}

fn save_csv(view: &FigureView, done: Callback<bool>) {
    let name = export::file_name(&[&view.file_stem], "csv");
    let text = csv::csv(view);
    done.emit(download::save(
        &name,
        "text/csv;charset=utf-8",
        text.as_bytes(),
    ));
}
