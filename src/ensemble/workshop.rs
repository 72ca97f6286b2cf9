//! A pack and its draws at work: orders in, reports out, a part of the work at a time.

use crate::inquiry::{self, Pace, Place};
use crate::protocol::inquiry::{Question, Settings, Told};
use crate::protocol::{Ask, FIRST_DRAWS, Order, Refusal, Report, Spread};
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::model::Model;
use tidemark_engine::program::Program;
use tidemark_evidence::posterior::{BadFile, Part, Stored, read, rows};
use tidemark_pack::bind::{self, Bound};
use tidemark_pack::compiled;
use tidemark_pack::runner::Runner;
use tidemark_pack::version::data_version;
use tidemark_reach::answer::{Answer, worlds};
use tidemark_reach::draws::{self, Draws, SEED, middles};
use tidemark_reach::effects::Survey;
use tidemark_reach::scope::{Scope, Wish};
use tidemark_reach::study::{Study, Work};

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
    /// The medians of the draws that every page has.
    middle: Vec<(String, f64)>,
    /// At the middle of all draws.
    runner: Runner,
    stored: Option<Stored>,
    /// Programs laid out for what was asked last, one for the first glance and one for all of it.
    glance: Option<Laid>,
    whole: Option<Laid>,
    /// Those of one uncertainty alone.
    apart: Option<Laid>,
    /// Done when there is nothing else to do.
    survey: Option<(u64, Survey)>,
}

/// Programs laid out for asks of one kind.
#[derive(Debug)]
struct Laid {
    spread: Spread,
    wish: Wish,
    study: Study,
}

