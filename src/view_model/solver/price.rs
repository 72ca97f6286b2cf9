//! What a point of probability costs, from what two scenarios cost and how many members meet the
//! targets in each: no run is made.

use super::Money;
use super::card::percent;
use crate::text::number;
use crate::text::solver as words;

/// A scenario's cost in the model's money, and the members that meet the targets, of how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::view_model) struct Costed {
    pub(in crate::view_model) cost: f64,
    pub(in crate::view_model) met: Option<usize>,
    pub(in crate::view_model) members: usize,
}

/// The smallest difference of probabilities that is taken for one, in percent.
const LEAST_POINTS: f64 = 1.0;

/// What is paid for a scenario's probability beyond another one's, in words; `assumed` of its levers
/// that cost something are assumptions. Empty where neither shows, or a target is not judged.
pub(in crate::view_model) fn price(
    money: &Money,
    (now, then): (Costed, Costed),
    assumed: usize,
) -> String {
    let share = |of: Costed| Some(of.met? as f64 / of.members.max(1) as f64 * 100.0);
    let step = |of: Costed| percent(of.met, of.members);
    let (Some(before), Some(after)) = (share(now), share(then)) else {
        return String::new();
    };
    let points = after - before;
    // Both by what is shown, and by more than chance.
    let is_surer = step(then) > step(now) && points >= LEAST_POINTS;
    let more = then.cost - now.cost;
    let is_dearer = more > 0.0 && money.shows(more);
    match (is_surer, is_dearer) {
        (true, true) => words::cost_per_point(&fine(money, more / points), assumed),
        (true, false) => words::SURER_FOR_NOTHING.to_owned(),
        (false, true) => words::no_surer(&money.text(more)),
        (false, false) => String::new(),
    }
}

/// To two digits that count: a point may cost little.
fn fine(money: &Money, amount: f64) -> String {
    let number = number::significant(amount / money.scale, 2);
    number::with_unit(&number, &money.unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_point_has_a_price_only_where_the_probability_shows_a_change() {
        let money = Money {
            unit: "亿元".to_owned(),
            scale: 1.0,
            decimals: 1,
        };
        let of = |cost, met| Costed {
            cost,
            met,
            members: 1000,
        };
        let now = of(2.0, Some(300));
        let cases = [
            (of(14.0, Some(800)), 0),
            (of(14.0, Some(800)), 2),
            (of(2.0, Some(800)), 0),
            (of(14.0, Some(310)), 0),
            // Another step, but by less than a point.
            (of(14.0, Some(325)), 0),
            (of(2.0, Some(310)), 0),
            (of(14.0, None), 0),
            (of(1.0, Some(100)), 0),
        ];
        let near = of(2.0, Some(324));
        let said = cases.map(|(then, assumed)| match then.met {
            Some(325) => price(&money, (near, then), assumed),
            _ => price(&money, (now, then), assumed),
        });
        expect![[r#"
            比当前方案每增 1 个百分点把握约多花 0.24 亿元
            比当前方案每增 1 个百分点把握约多花 0.24 亿元（其中 2 个花钱的杠杆依据为假设）
            比当前方案把握高，不多花钱
            比当前方案多花 12.0 亿元，把握不上档：加钱不增加把握
            比当前方案多花 12.0 亿元，把握不上档：加钱不增加把握


        "#]]
        .assert_eq(&said.join("\n"));
    }
}
