//! Answers against exhaustive search on small grids and against what is known by algebra.

use super::*;

const DIAL: Dial = Dial {
    rest: 0.0,
    low: 0.0,
    high: 1.0,
    step: 0.05,
    width: 1.0,
};

/// Goal: Σ aₖ xₖ less what is wanted, with a bend and a joint effect; cost: Σ cₖ xₖ.
struct Town {
    effects: Vec<f64>,
    prices: Vec<f64>,
    joint: f64,
    wanted: f64,
    money: f64,
}

impl Town {
    fn judged(&self, x: &[f64]) -> Judged {
        let effect: f64 = self.effects.iter().zip(x).map(|(a, x)| a * x).sum();
        let bend: f64 = x.iter().map(|x| 0.3 * x * x).sum::<f64>() / x.len() as f64;
        let joint = self.joint * x[0] * x[x.len() - 1];
        let cost: f64 = self.prices.iter().zip(x).map(|(c, x)| c * x).sum();
        Judged {
            goal: effect - bend * self.effects[0] + joint - self.wanted,
            cost,
            limits: vec![self.money - cost],
        }
    }

    fn seek(&self, dials: &[Dial], aim: Aim) -> Answer {
        let mut judge =
            |all: &[Vec<f64>], _: Look| Some(all.iter().map(|x| self.judged(x)).collect());
        seek(dials, aim, &[], &mut judge).unwrap()
    }

    /// The least price of an aim over the whole grid; `None` where nothing reaches the goal.
    fn exhaustive(&self, dials: &[Dial], aim: Aim) -> Option<f64> {
        let mut all = vec![vec![]];
        for dial in dials {
            let n = ((dial.high - dial.low) / dial.step).round() as usize;
            let grow = |begin: &Vec<f64>| {
                let begin = begin.clone();
                (0..=n).map(move |k| {
                    let next = dial.low + k as f64 * dial.step;
                    [begin.as_slice(), &[next]].concat()
                })
            };
            all = all.iter().flat_map(grow).collect();
        }
        let held = |judged: &Judged| judged.limits.iter().all(|&limit| limit >= -HELD);
        let prices = all.iter().filter_map(|x| {
            let judged = self.judged(x);
            let movement: f64 = dials
                .iter()
                .zip(x)
                .map(|(d, x)| (x - d.rest).abs() / d.width)
                .sum();
            (held(&judged) && (aim == Aim::Most || judged.goal >= -HELD)).then_some(match aim {
                Aim::LeastMovement => movement,
                Aim::LeastCost => judged.cost,
                Aim::Most => -judged.goal,
            })
        });
        prices.min_by(f64::total_cmp)
    }
}

fn town() -> Town {
    Town {
        effects: vec![0.5, 0.3, 0.8],
        prices: vec![10.0, 1.0, 30.0],
        joint: 0.4,
        wanted: 0.6,
        money: 100.0,
    }
}

#[track_caller]
fn check(town: &Town, dials: &[Dial], aim: Aim) {
    let answer = town.seek(dials, aim);
    for (dial, &x) in dials.iter().zip(&answer.settings) {
        assert!(dial.low <= x && x <= dial.high, "{answer:?}");
        let steps = (x - dial.low) / dial.step;
        assert!((steps - steps.round()).abs() < 1e-9, "{answer:?}");
    }
    assert!(
        answer.judged.limits.iter().all(|&limit| limit >= -HELD),
        "{answer:?}"
    );
    let price = match aim {
        Aim::LeastMovement => answer.movement,
        Aim::LeastCost => answer.judged.cost,
        Aim::Most => -answer.judged.goal,
    };
    let Some(least) = town.exhaustive(dials, aim) else {
        assert!(!answer.is_reached, "{answer:?}");
        return;
    };
    assert!(answer.is_reached || aim == Aim::Most, "{answer:?}");
    // On a grid of twentieths a local search may end a few steps beside the best.
    let room = 0.02 * least.abs()
        + 1e-9
        + match aim {
            Aim::LeastMovement => 0.1,
            Aim::LeastCost => 1.0,
            Aim::Most => 0.01,
        };
    assert!(
        price <= least + room,
        "{price} where {least} is possible: {answer:?}"
    );
}

#[test]
fn the_dial_with_most_effect_moves_alone() {
    let dials = [DIAL; 3];
    check(&town(), &dials, Aim::LeastMovement);
    let plain = Town {
        joint: 0.0,
        ..town()
    };
    let answer = plain.seek(&dials, Aim::LeastMovement);
    assert_eq!(answer.settings[..2], [0.0, 0.0]);
}

#[test]
fn the_cheapest_answer_is_another() {
    check(&town(), &[DIAL; 3], Aim::LeastCost);
}

