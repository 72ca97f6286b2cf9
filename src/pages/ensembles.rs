//! The ensemble of the page: who works on it, what is asked of it, what it answers.
//!
//! A worker is started after the first drawing. Where the browser allows none, the page does the
//! work itself in short slices between its own.

mod bench;
mod draws;
mod freshness;
mod survey;

pub use bench::work;

use self::bench::Bench;
use self::draws::More;
use self::freshness::Freshness;
use self::survey::Survey;
use super::load::Materials;
use super::session::{Machine, Session};
use crate::ensemble::desk::{Desk, Duty, FEW};
use crate::ensemble::{Answer, Doing, Standing};
use crate::inquiry::settings;
use crate::platform::marks::{self, Change};
use crate::platform::worker::{self, Helper};
use crate::platform::{frame, timer};
use crate::protocol::{Ask, FIRST_DRAWS, Order, Refusal, Report, written};
use crate::state::{AppState, Drawer};
use crate::view_model::{chances, pack_scenario};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use tidemark_engine::gathered;
use tidemark_pack::bind::Bound;
use tidemark_reach::answer::Head;
use tidemark_reach::scope::Wish;
use yew::prelude::*;

/// A worker that has not said anything for so long is taken for blocked.
pub(super) const PATIENCE_MS: u32 = 8000;
/// Under which an ask waits for the drawing.
const ASKING: &str = "ask";
/// Work that takes no longer is not spoken of.
pub(super) const LATE_MS: u32 = 300;
/// A worker that works and says nothing for so long is taken for lost: its parts take a fraction of it.
const SILENCE_MS: u32 = 10_000;

/// The page's side: desk, whoever works, and what was told last.
struct Office {
    desk: Desk,
    helper: Option<Helper>,
    bench: Option<Bench>,
    materials: Materials,
    /// Content of the draws' file, once it was looked for.
    draws: Option<Option<String>>,
    more: More,
    bound: Rc<Bound>,
    /// What the pack's file tells of its baseline, until the ensemble has.
    opening: Standing,
    answer: Option<(Rc<Answer>, Option<Rc<Answer>>)>,
    /// Generation of the state of each ask that may still be answered, by ticket.
    generations: BTreeMap<u64, u64>,
    freshness: Freshness,
    survey: Survey,
    is_late: bool,
    delays: Delays,
    last: Option<Ask>,
    /// What it was of.
    again: Option<(Rc<Machine>, Rc<AppState>)>,
    duties: VecDeque<Duty>,
    on_told: Callback<Standing>,
}

/// What will happen unless something else does first.
#[derive(Default)]
struct Delays {
    opening: Option<timer::Delay>,
    blocked: Option<timer::Delay>,
    late: Option<timer::Delay>,
    stale: Option<timer::Delay>,
    silent: Option<timer::Delay>,
}

type Shared = Rc<RefCell<Office>>;

/// Asks for what the session shows whenever that changes, and tells what comes of it.
#[hook]
pub fn use_ensembles(session: &Session, materials: &Materials, on_told: &Callback<Standing>) {
    let office = {
        let (materials, on_told) = (materials.clone(), on_told.clone());
        let (bound, opening) = (Rc::clone(&session.machine.bound), session.ensemble.clone());
        use_memo((), move |()| {
            let office = Office::new(materials, on_told, (bound, opening));
            Rc::new(RefCell::new(office))
        })
    };
    {
        let office = Rc::clone(&office);
        use_effect_with((), move |()| {
            let opening = Rc::clone(&office);
            // After the first drawing, which this must not hold up.
            frame::schedule("ensemble", move || {
                let later = Rc::clone(&opening);
                let delay = timer::after(0, move || open(&later));
                opening.borrow_mut().delays.opening = Some(delay);
            });
            move || office.borrow_mut().close()
        });
    }
    let state = &session.state;
    let wanted = (
        state.generation,
        state.view.figures.clone(),
        state.view.spread,
        state.view.joint.clone(),
        (state.members, state.dragging()),
        (state.view.year, state.drawer == Some(Drawer::Monitoring)),
    );
    {
        let office = Rc::clone(&office);
        use_effect_with(state.retries, move |retries| {
            if *retries > 0 {
                again(&office);
            }
        });
    }
    let (machine, state) = (session.machine.clone(), state.clone());
    use_effect_with(wanted, move |_| {
        let change = Change::now();
        // The line is drawn first.
        frame::afterwards(ASKING, move || {
            ask(&office, &machine, &state, (change, false));
            draws::read_more(&office);
        });
        || frame::cancel(ASKING)
    });
}

