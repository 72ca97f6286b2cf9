//! What the solver is asked where its time is taken: within reach, beyond it, and many at once.

/// Targets, and how they are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// As the tables say it.
    pub name: &'static str,
    /// Targets of the first pack of the site, by id.
    pub targets: &'static [&'static str],
    /// The rest as a link says it: percent of the members that must meet them all, how far levers may go,
    /// money, rules, start in quarters after the pack's own.
    pub how: &'static str,
}

/// Three kinds of question.
pub const ASKS: [Asked; 3] = [
    Asked {
        name: "one target within reach",
        targets: &["city.hnte_count.target.2027"],
        how: "80~hard~x~rules~-4",
    },
    Asked {
        name: "one target out of reach",
        targets: &["city.rd_intensity.target.2027"],
        how: "80~safe~x~rules~x",
    },
    Asked {
        name: "six targets at once",
        targets: &[
            "city.rd_intensity.target.2027",
            "city.hnte_count.target.2027",
            "city.ind_rd_cost_to_revenue.target.2027",
            "city.st_sme_count.target.2027",
            "city.above_scale_rd_cost.target.2027",
            "city.tech_transaction_growth.growth_target.2023-2027avg",
        ],
        how: "80~safe~x~rules~x",
    },
];

impl Asked {
    /// For a program's argument: `id,id~80~safe~x~rules~x`.
    pub fn argument(&self) -> String {
        format!("{}~{}", self.targets.join(","), self.how)
    }
}
