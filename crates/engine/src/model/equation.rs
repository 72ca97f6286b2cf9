//! Equation → [`Term`]: names become variables, builtins, graphical functions and macros.
//!
//! An equation of an array is read once an element, with its dimensions standing for that element.
//! What subscripts mean is in `subscript`, builtins over arrays are in `reduce`.

use super::VarId;
use super::dimension::DimId;
use super::scope::{ArrayId, InstanceId, Origin, Scope};
use super::subscript::{Axis, Subscript};
use super::term::{Term, TermKind};
use crate::budget::{MAX_CALLS, MAX_INSTANCE_DEPTH};
use crate::builtin::{self, BUILTINS, Binary, Builtin, Kernel, Unary};
use crate::expr::parse::SyntaxFault;
use crate::expr::{Expr, ExprKind, Operator};
use crate::name::{canonical, nearest, shown, unquoted};
use crate::xmile::document::Access;
use crate::xmile::source::Faults;
use crate::xmile::tree::Text;

/// Whose equation is read, and for which element.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    /// Where its names are looked up.
    pub(super) instance: InstanceId,
    /// Its dimensions with the position of the element in each.
    pub(super) element: Vec<(DimId, usize)>,
    /// The array and the variable itself, which SELF names; none inside a macro's result.
    pub(super) own: Option<(ArrayId, VarId)>,
}

/// One equation being read for one element.
pub(super) struct Reading<'r, 'd, 'a, 'b> {
    pub(super) scope: &'r mut Scope<'d>,
    pub(super) owner: &'r Owner,
    pub(super) equation: &'r Text,
    pub(super) faults: &'r mut Faults<'a, 'b>,
    /// Where a builtin over arrays stands along each of its axes.
    pub(super) along: Vec<(Axis, usize)>,
    /// Whether an array without subscripts means all its elements.
    pub(super) whole: bool,
}

impl<'r, 'd, 'a, 'b> Reading<'r, 'd, 'a, 'b> {
    pub(super) fn new(
        scope: &'r mut Scope<'d>,
        owner: &'r Owner,
        equation: &'r Text,
        faults: &'r mut Faults<'a, 'b>,
    ) -> Self {
        Self {
            scope,
            owner,
            equation,
            faults,
            along: Vec::new(),
            whole: false,
        }
    }

