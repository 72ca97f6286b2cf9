//! Scenario and view ↔ text for the URL fragment and for storage:
//! `#p=<pack id>&k=1.<pack8>.<base64url>`.
//! The payload is a byte string: levers and assumptions that differ (gaps between positions, zigzag
//! steps, timing), view, name, locks if there are any, and a CRC-32 over version, pack and payload.
//! Untrusted input: a damaged text is an error, never a panic and never another scenario.

use super::action::{Knob, Notice, View};
use super::catalogue::{Catalogue, KnobSpec};
use super::reducer::clean_name;
use super::scenario::{Ramp, Scenario, Setting, Timing};
use crate::protocol::Spread;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Version of the format written here.
const VERSION: u32 = 1;
/// Longest text that is looked at; the longest scenario of a pack is far below.
const MAX_TEXT: usize = 8192;

/// Why a text gives no scenario.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// There is no `k=` in the text; nothing was asked for.
    #[error("the text names no scenario")]
    Absent,
    /// A character is missing, added or changed.
    #[error("the link is damaged")]
    Damaged,
    /// Written by a later version of the page.
    #[error("the link has format {version}, this page reads {VERSION}")]
    NewerVersion {
        /// Its version.
        version: u32,
    },
    /// Made for another pack, or for another state of this pack.
    #[error("the link is for pack {hash}")]
    OtherPack {
        /// Hash of the pack it was made for.
        hash: String,
    },
}

/// What a text gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The scenario, inside the hard ranges.
    pub scenario: Scenario,
    /// What was seen.
    pub view: View,
    /// Values that had to be brought inside their range.
    pub notices: Vec<Notice>,
}

/// The text of a scenario, a view and the pack they belong to, beginning with `#`.
pub fn encode(catalogue: &Catalogue, scenario: &Scenario, view: &View) -> String {
    let mut bytes = payload(scenario, view, catalogue);
    let head = format!("{VERSION}.{}.", catalogue.pack_hash);
    bytes.extend(checksum(&head, &bytes));
    let payload = URL_SAFE_NO_PAD.encode(bytes);
    let year = match catalogue.years.first() {
        Some(&first) if first != view.year => format!("&y={}", view.year),
        _ => String::new(),
    };
    format!("#p={}&k={head}{payload}{year}", catalogue.pack_id)
}

/// The year that a text names (`y=`), else the pack's first; `Err` for one that the pack does not name.
pub(super) fn year_of(catalogue: &Catalogue, text: &str) -> Result<i32, String> {
    let fragment = text.trim().trim_start_matches('#');
    let named = fragment.split('&').find_map(|part| part.strip_prefix("y="));
    let Some(named) = named else {
        return Ok(catalogue.years.first().copied().unwrap_or_default());
    };
    let year = named.parse().ok();
    let known = year.filter(|year| catalogue.years.contains(year));
    known.ok_or_else(|| named.to_owned())
}

/// The scenario and view of a text, with or without its `#` and beside other `&` parts.
///
/// # Errors
/// See [`LinkError`]; the caller keeps the state it has.
pub fn decode(catalogue: &Catalogue, text: &str) -> Result<Opened, LinkError> {
    let fragment = text.trim().trim_start_matches('#');
    let key = fragment.split('&').find_map(|part| part.strip_prefix("k="));
    let key = key.ok_or(LinkError::Absent)?;
    if key.len() > MAX_TEXT {
        return Err(LinkError::Damaged);
    }
    let (version, rest) = key.split_once('.').ok_or(LinkError::Damaged)?;
    let number: u32 = version.parse().map_err(|_| LinkError::Damaged)?;
    if number > VERSION {
        return Err(LinkError::NewerVersion { version: number });
    }
    let (hash, body) = rest.split_once('.').ok_or(LinkError::Damaged)?;
    let bytes = URL_SAFE_NO_PAD.decode(body);
    let bytes = bytes.map_err(|_| LinkError::Damaged)?;
    let end = bytes.len().checked_sub(4).ok_or(LinkError::Damaged)?;
    let (payload, sum) = bytes.split_at(end);
    if checksum(&format!("{version}.{hash}."), payload) != sum {
        return Err(LinkError::Damaged);
    }
    if hash != catalogue.pack_hash {
        let hash = hash.to_owned();
        return Err(LinkError::OtherPack { hash });
    }
    let mut reader = Reader { rest: payload };
    let mut opened = opened(&mut reader, catalogue).ok_or(LinkError::Damaged)?;
    if !reader.rest.is_empty() {
        return Err(LinkError::Damaged);
    }
    match year_of(catalogue, text) {
        Ok(year) => opened.view.year = year,
        Err(year) => opened.notices.push(Notice::UnknownYear { year }),
    }
    Ok(opened)
}

