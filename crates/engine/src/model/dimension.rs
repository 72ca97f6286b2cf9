//! Dimensions of arrays: their elements, and which element of one stands for which of another.
//!
//! A subrange is a dimension whose elements another one has too: equal names are equal elements
//! (XMILE 1.0 has no word for subranges; this is how its writers express them).

use std::collections::HashMap;

use crate::name::{canonical, nearest};
use crate::xmile::document::Document;
use crate::xmile::source::Faults;

/// Position in [`Dimensions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct DimId(u32);

/// A named list of elements.
#[derive(Debug)]
pub(super) struct Dimension {
    /// As written.
    pub(super) name: String,
    /// Names of its elements as written.
    pub(super) elements: Vec<String>,
    by_name: HashMap<String, usize>,
    /// The dimension that has as many elements, standing for these in turn.
    maps_to: Option<DimId>,
}

/// All dimensions of a file.
#[derive(Debug, Default)]
pub(super) struct Dimensions {
    list: Vec<Dimension>,
    by_name: HashMap<String, DimId>,
}

impl Dimensions {
    /// The dimensions a document defines; two of one name, or two elements, are a fault.
    pub(super) fn new(document: &Document, faults: &mut Faults) -> Self {
        let mut dimensions = Self::default();
        for text in &document.dimensions {
            let id = DimId(dimensions.list.len() as u32);
            let mut by_name = HashMap::new();
            for (k, element) in text.elements.iter().enumerate() {
                if by_name.insert(canonical(element), k).is_some() {
                    let message = format!("the dimension `{}` has `{element}` twice", text.name);
                    faults.error("bad-dimension", text.at, &[&text.name], message);
                }
            }
            if dimensions.by_name.contains_key(&canonical(&text.name)) {
                let message = format!("the dimension `{}` is defined twice", text.name);
                faults.error("bad-dimension", text.at, &[&text.name], message);
            }
            dimensions.by_name.insert(canonical(&text.name), id);
            dimensions.list.push(Dimension {
                name: text.name.clone(),
                elements: text.elements.clone(),
                by_name,
                maps_to: None,
            });
        }
        for (k, text) in document.dimensions.iter().enumerate() {
            let Some(to) = &text.maps_to else { continue };
            let target = dimensions.find(&to.text);
            let fits = target.filter(|&t| dimensions.size(t) == text.elements.len());
            if fits.is_none() {
                let other = to.text.trim();
                let message = format!(
                    "the dimension `{}` maps to `{other}`, which is no dimension of as many elements",
                    text.name
                );
                faults.error("bad-dimension", to.start(), &[&text.name], message);
            }
            if let Some(dimension) = dimensions.list.get_mut(k) {
                dimension.maps_to = fits;
            }
        }
        dimensions
    }

    /// The dimension of that name.
    pub(super) fn find(&self, name: &str) -> Option<DimId> {
        self.by_name.get(&canonical(name)).copied()
    }

    /// The dimension of that name, or a fault with the nearest one.
    pub(super) fn find_or_fault(
        &self,
        name: &str,
        at: usize,
        faults: &mut Faults,
    ) -> Option<DimId> {
        let found = self.find(name);
        if found.is_none() {
            let name = name.trim();
            let near = nearest(name, self.list.iter().map(|d| d.name.as_str()));
            let hint = near.map(|n| format!("did you mean `{n}`?"));
            let message = format!("`{name}` names no dimension");
            let subject = [name, near.unwrap_or("")];
            faults.error_hint("unknown-dimension", at, &subject, message, hint);
        }
        found
    }

    /// The dimension itself; `id` must come from here.
    pub(super) fn get(&self, id: DimId) -> &Dimension {
        &self.list[id.0 as usize]
    }

    /// How many elements it has.
    pub(super) fn size(&self, id: DimId) -> usize {
        self.get(id).elements.len()
    }

    /// Position of the element of that name.
    pub(super) fn position(&self, id: DimId, element: &str) -> Option<usize> {
        self.get(id).by_name.get(&canonical(element)).copied()
    }

    /// The element of `to` that an element of `from` stands for: itself in the same dimension, else
    /// the one of the same name, else its partner in a mapping; `None` where there is none.
    pub(super) fn carried(&self, from: DimId, element: usize, to: DimId) -> Option<usize> {
        if from == to {
            return Some(element);
        }
        let name = self.get(from).elements.get(element)?;
        if let Some(found) = self.position(to, name) {
            return Some(found);
        }
        let maps = self.get(from).maps_to == Some(to) || self.get(to).maps_to == Some(from);
        maps.then_some(element)
    }

    /// Whether every element of `from` stands for one of `to`.
    pub(super) fn carries(&self, from: DimId, to: DimId) -> bool {
        from == to || (0..self.size(from)).all(|k| self.carried(from, k, to).is_some())
    }
}