impl Office {
    fn new(
        materials: Materials,
        on_told: Callback<Standing>,
        (bound, opening): (Rc<Bound>, Standing),
    ) -> Self {
        let answer = opening.answer.clone();
        Self {
            bound,
            answer: answer.map(|answer| (answer, None)),
            // What the file told has no ticket of an ask.
            generations: gathered(opening.generation.map(|of| (0, of))),
            freshness: Freshness::default(),
            survey: Survey::told(&opening),
            opening,
            desk: Desk::default(),
            helper: None,
            bench: None,
            materials,
            draws: None,
            more: More::default(),
            is_late: false,
            delays: Delays::default(),
            last: None,
            again: None,
            duties: VecDeque::new(),
            on_told,
        }
    }

    fn close(&mut self) {
        self.helper = None;
        self.bench = None;
        self.delays = Delays::default();
    }

    fn standing(&self) -> Standing {
        let desk = &self.desk;
        let answer = self.answer.as_ref();
        let middle = desk.opened.clone();
        Standing {
            generation: answer.and_then(|(answer, _)| self.generation_of(answer)),
            answer: answer.map(|(answer, _)| Rc::clone(answer)),
            apart: answer.and_then(|(_, apart)| apart.clone()),
            is_stale: self.freshness.is_stale(),
            middle: middle.or_else(|| self.opening.middle.clone()),
            doing: desk.doing,
            from_fit: desk.from_fit,
            progress: desk.progress.filter(|_| self.is_late),
            restarted: desk.restarted,
            refused: desk.refused.clone(),
            effects: self.survey.found.clone(),
            first_effects: self.survey.first.clone(),
        }
    }

    fn generation_of(&self, answer: &Answer) -> Option<u64> {
        self.generations.get(&answer.ticket).copied()
    }

    fn look_at_freshness(&mut self) -> Option<f64> {
        let answer = self.answer.as_ref();
        let generation = answer.and_then(|(answer, _)| self.generation_of(answer));
        self.freshness.look(generation, worker::now())
    }

    fn withdraw(&mut self) {
        self.answer = None;
        self.opening = Standing::default();
        self.survey = Survey::default();
    }

    fn opening(&self) -> Option<Order> {
        let draws = self.draws.clone()?;
        Some(Order::Open {
            pack: self.materials.pack.to_string(),
            draws,
        })
    }
}

/// Starts a worker and reads the draws; whichever is there first waits for the other.
fn open(office: &Shared) {
    start(office);
    draws::read(office);
}

/// There will be no chances, until the user wants another try.
fn refuse(office: &Shared, why: Refusal) {
    {
        let mut office = office.borrow_mut();
        office.withdraw();
        office.desk.refuse(why);
    }
    tell(office);
}

fn tell(office: &Shared) {
    let (standing, on_told) = {
        let office = office.borrow();
        (office.standing(), office.on_told.clone())
    };
    on_told.emit(standing);
}

/// Another try after everybody gave up: the draws are read anew, and a worker is started.
fn again(office: &Shared) {
    let is_again = office.borrow_mut().desk.again();
    if is_again {
        {
            let mut office = office.borrow_mut();
            office.draws = None;
            // Whoever worked last would go on getting what a new worker is to do.
            office.bench = None;
        }
        tell(office);
        open(office);
    }
}

/// Greys what is of another scenario once it has been so for longer than a moment.
fn watch_freshness(office: &Shared) {
    let was = office.borrow().freshness.is_stale();
    let until = office.borrow_mut().look_at_freshness();
    let delay = until.map(|until| {
        let later = Rc::clone(office);
        timer::after(until as u32 + 1, move || watch_freshness(&later))
    });
    office.borrow_mut().delays.stale = delay;
    if office.borrow().freshness.is_stale() != was {
        tell(office);
    }
}

