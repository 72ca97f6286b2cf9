//! Rows in, markup out, events back as actions; no model terms, no formats, no Chinese.
//!
//! The page puts them together in `crate::pages::main_page`.

pub mod answer;
pub mod assumptions_drawer;
pub mod chart_canvas;
pub mod chart_card;
pub mod chart_choice;
pub mod chart_reading;
pub mod chart_table;
pub mod diamond;
pub mod diamond_box;
pub mod drawer;
pub mod evidence_tables;
pub mod export_menu;
pub mod help_drawer;
pub mod lever_drawer;
pub mod lever_panel;
pub mod money;
pub mod monitoring_drawer;
pub mod notices;
pub mod number_box;
pub mod pack_choice;
pub mod painted_track;
pub mod patterns;
pub mod print_levers;
pub mod rail;
pub mod reading;
mod reason_box;
pub mod reference_links;
pub mod rule_list;
pub mod scoreboard;
pub mod slider;
pub mod solver_ask;
pub mod solver_card;
pub mod solver_drawer;
pub mod source_card;
pub mod source_link;
pub mod status_bar;
pub mod step_button;
pub mod target_drawer;
pub mod targets_drawer;
pub mod tile;
pub mod top_bar;
pub mod track;
pub mod watched;
pub mod why_drawer;
pub mod why_line;
