//! All that a page says of a target is one answer: tile, strip, sentence, title, line, table, file, drawer,
//! solver and 为什么 have the same number and the same verdict, and these are the members' own. Over many
//! scenarios of both places, in jumps and in the middle of drags.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::rc::Rc;

use tidemark_app::ensemble::{Answer, Doing, Standing, Workshop};
use tidemark_app::inquiry;
use tidemark_app::pages::session::{Machine, Session};
use tidemark_app::protocol::inquiry::Question;
use tidemark_app::protocol::{Order, Report};
use tidemark_app::state::{Action, Asking, Knob, WhyOf};
use tidemark_app::text::chance as words;
use tidemark_app::text::number;
use tidemark_app::text::sentence::Measure;
use tidemark_app::view_model::csv::csv;
use tidemark_app::view_model::rows::{FigureView, TargetRow};
use tidemark_app::view_model::{chances, scoreboard, solver, target, why};
use tidemark_chart::figure::Layer;
use tidemark_engine::Uniforms;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::bind;
use tidemark_pack::record::{Comparator, Reading, Target};

use crate::place::{NINGBO, Place, YINZHOU};

/// Scenarios of each place.
const SCENARIOS: u64 = 60;
/// Of these so many are asked of the solver and of 为什么 as well.
const ASKED: u64 = 2;
/// Members; few, since here they need only agree with themselves.
const COUNT: usize = 200;

/// A page and who works for it.
struct Page {
    session: Rc<Session>,
    shop: Workshop,
    middle: Rc<[(String, f64)]>,
    from_fit: bool,
}

impl Page {
    fn open(place: &Place) -> Self {
        let json = place.compiled.to_json();
        let mut faults = Diagnostics::new();
        let model = &place.compiled.model;
        let mut loaded = tidemark_engine::load(&model.text, &model.name, &mut faults).unwrap();
        let bound = bind(&place.compiled, &loaded, &mut faults).unwrap();
        loaded.program = bound.program(&loaded.program);
        let machine = Machine::new(bound, &loaded, String::new(), &[]).unwrap();
        let session = Session::open(machine, &loaded, None).unwrap();
        let mut shop = Workshop::new(256);
        let draws = place.posterior.clone();
        let opened = shop.order(Order::Open { pack: json, draws });
        let [
            Report::Opened {
                from_fit, middle, ..
            },
        ] = opened.as_slice()
        else {
            unreachable!("{opened:?}");
        };
        Self {
            middle: Rc::from(middle.clone()),
            from_fit: *from_fit,
            session: Rc::new(session.after(Action::MembersSet(COUNT))),
            shop,
        }
    }

    fn act(&mut self, action: Action) {
        self.session = Rc::new(self.session.after(action));
    }

    fn standing(&self) -> Standing {
        Standing {
            middle: Some(Rc::clone(&self.middle)),
            from_fit: Some(self.from_fit),
            doing: Doing::Worker,
            ..self.session.ensemble.clone()
        }
    }

    /// The members are asked, and answer.
    fn settle(&mut self) -> Rc<Answer> {
        let bound = &self.session.machine.bound;
        let ask = chances::ask(bound, &self.session.state);
        assert_eq!(self.shop.order(Order::Run(ask)), []);
        let answer = loop {
            if let Some((Report::Answer { head, .. }, numbers)) = self.shop.advance() {
                break Answer::read(bound, head, &numbers).unwrap();
            }
        };
        let answer = Rc::new(answer);
        let standing = Standing {
            answer: Some(Rc::clone(&answer)),
            generation: Some(self.session.state.generation),
            is_stale: false,
            ..self.standing()
        };
        self.session = Rc::new(self.session.told(standing));
        answer
    }

    /// Every row of a target: tiles and the others.
    fn rows(&self) -> Vec<TargetRow> {
        let tiles = self.session.view.scoreboard.tiles.iter();
        let tiles = tiles.map(|row| TargetRow::clone(row));
        tiles
            .chain(scoreboard::further(&self.session.inputs()))
            .collect()
    }

    fn asked(&self, question: &Question) -> inquiry::Standing {
        let mut standing = inquiry::Standing::asked(question.clone());
        self.shop
            .answer(question, &mut |told| standing = standing.clone().told(told));
        standing
    }
}

