//! Links and stored scenarios: they open under any version of their pack, and nothing is silent.

use super::*;
use crate::state::link::{Difference, LinkError, Named, encode, readable, renewed, sealed, with};
use crate::state::{Notice, Source};

#[track_caller]
fn refused(text: &str) -> LinkError {
    decode(&catalogue(), text).unwrap_err()
}

fn opened(state: &AppState, link: &str) -> AppState {
    after(state, [Action::LinkOpened(link.to_owned())])
}

fn full() -> AppState {
    after(
        &start(),
        [
            Action::Moved(GROWTH, 19.9),
            Action::Moved(Knob::Lever(1), 299.0),
            Action::Moved(Knob::Lever(2), 11.95),
            Action::StartMoved(1, 2028.75),
            Action::RampChosen(2, Ramp::Once),
            Action::Moved(DEFLATOR, -1.5),
            Action::LockToggled(1),
            Action::Renamed("市委方案 A".to_owned()),
        ],
    )
}

#[test]
fn a_link_names_ids_and_values() {
    let link = full().link();
    assert!(
        link.starts_with("#p=town&d=1a2b3c4d&s=growth:19.9,projects:299@2028.75,fund:11.95!once&e=deflator:-1.5&l=projects&n="),
        "{link}"
    );
    assert!(link.len() < 200, "{link}");
    assert!(start().link().len() < 40, "{}", start().link());
}

#[test]
fn an_opened_link_can_be_undone_and_a_restored_one_is_no_step() {
    let told = after(&start(), [Action::Moved(GROWTH, 7.0)]).link();
    let opened = opened(&start(), &told);
    assert_eq!(value(&opened, GROWTH), 7.0);
    assert_eq!(opened.history.next_undo(), Some(StepName::Opened));
    let restored = start().restored(&told);
    assert_eq!(value(&restored, GROWTH), 7.0);
    assert!(restored.history.past().is_empty());
}

#[test]
fn a_link_that_brings_another_scenario_begins_anew() {
    let moved = after(&start(), [Action::Moved(GROWTH, 7.0)]);
    let first = opened(&start(), &moved.link());
    assert_eq!(first.since, first.generation);
    let further = after(&first, [Action::Moved(GROWTH, 8.0)]);
    assert_eq!(further.since, first.generation);
    // The same scenario looked at in another way is none.
    let again = format!("{}&y=2030", further.link());
    assert_eq!(opened(&further, &again).since, first.generation);
}

#[test]
fn a_refused_link_leaves_everything_and_the_address_and_is_told() {
    let before = after(&start(), [Action::Moved(GROWTH, 7.0)]);
    let text = "#p=town&d=1a2b3c4d&s=growth:1".to_owned();
    let state = opened(&before, &text);
    assert_eq!(state.scenario, before.scenario);
    assert_eq!(state.history, before.history);
    let (from, error) = (Source::Link, LinkError::Damaged);
    assert_eq!(state.notices, [Notice::Refused { from, error, text }]);
    assert!(state.is_address_kept);
    assert!(after(&state, [Action::Moved(GROWTH, 7.0)]).is_address_kept);
    assert!(!after(&state, [Action::Moved(GROWTH, 7.1)]).is_address_kept);
    assert_eq!(opened(&before, "#other=1"), before);
}

#[test]
fn what_the_storage_holds_is_named_so() {
    let stored = after(&start(), [Action::StoredOpened("\u{1}garbage".to_owned())]);
    let [Notice::Refused { from, .. }] = &stored.notices[..] else {
        panic!("{:?}", stored.notices);
    };
    assert_eq!(*from, Source::Storage);
    assert!(!stored.is_address_kept && stored.scenario.is_baseline());
}

