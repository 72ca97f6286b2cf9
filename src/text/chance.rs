//! Words of probabilities and bands.

/// "80%", "<5%", ">95%".
pub fn percent(percent: u8) -> String {
    match percent {
        0 => "<5%".to_owned(),
        100 => ">95%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// "十次里约八次"; halves of tenths go to the side that promises less.
pub fn words(percent: u8) -> &'static str {
    match percent {
        0 => "十次里不到一次",
        5 => "二十次里约一次",
        10 | 15 => "十次里约一次",
        20 | 25 => "十次里约两次",
        30 | 35 => "十次里约三次",
        40 | 45 => "十次里约四次",
        50 | 55 => "十次里约五次",
        60 | 65 => "十次里约六次",
        70 | 75 => "十次里约七次",
        80 | 85 => "十次里约八次",
        90 => "十次里约九次",
        95 => "二十次里约十九次",
        _ => "十次里九次以上",
    }
}
