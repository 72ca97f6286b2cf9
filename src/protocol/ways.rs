//! Ways of levers and what a spread is made of, as plain lists of texts and numbers: a reader for each
//! record would be a weight in the page's module.

use serde::{Deserialize, Serialize};
use tidemark_engine::model::Model;
use tidemark_reach::why::drivers::{Driver, Drivers};
use tidemark_reach::why::path;

/// Records one after another, their texts and their numbers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Flat {
    /// Texts.
    pub texts: Vec<String>,
    /// Numbers; none for one that is not finite or not there.
    pub numbers: Vec<Option<f64>>,
}

/// A variable on the way from a lever to a figure, see [`path::Step`].
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name in the model.
    pub name: String,
    /// What the model says of it.
    pub doc: String,
    /// Its unit in words.
    pub unit: String,
    /// Its change, in that unit.
    pub change: f64,
    /// First year that has half of its last change.
    pub half: Option<i32>,
    /// Years that it remembers.
    pub memory: Option<f64>,
    /// Whether it accumulates.
    pub is_stock: bool,
}

/// The way from a lever to a figure, see [`path::Path`].
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Lever.
    pub lever: String,
    /// What its setting is moved by.
    pub moved: f64,
    /// Whether the scenario has moved it.
    pub is_moved: bool,
    /// What it changes in the figure.
    pub change: f64,
    /// Its change over that in the run's last year.
    pub so_far: Option<f64>,
    /// The run's last year.
    pub last_year: i32,
    /// Part of the change that goes this way.
    pub share: f64,
    /// From the lever on, itself left out, to the figure's own variable.
    pub steps: Vec<Step>,
}

/// A message that is read from its beginning.
struct Reading<'a> {
    texts: std::slice::Iter<'a, String>,
    numbers: std::slice::Iter<'a, Option<f64>>,
}

impl Reading<'_> {
    fn text(&mut self) -> Option<String> {
        self.texts.next().cloned()
    }
    fn maybe(&mut self) -> Option<f64> {
        self.numbers.next().copied().flatten()
    }
    fn number(&mut self) -> f64 {
        self.maybe().unwrap_or(f64::NAN)
    }
}

impl Flat {
    fn read(&self) -> Reading<'_> {
        Reading {
            texts: self.texts.iter(),
            numbers: self.numbers.iter(),
        }
    }
    fn add(&mut self, texts: &[&str], numbers: &[Option<f64>]) {
        self.texts
            .extend(texts.iter().map(|text| (*text).to_owned()));
        let finite = numbers
            .iter()
            .map(|number| number.filter(|n| n.is_finite()));
        self.numbers.extend(finite);
    }
}

/// A number of 1 or 0.
fn flag(is: bool) -> Option<f64> {
    Some(f64::from(u8::from(is)))
}

/// The message of some ways.
pub fn told_paths(model: &Model, paths: &[path::Path]) -> Flat {
    let mut flat = Flat::default();
    for path in paths {
        let count = Some(path.steps.len() as f64);
        let moved = Some(path.settings.0 - path.settings.1);
        let last = Some(f64::from(path.last_year));
        let [change, share] = [path.change, path.share].map(Some);
        let is_moved = flag(path.is_moved);
        let numbers = [moved, is_moved, change, path.so_far, last, share, count];
        flat.add(&[&path.lever], &numbers);
        for step in &path.steps {
            let variable = model.variable(step.variable);
            let unit = model.unit_words(&variable.unit);
            let half = step.half.map(f64::from);
            let numbers = [Some(step.change), half, step.memory, flag(step.is_stock)];
            flat.add(&[&variable.name, &variable.doc, &unit], &numbers);
        }
    }
    flat
}

/// The ways of a message.
pub fn paths(flat: &Flat) -> Vec<Path> {
    let mut from = flat.read();
    let mut paths = Vec::new();
    while let Some(lever) = from.text() {
        let mut path = Path {
            lever,
            moved: from.number(),
            is_moved: from.number() > 0.0,
            change: from.number(),
            so_far: from.maybe(),
            last_year: from.number() as i32,
            share: from.number(),
            steps: Vec::new(),
        };
        let count = from.number();
        while (path.steps.len() as f64) < count
            && let (Some(name), Some(doc), Some(unit)) = (from.text(), from.text(), from.text())
        {
            path.steps.push(Step {
                name,
                doc,
                unit,
                change: from.number(),
                half: from.maybe().map(|year| year as i32),
                memory: from.maybe(),
                is_stock: from.number() > 0.0,
            });
        }
        paths.push(path);
    }
    paths
}

/// The message of what a spread is made of, with so many of its parts.
pub fn told_drivers(spread: &Drivers, most: usize) -> Flat {
    let mut flat = Flat::default();
    let band = spread.band.map(Some);
    flat.add(&[], &[Some(spread.members as f64)]);
    flat.add(&[], &band);
    for driver in spread.drivers.iter().take(most) {
        let numbers = [driver.share, driver.at_low, driver.at_high];
        flat.add(&[&driver.label], &numbers.map(Some));
    }
    flat
}

/// What a spread is made of; `None` of an empty message.
pub fn drivers(flat: &Flat) -> Option<Drivers> {
    let mut from = flat.read();
    let mut found = Drivers {
        members: from.maybe()? as usize,
        band: [from.number(), from.number(), from.number()],
        drivers: Vec::new(),
    };
    while let Some(label) = from.text() {
        found.drivers.push(Driver {
            label,
            share: from.number(),
            at_low: from.number(),
            at_high: from.number(),
        });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read_again() {
        let driver = |label: &str| Driver {
            label: label.to_owned(),
            share: 0.5,
            at_low: 1.0,
            at_high: 2.0,
        };
        let spread = Drivers {
            members: 1000,
            band: [1.0, 1.5, 2.0],
            drivers: vec![driver("a"), driver("")],
        };
        assert_eq!(drivers(&told_drivers(&spread, 8)), Some(spread));
        assert_eq!(drivers(&Flat::default()), None);
        // A message that breaks off gives what is there.
        let cut = Flat {
            texts: ["lever", "x", "y"].map(str::to_owned).into(),
            numbers: vec![
                Some(1.0),
                Some(1.0),
                Some(0.1),
                None,
                Some(2035.0),
                Some(1.0),
                Some(9.0),
            ],
        };
        let read = paths(&cut);
        assert_eq!(
            (read.len(), read[0].so_far, read[0].steps.len()),
            (1, None, 0)
        );
    }
}
