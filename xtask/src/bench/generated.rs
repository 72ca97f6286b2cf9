//! A large model with arrays, made by rule: districts × sectors → XMILE text.
//!
//! Firms are founded, invest and do research; research spills over between districts within a
//! sector; a city budget is shared out by output. No figure means anything; what counts is that
//! every equation is needed by the totals, moves, and differs from its neighbours.

use std::fmt::Write as _;

/// Elements of the two dimensions.
const DISTRICTS: usize = 24;
const SECTORS: usize = 15;

/// What an element of the file is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Aux,
    Flow,
    /// Inflow and outflow.
    Stock(&'static str, &'static str),
    /// An auxiliary whose equation goes through a graphical function: xpts, ypts.
    Table(&'static str, &'static str),
}

/// Name, kind, equation (of a stock its initial value).
type Equation = (&'static str, Kind, &'static str);

use Kind::{Aux, Flow, Stock, Table};

/// Equations of every district and sector.
const BOTH: [Equation; 13] = [
    (
        "firms",
        Stock("founding", "closing"),
        "120 * weight[district, sector]",
    ),
    (
        "founding",
        Flow,
        "firms[district, sector] * founding_rate[sector] * climate[district]",
    ),
    (
        "closing",
        Flow,
        "firms[district, sector] * 0.04 * crowding[district, sector]",
    ),
    (
        "crowding",
        Aux,
        "1 + firms[district, sector] / (400 * weight[district, sector])",
    ),
    (
        "capital",
        Stock("investment", "depreciation"),
        "300 * weight[district, sector]",
    ),
    (
        "investment",
        Flow,
        "output[district, sector] * MIN(0.3, 0.18 + 0.02 * climate[district])",
    ),
    ("depreciation", Flow, "capital[district, sector] / 12"),
    (
        "knowledge",
        Stock("research", "ageing"),
        "40 * weight[district, sector]",
    ),
    (
        "research",
        Flow,
        "output[district, sector] * research_share[sector] * subsidy_effect[district]",
    ),
    ("ageing", Flow, "knowledge[district, sector] * 0.15"),
    (
        "spillover",
        Aux,
        "openness * sector_knowledge[sector] / knowledge[district, sector]",
    ),
    (
        "productivity",
        Aux,
        "0.3 + 0.05 * spillover[district, sector] / (1 + spillover[district, sector])",
    ),
    (
        "output",
        Aux,
        "productivity[district, sector] * SQRT(capital[district, sector] * firms[district, sector])",
    ),
];

/// Equations of every district.
const OF_DISTRICT: [Equation; 8] = [
    ("district_output", Aux, "SUM(output[district, *])"),
    ("district_research", Aux, "SUM(research[district, *])"),
    ("climate", Aux, "0.5 + reputation[district]"),
    (
        "subsidy",
        Aux,
        "budget * district_output[district] * attraction[district] / city_output",
    ),
    (
        "subsidy_effect",
        Table("0,0.01,0.02,0.05,0.1", "1,1.06,1.1,1.18,1.22"),
        "subsidy[district] / district_output[district]",
    ),
    (
        "reputation",
        Stock("praise", "forgetting"),
        "attraction[district]",
    ),
    (
        "praise",
        Flow,
        "attraction[district] * (0.5 + district_research[district] / district_output[district])",
    ),
    ("forgetting", Flow, "reputation[district] / 3"),
];

/// Equations of every sector.
const OF_SECTOR: [Equation; 4] = [
    (
        "published",
        Aux,
        "SUM(knowledge[*, sector]) / SUM(attraction[*])",
    ),
    ("sector_knowledge", Aux, "SMTH1(published[sector], 2)"),
    (
        "research_share",
        Aux,
        "0.02 * intensity[sector] * (1 + 0.01 * (TIME - 2020))",
    ),
    ("founding_rate", Aux, "0.05 + 0.4 * research_share[sector]"),
];

/// Equations of the city.
const ALONE: [Equation; 7] = [
    ("city_output", Aux, "SUM(district_output[*])"),
    ("city_research", Aux, "SUM(district_research[*])"),
    ("city_firms", Aux, "SUM(firms[*, *])"),
    ("budget_share", Aux, "0.01"),
    ("openness", Aux, "0.5"),
    ("budget", Stock("budget_growth", ""), "220"),
    (
        "budget_growth",
        Flow,
        "(budget_share * city_output - budget) / 2",
    ),
];

