//! Colours as strings that stay in the browser, so that one is put into words and decoded once only.

use js_sys::JsString;
use plotters_backend::BackendColor;
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::CanvasRenderingContext2d;

#[wasm_bindgen]
extern "C" {
    /// A context whose colours are strings of the browser's own; `web-sys` copies one at each call.
    #[wasm_bindgen(extends = CanvasRenderingContext2d)]
    pub(super) type Inked;

    #[wasm_bindgen(method, setter, js_name = fillStyle)]
    pub(super) fn set_fill(this: &Inked, colour: &JsString);

    #[wasm_bindgen(method, setter, js_name = strokeStyle)]
    pub(super) fn set_stroke(this: &Inked, colour: &JsString);
}

/// A colour: red, green and blue, and the bits of its alpha.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink((u8, u8, u8), u64);

/// Charts have a dozen colours; past this many the strings are made anew.
const KEPT: usize = 64;

thread_local! {
    static STRINGS: RefCell<Vec<(Ink, JsString)>> = const { RefCell::new(Vec::new()) };
}

impl Ink {
    pub(super) fn new(colour: BackendColor) -> Self {
        Self(colour.rgb, colour.alpha.to_bits())
    }

    /// As CSS writes it.
    pub(super) fn css(self) -> JsString {
        STRINGS.with_borrow_mut(|strings| {
            if let Some((_, string)) = strings.iter().find(|(ink, _)| *ink == self) {
                return string.clone();
            }
            if strings.len() >= KEPT {
                strings.clear();
            }
            let Self((red, green, blue), alpha) = self;
            let alpha = f64::from_bits(alpha);
            let string = JsString::from(format!("rgba({red},{green},{blue},{alpha})"));
            strings.push((self, string.clone()));
            string
        })
    }
}
