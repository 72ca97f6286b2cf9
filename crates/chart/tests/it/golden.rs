//! One SVG per kind of figure; refreshed with `UPDATE_EXPECT=1` and read in the difference.

use expect_test::expect_file;
use tidemark_chart::{Figure, TableMeasure, svg};

use crate::figures;

#[track_caller]
fn check(figure: &Figure, expected: expect_test::ExpectFile) {
    expected.assert_eq(&svg(figure, &TableMeasure));
}

#[test]
fn intensity() {
    check(
        &figures::intensity(),
        expect_file!["../golden/intensity.svg"],
    );
}

#[test]
fn batches() {
    check(&figures::batches(), expect_file!["../golden/batches.svg"]);
}

#[test]
fn band() {
    check(&figures::band(), expect_file!["../golden/band.svg"]);
}

#[test]
fn words_are_escaped_and_nothing_points_outside() {
    let mut figure = figures::intensity();
    figure.title = "a < b & \"c\" </title><script>".to_string();
    let text = svg(&figure, &TableMeasure);
    assert!(text.contains("<title>a &lt; b &amp; \"c\" &lt;/title&gt;&lt;script&gt;</title>"));
    assert!(!text.contains("<script"));
    assert!(!text.contains("href") && !text.contains("url(") && !text.contains("@import"));
    assert_eq!(text.matches("http").count(), 1, "only the name space");
}
