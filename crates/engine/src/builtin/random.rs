//! Laws of random numbers: parameters and a place → one draw.
//!
//! A draw may take several uniform numbers, all of its own place, so that it never depends on
//! another draw. Only `libm`, so that its bits are the same on every machine.

use super::philox::{Place, Uniforms};

/// A law with two parameters at most; others are made from these and arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Law {
    /// From the first on, below the second.
    Uniform,
    /// Mean and standard deviation.
    Normal,
}

impl Law {
    /// A draw; NaN without a place, that is for a seed that is none.
    pub(crate) fn draw(self, [a, b]: [f64; 2], place: Option<Place>) -> f64 {
        let Some(place) = place else { return f64::NAN };
        let mut uniforms = place.uniforms();
        match self {
            Self::Uniform => a + (b - a) * uniforms.next_from_zero(),
            Self::Normal => a + b * standard_normal(&mut uniforms),
        }
    }
}

/// Mean 0 and deviation 1, by the polar form of Box and Muller (1958): exact, and the same way for
/// every draw.
fn standard_normal(uniforms: &mut Uniforms) -> f64 {
    let radius = libm::sqrt(-2.0 * libm::log(uniforms.next_open()));
    radius * libm::cos(2.0 * std::f64::consts::PI * uniforms.next_from_zero())
}
