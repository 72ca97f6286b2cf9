//! A pack and its draws at work: orders in, reports out, a part of the work at a time.

use super::answer::{Answer, LineAnswer, WorldAnswer};
use super::leverage::Survey;
use crate::inquiry::{self, Pace, Place};
use crate::protocol::inquiry::{Question, Told};
use crate::protocol::{Ask, Order, Report, Spread};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::model::Model;
use tidemark_engine::program::Program;
use tidemark_evidence::posterior::{Stored, of_data};
use tidemark_pack::bind::{self, Bound};
use tidemark_pack::compiled;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;
use tidemark_pack::version::data_version;
use tidemark_reach::draws::{self, Draws, SEED};
use tidemark_reach::study::{Scope, Study, Work};

/// Parts of an ask whose members are run at a time in a worker.
pub const IN_WORKER: usize = 256;
/// The same on the page, where a part must be over in a moment.
pub const ON_PAGE: usize = 16;

/// Whoever works: nothing, a pack, or a pack and an ask.
#[derive(Debug, Default)]
pub struct Workshop {
    piece: usize,
    pack: Option<Pack>,
    job: Option<Job>,
}

#[derive(Debug)]
struct Pack {
    bound: Bound,
    model: Model,
    program: Program,
    runner: Runner,
    stored: Option<Stored>,
    study: Option<Laid>,
    /// Done when there is nothing else to do.
    survey: Option<Survey>,
}

/// Programs laid out for asks of one kind.
#[derive(Debug)]
struct Laid {
    spread: Spread,
    lines: Vec<String>,
    study: Study,
}

#[derive(Debug)]
struct Job {
    ask: Ask,
    work: Work,
}

impl Workshop {
    /// One that runs so many members at a time.
    pub fn new(piece: usize) -> Self {
        Self {
            piece,
            ..Self::default()
        }
    }

    /// Whether there is anything to do.
    pub fn is_busy(&self) -> bool {
        let surveys = self.pack.as_ref().is_some_and(|p| p.survey.is_some());
        self.job.is_some() || surveys
    }

    /// Takes an order; what it is told at once.
    pub fn order(&mut self, order: Order) -> Vec<Report> {
        match order {
            Order::Open { pack, draws } => {
                self.job = None;
                match Pack::open(&pack, draws.as_deref()) {
                    Ok(pack) => {
                        let from_fit = pack.stored.is_some();
                        self.pack = Some(pack);
                        vec![Report::Opened { from_fit }]
                    }
                    Err(why) => vec![Report::Refused(why)],
                }
            }
            // Answered at once, see [`Self::answer`].
            Order::Answer(_) => Vec::new(),
            Order::Stop => self.leave().into_iter().collect(),
            Order::Run(ask) => {
                let mut reports: Vec<Report> = self.leave().into_iter().collect();
                if let Err(why) = self.begin(ask) {
                    reports.push(Report::Refused(why));
                }
                reports
            }
        }
    }

    /// Answers a question from beginning to end; what is found is told as it is found.
    pub fn answer(&self, question: &Question, tell: &mut dyn FnMut(Told)) {
        inquiry::finish(self.answer_in_slices(question, &Pace::THROUGH, tell));
    }

    /// The same with pauses.
    pub async fn answer_in_slices(
        &self,
        question: &Question,
        pace: &Pace<'_>,
        tell: &mut dyn FnMut(Told),
    ) {
        let Some(pack) = &self.pack else {
            tell(Told::Failed("no pack is open".to_owned()));
            return;
        };
        let place = Place {
            bound: &pack.bound,
            model: &pack.model,
            program: &pack.program,
            draws: &|members| pack.draws(members),
        };
        inquiry::answer_in_slices(&place, question, pace, tell).await;
    }

    /// Does a part of what is to be done; the report and the numbers that come with it.
    pub fn advance(&mut self) -> Option<(Report, Vec<f64>)> {
        let pack = self.pack.as_mut()?;
        let Some(mut job) = self.job.take() else {
            let found = pack.survey.as_mut()?.advance(&pack.bound)?;
            pack.survey = None;
            return Some((Report::Leverage(found), Vec::new()));
        };
        let ticket = job.ask.ticket;
        let study = &mut pack.study.as_mut()?.study;
        if let Err(error) = study.advance(&pack.bound, &mut job.work) {
            return Some((Report::Refused(error.to_string()), Vec::new()));
        }
        let (done, all) = job.work.progress();
        if done < all {
            self.job = Some(job);
            return Some((Report::Progress { ticket, done, all }, Vec::new()));
        }
        let (outcome, baseline) = job.work.into_outcomes();
        let ask = &job.ask;
        let mut answer = Answer::of(ticket, (&outcome, &baseline), &ask.joint, &ask.lines);
        answer.worlds = pack.worlds(ask, &answer.lines);
        let (head, numbers) = answer.written();
        Some((Report::Answer(head), numbers))
    }

