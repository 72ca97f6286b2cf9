//! Which data a fit stands on: a hash of everything that can move it, and of nothing else.

use sha2::{Digest, Sha256};

use crate::compiled::ModelText;
use crate::record::{Actual, Pack};

/// SHA-256 of a text in hex, by which a file is known again.
pub fn text_hash(text: &str) -> String {
    hex(Sha256::digest(text.as_bytes()).as_slice())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Characters of a version that are shown and compared.
const SHOWN: usize = 16;

/// Version of the data that `posterior.csv` and `credibility.json` belong to.
///
/// It changes with an actual's value, period, bound, status, vintage or indicator, with a
/// parameter or its prior, with how figures are used, how an indicator is read, with a setting and
/// the model's equations. It does not change with words: labels, notes, quotes, the model's `<doc>`.
pub fn data_version(pack: &Pack, actuals: &[Actual], model: &ModelText) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update(text.as_bytes());
        digest.update(b"\n");
    };
    for indicator in &pack.indicator {
        let read = (&indicator.id, &indicator.variable, &indicator.denominator);
        add(&format!("{read:?} {} {:?}", indicator.scale, indicator.at));
    }
    for a in actuals {
        let figure = (&a.indicator, &a.period, a.bound, a.status, &a.vintage);
        add(&format!("{figure:?} {}", a.value));
    }
    for setting in &pack.setting {
        let constant = (&setting.variable, setting.value, setting.share);
        add(&format!("{constant:?}"));
    }
    for p in &pack.parameter {
        let prior = (p.prior, p.held_back_prior);
        add(&format!(
            "{} {:?} {:?} {prior:?}",
            p.id, p.role, p.variables
        ));
    }
    if let Some(observation) = &pack.observation {
        let years = (observation.from, observation.hold_out_from);
        add(&format!(
            "{years:?} {} {}",
            observation.about, observation.memory
        ));
        for error in &observation.error {
            add(&format!("{error:?}"));
        }
        for series in &observation.series {
            let how = (
                &series.indicator,
                series.used,
                &series.vintage,
                &series.model_error,
            );
            add(&format!("{how:?}"));
        }
    }
    add(&format!("{}", pack.meta.data_cutoff));
    add(&pack.references.switch);
    for line in without_docs(&model.text).lines().map(str::trim) {
        add(line);
    }
    let hex = digest.finalize().into_iter().map(|b| format!("{b:02x}"));
    hex.collect::<String>().chars().take(SHOWN).collect()
}

/// The text without its `<doc>` elements, whose words move nothing.
fn without_docs(xml: &str) -> String {
    let mut rest = xml;
    let mut out = String::with_capacity(xml.len());
    while let Some(at) = rest.find("<doc>") {
        let (before, doc) = rest.split_at(at);
        out.push_str(before);
        match doc.find("</doc>") {
            Some(end) => rest = doc.get(end + "</doc>".len()..).unwrap_or_default(),
            None => rest = "",
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_are_left_out_and_nothing_else() {
        let text = "<aux><doc>a\nb</doc><eqn>1</eqn></aux><aux><doc>c</doc></aux> end";
        assert_eq!(without_docs(text), "<aux><eqn>1</eqn></aux><aux></aux> end");
        assert_eq!(without_docs("<doc>open"), "");
    }
}
