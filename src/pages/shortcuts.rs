//! Keys of the whole page; those of a slider or a chart are answered there.

use crate::platform::{marks, page};
use crate::state::{Action, Drawer};
use yew::prelude::*;

/// What a key asks of the page, named as the browser names it.
fn answer(key: &str, ctrl: bool, shift: bool) -> Option<Action> {
    match (key, ctrl, shift) {
        ("z" | "Z", true, false) => Some(Action::Undo),
        ("y" | "Y", true, _) | ("z" | "Z", true, true) => Some(Action::Redo),
        // The second is the key of a Chinese layout.
        ("?" | "\u{ff1f}", false, _) => Some(Action::DrawerOpened(Drawer::Help)),
        ("g" | "G", false, false) => Some(Action::DrawerOpened(Drawer::Solver)),
        ("Escape", false, _) => Some(Action::DragCancelled),
        _ => None,
    }
}

/// Listens to the keys of the page while it stands.
#[hook]
pub fn use_shortcuts(on: &Callback<Action>) {
    let on = on.clone();
    use_effect_with((), move |()| {
        let listener = page::on_key(move |key| {
            if page::typing(key) {
                return;
            }
            let ctrl = key.ctrl_key() || key.meta_key();
            if let Some(action) = answer(&key.key(), ctrl, key.shift_key()) {
                if ctrl {
                    key.prevent_default();
                    marks::input();
                }
                on.emit(action);
            }
        });
        move || drop(listener)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_have_the_usual_keys() {
        assert_eq!(answer("z", true, false), Some(Action::Undo));
        assert_eq!(answer("Z", true, true), Some(Action::Redo));
        assert_eq!(answer("y", true, false), Some(Action::Redo));
        assert_eq!(answer("z", false, false), None);
        let solver = Action::DrawerOpened(Drawer::Solver);
        assert_eq!(answer("g", false, false), Some(solver));
    }
}
