//! Plane geometry of a chart in CSS pixels: rectangles, clipping, steps, dashes, hits.
//!
//! Knows no figure and no backend. Whatever goes in, points that come out of a clip lie
//! inside its rectangle; a backend would otherwise clamp them to a plateau at the border.

/// A point in CSS pixels, y downwards.
pub(crate) type Px = (f64, f64);

/// An upright rectangle in CSS pixels, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge, never left of `left`.
    pub right: f64,
    /// Lower edge, never above `top`.
    pub bottom: f64,
}

impl Rect {
    /// Width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a point is inside or on the edge; half a thousandth of a pixel outside counts as on it.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        const EDGE: f64 = 5e-4;
        x >= self.left - EDGE
            && x <= self.right + EDGE
            && y >= self.top - EDGE
            && y <= self.bottom + EDGE
    }

    /// Whether two rectangles share more than an edge, by over a hundredth of a pixel.
    pub fn overlaps(&self, other: &Rect) -> bool {
        const EDGE: f64 = 0.01;
        let across = self.left + EDGE < other.right && other.left + EDGE < self.right;
        across && self.top + EDGE < other.bottom && other.top + EDGE < self.bottom
    }

    /// The rectangle with every edge moved outwards.
    pub(crate) fn grown(&self, by: f64) -> Rect {
        Rect {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// Whether `other` lies wholly inside.
    pub(crate) fn holds(&self, other: &Rect) -> bool {
        self.contains(other.left, other.top) && self.contains(other.right, other.bottom)
    }
}

/// The part of a segment inside a rectangle (Liang–Barsky), `None` when there is none.
pub(crate) fn clip_segment(from: Px, to: Px, rect: &Rect) -> Option<(Px, Px)> {
    // Most segments need no division: they lie inside, or to one side.
    let inside =
        |p: Px| p.0 >= rect.left && p.0 <= rect.right && p.1 >= rect.top && p.1 <= rect.bottom;
    if inside(from) && inside(to) {
        return Some((from, to));
    }
    let beside = from.0.max(to.0) < rect.left || from.0.min(to.0) > rect.right;
    if beside || from.1.max(to.1) < rect.top || from.1.min(to.1) > rect.bottom {
        return None;
    }
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, from.0 - rect.left),
        (dx, rect.right - from.0),
        (-dy, from.1 - rect.top),
        (dy, rect.bottom - from.1),
    ];
    for (towards, room) in edges {
        if towards == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            enter = enter.max(room / towards);
        } else {
            leave = leave.min(room / towards);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |part: f64| {
        let (x, y) = (from.0 + part * dx, from.1 + part * dy);
        (
            x.clamp(rect.left, rect.right),
            y.clamp(rect.top, rect.bottom),
        )
    };
    let first = if enter == 0.0 { from } else { at(enter) };
    let last = if leave == 1.0 { to } else { at(leave) };
    Some((first, last))
}

/// The visible runs of a polyline: split at points that are not finite, cut at the rectangle.
///
/// A run of one point is a finite point inside the rectangle with no finite neighbour.
pub(crate) fn clip_polyline(points: &[Px], rect: &Rect) -> Vec<Vec<Px>> {
    let mut runs = Vec::new();
    for part in finite_runs(points) {
        match part {
            [] => {}
            [only] => {
                if rect.contains(only.0, only.1) {
                    runs.push(vec![*only]);
                }
            }
            _ => clip_run(part, rect, &mut runs),
        }
    }
    runs
}

/// Stretches of neighbouring finite points.
fn finite_runs(points: &[Px]) -> impl Iterator<Item = &[Px]> {
    points.split(|(x, y)| !x.is_finite() || !y.is_finite())
}

fn clip_run(points: &[Px], rect: &Rect, runs: &mut Vec<Vec<Px>>) {
    let mut run: Vec<Px> = Vec::with_capacity(points.len());
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        let Some((first, last)) = clip_segment(from, to, rect) else {
            keep_run(&mut run, runs);
            continue;
        };
        if run.last() != Some(&first) {
            keep_run(&mut run, runs);
            run.push(first);
        }
        run.push(last);
        if last != to {
            keep_run(&mut run, runs);
        }
    }
    keep_run(&mut run, runs);
}

fn keep_run(run: &mut Vec<Px>, runs: &mut Vec<Vec<Px>>) {
    let done = std::mem::take(run);
    if done.len() > 1 {
        runs.push(done);
    }
}

/// The part of a polygon inside a rectangle (Sutherland–Hodgman), empty when there is none.
pub(crate) fn clip_polygon(points: &[Px], rect: &Rect) -> Vec<Px> {
    let cut = |points: Vec<Px>, room: &dyn Fn(Px) -> f64| {
        let mut kept = Vec::with_capacity(points.len() + 4);
        for (idx, &to) in points.iter().enumerate() {
            let from = points[if idx == 0 { points.len() - 1 } else { idx - 1 }];
            let (before, after) = (room(from), room(to));
            if (before < 0.0) != (after < 0.0) {
                let part = before / (before - after);
                kept.push((
                    from.0 + part * (to.0 - from.0),
                    from.1 + part * (to.1 - from.1),
                ));
            }
            if after >= 0.0 {
                kept.push(to);
            }
        }
        kept
    };
    let points = cut(points.to_vec(), &|p| p.0 - rect.left);
    let points = cut(points, &|p| rect.right - p.0);
    let points = cut(points, &|p| p.1 - rect.top);
    cut(points, &|p| rect.bottom - p.1)
}

