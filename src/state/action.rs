//! The state of the page and everything that can happen to it.

use super::asking::Asking;
use super::catalogue::Catalogue;
use super::history::History;
use super::link::{self, Difference, LinkError};
use super::page::Page;
use super::scenario::{Ramp, Scenario};
use crate::protocol::Spread;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Members where the user set nothing.
pub const MEMBERS: usize = 1000;
/// Fewest and most members that may be set.
pub const MEMBER_RANGE: (usize, usize) = (200, 10_000);

/// Something a user may set, by position in the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knob {
    /// A policy lever.
    Lever(usize),
    /// An assumption.
    Assumption(usize),
}

/// What is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyOf {
    /// A target's figure, by position in the pack.
    Target(usize),
    /// A chart's indicator, by position in the pack.
    Figure(usize),
}

/// What is open beside the main screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawer {
    /// The assumptions.
    Assumptions,
    /// A lever's timing, practice and place in the model.
    Lever(usize),
    /// A target: all reading years, last actual, notes.
    Target(usize),
    /// What it would take to meet targets.
    Solver,
    /// Why a figure is what it is.
    Why(WhyOf),
    /// Targets that are not on the scoreboard.
    MoreTargets,
    /// The table that offices fill every quarter.
    Monitoring,
    /// Source sentences, by id of the pack's source records.
    Sources(Vec<String>),
    /// A chart as a table.
    Table(usize),
    /// Fiscal and accounting rules.
    Rules,
    /// Undo history.
    History,
    /// Keys and help.
    Help,
}

/// What the user prefers to see; part of links, not of undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Group of levers shown, by position; the one after the last for all levers.
    pub group: usize,
    /// Charts shown, by position in the pack, in order.
    pub figures: Vec<usize>,
    /// Whether the dashed baseline is drawn.
    pub compare_baseline: bool,
    /// 大字.
    pub large_text: bool,
    /// Which uncertainty the bands of charts are of; chances and projected values are always of all of it.
    pub spread: Spread,
    /// Year that targets are looked at in, one of the pack's reading years.
    pub year: i32,
    /// Target whose levers' effects are shown, by position; `None` for the first that is judged.
    pub target: Option<usize>,
    /// Targets whose joint probability is shown, by position; `None` for those on tiles.
    pub joint: Option<BTreeSet<usize>>,
}

/// Where a text of a scenario came from; what is said of it names it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The address, pasted or of a link that was followed.
    Link,
    /// What the browser kept.
    Storage,
}

/// Something the user is told once.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A lever's start was outside the allowed span and was brought to its end.
    StartClamped {
        /// The lever.
        lever: usize,
        /// Start that is set, in model time.
        given: f64,
    },
    /// A text could not be used; the page stands as it was.
    Refused {
        /// Where it came from.
        from: Source,
        /// Why.
        error: LinkError,
        /// The text itself, of which something may be left.
        text: String,
    },
    /// A text was used, and these are the things the pack has otherwise.
    Differs {
        /// Where it came from.
        from: Source,
        /// All of them.
        differences: Vec<Difference>,
    },
    /// A link names a pack that the site does not have.
    UnknownPack {
        /// Its id, as the link gives it.
        id: String,
    },
    /// The browser does not keep the scenario: storage is full or switched off.
    NotKept,
    /// Another tab keeps a scenario of this place too.
    OtherTab,
    /// Scenarios that lost their place are kept aside until the user decides.
    Aside {
        /// How many there are.
        count: usize,
        /// Whether the newest of them can be opened here.
        can_open: bool,
    },
}

/// What became of a text typed into a number box that was not simply taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What was typed.
    pub text: String,
    /// Why it was not.
    pub fault: EntryFault,
}

/// Why a typed text was not simply taken; values are shown ones.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryFault {
    /// Outside the range; nothing was set.
    Outside {
        /// What was asked for.
        asked: f64,
        /// The end of the range that is nearer.
        nearest: f64,
    },
    /// Between two steps; the nearer one was set.
    Between {
        /// What was asked for.
        asked: f64,
        /// What is set.
        given: f64,
    },
    /// It can be read in several ways; these lie in the range. Nothing was set.
    Ambiguous {
        /// Readings, the likelier first.
        readings: Vec<f64>,
    },
    /// A number whose unit is not the lever's; nothing was set.
    OtherUnit,
    /// No number; nothing was set.
    NotANumber,
}

