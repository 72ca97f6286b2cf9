//! Program → the same equations as straight C, the bound that executors are measured against.
//!
//! For measurements only (feature `straight`), never part of the product. The text is what one
//! would write by hand: locals instead of slots, one loop over the steps; the C compiler does the
//! rest. What only the clock moves is computed once for all runs, as the executors do.

use std::fmt::Write;

use super::graph::{Advance, Gate, GateId, Graph, State, graph, moves};
use super::{Rows, RunError, RunSettings};
use crate::builtin::{Binary, Unary};
use crate::program::{Method, Program};
use crate::xmile::document::{Table, TableKind};

/// Helpers that the text needs, with the semantics of the builtin table.
const PRELUDE: &str = r"#include <math.h>
static inline double smaller(double a, double b) { return a < b || isnan(a) ? a : b; }
static inline double larger(double a, double b) { return a > b || isnan(a) ? a : b; }
static inline double choice(double c, double a, double b) { return isnan(c) ? c : c != 0.0 ? a : b; }
static inline int position(const double *xs, int n, double x) {
  if (n <= 16) { int k = 0; while (k < n && xs[k] <= x) k++; return k; }
  int low = 0, high = n;
  while (low < high) { int mid = (low + high) / 2; if (xs[mid] <= x) low = mid + 1; else high = mid; }
  return low;
}
static inline double table(int kind, const double *xs, const double *ys, int n, double x) {
  if (isnan(x)) return NAN;
  int after = position(xs, n, x);
  if (kind == 2) return ys[after < 1 ? 0 : after - 1];
  if (n == 1) return ys[0];
  if (kind == 0 && after == 0) return ys[0];
  if (kind == 0 && after >= n) return ys[n - 1];
  int k = after < 1 ? 1 : after > n - 1 ? n - 1 : after;
  return ys[k - 1] + (ys[k] - ys[k - 1]) * ((x - xs[k - 1]) / (xs[k] - xs[k - 1]));
}
static inline double step_(double height, double at, double t, double dt) {
  return t + dt * 1e-6 >= at ? height : isnan(at) ? NAN : 0.0;
}
static inline double ramp_(double slope, double from, double to, double t) {
  double until = t < to ? t : to;
  return !(to >= from) ? NAN : until > from ? slope * (until - from) : 0.0;
}
static inline double pulse_(double size, double first, double every, double t, double dt) {
  double since = t - first + dt * 1e-6;
  double phase = every > 0.0 ? since - every * floor(since / every) : since;
  if (isnan(first) || !(every == 0.0 || every >= dt * (1.0 - 1e-6))) return NAN;
  return since >= 0.0 && phase < dt ? size / dt : 0.0;
}
";

/// C text with `void prepare(void)`, to be called once, and
/// `void run(const double *in, const double *const *driven, double *out)`.
///
/// * `in`: one value for each of `settings.inputs`; `driven`: one series for each of
///   `settings.driven`, one value a step; `out`: for each of `settings.outputs` all saved rows.
/// * `ROWS`, `STEPS`, `INPUTS`, `OUTPUTS` are defined as numbers.
/// * Values agree with an executor's up to the last digits of the C library's functions.
///
/// # Errors
/// Those of preparing an executor. A program with a fixed delay or a random number gives
/// `None`, since its text would need buffers or laws; so do other methods than Euler's.
pub fn straight_c(program: &Program, settings: &RunSettings) -> Result<Option<String>, RunError> {
    let graph = graph(program, settings)?;
    let draws = |gate: &Gate| matches!(gate, Gate::Draw { .. });
    if settings.method != Method::Euler || settings.rows != Rows::Saved {
        return Ok(None);
    }
    if !graph.histories.is_empty() || graph.gates.iter().any(draws) {
        return Ok(None);
    }
    let emitter = Emitter::new(&graph, settings);
    Ok(Some(emitter.text(&program.tables)))
}

/// When a value is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    First,
    Every,
}

