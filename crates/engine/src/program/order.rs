//! The order in which variables are computed, and the cycles that leave none.

use crate::budget::MAX_CYCLES;
use crate::model::VarId;

/// Every variable after all that it needs, or the first cycles found, each as the path through it.
///
/// * `needs`: for each variable those it reads at the same instant.
/// * Among free choices the file's order holds, so that the result depends on nothing else.
pub(crate) fn order(needs: &[Vec<VarId>]) -> Result<Vec<VarId>, Vec<Vec<VarId>>> {
    let mut walk = Walk {
        needs,
        state: vec![State::New; needs.len()],
        path: Vec::new(),
        done: Vec::new(),
        cycles: Vec::new(),
    };
    for k in 0..needs.len() {
        walk.visit(VarId(k as u32));
    }
    if walk.cycles.is_empty() {
        Ok(walk.done)
    } else {
        Err(walk.cycles)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnPath,
    Done,
}

struct Walk<'n> {
    needs: &'n [Vec<VarId>],
    state: Vec<State>,
    /// Variables being walked, each with how many of its needs were looked at.
    path: Vec<(VarId, usize)>,
    done: Vec<VarId>,
    cycles: Vec<Vec<VarId>>,
}

impl Walk<'_> {
    /// Depth first without recursion, so that a long chain needs no stack.
    fn visit(&mut self, root: VarId) {
        self.enter(root);
        while let Some(top) = self.path.last_mut() {
            let var = top.0;
            match self.needs[var.index()].get(top.1) {
                Some(&need) => {
                    top.1 += 1;
                    self.enter(need);
                }
                None => {
                    self.path.pop();
                    self.state[var.index()] = State::Done;
                    self.done.push(var);
                }
            }
        }
    }

    fn enter(&mut self, var: VarId) {
        match self.state[var.index()] {
            State::New => {
                self.state[var.index()] = State::OnPath;
                self.path.push((var, 0));
            }
            State::OnPath if self.cycles.len() < MAX_CYCLES => {
                let from = self.path.iter().position(|&(v, _)| v == var).unwrap_or(0);
                let cycle = self.path.iter().skip(from).map(|&(v, _)| v).collect();
                self.cycles.push(cycle);
            }
            State::OnPath | State::Done => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(needs: &[&[u32]], expected: Result<&[u32], &[&[u32]]>) {
        let needs: Vec<Vec<VarId>> = needs
            .iter()
            .map(|n| n.iter().map(|&k| VarId(k)).collect())
            .collect();
        let plain = |vars: &Vec<VarId>| vars.iter().map(|v| v.0).collect::<Vec<_>>();
        match (order(&needs), expected) {
            (Ok(found), Ok(wanted)) => assert_eq!(plain(&found), wanted),
            (Err(found), Err(wanted)) => {
                assert_eq!(found.iter().map(plain).collect::<Vec<_>>(), wanted);
            }
            (found, _) => panic!("{found:?}"),
        }
    }

    #[test]
    fn needs_come_first() {
        check(&[&[1, 2], &[2], &[]], Ok(&[2, 1, 0]));
    }

    #[test]
    fn a_cycle_is_the_path_through_it() {
        check(&[&[1], &[2], &[1]], Err(&[&[1, 2]]));
        check(&[&[0]], Err(&[&[0]]));
    }
}