/// The model's text; the same every time.
pub fn xmile() -> String {
    let mut out = String::from(HEADER);
    dimension(&mut out, "district", DISTRICTS);
    dimension(&mut out, "sector", SECTORS);
    out.push_str("</dimensions>\n<model><variables>\n");
    constants(&mut out, "weight", &["district", "sector"]);
    constants(&mut out, "attraction", &["district"]);
    constants(&mut out, "intensity", &["sector"]);
    let groups: [(&[Equation], &[&str]); 4] = [
        (&BOTH, &["district", "sector"]),
        (&OF_DISTRICT, &["district"]),
        (&OF_SECTOR, &["sector"]),
        (&ALONE, &[]),
    ];
    for (equations, over) in groups {
        for &(name, kind, equation) in equations {
            variable(&mut out, name, over, kind, equation);
        }
    }
    out.push_str("</variables></model></xmile>\n");
    out
}

const HEADER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<xmile version=\"1.0\" xmlns=\"http://docs.oasis-open.org/xmile/ns/XMILE/v1.0\" xmlns:isee=\"http://iseesystems.com/XMILE\">
<header><vendor>Tidemark</vendor><product version=\"1.0\">Tidemark bench</product>\
<name>districts and sectors</name><options><uses_arrays maximum_dimensions=\"2\"/></options></header>
<sim_specs method=\"Euler\" time_units=\"year\" isee:save_interval=\"1\"><start>2020</start><stop>2036</stop><dt>0.25</dt></sim_specs>
<dimensions>
";

fn dimension(out: &mut String, name: &str, size: usize) {
    let _ = write!(out, "<dim name=\"{name}\">");
    for k in 0..size {
        let _ = write!(out, "<elem name=\"{}\"/>", element(name, k));
    }
    out.push_str("</dim>\n");
}

/// `d1`, `s1`, …
fn element(dimension: &str, k: usize) -> String {
    format!("{}{}", &dimension[..1], k + 1)
}

/// An array of constants around 1, a different one at each place.
fn constants(out: &mut String, name: &str, over: &[&str]) {
    open(out, "aux", name, over);
    let sectors = if over.len() == 2 { SECTORS } else { 1 };
    let first = if over == ["sector"] {
        SECTORS
    } else {
        DISTRICTS
    };
    for k in 0..first * sectors {
        let mut subscript = element(over[0], k / sectors);
        if let Some(second) = over.get(1) {
            let _ = write!(subscript, ", {}", element(second, k % sectors));
        }
        let value = 0.6 + (k * 7 % 41) as f64 / 50.0;
        let _ = write!(
            out,
            "<element subscript=\"{subscript}\"><eqn>{value}</eqn></element>"
        );
    }
    out.push_str("</aux>\n");
}

fn open(out: &mut String, tag: &str, name: &str, over: &[&str]) {
    let _ = write!(out, "<{tag} name=\"{name}\">");
    if !over.is_empty() {
        let dims: String = over
            .iter()
            .map(|dim| format!("<dim name=\"{dim}\"/>"))
            .collect();
        let _ = write!(out, "<dimensions>{dims}</dimensions>");
    }
}

fn variable(out: &mut String, name: &str, over: &[&str], kind: Kind, equation: &str) {
    let tag = match kind {
        Aux | Table(..) => "aux",
        Flow => "flow",
        Stock(..) => "stock",
    };
    open(out, tag, name, over);
    let _ = write!(out, "<eqn>{equation}</eqn>");
    match kind {
        Stock(inflow, outflow) => {
            let _ = write!(out, "<inflow>{inflow}</inflow>");
            if !outflow.is_empty() {
                let _ = write!(out, "<outflow>{outflow}</outflow>");
            }
        }
        Table(xs, ys) => {
            let _ = write!(out, "<gf><xpts>{xs}</xpts><ypts>{ys}</ypts></gf>");
        }
        Aux | Flow => {}
    }
    let _ = writeln!(out, "</{tag}>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_large_and_runs_to_finite_numbers() {
        let loaded = tidemark_bench::program(&xmile()).unwrap();
        assert!(loaded.model.variables().len() >= 5_000);
        let job = super::super::jobs::large();
        let mut prepared = tidemark_bench::Prepared::new(&job).unwrap();
        assert!(prepared.check_values().iter().all(|x| x.is_finite()));
    }

    #[test]
    fn no_lever_of_the_model_is_without_effect() {
        let job = super::super::jobs::large();
        let mut prepared = tidemark_bench::Prepared::new(&job).unwrap();
        let mut last = |k| {
            let run = prepared.run(k, 2);
            run.outputs()
                .iter()
                .filter_map(|&var| run.series(var)?.last().copied())
                .collect::<Vec<f64>>()
        };
        let (low, high) = (last(0), last(1));
        assert!(low.iter().zip(&high).all(|(a, b)| a != b));
    }
}
