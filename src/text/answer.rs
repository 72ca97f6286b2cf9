//! The page's first sentence: what is reached at what chance, and what levers can still change by when.

use super::target::clauses;
use std::fmt;

/// A judged target: its name, whether it is reached, and its chance in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// "研发强度"
    pub name: &'a str,
    /// Whether its light is 可达成.
    pub is_reached: bool,
    /// "约一成"
    pub chance: &'a str,
}

/// The year that targets are looked at in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Year.
    pub year: i32,
    /// Whether a target of another year is held against it.
    pub is_other: bool,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.is_other {
            true => write!(f, "按目标值看{year}年，"),
            false => write!(f, "{year}年"),
        }
    }
}

/// What all levers together change of one target, by year; `None` where it does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leverage<'a> {
    /// "研发强度"
    pub name: &'a str,
    /// Years with the change.
    pub changes: Vec<(i32, Option<String>)>,
}

/// "2027年3项可判目标没有一项有八成把握（研发强度约一成、…）；全部杠杆用足合理范围，研发强度2027年几乎不变、2030年 +0.22
/// 个百分点。"
///
/// `level` is the chance from which a target counts as reached, "八成"; `None` where no chance decides.
pub fn answer(
    when: &When,
    level: Option<&str>,
    said: &[Said<'_>],
    leverage: Option<&Leverage<'_>>,
) -> String {
    with_levers(verdicts(when, level, said), leverage)
}

/// Before the chances are known.
pub fn computing(year: i32, leverage: Option<&Leverage<'_>>) -> String {
    with_levers(format!("正在计算{year}年各目标的把握"), leverage)
}

/// Where nobody works on them any more.
pub fn not_computed(year: i32, leverage: Option<&Leverage<'_>>) -> String {
    with_levers(format!("{year}年各目标的把握暂时算不出"), leverage)
}

/// Where no target can be judged.
pub fn nothing_judged(year: i32, leverage: Option<&Leverage<'_>>) -> String {
    let first = format!("{year}年没有可判的目标：起点或路径都待核");
    with_levers(first, leverage)
}

fn with_levers(first: String, leverage: Option<&Leverage<'_>>) -> String {
    let parts = std::iter::once(first).chain(leverage.map(levers));
    format!("{}。", parts.collect::<Vec<String>>().join("；"))
}

fn verdicts(when: &When, level: Option<&str>, said: &[Said<'_>]) -> String {
    let list = |some: &[&Said<'_>]| {
        let all = some.iter().map(|s| format!("{}{}", s.name, s.chance));
        all.collect::<Vec<String>>().join("、")
    };
    let (reached, others): (Vec<&Said<'_>>, Vec<&Said<'_>>) =
        said.iter().partition(|s| s.is_reached);
    let count = said.len();
    let some = level.map_or("可达成".to_owned(), |level| format!("有{level}以上把握"));
    let any = level.map_or("可达成".to_owned(), |level| format!("有{level}把握"));
    let short = level.map_or("难以达成".to_owned(), |level| format!("够不到{level}"));
    match (reached.len(), others.len()) {
        (0, 1) => format!("{when}{}，{short}", list(&others)),
        (0, _) => format!("{when}{count}项可判目标没有一项{any}（{}）", list(&others)),
        (_, 0) if count == 1 => format!("{when}{}，可达成", list(&reached)),
        (_, 0) => format!("{when}{count}项可判目标都{some}（{}）", list(&reached)),
        (n, _) => format!(
            "{when}{count}项可判目标有{n}项{some}（{}），其余没有（{}）",
            list(&reached),
            list(&others)
        ),
    }
}

fn levers(leverage: &Leverage<'_>) -> String {
    let changes = leverage.changes.iter().map(|(year, change)| match change {
        Some(change) => format!("{year}年 {change}"),
        None => format!("{year}年几乎不变"),
    });
    let changes = changes.collect::<Vec<String>>().join("、");
    format!("全部杠杆用足合理范围，{}{changes}", leverage.name)
}

/// "本方案使2027年研发强度 +0.01 个百分点、2030年 +0.23 个百分点".
pub fn plan(name: &str, changes: &[(i32, Option<String>)]) -> String {
    let said = changes.iter().map(|(year, change)| match change {
        Some(change) => format!("{year}年 {change}"),
        None => format!("{year}年几乎不变"),
    });
    format!("本方案使{name}{}", said.collect::<Vec<String>>().join("、"))
}

/// Several clauses after the first sentence, with its full stop; empty where there are none.
pub fn then(said: &[String]) -> String {
    match said {
        [] => String::new(),
        said => format!("{}。", clauses(said)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    const OWN: When = When {
        year: 2027,
        is_other: false,
    };
    const LATER: When = When {
        year: 2030,
        is_other: true,
    };

    #[test]
    fn the_whole_answer_is_one_sentence() {
        let said = |name, is_reached, chance| Said {
            name,
            is_reached,
            chance,
        };
        let out = said("研发强度", false, "约一成");
        let firms = said("高新技术企业", false, "约一成半");
        let deals = said("技术交易", true, "约八成");
        let leverage = Leverage {
            name: "研发强度",
            changes: vec![(2027, None), (2030, Some("+0.22 个百分点".to_owned()))],
        };
        let all = [
            answer(&OWN, Some("八成"), &[out, firms], Some(&leverage)),
            answer(&OWN, Some("八成"), &[out], None),
            answer(&OWN, Some("八成"), &[deals], None),
            answer(&OWN, Some("八成"), &[deals, deals], None),
            answer(&LATER, Some("八成"), &[deals, out], Some(&leverage)),
            answer(&OWN, None, &[out, firms], None),
            computing(2027, Some(&leverage)),
            not_computed(2027, None),
            nothing_judged(2027, None),
        ];
        expect![[r#"
            2027年2项可判目标没有一项有八成把握（研发强度约一成、高新技术企业约一成半）；全部杠杆用足合理范围，研发强度2027年几乎不变、2030年 +0.22 个百分点。
            2027年研发强度约一成，够不到八成。
            2027年技术交易约八成，可达成。
            2027年2项可判目标都有八成以上把握（技术交易约八成、技术交易约八成）。
            按目标值看2030年，2项可判目标有1项有八成以上把握（技术交易约八成），其余没有（研发强度约一成）；全部杠杆用足合理范围，研发强度2027年几乎不变、2030年 +0.22 个百分点。
            2027年2项可判目标没有一项可达成（研发强度约一成、高新技术企业约一成半）。
            正在计算2027年各目标的把握；全部杠杆用足合理范围，研发强度2027年几乎不变、2030年 +0.22 个百分点。
            2027年各目标的把握暂时算不出。
            2027年没有可判的目标：起点或路径都待核。"#]]
        .assert_eq(&all.join("\n"));
    }
}
