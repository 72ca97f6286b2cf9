//! One equation at a time over values that are known: what it reads, what it would be if some of
//! that were other, how long a state remembers.
//!
//! For explanations, never for runs: executors read the folded graph. With the values of a run the
//! result is the run's own. Indices come from the compiler and are used directly.

use std::ops::Range;

use super::{Node, NodeId, Program, Rule};
use crate::builtin::{self, Clock};
use crate::exec::lookup::lookup;
use crate::model::VarId;

/// Value of a variable at a step of a run.
pub type Known<'a> = &'a dyn Fn(VarId, usize) -> f64;

impl Program {
    /// All variables: those of the model, those inside its macros, then the hidden ones of smooths
    /// and delays.
    pub fn variables(&self) -> impl Iterator<Item = VarId> + use<> {
        (0..self.equations.len() as u32).map(VarId)
    }

    /// Variables that its value at an instant is made from, ascending; of a stock those of its
    /// change. What counts at the first instant only is left out.
    pub fn reads(&self, var: VarId) -> Vec<VarId> {
        let nodes = self.nodes[self.equations[var.index()].range.clone()].iter();
        let mut reads: Vec<VarId> = nodes
            .filter_map(|node| match node {
                Node::Variable(of) | Node::Past { of, .. } => Some(*of),
                _ => None,
            })
            .collect();
        reads.sort_unstable();
        reads.dedup();
        reads
    }

    /// What a variable's equation gives at a step: its value, for a stock its change per unit of
    /// time, for what is held its next value. NaN where it draws a random number.
    pub fn equation_at(&self, var: VarId, step: usize, known: Known) -> f64 {
        let equations = &self.equations[var.index()];
        match equations.rule {
            Rule::Constant(_) => known(var, step),
            Rule::Computed(root)
            | Rule::Starting { value: root, .. }
            | Rule::Stock { net: root, .. }
            | Rule::Held { next: root, .. } => {
                let range = &equations.range;
                self.values_at(range, step, known)[root.index() - range.start]
            }
        }
    }

    /// What every variable's equation gives at the first instant, before a limit at 0 holds. NaN
    /// where it draws a random number, or looks at a past.
    pub(super) fn initial_values(&self) -> Vec<f64> {
        let mut values = vec![f64::NAN; self.equations.len()];
        for &var in &self.initial_order {
            let equations = &self.equations[var.index()];
            let root = match equations.rule {
                Rule::Constant(value) => {
                    values[var.index()] = value;
                    continue;
                }
                Rule::Computed(root)
                | Rule::Starting { initial: root, .. }
                | Rule::Stock { initial: root, .. }
                | Rule::Held { initial: root, .. } => root,
            };
            let range = &equations.initial_range;
            let all = self.values_at(range, 0, &|of, _| values[of.index()]);
            values[var.index()] = all[root.index() - range.start];
        }
        values
    }

    /// How long a state remembers, in units of time: of a stock the time after which, all other
    /// states as they are, about two thirds of a disturbance are gone; of a fixed delay how far it
    /// looks back. `None` for what has no memory, and for a stock that forgets nothing.
    pub fn memory_at(&self, var: VarId, step: usize, known: Known) -> Option<f64> {
        let equations = &self.equations[var.index()];
        match equations.rule {
            Rule::Held { .. } => Some(self.horizon.dt),
            Rule::Stock { .. } => {
                let slope = self.slope_at(var, step, known);
                (slope < 0.0).then(|| -1.0 / slope)
            }
            _ => {
                let mut nodes = self.nodes[equations.range.clone()].iter();
                let back = nodes.find_map(|node| match node {
                    Node::Past { back, .. } => Some(back.index() - equations.range.start),
                    _ => None,
                })?;
                Some(self.values_at(&equations.range, step, known)[back])
            }
        }
    }

    /// How much faster a stock grows for each unit that it holds more, everything at that instant
    /// following, all other states as they are.
    fn slope_at(&self, stock: VarId, step: usize, known: Known) -> f64 {
        let by = 1e-6 * (1.0 + known(stock, step).abs());
        let mut moved: Vec<Option<f64>> = vec![None; self.equations.len()];
        moved[stock.index()] = Some(known(stock, step) + by);
        let with = |moved: &[Option<f64>], of: VarId| {
            self.equation_at(of, step, &|var, at| match moved[var.index()] {
                Some(value) if at == step => value,
                _ => known(var, at),
            })
        };
        for &var in &self.order {
            let is_computed = matches!(
                self.equations[var.index()].rule,
                Rule::Computed(_) | Rule::Starting { .. }
            );
            if is_computed && self.reads(var).iter().any(|v| moved[v.index()].is_some()) {
                moved[var.index()] = Some(with(&moved, var));
            }
        }
        (with(&moved, stock) - self.equation_at(stock, step, known)) / by
    }

    /// Values of an equation's nodes, in their order.
    fn values_at(&self, range: &Range<usize>, step: usize, known: Known) -> Vec<f64> {
        let mut values = Vec::with_capacity(range.len());
        for node in &self.nodes[range.clone()] {
            let of = |node: NodeId| values[node.index() - range.start];
            let value = self.node_at(*node, step, known, &of);
            values.push(value);
        }
        values
    }

