//! Parameters and observations: laws that can be, at most twelve fitted, every figure accounted for.

use std::collections::BTreeSet;
use tidemark_engine::gathered;

use super::Checker;
use super::records::YEARS;
use crate::period::Period;
use crate::record::Actual;
use crate::record::credibility::{ParameterRole, SeriesUse};
use crate::record::parameter::{Observation, Parameter, PriorLaw, SeriesRecord};

/// Most parameters that a few annual figures can be asked to tell apart.
const MOST_FITTED: usize = 12;

impl Checker<'_> {
    pub(super) fn parameters(&mut self) {
        let pack = self.pack;
        let fitted = |p: &&Parameter| p.role == ParameterRole::Fitted;
        let n_fitted = pack.parameter.iter().filter(fitted).count();
        if n_fitted > MOST_FITTED {
            let what = format!("{n_fitted} are fitted, at most {MOST_FITTED} may be");
            self.error("too-many-fitted", "parameter", "", what);
        }
        let errors = pack.observation.iter().flat_map(|o| &o.series);
        let errors: BTreeSet<&str> = gathered(errors.map(|s| s.model_error.as_str()));
        for parameter in &pack.parameter {
            let me = ("parameter", parameter.id.as_str());
            self.label(me, &parameter.label);
            self.given(me, "note", &parameter.note);
            self.prior(me, &parameter.prior);
            if let Some(prior) = &parameter.held_back_prior {
                self.prior(me, prior);
            }
            for row in parameter.evidence.iter().filter(|row| !is_row(row)) {
                let what = format!("evidence `{row}` is no row of the parameter table");
                let hint = "rows are named like A01; no evidence at all means 假设".to_owned();
                self.error_with_hint("unknown-id", me, what, Some(hint));
            }
            let is_error = errors.contains(parameter.id.as_str());
            if parameter.variables.is_empty() != is_error {
                let what =
                    "a parameter sets variables or is the model_error of a series".to_owned();
                self.error("observation", me.0, me.1, what);
            }
        }
    }

    fn prior(&mut self, me: (&'static str, &str), law: &PriorLaw) {
        let inf = f64::INFINITY;
        let (low, high, inside) = match *law {
            PriorLaw::Uniform { low, high } => (low, high, true),
            PriorLaw::Normal {
                mean,
                sd,
                low,
                high,
            } => (
                low.unwrap_or(-inf),
                high.unwrap_or(inf),
                mean.is_finite() && sd > 0.0 && sd.is_finite(),
            ),
            PriorLaw::LogNormal {
                median,
                log_sd,
                low,
                high,
            } => (
                low.unwrap_or(0.0),
                high.unwrap_or(inf),
                median > 0.0 && log_sd > 0.0 && (median + log_sd).is_finite(),
            ),
            PriorLaw::Triangular { mode, low, high } | PriorLaw::Pert { mode, low, high } => {
                (low, high, (low..=high).contains(&mode))
            }
        };
        if !(low < high && inside) {
            let what = format!("{law:?} is no law");
            let hint = "low < high, the mode between them, spreads above 0".to_owned();
            self.error_with_hint("prior", me, what, Some(hint));
        }
    }

    pub(super) fn observation(&mut self, actuals: &[Actual]) {
        let Some(observation) = &self.pack.observation else {
            return;
        };
        let me = ("observation", "");
        let Observation {
            from,
            hold_out_from,
            about,
            memory,
            ..
        } = *observation;
        let years = YEARS.contains(&from) && from < hold_out_from && YEARS.contains(&hold_out_from);
        if !(years && about >= 1.0 && about.is_finite()) {
            let what = format!("from {from}, hold_out_from {hold_out_from}, about {about}");
            let hint = "years in order, and an approximate figure is no more exact than others";
            self.error_with_hint("observation", me, what, Some(hint.to_owned()));
        }
        if !(memory >= 0.0 && memory.is_finite()) {
            let what = format!("memory {memory} is no length of time");
            self.error("observation", me.0, me.1, what);
        }
        for error in &observation.error {
            if !(error.relative > 0.0 && error.relative.is_finite()) {
                let what = format!("the error of `{:?}` figures is not above 0", error.status);
                self.error("observation", me.0, me.1, what);
            }
        }
        for wanted in &observation.wanted {
            self.one_of(me, "wanted.indicator", &wanted.indicator, &["indicator"]);
            if !(YEARS.contains(&wanted.year) && wanted.relative > 0.0) {
                let what = format!("wanted `{}` has no year or no error", wanted.indicator);
                self.error("observation", me.0, me.1, what);
            }
        }
        let mut listed = BTreeSet::new();
        for series in &observation.series {
            self.series(series);
            if !listed.insert(series.indicator.as_str()) {
                let what = format!("series `{}` is listed twice", series.indicator);
                self.error("duplicate-id", me.0, me.1, what);
            }
        }
        let mut missing = BTreeSet::new();
        for actual in actuals {
            let year = Period::parse(&actual.period).map(|p| p.year);
            let driven = self.pack.indicator.iter().any(|i| i.id == actual.indicator);
            if driven && year >= Some(from) && !listed.contains(actual.indicator.as_str()) {
                missing.insert(actual.indicator.as_str());
            }
        }
        for indicator in missing {
            let what = format!("`{indicator}` has published figures and is not listed in series");
            let hint = "say how they are used, if only with `used = \"shown\"`".to_owned();
            self.error_with_hint("observation", me, what, Some(hint));
        }
    }

    fn series(&mut self, series: &SeriesRecord) {
        let me = ("observation", "");
        self.one_of(me, "series.indicator", &series.indicator, &["indicator"]);
        let takes_error = match series.used {
            SeriesUse::Fitted | SeriesUse::Guided | SeriesUse::Checked | SeriesUse::Restated => {
                true
            }
            SeriesUse::Imposed | SeriesUse::Shown => false,
        };
        if takes_error {
            self.one_of(
                me,
                "series.model_error",
                &series.model_error,
                &["parameter"],
            );
        } else if !series.model_error.is_empty() {
            let what = format!("series `{}` needs no model_error", series.indicator);
            self.error("observation", me.0, me.1, what);
        }
    }
}

/// A letter and two digits.
fn is_row(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [letter, digits @ ..] if letter.is_ascii_uppercase()
        && digits.len() == 2 && digits.iter().all(u8::is_ascii_digit))
}
