//! Words around a target's diamond that is dragged while one lever follows.

/// Label: which lever follows.
pub const FOLLOWER: &str = "跟着动的杠杆";
/// Said of the list: what stands beside each lever.
pub const FOLLOWER_HINT: &str =
    "括号里是这个杠杆单独动到合理区间一端的作用，作用最大的在前；锁定的不列";
/// Label: where the line is to pass.
pub const WANTED: &str = "想到";
/// No lever does anything.
pub const NO_FOLLOWER: &str = "没有未锁定的杠杆能改变这个数。";

/// What a diamond is for: "2027年研发强度目标 3.75%：拖动菱形，看一个杠杆要动到多少".
pub fn name(label: &str, value: &str) -> String {
    format!("{label}目标 {value}：拖动菱形，看一个杠杆要动到多少")
}

/// A diamond that was taken up and not moved.
pub fn hint(lever: &str, label: &str) -> String {
    format!("上下拖动菱形（或按↑↓、输入数值）：“{lever}”跟着动，让方案线上的{label}正好到那里。")
}

/// A lever and its effect: "高企首次认定率（+120 家）".
pub fn choice(lever: &str, change: &str) -> String {
    format!("{lever}（{change}）")
}

/// The line passes through the diamond, as nearly as the lever's steps allow.
pub fn reached(lever: &str, value: &str, now: &str, label: &str, figure: &str) -> String {
    format!("“{lever}”到 {value}（现状 {now}），{label}到 {figure}。")
}

/// The lever stands at its end.
pub fn beyond(lever: &str, value: &str, figure: &str, wanted: &str, is_most: bool) -> String {
    let end = end(is_most);
    format!("“{lever}”推到头（{value}）{end} {figure}，够不着 {wanted}，杠杆留在原处。")
}

/// The lever does nothing here.
pub fn flat(lever: &str, label: &str) -> String {
    format!("“{lever}”改变不了{label}，杠杆没有动。")
}

/// Beyond the range with evidence, and what is to be had inside it.
pub fn outside(warning: &str, figure: &str, is_most: bool) -> String {
    format!("{warning}；守在有依据的范围内，{} {figure}。", end(is_most))
}

fn end(is_most: bool) -> &'static str {
    if is_most { "最多到" } else { "最低到" }
}

/// The diamond was let go; a lever that could not follow stands where it was.
pub fn let_go(value: &str, is_beyond: bool) -> String {
    match is_beyond {
        true => format!("菱形回到目标 {value}：目标没有改，杠杆也没有动。"),
        false => format!("菱形回到目标 {value}：目标没有改，杠杆留在这里，可以撤销。"),
    }
}

/// Button: the lever goes to an end all the same.
pub fn keep(value: &str, figure: &str, is_safe: bool) -> String {
    let end = if is_safe {
        "推到合理范围的一端"
    } else {
        "推到头"
    };
    format!("{end} {value}（到 {figure}）")
}
