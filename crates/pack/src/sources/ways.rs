//! Which variables stand on a way from a lever to an indicator: those that a page calls by name.

use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::model::VarId;
use tidemark_engine::program::Program;

use super::TextFile;
use crate::record::Pack;

/// The model and what is on its ways; nothing where it cannot be compiled, which its judge will tell.
pub(super) struct Ways {
    found: Option<(Loaded, Vec<bool>)>,
}

impl Ways {
    pub(super) fn of(pack: &Pack, model: TextFile<'_>) -> Self {
        let loaded = tidemark_engine::load(model.text, model.name, &mut Diagnostics::new());
        let found = loaded.map(|loaded| {
            let on_way = on_way(pack, &loaded);
            (loaded, on_way)
        });
        Self { found }
    }

    /// Whether an element of that name is on a way, or no variable that could be known not to be.
    pub(super) fn has(&self, name: &str) -> bool {
        let Some((loaded, on_way)) = &self.found else {
            return true;
        };
        let elements = loaded.model.elements(name);
        let is_on = |var: &VarId| on_way.get(var.index()).copied().unwrap_or(true);
        elements.is_empty() || elements.iter().any(is_on)
    }
}

fn on_way(pack: &Pack, loaded: &Loaded) -> Vec<bool> {
    let of = |name: &String| loaded.model.elements(name);
    let levers = pack.lever.iter().map(|lever| &lever.variable);
    let indicators = pack
        .indicator
        .iter()
        .flat_map(|i| [&i.variable, &i.denominator]);
    let reads = reads(&loaded.program);
    let mut read_by = vec![Vec::new(); reads.len()];
    for (var, all) in reads.iter().enumerate() {
        for of in all {
            read_by[*of].push(var);
        }
    }
    let behind = reached(levers.flat_map(of), &read_by);
    let before = reached(indicators.flat_map(of), &reads);
    behind
        .into_iter()
        .zip(before)
        .map(|(a, b)| a && b)
        .collect()
}

/// What each variable is made of, by place.
fn reads(program: &Program) -> Vec<Vec<usize>> {
    let places = |var: VarId| program.reads(var).into_iter().map(VarId::index);
    program
        .variables()
        .map(|var| places(var).collect())
        .collect()
}

/// What can be reached from some variables, themselves included.
fn reached(from: impl Iterator<Item = VarId>, next: &[Vec<usize>]) -> Vec<bool> {
    let mut seen = vec![false; next.len()];
    let mut left: Vec<usize> = from.map(VarId::index).collect();
    while let Some(var) = left.pop() {
        if !std::mem::replace(&mut seen[var], true) {
            left.extend(&next[var]);
        }
    }
    seen
}