/// Any levers anywhere in their ranges, now and then another world.
fn moved(page: &Page, case: u64) -> Vec<Action> {
    let pack = page.session.machine.bound.pack();
    let mut uniforms = Uniforms::of_study(2027, 78, case);
    let many = uniforms.next_open();
    let mut actions = vec![Action::ResetAll];
    for (k, lever) in pack.lever.iter().enumerate() {
        if uniforms.next_open() < many {
            let range = if uniforms.next_open() < 0.6 {
                lever.safe
            } else {
                lever.hard
            };
            let value = range.min + (range.max - range.min) * uniforms.next_open();
            actions.push(Action::Moved(Knob::Lever(k), value));
        }
    }
    if uniforms.next_open() < 0.2 {
        for (k, assumption) in pack.assumption.iter().enumerate() {
            if uniforms.next_open() < 0.1 {
                let (min, max) = (assumption.range.min, assumption.range.max);
                let value = min + (max - min) * uniforms.next_open();
                actions.push(Action::Moved(Knob::Assumption(k), value));
            }
        }
    }
    actions
}

/// The number in a text such as "差 1,234.5 家", without its sign.
fn number_in(text: &str) -> f64 {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        .filter(|c| *c != ',')
        .collect();
    digits.parse().unwrap()
}

/// The verdict that the pack's rule gives a share of members, told here once more.
fn verdict(place: &Place, met: usize, members: usize) -> &'static str {
    let rule = place.bound.pack().status_rule.probability.as_ref().unwrap();
    let share = met as f64 / members as f64;
    match share {
        share if share >= rule.reached_from => "可达成",
        share if share >= rule.risk_from => "有风险",
        _ => "难达成",
    }
}

/// One row against the members' answer.
fn row_is_the_answers(place: &Place, page: &Page, row: &TargetRow, answer: &Answer, what: &str) {
    let record = &place.bound.pack().target[row.target];
    let indicator = place.bound.indicator(&record.indicator).unwrap();
    let year = page.session.state.view.year;
    let told = answer.target(&row.id, year);
    let what = format!("{what} {}", row.id);
    if let Some(told) = told
        && let Some(band) = told.band
    {
        let decimals = match record.at {
            Reading::Cagr => 1,
            _ => indicator.decimals,
        };
        let measure = Measure { unit: "", decimals };
        assert_eq!(
            row.value,
            measure.telling(Some(band.p50), record.value),
            "{what}: value"
        );
        // What is short of the target, and what is there, make up the target.
        let is_said = row.gap.starts_with('差') || row.gap.starts_with("超出");
        if is_said && record.comparator != Comparator::About {
            let gap = number_in(&row.gap);
            let is_short = row.gap.starts_with('差') == (record.comparator == Comparator::AtLeast);
            let sum = number_in(&row.value) + if is_short { gap } else { -gap };
            let digit = libm::pow(10.0, -(decimals as f64));
            assert!(
                (sum - record.value).abs() < 0.6 * digit,
                "{what}: {} and {}",
                row.value,
                row.gap
            );
        }
    }
    match told.and_then(|told| told.chance) {
        Some(chance) if row.chance.is_some() => {
            let shown = row.chance.as_ref().unwrap();
            assert_eq!(
                shown.text,
                words::percent(chance.percent()),
                "{what}: chance"
            );
            assert_eq!(shown.words, words::words(chance.percent()), "{what}: words");
            let light = verdict(place, chance.met, chance.members);
            assert_eq!(row.light.word, light, "{what}: light of {chance:?}");
            // A percent never says more than the light.
            assert_eq!(shown.percent >= 80, light == "可达成", "{what}: {shown:?}");
            let is_met = ["超出", "正好"].iter().any(|word| row.gap.contains(word));
            let is_both = row.gap.contains(words::words(chance.percent()));
            assert_eq!(
                row.is_unsure,
                is_met && light != "可达成",
                "{what}: {}",
                row.gap
            );
            assert!(!row.is_unsure || is_both, "{what}: {}", row.gap);
        }
        _ => {
            let is_verdict = ["可达成", "有风险", "难达成"].contains(&row.light.word);
            assert!(
                row.chance.is_none() && !is_verdict,
                "{what}: {:?} {:?}",
                row.light,
                row.chance
            );
        }
    }
    if row.light.word == "待核" {
        assert!(
            row.gap.is_empty() && row.gap_words.is_none() && row.when.is_empty(),
            "{what}"
        );
        assert!(
            !row.pending.is_empty(),
            "{what}: nothing says what is missing"
        );
    }
}

