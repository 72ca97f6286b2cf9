//! Numbers as base64, lowest byte first: bit for bit, NaN too, which JSON does not know.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The text of numbers of so many bytes each.
pub(crate) fn text<const N: usize>(numbers: impl Iterator<Item = [u8; N]>) -> String {
    STANDARD.encode(numbers.flatten().collect::<Vec<u8>>())
}

/// The numbers of a text; `None` where it is none, or ends within a number.
pub(crate) fn numbers<const N: usize>(text: &str) -> Option<Vec<[u8; N]>> {
    let bytes = STANDARD.decode(text).ok()?;
    let (numbers, rest) = bytes.as_chunks::<N>();
    rest.is_empty().then(|| numbers.to_vec())
}
