//! Faults of models and packs in Chinese: a sentence and a next step by code.
//!
//! Placeholders `{0}`, `{1}`, … are the fault's subjects in the order of `docs/diagnostics.md`;
//! a part in `[ ]` is left out where a subject in it is empty. A code without a row is not an
//! error: the caller shows the English message.

use tidemark_engine::diag::Diagnostic;

/// Who mends a fault, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mend {
    /// The model file.
    Model,
    /// The records or figures of the pack.
    Pack,
    /// The file on the server.
    File,
}

impl Mend {
    fn next(self) -> &'static str {
        match self {
            Self::Model => "请分析人员改正模型文件的这一处，用 tidemark check 复查后重新发布",
            Self::Pack => "请维护人员改正数据包的这一处，用 tidemark pack 复查后重新发布",
            Self::File => {
                "请维护人员把完整的 .pack.json 和同名的其他文件重新复制到服务器，然后刷新页面"
            }
        }
    }
}

/// A fault in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What is wrong.
    pub text: String,
    /// What to do.
    pub next: &'static str,
}

/// A fault in Chinese; `None` for a code this page does not know.
pub fn said(fault: &Diagnostic) -> Option<Said> {
    let (_, template, mend) = ROWS.iter().find(|(code, _, _)| *code == fault.code)?;
    let subjects: Vec<String> = fault.subject.iter().map(|s| translated(s)).collect();
    Some(Said {
        text: filled(template, &subjects),
        next: mend.next(),
    })
}

/// Kinds of records in Chinese; anything else as it is.
fn translated(subject: &str) -> String {
    let kind = KINDS.iter().find(|(en, _)| *en == subject);
    kind.map_or(subject, |(_, zh)| zh).to_owned()
}

const KINDS: &[(&str, &str)] = &[
    ("lever", "杠杆"),
    ("assumption", "假设"),
    ("indicator", "指标"),
    ("target", "目标"),
    ("rule", "规则"),
    ("source", "来源"),
    ("figure", "图"),
    ("group", "分组"),
    ("meta", "基本信息"),
    ("money", "资金"),
    ("references", "基准路径"),
    ("status_rule", "评价规则"),
    ("pack", "数据包"),
];

/// The template with its subjects; bracketed parts without their subject are left out.
fn filled(template: &str, subjects: &[String]) -> String {
    let mut out = String::new();
    for (k, part) in template.split(['[', ']']).enumerate() {
        let optional = k % 2 == 1;
        if let Some(text) = part_filled(part, subjects, optional) {
            out.push_str(&text);
        }
    }
    out
}