/// Tiles against strip, first sentence and joint chance.
fn sentences_say_what_tiles_say(page: &Page, answer: &Answer, what: &str) {
    let (view, state) = (&page.session.view, &page.session.state);
    let board = &view.scoreboard;
    for light in [
        "可达成",
        "有风险",
        "难达成",
        "待核",
        "仅供参考",
        "待公布",
        "不评价",
        "正在计算",
    ] {
        let count = board
            .tiles
            .iter()
            .filter(|row| row.light.word == light)
            .count();
        let said = board.strip.contains(&format!("{light} {count}"));
        assert!(
            said || count == 0 && !board.strip.contains(light),
            "{what}: {}",
            board.strip
        );
    }
    for row in board.tiles.iter() {
        let said = row
            .chance
            .as_ref()
            .map(|chance| format!("{}{}", row.short, chance.words));
        let is_said = said
            .as_ref()
            .is_some_and(|said| view.summary.contains(said.as_str()));
        let is_own = !row.is_aside && row.chance.is_some();
        assert_eq!(is_said, is_own, "{what}: {} in {}", row.id, view.summary);
    }
    let joint = answer.joint(state.view.year);
    let shown = board.ensemble.joint.as_ref();
    assert_eq!(
        shown.map(|joint| joint.chance.text.clone()),
        joint.map(|chance| words::percent(chance.percent())),
        "{what}: joint"
    );
    assert!(
        view.live.starts_with(&view.summary) && view.live.contains(&board.strip),
        "{what}"
    );
    // The light that a clause says has changed is the tile's.
    for row in board.tiles.iter() {
        let told = format!("{}由", row.short);
        if let Some(at) = view.summary.find(&told) {
            let rest = &view.summary[at + told.len()..];
            let end = rest.find(['，', '；', '。']).unwrap_or(rest.len());
            assert!(
                rest[..end].ends_with(row.light.word),
                "{what}: {}",
                view.summary
            );
        }
    }
}

/// The row of a year in a chart's table.
fn cells(figure: &FigureView, year: i32) -> Option<Vec<String>> {
    let rows = &figure.table.get().rows;
    rows.iter()
        .find(|row| row[0] == format!("{year}年"))
        .cloned()
}

/// A chart against the rows of its targets and against the members' medians.
fn charts_say_what_tiles_say(place: &Place, page: &Page, rows: &[TargetRow], what: &str) {
    let centre = &page.session.inputs().scenario.centre;
    for figure in &page.session.view.figures {
        let what = format!("{what} {}", figure.id);
        let indicator = place.bound.indicator(&figure.indicator).unwrap();
        let column = |head: &str| {
            let heads = &figure.table.get().head;
            heads.iter().position(|h| h.starts_with(head)).unwrap()
        };
        // The line, the table and the file go through the same numbers.
        let file = csv(figure);
        let lines = figure.figure.layers.iter().filter_map(|layer| match layer {
            Layer::Line { points, .. } => Some(points.as_slice()),
            _ => None,
        });
        let points: Vec<(f64, f64)> = lines.flatten().copied().collect();
        for year in 2020..=2030 {
            let Some(value) = place.bound.yearly_value(centre, &figure.indicator, year) else {
                continue;
            };
            assert!(
                points.iter().any(|(_, y)| *y == value),
                "{what}: {year} is not on the line"
            );
            let cell = &cells(figure, year).unwrap()[column("本方案")];
            assert_eq!(
                *cell,
                number::fixed(value, indicator.decimals),
                "{what}: {year}"
            );
            let line = file
                .lines()
                .find(|l| l.starts_with(&format!("{year}年,")))
                .unwrap();
            let plain = cell.replace(',', "").replace('−', "-");
            assert!(line.contains(&plain), "{what}: {line}");
        }
        // The title speaks of the first tile's target, in its numbers.
        let own = rows.iter().filter(|row| {
            let target: &Target = &place.bound.pack().target[row.target];
            target.indicator == figure.indicator && target.from == target.to && target.tile > 0
        });
        for row in own {
            let title = &figure.figure.title;
            assert!(
                title.contains(&format!("约 {}", row.value)),
                "{what}: {title}, {}",
                row.value
            );
            assert!(
                title.contains(&row.period),
                "{what}: {title}, {}",
                row.period
            );
            let gap = row.gap.split(['，', '（']).next().unwrap();
            assert!(
                row.light.word == "待核" || title.contains(gap),
                "{what}: {title}, {}",
                row.gap
            );
        }
    }
}