/// A drag in progress: one knob, and the scenario it began from.
#[derive(Debug, Clone, PartialEq)]
pub struct Drag {
    /// What is dragged.
    pub knob: Knob,
    /// Scenario to return to when the drag is cancelled.
    pub before: Rc<Scenario>,
    /// Where a target's diamond is held, where it is the diamond that is dragged.
    pub diamond: Option<f64>,
}

/// A target's diamond that was taken up: one lever follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diamond {
    /// The target, by position in the pack.
    pub target: usize,
    /// The lever that follows; `None` until it is known which one has the most effect.
    pub follower: Option<usize>,
}

/// Everything the user chose.
#[derive(Debug, Clone, PartialEq)]
pub struct AppState {
    /// Knobs of the loaded pack.
    pub catalogue: Rc<Catalogue>,
    /// What is shown and run, a drag in progress included.
    pub scenario: Rc<Scenario>,
    /// Preferences.
    pub view: View,
    /// What fills the window.
    pub page: Page,
    /// What is open beside it.
    pub drawer: Option<Drawer>,
    /// Drag in progress.
    pub drag: Option<Drag>,
    /// Diamond that was taken up.
    pub diamond: Option<Diamond>,
    /// Levers that were chosen to follow a target's diamond, by target.
    pub followers: BTreeMap<usize, usize>,
    /// Steps that can be undone and redone.
    pub history: History,
    /// Rises with every change of `scenario`; a run of an older one is dropped.
    pub generation: u64,
    /// Generation of the scenario that a link brought last: what was known of earlier ones says nothing of
    /// it.
    pub since: u64,
    /// Hash of the data that the scenario was made with, where that is not the data at hand; until the
    /// scenario changes or the user has seen it.
    pub origin: Option<String>,
    /// Whether the address stays as it is: it holds a link that was refused and nothing changed since.
    pub is_address_kept: bool,
    /// Whether what the last visit and the address left has been opened.
    pub is_restored: bool,
    /// Texts in number boxes that were not simply taken, at most one a box.
    pub entries: Vec<(Knob, Entry)>,
    /// What the user has not yet dismissed, oldest first; no two are the same.
    pub notices: Vec<Notice>,
    /// What is asked of the solver.
    pub asking: Asking,
    /// Rises with every search that is wanted.
    pub searches: u64,
    /// Members of the ensemble; kept by the browser, not by links.
    pub members: usize,
    /// Rises whenever what failed is to be tried again.
    pub retries: u64,
}

impl AppState {
    /// The baseline of a pack, all levers and the first four charts shown.
    pub fn new(catalogue: Rc<Catalogue>) -> Self {
        let view = View::of(&catalogue);
        Self {
            catalogue,
            scenario: Rc::default(),
            view,
            page: Page::Main,
            drawer: None,
            drag: None,
            diamond: None,
            followers: BTreeMap::new(),
            history: History::default(),
            generation: 0,
            since: 0,
            origin: None,
            is_address_kept: false,
            is_restored: false,
            entries: Vec::new(),
            notices: Vec::new(),
            asking: Asking::default(),
            searches: 0,
            members: MEMBERS,
            retries: 0,
        }
    }

    /// The state with the scenario and view of a link or of stored text, without a step of
    /// undo; a text that cannot be used leaves the state as it was and adds a notice.
    #[must_use]
    pub fn restored(self, text: &str) -> Self {
        Self {
            history: self.history.clone(),
            ..super::reduce(&self, Action::StoredOpened(text.to_owned()))
        }
    }

    /// Text of the whole state for the URL fragment and for storage, beginning with `#`.
    pub fn link(&self) -> String {
        link::encode(self)
    }

    /// The text in a number box that was not simply taken.
    pub fn entry(&self, knob: Knob) -> Option<&Entry> {
        let own = self.entries.iter().find(|(own, _)| *own == knob);
        own.map(|(_, entry)| entry)
    }

    /// Whether a drag is in progress; axes are held meanwhile.
    pub fn dragging(&self) -> bool {
        self.drag.is_some()
    }
}

