//! How wide words are: one injected measurer, so that a layout never asks a document.
//!
//! On the page the measurer is the canvas; here is the deterministic table for tests and servers.

/// Gives the width of a line of text.
pub trait Measure {
    /// Width in CSS pixels of `text` on one line at `size_px`, in the figure's font.
    fn width(&self, text: &str, size_px: f64, bold: bool) -> f64;
}

/// Widths from a table: full-width characters are one em, the rest as in Helvetica and Arial.
///
/// The same on every machine; a few per cent off for other fonts.
#[derive(Debug, Clone, Copy, Default)]
pub struct TableMeasure;

impl Measure for TableMeasure {
    fn width(&self, text: &str, size_px: f64, bold: bool) -> f64 {
        let thousandths: u32 = text.chars().map(|c| thousandths_of_em(c, bold)).sum();
        f64::from(thousandths) * size_px / 1000.0
    }
}

/// Advance widths of U+0020 … U+007E in thousandths of an em, from the Helvetica metrics (AFM).
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

fn thousandths_of_em(c: char, bold: bool) -> u32 {
    let code = c as usize;
    let regular = match code {
        0x20..=0x7e => ASCII
            .get(code - 0x20)
            .map_or(556, |&width| u32::from(width)),
        _ if is_wide(c) => return 1000,
        0x0300..=0x036f | 0x200b..=0x200d | 0xfe00..=0xfe0f => return 0,
        _ => 556,
    };
    // Helvetica Bold is wider by about a fifteenth; digits and most letters are the same.
    if bold { regular * 16 / 15 } else { regular }
}

/// Whether a character fills an em in a Chinese font: ideographs, full-width forms, and the
/// dashes, quotes, arrows and shapes that such fonts draw full width.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c as u32,
        0x2010..=0x2027 | 0x2030..=0x205e | 0x2103..=0x2109 | 0x2160..=0x217f | 0x2190..=0x2312
        | 0x2460..=0x27bf | 0x2e80..=0x303f | 0x3041..=0x33ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6
        | 0x1f000..=0x1faff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, bold: bool, expected: f64) {
        let width = TableMeasure.width(text, 10.0, bold);
        assert!((width - expected).abs() < 1e-9, "{text}: {width}");
    }

    #[test]
    fn a_chinese_character_is_one_em() {
        check("研发强度", false, 40.0);
        check("（％）", true, 30.0);
    }

    #[test]
    fn ascii_has_its_own_widths() {
        check("2027", false, 22.24);
        check("il", false, 4.44);
        check("", false, 0.0);
    }
}
