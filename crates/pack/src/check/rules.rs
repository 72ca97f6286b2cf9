//! Rules: kind and check agree, sentences where a document speaks, years that can be read.

use super::Checker;
use super::records::YEARS;
use crate::record::{Reading, Rule, RuleKind, RuleTest};

impl Checker<'_> {
    pub(super) fn rules(&mut self) {
        let pack = self.pack;
        for rule in &pack.rule {
            let me = ("rule", rule.id.as_str());
            self.given(me, "label", &rule.label);
            if !rule.source.is_empty() {
                self.one_of(me, "source", &rule.source, &["source"]);
            } else if rule.kind != RuleKind::Accounting {
                let what = "it has no source".to_owned();
                self.error("rule-without-source", me.0, me.1, what);
            }
            self.rule_kind(rule);
            if let Some(check) = &rule.check {
                self.rule_check(me, check);
            }
        }
    }

    /// A statement is not computed, everything else is.
    fn rule_kind(&mut self, rule: &Rule) {
        let is_computed = rule.check.is_some();
        if is_computed == (rule.kind != RuleKind::Statement) {
            return;
        }
        let (what, hint) = match is_computed {
            true => (
                "a statement has a `check`",
                "call it `fiscal` or `accounting`",
            ),
            false => (
                "it has no `check`",
                "write `[rule.check]`, or call it a `statement` that a person must judge",
            ),
        };
        let me = ("rule", rule.id.as_str());
        self.error_with_hint("rule-kind", me, what.to_owned(), Some(hint.to_owned()));
    }

    fn rule_check(&mut self, me: (&'static str, &str), check: &RuleTest) {
        for (key, text) in [
            ("check.variable", &check.variable),
            ("check.unit", &check.unit),
            ("check.model_unit", &check.model_unit),
        ] {
            self.given(me, key, text);
        }
        self.conversion(me, check.scale, check.decimals);
        if !check.value.is_finite() {
            self.error("not-finite", me.0, me.1, format!("value {}", check.value));
        }
        if !(check.materiality >= 0.0 && check.materiality.is_finite()) {
            let what = format!("materiality {} is no amount", check.materiality);
            self.error("rule-materiality", me.0, me.1, what);
        }
        let first = |year: i32| match (check.from, check.at) {
            (Some(from), Reading::Cagr) => from < year,
            (Some(from), _) => from <= year,
            (None, _) => true,
        };
        let readable = |year: &i32| YEARS.contains(year) && first(*year);
        let from = check.from.unwrap_or(*YEARS.start());
        if check.years.is_empty() || !check.years.iter().all(readable) || !YEARS.contains(&from) {
            let what = format!("years {:?} are no years to check in", check.years);
            self.error("rule-years", me.0, me.1, what);
        }
    }
}