struct Emitter<'g> {
    graph: &'g Graph,
    settings: &'g RunSettings,
    first: Vec<bool>,
    every: Vec<bool>,
    states: Vec<bool>,
}

impl<'g> Emitter<'g> {
    fn new(graph: &'g Graph, settings: &'g RunSettings) -> Self {
        let mut emitter = Self {
            graph,
            settings,
            first: vec![false; graph.gates.len()],
            every: vec![false; graph.gates.len()],
            states: vec![false; graph.states.len()],
        };
        for &output in &graph.outputs {
            emitter.need(output, Phase::Every);
        }
        emitter
    }

    /// Marks a gate and all it reads; a state brings its beginning and its way on.
    fn need(&mut self, gate: GateId, phase: Phase) {
        let mut open = vec![(gate, phase)];
        while let Some((gate, phase)) = open.pop() {
            let seen = match phase {
                Phase::First => &mut self.first[gate.index()],
                Phase::Every => &mut self.every[gate.index()],
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            let what = &self.graph.gates[gate.index()];
            open.extend(what.reads().map(|read| (read, phase)));
            match *what {
                Gate::Frozen(of) => open.push((of, Phase::First)),
                Gate::State(state) if !self.states[state as usize] => {
                    self.states[state as usize] = true;
                    let State { initial, advance } = self.graph.states[state as usize];
                    let next = match advance {
                        Advance::Integrate { rate, .. } => rate,
                        Advance::Replace(gate) => gate,
                    };
                    open.extend([(initial, Phase::First), (next, Phase::Every)]);
                }
                _ => {}
            }
        }
    }

    fn moves(&self, gate: GateId) -> u8 {
        self.graph.moves[gate.index()]
    }

    /// Whether the value is the same all through a run.
    fn steady(&self, gate: GateId) -> bool {
        self.moves(gate) & (moves::TIME | moves::STATE) == 0
    }

    /// Whether the value is the same in every run.
    fn clocked(&self, gate: GateId) -> bool {
        self.moves(gate) == moves::TIME
    }

    fn name(&self, gate: GateId, phase: Phase) -> String {
        let id = gate.index();
        match self.graph.gates[id] {
            Gate::Number(bits) => number(f64::from_bits(bits)),
            Gate::Input(k) => format!("in[{k}]"),
            Gate::Time if phase == Phase::First => number(self.settings.horizon.start),
            Gate::Time => "t".to_owned(),
            Gate::Driven(k) if phase == Phase::First => format!("driven[{k}][0]"),
            Gate::Driven(k) => format!("driven[{k}][step]"),
            Gate::State(state) => format!("s{state}"),
            Gate::Frozen(of) => self.name(of, Phase::First),
            _ if self.steady(gate) => format!("o{id}"),
            _ if phase == Phase::First => format!("f{id}"),
            _ if self.clocked(gate) => format!("c{id}[step]"),
            _ => format!("g{id}"),
        }
    }

    /// Whether the gate has a name of its own, rather than stand where it is read.
    fn computed(&self, gate: GateId) -> bool {
        !matches!(
            self.graph.gates[gate.index()],
            Gate::Number(_)
                | Gate::Input(_)
                | Gate::Time
                | Gate::Driven(_)
                | Gate::State(_)
                | Gate::Frozen(_)
        )
    }

    fn value(&self, gate: GateId, phase: Phase) -> String {
        let n = |gate: GateId| self.name(gate, phase);
        let all = |gates: &[GateId]| gates.iter().map(|&g| n(g)).collect::<Vec<_>>().join(", ");
        let clock = match phase {
            Phase::First => number(self.settings.horizon.start),
            Phase::Every => "t".to_owned(),
        };
        match self.graph.gates[gate.index()] {
            Gate::Unary(op, a) => unary(op, &n(a)),
            Gate::Binary(op, a, b) => binary(op, &n(a), &n(b)),
            Gate::Select([c, a, b]) => format!("choice({}, {}, {})", n(c), n(a), n(b)),
            Gate::Lookup(table, x) => {
                let k = table.0;
                format!("table(kind{k}, xs{k}, ys{k}, n{k}, {})", n(x))
            }
            Gate::Step(parts) => format!("step_({}, {clock}, DT)", all(&parts)),
            Gate::Ramp(parts) => format!("ramp_({}, {clock})", all(&parts)),
            Gate::Pulse(parts) => format!("pulse_({}, {clock}, DT)", all(&parts)),
            _ => n(gate),
        }
    }

    fn gates(&self, needed: &[bool]) -> impl Iterator<Item = GateId> {
        let ids = (0..needed.len() as u32).map(GateId);
        let wanted: Vec<GateId> = ids
            .filter(|gate| needed[gate.index()] && self.computed(*gate))
            .collect();
        wanted.into_iter()
    }

    fn text(&self, tables: &[Table]) -> String {
        let mut out = PRELUDE.to_owned();
        self.header(&mut out);
        for (k, table) in tables.iter().enumerate() {
            let list = |values: &[f64]| {
                values
                    .iter()
                    .map(|&v| number(v))
                    .collect::<Vec<_>>()
                    .join(",")
            };
            let kind = match table.kind {
                TableKind::Continuous => 0,
                TableKind::Extrapolate => 1,
                TableKind::Discrete => 2,
            };
            line(
                &mut out,
                format_args!("enum {{ kind{k} = {kind}, n{k} = {} }};", table.xs.len()),
            );
            line(
                &mut out,
                format_args!("static const double xs{k}[] = {{{}}};", list(&table.xs)),
            );
            line(
                &mut out,
                format_args!("static const double ys{k}[] = {{{}}};", list(&table.ys)),
            );
        }
        self.prepare(&mut out);
        self.run(&mut out);
        out
    }

    fn header(&self, out: &mut String) {
        let horizon = self.settings.horizon;
        for (name, value) in [
            ("STEPS", horizon.n_steps()),
            ("ROWS", horizon.n_rows()),
            ("SAVE_EVERY", horizon.save_every.max(1) as usize),
            ("INPUTS", self.settings.inputs.len()),
            ("OUTPUTS", self.settings.outputs.len()),
        ] {
            line(out, format_args!("#define {name} {value}"));
        }
        line(out, format_args!("#define START {}", number(horizon.start)));
        line(out, format_args!("#define DT {}", number(horizon.dt)));
    }

    fn prepare(&self, out: &mut String) {
        let clocked: Vec<GateId> = self
            .gates(&self.every)
            .filter(|&g| self.clocked(g))
            .collect();
        for gate in &clocked {
            line(
                out,
                format_args!("static double c{}[STEPS + 1];", gate.index()),
            );
        }
        line(out, format_args!("void prepare(void) {{"));
        line(
            out,
            format_args!(
                "  for (int step = 0; step <= STEPS; step++) {{ const double t = START + step * DT; (void)t;"
            ),
        );
        for &gate in &clocked {
            let value = self.value(gate, Phase::Every);
            line(out, format_args!("    c{}[step] = {value};", gate.index()));
        }
        line(out, format_args!("  }}\n}}"));
    }

    fn run(&self, out: &mut String) {
        line(
            out,
            format_args!("void run(const double *in, const double *const *driven, double *out) {{"),
        );
        line(out, format_args!("  (void)in; (void)driven; int row = 0;"));
        let either: Vec<bool> = self
            .first
            .iter()
            .zip(&self.every)
            .map(|(a, b)| *a || *b)
            .collect();
        for gate in self.gates(&either).filter(|&g| self.steady(g)) {
            let value = self.value(gate, Phase::Every);
            line(
                out,
                format_args!("  const double o{} = {value};", gate.index()),
            );
        }
        for gate in self.gates(&self.first).filter(|&g| !self.steady(g)) {
            let value = self.value(gate, Phase::First);
            line(
                out,
                format_args!("  const double f{} = {value};", gate.index()),
            );
        }
        for state in self.needed_states() {
            let initial = self.name(self.graph.states[state].initial, Phase::First);
            line(out, format_args!("  double s{state} = {initial};"));
        }
        line(
            out,
            format_args!(
                "  for (int step = 0; step <= STEPS; step++) {{ const double t = START + step * DT; (void)t;"
            ),
        );
        for gate in self
            .gates(&self.every)
            .filter(|&g| !self.steady(g) && !self.clocked(g))
        {
            let value = self.value(gate, Phase::Every);
            line(
                out,
                format_args!("    const double g{} = {value};", gate.index()),
            );
        }
        line(out, format_args!("    if (step % SAVE_EVERY == 0) {{"));
        for (k, &output) in self.graph.outputs.iter().enumerate() {
            let value = self.name(output, Phase::Every);
            line(out, format_args!("      out[{k} * ROWS + row] = {value};"));
        }
        line(out, format_args!("      row++;\n    }}"));
        self.advance(out);
        line(out, format_args!("  }}\n}}"));
    }

    fn advance(&self, out: &mut String) {
        for state in self.needed_states() {
            let next = match self.graph.states[state].advance {
                Advance::Replace(gate) => self.name(gate, Phase::Every),
                Advance::Integrate { rate, non_negative } => {
                    let sum = format!("s{state} + {} * DT", self.name(rate, Phase::Every));
                    if non_negative {
                        format!("larger({sum}, 0.0)")
                    } else {
                        sum
                    }
                }
            };
            line(out, format_args!("    const double next{state} = {next};"));
        }
        for state in self.needed_states() {
            line(out, format_args!("    s{state} = next{state};"));
        }
    }

    fn needed_states(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.states.len()).filter(|&state| self.states[state])
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "{text}");
}

