//! The machine of a block: as the scalar one, but every slot holds a value for each member.

use std::cell::Cell;

use super::super::checkpoint::Checkpoint;
use super::super::op::{Code, Op, Slot, TIME_SLOT};
use super::super::past::{Past, between, driven as driven_value, past};
use super::super::plan::Plan;
use super::super::steps::{Now, Stepping};
use super::kernel::{CHUNK, Chunk, Function, Lanes, map, map2, map3, truth};
use super::{Driven, Members};
use crate::builtin::{self, Binary, Place, Unary};

/// The values of some members at one time; of a plan, and run with that plan only.
#[derive(Debug, Clone)]
pub(super) struct Block {
    functions: Vec<Function>,
    /// Chunks of a slot.
    n_chunks: usize,
    /// The first member's position among all members of the run, and its number for draws.
    begin: usize,
    number: u64,
    slots: Vec<Chunk>,
    /// For each history and instant the chunks of a slot.
    histories: Vec<Chunk>,
}

impl Block {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            functions: plan.tables.iter().map(Function::new).collect(),
            n_chunks: 0,
            begin: 0,
            number: 0,
            slots: Vec::new(),
            histories: Vec::new(),
        }
    }

    /// Makes room for `count` members from position `begin` on and sets their inputs. Lanes beyond
    /// them repeat the last member.
    pub(super) fn take(&mut self, plan: &Plan, members: &Members, begin: usize, count: usize) {
        self.begin = begin;
        self.number = members.first_member.wrapping_add(begin as u64);
        let n_chunks = count.div_ceil(CHUNK);
        if n_chunks != self.n_chunks {
            self.n_chunks = n_chunks;
            self.slots = vec![[0.0; CHUNK]; plan.layout.n_slots * n_chunks];
            self.histories = vec![[0.0; CHUNK]; plan.layout.n_past * n_chunks];
            for &(slot, value) in &plan.layout.numbers {
                self.fill(slot, value);
            }
        }
        for (k, &slot) in plan.layout.inputs.iter().enumerate() {
            match members.inputs.get(k) {
                Some([value]) => self.fill(slot, *value),
                Some(values) => {
                    let values = values.get(begin..begin + count).unwrap_or(&[]);
                    self.spread(slot, values);
                }
                None => self.fill(slot, f64::NAN),
            }
        }
    }

    /// What only inputs move, and the values at the first instant.
    pub(super) fn begin(&mut self, plan: &Plan, driven: Driven<'_>) {
        let now = Now::at(0);
        self.set_from_outside(plan, driven, now, 0);
        self.execute(plan, &plan.layout.once, now);
        self.execute(plan, &plan.layout.first, now);
        for &(to, from) in &plan.layout.begin {
            let from = self.range(from);
            let to = self.range(to).start;
            self.slots.copy_within(from, to);
        }
    }

    /// What only inputs move, and states and past of a checkpoint that fits; one of one member
    /// stands for all.
    pub(super) fn resume(&mut self, plan: &Plan, from: &Checkpoint, count: usize) {
        self.execute(plan, &plan.layout.once, Now::at(from.step));
        let begin = if from.count == 1 { 0 } else { self.begin };
        let width = if from.count == 1 { 1 } else { count };
        let own = |row: &[f64]| row.get(begin..begin + width).unwrap_or(&[]).to_vec();
        for (&(to, _), row) in plan.layout.begin.iter().zip(from.states.chunks(from.count)) {
            self.spread(to, &own(row));
        }
        let mut past = from.past.chunks(from.count);
        for history in &plan.layout.histories {
            for (step, row) in history.kept(from.step).zip(&mut past) {
                let at = history.place(step) * self.n_chunks;
                let places = self.histories.get_mut(at..at + self.n_chunks);
                spread(places.unwrap_or(&mut []), &own(row));
            }
        }
    }

    /// Writes the block's members into a checkpoint before its step.
    pub(super) fn save(&self, plan: &Plan, to: &mut Checkpoint, count: usize) {
        let rows = to.states.chunks_mut(to.count);
        for (&(slot, _), row) in plan.layout.begin.iter().zip(rows) {
            let own = row.get_mut(self.begin..self.begin + count);
            gather(own.unwrap_or(&mut []), self.lanes(slot));
        }
        let mut rows = to.past.chunks_mut(to.count);
        for history in &plan.layout.histories {
            for (step, row) in history.kept(to.step).zip(&mut rows) {
                let own = row.get_mut(self.begin..self.begin + count);
                gather(own.unwrap_or(&mut []), self.past(history.place(step)));
            }
        }
    }

    /// The values of a slot.
    pub(super) fn lanes(&self, slot: Slot) -> &[Chunk] {
        self.slots.get(self.range(slot)).unwrap_or(&[])
    }

    fn past(&self, place: usize) -> &[Chunk] {
        let at = place * self.n_chunks;
        self.histories.get(at..at + self.n_chunks).unwrap_or(&[])
    }

    fn range(&self, slot: Slot) -> std::ops::Range<usize> {
        let begin = slot as usize * self.n_chunks;
        begin..begin + self.n_chunks
    }

    fn set_driven(&mut self, slot: Slot, k: usize, driven: Driven<'_>, now: Now) {
        match driven {
            Driven::Shared(all) => {
                let series = all.get(k).copied().unwrap_or(&[]);
                self.fill(slot, driven_value(series, now.step, now.part));
            }
            Driven::Each(ensemble) => {
                let range = self.range(slot);
                let begin = self.begin;
                let lanes = self.slots.get_mut(range).unwrap_or(&mut []);
                let lanes = lanes.as_flattened_mut();
                ensemble.at_step(k, now.step, now.part, begin, lanes);
            }
        }
    }

    fn fill(&mut self, slot: Slot, value: f64) {
        let range = self.range(slot);
        if let Some(lanes) = self.slots.get_mut(range) {
            lanes.fill([value; CHUNK]);
        }
    }

    fn spread(&mut self, slot: Slot, values: &[f64]) {
        let range = self.range(slot);
        spread(self.slots.get_mut(range).unwrap_or(&mut []), values);
    }
}

