//! Rows from a small town: a register of firms, one lever, one assumption.

mod chances;
mod charts;
mod credibility;
mod kept;
mod monitoring;
mod rows;
mod rules;
mod watched;
mod words;
mod years;

use super::chances::{ask, shown, told};
use super::rows::PageView;
use super::{Inputs, Seen, opening_state, pack_scenario, page};
use crate::ensemble::{Answer, Doing, Standing};
use crate::state::{Action, AppState, Knob, reduce};
use std::rc::Rc;
use tidemark_chart::figure::Axis;
use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::Run;
use tidemark_engine::program::Program;
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::compiled::Compiled;
use tidemark_pack::figures::{Centre, Figures, Settled};
use tidemark_pack::record::credibility::Credibility;
use tidemark_pack::relief::Breaches;
use tidemark_pack::runner::Runner;
use tidemark_pack::scenario::Scenario;
use tidemark_pack::sources::{Files, TextFile, compile_folder};
use tidemark_reach::draws::Draws;
use tidemark_reach::effects::Survey;
use tidemark_reach::outcome::Outcome;
use tidemark_reach::scope::Scope;
use tidemark_reach::study::Study;

const PACK: &str = include_str!("../../../crates/pack/tests/it/pack.toml");
const ACTUALS: &str = include_str!("../../../crates/pack/tests/it/actuals.csv");
const MODEL: &str = include_str!("../../../crates/pack/tests/it/model.xmile");

/// A second and a third target, the base of a ratio, two GDP bases, a ratio's chart.
const MORE_PACK: &str = r#"
[[indicator]]
id = "gdp"
label = { zh = "地区生产总值", en = "GDP" }
short = "GDP"
variable = "gdp"
unit = "亿元"
scale = 1.0
model_unit = "yi_yuan/year"
decimals = 0
at = "mean"
definition = "全年"
owner = "市统计局"

[[observed]]
id = "labs"
label = { zh = "实验室", en = "Labs" }
part = "新区"
unit = "家"
decimals = 0

[[observed]]
id = "old_town_firms"
label = { zh = "登记企业数", en = "Firms" }
part = "老城"
unit = "家"
decimals = 0
definition = "在全市登记数之内"

[[observed]]
id = "never_published"
label = { zh = "商标数", en = "Marks" }
unit = "件"
decimals = 0

[[monitored]]
id = "labs.2027"
indicator = "labs"
from = 2027
to = 2027
counted = "level"
comparator = ">="
value = 40.0
source = "plan"
supersedes = "labs.2025"

[[monitored]]
id = "labs.2025"
indicator = "labs"
from = 2025
to = 2025
counted = "level"
comparator = ">="
value = 50.0
source = "plan"
note = "原文为“力争”"

[[monitored]]
id = "firms.watched"
indicator = "firms"
from = 2027
to = 2027
counted = "level"
comparator = ">="
value = 155.0
source = "plan"

[[disagreement]]
id = "labs"
label = "实验室"
kind = "lowered"
statement = [
  { says = "2025年50家", source = "plan" },
  { says = "2027年40家", source = "plan" },
]
note = "两个都列"

[[target]]
id = "rd.2027"
indicator = "rd_gdp"
from = 2027
to = 2027
at = "mean"
comparator = ">="
value = 3.4
source = "plan"
supersedes = "rd.2025"
note = "按重算后的GDP评价"
tile = 2

[[target]]
id = "rd.2025"
indicator = "rd_gdp"
from = 2025
to = 2025
at = "mean"
comparator = ">="
value = 3.2
source = "plan"
note = ""

[[target]]
id = "firms.2030"
indicator = "firms"
label = "远期登记数"
from = 2030
to = 2030
at = "end"
comparator = ">="
value = 250
source = "plan"
note = ""
pending = "基数没有核实"

[[figure]]
id = "rd_gdp"
indicator = "rd_gdp"
from = 2021
to = 2030

[monitoring]
label = "监测表"
source = "plan"
unit = "家"
decimals = 1
periods = ["2024", "2025H1", "2026-03"]
years = [2027, 2028]
total = "firms"
note = "推演只含登记数"
row = [
  { id = "firms", label = "登记企业", depth = 0, office = "市科技局", indicator = "firms", figure = "firms", note = "年末数" },
  { id = "labs", label = "其中：实验室", depth = 1 },
  { id = "memo", label = "附项：登记企业", depth = 0, memo = true, indicator = "firms" },
]
"#;

