//! The reference of a small town: what stands on it, that every link arrives, that nothing escapes.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where it fails"
)]

use std::collections::BTreeSet;

use expect_test::{expect, expect_file};
use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::compiled::Compiled;
use tidemark_pack::sources::{Files, TextFile, compile_folder};
use tidemark_reference::page;

const PACK: &str = include_str!("../../../pack/tests/it/pack.toml");
const ACTUALS: &str = include_str!("../../../pack/tests/it/actuals.csv");
const MODEL: &str = include_str!("../../../pack/tests/it/model.xmile");

#[track_caller]
fn opened(pack: &str, actuals: &str, model: &str) -> (Compiled, Loaded) {
    let mut faults = Diagnostics::new();
    let file = |name, text| TextFile { name, text };
    let files = Files {
        pack: file("pack.toml", pack),
        actuals: file("actuals.csv", actuals),
        model: file("model.xmile", model),
    };
    let compiled = compile_folder(&files, &mut faults);
    let loaded = tidemark_engine::load(model, "model.xmile", &mut faults);
    let said: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    compiled.zip(loaded).unwrap_or_else(|| panic!("{said}"))
}

#[track_caller]
fn written(pack: &str, actuals: &str, model: &str) -> String {
    let (compiled, loaded) = opened(pack, actuals, model);
    page(&compiled, &loaded)
}

/// The model with further variables.
fn with(variables: &str) -> String {
    MODEL.replacen("</variables>", &format!("{variables}</variables>"), 1)
}

/// The article or element of an anchor, up to its end.
#[track_caller]
fn part<'p>(page: &'p str, anchor: &str, end: &str) -> &'p str {
    let from = page.find(&format!("id=\"{anchor}\"")).expect("the anchor");
    let rest = &page[from..];
    &rest[..rest.find(end).expect("an end")]
}

fn values<'p>(page: &'p str, before: &'p str) -> impl Iterator<Item = &'p str> {
    let pieces = page.split(before).skip(1);
    pieces.map(|rest| rest.split('"').next().unwrap_or(""))
}

/// Every link arrives at one anchor, and no anchor is given twice.
#[track_caller]
fn check_links(page: &str) {
    let mut anchors = BTreeSet::new();
    for anchor in values(page, " id=\"") {
        let fragment = tidemark_pack::anchor::fragment(&unescaped(anchor));
        assert!(anchors.insert(fragment), "`{anchor}` is given twice");
    }
    for link in values(page, "<a href=\"") {
        assert!(anchors.contains(&unescaped(link)), "`{link}` leads nowhere");
    }
}

