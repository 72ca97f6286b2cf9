//! Names: models, modules and macros as instances, each with its own names, and arrays of variables.
//!
//! An instance is one use of a model or macro; everything in it gets variables of its own. A scalar
//! is an array without dimensions. Elements of an array are variables in a row, the last
//! subscript running fastest.

mod modules;

use std::collections::HashMap;

use super::VarId;
use super::dimension::{DimId, Dimensions};
use super::term::{TableId, Term};
use crate::budget::{MAX_ALL_VARIABLES, MAX_RANK, MAX_VARIABLES};
use crate::builtin::{self, Kernel};
use crate::expr::parse::is_reserved;
use crate::name::{canonical, nearest, shown};
use crate::xmile::document::{Declaration, Declared, Document, Element, Table};
use crate::xmile::source::Faults;
use crate::xmile::tree::Text;

/// Position in [`Scope::instances`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InstanceId(usize);

/// The model that is run.
pub(super) const ROOT: InstanceId = InstanceId(0);

/// Position in [`Scope::arrays`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ArrayId(pub(super) usize);

/// One use of a model or macro.
#[derive(Debug)]
struct Instance {
    /// The instance it stands in; none for the root and for macros, which see only themselves.
    container: Option<InstanceId>,
    /// Stands before the names inside, with its dot.
    prefix: String,
    /// Byte offset of its module in the file; 0 for the root and for macros.
    at: usize,
    names: HashMap<String, Entry>,
    /// Names of the models or macros it is inside of, its own last.
    path: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
enum Entry {
    Array(ArrayId),
    Module(InstanceId),
}

/// Where the equation of an array comes from.
#[derive(Debug, Clone)]
pub(super) enum Origin<'d> {
    /// Its declaration.
    Own,
    /// A connection of a module: what it is connected to, as named in that instance.
    Connected(&'d Text, InstanceId),
    /// An argument of a macro.
    Argument(Term),
}

/// A variable with its elements, or a graphical function of its own.
#[derive(Debug)]
pub(super) struct Array<'d> {
    /// With the modules it is in.
    pub(super) name: String,
    /// What the file says of it; nothing of a macro's parameter.
    pub(super) declaration: Option<&'d Declaration>,
    /// Where its names are looked up.
    pub(super) instance: InstanceId,
    /// Its dimensions, none for a scalar.
    pub(super) dims: Vec<DimId>,
    /// How many elements it has, 1 for a scalar.
    pub(super) size: usize,
    /// Variable of its first element; none for a graphical function of its own.
    pub(super) first: Option<VarId>,
    /// Graphical function of each element, if any has one.
    pub(super) tables: Vec<Option<TableId>>,
    /// Where its equation comes from.
    pub(super) origin: Origin<'d>,
}

impl Array<'_> {
    /// The variable of an element.
    pub(super) fn element(&self, offset: usize) -> Option<VarId> {
        let first = self.first?;
        (offset < self.size).then(|| VarId(first.0 + offset as u32))
    }

    /// The graphical function of an element.
    pub(super) fn table(&self, offset: usize) -> Option<TableId> {
        self.tables.get(offset).copied().flatten()
    }
}

/// Everything that equations may name.
#[derive(Debug)]
pub(super) struct Scope<'d> {
    pub(super) document: &'d Document,
    pub(super) dimensions: Dimensions,
    pub(super) arrays: Vec<Array<'d>>,
    /// Points of all graphical functions, by [`TableId`].
    pub(super) tables: Vec<Table>,
    instances: Vec<Instance>,
    macros: HashMap<String, usize>,
    /// Names as written, in order, for hints.
    written: Vec<String>,
    n_variables: usize,
    /// Elements of all arrays, those without a value too.
    n_elements: usize,
    n_modules: usize,
    /// Uses of macros.
    pub(super) n_calls: usize,
    /// Where in [`Self::tables`] the points of a declaration are, by its address: uses of a model
    /// share them.
    table_ids: HashMap<usize, TableId>,
    /// Resolved parts that the budget still allows.
    pub(super) terms_left: usize,
    is_full: bool,
}

