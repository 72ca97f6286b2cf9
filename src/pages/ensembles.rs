//! The ensemble of the page: who works on it, what is asked of it, what it answers.
//!
//! A worker is started after the first drawing. Where the browser allows none, the page does the
//! work itself in short slices between its own.

use super::load::Materials;
use super::session::{Machine, Session};
use crate::ensemble::desk::{Desk, Duty, FEW};
use crate::ensemble::workshop::{IN_WORKER, ON_PAGE, Workshop};
use crate::ensemble::{Answer, Standing};
use crate::platform::marks::{self, Change};
use crate::platform::worker::{self, Helper};
use crate::platform::{fetch, frame, task, timer};
use crate::protocol::{Ask, FIRST_DRAWS, Order, Report, written};
use crate::state::AppState;
use crate::view_model::chances;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use yew::prelude::*;

/// A worker that has not said anything for so long is taken for blocked.
pub(super) const PATIENCE_MS: u32 = 8000;
/// Under which an ask waits for the drawing.
const ASKING: &str = "ask";
/// Work that takes no longer is not spoken of.
pub(super) const LATE_MS: u32 = 300;
/// Between two looks at what else waits, in a worker and on the page.
const SLICE_IN_WORKER_MS: f64 = 12.0;
const SLICE_ON_PAGE_MS: f64 = 6.0;

/// Works for the page that started this worker.
pub fn work() {
    let tell = |report: &Report, numbers: &[f64]| worker::tell(&written(report), numbers);
    worker::on_crash(move |text| tell(&Report::Crashed(text), &[]));
    let bench = Bench::new(IN_WORKER, SLICE_IN_WORKER_MS, move |report, numbers| {
        tell(&report, &numbers);
    });
    worker::listen(move |text| match serde_json::from_str(&text) {
        Ok(order) => bench.take(order),
        Err(error) => tell(&Report::Crashed(error.to_string()), &[]),
    });
    tell(&Report::Ready, &[]);
}

/// A workshop that goes on by itself as long as there is something to do.
#[derive(Clone)]
struct Bench {
    shop: Rc<RefCell<Workshop>>,
    is_going: Rc<Cell<bool>>,
    slice_ms: f64,
    tell: Rc<dyn Fn(Report, Vec<f64>)>,
}

impl Bench {
    fn new(piece: usize, slice_ms: f64, tell: impl Fn(Report, Vec<f64>) + 'static) -> Self {
        Self {
            shop: Rc::new(RefCell::new(Workshop::new(piece))),
            is_going: Rc::default(),
            slice_ms,
            tell: Rc::new(tell),
        }
    }

    fn take(&self, order: Order) {
        if let Order::Answer(question) = &order {
            let mut tell = |told| (self.tell)(Report::Told(told), Vec::new());
            self.shop.borrow().answer(question, &mut tell);
            return;
        }
        let reports = self.shop.borrow_mut().order(order);
        for report in reports {
            (self.tell)(report, Vec::new());
        }
        let busy = self.shop.borrow().is_busy();
        if busy && !self.is_going.replace(true) {
            let bench = self.clone();
            worker::go_on(self.slice_ms, move || bench.advance());
        }
    }

    /// A part of the work; whether there is more.
    fn advance(&self) -> bool {
        let told = self.shop.borrow_mut().advance();
        if let Some((report, numbers)) = told {
            // May give a new order.
            (self.tell)(report, numbers);
        }
        let busy = self.shop.borrow().is_busy();
        self.is_going.set(busy);
        busy
    }
}

/// The page's side: desk, whoever works, and what was told last.
struct Office {
    desk: Desk,
    helper: Option<Helper>,
    bench: Option<Bench>,
    materials: Materials,
    /// Content of the draws' file, once it was looked for.
    draws: Option<Option<String>>,
    more: More,
    answer: Option<Rc<Answer>>,
    /// Generation of the state of each ask that may still be answered, by ticket.
    generations: BTreeMap<u64, u64>,
    is_late: bool,
    delays: Delays,
    last: Option<Ask>,
    /// What it was of.
    again: Option<(Rc<Machine>, Rc<AppState>)>,
    duties: VecDeque<Duty>,
    on_told: Callback<Standing>,
}

/// Draws beyond the first, which only many members need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum More {
    #[default]
    Unread,
    Asked,
    /// They are there, there are none, or they cannot be read.
    Over {
        /// Most members that draws there are suffice for.
        most: usize,
    },
}

/// What will happen unless something else does first.
#[derive(Default)]
struct Delays {
    opening: Option<timer::Delay>,
    blocked: Option<timer::Delay>,
    late: Option<timer::Delay>,
}

type Shared = Rc<RefCell<Office>>;

