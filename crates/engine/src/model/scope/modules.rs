//! Modules: a model used inside another one, and what its inputs are connected to.

use std::collections::HashSet;

use super::{Entry, InstanceId, Origin, Scope};
use crate::budget::{MAX_INSTANCE_DEPTH, MAX_INSTANCES, MAX_NAME_BYTES};
use crate::diag::Severity;
use crate::name::{canonical, nearest};
use crate::xmile::document::{Access, Declaration, Element, ModelText, ModuleText};
use crate::xmile::grammar::said_twice;
use crate::xmile::source::Faults;
use crate::xmile::tree::Text;

impl<'d> Scope<'d> {
    /// A use of a model, filled with what the model declares; its connections come later.
    pub(super) fn module(
        &mut self,
        container: InstanceId,
        text: &'d ModuleText,
        faults: &mut Faults,
    ) -> Option<InstanceId> {
        let wanted = canonical(&text.model);
        let models = &self.document.submodels;
        let found: Option<&'d ModelText> = models.iter().find(|m| canonical(&m.name) == wanted);
        let name = text.name.as_str();
        let Some(model) = found else {
            let near = nearest(&text.model, models.iter().map(|m| m.name.as_str()));
            let hint = near.map(|n| format!("did you mean `{n}`?"));
            let message = format!(
                "the module `{name}` has no model `{}` in this file",
                text.model
            );
            let subject = [text.model.as_str(), near.unwrap_or("")];
            faults.error_hint("unknown-module", text.at, &subject, message, hint);
            return None;
        };
        let path = self.path(container);
        if path.contains(&wanted) {
            let message = format!("the module `{name}` contains itself");
            faults.error("contains-itself", text.at, &[name], message);
            return None;
        }
        if path.len() > MAX_INSTANCE_DEPTH {
            let limit = MAX_INSTANCE_DEPTH.to_string();
            let message = format!("modules are nested more than {limit} deep");
            faults.error("too-deep", text.at, &[&limit], message);
            return None;
        }
        let path = path.iter().cloned().chain([wanted]).collect();
        let prefix = format!("{}{}.", self.instances[container.0].prefix, name.trim());
        if !self.may_add_module(&prefix, text, faults) {
            return None;
        }
        let inside = self.instance(Some(container), prefix, path);
        self.instances[inside.0].at = text.at;
        self.name(container, name, text.at, Entry::Module(inside), faults);
        self.fill(inside, &model.entries, faults);
        Some(inside)
    }

    /// Whether the budget has one more module, its name with those around it not too long; each
    /// model that uses another twice doubles what is inside.
    fn may_add_module(&mut self, prefix: &str, text: &ModuleText, faults: &mut Faults) -> bool {
        let name = text.name.as_str();
        if prefix.len() > MAX_NAME_BYTES {
            let message = format!(
                "the module `{name}` has over {MAX_NAME_BYTES} bytes with the names around it"
            );
            faults.error("bad-name", text.at, &[name], message);
            return false;
        }
        self.n_modules += 1;
        if self.n_modules == MAX_INSTANCES + 1 {
            let limit = MAX_INSTANCES.to_string();
            let message = format!("with `{name}` the models are used more than {limit} times");
            let hint = "each model that uses another one twice doubles what is inside it";
            let (code, hint) = ("too-many-modules", Some(hint.to_owned()));
            faults.error_hint(code, text.at, &[&limit], message, hint);
        }
        self.n_modules <= MAX_INSTANCES
    }

    /// A model that no module is made of would say nothing, and nobody would know.
    pub(super) fn check_uses(&self, faults: &mut Faults) {
        if self.n_modules > MAX_INSTANCES {
            return;
        }
        let used: HashSet<&String> = self.instances.iter().flat_map(|i| &i.path).collect();
        for model in &self.document.submodels {
            if !used.contains(&canonical(&model.name)) {
                let name = model.name.as_str();
                let message = format!("no module is made of the model `{name}`, so it is not run");
                let hint = Some("add a module of that name, or remove the model".to_owned());
                let warning = Severity::Warning;
                faults.push(warning, "unused-model", model.at, &[name], message, hint);
            }
        }
    }

    /// Inputs of a module, and inputs around it that its outputs are connected to.
    pub(super) fn connect(
        &mut self,
        container: InstanceId,
        inside: InstanceId,
        module: &'d ModuleText,
        faults: &mut Faults,
    ) {
        for (to, from) in &module.connections {
            let name = &to.text.trim().replace('"', "");
            // Some list the connections of a module's neighbours with it.
            let target = match name.strip_prefix('.') {
                Some(outside) => self.find(container, outside),
                None if name.contains('.') => self
                    .find(container, name)
                    .or_else(|| self.find(inside, name)),
                None => self.find(inside, name),
            };
            let Some(target) = target else {
                let message = format!("the module `{}` has no input `{name}`", module.name);
                let subject = [module.name.as_str(), name.as_str()];
                faults.error("bad-connection", to.start(), &subject, message);
                continue;
            };
            let array = &mut self.arrays[target.0];
            // Stella lets a stock without flows stand for one that is connected.
            let is_input = |d: &Declaration| match d.element {
                Element::Table => false,
                _ => d.access == Access::Input && d.inflows.is_empty() && d.outflows.is_empty(),
            };
            if !array.declaration.is_some_and(is_input) {
                let message = format!("`{}` is no input, so nothing can be connected", array.name);
                let hint = "an input has access=\"input\", and no flows of its own".to_owned();
                let subject = [module.name.as_str(), name.as_str()];
                faults.error_hint("bad-connection", to.start(), &subject, message, Some(hint));
                continue;
            }
            // A neighbour may list the same connection again.
            if let Origin::Connected(first, other) = &array.origin
                && (*other != container || unquoted_end(first) != unquoted_end(from))
            {
                let part = format!("a connection to `{}`", array.name);
                said_twice(&part, "the model", to.start(), first.start(), faults);
            }
            array.origin = Origin::Connected(from, container);
        }
    }
}

/// What a connection names, in the form in which equal names are equal.
fn unquoted_end(text: &Text) -> String {
    let name = canonical(&text.text.replace('"', ""));
    name.trim_start_matches('.').to_owned()
}