/// A number that C reads back to the same bits.
fn number(value: f64) -> String {
    if value.is_nan() {
        "NAN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 {
            "INFINITY"
        } else {
            "(-INFINITY)"
        }
        .to_owned()
    } else if value < 0.0 {
        format!("({value:e})")
    } else {
        format!("{value:e}")
    }
}

fn unary(op: Unary, a: &str) -> String {
    let function = match op {
        Unary::Negative => return format!("-{a}"),
        Unary::Not => return format!("(double)({a} == 0.0)"),
        Unary::Abs => "fabs",
        Unary::Sqrt => "sqrt",
        Unary::Floor => "floor",
        Unary::Exp => "exp",
        Unary::Ln => "log",
        Unary::Log10 => "log10",
        Unary::Sin => "sin",
        Unary::Cos => "cos",
        Unary::Tan => "tan",
        Unary::ArcSin => "asin",
        Unary::ArcCos => "acos",
        Unary::ArcTan => "atan",
        Unary::Sinh => "sinh",
        Unary::Cosh => "cosh",
        Unary::Tanh => "tanh",
        Unary::Round => "rint",
        Unary::Sign => return format!("(double)(({a} > 0.0) - ({a} < 0.0))"),
        Unary::LogGamma => "lgamma",
    };
    format!("{function}({a})")
}

fn binary(op: Binary, a: &str, b: &str) -> String {
    let sign = match op {
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Power => return format!("pow({a}, {b})"),
        Binary::Modulo => return format!("{a} - {b} * floor({a} / {b})"),
        Binary::Min => return format!("smaller({a}, {b})"),
        Binary::Max => return format!("larger({a}, {b})"),
        Binary::And => return format!("(double)({a} != 0.0 && {b} != 0.0)"),
        Binary::Or => return format!("(double)({a} != 0.0 || {b} != 0.0)"),
        Binary::Less => return format!("(double)({a} < {b})"),
        Binary::LessEqual => return format!("(double)({a} <= {b})"),
        Binary::Greater => return format!("(double)({a} > {b})"),
        Binary::GreaterEqual => return format!("(double)({a} >= {b})"),
        Binary::Equal => return format!("(double)({a} == {b})"),
        Binary::Unequal => return format!("(double)({a} != {b})"),
    };
    format!("{a} {sign} {b}")
}