    fn leave(&mut self) -> Option<Report> {
        let job = self.job.take()?;
        let ticket = job.ask.ticket;
        Some(Report::Stopped { ticket })
    }

    fn begin(&mut self, ask: Ask) -> Result<(), String> {
        let piece = self.piece;
        let pack = self.pack.as_mut().ok_or("no pack is open")?;
        pack.prepare(&ask, piece)?;
        if let Some(Laid { study, .. }) = &pack.study {
            let scenario = inquiry::scenario(&ask.settings);
            let (scenario, _) = pack.bound.clamp(&scenario);
            let work = study.begin(&pack.bound, &scenario, ask.members);
            self.job = Some(Job { ask, work });
        }
        Ok(())
    }
}

impl Pack {
    fn open(json: &str, draws: Option<&str>) -> Result<Self, String> {
        let mut faults = Diagnostics::new();
        let opened = compiled::read(json, "pack", &mut faults).and_then(|pack| {
            let model = &pack.model;
            let loaded = tidemark_engine::load(&model.text, &model.name, &mut faults)?;
            let bound = bind::bind(&pack, &loaded, &mut faults)?;
            let version = data_version(&pack.pack, &pack.actuals, &pack.model);
            Some((bound, loaded, version))
        });
        let Some((bound, loaded, version)) = opened else {
            let first = faults.iter().next();
            return Err(first.map(ToString::to_string).unwrap_or_default());
        };
        // Draws of other data would be draws of another model: the assumptions alone are used.
        let stored = draws.and_then(|text| of_data(text, &version).ok());
        let runner = Runner::prepare(&bound, &loaded.program);
        Ok(Self {
            runner: runner.map_err(|error| error.to_string())?,
            survey: Survey::begin(&bound, &loaded.program),
            program: bound.program(&loaded.program),
            model: loaded.model,
            bound,
            stored,
            study: None,
        })
    }

    /// As many members as are wanted.
    fn draws(&self, count: usize) -> Result<Draws, String> {
        let stored = self.stored.as_ref();
        let rows = stored.map(|stored| (stored.parameters.as_slice(), &stored.draws));
        Draws::new(&self.bound, rows, count, SEED).map_err(|bad| bad.to_string())
    }

    /// The scenario in each named world.
    fn worlds(&mut self, ask: &Ask, lines: &[LineAnswer]) -> Vec<WorldAnswer> {
        let asked = inquiry::scenario(&ask.settings);
        let mut answers = Vec::new();
        for world in &self.bound.pack().world {
            let Ok(assumptions) = draws::world(&self.bound, world, &asked.assumptions) else {
                continue;
            };
            let levers = asked.levers.clone();
            let (scenario, _) = self.bound.clamp(&Scenario {
                levers,
                assumptions,
            });
            let baseline = self.runner.baseline(&self.bound, &scenario);
            let run = self.runner.scenario(&self.bound, &scenario, &baseline);
            let of_line = |line: &LineAnswer| {
                let years = (line.from..).take(line.bands.len());
                let value = |year| self.bound.yearly_value(&run, &line.indicator, year);
                years.map(|year| value(year).unwrap_or(f64::NAN)).collect()
            };
            answers.push(WorldAnswer {
                id: world.id.clone(),
                lines: lines.iter().map(of_line).collect(),
            });
        }
        answers
    }

    /// Lays the programs out, unless they are for this ask already.
    fn prepare(&mut self, ask: &Ask, piece: usize) -> Result<(), String> {
        let fits = |laid: &Laid| {
            laid.spread == ask.spread && laid.study.count() == ask.draws && laid.lines == ask.lines
        };
        if self.study.as_ref().is_some_and(fits) {
            return Ok(());
        }
        let draws = self.draws(ask.draws)?.with(spread(ask.spread));
        let study = Study::prepare(
            &self.bound,
            &self.program,
            draws,
            &scope(&self.bound, &ask.lines),
        );
        let mut study = study.map_err(|error| error.to_string())?;
        study.set_piece(piece);
        self.study = Some(Laid {
            spread: ask.spread,
            lines: ask.lines.clone(),
            study,
        });
        Ok(())
    }
}

/// Every target, and the indicators of an ask from the last actual to the end of their charts: no
/// year is run that nobody looks at.
pub fn scope(bound: &Bound, lines: &[String]) -> Scope {
    let pack = bound.pack();
    let first = libm::floor(pack.meta.data_cutoff) as i32;
    let shown = pack.figure.iter().filter(|f| lines.contains(&f.indicator));
    let last = shown.map(|figure| figure.to).max();
    Scope {
        targets: pack.target.iter().map(|t| t.id.clone()).collect(),
        lines: lines.to_vec(),
        years: last.map(|last| (first.min(last), last)),
    }
}

fn spread(spread: Spread) -> draws::Spread {
    match spread {
        Spread::Whole => draws::Spread::Whole,
        Spread::Environment => draws::Spread::Environment,
        Spread::Effect => draws::Spread::Effect,
    }
}