    fn node_at(&self, node: Node, step: usize, known: Known, of: &dyn Fn(NodeId) -> f64) -> f64 {
        let (time, dt) = (self.horizon.time(step), self.horizon.dt);
        match node {
            Node::Number(value) => value,
            Node::Clock(Clock::Time) => time,
            Node::Clock(Clock::Dt) => dt,
            Node::Clock(Clock::Start) => self.horizon.start,
            Node::Clock(Clock::Stop) => self.horizon.stop,
            Node::Variable(var) => known(var, step),
            Node::Initial(var) => known(var, 0),
            Node::Unary(op, a) => op.apply(of(a)),
            Node::Binary(op, a, b) => op.apply(of(a), of(b)),
            Node::Select([c, a, b]) => builtin::select(of(c), of(a), of(b)),
            Node::Lookup(table, x) => lookup(&self.tables[table.0 as usize], of(x)),
            Node::Step([height, at]) => builtin::step(of(height), of(at), time, dt),
            Node::Ramp([slope, from, to]) => builtin::ramp(of(slope), of(from), of(to), time),
            Node::Pulse([size, at, every]) => builtin::pulse(of(size), of(at), of(every), time, dt),
            Node::Past {
                of: var,
                back,
                early,
            } => match libm::round(of(back) / dt) {
                steps if steps > step as f64 => of(early),
                steps if steps >= 1.0 => known(var, step - steps as usize),
                _ => f64::NAN,
            },
            Node::Draw { .. } => f64::NAN,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Loaded;
    use crate::diag::Diagnostics;
    use crate::exec::vm::Vm;
    use crate::exec::{Rows, Run, RunSettings};
    use crate::model::VarId;

    /// Every kind of equation, but no random number.
    const MODEL: &str = r#"<xmile version="1.0"><header/><sim_specs><start>0</start><stop>12</stop><dt>0.25</dt></sim_specs>
<model><variables>
<aux name="push"><eqn>3</eqn></aux>
<stock name="level"><eqn>10 * push</eqn><inflow>into</inflow><outflow>away</outflow></stock>
<stock name="heap"><eqn>0</eqn><inflow>into</inflow></stock>
<flow name="into"><eqn>push + STEP(push, 5) + PULSE(1, 2, 3) + RAMP(0.1, 1, 4)</eqn></flow>
<flow name="away"><eqn>half / 4</eqn></flow>
<aux name="half"><eqn>IF level &gt; 0 THEN level / 2 ELSE 0</eqn></aux>
<aux name="slow"><eqn>SMTH3(level, 6) + DELAY1(level, 2)</eqn></aux>
<aux name="late"><eqn>DELAY(level, 1.5) + PREVIOUS(level, 0) + INIT(level)</eqn></aux>
<aux name="bent"><eqn>SIN(TIME) + level</eqn><gf><xpts>0,30,60</xpts><ypts>1,7,2</ypts></gf></aux>
</variables></model></xmile>"#;

    fn ran() -> (Loaded, Run) {
        let mut faults = Diagnostics::new();
        let loaded = crate::load(MODEL, "m", &mut faults).unwrap_or_else(|| panic!("{faults:?}"));
        let settings = RunSettings {
            method: loaded.program.method(),
            horizon: loaded.program.horizon(),
            rows: Rows::Saved,
            inputs: Vec::new(),
            driven: Vec::new(),
            seed: 0,
            outputs: loaded.program.variables().collect(),
        };
        let run = Vm::prepare(&loaded.program, &settings)
            .unwrap()
            .run(&[], &[]);
        (loaded, run)
    }

    fn value(run: &Run) -> impl Fn(VarId, usize) -> f64 {
        |var, step| run.series(var).unwrap()[step]
    }

    #[test]
    fn over_a_run_every_equation_gives_the_runs_own_values() {
        let (loaded, run) = ran();
        let (program, known) = (&loaded.program, value(&run));
        assert!(program.variables().count() > loaded.model.variables().len());
        for var in program.variables() {
            for step in 0..48 {
                let found = program.equation_at(var, step, &known);
                let now = known(var, step);
                let next = known(var, step + 1);
                let fits = found == now || found == next || now + found * 0.25 == next;
                assert!(fits, "{var:?} at {step}: {found}, {now}, {next}");
            }
        }
    }

    #[test]
    fn a_state_remembers_as_long_as_its_constants_say() {
        let (loaded, run) = ran();
        let (program, known) = (&loaded.program, value(&run));
        let find = |name: &str| loaded.model.find(name).unwrap();
        let memory = |var| program.memory_at(var, 20, &known);
        // The outflow reaches the level through an auxiliary: a half over four.
        assert!((memory(find("level")).unwrap() - 8.0).abs() < 1e-6);
        assert_eq!(memory(find("heap")), None);
        assert_eq!(memory(find("half")), None);
        let hidden = program.variables().skip(loaded.model.variables().len());
        let mut all: Vec<f64> = hidden.filter_map(memory).collect();
        all.sort_unstable_by(f64::total_cmp);
        let expected = [0.25, 1.5, 2.0, 2.0, 2.0, 2.0];
        assert_eq!(all.len(), expected.len(), "{all:?}");
        for (found, expected) in all.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{all:?}");
        }
    }

    #[test]
    fn a_variable_reads_what_its_equation_names() {
        let (loaded, _) = ran();
        let find = |name: &str| loaded.model.find(name).unwrap();
        let program = &loaded.program;
        assert_eq!(program.reads(find("level")), [find("into"), find("away")]);
        assert_eq!(program.reads(find("half")), [find("level")]);
        assert_eq!(program.reads(find("push")), []);
    }
}