fn checksum(head: &str, payload: &[u8]) -> [u8; 4] {
    let mut crc = crc32fast::Hasher::new();
    crc.update(head.as_bytes());
    crc.update(payload);
    crc.finalize().to_le_bytes()
}

// Bits of the view's flags.
const COMPARE: u64 = 1;
const LARGE: u64 = 2;
const FIGURES: u64 = 4;
const ENVIRONMENT: u64 = 8;
const EFFECT: u64 = 16;
const JOINT: u64 = 32;

fn payload(scenario: &Scenario, view: &View, catalogue: &Catalogue) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, scenario.levers.len() as u64);
    let mut next = 0;
    for (&lever, setting) in &scenario.levers {
        put(&mut out, (lever - next) as u64);
        put(&mut out, zigzag(i64::from(setting.steps)));
        put(&mut out, timing_code(setting.timing));
        next = lever + 1;
    }
    put(&mut out, scenario.assumptions.len() as u64);
    next = 0;
    for (&assumption, &steps) in &scenario.assumptions {
        put(&mut out, (assumption - next) as u64);
        put(&mut out, zigzag(i64::from(steps)));
        next = assumption + 1;
    }
    put_view(&mut out, view, catalogue);
    put(&mut out, scenario.name.len() as u64);
    out.extend(scenario.name.as_bytes());
    // Absent from links of before there were locks.
    if !scenario.locked.is_empty() {
        put(&mut out, scenario.locked.len() as u64);
        for &lever in &scenario.locked {
            put(&mut out, lever as u64);
        }
    }
    out
}

fn put_view(out: &mut Vec<u8>, view: &View, catalogue: &Catalogue) {
    let own_figures = view.figures != View::of(catalogue).figures;
    let flags = [
        (view.compare_baseline, COMPARE),
        (view.large_text, LARGE),
        (own_figures, FIGURES),
        (view.spread == Spread::Environment, ENVIRONMENT),
        (view.spread == Spread::Effect, EFFECT),
        (view.joint.is_some(), JOINT),
    ];
    let set = flags.iter().filter(|(on, _)| *on).map(|(_, bit)| bit);
    put(out, set.sum());
    put(out, view.group as u64);
    if own_figures {
        put(out, view.figures.len() as u64);
        for &figure in &view.figures {
            put(out, figure as u64);
        }
    }
    if let Some(joint) = &view.joint {
        put(out, joint.len() as u64);
        for &target in joint {
            put(out, target as u64);
        }
    }
}

/// Start and build-up in one number, 0 for the default.
fn timing_code(timing: Timing) -> u64 {
    let ramp = match timing.ramp {
        Ramp::Even => 0,
        Ramp::Front => 1,
        Ramp::Back => 2,
        Ramp::Once => 3,
    };
    zigzag(i64::from(timing.start_quarters)) << 2 | ramp
}

fn timing(code: u64) -> Option<Timing> {
    let ramp = match code & 3 {
        0 => Ramp::Even,
        1 => Ramp::Front,
        2 => Ramp::Back,
        _ => Ramp::Once,
    };
    let start_quarters = i16::try_from(unzigzag(code >> 2)).ok()?;
    Some(Timing {
        start_quarters,
        ramp,
    })
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn unzigzag(code: u64) -> i64 {
    (code >> 1) as i64 ^ -((code & 1) as i64)
}

/// Seven bits a byte, lowest first (LEB128).
fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// What is left of a payload.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A position or a count below `end`.
    fn below(&mut self, end: usize) -> Option<usize> {
        let value = usize::try_from(self.number()?).ok()?;
        (value < end).then_some(value)
    }

    fn steps(&mut self) -> Option<i32> {
        i32::try_from(unzigzag(self.number()?)).ok()
    }

    fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }
}

