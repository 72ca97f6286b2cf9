//! A place in a run → uniform numbers that depend on this place and on nothing drawn before.
//!
//! The generator is Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
//! 1, 2, 3", SC 2011; its tests are the vectors published with it. Only whole-number arithmetic, so
//! that the bits are the same on every machine.

use crate::budget::MAX_STEPS;

/// Bits of the counter's first word that hold the step; the others count blocks of one draw.
const STEP_BITS: u32 = 20;
const _: () = assert!(MAX_STEPS <= 1 << STEP_BITS);

/// First of the streams that belong to studies; those of runs are counted from 0.
const FIRST_STUDY: u32 = 0xFFFF_0000;

/// Where a draw is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    key: u64,
    member: u64,
    stream: u32,
    step: u32,
}

impl Place {
    /// A draw of a run: of its seed, a member of its ensemble, a call and a step.
    pub(crate) fn of_run(seed: u64, member: u64, stream: u32, step: usize) -> Self {
        Self {
            key: seed,
            member,
            stream,
            step: step as u32,
        }
    }

    /// A draw of a call with a seed of its own: the same in every run, member and call.
    ///
    /// A seed is a whole number from 0 to 2³² − 1, a fraction is cut off; `None` for any other.
    pub(crate) fn of_seed(seed: f64, step: usize) -> Option<Self> {
        // Streams and members of runs are counted from 0 and never come here.
        (0.0..4_294_967_296.0).contains(&seed).then_some(Self {
            key: seed as u64,
            member: u64::MAX,
            stream: u32::MAX,
            step: step as u32,
        })
    }

    /// A draw outside of any run: of a seed, a purpose and a row.
    fn of_study(seed: u64, purpose: u8, row: u64) -> Self {
        Self {
            key: seed,
            member: row,
            stream: FIRST_STUDY | u32::from(purpose),
            step: 0,
        }
    }

    /// The numbers of this place, from the first on.
    pub(crate) fn uniforms(self) -> Uniforms {
        Uniforms {
            place: self,
            n_blocks: 0,
            spare: None,
        }
    }
}

/// Independent uniform numbers of one place, in their order.
///
/// A run makes its own. A study that samples parameters asks for those of a row with
/// [`Uniforms::of_study`]: row 17 is row 17, whatever was drawn before it.
#[derive(Debug, Clone)]
pub struct Uniforms {
    place: Place,
    n_blocks: u32,
    /// The second half of the last block.
    spare: Option<u64>,
}

impl Uniforms {
    /// The numbers of a row of a study, at most 8,192 of them; those of other seeds, purposes and
    /// rows, and those of all runs, know nothing of them.
    pub fn of_study(seed: u64, purpose: u8, row: u64) -> Self {
        Place::of_study(seed, purpose, row).uniforms()
    }

    /// A multiple of 2⁻⁵³ from 0 on, below 1.
    pub fn next_from_zero(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Above 0 and below 1: an odd multiple of 2⁻⁵³.
    pub fn next_open(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
    }

    fn bits(&mut self) -> u64 {
        if let Some(bits) = self.spare.take() {
            return bits;
        }
        let Place {
            key,
            member,
            stream,
            step,
        } = self.place;
        let first = step | self.n_blocks << STEP_BITS;
        self.n_blocks += 1;
        let counter = [first, stream, member as u32, (member >> 32) as u32];
        let [a, b, c, d] = philox(counter, [key as u32, (key >> 32) as u32]).map(u64::from);
        self.spare = Some(c | d << 32);
        a | b << 32
    }
}

/// Ten rounds of Philox on four words.
fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut a, mut b, mut c, mut d], [mut low, mut high]) = (counter, key);
    for _ in 0..10 {
        let (left, right) = (wide(0xD251_1F53, a), wide(0xCD9E_8D57, c));
        (a, b, c, d) = (right.1 ^ b ^ low, right.0, left.1 ^ d ^ high, left.0);
        low = low.wrapping_add(0x9E37_79B9);
        high = high.wrapping_add(0xBB67_AE85);
    }
    [a, b, c, d]
}

/// Both halves of a product, the lower one first.
fn wide(a: u32, b: u32) -> (u32, u32) {
    let product = u64::from(a) * u64::from(b);
    (product as u32, (product >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of the Random123 library, `kat_vectors`.
    #[test]
    fn philox_gives_the_published_vectors() {
        let all = u32::MAX;
        assert_eq!(
            philox([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox([all; 4], [all; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn every_part_of_a_place_counts() {
        let first = |place: Place| place.uniforms().bits();
        let all = [
            first(Place::of_run(1, 2, 3, 4)),
            first(Place::of_run(9, 2, 3, 4)),
            first(Place::of_run(1, 9, 3, 4)),
            first(Place::of_run(1, 2, 9, 4)),
            first(Place::of_run(1, 2, 3, 9)),
        ];
        for (k, bits) in all.iter().enumerate() {
            assert!(!all[..k].contains(bits));
        }
    }

    #[test]
    fn a_study_has_numbers_of_its_own() {
        let first = |place: Place| place.uniforms().bits();
        let all = [
            first(Place::of_study(1, 2, 3)),
            first(Place::of_study(9, 2, 3)),
            first(Place::of_study(1, 9, 3)),
            first(Place::of_study(1, 2, 9)),
            first(Place::of_run(1, 3, 2, 0)),
        ];
        for (k, bits) in all.iter().enumerate() {
            assert!(!all[..k].contains(bits));
        }
    }

    #[test]
    fn a_seed_is_a_whole_number_of_32_bits() {
        assert_eq!(Place::of_seed(7.9, 3), Place::of_seed(7.0, 3));
        for bad in [-1.0, 4_294_967_296.0, f64::NAN] {
            assert_eq!(Place::of_seed(bad, 0), None);
        }
    }
}