/// One value a lane; the last one goes on beyond their end, NaN where there is none.
fn spread(lanes: &mut [Chunk], values: &[f64]) {
    let last = values.last().copied().unwrap_or(f64::NAN);
    for (k, lane) in lanes.as_flattened_mut().iter_mut().enumerate() {
        *lane = values.get(k).copied().unwrap_or(last);
    }
}

/// The values of the first lanes.
pub(super) fn gather(to: &mut [f64], lanes: &[Chunk]) {
    for (to, lane) in to.chunks_mut(CHUNK).zip(lanes) {
        for (to, value) in to.iter_mut().zip(lane) {
            *to = *value;
        }
    }
}

impl Stepping for Block {
    type Values = Self;
    type Driven<'d> = Driven<'d>;

    fn values(&self) -> &Self {
        self
    }

    fn set_from_outside(&mut self, plan: &Plan, driven: Driven<'_>, now: Now, stage: usize) {
        self.fill(TIME_SLOT, plan.horizon.time_within(now.step, now.part));
        let (places, row) = plan.given(now.step, stage);
        for (&(_, slot), &value) in places.iter().zip(row) {
            self.fill(slot, value);
        }
        for (k, &slot) in plan.layout.driven.iter().enumerate() {
            self.set_driven(slot, k, driven, now);
        }
    }

    fn remember(&mut self, plan: &Plan, step: usize) {
        for history in &plan.layout.histories {
            let at = history.place(step) * self.n_chunks;
            let from = self.slots.get(self.range(history.slot)).unwrap_or(&[]);
            let places = self.histories.get_mut(at..at + self.n_chunks);
            for (to, from) in places.into_iter().flatten().zip(from) {
                *to = *from;
            }
        }
    }

    fn execute(&mut self, plan: &Plan, ops: &[Op], now: Now) {
        let Self {
            slots,
            histories,
            functions,
            n_chunks,
            ..
        } = self;
        Outside {
            plan,
            functions,
            histories,
            n_chunks: *n_chunks,
            number: self.number,
            now,
            cells: Cell::from_mut(slots.as_mut_slice()).as_slice_of_cells(),
        }
        .execute(ops);
    }
}

/// Slots as cells, and what instructions read beside them.
struct Outside<'m> {
    plan: &'m Plan,
    functions: &'m [Function],
    histories: &'m [Chunk],
    n_chunks: usize,
    number: u64,
    now: Now,
    cells: &'m [Cell<Chunk>],
}