/// What opens of a target against its row.
fn drawers_say_what_tiles_say(place: &Place, page: &Page, answer: &Answer, what: &str) {
    let inputs = page.session.inputs();
    for (k, record) in place.bound.pack().target.iter().enumerate() {
        let Some((row, details)) = target::target(&inputs, k) else {
            continue;
        };
        let what = format!("{what} {} drawer", record.id);
        row_is_the_answers(place, page, &row, answer, &what);
        for cell in &details.readings {
            let told = answer.target(&record.id, cell.year);
            let chance = told.and_then(|told| told.chance);
            let told_own = place.bound.held(record, cell.year).1.to == cell.year;
            if let (Some(shown), Some(chance), true) = (&cell.chance, chance, told_own) {
                assert_eq!(
                    *shown,
                    words::percent(chance.percent()),
                    "{what}: {}",
                    cell.year
                );
                let light = cell.light.unwrap().word;
                assert_eq!(light, verdict(place, chance.met, chance.members), "{what}");
            } else {
                assert!(
                    cell.light.is_none() && cell.chance.is_none(),
                    "{what}: {cell:?}"
                );
            }
            if cell.year == page.session.state.view.year && row.chance.is_some() && told_own {
                let shown = number_in(&cell.value);
                let decimals = place.bound.indicator(&record.indicator).unwrap().decimals;
                let digit = libm::pow(10.0, -(decimals as f64));
                assert!(
                    (shown - number_in(&row.value)).abs() < 0.6 * digit,
                    "{what}: {cell:?}"
                );
                let chance = row.chance.as_ref().map(|chance| chance.text.clone());
                assert_eq!(cell.chance, chance, "{what}");
                assert_eq!(
                    cell.light.map(|light| light.word),
                    Some(row.light.word),
                    "{what}"
                );
            }
        }
    }
}

/// While something is dragged nothing of an earlier scenario is told as if it were of this one.
fn nothing_is_stale(page: &mut Page, what: &str) {
    let pack = page.session.machine.bound.pack();
    let (min, max) = (pack.lever[0].hard.min, pack.lever[0].hard.max);
    page.act(Action::DragStarted(Knob::Lever(0)));
    let now = page.session.state.scenario.levers.contains_key(&0);
    page.act(Action::Moved(Knob::Lever(0), if now { min } else { max }));
    for figure in &page.session.view.figures {
        let heads = &figure.table.get().head;
        assert!(
            !heads.iter().any(|head| head.contains("80%区间")),
            "{what}: {heads:?}"
        );
    }
    let standing = Standing {
        is_stale: true,
        ..page.standing()
    };
    page.session = Rc::new(page.session.told(standing));
    let has_bands = |page: &Page| {
        let figures = page.session.view.figures.iter();
        let layers = figures.flat_map(|figure| figure.figure.layers.clone());
        layers
            .into_iter()
            .any(|layer| matches!(layer, Layer::Band { .. }))
    };
    assert!(!has_bands(page), "{what}: bands of an earlier scenario");
    for row in page.rows() {
        let is_verdict = row.chance.is_some();
        assert_eq!(row.is_stale, is_verdict, "{what}: {}", row.id);
    }
    assert!(page.session.view.summary.contains("正在计算"), "{what}");
    let given_up = Standing {
        doing: Doing::Nobody,
        ..page.standing()
    };
    page.session = Rc::new(page.session.told(given_up));
    for row in page.rows() {
        let is_verdict = ["可达成", "有风险", "难达成"].contains(&row.light.word);
        assert!(
            row.chance.is_none() && !is_verdict,
            "{what}: {:?} of nobody",
            row.light
        );
    }
    let summary = &page.session.view.summary;
    let is_told = summary.contains("算不出") && !summary.contains("正在计算");
    assert!(is_told, "{what}: {summary}");
    let back = page.standing();
    page.session = Rc::new(page.session.told(back));
    page.act(Action::DragCancelled);
}

