//! What a component has to know of the size of an element of its own.

use crate::platform::size::{self, Size};
use yew::prelude::*;

/// What `read` makes of the element's size, at once and whenever that changes; nothing before the
/// element is there.
#[hook]
pub fn use_watched<T>(node: &NodeRef, read: fn(Size) -> T) -> Option<T>
where
    T: PartialEq + Copy + 'static,
{
    let known = use_state_eq(|| None);
    let (node, now) = (node.clone(), known.setter());
    use_effect_with((), move |()| {
        let watch = node
            .cast()
            .and_then(|element| size::watch(&element, move |size| now.set(Some(read(size)))));
        move || drop(watch)
    });
    *known
}