#[derive(Debug)]
struct Job {
    ask: Ask,
    work: Work,
    /// The bands of one uncertainty alone.
    apart: Option<Work>,
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
        let surveys = self.pack.as_ref().is_some_and(|pack| pack.survey.is_some());
        self.job.is_some() || surveys
    }

    /// Takes an order; what it is told at once.
    pub fn order(&mut self, order: Order) -> Vec<Report> {
        match order {
            Order::Open { pack, draws } => {
                self.job = None;
                // What cannot be opened leaves nothing that would be answered for instead.
                self.pack = None;
                match Pack::open(&pack, draws.as_deref()) {
                    Ok(pack) => {
                        let opened = pack.opened();
                        self.pack = Some(pack);
                        vec![opened]
                    }
                    Err(why) => vec![Report::Refused(why)],
                }
            }
            // Answered at once, see [`Self::answer`].
            Order::Answer(_) => Vec::new(),
            Order::Survey {
                ticket,
                settings,
                members,
            } => {
                let piece = self.piece;
                let pack = self
                    .pack
                    .as_mut()
                    .ok_or_else(|| "no pack is open".to_owned());
                let begun = pack.and_then(|pack| pack.survey(ticket, &settings, (members, piece)));
                begun.err().map(refused).into_iter().collect()
            }
            Order::Stop => self.leave().into_iter().collect(),
            Order::Run(ask) => {
                let mut reports: Vec<Report> = self.leave().into_iter().collect();
                if let Err(why) = self.begin(ask) {
                    reports.push(refused(why));
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
            return pack.surveyed().map(|report| (report, Vec::new()));
        };
        let ticket = job.ask.ticket;
        match pack.advanced(&mut job) {
            Err(why) => return Some((refused(why), Vec::new())),
            Ok(Some((done, all))) => {
                self.job = Some(job);
                return Some((Report::Progress { ticket, done, all }, Vec::new()));
            }
            Ok(None) => {}
        }
        let Job { ask, work, apart } = job;
        let told = (ticket, &ask.wish);
        let (outcome, baseline) = work.into_outcomes();
        let mut answer = Answer::of(&pack.bound, told, (&outcome, &baseline), &ask.joint);
        let (scenario, _) = pack.bound.clamp(&inquiry::scenario(&ask.settings));
        answer.worlds = worlds(&pack.bound, &mut pack.runner, &scenario, &answer.lines);
        let apart = apart.map(|work| {
            let (outcome, baseline) = work.into_outcomes();
            let told = (ticket, &wish(&ask, ask.spread));
            Answer::of(&pack.bound, told, (&outcome, &baseline), &ask.joint)
        });
        let (head, mut numbers) = answer.written();
        let apart = apart.map(|answer| {
            let (head, more) = answer.written();
            let from = numbers.len();
            numbers.extend(more);
            (head, from)
        });
        Some((Report::Answer { head, apart }, numbers))
    }

    fn leave(&mut self) -> Option<Report> {
        let job = self.job.take()?;
        let ticket = job.ask.ticket;
        Some(Report::Stopped { ticket })
    }

    fn begin(&mut self, ask: Ask) -> Result<(), String> {
        let piece = self.piece;
        let pack = self.pack.as_mut().ok_or("no pack is open")?;
        let (scenario, _) = pack.bound.clamp(&inquiry::scenario(&ask.settings));
        let study = pack.laid(&ask, Spread::Whole, piece)?;
        let work = study.begin(&scenario, ask.members);
        let apart = match ask.spread {
            Spread::Whole => None,
            spread => Some(
                pack.laid(&ask, spread, piece)?
                    .begin(&scenario, ask.members),
            ),
        };
        self.job = Some(Job { ask, work, apart });
        Ok(())
    }
}

/// So many members: draws of a fit where there is one, else of assumptions alone.
fn members(bound: &Bound, stored: Option<&Stored>, count: usize) -> Result<Draws, String> {
    let rows = stored.map(|stored| (stored.parameters.as_slice(), &stored.draws));
    Draws::new(bound, rows, count, SEED).map_err(|bad| bad.to_string())
}

fn refused(why: String) -> Report {
    Report::Refused(Refusal::Pack(why))
}

impl Pack {
    fn open(json: &str, draws: Option<&str>) -> Result<Self, Refusal> {
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
            return Err(Refusal::Pack(
                first.map(ToString::to_string).unwrap_or_default(),
            ));
        };
        // Draws of other data would be draws of another model, and assumptions alone another answer.
        let stored = draws.map(|text| read(text, &bound, &version, Part::First(rows(text))));
        let stored = stored.transpose().map_err(|bad| match bad {
            BadFile::OtherData { .. } => Refusal::DrawsStale,
            bad => Refusal::DrawsUnusable(bad.to_string()),
        })?;
        let draws = members(&bound, stored.as_ref(), FIRST_DRAWS);
        let middle = draws.map_err(Refusal::DrawsUnusable)?.middle();
        let program = bound.program(&loaded.program);
        let runner = Runner::prepare_at(&bound, &program, &middles(&bound, &middle));
        Ok(Self {
            runner: runner.map_err(|error| Refusal::Pack(error.to_string()))?,
            middle,
            survey: None,
            program,
            model: loaded.model,
            bound,
            stored,
            glance: None,
            whole: None,
            apart: None,
        })
    }

    fn opened(&self) -> Report {
        Report::Opened {
            from_fit: self.stored.is_some(),
            middle: self.middle.clone(),
        }
    }

    /// Begins to tell what levers do under some assumptions.
    fn survey(
        &mut self,
        ticket: u64,
        settings: &Settings,
        (members, piece): (usize, usize),
    ) -> Result<(), String> {
        let draws = self.draws(members)?;
        let (scenario, _) = self.bound.clamp(&inquiry::scenario(settings));
        let survey = Survey::begin(&self.bound, &self.program, draws, &scenario);
        let mut survey = survey.map_err(|error| error.to_string())?;
        survey.set_piece(piece);
        self.survey = Some((ticket, survey));
        Ok(())
    }

    /// Takes the survey a part further; what it found where that was the last one.
    fn surveyed(&mut self) -> Option<Report> {
        let (ticket, survey) = self.survey.as_mut()?;
        let ticket = *ticket;
        let report = match survey.advance(&self.bound) {
            Ok(None) => return None,
            Ok(Some(effects)) => Report::Effects { ticket, effects },
            Err(error) => refused(error.to_string()),
        };
        self.survey = None;
        Some(report)
    }

    /// Takes a job a part further; members done and in all as long as it is not over.
    fn advanced(&mut self, job: &mut Job) -> Result<Option<(usize, usize)>, String> {
        let laid = match job.ask.wish.is_whole {
            true => &mut self.whole,
            false => &mut self.glance,
        };
        let parts = [
            (laid, Some(&mut job.work)),
            (&mut self.apart, job.apart.as_mut()),
        ];
        let (mut done, mut all, mut is_moved) = (0, 0, false);
        for (laid, work) in parts {
            let (Some(laid), Some(work)) = (laid, work) else {
                continue;
            };
            let before = work.progress();
            if !is_moved && before.0 < before.1 {
                is_moved = true;
                let moved = laid.study.advance(&self.bound, work);
                moved.map_err(|error| error.to_string())?;
            }
            let (own, of) = work.progress();
            (done, all) = (done + own, all + of);
        }
        Ok((done < all).then_some((done, all)))
    }

    /// As many members as are wanted.
    fn draws(&self, count: usize) -> Result<Draws, String> {
        members(&self.bound, self.stored.as_ref(), count)
    }

    /// The programs for an ask, laid out anew unless they are for such asks already.
    fn laid(&mut self, ask: &Ask, spread: Spread, piece: usize) -> Result<&Study, String> {
        let wish = wish(ask, spread);
        let fits = |laid: &Laid| {
            laid.spread == spread && laid.study.count() == ask.draws && laid.wish == wish
        };
        let is_laid = self.place(spread, wish.is_whole).as_ref().is_some_and(fits);
        if !is_laid {
            let scope = Scope::of(&self.bound, &wish);
            let draws = self.draws(ask.draws)?.with(self::spread(spread));
            let study = Study::prepare(&self.bound, &self.program, draws, &scope);
            let mut study = study.map_err(|error| error.to_string())?;
            study.set_piece(piece);
            *self.place(spread, wish.is_whole) = Some(Laid {
                spread,
                wish: wish.clone(),
                study,
            });
        }
        let laid = self.place(spread, wish.is_whole).as_ref();
        Ok(&laid.ok_or("nothing is laid out")?.study)
    }

    /// Where programs of a kind are kept.
    fn place(&mut self, spread: Spread, is_whole: bool) -> &mut Option<Laid> {
        match (spread, is_whole) {
            (Spread::Whole, true) => &mut self.whole,
            (Spread::Whole, false) => &mut self.glance,
            _ => &mut self.apart,
        }
    }
}

/// What is wanted of an uncertainty.
fn wish(ask: &Ask, spread: Spread) -> Wish {
    match spread {
        Spread::Whole => ask.wish.clone(),
        // Of one uncertainty alone only bands are shown.
        Spread::Environment | Spread::Effect => Wish {
            is_whole: false,
            tables: false,
            ..ask.wish.clone()
        },
    }
}

fn spread(spread: Spread) -> draws::Spread {
    match spread {
        Spread::Whole => draws::Spread::Whole,
        Spread::Environment => draws::Spread::Environment,
        Spread::Effect => draws::Spread::Effect,
    }
}
