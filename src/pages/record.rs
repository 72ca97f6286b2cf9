//! The record of credibility of the pack at hand, read when its page is opened, for as long as the pack
//! is shown.

use super::credibility::Stage;
use super::load::{self, Materials};
use super::session::Machine;
use crate::platform::task;
use crate::view_model::credibility;
use std::rc::Rc;
use tidemark_pack::bind::Bound;
use yew::prelude::*;

/// How far the page 模型可信度 is, and how to read its record again. It is read when `is_open`, and once
/// more whenever it is opened after a fault.
#[hook]
pub fn use_record(
    machine: &Rc<Machine>,
    materials: &Materials,
    is_open: bool,
) -> (Stage, Callback<()>) {
    let stage = use_state(|| Stage::Waiting);
    let latest = use_mut_ref(|| 0_u32);
    let on_read = {
        let (stage, machine) = (stage.clone(), Rc::clone(machine));
        let url = materials.credibility.clone();
        use_callback((), move |(), ()| {
            stage.set(Stage::Waiting);
            *latest.borrow_mut() += 1;
            let (stage, latest) = (stage.clone(), Rc::clone(&latest));
            let (machine, url, ticket) = (Rc::clone(&machine), url.clone(), *latest.borrow());
            task::start(async move {
                let read = read(&machine.bound, &url).await;
                if *latest.borrow() == ticket {
                    stage.set(read);
                }
            });
        })
    };
    let is_ready = matches!(*stage, Stage::Ready(_));
    let read = on_read.clone();
    use_effect_with(is_open, move |is_open| {
        if *is_open && !is_ready {
            read.emit(());
        }
    });
    ((*stage).clone(), on_read)
}

/// A pack that has no record has nothing to wait for.
async fn read(bound: &Bound, url: &str) -> Stage {
    let record = match bound.hindcast() {
        None => Ok(None),
        Some(_) => load::record(url, bound.hash()).await.map(Some),
    };
    match record {
        Ok(record) => Stage::Ready(Rc::new(credibility::page(bound, record.as_ref()))),
        Err(messages) => Stage::Failed(messages.into()),
    }
}