/// Asks for what the session shows whenever that changes, and tells what comes of it.
#[hook]
pub fn use_ensembles(session: &Session, materials: &Materials, on_told: &Callback<Standing>) {
    let office = {
        let (materials, on_told) = (materials.clone(), on_told.clone());
        use_memo((), move |()| {
            Rc::new(RefCell::new(Office::new(materials, on_told)))
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
    );
    let (machine, state) = (session.machine.clone(), state.clone());
    use_effect_with(wanted, move |_| {
        let change = Change::now();
        // The line is drawn first.
        frame::afterwards(ASKING, move || {
            ask(&office, &machine, &state, change);
            read_more(&office);
        });
        || frame::cancel(ASKING)
    });
}

impl Office {
    fn new(materials: Materials, on_told: Callback<Standing>) -> Self {
        Self {
            desk: Desk::default(),
            helper: None,
            bench: None,
            materials,
            draws: None,
            more: More::default(),
            answer: None,
            generations: BTreeMap::new(),
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
        Standing {
            answer: self.answer.clone(),
            generation: self
                .answer
                .as_ref()
                .and_then(|answer| self.generations.get(&answer.ticket).copied()),
            doing: desk.doing,
            from_fit: desk.from_fit,
            progress: desk.progress.filter(|_| self.is_late),
            restarted: desk.restarted,
            leverage: desk.leverage.clone(),
            refused: desk.refused.as_deref().map(Rc::from),
        }
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
    let (office, url) = (Rc::clone(office), office.borrow().materials.draws.clone());
    task::start(async move {
        let draws = match url.as_str() {
            "" => None,
            // Without them the assumptions alone are drawn from, and the page says so.
            url => fetch::text(url).await.ok(),
        };
        {
            let mut office = office.borrow_mut();
            if draws.is_none() || office.materials.more_draws.is_empty() {
                office.more = More::Over { most: usize::MAX };
            }
            office.draws = Some(draws);
        }
        send_opening(&office);
        read_more(&office);
    });
}

/// Reads the draws beyond the first and opens the pack anew with them.
fn read_more(office: &Shared) {
    let is_needed = {
        let office = office.borrow();
        let many = |(_, state): &(Rc<Machine>, Rc<AppState>)| state.members > FIRST_DRAWS;
        let wanted = office.again.as_ref().is_some_and(many);
        wanted && office.draws.is_some() && office.more == More::Unread
    };
    if !is_needed {
        return;
    }
    office.borrow_mut().more = More::Asked;
    let (office, url) = (
        Rc::clone(office),
        office.borrow().materials.more_draws.clone(),
    );
    task::start(async move {
        let rest = fetch::text(&url).await.ok();
        let is_read = rest.is_some();
        {
            let mut office = office.borrow_mut();
            if let (Some(Some(draws)), Some(rest)) = (&mut office.draws, rest) {
                draws.push_str(&rest);
            }
            // Fewer members are told as fewer, rather than the first draws used twice.
            let most = if is_read { usize::MAX } else { FIRST_DRAWS };
            office.more = More::Over { most };
            if is_read {
                office.desk.reopens();
            }
        }
        if is_read {
            send_opening(&office);
        }
        let again = office.borrow().again.clone();
        if let Some((machine, state)) = again {
            ask(&office, &machine, &state, Change::now());
        }
    });
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
    let duties = office.borrow_mut().desk.report(report, numbers);
    fulfil(office, duties);
    let (standing, on_told, is_late) = {
        let office = office.borrow();
        (office.standing(), office.on_told.clone(), office.is_late)
    };
    if is_news || is_late {
        on_told.emit(standing);
    }
}

/// One duty after another: what is sent may be answered at once, with duties of its own.
fn fulfil(office: &Shared, duties: Vec<Duty>) {
    office.borrow_mut().duties.extend(duties);
    loop {
        let duty = office.borrow_mut().duties.pop_front();
        match duty {
            None => return,
            Some(Duty::Show(answer)) => {
                marks::answered(answer.ticket);
                let mut office = office.borrow_mut();
                office.generations = office.generations.split_off(&answer.ticket);
                office.answer = Some(answer);
            }
            Some(Duty::Send(order)) => {
                if matches!(order, Order::Run(_)) {
                    watch(office);
                }
                send(office, order);
            }
            Some(Duty::Restart) => {
                office.borrow_mut().helper = None;
                start(office);
                send_opening(office);
            }
            Some(Duty::TakeOver) => {
                let hearing = Rc::clone(office);
                let bench = Bench::new(ON_PAGE, SLICE_ON_PAGE_MS, move |report, numbers| {
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

fn ask(office: &Shared, machine: &Rc<Machine>, state: &Rc<AppState>, change: Change) {
    office.borrow_mut().again = Some((Rc::clone(machine), Rc::clone(state)));
    let bound = &machine.bound;
    let ticket = office
        .borrow()
        .last
        .as_ref()
        .map_or(1, |ask| ask.ticket + 1);
    let draws = match office.borrow().more {
        _ if state.members <= FIRST_DRAWS => state.members,
        More::Over { most } => state.members.min(most),
        More::Unread | More::Asked => FIRST_DRAWS,
    };
    let members = match state.dragging() {
        // Bands follow a drag with some of the members, and all of them the rest after it.
        true => draws.min(FEW),
        false => draws,
    };
    let ask = Ask {
        ticket,
        draws,
        members,
        ..chances::ask(bound, state)
    };
    let is_same = |last: &Ask| {
        Ask {
            ticket,
            ..last.clone()
        } == ask
    };
    let known = office.borrow().last.clone().filter(is_same);
    if let Some(known) = known {
        // Another name, or there and back: the answer stands for this state too.
        let (standing, on_told) = {
            let mut office = office.borrow_mut();
            office.generations.insert(known.ticket, state.generation);
            (office.standing(), office.on_told.clone())
        };
        on_told.emit(standing);
        return;
    }
    {
        let mut office = office.borrow_mut();
        office.last = Some(ask.clone());
        office.generations.insert(ticket, state.generation);
    }
    marks::asked(change, ticket);
    let duties = office.borrow_mut().desk.ask(ask);
    fulfil(office, duties);
}
