//! Nothing is doubled, lost or passed over in silence: laws over one file that has every element.
//!
//! A new element is a line of [`LINES`]; the laws then hold for it without a test of its own.

use tidemark_engine::diag::Severity;

use crate::loaded;

/// A file with every part that is read, one a line; `+` marks what may stand once.
const LINES: &[&str] = &[
    "<xmile version='1.0' xmlns:isee='http://iseesystems.com/XMILE'>",
    "<header>",
    "+<name>n</name>",
    "+<version>1</version>",
    "<vendor>v</vendor>",
    "+<options namespace='std'><uses_arrays maximum_dimensions='1' invalid_index_value='0'/></options>",
    "</header>",
    "<sim_specs method='Euler' time_units='year' isee:save_interval='1'>",
    "+<start>0</start>",
    "+<stop>4</stop>",
    "+<dt reciprocal='true'>4</dt>",
    "+<run by='all'/>",
    "</sim_specs>",
    "<behavior>",
    "+<non_negative>false</non_negative>",
    "+<stock><non_negative>false</non_negative></stock>",
    "+<flow><non_negative>false</non_negative></flow>",
    "</behavior>",
    "<model_units>",
    "<unit name='person' disabled='false'>",
    "+<eqn>people</eqn>",
    "<alias>persons</alias>",
    "</unit>",
    "+<unit name='head'/>",
    "</model_units>",
    "<dimensions>",
    "<dim name='city' size='2'>",
    "+<elem name='east'/>",
    "+<elem name='west'/>",
    "</dim>",
    "<dim name='town' size='2'>",
    "+<isee:maps_to>city</isee:maps_to>",
    "</dim>",
    "</dimensions>",
    "<macro name='twice'>",
    "+<parm default='1'>x</parm>",
    "+<eqn>x * 2</eqn>",
    "+<doc>two of them</doc>",
    "</macro>",
    "<model>",
    "<variables>",
    "<stock name='s'>",
    "+<eqn>1</eqn>",
    "+<inflow>f</inflow>",
    "+<outflow>g</outflow>",
    "+<units>person</units>",
    "+<doc>of the stock</doc>",
    "+<non_negative>true</non_negative>",
    "</stock>",
    "<flow name='f'>",
    "+<eqn>1</eqn>",
    "+<units>person/year</units>",
    "</flow>",
    "+<flow name='g'><eqn>1</eqn><units>person/year</units></flow>",
    "<aux name='a'>",
    "+<eqn>TIME</eqn>",
    "+<units>person</units>",
    "<gf type='continuous'>",
    "+<xscale min='0' max='1'/>",
    "+<yscale min='0' max='1'/>",
    "+<xpts sep=','>0,1</xpts>",
    "+<ypts>0,1</ypts>",
    "</gf>",
    "</aux>",
    "<aux name='of cities' access='output'>",
    "+<dimensions><dim name='city'/></dimensions>",
    "+<units>person</units>",
    "+<element subscript='east'><eqn>1</eqn></element>",
    "<element subscript='west'>",
    "+<eqn>2</eqn>",
    "</element>",
    "</aux>",
    "<gf name='table'>",
    "+<xpts>0,1</xpts>",
    "+<ypts>0,1</ypts>",
    "+<units>person</units>",
    "</gf>",
    "<module name='m'>",
    "+<connect to='given' from='s'/>",
    "</module>",
    "<group name='all'>",
    "+<doc>of the group</doc>",
    "<var>s</var>",
    "</group>",
    "</variables>",
    "</model>",
    "+<model name='m'><variables><aux name='given' access='input'><eqn>1</eqn><units>person</units></aux></variables></model>",
    "</xmile>",
];

/// The file with each line changed by its number and text; gives the number of no line twice.
fn file(change: impl Fn(usize, &str) -> String) -> String {
    let lines = LINES.iter().enumerate();
    let changed = lines.map(|(k, line)| change(k, line.trim_start_matches('+')));
    changed.collect::<Vec<_>>().join("\n")
}