#[test]
fn links_name_what_is_wrong_with_them() {
    let good = full().link();
    assert_eq!(refused(""), LinkError::Absent);
    assert_eq!(refused("#p=town"), LinkError::Absent);
    assert_eq!(refused("#k=1.00000000.x"), LinkError::NoRecords);
    assert_eq!(refused(&good[..good.len() - 1]), LinkError::Damaged);
    assert_eq!(refused(&format!("{good}A")), LinkError::Damaged);
    assert_eq!(refused(&good.replace("19.9", "18.9")), LinkError::Damaged);
    let id = "city".to_owned();
    let theirs = sealed("#p=city&d=1a2b3c4d&s=growth:7");
    assert_eq!(refused(&theirs), LinkError::OtherPlace { id });
}

#[test]
fn what_is_left_of_a_cut_link_can_be_opened_on_demand() {
    let good = full().link();
    let cut = good[..good.len() - 4].to_owned();
    let whole = readable(&catalogue(), &cut).unwrap();
    assert_eq!(whole.scenario, *full().scenario);
    let state = opened(&start(), &cut);
    assert!(state.scenario.is_baseline());
    let state = after(&state, [Action::DamagedOpened(cut)]);
    assert_eq!(state.scenario, full().scenario);
    assert_eq!(readable(&catalogue(), "#p=town&d=1a"), None);
    assert_eq!(readable(&catalogue(), "#k=1.x"), None);
}

#[test]
fn what_chat_tools_do_to_a_link_does_no_harm() {
    let good = full().link();
    for sent in [
        format!("ui=chart&{}", good.trim_start_matches('#')),
        format!("{good}。"),
        format!("{good}）"),
        format!("{good})="),
        format!("{good}，请看"),
        format!("http://10.1.2.3/tidemark/{good}"),
        good.replace('&', "&amp;").replace(':', "%3A"),
    ] {
        let opened = decode(&catalogue(), &sent).unwrap();
        assert_eq!(opened.scenario, *full().scenario, "{sent}");
    }
}

#[test]
fn every_part_is_checked() {
    let parts = [
        "v=other",
        "w=why-t.x",
        "w=x",
        "a=x~80~safe~x~rules~x~x",
        "a=",
        "g=x",
        "t=x",
        "f=x",
        "j=x",
        "o=x",
        "n=%%",
        "s=growth:abc",
        "e=deflator:1e999",
        "r=growth:?",
        "zz=1",
    ];
    for part in parts {
        let link = sealed(&format!("#p=town&d=1a2b3c4d&{part}"));
        let state = opened(&start(), &link);
        assert!(!state.notices.is_empty(), "{link}: {:?}", state.notices);
        assert_eq!(state.notices.len(), 1, "{:?}", state.notices);
    }
    // A link without a scenario is checked no less, and its year is used.
    let state = opened(&start(), "#p=town&y=2030&w=x");
    assert_eq!((state.view.year, state.notices.len()), (2030, 1));
}

#[test]
fn many_faults_make_one_notice() {
    let link =
        sealed("#p=town&d=1a2b3c4d&s=growth:99,gone:1,projects:100@1999&e=deflator:0.31&y=1999");
    let state = opened(&start(), &link);
    let [Notice::Differs { from, differences }] = &state.notices[..] else {
        panic!("{:?}", state.notices);
    };
    assert_eq!((*from, differences.len()), (Source::Link, 5));
    // Another link that opens takes its place; one that is refused does not.
    let cut = opened(&state, "#p=town&d=1a");
    assert_eq!(cut.notices.len(), 2);
    assert_eq!(opened(&cut, &full().link()).notices, []);
    // The same once more is the same notice, the last one.
    let again = after(
        &state,
        [Action::Told(Notice::NotKept), Action::LinkOpened(link)],
    );
    assert_eq!(again.notices.len(), 2);
    let dismissed = after(&again, [Action::NoticeDismissed(state.notices[0].clone())]);
    assert_eq!(dismissed.notices, [Notice::NotKept]);
}

/// The catalogue after an edit, with other data.
fn edited(edit: impl FnOnce(&mut Catalogue)) -> Catalogue {
    let mut other = Catalogue::clone(&catalogue());
    other.pack_hash = "ffffffff".to_owned();
    edit(&mut other);
    other
}

