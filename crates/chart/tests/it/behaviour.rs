//! What a figure shows: clipping, gaps, dashes, labels, ticks, edges.

use tidemark_chart::figure::{Axis, Colour, Layer, Mark, Point, Tick};
use tidemark_chart::{Figure, Rect};

use crate::figures::{self, CURRENT, bare, dashed, label, solid};
use crate::recorder::{Call, Record, record, record_at};

fn line(points: &[Point]) -> Layer {
    Layer::Line {
        points: points.to_vec(),
        stroke: solid(CURRENT, 2.5),
        label: None,
    }
}

fn named(points: &[Point], name: &str) -> Layer {
    Layer::Line {
        points: points.to_vec(),
        stroke: solid(CURRENT, 2.0),
        label: label(name, CURRENT),
    }
}

/// Points of each drawn piece back in data coordinates, rounded to hundredths.
#[track_caller]
fn check_pieces(layer: Layer, expected: &[&[Point]]) {
    let record = record(&bare(vec![layer]));
    let (x, y) = (
        record.drawn.x.expect("range"),
        record.drawn.y.expect("range"),
    );
    let round = |value: f64| (value * 20.0).round() / 20.0;
    let back = |at: &(f64, f64)| (round(x.value(at.0)), round(y.value(at.1)));
    let pieces: Vec<Vec<Point>> = record
        .paths(CURRENT)
        .iter()
        .map(|path| path.iter().map(back).collect())
        .collect();
    assert_eq!(pieces, expected);
}

#[test]
fn a_line_above_the_range_is_cut_and_leaves_no_plateau() {
    check_pieces(
        line(&[(0.0, 5.0), (5.0, 15.0), (10.0, 5.0)]),
        &[&[(0.0, 5.0), (2.5, 10.0)], &[(7.5, 10.0), (10.0, 5.0)]],
    );
    check_pieces(line(&[(0.0, 12.0), (10.0, 13.0)]), &[]);
}

#[test]
fn a_line_from_before_the_axis_enters_at_its_edge() {
    check_pieces(
        line(&[(-5.0, 0.0), (5.0, 10.0)]),
        &[&[(0.0, 5.0), (5.0, 10.0)]],
    );
}

#[test]
fn a_missing_value_is_a_gap() {
    check_pieces(
        line(&[
            (0.0, 1.0),
            (1.0, 2.0),
            (2.0, f64::NAN),
            (3.0, 4.0),
            (4.0, 5.0),
        ]),
        &[&[(0.0, 1.0), (1.0, 2.0)], &[(3.0, 4.0), (4.0, 5.0)]],
    );
}

#[test]
fn steps_hold_until_the_next_point() {
    check_pieces(
        Layer::Steps {
            points: vec![(0.0, 2.0), (4.0, 6.0), (8.0, 6.0)],
            stroke: solid(CURRENT, 2.0),
            label: None,
        },
        &[&[(0.0, 2.0), (4.0, 2.0), (4.0, 6.0), (8.0, 6.0), (8.0, 6.0)]],
    );
}

#[test]
fn a_value_alone_between_gaps_is_a_dot() {
    let record = record(&bare(vec![line(&[
        (1.0, f64::NAN),
        (5.0, 5.0),
        (6.0, f64::NAN),
    ])]));
    let discs = record
        .calls
        .iter()
        .filter(|call| matches!(call, Call::Disc { .. }))
        .count();
    assert_eq!(discs, 1);
}

#[test]
fn marks_outside_the_plot_are_left_out() {
    let points = vec![(5.0, 5.0), (5.0, 11.0), (-1.0, 5.0), (f64::NAN, 1.0)];
    let layer = Layer::Marks {
        points,
        mark: Mark::Dot,
        size: 8.0,
        colour: CURRENT,
        label: None,
    };
    let record = record(&bare(vec![layer]));
    let discs = record
        .calls
        .iter()
        .filter(|call| matches!(call, Call::Disc { .. }))
        .count();
    assert_eq!(discs, 1);
}

