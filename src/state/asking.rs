//! What is asked of the solver, as the user set it, and its part of a link (`a=`).

use super::catalogue::Catalogue;
use crate::protocol::inquiry::Reach;
use std::collections::BTreeSet;

pub use tidemark_pack::chance::CONFIDENCES;

/// Most money a year that may be asked for, in the model's money.
const MOST_MONEY: u32 = 10_000;

/// Targets, confidence and what must be respected on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Targets by position in the pack, to be met all at once.
    pub targets: BTreeSet<usize>,
    /// Wanted probability in percent, one of [`CONFIDENCES`].
    pub confidence: u8,
    /// How far levers that are not locked may be turned.
    pub reach: Reach,
    /// Most that levers may cost in any year, in the model's money.
    pub money: Option<u32>,
    /// Whether no rule may be broken that the baseline keeps.
    pub keeps_rules: bool,
    /// When levers begin, in quarters after the pack's policy start; none for each lever's own.
    pub start_quarters: Option<i16>,
    /// Whether levers that cost money may be cut below where they stand today.
    pub may_cut: bool,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            targets: BTreeSet::new(),
            confidence: 80,
            reach: Reach::Safe,
            money: None,
            keeps_rules: true,
            start_quarters: None,
            may_cut: false,
        }
    }
}

impl Asking {
    /// The same with what the pack and the page allow; the rest is left out or brought to an end.
    #[must_use]
    pub fn kept(mut self, catalogue: &Catalogue) -> Self {
        self.targets.retain(|k| catalogue.open_targets.contains(k));
        if !CONFIDENCES.contains(&self.confidence) {
            self.confidence = Self::default().confidence;
        }
        self.money = self.money.map(|money| money.min(MOST_MONEY));
        self.start_quarters = self.start_quarters.map(|quarters| {
            let start = catalogue.policy_start + f64::from(quarters) / 4.0;
            catalogue.start_quarters(start).0
        });
        self
    }

    /// Start in model time; none for each lever's own.
    pub fn start(&self, catalogue: &Catalogue) -> Option<f64> {
        let quarters = self.start_quarters?;
        Some(catalogue.policy_start + f64::from(quarters) / 4.0)
    }

    /// As a part of a link: `<target>,<target>~80~safe~12~rules~-4~cut`.
    pub fn text(&self, catalogue: &Catalogue) -> String {
        let id = |k: &usize| catalogue.targets.get(*k).map(String::as_str);
        let targets: Vec<&str> = self.targets.iter().filter_map(id).collect();
        let reach = REACHES.iter().find(|(reach, _)| *reach == self.reach);
        let money = self.money.map_or(NONE.to_owned(), |m| m.to_string());
        let start = self
            .start_quarters
            .map_or(NONE.to_owned(), |q| q.to_string());
        [
            targets.join(","),
            self.confidence.to_string(),
            reach.map_or("", |(_, word)| *word).to_owned(),
            money,
            if self.keeps_rules { RULES } else { NONE }.to_owned(),
            start,
            if self.may_cut { CUT } else { NONE }.to_owned(),
        ]
        .join("~")
    }

    /// What a part of a link asks; `None` for a text that is none. Targets that the pack does not have, or
    /// whose outcome is known, are left out.
    pub fn of(text: &str, catalogue: &Catalogue) -> Option<Self> {
        let parts: Vec<&str> = text.split('~').collect();
        let (first, cut) = match parts.as_slice() {
            [first @ .., cut] if parts.len() == 7 => (first, *cut),
            // Links of before anything could be cut have one part less.
            all => (all, NONE),
        };
        let &[targets, confidence, reach, money, rules, start] = first else {
            return None;
        };
        let (reach, _) = REACHES.iter().find(|(_, word)| *word == reach)?;
        let asking = Self {
            targets: Self::targets_of(targets)
                .filter_map(|id| catalogue.targets.iter().position(|own| own == id))
                .collect(),
            confidence: confidence.parse().ok()?,
            reach: *reach,
            money: optional(money)?,
            keeps_rules: rules == RULES,
            start_quarters: optional(start)?,
            may_cut: cut == CUT,
        };
        Some(asking.kept(catalogue))
    }

    /// Ids of the targets that a part of a link asks for; some may be unknown.
    pub(super) fn targets_of(text: &str) -> impl Iterator<Item = &str> {
        let targets = text.split('~').next().unwrap_or_default();
        targets.split(',').filter(|id| !id.is_empty())
    }
}

const NONE: &str = "x";
const RULES: &str = "rules";
const CUT: &str = "cut";
const REACHES: [(Reach, &str); 3] = [
    (Reach::Safe, "safe"),
    (Reach::Stretch, "stretch"),
    (Reach::Hard, "hard"),
];

/// A number or nothing; `None` for a text that is neither.
fn optional<T: std::str::FromStr>(text: &str) -> Option<Option<T>> {
    match text {
        NONE => Some(None),
        number => number.parse().ok().map(Some),
    }
}
