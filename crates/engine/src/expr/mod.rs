//! Equation text → tree, and back.
//!
//! Knows the grammar of XMILE 1.0 (3.3) and nothing of the model: names are as written.
//! Start at [`parse::parse`].

mod lex;
pub(crate) mod parse;
#[cfg(test)]
mod print;

use std::ops::Range;

/// A name as it stands in an equation's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameInText {
    /// Bytes it takes, quotes included.
    pub(crate) range: Range<usize>,
    /// Without quotes.
    pub(crate) name: String,
    /// Whether a bracket follows, as after a function.
    pub(crate) is_called: bool,
}

/// Where names stand in an equation, words of the language and of functions among them; none where
/// the text is no equation.
pub(crate) fn names_in(text: &str) -> Vec<NameInText> {
    use lex::Token;
    let tokens = lex::tokens(text).unwrap_or_default();
    let next = tokens.iter().skip(1);
    let pairs = tokens.iter().zip(next);
    pairs
        .filter_map(|((token, at), (after, _))| {
            let Token::Name { text: name, quoted } = token else {
                return None;
            };
            let is_plain = !quoted && text.get(*at..)?.starts_with(name.as_str());
            let length = name.len() + if is_plain { 0 } else { 2 };
            Some(NameInText {
                range: *at..at + length,
                name: name.clone(),
                is_called: *after == Token::Sign("("),
            })
        })
        .collect()
}

/// A tree with the byte offset in the equation that a fault of it points to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    /// What it is.
    pub(crate) kind: ExprKind,
    /// Byte offset in the equation's text.
    pub(crate) at: u32,
}

/// What a node of an equation is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExprKind {
    /// A number as written, without sign.
    Number(f64),
    /// A variable or builtin without brackets.
    Name(String),
    /// `name(arguments)`.
    Call(String, Vec<Expr>),
    /// `name[subscripts]`.
    Element(String, Vec<Expr>),
    /// `first:last`, only as a subscript.
    Range(Box<Expr>, Box<Expr>),
    /// `call(…).name`: a further output of a macro.
    Output(Box<Expr>, String),
    /// `-x`.
    Negative(Box<Expr>),
    /// `NOT x`.
    Not(Box<Expr>),
    /// `a op b`.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `IF c THEN a ELSE b`.
    If(Box<[Expr; 3]>),
}

/// What stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Power,
    Multiply,
    Divide,
    Modulo,
    Add,
    Subtract,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    Unequal,
    And,
    Or,
}

impl Operator {
    /// How tightly it binds: higher first; from the left but for [`Operator::Power`].
    pub(crate) fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::Unequal => 3,
            Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide | Self::Modulo => 6,
            Self::Power => 8,
        }
    }

    /// As written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Power => "^",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "MOD",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::And => "AND",
            Self::Or => "OR",
        }
    }
}

/// Strength of unary minus and NOT: tighter than `*`, looser than `^`, so that `-2^2` is −4.
pub(crate) const UNARY_STRENGTH: u8 = 7;
