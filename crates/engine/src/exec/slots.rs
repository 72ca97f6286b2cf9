//! Slots of values that one section makes and reads are used again after their last reading, so
//! that a large model needs few and a block of members stays in the cache.
//!
//! One pass over the instructions for each question, whatever the size of the model.

use super::code::Layout;
use super::op::{Op, Slot, TIME_SLOT};

/// Which section a slot belongs to: none yet, several, or the one of that position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Nobody,
    Everybody,
    Section(u8),
}

/// The same layout on as few slots as a walk from front to back needs; `n` is how many it has.
pub(super) fn reuse(mut layout: Layout, n: usize) -> Layout {
    let owners = owners(&mut layout, n);
    // The clock stays at the first place.
    let mut names: Vec<Slot> = vec![0; n];
    let mut n_fixed = 1;
    for (k, owner) in owners.iter().enumerate().skip(1) {
        if *owner == Owner::Everybody {
            names[k] = n_fixed;
            n_fixed += 1;
        }
    }
    let mut most = n_fixed;
    for (section, ops) in sections(&mut layout).into_iter().enumerate() {
        let own = Owner::Section(section as u8);
        most = most.max(renamed(ops, &owners, own, &mut names, n_fixed));
    }
    for slot in outside(&mut layout) {
        *slot = names[*slot as usize];
    }
    layout.n_slots = most as usize;
    layout
}

/// Sections whose values may be of no use after them.
fn sections(layout: &mut Layout) -> [&mut Vec<Op>; 4] {
    [
        &mut layout.once,
        &mut layout.first,
        &mut layout.each,
        &mut layout.stage,
    ]
}

/// All other places that name a slot.
fn outside(layout: &mut Layout) -> impl Iterator<Item = &mut Slot> {
    let numbers = layout.numbers.iter_mut().map(|(slot, _)| slot);
    let series = layout.series.iter_mut().chain(&mut layout.stage_series);
    let begin = layout.begin.iter_mut().flat_map(|(to, from)| [to, from]);
    let after = layout.after.iter_mut().flatten().flat_map(op_slots);
    let single = layout.inputs.iter_mut().chain(&mut layout.driven);
    let roots = layout.roots.iter_mut().chain(&mut layout.stage_roots);
    let histories = layout.histories.iter_mut().map(|h| &mut h.slot);
    let seeds = layout.draws.iter_mut().filter_map(|d| d.seed.as_mut());
    single
        .chain(numbers)
        .chain(series.map(|(_, slot)| slot))
        .chain(begin)
        .chain(after)
        .chain(roots)
        .chain(histories)
        .chain(seeds)
}

/// The slots of an instruction, the one it writes last.
fn op_slots(op: &mut Op) -> impl Iterator<Item = &mut Slot> {
    let [a, b, c] = op.code.reads();
    let parts = [
        a.then_some(&mut op.a),
        b.then_some(&mut op.b),
        c.then_some(&mut op.c),
        Some(&mut op.to),
    ];
    parts.into_iter().flatten()
}

fn owners(layout: &mut Layout, n: usize) -> Vec<Owner> {
    let mut owners = vec![Owner::Nobody; n];
    owners[TIME_SLOT as usize] = Owner::Everybody;
    for slot in outside(layout) {
        owners[*slot as usize] = Owner::Everybody;
    }
    for (section, ops) in sections(layout).into_iter().enumerate() {
        let own = Owner::Section(section as u8);
        for slot in ops.iter_mut().flat_map(op_slots) {
            let owner = &mut owners[*slot as usize];
            *owner = match *owner {
                Owner::Nobody => own,
                same if same == own => own,
                _ => Owner::Everybody,
            };
        }
    }
    owners
}

/// Gives the section's own values places from `from` on; how many slots there are then.
fn renamed(ops: &mut [Op], owners: &[Owner], own: Owner, names: &mut [Slot], from: Slot) -> Slot {
    let is_own = |slot: Slot| owners[slot as usize] == own;
    let mut last_read = vec![0_u32; owners.len()];
    for (k, op) in ops.iter_mut().enumerate() {
        for slot in op_slots(op) {
            last_read[*slot as usize] = k as u32;
        }
    }
    let mut free: Vec<Slot> = Vec::new();
    let mut end = from;
    for (k, op) in ops.iter_mut().enumerate() {
        let to = op.to;
        for slot in op_slots(op) {
            let old = *slot;
            if !is_own(old) {
                *slot = names[old as usize];
                continue;
            }
            // The value written comes last, after the places of operands are free.
            if old == to {
                let place = free.pop().unwrap_or_else(|| {
                    end += 1;
                    end - 1
                });
                names[old as usize] = place;
            }
            *slot = names[old as usize];
            // Once, also where an instruction reads a value twice.
            if last_read[old as usize] == k as u32 {
                last_read[old as usize] = u32::MAX;
                free.push(*slot);
            }
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exec::op::Code;

    #[test]
    fn a_long_chain_needs_few_slots_and_reads_what_it_read() {
        // Slot 1 is an input, 2 a number, 3 to 101 a chain, and the last one is kept.
        let chain = (3..102).map(|to| Op::of(Code::Add, to, [to - 1, to - 1, 0]));
        let layout = Layout {
            inputs: vec![1],
            numbers: vec![(2, 1.5)],
            each: chain.collect(),
            roots: vec![101],
            ..Layout::default()
        };
        let layout = reuse(layout, 102);
        assert_eq!(layout.n_slots, 5);
        let mut slots = vec![0.0; layout.n_slots];
        slots[layout.numbers[0].0 as usize] = 1.5;
        for op in &layout.each {
            slots[op.to as usize] = slots[op.a as usize] + slots[op.b as usize];
        }
        let kept = slots[layout.roots[0] as usize];
        assert_eq!(kept, 1.5 * libm::exp2(99.0));
    }
}
