//! Subscripts → elements: fixed ones, axes that a builtin runs along, and computed indices.

use super::dimension::DimId;
use super::equation::Reading;
use super::scope::ArrayId;
use super::term::{Term, TermKind};
use crate::builtin::Binary;
use crate::expr::{Expr, ExprKind};
use crate::name::nearest;

/// Elements that a builtin over arrays runs through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    /// The dimension whose elements are counted.
    pub(super) dim: DimId,
    /// Which of several axes of that dimension in one reference: axes of two references are the
    /// same where dimension, rank and range are.
    pub(super) rank: usize,
    /// First and last position.
    pub(super) range: (usize, usize),
}

/// What stands in one place between square brackets.
#[derive(Debug, Clone)]
pub(super) enum Subscript {
    /// One element.
    Fixed(usize),
    /// An index that is computed, counting from 1.
    Computed(Term),
}

/// What a subscript is, before anything is computed.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Fixed(usize),
    Along(Axis),
    Computed,
    /// It names nothing that this dimension has.
    Nothing,
}

impl Reading<'_, '_, '_, '_> {
    /// The subscripts of an array as written; `None` after a fault.
    pub(super) fn subscripts(
        &mut self,
        array: ArrayId,
        written: &[Expr],
        at: usize,
    ) -> Option<Vec<Subscript>> {
        let dims = self.scope.arrays[array.0].dims.clone();
        if dims.len() != written.len() {
            let name = self.scope.arrays[array.0].name.clone();
            let message = match dims.len() {
                0 => format!("`{name}` is no array"),
                n => format!("`{name}` has {n} dimensions, not {}", written.len()),
            };
            let subject = [name.as_str(), &dims.len().to_string()];
            self.faults.error("bad-subscript", at, &subject, message);
            return None;
        }
        let mut axes = Vec::new();
        let mut found = Vec::new();
        for (expr, &dim) in written.iter().zip(&dims) {
            let subscript = match self.meaning(expr, dim, &axes) {
                Meaning::Fixed(position) => Some(Subscript::Fixed(position)),
                Meaning::Along(axis) => {
                    axes.push(axis);
                    self.on_axis(array, axis, dim, at)
                }
                Meaning::Computed => Some(Subscript::Computed(self.index(expr))),
                Meaning::Nothing => self.no_element(array, expr, dim),
            };
            found.push(subscript);
        }
        found.into_iter().collect()
    }

    /// The subscripts of an array that stands without any: the own element, or every one where a
    /// builtin takes it whole.
    pub(super) fn unsubscripted(&mut self, array: ArrayId, at: usize) -> Option<Vec<Subscript>> {
        let dims = self.scope.arrays[array.0].dims.clone();
        if self.whole {
            let axes = self.whole_axes(&dims);
            let places = axes.iter().zip(&dims);
            let found: Vec<Option<Subscript>> = places
                .map(|(&axis, &dim)| self.on_axis(array, axis, dim, at))
                .collect();
            return found.into_iter().collect();
        }
        let mut used = vec![false; self.owner.element.len()];
        let mut found = Vec::new();
        for &dim in &dims {
            let element = &self.owner.element;
            let free = |k: &usize| !used[*k];
            let same = (0..element.len())
                .filter(free)
                .find(|&k| element[k].0 == dim);
            let near = || {
                let carried = |k: &usize| self.scope.dimensions.carries(element[*k].0, dim);
                (0..element.len()).filter(free).find(carried)
            };
            let Some(k) = same.or_else(near) else {
                return self.needs_element(array, at);
            };
            used[k] = true;
            let (own, position) = self.owner.element[k];
            let carried = self.scope.dimensions.carried(own, position, dim);
            found.push(Subscript::Fixed(carried?));
        }
        Some(found)
    }

    fn needs_element<T>(&mut self, array: ArrayId, at: usize) -> Option<T> {
        let of = &self.scope.arrays[array.0];
        let dims = of
            .dims
            .iter()
            .map(|&d| self.scope.dimensions.get(d).name.clone());
        let dims = dims.collect::<Vec<_>>().join(", ");
        let name = of.name.clone();
        let message = format!("`{name}` is an array over {dims}, but one value is wanted here");
        let hint = Some(format!(
            "name an element, `{name}[…]`, or sum it, `SUM({name})`"
        ));
        self.faults
            .error_hint("needs-element", at, &[&name, &dims], message, hint);
        None
    }

    /// Axes of an array taken whole.
    fn whole_axes(&self, dims: &[DimId]) -> Vec<Axis> {
        let mut axes: Vec<Axis> = Vec::new();
        for &dim in dims {
            axes.push(self.whole_axis(dim, &axes));
        }
        axes
    }

    fn whole_axis(&self, dim: DimId, before: &[Axis]) -> Axis {
        let last = self.scope.dimensions.size(dim).saturating_sub(1);
        axis(dim, (0, last), before)
    }