const MORE_ACTUALS: &str = "\
testtown,old_town_firms,2024,88,=,家,final,,统计公报,老城88家,
testtown,old_town_firms,2025-11,90,=,家,preliminary,,统计月报,老城90家,前11个月
testtown,rd,2025,42,=,亿元,final,,统计公报,研发经费42亿元,
testtown,rd_gdp,2021,2.9,=,%,final,公布时GDP,统计公报,研发占比2.9%,
testtown,rd_gdp,2022,2.95,=,%,final,公布时GDP,统计公报,研发占比2.95%,
testtown,rd_gdp,2023,2.8,=,%,derived,修订后GDP,推算,,按修订后GDP折算
testtown,rd_gdp,2024,2.85,=,%,revised,修订后GDP,统计公报,研发占比2.85%,
testtown,rd_gdp,2025,3.3,=,%,plan,修订后GDP,计划报告,预计3.3%,
";

/// The town's pack with other words in it, and its model.
#[track_caller]
pub(crate) fn compiled(edit: impl FnOnce(String) -> String) -> (Compiled, Loaded) {
    let pack = edit(format!("{PACK}\n{MORE_PACK}")).replace(
        "reading_years = [2027, 2028, 2030]",
        "reading_years = [2027, 2028, 2030, 2031]",
    );
    let rule =
        "[status_rule.probability]\nreached_from = 0.8\nrisk_from = 0.5\ntext = \"按概率。\"\n\n";
    let pack = pack.replacen("[references]", &format!("{rule}[references]"), 1);
    let actuals = format!("{ACTUALS}{MORE_ACTUALS}");
    let file = |name, text| TextFile { name, text };
    let files = Files {
        pack: file("pack.toml", &pack),
        actuals: file("actuals.csv", &actuals),
        model: file("model.xmile", MODEL),
    };
    let mut faults = Diagnostics::new();
    let compiled = compile_folder(&files, &mut faults);
    let loaded = tidemark_engine::load(MODEL, "model.xmile", &mut faults);
    let said: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    compiled.zip(loaded).unwrap_or_else(|| panic!("{said}"))
}

/// A town ready to answer.
struct Town {
    bound: Rc<Bound>,
    program: Program,
    runner: Runner,
    /// What is known of the ensemble.
    ensemble: Standing,
    members: Members,
    /// What was answered, the newest first: what a glance takes in, and all of it.
    answered: Vec<Answered>,
}

/// Who answers a town.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Members {
    /// So many, all of them the model as it stands, for every moment anew.
    Certain(usize),
    /// A thousand, of which so many meet each target, for every moment anew.
    Meeting(usize),
    /// Nobody any more: what was answered last stands.
    Silent,
}

/// An answer, with no lever moved and as the state has them, and the runs that it is of.
#[derive(Clone)]
struct Answered {
    at_rest: Rc<Answer>,
    answer: Rc<Answer>,
    baseline: Rc<Run>,
    run: Rc<Run>,
}

impl Town {
    #[track_caller]
    fn new() -> Self {
        Self::with_record(None)
    }

    /// The same with what a hindcast says of it.
    #[track_caller]
    fn with_record(record: Option<&Credibility>) -> Self {
        Self::edited(record, |pack| pack)
    }