impl<'d> Scope<'d> {
    /// All names of the document; one given twice or taken by the language is a fault.
    pub(super) fn new(document: &'d Document, faults: &mut Faults) -> Self {
        let mut scope = Self {
            document,
            dimensions: Dimensions::new(document, faults),
            arrays: Vec::new(),
            tables: Vec::new(),
            instances: Vec::new(),
            macros: HashMap::new(),
            written: Vec::new(),
            n_variables: 0,
            n_elements: 0,
            n_modules: 0,
            n_calls: 0,
            table_ids: HashMap::new(),
            terms_left: crate::budget::MAX_TERMS,
            is_full: false,
        };
        for (k, text) in document.macros.iter().enumerate() {
            if text.equation.is_none() {
                let name = text.name.as_str();
                let message = format!("the macro `{name}` has no equation");
                faults.error("no-equation", text.at, &[name], message);
            }
            let name = text.name.as_str();
            if scope.macros.insert(canonical(name), k).is_some() {
                let message = format!("the macro `{name}` is defined twice");
                faults.error("duplicate-name", text.at, &[name, ""], message);
            }
        }
        let root = scope.instance(None, String::new(), vec![canonical(&document.root.name)]);
        scope.fill(root, &document.root.entries, faults);
        scope.check_uses(faults);
        scope
    }

    /// How many variables there are, elements of arrays each counted.
    pub(super) fn n_variables(&self) -> usize {
        self.n_variables
    }

    /// An empty instance.
    pub(super) fn instance(
        &mut self,
        container: Option<InstanceId>,
        prefix: String,
        path: Vec<String>,
    ) -> InstanceId {
        self.instances.push(Instance {
            container,
            prefix,
            at: 0,
            names: HashMap::new(),
            path,
        });
        InstanceId(self.instances.len() - 1)
    }

    /// Names of the models or macros an instance is inside of, its own last.
    pub(super) fn path(&self, instance: InstanceId) -> &[String] {
        &self.instances[instance.0].path
    }

    /// Adds what a model or macro declares to one of its instances.
    pub(super) fn fill(
        &mut self,
        instance: InstanceId,
        entries: &'d [Declared],
        faults: &mut Faults,
    ) {
        let mut modules = Vec::new();
        for entry in entries {
            match entry {
                Declared::Variable(declaration) => self.variable(instance, declaration, faults),
                Declared::Module(text) => {
                    if let Some(inside) = self.module(instance, text, faults) {
                        modules.push((text, inside));
                    }
                }
            }
        }
        // An input may be connected to a module that comes later.
        for (text, inside) in modules {
            self.connect(instance, inside, text, faults);
        }
    }

    fn variable(&mut self, instance: InstanceId, text: &'d Declaration, faults: &mut Faults) {
        // A macro declares its parameters again, without equation, to say what they are.
        let own = &self.instances[instance.0].names;
        let key = canonical(&text.name);
        if let Some(Entry::Array(known)) = own.get(&key)
            && matches!(self.arrays[known.0].origin, Origin::Argument(_))
            && self.arrays[known.0].declaration.is_none()
            && text.equation.is_none()
        {
            self.arrays[known.0].declaration = Some(text);
            return;
        }
        let dims = text.dimensions.iter().filter_map(|name| {
            self.dimensions
                .find_or_fault(&name.text, name.start(), faults)
        });
        let dims: Vec<DimId> = dims.collect();
        if dims.len() > MAX_RANK {
            let limit = MAX_RANK.to_string();
            let message = format!("`{}` has more than {limit} dimensions", text.name);
            faults.error("too-large", text.at, &[&text.name, &limit], message);
            return;
        }
        let origin = Origin::Own;
        let id = self.array(instance, &text.name, text.at, dims, origin, faults);
        let Some(id) = id else { return };
        check_not_reserved(text, faults);
        let size = self.arrays[id.0].size;
        let has_table = text.table.is_some() || text.elements.iter().any(|e| e.table.is_some());
        let mut equations = text.elements.iter().map(|e| &e.equation);
        let has_equation = text.equation.is_some() || equations.any(Option::is_some);
        if text.element == Element::Table || has_table && !has_equation {
            // It has no value of its own, so it takes no variable.
            self.arrays[id.0].first = None;
            self.n_variables -= size;
        }
        self.arrays[id.0].declaration = Some(text);
        if has_table {
            let general = text.table.as_ref().map(|t| self.table(t));
            self.arrays[id.0].tables = vec![general; size];
            let mut n_given = 0;
            for element in &text.elements {
                let Some(table) = &element.table else {
                    continue;
                };
                let table = self.table(table);
                // Elements given again and again are a fault of the equations.
                let offsets = self.offsets(id, &element.subscript).unwrap_or_default();
                n_given += offsets.len();
                if n_given > 2 * size {
                    break;
                }
                for offset in offsets {
                    self.arrays[id.0].tables[offset] = Some(table);
                }
            }
        }
    }

