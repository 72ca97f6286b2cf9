//! Graph → which gates a run needs where, which differ between runs, which move within a step.
//!
//! Every pass is linear in the graph. Indices come from the graph, which made every list, and are
//! used directly.

use super::graph::{Advance, Gate, GateId, Graph, moves};

/// When a gate's value is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the first instant, for initial values.
    First,
    /// At every instant.
    Each,
    /// At the later slopes of a step.
    Stage,
}

/// The gates that are asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Roots {
    /// At every instant.
    pub(super) each: Vec<GateId>,
    /// At every instant and at the later slopes of a step.
    pub(super) stage: Vec<GateId>,
}

/// Which gates and states are needed; a leaf is needed itself, but nothing for its sake.
#[derive(Debug, Clone)]
pub(super) struct Needed {
    pub(super) first: Vec<bool>,
    pub(super) each: Vec<bool>,
    /// Only gates that move within a step.
    pub(super) stage: Vec<bool>,
    pub(super) states: Vec<bool>,
    /// Histories that are read.
    pub(super) histories: Vec<bool>,
    /// Gates that needed states go on with.
    pub(super) nexts: Vec<GateId>,
}

impl Needed {
    /// What `roots` need.
    ///
    /// * `within`: gates that move within a step; none where a step has one slope only.
    pub(super) fn of(graph: &Graph, roots: &Roots, leaf: &[bool], within: &[bool]) -> Self {
        let n = graph.gates.len();
        let mut needed = Self {
            first: vec![false; n],
            each: vec![false; n],
            stage: vec![false; n],
            states: vec![false; graph.states.len()],
            histories: vec![false; graph.histories.len()],
            nexts: Vec::new(),
        };
        let mut work: Vec<(GateId, At)> = Vec::new();
        work.extend(roots.each.iter().map(|&g| (g, At::Each)));
        for &gate in &roots.stage {
            work.extend([(gate, At::Each), (gate, At::Stage)]);
        }
        while let Some((gate, at)) = work.pop() {
            let k = gate.index();
            let at = if at == At::Stage && !within[k] {
                At::Each
            } else {
                at
            };
            let seen = match at {
                At::First => &mut needed.first,
                At::Each => &mut needed.each,
                At::Stage => &mut needed.stage,
            };
            if std::mem::replace(&mut seen[k], true) || leaf[k] {
                continue;
            }
            work.extend(graph.gates[k].reads().map(|g| (g, at)));
            match graph.gates[k] {
                Gate::State(n) => needed.state(n as usize, graph, &mut work),
                Gate::Frozen(of) => work.push((of, At::First)),
                Gate::Past { history, .. } => {
                    needed.histories[history as usize] = true;
                    work.push((graph.histories[history as usize], At::Each));
                }
                _ => {}
            }
        }
        needed
    }

    fn state(&mut self, k: usize, graph: &Graph, work: &mut Vec<(GateId, At)>) {
        if std::mem::replace(&mut self.states[k], true) {
            return;
        }
        let state = graph.states[k];
        let next = match state.advance {
            Advance::Integrate { rate, .. } => {
                work.push((rate, At::Stage));
                rate
            }
            Advance::Replace(next) => next,
        };
        self.nexts.push(next);
        work.push((next, At::Each));
        work.push((state.initial, At::First));
    }

    /// Whether a gate is needed at any time.
    pub(super) fn anywhere(&self, gate: usize) -> bool {
        // What a later slope needs, the first one needs too.
        self.first[gate] || self.each[gate]
    }
}

/// Gates whose value moves within a step. Pulses, random numbers and what a step before has left
/// keep still, so that a pulse has its volume and a draw is one.
pub(super) fn within_step(graph: &Graph) -> Vec<bool> {
    let mut within = vec![false; graph.gates.len()];
    for (k, gate) in graph.gates.iter().enumerate() {
        within[k] = match *gate {
            Gate::Time | Gate::Driven(_) | Gate::Past { .. } => true,
            Gate::Step(_) | Gate::Ramp(_) => true,
            Gate::Pulse(_) | Gate::Draw { .. } | Gate::Frozen(_) => false,
            Gate::State(n) => matches!(graph.states[n as usize].advance, Advance::Integrate { .. }),
            _ => gate.reads().any(|g| within[g.index()]),
        };
    }
    within
}

/// Gates that are the same in every run and move with time: no input, no driven series and no
/// draw of a member reaches them, through states neither.
pub(super) fn shared(graph: &Graph) -> Vec<bool> {
    let n = graph.gates.len();
    let links = Links::of(graph);
    let mut varies = vec![false; n];
    let mut work: Vec<usize> = Vec::new();
    for (k, gate) in graph.gates.iter().enumerate() {
        if let Gate::Input(_) | Gate::Driven(_) | Gate::Draw { seed: None, .. } = gate {
            work.push(k);
        }
    }
    while let Some(k) = work.pop() {
        if !std::mem::replace(&mut varies[k], true) {
            work.extend(links.from(k).iter().map(|&to| to as usize));
        }
    }
    (0..n)
        .map(|k| !varies[k] && graph.moves[k] & !moves::INPUT != 0 && graph.gates[k] != Gate::Time)
        .collect()
}

/// For each gate those whose value comes from it, at this or another instant.
struct Links {
    /// Where the list of each gate begins in `to`.
    begin: Vec<u32>,
    to: Vec<u32>,
}

impl Links {
    fn of(graph: &Graph) -> Self {
        let mut begin = vec![0_u32; graph.gates.len() + 1];
        each_link(graph, |from, _| begin[from.index() + 1] += 1);
        for k in 1..begin.len() {
            begin[k] += begin[k - 1];
        }
        let mut at = begin.clone();
        let mut to = vec![0; begin.last().map_or(0, |&n| n as usize)];
        each_link(graph, |from, k| {
            to[at[from.index()] as usize] = k as u32;
            at[from.index()] += 1;
        });
        Self { begin, to }
    }

    fn from(&self, gate: usize) -> &[u32] {
        &self.to[self.begin[gate] as usize..self.begin[gate + 1] as usize]
    }
}

fn each_link(graph: &Graph, mut link: impl FnMut(GateId, usize)) {
    for (k, gate) in graph.gates.iter().enumerate() {
        gate.reads().for_each(|from| link(from, k));
        match *gate {
            Gate::Frozen(of) => link(of, k),
            Gate::Past { history, .. } => link(graph.histories[history as usize], k),
            Gate::State(n) => {
                let state = graph.states[n as usize];
                let (Advance::Integrate { rate: next, .. } | Advance::Replace(next)) =
                    state.advance;
                link(state.initial, k);
                link(next, k);
            }
            _ => {}
        }
    }
}
