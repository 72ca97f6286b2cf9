//! The page's side: one ask at work, the newest one waiting, and what is told of it.
//!
//! An ask of few members is let finish, so that bands follow a drag; one of many gives way to a
//! newer one. A worker that crashed is started again, a few times.

use crate::protocol::{Ask, Order, Refusal, Report};
use std::rc::Rc;
use tidemark_reach::answer::Head;
use tidemark_reach::effects::Effects;

/// Members of an ask that is let finish even where a newer one waits.
pub const FEW: usize = 1000;
/// Times a worker is started again.
const MOST_STARTS: u32 = 3;

/// Where the work is done, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Doing {
    /// Nobody hears yet.
    #[default]
    Starting,
    /// A worker works.
    Worker,
    /// The page works itself, since workers are blocked.
    Page,
    /// Nobody can.
    Nobody,
}

/// What the page must do.
#[derive(Debug, Clone, PartialEq)]
pub enum Duty {
    /// Send this.
    Send(Order),
    /// Show the answer that has just come: what its numbers are, and from which one on they are those of one
    /// uncertainty alone.
    Show(Head, Option<(Head, usize)>),
    /// Start a worker anew and open the pack again.
    Restart,
    /// Do the work on the page from now on: open the pack there.
    TakeOver,
}

/// The median of every number that is drawn, by parameter or assumption.
pub type Middle = Rc<[(String, f64)]>;

/// What is asked, what is at work, what came of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Desk {
    /// Who works.
    pub doing: Doing,
    /// Whether members are draws of a fit; known once a pack is open.
    pub from_fit: Option<bool>,
    /// Why there will be no answer.
    pub refused: Option<Refusal>,
    /// Members done and in all of the ask at work.
    pub progress: Option<(usize, usize)>,
    /// Whether a worker crashed and was started again.
    pub restarted: bool,
    /// What each lever does, once it is known, and by which ticket it was asked for.
    pub effects: Option<(u64, Rc<Effects>)>,
    /// The median of every number that is drawn, once a pack is open.
    pub opened: Option<Middle>,
    at_work: Option<Ask>,
    waiting: Option<Ask>,
    is_open: bool,
    starts: u32,
}

impl Desk {
    /// Something is wanted; it takes the place of what waits.
    pub fn ask(&mut self, ask: Ask) -> Vec<Duty> {
        let long = self.at_work.as_ref().is_some_and(|work| work.members > FEW);
        self.waiting = Some(ask);
        match &self.at_work {
            Some(_) if long => vec![Duty::Send(Order::Stop)],
            Some(_) => Vec::new(),
            None => self.next(),
        }
    }

    /// The pack will be opened anew with more draws: what is at work or waits is done after that.
    pub fn reopens(&mut self) {
        let left = self.at_work.take();
        self.waiting = self.waiting.take().or(left);
        self.progress = None;
        self.is_open = false;
    }

    /// Ticket of the ask at work.
    pub fn ticket(&self) -> Option<u64> {
        self.at_work.as_ref().map(|ask| ask.ticket)
    }

    /// The worker, or who stands in for it, said something.
    pub fn report(&mut self, report: Report) -> Vec<Duty> {
        match report {
            Report::Ready => {
                if self.doing == Doing::Starting {
                    self.doing = Doing::Worker;
                }
                Vec::new()
            }
            Report::Opened { from_fit, middle } => {
                self.from_fit = Some(from_fit);
                self.opened = Some(Rc::from(middle));
                self.is_open = true;
                self.next()
            }
            Report::Refused(why) => {
                self.refuse(why);
                Vec::new()
            }
            Report::Effects { ticket, effects } => {
                self.effects = Some((ticket, Rc::new(effects)));
                Vec::new()
            }
            Report::Progress { ticket, done, all } => {
                if self.ticket() == Some(ticket) {
                    self.progress = Some((done, all));
                }
                Vec::new()
            }
            Report::Answer { head, apart } => self.answered(head, apart),
            Report::Stopped { ticket } => {
                if self.ticket() == Some(ticket) {
                    self.done();
                }
                self.next()
            }
            // Questions have a worker of their own.
            Report::Told(_) => Vec::new(),
            Report::Crashed(_) => self.crashed(),
        }
    }

    /// No worker can be started, or it does not answer: the page takes over.
    pub fn blocked(&mut self) -> Vec<Duty> {
        if self.doing != Doing::Starting {
            return Vec::new();
        }
        self.doing = Doing::Page;
        vec![Duty::TakeOver]
    }