/// `None` for an optional part with an empty subject.
fn part_filled(part: &str, subjects: &[String], optional: bool) -> Option<String> {
    let mut out = String::new();
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('{') {
        let (index, after) = after.split_once('}')?;
        let subject = match index {
            "*" => subjects.join(" → "),
            index => subjects
                .get(index.parse::<usize>().ok()?)
                .cloned()
                .unwrap_or_default(),
        };
        if subject.is_empty() && optional {
            return None;
        }
        out.push_str(before);
        out.push_str(&subject);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

use Mend::{File, Model, Pack};

/// Code, sentence, who mends it.
const ROWS: &[(&str, &str, Mend)] = &[
    // The model file.
    ("file-too-large", "模型文件有 {0} 字节，超过上限 {1}", Model),
    ("bad-xml", "模型文件不是完整的 XML[：{0}]", Model),
    ("unknown-entity", "模型文件里的 &{0}; 不代表任何字符", Model),
    ("too-deep", "模型文件嵌套超过 {0} 层", Model),
    (
        "not-xmile",
        "这不是 XMILE 模型文件（最外层是 <{0}>）",
        Model,
    ),
    (
        "unknown-part",
        "<{1}> 里没有 {0} 这一项[，最接近的是 {2}]",
        Model,
    ),
    (
        "duplicate-part",
        "{1} 里 {0} 写了两次，前一次在第 {2} 行",
        Model,
    ),
    ("stray-text", "<{1}> 里不能有文字“{0}”", Model),
    (
        "vendor-part",
        "<{1}> 里的 {0} 是其他软件自定的，含义不明",
        Model,
    ),
    ("bad-value", "“{0}”应当是 {1}", Model),
    ("no-model", "文件里没有模型", Model),
    ("no-variables", "模型[ {0} ]里没有变量", Model),
    ("unused-model", "没有模块使用模型 {0}，它不参与推演", Model),
    ("no-sim-specs", "模型没有写明时间范围（sim_specs）", Model),
    (
        "method-substituted",
        "积分方法 {0} 是可选方法，已改用 {1}",
        Model,
    ),
    ("no-time-bound", "模型没有写明 {0}，已取默认值", Model),
    (
        "bad-time-grid",
        "时间范围无法推演：从 {0} 到 {1}，步长 {2}",
        Model,
    ),
    (
        "uneven-time-grid",
        "从 {0} 起每隔 {2} 保存，最后落在 {3}，到不了 {1}",
        Model,
    ),
    (
        "single-row",
        "从 {0} 到 {1} 每隔 {2} 保存，只存下第一个时刻",
        Model,
    ),
    (
        "bad-save-interval",
        "保存间隔 {0} 不是步长 {1} 的整倍数",
        Model,
    ),
    ("bad-number", "“{0}”应当是一个数", Model),
    ("too-many-variables", "变量超过上限 {0} 个", Model),
    ("too-many-modules", "模块逐层展开后超过上限 {0} 个", Model),
    ("too-large", "数组和宏展开后过大[：{0}][，上限 {1}]", Model),
    ("ignored-element", "<{0}> 不是 XMILE 的内容，已略过", Model),
    ("bad-dimension", "维度 {0} 的定义有误", Model),
    (
        "unknown-dimension",
        "没有名为 {0} 的维度[，最接近的是 {1}]",
        Model,
    ),
    ("bad-subscript", "数组 {0} 的下标“{1}”不对", Model),
    (
        "needs-element",
        "{0} 是数组（维度 {1}），这里要的是一个数",
        Model,
    ),
    (
        "unknown-module",
        "文件里没有模块要用的模型 {0}[，最接近的是 {1}]",
        Model,
    ),
    ("bad-connection", "模块 {0} 没有输入[ {1}]", Model),
    ("contains-itself", "{0} 包含了它自己", Model),
    ("too-many-faults", "另有 {0} 处问题未列出", Model),
    (
        "unsupported-element",
        "模型用了不支持的构件 {0}[（{1}）]",
        Model,
    ),
    ("unsupported-function", "模型用了不支持的函数 {0}", Model),
    ("unsupported-method", "模型用了不支持的积分方法 {0}", Model),
    ("no-name", "有一个 {0} 没有名称", Model),
    ("reserved-name", "变量名 {0} 是保留字", Model),
    ("duplicate-name", "重名[：{0}][，前一个在第 {1} 行]", Model),
    ("bad-name", "名称“{0}”过长、空白或含有控制字符", Model),
    ("no-equation", "变量 {0} 没有方程", Model),
    (
        "unknown-name",
        "没有名为 {0} 的变量[，最接近的是 {1}]",
        Model,
    ),
    (
        "unknown-function",
        "没有名为 {0} 的函数[，最接近的是 {1}]",
        Model,
    ),
    (
        "wrong-arguments",
        "函数 {0} 的参数个数不对，写了 {1} 个",
        Model,
    ),
    ("no-lookup", "变量 {0} 没有表函数的点", Model),
    (
        "bad-lookup",
        "变量 {0} 的表函数有误：缺点、横纵个数不等，或横坐标不递增",
        Model,
    ),
    ("bad-order", "延迟或平滑的阶数应是范围内的整数", Model),
    ("bad-syntax", "方程读不懂，多出或放错了“{0}”", Model),
    ("bad-character", "方程里有不认识的符号“{0}”", Model),
    ("unclosed", "方程里缺少“{0}”", Model),
    ("not-a-flow", "存量 {1} 列出的 {0} 不是流量", Model),
    (
        "flow-both-ways",
        "流量 {0} 既流入又流出存量 {1}，等于没有",
        Model,
    ),
    (
        "negative-initial",
        "存量 {0} 不得为负，初始值却是 {1}，已按 0 计算",
        Model,
    ),
    ("loose-flow", "流量 {0} 没有接入任何存量", Model),
    ("cycle", "方程循环引用：{*}", Model),
    ("initial-cycle", "初始值循环引用：{*}", Model),
    ("bad-unit", "单位“{0}”读不懂[：{1}]", Model),
    ("too-many-units", "单位过多，超过上限[ {0} 个]", Model),
    ("missing-unit", "变量 {0} 没有写单位", Model),
    ("missing-time-unit", "模型没有写时间单位", Model),
    (
        "unit-declared",
        "变量 {0} 的单位写作 {1}，方程给出的是 {2}",
        Model,
    ),
    (
        "unit-flow",
        "流量 {0} 与存量 {1} 的单位不合：应为 {2}，实为 {3}",
        Model,
    ),
    (
        "unit-mismatch",
        "变量 {0} 的方程里单位不一致：{1} 与 {2}",
        Model,
    ),
    (
        "unit-argument",
        "变量 {0} 的方程里 {1} 的单位应为 {2}，实为 {3}",
        Model,
    ),
    (
        "unit-power",
        "变量 {0} 对带单位（{1}）的量作了不允许的乘方",
        Model,
    ),
    // The compiled file.
    ("pack-empty", "数据包文件是空的", File),
    ("pack-is-a-page", "服务器返回的是网页，不是数据包", File),
    (
        "pack-too-large",
        "数据包文件过大，可能不是本页的数据包",
        File,
    ),
    (
        "pack-truncated",
        "数据包文件不完整，可能在复制时被截断",
        File,
    ),
    ("pack-damaged", "数据包文件已损坏", File),
    ("pack-shape", "数据包的结构与本页不符", File),
    (
        "pack-format",
        "数据包是第 {1} 版格式，本页只读第 {2} 版",
        File,
    ),
    (
        "pack-hash",
        "数据包内容与校验码不符，文件可能被改动或截断",
        File,
    ),
    (
        "credibility-of-another-pack",
        "可信度记录属于另一份数据包（{1}），本页的数据包是 {2}；网站可能刚更新过，请先刷新页面",
        File,
    ),
    // The folder.
    // Records.
    ("bad-id", "{0} {1} 的编号不合规（{2}）", Pack),
    ("duplicate-id", "{0} {1} 重号（{2}）", Pack),
    ("unknown-id", "{0} {1} 引用了不存在的记录（{2}）", Pack),
    ("empty", "{0} {1} 有空字段（{2}）", Pack),
    ("not-finite", "{0} {1} 的数值无效（{2}）", Pack),
    ("scale", "{0} {1} 的换算系数有误（{2}）", Pack),
    ("decimals", "{0} {1} 的小数位数有误（{2}）", Pack),
    ("step", "{0} {1} 的步长有误（{2}）", Pack),
    ("off-grid", "{0} {1} 的数值不在步长刻度上（{2}）", Pack),
    ("date", "{0} {1} 的日期有误（{2}）", Pack),
    ("meta-name", "{0} {1} 的名称不合规（{2}）", Pack),
    ("meta-times", "{0}的时间先后有误（{2}）", Pack),
    ("reading-years", "{0}的评价年份有误（{2}）", Pack),
    ("status-rule", "{0}的界限有误（{2}）", Pack),
    ("lever-range", "{0} {1} 的范围有误或缺失（{2}）", Pack),
    ("lever-levels", "{0} {1} 的档位有误（{2}）", Pack),
    ("lever-steps", "{0} {1} 的刻度过密或过疏（{2}）", Pack),
    ("lever-ramp", "{0} {1} 的到位年数有误（{2}）", Pack),
    ("lever-mark", "{0} {1} 的文件刻度超出范围（{2}）", Pack),
    ("assumption-range", "{0} {1} 的范围有误（{2}）", Pack),
    ("short-name", "{0} {1} 的简称过长（{2}）", Pack),
    ("target-without-source", "{0} {1} 没有来源（{2}）", Pack),
    ("target-years", "{0} {1} 的年份有误（{2}）", Pack),
    ("supersedes-itself", "{0} {1} 取代了自己（{2}）", Pack),
    (
        "duplicate-tile",
        "{0} {1} 与别的目标占用同一位置（{2}）",
        Pack,
    ),
    ("rule-years", "{0} {1} 的检查年份有误（{2}）", Pack),
    ("rule-materiality", "{0} {1} 的计较下限有误（{2}）", Pack),
    ("rule-kind", "{0} {1} 的类别与检查方式不符（{2}）", Pack),
    ("rule-without-source", "{0} {1} 没有出处（{2}）", Pack),
    ("source-without-quote", "{0} {1} 没有引文（{2}）", Pack),
    ("file-name", "{0} {1} 的文件名不合规（{2}）", Pack),
    ("figure-years", "{0} {1} 的年份范围有误（{2}）", Pack),
    // Figures of the past.
    ("actual-duplicate", "实绩重复（{*}）", Pack),
    ("actual-indicator", "实绩的指标不在数据包里（{*}）", Pack),
    ("actual-unit", "实绩的单位与指标不同（{*}）", Pack),
    ("actual-period", "实绩的时间读不懂（{*}）", Pack),
    ("actual-source", "实绩没有来源（{*}）", Pack),
    ("table-unit", "{0}的单位与表不同（{2}）", Pack),
    (
        "setting-figure",
        "{0} {1} 须写 value 或 share 之一（{2}）",
        Pack,
    ),
    ("actual-quote", "实绩没有引文（{*}）", Pack),
    ("actual-place", "实绩的地区不对（{*}）", Pack),
    // Pack and model together.
    (
        "unknown-variable",
        "{0} {1} 指向的变量模型里没有（{2}）",
        Pack,
    ),
    (
        "not-a-constant",
        "{0} {1} 要设的变量由模型计算，不能设（{2}）",
        Pack,
    ),
    ("set-twice", "{0} {1} 与别的记录设同一个变量（{2}）", Pack),
    ("default-differs", "{0} {1} 的基准值与模型不同（{2}）", Pack),
    ("unit-differs", "{0} {1} 的单位与模型不同（{2}）", Pack),
    ("stops-early", "{0} {1} 在推演结束前就停止（{2}）", Pack),
    (
        "year-outside-run",
        "{0} {1} 的年份不在推演范围内（{2}）",
        Pack,
    ),
    ("not-drivable", "{0} {1} 的路径不能代入（{2}）", Pack),
    (
        "cutoff-outside-run",
        "数据截止时刻在推演范围之外（{2}）",
        Pack,
    ),
    ("prior", "{0} {1} 的先验分布不成立（{2}）", Pack),
    ("too-many-fitted", "拟合参数过多（{2}）", Pack),
    ("observation", "实绩用法的说明有误：{0} {1}（{2}）", Pack),
    ("year-not-whole-steps", "一年不是整数个步长（{2}）", Pack),
];

#[cfg(test)]
mod tests {
    use super::*;
    use tidemark_engine::diag::Place;

    #[track_caller]
    fn check(code: &'static str, subjects: &[&str], expected: &str) {
        let fault = Diagnostic::error(code, Place::default(), "english");
        let fault = fault.about(subjects.iter().copied());
        assert_eq!(said(&fault).map(|s| s.text).as_deref(), Some(expected));
    }

    #[test]
    fn subjects_stand_in_the_sentence() {
        check(
            "unknown-name",
            &["RD", "rd_total"],
            "没有名为 RD 的变量，最接近的是 rd_total",
        );
        check("cycle", &["a", "b", "a"], "方程循环引用：a → b → a");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        check("unknown-name", &["RD", ""], "没有名为 RD 的变量");
        check("unknown-name", &["RD"], "没有名为 RD 的变量");
        check("bad-xml", &[], "模型文件不是完整的 XML");
    }

    #[test]
    fn records_are_named_in_chinese() {
        check(
            "off-grid",
            &["lever", "x", "y"],
            "杠杆 x 的数值不在步长刻度上（y）",
        );
    }

    #[test]
    fn subjects_are_never_read_as_a_template() {
        check(
            "unknown-function",
            &["{1}[", "x"],
            "没有名为 {1}[ 的函数，最接近的是 x",
        );
    }

    #[test]
    fn an_unknown_code_has_no_sentence() {
        assert_eq!(
            said(&Diagnostic::error("brand-new", Place::default(), "")),
            None
        );
    }

    #[test]
    fn no_code_has_two_sentences() {
        let mut codes: Vec<&str> = ROWS.iter().map(|(code, _, _)| *code).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }

    /// Every code that `docs/diagnostics.md` lists has a sentence here, but those that no page ever meets.
    #[test]
    fn every_documented_code_has_a_sentence() {
        let documented = include_str!("../../docs/diagnostics.md");
        let (before, folder) = documented.split_once("## Pack: the folder").unwrap();
        let after = &folder[folder.find("\n## ").unwrap()..];
        let documented = before.lines().chain(after.lines());
        let codes = documented.filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let missing: Vec<&str> = codes
            .filter(|code| !ROWS.iter().any(|(known, _, _)| known == code))
            .collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