/// A staircase through the points: each value holds until the next x.
pub(crate) fn steps(points: &[Px]) -> Vec<Px> {
    let mut stairs = Vec::with_capacity(points.len() * 2);
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        stairs.push(from);
        stairs.push((to.0, from.1));
    }
    stairs.extend(points.last());
    stairs
}

/// Hands out the pieces of a polyline that a dash pattern leaves, in order, until one fails; the
/// pattern runs on round corners.
///
/// A pattern that is not finite, or shorter than half a pixel, leaves the line whole.
pub(crate) fn dashes<E>(
    points: &[Px],
    (on, off): (f64, f64),
    mut draw: impl FnMut(&[Px]) -> Result<(), E>,
) -> Result<(), E> {
    let period = on + off;
    if !(on > 0.0 && off > 0.0 && period.is_finite() && period >= 0.5) {
        return draw(points);
    }
    let (mut drawing, mut left) = (true, on);
    let mut piece: Vec<Px> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let &[mut from, to] = pair else { continue };
        let mut length = distance(from, to);
        while length > left {
            let part = left / length;
            from = (
                from.0 + part * (to.0 - from.0),
                from.1 + part * (to.1 - from.1),
            );
            length -= left;
            if drawing {
                piece.push(from);
                draw(&piece)?;
                piece.clear();
            } else {
                piece.push(from);
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length;
        if drawing {
            piece.push(to);
        }
    }
    if piece.len() > 1 {
        draw(&piece)?;
    }
    Ok(())
}

/// Distance between two points; `sqrt` is exact to the last bit everywhere, `hypot` is not.
pub(crate) fn distance(a: Px, b: Px) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}

/// A few items by a number, ascending; equal ones keep their order.
pub(crate) fn ordered<T>(items: Vec<T>, by: impl Fn(&T) -> f64) -> Vec<T> {
    let mut all: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let behind = all.iter().rposition(|other| by(other) <= by(&item));
        all.insert(behind.map_or(0, |at| at + 1), item);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 10.0,
        bottom: 10.0,
    };

    #[track_caller]
    fn check_clip(points: &[Px], expected: &[&[Px]]) {
        assert_eq!(clip_polyline(points, &BOX), expected);
    }

    #[test]
    fn a_line_inside_is_left_alone() {
        check_clip(
            &[(1.0, 1.0), (5.0, 9.0), (9.0, 2.0)],
            &[&[(1.0, 1.0), (5.0, 9.0), (9.0, 2.0)]],
        );
    }

    #[test]
    fn a_peak_above_is_cut_into_two_without_a_plateau() {
        check_clip(
            &[(0.0, 5.0), (5.0, -5.0), (10.0, 5.0)],
            &[&[(0.0, 5.0), (2.5, 0.0)], &[(7.5, 0.0), (10.0, 5.0)]],
        );
    }

    #[test]
    fn a_value_that_is_not_finite_is_a_gap() {
        check_clip(
            &[
                (0.0, 1.0),
                (1.0, 1.0),
                (2.0, f64::NAN),
                (3.0, 1.0),
                (4.0, 1.0),
            ],
            &[&[(0.0, 1.0), (1.0, 1.0)], &[(3.0, 1.0), (4.0, 1.0)]],
        );
    }

    #[test]
    fn a_lone_point_stays_a_point() {
        check_clip(
            &[(1.0, f64::NAN), (2.0, 2.0), (3.0, f64::INFINITY)],
            &[&[(2.0, 2.0)]],
        );
    }

    #[test]
    fn a_line_outside_leaves_nothing() {
        check_clip(&[(0.0, -5.0), (10.0, -1.0)], &[]);
    }

    #[test]
    fn a_line_along_the_edge_is_kept() {
        check_clip(&[(0.0, 0.0), (10.0, 0.0)], &[&[(0.0, 0.0), (10.0, 0.0)]]);
    }

    #[test]
    fn a_polygon_is_cut_at_the_edge() {
        let cut = clip_polygon(&[(-5.0, 2.0), (5.0, 2.0), (5.0, 8.0), (-5.0, 8.0)], &BOX);
        assert_eq!(cut.len(), 4);
        assert!(cut.iter().all(|&(x, y)| BOX.contains(x, y)));
        assert!(clip_polygon(&[(20.0, 0.0), (30.0, 0.0), (30.0, 9.0)], &BOX).is_empty());
    }

    #[test]
    fn a_step_holds_until_the_next_x() {
        assert_eq!(
            steps(&[(0.0, 1.0), (2.0, 3.0)]),
            [(0.0, 1.0), (2.0, 1.0), (2.0, 3.0)]
        );
        assert!(steps(&[]).is_empty());
    }

    fn pieces(points: &[Px], on: f64, off: f64) -> Vec<Vec<Px>> {
        let mut pieces = Vec::new();
        let Ok(()) = dashes(points, (on, off), |piece| {
            pieces.push(piece.to_vec());
            Ok::<(), std::convert::Infallible>(())
        });
        pieces
    }

    #[test]
    fn dashes_run_on_round_a_corner() {
        assert_eq!(
            pieces(&[(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)], 4.0, 2.0),
            [vec![(0.0, 0.0), (4.0, 0.0)], vec![(5.0, 1.0), (5.0, 5.0)]]
        );
    }

    #[test]
    fn a_useless_pattern_leaves_the_line_whole() {
        for (on, off) in [
            (0.0, 2.0),
            (f64::NAN, 1.0),
            (1e-9, 1e-9),
            (3.0, f64::INFINITY),
        ] {
            assert_eq!(pieces(&[(0.0, 0.0), (9.0, 0.0)], on, off).len(), 1);
        }
    }
}
