//! Links of before, `k=1.<pack8>.<base64url>`, which named everything by position: written anew by id and value,
//! with the record of the pack they were made for.
//!
//! The payload is a byte string: levers and assumptions that differ (gaps between positions, zigzag steps,
//! timing), view, name, locks if there are any, and a CRC-32 over version, pack and payload. The records are
//! `packs/links.txt`; no link of today needs one.

use super::parts::{part, parts, sealed};
use super::written::{LeverPart, Written};
use super::{LinkError, clean};
use crate::protocol::Spread;
use crate::state::scenario::Ramp;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The only version there was.
const VERSION: u32 = 1;

/// Whether a text carries its scenario as links did before.
pub fn is_old(text: &str) -> bool {
    part(&clean(text), "k").is_some()
}

/// A link of before as one of today, beginning with `#`; `records` is the content of `packs/links.txt`.
///
/// # Errors
/// The text is damaged, or no record is of its pack.
pub fn renewed(text: &str, records: &str) -> Result<String, LinkError> {
    let clean = clean(text);
    let key = part(&clean, "k").ok_or(LinkError::Absent)?;
    let (hash, payload) = payload(key)?;
    let record = Record::find(records, hash);
    let record = record.ok_or_else(|| LinkError::OtherPack {
        hash: hash.to_owned(),
    })?;
    let mut reader = Reader { rest: &payload };
    let written = record.written(&mut reader);
    let written = written.filter(|_| reader.rest.is_empty());
    let written = written.ok_or(LinkError::Damaged)?;
    let mut out = format!("#{}", written.text(record.place, hash));
    for (key, value) in parts(&clean) {
        let value = match key {
            "y" | "v" => value.to_owned(),
            "w" => record.panel(value),
            "a" => record.asking(value),
            _ => continue,
        };
        out += &format!("&{key}={value}");
    }
    Ok(sealed(&out))
}

/// Hash and payload of a key, whose sum is right.
fn payload(key: &str) -> Result<(&str, Vec<u8>), LinkError> {
    let (version, rest) = key.split_once('.').ok_or(LinkError::Damaged)?;
    let number: u32 = version.parse().map_err(|_| LinkError::Damaged)?;
    if number > VERSION {
        return Err(LinkError::NewerVersion { version: number });
    }
    let (hash, body) = rest.split_once('.').ok_or(LinkError::Damaged)?;
    let bytes = URL_SAFE_NO_PAD.decode(body);
    let mut bytes = bytes.map_err(|_| LinkError::Damaged)?;
    let end = bytes.len().checked_sub(4).ok_or(LinkError::Damaged)?;
    let sum = bytes.split_off(end);
    let mut crc = crc32fast::Hasher::new();
    crc.update(format!("{version}.{hash}.").as_bytes());
    crc.update(&bytes);
    match crc.finalize().to_le_bytes()[..] == sum {
        true => Ok((hash, bytes)),
        false => Err(LinkError::Damaged),
    }
}

/// What stood at which position of a pack.
#[derive(Debug, Default)]
struct Record<'a> {
    place: &'a str,
    policy_start: f64,
    groups: Vec<&'a str>,
    figures: Vec<&'a str>,
    targets: Vec<&'a str>,
    levers: Vec<Knob<'a>>,
    assumptions: Vec<Knob<'a>>,
}

#[derive(Debug)]
struct Knob<'a> {
    id: &'a str,
    default: f64,
    step: f64,
}

impl Knob<'_> {
    /// The shown value that was so many steps from the default, as it was rounded.
    fn value(&self, steps: i32) -> f64 {
        let raw = self.default + f64::from(steps) * self.step;
        libm::round(raw * 1e9) / 1e9
    }
}

impl<'a> Record<'a> {
    /// The record of the pack with that hash: a line `pack <place> <hash>…` and those after it.
    fn find(records: &'a str, hash: &str) -> Option<Self> {
        let mut lines = records.lines().map(str::split_whitespace);
        let mut record = lines.find_map(|mut words| {
            let is_pack = words.next() == Some("pack");
            let place = words.next().filter(|_| is_pack)?;
            words.any(|own| own == hash).then(|| Self {
                place,
                ..Self::default()
            })
        })?;
        for mut words in lines {
            match words.next() {
                Some("start") => record.policy_start = words.next()?.parse().ok()?,
                Some("groups") => record.groups = words.collect(),
                Some("figures") => record.figures = words.collect(),
                Some("targets") => record.targets = words.collect(),
                Some("lever") => record.levers.push(knob(words)?),
                Some("assumption") => record.assumptions.push(knob(words)?),
                Some("pack") => break,
                _ => {}
            }
        }
        Some(record)
    }