    fn answered(&mut self, head: Head, apart: Option<(Head, usize)>) -> Vec<Duty> {
        if self.ticket() != Some(head.ticket) {
            return Vec::new();
        }
        self.done();
        let mut duties = vec![Duty::Show(head, apart)];
        duties.extend(self.next());
        duties
    }

    /// Whoever works has been silent for longer than any part of the work takes: it is taken for lost.
    pub fn silent(&mut self) -> Vec<Duty> {
        let is_waited_for = self.at_work.is_some() || !self.is_open;
        match self.doing {
            Doing::Worker if is_waited_for => self.crashed(),
            _ => Vec::new(),
        }
    }

    /// Whether something is to come.
    pub fn is_waiting(&self) -> bool {
        self.doing != Doing::Nobody && (self.at_work.is_some() || self.waiting.is_some())
    }

    /// The user wants another try; whether anybody had given up.
    pub fn again(&mut self) -> bool {
        let is_over = self.doing == Doing::Nobody;
        if is_over {
            self.starts = 0;
            self.refused = None;
            self.doing = Doing::Starting;
        }
        is_over
    }

    /// There will be no answer: what was asked waits for another try.
    pub fn refuse(&mut self, why: Refusal) {
        self.refused = Some(why);
        self.doing = Doing::Nobody;
        let lost = self.at_work.take();
        self.waiting = self.waiting.take().or(lost);
        self.progress = None;
        self.is_open = false;
    }

    /// Before it is ready a worker that fails is one that is blocked.
    fn crashed(&mut self) -> Vec<Duty> {
        if self.doing == Doing::Starting && self.starts == 0 {
            return self.blocked();
        }
        if self.doing == Doing::Nobody {
            return Vec::new();
        }
        let lost = self.at_work.take();
        self.waiting = self.waiting.take().or(lost);
        self.progress = None;
        self.is_open = false;
        self.starts += 1;
        if self.starts > MOST_STARTS || self.doing == Doing::Page {
            self.doing = Doing::Nobody;
            self.starts = 0;
            return Vec::new();
        }
        self.restarted = true;
        self.doing = Doing::Starting;
        vec![Duty::Restart]
    }

    fn done(&mut self) {
        self.at_work = None;
        self.progress = None;
    }

