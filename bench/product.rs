//! Times what the page's workers do, natively: an example of the app, JSON on stdout.
//!
//! `bench-product <dist> <refreshes> <searches> <ask>…`, an ask being the part of a link that
//! says it, targets by id: `<target>,<target>~80~safe~x~rules~x`.
//! The first pack of the site is taken, with the charts and targets that its page opens with.
#![allow(
    clippy::print_stdout,
    reason = "a command line program answers on stdout"
)]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tidemark_app::ensemble::Workshop;
use tidemark_app::ensemble::workshop::IN_WORKER;
use tidemark_app::protocol::inquiry::{Kind, Question, Told};
use tidemark_app::protocol::{Ask, Order, PackEntry, Report};
use tidemark_app::state::{Action, AppState, Asking, Knob, reduce};
use tidemark_app::view_model::{chances, opening_state, solver};
use tidemark_engine::diag::Diagnostics;
use tidemark_pack::bind::{self, Bound};
use tidemark_pack::compiled;

/// Members of the ensembles that are refreshed.
const REFRESHED: [usize; 2] = [1000, 10_000];

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dist, refreshes, searches, asks @ ..] = arguments.as_slice() else {
        return Err("usage: bench-product <dist> <refreshes> <searches> <ask>…".into());
    };
    let site = Site::read(Path::new(dist))?;
    let state = opening_state(&site.bound);
    let mut refresh_ms = Vec::new();
    for members in REFRESHED {
        refresh_ms.push((
            members,
            refreshed(&site, &state, members, refreshes.parse()?)?,
        ));
    }
    let mut solves = Vec::new();
    for ask in asks {
        solves.push(solved(&site, &state, ask, searches.parse()?)?);
    }
    println!("{}", json!({ "refresh_ms": refresh_ms, "solves": solves }));
    Ok(())
}

/// The first pack of a site with all its draws.
struct Site {
    pack: String,
    draws: String,
    bound: Bound,
}

impl Site {
    fn read(dist: &Path) -> Outcome<Self> {
        let folder = dist.join("packs");
        let text = |name: &str| std::fs::read_to_string(folder.join(name));
        let index: Vec<PackEntry> = serde_json::from_str(&text("index.json")?)?;
        let first = index.first().ok_or("the site has no pack")?;
        let pack = text(&first.file)?;
        let mut faults = Diagnostics::new();
        let bound = compiled::read(&pack, "pack", &mut faults).and_then(|pack| {
            let loaded = tidemark_engine::load(&pack.model.text, &pack.model.name, &mut faults)?;
            bind::bind(&pack, &loaded, &mut faults)
        });
        Ok(Self {
            draws: text(&first.draws)? + &text(&first.more_draws)?,
            bound: bound.ok_or("the pack has faults")?,
            pack,
        })
    }

    fn workshop(&self) -> Workshop {
        let mut shop = Workshop::new(IN_WORKER);
        shop.order(Order::Open {
            pack: self.pack.clone(),
            draws: Some(self.draws.clone()),
        });
        shop
    }
}

/// Milliseconds from an ask to its answer, the members' baselines being at hand.
fn refreshed(site: &Site, state: &AppState, members: usize, times: usize) -> Outcome<Vec<f64>> {
    let mut shop = site.workshop();
    let lever = site.bound.pack().lever.first();
    let lever = lever.ok_or("the pack has no lever")?;
    let mut taken = Vec::new();
    for k in 0..=times {
        let value = lever.default + lever.step * if k % 2 == 0 { 1.0 } else { 2.0 };
        let moved = reduce(state, Action::Moved(Knob::Lever(0), value));
        let ask = Ask {
            ticket: k as u64,
            draws: members,
            members,
            ..chances::ask(&site.bound, &moved)
        };
        let begin = Instant::now();
        shop.order(Order::Run(ask));
        loop {
            match shop.advance() {
                Some((Report::Answer { .. }, _)) => break,
                Some((Report::Refused(why), _)) => return Err(format!("{why:?}").into()),
                _ => {}
            }
        }
        taken.push(milliseconds(begin));
    }
    // The first one runs the baselines.
    Ok(taken.split_off(1))
}

/// Milliseconds to the first answer, to the last one or the proof that there is none, and to the last row of
/// what conditions given up lead to; and what was found.
fn solved(site: &Site, state: &AppState, ask: &str, times: usize) -> Outcome<Value> {
    let (ids, how) = ask.split_once('~').ok_or("an ask says how")?;
    let all = &site.bound.pack().target;
    let position = |id: &str| all.iter().position(|target| target.id == id);
    let positions: Option<Vec<String>> = ids
        .split(',')
        .map(|id| Some(position(id)?.to_string()))
        .collect();
    let positions = positions.ok_or_else(|| format!("no target is one of `{ids}`"))?;
    let text = format!("{}~{how}", positions.join("-"));
    let asking = Asking::of(&text, &state.catalogue);
    let asking = asking.filter(|asking| asking.targets.len() == positions.len());
    let asking = asking.ok_or_else(|| format!("`{ask}` cannot be asked"))?;
    let asked = reduce(state, Action::AskingChanged(asking));
    let question = Question::Seek(solver::question(&site.bound, &asked));
    let shop = site.workshop();
    let (mut first_ms, mut all_ms, mut rows_ms) = (Vec::new(), Vec::new(), Vec::new());
    let mut found = "";
    for _ in 0..times {
        let begin = Instant::now();
        let (mut first, mut main) = (None, None);
        let mut failed = None;
        shop.answer(&question, &mut |told| match told {
            Told::Found(one) if one.kind != Kind::Now => {
                first.get_or_insert_with(|| milliseconds(begin));
                main = Some(milliseconds(begin));
                found = "reached";
            }
            Told::Short(short) => {
                first.get_or_insert_with(|| milliseconds(begin));
                if short.is_proved.is_some() {
                    main.get_or_insert_with(|| milliseconds(begin));
                }
                found = match short.is_proved {
                    Some(true) => "out of reach, proved",
                    _ => "out of reach, not proved",
                };
            }
            Told::Failed(why) => failed = Some(why),
            _ => {}
        });
        if let Some(why) = failed {
            return Err(why.into());
        }
        rows_ms.push(milliseconds(begin));
        all_ms.push(main.ok_or("nothing was told to the end")?);
        first_ms.push(first.ok_or("nothing was told")?);
    }
    Ok(json!({ "first_ms": first_ms, "all_ms": all_ms, "rows_ms": rows_ms, "found": found }))
}

fn milliseconds(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64() * 1e3
}
