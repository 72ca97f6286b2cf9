//! Arguments that mean nothing: every builtin answers with NaN, which a run reports, or with a fault.

use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, RunSettings};

use crate::{file, loaded};

/// The last value of an equation beside `none` (NaN from the start), or `None` where it is refused.
fn value(equation: &str) -> Option<f64> {
    let equation = equation.replace('<', "&lt;");
    let text = file(&format!(
        "<aux name=\"none\"><eqn>SQRT(0 - 1 - TIME)</eqn></aux>\n<aux name=\"back\"><eqn>0 - 1 - TIME</eqn></aux>\n\
         <aux name=\"x\"><eqn>{equation}</eqn></aux>\n\
         <gf name=\"table\"><xpts>0,9</xpts><ypts>3,4</ypts></gf>"
    ));
    let loaded = loaded(&text).0?;
    let x = loaded.model.find("x").unwrap();
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: Vec::new(),
        driven: Vec::new(),
        seed: 1,
        outputs: vec![x],
    };
    let run = Vm::prepare(&loaded.program, &settings)
        .unwrap()
        .run(&[], &[]);
    run.series(x).unwrap().last().copied()
}

#[test]
fn a_nan_in_any_place_of_any_builtin_is_seen() {
    // Not where an argument is not looked at: the branch not taken, the first value long past.
    for call in [
        "ABS(?)",
        "INT(?)",
        "SQRT(?)",
        "EXP(?)",
        "LN(?)",
        "LOG10(?)",
        "SIN(?)",
        "COS(?)",
        "TAN(?)",
        "ARCSIN(?)",
        "ARCCOS(?)",
        "ARCTAN(?)",
        "SINH(?)",
        "COSH(?)",
        "TANH(?)",
        "ROUND(?)",
        "SIGN(?)",
        "GAMMALN(?)",
        "MIN(?, 1)",
        "MIN(1, ?)",
        "MIN(1, ?, 2)",
        "MAX(?, 1)",
        "MAX(1, ?)",
        "MEAN(1, ?)",
        "SUM(1, ?)",
        "PROD(0, ?)",
        "STDDEV(1, ?)",
        "?MOD 2",
        "MODULO(1, ?)",
        "SAFEDIV(1, ?)",
        "SAFEDIV(?, 1)",
        "LOG(?, 2)",
        "LOG(2, ?)",
        "COUNTER(?, 3)",
        "COUNTER(0, ?)",
        "QUANTUM(?, 2)",
        "QUANTUM(3, ?)",
        "XIDZ(?, 1, 2)",
        "XIDZ(1, ?, 2)",
        "XIDZ(1, 0, ?)",
        "ZIDZ(1, ?)",
        "IF_THEN_ELSE(?, 1, 2)",
        "IF_THEN_ELSE(1, ?, 2)",
        "IF ? THEN 1 ELSE 2",
        "PERCENT(?)",
        "CGROWTH(?)",
        "SINWAVE(?, 3)",
        "SINWAVE(1, ?)",
        "COSWAVE(1, ?)",
        "STEP(?, 1)",
        "STEP(1, ?)",
        "RAMP(?, 1)",
        "RAMP(1, ?)",
        "RAMP(1, 1, ?)",
        "PULSE(?, 4)",
        "PULSE(1, ?)",
        "PULSE(1, 1, ?)",
        "LOOKUP(table, ?)",
        "table(?)",
        "SMTH1(?, 2)",
        "SMTH1(1, ?)",
        "SMTH1(1, 2, ?)",
        "SMTH3(1, ?)",
        "SMTHN(1, ?, 2)",
        "DELAY1(1, ?)",
        "DELAY3(?, 2)",
        "DELAYN(1, ?, 2)",
        "DELAY(?, 1)",
        "DELAY(1, ?)",
        "TREND(?, 2)",
        "TREND(1, ?)",
        "FORCST(1, ?, 1)",
        "FORCST(1, 2, ?)",
        "INIT(?)",
        "PREVIOUS(?, 1)",
        "NPV(?, 0.1)",
        "NPV(1, ?)",
        "NPV(1, 0.1, 0, ?)",
        "HISTORY(?, 1)",
        "HISTORY(1, ?)",
        "DERIVN(?, 1)",
        "ENDVAL(?)",
        "RANDOM(?, 1)",
        "RANDOM(0, ?)",
        "RANDOM(0, 1, ?)",
        "UNIFORM(?, 1)",
        "NORMAL(?, 1)",
        "NORMAL(0, ?)",
        "NORMAL(0, 1, ?)",
        "NORMAL(0, 1, 2, ?)",
        "NORMAL(0, 1, 2, -1, ?)",
        "LOGNORMAL(?, 1)",
        "LOGNORMAL(1, ?)",
        "EXPRND(?)",
        "POISSON(?)",
        "BETA(?, 1)",
        "BETA(1, ?)",
        "BINOMIAL(?, 0.5)",
        "BINOMIAL(3, ?)",
        "GAMMA(?, 1)",
        "GAMMA(1, ?)",
        "GEOMETRIC(?)",
        "LOGISTIC(?, 1)",
        "LOGISTIC(0, ?)",
        "PARETO(?, 1)",
        "PARETO(1, ?)",
        "WEIBULL(?, 1)",
        "WEIBULL(1, ?)",
        "TRIANGULAR(?, 1, 2)",
        "TRIANGULAR(0, ?, 2)",
        "TRIANGULAR(0, 1, ?)",
        "MONTECARLO(?)",
    ] {
        for none in ["none ", "(0 / 0)"] {
            let value = value(&call.replace('?', none));
            assert!(
                value.is_none_or(f64::is_nan),
                "{call} with {none}: {value:?}"
            );
        }
    }
}