    fn next(&mut self) -> Vec<Duty> {
        if !self.is_open || self.at_work.is_some() {
            return Vec::new();
        }
        let Some(ask) = self.waiting.take() else {
            return Vec::new();
        };
        self.at_work = Some(ask.clone());
        vec![Duty::Send(Order::Run(ask))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Spread;
    use crate::protocol::inquiry::Settings;
    use tidemark_reach::scope::Wish;

    fn ask(ticket: u64, members: usize) -> Ask {
        Ask {
            ticket,
            draws: members,
            members,
            spread: Spread::Whole,
            settings: Settings::default(),
            joint: Vec::new(),
            wish: wish(),
        }
    }

    fn wish() -> Wish {
        Wish {
            year: 2027,
            lines: Vec::new(),
            is_whole: true,
            tables: false,
        }
    }

    fn head(ticket: u64) -> Report {
        let head = Head {
            ticket,
            wish: wish(),
            members: 10,
            targets: Vec::new(),
            joint: Vec::new(),
            lines: Vec::new(),
            figures: 0,
            worlds: Vec::new(),
        };
        Report::Answer { head, apart: None }
    }

    fn opened(from_fit: bool) -> Report {
        Report::Opened {
            from_fit,
            middle: vec![("drift".to_owned(), 0.02)],
        }
    }

    fn open() -> Desk {
        let mut desk = Desk::default();
        assert_eq!(desk.report(Report::Ready), []);
        assert_eq!(desk.report(opened(true)), []);
        desk
    }

    #[track_caller]
    fn check_sends(duties: &[Duty], ticket: u64) {
        let sent = duties.iter().find_map(|duty| match duty {
            Duty::Send(Order::Run(ask)) => Some(ask.ticket),
            _ => None,
        });
        assert_eq!(sent, Some(ticket), "{duties:?}");
    }

    #[test]
    fn the_newest_ask_follows_and_those_between_are_dropped() {
        let mut desk = open();
        check_sends(&desk.ask(ask(1, 1000)), 1);
        assert_eq!(desk.ask(ask(2, 1000)), []);
        assert_eq!(desk.ask(ask(3, 1000)), []);
        let duties = desk.report(head(1));
        assert!(matches!(&duties[0], Duty::Show(head, None) if head.ticket == 1));
        check_sends(&duties, 3);
        assert_eq!(desk.report(head(2)), []);
        assert_eq!(desk.report(head(3)).len(), 1);
        assert_eq!(desk.ticket(), None);
    }

    #[test]
    fn a_long_ask_gives_way() {
        let mut desk = open();
        check_sends(&desk.ask(ask(1, 10_000)), 1);
        let progress = Report::Progress {
            ticket: 1,
            done: 512,
            all: 10_000,
        };
        desk.report(progress);
        assert_eq!(desk.progress, Some((512, 10_000)));
        assert_eq!(desk.ask(ask(2, 1000)), [Duty::Send(Order::Stop)]);
        check_sends(&desk.report(Report::Stopped { ticket: 1 }), 2);
        assert_eq!(desk.progress, None);
    }

    #[test]
    fn what_is_asked_early_is_sent_once_the_pack_is_open() {
        let mut desk = Desk::default();
        assert_eq!(desk.ask(ask(1, 1000)), []);
        desk.report(Report::Ready);
        check_sends(&desk.report(opened(false)), 1);
        assert_eq!(desk.from_fit, Some(false));
    }

    #[test]
    fn a_crashed_worker_is_started_again_and_asked_again_until_it_is_given_up() {
        let mut desk = open();
        check_sends(&desk.ask(ask(1, 1000)), 1);
        for _ in 0..MOST_STARTS {
            let crash = Report::Crashed("x".to_owned());
            assert_eq!(desk.report(crash), [Duty::Restart]);
            assert!(desk.restarted);
            desk.report(Report::Ready);
            check_sends(&desk.report(opened(true)), 1);
        }
        assert_eq!(desk.report(Report::Crashed("x".to_owned())), []);
        assert_eq!(desk.doing, Doing::Nobody);
    }

    #[test]
    fn the_page_takes_over_from_a_worker_that_never_was() {
        let mut desk = Desk::default();
        desk.ask(ask(1, 1000));
        assert_eq!(desk.blocked(), [Duty::TakeOver]);
        assert_eq!(desk.blocked(), []);
        check_sends(&desk.report(opened(true)), 1);
        assert_eq!(desk.doing, Doing::Page);
        let mut other = Desk::default();
        let refused = Report::Crashed("blocked".to_owned());
        assert_eq!(other.report(refused), [Duty::TakeOver]);
    }

    #[test]
    fn a_silent_worker_is_started_again_and_given_up_like_one_that_crashed() {
        let mut desk = open();
        // Nothing is to come of it.
        assert_eq!(desk.silent(), []);
        check_sends(&desk.ask(ask(1, 1000)), 1);
        for _ in 0..MOST_STARTS {
            assert_eq!(desk.silent(), [Duty::Restart]);
            assert!(desk.restarted && desk.is_waiting());
            // While it starts it is blocked, not silent.
            assert_eq!(desk.silent(), []);
            desk.report(Report::Ready);
            check_sends(&desk.report(opened(true)), 1);
        }
        assert_eq!(desk.silent(), []);
        assert_eq!((desk.doing, desk.is_waiting()), (Doing::Nobody, false));
    }

    #[test]
    fn a_worker_that_never_opens_the_pack_is_silent_too() {
        let mut desk = Desk::default();
        desk.report(Report::Ready);
        assert_eq!(desk.silent(), [Duty::Restart]);
    }

    #[test]
    fn what_was_asked_before_a_refusal_is_sent_on_another_try() {
        fn bad() -> Refusal {
            Refusal::DrawsUnusable("x".to_owned())
        }
        let told = |desk: &mut Desk| assert_eq!(desk.report(Report::Refused(bad())), []);
        let refused = |desk: &mut Desk| desk.refuse(bad());
        for refuse in [told as fn(&mut Desk), refused] {
            let mut desk = open();
            check_sends(&desk.ask(ask(1, 1000)), 1);
            refuse(&mut desk);
            assert_eq!((desk.doing, &desk.refused), (Doing::Nobody, &Some(bad())));
            assert!(!desk.is_waiting() && desk.progress.is_none());
            // Whoever worked does not know yet.
            assert_eq!(desk.report(head(1)), []);
            assert!(desk.again());
            assert_eq!((desk.doing, &desk.refused), (Doing::Starting, &None));
            assert!(desk.is_waiting() && !desk.again());
            desk.report(Report::Ready);
            check_sends(&desk.report(opened(true)), 1);
        }
    }

    #[test]
    fn of_what_is_asked_after_a_refusal_the_newest_is_sent() {
        let mut desk = open();
        desk.ask(ask(1, 1000));
        desk.refuse(Refusal::DrawsOther);
        assert_eq!(desk.ask(ask(2, 1000)), []);
        assert_eq!(desk.ask(ask(3, 1000)), []);
        desk.again();
        desk.report(Report::Ready);
        check_sends(&desk.report(opened(true)), 3);
    }
}