/// A worker that says nothing for too long is taken for lost.
fn watch_silence(office: &Shared) {
    let is_waiting = office.borrow().desk.is_waiting();
    let delay = is_waiting.then(|| {
        let later = Rc::clone(office);
        timer::after(SILENCE_MS, move || {
            let duties = later.borrow_mut().desk.silent();
            fulfil(&later, duties);
            tell(&later);
            watch_silence(&later);
        })
    });
    office.borrow_mut().delays.silent = delay;
}

fn start(office: &Shared) {
    let (heard, failed, late) = (Rc::clone(office), Rc::clone(office), Rc::clone(office));
    let helper = Helper::start(
        move |(text, numbers)| {
            if let Ok(report) = serde_json::from_str(&text) {
                take(&heard, report, &numbers);
            }
        },
        move |why| take(&failed, Report::Crashed(why), &[]),
    );
    if helper.is_none() {
        let duties = office.borrow_mut().desk.blocked();
        fulfil(office, duties);
        return;
    }
    let delay = timer::after(PATIENCE_MS, move || {
        let duties = late.borrow_mut().desk.blocked();
        fulfil(&late, duties);
    });
    let mut office = office.borrow_mut();
    office.helper = helper;
    office.delays.blocked = Some(delay);
}

fn send_opening(office: &Shared) {
    let order = office.borrow().opening();
    if let Some(order) = order {
        send(office, order);
    }
}

fn send(office: &Shared, order: Order) {
    let bench = office.borrow().bench.clone();
    match bench {
        Some(bench) => bench.take(order),
        None => {
            if let Some(helper) = &office.borrow().helper {
                helper.tell(&written(&order));
            }
        }
    }
}

fn take(office: &Shared, report: Report, numbers: &[f64]) {
    let is_news = !matches!(report, Report::Progress { .. });
    let mut duties = office.borrow_mut().desk.report(report);
    // Shown first: the numbers are there only now.
    if let Some(Duty::Show(..)) = duties.first()
        && let Duty::Show(head, apart) = duties.remove(0)
    {
        show(&mut office.borrow_mut(), (head, apart), numbers);
    }
    let found = office.borrow_mut().desk.effects.take();
    if let Some(found) = found {
        office.borrow_mut().survey.hear(found);
    }
    fulfil(office, duties);
    watch_silence(office);
    let until = office.borrow_mut().look_at_freshness();
    let is_late = office.borrow().is_late;
    if is_news || is_late {
        tell(office);
    }
    if until.is_some() {
        watch_freshness(office);
    }
    if is_news {
        go_deeper(office);
    }
}

/// Keeps an answer; one that does not fit the pack is dropped.
fn show(office: &mut Office, (head, apart): (Head, Option<(Head, usize)>), numbers: &[f64]) {
    let from = apart.as_ref().map_or(numbers.len(), |(_, from)| *from);
    let Some((own, more)) = numbers.split_at_checked(from) else {
        return;
    };
    let bound = Rc::clone(&office.bound);
    let read = |head, numbers| Some(Rc::new(Answer::read(&bound, head, numbers)?));
    let Some(answer) = read(head, own) else {
        return;
    };
    marks::answered(answer.ticket);
    office.generations = office.generations.split_off(&answer.ticket);
    office.answer = Some((answer, apart.and_then(|(head, _)| read(head, more))));
}

/// Once a glance is answered and nothing is dragged, all of it is asked for, and then what levers do.
fn go_deeper(office: &Shared) {
    let known = {
        let office = office.borrow();
        let answer = office.answer.as_ref().map(|(answer, _)| Rc::clone(answer));
        let again = office.again.clone();
        let own = |answer: &Rc<Answer>| {
            let generation = office.generation_of(answer);
            office.freshness.is_present(generation)
        };
        answer.filter(own).zip(again)
    };
    let Some((answer, (machine, state))) = known else {
        return;
    };
    if state.dragging() || office.borrow().desk.is_waiting() {
        return;
    }
    if !answer.wish.is_whole || answer.ticket == 0 {
        ask(office, &machine, &state, (Change::now(), true));
    } else {
        survey(office, &machine, &state);
    }
}

/// Asks what levers do under other assumptions than it is known for.
fn survey(office: &Shared, machine: &Rc<Machine>, state: &Rc<AppState>) {
    let mut scenario = pack_scenario(&machine.bound, state);
    scenario.levers.clear();
    if office.borrow().desk.doing == Doing::Nobody {
        return;
    }
    let order = office.borrow_mut().survey.order(settings(&scenario));
    if let Some(order) = order {
        send(office, order);
    }
}

