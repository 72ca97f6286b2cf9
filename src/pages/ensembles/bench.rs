//! Whoever does the work, in a worker or on the page: a workshop that goes on by itself.

use crate::ensemble::workshop::{IN_WORKER, ON_PAGE, Workshop};
use crate::platform::worker;
use crate::protocol::{Order, Report, written};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

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
pub(super) struct Bench {
    shop: Rc<RefCell<Workshop>>,
    is_going: Rc<Cell<bool>>,
    slice_ms: f64,
    tell: Rc<dyn Fn(Report, Vec<f64>)>,
}

impl Bench {
    /// One on the page, between what else it does.
    pub(super) fn on_page(tell: impl Fn(Report, Vec<f64>) + 'static) -> Self {
        Self::new(ON_PAGE, SLICE_ON_PAGE_MS, tell)
    }

    fn new(piece: usize, slice_ms: f64, tell: impl Fn(Report, Vec<f64>) + 'static) -> Self {
        Self {
            shop: Rc::new(RefCell::new(Workshop::new(piece))),
            is_going: Rc::default(),
            slice_ms,
            tell: Rc::new(tell),
        }
    }

    /// Takes an order; what it comes to is told as it is known.
    pub(super) fn take(&self, order: Order) {
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
