//! Words of the monitoring table: its columns, its dimensions, what is not known.

/// Button and name of the file.
pub const BUTTON: &str = "监测表";
/// Button: as a file.
pub const SAVE_CSV: &str = "存为CSV";
/// Link to the document that asks for the table.
pub const SOURCE: &str = "原文";
/// Head of the column of rows.
pub const ROW: &str = "指标";
/// Head of the column of dimensions.
pub const DIMENSION: &str = "维度";
/// Head of the column of offices that have the figure.
pub const OFFICE: &str = "数源单位";
/// Head of the column of offices that answer for it.
pub const RESPONSIBLE: &str = "责任单位";
/// Head of the column of remarks.
pub const NOTE: &str = "说明";
/// Where nothing was published.
pub const NO_DATA: &str = "数据不足";

/// The three dimensions, with the unit of amounts.
pub fn dimensions(unit: &str) -> [String; 3] {
    [
        format!("总量（{unit}）"),
        "占比（%）".to_owned(),
        "增速（%）".to_owned(),
    ]
}

/// "2024年1—11月累计": a column of published figures.
pub fn published(period: &str) -> String {
    format!("{period} 公布")
}

/// "2027年 推演": a column of projections.
pub fn projected(year: i32) -> String {
    format!("{year}年 推演")
}
