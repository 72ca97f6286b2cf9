//! Who names whom: variables by name, what each reads and is read by, what the pack says of each.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use tidemark_engine::model::{Lookup, Model, VarId, Variable, canonical_name, names_in};
use tidemark_pack::anchor;
use tidemark_pack::record::Pack;

use crate::text;

/// What a record of the pack says of a variable.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    /// What it is to the record.
    pub(crate) what: &'static str,
    /// The record's name.
    pub(crate) label: String,
    /// The record's anchor.
    pub(crate) anchor: String,
    /// Sources of the record, where they are sources of the variable's value too.
    pub(crate) sources: Vec<String>,
}

/// What a name leads to.
#[derive(Debug, Clone, Copy)]
enum Named {
    Variable(VarId),
    Array,
    Lookup,
}

/// A stretch of an equation's text, with the anchor it leads to.
pub(crate) type Part<'t> = (&'t str, Option<String>);

/// The model and the pack as a net of links.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    pub(crate) model: &'a Model,
    /// All variables with their positions, in the order of the file.
    pub(crate) variables: Vec<(VarId, &'a Variable)>,
    named: BTreeMap<String, Named>,
    roles: BTreeMap<String, Vec<Role>>,
    reads: BTreeMap<VarId, BTreeSet<VarId>>,
    read_by: BTreeMap<VarId, BTreeSet<VarId>>,
    lookup_used_by: BTreeMap<String, BTreeSet<VarId>>,
}

/// The array that an element's name belongs to.
pub(crate) fn array_of(name: &str) -> Option<&str> {
    let (array, _) = name.split_once('[')?;
    name.ends_with(']').then_some(array)
}

impl<'a> Index<'a> {
    /// The net of a model and its pack.
    pub(crate) fn new(model: &'a Model, pack: &Pack) -> Self {
        let all = model.variables().iter();
        let mut index = Self {
            model,
            variables: all
                .filter_map(|v| Some((model.find(&v.name)?, v)))
                .collect(),
            named: BTreeMap::new(),
            roles: roles(pack),
            reads: BTreeMap::new(),
            read_by: BTreeMap::new(),
            lookup_used_by: BTreeMap::new(),
        };
        for (var, variable) in &index.variables {
            if let Some(array) = array_of(&variable.name) {
                index.named.insert(canonical_name(array), Named::Array);
            }
            let name = canonical_name(&variable.name);
            index.named.insert(name, Named::Variable(*var));
        }
        for lookup in model.lookups() {
            if let Some(array) = array_of(&lookup.name) {
                index.named.insert(canonical_name(array), Named::Lookup);
            }
            index
                .named
                .insert(canonical_name(&lookup.name), Named::Lookup);
        }
        index.connect();
        index
    }

    fn connect(&mut self) {
        let known: BTreeSet<VarId> = self.variables.iter().map(|(var, _)| *var).collect();
        for (var, variable) in self.variables.clone() {
            // What stands inside macros has no place of its own in the reference.
            let mut reads: BTreeSet<VarId> = variable.uses.iter().copied().collect();
            reads.retain(|used| known.contains(used));
            for text in [&variable.equation, &variable.initial] {
                for (_, named, name) in self.links(variable, text) {
                    match named {
                        Named::Variable(used) => {
                            reads.insert(used);
                        }
                        Named::Lookup => {
                            self.lookup_used_by.entry(name).or_default().insert(var);
                        }
                        Named::Array => {}
                    }
                }
            }
            for used in &reads {
                self.read_by.entry(*used).or_default().insert(var);
            }
            self.reads.insert(var, reads);
        }
    }

    /// Names in an equation of a variable that lead somewhere, with what they mean.
    fn links(&self, of: &Variable, equation: &str) -> Vec<(Range<usize>, Named, String)> {
        let mut found = Vec::new();
        let (mut depth, mut end) = (0_usize, 0);
        for name in names_in(equation) {
            let gap = equation.get(end..name.range.start).unwrap_or("");
            for c in gap.chars() {
                depth = match c {
                    '[' => depth + 1,
                    ']' => depth.saturating_sub(1),
                    _ => depth,
                };
            }
            end = name.range.end;
            let Some((canonical, named)) = self.resolve(&of.name, &name.canonical) else {
                continue;
            };
            let is_meant = match named {
                Named::Lookup => true,
                // A function may have the name of a variable, an element of a dimension too.
                Named::Variable(var) => !name.is_called && (depth == 0 || of.uses.contains(&var)),
                Named::Array => !name.is_called && depth == 0,
            };
            if is_meant {
                found.push((name.range, named, canonical));
            }
        }
        found
    }

    /// The canonical name that `name` has outside, as seen from a variable that may be in a module.
    fn resolve(&self, from: &str, name: &str) -> Option<(String, Named)> {
        let name = name.trim_start_matches('.');
        let mut path = array_of(from).unwrap_or(from);
        loop {
            let inside = path.rsplit_once('.').map(|(module, _)| module);
            let whole = match inside {
                Some(module) => format!("{}.{name}", canonical_name(module)),
                None => name.to_owned(),
            };
            if let Some(named) = self.named.get(&whole) {
                return Some((whole, *named));
            }
            path = inside?;
        }
    }