impl View {
    /// What a pack opens with.
    pub fn of(catalogue: &Catalogue) -> Self {
        Self {
            group: catalogue.groups.len(),
            figures: (0..catalogue.figures.len().min(4)).collect(),
            compare_baseline: true,
            large_text: false,
            spread: Spread::Whole,
            year: catalogue.years.first().copied().unwrap_or_default(),
            target: None,
            joint: None,
        }
    }
}

/// Everything that can happen to the state.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The pointer went down on a slider: moves until the end are one step of undo.
    DragStarted(Knob),
    /// A knob has a new shown value; brought to the step grid and the range. Outside a drag
    /// it is a step of undo of its own.
    Moved(Knob, f64),
    /// The pointer was lifted.
    DragEnded,
    /// Escape during a drag: back to its start.
    DragCancelled,
    /// A target's diamond is taken up; targets whose outcome is not open have none.
    DiamondTaken(usize),
    /// The diamond that was taken up is held at a value; the lever that follows it is dragged from
    /// then on, and stands where a run says.
    DiamondMoved(f64),
    /// Another lever follows the diamond, now and when it is taken up again.
    FollowerChosen(usize),
    /// The diamond is left alone.
    DiamondLeft,
    /// A text was typed into a number box and confirmed ("12,000", "1.2万", "15%").
    Typed(Knob, String),
    /// What was typed is forgotten.
    EntryDropped(Knob),
    /// Why a lever stands beyond all that was reached or promised; empty where the user gives no reason.
    Reasoned(usize, String),
    /// That many steps up or down (keys, −/+ buttons); repeats within one press are one step of
    /// undo.
    Stepped {
        /// Which one.
        knob: Knob,
        /// Steps, negative is down.
        by: i32,
        /// Whether the key or button is held and this is a repeat.
        repeat: bool,
    },
    /// Back to the pack's default, timing included.
    Reset(Knob),
    /// Every lever back to its default; assumptions stay.
    ResetLevers,
    /// Every assumption back to its default.
    ResetAssumptions,
    /// Levers and assumptions back to their defaults.
    ResetAll,
    /// A lever's start in model time; brought to quarters and to the allowed span.
    StartMoved(usize, f64),
    /// How a lever builds up.
    RampChosen(usize, Ramp),
    /// The solver leaves a lever where it is, or may move it again.
    LockToggled(usize),
    /// A scenario takes the place of the one at hand: an answer of the solver.
    Applied(Rc<Scenario>),
    /// The solver is opened for some targets; for none, for those it was asked for last or the first ones.
    SolverOpened(BTreeSet<usize>),
    /// What is asked of the solver; brought to what is allowed.
    AskingChanged(Asking),
    /// A search is wanted; there is none without targets.
    SearchWanted,
    /// The scenario's name.
    Renamed(String),
    /// One step back.
    Undo,
    /// One step forward again.
    Redo,
    /// Text of a link fragment was read.
    LinkOpened(String),
    /// Text that the browser kept was read.
    StoredOpened(String),
    /// What the last visit and the address left has been opened.
    Restored,
    /// What is left of a damaged text is wanted all the same.
    DamagedOpened(String),
    /// The user has seen that the scenario was made with other data.
    OriginSeen,
    /// Opens a drawer in place of any other.
    DrawerOpened(Drawer),
    /// Closes it.
    DrawerClosed,
    /// Another page fills the window.
    PageShown(Page),
    /// A group of levers by position.
    GroupShown(usize),
    /// A chart place (0 is the first) shows a chart of the pack.
    FigureShown {
        /// Place on screen.
        place: usize,
        /// Chart by position in the pack.
        figure: usize,
    },
    /// Draws the dashed baseline or not.
    CompareBaseline(bool),
    /// 大字 on or off.
    LargeText(bool),
    /// Which uncertainty the bands of charts are of.
    SpreadChosen(Spread),
    /// Year that targets are looked at in; one that the pack does not name changes nothing.
    YearChosen(i32),
    /// Target whose levers' effects are shown.
    TargetChosen(usize),
    /// The lever that was put back when a diamond beyond its reach was let go stands there after all.
    FollowerKept(f64),
    /// Targets whose joint probability is shown.
    JointChosen(BTreeSet<usize>),
    /// Members of the ensemble; brought to the allowed range.
    MembersSet(usize),
    /// Something to tell that is no consequence of another action.
    Told(Notice),
    /// What nobody works on any more is to be tried again.
    Retried,
    /// A notice was read.
    NoticeDismissed(Notice),
}
