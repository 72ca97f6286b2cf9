//! A figure as a file for the user: PNG at double density, SVG; and names of files.
//!
//! The pictures come from the renderer that draws the screen. Names are made without the browser.

use crate::platform::canvas::{CanvasError, CanvasMeasure, detached, draw_at};
use crate::platform::download;
use tidemark_chart::{Figure, svg};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Device pixels per CSS pixel in a picture.
const PICTURE_DENSITY: f64 = 2.0;

/// Offers a figure as a PNG of twice its size; `done` hears whether the browser accepted it.
///
/// # Errors
/// When the figure cannot be drawn, or the browser makes no picture; `done` is then not called.
pub fn png(
    figure: &Figure,
    name: &str,
    done: impl FnOnce(bool) + 'static,
) -> Result<(), CanvasError> {
    let canvas = detached().ok_or(CanvasError::NoContext)?;
    draw_at(&canvas, figure, PICTURE_DENSITY)?;
    let name = name.to_owned();
    let save = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        done(blob.is_some_and(|blob| download::save_blob(&name, &blob)));
    });
    canvas
        .to_blob(save.unchecked_ref())
        .map_err(|error| CanvasError::Refused {
            reason: format!("{error:?}"),
        })
}

/// Offers a figure as an SVG; gives whether the browser accepted it.
pub fn save_svg(figure: &Figure, name: &str) -> bool {
    let text = svg(
        figure,
        &CanvasMeasure {
            font: figure.theme.font,
        },
    );
    download::save(name, "image/svg+xml", text.as_bytes())
}

/// A file name of the parts joined by `_`, valid on Windows as well as elsewhere.
///
/// Forbidden characters become `-`, empty parts are left out, at most 80 characters are kept,
/// and a name of nothing is `tidemark`. `extension` comes without its dot.
pub fn file_name(parts: &[&str], extension: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| plain(part))
        .filter(|part| !part.is_empty())
        .collect();
    let stem: String = parts.join("_").chars().take(80).collect();
    let stem = stem.trim_end_matches([' ', '.', '_', '-']);
    let stem = match stem {
        "" => "tidemark".to_owned(),
        _ if is_device(stem) => format!("_{stem}"),
        _ => stem.to_owned(),
    };
    format!("{stem}.{extension}")
}

fn plain(part: &str) -> String {
    let forbidden = |c: char| c.is_control() || is_invisible(c) || "\\/:*?\"<>|%".contains(c);
    let plain: String = part
        .chars()
        .map(|c| if forbidden(c) { '-' } else { c })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").trim_matches(['.', '-', ' ']).to_owned()
}

/// Characters that turn the reading direction or take no room, so that a name shows what it is.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Names that Windows keeps for devices, whatever their extension.
fn is_device(stem: &str) -> bool {
    let name = stem
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_uppercase();
    let numbered = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_name(parts: &[&str], expected: &str) {
        assert_eq!(file_name(parts, "png"), expected);
    }

    #[test]
    fn a_name_joins_its_parts() {
        check_name(
            &["研发强度", "方案 A", "2025Q3"],
            "研发强度_方案 A_2025Q3.png",
        );
        check_name(&["研发强度", "", "2025Q3"], "研发强度_2025Q3.png");
    }

    #[test]
    fn forbidden_characters_are_replaced() {
        check_name(&["a/b\\c:d*e?f\"g<h>i|j"], "a-b-c-d-e-f-g-h-i-j.png");
        check_name(&["../../etc\u{0}\n"], "etc.png");
        check_name(&["方案\u{202e}gnp"], "方案-gnp.png");
    }

    #[test]
    fn a_name_of_nothing_has_a_name() {
        check_name(&[], "tidemark.png");
        check_name(&["...", " "], "tidemark.png");
    }

    #[test]
    fn device_names_are_no_file_names() {
        check_name(&["con"], "_con.png");
        check_name(&["LPT1.x"], "_LPT1.x.png");
        check_name(&["COM"], "COM.png");
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(
            file_name(&["潮".repeat(300).as_str()], "csv")
                .chars()
                .count(),
            84
        );
    }
}
