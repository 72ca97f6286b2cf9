//! Unit text → dimension, with the names a model defines.
//!
//! A name is whatever stands between `*`, `/`, `^` and brackets, spaces inside included
//! (`100M yuan/year`).

use super::dimension::Dimension;
use crate::budget::MAX_UNIT_BYTES;
use crate::name::canonical;

/// Brackets inside brackets of a unit.
const MAX_UNIT_NESTING: usize = 16;

/// The dimension of a unit text, or what is wrong with it.
///
/// `named` gives the dimension of a name in its canonical form.
pub(super) fn parse(
    text: &str,
    named: &mut dyn FnMut(&str) -> Dimension,
) -> Result<Dimension, String> {
    let mut parser = Parser {
        rest: text.trim(),
        named,
        nesting: 0,
    };
    if text.len() > MAX_UNIT_BYTES {
        return Err(format!("it is longer than {MAX_UNIT_BYTES} bytes"));
    }
    if parser.rest.is_empty() {
        return Ok(Dimension::none());
    }
    let unit = parser.product()?;
    match parser.rest {
        "" => Ok(unit),
        rest => Err(format!("`{rest}` is left over")),
    }
}

struct Parser<'t, 'p> {
    rest: &'t str,
    named: &'p mut dyn FnMut(&str) -> Dimension,
    nesting: usize,
}

impl<'t> Parser<'t, '_> {
    fn took(&mut self, sign: char) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn product(&mut self) -> Result<Dimension, String> {
        self.nesting += 1;
        if self.nesting > MAX_UNIT_NESTING {
            return Err(format!("it has brackets more than {MAX_UNIT_NESTING} deep"));
        }
        let mut unit = self.factor()?;
        loop {
            if self.took('*') {
                unit = unit.times(&self.factor()?);
            } else if self.took('/') {
                unit = unit.over(&self.factor()?);
            } else {
                self.nesting -= 1;
                return Ok(unit);
            }
        }
    }

    fn factor(&mut self) -> Result<Dimension, String> {
        let base = self.atom()?;
        if !self.took('^') {
            return Ok(base);
        }
        let bracket = self.took('(');
        let written = self.word();
        if bracket && !self.took(')') {
            return Err("a bracket is not closed".to_owned());
        }
        let power = written.parse().ok().filter(|p: &f64| p.is_finite());
        let power = power.ok_or_else(|| format!("`{written}` is no power"))?;
        base.power(power)
            .ok_or_else(|| format!("the power {power} cannot be taken"))
    }

    fn atom(&mut self) -> Result<Dimension, String> {
        if self.took('(') {
            let inner = self.product()?;
            return match self.took(')') {
                true => Ok(inner),
                false => Err("a bracket is not closed".to_owned()),
            };
        }
        let word = self.word();
        if word.is_empty() {
            return Err("a name is missing".to_owned());
        }
        match word.parse::<f64>() {
            Ok(1.0) => Ok(Dimension::none()),
            Ok(_) => Err(format!(
                "a unit has no factor `{word}`; convert with a constant"
            )),
            Err(_) => Ok((self.named)(&canonical(word))),
        }
    }

    /// Everything up to the next sign.
    fn word(&mut self) -> &'t str {
        let end = self
            .rest
            .find(['*', '/', '^', '(', ')'])
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.trim().trim_matches('"').trim()
    }
}
