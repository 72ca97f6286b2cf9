//! What a fit needs, joined once: the bound pack, its program, the figures, the data version.

use tidemark_engine::Loaded;
use tidemark_engine::exec::RunError;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::compiled::Compiled;
use tidemark_pack::record::parameter::{Observation, SeriesRecord};
use tidemark_pack::version::data_version;

use crate::figures::{Figure, figures};
use crate::parameters::Uncertain;
use crate::runs::{Read, Runs};

/// Why a pack cannot be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoStudy {
    /// The pack says nothing of parameters or of how its figures are used.
    #[error("the pack has no [[parameter]] or no [observation]: there is nothing to fit")]
    NoRecords,
    /// No published figure lies within the model's years.
    #[error("no published figure of a fitted series lies within the model's years")]
    NoFigures,
}

/// A pack that can be fitted.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    /// Pack and model joined.
    pub bound: &'a Bound,
    /// How figures are used.
    pub observation: &'a Observation,
    /// Figures that the model can be read for.
    pub figures: Vec<Figure>,
    /// Version of the data.
    pub data_version: String,
    program: Program,
}

impl<'a> Study<'a> {
    /// Joins the parts; they must belong together.
    ///
    /// # Errors
    /// See [`NoStudy`].
    pub fn new(compiled: &Compiled, loaded: &'a Loaded, bound: &'a Bound) -> Result<Self, NoStudy> {
        let observation = bound.pack().observation.as_ref();
        let observation = observation.ok_or(NoStudy::NoRecords)?;
        if bound.pack().parameter.is_empty() {
            return Err(NoStudy::NoRecords);
        }
        let figures = figures(bound);
        if !figures.iter().any(|figure| figure.is_fitted) {
            return Err(NoStudy::NoFigures);
        }
        Ok(Self {
            bound,
            observation,
            figures,
            data_version: data_version(&compiled.pack, &compiled.actuals, &compiled.model),
            program: bound.program(&loaded.program),
        })
    }

    /// Baseline runs that give these readings.
    ///
    /// # Errors
    /// As [`Runs::prepare`].
    pub fn runs(&self, parameters: &[Uncertain], reads: &[Read]) -> Result<Runs, RunError> {
        Runs::prepare(self.bound, &self.program, parameters, reads)
    }

    /// The series a figure belongs to.
    pub fn series(&self, figure: &Figure) -> Option<&SeriesRecord> {
        self.observation.series.get(figure.series)
    }

    /// Value of a parameter in the model; `None` where it is no constant of it.
    pub fn in_model(&self, parameter: &Uncertain) -> Option<f64> {
        let var = parameter.vars.first()?;
        self.program.constant(*var)
    }
}

/// Column of the parameter with the model's own error of a series.
pub fn error_column(parameters: &[Uncertain], series: &SeriesRecord) -> Option<usize> {
    parameters.iter().position(|p| p.id == series.model_error)
}
