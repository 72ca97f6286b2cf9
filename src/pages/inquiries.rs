//! Questions that take a search: a worker of their own, which is ended where an answer is no longer
//! wanted, since it hears nothing while it searches. Where workers are blocked the page searches, in
//! slices between its other work.

use super::draws_file;
use super::ensembles::{LATE_MS, PATIENCE_MS};
use super::load::Materials;
use crate::ensemble::workshop::{IN_WORKER, Workshop};
use crate::inquiry::{Pace, Standing};
use crate::platform::worker::{self, Helper};
use crate::platform::{task, timer};
use crate::protocol::inquiry::{Question, Told};
use crate::protocol::{Order, Report, written};
use crate::text::{chance, solver as words};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// A worker that searches and says nothing for so long is taken for lost.
const SILENCE_MS: u32 = 20_000;
/// What the page shows before it works itself.
const BREATH_MS: u32 = 60;
/// Between two looks at what else waits, on the page.
const SLICE_MS: f64 = 60.0;

/// A question and how to give it up.
#[derive(Clone, PartialEq)]
pub struct Inquiry {
    /// How it stands.
    pub standing: Standing,
    /// Gives it up.
    pub on_stop: Callback<()>,
}

/// Which question is answered, and what is known.
#[derive(Clone, Default, PartialEq)]
struct Board {
    ticket: u64,
    standing: Standing,
}

enum News {
    Asked(u64, Question),
    Told(u64, Told),
    Late(u64),
    OnPage(u64),
    Stopped,
}

impl Reducible for Board {
    type Action = News;

    fn reduce(self: Rc<Self>, news: News) -> Rc<Self> {
        let Self { ticket, standing } = (*self).clone();
        let is_of = |other: u64| other == ticket && standing.is_busy();
        match news {
            News::Asked(ticket, question) => Rc::new(Self {
                ticket,
                standing: Standing::asked(question),
            }),
            News::Told(of, told) if is_of(of) => Rc::new(Self {
                ticket,
                standing: standing.told(told),
            }),
            News::Late(of) if is_of(of) => Rc::new(Self {
                ticket,
                standing: Standing {
                    is_late: true,
                    ..standing
                },
            }),
            News::OnPage(of) if is_of(of) => Rc::new(Self {
                ticket,
                standing: Standing {
                    is_on_page: true,
                    ..standing
                },
            }),
            News::Stopped => Rc::new(Self {
                ticket,
                standing: standing.stopped(),
            }),
            _ => self,
        }
    }
}

/// Whoever answers.
struct Clerk {
    materials: Materials,
    helper: Option<Helper>,
    /// The pack at work on the page.
    shop: Option<Rc<Workshop>>,
    /// Whether workers are blocked.
    is_blocked: bool,
    /// Whether the worker has said anything yet.
    was_heard: bool,
    /// Ends a worker that says nothing for too long.
    silence: Option<timer::Delay>,
    /// Content of the draws' file, once it was looked for.
    draws: Option<Option<String>>,
    /// What is being answered.
    at_work: Option<(u64, Question)>,
    /// What waits for the worker's draws.
    waiting: bool,
    delays: Vec<timer::Delay>,
    tell: Rc<dyn Fn(News)>,
}

type Shared = Rc<RefCell<Clerk>>;

/// Answers `question` whenever `ticket` changes; `is_open` readies the worker beforehand.
#[hook]
pub fn use_inquiry(
    materials: &Materials,
    is_open: bool,
    ticket: u64,
    question: impl FnOnce() -> Option<Question> + 'static,
) -> Inquiry {
    let board = use_reducer(Board::default);
    let clerk: Rc<Shared> = {
        let (materials, dispatcher) = (materials.clone(), board.dispatcher());
        use_memo((), move |()| {
            let tell = move |news| dispatcher.dispatch(news);
            Rc::new(RefCell::new(Clerk::new(materials, Rc::new(tell))))
        })
    };
    {
        let clerk = Rc::clone(&clerk);
        use_effect_with((), move |()| move || clerk.borrow_mut().close());
    }
    {
        let clerk = Rc::clone(&clerk);
        use_effect_with(is_open, move |is_open| {
            if *is_open {
                ready(&clerk);
            }
        });
    }
    {
        let clerk = Rc::clone(&clerk);
        use_effect_with(ticket, move |ticket| {
            if let Some(question) = question().filter(|_| *ticket > 0) {
                ask(&clerk, *ticket, question);
            }
        });
    }
    let on_stop = use_callback((), move |(), ()| stop(&clerk));
    Inquiry {
        standing: board.standing.clone(),
        on_stop,
    }
}

