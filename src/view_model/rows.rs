//! What components are handed: plain rows with finished words, comparable and cheap to clone.

mod slider;

use super::credibility::Badge;
use super::diamond::DiamondMark;
use super::notices::NoticeRow;
use super::rules::RuleBoard;
use super::table::TableOf;
use crate::state::Setting;
use std::rc::Rc;
use tidemark_chart::figure::{Axis, Figure};

pub use slider::{EntryRow, LevelStretch, Reason, SliderRow, TrackTick, Zone, ZoneKind};

/// A status light: colour class, shape and word always together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Light {
    /// `ok`, `risk`, `miss` or `pending`: CSS class.
    pub class: &'static str,
    /// ● ▲ ■ ◌
    pub glyph: &'static str,
    /// 可达成, 有风险, 难达成, 待核.
    pub word: &'static str,
}

/// A published figure of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastActual {
    /// "3.08%"
    pub value: String,
    /// "2023年"
    pub period: String,
    /// 公布, 初步, 修订, 估计, 推算, 计划.
    pub firmness: &'static str,
    /// Whether it is drawn as a ring: anything but a final or revised figure.
    pub ring: bool,
    /// Office, document, date.
    pub source: String,
    /// Verbatim words, empty for a derived figure.
    pub quote: String,
    /// What a reader must know; for a derived figure its arithmetic.
    pub note: String,
    /// Base it stands on, empty where there is only one.
    pub vintage: String,
}

/// One reading year of a target's indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingCell {
    /// Year.
    pub year: i32,
    /// Where 80 % of the members lie, "3.26%—3.74%"; empty where it is not known.
    pub range: String,
    /// Chance that the target's value is met in that year; none where there is none or it is not known.
    pub chance: Option<String>,
    /// Light of that year.
    pub light: Option<Light>,
    /// Projected in the scenario, "3.64%".
    pub value: String,
    /// Projected in the baseline.
    pub baseline: String,
    /// Scenario less baseline: "+0.01 个百分点", "小于显示精度"; empty where equal.
    pub change: String,
}

/// A second figure under a tile's main one (paid in under announced).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// "到位"
    pub label: String,
    /// "412亿元"
    pub value: String,
}

/// How probable a target is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChanceView {
    /// Members that meet it, of how many; for those who look at the page from outside.
    pub members: String,
    /// In steps of 5: 0 is less than 5, 100 more than 95.
    pub percent: u8,
    /// "80%", "<5%", ">95%".
    pub text: String,
    /// "约八成".
    pub words: &'static str,
    /// "十次里约八次落在 3.21%—3.48%"; empty where there is no band.
    pub range: String,
}

/// Several targets at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointView {
    /// How many.
    pub count: usize,
    /// How probable.
    pub chance: ChanceView,
    /// "5项同时达成 <5%（十次里不到一次）".
    pub text: String,
    /// "最弱：研发强度 <5%".
    pub weakest: String,
}

/// How the ensemble stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnsembleView {
    /// Targets that are chosen, at once; `None` until it is known.
    pub joint: Option<JointView>,
    /// "按 1,000 次抽样", what is being done, or why there is no probability.
    pub note: String,
    /// Longer words for the same.
    pub hint: String,
    /// `ok`, `busy`, `slow` or `failed`: CSS class.
    pub class: &'static str,
    /// Whether probabilities are of the scenario that is shown.
    pub is_current: bool,
    /// Whether they are greyed, since they have been of another scenario for longer than a moment.
    pub is_stale: bool,
    /// Whether nobody works on them any more: what is there may be tried again.
    pub is_given_up: bool,
    /// Members done in percent, where that takes longer than a moment.
    pub done: Option<u8>,
    /// Targets that may be chosen: position, whether they are.
    pub choices: Vec<(usize, bool)>,
    /// Which uncertainty is shown.
    pub spread: crate::protocol::Spread,
    /// Members the user set.
    pub members: usize,
}

