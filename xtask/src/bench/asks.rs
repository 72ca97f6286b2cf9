//! What the solver is asked where its time is taken: within reach, beyond it, and many at once.

/// Targets at a confidence, levers in their safe ranges, rules kept.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// As the tables say it.
    pub name: &'static str,
    /// Targets of the first pack of the site, by id.
    pub targets: &'static [&'static str],
    /// Percent of the members that must meet them all.
    pub percent: u8,
}

/// Three kinds of question.
pub const ASKS: [Asked; 3] = [
    Asked {
        name: "one target within reach",
        targets: &["city.st_sme_count.target.2027"],
        percent: 80,
    },
    Asked {
        name: "one target out of reach",
        targets: &["city.rd_intensity.target.2027"],
        percent: 80,
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
        percent: 80,
    },
];

impl Asked {
    /// For a program's argument: `id,id@80`.
    pub fn argument(&self) -> String {
        format!("{}@{}", self.targets.join(","), self.percent)
    }
}
