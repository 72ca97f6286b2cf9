//! What a model says of a variable in its `<doc>`: the words that name it, and what tells of it.
//!
//! A page calls a variable by the former and shows nothing else, and only where it stands on a way from a
//! lever to a figure, so the compiled file carries no more; the technical reference, which is made from the
//! model's own file, has all of it.

/// Signs after which a `<doc>` tells of its variable and no longer names it.
const TELLING: [char; 4] = ['。', '；', '，', '（'];

const OPEN: &str = "<doc>";
const CLOSE: &str = "</doc>";

/// The words that name a variable: those before the first full stop, semicolon, comma or bracket of
/// Chinese writing; the whole text where there is none.
pub fn naming(doc: &str) -> &str {
    doc.split(TELLING).next().unwrap_or_default()
}

/// A model's text with each `<doc>` cut to its [`naming`] words, or to nothing where `is_shown` says that a
/// page does not speak of what bears the name before it.
///
/// XML stays XML and everything else stays in its line, without its indent. A `<doc>` with anything but plain text in it
/// is left as it is.
pub fn shortened(xml: &str, is_shown: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once(OPEN)
        && let Some((doc, after)) = after.split_once(CLOSE)
    {
        out.push_str(before);
        let kept = match doc.contains('<') {
            true => doc,
            false if last_name(&out).is_some_and(|name| !is_shown(name)) => "",
            false => naming(doc),
        };
        let lines = doc.matches('\n').count() - kept.matches('\n').count();
        out.extend([OPEN, kept]);
        out.extend(std::iter::repeat_n('\n', lines));
        out.push_str(CLOSE);
        rest = after;
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.split('\n').map(str::trim_start).collect();
    lines.join("\n")
}

/// The value of the last `name` attribute of a text.
fn last_name(xml: &str) -> Option<&str> {
    let (_, after) = xml.rsplit_once(" name=\"")?;
    Some(after.split('"').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_where_the_telling_begins() {
        for doc in ["一年。定义。", "一年；定义", "一年，定义", "一年（定义）"]
        {
            assert_eq!(naming(doc), "一年");
        }
        assert_eq!(naming("产业基金：实缴。定义。"), "产业基金：实缴");
        assert_eq!(naming("（定义）一年"), "");
        assert_eq!(naming("one year, a definition."), "one year, a definition.");
    }

    #[track_caller]
    fn check(xml: &str, expected: &str) {
        assert_eq!(shortened(xml, &|name| name != "b"), expected);
    }

    #[test]
    fn only_what_tells_is_cut() {
        check(
            "<aux><doc>一年。定义。</doc><eqn>1</eqn></aux><!-- 一，二 --><doc>甲（乙）</doc>。",
            "<aux><doc>一年</doc><eqn>1</eqn></aux><!-- 一，二 --><doc>甲</doc>。",
        );
    }

    #[test]
    fn what_no_page_speaks_of_has_no_words() {
        check(
            "<aux name=\"a\"><doc>一，二</doc></aux><aux name=\"b\"><doc>\n三</doc></aux>",
            "<aux name=\"a\"><doc>一</doc></aux><aux name=\"b\"><doc>\n</doc></aux>",
        );
    }

    #[test]
    fn lines_stay_where_they_were() {
        check(
            "<doc>\n  一年。\n  定义。\n</doc>\n<eqn>1</eqn>",
            "<doc>\n一年\n\n</doc>\n<eqn>1</eqn>",
        );
    }

    #[test]
    fn what_is_short_already_stays() {
        for xml in ["<doc>一年</doc>", "<doc></doc>", "<doc/>", "", "一，二"] {
            check(xml, xml);
        }
    }

    #[test]
    fn markup_and_what_has_no_end_are_left_alone() {
        for xml in [
            "<doc><![CDATA[一 < 二。定义]]></doc>",
            "<doc>一年<br/>。定义</doc>",
            "<!-- <doc> --><doc>一年。定义</doc>",
            "<eqn>1</eqn><doc>一年。定义",
        ] {
            check(xml, xml);
        }
        // A reference stands before the cut or behind it, never across it.
        check("<doc>甲 &gt; 乙。&lt;丙&gt;</doc>", "<doc>甲 &gt; 乙</doc>");
    }
}