/// A target on the scoreboard or in the list of further targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRow {
    /// Position in the pack's targets; for `Drawer::Target`.
    pub target: usize,
    /// Id of the target.
    pub id: String,
    /// At most 8 characters.
    pub short: String,
    /// Whole name, with the target's own reading where it has one.
    pub name: String,
    /// Headline year, "2027年" or "2023—2027年".
    pub period: String,
    /// Projected value without unit, "3.64"; "—" where there is none.
    pub value: String,
    /// Unit, "%" or "家".
    pub unit: String,
    /// "≥ 3.75%"
    pub target_text: String,
    /// Status light; 待核 where `pending` is not empty or there is nothing to judge.
    pub light: Light,
    /// "差 0.11 个百分点", "超出 1,200 家", "已达到".
    pub gap: String,
    /// Whether the projected value meets the target and the chance is still short of what counts as reached;
    /// `gap` says both.
    pub is_unsure: bool,
    /// The gap in other words ("≈ 再增 39 亿元研发"), where it can be said.
    pub gap_words: Option<String>,
    /// "预计2029年达到", "到2035年仍达不到"; empty where it is not judged.
    pub when: String,
    /// "2023年以后每年需 +0.17 个百分点，推演每年 +0.12 个百分点"; empty where nothing is needed.
    pub pace: String,
    /// Why no light is shown, empty where it is judged.
    pub pending: String,
    /// "按2027年目标值看2030年", why it keeps its own year; empty where it is looked at in its own.
    pub held: String,
    /// Whether it stands aside, grey: it is not held against the year that is looked at.
    pub is_aside: bool,
    /// Whether light and probability are not of the scenario that is shown, and have not been for longer
    /// than a moment.
    pub is_stale: bool,
    /// Second line.
    pub beside: Option<Beside>,
    /// How probable it is; `None` for a target that is not judged by it, or until it is known.
    pub chance: Option<ChanceView>,
    /// Chart of its indicator, by position in the pack.
    pub figure: Option<usize>,
    /// Source record with the sentence.
    pub source: String,
    /// 征求意见稿, 印发, …
    pub document_status: &'static str,
    /// Whole sentence for screen readers.
    pub aria: String,
}

/// What else there is to say of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetDetails {
    /// The indicator in all reading years, in order.
    pub readings: Vec<ReadingCell>,
    /// Last figure of the past.
    pub last_actual: Option<LastActual>,
    /// Pace and back-casts, a sentence each.
    pub early: Vec<String>,
    /// What a reader must know of this reading.
    pub note: String,
    /// What the indicator counts and what not.
    pub definition: String,
    /// What the wider area wants of the same indicator, with the sentences; no task of this place.
    pub wider: Vec<String>,
    /// Their source records.
    pub wider_sources: Vec<String>,
}

/// Targets of the first screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoreboard {
    /// The tiles in order.
    pub tiles: Rc<[Rc<TargetRow>]>,
    /// "6项主要目标：可达成 2 · 有风险 1 · 难达成 2 · 待核 1".
    pub strip: String,
    /// The status rule in words.
    pub rule: String,
    /// Probabilities.
    pub ensemble: EnsembleView,
}

/// How well something is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// "S", "M", "A".
    pub letter: &'static str,
    /// 依据较强, 依据中等, 假设.
    pub word: &'static str,
    /// CSS class `grade-s`, `grade-m`, `grade-a`.
    pub class: &'static str,
}