/// Opens the full scenario under another version of its pack.
#[track_caller]
fn under(edit: impl FnOnce(&mut Catalogue), expected: &[Difference]) -> AppState {
    let other = Rc::new(edited(edit));
    let state = after(
        &AppState::new(other.clone()),
        [Action::StoredOpened(full().link())],
    );
    let told: Vec<Difference> = match &state.notices[..] {
        [] => Vec::new(),
        [Notice::Differs { differences, .. }] => differences.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(told, expected);
    assert_eq!(state.origin.as_deref(), Some("1a2b3c4d"));
    state
}

#[test]
fn words_and_figures_of_a_pack_may_change() {
    let state = under(|_| {}, &[]);
    assert_eq!(state.scenario, full().scenario);
}

#[test]
fn a_lever_more_in_between_moves_nothing() {
    let state = under(
        |pack| {
            pack.levers
                .insert(0, knob("new", "%", 1.0, (0.0, 2.0), 1.0))
        },
        &[],
    );
    assert_eq!(value(&state, Knob::Lever(1)), 19.9);
    assert_eq!(state.scenario.lever(0), Setting::default());
}

#[test]
fn a_lever_removed_or_renamed_is_listed_with_its_value() {
    let lost = |what, value| Difference::Unknown {
        what,
        id: "projects".to_owned(),
        value,
    };
    let lost = [lost(Named::Lever, Some(299.0)), lost(Named::Lock, None)];
    let removed = |pack: &mut Catalogue| drop(pack.levers.remove(1));
    let state = under(removed, &lost);
    assert_eq!(value(&state, Knob::Lever(1)), 11.95);
    let state = under(|pack| pack.levers[1].id = "schemes".to_owned(), &lost);
    assert_eq!(value(&state, Knob::Lever(1)), 100.0);
    assert_eq!(value(&state, Knob::Lever(2)), 11.95);
}

#[test]
fn another_range_and_another_step_are_listed() {
    let (knob, asked, given) = (GROWTH, 19.9, 15.0);
    let narrow = Difference::OutOfRange { knob, asked, given };
    let state = under(|pack| pack.levers[0].max = 15.0, &[narrow]);
    assert_eq!(value(&state, GROWTH), 15.0);
    let given = 20.0;
    let coarse = Difference::OffGrid { knob, asked, given };
    let state = under(|pack| pack.levers[0].step = 0.5, &[coarse]);
    assert_eq!(value(&state, GROWTH), 20.0);
    // A finer step, a wider range and another default keep every value.
    let state = under(
        |pack| {
            let lever = &mut pack.levers[0];
            (lever.step, lever.max, lever.default) = (0.05, 30.0, 8.0);
        },
        &[],
    );
    assert_eq!(value(&state, GROWTH), 19.9);
}

#[test]
fn what_was_made_with_other_data_says_so_until_it_is_seen_or_changed() {
    let state = under(|_| {}, &[]);
    // It says so after a reload too.
    let again = after(
        &AppState::new(state.catalogue.clone()),
        [Action::StoredOpened(state.link())],
    );
    assert_eq!(again.origin, state.origin);
    assert_eq!(after(&state, [Action::OriginSeen]).origin, None);
    assert_eq!(after(&state, [Action::Moved(GROWTH, 8.0)]).origin, None);
    let named = after(&state, [Action::Renamed("B".to_owned())]);
    assert_eq!(named.origin, state.origin);
    assert_eq!(
        opened(&state, &start().link()).origin.as_deref(),
        Some("1a2b3c4d")
    );
}

const RECORDS: &str = "
# A comment.
pack city 00000000
start 2020
lever other 1 1

pack town 11111111 deadbeef
start 2027
groups a group_1
figures figure_0 figure_1 figure_2 figure_3 figure_4 figure_5
targets x y town.target-2.2027
lever growth 4 0.5
lever fund 1.8 0.05
assumption deflator 0.3 0.1
";

#[test]
fn a_link_of_before_is_read_with_its_record() {
    // One lever three steps up and half a year late; group 1, name A, lever 1 locked.
    let link = old("deadbeef", &[1, 0, 6, 16, 0, 1, 1, 1, b'A', 1, 1]);
    let new = renewed(
        &format!("#p=town&{link}&y=2030&w=why-t2&a=2~80~safe~x~rules~x~x"),
        RECORDS,
    );
    let new = new.unwrap();
    let state = opened(&start(), &new);
    assert_eq!(value(&state, GROWTH), 5.5);
    assert_eq!(state.scenario.lever(0).timing.start_quarters, 2);
    assert_eq!((state.view.group, state.view.year), (1, 2030));
    assert_eq!(state.drawer, Some(Drawer::Why(WhyOf::Target(2))));
    assert_eq!(state.asking.targets, [2].into());
    assert_eq!(state.scenario.locked, [2].into());
    assert_eq!(state.origin.as_deref(), Some("deadbeef"));
    assert!(state.notices.is_empty(), "{:?}", state.notices);
    let error = |link: &str, records| renewed(link, records).unwrap_err();
    let hash = "22222222".to_owned();
    assert_eq!(
        error(&old("22222222", &[]), RECORDS),
        LinkError::OtherPack { hash }
    );
    for damaged in ["k=", "k=1.deadbeef.!!!!", "k=1.deadbeef.AAAA", "k=x.y.z"] {
        assert_eq!(error(damaged, RECORDS), LinkError::Damaged);
    }
    assert_eq!(
        error("k=2.00000000.x", RECORDS),
        LinkError::NewerVersion { version: 2 }
    );
    // Whole, but of another shape than the record.
    assert_eq!(error(&old("deadbeef", &[9]), RECORDS), LinkError::Damaged);
}

/// A link of before with that payload.
fn old(hash: &str, payload: &[u8]) -> String {
    use base64::Engine as _;
    let mut crc = crc32fast::Hasher::new();
    crc.update(format!("1.{hash}.").as_bytes());
    crc.update(payload);
    let mut bytes = payload.to_vec();
    bytes.extend(crc.finalize().to_le_bytes());
    let body = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    format!("k=1.{hash}.{body}")
}

/// Changes to one lever or assumption of a pack.
#[derive(Debug, Clone)]
enum Edit {
    Remove,
    Rename,
    Before,
    Range(f64, f64),
    Step(f64),
    Default(f64),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::Remove),
        Just(Edit::Rename),
        Just(Edit::Before),
        (0.0..0.5, 0.5..1.0).prop_map(|(low, high)| Edit::Range(low, high)),
        (0.3..3.0).prop_map(Edit::Step),
        (0.0..1.0).prop_map(Edit::Default),
    ]
}