/// The solver's card of the scenario at hand, and both ends of 为什么.
fn answers_say_what_tiles_say(place: &Place, page: &mut Page, rows: &[TargetRow], what: &str) {
    let judged = rows
        .iter()
        .find(|row| row.chance.is_some() && !row.is_aside);
    let Some(row) = judged else { return };
    page.act(Action::AskingChanged(Asking {
        targets: [row.target].into(),
        ..page.session.state.asking.clone()
    }));
    let (bound, state) = (&page.session.machine.bound, &page.session.state);
    let seek = Question::Seek(solver::question(bound, state));
    let view = solver::view(bound, state, &page.asked(&seek));
    let now = view.now.unwrap();
    let chance = row.chance.as_ref().unwrap();
    assert_eq!(now.chance, chance.text, "{what}: the solver's now");
    let line = now.targets.first().unwrap();
    assert!(
        line.value.contains(&row.value),
        "{what}: {} and {}",
        line.value,
        row.value
    );
    let of = WhyOf::Target(row.target);
    let question = why::question(bound, state, of).unwrap();
    let because = why::view(bound, state, of, &page.asked(&question)).unwrap();
    // Both ends are the page's: the figure with no lever moved, and as it stands.
    let (_, details) = target::target(&page.session.inputs(), row.target).unwrap();
    let cell = details
        .readings
        .iter()
        .find(|cell| cell.year == state.view.year);
    if let (Some(cell), Some(last)) = (cell, because.bars.last()) {
        let ends = [&because.bars[0].value, &last.value].map(|end| number_in(end));
        let decimals = place
            .bound
            .indicator(&place.bound.pack().target[row.target].indicator)
            .unwrap()
            .decimals;
        let digit = libm::pow(10.0, -(decimals as f64));
        for (end, own) in ends.iter().zip([&cell.baseline, &cell.value]) {
            assert!(
                (end - number_in(own)).abs() < 0.6 * digit,
                "{what}: {ends:?}, {cell:?}"
            );
        }
    }
}

fn walk(place: &Place, many: u64) {
    let mut page = Page::open(place);
    page.settle();
    let years = place.bound.pack().meta.reading_years.clone();
    for case in 0..many {
        for action in moved(&page, case) {
            page.act(action);
        }
        let year = years[case as usize % years.len()];
        page.act(Action::YearChosen(year));
        let figures = place.bound.pack().figure.len();
        for k in 0..2 {
            let figure = (case as usize * 2 + k) % figures;
            page.act(Action::FigureShown { place: k, figure });
        }
        let before = page.rows();
        for row in &before {
            assert_ne!(row.value, "", "{}", row.id);
        }
        let answer = page.settle();
        let what = format!("{} {case} in {year}:", place.bound.pack().meta.id);
        let rows = page.rows();
        for row in &rows {
            row_is_the_answers(place, &page, row, &answer, &what);
        }
        sentences_say_what_tiles_say(&page, &answer, &what);
        charts_say_what_tiles_say(place, &page, &rows, &what);
        drawers_say_what_tiles_say(place, &page, &answer, &what);
        if case < ASKED {
            answers_say_what_tiles_say(place, &mut page, &rows, &what);
        }
        if case % 5 == 0 {
            nothing_is_stale(&mut page, &what);
        }
    }
}

#[test]
fn every_surface_of_the_city_says_the_same() {
    walk(&NINGBO, SCENARIOS);
}

#[test]
fn every_surface_of_the_district_says_the_same() {
    walk(&YINZHOU, SCENARIOS);
}
