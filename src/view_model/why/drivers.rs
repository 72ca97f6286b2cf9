//! Why a figure is not certain, as bars: what it would be where a drawn number is low or high.

use super::{Bar, Subject};
use crate::text::number;
use crate::text::why as words;
use tidemark_reach::why::drivers::Drivers;

/// Smaller shares have no bar of their own.
const LEAST_SHARE: f64 = 0.005;

/// The sentence and the bars; the longest bar takes the whole width.
pub fn drivers(subject: &Subject<'_>, found: &Drivers) -> (String, Vec<Bar>) {
    let value = |value: f64| subject.measure.value(Some(value));
    let [p10, median, p90] = found.band;
    let all = found.drivers.iter();
    let ends = all.flat_map(|d| [d.at_low, d.at_high]).chain([median]);
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
        (low.min(v), high.max(v))
    });
    let place = |value: f64| match high - low {
        room if room > 0.0 => 0.02 + 0.96 * (value - low) / room,
        _ => 0.5,
    };
    let end = |label: String, value: String| Bar {
        label,
        value,
        error: String::new(),
        from: place(median),
        to: place(median),
        class: "end",
    };
    let mut bars = vec![end(words::MEDIAN.to_owned(), value(median))];
    let mut rest = 1.0;
    for driver in found.drivers.iter().filter(|d| d.share >= LEAST_SHARE) {
        rest -= driver.share;
        let (from, to) = (
            driver.at_low.min(driver.at_high),
            driver.at_low.max(driver.at_high),
        );
        bars.push(Bar {
            label: words::driver(&driver.label).to_owned(),
            value: words::percent(driver.share),
            error: words::range(&value(driver.at_low), &value(driver.at_high)),
            from: place(from),
            to: place(to),
            class: if driver.at_low <= driver.at_high {
                "up"
            } else {
                "down"
            },
        });
    }
    bars.push(end(words::REST.to_owned(), words::percent(rest)));
    let members = number::fixed(found.members as f64, 0);
    let range = words::range(&value(p10), &value(p90));
    let first = bars.get(1).filter(|bar| bar.class != "end");
    let first = first.map(|bar| words::driven(&bar.label, &bar.value, &bar.error));
    let spread = words::spread(&members, &subject.label, &range);
    (spread + &first.unwrap_or_default(), bars)
}
