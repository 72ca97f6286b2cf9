//! What a unit is made of: base units and their powers.

use std::collections::BTreeMap;
use std::fmt;

/// Powers are kept in twelfths, so that roots of roots stay exact.
const WHOLE: i32 = 12;

/// A product of powers of base units; dimensionless where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Dimension(BTreeMap<String, i32>);

impl Dimension {
    /// No unit.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// A base unit, by its canonical name.
    pub(crate) fn base(name: &str) -> Self {
        Self(BTreeMap::from([(name.to_owned(), WHOLE)]))
    }

    /// Whether there is no unit.
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The product of both.
    pub(crate) fn times(&self, other: &Self) -> Self {
        self.with(other, 1)
    }

    /// The first over the second.
    pub(crate) fn over(&self, other: &Self) -> Self {
        self.with(other, -1)
    }

    /// To a power; `None` where a base would get a power that is no whole number of twelfths.
    pub(crate) fn power(&self, exponent: f64) -> Option<Self> {
        let scaled = |&twelfths: &i32| {
            let value = f64::from(twelfths) * exponent;
            let whole = libm::round(value);
            ((value - whole).abs() < 1e-9 && whole.abs() < 1e6).then_some(whole as i32)
        };
        let mut all = BTreeMap::new();
        for (name, power) in &self.0 {
            let power = scaled(power)?;
            if power != 0 {
                all.insert(name.clone(), power);
            }
        }
        Some(Self(all))
    }

    fn with(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.0.clone();
        for (name, power) in &other.0 {
            let sum = powers
                .get(name)
                .copied()
                .unwrap_or(0)
                .saturating_add(power.saturating_mul(sign));
            match sum {
                0 => powers.remove(name),
                _ => powers.insert(name.clone(), sum),
            };
        }
        Self(powers)
    }
}

impl fmt::Display for Dimension {
    /// `yuan*person/year^2`; `1` where there is no unit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |(name, power): (&String, i32)| {
            let name = name.replace('_', " ");
            match power {
                WHOLE => name,
                p if p % WHOLE == 0 => format!("{name}^{}", p / WHOLE),
                p => format!("{name}^{}", f64::from(p) / f64::from(WHOLE)),
            }
        };
        let above: Vec<String> = self
            .0
            .iter()
            .filter(|(_, p)| **p > 0)
            .map(|(n, p)| part((n, *p)))
            .collect();
        let below: Vec<String> = self
            .0
            .iter()
            .filter(|(_, p)| **p < 0)
            .map(|(n, p)| part((n, -p)))
            .collect();
        match (above.is_empty(), below.is_empty()) {
            (true, true) => f.write_str("1"),
            (false, true) => f.write_str(&above.join("*")),
            (true, false) => write!(f, "1/{}", below.join("/")),
            (false, false) => write!(f, "{}/{}", above.join("*"), below.join("/")),
        }
    }
}
