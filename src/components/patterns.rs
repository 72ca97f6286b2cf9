//! Hatching that tracks and bars share.

use yew::prelude::*;

/// Definitions without a picture of their own.
#[component]
pub fn Patterns() -> Html {
    html! {
        <svg class="defs" aria-hidden="true">
            <defs>
                <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="hatch-paper" width="6" height="6" />
                    <rect class="hatch-ink" width="2.5" height="6" />
                </pattern>
                <pattern id="hatch-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="hatch-paper" width="6" height="6" />
                    <rect class="hatch-gap-ink" width="2.5" height="6" />
                </pattern>
            </defs>
        </svg>
    }
}