    /// An equation of a variable in parts, those that name something with its anchor.
    pub(crate) fn parts<'t>(&self, of: &Variable, equation: &'t str) -> Vec<Part<'t>> {
        let mut parts = Vec::new();
        let mut end = 0;
        for (range, _, name) in self.links(of, equation) {
            parts.push((equation.get(end..range.start).unwrap_or(""), None));
            let anchor = anchor::variable(&name);
            parts.push((equation.get(range.clone()).unwrap_or(""), Some(anchor)));
            end = range.end;
        }
        parts.push((equation.get(end..).unwrap_or(""), None));
        parts
    }

    /// What a variable reads, ascending.
    pub(crate) fn reads(&self, var: VarId) -> impl Iterator<Item = VarId> + '_ {
        self.reads.get(&var).into_iter().flatten().copied()
    }

    /// What reads a variable, ascending.
    pub(crate) fn read_by(&self, var: VarId) -> impl Iterator<Item = VarId> + '_ {
        self.read_by.get(&var).into_iter().flatten().copied()
    }

    /// Variables whose equations call a graphical function by name, ascending.
    pub(crate) fn callers(&self, lookup: &Lookup) -> impl Iterator<Item = VarId> + '_ {
        let array = array_of(&lookup.name).unwrap_or(&lookup.name);
        let names = [canonical_name(&lookup.name), canonical_name(array)];
        let callers: BTreeSet<VarId> = names
            .iter()
            .filter_map(|name| self.lookup_used_by.get(name))
            .flatten()
            .copied()
            .collect();
        callers.into_iter()
    }

    /// What the pack says of a variable, in the pack's order.
    pub(crate) fn roles(&self, name: &str) -> &[Role] {
        let roles = self.roles.get(&canonical_name(name));
        roles.map_or(&[], Vec::as_slice)
    }

    /// The anchor of a variable named in the pack; none where the model lacks it.
    pub(crate) fn anchor(&self, name: &str) -> Option<String> {
        let known = self.named.contains_key(&canonical_name(name));
        known.then(|| anchor::variable(name))
    }

    /// Whether a variable's value is read off points of its own.
    pub(crate) fn has_points(&self, variable: &Variable) -> bool {
        let var = self.model.find(&variable.name);
        var.is_some_and(|var| self.model.points(var).is_some())
    }
}

fn roles(pack: &Pack) -> BTreeMap<String, Vec<Role>> {
    let mut roles: BTreeMap<String, Vec<Role>> = BTreeMap::new();
    let mut add = |name: &str, what, label: &str, anchor: String, sources: &[String]| {
        if !name.is_empty() {
            roles.entry(canonical_name(name)).or_default().push(Role {
                what,
                label: label.to_owned(),
                anchor,
                sources: sources.to_vec(),
            });
        }
    };
    for record in &pack.indicator {
        let (label, to) = (&record.label.zh, anchor::indicator(&record.id));
        add(
            &record.variable,
            text::ROLE_INDICATOR,
            label,
            to.clone(),
            &[],
        );
        add(&record.denominator, text::ROLE_DENOMINATOR, label, to, &[]);
    }
    for record in &pack.lever {
        let named = [
            (&record.variable, text::ROLE_LEVER),
            (&record.start_variable, text::ROLE_START),
            (&record.ramp_variable, text::ROLE_RAMP),
            (&record.stop_variable, text::ROLE_STOP),
            (&record.cost_variable, text::ROLE_COST),
        ];
        for (name, what) in named {
            let is_change = what == text::ROLE_LEVER;
            let sources = if is_change {
                record.sources.as_slice()
            } else {
                &[]
            };
            add(
                name,
                what,
                &record.label.zh,
                anchor::lever(&record.id),
                sources,
            );
        }
    }
    for record in &pack.assumption {
        let (what, to) = (text::ROLE_ASSUMPTION, anchor::assumption(&record.id));
        add(
            &record.variable,
            what,
            &record.label.zh,
            to,
            &record.sources,
        );
    }
    for record in &pack.setting {
        let (what, to) = (text::ROLE_SETTING, anchor::setting(&record.variable));
        add(&record.variable, what, &record.label, to, &record.sources);
    }
    for record in &pack.rule {
        let to = anchor::rule(&record.id);
        if let Some(check) = &record.check {
            for name in [&check.variable, &check.denominator] {
                add(name, text::ROLE_RULE, &record.label, to.clone(), &[]);
            }
        }
    }
    for record in &pack.references.path {
        let (path, of) = (&record.variable, &record.of);
        add(path, text::ROLE_PATH, of, anchor::variable(of), &[]);
        add(of, text::ROLE_OF_PATH, path, anchor::variable(path), &[]);
    }
    let paths = "references".to_owned();
    let switch = &pack.references.switch;
    add(switch, text::ROLE_SWITCH, text::REFERENCE_PATHS, paths, &[]);
    roles
}