#[test]
fn arguments_out_of_range_or_reversed_give_no_number() {
    for call in [
        "SQRT(-1)",
        "LN(-1)",
        "ARCSIN(2)",
        "ARCCOS(-2)",
        "5 MOD 0",
        "LOG(-1, 2)",
        "COUNTER(3, 1)",
        "RAMP(1, 3, 2)",
        "PULSE(1, 1, -1)",
        "PULSE(1, 1, 0.5)",
        "SMTH1(1, 0)",
        "SMTH1(TIME, -2)",
        "SMTH3(TIME, back)",
        "SMTHN(1, 2, 1.5)",
        "SMTHN(1, 2, 0)",
        "DELAY1(TIME, -2)",
        "DELAY3(TIME, back)",
        "DELAY(TIME, -1)",
        "DELAY(TIME, back)",
        "TREND(TIME, -1)",
        "FORCST(TIME, back, 1)",
        "DERIVN(TIME, -1)",
        "DERIVN(TIME, 0.5)",
        "CGROWTH(-200 + back)",
        "RANDOM(5, 1)",
        "UNIFORM(5, 1)",
        "RANDOM(0, 1, -1)",
        "NORMAL(0, -1)",
        "NORMAL(0, -1, 2, -1)",
        "NORMAL(0, 1, 2, 1, -1)",
        "NORMAL(5, 0, 2, 7, 6)",
        "LOGNORMAL(-1, 1)",
        "LOGNORMAL(1, -1)",
        "EXPRND(-1)",
        "POISSON(-1)",
        "BETA(-1, 1)",
        "BINOMIAL(10, 2)",
        "BINOMIAL(10, -0.5)",
        "BINOMIAL(-1, 0.5)",
        "GAMMA(0, 1)",
        "GAMMA(1, -1)",
        "GEOMETRIC(0)",
        "GEOMETRIC(1.5)",
        "LOGISTIC(0, -1)",
        "PARETO(1, 0)",
        "PARETO(0, 1)",
        "WEIBULL(1, -1)",
        "TRIANGULAR(2, 1, 0)",
        "TRIANGULAR(0, 3, 2)",
        "TRIANGULAR(1, 2, 1)",
        "MONTECARLO(-1)",
        "MONTECARLO(101)",
    ] {
        let value = value(call);
        assert!(value.is_none_or(|v| !v.is_finite()), "{call}: {value:?}");
    }
}

#[test]
fn arguments_at_the_ends_of_their_range_give_numbers() {
    for (call, expected) in [
        ("NORMAL(5, 0, 2, 5, 10)", 5.0),
        ("TRIANGULAR(3, 3, 3)", 3.0),
        ("RANDOM(2, 2)", 2.0),
        ("BINOMIAL(7, 1)", 7.0),
        ("BINOMIAL(7, 0)", 0.0),
        ("EXPRND(0)", 0.0),
        ("MONTECARLO(0)", 0.0),
        ("MONTECARLO(100)", 1.0),
        ("RAMP(2, 3, 3)", 0.0),
        ("PULSE(1, 4, 1)", 1.0),
        ("MIN(1, INF)", 1.0),
        ("DELAY(TIME, 0)", 3.0),
    ] {
        assert_eq!(value(call), Some(expected), "{call}");
    }
}
