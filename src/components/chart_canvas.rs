//! A figure on its canvas, drawn once per animation frame, with a reading line over it.

use super::watched::use_watched;
use crate::platform::event::Attributes;
use crate::platform::size::Size;
use crate::platform::{canvas, frame};
use std::cell::RefCell;
use std::rc::Rc;
use tidemark_chart::Drawn;
use tidemark_chart::figure::{Figure, Layer};
use yew::prelude::*;

/// Where the last drawing went; read by the reading line, written by the drawing.
pub type Plot = Rc<RefCell<Option<Drawn>>>;

/// A figure and the words that stand for it.
#[derive(Properties, PartialEq)]
pub struct ChartCanvasProps {
    /// What is drawn.
    pub figure: Rc<Figure>,
    /// Place on screen; of two drawings for one place only the later counts.
    pub place: usize,
    /// Key of the figure, in data attributes.
    pub id: AttrValue,
    /// Rises with every change of the scenario, in data attributes.
    pub generation: u64,
    /// Sentence for screen readers.
    pub aria: AttrValue,
    /// Where the drawing went.
    pub plot: PlotHandle,
    /// Told where the drawing went, after each one.
    #[prop_or_default]
    pub on_drawn: Callback<Option<Drawn>>,
}

/// A [`Plot`] that compares by identity, so that drawing does not draw again.
#[derive(Clone, Default)]
pub struct PlotHandle(pub Plot);

impl PartialEq for PlotHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The canvas; it fills its parent.
#[component]
pub fn ChartCanvas(props: &ChartCanvasProps) -> Html {
    let room = use_node_ref();
    let node = use_node_ref();
    let attributes = use_mut_ref(Attributes::default);
    let size = use_watched(&room, |size| size);
    {
        let (node, plot, place) = (node.clone(), props.plot.clone(), props.place);
        let on_drawn = props.on_drawn.clone();
        let inputs = (
            props.figure.clone(),
            props.id.clone(),
            props.generation,
            size,
        );
        use_effect_with(inputs, move |(figure, id, generation, size)| {
            let key = format!("place-{place}");
            let waiting = key.clone();
            if let Some(figure) = fitted(figure, *size) {
                let (id, generation) = (id.clone(), *generation);
                let on_drawn = on_drawn.clone();
                frame::schedule(&key, move || {
                    let of = (&*id, generation);
                    draw(&node, &figure, of, &plot, &mut attributes.borrow_mut());
                    let drawn = *plot.0.borrow();
                    on_drawn.emit(drawn);
                });
            }
            move || frame::cancel(&waiting)
        });
    }
    html! {
        <div class="room" ref={room}>
            <canvas ref={node} role="img" aria-label={props.aria.clone()}></canvas>
        </div>
    }
}

/// The figure in the room there is; `None` while it is hidden.
fn fitted(figure: &Figure, size: Option<Size>) -> Option<Figure> {
    let size = size.filter(|size| size.width > 1.0 && size.height > 1.0)?;
    Some(Figure {
        width: size.width,
        height: size.height,
        ..figure.clone()
    })
}

/// Draws, and says in attributes what is on the canvas now.
fn draw(
    node: &NodeRef,
    figure: &Figure,
    (id, generation): (&str, u64),
    plot: &PlotHandle,
    attributes: &mut Attributes,
) {
    let Some(element) = node.cast() else {
        return;
    };
    let drawn = canvas::draw(&element, figure).ok();
    let value = last_value(figure).map(|value| value.to_string());
    let painted = if drawn.is_some() { "true" } else { "false" };
    plot.0.replace(drawn);
    attributes.set(
        &element,
        &[
            ("data-figure", id),
            ("data-generation", &generation.to_string()),
            ("data-value", value.as_deref().unwrap_or_default()),
            ("data-title", &figure.title),
            ("data-painted", painted),
        ],
    );
}

/// Last value of the line drawn foremost, which is the current scenario's.
fn last_value(figure: &Figure) -> Option<f64> {
    figure.layers.iter().rev().find_map(|layer| match layer {
        Layer::Line { points, .. } | Layer::Steps { points, .. } => {
            points.last().map(|point| point.1)
        }
        _ => None,
    })
}