/// A lever's timing in words and as control values.
#[derive(Debug, Clone, PartialEq)]
pub struct TimingRow {
    /// Start in model time.
    pub start: f64,
    /// "2027年一季度起" or "自2026年起执行".
    pub start_text: String,
    /// Earliest start that may be chosen.
    pub earliest: f64,
    /// Latest start that may be chosen.
    pub latest: f64,
    /// Chosen build-up.
    pub ramp: crate::state::Ramp,
    /// All choices: value, name, what it means.
    pub choices: Vec<(crate::state::Ramp, &'static str, String)>,
}

/// A lever: its slider, and what else there is to say.
#[derive(Debug, Clone, PartialEq)]
pub struct LeverRow {
    /// Its slider.
    pub slider: Rc<SliderRow>,
    /// Position in the pack.
    pub lever: usize,
    /// Position of its group.
    pub group: usize,
    /// What the user set.
    pub setting: Setting,
    /// "高于现状 4 个百分点", "与现状相同".
    pub delta: String,
    /// How the model treats it.
    pub how: String,
    /// What it alone does to the chosen target in the chosen year; none while that is not known.
    pub effect: Option<Rc<EffectChip>>,
    /// "2028年 6.3亿元/年", "不增支出"; empty at the default.
    pub cost: String,
    /// When it acts.
    pub timing: TimingRow,
    /// Source records; empty means 假设.
    pub sources: Vec<String>,
}

/// A lever's effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectChip {
    /// "2030年 +0.09 个百分点", "对2027年几乎无作用".
    pub text: String,
    /// What that means, for the pointer.
    pub hint: String,
    /// Whether it shows at the precision of the page.
    pub shows: bool,
}

/// An assumption.
#[derive(Debug, Clone, PartialEq)]
pub struct AssumptionRow {
    /// Its slider.
    pub slider: Rc<SliderRow>,
    /// 外部环境, 作用强度, 统计口径.
    pub kind: &'static str,
}

/// A tab of the lever panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupTab {
    /// Position in the pack.
    pub group: usize,
    /// Tab text.
    pub label: String,
    /// How many of its levers differ from their defaults.
    pub changed: usize,
    /// Whether it is shown.
    pub selected: bool,
}

/// A chart's data as words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Column heads.
    pub head: Vec<String>,
    /// Rows, each as long as `head`.
    pub rows: Vec<Vec<String>>,
    /// Place of each row on the chart's time axis, as long as `rows`; the reading line stands there.
    pub at: Vec<f64>,
}

/// A chart with its words, table and file.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureView {
    /// Position in the pack's figures.
    pub index: usize,
    /// Key.
    pub id: String,
    /// Name for menus.
    pub name: String,
    /// What is drawn; `footer` is empty, exports use [`FigureView::footer`].
    pub figure: Rc<Figure>,
    /// Scenario name · data date · model version.
    pub footer: String,
    /// The same as words, made when they are asked for.
    pub table: TableOf,
    /// Name of files without ending: "rd_gdp-基准情景".
    pub file_stem: String,
    /// Source records of its targets.
    pub sources: Vec<String>,
    /// Indicator drawn.
    pub indicator: String,
    /// What it counts and what not.
    pub definition: String,
    /// Targets whose diamonds may be taken up.
    pub diamonds: Vec<DiamondMark>,
}

impl FigureView {
    /// The figure with its footer, for a file; `size` is width and height in CSS pixels.
    pub fn for_export(&self, size: (f64, f64)) -> Figure {
        Figure {
            footer: self.footer.clone(),
            width: size.0,
            height: size.1,
            ..Figure::clone(&self.figure)
        }
    }

    /// The value axis, to be held while a slider is dragged.
    pub fn y_axis(&self) -> &Axis {
        &self.figure.y
    }
}

/// A source sentence with its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCard {
    /// Key.
    pub id: String,
    /// Title of the document.
    pub document: String,
    /// "市科技局 · 甬科〔2022〕1号 · 2022年3月", only what is known.
    pub origin: String,
    /// 征求意见稿, 印发, 答复, …
    pub status: &'static str,
    /// CSS class `draft` or `issued` or `other`.
    pub status_class: &'static str,
    /// Section or paragraph, empty where none is given.
    pub locator: String,
    /// Verbatim sentence.
    pub quote: String,
    /// Targets that stand on it, and what they replace.
    pub notes: Vec<String>,
}