    fn table(&mut self, table: &'d Table) -> TableId {
        let next = TableId(self.tables.len() as u32);
        let key = std::ptr::from_ref(table).addr();
        let id = *self.table_ids.entry(key).or_insert(next);
        if id == next {
            self.tables.push(table.clone());
        }
        id
    }

    /// An array with variables of its own, named in an instance.
    pub(super) fn array(
        &mut self,
        instance: InstanceId,
        name: &str,
        at: usize,
        dims: Vec<DimId>,
        origin: Origin<'d>,
        faults: &mut Faults,
    ) -> Option<ArrayId> {
        let size = dims
            .iter()
            .fold(1_usize, |n, &d| n.saturating_mul(self.dimensions.size(d)));
        let limit = match self.is_macro(instance) {
            true => MAX_ALL_VARIABLES,
            false => MAX_VARIABLES,
        };
        let n_elements = self.n_elements.saturating_add(size);
        if self.n_variables.saturating_add(size) > limit || n_elements > MAX_ALL_VARIABLES {
            if !std::mem::replace(&mut self.is_full, true) {
                let limit = limit.to_string();
                let message = format!("with `{name}` the model has more than {limit} variables");
                faults.error("too-many-variables", at, &[&limit], message);
            }
            return None;
        }
        let id = ArrayId(self.arrays.len());
        let first = VarId(self.n_variables as u32);
        self.n_variables += size;
        self.n_elements = n_elements;
        let prefix = self.instances[instance.0].prefix.clone();
        self.arrays.push(Array {
            name: format!("{prefix}{}", name.trim()),
            declaration: None,
            instance,
            dims,
            size,
            first: Some(first),
            tables: Vec::new(),
            origin,
        });
        self.name(instance, name, at, Entry::Array(id), faults);
        Some(id)
    }

    fn name(&mut self, of: InstanceId, name: &str, at: usize, entry: Entry, faults: &mut Faults) {
        let names = &mut self.instances[of.0].names;
        if let Some(&other) = names.get(&canonical(name)) {
            let line = match other {
                Entry::Array(id) => self.arrays[id.0].declaration.map(|d| d.at),
                Entry::Module(id) => Some(self.instances[id.0].at),
            };
            let line = line.map(|at| faults.source.place(at).line.to_string());
            let message = match &line {
                Some(line) => format!("`{name}` is already defined in line {line}"),
                None => format!("`{name}` is already defined as a parameter"),
            };
            let line = line.unwrap_or_default();
            let hint = Some("case, spaces and underscores do not tell names apart".to_owned());
            faults.error_hint("duplicate-name", at, &[name, &line], message, hint);
            return;
        }
        names.insert(canonical(name), entry);
        self.written.push(name.to_owned());
    }

    /// The array of that name as seen from an instance; a dot leads into a module, a dot in front
    /// to what is around.
    pub(super) fn find(&self, from: InstanceId, name: &str) -> Option<ArrayId> {
        let (outside, path) = match name.strip_prefix('.') {
            Some(path) => (true, path),
            None => (false, name),
        };
        let found = self.within(from, path);
        if found.is_some() || self.is_macro(from) {
            return found.filter(|_| !outside || !self.is_macro(from));
        }
        let around = self.instances.get(from.0)?.container;
        let around = around.filter(|_| outside);
        let found = around.and_then(|around| self.within(around, path));
        // Some write the whole way from the root.
        found.or_else(|| match outside || path.contains('.') {
            true => self.within(ROOT, path),
            false => None,
        })
    }