    /// What a subscript means in a place of dimension `dim`, after axes of the same reference.
    fn meaning(&self, expr: &Expr, dim: DimId, before: &[Axis]) -> Meaning {
        let dimensions = &self.scope.dimensions;
        match &expr.kind {
            ExprKind::Name(name) if name == "*" => Meaning::Along(self.whole_axis(dim, before)),
            ExprKind::Range(first, last) => {
                let ends = (self.position(first, dim), self.position(last, dim));
                match ends {
                    (Some(first), Some(last)) if first <= last => {
                        Meaning::Along(axis(dim, (first, last), before))
                    }
                    _ => Meaning::Nothing,
                }
            }
            ExprKind::Name(name) => {
                if let Some(position) = self.position(expr, dim) {
                    return Meaning::Fixed(position);
                }
                match dimensions.find(name) {
                    Some(named) => self.along_named(named, dim, before),
                    None if self.is_value(name) => Meaning::Computed,
                    None => Meaning::Nothing,
                }
            }
            ExprKind::Number(_) => self
                .position(expr, dim)
                .map_or(Meaning::Nothing, Meaning::Fixed),
            _ => Meaning::Computed,
        }
    }

    /// Whether a name stands for a number that may be an index.
    fn is_value(&self, name: &str) -> bool {
        let known = self.scope.find(self.owner.instance, name).is_some();
        known || crate::builtin::find(name).is_some()
    }

    /// A dimension's name as subscript: the own element of it, or all of it.
    fn along_named(&self, named: DimId, dim: DimId, before: &[Axis]) -> Meaning {
        let dimensions = &self.scope.dimensions;
        let rank = before.iter().filter(|a| a.dim == named).count();
        let own = self.owner.element.iter().filter(|(d, _)| *d == named);
        let own: Vec<usize> = own.map(|(_, position)| *position).collect();
        if let Some(&position) = own.get(rank).or(own.last()) {
            let carried = dimensions.carried(named, position, dim);
            return carried.map_or(Meaning::Nothing, Meaning::Fixed);
        }
        match dimensions.carries(named, dim) {
            true => Meaning::Along(self.whole_axis(named, before)),
            false => Meaning::Nothing,
        }
    }

    /// Position that an element's name or a plain number means.
    fn position(&self, expr: &Expr, dim: DimId) -> Option<usize> {
        let dimensions = &self.scope.dimensions;
        match &expr.kind {
            ExprKind::Name(name) => dimensions.position(dim, name).or_else(|| {
                let (of, element) = name.split_once('.')?;
                let of = dimensions.find(of)?;
                dimensions.carried(of, dimensions.position(of, element)?, dim)
            }),
            ExprKind::Number(value) => {
                let named = dimensions.position(dim, &value.to_string());
                let within = *value >= 1.0 && *value < dimensions.size(dim) as f64 + 1.0;
                named.or(within.then(|| *value as usize - 1))
            }
            _ => None,
        }
    }

    /// The element where the builtin around stands along an axis.
    fn on_axis(&mut self, array: ArrayId, axis: Axis, dim: DimId, at: usize) -> Option<Subscript> {
        match self.along.iter().find(|(a, _)| *a == axis) {
            Some(&(_, position)) => {
                let carried = self.scope.dimensions.carried(axis.dim, position, dim);
                carried.map(Subscript::Fixed)
            }
            None => self.needs_element(array, at),
        }
    }

    fn no_element(&mut self, array: ArrayId, expr: &Expr, dim: DimId) -> Option<Subscript> {
        let name = self.scope.arrays[array.0].name.clone();
        let dimension = self.scope.dimensions.get(dim).name.clone();
        let written = match &expr.kind {
            ExprKind::Name(name) => name.clone(),
            ExprKind::Number(value) => value.to_string(),
            _ => "the range".to_owned(),
        };
        let message =
            format!("`{written}` is no element of `{dimension}`, over which `{name}` is an array");
        let elements = &self.scope.dimensions.get(dim).elements;
        let near = nearest(&written, elements.iter().map(String::as_str));
        let hint = near.map(|n| format!("did you mean `{n}`?"));
        let at = self.at(expr);
        self.faults
            .error_hint("bad-subscript", at, &[&name, &written], message, hint);
        None
    }

    /// A computed index: arrays in it are single values again.
    fn index(&mut self, expr: &Expr) -> Term {
        let whole = std::mem::replace(&mut self.whole, false);
        let term = self.term(expr);
        self.whole = whole;
        term
    }

