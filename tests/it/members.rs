//! Members that are all the model as it stands: what they answer, and a session that has heard it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where it fails"
)]

use std::rc::Rc;

use tidemark_app::ensemble::{Answer, Doing, Standing};
use tidemark_app::pages::session::{Machine, Session};
use tidemark_app::state::AppState;
use tidemark_app::view_model::{chances, pack_scenario};
use tidemark_engine::Loaded;
use tidemark_engine::program::Program;
use tidemark_pack::bind::Bound;
use tidemark_pack::figures::{Centre, Settled};
use tidemark_pack::runner::Runner;
use tidemark_reach::draws::Draws;
use tidemark_reach::scope::Scope;
use tidemark_reach::study::Study;

/// What so many members answer of a state, asked as the page asks them.
pub(crate) fn answer(bound: &Bound, program: &Program, draws: Draws, state: &AppState) -> Answer {
    let ask = chances::ask(bound, state);
    let scope = Scope::of(bound, &ask.wish);
    let count = draws.count();
    let mut study = Study::prepare(bound, program, draws, &scope).unwrap();
    let mut work = study.begin(&pack_scenario(bound, state), count);
    while work.progress().0 < count {
        study.advance(bound, &mut work).unwrap();
    }
    let (outcome, baseline) = work.into_outcomes();
    Answer::of(bound, (0, &ask.wish), (&outcome, &baseline), &ask.joint)
}

/// What is projected of a state with no lever moved, and of the state itself.
pub(crate) fn centres(bound: &Bound, program: &Program, state: &AppState) -> [Centre; 2] {
    let answer = answer(bound, program, Draws::certain(1), state);
    let scenario = pack_scenario(bound, state);
    let mut runner = Runner::prepare(bound, program).unwrap();
    let baseline = runner.baseline(bound, &scenario);
    let run = runner.scenario(bound, &scenario, &baseline);
    [(answer.base, baseline), (answer.now, run)].map(|(medians, run)| {
        let run = Rc::new(run);
        let settled = Settled {
            medians,
            run: Rc::clone(&run),
        };
        Centre::new(run, vec![settled])
    })
}

/// A pack that was opened and whose members have answered.
pub(crate) fn opened(bound: Bound, loaded: &Loaded, reference: &str) -> Session {
    let machine = Machine::new(bound, loaded, reference.to_owned(), &[]);
    let machine = machine.unwrap_or_else(|message| panic!("{}", message.text));
    let session = Session::open(machine, loaded, None);
    let session = session.unwrap_or_else(|message| panic!("{}", message.text));
    answered(&session, loaded)
}

/// The session once its members have answered the moment at hand.
pub(crate) fn answered(session: &Session, loaded: &Loaded) -> Session {
    let (bound, state) = (&session.machine.bound, &session.state);
    let program = bound.program(&loaded.program);
    let answer = answer(bound, &program, Draws::certain(1), state);
    session.told(Standing {
        answer: Some(Rc::new(answer)),
        generation: Some(state.generation),
        doing: Doing::Worker,
        from_fit: Some(false),
        ..session.ensemble.clone()
    })
}
