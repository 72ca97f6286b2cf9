//! What the reducer must know of a pack: the knobs, their defaults, ranges and steps.

use super::action::Knob;
use tidemark_pack::record::Pack;

/// One thing a user may set: a lever or an assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct KnobSpec {
    /// Key of the pack record.
    pub id: String,
    /// Unit shown.
    pub unit: String,
    /// Shown value of the baseline.
    pub default: f64,
    /// Lower end of what may be set, shown value.
    pub min: f64,
    /// Upper end of what may be set, shown value.
    pub max: f64,
    /// Step, shown value; > 0.
    pub step: f64,
    /// Digits after the point.
    pub decimals: usize,
}

impl KnobSpec {
    /// Shown value that many steps away from the default, rounded to 9 decimals so that
    /// steps of 0.1 print and compare as written.
    pub fn value(&self, steps: i32) -> f64 {
        let raw = self.default + f64::from(steps) * self.step;
        libm::round(raw * 1e9) / 1e9
    }

    /// Steps nearest to a shown value, inside the range; 0 for a value that is not finite.
    pub fn steps(&self, value: f64) -> i32 {
        if !value.is_finite() {
            return 0;
        }
        let wanted = libm::round((value - self.default) / self.step);
        wanted.clamp(f64::from(self.lowest()), f64::from(self.highest())) as i32
    }

    /// Steps from the default to the lower end; ≤ 0 for a sound record.
    pub fn lowest(&self) -> i32 {
        libm::ceil((self.min - self.default) / self.step - 1e-6) as i32
    }

    /// Steps from the default to the upper end; ≥ 0 for a sound record.
    pub fn highest(&self) -> i32 {
        let up = libm::floor((self.max - self.default) / self.step + 1e-6) as i32;
        up.max(self.lowest())
    }
}

/// The knobs of a pack, in its order, and the ids that links name them by.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// Id of the pack, which links name it by.
    pub pack_id: String,
    /// First 8 hex digits of the pack's content hash.
    pub pack_hash: String,
    /// Levers, in pack order; ranges are the hard ones.
    pub levers: Vec<KnobSpec>,
    /// Assumptions, in pack order.
    pub assumptions: Vec<KnobSpec>,
    /// Default instant at which levers begin to act, in model time.
    pub policy_start: f64,
    /// Earliest instant a lever's start may be set to.
    pub earliest_start: f64,
    /// Latest instant a lever's start may be set to.
    pub latest_start: f64,
    /// Ids of groups of levers, in pack order.
    pub groups: Vec<String>,
    /// Ids of charts, in pack order.
    pub figures: Vec<String>,
    /// Ids of targets, in pack order.
    pub targets: Vec<String>,
    /// Years that targets may be looked at in, ascending; the first is the headline.
    pub years: Vec<i32>,
    /// Targets whose outcome is open, by position in the pack, ascending.
    pub open_targets: Vec<usize>,
    /// Those of them that the solver is asked for where nobody chose any: those on tiles.
    pub asked_first: Vec<usize>,
}

impl Catalogue {
    /// The knobs of a checked pack; `hash` is its content hash in hex.
    pub fn new(pack: &Pack, hash: &str) -> Self {
        let last_year = pack.meta.reading_years.iter().copied().max();
        Self {
            pack_id: pack.meta.id.clone(),
            pack_hash: hash.chars().take(8).collect(),
            levers: pack.lever.iter().map(lever_spec).collect(),
            assumptions: pack.assumption.iter().map(assumption_spec).collect(),
            policy_start: pack.meta.policy_start,
            earliest_start: pack.meta.earliest_start,
            latest_start: last_year.map_or(pack.meta.policy_start, f64::from),
            groups: pack.group.iter().map(|group| group.id.clone()).collect(),
            figures: pack.figure.iter().map(|figure| figure.id.clone()).collect(),
            targets: pack.target.iter().map(|target| target.id.clone()).collect(),
            years: pack.meta.reading_years.clone(),
            open_targets: Vec::new(),
            asked_first: Vec::new(),
        }
    }

    /// The same with the targets whose outcome is open, ascending, and those asked for first.
    #[must_use]
    pub fn with_open(self, open_targets: Vec<usize>, asked_first: Vec<usize>) -> Self {
        Self {
            open_targets,
            asked_first,
            ..self
        }
    }

    /// What a knob is; `None` for a position the pack does not have.
    pub fn knob(&self, knob: Knob) -> Option<&KnobSpec> {
        match knob {
            Knob::Lever(lever) => self.levers.get(lever),
            Knob::Assumption(assumption) => self.assumptions.get(assumption),
        }
    }

    /// Quarters after the policy start nearest to an instant, inside the allowed span, and
    /// whether the instant was inside it.
    pub fn start_quarters(&self, start: f64) -> (i16, bool) {
        let inside = (self.earliest_start - 1e-9..=self.latest_start + 1e-9).contains(&start);
        let start = start.clamp(
            self.earliest_start,
            self.latest_start.max(self.earliest_start),
        );
        (
            libm::round((start - self.policy_start) * 4.0) as i16,
            inside,
        )
    }
}

fn lever_spec(lever: &tidemark_pack::record::Lever) -> KnobSpec {
    KnobSpec {
        id: lever.id.clone(),
        unit: lever.unit.clone(),
        default: lever.default,
        min: lever.hard.min,
        max: lever.hard.max,
        step: lever.step,
        decimals: lever.decimals,
    }
}

fn assumption_spec(assumption: &tidemark_pack::record::Assumption) -> KnobSpec {
    KnobSpec {
        id: assumption.id.clone(),
        unit: assumption.unit.clone(),
        default: assumption.default,
        min: assumption.range.min,
        max: assumption.range.max,
        step: assumption.step,
        decimals: assumption.decimals,
    }
}
