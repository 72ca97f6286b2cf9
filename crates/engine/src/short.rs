//! Sorting and gathering of short lists. The standard library's sorts are made for long ones and weigh ten
//! times this in a page, once for every type of item; its ordered maps and sets sort what they are collected
//! from.

use std::cmp::Ordering;

/// Sorts a short list; equal items keep their order. Takes a time that grows with the square of its length.
pub fn sort_short<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && order(&items[at - 1], &items[at]) == Ordering::Greater {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// A map or set of a short list: as `collect`, one item after the other.
pub fn gathered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_and_equal_items_keep_their_order() {
        let mut items: Vec<(u32, usize)> = (0..60).map(|k| (k * 7 % 5, k as usize)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        sort_short(&mut items, |a, b| a.0.cmp(&b.0));
        assert_eq!(items, expected);
        sort_short::<u32>(&mut [], |a, b| a.cmp(b));
    }
}