impl<'m> Outside<'m> {
    #[inline(always)]
    fn lanes(&self, slot: Slot) -> Lanes<'m> {
        let begin = slot as usize * self.n_chunks;
        self.cells.get(begin..begin + self.n_chunks).unwrap_or(&[])
    }

    fn execute(&self, ops: &[Op]) {
        let dt = self.plan.horizon.dt;
        for op in ops {
            let (to, a) = (self.lanes(op.to), self.lanes(op.a));
            let (b, c) = (|| self.lanes(op.b), || self.lanes(op.c));
            match op.code {
                Code::Move => map(to, a, |a| a),
                Code::Add => map2(to, a, b(), |a, b| a + b),
                Code::Subtract => map2(to, a, b(), |a, b| a - b),
                Code::Multiply => map2(to, a, b(), |a, b| a * b),
                Code::Divide => map2(to, a, b(), |a, b| a / b),
                Code::Min => map2(to, a, b(), |a, b| Binary::Min.apply(a, b)),
                Code::Max => map2(to, a, b(), |a, b| Binary::Max.apply(a, b)),
                Code::Less => map2(to, a, b(), |a, b| truth(a < b)),
                Code::LessEqual => map2(to, a, b(), |a, b| truth(a <= b)),
                Code::Greater => map2(to, a, b(), |a, b| truth(a > b)),
                Code::GreaterEqual => map2(to, a, b(), |a, b| truth(a >= b)),
                Code::Equal => map2(to, a, b(), |a, b| truth(a == b)),
                Code::Unequal => map2(to, a, b(), |a, b| truth(a != b)),
                Code::And => map2(to, a, b(), |a, b| truth((a != 0.0) & (b != 0.0))),
                Code::Or => map2(to, a, b(), |a, b| truth((a != 0.0) | (b != 0.0))),
                Code::Negative => map(to, a, |a| -a),
                Code::Not => map(to, a, |a| truth(a == 0.0)),
                Code::Abs => map(to, a, f64::abs),
                Code::Sqrt => map(to, a, |a| Unary::Sqrt.apply(a)),
                Code::SumPlus => map3(to, a, b(), c(), |a, b, c| (a + b) + c),
                Code::SumMinus => map3(to, a, b(), c(), |a, b, c| (a + b) - c),
                Code::SumTimes => map3(to, a, b(), c(), |a, b, c| (a + b) * c),
                Code::SumOver => map3(to, a, b(), c(), |a, b, c| (a + b) / c),
                Code::DifferencePlus => map3(to, a, b(), c(), |a, b, c| (a - b) + c),
                Code::DifferenceMinus => map3(to, a, b(), c(), |a, b, c| (a - b) - c),
                Code::DifferenceTimes => map3(to, a, b(), c(), |a, b, c| (a - b) * c),
                Code::DifferenceOver => map3(to, a, b(), c(), |a, b, c| (a - b) / c),
                Code::ProductPlus => map3(to, a, b(), c(), |a, b, c| (a * b) + c),
                Code::ProductMinus => map3(to, a, b(), c(), |a, b, c| (a * b) - c),
                Code::ProductTimes => map3(to, a, b(), c(), |a, b, c| (a * b) * c),
                Code::ProductOver => map3(to, a, b(), c(), |a, b, c| (a * b) / c),
                Code::QuotientPlus => map3(to, a, b(), c(), |a, b, c| (a / b) + c),
                Code::QuotientMinus => map3(to, a, b(), c(), |a, b, c| (a / b) - c),
                Code::QuotientTimes => map3(to, a, b(), c(), |a, b, c| (a / b) * c),
                Code::QuotientOver => map3(to, a, b(), c(), |a, b, c| (a / b) / c),
                Code::LessSum => map3(to, a, b(), c(), |a, b, c| c - (a + b)),
                Code::BySum => map3(to, a, b(), c(), |a, b, c| c / (a + b)),
                Code::LessDifference => map3(to, a, b(), c(), |a, b, c| c - (a - b)),
                Code::ByDifference => map3(to, a, b(), c(), |a, b, c| c / (a - b)),
                Code::LessProduct => map3(to, a, b(), c(), |a, b, c| c - (a * b)),
                Code::ByProduct => map3(to, a, b(), c(), |a, b, c| c / (a * b)),
                Code::LessQuotient => map3(to, a, b(), c(), |a, b, c| c - (a / b)),
                Code::ByQuotient => map3(to, a, b(), c(), |a, b, c| c / (a / b)),
                Code::Select => map3(to, a, b(), c(), builtin::select),
                Code::Lookup => {
                    if let Some(function) = self.functions.get(op.b as usize) {
                        function.apply(to, a);
                    }
                }
                Code::Integrate => map2(to, to, a, |to, a| to + a * dt),
                Code::IntegrateDifference => map3(to, to, a, b(), |to, a, b| to + (a - b) * dt),
                Code::IntegrateNonNegative => {
                    map2(to, to, a, |to, a| Binary::Max.apply(to + a * dt, 0.0));
                }
                _ => self.rare(op),
            }
        }
    }

    /// Instructions that cost more than their dispatch: a call for every member.
    #[inline(never)]
    fn rare(&self, op: &Op) {
        let dt = self.plan.horizon.dt;
        let time = self.plan.horizon.time_within(self.now.step, self.now.part);
        let (to, a) = (self.lanes(op.to), self.lanes(op.a));
        let (b, c) = (|| self.lanes(op.b), || self.lanes(op.c));
        let unary = |f: Unary| map(to, a, |a| f.apply(a));
        match op.code {
            Code::Modulo => map2(to, a, b(), |a, b| Binary::Modulo.apply(a, b)),
            Code::Power => map2(to, a, b(), |a, b| Binary::Power.apply(a, b)),
            Code::Floor => unary(Unary::Floor),
            Code::Exp => unary(Unary::Exp),
            Code::Ln => unary(Unary::Ln),
            Code::Log10 => unary(Unary::Log10),
            Code::Sin => unary(Unary::Sin),
            Code::Cos => unary(Unary::Cos),
            Code::Tan => unary(Unary::Tan),
            Code::ArcSin => unary(Unary::ArcSin),
            Code::ArcCos => unary(Unary::ArcCos),
            Code::ArcTan => unary(Unary::ArcTan),
            Code::Sinh => unary(Unary::Sinh),
            Code::Cosh => unary(Unary::Cosh),
            Code::Tanh => unary(Unary::Tanh),
            Code::Round => unary(Unary::Round),
            Code::Sign => unary(Unary::Sign),
            Code::LogGamma => unary(Unary::LogGamma),
            Code::Step => map2(to, a, b(), |a, b| builtin::step(a, b, time, dt)),
            Code::Ramp => map3(to, a, b(), c(), |a, b, c| builtin::ramp(a, b, c, time)),
            Code::Pulse => map3(to, a, b(), c(), |a, b, c| builtin::pulse(a, b, c, time, dt)),
            Code::Past => self.past(op, self.now.part),
            Code::PastInstant => self.past(op, libm::ceil(self.now.part)),
            Code::Draw => self.draw(op),
            // The loop has an arm for every other one.
            _ => {}
        }
    }

    fn past(&self, op: &Op, part: f64) {
        let Some(history) = self.plan.layout.histories.get(op.c as usize) else {
            return;
        };
        let (to, back, early) = (self.lanes(op.to), self.lanes(op.a), self.lanes(op.b));
        for (k, ((to, back), early)) in to.iter().zip(back).zip(early).enumerate() {
            let (back, early) = (back.get(), early.get());
            to.set(std::array::from_fn(|lane| {
                let at = |step: usize| {
                    let chunk = self.histories.get(history.place(step) * self.n_chunks + k);
                    chunk.map_or(f64::NAN, |chunk| chunk[lane])
                };
                match past(back[lane], self.plan.horizon.dt, self.now.step, part) {
                    Past::Unknown => f64::NAN,
                    Past::Early => early[lane],
                    Past::At(step) => at(step),
                    Past::After(step, part) => between(at(step), at(step + 1), part),
                }
            }));
        }
    }

    fn draw(&self, op: &Op) {
        let Some(draw) = self.plan.layout.draws.get(op.c as usize) else {
            return;
        };
        let (to, a, b) = (self.lanes(op.to), self.lanes(op.a), self.lanes(op.b));
        let seeds = draw.seed.map(|seed| self.lanes(seed));
        for (k, ((to, a), b)) in to.iter().zip(a).zip(b).enumerate() {
            let (a, b) = (a.get(), b.get());
            let seeds = seeds.and_then(|seeds| Some(seeds.get(k)?.get()));
            to.set(std::array::from_fn(|lane| {
                let member = self.number.wrapping_add((k * CHUNK + lane) as u64);
                let place = match seeds {
                    Some(seeds) => Place::of_seed(seeds[lane], self.now.step),
                    None => Some(Place::of_run(
                        self.plan.seed,
                        member,
                        draw.stream,
                        self.now.step,
                    )),
                };
                draw.law.draw([a[lane], b[lane]], place)
            }));
        }
    }
}
