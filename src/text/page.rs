//! Words of buttons, headings, drawers and help.
//!
//! One struct, one value a language; [`WORDS`] is the one shown.

/// Every fixed word of the page.
#[derive(Debug, Clone, Copy)]
pub struct PageWords {
    /// Choice of the pack.
    pub choose_pack: &'static str,
    /// Before the scenario's name.
    pub scenario: &'static str,
    /// Button: one step back.
    pub undo: &'static str,
    /// Button: one step forward.
    pub redo: &'static str,
    /// Button: levers and assumptions to their defaults.
    pub reset_all: &'static str,
    /// Button: levers to their defaults.
    pub reset_levers: &'static str,
    /// Button: assumptions to their defaults.
    pub reset_assumptions: &'static str,
    /// Toggle: dashed baseline.
    pub compare: &'static str,
    /// Toggle: large text.
    pub large: &'static str,
    /// Button: print.
    pub print: &'static str,
    /// Button: help.
    pub help: &'static str,
    /// Button on phones: further actions.
    pub more: &'static str,
    /// Button: close a drawer or a message.
    pub close: &'static str,
    /// Region: tiles.
    pub scoreboard: &'static str,
    /// Button: every target.
    pub all_targets: &'static str,
    /// Heading: targets on tiles.
    pub main_targets: &'static str,
    /// Heading: the others.
    pub further_targets: &'static str,
    /// Button: how lights are set.
    pub status_rule: &'static str,
    /// Region and heading: levers.
    pub levers: &'static str,
    /// Button and heading: assumptions.
    pub assumptions: &'static str,
    /// First lines of the assumptions drawer.
    pub assumptions_lead: &'static str,
    /// Said of a slider's number box.
    pub exact_value: &'static str,
    /// Button: one step down.
    pub step_down: &'static str,
    /// Button: one step up.
    pub step_up: &'static str,
    /// Button: one slider to its default.
    pub reset: &'static str,
    /// Button: a lever's drawer.
    pub details: &'static str,
    /// Drawer tab: timing.
    pub timing: &'static str,
    /// Drawer tab: documents and guidance.
    pub practice: &'static str,
    /// Drawer tab: the lever in the model.
    pub in_model: &'static str,
    /// Heading: build-up.
    pub ramp: &'static str,
    /// Label: start.
    pub start: &'static str,
    /// Button: start a quarter earlier.
    pub earlier: &'static str,
    /// Button: start a quarter later.
    pub later: &'static str,
    /// Label: cost.
    pub cost: &'static str,
    /// Label: evidence of the effect.
    pub evidence: &'static str,
    /// Heading: values that documents name.
    pub document_values: &'static str,
    /// Said where nothing is cited.
    pub no_source: &'static str,
    /// Region: charts.
    pub charts: &'static str,
    /// Label of a chart's selector.
    pub choose_chart: &'static str,
    /// Button: chart as table.
    pub table: &'static str,
    /// Button: chart again.
    pub chart: &'static str,
    /// Button: sources.
    pub source: &'static str,
    /// Button: export.
    pub export: &'static str,
    /// Menu: picture.
    pub png: &'static str,
    /// Menu: vector picture.
    pub svg: &'static str,
    /// Menu: data.
    pub csv: &'static str,
    /// Button: one chart over the whole room.
    pub enlarge: &'static str,
    /// Button: all charts again.
    pub shrink: &'static str,
    /// Said of a chart for keyboards.
    pub chart_keys: &'static str,
    /// Region: the answer.
    pub answer: &'static str,
    /// Group of buttons: the year that targets are looked at in.
    pub target_year: &'static str,
    /// Table head: where 80 % of the members lie.
    pub range: &'static str,
    /// Table head: chance.
    pub chance: &'static str,
    /// Region: what moved.
    pub why: &'static str,
    /// Region and heading: money.
    pub money: &'static str,
    /// Button: rules and money.
    pub rules_button: &'static str,
    /// Heading: rules.
    pub rules: &'static str,
    /// Label: cost.
    pub money_cost: &'static str,
    /// Label: available.
    pub money_available: &'static str,
    /// Label: gap.
    pub money_gap: &'static str,
    /// Heading: documents the tiles stand on.
    pub documents: &'static str,
    /// Heading: history of changes.
    pub history: &'static str,
    /// Drawer title of sources.
    pub source_title: &'static str,
    /// Table head: year.
    pub year: &'static str,
    /// Table head: this scenario.
    pub this_scenario: &'static str,
    /// Table head: baseline.
    pub baseline: &'static str,
    /// Table head: difference.
    pub change: &'static str,
    /// Heading: reading years.
    pub readings: &'static str,
    /// Heading: last actual.
    pub last_actual: &'static str,
    /// Said where there is none.
    pub no_actual: &'static str,
    /// Label: definition.
    pub definition: &'static str,
    /// Label: target.
    pub target: &'static str,
    /// Label: where it stands in its document.
    pub locator: &'static str,
    /// Label: base of a figure.
    pub vintage: &'static str,
    /// Table head: lever.
    pub lever: &'static str,
    /// Table head: value.
    pub value: &'static str,
    /// Table head: level.
    pub level: &'static str,
    /// Printed where no lever was moved.
    pub no_lever_moved: &'static str,
    /// While files are read.
    pub loading: &'static str,
    /// Heading of the page that cannot show.
    pub failed: &'static str,
    /// Under it.
    pub failed_lead: &'static str,
    /// Button: try again.
    pub retry: &'static str,
    /// Heading after a crash.
    pub stopped: &'static str,
    /// Under it.
    pub stopped_lead: &'static str,
    /// Button: reload.
    pub reload: &'static str,
    /// Keys and what they do.
    pub keys: &'static [(&'static str, &'static str)],
    /// Marks of the page and what they mean.
    pub legend: &'static [(&'static str, &'static str)],
    /// Heading: keys.
    pub keys_heading: &'static str,
    /// Heading: marks.
    pub legend_heading: &'static str,
    /// Link to the licences of what the page is made of.
    pub licences: &'static str,
    /// Link: the technical reference.
    pub reference: &'static str,
    /// Link: a variable in the technical reference.
    pub model_variable: &'static str,
    /// Said when a file could not be offered.
    pub export_failed: &'static str,
}

