//! A scenario and a view as a link writes them: by id and shown value, so that any version of the pack can
//! read them.
//!
//! `s=` levers, `<id>:<value>@<start>!<ramp>`; `e=` assumptions, `<id>:<value>`; `l=` locked levers; `n=` name;
//! `r=` reasons, `<lever>:<text>`; `g=` group; `f=` charts; `j=` joint targets; `t=` target; `o=` options. Texts
//! are base64url. What is absent is as the pack opens.

use super::parts::parts;
use crate::protocol::Spread;
use crate::state::action::View;
use crate::state::catalogue::{Catalogue, KnobSpec};
use crate::state::scenario::{Ramp, Scenario};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A lever as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LeverPart {
    /// Its id.
    pub(super) id: String,
    /// Shown value; none for the default.
    pub(super) value: Option<f64>,
    /// Instant it starts; none for the pack's policy start.
    pub(super) start: Option<f64>,
    /// How it builds up.
    pub(super) ramp: Ramp,
}

/// Everything that a link tells of a scenario and its view.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Written {
    pub(super) levers: Vec<LeverPart>,
    pub(super) assumptions: Vec<(String, f64)>,
    pub(super) locked: Vec<String>,
    pub(super) name: String,
    /// Levers and why they stand beyond all that was reached.
    pub(super) reasons: Vec<(String, String)>,
    /// Group of levers; none for all.
    pub(super) group: Option<String>,
    /// Charts; none for those that the pack opens with.
    pub(super) figures: Option<Vec<String>>,
    /// Targets of the joint probability; none for those on tiles.
    pub(super) joint: Option<Vec<String>>,
    /// Target whose effects are shown.
    pub(super) target: Option<String>,
    /// Whether the baseline is left out of charts.
    pub(super) is_alone: bool,
    pub(super) is_large: bool,
    pub(super) spread: Spread,
    /// Parts that cannot be read, as they stand there.
    pub(super) unread: Vec<String>,
}

const ALONE: &str = "alone";
const LARGE: &str = "large";
const SPREADS: [(Spread, &str); 2] = [
    (Spread::Environment, "environment"),
    (Spread::Effect, "effect"),
];
const RAMPS: [(Ramp, &str); 3] = [
    (Ramp::Front, "front"),
    (Ramp::Back, "back"),
    (Ramp::Once, "once"),
];

impl Written {
    /// What a link says of a scenario and a view of the pack at hand.
    pub(super) fn of(catalogue: &Catalogue, scenario: &Scenario, view: &View) -> Self {
        let id = |specs: &[KnobSpec], k: usize| specs.get(k).map(|spec| spec.id.clone());
        let named = |ids: &[String], k: usize| ids.get(k).cloned();
        let lever = |k| id(&catalogue.levers, k);
        let levers = scenario.levers.iter().filter_map(|(&k, setting)| {
            let value = scenario.lever_value(catalogue, k);
            let start = f64::from(setting.timing.start_quarters) / 4.0;
            Some(LeverPart {
                id: lever(k)?,
                value: value.filter(|_| setting.steps != 0),
                start: (start != 0.0).then_some(catalogue.policy_start + start),
                ramp: setting.timing.ramp,
            })
        });
        let assumptions = scenario.assumptions.keys().filter_map(|&k| {
            let value = scenario.assumption_value(catalogue, k)?;
            Some((id(&catalogue.assumptions, k)?, value))
        });
        let reasons = scenario.reasons.iter();
        let reasons = reasons.filter_map(|(k, text)| Some((lever(*k)?, text.clone())));
        let figures = view
            .figures
            .iter()
            .filter_map(|&k| named(&catalogue.figures, k));
        let joint = view.joint.as_ref().map(|joint| {
            let joint = joint.iter().filter_map(|&k| named(&catalogue.targets, k));
            joint.collect()
        });
        Self {
            levers: levers.collect(),
            assumptions: assumptions.collect(),
            locked: scenario.locked.iter().filter_map(|&k| lever(k)).collect(),
            name: scenario.name.clone(),
            reasons: reasons.collect(),
            group: named(&catalogue.groups, view.group),
            figures: (view.figures != View::of(catalogue).figures).then(|| figures.collect()),
            joint,
            target: view.target.and_then(|k| named(&catalogue.targets, k)),
            is_alone: !view.compare_baseline,
            is_large: view.large_text,
            spread: view.spread,
            unread: Vec::new(),
        }
    }

