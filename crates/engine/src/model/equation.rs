//! Equation text → [`Term`]: names become variables, builtins and graphical functions.

use std::collections::HashMap;

use super::VarId;
use super::term::{TableId, Term, TermKind};
use crate::builtin::{self, BUILTINS, Binary, Builtin, Kernel, Unary};
use crate::expr::parse::parse;
use crate::expr::{Expr, ExprKind, Operator};
use crate::name::{canonical, nearest, shown};
use crate::xmile::source::Faults;
use crate::xmile::tree::Text;

/// The names that an equation may use.
pub(super) struct Scope {
    /// Variables by canonical name.
    pub(super) variables: HashMap<String, VarId>,
    /// Graphical functions by canonical name, of variables too.
    pub(super) tables: HashMap<String, TableId>,
    /// Names as written, in order, for hints.
    pub(super) written: Vec<String>,
    /// Macros by canonical name, already refused.
    pub(super) macros: Vec<String>,
}

impl Scope {
    /// The resolved tree of an equation; what cannot be resolved is a fault and left out.
    pub(super) fn term(&self, equation: &Text, faults: &mut Faults) -> Term {
        match parse(&equation.text) {
            Ok(expr) => Resolving {
                scope: self,
                equation,
                faults,
            }
            .term(&expr),
            Err(fault) => {
                let at = equation.at(fault.at);
                faults.error_hint(fault.code, at, &[&fault.subject], fault.message, fault.hint);
                Term {
                    kind: TermKind::Fault,
                    at,
                }
            }
        }
    }

    /// The variable of that name, or a fault with the nearest one.
    pub(super) fn variable(&self, name: &str, at: usize, faults: &mut Faults) -> Option<VarId> {
        let found = self.variables.get(&canonical(name)).copied();
        if found.is_none() {
            let name = shown(name);
            let searched = faults.may_search().then_some(&self.written);
            let near = nearest(&name, searched.into_iter().flatten().map(String::as_str));
            let hint = near.map(|n| format!("did you mean `{n}`?"));
            let message = format!("`{name}` names no variable of this model");
            let subject = [name.as_str(), near.unwrap_or("")];
            faults.error_hint("unknown-name", at, &subject, message, hint);
        }
        found
    }
}

struct Resolving<'r, 'a, 'b> {
    scope: &'r Scope,
    equation: &'r Text,
    faults: &'r mut Faults<'a, 'b>,
}