#[test]
fn money_binds() {
    let poor = Town {
        money: 12.0,
        ..town()
    };
    for aim in [Aim::LeastMovement, Aim::LeastCost, Aim::Most] {
        check(&poor, &[DIAL; 3], aim);
    }
}

#[test]
fn a_lock_is_kept() {
    let mut dials = [DIAL; 3];
    dials[2].high = 0.0;
    check(&town(), &dials, Aim::LeastMovement);
    let answer = town().seek(&dials, Aim::LeastMovement);
    assert_eq!(answer.settings[2], 0.0);
}

#[test]
fn what_cannot_be_reached_is_not() {
    let vain = Town {
        wanted: 9.0,
        ..town()
    };
    for aim in [Aim::LeastMovement, Aim::LeastCost, Aim::Most] {
        check(&vain, &[DIAL; 3], aim);
    }
    let mut judge = |all: &[Vec<f64>], _: Look| Some(all.iter().map(|x| vain.judged(x)).collect());
    let corner = corner(&[DIAL; 3], &mut judge).unwrap().unwrap();
    assert_eq!(corner.settings, [1.0; 3]);
    let most = vain.seek(&[DIAL; 3], Aim::Most);
    assert_eq!(most.judged, corner.judged);
}

#[test]
fn a_wider_range_never_gives_less() {
    for money in [5.0, 15.0, 100.0] {
        let town = Town { money, ..town() };
        let mut before = f64::NEG_INFINITY;
        for high in [0.25, 0.5, 0.75, 1.0] {
            let dials = [Dial { high, ..DIAL }; 3];
            let most = town.seek(&dials, Aim::Most).judged.goal;
            assert!(most >= before - 1e-9, "{money} {high}: {most} < {before}");
            before = most;
        }
    }
}

#[test]
fn the_answer_is_no_worse_than_where_the_search_began() {
    // Two hills: a search from rest climbs the lower one.
    let hills = |x: &[f64]| {
        let hill = |at: f64, height: f64| (height - 25.0 * (x[0] - at).abs()).max(0.0);
        Judged {
            goal: hill(0.1, 1.0) + hill(0.9, 2.0),
            cost: 0.0,
            limits: vec![],
        }
    };
    let mut judge = |all: &[Vec<f64>], _: Look| Some(all.iter().map(|x| hills(x)).collect());
    let from_rest = seek(&[DIAL], Aim::Most, &[], &mut judge).unwrap();
    let from_there = seek(&[DIAL], Aim::Most, &[0.9], &mut judge).unwrap();
    assert_eq!(from_rest.settings, [0.1]);
    assert_eq!(
        (from_there.settings, from_there.judged.goal),
        (vec![0.9], 2.0)
    );
}

#[test]
fn what_gives_next_to_nothing_goes_back_to_rest() {
    let town = Town {
        effects: vec![0.5, 0.05, 0.8],
        wanted: 9.0,
        joint: 0.0,
        ..town()
    };
    let mut judge = |all: &[Vec<f64>], _: Look| Some(all.iter().map(|x| town.judged(x)).collect());
    let most = town.seek(&[DIAL; 3], Aim::Most);
    let own = most.settings.clone();
    let short = lean(&[DIAL; 3], most.clone(), 0.2, &mut judge).unwrap();
    assert_eq!(short.settings, [own[0], 0.0, own[2]]);
    assert!(short.movement < most.movement);
    let same = lean(&[DIAL; 3], most.clone(), 0.0, &mut judge).unwrap();
    assert!(same.judged.goal >= most.judged.goal);
}

#[test]
fn already_there_moves_nothing() {
    let town = Town {
        wanted: -0.1,
        ..town()
    };
    let answer = town.seek(&[DIAL; 3], Aim::LeastMovement);
    assert_eq!((answer.settings, answer.movement), (vec![0.0; 3], 0.0));
}

#[test]
fn a_goal_that_turns_has_no_corner() {
    let hump = |x: &[f64]| Judged {
        goal: -(x[0] - 0.5) * (x[0] - 0.5),
        cost: 0.0,
        limits: vec![],
    };
    let mut judge = |all: &[Vec<f64>], _: Look| Some(all.iter().map(|x| hump(x)).collect());
    assert_eq!(corner(&[DIAL], &mut judge), Ok(None));
    let most = seek(&[DIAL], Aim::Most, &[], &mut judge).unwrap();
    assert_eq!(most.settings, [0.5]);
}

#[test]
fn a_stop_ends_it() {
    let mut left = 3;
    let mut judge = |all: &[Vec<f64>], _: Look| {
        left -= 1;
        (left > 0).then(|| all.iter().map(|x| town().judged(x)).collect())
    };
    assert_eq!(
        seek(&[DIAL; 3], Aim::LeastCost, &[], &mut judge),
        Err(Stopped)
    );
}