#[test]
fn a_hollow_mark_shows_the_paper() {
    for (mark, n_calls) in [
        (Mark::Ring, 2),
        (Mark::HollowDiamond, 2),
        (Mark::Diamond, 1),
    ] {
        let points = vec![(5.0, 5.0)];
        let layer = Layer::Marks {
            points,
            mark,
            size: 10.0,
            colour: CURRENT,
            label: None,
        };
        let record = record(&bare(vec![layer]));
        let shapes: Vec<Colour> = record
            .calls
            .iter()
            .filter_map(|call| match call {
                Call::Disc { colour, .. } | Call::Area { colour, .. } => Some(*colour),
                _ => None,
            })
            .collect();
        assert_eq!(shapes.len(), n_calls);
        assert_eq!(shapes.first(), Some(&CURRENT));
        assert!(
            shapes[1..]
                .iter()
                .all(|&colour| colour == figures::LIGHT.background)
        );
    }
}

#[test]
fn a_band_is_tinted_cut_at_the_plot_and_edged() {
    let band = Layer::Band {
        lower: vec![(0.0, 2.0), (10.0, 4.0)],
        upper: vec![(0.0, 4.0), (10.0, 20.0)],
        colour: CURRENT,
    };
    let record = record(&bare(vec![band]));
    let plot = record.drawn.plot;
    let Some(Call::Area { points, alpha, .. }) = record
        .calls
        .iter()
        .find(|call| matches!(call, Call::Area { .. }))
    else {
        panic!("no area")
    };
    assert_eq!(*alpha, 0.18);
    let near = Rect {
        left: plot.left - 0.1,
        top: plot.top - 0.1,
        right: plot.right + 0.1,
        bottom: plot.bottom + 0.1,
    };
    assert!(points.iter().all(|&(x, y)| near.contains(x, y)));
    assert_eq!(record.paths(CURRENT).len(), 2, "one edge each");
}

#[test]
fn a_band_breaks_where_an_edge_is_missing() {
    let lower: Vec<Point> = (0..=10).map(|x| (f64::from(x), 2.0)).collect();
    let upper = lower
        .iter()
        .map(|&(x, _)| (x, if x == 5.0 { f64::NAN } else { 6.0 }))
        .collect();
    let record = record(&bare(vec![Layer::Band {
        lower,
        upper,
        colour: CURRENT,
    }]));
    let areas = record
        .calls
        .iter()
        .filter(|call| matches!(call, Call::Area { .. }))
        .count();
    assert_eq!(areas, 2);
}

#[test]
fn dashes_keep_their_length_round_corners() {
    let points: Vec<Point> = (0..=20)
        .map(|idx| (f64::from(idx) / 2.0, f64::from(idx % 2)))
        .collect();
    let layer = Layer::Line {
        points,
        stroke: dashed(CURRENT, 6.0, 4.0),
        label: None,
    };
    let pieces = record(&bare(vec![layer])).paths(CURRENT);
    let length = |path: &Vec<(f64, f64)>| -> f64 {
        path.windows(2)
            .map(|pair| (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1))
            .map(|(dx, dy)| (dx * dx + dy * dy).sqrt())
            .sum()
    };
    let (last, whole) = pieces.split_last().expect("pieces");
    assert!(whole.len() > 20);
    assert!(whole.iter().all(|path| (length(path) - 6.0).abs() < 0.2));
    assert!(length(last) < 6.2);
}

/// Whether a coordinate of a 1 px line lies in the middle of a device pixel.
fn sharp(at: f64, density: f64, width: f64) -> bool {
    let edge = (at - width / 2.0) * density;
    (edge - edge.round()).abs() < 0.15
}

#[test]
fn grid_lines_fill_whole_device_pixels() {
    for density in [1.0, 1.25, 1.5, 2.0] {
        let figure = figures::intensity();
        let record = record_at(&figure, density);
        let mut n_lines = 0;
        for call in &record.calls {
            if let Call::Path {
                points,
                width,
                colour,
            } = call
                && *colour == figure.theme.grid
            {
                let (from, to) = (points[0], points[1]);
                let at = if from.0 == to.0 { from.0 } else { from.1 };
                assert!(sharp(at, density, *width), "{points:?} at {density}");
                n_lines += 1;
            }
        }
        assert!(n_lines > 10);
    }
}