/// One duty after another: what is sent may be answered at once, with duties of its own.
fn fulfil(office: &Shared, duties: Vec<Duty>) {
    office.borrow_mut().duties.extend(duties);
    loop {
        let duty = office.borrow_mut().duties.pop_front();
        match duty {
            None => return,
            // Shown when it came, see `take`.
            Some(Duty::Show(..)) => {}
            Some(Duty::Send(order)) => {
                if matches!(order, Order::Run(_)) {
                    watch(office);
                }
                send(office, order);
            }
            Some(Duty::Restart) => {
                {
                    let mut office = office.borrow_mut();
                    office.helper = None;
                    // Whatever it was asked of levers is lost with it.
                    office.survey.lose();
                }
                start(office);
                send_opening(office);
            }
            Some(Duty::TakeOver) => {
                let hearing = Rc::clone(office);
                let bench = Bench::on_page(move |report, numbers| {
                    take(&hearing, report, &numbers);
                });
                {
                    let mut office = office.borrow_mut();
                    office.helper = None;
                    office.bench = Some(bench);
                }
                send_opening(office);
            }
        }
    }
}

/// Progress is told from a moment on after the work began.
fn watch(office: &Shared) {
    let late = Rc::clone(office);
    let ticket = office.borrow().desk.ticket();
    let delay = timer::after(LATE_MS, move || {
        let mut office = late.borrow_mut();
        office.is_late = office.desk.ticket() == ticket;
    });
    let mut office = office.borrow_mut();
    office.is_late = false;
    office.delays.late = Some(delay);
}

/// Asks for what the state shows: what a glance takes in, and all of it where that is wanted or known.
fn ask(
    office: &Shared,
    machine: &Rc<Machine>,
    state: &Rc<AppState>,
    (change, is_whole): (Change, bool),
) {
    {
        let mut office = office.borrow_mut();
        office.again = Some((Rc::clone(machine), Rc::clone(state)));
        let oldest = office.generations.values().next().copied();
        let generation = state.generation;
        office.freshness.move_on(generation, oldest, worker::now());
    }
    let ask = {
        let office = office.borrow();
        let ticket = office.last.as_ref().map_or(1, |ask| ask.ticket + 1);
        asked(ticket, (&machine.bound, state), office.more, is_whole)
    };
    let is_same = |last: &Ask| answers(last, &ask);
    let known = office.borrow().last.clone().filter(is_same);
    if let Some(known) = known {
        // Another name, or there and back: the answer stands for this state too.
        office
            .borrow_mut()
            .generations
            .insert(known.ticket, state.generation);
        watch_freshness(office);
        tell(office);
        go_deeper(office);
        return;
    }
    {
        let mut office = office.borrow_mut();
        office.last = Some(ask.clone());
        office.generations.insert(ask.ticket, state.generation);
    }
    marks::asked(change, ask.ticket);
    let duties = office.borrow_mut().desk.ask(ask);
    fulfil(office, duties);
    watch_freshness(office);
    watch_silence(office);
}

/// What the state shows as an ask; while something is dragged of a few members, and with more draws than
/// are at hand of those.
fn asked(ticket: u64, (bound, state): (&Bound, &AppState), more: More, is_whole: bool) -> Ask {
    let draws = match more {
        _ if state.members <= FIRST_DRAWS => state.members,
        More::Over { most } => state.members.min(most),
        More::Unread | More::Asked => FIRST_DRAWS,
    };
    let wanted = chances::ask(bound, state);
    Ask {
        ticket,
        draws,
        // Bands follow a drag with some of the members, and all of them the rest after it.
        members: if state.dragging() {
            draws.min(FEW)
        } else {
            draws
        },
        wish: Wish {
            is_whole: is_whole && wanted.wish.is_whole,
            ..wanted.wish.clone()
        },
        ..wanted
    }
}

/// Whether the answer to an earlier ask is one to this ask too: all of it answers a glance.
fn answers(earlier: &Ask, ask: &Ask) -> bool {
    let wish = Wish {
        is_whole: ask.wish.is_whole || earlier.wish.is_whole,
        ..ask.wish.clone()
    };
    *earlier
        == Ask {
            ticket: earlier.ticket,
            wish,
            ..ask.clone()
        }
}
