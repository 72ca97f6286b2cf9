//! Tokens → tree: precedence climbing over one table of strengths.

pub(crate) use super::lex::SyntaxFault;
use super::lex::{Token, tokens};
use super::{Expr, ExprKind, Operator, UNARY_STRENGTH};
use crate::budget::{MAX_NESTING, MAX_TREE_HEIGHT};

/// The tree of an equation, or why and where it is none. Never panics.
pub(crate) fn parse(text: &str) -> Result<Expr, SyntaxFault> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        nesting: 0,
    };
    let (expr, _) = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(expr),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

/// The trees of equations between commas, one where there is no comma outside brackets: how the
/// elements of an array are given in a row.
pub(crate) fn parse_row(text: &str) -> Result<Vec<Expr>, SyntaxFault> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        nesting: 0,
    };
    let mut row = Vec::new();
    loop {
        let (expr, _) = parser.expression(0)?;
        row.push(expr);
        if *parser.peek() == Token::End {
            return Ok(row);
        }
        if !parser.took(",") {
            return Err(parser.unexpected("an operator or the end"));
        }
    }
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    next: usize,
    nesting: usize,
}

/// A tree and its height, which is bounded so that no later stage runs out of stack.
type Tall = (Expr, usize);

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.next).map_or(&Token::End, |(t, _)| t)
    }

    fn at(&self) -> usize {
        self.tokens
            .get(self.next)
            .or(self.tokens.last())
            .map_or(0, |&(_, at)| at)
    }

    /// Steps over a sign, if it is the next token.
    fn took(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(s) if *s == sign);
        self.next += usize::from(found);
        found
    }

    /// Steps over a word of the language, if it is the next token.
    fn took_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name { text, quoted: false } if text.eq_ignore_ascii_case(word))
    }

    fn unexpected(&self, wanted: &str) -> SyntaxFault {
        let found = self.peek().shown();
        SyntaxFault {
            code: "bad-syntax",
            at: self.at(),
            message: match self.peek() {
                Token::End => format!("the equation ends where {wanted} should be"),
                _ => format!("`{found}` stands where {wanted} should be"),
            },
            subject: found,
            hint: self.two_names().then(|| {
                "a name with spaces is written with underscores or in double quotes".to_owned()
            }),
        }
    }

    /// Whether the next token and the one before it are both names.
    fn two_names(&self) -> bool {
        let before = self.next.checked_sub(1).and_then(|k| self.tokens.get(k));
        let name = |token: &Token| matches!(token, Token::Name { .. });
        name(self.peek()) && before.is_some_and(|(token, _)| name(token))
    }

    fn too_deep(&self, limit: usize) -> SyntaxFault {
        SyntaxFault {
            code: "too-deep",
            at: self.at(),
            subject: limit.to_string(),
            message: format!("the equation is nested more than {limit} deep"),
            hint: Some("split it into several variables".to_owned()),
        }
    }

    fn node(&self, at: usize, kind: ExprKind, below: usize) -> Result<Tall, SyntaxFault> {
        if below >= MAX_TREE_HEIGHT {
            return Err(self.too_deep(MAX_TREE_HEIGHT));
        }
        Ok((
            Expr {
                kind,
                at: u32::try_from(at).unwrap_or(u32::MAX),
            },
            below + 1,
        ))
    }

    /// An expression of operators that bind at least as tightly as `strength`.
    fn expression(&mut self, strength: u8) -> Result<Tall, SyntaxFault> {
        self.nesting += 1;
        if self.nesting > MAX_NESTING * 2 {
            return Err(self.too_deep(MAX_NESTING));
        }
        let (mut left, mut height) = self.operand()?;
        while let Some(operator) = self.operator().filter(|o| o.strength() >= strength) {
            let at = self.at();
            self.next += 1;
            // From the left: the right side must bind tighter. `^` from the right: as tight will do,
            // and a sign may follow (`2^-1`).
            let tighter = operator.strength() + u8::from(operator != Operator::Power);
            let (right, right_height) = self.expression(tighter)?;
            let kind = ExprKind::Binary(operator, Box::new(left), Box::new(right));
            (left, height) = self.node(at, kind, height.max(right_height))?;
        }
        self.nesting -= 1;
        Ok((left, height))
    }

    fn operator(&self) -> Option<Operator> {
        use Operator::*;
        const ALL: [Operator; 14] = [
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
        ];
        match self.peek() {
            Token::Sign(sign) => ALL.into_iter().find(|o| o.sign() == *sign),
            Token::Name { quoted: false, .. } => ALL.into_iter().find(|o| self.is_word(o.sign())),
            _ => None,
        }
    }

    fn operand(&mut self) -> Result<Tall, SyntaxFault> {
        let at = self.at();
        if self.took("-") {
            let (inner, height) = self.expression(UNARY_STRENGTH)?;
            return self.node(at, ExprKind::Negative(Box::new(inner)), height);
        }
        if self.took("+") {
            return self.expression(UNARY_STRENGTH);
        }
        if self.took_word("not") {
            let (inner, height) = self.expression(UNARY_STRENGTH)?;
            return self.node(at, ExprKind::Not(Box::new(inner)), height);
        }
        if self.took_word("if") {
            return self.condition(at);
        }
        if self.took("(") {
            let inner = self.expression(0)?;
            self.close(")", at)?;
            return Ok(inner);
        }
        match self.peek().clone() {
            Token::Number(value) => {
                self.next += 1;
                self.node(at, ExprKind::Number(value), 0)
            }
            Token::Name { text, quoted }
                if quoted || !is_reserved(&text) || self.is_mod_call(&text) =>
            {
                self.next += 1;
                self.name(text, at)
            }
            _ => Err(self.unexpected("a number, a name or a bracket")),
        }
    }

    /// `MOD(a, b)` is a call, `a MOD b` an operator.
    fn is_mod_call(&self, text: &str) -> bool {
        text.eq_ignore_ascii_case("mod")
            && matches!(self.tokens.get(self.next + 1), Some((Token::Sign("("), _)))
    }

    fn condition(&mut self, at: usize) -> Result<Tall, SyntaxFault> {
        let (c, c_height) = self.expression(0)?;
        if !self.took_word("then") {
            return Err(self.unexpected("THEN"));
        }
        let (a, a_height) = self.expression(0)?;
        if !self.took_word("else") {
            return Err(self.unexpected("ELSE"));
        }
        let (b, b_height) = self.expression(0)?;
        self.node(
            at,
            ExprKind::If(Box::new([c, a, b])),
            c_height.max(a_height).max(b_height),
        )
    }

    fn name(&mut self, text: String, at: usize) -> Result<Tall, SyntaxFault> {
        let open = self.at();
        if self.took("(") {
            let (arguments, height) = self.list(")", open)?;
            let (call, height) = self.node(at, ExprKind::Call(text, arguments), height)?;
            return self.output(call, height);
        }
        if self.took("[") {
            let (subscripts, height) = self.list("]", open)?;
            let (element, height) = self.node(at, ExprKind::Element(text, subscripts), height)?;
            let open = self.at();
            if !self.took("(") {
                return Ok((element, height));
            }
            // An element of an array of graphical functions, called.
            let (mut arguments, below) = self.list(")", open)?;
            arguments.insert(0, element);
            return self.node(
                at,
                ExprKind::Call("LOOKUP".to_owned(), arguments),
                height.max(below),
            );
        }
        self.node(at, ExprKind::Name(text), 0)
    }

    /// A call, or the output of it that `.name` behind it asks for.
    fn output(&mut self, call: Expr, height: usize) -> Result<Tall, SyntaxFault> {
        let name = match self.peek() {
            Token::Name {
                text,
                quoted: false,
            } => text.strip_prefix('.').map(str::to_owned),
            _ => None,
        };
        let Some(name) = name else {
            return Ok((call, height));
        };
        let at = self.at();
        self.next += 1;
        self.node(at, ExprKind::Output(Box::new(call), name), height)
    }

    /// Expressions between commas up to the closing bracket.
    fn list(
        &mut self,
        close: &'static str,
        open: usize,
    ) -> Result<(Vec<Expr>, usize), SyntaxFault> {
        let mut items = Vec::new();
        let mut height = 0;
        if self.took(close) {
            return Ok((items, height));
        }
        loop {
            let (item, item_height) = self.item()?;
            items.push(item);
            height = height.max(item_height);
            if !self.took(",") {
                self.close(close, open)?;
                return Ok((items, height));
            }
        }
    }

    /// An expression, `*` alone, which stands for a whole dimension, or `first:last`.
    fn item(&mut self) -> Result<Tall, SyntaxFault> {
        let at = self.at();
        if self.took("*") {
            return self.node(at, ExprKind::Name("*".to_owned()), 0);
        }
        let (first, height) = self.expression(0)?;
        if !self.took(":") {
            return Ok((first, height));
        }
        let (last, below) = self.expression(0)?;
        let range = ExprKind::Range(Box::new(first), Box::new(last));
        self.node(at, range, height.max(below))
    }

    fn close(&mut self, sign: &'static str, open: usize) -> Result<(), SyntaxFault> {
        if self.took(sign) {
            return Ok(());
        }
        let mut fault = self.unexpected(&format!("`{sign}`"));
        if *self.peek() == Token::End {
            fault = SyntaxFault {
                code: "unclosed",
                at: open,
                subject: sign.to_owned(),
                message: format!("this bracket is not closed by `{sign}`"),
                hint: None,
            };
        }
        Err(fault)
    }
}

/// Words that are no names unless quoted.
pub(crate) fn is_reserved(text: &str) -> bool {
    ["and", "or", "not", "mod", "if", "then", "else"]
        .iter()
        .any(|w| text.eq_ignore_ascii_case(w))
}