/// No two texts on each other, none outside the drawing.
#[track_caller]
fn check_words(figure: &Figure) -> Record {
    let record = record(figure);
    let paper = Rect {
        left: -0.1,
        top: -0.1,
        right: figure.width + 0.1,
        bottom: figure.height + 0.1,
    };
    let texts = record.texts();
    for (idx, (text, rect)) in texts.iter().enumerate() {
        assert!(paper.contains(rect.left, rect.top), "{text} {rect:?}");
        assert!(paper.contains(rect.right, rect.bottom), "{text} {rect:?}");
        for (other, other_rect) in &texts[idx + 1..] {
            let shrunk = Rect {
                top: rect.top + 0.5,
                bottom: rect.bottom - 0.5,
                ..*rect
            };
            assert!(
                !shrunk.overlaps(other_rect),
                "{text} {rect:?} on {other} {other_rect:?}"
            );
        }
    }
    record
}

#[test]
fn words_never_cover_each_other() {
    for base in [figures::intensity(), figures::batches(), figures::band()] {
        check_words(&base);
        for (width, height) in [
            (200.0, 120.0),
            (390.0, 240.0),
            (528.0, 354.0),
            (1280.0, 720.0),
        ] {
            for text_size in [12.0, 13.0, 18.0, 22.0] {
                check_words(&Figure {
                    width,
                    height,
                    text_size,
                    ..base.clone()
                });
            }
        }
    }
}

#[test]
fn line_ends_that_meet_get_labels_apart() {
    let names = ["方案 A", "方案 B", "方案 C", "基准"];
    let layers: Vec<Layer> = names
        .iter()
        .enumerate()
        .map(|(idx, name)| named(&[(0.0, 1.0), (10.0, 5.0 + idx as f64 * 0.01)], name))
        .collect();
    let record = check_words(&bare(layers));
    assert!(names.iter().all(|name| record.text(name).is_some()));
    let order: Vec<f64> = names
        .iter()
        .map(|name| record.text(name).expect("drawn").top)
        .collect();
    assert!(
        order.is_sorted_by(|a, b| a > b),
        "the higher line has the higher label"
    );
    let leaders = record
        .calls
        .iter()
        .filter(|call| matches!(call, Call::Path { width, .. } if *width == 0.75));
    assert!(leaders.count() >= 2, "far moved labels have leaders");
}

#[test]
fn right_labels_get_as_much_room_as_they_need() {
    let short = record(&bare(vec![named(&[(0.0, 1.0), (10.0, 5.0)], "A")]));
    let long = record(&bare(vec![named(
        &[(0.0, 1.0), (10.0, 5.0)],
        "当前方案 3.64%",
    )]));
    assert!(short.drawn.plot.right - long.drawn.plot.right > 60.0);
    let text = long.text("当前方案 3.64%").expect("whole");
    assert!(text.left > long.drawn.plot.right);
}

#[test]
fn a_digit_more_seldom_shifts_the_plot() {
    let plot = |name| {
        record(&bare(vec![named(&[(0.0, 1.0), (10.0, 5.0)], name)]))
            .drawn
            .plot
    };
    assert_eq!(plot("方案 3.6%"), plot("方案 3.64%"));
}

#[test]
fn a_label_too_long_for_the_drawing_ends_in_an_ellipsis() {
    let record = check_words(&bare(vec![named(
        &[(0.0, 1.0), (10.0, 5.0)],
        &"很长的名字".repeat(20),
    )]));
    assert!(record.texts().iter().any(|(text, _)| text.ends_with('…')));
}

#[test]
fn a_target_at_the_upper_edge_has_its_label_beside_it() {
    let layer = Layer::Marks {
        points: vec![(5.0, 9.9)],
        mark: Mark::Diamond,
        size: 10.0,
        colour: CURRENT,
        label: label("目标", CURRENT),
    };
    let record = check_words(&bare(vec![layer]));
    let (x, y) = record.drawn.px((5.0, 9.9)).expect("on the plot");
    let rect = record.text("目标").expect("drawn");
    assert!(rect.left > x && rect.left < x + 15.0);
    assert!(rect.top < y && y < rect.bottom);
}