impl Resolving<'_, '_, '_> {
    fn term(&mut self, expr: &Expr) -> Term {
        let at = self.equation.at(expr.at as usize);
        let kind = match &expr.kind {
            ExprKind::Number(value) => TermKind::Number(*value),
            ExprKind::Name(name) => self.name(name, at),
            ExprKind::Call(name, arguments) => self.call(name, arguments, at),
            ExprKind::Element(name, _) => self.subscripted(name, at),
            ExprKind::Negative(a) => TermKind::Unary(Unary::Negative, Box::new(self.term(a))),
            ExprKind::Not(a) => TermKind::Unary(Unary::Not, Box::new(self.term(a))),
            ExprKind::Binary(op, a, b) => {
                let (a, b) = (self.term(a), self.term(b));
                TermKind::Binary(binary(*op), Box::new(a), Box::new(b))
            }
            ExprKind::If(parts) => {
                let [c, a, b] = parts.as_ref();
                TermKind::If(Box::new([self.term(c), self.term(a), self.term(b)]))
            }
        };
        Term { kind, at }
    }

    fn subscripted(&mut self, name: &str, at: usize) -> TermKind {
        let name = shown(name);
        let message = format!("`{name}[…]`: arrays are not supported yet");
        self.faults
            .error("unsupported-element", at, &["array", &name], message);
        TermKind::Fault
    }

    fn name(&mut self, name: &str, at: usize) -> TermKind {
        if let Some(var) = self.scope.variables.get(&canonical(name)) {
            return TermKind::Variable(*var);
        }
        match builtin::find(name) {
            Some(row) if row.arity.0 > 0 => {
                let message = format!("`{}` needs its arguments in brackets", row.name);
                self.faults
                    .error("wrong-arguments", at, &[row.name, "0"], message);
                TermKind::Fault
            }
            Some(row) => self.known_call(row, &[], at),
            None if name.contains('.') => {
                let message = format!("`{name}`: modules are not supported yet");
                self.faults
                    .error("unsupported-element", at, &["module", name], message);
                TermKind::Fault
            }
            None => match self.scope.variable(name, at, self.faults) {
                Some(var) => TermKind::Variable(var),
                None => TermKind::Fault,
            },
        }
    }

    fn call(&mut self, name: &str, arguments: &[Expr], at: usize) -> TermKind {
        if let Some(&table) = self.scope.tables.get(&canonical(name)) {
            return self.lookup(table, arguments, name, at);
        }
        if let Some(row) = builtin::find(name) {
            return self.known_call(row, arguments, at);
        }
        if self.scope.macros.contains(&canonical(name)) {
            return TermKind::Fault;
        }
        let rows = BUILTINS
            .iter()
            .filter(|b| b.arity.1 > 0 && b.kernel != Kernel::Unsupported);
        let near = nearest(name, rows.map(|b| b.name));
        let name = shown(name);
        let message = match self.scope.variables.contains_key(&canonical(&name)) {
            true => {
                format!("`{name}` is a variable without graphical function and cannot be called")
            }
            false => format!("there is no function `{name}`"),
        };
        let hint = near.map(|n| format!("did you mean `{n}`?"));
        self.faults.error_hint(
            "unknown-function",
            at,
            &[&name, near.unwrap_or("")],
            message,
            hint,
        );
        self.arguments(arguments);
        TermKind::Fault
    }

    fn arguments(&mut self, arguments: &[Expr]) -> Vec<Term> {
        arguments.iter().map(|a| self.term(a)).collect()
    }

    fn wrong_arguments(&mut self, name: &str, given: usize, wanted: &str, at: usize) -> TermKind {
        let message = format!("`{name}` takes {wanted}, not {given}");
        self.faults
            .error("wrong-arguments", at, &[name, &given.to_string()], message);
        TermKind::Fault
    }

    fn lookup(&mut self, table: TableId, arguments: &[Expr], name: &str, at: usize) -> TermKind {
        let [x] = arguments else {
            return self.wrong_arguments(name, arguments.len(), "one argument", at);
        };
        TermKind::Lookup(table, Box::new(self.term(x)))
    }

    fn known_call(&mut self, row: &'static Builtin, arguments: &[Expr], at: usize) -> TermKind {
        if row.kernel == Kernel::Unsupported {
            let message = format!("`{}` is not supported yet", row.name);
            self.faults
                .error("unsupported-function", at, &[row.name], message);
            self.arguments(arguments);
            return TermKind::Fault;
        }
        let (fewest, most) = row.arity;
        if (row.kernel == Kernel::Fold(Binary::Min) || row.kernel == Kernel::Fold(Binary::Max))
            && arguments.len() == 1
        {
            let message = format!("`{}` over an array is not supported yet", row.name);
            self.faults
                .error("unsupported-element", at, &["array", row.name], message);
            return TermKind::Fault;
        }
        if arguments.len() < fewest || arguments.len() > most {
            let wanted = match (fewest, most) {
                (a, b) if a == b => format!("{a} arguments"),
                (a, usize::MAX) => format!("{a} or more arguments"),
                (a, b) => format!("{a} to {b} arguments"),
            };
            return self.wrong_arguments(row.name, arguments.len(), &wanted, at);
        }
        if row.kernel == Kernel::Lookup {
            return self.lookup_by_name(arguments, at);
        }
        match row.kernel {
            Kernel::Number(value) => TermKind::Number(value),
            Kernel::Clock(clock) => TermKind::Clock(clock),
            _ => TermKind::Call(row, self.arguments(arguments)),
        }
    }

    /// `LOOKUP(name, x)`.
    fn lookup_by_name(&mut self, arguments: &[Expr], at: usize) -> TermKind {
        let [
            Expr {
                kind: ExprKind::Name(name),
                ..
            },
            x,
        ] = arguments
        else {
            return self.wrong_arguments(
                "LOOKUP",
                arguments.len(),
                "a graphical function and a value",
                at,
            );
        };
        match self.scope.tables.get(&canonical(name)) {
            Some(&table) => TermKind::Lookup(table, Box::new(self.term(x))),
            None => {
                let name = shown(name);
                let message = format!("`{name}` has no graphical function");
                self.faults.error("no-lookup", at, &[&name], message);
                TermKind::Fault
            }
        }
    }
}

fn binary(operator: Operator) -> Binary {
    match operator {
        Operator::Power => Binary::Power,
        Operator::Multiply => Binary::Multiply,
        Operator::Divide => Binary::Divide,
        Operator::Modulo => Binary::Modulo,
        Operator::Add => Binary::Add,
        Operator::Subtract => Binary::Subtract,
        Operator::Less => Binary::Less,
        Operator::LessEqual => Binary::LessEqual,
        Operator::Greater => Binary::Greater,
        Operator::GreaterEqual => Binary::GreaterEqual,
        Operator::Equal => Binary::Equal,
        Operator::Unequal => Binary::Unequal,
        Operator::And => Binary::And,
        Operator::Or => Binary::Or,
    }
}