/// Codes of the errors and warnings of a text.
fn codes(text: &str) -> Vec<(Severity, &'static str)> {
    let (_, faults) = loaded(text);
    let said = faults.iter().filter(|f| f.severity > Severity::Note);
    said.map(|f| (f.severity, f.code)).collect()
}

/// The text is refused with one of these codes.
#[track_caller]
fn check(text: &str, wanted: &[&str], what: &str) {
    let (model, faults) = loaded(text);
    let found = faults.iter().find(|f| wanted.contains(&f.code));
    let found = found.unwrap_or_else(|| panic!("{what}: {faults:?}"));
    assert_eq!(model.is_none(), faults.has_errors());
    assert!(
        found.place.line > 0 && found.severity == Severity::Error,
        "{what}: {found}"
    );
}

#[test]
fn the_file_itself_has_no_fault() {
    assert_eq!(codes(&file(|_, line| line.to_owned())), []);
}

#[test]
fn what_may_stand_once_standing_twice_is_a_fault() {
    for (k, line) in LINES.iter().enumerate().filter(|(_, l)| l.starts_with('+')) {
        let text = file(|n, line| {
            if n == k {
                format!("{line}\n{line}")
            } else {
                line.to_owned()
            }
        });
        check(
            &text,
            &["duplicate-part", "duplicate-name", "bad-dimension"],
            line,
        );
    }
}

#[test]
fn an_attribute_standing_twice_is_a_fault() {
    for (k, name) in attributes() {
        let again = format!(" {name}='again' {name}=");
        let text = file(|n, line| match n == k {
            true => line.replacen(&format!(" {name}="), &again, 1),
            false => line.to_owned(),
        });
        check(&text, &["duplicate-part"], &name);
    }
}

#[test]
fn whole_sections_standing_twice_are_a_fault() {
    for section in ["header", "sim_specs", "behavior", "model", "macro"] {
        let text = file(|_, line| line.to_owned());
        let from = text.find(&format!("<{section}")).unwrap();
        let end = format!("</{section}>");
        let to = from + text[from..].find(&end).unwrap() + end.len();
        let again = format!("{}\n{}", &text[..to], &text[from..]);
        check(&again, &["duplicate-part", "duplicate-name"], section);
    }
}

/// Where each attribute of the file stands, and its name.
fn attributes() -> Vec<(usize, String)> {
    let words = LINES.iter().enumerate().flat_map(|(k, line)| {
        let words = line.split(' ').filter_map(|w| w.split_once("='"));
        words.map(move |(name, _)| (k, name.to_owned()))
    });
    words
        .filter(|(_, name)| !name.starts_with("xmlns"))
        .collect()
}

#[test]
fn a_misspelt_element_is_a_fault_that_names_the_right_one() {
    let tag = |line: &str| {
        let name = line.trim_start_matches('+').strip_prefix('<')?;
        let end = name.find([' ', '>', '/'])?;
        name.get(..end)
            .filter(|n| !n.is_empty() && !n.contains(':'))
            .map(str::to_owned)
    };
    let mut tags: Vec<String> = LINES.iter().filter_map(|line| tag(line)).collect();
    tags.sort_unstable();
    tags.dedup();
    // What the header says has no part in a run, and `<xmil>` is no XMILE.
    for tag in tags
        .iter()
        .filter(|t| !["xmile", "name", "version", "vendor"].contains(&t.as_str()))
    {
        let misspelt = format!("{tag}x");
        let text = file(|_, line| {
            let line = line.replace(&format!("<{tag}>"), &format!("<{misspelt}>"));
            let line = line.replace(&format!("<{tag} "), &format!("<{misspelt} "));
            let line = line.replace(&format!("<{tag}/"), &format!("<{misspelt}/"));
            line.replace(&format!("</{tag}>"), &format!("</{misspelt}>"))
        });
        check(&text, &["unknown-part"], tag);
        let (_, faults) = loaded(&text);
        let near = faults
            .iter()
            .any(|f| f.code == "unknown-part" && f.subject.last() == Some(tag));
        assert!(near || tag.len() < 3, "{tag}: {faults:?}");
    }
}

