//! From the server's files to a session that answers: index, pack, model, binding, baseline run.
//!
//! Every fault becomes a message with a place and a next step; nothing is shown by halves.

use super::session::{Machine, Session};
use crate::platform::fetch::{self, FetchError};
use crate::platform::{fragment, marks, storage, task};
use crate::protocol::PackEntry;
use crate::state::{Action, Notice, choose};
use crate::text::fault;
use crate::view_model::rows::Message;
use std::rc::Rc;
use tidemark_engine::Loaded;
use tidemark_engine::diag::Diagnostics;
use tidemark_engine::exec::vm::Vm;
use tidemark_engine::exec::{Rows, RunSettings};
use tidemark_pack::bind::{self, Bound};
use tidemark_pack::compiled::{self, Compiled, DrawsFile};
use tidemark_pack::record::credibility::Credibility;
use tidemark_reach::opening::Opening;

/// What a page shows: a pack at its baseline, and the packs that may be chosen.
#[derive(Clone)]
pub struct Site {
    /// Packs of the site, in its order.
    pub packs: Rc<[PackEntry]>,
    /// The one shown.
    pub session: Rc<Session>,
    /// What its ensemble is made of.
    pub materials: Materials,
}

/// What a pack says of its files of draws.
pub type DrawsFiles = Rc<[DrawsFile]>;

/// What is made of a pack beyond its first screen, beside the state: its ensemble, what is said of its
/// model.
#[derive(Debug, Clone, PartialEq)]
pub struct Materials {
    /// Content of the pack's file.
    pub pack: Rc<str>,
    /// Address of its first draws, empty where it has none.
    pub draws: String,
    /// Address of the others, empty where there are none.
    pub more_draws: String,
    /// What the pack's file says of the two; empty where nothing was fitted.
    pub draws_files: DrawsFiles,
    /// Address of its record of credibility, empty where there is none.
    pub credibility: String,
}

/// Where the browser keeps the id of the pack last shown.
const LAST_PACK: &str = "tidemark:pack";

/// The list of packs beside the page.
const INDEX: &str = "packs/index.json";

/// A model with a bit of everything that models use.
const WARM_UP: &str = include_str!("warm_up.xmile");

/// The pack that a link names at its baseline, else that of the last visit, else the first; the
/// link then stands in the address. Without a link it is the address that names the pack. Nothing
/// is kept of an answer that is no longer wanted.
///
/// # Errors
/// Messages for the user: a missing or damaged file, or every fault found in pack and model.
pub async fn site(
    link: Option<String>,
    is_wanted: impl Fn() -> bool,
) -> Result<Site, Vec<Message>> {
    let index = fetch::text(INDEX).await.map_err(not_read)?;
    let entries: Vec<PackEntry> = serde_json::from_str(&index)
        .map_err(|error| vec![fault::damaged(INDEX, error.line(), error.column())])?;
    let named = link.clone().unwrap_or_else(fragment::read);
    let last = storage::read(LAST_PACK);
    let choice = choose(&entries, &named, last.as_deref());
    let chosen = choice.and_then(|choice| Some((entries.get(choice.index)?, choice.unknown)));
    let (entry, unknown) = chosen.ok_or_else(|| vec![fault::no_pack(INDEX)])?;
    let file = format!("packs/{}", entry.file);
    // Begins when the file has been asked for, since a task runs at the next wait.
    task::start(async { warm_up() });
    let json = fetch::text(&file).await.map_err(not_read)?;
    let (json, pack) = match listed(entry, &file, &json) {
        Ok(pack) => (json, pack),
        // Perhaps it is but what the browser kept of another release.
        Err(_) => {
            let json = fetch::anew(&file).await.map_err(not_read)?;
            let pack = listed(entry, &file, &json)?;
            (json, pack)
        }
    };
    let beside = |name: &str| match name {
        "" => String::new(),
        name => format!("packs/{name}"),
    };
    let (mut session, draws_files) = opened(pack, beside(&entry.reference))?;
    let materials = Materials {
        pack: Rc::from(json),
        draws: beside(&entry.draws),
        more_draws: beside(&entry.more_draws),
        draws_files,
        credibility: beside(&entry.credibility),
    };
    if let Some(id) = unknown {
        session = Rc::new(session.after(Action::Told(Notice::UnknownPack { id })));
    }
    if is_wanted() {
        storage::write(LAST_PACK, &entry.id);
        if let Some(link) = link {
            fragment::write_now(link.trim_start_matches('#'));
        }
    }
    let packs = Rc::from(entries);
    Ok(Site {
        packs,
        session,
        materials,
    })
}

