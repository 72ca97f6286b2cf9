//! Actuals: known indicator, its unit, a period, and words to stand on.

use std::collections::BTreeSet;

use tidemark_engine::diag::Diagnostic;

use super::Checker;
use super::records::YEARS;
use crate::nearest::nearest;
use crate::period::Period;
use crate::record::Actual;

impl Checker<'_> {
    pub(super) fn actuals(&mut self, actuals: &[Actual]) {
        let mut seen = BTreeSet::new();
        for (position, actual) in actuals.iter().enumerate() {
            self.actual(position, actual);
            let key = (
                actual.place.as_str(),
                actual.indicator.as_str(),
                actual.period.as_str(),
                actual.vintage.as_str(),
                actual.status as u8,
            );
            if !seen.insert(key) {
                let what = "the same figure, base and status stand in an earlier row".to_owned();
                self.actual_error("actual-duplicate", position, actual, what, None);
            }
        }
    }

    fn actual(&mut self, position: usize, actual: &Actual) {
        let pack = self.pack;
        let indicators = pack.indicator.iter().map(|i| (&i.id, &i.unit));
        let observed = pack.observed.iter().map(|o| (&o.id, &o.unit));
        let mut known = indicators.chain(observed);
        let broken = |kind| self.places.is_broken(kind, &actual.indicator);
        match known.clone().find(|(id, _)| **id == actual.indicator) {
            None if broken("indicator") || broken("observed") => {}
            None => {
                let known = known.by_ref().map(|(id, _)| id.as_str());
                let hint = nearest(&actual.indicator, known);
                let hint = hint.map(|id| format!("did you mean `{id}`?"));
                let what = "the indicator is not in the pack".to_owned();
                self.actual_error("actual-indicator", position, actual, what, hint);
            }
            Some((_, unit)) if *unit != actual.unit => {
                let what = format!("unit `{}` is not the indicator's `{unit}`", actual.unit);
                self.actual_error("actual-unit", position, actual, what, None);
            }
            Some(_) => {}
        }
        let period = Period::parse(&actual.period);
        if !period.is_some_and(|period| YEARS.contains(&period.year)) {
            let what = format!(
                "period `{}` is not 2024, 2024H1 or 2024-11 of the years {} to {}",
                actual.period,
                YEARS.start(),
                YEARS.end()
            );
            self.actual_error("actual-period", position, actual, what, None);
        }
        if !actual.value.is_finite() {
            let what = format!("value {}", actual.value);
            self.actual_error("not-finite", position, actual, what, None);
        }
        if actual.source.trim().is_empty() {
            let what = "it has no source".to_owned();
            self.actual_error("actual-source", position, actual, what, None);
        }
        if actual.quote.trim().is_empty() && actual.note.trim().is_empty() {
            let what = "it has neither a quote nor a note with its arithmetic".to_owned();
            self.actual_error("actual-quote", position, actual, what, None);
        }
        if actual.place != pack.meta.id {
            let what = format!(
                "place `{}` is not the pack's `{}`",
                actual.place, pack.meta.id
            );
            self.actual_error("actual-place", position, actual, what, None);
        }
    }

    fn actual_error(
        &mut self,
        code: &'static str,
        position: usize,
        actual: &Actual,
        what: String,
        hint: Option<String>,
    ) {
        let place = self.places.actual(position);
        let message = format!("{} {}: {what}", actual.indicator, actual.period);
        let subject = [&actual.indicator, &actual.period, &what];
        let mut fault = Diagnostic::error(code, place, message).about(subject);
        fault.hint = hint;
        self.faults.push(fault);
    }
}
