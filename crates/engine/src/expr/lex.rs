//! Equation text → tokens.

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// A name or word; `quoted` ones are never words of the language.
    Name {
        text: String,
        quoted: bool,
    },
    /// An operator, bracket or comma.
    Sign(&'static str),
    End,
}

impl Token {
    /// As shown in a fault.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Number(value) => value.to_string(),
            Self::Name { text, .. } => text.clone(),
            Self::Sign(sign) => (*sign).to_owned(),
            Self::End => "the end of the equation".to_owned(),
        }
    }
}

/// Why a text is no equation, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxFault {
    /// Code of the diagnostic.
    pub(crate) code: &'static str,
    /// Byte offset in the equation.
    pub(crate) at: usize,
    /// What it speaks of.
    pub(crate) subject: String,
    /// What is wrong.
    pub(crate) message: String,
    /// The next step.
    pub(crate) hint: Option<String>,
}

/// The two-character signs first, so that `<=` is not read as `<`.
const SIGNS: &[&str] = &[
    "<=", ">=", "<>", "^", "*", "/", "+", "-", "<", ">", "=", "(", ")", "[", "]", ",", ":",
];

/// All tokens with their byte offsets, the last one [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, usize)>, SyntaxFault> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or("");
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == '{' {
            at += comment(rest, at)?;
        } else if c == '"' {
            let (name, length) = quoted(rest, at)?;
            out.push((
                Token::Name {
                    text: name,
                    quoted: true,
                },
                at,
            ));
            at += length;
        } else if c.is_ascii_digit()
            || c == '.'
                && rest
                    .get(1..2)
                    .is_some_and(|d| d.as_bytes()[0].is_ascii_digit())
        {
            let (value, length) = number(rest, at)?;
            out.push((Token::Number(value), at));
            at += length;
        } else if is_name_start(c) || c == '.' && rest.chars().nth(1).is_some_and(is_name_start) {
            let length = rest.find(|c| !is_name_part(c)).unwrap_or(rest.len());
            let name = rest.get(..length).unwrap_or("");
            out.push((
                Token::Name {
                    text: name.to_owned(),
                    quoted: false,
                },
                at,
            ));
            at += length;
        } else if let Some(sign) = SIGNS.iter().find(|s| rest.starts_with(**s)) {
            out.push((Token::Sign(sign), at));
            at += sign.len();
        } else {
            return Err(SyntaxFault {
                code: "bad-character",
                at,
                subject: c.to_string(),
                message: format!("`{c}` has no meaning in an equation"),
                hint: Some("a name with such a character is written in double quotes".to_owned()),
            });
        }
    }
    out.push((Token::End, text.trim_end().len()));
    Ok(out)
}

fn is_name_start(c: char) -> bool {
    c == '_' || c == '$' || c.is_alphabetic() || !c.is_ascii() && !c.is_whitespace()
}

fn is_name_part(c: char) -> bool {
    is_name_start(c) && !c.is_whitespace() || c.is_alphanumeric() || c == '.' || c == '\u{a0}'
}

fn comment(rest: &str, at: usize) -> Result<usize, SyntaxFault> {
    rest.find('}')
        .map(|end| end + 1)
        .ok_or_else(|| unclosed("comment", "}", at))
}

fn unclosed(what: &str, sign: &str, at: usize) -> SyntaxFault {
    SyntaxFault {
        code: "unclosed",
        at,
        subject: sign.to_owned(),
        message: format!("this {what} is not closed by `{sign}`"),
        hint: None,
    }
}

/// The raw name (escapes kept) and the bytes it takes with its quotes.
fn quoted(rest: &str, at: usize) -> Result<(String, usize), SyntaxFault> {
    let mut escaped = false;
    for (k, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Ok((rest.get(1..k).unwrap_or("").to_owned(), k + 1)),
            _ => {}
        }
    }
    Err(unclosed("name", "\"", at))
}

/// Digits, a point, digits, an exponent.
fn number(rest: &str, at: usize) -> Result<(f64, usize), SyntaxFault> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut length = digits(0);
    if bytes.get(length) == Some(&b'.') {
        length += 1 + digits(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    let written = rest.get(..length).unwrap_or("");
    let value = written.parse().ok().filter(|v: &f64| v.is_finite());
    value.map(|v| (v, length)).ok_or_else(|| SyntaxFault {
        code: "bad-number",
        at,
        subject: written.to_owned(),
        message: format!("`{written}` is no number"),
        hint: None,
    })
}