/// The pack of a file, unless it is another one than the list names: another place, or another release of it.
fn listed(entry: &PackEntry, file: &str, json: &str) -> Result<Compiled, Vec<Message>> {
    let pack = read(json, file)?;
    let meta = &pack.pack.meta;
    if (&meta.id, &meta.place.zh) != (&entry.id, &entry.label) {
        return Err(vec![fault::other_place(file, &entry.label, &meta.place.zh)]);
    }
    if !entry.hash.is_empty() && entry.hash != pack.hash {
        return Err(vec![fault::other_release(file, &entry.hash, &pack.hash)]);
    }
    Ok(pack)
}

fn read(json: &str, file: &str) -> Result<Compiled, Vec<Message>> {
    let mut faults = Diagnostics::new();
    let pack = compiled::read(json, file, &mut faults);
    pack.ok_or_else(|| faults.iter().map(fault::message).collect())
}

/// A session at the baseline of a compiled pack, and what its file says of its draws; `reference` is the
/// address of its technical reference, empty where there is none.
fn opened(pack: Compiled, reference: String) -> Result<(Rc<Session>, DrawsFiles), Vec<Message>> {
    let mut faults = Diagnostics::new();
    let Some((bound, loaded, (draws, opening))) = joined(pack, &mut faults) else {
        let messages: Vec<Message> = faults.iter().map(fault::message).collect();
        return Err(messages);
    };
    let middle = opening.as_ref().map_or(&[][..], |opening| &opening.middle);
    let machine = Machine::new(bound, &loaded, reference, middle);
    let machine = machine.map_err(|message| vec![message])?;
    let session = Session::open(machine, &loaded, opening.as_ref());
    let session = session.map_err(|message| vec![message])?;
    Ok((Rc::new(session), draws))
}

/// What fits and hindcasts say of the pack with that hash, from the file beside it.
///
/// # Errors
/// Messages for the user: the list names no such file, it is missing or damaged, or it belongs to
/// another pack.
pub async fn record(url: &str, pack: &str) -> Result<Credibility, Vec<Message>> {
    if url.is_empty() {
        return Err(vec![fault::no_record(INDEX)]);
    }
    let json = fetch::text(url).await.map_err(not_read)?;
    let mut faults = Diagnostics::new();
    let record = compiled::credibility::read(&json, url, pack, &mut faults);
    record.ok_or_else(|| faults.iter().map(fault::message).collect())
}

/// Takes a small model the whole way: browsers translate a function when it is first called, which
/// for the engine takes longer than its work, and here it costs only waiting for the server.
fn warm_up() {
    let mut faults = Diagnostics::new();
    let loaded = tidemark_engine::load(WARM_UP, "warm_up", &mut faults);
    let Some(loaded) = loaded else { return };
    let model = &loaded.model;
    let settings = RunSettings {
        method: loaded.program.method(),
        horizon: loaded.program.horizon(),
        rows: Rows::Saved,
        inputs: model.find("push").into_iter().collect(),
        driven: Vec::new(),
        seed: 0,
        outputs: model.find("level").into_iter().collect(),
    };
    if let Ok(mut vm) = Vm::prepare(&loaded.program, &settings) {
        vm.run(&[1.0], &[]);
    }
}

/// What a pack's file says of its draws and of its baseline.
type Told = (DrawsFiles, Option<Opening>);

fn joined(pack: Compiled, faults: &mut Diagnostics) -> Option<(Bound, Loaded, Told)> {
    let model = &pack.model;
    let compile = || tidemark_engine::load(&model.text, &model.name, faults);
    let mut loaded = marks::compiling(compile)?;
    let bound = bind::bind(&pack, &loaded, faults)?;
    loaded.program = bound.program(&loaded.program);
    let opening = pack.opening.as_deref().and_then(Opening::read);
    // Told of other draws than those the page is to use, it would be withdrawn at once.
    let first = pack.draws.first().map_or("", |first| first.hash.as_str());
    let opening = opening.filter(|opening| opening.draws == first);
    Some((bound, loaded, (Rc::from(pack.draws), opening)))
}

fn not_read(error: FetchError) -> Vec<Message> {
    vec![match error {
        FetchError::NoAnswer { url } => fault::no_answer(&url),
        FetchError::TooSlow { url } => fault::too_slow(&url),
        FetchError::Status { url, status } => fault::bad_status(&url, status),
        FetchError::WebPage { url } => fault::web_page(&url),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_to_warm_up_with_is_sound() {
        let mut faults = Diagnostics::new();
        tidemark_engine::load(WARM_UP, "warm_up", &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
    }
}
