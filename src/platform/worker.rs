//! A worker that runs the page's own module: started from a few words in a blob, since the page's
//! policy allows no other inline script. Messages are a text, with numbers that are handed over.

use super::task;
use gloo::events::EventListener;
use js_sys::{Array, Float64Array, Promise};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, ErrorEvent, HtmlLinkElement, MessageChannel,
    MessageEvent, Performance, Url, Worker, WorkerOptions, WorkerType,
};

/// What a worker is told and tells.
pub type Message = (String, Vec<f64>);

/// A worker; ends when dropped.
pub struct Helper {
    worker: Worker,
    url: String,
    _listeners: [EventListener; 3],
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.terminate();
        // Revoked no sooner, since the worker may still be reading it.
        let _ = Url::revoke_object_url(&self.url);
    }
}

impl Helper {
    /// Starts a worker; `None` where the browser allows none. `on_message` hears what it tells,
    /// `on_failed` why it stopped, or why it did not start.
    pub fn start(
        on_message: impl Fn(Message) + 'static,
        on_failed: impl Fn(String) + 'static,
    ) -> Option<Self> {
        let script = script()?;
        let parts = Array::of1(&JsValue::from_str(&script));
        let kind = BlobPropertyBag::new();
        kind.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&url, &options).ok()?;
        let on_failed = Rc::new(on_failed);
        let heard = EventListener::new(&worker, "message", move |event| {
            if let Some(message) = event.dyn_ref::<MessageEvent>().and_then(read) {
                on_message(message);
            }
        });
        let failed = |name: &'static str| {
            let on_failed = on_failed.clone();
            EventListener::new(&worker, name, move |event| {
                let told = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                on_failed(told.unwrap_or_else(|| name.to_owned()));
            })
        };
        let listeners = [heard, failed("error"), failed("messageerror")];
        // The module itself goes over compiled: nothing is read or compiled anew.
        worker.post_message(&wasm_bindgen::module()).ok()?;
        Some(Self {
            worker,
            url,
            _listeners: listeners,
        })
    }

    /// Tells it something; gives whether the browser took it.
    pub fn tell(&self, text: &str) -> bool {
        self.worker.post_message(&Array::of1(&text.into())).is_ok()
    }
}

/// The worker's first words. Messages that come before the module runs wait in its queue, since all
/// of it happens in one event.
fn script() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let link = document.query_selector("link[rel=modulepreload]").ok()??;
    let glue = link.dyn_into::<HtmlLinkElement>().ok()?.href();
    let glue = js_sys::JSON::stringify(&glue.into()).ok()?;
    Some(format!(
        "import {{ initSync }} from {};\n\
         onmessage = (event) => {{ onmessage = null; initSync({{ module: event.data }}); }};",
        String::from(glue)
    ))
}

fn read(event: &MessageEvent) -> Option<Message> {
    let data = event.data().dyn_into::<Array>().ok()?;
    let text = data.get(0).as_string()?;
    let numbers = data.get(1).dyn_into::<Float64Array>();
    Some((text, numbers.map(|n| n.to_vec()).unwrap_or_default()))
}

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Whether this runs in a worker.
pub fn is_inside() -> bool {
    scope().is_some()
}

/// In a worker: hears what the page tells, for ever.
pub fn listen(on_text: impl Fn(String) + 'static) {
    let Some(scope) = scope() else { return };
    EventListener::new(&scope, "message", move |event| {
        if let Some((text, _)) = event.dyn_ref::<MessageEvent>().and_then(read) {
            on_text(text);
        }
    })
    .forget();
}

/// In a worker: tells the page something; the numbers are handed over.
pub fn tell(text: &str, numbers: &[f64]) {
    let Some(scope) = scope() else { return };
    let told = if numbers.is_empty() {
        scope.post_message(&Array::of1(&text.into()))
    } else {
        let numbers = Float64Array::from(numbers);
        let transfer = Array::of1(&numbers.buffer());
        scope.post_message_with_transfer(&Array::of2(&text.into(), &numbers), &transfer)
    };
    if let Err(error) = told {
        web_sys::console::error_1(&error);
    }
}

/// In a worker: hands `last_words` of the crash to the page.
pub fn on_crash(last_words: impl Fn(String) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |info| {
        let text = info.to_string();
        web_sys::console::error_1(&text.clone().into());
        last_words(text);
    }));
}

/// Calls `work` again and again until it gives false, other events being heard in between; each call
/// is followed by others for as long as `slice_ms`.
pub fn go_on(slice_ms: f64, work: impl Fn() -> bool + 'static) {
    let work = Rc::new(work);
    task::start(async move {
        loop {
            let until = now() + slice_ms;
            loop {
                if !work() {
                    return;
                }
                if now() >= until {
                    break;
                }
            }
            pause().await;
        }
    });
}

/// Milliseconds since some instant.
fn now() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into());
    let performance = performance.and_then(JsCast::dyn_into::<Performance>);
    performance.map_or(0.0, |performance| performance.now())
}

thread_local! {
    /// One channel for all pauses: a message comes in the next turn, a timer after four milliseconds.
    static CHANNEL: Option<MessageChannel> = MessageChannel::new().ok();
}

/// Lets the browser do whatever else waits.
async fn pause() {
    let promise = Promise::new(&mut |resolve, _| {
        let is_sent = CHANNEL.with(|channel| {
            let Some(channel) = channel else { return false };
            channel.port1().set_onmessage(Some(&resolve));
            channel.port2().post_message(&JsValue::NULL).is_ok()
        });
        if !is_sent {
            // Nothing else can be waited for: the work goes on at once.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // It is never refused.
    let _ = JsFuture::from(promise).await;
}
