//! What screen readers, keyboards and the browser tests find in the markup.

use super::samples;
use crate::components::money::MoneyAndRules;
use crate::components::reference_links::ReferenceFile;
use crate::pages::screen::Screen;
use crate::state::AppState;
use crate::view_model::reference;
use crate::view_model::rows::ReferenceLink;
use futures::executor::block_on;
use std::rc::Rc;
use yew::prelude::*;

/// The screen as it stands in the page, and what its rail or a drawer shows where there is room, with
/// the address of the reference around it.
#[component]
fn Around() -> Html {
    let file = ReferenceFile(Rc::from("packs/sample.reference.html"));
    let state = Rc::new(AppState::new(Rc::new(samples::catalogue())));
    let view = Rc::new(samples::page());
    let reference: Rc<[ReferenceLink]> = Rc::from(reference::whole(&file.0));
    let (money, rules) = (view.money.clone(), view.rules.rows.clone());
    html! {
        <ContextProvider<ReferenceFile> context={file}>
            <Screen title="科技创新目标" diamond={None} packs={samples::packs()} on_pack={Callback::noop()} {state} {view} {reference}
                enlarged={None::<usize>} on_enlarge={Callback::noop()} on={Callback::noop()} />
            <MoneyAndRules {money} {rules} on={Callback::noop()} />
        </ContextProvider<ReferenceFile>>
    }
}

fn screen() -> String {
    let page = yew::LocalServerRenderer::<Around>::new();
    block_on(page.hydratable(false).render())
}

#[track_caller]
fn check_contains(expected: &str) {
    let markup = screen();
    assert!(
        markup.contains(expected),
        "`{expected}` is not in the markup"
    );
}

#[test]
fn a_slider_says_its_value_in_a_sentence() {
    check_contains(
        r#"aria-valuetext="财政科技支出增速，年均 12%，大力推进档，高于现状 7 个百分点""#,
    );
}

#[test]
fn a_tile_carries_its_value_and_status() {
    check_contains(r#"data-target="city.target.0" data-value="3.64" data-status="miss""#);
    check_contains("难达成");
}

#[test]
fn a_chart_is_an_image_with_a_sentence() {
    check_contains(
        r#"<canvas role="img" aria-label="按此方案，2027年研发强度约 3.64%，距目标差 0.11 个百分点">"#,
    );
}

#[test]
fn another_place_may_be_chosen() {
    check_contains(
        r#"<option value="sample" selected="selected">样城</option><option value="ward">样区</option></select>"#,
    );
    check_contains(r#"<select id="pack" aria-label="选择地区""#);
}

#[test]
fn the_technical_reference_opens_beside_the_page() {
    let markup = screen();
    let link = markup
        .split("<a ")
        .find(|tag| tag.contains(r#"reference.html""#));
    let link = link.unwrap_or_else(|| panic!("no link in the markup"));
    for part in [
        r#"href="packs/sample.reference.html""#,
        r#"target="_blank""#,
        r#"rel="noopener""#,
    ] {
        assert!(link.contains(part), "`{part}` is not in `{link}`");
    }
}

#[test]
fn a_chart_a_rule_and_money_lead_into_the_reference() {
    for anchor in ["i-rd_gdp", "r-r", "i-cost", "i-free"] {
        check_contains(&format!(
            r#"href="packs/sample.reference.html#{anchor}" target="_blank" rel="noopener""#
        ));
    }
}

#[test]
fn a_broken_rule_is_said_on_the_main_screen() {
    check_contains(
        r#"<b>本方案打破“没有资金缺口”：2028年差 41.0 亿元；基准满足，差额全由本方案造成。</b>"#,
    );
    check_contains("把“后补助”调回不超过 12%，方案就不再违反这一条");
    check_contains("■ 1 条");
}

/// The policy of the site forbids inline style and script, so any would be lost in silence.
#[test]
fn no_markup_needs_inline_style_or_script() {
    let markup = screen();
    assert!(!markup.contains("style="));
    assert!(!markup.contains("<script"));
    assert!(!markup.contains(" onclick="));
}