    /// The parts of a link to the scenario of that place, made with that data, without `#` and sum.
    pub(super) fn text(&self, place: &str, data: &str) -> String {
        let mut out = format!("p={place}&d={data}");
        let mut put = |key: &str, value: String| {
            out.push('&');
            out.push_str(key);
            out.push('=');
            out.push_str(&value);
        };
        let mut list = |key: &str, items: Vec<String>| {
            if !items.is_empty() {
                put(key, items.join(","));
            }
        };
        list("s", self.levers.iter().map(lever_text).collect());
        let assumptions = self.assumptions.iter();
        list(
            "e",
            assumptions
                .map(|(id, value)| format!("{id}:{value}"))
                .collect(),
        );
        list("l", self.locked.clone());
        let name = (!self.name.is_empty()).then(|| URL_SAFE_NO_PAD.encode(&self.name));
        list("n", name.into_iter().collect());
        let reasons = self.reasons.iter();
        list(
            "r",
            reasons
                .map(|(id, text)| format!("{id}:{}", URL_SAFE_NO_PAD.encode(text)))
                .collect(),
        );
        list("g", self.group.iter().cloned().collect());
        list("t", self.target.iter().cloned().collect());
        list("o", self.options());
        if let Some(figures) = &self.figures {
            put("f", figures.join(","));
        }
        if let Some(joint) = &self.joint {
            put(
                "j",
                if joint.is_empty() {
                    NONE.to_owned()
                } else {
                    joint.join(",")
                },
            );
        }
        out
    }

    fn options(&self) -> Vec<String> {
        let alone = self.is_alone.then_some(ALONE);
        let large = self.is_large.then_some(LARGE);
        let spread = SPREADS.iter().find(|(spread, _)| *spread == self.spread);
        let words = alone.into_iter().chain(large);
        let words = words.chain(spread.map(|(_, word)| *word));
        words.map(str::to_owned).collect()
    }

    /// What a cleaned text tells; parts that belong to something else are passed over.
    pub(super) fn read(clean: &str) -> Self {
        let mut out = Self::default();
        for (key, value) in parts(clean) {
            match key {
                "s" | "e" | "r" | "o" => {
                    for item in items(value) {
                        if out.read_item(key, item).is_none() {
                            out.unread.push(format!("{key}={item}"));
                        }
                    }
                }
                "l" => out.locked = items(value).map(str::to_owned).collect(),
                "n" => match plain(value) {
                    Some(name) => out.name = name,
                    None => out.unread.push(format!("{key}={value}")),
                },
                "g" => out.group = Some(value.to_owned()),
                "t" => out.target = Some(value.to_owned()),
                "f" => out.figures = Some(items(value).map(str::to_owned).collect()),
                "j" => {
                    let joint = items(value).filter(|id| *id != NONE);
                    out.joint = Some(joint.map(str::to_owned).collect());
                }
                _ => {}
            }
        }
        out
    }

    fn read_item(&mut self, key: &str, item: &str) -> Option<()> {
        match key {
            "s" => self.levers.push(lever_part(item)?),
            "e" => {
                let (id, value) = item.split_once(':')?;
                self.assumptions.push((id.to_owned(), number(value)?));
            }
            "r" => {
                let (id, text) = item.split_once(':')?;
                self.reasons.push((id.to_owned(), plain(text)?));
            }
            _ => match item {
                ALONE => self.is_alone = true,
                LARGE => self.is_large = true,
                word => self.spread = SPREADS.iter().find(|(_, own)| *own == word)?.0,
            },
        }
        Some(())
    }
}

/// Written where a list that is there holds nothing.
const NONE: &str = "-";

fn items(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').filter(|item| !item.is_empty())
}

fn lever_text(lever: &LeverPart) -> String {
    let mut out = lever.id.clone();
    if let Some(value) = lever.value {
        out += &format!(":{value}");
    }
    if let Some(start) = lever.start {
        out += &format!("@{start}");
    }
    if let Some((_, word)) = RAMPS.iter().find(|(ramp, _)| *ramp == lever.ramp) {
        out += &format!("!{word}");
    }
    out
}

fn lever_part(item: &str) -> Option<LeverPart> {
    let (rest, ramp) = match item.split_once('!') {
        Some((rest, word)) => (rest, RAMPS.iter().find(|(_, own)| *own == word)?.0),
        None => (item, Ramp::Even),
    };
    let (rest, start) = match rest.split_once('@') {
        Some((rest, start)) => (rest, Some(number(start)?)),
        None => (rest, None),
    };
    let (id, value) = match rest.split_once(':') {
        Some((id, value)) => (id, Some(number(value)?)),
        None => (rest, None),
    };
    (!id.is_empty()).then(|| LeverPart {
        id: id.to_owned(),
        value,
        start,
        ramp,
    })
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn plain(text: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}