fn apply(specs: &mut Vec<KnobSpec>, at: usize, edit: &Edit) {
    if specs.is_empty() {
        return;
    }
    let at = at % specs.len();
    let spec = &mut specs[at];
    let (min, length) = (spec.min, spec.max - spec.min);
    match *edit {
        Edit::Remove => drop(specs.remove(at)),
        Edit::Rename => spec.id += "_new",
        Edit::Before => specs.insert(at, knob("further", "%", 1.0, (0.0, 2.0), 0.5)),
        Edit::Range(low, high) => {
            (spec.min, spec.max) = (min + low * length, min + high * length);
            spec.default = spec.default.clamp(spec.min, spec.max);
        }
        Edit::Step(factor) => spec.step *= factor,
        Edit::Default(part) => spec.default = min + part * length,
    }
}

/// Whether every knob of a state stands where the scenario of another pack has it, or is told.
fn is_kept_or_told(from: &AppState, to: &AppState) -> Result<(), TestCaseError> {
    let told: Vec<Difference> = match &to.notices[..] {
        [Notice::Differs { differences, .. }] => differences.clone(),
        _ => Vec::new(),
    };
    for (&k, setting) in &from.scenario.levers {
        let id = &from.catalogue.levers[k].id;
        let value = from.scenario.lever_value(&from.catalogue, k).unwrap();
        let place = to.catalogue.levers.iter().position(|spec| spec.id == *id);
        let Some(place) = place else {
            let is_told =
                |it: &Difference| matches!(it, Difference::Unknown { id: own, .. } if own == id);
            prop_assert!(told.iter().any(is_told), "{id} in {told:?}");
            continue;
        };
        prop_assert_eq!(setting.timing, to.scenario.lever(place).timing);
        let now = to.scenario.lever_value(&to.catalogue, place).unwrap();
        let mine = Knob::Lever(place);
        let is_told = told.iter().any(|it| match it {
            Difference::OutOfRange { knob, .. } | Difference::OffGrid { knob, .. } => *knob == mine,
            _ => false,
        });
        let is_default = setting.steps == 0;
        let room = to.catalogue.levers[place].step * 1e-5;
        prop_assert!(
            is_default || is_told || (now - value).abs() <= room,
            "{id}: {value} → {now}, {told:?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn link_and_back_is_the_same(state in any_state()) {
        let opened = decode(&state.catalogue, &state.link()).unwrap();
        prop_assert_eq!(&opened.scenario, &*state.scenario);
        prop_assert_eq!(opened.view, state.view);
        prop_assert!(opened.differences.is_empty());
        prop_assert_eq!(opened.origin, None);
    }

    #[test]
    fn under_any_version_a_value_is_kept_or_told(
        state in any_state(),
        edits in prop::collection::vec((any::<bool>(), 0..8usize, any_edit()), 0..5),
    ) {
        let mut pack = Catalogue::clone(&state.catalogue);
        pack.pack_hash = "ffffffff".to_owned();
        for (is_lever, at, edit) in &edits {
            let specs = if *is_lever { &mut pack.levers } else { &mut pack.assumptions };
            apply(specs, *at, edit);
        }
        let fresh = AppState::new(Rc::new(pack));
        let there = after(&fresh, [Action::LinkOpened(state.link())]);
        is_kept_or_told(&state, &there)?;
        // What was brought to the new pack stays as it is.
        let again = after(&fresh, [Action::LinkOpened(there.link())]);
        prop_assert_eq!(&again.scenario, &there.scenario);
        prop_assert!(again.notices.is_empty());
    }

    #[test]
    fn one_changed_character_is_noticed(state in any_state(), at in any::<prop::sample::Index>(), to in "[A-Za-z0-9_.=&#:,@!-]") {
        let link = state.link();
        let at = at.index(link.len());
        let mut damaged = link.clone();
        damaged.replace_range(at..=at, &to);
        if let Ok(opened) = decode(&state.catalogue, &damaged) {
            prop_assert_eq!(&opened.scenario, &*state.scenario, "{} → {}", link, damaged);
            // The year stands in plain figures: another one is another link, and one that is none is told.
            let mut view = opened.view.clone();
            view.year = state.view.year;
            prop_assert_eq!(&view, &state.view, "{} → {}", link, damaged);
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        let cat = catalogue();
        for text in [text.clone(), format!("#p=town&s={text}"), sealed(&format!("#p=town&d=0&s={text}"))] {
            let _ = decode(&cat, &text);
            let _ = readable(&cat, &text);
            let _ = opened(&start(), &text);
        }
        let _ = renewed(&format!("#k=1.deadbeef.{text}"), RECORDS);
        let _ = renewed("k=1.deadbeef.AAAA", &text);
    }

    #[test]
    fn any_payload_of_before_is_answered(payload in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(new) = renewed(&old("deadbeef", &payload), RECORDS) {
            let _ = opened(&start(), &new);
        }
    }
}

#[test]
fn a_text_is_encoded_the_same_way_every_time() {
    let state = full();
    assert_eq!(encode(&state), encode(&start().restored(&state.link())));
    assert_eq!(with(&with("#p=town", "v=a"), "w=b"), "#p=town&v=a&w=b");
}