impl Clerk {
    fn new(materials: Materials, tell: Rc<dyn Fn(News)>) -> Self {
        Self {
            materials,
            helper: None,
            shop: None,
            is_blocked: false,
            was_heard: false,
            silence: None,
            draws: None,
            at_work: None,
            waiting: false,
            delays: Vec::new(),
            tell,
        }
    }

    fn close(&mut self) {
        self.silence = None;
        self.helper = None;
        self.at_work = None;
        self.delays.clear();
    }

    fn opening(&self) -> Option<Order> {
        Some(Order::Open {
            pack: self.materials.pack.to_string(),
            draws: self.draws.clone()?,
        })
    }
}

/// Reads the draws and starts a worker, unless both were done.
fn ready(clerk: &Shared) {
    if clerk.borrow().draws.is_some() {
        start(clerk);
        return;
    }
    if std::mem::replace(&mut clerk.borrow_mut().waiting, true) {
        return;
    }
    let (clerk, materials) = (Rc::clone(clerk), clerk.borrow().materials.clone());
    task::start(async move {
        let draws = match draws_file::first(&materials).await {
            Ok(draws) => draws,
            Err(why) => {
                clerk.borrow_mut().waiting = false;
                let ticket = at_work(&clerk);
                fail(&clerk, ticket, chance::refusal(&why));
                return;
            }
        };
        {
            let mut clerk = clerk.borrow_mut();
            clerk.draws = Some(draws);
            clerk.waiting = false;
        }
        start(&clerk);
    });
}

/// Starts a worker where there is none, opens the pack in it, and hands it what waits.
fn start(clerk: &Shared) {
    let has_helper = clerk.borrow().helper.is_some();
    if !has_helper && !clerk.borrow().is_blocked {
        let (heard, failed) = (Rc::clone(clerk), Rc::clone(clerk));
        let helper = Helper::start(
            move |(text, _)| {
                if let Ok(report) = serde_json::from_str(&text) {
                    hear(&heard, report);
                }
            },
            move |why| hear(&failed, Report::Crashed(why)),
        );
        let mut clerk = clerk.borrow_mut();
        clerk.is_blocked = helper.is_none();
        clerk.was_heard = false;
        if let (Some(helper), Some(order)) = (&helper, clerk.opening()) {
            helper.tell(&written(&order));
        }
        clerk.helper = helper;
    }
    let work = clerk.borrow().at_work.clone();
    let Some((ticket, question)) = work else {
        return;
    };
    if clerk.borrow().is_blocked {
        answer_here(clerk, ticket, question);
        return;
    }
    if let Some(helper) = &clerk.borrow().helper {
        helper.tell(&written(&Order::Answer(question)));
    }
    watch(clerk);
    let late = Rc::clone(clerk);
    let delay = timer::after(PATIENCE_MS, move || {
        if !late.borrow().was_heard {
            block(&late);
        }
    });
    clerk.borrow_mut().delays.push(delay);
}

fn ask(clerk: &Shared, ticket: u64, question: Question) {
    {
        let mut clerk = clerk.borrow_mut();
        if clerk.at_work.is_some() {
            clerk.helper = None;
        }
        clerk.at_work = Some((ticket, question.clone()));
        clerk.delays.clear();
        let tell = Rc::clone(&clerk.tell);
        let delay = timer::after(LATE_MS, move || tell(News::Late(ticket)));
        clerk.delays.push(delay);
    }
    told(clerk, News::Asked(ticket, question));
    ready(clerk);
}

