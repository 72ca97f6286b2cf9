//! Units of measurement: what texts mean in a model ([`UnitTable`]), and whether its equations
//! agree with them ([`check::check`]).

pub(crate) mod check;
pub(crate) mod dimension;
mod parse;

use std::collections::HashMap;

use crate::budget::MAX_UNITS;
use crate::name::canonical;
use crate::xmile::document::Document;
use crate::xmile::source::Faults;
use dimension::Dimension;
use parse::parse;

/// Names for "no unit".
const PLAIN: &[&str] = &["dmnl", "dimensionless", "unitless", "none", "1"];

/// Units of time that every model may write in these ways.
const TIME_UNITS: &[&[&str]] = &[
    &["year", "years", "yr", "yrs"],
    &["quarter", "quarters", "qtr", "qtrs"],
    &["month", "months", "mo"],
    &["week", "weeks", "wk"],
    &["day", "days"],
    &["hour", "hours", "hr", "hrs"],
    &["minute", "minutes", "min"],
    &["second", "seconds", "sec"],
];

/// The units of a model.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnitTable {
    /// Dimension of each defined name and alias, in canonical form.
    known: HashMap<String, Dimension>,
    /// Names as written with their first aliases.
    aliases: Vec<(String, String)>,
}

impl UnitTable {
    /// The units a file defines; an unreadable or circular definition is a fault.
    pub(crate) fn new(document: &Document, faults: &mut Faults) -> Self {
        let mut table = Self::default();
        for names in TIME_UNITS {
            if let [base, ..] = names {
                let all = names
                    .iter()
                    .map(|n| ((*n).to_owned(), Dimension::base(base)));
                table.known.extend(all);
            }
        }
        table
            .known
            .extend(PLAIN.iter().map(|n| ((*n).to_owned(), Dimension::none())));
        if let Some(beyond) = document.units.get(MAX_UNITS) {
            let limit = MAX_UNITS.to_string();
            let message = format!("the file defines more than {limit} units");
            faults.error("too-many-units", beyond.at, &[&limit], message);
            return table;
        }
        check_names(document, faults);
        table.define(document, faults);
        let pairs = document.units.iter();
        let pairs = pairs.filter_map(|d| Some((d.name.clone(), d.aliases.first()?.clone())));
        table.aliases = pairs.collect();
        table
    }

    /// A unit text with the first alias in place of every name that has one.
    pub(crate) fn aliased(&self, text: &str) -> String {
        let is_sign = |c: char| !(c.is_alphanumeric() || c == '_');
        let words = text.split_inclusive(is_sign);
        let worded = words.map(|word| {
            let name = word.trim_end_matches(is_sign);
            let alias = self.aliases.iter().find(|(of, _)| of == name);
            let alias = alias.map_or(name, |(_, alias)| alias);
            format!("{alias}{}", &word[name.len()..])
        });
        worded.collect()
    }

    /// Definitions may use each other in any order: rounds until nothing changes any more.
    fn define(&mut self, document: &Document, faults: &mut Faults) {
        let mut open: Vec<_> = document.units.iter().collect();
        let names: Vec<String> = open.iter().map(|d| canonical(&d.name)).collect();
        let mut waiting: std::collections::HashSet<&String> = names.iter().collect();
        loop {
            let n_before = open.len();
            open.retain(|definition| {
                let name = canonical(&definition.name);
                let mut ready = true;
                let text = definition.equation.as_ref().map(|e| e.text.as_str());
                let meaning = match text {
                    None => Ok(self.dimension_of(&name)),
                    Some(text) => parse(text, &mut |part| {
                        ready &= part == name || !waiting.contains(&part.to_owned());
                        self.dimension_of(part)
                    }),
                };
                if !ready {
                    return true;
                }
                match meaning {
                    Ok(dimension) => {
                        let aliases = definition.aliases.iter().map(|a| canonical(a));
                        let all = aliases.chain([name.clone()]).filter(|n| !n.is_empty());
                        self.known.extend(all.map(|n| (n, dimension.clone())));
                    }
                    Err(why) => bad_unit(text.unwrap_or(""), &why, definition.at, faults),
                }
                waiting.remove(&name);
                false
            });
            if open.len() == n_before {
                break;
            }
        }
        for definition in open {
            bad_unit(
                &definition.name,
                "its definition needs itself",
                definition.at,
                faults,
            );
        }
    }

    fn dimension_of(&self, name: &str) -> Dimension {
        self.known
            .get(name)
            .cloned()
            .unwrap_or_else(|| Dimension::base(name))
    }

    /// The dimension of a unit text, or what is wrong with it.
    pub(crate) fn dimension(&self, text: &str) -> Result<Dimension, String> {
        parse(text, &mut |name| self.dimension_of(name))
    }

    /// Whether two texts mean the same unit; an unreadable one equals nothing.
    pub(crate) fn same(&self, a: &str, b: &str) -> bool {
        matches!((self.dimension(a), self.dimension(b)), (Ok(a), Ok(b)) if a == b)
    }
}

/// A name or alias that two definitions give would mean the first or the last of them.
fn check_names(document: &Document, faults: &mut Faults) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (k, unit) in document.units.iter().enumerate() {
        for name in unit.aliases.iter().chain([&unit.name]) {
            let Some(first) = seen.insert(canonical(name), k).filter(|&first| first != k) else {
                continue;
            };
            let first = document.units.get(first).map_or(0, |u| u.at);
            let line = faults.source.place(first).line.to_string();
            let message = format!("the unit `{name}` is already defined in line {line}");
            let hint = Some("keep one of the definitions".to_owned());
            faults.error_hint("duplicate-name", unit.at, &[name, &line], message, hint);
        }
    }
}

fn bad_unit(text: &str, why: &str, at: usize, faults: &mut Faults) {
    let text = text.trim();
    let message = format!("the unit `{text}` cannot be read: {why}");
    faults.error("bad-unit", at, &[text, why], message);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let table = UnitTable {
            known: HashMap::from([
                ("people".to_owned(), Dimension::base("person")),
                ("dmnl".to_owned(), Dimension::none()),
            ]),
            aliases: Vec::new(),
        };
        let shown = table.dimension(text).map(|d| d.to_string());
        assert_eq!(shown.unwrap_or_else(|why| why), expected);
    }

    #[test]
    fn powers_and_brackets() {
        check("100M yuan/year", "100m yuan/year");
        check("yuan/(person*Year)", "yuan/person/year");
        check("m^2/m*s^-1", "m/s");
        check("people / person", "1");
        check("1/year", "1/year");
        check("dmnl", "1");
        check("", "1");
        check("x^0.5*x^0.5", "x");
        check("人/年", "人/年");
    }

    #[test]
    fn a_name_gives_way_to_its_alias_wherever_it_stands() {
        let pairs = [("yi_yuan", "亿元"), ("year", "年"), ("person", "人")];
        let table = UnitTable {
            known: HashMap::new(),
            aliases: pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).into(),
        };
        assert_eq!(table.aliased("yi_yuan/person/year"), "亿元/人/年");
        assert_eq!(table.aliased("1/(year*FTE)"), "1/(年*FTE)");
        assert_eq!(table.aliased(""), "");
    }

    #[test]
    fn what_cannot_be_read() {
        check("yuan//year", "a name is missing");
        check("(yuan", "a bracket is not closed");
        check("yuan)", "`)` is left over");
        check(
            "1000*yuan",
            "a unit has no factor `1000`; convert with a constant",
        );
        check("yuan^a", "`a` is no power");
    }
}
