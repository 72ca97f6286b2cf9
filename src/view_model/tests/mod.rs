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

use super::rows::PageView;
use super::{AssessedRun, Inputs, opening_state, pack_scenario, page};
use crate::ensemble::Standing;
use crate::state::{Action, AppState, Knob, reduce};
use std::rc::Rc;
use tidemark_chart::figure::Axis;
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::{Bound, bind};
use tidemark_pack::record::credibility::Credibility;
use tidemark_pack::relief::Breaches;
use tidemark_pack::runner::Runner;
use tidemark_pack::sources::{Files, TextFile, compile_folder};

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
testtown,rd_gdp,2021,2.9,=,%,final,公布时GDP,统计公报,研发占比2.9%,
testtown,rd_gdp,2022,2.95,=,%,final,公布时GDP,统计公报,研发占比2.95%,
testtown,rd_gdp,2023,2.8,=,%,derived,修订后GDP,推算,,按修订后GDP折算
testtown,rd_gdp,2024,2.85,=,%,revised,修订后GDP,统计公报,研发占比2.85%,
testtown,rd_gdp,2025,3.3,=,%,plan,修订后GDP,计划报告,预计3.3%,
";

/// A town ready to answer.
struct Town {
    bound: Rc<Bound>,
    runner: Runner,
    ensemble: Standing,
}

impl Town {
    #[track_caller]
    fn new() -> Self {
        Self::with_record(None)
    }

    /// The same with what a hindcast says of it.
    #[track_caller]
    fn with_record(record: Option<Credibility>) -> Self {
        Self::edited(record, |pack| pack)
    }

    /// The same with other words in its pack.
    #[track_caller]
    fn edited(record: Option<Credibility>, edit: impl FnOnce(String) -> String) -> Self {
        let pack = edit(format!("{PACK}\n{MORE_PACK}")).replace(
            "reading_years = [2027, 2028, 2030]",
            "reading_years = [2027, 2028, 2030, 2031]",
        );
        let rule = "[status_rule.probability]\nreached_from = 0.8\nrisk_from = 0.5\ntext = \"按概率。\"\n\n";
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
        let (compiled, loaded) = compiled.zip(loaded).unwrap_or_else(|| panic!("{said}"));
        let compiled = compiled.with_credibility(record);
        let bound = bind(&compiled, &loaded, &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
        let runner = Runner::prepare(&bound, &loaded.program).unwrap();
        Self {
            bound: Rc::new(bound),
            runner,
            ensemble: Standing::default(),
        }
    }

    fn state(&self) -> AppState {
        opening_state(&self.bound)
    }

    /// What `read` makes of the state's runs.
    fn with<T>(&mut self, state: &AppState, read: impl FnOnce(&Inputs<'_>) -> T) -> T {
        let scenario = pack_scenario(&self.bound, state);
        let baseline = self.runner.baseline(&self.bound, &scenario);
        let run = self.runner.scenario(&self.bound, &scenario, &baseline);
        let breaches = Breaches {
            scenario: &scenario,
            baseline: &baseline,
            reports: &self.bound.judge_rules(&baseline, &run),
        };
        let reliefs = self.runner.reliefs(&self.bound, &breaches);
        let assessed = |run| Rc::new(AssessedRun::of(&self.bound, run));
        read(&Inputs {
            ensemble: &self.ensemble,
            bound: &self.bound,
            state,
            baseline: &assessed(baseline),
            scenario: &assessed(run),
            held: &[],
            reliefs: &reliefs,
        })
    }

    fn view(&mut self, state: &AppState, held: &[(usize, Axis)]) -> PageView {
        self.with(state, |inputs| page(&Inputs { held, ..*inputs }, None))
    }

    fn page(&mut self, actions: impl IntoIterator<Item = Action>) -> PageView {
        let state = actions.into_iter().fold(self.state(), |s, a| reduce(&s, a));
        self.view(&state, &[])
    }
}

const EFFORT: Knob = Knob::Lever(0);

fn moved(value: f64) -> [Action; 1] {
    [Action::Moved(EFFORT, value)]
}