    /// Offset of an element where every subscript is fixed.
    pub(super) fn fixed_offset(&self, array: ArrayId, subscripts: &[Subscript]) -> Option<usize> {
        let dims = &self.scope.arrays[array.0].dims;
        dims.iter()
            .zip(subscripts)
            .try_fold(0, |offset, (&dim, subscript)| match subscript {
                Subscript::Fixed(position) => {
                    Some(offset * self.scope.dimensions.size(dim) + position)
                }
                Subscript::Computed(_) => None,
            })
    }

    /// The element at `offset` of the dimensions before `place`, choosing by computed indices.
    pub(super) fn chosen(
        &mut self,
        array: ArrayId,
        subscripts: &[Subscript],
        place: usize,
        offset: usize,
        at: usize,
    ) -> Term {
        let of = &self.scope.arrays[array.0];
        let (Some(subscript), Some(&dim)) = (subscripts.get(place), of.dims.get(place)) else {
            let var = of
                .element(offset)
                .map_or(TermKind::Fault, TermKind::Variable);
            return Term { kind: var, at };
        };
        let size = self.scope.dimensions.size(dim);
        match subscript {
            Subscript::Fixed(position) => {
                self.chosen(array, subscripts, place + 1, offset * size + position, at)
            }
            Subscript::Computed(index) => {
                let elements: Vec<Term> = (0..size)
                    .map(|k| self.chosen(array, subscripts, place + 1, offset * size + k, at))
                    .collect();
                self.scope.terms_left = self.scope.terms_left.saturating_sub(4 * size);
                let inside = picked(index, &elements, 1, at);
                let outside = self.scope.document.invalid_index;
                within(index, size, inside, outside, at)
            }
        }
    }

    /// Adds the axes that a builtin over arrays finds in an argument.
    pub(super) fn axes(&self, expr: &Expr, whole: bool, found: &mut Vec<Axis>) {
        let mut add = |axes: &[Axis]| {
            for axis in axes {
                if !found.contains(axis) {
                    found.push(*axis);
                }
            }
        };
        let from = self.owner.instance;
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Range(..) => {}
            ExprKind::Name(name) => {
                if let (Some(id), true) = (self.scope.find(from, name), whole) {
                    add(&self.whole_axes(&self.scope.arrays[id.0].dims));
                }
            }
            ExprKind::Element(name, subscripts) => {
                let Some(id) = self.scope.find(from, name) else {
                    return;
                };
                let mut axes = Vec::new();
                for (subscript, &dim) in subscripts.iter().zip(&self.scope.arrays[id.0].dims) {
                    match self.meaning(subscript, dim, &axes) {
                        Meaning::Along(axis) => axes.push(axis),
                        Meaning::Computed => self.axes(subscript, false, &mut axes),
                        _ => {}
                    }
                }
                add(&axes);
            }
            ExprKind::Call(name, arguments) => {
                let is_own = super::reduce::takes_arrays(name, arguments.len());
                for argument in arguments.iter().filter(|_| !is_own) {
                    self.axes(argument, whole, found);
                }
            }
            ExprKind::Output(call, _) => self.axes(call, whole, found),
            ExprKind::Negative(a) | ExprKind::Not(a) => self.axes(a, whole, found),
            ExprKind::Binary(_, a, b) => {
                self.axes(a, whole, found);
                self.axes(b, whole, found);
            }
            ExprKind::If(parts) => parts.iter().for_each(|p| self.axes(p, whole, found)),
        }
    }
}

fn axis(dim: DimId, range: (usize, usize), before: &[Axis]) -> Axis {
    let rank = before
        .iter()
        .filter(|a| a.dim == dim && a.range == range)
        .count();
    Axis { dim, rank, range }
}

fn op(op: Binary, a: Term, b: Term) -> Term {
    let at = a.at;
    Term {
        kind: TermKind::Binary(op, Box::new(a), Box::new(b)),
        at,
    }
}

/// The element whose number, from `first` on, is the whole part of the index.
fn picked(index: &Term, elements: &[Term], first: usize, at: usize) -> Term {
    let half = elements.len() / 2;
    match elements {
        [] => Term::fault(at),
        [only] => only.clone(),
        _ => {
            let (low, high) = elements.split_at(half);
            let bound = Term::number((first + half) as f64, at);
            let is_low = op(Binary::Less, index.clone(), bound);
            let low = picked(index, low, first, at);
            let high = picked(index, high, first + half, at);
            Term::choice(is_low, low, high, at)
        }
    }
}

/// `inside` for an index from 1 to `size`, its fraction cut off; else the value for bad indices.
fn within(index: &Term, size: usize, inside: Term, outside: f64, at: usize) -> Term {
    let from = op(Binary::GreaterEqual, index.clone(), Term::number(1.0, at));
    let to = op(
        Binary::Less,
        index.clone(),
        Term::number(size as f64 + 1.0, at),
    );
    let inside_too = op(Binary::And, from, to);
    Term::choice(inside_too, inside, Term::number(outside, at), at)
}