/// Ends the worker, which does not hear, and readies another one.
fn stop(clerk: &Shared) {
    {
        let mut clerk = clerk.borrow_mut();
        clerk.helper = None;
        clerk.at_work = None;
        clerk.silence = None;
        clerk.delays.clear();
    }
    told(clerk, News::Stopped);
    ready(clerk);
}

fn told(clerk: &Shared, news: News) {
    let tell = Rc::clone(&clerk.borrow().tell);
    tell(news);
}

/// Ticket of what is being answered.
fn at_work(clerk: &Shared) -> Option<u64> {
    clerk.borrow().at_work.as_ref().map(|(ticket, _)| *ticket)
}

fn hear(clerk: &Shared, report: Report) {
    let was_heard = std::mem::replace(&mut clerk.borrow_mut().was_heard, true);
    let ticket = at_work(clerk);
    match report {
        Report::Crashed(_) if !was_heard => block(clerk),
        Report::Crashed(_) => {
            clerk.borrow_mut().helper = None;
            fail(clerk, ticket, words::CRASHED.to_owned());
        }
        Report::Refused(why) => {
            clerk.borrow_mut().helper = None;
            fail(clerk, ticket, chance::refusal(&why));
        }
        Report::Told(news) => {
            let is_over = matches!(news, Told::Done | Told::Failed(_));
            let has_helper = clerk.borrow().helper.is_some();
            if is_over {
                let mut clerk = clerk.borrow_mut();
                clerk.at_work = None;
                clerk.silence = None;
            } else if has_helper {
                watch(clerk);
            }
            if let Some(ticket) = ticket {
                told(clerk, News::Told(ticket, news));
            }
        }
        _ => {}
    }
}

/// A worker that says nothing for too long is taken for lost: the question failed, and may be asked again.
fn watch(clerk: &Shared) {
    let later = Rc::clone(clerk);
    let delay = timer::after(SILENCE_MS, move || {
        let ticket = at_work(&later);
        if ticket.is_some() && later.borrow().was_heard {
            later.borrow_mut().helper = None;
            fail(&later, ticket, words::CRASHED.to_owned());
        }
    });
    clerk.borrow_mut().silence = Some(delay);
}

fn fail(clerk: &Shared, ticket: Option<u64>, why: String) {
    {
        let mut clerk = clerk.borrow_mut();
        clerk.at_work = None;
        clerk.silence = None;
    }
    if let Some(ticket) = ticket {
        told(clerk, News::Told(ticket, Told::Failed(why)));
    }
}

/// No worker is to be had: the page answers.
fn block(clerk: &Shared) {
    {
        let mut clerk = clerk.borrow_mut();
        clerk.helper = None;
        clerk.is_blocked = true;
    }
    start(clerk);
}

/// Says that the page works itself, then lets it, in slices between its other work.
fn answer_here(clerk: &Shared, ticket: u64, question: Question) {
    told(clerk, News::OnPage(ticket));
    let here = Rc::clone(clerk);
    let delay = timer::after(BREATH_MS, move || {
        let Some(shop) = shop(&here) else {
            return;
        };
        task::start(async move {
            // Opening a pack was a slice of its own.
            timer::moment().await;
            let pace = Pace {
                now: &worker::now,
                slice_ms: SLICE_MS,
                rest: &timer::moment,
                is_wanted: &|| at_work(&here) == Some(ticket),
            };
            let mut tell = |news| {
                if at_work(&here) == Some(ticket) {
                    hear(&here, Report::Told(news));
                }
            };
            shop.answer_in_slices(&question, &pace, &mut tell).await;
        });
    });
    clerk.borrow_mut().delays.push(delay);
}

/// The pack opened on the page, once for all questions.
fn shop(clerk: &Shared) -> Option<Rc<Workshop>> {
    let mut clerk = clerk.borrow_mut();
    if clerk.shop.is_none() {
        let mut shop = Workshop::new(IN_WORKER);
        shop.order(clerk.opening()?);
        clerk.shop = Some(Rc::new(shop));
    }
    clerk.shop.clone()
}