    /// The array at the end of a path through modules.
    fn within(&self, instance: InstanceId, path: &str) -> Option<ArrayId> {
        let (mut instance, mut path) = (instance, path);
        loop {
            let names = &self.instances.get(instance.0)?.names;
            if let Some(Entry::Array(id)) = names.get(&canonical(path)) {
                return Some(*id);
            }
            let (first, rest) = path.split_once('.')?;
            let Some(Entry::Module(inside)) = names.get(&canonical(first)) else {
                return None;
            };
            (instance, path) = (*inside, rest);
        }
    }

    /// Whether an instance is the use of a macro.
    pub(super) fn is_macro(&self, instance: InstanceId) -> bool {
        instance != ROOT && self.instances[instance.0].container.is_none()
    }

    /// As [`Self::find`], or a fault with the nearest name.
    pub(super) fn find_or_fault(
        &self,
        from: InstanceId,
        name: &str,
        at: usize,
        faults: &mut Faults,
    ) -> Option<ArrayId> {
        let found = self.find(from, name);
        if found.is_none() {
            let name = shown(name);
            let searched = faults.may_search().then_some(&self.written);
            let near = nearest(&name, searched.into_iter().flatten().map(String::as_str));
            let near = near.filter(|n| canonical(n) != canonical(&name));
            let hint = match near {
                _ if self.is_macro(from) => {
                    Some("a macro sees its parameters and its own variables only".to_owned())
                }
                near => near.map(|n| format!("did you mean `{n}`?")),
            };
            let message = format!("`{name}` names no variable of this model");
            let subject = [name.as_str(), near.unwrap_or("")];
            faults.error_hint("unknown-name", at, &subject, message, hint);
        }
        found
    }

    /// Position of the macro of that name.
    pub(super) fn find_macro(&self, name: &str) -> Option<usize> {
        self.macros.get(&canonical(name)).copied()
    }

    /// Names of macros, for hints.
    pub(super) fn macro_names(&self) -> impl Iterator<Item = &'d str> {
        self.document.macros.iter().map(|m| m.name.as_str())
    }

    /// The elements that a subscript of `<element>` means: one name a dimension, between commas; a
    /// dimension's name means all its elements. `Err` is the part that means nothing.
    pub(super) fn offsets(&self, id: ArrayId, subscript: &Text) -> Result<Vec<usize>, String> {
        let dims = &self.arrays[id.0].dims;
        let parts: Vec<&str> = subscript.text.split(',').map(str::trim).collect();
        if parts.len() != dims.len() {
            return Err(subscript.text.trim().to_owned());
        }
        let mut offsets = vec![0];
        for (part, &dim) in parts.iter().zip(dims) {
            let positions = match (
                self.dimensions.position(dim, part),
                self.dimensions.find(part),
            ) {
                (Some(position), _) => vec![position],
                (None, Some(range)) if self.dimensions.carries(range, dim) => {
                    let size = self.dimensions.size(range);
                    let carried = |k| self.dimensions.carried(range, k, dim);
                    (0..size).filter_map(carried).collect()
                }
                _ => return Err((*part).to_owned()),
            };
            let size = self.dimensions.size(dim);
            offsets = offsets
                .iter()
                .flat_map(|offset| positions.iter().map(move |p| offset * size + p))
                .collect();
        }
        Ok(offsets)
    }

    /// Position of an element in each dimension.
    pub(super) fn positions(&self, dims: &[DimId], offset: usize) -> Vec<(DimId, usize)> {
        let mut rest = offset;
        let mut positions: Vec<(DimId, usize)> = dims
            .iter()
            .rev()
            .map(|&dim| {
                let size = self.dimensions.size(dim);
                let position = rest % size;
                rest /= size;
                (dim, position)
            })
            .collect();
        positions.reverse();
        positions
    }
}

fn check_not_reserved(declaration: &Declaration, faults: &mut Faults) {
    let name = declaration.name.trim();
    let row = builtin::find(name).filter(|b| {
        matches!(b.kernel, Kernel::Clock(_) | Kernel::Number(_)) || declaration.table.is_some()
    });
    if row.is_some() || is_reserved(name) {
        let message = format!("`{name}` is a word of the language and cannot name a variable");
        faults.error("reserved-name", declaration.at, &[name], message);
    }
}
