//! Any text as a model file: it is loaded, or its faults are told; a model that loads also runs, in
//! every executor alike.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "run.rs"]
mod run;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        run::loaded_and_run(text);
    }
});