/// The text that an attribute's value stands for.
fn unescaped(value: &str) -> String {
    let signs = [
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(value.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn the_whole_page() {
    // The style is a file of its own; the page without it is what a reviewer reads.
    let page = written(PACK, ACTUALS, MODEL);
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let (head, policy) = head.split_once("'sha256-").unwrap();
    let (_, policy) = policy.split_once('\'').unwrap();
    let shown = format!("{head}'sha256-…'{policy}<style>…</style>{body}");
    expect_file!["../golden/testtown.reference.html"].assert_eq(&shown);
}

#[test]
fn every_link_arrives() {
    check_links(&written(PACK, ACTUALS, MODEL));
}

#[test]
fn the_page_asks_for_nothing_and_runs_nothing() {
    let page = written(PACK, ACTUALS, MODEL);
    for forbidden in [
        "<script", "style=", " src=", "http:", "https:", "url(", "@import",
    ] {
        assert!(
            !page.contains(forbidden),
            "`{forbidden}` stands in the page"
        );
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn what_pack_and_model_say_never_becomes_markup() {
    let evil = r#"</p><script>alert(1)</script> & " ' onclick="#;
    let pack = PACK.replacen("年末登记数", &evil.replace('"', "\\\""), 1);
    let pack = pack.replacen("近年每年约10家", &evil.replace('"', "\\\""), 1);
    let actuals = ACTUALS.replacen("统计公报", "<img src=x>", 1);
    let model = with(
        "<aux name=\"a&lt;b&gt;&amp;'c\"><eqn>rd / {&lt;/code&gt;&lt;b&gt;} gdp</eqn>\
         <doc>&lt;/dd&gt;&lt;script&gt;</doc><units>dimensionless</units></aux>\
         <aux name=\"reader\"><eqn>\"a&lt;b&gt;&amp;'c\"</eqn><units>dimensionless</units></aux>",
    );
    let page = written(&pack, &actuals, &model);
    for forbidden in ["<script", "<img", "</code><b>", "a<b>", "onclick=\""] {
        assert!(
            !page.contains(forbidden),
            "`{forbidden}` stands in the page"
        );
    }
    check_links(&page);
}

#[test]
fn elements_stand_under_their_array() {
    let model = with(
        "<aux name=\"weight\"><dimensions><dim name=\"part\"/></dimensions>\
         <element subscript=\"north\"><eqn>1</eqn></element>\
         <element subscript=\"south\"><eqn>2</eqn></element><units>dimensionless</units></aux>\
         <aux name=\"all\"><eqn>SUM(weight[*]) + weight[north]</eqn><units>dimensionless</units></aux>",
    );
    let dimension = "<dimensions><dim name=\"part\"><elem name=\"north\"/><elem name=\"south\"/>\
                     </dim></dimensions><model>";
    let page = written(PACK, ACTUALS, &model.replacen("<model>", dimension, 1));
    let array = part(&page, "v-weight", "</article>");
    assert!(array.contains("id=\"v-weight[north]\"") && array.contains("id=\"v-weight[south]\""));
    assert!(array.contains("<a href=\"#v-all\">all</a>"), "{array}");
    let reader = part(&page, "v-all", "</article>");
    expect![[r##"
        <code class="equation">SUM(<a href="#v-weight">weight</a>[*]) + <a href="#v-weight">weight</a>[north]</code>"##]]
    .assert_eq(equation(reader));
    check_links(&page);
}

/// A watched target with its figure, a statement against it.
const WATCHED: &str = r#"
[[observed]]
id = "labs"
label = { zh = "实验室", en = "Labs" }
part = "新区"
unit = "家"
decimals = 0

[[monitored]]
id = "labs.2027"
indicator = "labs"
from = 2027
to = 2027
counted = "level"
comparator = ">="
value = 40.0
source = "plan"

[[disagreement]]
id = "labs"
label = "实验室"
kind = "lowered"
statement = [
  { says = "2025年50家", source = "plan" },
  { says = "2027年40家", source = "plan" },
]
targets = ["labs.2027", "firms.2027"]
note = "两个都列"
"#;

#[test]
fn watched_targets_and_disagreements_stand_beside_what_the_model_drives() {
    let actuals = format!("{ACTUALS}testtown,labs,2024,31,=,家,final,,公报,实验室31家,\n");
    let page = written(&format!("{PACK}{WATCHED}"), &actuals, MODEL);
    let target = part(&page, "t-labs.2027", "</article>");
    for expected in [
        "<h3>新区：实验室 2027年</h3>",
        "≥ 40 家",
        "<a href=\"#o-labs\">新区：实验室</a>",
        "到2027年，登记企业达到180家",
        "<a href=\"#d-labs\">实验室</a>",
    ] {
        assert!(target.contains(expected), "`{expected}`: {target}");
    }
    assert!(part(&page, "o-labs", "</article>").contains("实验室31家"));
    let found = part(&page, "d-labs", "</article>");
    for expected in ["后来降低", "2025年50家", "两个都列", "#t-firms.2027"] {
        assert!(found.contains(expected), "`{expected}`: {found}");
    }
    assert!(part(&page, "t-firms.2027", "</article>").contains("#d-labs"));
    check_links(&page);
}

#[test]
fn groups_of_the_model_are_chapters() {
    let groups = "<group name=\"money\"><doc>一、钱</doc><var>rd</var><var>gdp</var></group>";
    let model = MODEL.replacen("</variables>", &format!("{groups}</variables>"), 1);
    let page = written(PACK, ACTUALS, &model);
    let chapter = part(&page, "g-money", "<h3 class=\"chapter\">");
    assert!(chapter.starts_with("id=\"g-money\">一、钱</h3>"));
    for (anchor, is_inside) in [("v-rd", true), ("v-gdp", true), ("v-register", false)] {
        let id = format!("id=\"{anchor}\"");
        assert_eq!(chapter.contains(&id), is_inside, "{anchor}");
        assert_eq!(page.matches(&id).count(), 1, "{anchor}");
    }
    assert!(page.contains("<li><a href=\"#g-money\">一、钱</a></li>"));
    check_links(&page);
}

#[test]
fn names_inside_a_module_are_those_of_the_module() {
    let model = with("<module name=\"office\"/>");
    let inside = "</model><model name=\"office\"><variables>\
         <aux name=\"rd\"><eqn>3</eqn><units>dimensionless</units></aux>\
         <aux name=\"twice\"><eqn>rd * 2</eqn><units>dimensionless</units></aux>\
         </variables></model>";
    let page = written(PACK, ACTUALS, &model.replacen("</model>", inside, 1));
    let twice = part(&page, "v-office.twice", "</article>");
    expect![[r##"<code class="equation"><a href="#v-office.rd">rd</a> * 2</code>"##]]
        .assert_eq(equation(twice));
    check_links(&page);
}

#[test]
fn a_graphical_function_called_by_name_has_a_place() {
    let model = with(
        "<gf name=\"curve\"><xpts>0,1</xpts><ypts>5,6</ypts></gf>\
         <aux name=\"read\"><eqn>LOOKUP(curve, 0.5)</eqn></aux>",
    );
    let page = written(PACK, ACTUALS, &model);
    let curve = part(&page, "v-curve", "</article>");
    assert!(
        curve.contains("0 → 5") && curve.contains("<a href=\"#v-read\">read</a>"),
        "{curve}"
    );
    check_links(&page);
}

/// The first equation in a piece of the page.
fn equation(piece: &str) -> &str {
    let from = piece.find("<code class=\"equation\">").unwrap();
    let rest = &piece[from..];
    &rest[..rest.find("</code>").unwrap() + "</code>".len()]
}