/// The words shown: simplified Chinese.
pub const WORDS: PageWords = PageWords {
    choose_pack: "选择地区",
    scenario: "情景",
    undo: "撤销",
    redo: "重做",
    reset_all: "全部恢复基准",
    reset_levers: "恢复全部杠杆",
    reset_assumptions: "恢复全部假设",
    compare: "对比基准",
    large: "大字",
    print: "打印",
    help: "帮助",
    more: "更多操作",
    close: "关闭",
    scoreboard: "目标计分板",
    all_targets: "全部目标",
    main_targets: "计分板目标",
    further_targets: "其他目标",
    status_rule: "判定规则",
    levers: "政策杠杆",
    assumptions: "假设条件",
    assumptions_lead: "这里不是政策。增长、价格、统计口径和模型参数由外部决定，调整它们只说明“如果情况不同会怎样”。",
    exact_value: "精确数值",
    step_down: "减一档步长",
    step_up: "加一档步长",
    reset: "恢复现状",
    details: "节奏、做法与口径",
    timing: "节奏",
    practice: "政策做法",
    in_model: "模型口径",
    ramp: "推进方式",
    start: "起始时间",
    earlier: "提前一个季度",
    later: "推后一个季度",
    cost: "财政成本",
    evidence: "效应依据",
    document_values: "文件与历史中的数值",
    no_source: "假设：没有文件出处",
    charts: "图表",
    choose_chart: "选择图表",
    table: "表格",
    chart: "图形",
    source: "来源",
    export: "导出",
    png: "图片 PNG（2 倍）",
    svg: "矢量图 SVG",
    csv: "数据 CSV",
    enlarge: "放大",
    shrink: "还原",
    chart_keys: "按左右方向键逐年读数，T 表格，I 来源，E 导出",
    answer: "结论",
    target_year: "目标年",
    range: "八成可能",
    chance: "把握",
    why: "为什么",
    money: "资金",
    rules_button: "资金与规则",
    rules: "规则检查",
    money_cost: "方案成本",
    money_available: "可用",
    money_gap: "缺口",
    documents: "目标出处",
    history: "操作记录",
    source_title: "原文出处",
    year: "年份",
    this_scenario: "本方案",
    baseline: "基准",
    change: "变化",
    readings: "各年读数",
    last_actual: "最近实绩",
    no_actual: "没有公布的实绩",
    definition: "统计口径",
    target: "目标",
    locator: "位置",
    vintage: "口径",
    lever: "政策杠杆",
    value: "取值",
    level: "力度",
    no_lever_moved: "全部杠杆处于现状。",
    loading: "正在载入模型与数据…",
    failed: "暂时无法显示结果",
    failed_lead: "数据完整并通过检查之前，不显示任何数字。请按下面的提示处理后重试。",
    retry: "重试",
    stopped: "页面意外停止",
    stopped_lead: "方案已保存在本机，重新载入后恢复到最后一次调整。",
    reload: "重新载入",
    keys: &[
        ("← →", "滑块：一步；图表：前后一年"),
        ("Shift + ← →", "滑块：十步"),
        ("PgUp / PgDn", "滑块：上一档、下一档"),
        ("Home / End", "滑块：到合理区间端点，再按到极限"),
        ("0 或 Backspace", "滑块：恢复现状"),
        ("Enter", "滑块：输入精确数值（可写 1.2万、15%）"),
        ("Esc", "取消拖动；关闭侧栏"),
        ("Alt + 拖动", "不吸附到现状、文件数值和档位"),
        ("L", "滑块：锁定或解锁，锁定的杠杆求解时不动"),
        ("G", "怎样才能达到（求解）"),
        ("Ctrl + Z / Ctrl + Y", "撤销、重做"),
        ("T / I / E", "图表：表格、来源、导出"),
        (
            "↑ ↓",
            "图上的目标菱形：移动，杠杆跟着动；Enter 放手，Esc 取消",
        ),
        ("?", "打开本帮助"),
    ],
    legend: &[
        (
            "● 可达成",
            "达到目标的把握够高；界线见“全部目标”里的判定规则",
        ),
        ("▲ 有风险", "把握居中"),
        ("■ 难达成", "把握偏低"),
        ("◌ 待核", "起点没有核实过的数，只列推演值，不给把握"),
        (
            "◌ 仅供参考",
            "路径没有经过历史检验：有推演值和范围，不给把握",
        ),
        ("◌ 正在计算", "这一方案的把握还没算完"),
        ("灰色", "按另一年看时留在自己年份的目标，或还没更新的数"),
        ("▼", "滑块上的现状"),
        ("◆", "文件或历史中的数值，点击看原文；图上是目标值，可拖动"),
        ("蓝色实线", "本方案"),
        ("灰色虚线", "基准情景（所有杠杆处于现状）"),
        ("黑点 / 空心点", "正式实绩 / 初步、推算或估计"),
        ("S · M · A", "依据较强 · 中等 · 假设"),
    ],
    keys_heading: "键盘",
    legend_heading: "图例",
    licences: "本页所用开源组件的许可声明",
    reference: "技术说明",
    model_variable: "模型变量与方程",
    export_failed: "浏览器没有接受这个文件，请换一种格式或检查下载权限。",
};

/// "来源：市科技局".
pub fn labelled(label: &str, text: &str) -> String {
    format!("{label}：{text}")
}

/// "表格（T）".
pub fn with_key(words: &str, key: &str) -> String {
    format!("{words}（{key}）")
}

/// 「原文」.
pub fn quoted(text: &str) -> String {
    format!("「{text}」")
}
