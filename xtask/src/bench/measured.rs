//! What the measuring programs answer, and the rows that the report is made of.

use serde::Deserialize;

/// What one program measured of one job; what it does not measure stays empty.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Measured {
    /// Microseconds of a run, one a sample.
    #[serde(default)]
    pub run_us: Vec<f64>,
    /// One for each size that was measured.
    #[serde(default)]
    pub ensembles: Vec<Ensemble>,
    /// Milliseconds from text to program, one a sample.
    #[serde(default)]
    pub load_ms: Vec<f64>,
    /// The same, the first time in a page just opened and warmed up as the shipped page is.
    #[serde(default)]
    pub cold_load_ms: f64,
    /// What that warming up took, which the shipped page does while it waits for its pack.
    #[serde(default)]
    pub warm_up_ms: f64,
    /// What a run kept, output after output, to be compared.
    pub values: Vec<f64>,
    /// Instructions of one step.
    #[serde(default)]
    pub instructions: usize,
}

/// Many runs at once.
#[derive(Debug, Clone, Deserialize)]
pub struct Ensemble {
    /// How many.
    pub members: u32,
    /// Microseconds of one member, one a sample.
    pub member_us: Vec<f64>,
    /// Bytes of the page's memory before and after the first such ensemble.
    #[serde(default)]
    pub heap: Option<[u64; 2]>,
}

impl Measured {
    /// Takes over what another round of the same program measured.
    pub fn add(&mut self, mut round: Self) {
        self.run_us.append(&mut round.run_us);
        self.load_ms.append(&mut round.load_ms);
        for ensemble in round.ensembles {
            let known = self
                .ensembles
                .iter_mut()
                .find(|known| known.members == ensemble.members);
            match known {
                Some(known) => known.member_us.extend(ensemble.member_us),
                None => self.ensembles.push(ensemble),
            }
        }
        self.cold_load_ms = round.cold_load_ms;
        self.warm_up_ms = round.warm_up_ms;
        self.values = round.values;
        self.instructions = round.instructions;
    }

    /// The ensemble of that size.
    pub fn ensemble(&self, members: u32) -> Option<&Ensemble> {
        self.ensembles.iter().find(|e| e.members == members)
    }
}

/// What the browser measured of the engine.
#[derive(Debug, Clone, Deserialize)]
pub struct InBrowser {
    /// Ours, one for each job, in order.
    pub jobs: Vec<Measured>,
    /// simlin's, one for each job; nothing where it was skipped.
    pub simlin: Vec<Option<Measured>>,
}

/// What the browser measured of the shipped page.
#[derive(Debug, Clone, Deserialize)]
pub struct OfPage {
    /// Milliseconds from slider input to painted, one a move.
    pub answers_ms: Vec<f64>,
    /// Milliseconds of script, one a move.
    pub script_ms: Vec<f64>,
    /// Moves that were made again, since their bands came before the time was read.
    pub script_again: usize,
    /// Milliseconds from slider input to its bands and probabilities drawn, one a move.
    pub bands_ms: Vec<f64>,
    /// Ten seconds of a drag.
    pub drag: Drag,
    /// Members, and what their bands take, one a move.
    pub refresh_ms: Vec<(usize, Vec<f64>)>,
    /// One for each question of [`super::asks::ASKS`].
    pub solves: Vec<Solve>,
    /// Milliseconds from the start of loading to the first chart drawn, one an opening.
    pub first_chart_ms: Vec<f64>,
    /// Milliseconds from the model's text to its program, one an opening.
    pub compile_ms: Vec<f64>,
    /// Name and version.
    pub browser: String,
}

/// What the page's workers do, natively.
#[derive(Debug, Clone, Deserialize)]
pub struct OfWorkers {
    /// Members, and what their bands take, one a move.
    pub refresh_ms: Vec<(usize, Vec<f64>)>,
    /// One for each question of [`super::asks::ASKS`].
    pub solves: Vec<Solve>,
}

/// A question to the solver, asked a few times.
#[derive(Debug, Clone, Deserialize)]
pub struct Solve {
    /// Milliseconds to the first answer, or to what stands in the way.
    pub first_ms: Vec<f64>,
    /// Milliseconds to the last answer, or to whether it is proved that there is none.
    pub all_ms: Vec<f64>,
    /// Milliseconds until nothing more was told: the last row of what conditions given up lead to.
    pub rows_ms: Vec<f64>,
    /// What it came to.
    pub found: String,
}

/// A slider dragged, a move a frame.
#[derive(Debug, Clone, Deserialize)]
pub struct Drag {
    /// Milliseconds of each frame.
    pub frames: Vec<f64>,
    /// Milliseconds from a move to its bands drawn, for each answer drawn meanwhile.
    pub bands: Vec<f64>,
    /// Fewest members that bands and probabilities were of.
    pub fewest: f64,
}

impl Drag {
    /// Frames that came late, and in all.
    pub fn dropped(&self) -> (usize, usize) {
        let late = self.frames.iter().filter(|ms| **ms > LATE_FRAME_MS);
        (late.count(), self.frames.len())
    }
}

/// A frame at sixty a second, and half of one more: a longer one has dropped the next.
pub const LATE_FRAME_MS: f64 = 1.5 * 1000.0 / 60.0;

/// Bytes that a native process held at most.
#[derive(Debug, Clone, Copy)]
pub struct Peak {
    /// Members of the ensemble; 0 for a process that only prepared it.
    pub members: u32,
    /// Nothing where the system does not say.
    pub bytes: Option<u64>,
}

/// What another program measured of a job.
#[derive(Debug, Clone)]
pub enum Peer {
    /// The job is not for it, or it cannot run it.
    NotAsked,
    /// It is not here.
    Skipped,
    /// What it measured.
    Measured(Measured),
}

impl Peer {
    /// What it measured, if it did.
    pub fn measured(&self) -> Option<&Measured> {
        match self {
            Self::Measured(measured) => Some(measured),
            Self::NotAsked | Self::Skipped => None,
        }
    }
}

/// One job, by every program.
#[derive(Debug, Clone)]
pub struct Row {
    /// Of the job.
    pub name: String,
    /// What differs from run to run.
    pub varies: String,
    /// Variables of the model, elements of arrays counted.
    pub equations: usize,
    /// Steps of a run.
    pub steps: usize,
    /// Step at which ensembles begin, 0 for the start.
    pub checkpoint: usize,
    /// Rows that a run keeps.
    pub rows: usize,
    /// Series that a run keeps.
    pub kept: usize,
    /// Engine, compiled for this machine.
    pub native: Measured,
    /// Engine in the browser.
    pub page: Measured,
    /// The same equations in C.
    pub straight: Peer,
    /// simlin's WebAssembly in the same page.
    pub simlin: Peer,
    /// PySD.
    pub pysd: Peer,
    /// Native memory, a process each.
    pub peaks: Vec<Peak>,
}

impl Row {
    /// Nanoseconds of one equation's step, from microseconds of a run.
    pub fn ns_per_equation_step(&self, run_us: f64) -> f64 {
        run_us * 1e3 / (self.equations * self.steps.max(1)) as f64
    }

    /// The same from microseconds of a member that begins at the checkpoint.
    pub fn ns_per_equation_step_of_member(&self, member_us: f64) -> f64 {
        let steps = self.steps.saturating_sub(self.checkpoint).max(1);
        member_us * 1e3 / (self.equations * steps) as f64
    }
}
