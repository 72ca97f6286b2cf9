//! Builtins over arrays (XMILE 1.0, 3.7.1.3): written out over the elements they run through.
//!
//! `SUM(a)`, `SUM(a[*, x])`, `SUM(a[*] * b[*])`, `MAX(a[1:3])`: an array without subscripts is
//! taken whole, `*` and a dimension that is not the equation's own run through all elements.
//! MIN, MAX and MEAN of several arguments take arrays only where a subscript says so.

use super::equation::Reading;
use super::subscript::Axis;
use super::term::{Term, TermKind};
use crate::builtin::{self, ArrayKernel, Binary, Builtin, Kernel};
use crate::expr::{Expr, ExprKind};

/// Whether a call of that builtin looks through arrays without subscripts.
pub(super) fn takes_arrays(name: &str, n_arguments: usize) -> bool {
    builtin::find(name).is_some_and(|row| takes_whole(row, n_arguments))
}

fn takes_whole(row: &Builtin, n_arguments: usize) -> bool {
    match row.kernel {
        Kernel::Array(_) | Kernel::Deviation | Kernel::Fold(Binary::Add | Binary::Multiply) => true,
        Kernel::Fold(_) | Kernel::Mean => n_arguments == 1,
        _ => false,
    }
}

impl Reading<'_, '_, '_, '_> {
    /// The call written out where it runs over arrays; `None` where it is an ordinary call.
    pub(super) fn over_arrays(
        &mut self,
        row: &'static Builtin,
        arguments: &[Expr],
        at: usize,
    ) -> Option<TermKind> {
        let folds = matches!(
            row.kernel,
            Kernel::Fold(_) | Kernel::Mean | Kernel::Deviation | Kernel::Array(_)
        );
        if !folds {
            return None;
        }
        let whole = takes_whole(row, arguments.len());
        let mut axes = Vec::new();
        arguments
            .iter()
            .for_each(|a| self.axes(a, whole, &mut axes));
        if axes.is_empty() && !whole {
            return None;
        }
        if !self.fits_arity(row, arguments.len(), at) {
            return Some(TermKind::Fault);
        }
        if let Kernel::Array(kernel) = row.kernel {
            return Some(self.array_kernel(kernel, row, arguments, at));
        }
        let mut elements = Vec::new();
        for argument in arguments {
            elements.extend(self.elements(argument, whole));
        }
        Some(TermKind::Call(row, elements))
    }

    /// Every value that an argument runs through; itself where it is a single one.
    fn elements(&mut self, argument: &Expr, whole: bool) -> Vec<Term> {
        let mut axes: Vec<Axis> = Vec::new();
        self.axes(argument, whole, &mut axes);
        let sizes: Vec<usize> = axes.iter().map(|a| a.range.1 - a.range.0 + 1).collect();
        let n = sizes
            .iter()
            .fold(1_usize, |n, &size| n.saturating_mul(size));
        let n_before = self.along.len();
        let before = std::mem::replace(&mut self.whole, whole);
        let mut elements = Vec::new();
        for k in 0..n {
            if self.scope.terms_left == 0 {
                break;
            }
            let mut rest = k;
            let mut places = Vec::new();
            for (axis, size) in axes.iter().zip(&sizes).rev() {
                places.push((*axis, axis.range.0 + rest % size));
                rest /= size;
            }
            // The innermost builtin's axes are found first.
            self.along.splice(0..0, places.iter().copied());
            elements.push(self.term(argument));
            self.along.drain(..places.len());
        }
        self.whole = before;
        debug_assert_eq!(self.along.len(), n_before);
        elements
    }

    fn array_kernel(
        &mut self,
        kernel: ArrayKernel,
        row: &'static Builtin,
        arguments: &[Expr],
        at: usize,
    ) -> TermKind {
        let Some(first) = arguments.first() else {
            return TermKind::Fault;
        };
        let is_self = matches!(&first.kind, ExprKind::Name(n) if n.eq_ignore_ascii_case("self"));
        if let (ArrayKernel::Size, true, Some((own, _))) = (kernel, is_self, self.owner.own) {
            return TermKind::Number(self.scope.arrays[own.0].size as f64);
        }
        let elements = self.elements(first, true);
        match kernel {
            ArrayKernel::Size => TermKind::Number(elements.len() as f64),
            ArrayKernel::Rank => {
                let Some(rank) = arguments.get(1) else {
                    return self.wrong_arguments(row.name, 1, "an array and a rank", at);
                };
                let rank = self.term(rank);
                let ties = arguments.get(2).map(|a| self.elements(a, true));
                self.rank(&elements, &rank, ties.as_deref(), at)
            }
        }
    }

    /// Position of the element of a rank, 1 the smallest, counting from 1; of equal elements the one
    /// with the smaller tie-breaker, then the earlier one. 0 where no element has the rank.
    fn rank(
        &mut self,
        elements: &[Term],
        rank: &Term,
        ties: Option<&[Term]>,
        at: usize,
    ) -> TermKind {
        let n = elements.len();
        if ties.is_some_and(|t| t.len() != n) {
            let wanted = "two arrays of one size";
            return self.wrong_arguments("RANK", n, wanted, at);
        }
        let cost = n.saturating_mul(n).saturating_mul(8);
        if self.scope.terms_left <= cost {
            let name = "RANK";
            let message = format!("{name} over {n} elements is too large");
            self.faults
                .error("too-large", at, &[name, &n.to_string()], message);
            return TermKind::Fault;
        }
        self.scope.terms_left -= cost;
        let mut found = Vec::new();
        for (j, element) in elements.iter().enumerate() {
            let mut before = vec![Term::number(1.0, at)];
            for (i, other) in elements.iter().enumerate().filter(|(i, _)| *i != j) {
                let less = op(Binary::Less, other, element, at);
                let equal = op(Binary::Equal, other, element, at);
                let earlier = Term::number(f64::from(u8::from(i < j)), at);
                let tie = match ties.map(|t| (&t[i], &t[j])) {
                    Some((a, b)) => {
                        let less = op(Binary::Less, a, b, at);
                        let equal = op(Binary::Equal, a, b, at);
                        let equal = op(Binary::And, &equal, &earlier, at);
                        op(Binary::Or, &less, &equal, at)
                    }
                    None => earlier,
                };
                let equal = op(Binary::And, &equal, &tie, at);
                before.push(op(Binary::Or, &less, &equal, at));
            }
            let own = sum(before, at);
            let is_it = op(Binary::Equal, &own, rank, at);
            let position = Term::number(j as f64 + 1.0, at);
            found.push(op(Binary::Multiply, &is_it, &position, at));
        }
        sum(found, at).kind
    }
}

fn op(op: Binary, a: &Term, b: &Term, at: usize) -> Term {
    Term {
        kind: TermKind::Binary(op, Box::new(a.clone()), Box::new(b.clone())),
        at,
    }
}

/// A call of a builtin by its name in the table.
fn called(name: &str, arguments: Vec<Term>, at: usize) -> Term {
    let kind = builtin::find(name).map_or(TermKind::Fault, |row| TermKind::Call(row, arguments));
    Term { kind, at }
}

fn sum(terms: Vec<Term>, at: usize) -> Term {
    called("SUM", terms, at)
}
