//! Units of measurement.
use crate::name::canonical;
use crate::xmile::document::Document;
use crate::xmile::source::Faults;

/// Units of a model.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnitTable {}

impl UnitTable {
    pub(crate) fn new(_document: &Document, _faults: &mut Faults) -> Self {
        Self {}
    }
    pub(crate) fn same(&self, a: &str, b: &str) -> bool {
        canonical(a) == canonical(b)
    }
}