fn opened(reader: &mut Reader<'_>, catalogue: &Catalogue) -> Option<Opened> {
    let mut scenario = Scenario::default();
    let mut notices = Vec::new();
    read_levers(reader, catalogue, &mut scenario, &mut notices)?;
    read_assumptions(reader, catalogue, &mut scenario, &mut notices)?;
    let view = read_view(reader, catalogue)?;
    let len = reader.below(MAX_TEXT)?;
    let name = std::str::from_utf8(reader.bytes(len)?).ok()?;
    scenario.name = clean_name(name);
    if !reader.rest.is_empty() {
        let n = reader.below(catalogue.levers.len() + 1)?;
        let locked = (0..n).map(|_| reader.below(catalogue.levers.len()));
        scenario.locked = locked.collect::<Option<_>>()?;
    }
    Some(Opened {
        scenario,
        view,
        notices,
    })
}

fn read_levers(
    reader: &mut Reader<'_>,
    catalogue: &Catalogue,
    scenario: &mut Scenario,
    notices: &mut Vec<Notice>,
) -> Option<()> {
    let specs = &catalogue.levers;
    let mut next = 0;
    for _ in 0..reader.below(specs.len() + 1)? {
        let lever = next + reader.below(specs.len() - next)?;
        let steps = reader.steps()?;
        let steps = inside(specs.get(lever)?, Knob::Lever(lever), steps, notices);
        let timing = allowed(catalogue, lever, timing(reader.number()?)?, notices);
        scenario.set_lever(lever, Setting { steps, timing });
        next = lever + 1;
    }
    Some(())
}

fn read_assumptions(
    reader: &mut Reader<'_>,
    catalogue: &Catalogue,
    scenario: &mut Scenario,
    notices: &mut Vec<Notice>,
) -> Option<()> {
    let specs = &catalogue.assumptions;
    let mut next = 0;
    for _ in 0..reader.below(specs.len() + 1)? {
        let assumption = next + reader.below(specs.len() - next)?;
        let steps = reader.steps()?;
        let knob = Knob::Assumption(assumption);
        let steps = inside(specs.get(assumption)?, knob, steps, notices);
        scenario.set_assumption(assumption, steps);
        next = assumption + 1;
    }
    Some(())
}

fn read_view(reader: &mut Reader<'_>, catalogue: &Catalogue) -> Option<View> {
    let flags = reader.number()?;
    let mut view = View::of(catalogue);
    view.compare_baseline = flags & COMPARE != 0;
    view.large_text = flags & LARGE != 0;
    view.group = reader.below(catalogue.n_groups + 1)?;
    if flags & FIGURES != 0 {
        let n = reader.below(catalogue.n_figures + 1)?;
        let figures = (0..n).map(|_| reader.below(catalogue.n_figures));
        view.figures = figures.collect::<Option<_>>()?;
    }
    view.spread = match (flags & ENVIRONMENT != 0, flags & EFFECT != 0) {
        (true, false) => Spread::Environment,
        (false, true) => Spread::Effect,
        _ => Spread::Whole,
    };
    if flags & JOINT != 0 {
        let open = &catalogue.open_targets;
        let n = reader.below(open.len() + 1)?;
        let targets = (0..n).map(|_| {
            let target = usize::try_from(reader.number()?).ok()?;
            open.contains(&target).then_some(target)
        });
        view.joint = Some(targets.collect::<Option<_>>()?);
    }
    Some(view)
}

/// Steps inside the hard range, with a notice where they were not.
fn inside(spec: &KnobSpec, knob: Knob, steps: i32, notices: &mut Vec<Notice>) -> i32 {
    let kept = steps.clamp(spec.lowest(), spec.highest());
    if kept != steps {
        let (asked, given) = (spec.value(steps), spec.value(kept));
        notices.push(Notice::Clamped { knob, asked, given });
    }
    kept
}

/// Timing inside the allowed span, with a notice where it was not.
fn allowed(
    catalogue: &Catalogue,
    lever: usize,
    timing: Timing,
    notices: &mut Vec<Notice>,
) -> Timing {
    let start = catalogue.policy_start + f64::from(timing.start_quarters) / 4.0;
    let (start_quarters, inside) = catalogue.start_quarters(start);
    if !inside {
        let given = catalogue.policy_start + f64::from(start_quarters) / 4.0;
        notices.push(Notice::StartClamped { lever, given });
    }
    Timing {
        start_quarters,
        ..timing
    }
}
