//! Asks once why a lever stands beyond all that was reached or promised, and shows what was answered.

use super::slider::{action, spoken};
use crate::platform::event;
use crate::state::{Action, MAX_REASON};
use crate::text::lever as words;
use crate::view_model::rows::{Reason, SliderRow};
use yew::prelude::*;

/// A field for the reason, kept when it is left or Enter is pressed; none where the value needs no reason.
pub(super) fn reason_box(row: &SliderRow, lever: usize, on: &Callback<Action>) -> Html {
    let (text, is_wanted) = match &row.reason {
        Reason::Needless => return Html::default(),
        Reason::Wanted => (String::new(), true),
        Reason::Given(text) => (text.clone(), false),
    };
    let keep = on.reform(move |change: Event| Action::Reasoned(lever, event::text(&change)));
    let refuse = action(on, Action::Reasoned(lever, String::new()));
    let label = if is_wanted {
        words::WHY_BEYOND
    } else {
        words::REASON
    };
    html! {
        <div class="reason" data-reason={if is_wanted { "wanted" } else { "given" }}>
            <label>
                {label}
                <input type="text" maxlength={MAX_REASON.to_string()} autocomplete="off" value={text}
                    placeholder={(!is_wanted).then_some(words::NOT_WRITTEN)} onchange={keep} />
            </label>
            if is_wanted {
                <button class="button" data-action="no-reason" onclick={refuse} aria-label={spoken(words::NO_REASON, row)}>
                    {words::NO_REASON}
                </button>
            }
        </div>
    }
}