#[test]
fn instants_close_together_keep_their_words_apart() {
    let instants = [
        (5.0, "数据截至 2025Q3"),
        (5.4, "政策起点 2027"),
        (5.8, "目标年"),
    ];
    let layers = instants
        .iter()
        .map(|&(at, name)| Layer::Instant {
            at,
            stroke: solid(CURRENT, 1.0),
            label: label(name, CURRENT),
        })
        .collect();
    let record = check_words(&bare(layers));
    for (_, name) in instants {
        let rect = record.text(name).expect("drawn");
        assert!(rect.bottom <= record.drawn.plot.top + 0.1);
    }
}

fn ticks(labels: &[(f64, &str)]) -> Vec<Tick> {
    labels
        .iter()
        .map(|&(at, label)| Tick {
            at,
            label: label.to_string(),
        })
        .collect()
}

#[test]
fn tight_time_labels_are_thinned_evenly_and_the_target_year_stays() {
    let mut figure = Figure {
        width: 260.0,
        ..bare(Vec::new())
    };
    figure.x = figures::years(2020, 2030);
    let shown = |figure: &Figure| -> Vec<String> {
        record(figure)
            .texts()
            .into_iter()
            .map(|(text, _)| text)
            .collect()
    };
    assert_eq!(
        shown(&figure),
        ["2020", "2022", "2024", "2026", "2028", "2030"]
    );
    figure.layers.push(Layer::Marks {
        points: vec![(2027.0, 5.0)],
        mark: Mark::Diamond,
        size: 9.0,
        colour: CURRENT,
        label: None,
    });
    assert_eq!(shown(&figure), ["2021", "2023", "2025", "2027", "2029"]);
    figure.width = 900.0;
    assert_eq!(shown(&figure).len(), 11);
}

#[test]
fn ticks_outside_the_range_are_not_drawn() {
    let mut figure = bare(Vec::new());
    figure.y.ticks = ticks(&[
        (-1.0, "out"),
        (0.0, "0"),
        (10.0, "10"),
        (f64::NAN, "nan"),
        (11.0, "out"),
    ]);
    let texts: Vec<String> = record(&figure)
        .texts()
        .into_iter()
        .map(|(text, _)| text)
        .collect();
    assert_eq!(texts, ["0", "10"]);
}

#[test]
fn a_broken_axis_shows_its_break() {
    let slashes = |broken: bool| {
        let mut figure = bare(Vec::new());
        figure.y = Axis { broken, ..figure.y };
        record(&figure).paths(figures::LIGHT.secondary).len()
    };
    assert_eq!((slashes(false), slashes(true)), (0, 2));
}

#[test]
fn a_long_title_takes_two_lines_and_ends_in_an_ellipsis() {
    let mut figure = figures::intensity();
    figure.title = "按此方案，二〇二七年研发强度".repeat(8);
    let record = check_words(&figure);
    let titles: Vec<String> = record
        .texts()
        .into_iter()
        .map(|(text, _)| text)
        .filter(|text| text.contains("研发强度"))
        .collect();
    assert_eq!(titles.len(), 2);
    assert!(titles[1].ends_with('…'));
}

#[test]
fn an_empty_range_gives_an_empty_frame() {
    for (from, to) in [
        (1.0, 1.0),
        (2.0, 1.0),
        (f64::NAN, 1.0),
        (0.0, f64::INFINITY),
    ] {
        let mut figure = figures::intensity();
        figure.y = Axis {
            from,
            to,
            ..figure.y
        };
        let record = record(&figure);
        assert_eq!(record.drawn.y, None);
        assert_eq!(record.drawn.px((2027.0, 3.75)), None);
        assert!(record.paths(CURRENT).is_empty());
        assert!(record.text("2027").is_some(), "the time axis stays");
    }
}

#[test]
fn a_point_maps_there_and_back() {
    let drawn = record(&figures::intensity()).drawn;
    let px = drawn.px((2027.0, 3.75)).expect("on the plot");
    let (x, y) = drawn.data(px).expect("on the plot");
    assert!((x - 2027.0).abs() < 1e-9 && (y - 3.75).abs() < 1e-9);
    assert_eq!(drawn.data((-1.0, -1.0)), None);
}
