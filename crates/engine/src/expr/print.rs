//! Tree → equation text, and the laws that tie it to the parser.

use super::{Expr, ExprKind, UNARY_STRENGTH};

/// Strength of what needs no brackets anywhere.
const ATOM: u8 = 9;

/// Equation text that parses to the same tree, with brackets only where they are needed.
fn print(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(value) => format!("{value:?}"),
        ExprKind::Name(name) => printed_name(name),
        ExprKind::Call(name, arguments) => format!("{}({})", printed_name(name), list(arguments)),
        ExprKind::Element(name, subscripts) => {
            format!("{}[{}]", printed_name(name), list(subscripts))
        }
        ExprKind::Range(first, last) => format!("{}:{}", print(first), print(last)),
        ExprKind::Output(call, name) => format!("{}.{name}", print(call)),
        ExprKind::Negative(a) => format!("-{}", within(a, UNARY_STRENGTH)),
        ExprKind::Not(a) => format!("NOT {}", within(a, UNARY_STRENGTH)),
        ExprKind::Binary(op, a, b) => {
            let (left, right) = match op.strength() {
                8 => (ATOM, 8),
                strength => (strength, strength + 1),
            };
            format!("{} {} {}", within(a, left), op.sign(), within(b, right))
        }
        ExprKind::If(parts) => {
            let [c, a, b] = parts.each_ref().map(print);
            format!("IF {c} THEN {a} ELSE {b}")
        }
    }
}

fn printed_name(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    let starts = |c: char| c.is_alphabetic() || c == '_';
    if name == "*" || name.starts_with(starts) && name.chars().all(plain) {
        return name.to_owned();
    }
    format!("\"{name}\"")
}

fn list(items: &[Expr]) -> String {
    items.iter().map(print).collect::<Vec<_>>().join(", ")
}

/// Printed, in brackets if it binds less tightly than its surroundings ask.
fn within(expr: &Expr, strength: u8) -> String {
    let own = match &expr.kind {
        ExprKind::Binary(op, ..) => op.strength(),
        ExprKind::Negative(_) | ExprKind::Not(_) => UNARY_STRENGTH,
        ExprKind::If(_) => 0,
        _ => ATOM,
    };
    match own < strength {
        true => format!("({})", print(expr)),
        false => print(expr),
    }
}

mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::super::Operator;
    use super::super::parse::parse;
    use super::*;

    /// The same tree without places, which printing moves.
    fn shape(expr: &Expr) -> Expr {
        let all = |items: &[Expr]| items.iter().map(shape).collect::<Vec<_>>();
        let one = |e: &Expr| Box::new(shape(e));
        let kind = match &expr.kind {
            ExprKind::Call(name, arguments) => ExprKind::Call(name.clone(), all(arguments)),
            ExprKind::Element(name, subscripts) => ExprKind::Element(name.clone(), all(subscripts)),
            ExprKind::Range(first, last) => ExprKind::Range(one(first), one(last)),
            ExprKind::Output(call, name) => ExprKind::Output(one(call), name.clone()),
            ExprKind::Negative(a) => ExprKind::Negative(one(a)),
            ExprKind::Not(a) => ExprKind::Not(one(a)),
            ExprKind::Binary(op, a, b) => ExprKind::Binary(*op, one(a), one(b)),
            ExprKind::If(parts) => ExprKind::If(Box::new(parts.each_ref().map(shape))),
            other => other.clone(),
        };
        Expr { kind, at: 0 }
    }

    /// Every bracket written out.
    fn full(expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Negative(a) => format!("(-{})", full(a)),
            ExprKind::Not(a) => format!("(NOT {})", full(a)),
            ExprKind::Binary(op, a, b) => format!("({} {} {})", full(a), op.sign(), full(b)),
            ExprKind::If(parts) => {
                let [c, a, b] = parts.each_ref().map(full);
                format!("(IF {c} THEN {a} ELSE {b})")
            }
            ExprKind::Call(name, arguments) => {
                format!(
                    "{name}({})",
                    arguments.iter().map(full).collect::<Vec<_>>().join(", ")
                )
            }
            _ => print(expr),
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&match parse(text) {
            Ok(expr) => full(&expr),
            Err(fault) => format!("{} at {}: {}", fault.code, fault.at, fault.message),
        });
    }

    #[test]
    fn precedence_is_that_of_xmile() {
        check("-2^2", expect!["(-(2.0 ^ 2.0))"]);
        check("2^3^2", expect!["(2.0 ^ (3.0 ^ 2.0))"]);
        check("2^-1*3", expect!["((2.0 ^ (-1.0)) * 3.0)"]);
        check(
            "a - b - c / d MOD e",
            expect!["((a - b) - ((c / d) MOD e))"],
        );
        check(
            "NOT a = b AND c <> d OR e",
            expect!["((((NOT a) = b) AND (c <> d)) OR e)"],
        );
        check("a + b < c = d >= e", expect!["(((a + b) < c) = (d >= e))"]);
        check("-a * b", expect!["((-a) * b)"]);
        check("+a - +b", expect!["(a - b)"]);
    }

    #[test]
    fn a_condition_is_an_expression() {
        check(
            "1 + IF a > 2 THEN b ELSE c * 2",
            expect!["(1.0 + (IF (a > 2.0) THEN b ELSE (c * 2.0)))"],
        );
        check(
            "( If (a) Then 1 Else If b Then 2 Else 3 )",
            expect!["(IF a THEN 1.0 ELSE (IF b THEN 2.0 ELSE 3.0))"],
        );
    }

    #[test]
    fn names_numbers_and_comments() {
        check(
            "全市_高企 {all} + .5e-3 * 1.E2",
            expect!["(全市_高企 + (0.0005 * 100.0))"],
        );
        check(
            "\"a \\\"b\\\" (c)\" + MOD(7, 2)",
            expect![[r#"("a \"b\" (c)" + MOD(7.0, 2.0))"#]],
        );
        check("x[a, *]", expect!["x[a, *]"]);
    }

    #[test]
    fn faults_say_where() {
        check(
            "",
            expect![
                "bad-syntax at 0: the equation ends where a number, a name or a bracket should be"
            ],
        );
        check(
            "a + ",
            expect![
                "bad-syntax at 3: the equation ends where a number, a name or a bracket should be"
            ],
        );
        check(
            "a b",
            expect!["bad-syntax at 2: `b` stands where an operator or the end should be"],
        );
        check(
            "(a + b",
            expect!["unclosed at 0: this bracket is not closed by `)`"],
        );
        check(
            "a {b",
            expect!["unclosed at 2: this comment is not closed by `}`"],
        );
        check(
            "IF a b",
            expect!["bad-syntax at 5: `b` stands where THEN should be"],
        );
        check(
            "a ? b",
            expect!["bad-character at 2: `?` has no meaning in an equation"],
        );
        check("1e999", expect!["bad-number at 0: `1e999` is no number"]);
    }

    #[test]
    fn depth_is_limited() {
        let deep = format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(parse(&deep).map_err(|f| f.code), Err("too-deep"));
        let long = vec!["a"; 10_000].join("+");
        assert_eq!(parse(&long).map_err(|f| f.code), Err("too-deep"));
    }

    fn any_expr() -> impl Strategy<Value = Expr> {
        let bare = |kind| Expr { kind, at: 0 };
        let leaf = prop_oneof![
            (0.0..1e9_f64).prop_map(move |x| bare(ExprKind::Number(x))),
            "[a-z_\u{4e00}-\u{4e20}]{1,4}q".prop_map(move |n| bare(ExprKind::Name(n))),
            "[a-z (]{1,3}q".prop_map(move |n| bare(ExprKind::Name(n))),
        ];
        leaf.prop_recursive(5, 40, 3, move |inner| {
            let boxed = inner.clone().prop_map(Box::new);
            prop_oneof![
                boxed.clone().prop_map(move |a| bare(ExprKind::Negative(a))),
                boxed.clone().prop_map(move |a| bare(ExprKind::Not(a))),
                (any_operator(), boxed.clone(), boxed)
                    .prop_map(move |(op, a, b)| bare(ExprKind::Binary(op, a, b))),
                prop::array::uniform3(inner.clone())
                    .prop_map(move |parts| bare(ExprKind::If(Box::new(parts)))),
                prop::collection::vec(inner.clone(), 0..3)
                    .prop_map(move |items| bare(ExprKind::Call("fq".to_owned(), items))),
                prop::collection::vec(inner.clone(), 1..3).prop_map(move |items| {
                    let call = Box::new(bare(ExprKind::Call("gq".to_owned(), items)));
                    bare(ExprKind::Output(call, "outq".to_owned()))
                }),
                (inner.clone(), inner).prop_map(move |(first, last)| {
                    let range = ExprKind::Range(Box::new(first), Box::new(last));
                    let whole = bare(ExprKind::Name("*".to_owned()));
                    bare(ExprKind::Element("eq".to_owned(), vec![bare(range), whole]))
                }),
            ]
        })
    }

    fn any_operator() -> impl Strategy<Value = Operator> {
        use Operator::*;
        prop::sample::select(vec![
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
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn print_then_parse_gives_the_same_tree(expr in any_expr()) {
            let text = print(&expr);
            prop_assert_eq!(parse(&text).map(|e| shape(&e)), Ok(expr), "{}", text);
        }

        #[test]
        fn any_text_is_a_tree_or_a_fault(text in "\\PC{0,60}") {
            let _ = parse(&text);
        }

        #[test]
        fn any_row_of_tokens_is_a_tree_or_a_fault(
            words in prop::collection::vec(prop::sample::select(vec![
                "a", "1", "(", ")", "[", "]", ",", "^", "-", "not", "if", "then", "else", "mod", "\"", "{", "}", "<>", ".",
            ]), 0..30)
        ) {
            let _ = parse(&words.join(" "));
        }
    }
}