/// Money of the scenario in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyYear {
    /// Year.
    pub year: i32,
    /// "6.3亿元": fiscal cost of all levers.
    pub cost: String,
    /// S&T money not yet bound.
    pub available: String,
    /// What is missing, empty where nothing is.
    pub gap: String,
    /// Cost covered, as a fraction of the longest bar of all years.
    pub covered_fraction: f64,
    /// Cost not covered, as a fraction of the longest bar of all years.
    pub gap_fraction: f64,
    /// Available money, as a fraction of the longest bar of all years.
    pub available_fraction: f64,
}

/// Fiscal cost of the scenario beside the money there is.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyStrip {
    /// One a reading year.
    pub years: Vec<MoneyYear>,
    /// "2028年方案占用科技资金 12.5 亿元，可用 17.0 亿元，够用".
    pub summary: String,
    /// `ok` or `miss`.
    pub class: &'static str,
    /// Indicators of cost and of money at hand; empty where the pack names none.
    pub indicators: Vec<String>,
}

/// The line at the foot of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusBar {
    /// "数据截至 2025年年末"
    pub data: String,
    /// "科技创新模型 0.1.0"
    pub model: String,
    /// "数据包 ningbo 0.1.0 · 1a2b3c4d"
    pub pack: String,
    /// "校验 ✓", or which balance failed.
    pub check: String,
    /// `ok` or `miss`.
    pub check_class: &'static str,
    /// 基线回测 and 政策效应依据.
    pub badges: Vec<Badge>,
}

/// A place in the technical reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceLink {
    /// 技术说明, 模型变量.
    pub words: &'static str,
    /// Relative address, "packs/town.reference.html#l-effort".
    pub href: String,
}

/// A message to the user with its next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `note`, `warning` or `error`: CSS class.
    pub class: &'static str,
    /// What is wrong.
    pub text: String,
    /// What to do, empty where there is nothing.
    pub next: String,
    /// "pack.toml:12:3", empty where not known.
    pub place: String,
}

/// Everything on the screen; what only a drawer shows is made when that is open. A part that an event
/// leaves as it was is the very same one.
#[derive(Debug, Clone, PartialEq)]
pub struct PageView {
    /// Targets on tiles.
    pub scoreboard: Rc<Scoreboard>,
    /// Tabs of the lever panel.
    pub tabs: Rc<[GroupTab]>,
    /// All levers in pack order.
    pub levers: Rc<[Rc<LeverRow>]>,
    /// Levers by position, the one with the most effect on the chosen target and year first.
    pub order: Rc<[usize]>,
    /// "按对2030年研发强度的作用排列"; empty where that is not known.
    pub ordered_by: String,
    /// Years that targets may be looked at in, and whether each is the one.
    pub years: Rc<[(i32, bool)]>,
    /// How many assumptions differ from their defaults.
    pub assumptions_changed: usize,
    /// Charts shown, in their places.
    pub figures: Vec<Rc<FigureView>>,
    /// Names of all charts of the pack, by position.
    pub figure_names: Rc<[String]>,
    /// Money.
    pub money: Rc<MoneyStrip>,
    /// Rules.
    pub rules: RuleBoard,
    /// Whether the pack has a monitoring table.
    pub has_monitoring: bool,
    /// Foot of the page.
    pub status_bar: Rc<StatusBar>,
    /// "与基准相比，2027年研发强度…".
    pub summary: String,
    /// What a screen reader is told once things rest.
    pub live: String,
    /// What undo would take back, "撤销：调整财政科技支出增速"; `None` where there is nothing.
    pub undo: Option<String>,
    /// What redo would bring back.
    pub redo: Option<String>,
    /// Name of the scenario; 基准情景 or 未命名方案 where none was given.
    pub scenario_name: String,
    /// Notices, oldest first.
    pub notices: Rc<[NoticeRow]>,
    /// Said where the scenario was made with other data; empty otherwise.
    pub origin: String,
}
