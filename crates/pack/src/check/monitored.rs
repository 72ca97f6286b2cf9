//! Monitored targets and disagreements: names that must resolve, years, at least two statements.

use super::Checker;
use super::levers::MOST_DECIMALS;
use super::records::YEARS;
use crate::record::{Counted, Monitored};

impl Checker<'_> {
    pub(super) fn observed(&mut self) {
        let pack = self.pack;
        for observed in &pack.observed {
            let me = ("observed", observed.id.as_str());
            self.label(me, &observed.label);
            self.given(me, "unit", &observed.unit);
            if observed.decimals > MOST_DECIMALS {
                let what = format!(
                    "{} decimals, at most {MOST_DECIMALS} are shown",
                    observed.decimals
                );
                self.error("decimals", me.0, me.1, what);
            }
            if pack.indicator.iter().any(|i| i.id == observed.id) {
                let what = "an indicator has this id".to_owned();
                self.error("duplicate-id", me.0, me.1, what);
            }
        }
    }

    pub(super) fn monitored(&mut self) {
        let pack = self.pack;
        for target in &pack.monitored {
            let me = ("monitored", target.id.as_str());
            let kinds = &["observed", "indicator"];
            self.one_of(me, "indicator", &target.indicator, kinds);
            self.origin(me, &target.source, &target.supersedes);
            if pack.target.iter().any(|t| t.id == target.id) {
                let what = "the model drives a target of this id".to_owned();
                self.error("duplicate-id", me.0, me.1, what);
            }
            if !target.value.is_finite() {
                self.error("not-finite", me.0, me.1, format!("value {}", target.value));
            }
            self.monitored_years(target);
        }
    }

    fn monitored_years(&mut self, target: &Monitored) {
        let (from, to) = (target.from, target.to);
        let ordered = match target.counted {
            Counted::Level => from == to,
            Counted::Total | Counted::Yearly | Counted::Growth => from <= to,
        };
        if !ordered || !YEARS.contains(&from) || !YEARS.contains(&to) {
            let me = ("monitored", target.id.as_str());
            let what = format!("{from} to {to} is no span to count");
            let hint = "a level has one year; otherwise `from` is not after `to`".to_owned();
            self.error_with_hint("target-years", me, what, Some(hint));
        }
    }

    pub(super) fn disagreements(&mut self) {
        let pack = self.pack;
        for disagreement in &pack.disagreement {
            let me = ("disagreement", disagreement.id.as_str());
            self.given(me, "label", &disagreement.label);
            self.given(me, "note", &disagreement.note);
            if disagreement.statement.len() < 2 {
                let what = "it takes two statements to disagree".to_owned();
                self.error("one-statement", me.0, me.1, what);
            }
            for statement in &disagreement.statement {
                self.given(me, "statement.says", &statement.says);
                self.one_of(me, "statement.source", &statement.source, &["source"]);
            }
            for target in &disagreement.targets {
                self.one_of(me, "targets", target, &["target", "monitored"]);
            }
        }
    }
}