    /// The resolved tree; what cannot be resolved is a fault and left out.
    pub(super) fn term(&mut self, expr: &Expr) -> Term {
        let at = self.at(expr);
        if self.scope.terms_left == 0 {
            return Term::fault(at);
        }
        self.scope.terms_left -= 1;
        if self.scope.terms_left == 0 {
            let limit = crate::budget::MAX_TERMS.to_string();
            let message =
                format!("with arrays and macros written out the equations have over {limit} parts");
            self.faults.error("too-large", at, &["", &limit], message);
        }
        let kind = match &expr.kind {
            ExprKind::Number(value) => TermKind::Number(*value),
            ExprKind::Name(name) => self.name(name, at),
            ExprKind::Call(name, arguments) => self.call(name, arguments, at),
            ExprKind::Element(name, subscripts) => self.element(name, subscripts, at),
            ExprKind::Output(call, name) => self.output(call, name, at),
            ExprKind::Range(..) => self.misplaced(":", at),
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

    /// Where a fault of an expression is placed.
    pub(super) fn at(&self, expr: &Expr) -> usize {
        self.equation.at(expr.at as usize)
    }

    fn misplaced(&mut self, sign: &str, at: usize) -> TermKind {
        let message = format!("`{sign}` stands where a number, a name or a bracket should be");
        self.faults.error("bad-syntax", at, &[sign], message);
        TermKind::Fault
    }

    fn name(&mut self, name: &str, at: usize) -> TermKind {
        if name == "*" {
            return self.misplaced("*", at);
        }
        if let Some(array) = self.scope.find(self.owner.instance, name) {
            let subscripts = self.unsubscripted(array, at);
            return self.reference(array, subscripts, at);
        }
        let row = builtin::find(name);
        match row {
            Some(row) if row.kernel == Kernel::Own => match self.owner.own {
                Some((_, var)) => TermKind::Variable(var),
                None => TermKind::Fault,
            },
            Some(row) if row.arity.0 > 0 => {
                let message = format!("`{}` needs its arguments in brackets", row.name);
                self.faults
                    .error("wrong-arguments", at, &[row.name, "0"], message);
                TermKind::Fault
            }
            Some(row) => self.known_call(row, &[], at),
            None => match self.position_named(name) {
                Some(position) => TermKind::Number(position as f64 + 1.0),
                None => {
                    let from = self.owner.instance;
                    self.scope.find_or_fault(from, name, at, self.faults);
                    TermKind::Fault
                }
            },
        }
    }

    /// Position of an element that stands for a number: that of the own element along a dimension,
    /// or `dimension.element`.
    fn position_named(&self, name: &str) -> Option<usize> {
        let dimensions = &self.scope.dimensions;
        if let Some(dim) = dimensions.find(name) {
            let along = self.along.iter().find(|(axis, _)| axis.dim == dim);
            let own = self.owner.element.iter().find(|(d, _)| *d == dim);
            return along.map(|(_, k)| *k).or(own.map(|(_, k)| *k));
        }
        let (dim, element) = name.split_once('.')?;
        dimensions.position(dimensions.find(dim)?, element)
    }

    fn element(&mut self, name: &str, subscripts: &[Expr], at: usize) -> TermKind {
        let from = self.owner.instance;
        let Some(array) = self.scope.find_or_fault(from, name, at, self.faults) else {
            return TermKind::Fault;
        };
        let subscripts = self.subscripts(array, subscripts, at);
        self.reference(array, subscripts, at)
    }

    /// The variable that a reference means, or a choice among several where an index is computed.
    fn reference(
        &mut self,
        array: ArrayId,
        subscripts: Option<Vec<Subscript>>,
        at: usize,
    ) -> TermKind {
        let Some(subscripts) = subscripts else {
            return TermKind::Fault;
        };
        let of = &self.scope.arrays[array.0];
        if of.first.is_none() {
            let name = of.name.clone();
            let message = format!("`{name}` is a graphical function and needs a value in brackets");
            self.faults
                .error("wrong-arguments", at, &[&name, "0"], message);
            return TermKind::Fault;
        }
        let chosen = self.chosen(array, &subscripts, 0, 0, at);
        chosen.kind
    }

    fn call(&mut self, name: &str, arguments: &[Expr], at: usize) -> TermKind {
        if let Some(array) = self.scope.find(self.owner.instance, name)
            && !self.scope.arrays[array.0].tables.is_empty()
        {
            let subscripts = self.unsubscripted(array, at);
            return self.lookup(array, subscripts, arguments, name, at);
        }
        if let Some(position) = self.scope.find_macro(name) {
            return match self.instantiated(position, arguments, at) {
                Some(instance) => self.result(position, instance, at),
                None => TermKind::Fault,
            };
        }
        if let Some(row) = builtin::find(name) {
            return self.known_call(row, arguments, at);
        }
        self.unknown_function(name, at);
        self.arguments(arguments);
        TermKind::Fault
    }

    fn unknown_function(&mut self, name: &str, at: usize) {
        let rows = BUILTINS
            .iter()
            .filter(|b| b.arity.1 > 0 && b.kernel != Kernel::Unsupported);
        let known = rows.map(|b| b.name).chain(self.scope.macro_names());
        let near = nearest(name, known);
        let name = shown(name);
        let message = match self.scope.find(self.owner.instance, &name) {
            Some(_) => {
                format!("`{name}` is a variable without graphical function and cannot be called")
            }
            None => format!("there is no function `{name}`"),
        };
        let hint = near.map(|n| format!("did you mean `{n}`?"));
        let subject = [name.as_str(), near.unwrap_or("")];
        self.faults
            .error_hint("unknown-function", at, &subject, message, hint);
    }

    fn arguments(&mut self, arguments: &[Expr]) -> Vec<Term> {
        arguments.iter().map(|a| self.term(a)).collect()
    }

    pub(super) fn wrong_arguments(
        &mut self,
        name: &str,
        given: usize,
        wanted: &str,
        at: usize,
    ) -> TermKind {
        let message = format!("`{name}` takes {wanted}, not {given}");
        self.faults
            .error("wrong-arguments", at, &[name, &given.to_string()], message);
        TermKind::Fault
    }

    fn lookup(
        &mut self,
        array: ArrayId,
        subscripts: Option<Vec<Subscript>>,
        arguments: &[Expr],
        name: &str,
        at: usize,
    ) -> TermKind {
        let [x] = arguments else {
            return self.wrong_arguments(name, arguments.len(), "one argument", at);
        };
        let x = self.term(x);
        let Some(subscripts) = subscripts else {
            return TermKind::Fault;
        };
        let offset = self.fixed_offset(array, &subscripts);
        match offset.and_then(|o| self.scope.arrays[array.0].table(o)) {
            Some(table) => TermKind::Lookup(table, Box::new(x)),
            None => self.no_lookup(name, at),
        }
    }

    fn no_lookup(&mut self, name: &str, at: usize) -> TermKind {
        let name = shown(name);
        let message = format!("`{name}` has no graphical function");
        self.faults.error("no-lookup", at, &[&name], message);
        TermKind::Fault
    }

    fn known_call(&mut self, row: &'static Builtin, arguments: &[Expr], at: usize) -> TermKind {
        if row.kernel == Kernel::Unsupported {
            let message = format!("`{}` is not supported", row.name);
            self.faults
                .error("unsupported-function", at, &[row.name], message);
            self.arguments(arguments);
            return TermKind::Fault;
        }
        if let Some(kind) = self.over_arrays(row, arguments, at) {
            return kind;
        }
        if !self.fits_arity(row, arguments.len(), at) {
            return TermKind::Fault;
        }
        match row.kernel {
            Kernel::Lookup => self.lookup_by_name(arguments, at),
            Kernel::Number(value) => TermKind::Number(value),
            Kernel::Clock(clock) => TermKind::Clock(clock),
            _ => TermKind::Call(row, self.arguments(arguments)),
        }
    }

    /// Whether a builtin takes so many arguments; a fault where not.
    pub(super) fn fits_arity(&mut self, row: &Builtin, given: usize, at: usize) -> bool {
        let (fewest, most) = row.arity;
        if (fewest..=most).contains(&given) {
            return true;
        }
        let wanted = match (fewest, most) {
            (a, b) if a == b => format!("{a} arguments"),
            (a, usize::MAX) => format!("{a} or more arguments"),
            (a, b) => format!("{a} to {b} arguments"),
        };
        self.wrong_arguments(row.name, given, &wanted, at);
        false
    }

    /// `LOOKUP(name, x)`, the name with subscripts where it is an array.
    fn lookup_by_name(&mut self, arguments: &[Expr], at: usize) -> TermKind {
        let (name, subscripts) = match arguments.first().map(|a| &a.kind) {
            Some(ExprKind::Name(name)) => (name, None),
            Some(ExprKind::Element(name, subscripts)) => (name, Some(subscripts)),
            _ => {
                let wanted = "a graphical function and a value";
                return self.wrong_arguments("LOOKUP", arguments.len(), wanted, at);
            }
        };
        let found = self.scope.find(self.owner.instance, name);
        let Some(array) = found.filter(|a| !self.scope.arrays[a.0].tables.is_empty()) else {
            return self.no_lookup(name, at);
        };
        let subscripts = match subscripts {
            Some(subscripts) => self.subscripts(array, subscripts, at),
            None => self.unsubscripted(array, at),
        };
        let rest = arguments.get(1..).unwrap_or(&[]);
        self.lookup(array, subscripts, rest, name, at)
    }

    /// A use of a macro of its own, its parameters bound to the arguments.
    fn instantiated(
        &mut self,
        position: usize,
        arguments: &[Expr],
        at: usize,
    ) -> Option<InstanceId> {
        let document = self.scope.document;
        let text = document.macros.get(position)?;
        let given = self.arguments(arguments);
        let path = self.scope.path(self.owner.instance);
        let key = format!("{}()", canonical(&text.name));
        if path.contains(&key) || path.len() > MAX_INSTANCE_DEPTH {
            let name = text.name.as_str();
            let message = format!("the macro `{name}` calls itself");
            self.faults.error("contains-itself", at, &[name], message);
            return None;
        }
        self.scope.n_calls += 1;
        if self.scope.n_calls > MAX_CALLS {
            let (name, limit) = (text.name.as_str(), MAX_CALLS.to_string());
            let message = format!("with `{name}` macros are used more than {limit} times");
            let hint = "each macro that uses another one twice doubles what is inside it";
            let (code, hint) = ("too-large", Some(hint.to_owned()));
            if self.scope.n_calls == MAX_CALLS + 1 {
                self.faults
                    .error_hint(code, text.at, &[name, &limit], message, hint);
            }
            return None;
        }
        let path = self.scope.path(self.owner.instance);
        let path = path.iter().cloned().chain([key]).collect();
        let prefix = format!("{}().", text.name.trim());
        let inside = self.scope.instance(None, prefix, path);
        let n_needed = text.parameters.iter().filter(|(_, d)| d.is_none()).count();
        if given.len() < n_needed || given.len() > text.parameters.len() {
            let n = text.parameters.len();
            let wanted = format!("{n} arguments");
            self.wrong_arguments(&text.name, given.len(), &wanted, at);
            return None;
        }
        let mut given = given.into_iter();
        for (name, default) in &text.parameters {
            let argument = match (given.next(), default) {
                (Some(term), _) => term,
                (None, Some(equation)) => {
                    let owner = Owner {
                        instance: inside,
                        element: Vec::new(),
                        own: None,
                    };
                    read(self.scope, &owner, equation, self.faults)
                }
                (None, None) => Term::fault(at),
            };
            let origin = Origin::Argument(argument);
            self.scope
                .array(inside, name, text.at, Vec::new(), origin, self.faults)?;
        }
        self.scope.fill(inside, &text.entries, self.faults);
        Some(inside)
    }

    /// What a macro gives.
    fn result(&mut self, position: usize, instance: InstanceId, at: usize) -> TermKind {
        let document = self.scope.document;
        let text = document.macros.get(position);
        // A macro without one was a fault already.
        let Some(equation) = text.and_then(|t| t.equation.as_ref()) else {
            return TermKind::Fault;
        };
        // Converters from Vensim name the variable inside that has the macro's name, spaces and all.
        if let Some(id) = self.scope.find(instance, unquoted(&equation.text)) {
            let subscripts = self.unsubscripted(id, at);
            return self.reference(id, subscripts, at);
        }
        let owner = Owner {
            instance,
            element: Vec::new(),
            own: None,
        };
        let mut term = read(self.scope, &owner, equation, self.faults);
        term.at = at;
        term.kind
    }

    /// `macro(…).name`: a variable of the macro that is declared an output.
    fn output(&mut self, call: &Expr, name: &str, at: usize) -> TermKind {
        let ExprKind::Call(callee, arguments) = &call.kind else {
            return self.misplaced(".", at);
        };
        let Some(position) = self.scope.find_macro(callee) else {
            self.unknown_function(callee, self.at(call));
            return TermKind::Fault;
        };
        let Some(instance) = self.instantiated(position, arguments, at) else {
            return TermKind::Fault;
        };
        let is_output = |id: &ArrayId| {
            let declaration = self.scope.arrays[id.0].declaration;
            declaration.is_some_and(|d| d.access == Access::Output)
        };
        match self.scope.find(instance, name).filter(is_output) {
            Some(id) => {
                let subscripts = self.unsubscripted(id, at);
                self.reference(id, subscripts, at)
            }
            None => {
                let message = format!("the macro `{callee}` has no output `{name}`");
                let hint = Some("an output is a variable with access=\"output\"".to_owned());
                self.faults
                    .error_hint("unknown-name", at, &[name, ""], message, hint);
                TermKind::Fault
            }
        }
    }
}

/// The resolved tree of an equation text.
pub(super) fn read(scope: &mut Scope, owner: &Owner, equation: &Text, faults: &mut Faults) -> Term {
    match parsed(equation, faults) {
        Some(expr) => Reading::new(scope, owner, equation, faults).term(&expr),
        None => Term::fault(equation.start()),
    }
}

/// The tree of an equation text, or a fault.
pub(super) fn parsed(equation: &Text, faults: &mut Faults) -> Option<Expr> {
    let parsed = crate::expr::parse::parse(&equation.text);
    parsed
        .map_err(|fault| syntax_fault(equation, fault, faults))
        .ok()
}

/// Tells of a text that is no equation.
pub(super) fn syntax_fault(equation: &Text, fault: SyntaxFault, faults: &mut Faults) {
    let at = equation.at(fault.at);
    faults.error_hint(fault.code, at, &[&fault.subject], fault.message, fault.hint);
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