#[test]
fn a_misspelt_attribute_is_a_fault() {
    for (k, name) in attributes().into_iter().filter(|(_, n)| !n.contains(':')) {
        let text = file(|n, line| match n == k {
            true => line.replacen(&format!(" {name}="), &format!(" {name}x="), 1),
            false => line.to_owned(),
        });
        check(&text, &["unknown-part"], &name);
    }
}

#[test]
fn text_between_elements_is_a_fault() {
    for (k, at) in LINES.iter().enumerate() {
        for (before, behind) in [("", " 7"), ("&#x37; ", "")] {
            let text = file(|n, line| match n == k {
                true => format!("{before}{line}{behind}"),
                false => line.to_owned(),
            });
            check(&text, &["stray-text", "bad-xml"], at);
        }
    }
}

#[test]
fn an_element_inside_a_text_is_a_fault() {
    for (k, line) in LINES.iter().enumerate() {
        let changed = file(|n, line| match line.find("</") {
            Some(end) if n == k && end > 0 => format!("{}<b>7</b>{}", &line[..end], &line[end..]),
            _ => line.to_owned(),
        });
        if line.contains("</") && !line.starts_with("</") && !line.contains("vendor") {
            check(&changed, &["unknown-part"], line);
        }
    }
}

#[test]
fn a_second_root_or_anything_around_the_root_is_a_fault() {
    let text = file(|_, line| line.to_owned());
    for changed in [
        format!("{text}{text}"),
        format!("{text}<xmile/>"),
        format!("garbage{text}"),
        format!("{text}\n<![CDATA[more]]>"),
        format!("{text}&lt;"),
    ] {
        check(&changed, &["bad-xml"], "around the root");
    }
    assert_eq!(
        codes(&format!(
            "\u{feff}<?xml version='1.0'?><!-- c -->\n{text}\n<!-- c -->\n"
        )),
        []
    );
}

#[test]
fn a_vendors_part_is_said_and_one_of_a_value_refused() {
    for (k, line) in LINES.iter().enumerate().take(LINES.len() - 1) {
        let text = file(|n, line| match n == k {
            true => format!("{line}<vensim:netflow>2</vensim:netflow>"),
            false => line.to_owned(),
        });
        let found = codes(&text);
        assert!(
            found.iter().any(|(_, code)| *code == "vendor-part"),
            "{line}: {found:?}"
        );
    }
    let stock = |line: &str| {
        line.replace(
            "<stock name='s'>",
            "<stock name='s'><vensim:netflow>2</vensim:netflow>",
        )
    };
    check(&file(|_, line| stock(line)), &["vendor-part"], "netflow");
    let shown = "<isee:prefs a='1'/><isee:dependencies><var>s</var></isee:dependencies>";
    assert_eq!(
        codes(&file(
            |_, line| line.replace("<variables>", &format!("<variables>{shown}"))
        )),
        []
    );
}

#[test]
fn a_control_character_is_a_fault_wherever_it_stands() {
    for character in ["\0", "\u{1}", "\u{b}", "\u{1b}", "\u{fffe}"] {
        for k in 0..LINES.len() {
            let text = file(|n, line| match n == k {
                true => format!("{character}{line}"),
                false => line.to_owned(),
            });
            check(&text, &["bad-xml"], &format!("{character:?} in line {k}"));
        }
    }
    for reference in ["&#0;", "&#x1b;"] {
        let text = file(|_, line| line.replace("name='a'", &format!("name='a{reference}'")));
        check(&text, &["unknown-entity"], reference);
    }
    let text = file(|_, line| line.replace("name='a'", "name='a\u{7f}b'"));
    check(&text, &["bad-name"], "delete");
}
