//! A quote stands in its document, white space aside, or the fault says where they part.

use expect_test::{Expect, expect};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::check::Places;
use tidemark_pack::quotes::check_quotes;
use tidemark_pack::sources::TextFile;

use super::fixture::{ACTUALS, PACK, compiled, said};

fn places() -> Places {
    tidemark_pack::sources::places(TextFile {
        name: "pack.toml",
        text: PACK,
    })
}

#[track_caller]
fn check(document: &str, expected: Expect) {
    let documents = [("plan.txt".to_owned(), document.to_owned())];
    let mut faults = Diagnostics::new();
    let pack = compiled(PACK, ACTUALS).pack;
    let found = check_quotes(&pack, &documents, &places(), &mut faults);
    expected.assert_eq(&format!("{found} found\n{}", said(&faults)));
}

#[test]
fn white_space_does_not_count() {
    check(
        "前文。到 2027 年，登记企\n\u{3000}业达到180家。后文",
        expect![[r#"
            1 found
        "#]],
    );
}

#[test]
fn another_number_is_not_the_quote() {
    check(
        "到2027年，登记企业达到200家",
        expect![[r#"
            0 found
            pack.toml:224:1: error[quote-not-found]: source `plan`: the quote is not in `plan.txt`
              hint: they agree up to `2027年，登记企业达到`; the quote goes on `180家`, the document `200家`
        "#]],
    );
}

#[test]
fn a_cut_document_ends_before_the_quote() {
    check(
        "到2027年，登记",
        expect![[r#"
            0 found
            pack.toml:224:1: error[quote-not-found]: source `plan`: the quote is not in `plan.txt`
              hint: they agree up to `到2027年，登记`; the quote goes on `企业达到180家`, the document ``
        "#]],
    );
}

#[test]
fn nothing_of_it_is_there() {
    check(
        "另一份文件",
        expect![[r#"
            0 found
            pack.toml:224:1: error[quote-not-found]: source `plan`: the quote is not in `plan.txt`
              hint: not even its first character is there
        "#]],
    );
}

#[test]
fn a_document_that_is_not_at_hand_is_a_fault() {
    let mut faults = Diagnostics::new();
    let pack = compiled(PACK, ACTUALS).pack;
    assert_eq!(check_quotes(&pack, &[], &places(), &mut faults), 0);
    expect![[r#"
        pack.toml:224:1: error[document-missing]: source `plan`: the document `plan.txt` is not at hand
    "#]]
    .assert_eq(&said(&faults));
}