    /// The same with other words in its pack.
    #[track_caller]
    fn edited(record: Option<&Credibility>, edit: impl FnOnce(String) -> String) -> Self {
        let (compiled, loaded) = compiled(edit);
        let compiled = compiled.with_hindcast(record.map(Credibility::summary));
        let mut faults = Diagnostics::new();
        let bound = bind(&compiled, &loaded, &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
        let runner = Runner::prepare(&bound, &loaded.program).unwrap();
        let program = bound.program(&loaded.program);
        let rest = Scenario::baseline();
        let survey = Survey::begin(&bound, &program, Draws::certain(1), &rest).unwrap();
        let effects = Some(Rc::new(survey.finish(&bound).unwrap()));
        Self {
            program,
            bound: Rc::new(bound),
            runner,
            ensemble: Standing {
                doing: Doing::Worker,
                from_fit: Some(false),
                effects: effects.clone(),
                first_effects: effects,
                ..Standing::default()
            },
            members: Members::Certain(4),
            answered: Vec::new(),
        }
    }

    /// The same with other members; what was answered before is kept.
    fn asking(self, members: Members) -> Self {
        Self { members, ..self }
    }

    fn state(&self) -> AppState {
        opening_state(&self.bound)
    }

    /// Asks the members of the state's scenario, as the page does.
    fn answer(&mut self, state: &AppState) {
        let count = match self.members {
            Members::Certain(count) => count,
            Members::Meeting(_) => 1000,
            Members::Silent => return,
        };
        let bound = Rc::clone(&self.bound);
        let (ask, draws) = (ask(&bound, state), Draws::certain(count));
        let scope = Scope::of(&bound, &ask.wish);
        let scenario = pack_scenario(&bound, state);
        let mut study = Study::prepare(&bound, &self.program, draws, &scope).unwrap();
        let mut work = study.begin(&scenario, count);
        while work.progress().0 < count {
            study.advance(&bound, &mut work).unwrap();
        }
        let (mut outcome, mut baseline) = work.into_outcomes();
        if let Members::Meeting(met) = self.members {
            meet(&mut outcome, met);
            meet(&mut baseline, met);
            spread(&mut outcome, &mut baseline);
        }
        let wish = (state.generation, &ask.wish);
        let of = |of: &Outcome| Rc::new(Answer::of(&bound, wish, (of, &baseline), &ask.joint));
        let base = self.runner.baseline(&bound, &scenario);
        let answered = Answered {
            answer: of(&outcome),
            at_rest: of(&baseline),
            run: Rc::new(self.runner.scenario(&bound, &scenario, &base)),
            baseline: Rc::new(base),
        };
        self.ensemble.answer = Some(Rc::clone(&answered.answer));
        self.ensemble.generation = Some(state.generation);
        match ask.wish.is_whole {
            true => self.answered.clear(),
            false => self.answered.retain(|known| known.answer.wish.is_whole),
        }
        self.answered.insert(0, answered);
    }

    /// What `read` makes of the state's runs and of what the members answered.
    fn with<T>(&mut self, state: &AppState, read: impl FnOnce(&Inputs<'_>) -> T) -> T {
        self.answer(state);
        let bound = Rc::clone(&self.bound);
        let scenario = pack_scenario(&bound, state);
        let answered = &self.answered;
        let is_current = self.ensemble.is_of(state.generation);
        let (baseline, run) = match answered.first().filter(|_| is_current) {
            Some(own) => (Rc::clone(&own.baseline), Rc::clone(&own.run)),
            None => {
                let baseline = self.runner.baseline(&bound, &scenario);
                let run = self.runner.scenario(&bound, &scenario, &baseline);
                (Rc::new(baseline), Rc::new(run))
            }
        };
        let settled = |of: fn(&Answered) -> Settled| answered.iter().map(of).collect();
        let now: Vec<Settled> = settled(|own| Settled {
            medians: Rc::clone(&own.answer.now),
            run: Rc::clone(&own.run),
        });
        let base: Vec<Settled> = settled(|own| Settled {
            medians: Rc::clone(&own.answer.base),
            run: Rc::clone(&own.baseline),
        });
        let year = state.view.year;
        let seen = |centre, answer| {
            let chance = told(answer, year);
            Rc::new(Seen::of(&bound, centre, year, &chance))
        };
        let newest = shown(&self.ensemble, state);
        let of_plan = seen(Centre::new(run, now.clone()), newest);
        let at_rest = answered.first().map(|own| &own.at_rest);
        let of_rest = seen(Centre::new(Rc::clone(&baseline), base), at_rest);
        let breaches = Breaches {
            scenario: &scenario,
            driver: &baseline,
            baseline: &of_rest.centre,
            seen: &|run| -> Box<dyn Figures> { Box::new(Centre::new(Rc::new(run), now.clone())) },
            reports: &bound.judge_rules(&of_rest.centre, &of_plan.centre),
        };
        let reliefs = self.runner.reliefs(&bound, &breaches);
        read(&Inputs {
            ensemble: &self.ensemble,
            bound: &bound,
            state,
            baseline: &of_rest,
            scenario: &of_plan,
            held: &[],
            reliefs: &reliefs,
        })
    }

    fn view(&mut self, state: &AppState, held: &[(usize, Axis)]) -> PageView {
        self.with(state, |inputs| page(&Inputs { held, ..*inputs }, None))
    }

    /// The page after some actions, which were done after it opened.
    fn page(&mut self, actions: impl IntoIterator<Item = Action>) -> PageView {
        self.answer(&self.state());
        let state = actions.into_iter().fold(self.state(), |s, a| reduce(&s, a));
        self.view(&state, &[])
    }
}

/// Spreads the figures of every target so that so many members meet it.
fn meet(outcome: &mut Outcome, met: usize) {
    for target in &mut outcome.targets {
        let sign = target.margin(target.wanted + 1.0);
        for (member, value) in target.values.iter_mut().enumerate() {
            let room = met as f64 - 0.5 - member as f64;
            *value = target.wanted * (1.0 + sign * room * 2e-4);
        }
    }
}

/// Spreads the lines of charts by a tenth to either side, and what levers do to them by a half.
fn spread(outcome: &mut Outcome, baseline: &mut Outcome) {
    let lines = outcome.lines.iter_mut().zip(&mut baseline.lines);
    let years = lines.flat_map(|(now, base)| now.values.iter_mut().zip(&mut base.values));
    for (now, base) in years {
        let last = now.len() as f64 - 1.0;
        for (member, (now, base)) in now.iter_mut().zip(base).enumerate() {
            let part = member as f64 / last - 0.5;
            let effect = (*now - *base) * (1.0 + part);
            *base *= 1.0 + 0.2 * part;
            *now = *base + effect;
        }
    }
}

const EFFORT: Knob = Knob::Lever(0);

fn moved(value: f64) -> [Action; 1] {
    [Action::Moved(EFFORT, value)]
}