    fn written(&self, reader: &mut Reader<'_>) -> Option<Written> {
        let mut out = Written::default();
        let mut next = 0;
        for _ in 0..reader.below(self.levers.len() + 1)? {
            let k = next + reader.below(self.levers.len() - next)?;
            out.levers.push(self.lever(k, reader)?);
            next = k + 1;
        }
        next = 0;
        for _ in 0..reader.below(self.assumptions.len() + 1)? {
            let k = next + reader.below(self.assumptions.len() - next)?;
            let knob = self.assumptions.get(k)?;
            let value = knob.value(reader.steps()?);
            out.assumptions.push((knob.id.to_owned(), value));
            next = k + 1;
        }
        self.view(reader, &mut out)?;
        let len = usize::try_from(reader.number()?).ok()?;
        out.name = String::from_utf8(reader.bytes(len)?.to_vec()).ok()?;
        // Absent from links of before there were locks.
        if !reader.rest.is_empty() {
            for _ in 0..reader.below(self.levers.len() + 1)? {
                let lever = self.levers.get(reader.below(self.levers.len())?)?;
                out.locked.push(lever.id.to_owned());
            }
        }
        Some(out)
    }

    fn lever(&self, k: usize, reader: &mut Reader<'_>) -> Option<LeverPart> {
        let knob = self.levers.get(k)?;
        let steps = reader.steps()?;
        let code = reader.number()?;
        let quarters = i16::try_from(unzigzag(code >> 2)).ok()?;
        let start = self.policy_start + f64::from(quarters) / 4.0;
        Some(LeverPart {
            id: knob.id.to_owned(),
            value: (steps != 0).then(|| knob.value(steps)),
            start: (quarters != 0).then_some(start),
            ramp: match code & 3 {
                0 => Ramp::Even,
                1 => Ramp::Front,
                2 => Ramp::Back,
                _ => Ramp::Once,
            },
        })
    }

    fn view(&self, reader: &mut Reader<'_>, out: &mut Written) -> Option<()> {
        let flags = reader.number()?;
        let is_set = |bit: u64| flags & bit != 0;
        out.is_alone = !is_set(COMPARE);
        out.is_large = is_set(LARGE);
        out.spread = match (is_set(ENVIRONMENT), is_set(EFFECT)) {
            (true, false) => Spread::Environment,
            (false, true) => Spread::Effect,
            _ => Spread::Whole,
        };
        // The position after the last is that of all groups.
        let group = reader.below(self.groups.len() + 1)?;
        out.group = self.groups.get(group).map(|id| (*id).to_owned());
        if is_set(FIGURES) {
            out.figures = Some(reader.ids(&self.figures)?);
        }
        if is_set(JOINT) {
            out.joint = Some(reader.ids(&self.targets)?);
        }
        Some(())
    }

    /// `why-t3` as `why-t.<id>`; what names no position stays as it is.
    fn panel(&self, word: &str) -> String {
        let of = |prefix: &str, ids: &[&str]| {
            let k: usize = word.strip_prefix(prefix)?.parse().ok()?;
            Some(format!("{prefix}.{}", ids.get(k)?))
        };
        let new = of("why-t", &self.targets).or_else(|| of("why-f", &self.figures));
        new.unwrap_or_else(|| word.to_owned())
    }

    /// `0-3~80~…` with ids for positions; what names none stays as it is.
    fn asking(&self, text: &str) -> String {
        let (targets, rest) = text.split_once('~').unwrap_or((text, ""));
        let targets = targets.split('-').filter(|k| !k.is_empty());
        let ids: Option<Vec<&str>> = targets
            .map(|k| self.targets.get(k.parse::<usize>().ok()?).copied())
            .collect();
        match ids {
            Some(ids) => format!("{}~{rest}", ids.join(",")),
            None => text.to_owned(),
        }
    }
}

fn knob<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<Knob<'a>> {
    Some(Knob {
        id: words.next()?,
        default: words.next()?.parse().ok()?,
        step: words.next()?.parse().ok()?,
    })
}

// Bits of the view's flags.
const COMPARE: u64 = 1;
const LARGE: u64 = 2;
const FIGURES: u64 = 4;
const ENVIRONMENT: u64 = 8;
const EFFECT: u64 = 16;
const JOINT: u64 = 32;

fn unzigzag(code: u64) -> i64 {
    (code >> 1) as i64 ^ -((code & 1) as i64)
}

/// What is left of a payload: numbers of seven bits a byte, lowest first (LEB128).
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

    /// A count and so many positions, as ids.
    fn ids(&mut self, ids: &[&str]) -> Option<Vec<String>> {
        let n = self.below(ids.len() + 1)?;
        let ids = (0..n).map(|_| {
            let k = self.below(ids.len())?;
            ids.get(k).map(|id| (*id).to_owned())
        });
        ids.collect()
    }
}
